"""For each plan the plans most similar to it, with what explains each: all pairs looked at, few kept.

The order is that of ``(-round(S, 6), IRI)``. Rough scores leave a few more than wanted, among them surely the wanted;
these are settled exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.findings.pairs.blocks import LEAST, TIE, Block, Blocks
from graph.findings.pairs.exact import MILLION, Explanation, Pairs, explain, rounded, settle
from graph.findings.pairs.table import table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph.network.incidence import Incidence

MOST = 10
GROUPS = 128
MOST_CANDIDATES = 2
"""So many times the wanted may be explained at once; where more scores tie, they are thinned out before."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Pairs (plan, other) with score and explanation: by plan, and for each plan the most similar first."""

    pairs: Pairs
    explanation: Explanation


def nearest(incidence: Incidence, most: int = MOST) -> Iterator[Nearest]:
    """Yield for some plans after the other the ``most`` plans that share the largest part with each (above 0)."""
    table = table_of(incidence)
    blocks = Blocks(table)
    for block in blocks.whole():
        a, b = _candidates(blocks, block, most)
        if len(a) > MOST_CANDIDATES * most * len(block.shared):
            pairs = settle(table, a, b)
            chosen = _best(pairs, most)
            a, b = pairs.a[chosen], pairs.b[chosen]
        pairs, explanation = explain(table, a, b)
        chosen = _best(pairs, most)
        yield Nearest(pairs.take(chosen), explanation.take(chosen))


def _candidates(blocks: Blocks, block: Block, most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs that may be among the wanted, row by row."""
    score = blocks.scores(block)
    least = _floor(score, most) * (1 - 2 * blocks.slack) - TIE
    return block.places(score >= np.maximum(least, LEAST).astype(np.float32)[:, None])


def _floor(score: NDArray[np.float32], most: int) -> NDArray[np.float64]:
    """Return for each row a score that at least ``most`` others reach; 0 where so many are not there.

    The largest of each of 128 groups of columns are enough for that, and sooner looked through than all.
    """
    rows, columns = score.shape
    if columns >= 2 * GROUPS and 2 * most < GROUPS:
        parts = columns // GROUPS
        score = score[:, : parts * GROUPS].reshape(rows, parts, GROUPS).max(axis=1)
    elif columns <= most:
        return np.zeros(rows)
    place = score.shape[1] - most
    return np.partition(score, place, axis=1)[:, place].astype(np.float64)


def _best(found: Pairs, most: int) -> NDArray[np.int64]:
    """Return the places of the first ``most`` of each plan, best first; equal ones in the order of their IRIs."""
    order = np.argsort((found.a + 1) * (MILLION + 1) - rounded(found.score), kind="stable")
    held = np.bincount(found.a - found.a[:1])
    place = np.arange(len(order)) - np.repeat(np.cumsum(held) - held, held)
    return order[place < most]
