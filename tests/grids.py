"""Small sheets drawn as text: cells between bars, marks for what hangs on a cell.

``~text~`` is struck, ``!text`` bold, ``text^2`` merged over two rows, ``text>3`` merged over three columns; a row that begins
with ``#`` is hidden.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graph.intake.sheets.book import Area, Book, Cell, Sheet

_DOWN, _ACROSS = re.compile(r"\^(\d+)$"), re.compile(r">(\d+)$")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def sheet(text: str, name: str = "Tabelle1", **more: object) -> Sheet:
    """Return the sheet that a text draws."""
    cells: dict[tuple[int, int], Cell] = {}
    merges: list[Area] = []
    hidden: set[int] = set()
    lines = [line.strip() for line in text.strip("\n").splitlines()]
    for row, line in enumerate(lines, start=1):
        if line.startswith("#"):
            hidden.add(row)
        for column, part in enumerate(line.lstrip("#").split("|"), start=1):
            drawn = part.strip()
            down, across = _DOWN.search(drawn), _ACROSS.search(drawn)
            if down or across:
                drawn = _ACROSS.sub("", _DOWN.sub("", drawn)).strip()
                high, wide = int(down[1]) if down else 1, int(across[1]) if across else 1
                merges.append(Area(row, column, row + high - 1, column + wide - 1))
            if drawn:
                cells[row, column] = _cell(drawn)
    drawn_sheet = Sheet(name, cells, tuple(merges), hidden_rows=frozenset(hidden))
    return replace(drawn_sheet, **more) if more else drawn_sheet  # type: ignore[arg-type]


def _cell(drawn: str) -> Cell:
    drawn = drawn.replace("\\n", "\n")
    if drawn.startswith("~") and drawn.endswith("~"):
        return Cell("", struck=drawn.strip("~"))
    if drawn.startswith("!"):
        return Cell(drawn[1:], bold=True)
    if _NUMBER.fullmatch(drawn):
        return Cell(drawn, "number")
    return Cell(drawn, "date" if _DAY.fullmatch(drawn) else "text")


def book(*sheets: Sheet) -> Book:
    """Return a workbook of sheets."""
    return Book("uebersicht.xlsx", "xlsx", sheets)
