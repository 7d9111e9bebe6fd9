"""LibreOffice workbooks are read with what hangs on the cells; their million empty rows cost nothing."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from graph.errors import IntakeError
from graph.intake.sheets.book import Area, Book, Cell, Sheet
from graph.intake.sheets.reading.file import read_book

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name if name != "number" else "datastyle"}:1.0"'
    for name in ("office", "table", "text", "style", "number")
)
STYLES = """
<style:style style:name="struck" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="heir" style:family="table-cell" style:parent-style-name="struck"/>
<style:style style:name="span" style:family="text"><style:text-properties style:text-line-through-type="single"/></style:style>
<style:style style:name="head" style:family="table-cell"><style:table-cell-properties fo:background-color="#ffff00"/>
<style:text-properties fo:font-weight="bold"/></style:style>
<number:date-style style:name="N1"><number:month/><number:text>/</number:text><number:year/></number:date-style>
<number:date-style style:name="N2"><number:year/></number:date-style>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="year" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>
"""


MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:manifest>'


def packed(tables: str, in_manifest: str = "") -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST.format(in_manifest))
        archive.writestr(
            "content.xml",
            f'<office:document-content {NAMESPACES} xmlns:fo="urn:fo" xmlns:xlink="urn:xlink" xmlns:dc="urn:dc" '
            f'xmlns:calcext="urn:calcext" xmlns:draw="urn:draw">'
            f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


def read(tables: str) -> Book:
    return read_book(packed(tables), "Plan.ods")


def sheet(rows: str) -> Sheet:
    return read(f'<table:table table:name="Pläne">{rows}</table:table>').sheets[0]


def cell(attributes: str = "", inside: str = "") -> Cell:
    return sheet(
        f"<table:table-row><table:table-cell {attributes}>{inside}</table:table-cell></table:table-row>"
    ).cells[1, 1]


def text(*paragraphs: str) -> str:
    return "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def filled(shown: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}>{text(shown)}</table:table-cell>'


STRING = 'office:value-type="string"'


def test_paragraphs_are_lines() -> None:
    assert cell(STRING, text("Kinder", "Ältere")).text == "Kinder\nÄltere"


def test_spaces_tabs_and_line_breaks_are_read() -> None:
    assert cell(STRING, text('a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d')).text == "a  b\tc\nd"


@pytest.mark.parametrize(
    ("attributes", "shown", "seen"),
    [
        ('office:value-type="float" office:value="2030"', "2030", Cell("2030", "number")),
        ('office:value-type="float" office:value="7"', "007", Cell("007", "number")),
        ('office:value-type="float" office:value="56"', "FB 56", Cell("FB 56", "number")),
        ('office:value-type="float" office:value="1.5"', "1,50", Cell("1.5", "number")),
        ('office:value-type="percentage" office:value="0.4"', "40 %", Cell("40 %", "number")),
        ('office:value-type="currency" office:value="1500"', "1.500,00 €", Cell("1500 €", "number")),
        ('office:value-type="boolean" office:boolean-value="true"', "WAHR", Cell("WAHR", "boolean")),
        ('office:value-type="date" office:date-value="2019-07-09"', "09.07.19", Cell("2019-07-09", "date")),
        (
            'office:value-type="date" office:date-value="2019-07-09T00:00:00" table:style-name="month"',
            "07/2019",
            Cell("2019-07", "date"),
        ),
        (
            'office:value-type="date" office:date-value="2019-07-09" table:style-name="year"',
            "2019",
            Cell("2019", "date"),
        ),
    ],
)
def test_a_value_is_as_it_is_seen(attributes: str, shown: str, seen: Cell) -> None:
    assert cell(attributes, text(shown)) == seen


def test_what_is_struck_is_apart() -> None:
    assert cell(f'{STRING} table:style-name="heir"', text("FB 50")) == Cell("", struck="FB 50")
    part = text('<text:span text:style-name="span">FB 50 </text:span>FB 56')
    assert cell(STRING, part) == Cell("FB 56", struck="FB 50")


def test_bold_and_filled_are_seen() -> None:
    assert cell(f'{STRING} table:style-name="head"', text("Plan")) == Cell("Plan", bold=True, filled=True)


def test_a_comment_is_read_without_its_author() -> None:
    note = (
        f"<office:annotation><dc:creator>Eva</dc:creator>{text('früher 41', 'jetzt 56')}</office:annotation>"
    )
    assert cell(STRING, note + text("FB 56")) == Cell("FB 56", comment="früher 41\njetzt 56")


def test_a_link_is_read() -> None:
    assert cell(STRING, text('<text:a xlink:href="https://example.org/sep">SEP</text:a>')) == Cell(
        "SEP", link="https://example.org/sep"
    )


def test_the_text_of_a_drawing_is_none_of_the_cell() -> None:
    assert cell(STRING, f"<draw:frame>{text('Bild')}</draw:frame>{text('Plan')}").text == "Plan"


def test_an_error_in_a_cell_is_said() -> None:
    broken = row("<table:table-cell/>", filled("#REF!", 'calcext:value-type="error"'))
    book = read(f'<table:table table:name="A">{broken}</table:table>')
    assert book.sheets[0].cells[1, 2] == Cell("#REF!", "error")
    assert [(remark.code, remark.row, remark.column) for remark in book.remarks] == [("error-cell", 1, 2)]


def test_merges_are_known() -> None:
    seen = sheet(
        row(filled("Plan"), filled("FB 56", 'table:number-rows-spanned="2" table:number-columns-spanned="1"'))
        + row(filled("SEP"), "<table:covered-table-cell/>")
    )
    assert seen.merges == (Area(1, 2, 2, 2),)
    assert sorted(seen.cells) == [(1, 1), (1, 2), (2, 1)]


def test_the_empty_rest_of_a_sheet_costs_nothing() -> None:
    rest = '<table:table-cell table:number-columns-repeated="16384"/>'
    seen = sheet(row(filled("Plan"), rest) + row(rest, attributes='table:number-rows-repeated="1048575"'))
    assert list(seen.cells) == [(1, 1)]


def test_repeated_cells_and_rows_are_all_there() -> None:
    seen = sheet(
        row(filled("x", 'table:number-columns-repeated="2"'), attributes='table:number-rows-repeated="3"')
    )
    assert sorted(seen.cells) == [(row, column) for row in (1, 2, 3) for column in (1, 2)]


def test_a_filled_cell_repeated_beyond_reason_is_refused() -> None:
    bomb = row(
        filled("x", 'table:number-columns-repeated="16384"'),
        attributes='table:number-rows-repeated="1048576"',
    )
    with pytest.raises(IntakeError, match=r"„Plan\.ods“ ist zu groß"):
        sheet(bomb)


def test_hidden_rows_columns_and_tables_are_known() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = row(filled("a"), attributes='table:visibility="collapse"') + row(filled("b"), filled("c"))
    book = read(
        f'<table:table table:name="A">{columns}{rows}</table:table>'
        f'<table:table table:name="B" table:style-name="away">{row(filled("alt"))}</table:table>'
    )
    assert (book.sheets[0].hidden_rows, book.sheets[0].hidden_columns) == ({1}, {2})
    assert [sheet.hidden for sheet in book.sheets] == [False, True]


def test_what_was_deleted_under_change_tracking_is_not_there() -> None:
    changes = f"<table:tracked-changes><table:deletion>{row(filled('weg'))}</table:deletion></table:tracked-changes>"
    book = read(f'{changes}<table:table table:name="A">{row(filled("Plan"))}</table:table>')
    assert [cell.text for cell in book.sheets[0].cells.values()] == ["Plan"]


def test_an_encrypted_file_is_refused() -> None:
    content = packed("", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")
    with pytest.raises(IntakeError, match="mit einem Kennwort geschützt"):
        read_book(content, "Plan.ods")


@pytest.mark.parametrize(
    "attributes", ['table:number-columns-repeated="-1"', 'office:value-type="float" office:value="zehn"']
)
def test_a_number_that_is_none_is_refused(attributes: str) -> None:
    with pytest.raises(IntakeError, match="ist beschädigt"):
        cell(attributes, text("x"))


@settings(deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["", "Plan", "FB 56"]), min_size=1, max_size=6), min_size=1, max_size=6)
)
def test_the_same_texts_are_read_as_by_calamine(table: list[list[str]]) -> None:
    rows = "".join(
        row(*(filled(shown) if shown else "<table:table-cell/>" for shown in line)) for line in table
    )
    content = packed(f'<table:table table:name="A">{rows}</table:table>')
    theirs = (
        CalamineWorkbook.from_filelike(BytesIO(content))
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)
    )
    ours = read_book(content, "Plan.ods").sheets[0].cells
    assert {at: cell.text for at, cell in ours.items()} == {
        (number, column): shown
        for number, line in enumerate(theirs, start=1)
        for column, shown in enumerate(line, start=1)
        if shown
    }
