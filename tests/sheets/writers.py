"""The programs that offices save with: two spreadsheet programs, two kinds of text, and an open document."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets.desk import Desk, Page, Put


def save_workbook(desk: Desk, folder: Path) -> Path:
    """Write the workbook as the usual program does."""
    book = Workbook()
    book.remove(book.active)
    for page in desk.pages:
        _fill(book.create_sheet(page.name), page)
    path = folder / desk.name
    book.save(path)
    return path


def _fill(sheet: Worksheet, page: Page) -> None:
    for (row, column), put in page.cells.items():
        _write(sheet, row, column, put)
    for area in page.merges:
        sheet.merge_cells(area)
    for row in page.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for column in range(1, 16):
        sheet.column_dimensions[get_column_letter(column)].width = page.widths.get(column, 16)
    for column in page.hidden_columns:
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    for area, formula in page.choices.items():
        validation = DataValidation(type="list", formula1=formula, allow_blank=True)
        validation.add(area)
        sheet.add_data_validation(validation)
    sheet.freeze_panes = page.freeze or None
    sheet.auto_filter.ref = page.filter or None
    sheet.sheet_state = "hidden" if page.hidden else "visible"


def _write(sheet: Worksheet, row: int, column: int, put: Put) -> None:
    cell = sheet.cell(row, column)
    cell.value = put.formula or _pieces(put) or put.value
    cell.font = Font(name="Arial", size=10, bold=put.bold, strike=put.struck)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if put.fill:
        cell.fill = PatternFill("solid", fgColor=put.fill)
    if put.shown_as:
        cell.number_format = put.shown_as
    if put.comment:
        cell.comment = Comment(put.comment, "Sozialplanung")
    if put.link:
        cell.hyperlink = put.link


def _pieces(put: Put) -> CellRichText | None:
    if not put.rich:
        return None
    blocks = [TextBlock(InlineFont(strike=True), text) if struck else text for text, struck in put.rich]
    return CellRichText(blocks)


def save_other_workbook(desk: Desk, folder: Path) -> Path:
    """Write the workbook as another program does: shared strings, formulas with their last value."""
    path = folder / desk.name
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for page in desk.pages:
            sheet = book.add_worksheet(page.name)
            for area in page.merges:
                left, top, right, bottom = range_boundaries(area)
                sheet.merge_range(
                    top - 1, left - 1, bottom - 1, right - 1, "", book.add_format({"border": 1})
                )
            for (row, column), put in page.cells.items():
                _other_cell(book, sheet, row - 1, column - 1, put)
            sheet.set_column(0, 12, 22)
            for column in page.hidden_columns:
                sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
            for row in page.hidden_rows:
                sheet.set_row(row - 1, None, None, {"hidden": True})
            if page.hidden:
                sheet.hide()
    return path


def _other_cell(book: xlsxwriter.Workbook, sheet: object, row: int, column: int, put: Put) -> None:
    look = {"font_strikeout": put.struck, "bold": put.bold, "text_wrap": True, "valign": "top", "border": 1}
    if put.fill:
        look["bg_color"] = "#" + put.fill
    if put.shown_as:
        look["num_format"] = put.shown_as
    style = book.add_format(look)
    if put.formula:
        sheet.write_formula(row, column, put.formula, style, put.value)
    elif put.rich:
        struck = book.add_format({"font_strikeout": True})
        pieces = [piece for text, gone in put.rich for piece in ((struck, text) if gone else (text,))]
        sheet.write_rich_string(row, column, *pieces, style)
    elif isinstance(put.value, date):
        sheet.write_datetime(row, column, _moment(put.value), style)
    elif put.link:
        sheet.write_url(row, column, put.link, style, str(put.value))
    else:
        sheet.write(row, column, put.value, style)
    if put.comment:
        sheet.write_comment(row, column, put.comment)


def _moment(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001


def save_text(desk: Desk, folder: Path, encoding: str, delimiter: str, ends: str = "\r\n") -> Path:
    """Write the only sheet as text with delimiters."""
    (page,) = desk.pages
    width = max(column for _, column in page.cells)
    text = io.StringIO()
    lines = csv.writer(text, delimiter=delimiter, lineterminator=ends)
    for row in range(1, page.last_row() + 1):
        lines.writerow([_shown(page.cells.get((row, column))) for column in range(1, width + 1)])
    path = folder / desk.name
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def _shown(put: Put | None) -> str:
    if put is None or put.value is None:
        return ""
    if isinstance(put.value, date):
        return put.value.strftime("%d.%m.%Y")
    return str(put.value).replace(".", ",") if isinstance(put.value, float) else str(put.value)


SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("manifest", "manifest"),
    )
)
SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
DAYS = (
    '<office:automatic-styles><number:date-style style:name="N1"><number:day number:style="long"/><number:text>.</number:text>'
    '<number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/></number:date-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/></office:automatic-styles>'
)


def save_open_document(desk: Desk, folder: Path) -> Path:
    """Write the workbook as an open document: covered cells, and a million repeated rows at the end."""
    tables = "".join(_open_table(page) for page in desk.pages)
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2">'
    content += DAYS
    content += f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    manifest = f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {SPACES} manifest:version="1.2">'
    for place, kind in (("/", SPREADSHEET), ("content.xml", "text/xml")):
        manifest += f'<manifest:file-entry manifest:full-path="{place}" manifest:media-type="{kind}"/>'
    path = folder / desk.name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", SPREADSHEET, zipfile.ZIP_STORED)
        parts.writestr("content.xml", content)
        parts.writestr("META-INF/manifest.xml", manifest + "</manifest:manifest>")
    return path


def _open_table(page: Page) -> str:
    areas = [range_boundaries(area) for area in page.merges]
    width = max(column for _, column in page.cells)
    rows = "".join(
        "<table:table-row>"
        + "".join(_open_cell(page, areas, row, column) for column in range(1, width + 1))
        + f'<table:table-cell table:number-columns-repeated="{16384 - width}"/></table:table-row>'
        for row in range(1, page.last_row() + 1)
    )
    rest = f'<table:table-row table:number-rows-repeated="{1048576 - page.last_row()}"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    return f"<table:table table:name={quoteattr(page.name)}>{rows}{rest}</table:table>"


def _open_cell(page: Page, areas: list[tuple[int, int, int, int]], row: int, column: int) -> str:
    spans = ""
    for left, top, right, bottom in areas:
        if (row, column) == (top, left):
            spans = f' table:number-columns-spanned="{right - left + 1}" table:number-rows-spanned="{bottom - top + 1}"'
        elif top <= row <= bottom and left <= column <= right:
            return "<table:covered-table-cell/>"
    put = page.cells.get((row, column))
    if put is None or put.value is None:
        return f"<table:table-cell{spans}/>"
    if isinstance(put.value, date):
        kind = f'table:style-name="day" office:value-type="date" office:date-value="{put.value.isoformat()}"'
    elif isinstance(put.value, int | float):
        kind = f'office:value-type="float" office:value="{put.value}"'
    else:
        kind = 'office:value-type="string"'
    text = "".join(f"<text:p>{escape(part)}</text:p>" for part in _shown(put).split("\n"))
    note = (
        f"<office:annotation><text:p>{escape(put.comment)}</text:p></office:annotation>"
        if put.comment
        else ""
    )
    return f"<table:table-cell {kind}{spans}>{note}{text}</table:table-cell>"
