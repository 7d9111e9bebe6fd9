"""The tables of an OpenDocument spreadsheet out of its XML, as a stream: only what is filled is kept.

The format repeats cells and rows by number, mostly a million empty ones to the end of the sheet; these cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.errors import Text
from graph.intake.sheets.book import Area, Cell, CellKind
from graph.intake.sheets.reading.excel.cells import LAST_COLUMN, LAST_ROW, SheetContent, link_of
from graph.intake.sheets.reading.notes import without_author
from graph.intake.sheets.reading.open_document.styles import OpenStyles
from graph.intake.sheets.reading.opening.refusals import damaged, too_large
from graph.intake.sheets.reading.opening.remarks import Remarks
from graph.intake.sheets.reading.opening.xml_events import LocalNames, parse
from graph.intake.sheets.reading.shown import plain

_MOST_CELLS: Final = 3_000_000
_NUMBERS: Final = {"float", "currency", "percentage"}
_ROWS_AND_COLUMNS: Final = {"collapse", "filter"}
_PASSED_OVER: Final = {
    "tracked-changes",
    "shapes",
    "frame",
    "custom-shape",
    "control",
    "forms",
    "named-expressions",
}
_FOREIGN: Final = "calcext"


@dataclass(slots=True)
class OpenTable:
    """A table: name, whether it is hidden, what it holds."""

    name: str
    hidden: bool
    content: SheetContent = field(default_factory=SheetContent)


@dataclass(slots=True)
class _Written:
    """A cell while it is read: its attributes, the paragraphs of its text and of its comment."""

    given: Mapping[str, str]
    error: bool
    kept: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    link: str = ""
    paragraphs: int = 0


def read_tables(part: str, chunks: Iterable[bytes], styles: OpenStyles, remarks: Remarks) -> list[OpenTable]:
    """Return the tables of ``content.xml``; raise IntakeError where its XML contradicts itself."""
    reader = _TableReader(styles, remarks)
    parse(part, chunks, reader.start, reader.end, reader.data)
    return reader.tables


class _TableReader:
    """Keeps the state between the events."""

    def __init__(self, styles: OpenStyles, remarks: Remarks) -> None:
        self.tables: list[OpenTable] = []
        self._styles = styles
        self._remarks = remarks
        self._names = LocalNames()
        self._passed = 0
        self._row = self._column = self._repeated = 0
        self._columns_seen = 0
        self._filled: list[tuple[int, Cell]] = []
        self._cell: _Written | None = None
        self._in_comment = self._in_paragraph = False
        self._spans: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element in."""
        local = self._names[name]
        if self._passed or local in _PASSED_OVER:
            self._passed += 1
        elif self._cell is not None:
            self._start_in_cell(local, self._own(attributes))
        elif local in {"table-cell", "covered-table-cell"}:
            error = any(_FOREIGN in key and value == "error" for key, value in attributes.items())
            self._cell = _Written(self._own(attributes), error)
        elif local in {"table", "table-row", "table-column"}:
            self._start_table(local, self._own(attributes))
        else:
            self._styles.start(local, self._own(attributes))

    def end(self, name: str) -> None:
        """Take the end of an element in."""
        local = self._names[name]
        if self._passed:
            self._passed -= 1
        elif local in {"table-cell", "covered-table-cell"} and self._cell is not None:
            self._end_cell(self._cell, covered=local != "table-cell")
            self._cell = None
        elif self._cell is not None:
            self._end_in_cell(local)
        elif local == "table-row" and self.tables:
            self._end_row()
        else:
            self._styles.end(local)

    def data(self, text: str) -> None:
        """Take text in, where it belongs to a paragraph of a cell."""
        if self._in_paragraph and self._cell is not None and not self._passed:
            self._write(self._cell, text)

    def _own(self, attributes: Mapping[str, str]) -> dict[str, str]:
        """Return the attributes of the format itself by local name, without those of one program."""
        return {self._names[key]: value for key, value in attributes.items() if _FOREIGN not in key}

    def _start_table(self, local: str, given: Mapping[str, str]) -> None:
        if local == "table":
            hidden = self._styles.look(given.get("style-name", "")).hidden
            self.tables.append(OpenTable(given.get("name", ""), hidden))
            self._row = self._columns_seen = 0
        elif not self.tables:
            raise damaged("eine Zeile steht außerhalb der Tabellen", "a row stands outside of the tables")
        elif local == "table-column":
            self._start_column(given)
        else:
            self._repeated = _count(given, "number-rows-repeated")
            self._column = 0
            self._filled = []
            if given.get("visibility") in _ROWS_AND_COLUMNS:
                last = min(self._row + self._repeated, LAST_ROW)
                self.tables[-1].content.hidden_rows.update(range(self._row + 1, last + 1))

    def _start_column(self, given: Mapping[str, str]) -> None:
        first = self._columns_seen + 1
        self._columns_seen += _count(given, "number-columns-repeated")
        if given.get("visibility") in _ROWS_AND_COLUMNS:
            last = min(self._columns_seen, LAST_COLUMN)
            self.tables[-1].content.hidden_columns.update(range(first, last + 1))

    def _start_in_cell(self, local: str, given: Mapping[str, str]) -> None:
        cell = self._cell
        assert cell is not None
        if local == "table":
            self._passed = 1
        elif local == "annotation":
            self._in_comment = True
        elif local == "p":
            self._in_paragraph = True
            self._begin_paragraph(cell)
        elif local == "span":
            self._spans.append(given.get("style-name", ""))
        elif local == "a":
            cell.link = given.get("href", "")
        elif local in {"s", "tab", "line-break"} and self._in_paragraph:
            self._write(cell, {"s": " " * min(_count(given, "c"), 1000), "tab": "\t"}.get(local, "\n"))

    def _end_in_cell(self, local: str) -> None:
        if local == "annotation":
            self._in_comment = False
        elif local == "p":
            self._in_paragraph = False
        elif local == "span" and self._spans:
            self._spans.pop()

    def _begin_paragraph(self, cell: _Written) -> None:
        if self._in_comment:
            cell.comment.append("\n")
            return
        if cell.paragraphs:
            cell.kept.append("\n")
        cell.paragraphs += 1

    def _write(self, cell: _Written, text: str) -> None:
        if self._in_comment:
            cell.comment.append(text)
        elif self._is_struck(cell):
            cell.struck.append(text)
        else:
            cell.kept.append(text)

    def _is_struck(self, cell: _Written) -> bool:
        """Whether the text that comes now is struck: the innermost style that says so decides."""
        for style in (*reversed(self._spans), cell.given.get("style-name", "")):
            struck = self._styles.look(style).struck if style else None
            if struck is not None:
                return struck
        return False

    def _end_cell(self, written: _Written, *, covered: bool) -> None:
        first = self._column + 1
        self._column += _count(written.given, "number-columns-repeated")
        if not covered:
            self._merge(written, first)
        cell = self._finished(written, first)
        if cell.text.strip() or cell.struck or cell.comment:
            if self._column > LAST_COLUMN:
                raise too_large("eine Zeile hat zu viele Zellen", "a row has too many cells")
            self._filled += ((column, cell) for column in range(first, self._column + 1))

    def _end_row(self) -> None:
        """Put the filled cells of the row, as often as it is repeated."""
        cells = self.tables[-1].content.cells
        if self._filled:
            if (
                self._row + self._repeated > LAST_ROW
                or len(cells) + self._repeated * len(self._filled) > _MOST_CELLS
            ):
                raise too_large("ein Blatt hat zu viele gefüllte Zellen", "a sheet has too many filled cells")
            for row in range(self._row + 1, self._row + self._repeated + 1):
                cells.update(((row, column), cell) for column, cell in self._filled)
        self._row += self._repeated

    def _merge(self, written: _Written, column: int) -> None:
        rows = _count(written.given, "number-rows-spanned")
        columns = _count(written.given, "number-columns-spanned")
        row = self._row + 1
        if (rows, columns) != (1, 1):
            bottom, right = min(row + rows - 1, LAST_ROW), min(column + columns - 1, LAST_COLUMN)
            self.tables[-1].content.merges.append(Area(row, column, bottom, right))

    def _finished(self, written: _Written, column: int) -> Cell:
        look = self._styles.look(written.given.get("style-name", ""))
        text, kind = self._value(written, column)
        struck = "".join(written.struck).strip()
        if struck and not "".join(written.kept).strip():
            text = ""
        return Cell(
            text,
            kind,
            without_author("".join(written.comment).strip(), ""),
            written.link or link_of(written.given.get("formula", "").partition("=")[2]),
            struck,
            bool(look.bold),
            bool(look.filled),
            "formula" in written.given,
        )

    def _value(self, written: _Written, column: int) -> tuple[str, CellKind]:
        """Return text and kind of a cell."""
        given, shown = written.given, "".join(written.kept)
        kind = given.get("value-type", "")
        if written.error:
            self._say_error(shown, column)
            return shown, "error"
        if kind == "date":
            look = self._styles.look(given.get("style-name", ""))
            return given.get("date-value", "")[: self._styles.date_length(look)], "date"
        if kind == "boolean":
            return ("WAHR" if given.get("boolean-value") == "true" else "FALSCH"), "boolean"
        if kind in _NUMBERS:
            return self._number(given.get("value", ""), kind, shown), "number"
        if not written.paragraphs:
            return given.get("string-value", ""), "text"
        return shown.strip() if written.struck else shown, "text"

    def _number(self, value: str, kind: str, shown: str) -> str:
        """Return a number as short as it can be, or as shown where words or zeros stand around it."""
        try:
            number = float(value)
            text = f"{plain(number * 100)} %" if kind == "percentage" else plain(number)
        except (ValueError, OverflowError):
            raise damaged(
                f"„{value[:40]}“ soll eine Zahl sein", f"“{value[:40]}” should be a number"
            ) from None
        if kind == "float" and (
            any(sign.isalpha() for sign in shown) or (shown.startswith("0") and shown.isdigit())
        ):
            return shown
        return f"{text} €" if "€" in shown else text

    def _say_error(self, shown: str, column: int) -> None:
        text = Text(
            f"Die Zelle zeigt den Fehler {shown[:20]}. Bitte die Formel berichtigen.",
            f"The cell shows the error {shown[:20]}. Please correct the formula.",
        )
        self._remarks.say("warning", "error-cell", text, self.tables[-1].name, self._row + 1, column)


def _count(given: Mapping[str, str], name: str) -> int:
    """Return how often something is repeated or how far it reaches; at most the rows of a sheet."""
    number = given.get(name, "1")
    if not (number.isascii() and number.isdigit() and len(number) < 10):  # noqa: PLR2004
        raise damaged(f"„{number[:20]}“ ist keine Anzahl", f"“{number[:20]}” is no count")
    return min(max(int(number), 1), LAST_ROW)
