"""The cells of one sheet out of its XML, as a stream: only what is filled is kept, whatever size the sheet says to have.

Handlers get the events in the order of the file; a cell costs a few calls and, where its text and look came up before,
no memory of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graph.errors import Text
from graph.intake.sheets.book import Area, Cell, CellKind, place
from graph.intake.sheets.reading.excel.strings import Run, TextCollector, Written, clean
from graph.intake.sheets.reading.excel.styles import PLAIN, Look
from graph.intake.sheets.reading.opening.refusals import damaged
from graph.intake.sheets.reading.opening.remarks import Remarks
from graph.intake.sheets.reading.opening.xml_events import LocalNames, parse
from graph.intake.sheets.reading.shown import GENERAL, show

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
_DIGITS: Final = "0123456789"
_ON: Final = {"1", "true"}
_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")
_HYPERLINK: Final = re.compile(r'\s*(?:_xlfn\.)?HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_TRUTH: Final = {"1": "WAHR", "true": "WAHR", "0": "FALSCH", "false": "FALSCH"}
_MOST_KEPT: Final = 50_000


class Columns(dict[str, int]):
    """From the letters of a column to its number.

    >>> Columns()["XFD"]
    16384
    """

    def __missing__(self, letters: str) -> int:
        """Work a number out; raise KeyError where there is no such column."""
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - 64
        if not (letters.isascii() and letters.isalpha() and number <= LAST_COLUMN):
            raise KeyError(letters)
        self[letters] = number
        return number


COLUMNS: Final = Columns()


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a sheet: the cells it lies on, the part of the file that names its aim, or its place in this workbook."""

    area: Area
    relation: str
    location: str


@dataclass(slots=True)
class SheetContent:
    """What the XML of a sheet holds."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_area(reference: str) -> Area:
    """Return the area that "B2" or "B2:C4" names.

    >>> read_area("B2:C4")
    Area(top=2, left=2, bottom=4, right=3)

    Raises IntakeError where there is no such area.
    """
    found = _REFERENCE.fullmatch(reference)
    if found:
        first, top, last, bottom = found[1], int(found[2]), found[3] or found[1], int(found[4] or found[2])
        try:
            left, right = COLUMNS[first], COLUMNS[last]
        except KeyError:
            left = right = 0
        if 1 <= top <= bottom <= LAST_ROW and 1 <= left <= right:
            return Area(top, left, bottom, right)
    raise damaged(f"einen Bereich „{reference[:40]}“ gibt es nicht", f"there is no range “{reference[:40]}”")


def read_cells(
    sheet: str,
    part: str,
    chunks: Iterable[bytes],
    strings: list[Written],
    looks: list[Look],
    epoch_1904: bool,
    remarks: Remarks,
) -> SheetContent:
    """Return what a sheet holds; raise IntakeError where its XML contradicts itself."""
    reader = _CellReader(sheet, strings, looks, epoch_1904, remarks)
    parse(part, chunks, reader.start, reader.end, reader.data)
    return reader.content


class _CellReader:
    """Keeps the state between the events of one sheet."""

    def __init__(
        self,
        sheet: str,
        strings: list[Written],
        looks: list[Look],
        epoch_1904: bool,
        remarks: Remarks,
    ) -> None:
        self.content = SheetContent()
        self._sheet = sheet
        self._strings = strings
        self._looks = looks
        self._epoch_1904 = epoch_1904
        self._remarks = remarks
        self._names = LocalNames()
        self._row = self._column = 0
        self._kind = self._style = ""
        self._formula: str | None = None
        self._value: str | None = None
        self._pieces: list[str] | None = None
        self._inline: TextCollector | None = None
        self._collector = TextCollector()
        self._made: dict[tuple[Any, ...], Cell] = {}
        self._others: dict[str, Callable[[Mapping[str, str]], None]] = {
            "row": self._start_row,
            "is": self._start_inline,
            "col": self._hide_columns,
            "mergeCell": self._merge,
            "hyperlink": self._link,
        }

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element in."""
        local = self._names[name]
        if local == "c":
            self._start_cell(attributes)
        elif local in {"v", "f"}:
            self._pieces = []
        elif self._inline:
            self._inline.start(local, attributes)
        elif local in self._others:
            self._others[local](attributes)

    def data(self, text: str) -> None:
        """Take text in, where it belongs to a cell."""
        if self._pieces is not None:
            self._pieces.append(text)
        elif self._inline:
            self._inline.data(text)

    def end(self, name: str) -> None:
        """Take the end of an element in."""
        local = self._names[name]
        if local == "v" and self._pieces is not None:
            self._value = "".join(self._pieces)
            self._pieces = None
        elif local == "c":
            if self._value is not None or self._formula is not None or self._inline:
                self._end_cell()
        elif local == "f" and self._pieces is not None:
            self._formula = "".join(self._pieces)
            self._pieces = None
        elif self._inline:
            self._inline.end(local)

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r")
        self._row = self._whole(given, LAST_ROW) if given else self._row + 1
        self._column = 0
        if attributes.get("hidden") in _ON:
            self.content.hidden_rows.add(self._row)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._value = self._formula = self._inline = None
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
            return
        letters = reference.rstrip(_DIGITS)
        try:
            self._column = COLUMNS[letters]
            self._row = int(reference[len(letters) :])
        except (KeyError, ValueError):
            raise self._no_such_cell(reference) from None
        if not 0 < self._row <= LAST_ROW:
            raise self._no_such_cell(reference)

    def _start_inline(self, _attributes: Mapping[str, str]) -> None:
        self._inline = self._collector
        self._inline.begin()

    def _end_cell(self) -> None:
        at = (self._row, self._column)
        if at in self.content.cells or not 0 < self._column <= LAST_COLUMN:
            raise damaged(
                f"die Zelle {place(*at)} auf dem Blatt „{self._sheet}“ steht zweimal darin",
                f"cell {place(*at)} of the sheet “{self._sheet}” is in it twice",
            )
        cell = self._cell()
        if cell.text.strip() or cell.struck or cell.link or (cell.formula and not self._value):
            self.content.cells[at] = cell
        self._inline = None

    def _cell(self) -> Cell:
        """Return the cell just read; cells that look the same are one object."""
        if self._inline:
            return self._written(self._inline.result(), self._look())
        key = (self._kind, self._value, self._style, self._formula is not None)
        cell = self._made.get(key) if not self._formula else None
        if cell is None:
            cell = self._make()
            if len(self._made) < _MOST_KEPT and not self._formula:
                self._made[key] = cell
        return cell

    def _make(self) -> Cell:
        look, value = self._look(), self._value
        if value is None or (value == "" and self._kind != "str"):
            if self._formula is None:
                return Cell("")
            self._say_no_value()
            return Cell("", formula=True, link=link_of(self._formula))
        if self._kind == "s":
            return self._written(self._string(value), look)
        text, kind = self._read_value(value, look)
        struck = text if look.struck else ""
        link = link_of(self._formula or "")
        text = "" if look.struck else text
        return Cell(text, kind, "", link, struck, look.bold, look.filled, self._formula is not None)

    def _read_value(self, value: str, look: Look) -> tuple[str, CellKind]:
        """Return text and kind of a value that is no shared text."""
        if self._kind == "n":
            return self._number(value, look)
        if self._kind == "b":
            return _TRUTH.get(value.strip().casefold(), value), "boolean"
        if self._kind == "e":
            self._say_error(value)
            return value, "error"
        if self._kind == "d":
            return value[: look.shown.date_length or 10], "date"
        return clean(value), "text"

    def _number(self, value: str, look: Look) -> tuple[str, CellKind]:
        if value.isdigit() and look.shown is GENERAL and len(value) < len("1000000000000000"):
            return str(int(value)), "number"
        try:
            return show(value, look.shown, self._epoch_1904)
        except (ValueError, OverflowError):
            raise damaged(
                f"in {place(self._row, self._column)} auf dem Blatt „{self._sheet}“ soll „{value[:40]}“ eine Zahl sein",
                f"in {place(self._row, self._column)} of the sheet “{self._sheet}” “{value[:40]}” should be a number",
            ) from None

    def _written(self, written: Written, look: Look) -> Cell:
        """Return a cell of text with its struck parts taken out."""
        formula = self._formula is not None
        if isinstance(written, str) and not look.struck:
            return Cell(written, bold=look.bold, filled=look.filled, formula=formula)
        runs = (Run(written),) if isinstance(written, str) else written
        kept = "".join(run.text for run in runs if not _said(run.struck, look.struck))
        struck = "".join(run.text for run in runs if _said(run.struck, look.struck))
        bold = bool(runs) and all(_said(run.bold, look.bold) for run in runs)
        text = kept.strip() if struck else kept
        return Cell(text, struck=struck.strip(), bold=bold, filled=look.filled, formula=formula)

    def _string(self, number: str) -> Written:
        index = int(number) if number.isascii() and number.isdigit() else -1
        if not 0 <= index < len(self._strings):
            raise damaged(
                f"den Text Nr. {number[:20]} für {place(self._row, self._column)} auf dem Blatt „{self._sheet}“ gibt es nicht",
                f"text no. {number[:20]} for {place(self._row, self._column)} of the sheet “{self._sheet}” does not exist",
            )
        return self._strings[index]

    def _look(self) -> Look:
        if not self._style:
            return self._looks[0] if self._looks else PLAIN
        index = int(self._style) if self._style.isascii() and self._style.isdigit() else -1
        return self._looks[index] if 0 <= index < len(self._looks) else PLAIN

    def _hide_columns(self, attributes: Mapping[str, str]) -> None:
        first, last = (self._whole(attributes.get(name, ""), LAST_COLUMN) for name in ("min", "max"))
        if attributes.get("hidden") in _ON or attributes.get("width") == "0":
            self.content.hidden_columns.update(range(first, last + 1))

    def _merge(self, attributes: Mapping[str, str]) -> None:
        self.content.merges.append(read_area(attributes.get("ref", "")))

    def _link(self, attributes: Mapping[str, str]) -> None:
        given = {self._names[name]: value for name, value in attributes.items()}
        area = read_area(given.get("ref", ""))
        self.content.links.append(Link(area, given.get("id", ""), given.get("location", "")))

    def _whole(self, given: str, most: int) -> int:
        """Return a row or column number; raise IntakeError where there is none such."""
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0  # noqa: PLR2004
        if not 1 <= number <= most:
            raise damaged(
                f"auf dem Blatt „{self._sheet}“ ist „{given[:20]}“ keine Zeile oder Spalte",
                f"on the sheet “{self._sheet}” “{given[:20]}” is no row or column",
            )
        return number

    def _no_such_cell(self, reference: str) -> Exception:
        return damaged(
            f"auf dem Blatt „{self._sheet}“ gibt es keine Zelle „{reference[:20]}“",
            f"the sheet “{self._sheet}” has no cell “{reference[:20]}”",
        )

    def _say_no_value(self) -> None:
        text = Text(
            "Die Formel hat keinen gespeicherten Wert. Bitte die Datei einmal in Excel öffnen und speichern.",
            "The formula has no stored value. Please open the file in Excel once and save it.",
        )
        self._remarks.say("warning", "formula-without-value", text, self._sheet, self._row, self._column)

    def _say_error(self, value: str) -> None:
        text = Text(
            f"Die Zelle zeigt den Fehler {value[:20]}. Bitte die Formel berichtigen.",
            f"The cell shows the error {value[:20]}. Please correct the formula.",
        )
        self._remarks.say("warning", "error-cell", text, self._sheet, self._row, self._column)


def _said(own: bool | None, usual: bool) -> bool:
    return usual if own is None else own


def link_of(formula: str) -> str:
    """Return the address that a formula links to, if it does.

    >>> link_of('HYPERLINK("https://example.org/sep";"SEP")')
    'https://example.org/sep'
    """
    found = _HYPERLINK.match(formula)
    return found[1] if found else ""
