"""The table beside the picture as a file: one row for each node, its links in sentences, as CSV and as a workbook."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, NamedTuple

import xlsxwriter

from graph.errors import Text
from graph.intake.rows import guarded
from graph.output.drawing.document import said_in
from graph.output.drawing.network_json import table_rows
from graph.output.takeaway.exchange import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.output.drawing.document import Document

FIXED = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Workbooks bear this time of making, so that the same table is the same file."""
LONGEST_CELL = 32_767


class Head(NamedTuple):
    """A column: its heading and its width in characters."""

    text: Text
    width: int


HEADS = (
    Head(Text("Kennung", "Id"), 18),
    Head(Text("Art", "Kind"), 20),
    Head(Text("Name", "Name"), 56),
    Head(Text("Anzahl der Verbindungen", "Number of links"), 14),
    Head(Text("Verbindungen", "Links"), 90),
    Head(Text("Beleg", "Evidence"), 56),
    Head(Text("Adresse", "Address"), 44),
)
SHEETS = {"de": ("Tabelle", "Über diese Tabelle"), "en": ("Table", "About this table")}


def as_csv(document: Document, lang: str) -> bytes:
    """Return the table as CSV; no cell can be taken for a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head.text[lang] for head in HEADS)
    writer.writerows([guarded(str(cell)) for cell in row] for row in _rows(document, lang))
    return out.getvalue().encode()


def as_xlsx(document: Document, lang: str) -> bytes:
    """Return the table as a workbook; a second sheet says what it shows, of which day, and what is left out."""
    content = BytesIO()
    book = xlsxwriter.Workbook(
        content, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    )
    book.set_properties({"title": said_in(document["title"], lang), "author": "Planwerk", "created": FIXED})
    strong = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    table, about = SHEETS["en" if lang == "en" else "de"]
    sheet = book.add_worksheet(table)
    for column, head in enumerate(HEADS):
        sheet.set_column(column, column, head.width)
        sheet.write_string(0, column, head.text[lang], strong)
    rows = list(_rows(document, lang))
    for place, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            _write(sheet, place, column, cell, plain)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, len(rows), len(HEADS) - 1)
    _about(book.add_worksheet(about), document, lang, plain)
    book.close()
    return content.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: str | int, how: object
) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, how)
    else:
        sheet.write_string(row, column, cell[:LONGEST_CELL], how)


def _about(sheet: xlsxwriter.worksheet.Worksheet, document: Document, lang: str, how: object) -> None:
    sheet.set_column(0, 0, 110)
    said = [document["title"], *document["said"], document["limits"]["reason"]]
    lines = [*(said_in(words, lang) for words in said), document["as_of"] or "", document["permalink"]]
    for row, line in enumerate(filter(None, lines)):
        sheet.write_string(row, 0, _clean(line)[:LONGEST_CELL], how)


def _rows(document: Document, lang: str) -> Iterator[tuple[str | int, ...]]:
    nodes, sources = document["nodes"], document["sources"]
    for place, row in enumerate(table_rows(document)):
        links = "\n".join(sentence[lang] for sentence in row.sentences)
        said = (row.id, row.kind[lang], row.label, len(row.sentences), links)
        cells = (*said, sources[nodes["origin"][place]], document["base"] + row.id)
        yield tuple(cell if isinstance(cell, int) else _clean(cell) for cell in cells)


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("\ufffd", text)
