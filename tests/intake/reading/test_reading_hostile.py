"""Files that kill readers: each ends in a Book with all its rows or in one clear refusal that names the file."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from graph.errors import IntakeError
from graph.intake.sheets.book import Area, Book
from graph.intake.sheets.child import review_file
from graph.intake.sheets.known import Known
from graph.intake.sheets.limits import ImportLimits
from graph.intake.sheets.reading.file import read_book

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
HELLO = '<row r="1"><c r="A1" t="inlineStr"><is><t>Plan</t></is></c></row>'


def relation(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def parts(rows: str = HELLO, after: str = "", before: str = "") -> dict[str, str]:
    """Return the parts of a workbook of one sheet with these rows."""
    return {
        "_rels/.rels": f"<Relationships {PACKAGE}>{relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Pläne" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {PACKAGE}>{relation('r1', 'worksheet', 'worksheets/sheet1.xml')}"
        f"{relation('r2', 'sharedStrings', 'sharedStrings.xml')}{relation('r3', 'styles', 'styles.xml')}</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>",
        "xl/sharedStrings.xml": f"<sst {MAIN}><si><t>Sozialplan</t></si></sst>",
        "xl/styles.xml": f"<styleSheet {MAIN}><cellXfs><xf/><xf/></cellXfs></styleSheet>",
    }


def zipped(files: dict[str, str | bytes], compression: int = ZIP_DEFLATED) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", compression) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def read(files: dict[str, str | bytes]) -> Book:
    return read_book(zipped(files), "Plan.xlsx")


def cells(rows: str, after: str = "", before: str = "") -> dict[tuple[int, int], str]:
    return {at: cell.text for at, cell in read(parts(rows, after, before)).sheets[0].cells.items()}


def refusal(files: dict[str, str | bytes] | bytes, name: str = "Plan.xlsx") -> str:
    """Return the German sentence of the refusal, after a look at the English one."""
    content = files if isinstance(files, bytes) else zipped(files)
    with pytest.raises(IntakeError) as caught:
        read_book(content, name)
    assert caught.value.text.en.startswith(f"“{name}” ")
    assert "Please" in caught.value.text.en
    assert caught.value.text.de.startswith(f"„{name}“ ")
    assert "Bitte" in caught.value.text.de
    return caught.value.text.de.removeprefix(f"„{name}“ ")


# --- all rows are read


def test_a_cell_in_the_last_corner_costs_nothing_and_is_said_to_lie_too_far_away() -> None:
    book = read(parts(HELLO + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    assert list(book.sheets[0].cells) == [(1, 1)]
    assert [(remark.code, remark.row, remark.column) for remark in book.remarks] == [
        ("stray-cell", 1_048_576, 16_384)
    ]


def test_a_cell_behind_a_few_thousand_empty_rows_is_read() -> None:
    assert (40_000, 1) in cells(HELLO + '<row r="40000"><c><v>1</v></c></row>')


def test_many_cells_far_away_from_the_others_are_refused() -> None:
    rows = "".join(f'<row r="{row}"><c><v>1</v></c></row>' for row in range(900_000, 901_001))
    assert "1001 Zellen weit abseits der anderen, ab A900000" in refusal(parts(HELLO + rows))


@pytest.mark.parametrize("told", ["A1", "A1:B1", "A1:XFD1048576", "gelogen"])
def test_what_a_sheet_says_of_its_size_is_not_believed(told: str) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 1001))
    assert len(cells(rows, before=f'<dimension ref="{told}"/>')) == 1000


def test_cells_and_rows_without_a_place_follow_each_other() -> None:
    row = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    assert list(cells(row * 2)) == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_a_row_may_fill_every_column() -> None:
    assert len(cells(f'<row r="1">{"<c><v>1</v></c>" * 16_384}</row>')) == 16_384


def test_the_longest_cell_comes_whole() -> None:
    long = "ä" * 32_767
    assert cells(f'<row><c t="inlineStr"><is><t>{long}</t></is></c></row>') == {(1, 1): long}


def test_a_million_cells_of_nothing_but_format_are_no_cells() -> None:
    rows = ("<row>" + '<c s="1"/>' * 1000 + "</row>") * 1000
    assert cells(rows + '<row><c s="1"><v>1</v></c></row>') == {(1001, 1): "1"}


def test_a_column_format_over_all_columns_makes_no_cells() -> None:
    assert cells(HELLO, before='<cols><col min="1" max="16384" style="1"/></cols>') == {(1, 1): "Plan"}


def test_names_that_climb_out_of_the_folder_lead_nowhere(tmp_path: Path) -> None:
    book = read({**parts(), "../../planwerk-escaped.xml": "<x/>", "/etc/planwerk.xml": "<x/>"})
    assert book.sheets[0].cells[1, 1].text == "Plan"
    assert not (tmp_path.parent.parent / "planwerk-escaped.xml").exists()


def test_an_archive_in_the_archive_stays_closed() -> None:
    assert read({**parts(), "xl/embeddings/inner.xlsx": zipped(parts())}).sheets[0].cells[1, 1].text == "Plan"


def test_a_format_that_does_not_exist_is_a_plain_one() -> None:
    assert cells('<row><c s="99"><v>5</v></c></row>') == {(1, 1): "5"}


# --- merges


def merges(*areas: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>"


def test_of_merges_that_overlap_the_first_counts_and_the_others_are_said() -> None:
    book = read(parts(after=merges("A1:B3", "B2:C4", "A1:B3", "C1:C1")))
    assert book.sheets[0].merges == (Area(1, 1, 3, 2),)
    assert [(remark.code, remark.row, remark.column) for remark in book.remarks] == [
        ("overlapping-merge", 2, 2)
    ]


def test_merges_that_lie_in_each_other_lose_no_text_without_saying_so() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    book = read(parts(rows, merges("A1:D9", "B2:C4")))
    assert list(book.sheets[0].cells) == [(1, 1)]
    assert [(remark.code, remark.row) for remark in book.remarks] == [
        ("overlapping-merge", 2),
        ("hidden-under-merge", 2),
    ]


@pytest.mark.parametrize("area", ["B2:A1", "A0:A2", "XFE1:XFE2", "A1:A1048577", "", "A1:B2:C3", "#REF!"])
def test_a_merge_that_cannot_be_is_refused(area: str) -> None:
    assert "gibt es nicht" in refusal(parts(after=merges(area)))


# --- refused: contradictions


def test_a_text_that_does_not_exist_is_refused() -> None:
    said = refusal(parts('<row r="1"><c r="A1" t="s"><v>1</v></c></row>'))
    assert said.startswith(
        "ist beschädigt: den Text Nr. 1 für A1 auf dem Blatt „Pläne“ gibt es nicht. Bitte in Excel"
    )


@pytest.mark.parametrize("number", ["-1", "999999999999999999999", "1e3", "", "²"])
def test_a_text_number_that_is_none_is_refused_or_empty(number: str) -> None:
    rows = f'<row r="1"><c r="A1" t="s"><v>{number}</v></c></row>'
    assert cells(rows) == {} if number == "" else "gibt es nicht" in refusal(parts(rows))


@pytest.mark.parametrize("place", ["A0", "A1048577", "XFE1", "1", "A", "AAAA1", "A1B", "Ä1", "A-1", "²1"])
def test_a_cell_that_cannot_be_is_refused(place: str) -> None:
    assert "gibt es keine Zelle" in refusal(parts(f'<row r="1"><c r="{place}"><v>1</v></c></row>'))


@pytest.mark.parametrize("row", ["0", "1048577", "x", "99999999999999999999", "1.5"])
def test_a_row_that_cannot_be_is_refused(row: str) -> None:
    assert "keine Zeile oder Spalte" in refusal(parts(f'<row r="{row}"><c><v>1</v></c></row>'))


def test_a_cell_that_is_there_twice_is_refused() -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert "die Zelle A1 auf dem Blatt „Pläne“ steht zweimal darin" in refusal(parts(row + row))


@pytest.mark.parametrize("value", ["zehn", "nan", "inf", "1e999", "0x10", "1_0"])
def test_a_number_that_is_none_is_refused(value: str) -> None:
    assert "soll" in refusal(parts(f'<row r="1"><c r="A1"><v>{value}</v></c></row>'))


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels"]
)
def test_a_missing_part_is_refused(part: str) -> None:
    files = parts()
    del files[part]
    assert "fehlt" in refusal(files)


def test_a_sheet_that_cannot_be_found_is_refused() -> None:
    files = parts()
    files["xl/_rels/workbook.xml.rels"] = f"<Relationships {PACKAGE}/>"
    assert "das Blatt „Pläne“ ist nicht zu finden" in refusal(files)


def test_a_workbook_without_sheets_is_refused() -> None:
    assert "kein Tabellenblatt" in refusal({**parts(), "xl/workbook.xml": f"<workbook {MAIN}/>"})


@pytest.mark.parametrize("part", list(parts()))
def test_broken_xml_is_refused_and_names_the_part(part: str) -> None:
    said = refusal({**parts(), part: parts()[part][:-5]})
    assert f"„{part}“ ist ab Zeile 1 kein gültiges XML" in said


@pytest.mark.parametrize("encoding", ["UTF-7", "U2F-8", "cp037", "shift_jis"])
def test_an_unknown_encoding_is_refused(encoding: str) -> None:
    files = parts()
    files["xl/workbook.xml"] = f'<?xml version="1.0" encoding="{encoding}"?>{files["xl/workbook.xml"]}'
    assert f"hat eine unbekannte Kodierung „{encoding}“" in refusal(files)


def test_xml_nested_beyond_reason_is_refused() -> None:
    deep = "<a>" * 100_000 + "</a>" * 100_000
    assert "zu tief verschachtelt" in refusal({**parts(), "xl/styles.xml": deep})


# --- refused: bombs

ENTITIES = "".join(
    f'<!ENTITY e{level} "{f"&e{level - 1};" * 10 if level else "ha" * 10}">' for level in range(10)
)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "declared", [ENTITIES, '<!ENTITY e9 SYSTEM "file:///etc/passwd">', '<!ENTITY % e9 "x">']
)
def test_entities_are_refused_before_they_grow(part: str, declared: str) -> None:
    assert "DOCTYPE" in refusal({**parts(), part: f"<!DOCTYPE x [{declared}]><x>&e9;</x>"})


def test_an_entity_bomb_in_another_encoding_is_refused() -> None:
    hidden = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [{ENTITIES}]><x>&e9;</x>'.encode("utf-16")
    assert "DOCTYPE" in refusal({**parts(), "xl/styles.xml": hidden})


def test_a_small_file_that_would_become_large_is_refused() -> None:
    content = zipped({**parts(), "xl/worksheets/sheet1.xml": b" " * 400 * 2**20})
    assert len(content) < 500_000
    assert refusal(content).startswith("ist zu groß: aus 398 KB würden 400 MB („xl/worksheets/sheet1.xml“)")


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(zipped(parts()))
    directory = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    content[directory + 24 : directory + 28] = (5).to_bytes(4, "little")
    assert "ist nicht lesbar" in refusal(bytes(content))


def test_too_many_parts_are_refused() -> None:
    many = {f"xl/x{number}.xml": "" for number in range(20_001)}
    assert "20007 Teile" in refusal({**parts(), **many})


def test_a_part_that_is_there_twice_is_refused() -> None:
    assert "ist doppelt" in refusal({**parts(), "XL/Workbook.xml": "<workbook/>"})


def test_an_unusual_compression_is_refused() -> None:
    assert "ungewöhnlich komprimiert" in refusal(zipped(parts(), ZIP_BZIP2))


# --- refused: something else under this name


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ist leer."),
        (b"\0" * 4096, "ist leer."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "ist eine alte Excel-Datei (.xls)."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "ist mit einem Kennwort geschützt.",
        ),
        (b"%PDF-1.7 ...", "ist eine PDF-Datei."),
        (b"\x1f\x8b\x08\0", "ist ein Archiv."),
        (b"PK\x05\x06" + b"\0" * 18, "ist ein Archiv."),
        (b"<html><table><tr><td>Plan</table>", "ist eine Internetseite (HTML)."),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "ist eine XML-Kalkulationstabelle 2003.",
        ),
        (b"Plan;Amt\n", "heißt .xlsx, ist aber eine Textdatei."),
        (b"PK\x03\x04 abgeschnitten", "ist beschädigt: das Archiv ist unvollständig oder fehlerhaft."),
        (zipped(parts())[:-200], "ist beschädigt: das Archiv ist unvollständig oder fehlerhaft."),
        (zipped({"word/document.xml": "<x/>"}), "ist ein Word-Dokument."),
        (
            zipped({"xl/workbook.bin": b"", "xl/x.xml": ""}),
            "ist eine binäre Excel-Arbeitsmappe (.xlsb).",
        ),
        (zipped({"brief.xml": "<x/>"}), "ist beschädigt: die Arbeitsmappe darin fehlt."),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "ist ein OpenDocument, aber"),
    ],
)
def test_what_a_file_is_shows_its_content(content: bytes, said: str) -> None:
    assert refusal(content).startswith(said)


# --- anything at all


@pytest.mark.parametrize("seed", range(300))
def test_a_mutated_workbook_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    part = chance.choice([name for name in parts() if name.startswith("xl")])
    mutated = bytearray(parts(ROWS, merges("A1:A3", "C2:D2"))[part].encode())
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(mutated))
        match chance.randrange(3):
            case 0:
                mutated[at] = chance.randrange(256)
            case 1:
                del mutated[at : at + chance.randint(1, 30)]
            case _:
                mutated[at:at] = mutated[chance.randrange(len(mutated)) :][: chance.randint(1, 30)]
    try:
        book = read({**parts(ROWS, merges("A1:A3", "C2:D2")), part: bytes(mutated)})
    except IntakeError as error:
        assert error.text.de.startswith("„Plan.xlsx“ ")  # noqa: PT017 - either way is right
    else:
        assert len(book.sheets) == 1


ROWS = "".join(
    f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}" s="1"><v>{row}.5</v></c>'
    f'<c r="D{row}" t="str"><f>A1</f><v>x</v></c></row>'
    for row in range(1, 9)
)


# --- through the child

LIMITS = ImportLimits()


def test_the_file_that_kills_readers_is_reviewed(tmp_path: Path) -> None:
    path = tmp_path / "Plan.xlsx"
    path.write_bytes(zipped(parts('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')))
    assert review_file(path, Known(), limits=LIMITS).source == "Plan.xlsx"


def test_a_bomb_is_refused_by_the_child_and_the_next_file_is_read(tmp_path: Path) -> None:
    bomb, plan = tmp_path / "bombe.xlsx", tmp_path / "Plan.xlsx"
    bomb.write_bytes(zipped({**parts(), "xl/worksheets/sheet1.xml": b" " * 300 * 2**20}))
    plan.write_bytes(zipped(parts()))
    with pytest.raises(IntakeError, match=r"„bombe\.xlsx“ ist zu groß"):
        review_file(bomb, Known(), limits=LIMITS)
    assert [row.row for row in review_file(plan, Known(), limits=LIMITS).rows] == [1]
