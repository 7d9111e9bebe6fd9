"""Rule 8, Zielkonflikt: two goals on the same indicator that pull in opposite directions or want different values.

Only the same recorded indicator counts, where areas and periods meet. Opposite words are no proof ("Parkplätze verringern"
and "Parkplätze erhöhen" may be about different places).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from graph.errors import Text
from graph.findings.finding import Finding, Rule, finding_id, link_evidence, value_evidence
from graph.findings.rules.overlap import Candidates, areas_meet, periods_meet
from graph.network.build import Network

RULE = Rule(
    "conflict",
    1,
    Text(
        "Zwei Ziele offener Planwerke messen sich an derselben Kennzahl und wollen Gegenläufiges (erhöhen und senken) oder "
        "verschiedene Werte zur selben Frist; Räume und Zeiträume treffen sich.",
        "Two goals of open plans are measured by the same indicator and want the opposite (raise and lower) or different "
        "values by the same deadline; areas and periods meet.",
    ),
)
_OPPOSITE = frozenset({"raise", "lower"})


def find_conflicts(candidates: Candidates) -> list[Finding]:
    """Return the pairs of goals that contradict each other."""
    return [_finding(candidates.network, *found) for found in _conflicts(candidates)]


def _conflicts(candidates: Candidates) -> Iterator[tuple[str, str, str, str, str]]:
    network = candidates.network
    for indicator in network.of_type("Indicator"):
        goals = [
            (goal, plan)
            for goal in network.origins(indicator, "measuredBy")
            for plan in network.origins(goal, "pursues")
            if plan in candidates.standings
        ]
        for (one, its_plan), (other, other_plan) in combinations(goals, 2):
            meet = periods_meet(candidates.standings[its_plan], candidates.standings[other_plan])
            if one != other and _contradict(network, one, other) and meet and areas_meet(network, one, other):
                yield indicator, one, other, its_plan, other_plan


def _contradict(network: Network, one: str, other: str) -> bool:
    if {_direction(network, one), _direction(network, other)} >= _OPPOSITE:
        return True
    wanted = [(network.value(goal, "targetValue"), network.value(goal, "deadline")) for goal in (one, other)]
    (value, by), (other_value, other_by) = wanted
    if value is None or other_value is None or by is None:
        return False
    same_unit = network.value(one, "unit") == network.value(other, "unit")
    return by == other_by and same_unit and float(value) != float(other_value)


def _direction(network: Network, goal: str) -> str | None:
    values = network.values(goal, "direction")
    return (values[0].iri or values[0].text).rpartition("#")[2] if values else None


def _finding(
    network: Network, indicator: str, one: str, other: str, its_plan: str, other_plan: str
) -> Finding:
    goals = (network.label(one), network.label(other))
    of = network.label(indicator)
    links = [link for goal in (one, other) for link in network.links_from(goal, "measuredBy")]
    wants = [
        value_evidence(network, goal, name, value)
        for goal in (one, other)
        for name in ("direction", "targetValue", "deadline")
        for value in network.values(goal, name)
    ]
    return Finding(
        id=finding_id(RULE.id, (one, other, indicator)),
        rule=RULE,
        kind="conflict",
        band="belegt",
        score=None,
        nodes=(network.id(one), network.id(other), network.id(indicator)),
        plans=(network.id(its_plan), network.id(other_plan)),
        departments=tuple(
            network.id(u) for plan in (its_plan, other_plan) for u in network.targets(plan, "leadUnit")
        ),
        sentence=Text(
            f"„{goals[0]}“ und „{goals[1]}“ wollen an der Kennzahl „{of}“ Verschiedenes.",
            f"“{goals[0]}” and “{goals[1]}” want different things of the indicator “{of}”.",
        ),
        evidence=(
            *(entry for link in links if link.target == indicator for entry in link_evidence(network, link)),
            *wants,
        ),
        details={"title": Text("Zielkonflikt", "Goal conflict").document()},
    )
