"""Shared weights of plans, block by block of rows, in single precision: fast, and wrong by no more than ``slack``.

What many plans have is multiplied as a dense table; what few plans have is added along the lists of those who have it.
Memory grows with the plans, not with plans × plans.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph.findings.pairs.table import Table

    Places = tuple[NDArray[np.int64], NDArray[np.int64]]

CELLS = 1 << 20
"""How many pairs a block has, where that leaves it enough rows."""

FEWEST_ROWS, MOST_ROWS = 64, 256
CALL, ADDING = 500, 200
"""What a call costs in additions along a list, and what such an addition costs in those of a matrix product."""

UNIT = 2.0**-24
"""The largest relative error of rounding to single precision."""

LEAST = 1e-30
"""Less than any score or weight that is not 0."""

TIE = 1.1e-6
"""How far apart scores can lie that are equal when rounded to six places, and a little more."""


@dataclass(frozen=True, slots=True)
class Block:
    """Shared weights of the plans from ``start`` on (rows) with those from ``column`` on (columns)."""

    start: int
    column: int
    shared: NDArray[np.float32]

    @property
    def rows(self) -> slice:
        """The plans of the rows."""
        return slice(self.start, self.start + len(self.shared))

    def places(self, chosen: NDArray[np.bool_]) -> Places:
        """Return the plans of the chosen cells, row by row."""
        row, column = np.divmod(np.flatnonzero(chosen), self.shared.shape[1])
        return row + self.start, column + self.column

    def later_places(self, chosen: NDArray[np.bool_]) -> Places:
        """Return those of the chosen cells whose second plan comes after the first."""
        a, b = self.places(chosen)
        later = b > a
        return a[later], b[later]


class Blocks:
    """A table prepared for products; iterate with :meth:`later` or :meth:`whole`."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.weight = table.weight.astype(np.float32)
        self.total = table.total.astype(np.float32)
        spread = table.count * (table.count + CALL)
        self.few = spread * ADDING < table.plans**2

    @property
    def slack(self) -> float:
        """How far, as a share of itself, a score computed from single precision can be off."""
        longest = int(self.table.lengths.max(initial=0))
        return 4 * (longest + 8) * UNIT

    def scores(self, block: Block) -> NDArray[np.float32]:
        """Return the rough scores of a block, 0 where a plan meets itself."""
        columns = slice(block.column, None)
        union = np.add.outer(self.total[block.rows], self.total[columns])
        union -= block.shared
        np.maximum(union, np.float32(LEAST), out=union)
        score = np.divide(block.shared, union, out=union)
        plans = np.arange(len(score))
        score[plans, plans + block.start - block.column] = 0
        return score

    def later(self) -> Iterator[Block]:
        """Yield every pair once: rows against themselves and all later plans."""
        for start, stop in self._steps():
            yield Block(start, start, self._shared(start, stop, start))

    def whole(self) -> Iterator[Block]:
        """Yield rows against all plans."""
        for start, stop in self._steps():
            yield Block(start, 0, self._shared(start, stop, 0))

    def _steps(self) -> Iterator[tuple[int, int]]:
        plans = self.table.plans
        height = min(MOST_ROWS, max(FEWEST_ROWS, CELLS // max(1, plans)))
        return ((start, min(plans, start + height)) for start in range(0, plans, height))

    def _shared(self, start: int, stop: int, column: int) -> NDArray[np.float32]:
        weighted: NDArray[np.float32] = np.multiply(self._dense[start:stop], self._dense_weight)
        shared: NDArray[np.float32] = np.matmul(weighted, self._dense[column:].T)
        for plan, concept in self._few_entries(start, stop):
            having = self._having(concept)
            later = having if column == 0 else having[np.searchsorted(having, column) :]
            shared[plan - start, later - column] += self.weight[concept]
        return shared

    @cached_property
    def _dense(self) -> NDArray[np.float32]:
        """The concepts that many plans have, plans × concepts, as zeros and ones."""
        column = np.cumsum(~self.few) - 1
        many = ~self.few[self.table.numbers]
        dense = np.zeros((self.table.plans, int((~self.few).sum())), np.float32)
        dense[self.table.owners[many], column[self.table.numbers[many]]] = 1
        return dense

    @cached_property
    def _dense_weight(self) -> NDArray[np.float32]:
        return self.weight[~self.few]

    def _few_entries(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        if not self.few.any():
            return iter(())
        entries = slice(self.table.first[start], self.table.first[stop])
        few = self.few[self.table.numbers[entries]]
        plans, concepts = self.table.owners[entries][few], self.table.numbers[entries][few]
        return zip(plans.tolist(), concepts.tolist(), strict=True)

    def _having(self, concept: int) -> NDArray[np.int64]:
        """Return the plans that have a concept, ascending."""
        first, plans = self._holders
        return plans[first[concept] : first[concept + 1]]

    @cached_property
    def _holders(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        order = np.argsort(self.table.numbers, kind="stable")
        held = np.bincount(self.table.numbers, minlength=len(self.table.count))
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(held)]), self.table.owners[order]
