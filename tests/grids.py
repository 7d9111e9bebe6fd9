"""Small sheets drawn as text: cells between bars, marks for what hangs on a cell.

``~text~`` is struck, ``!text`` bold, ``text^2`` merged over two rows, ``text>3`` merged over three columns; a row that begins
with ``#`` is hidden.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graph.intake.sheets.book import Area, Book, Cell, Sheet
from graph.intake.sheets.known import Known
from graph.intake.sheets.review import Review
from graph.intake.sheets.understanding import understand

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


def review(*sheets: Sheet | str, known: Known | None = None) -> Review:
    """Return what is understood of sheets or drawings."""
    drawn = [one if isinstance(one, Sheet) else sheet(one) for one in sheets]
    return understand(book(*drawn), known or Known())


def classes(drawn: Sheet | str) -> list[str]:
    """Return the class of every row of one sheet."""
    return [row.kind for row in review(drawn).rows]


def titles(*drawn: Sheet | str) -> list[str]:
    """Return the titles of the plans found."""
    return [plan.text("title") for plan in review(*drawn).plans]


def values(drawn: Sheet | str, field: str) -> list[str]:
    """Return one field of every plan found."""
    return [plan.text(field) for plan in review(drawn).plans]


def asked(*drawn: Sheet | str) -> list[tuple[str, str]]:
    """Return kind and guess of every question."""
    return [(question.kind, question.guess) for question in review(*drawn).questions]
