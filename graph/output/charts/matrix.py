"""An answer as a matrix: one column down the side, one along the top, what both meet in in the cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.output.charts.fields import folded, is_numeric, named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.output.charts.fields import Row, Rows

MOST_ACROSS = 30
MOST_DOWN = 200
UNTOLD = "•"
"""Both meet, and nothing is said about how."""
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Matrix:
    """What stands down the side, as the answer has it, and along the top, by name, and the texts of each cell by (row, column).

    ``row``, ``column`` and ``value`` are the columns of the answer; without ``value`` a cell says how often both meet.
    ``heads`` holds one row of the answer for each head, for its name and address. ``hidden`` counts heads without room.
    """

    row: str
    column: str
    value: str | None
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], tuple[str, ...]]
    heads: Mapping[tuple[str, str], Row]
    hidden: int

    def name(self, column: str, key: str) -> str:
        """Return what people read at a head."""
        return named(self.heads[column, key], column) or key

    def cell(self, row: str, column: str) -> str:
        """Return what stands in a cell; nothing where the two do not meet."""
        held = self.cells.get((row, column), ())
        if self.value is None:
            return str(len(held)) if held else ""
        return ", ".join(dict.fromkeys(filter(None, held))) or (UNTOLD if held else "")


def matrix_of(rows: Rows, *, row: str, column: str, value: str | None = None) -> Matrix | None:
    """Return the matrix of an answer; nothing where fewer than two rows or columns would stand in it."""
    cells: dict[tuple[str, str], list[str]] = {}
    heads: dict[tuple[str, str], Row] = {}
    for one in rows:
        if row not in one or column not in one:
            continue
        down, across = one[row].value, one[column].value
        heads.setdefault((row, down), one)
        heads.setdefault((column, across), one)
        cells.setdefault((down, across), []).append((named(one, value) or "") if value else "")
    downs, acrosses = ([key for kind, key in heads if kind == which] for which in (row, column))
    if min(len(downs), len(acrosses)) < _FEWEST:
        return None
    acrosses.sort(key=lambda key: (named(heads[column, key], column) or "").casefold())
    return Matrix(
        row=row,
        column=column,
        value=value,
        rows=tuple(downs[:MOST_DOWN]),
        columns=tuple(acrosses[:MOST_ACROSS]),
        cells={place: tuple(held) for place, held in cells.items()},
        heads=heads,
        hidden=max(0, len(acrosses) - MOST_ACROSS) + max(0, len(downs) - MOST_DOWN),
    )


def sensible_matrix(columns: Sequence[str], rows: Rows) -> Matrix | None:
    """Return the matrix of an answer that nobody described, or nothing where it would not be read better so.

    It takes answers of two columns of names that both repeat, and at most one of numbers, where no two rows meet.
    """
    shown = folded(columns)
    numbers = [name for name in shown if is_numeric(name, rows)]
    names = [name for name in shown if name not in numbers]
    if len(names) != _FEWEST or len(numbers) > 1:
        return None
    down, across = names
    if any(down not in row or across not in row for row in rows):
        return None
    pairs = [(row[down].value, row[across].value) for row in rows]
    if len(set(pairs)) < len(pairs):
        return None
    counts = [len({pair[side] for pair in pairs}) for side in (0, 1)]
    if max(counts) == len(pairs) or counts[0] > MOST_DOWN or counts[1] > MOST_ACROSS:
        return None
    return matrix_of(rows, row=down, column=across, value=numbers[0] if numbers else None)
