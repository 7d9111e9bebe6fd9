"""Which plans share what: plans against concepts, a table that is read like one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.errors import Text
from graph.network.incidence import FACETS, read_incidence
from graph.network.layout import net_layout
from graph.output.drawing.selection import selection_of
from graph.output.lenses.lanes import drawn_node, narrowed_out
from graph.output.lenses.scene import Matrix, Scene, Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from graph.network.incidence import Incidence

MOST_PLANS = 12
OWN, FROM_BELOW = 1, 2
"""A plan says it has the concept; or one of its goals, or something narrower, does."""


def shared(scene: Scene) -> Shown:
    """Return the plans asked for (or all wanted, up to twelve) and every concept that two of them share.

    Concepts that few plans of the inventory have come first: what all have tells nothing.
    """
    network = scene.network
    every = [plan for plan in network.of_type("Plan") if scene.asked.wanted(plan)]
    out = narrowed_out(scene)
    named = [drawn_node(scene, plan) for plan in scene.asked.plans] or [p for p in every if p not in out]
    plans = list(dict.fromkeys(named))[:MOST_PLANS]
    incidence = read_incidence(network, sorted({*every, *plans}))
    concepts = _shared_concepts(incidence, plans)
    keys = [*plans, *concepts]
    candidates = {key: network.type(key) for key in keys}
    selection = selection_of(candidates, set(keys), sorted(set(candidates.values())))
    layout = net_layout({key: (0.0, float(place)) for place, key in enumerate(keys)})
    cells = tuple(tuple(_cell(scene, plan, concept, incidence) for plan in plans) for concept in concepts)
    count = _counts(incidence)
    matrix = Matrix(
        tuple(plans), tuple(concepts), cells, tuple(count[c] for c in concepts), len(incidence.plans)
    )
    title = Text("Überschneidung: was diese Planwerke teilen", "Overlap: what these plans share")
    return Shown(selection, layout, title, said=(_said(matrix, len(named)),), matrix=matrix)


def _counts(incidence: Incidence) -> Mapping[str, int]:
    return Counter(incidence.concepts[c] for row in incidence.closed for c in row)


def _closed(incidence: Incidence, plan: str) -> AbstractSet[str]:
    return {incidence.concepts[c] for c in incidence.closed[incidence.plans.index(plan)]}


def _shared_concepts(incidence: Incidence, plans: Sequence[str]) -> list[str]:
    """Return the concepts of at least two plans, topics first, then target groups and areas, rare ones first."""
    held = Counter(concept for plan in plans for concept in _closed(incidence, plan))
    facet = dict(zip(incidence.concepts, incidence.facet, strict=True))
    count, order = _counts(incidence), list(FACETS)
    common = [c for c, n in held.items() if n > 1 and count[c] < len(incidence.plans)]
    return sorted(common, key=lambda c: (order.index(facet[c]), count[c], c))


def _cell(scene: Scene, plan: str, concept: str, incidence: Incidence) -> int:
    if any(concept in scene.network.targets(plan, relation) for relation in FACETS.values()):
        return OWN
    return FROM_BELOW if concept in _closed(incidence, plan) else 0


def _said(matrix: Matrix, named: int) -> Text:
    plans, concepts = len(matrix.columns), len(matrix.rows)
    de = f"{plans} Planwerke, {concepts} Begriffe, die mindestens zwei von ihnen teilen; seltene zuerst."
    en = f"{plans} plans, {concepts} concepts that at least two of them share; rare ones first."
    if named > plans:
        de += f" {named - plans} weitere Planwerke sind nicht gezeigt; plan=… wählt andere."
        en += f" {named - plans} more plans are not shown; plan=… chooses others."
    return Text(de, en)
