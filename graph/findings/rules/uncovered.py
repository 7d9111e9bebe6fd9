"""Rule 7, Abdeckungslücke: a topic and a target group that no open plan joins, where plans could be expected.

Expected is either because somebody declared a need or a duty, or because the shares of the topic and of the group make
at least three plans likely (t·g/n ≥ 3). A cell of the matrix counts only where every open plan's topics and target groups
were asked for or declared complete: on raw tables empty cells are noise.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from graph.errors import Text
from graph.findings.coverage import is_asked
from graph.findings.finding import Finding, Rule, finding_id
from graph.findings.rules.overlap import Candidates
from graph.network.build import Network

RULE = Rule(
    "uncovered",
    1,
    Text(
        "Oberstes Thema × Zielgruppe ohne Planwerk, obwohl nach den Anteilen mindestens drei zu erwarten wären oder ein "
        "Bedarf erklärt ist; nur wo Themen und Zielgruppen aller Planwerke erfragt oder vollständig erklärt sind.",
        "Top-level topic × target group without a plan, although by their shares at least three were to be expected or a "
        "need is declared; only where topics and target groups of all plans were asked for or declared complete.",
    ),
)
LEAST_EXPECTED = 3.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the matrix: topic, target group, plans counted and plans expected."""

    topic: str
    group: str
    found: int
    expected: float
    declared: bool


def cells(candidates: Candidates) -> list[Cell]:
    """Return the whole matrix of top-level topics and groups, sorted; groups that cover everybody left out."""
    return _cells(candidates, catch_all=False)


def catch_all_cells(candidates: Candidates) -> list[Cell]:
    """Return the cells of the groups that cover everybody: they are shown, and never a gap."""
    return _cells(candidates, catch_all=True)


def plans_in(candidates: Candidates, topic: str, group: str) -> tuple[str, ...]:
    """Return the open plans that the cell of a topic and a group counts."""
    network = candidates.network
    return tuple(
        plan
        for plan in candidates.incidence.plans
        if topic in _tops(network, plan, "topic") and group in _tops(network, plan, "targetGroup")
    )


def _cells(candidates: Candidates, *, catch_all: bool) -> list[Cell]:
    network, plans = candidates.network, candidates.incidence.plans
    topics = {plan: _tops(network, plan, "topic") for plan in plans}
    groups = {plan: _tops(network, plan, "targetGroup") for plan in plans}
    by_topic = Counter(topic for held in topics.values() for topic in held)
    by_group = Counter(
        group for held in groups.values() for group in held if _is_catch_all(network, group) is catch_all
    )
    both = Counter((t, g) for plan in plans for t in topics[plan] for g in groups[plan])
    return [
        Cell(t, g, both[t, g], by_topic[t] * by_group[g] / len(plans), g in network.targets(t, "neededFor"))
        for t in sorted(by_topic)
        for g in sorted(by_group)
    ]


def _tops(network: Network, plan: str, name: str) -> frozenset[str]:
    """Return the uppermost concepts of a plan; directly below a catch-all that covers everybody counts as uppermost."""
    return frozenset(_top(network, concept) for concept in network.targets(plan, name))


def _top(network: Network, concept: str) -> str:
    above = network.targets(concept, "broader")
    while above and network.targets(above[0], "broader"):
        concept, above = above[0], network.targets(above[0], "broader")
    if not above or _is_catch_all(network, above[0]):
        return concept
    return above[0]


def _is_catch_all(network: Network, concept: str) -> bool:
    """Whether a concept lies above nearly all others of its kind, as *whole population* does."""
    kind = network.type(concept)
    below = sum(concept in network.targets(other, "broader") for other in network.of_type(kind))
    return 2 * below >= len(network.of_type(kind))


def facets_complete(candidates: Candidates) -> bool:
    """Whether topics and target groups were asked for, or declared complete, for every open plan."""
    network = candidates.network
    return all(
        is_asked(network, plan, facet)
        for plan in candidates.incidence.plans
        for facet in ("topic", "targetGroup")
    )


def find_uncovered(candidates: Candidates) -> list[Finding]:
    """Return the empty cells where plans were to be expected; none where the facets are not complete."""
    if not facets_complete(candidates):
        return []
    empty = [c for c in cells(candidates) if c.found == 0 and (c.declared or c.expected >= LEAST_EXPECTED)]
    empty.sort(key=lambda cell: (-cell.expected, cell.topic, cell.group))
    return [_finding(candidates.network, cell) for cell in empty]


def _finding(network: Network, cell: Cell) -> Finding:
    topic, group, about = network.label(cell.topic), network.label(cell.group), round(cell.expected)
    return Finding(
        id=finding_id(RULE.id, (cell.topic, cell.group)),
        rule=RULE,
        kind="uncovered",
        band="belegt",
        score=cell.expected,
        nodes=(network.id(cell.topic), network.id(cell.group)),
        plans=(),
        departments=(),
        sentence=Text(
            f"„{topic}“ für „{group}“: Erwartbar wären etwa {about} Planwerke, erfasst ist keines.",
            f"“{topic}” for “{group}”: about {about} plans were to be expected, none is recorded.",
        ),
        evidence=(),
        details={
            "title": Text("Abdeckungslücke", "Not covered").document(),
            "expected": round(cell.expected, 2),
        },
    )


def uncovered_coverage(candidates: Candidates) -> dict[str, Any]:
    """Return why the matrix is, or is not, read for gaps."""
    network, plans = candidates.network, candidates.incidence.plans
    asked = {
        facet: sum(is_asked(network, plan, facet) for plan in plans) for facet in ("topic", "targetGroup")
    }
    return {
        "plans": len(plans),
        "asked": asked,
        "text": Text(
            f"Themen sind für {asked['topic']}, Zielgruppen für {asked['targetGroup']} von {len(plans)} Planwerken als "
            "vollständig erklärt; leere Felder zählen erst, wenn es alle sind.",
            f"Topics are declared complete for {asked['topic']}, target groups for {asked['targetGroup']} of "
            f"{len(plans)} plans; empty cells count only once all are.",
        ).document(),
    }
