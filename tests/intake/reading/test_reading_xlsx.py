"""Excel workbooks as a person sees them: text, dates in their precision, merges, comments, links, what is struck or hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill

from graph.intake.sheets.book import Area, Book, Cell, Sheet
from graph.intake.sheets.reading.file import read_book


def written(fill: Callable[[Any], None]) -> Book:
    """Return what is read from a workbook whose first sheet ``fill`` filled."""
    workbook = Workbook()
    fill(workbook.active)
    return saved(workbook)


def saved(workbook: Workbook) -> Book:
    content = BytesIO()
    workbook.save(content)
    return read_book(content.getvalue(), "Plan.xlsx")


def sheet(fill: Callable[[Any], None]) -> Sheet:
    return written(fill).sheets[0]


def cell(value: Any, number_format: str | None = None, **style: Any) -> Cell:
    """Return a cell that was written to B2."""

    def fill(sheet: Any) -> None:
        sheet["B2"] = value
        if number_format:
            sheet["B2"].number_format = number_format
        for name, given_style in style.items():
            setattr(sheet["B2"], name, given_style)

    return sheet(fill).cells[2, 2]


def test_a_cell_is_its_text() -> None:
    assert cell("Sozialplan") == Cell("Sozialplan")


def test_a_number_is_as_short_as_it_can_be() -> None:
    assert cell(2030).text == "2030"
    assert cell(1.50).text == "1.5"
    assert cell(0.1 + 0.2) == Cell("0.3", "number")


def test_leading_zeros_of_the_format_are_seen() -> None:
    assert cell(7, "000").text == "007"


def test_a_percentage_is_one() -> None:
    assert cell(0.4, "0%") == Cell("40 %", "number")


def test_words_around_a_number_are_seen() -> None:
    assert cell(56, '"FB "0').text == "FB 56"
    assert cell(1_500_000, '#,##0.0,,\\ "Mio. €"').text == "1.5 Mio. €"


@pytest.mark.parametrize(
    ("number_format", "seen"),
    [
        ("dd.mm.yyyy", "2019-07-09"),
        ("d-mmm-yy", "2019-07-09"),
        ("[$-407]d. mmmm yyyy;@", "2019-07-09"),
        ("dd.mm.yyyy hh:mm", "2019-07-09"),
        ("TT.MM.JJJJ", "2019-07-09"),
        ("mm/yyyy", "2019-07"),
        ("mmm yy", "2019-07"),
        ("[$-407]mmmm\\ yyyy;@", "2019-07"),
        ("yyyy", "2019"),
        ('"Jahr "yyyy', "2019"),
    ],
)
def test_a_date_has_the_precision_that_is_seen(number_format: str, seen: str) -> None:
    assert cell(date(2019, 7, 9), number_format) == Cell(seen, "date")


def test_a_date_of_a_workbook_that_counts_from_1904_is_the_same_day() -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "date_1904": True}) as workbook:
        workbook.add_worksheet().write_datetime(
            0, 0, date(2019, 7, 9), workbook.add_format({"num_format": "dd.mm.yyyy"})
        )
    assert read_book(content.getvalue(), "mac.xlsx").sheets[0].cells[1, 1].text == "2019-07-09"


@settings(deadline=None, max_examples=50)
@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    assert cell(day, "dd.mm.yyyy").text == day.isoformat()


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1).filter(str.strip))
def test_every_text_comes_back(text: str) -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        workbook.add_worksheet().write_string(0, 0, text)
    assert read_book(content.getvalue(), "Plan.xlsx").sheets[0].cells[1, 1].text == text


def test_a_truth_value_is_as_excel_shows_it() -> None:
    assert cell(True) == Cell("WAHR", "boolean")


def test_escaped_line_breaks_are_line_breaks() -> None:
    assert cell("Feder-_x000D_\nführung").text == "Feder-\nführung"


def test_what_is_struck_is_apart() -> None:
    assert cell("FB 50", font=Font(strike=True)) == Cell("", struck="FB 50")


def test_of_a_partly_struck_text_the_rest_is_read() -> None:
    struck = TextBlock(InlineFont(strike=True), "FB 50 ")
    assert cell(CellRichText(struck, "FB 56")) == Cell("FB 56", struck="FB 50")


def test_bold_and_filled_are_seen_and_white_is_no_fill() -> None:
    seen = cell("Summe", font=Font(bold=True), fill=PatternFill("solid", fgColor="FFFF00"))
    assert seen == Cell("Summe", bold=True, filled=True)
    assert not cell("Summe", fill=PatternFill("solid", fgColor="FFFFFFFF")).filled


def test_formatting_alone_makes_no_cell() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "Plan"
        for row in range(1, 500):
            sheet.cell(row, 30).fill = PatternFill("solid", fgColor="FFFF00")

    assert list(sheet(fill).cells) == [(1, 1)]


def test_a_comment_is_read_without_its_author() -> None:
    seen = cell("SEP", comment=Comment("Meier, Eva:\nLaut Eva bis 2030", "Meier, Eva"))
    assert seen.comment == "Laut Eva bis 2030"


def test_a_comment_hangs_on_an_empty_cell_too() -> None:
    def fill(sheet: Any) -> None:
        sheet["C3"].comment = Comment("fehlt noch", "x")

    assert sheet(fill).cells == {(3, 3): Cell("", comment="fehlt noch")}


def test_a_link_hangs_on_its_cell() -> None:
    assert cell("SEP", hyperlink="https://example.org/sep").link == "https://example.org/sep"
    assert cell("SEP", hyperlink="#Legende!A1").link == "#Legende!A1"


def test_the_link_of_a_formula_is_found() -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        formula = '=HYPERLINK("https://example.org/sep","SEP")'
        workbook.add_worksheet().write_formula(0, 0, formula, None, "SEP")
    found = read_book(content.getvalue(), "Plan.xlsx").sheets[0].cells[1, 1]
    assert (found.text, found.link, found.formula) == ("SEP", "https://example.org/sep", True)


def test_a_formula_is_its_stored_value() -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        workbook.add_worksheet().write_formula(0, 0, "=1000+1019", None, 2019)
    assert read_book(content.getvalue(), "x.xlsx").sheets[0].cells[1, 1] == Cell(
        "2019", "number", formula=True
    )


def test_a_formula_without_a_stored_value_is_said() -> None:
    book = written(lambda sheet: sheet.__setitem__("B2", "=A1"))
    assert book.sheets[0].cells[2, 2] == Cell("", formula=True)
    assert [(remark.code, remark.sheet, remark.row, remark.column) for remark in book.remarks] == [
        ("formula-without-value", "Sheet", 2, 2)
    ]


def test_of_many_formulas_without_a_value_fifty_are_listed_and_the_rest_counted() -> None:
    def fill(sheet: Any) -> None:
        for row in range(1, 61):
            sheet.cell(row, 1).value = "=B1"

    remarks = written(fill).remarks
    assert len(remarks) == 51
    assert remarks[-1].text.de == "Noch 10 Stellen dieser Art auf diesem Blatt."


def test_an_error_in_a_cell_is_said() -> None:
    book = written(lambda sheet: sheet.__setitem__("B2", "#REF!"))
    assert book.sheets[0].cells[2, 2] == Cell("#REF!", "error")
    assert [remark.code for remark in book.remarks] == ["error-cell"]


def test_merges_are_known_and_cells_under_them_are_empty() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "FB 56"
        sheet.merge_cells("A1:A3")

    seen = sheet(fill)
    assert seen.merges == (Area(1, 1, 3, 1),)
    assert list(seen.cells) == [(1, 1)]


def test_a_merge_over_whole_columns_costs_nothing() -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        workbook.add_worksheet().merge_range(0, 0, 0, 1, "Übersicht")
    raw = replaced(
        content.getvalue(),
        "xl/worksheets/sheet1.xml",
        b'ref="A1:B1"/></mergeC',
        b'ref="A1:B1048576"/></mergeC',
    )
    assert read_book(raw, "x.xlsx").sheets[0].merges == (Area(1, 1, 1_048_576, 2),)


def replaced(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with some bytes of a part replaced."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(result, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                assert old in data
                data = data.replace(old, new)
            target.writestr(name, data)
    return result.getvalue()


def test_hidden_rows_columns_and_sheets_are_known() -> None:
    workbook = Workbook()
    first = workbook.active
    first["D9"] = "letzte"
    first.row_dimensions[3].hidden = True
    first.column_dimensions["B"].hidden = True
    for state in ("hidden", "veryHidden"):
        workbook.create_sheet(state).sheet_state = state
    book = saved(workbook)
    assert book.sheets[0].hidden_rows == {3}
    assert book.sheets[0].hidden_columns == {2}
    assert [sheet.hidden for sheet in book.sheets] == [False, True, True]


def test_the_custom_properties_are_read() -> None:
    workbook = Workbook()
    workbook.custom_doc_props.append(StringProperty(name="planwerk", value="aachen"))
    assert saved(workbook).properties == {"planwerk": "aachen"}


def test_a_chart_sheet_is_said_not_to_be_a_table() -> None:
    workbook = Workbook()
    workbook.create_chartsheet("Diagramm")
    book = saved(workbook)
    assert [sheet.name for sheet in book.sheets] == ["Sheet"]
    assert [(remark.code, remark.sheet) for remark in book.remarks] == [("no-table", "Diagramm")]


def test_the_text_of_a_box_is_said_not_to_be_read() -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        workbook.add_worksheet().insert_textbox(1, 1, "Stand Mai 2024")
    remarks = read_book(content.getvalue(), "Plan.xlsx").remarks
    assert [remark.text.en for remark in remarks] == [
        "A text box above the cells was not read: “Stand Mai 2024”."
    ]


def test_both_editions_of_the_format_are_read() -> None:
    content = BytesIO()
    workbook = Workbook()
    workbook.active["A1"] = "Plan"
    workbook.save(content)
    strict = content.getvalue()
    for part in ("_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
        strict = replaced(strict, part, old, new)
    assert read_book(strict, "strict.xlsx").sheets[0].cells[1, 1].text == "Plan"


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.tuples(st.integers(1, 40), st.integers(1, 40)), st.integers(0, 10**9), max_size=30))
def test_the_same_cells_are_read_as_by_openpyxl(numbers: dict[tuple[int, int], int]) -> None:
    content = BytesIO()
    workbook = Workbook()
    for (row, column), number in numbers.items():
        workbook.active.cell(row, column).value = number
    workbook.save(content)
    theirs = {
        (found.row, found.column): str(found.value)
        for row in load_workbook(BytesIO(content.getvalue())).active
        for found in row
        if found.value is not None
    }
    ours = read_book(content.getvalue(), "x.xlsx").sheets[0].cells
    assert {at: found.text for at, found in ours.items()} == theirs
