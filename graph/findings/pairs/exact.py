"""Chosen pairs settled in double precision, and what explains them: shared, only in the first, only in the second.

Double precision is off by some 1e-15. Only where a score lies so near to a multiple of half a millionth that this
could turn its place in the order or its band, is it summed anew without any error (``math.fsum``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.findings.pairs.table import Table, summed

if TYPE_CHECKING:
    from numpy.typing import NDArray

PIECE = 1 << 16
"""How many pairs are settled at a time."""

MILLION = 1_000_000
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of plans by number with exact score and shared weight."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    score: NDArray[np.float64]
    shared: NDArray[np.float64]

    def take(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Pairs:
        """Return some of the pairs."""
        return Pairs(self.a[chosen], self.b[chosen], self.score[chosen], self.shared[chosen])


@dataclass(frozen=True, slots=True)
class Lists:
    """One list of concept numbers, ascending, per pair."""

    first: NDArray[np.int64]
    end: NDArray[np.int64]
    numbers: NDArray[np.int32]

    def __getitem__(self, pair: int) -> list[int]:
        """Return the list of a pair."""
        found: list[int] = self.numbers[self.first[pair] : self.end[pair]].tolist()
        return found

    def take(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Lists:
        """Return the lists of some pairs."""
        return Lists(self.first[chosen], self.end[chosen], self.numbers)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the two plans of each pair share, and what only the one or the other has; concepts without weight left out."""

    shared: Lists
    only_a: Lists
    only_b: Lists

    def take(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Explanation:
        """Return what explains some of the pairs."""
        return Explanation(self.shared.take(chosen), self.only_a.take(chosen), self.only_b.take(chosen))


def explain(table: Table, a: NDArray[np.int64], b: NDArray[np.int64]) -> tuple[Pairs, Explanation]:
    """Return pairs with their exact scores and what explains them; the plans ``a`` ascend."""
    lengths_a, lengths_b = table.lengths[a], table.lengths[b]
    numbers_a, numbers_b = table.entries(a), table.entries(b)
    place = _places(table, a).take(_cells(table, a, lengths_b) + numbers_b)
    hit = place >= 0
    both = np.flatnonzero(hit)
    held = np.diff(np.append(0, np.cumsum(hit))[np.append(0, np.cumsum(lengths_b))])
    alone_a = np.ones(len(numbers_a), dtype=bool)
    alone_a[np.repeat(np.cumsum(lengths_a) - lengths_a, held) + place[both]] = False
    shared = numbers_b[both]
    weight = summed(np.repeat(np.arange(len(a)), held), table.weight[shared], len(a))
    explanation = Explanation(
        _lists(shared, held),
        _lists(numbers_a[alone_a], lengths_a - held),
        _lists(numbers_b[~hit], lengths_b - held),
    )
    return _scored(table, a, b, weight), explanation


def _places(table: Table, a: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return where in its row a plan has a concept, else -1: plans from the first of ``a`` to its last × concepts."""
    first, last = (int(a[0]), int(a[-1])) if len(a) else (0, -1)
    span = slice(table.first[first], table.first[last + 1])
    held = np.full((last + 1 - first, len(table.count)), -1, np.int32)
    place = np.arange(span.start, span.stop) - np.repeat(
        table.first[first : last + 1], table.lengths[first : last + 1]
    )
    held[table.owners[span] - first, table.numbers[span]] = place
    return held.ravel()


def _cells(table: Table, a: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the row of each plan of ``a`` begins among the places, as often as ``lengths`` says."""
    return np.repeat((a - a[:1]) * len(table.count), lengths)


def _lists(numbers: NDArray[np.int32], held: NDArray[np.int64]) -> Lists:
    end = np.cumsum(held)
    return Lists(end - held, end, numbers)


def settle(table: Table, a: NDArray[np.int64], b: NDArray[np.int64]) -> Pairs:
    """Return pairs with their exact scores; the plans ``a`` ascend."""
    pieces = [slice(start, start + PIECE) for start in range(0, len(a), PIECE)]
    settled = [explain(table, a[piece], b[piece])[0] for piece in pieces]
    return Pairs(
        a,
        b,
        np.concatenate([np.zeros(0), *(found.score for found in settled)]),
        np.concatenate([np.zeros(0), *(found.shared for found in settled)]),
    )


def _scored(table: Table, a: NDArray[np.int64], b: NDArray[np.int64], shared: NDArray[np.float64]) -> Pairs:
    union = table.total[a] + table.total[b] - shared
    score = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    for place in _doubtful(score):
        shared[place], score[place] = _summed(table, int(a[place]), int(b[place]))
    return Pairs(a, b, score, shared)


def _doubtful(score: NDArray[np.float64]) -> list[int]:
    """Return where a score is so near to a multiple of half a millionth that the last digits decide."""
    halves = score * (2 * MILLION)
    found: list[int] = np.flatnonzero(np.abs(halves - np.rint(halves)) < _NEAR).tolist()
    return found


def _summed(table: Table, a: int, b: int) -> tuple[float, float]:
    ours, theirs = table.row(a), table.row(b)
    shared = math.fsum(table.weight[list(ours & theirs)])
    union = math.fsum(table.weight[list(ours | theirs)])
    return shared, shared / union if union > 0 else 0.0


def containment(table: Table, pairs: Pairs, least: float, weight: float) -> NDArray[np.float64]:
    """Return which share of the lighter plan of each pair stands in the other too; exact where a limit is near."""
    share = pairs.shared / np.minimum(table.total[pairs.a], table.total[pairs.b])
    near = (np.abs(share - least) < _NEAR) | (np.abs(pairs.shared - weight) < _NEAR)
    for place in np.flatnonzero(near).tolist():
        ours, theirs = table.row(int(pairs.a[place])), table.row(int(pairs.b[place]))
        shared, *held = (math.fsum(table.weight[list(row)]) for row in (ours & theirs, ours, theirs))
        pairs.shared[place], share[place] = shared, shared / min(held)
    return share


def rounded(score: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return scores in millionths, rounded as ``round(score, 6)`` does."""
    millionths = np.rint(score * MILLION).astype(np.int64)
    for place in _doubtful(score):
        millionths[place] = round(round(float(score[place]), 6) * MILLION)
    return millionths
