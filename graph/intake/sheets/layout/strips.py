"""Part a sheet where tables stand side by side: at columns without any cell, where what follows has headings of its own."""

from __future__ import annotations

from dataclasses import replace

from graph.intake.sheets.book import Sheet
from graph.intake.sheets.layout.grid import Grid
from graph.intake.sheets.layout.header import Headline, headlines

_APART = frozenset({"departments"})
_MOST_RUNS = 12
Strip = tuple[Grid, list[Headline]]


def strips(grid: Grid) -> list[Strip]:
    """Return the parts of a sheet that are tables of their own, from left to right, with their headings.

    A part without headings belongs to the table at its left (the first one to that at its right).
    """
    whole = list(headlines(grid))
    runs = _runs(grid)
    if not 1 < len(runs) <= _MOST_RUNS:
        return _apart_without_gap(grid, whole)
    parts: list[list[int]] = []
    for left, right in runs:
        if parts and not _starts_anew(grid, (parts[-1][0], parts[-1][1]), (left, right)):
            parts[-1][1] = right
        else:
            parts.append([left, right])
    if len(parts) == 1:
        return _apart_without_gap(grid, whole)
    return [_strip(grid, left, right) for left, right in parts]


def _runs(grid: Grid) -> list[tuple[int, int]]:
    """Return the runs of columns that hold cells."""
    filled = sorted({column for row in range(1, grid.height + 1) for column in grid.row(row)})
    runs: list[tuple[int, int]] = []
    for column in filled:
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


def _strip(grid: Grid, left: int, right: int) -> Strip:
    part = Grid(_cut(grid.sheet, left, right))
    return part, list(headlines(part))


def _cut(sheet: Sheet, left: int, right: int) -> Sheet:
    cells = {place: cell for place, cell in sheet.cells.items() if left <= place[1] <= right}
    merges = tuple(area for area in sheet.merges if left <= area.left <= right)
    return replace(sheet, cells=cells, merges=merges)


def _starts_anew(grid: Grid, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether the columns after a gap are a table beside the one before the gap."""
    left, right = _titled(grid, before), _titled(grid, after)
    if not left or not right:
        return False
    if left.rows != right.rows or {left.kind, right.kind} & _APART:
        return True
    return left.kind == right.kind


def _titled(grid: Grid, columns: tuple[int, int]) -> Headline | None:
    found = _strip(grid, *columns)[1]
    return next((headline for headline in found if headline.title(headline.kind)), None)


def _apart_without_gap(grid: Grid, found: list[Headline]) -> list[Strip]:
    """Return the sheet as one part, or as two where its headings begin all over again in the middle."""
    again = _second_start(found[0]) if found else None
    if again is None:
        return [(grid, found)]
    return [_strip(grid, 1, again - 1), *_apart_without_gap(*_strip(grid, again, grid.width))]


def _second_start(found: Headline) -> int | None:
    """Return the column at which title and further fields of the headings come a second time."""
    fields = {column: heading.field for column, heading in sorted(found.meanings.items())}
    first: dict[str, int] = {}
    again: dict[str, int] = {}
    for column, name in fields.items():
        (again if name in first else first).setdefault(name, column)
    if not {"title", "name"} & set(again) or len(again) < 2:  # noqa: PLR2004
        return None
    start = min(again.values())
    late = [column for name, column in first.items() if column > start and name not in again]
    return start if len(again) >= len(first) - 1 and not late else None
