"""The first sheet: how to use the file, what the colours say, which sheet holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.output.workbook.pages import Page
from graph.output.workbook.words import (
    COLOURS,
    DELIVERIES,
    EDIT_STEPS,
    GUIDE,
    MEANING,
    ROWS,
    SEND_BACK,
    SHEET,
    TEMPLATE_STEPS,
    TEMPLATE_TITLE,
    TITLE,
    WHICH_SHEET,
    table_meaning,
)
from graph.output.workbook.writing import Writer

_WIDTHS = (5, 34, 9, 84)
_LINE = 16


def write_guide(writer: Writer, pages: Sequence[Page], deliveries: Iterable[str], *, template: bool) -> None:
    """Write the first sheet."""
    sheet = writer.book.add_worksheet(GUIDE[writer.lang])
    sheet.hide_gridlines(2)
    for column, wide in enumerate(_WIDTHS):
        sheet.set_column(column, column, wide)
    _Guide(writer, sheet).write(pages, list(deliveries), template=template)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


class _Guide:
    def __init__(self, writer: Writer, sheet: Any) -> None:
        self.writer, self.sheet, self.row = writer, sheet, 0

    def write(self, pages: Sequence[Page], deliveries: list[str], *, template: bool) -> None:
        lang = self.writer.lang
        self._text((TEMPLATE_TITLE if template else TITLE)[lang], "title", 26)
        steps = (*TEMPLATE_STEPS, *EDIT_STEPS[3:]) if template else EDIT_STEPS
        for number, step in enumerate((*steps, SEND_BACK), start=1):
            self._step(number, step[lang])
        self.row += 1
        for look, meaning in COLOURS:
            self.sheet.write_blank(self.row, 0, None, self.writer.formats[look])
            self._text(meaning[lang], "plain", _LINE, column=1)
        self.row += 1
        self._pages(pages, template=template)
        if deliveries:
            self.row += 1
            self._text(DELIVERIES[lang], "strong", 20)
            for delivery in deliveries:
                self._text(delivery, "plain", _LINE, column=1)

    def _text(self, text: str, look: str, high: float, column: int = 0) -> None:
        self.sheet.set_row(self.row, high)
        plain = self.writer.book.add_format({"font_name": "Calibri", "font_size": 11, "valign": "top"})
        self.sheet.write_string(
            self.row, column, text, plain if look == "plain" else self.writer.formats[look]
        )
        self.row += 1

    def _step(self, number: int, text: str) -> None:
        plain = self.writer.formats["plain"]
        self.sheet.write_string(self.row, 0, f"{number}.", plain)
        self.sheet.merge_range(self.row, 1, self.row, 3, "", plain)
        self.sheet.write_string(self.row, 1, text, plain)
        self.sheet.set_row(self.row, _LINE * (1 + len(text) // 132))
        self.row += 1

    def _pages(self, pages: Sequence[Page], *, template: bool) -> None:
        lang, formats = self.writer.lang, self.writer.formats
        self._text(WHICH_SHEET[lang], "strong", 20)
        headings: Mapping[int, str] = {1: SHEET[lang], 3: MEANING[lang]} | (
            {} if template else {2: ROWS[lang]}
        )
        for column, text in headings.items():
            self.sheet.write_string(self.row, column, text, formats["may"])
        self.row += 1
        for page in pages:
            self.sheet.write_url(self.row, 1, f"internal:'{page.name}'!A1", formats["goto"], page.name)
            if not template:
                self.sheet.write_number(self.row, 2, len(page.rows), formats["count"])
            meaning = table_meaning(page.table, self.writer.vocabulary, lang)
            self.sheet.write_string(self.row, 3, meaning, formats["plain"])
            self.sheet.set_row(self.row, _LINE * (1 + len(meaning) // 98))
            self.row += 1
