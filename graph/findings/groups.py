"""Groups of plans that share exactly the same concepts: formal concepts, the frequent ones only (iceberg).

A formal concept is a set of plans together with all concepts that they share, where no other plan has all of these.
Found by Close-by-One (Kuznetsov 1993) on bit sets, leaving out what fewer than ``least`` plans share.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import Text
from graph.findings.rules.overlap import Candidates
from graph.network.build import Network

LEAST_PLANS = 3
LEAST_CONCEPTS = 2
TOP = 10
_LIGHTEST = 1e-9


@dataclass(frozen=True, slots=True)
class Group:
    """Plans and all that they share, by IRI; ``weight`` adds up what the shared concepts weigh."""

    plans: tuple[str, ...]
    concepts: tuple[str, ...]
    weight: float
    leads: int


def formal_concepts(rows: Sequence[int], width: int, least: int = 0) -> Iterator[tuple[int, int]]:
    """Yield every (extent, intent) of a context as bit sets, where at least ``least`` objects share the intent.

    ``rows[i]`` holds bit j where object i has attribute j. The order depends on the input only.
    """
    columns = [sum(1 << i for i, row in enumerate(rows) if row >> j & 1) for j in range(width)]
    everything = (1 << len(rows)) - 1
    if len(rows) >= least:
        yield from _close_by_one(everything, _intent(everything, columns), 0, columns, least)


def _intent(extent: int, columns: Sequence[int]) -> int:
    return sum(1 << j for j, column in enumerate(columns) if extent & column == extent)


def _close_by_one(
    extent: int, intent: int, start: int, columns: Sequence[int], least: int
) -> Iterator[tuple[int, int]]:
    yield extent, intent
    for attribute in range(start, len(columns)):
        if intent >> attribute & 1:
            continue
        smaller = extent & columns[attribute]
        if smaller.bit_count() < least:
            continue
        closed = _intent(smaller, columns)
        before = (1 << attribute) - 1
        if closed & before == intent & before:
            yield from _close_by_one(smaller, closed, attribute + 1, columns, least)


def closed_groups(candidates: Candidates, top: int = TOP) -> list[Group]:
    """Return the weightiest groups of plans of different leads that share exactly the same concepts."""
    weighty = [c for c, weight in enumerate(candidates.weight) if weight > _LIGHTEST]
    place = {concept: bit for bit, concept in enumerate(weighty)}
    rows = [sum(1 << place[c] for c in row if c in place) for row in candidates.incidence.closed]
    groups = [
        _group(candidates, weighty, extent, intent)
        for extent, intent in formal_concepts(rows, len(weighty), LEAST_PLANS)
        if intent.bit_count() >= LEAST_CONCEPTS
    ]
    shared = [group for group in groups if group.leads > 1]
    shared.sort(key=lambda group: (-round(group.weight * math.log(len(group.plans)), 6), group.plans))
    return shared[:top]


def _group(candidates: Candidates, weighty: Sequence[int], extent: int, intent: int) -> Group:
    incidence = candidates.incidence
    plans = tuple(plan for i, plan in enumerate(incidence.plans) if extent >> i & 1)
    concepts = [concept for bit, concept in enumerate(weighty) if intent >> bit & 1]
    leads = {lead for plan in plans for lead in candidates.network.targets(plan, "leadUnit")}
    return Group(
        plans=plans,
        concepts=tuple(incidence.concepts[concept] for concept in concepts),
        weight=math.fsum(candidates.weight[concept] for concept in concepts),
        leads=len(leads),
    )


def group_sentence(network: Network, group: Group) -> Text:
    """Return the group in one sentence."""
    plans = ", ".join(f"„{network.label(plan)}“" for plan in group.plans)
    concepts = ", ".join(network.label(concept) for concept in group.concepts)
    return Text(
        f"Diese {len(group.plans)} Planwerke teilen genau {concepts}: {plans}.",
        f"These {len(group.plans)} plans share exactly {concepts}: {plans}.",
    )
