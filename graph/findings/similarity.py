r"""How much two plans share: IDF-weighted Jaccard over ancestor-closed concepts (simGIC).

.. math::

    S(a, b) = \frac{\sum_{f \in A^* \cap B^*} w(f)}{\sum_{f \in A^* \cup B^*} w(f)},
    \qquad w(f) = \ln\frac{n + 1}{df(f) + 1}

``A*`` are the concepts of plan a with everything above them, ``df`` counts the plans that have a concept and ``n`` all
plans of the inventory. A concept that every plan has weighs exactly 0; 0/0 is 0.

Source: Pesquita et al. (2007), "Evaluating GO-based semantic similarity measures"; chosen by measurement on planted
overlaps. Bands come from the number of pairs that chance would bring, found by curveball shuffles
(Strona et al. 2014, doi:10.1038/ncomms5114), not from a magic number.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from graph.findings.pairs.blocks import LEAST, TIE, Blocks
from graph.findings.pairs.exact import Pairs, containment, rounded, settle
from graph.findings.pairs.table import table_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from graph.findings.pairs.blocks import Places
    from graph.network.incidence import Incidence

REPLICAS = 50
LEAST_REPLICAS = 8
WORK = 5_000
SEED = 20171207
TRADES_PER_ROW = 5
SMALLEST_INVENTORY = 40


def weights(incidence: Incidence) -> list[float]:
    """Return w(f) of every concept, in the order of ``incidence.concepts``."""
    count = Counter(concept for row in incidence.closed for concept in row)
    total = len(incidence.plans)
    return [math.log((total + 1) / (count[concept] + 1)) for concept in range(len(incidence.concepts))]


def similarity(a: AbstractSet[int], b: AbstractSet[int], weight: Sequence[float]) -> float:
    """Return S(a, b) of two closed concept sets: the reference that the fast way is tested against."""
    union = math.fsum(weight[concept] for concept in a | b)
    return math.fsum(weight[concept] for concept in a & b) / union if union > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two plans by their numbers (``a`` < ``b``), how similar they are and how much weight they share."""

    a: int
    b: int
    score: float
    shared: float


def similar_pairs(incidence: Incidence, minimum: float) -> Iterator[Pair]:
    """Yield all pairs with a score of at least ``minimum`` (and above 0), best first within each block of rows.

    S ≥ m is the same as shared ≥ m / (1 + m) · (W_a + W_b).
    """
    table = table_of(incidence)
    blocks = Blocks(table)
    limit = blocks.total * np.float32(minimum / (1 + minimum) * (1 - blocks.slack)) + np.float32(LEAST)
    for block in blocks.later():
        near = block.shared >= np.add.outer(limit[block.rows], limit[block.start :])
        found = settle(table, *block.later_places(near))
        reached = found.take((found.score >= minimum) & (found.score > 0))
        yield from _as_pairs(reached.take(np.argsort(-rounded(reached.score), kind="stable")))


def these_pairs(incidence: Incidence, pairs: Sequence[tuple[int, int]]) -> Iterator[Pair]:
    """Yield sorted pairs with their scores."""
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return _as_pairs(settle(table_of(incidence), both[:, 0], both[:, 1]))


def _as_pairs(pairs: Pairs) -> Iterator[Pair]:
    return map(Pair, pairs.a.tolist(), pairs.b.tolist(), pairs.score.tolist(), pairs.shared.tolist())


def contained_pairs(incidence: Incidence, least: float, weight: float) -> Iterator[tuple[Pair, float]]:
    """Yield the pairs that share at least ``weight``, with the share of the lighter plan's weight, if ``least`` or more."""
    table = table_of(incidence)
    blocks = Blocks(table)
    limit = blocks.total * np.float32(least * (1 - blocks.slack))
    for block in blocks.later():
        bound = np.minimum.outer(limit[block.rows], limit[block.start :])
        np.maximum(bound, np.float32(max(weight * (1 - blocks.slack), LEAST)), out=bound)
        found = settle(table, *block.later_places(block.shared >= bound))
        share = containment(table, found, least, weight)
        reached = (share >= least) & (found.shared >= weight)
        yield from zip(_as_pairs(found.take(reached)), share[reached].tolist(), strict=True)


def top_scores(incidence: Incidence, most: int) -> list[float]:
    """Return the ``most`` highest scores above 0 of all pairs, best first."""
    table = table_of(incidence)
    blocks = Blocks(table)
    best = np.zeros(0)
    for block in blocks.later():
        rough = blocks.scores(block)
        least = best[0] if len(best) == most else 0.0
        near = block.later_places(rough >= np.float32(max(least * (1 - 2 * blocks.slack) - TIE, LEAST)))
        if len(near[0]) > most:
            near = _highest(near, rough[near[0] - block.start, near[1] - block.start], most, blocks.slack)
        best = np.sort(np.concatenate([best, settle(table, *near).score]))[-most:]
    return [float(score) for score in best[::-1]]


def _highest(near: Places, rough: NDArray[np.float32], most: int, slack: float) -> Places:
    """Return the pairs that may be among the ``most`` highest."""
    cut = float(np.partition(rough, len(rough) - most)[len(rough) - most])
    kept = rough >= np.float32(cut * (1 - 2 * slack) - TIE)
    return near[0][kept], near[1][kept]


@dataclass(frozen=True, slots=True)
class Bands:
    """From which score a pair counts as *stark* or *mittel*, and how that was found."""

    stark: float
    mittel: float
    method: str
    replicas: int = 0
    seed: int = 0

    def of(self, score: float) -> str | None:
        """Return the band of a score; None below both."""
        if score >= self.stark:
            return "stark"
        return "mittel" if score >= self.mittel else None


FALLBACK = Bands(stark=0.45, mittel=0.36, method="fixed")


def calibrate(incidence: Incidence, replicas: int | None = None, seed: int = SEED) -> Bands:
    """Return the bands: *stark* where chance brings at most one pair in the whole inventory, *mittel* at most ten.

    Inventories of fewer than 40 plans get fixed bands; larger ones need fewer shuffles for the same certainty.
    """
    if len(incidence.plans) < SMALLEST_INVENTORY:
        return FALLBACK
    rounds = replicas or max(LEAST_REPLICAS, min(REPLICAS, WORK // len(incidence.plans)))
    dice = random.Random(seed)  # noqa: S311 - shuffles, no secrets
    most = 10 * rounds + 1
    scores = sorted(
        (score for _ in range(rounds) for score in top_scores(shuffle(incidence, dice), most)), reverse=True
    )
    return Bands(
        stark=_above(scores, rounds),
        mittel=_above(scores, 10 * rounds),
        method="curveball",
        replicas=rounds,
        seed=seed,
    )


def _above(scores: Sequence[float], allowed: int) -> float:
    """Return the smallest score, in steps of .001, that at most ``allowed`` of the sorted ``scores`` reach."""
    limit = scores[allowed] if allowed < len(scores) else 0.0
    return min(1.0, math.floor(limit * 1000 + 1) / 1000)


def shuffle(incidence: Incidence, dice: random.Random) -> Incidence:
    """Return the inventory with concepts dealt anew within each facet.

    Every plan keeps its number of concepts per facet and every concept its number of plans.
    """
    rows: list[set[int]] = [set() for _ in incidence.plans]
    for facet in sorted(set(incidence.facet)):
        dealt = [{c for c in row if incidence.facet[c] == facet} for row in incidence.own]
        trade(dealt, dice)
        for row, part in zip(rows, dealt, strict=True):
            row.update(part)
    return type(incidence)(
        plans=incidence.plans,
        concepts=incidence.concepts,
        facet=incidence.facet,
        ancestors=incidence.ancestors,
        own=tuple(tuple(sorted(row)) for row in rows),
    )


def trade(rows: list[set[int]], dice: random.Random) -> None:
    """Let random pairs of rows trade what only one of them has (curveball); row and column sums stay."""
    if len(rows) < 2:  # noqa: PLR2004 - a trade takes two
        return
    for _ in range(TRADES_PER_ROW * len(rows)):
        first, second = dice.sample(rows, 2)
        ours, theirs = first - second, second - first
        if ours and theirs:
            pool = sorted(ours | theirs)
            dice.shuffle(pool)
            gained, given = set(pool[: len(ours)]), set(pool[len(ours) :])
            first -= ours
            first |= gained
            second -= theirs
            second |= given


def all_pairs(incidence: Incidence) -> Iterator[Pair]:
    """Yield every pair with the reference score: slow and plain, the oracle of the tests."""
    weight = weights(incidence)
    rows = [frozenset(row) for row in incidence.closed]
    for a, b in combinations(range(len(rows)), 2):
        shared = math.fsum(weight[concept] for concept in rows[a] & rows[b])
        yield Pair(a=a, b=b, score=similarity(rows[a], rows[b], weight), shared=shared)
