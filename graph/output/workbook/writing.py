"""Put pages into a file: headings with notes, drop-downs, colours, links, and the hidden sheet that knows it again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from graph.errors import BadRequest
from graph.intake.sheets.book import column_letters, place
from graph.intake.sheets.own.marks import (
    DELIVERY,
    EXAMPLE,
    HIDDEN_SHEET,
    LONGEST_CELL,
    NUMBER,
    PROPERTY,
    VERSION,
    Marks,
    as_chunks,
    heading,
)
from graph.output.tables import SaidRow
from graph.output.workbook.pages import Page, height, width
from graph.output.workbook.shown import Labels, shown
from graph.output.workbook.words import (
    DELIVERED_WITH,
    LISTS,
    MEANT_FOR,
    TOO_LONG,
    column_note,
)
from ontology.tables import Column
from ontology.vocabulary import Vocabulary, load_vocabulary

FIXED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_LINK = re.compile(r"https?://[^\s\"<>]{1,1900}")
_MOST_LINKS = 60_000
_A3 = 8
_SPARE_ROWS = 500
_MOST_ROWS = 1_048_575
_FONT: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
_LINE = {"border": 1, "border_color": "#D0D7DE"}
_FORMATS: dict[str, dict[str, Any]] = {
    "must": {
        **_FONT,
        **_LINE,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#1F4E79",
        "valign": "vcenter",
    },
    "may": {
        **_FONT,
        **_LINE,
        "bold": True,
        "font_color": "#1F2328",
        "bg_color": "#BDD7EE",
        "valign": "vcenter",
    },
    "read": {
        **_FONT,
        **_LINE,
        "bold": True,
        "font_color": "#57606A",
        "bg_color": "#E1E4E8",
        "valign": "vcenter",
    },
    "text": {**_FONT, **_LINE, "num_format": "@"},
    "number": {**_FONT, **_LINE},
    "grey": {**_FONT, **_LINE, "font_color": "#57606A", "bg_color": "#F6F8FA", "num_format": "@"},
    "link": {**_FONT, **_LINE, "font_color": "#0B5394", "underline": 1, "num_format": "@"},
    "greylink": {**_FONT, **_LINE, "font_color": "#0B5394", "underline": 1, "bg_color": "#F6F8FA"},
    "example": {
        **_FONT,
        **_LINE,
        "italic": True,
        "font_color": "#6E7781",
        "bg_color": "#EDEDED",
        "num_format": "@",
    },
    "title": {"font_name": "Calibri", "font_size": 16, "bold": True, "font_color": "#1F4E79"},
    "strong": {"font_name": "Calibri", "font_size": 11, "bold": True},
    "plain": {"font_name": "Calibri", "font_size": 11, "text_wrap": True, "valign": "top"},
    "count": {"font_name": "Calibri", "font_size": 11, "valign": "top", "align": "center"},
    "goto": {
        "font_name": "Calibri",
        "font_size": 11,
        "font_color": "#0B5394",
        "underline": 1,
        "valign": "top",
    },
}


class Writer:
    """One workbook in the making: the same pages always give the same bytes."""

    def __init__(self, out: Path, lang: str, named: Labels) -> None:
        self.lang, self.named = lang, named
        self.vocabulary: Vocabulary = load_vocabulary()
        self.out, self.content = out, BytesIO()
        self.book = xlsxwriter.Workbook(
            self.content,
            {
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "in_memory": True,
            },
        )
        self.formats = {name: self.book.add_format(wanted) for name, wanted in _FORMATS.items()}
        self.lists = Lists(LISTS[lang])
        self.ids: dict[str, str] = {}

    def close(self, marks: Marks) -> None:
        """Write the lists and the hidden sheet, and the file."""
        self.lists.write(self.book)
        hidden = self.book.add_worksheet(HIDDEN_SHEET)
        for row, piece in enumerate(as_chunks(marks)):
            hidden.write_string(row, 0, piece)
        hidden.very_hidden()
        self.book.set_properties({"title": "Planwerk", "author": "Planwerk", "created": FIXED})
        self.book.set_custom_property(PROPERTY, str(VERSION), "text")
        self.book.set_custom_property(f"{PROPERTY} {marks.kind}", marks.snapshot or "-", "text")
        self.book.close()
        self.out.write_bytes(self.content.getvalue())

    def page(self, page: Page, *, several: bool, example: Mapping[str, str] | None = None) -> None:
        """Write the sheet of a table; ``several`` deliveries show which one a row belongs to."""
        sheet = self.book.add_worksheet(page.name)
        lead = 2
        self._headings(sheet, page, several=several)
        if example:
            self._example(sheet, page, example)
        for number, row in enumerate(page.rows, start=1):
            self._row(sheet, page, (number, number + bool(example)), row)
        last = max(len(page.rows) + bool(example), 1)
        for place_of, column in enumerate(page.columns, start=lead):
            self._choices(sheet, place_of, column, last + _SPARE_ROWS)
        sheet.autofilter(0, 0, last, lead + len(page.columns) - 1)
        sheet.freeze_panes(1, lead + 2)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{place(last + _SPARE_ROWS, 60)}"})
        _print_well(sheet)

    def _headings(self, sheet: Any, page: Page, *, several: bool) -> None:
        read = self.formats["read"]
        sheet.set_row(0, 32)
        for place_of, (title, note, wide) in enumerate(
            ((NUMBER, MEANT_FOR, 9), (DELIVERY, DELIVERED_WITH, 14))
        ):
            sheet.write_string(0, place_of, title[self.lang], read)
            self._note(sheet, place_of, note[self.lang])
            hidden = {"hidden": True} if place_of and not several else {}
            sheet.set_column(place_of, place_of, wide, self.formats["grey"], hidden)
        for place_of, column in enumerate(page.columns, start=2):
            sheet.write_string(
                0, place_of, heading(column, page.table, self.lang), self.formats[_look(column)]
            )
            self._note(sheet, place_of, column_note(column, self.vocabulary, self.lang))
            sheet.set_column(place_of, place_of, width(column, page.table), self.formats[_body(column)])

    def _note(self, sheet: Any, column: int, text: str) -> None:
        lines = sum(1 + len(line) // 46 for line in text.split("\n"))
        options = {
            "author": "Planwerk",
            "x_scale": 2.4,
            "y_scale": max(0.45, 0.24 * (lines + 1)),
            "font_size": 9,
        }
        sheet.write_comment(0, column, text, options)

    def offer_ids(self, pages: Iterable[Page]) -> None:
        """Offer the ids that will be typed into these sheets where other sheets refer to them."""
        for page in pages:
            place_of = next((n for n, c in enumerate(page.columns, start=3) if c.name == "id"), None)
            if place_of:
                letters = column_letters(place_of)
                self.ids[page.table.name] = f"='{page.name}'!${letters}$3:${letters}${_SPARE_ROWS}"

    def _row(self, sheet: Any, page: Page, places: tuple[int, int], row: SaidRow) -> None:
        number, at = places
        if number > _MOST_ROWS:
            raise BadRequest(
                f"{page.name}: mehr Zeilen, als ein Blatt fasst. Bitte als Ordner mit Tabellen ausgeben.",
                f"{page.name}: more rows than a sheet holds. Please export a folder of tables.",
            )
        sheet.write_number(at, 0, number, self.formats["grey"])
        sheet.write_string(at, 1, row.delivery, self.formats["grey"])
        texts = [shown(row.cells[column.name], column, self.named) for column in page.columns]
        for place_of, (column, text) in enumerate(zip(page.columns, texts, strict=True), start=2):
            self._cell(sheet, page, (at, place_of), column, text)
        wide = [width(column, page.table) for column in page.columns]
        sheet.set_row(at, height(zip(texts, wide, strict=True)))

    def _cell(self, sheet: Any, page: Page, at: tuple[int, int], column: Column, text: str) -> None:
        row, place_of = at
        look = self.formats[_body(column)]
        if not text:
            sheet.write_blank(row, place_of, None, look)
        elif len(text) > LONGEST_CELL:
            where = f"{page.name}, {place(row + 1, place_of + 1)}"
            raise BadRequest(f"{where}: {TOO_LONG.de}", f"{where}: {TOO_LONG.en}")
        elif column.kind == "number" and _is_plain_number(text):
            sheet.write_number(row, place_of, float(text), look)
        elif _LINK.fullmatch(text) and row < _MOST_LINKS // 2:
            sheet.write_url(
                row, place_of, text, self.formats["greylink" if _is_read_only(column) else "link"], text
            )
        else:
            sheet.write_string(row, place_of, text, look)

    def _example(self, sheet: Any, page: Page, example: Mapping[str, str]) -> None:
        look = self.formats["example"]
        sheet.set_row(1, height([]) + 4)
        sheet.write_string(1, 0, EXAMPLE[self.lang], look)
        sheet.write_blank(1, 1, None, look)
        for place_of, column in enumerate(page.columns, start=2):
            text = example.get(column.name, "")
            sheet.write_string(1, place_of, text, look) if text else sheet.write_blank(
                1, place_of, None, look
            )

    def _choices(self, sheet: Any, place_of: int, column: Column, last: int) -> None:
        """Offer the words of a code list, yes and no, or the rows that a reference may name."""
        if column.kind == "boolean":
            rule: dict[str, Any] = {"validate": "list", "source": [column.true, column.false]}
        elif column.kind == "code":
            words = [typed for typed, _ in column.words] or list(
                self.vocabulary.schemes[str(column.scheme)].concepts
            )
            rule = {"validate": "list", "source": self.lists.range(words), "show_error": column.closed}
        elif column.kind in {"reference", "graph"} and not column.separator and "*" not in column.refers_to:
            source = self._references(column)
            if not source:
                return
            rule = {"validate": "list", "source": source, "show_error": False}
        else:
            return
        sheet.data_validation(1, place_of, last, place_of, rule)

    def _references(self, column: Column) -> str | None:
        """Return the range of what a reference may name: rows there are, else ids that will be typed."""
        choices = self.named.choices(column)
        if choices:
            return self.lists.range(choices)
        return self.ids.get("sources" if column.kind == "graph" else column.refers_to[0])


def _print_well(sheet: Any) -> None:
    """Print landscape on A3, two pages wide, with the headings on each page."""
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(2, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&8&A&R&8&P / &N")


def _is_read_only(column: Column) -> bool:
    return column.kind == "from_source"


def _look(column: Column) -> str:
    if _is_read_only(column):
        return "read"
    return "must" if column.required or column.kind == "key" else "may"


def _body(column: Column) -> str:
    if _is_read_only(column):
        return "grey"
    return "number" if column.kind == "number" else "text"


def _is_plain_number(text: str) -> bool:
    """Whether a number comes back as it is typed."""
    number = float(text) if re.fullmatch(r"-?\d{1,15}(\.\d+)?", text) else None
    return number is not None and text == (str(int(number)) if number.is_integer() else repr(number))


class Lists:
    """The words of all drop-downs, one list per column of a hidden sheet."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.held: dict[tuple[str, ...], int] = {}

    def range(self, words: Sequence[str]) -> str:
        """Return the range that holds these words."""
        column = column_letters(self.held.setdefault(tuple(words), len(self.held)) + 1)
        return f"='{self.sheet}'!${column}$1:${column}${len(words)}"

    def write(self, book: Any) -> None:
        """Write the hidden sheet."""
        sheet = book.add_worksheet(self.sheet)
        for column, words in self._columns():
            for row, word in enumerate(words):
                sheet.write_string(row, column, word)
        sheet.hide()

    def _columns(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        yield from ((column, words) for words, column in self.held.items())
