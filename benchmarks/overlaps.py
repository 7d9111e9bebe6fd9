"""The overlap step against what NetworkX offers for it: ``bipartite.generic_weighted_projected_graph``.

Both start from the same incidence of plans and closed concepts and use the same score. The step is all that
``find_overlaps`` does: score all pairs, keep those above the band, apply the rule, write sentences and evidence.
NetworkX gets the two-mode graph ready-made and a weight function over prepared sets and sums. We get the incidence and the
network, in which links were sorted and evidence worded before; what each plan says is looked up anew in each round. Times
are processor times of all threads.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import networkx as nx

from benchmarks.made.direct import BASE, statements
from benchmarks.made.generate import Inventory
from benchmarks.measuring.figure import Figure, alternately
from graph.findings.rules.overlap import Candidates, find_overlaps, gather
from graph.findings.similarity import Bands, calibrate, similar_pairs, weights
from graph.network.build import Network, build_network, local_name
from graph.network.incidence import Incidence, read_incidence

if TYPE_CHECKING:
    from graph.statement import Statement

PLANS = 1000
MORE_PLANS = 10_000
ROUNDS = 5
BAR = 1 / 100
DAY = date(2026, 1, 1)
BANDS = Bands(stark=0.55, mittel=0.33, method="fixed")
"""What calibration finds for the model, so that as much is worded as there."""

_PLANTED = 10
_NEEDED = {"type", "topic", "targetGroup", "area", "pursues", "measureOf", "broader", "partOfArea"}

Projection = Callable[[], "nx.Graph[str]"]


def measure(plans: int = PLANS, more: int = MORE_PLANS, rounds: int = ROUNDS) -> list[Figure]:
    """Return the time ratio first, then that of memory, then how time and memory grow, then calibration."""
    candidates = candidates_of(plans)
    projection = networkx_projection(candidates.incidence)
    return [
        *_times(candidates, projection, rounds),
        _memory(candidates, projection),
        *_growth(plans, more, rounds),
        _calibration(candidates.incidence),
    ]


def candidates_of(plans: int) -> Candidates:
    """Return about so many open plans, one in ten of them a near-copy of another."""
    small = _gathered(Inventory(198))
    inventory = round(plans * 198 / len(small.incidence.plans))
    return _gathered(Inventory(inventory, planted=inventory // _PLANTED))


def _gathered(inventory: Inventory) -> Candidates:
    return gather(build_network(statements(inventory), BASE), DAY, BANDS)


def networkx_projection(incidence: Incidence) -> Projection:
    """Return the projection of plans onto one another by NetworkX, with the score as weight."""
    weight = weights(incidence)
    held = {plan: frozenset(row) for plan, row in zip(incidence.plans, incidence.closed, strict=True)}
    total = {plan: sum(weight[concept] for concept in row) for plan, row in held.items()}
    two_mode: nx.Graph[str | int] = nx.Graph()
    two_mode.add_nodes_from(incidence.plans)
    two_mode.add_edges_from((plan, concept) for plan, row in held.items() for concept in row)

    def score(_: object, a: str, b: str) -> float:
        shared = sum(weight[concept] for concept in held[a] & held[b])
        union = total[a] + total[b] - shared
        return shared / union if union else 0.0

    return lambda: nx.bipartite.generic_weighted_projected_graph(
        two_mode, incidence.plans, weight_function=score
    )


def _times(candidates: Candidates, projection: Projection, rounds: int) -> list[Figure]:
    incidence, minimum = candidates.incidence, candidates.bands.mittel
    ours, again, pairs, theirs = alternately(
        rounds,
        lambda: find_overlaps(replace(candidates)),
        lambda: find_overlaps(candidates),
        lambda: list(similar_pairs(incidence, minimum)),
        projection,
    )
    size = f"{len(incidence.plans)} open plans × {len(incidence.concepts)} concepts"
    found = f"{len(find_overlaps(candidates))} findings with sentences and evidence"
    return [
        Figure("Overlaps against networkx", ours / theirs, "of its time", BAR, "at most",
               f"{size}: {found} in {ours * 1000:.1f} ms, networkx {theirs:.2f} s, that is 1/{theirs / ours:.0f}"),
        Figure("  asked again", again / theirs, "of its time",
               detail=f"what the plans say is looked up: {again * 1000:.1f} ms, that is 1/{theirs / again:.0f}"),
        Figure("  pairs alone", pairs / theirs, "of its time",
               detail=f"the same task as the projection: {pairs * 1000:.1f} ms, that is 1/{theirs / pairs:.0f}"),
    ]  # fmt: skip


def _memory(candidates: Candidates, projection: Projection) -> Figure:
    ours, theirs = peak(lambda: find_overlaps(candidates)), peak(projection)
    detail = f"peak above the start: ours {ours / 2**20:.1f} MB, networkx {theirs / 2**20:.1f} MB"
    return Figure("  memory of both", ours / theirs, "of its peak", detail=detail)


def peak(work: Callable[[], object]) -> int:
    """Return the bytes that ``work`` holds at most, beside what was there before."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _growth(plans: int, more: int, rounds: int) -> list[Figure]:
    few, many = incidence_of(plans), incidence_of(more)
    minimum = BANDS.mittel
    small, large = alternately(
        rounds, lambda: list(similar_pairs(few, minimum)), lambda: list(similar_pairs(many, minimum))
    )
    memory = peak(lambda: list(similar_pairs(many, minimum)))
    times = f"{plans:,} plans {small * 1000:.1f} ms, {more:,} plans {large * 1000:,.0f} ms"
    detail = f"{times}; {(more / plans) ** 2:.0f} times as many pairs"
    concepts = f"{more:,} plans × {len(many.concepts):,} concepts"
    return [
        Figure(f"  {plans:,} to {more:,} plans, pairs alone", large / small, "× longer", detail=detail),
        Figure("  peak memory of that", memory / 2**20, "MB", detail=concepts),
    ]


def incidence_of(plans: int) -> Incidence:
    """Return the incidence of all plans of an inventory, open or not."""
    return _of_all(needed_network(plans))


def needed_network(plans: int) -> Network:
    """Return the network of an inventory with what an incidence is read from, and no more."""
    return build_network(filter(_is_needed, statements(Inventory(plans))), BASE)


def _is_needed(statement: Statement) -> bool:
    return local_name(statement.predicate) in _NEEDED


def _of_all(network: Network) -> Incidence:
    return read_incidence(network, network.of_type("Plan"))


def _calibration(incidence: Incidence) -> Figure:
    found: list[Bands] = []
    (taken,) = alternately(1, lambda: found.append(calibrate(incidence)))
    detail = f"{found[0].replicas} shuffles of {len(incidence.plans)} plans, once per state of the sources"
    return Figure("  bands found by chance", taken, "s", detail=detail)
