"""Tables as text: encoding and separator are found, cells stay as typed, and no row is swallowed."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import IntakeError
from graph.intake.rows import guarded
from graph.intake.sheets.book import Book, Cell
from graph.intake.sheets.reading.file import read_book


def read(text: str, encoding: str = "utf-8") -> Book:
    return read_book(text.encode(encoding), "Plan.csv")


def rows(text: str, encoding: str = "utf-8") -> list[list[str]]:
    """Return the texts of the rows up to the last filled cell of each."""
    cells = read(text, encoding).sheets[0].cells
    last = max((row for row, _ in cells), default=0)
    widths = {
        row: max((column for at, column in cells if at == row), default=0) for row in range(1, last + 1)
    }
    return [
        [cells[row, column].text if (row, column) in cells else "" for column in range(1, widths[row] + 1)]
        for row in range(1, last + 1)
    ]


TABLE = "Plan;Federführung\nSozialplan;FB 56\nGrünflächen;FB 36\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850"]
)
def test_the_encoding_is_found(encoding: str) -> None:
    assert rows(TABLE, encoding) == [
        ["Plan", "Federführung"],
        ["Sozialplan", "FB 56"],
        ["Grünflächen", "FB 36"],
    ]


def test_two_encodings_in_one_file_are_read_and_said() -> None:
    content = "Plan;Träger\n".encode() + "Bäder;Stadt\n".encode("cp1252")
    book = read_book(content, "Plan.csv")
    assert [cell.text for cell in book.sheets[0].cells.values()] == ["Plan", "Träger", "Bäder", "Stadt"]
    assert [remark.code for remark in book.remarks] == ["mixed-encoding"]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    lines = [["Plan", "Amt", "Ziel"], ["SEP", "FB 56", "Teilhabe"], ["JHP", "FB 45", "Schutz"]]
    assert rows("\n".join(map(separator.join, lines))) == lines


def test_commas_in_texts_and_numbers_separate_nothing() -> None:
    text = "Plan;Kosten;Für wen\nSEP;1,5;Kinder, Jugendliche\nJHP;2,5;Ältere, Kinder\n"
    assert rows(text)[1] == ["SEP", "1,5", "Kinder, Jugendliche"]


def test_separators_between_quotes_count_for_nothing() -> None:
    assert rows('a,"x;y;z"\nb,"x;y;z"\n') == [["a", "x;y;z"], ["b", "x;y;z"]]


def test_titles_above_the_table_do_not_hide_the_separator() -> None:
    assert rows(f"Übersicht, Stand Mai\n\n{TABLE}")[3] == ["Sozialplan", "FB 56"]


def test_a_file_may_say_its_separator() -> None:
    assert rows("sep=,\nPlan;x,Amt\n") == [["Plan;x", "Amt"]]


def test_a_cell_may_have_several_lines_and_quotes() -> None:
    assert rows('Plan;Ziel\nSEP;"Teilhabe\r\n""für alle"""\n') == [
        ["Plan", "Ziel"],
        ["SEP", 'Teilhabe\n"für alle"'],
    ]


def test_empty_rows_count_and_empty_cells_are_none() -> None:
    cells = read("Plan;Amt\n\n ;;\nSEP;FB 56\n").sheets[0].cells
    assert cells == {
        (1, 1): Cell("Plan"),
        (1, 2): Cell("Amt"),
        (4, 1): Cell("SEP"),
        (4, 2): Cell("FB 56"),
    }


def test_numbers_stay_as_typed() -> None:
    cells = read("007;1,50;9.7.19\n").sheets[0].cells
    assert list(cells.values()) == [Cell("007", "number"), Cell("1,50", "number"), Cell("9.7.19")]


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@x", "'=1"])
def test_the_guard_of_our_own_export_is_taken_off(text: str) -> None:
    assert rows(f"Plan;{guarded(text)}\n") == [["Plan", text]]


def test_text_written_as_a_formula_is_the_text() -> None:
    assert rows('Nr;Plan\n="007";SEP\n')[1] == ["007", "SEP"]


def test_a_quote_that_is_never_closed_swallows_no_row() -> None:
    book = read('Plan;Amt\n"SEP;FB 56\nJHP;FB 45\n')
    assert [cell.text for cell in book.sheets[0].cells.values()] == [
        "Plan",
        "Amt",
        '"SEP',
        "FB 56",
        "JHP",
        "FB 45",
    ]
    assert [(remark.severity, remark.code, remark.row) for remark in book.remarks] == [
        ("error", "unbalanced-quotes", 2)
    ]
    assert book.remarks[0].text.de.startswith("In Zeile 2 der Datei passen die Anführungszeichen nicht")


def test_a_quote_that_is_closed_by_another_swallows_no_row() -> None:
    book = read('Plan;Amt\n"SEP;FB 56\n"Jugendplan";FB 45\nKEP;FB 61\n')
    assert {row for row, _ in book.sheets[0].cells} == {1, 2, 3, 4}
    assert [remark.row for remark in book.remarks] == [2]


def test_a_quote_inside_a_text_is_a_quote() -> None:
    assert rows('Plan;Ziel\nSEP;Motto "Alle"\n')[1] == ["SEP", 'Motto "Alle"']


def test_quotes_that_hardly_ever_match_are_refused() -> None:
    with pytest.raises(IntakeError, match="in mehr als 200 Zeilen"):
        read('"Plan"x;Amt\n' * 300)


@pytest.mark.parametrize("content", [b"Plan;\0Amt\0\0", bytes(range(256)) * 20, b"Plan\x01\x02"])
def test_a_file_of_unreadable_characters_is_refused(content: bytes) -> None:
    with pytest.raises(IntakeError, match="Binärdatei"):
        read_book(content, "Plan.csv")


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))), min_size=2, max_size=5
        )
    )
)
def test_what_a_spreadsheet_writes_comes_back(table: list[list[str]]) -> None:
    text = StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL).writerows([["Plan", "Amt"], *table])
    told = f"sep=;\n{text.getvalue()}"
    expected = {
        (row, column): typed
        for row, line in enumerate([["Plan", "Amt"], *table], start=1)
        for column, typed in enumerate(line, start=1)
        if typed.strip()
    }
    found = {at: cell.text for at, cell in read(told).sheets[0].cells.items()}
    assert {at: guarded(text) for at, text in found.items()} == {
        at: guarded(text) for at, text in expected.items()
    }


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        assert len(read_book(content, "Plan.csv").sheets) >= 1
    except IntakeError as error:
        assert error.text.de.startswith("„Plan.csv“ ")  # noqa: PT017 - either way is right


def test_a_cell_longer_than_any_spreadsheet_holds_is_refused_with_its_place() -> None:
    content = "Plan;Ziel\nSozialplan;" + "a" * 150_000 + "\n"
    with pytest.raises(IntakeError, match="Zeile 2, Spalte 2 eine Zelle mit 150000 Zeichen"):
        read_book(content.encode(), "Plan.csv")
