"""Rule 3, mögliche Doppelung: plans of different leads that share a goal, measure or indicator, for the same people.

The same thing means: one recorded thing that both plans have, or two that a person has confirmed to be the same
(``skos:exactMatch``). Equal words are no proof. Plans of different public bodies are different scope, not duplication.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from graph.errors import Text
from graph.findings.finding import Evidence, Finding, Rule, finding_id, link_evidence
from graph.findings.rules.overlap import Candidates, areas_meet, bearers_relation, periods_meet
from graph.network.build import Link, Network

RULE = Rule(
    "duplication",
    1,
    Text(
        "Verschiedene Federführung, dasselbe Ziel, dieselbe Maßnahme oder Kennzahl (dieselbe Erfassung oder bestätigte "
        "Gleichheit), gemeinsame Zielgruppe, Räume und Zeiträume treffen sich; gleicher Träger.",
        "Different leads, the same goal, measure or indicator (one record, or confirmed to be the same), a shared target "
        "group, areas and periods meet; the same public body.",
    ),
)
_HELD = (("pursues", True), ("measureOf", False), ("indicatorOf", False))
_MATCH = "exactMatch"


def find_duplications(candidates: Candidates) -> list[Finding]:
    """Return the pairs of plans that may do the same for the same people."""
    return [_finding(candidates, a, b, same) for a, b, same in _pairs(candidates)]


def _pairs(candidates: Candidates) -> Iterator[tuple[str, str, str]]:
    network = candidates.network
    holders: dict[str, set[str]] = {}
    for plan in candidates.incidence.plans:
        for link in _held(network, plan):
            thing = link.target if link.origin == plan else link.origin
            holders.setdefault(_same(network, thing), set()).add(plan)
    for thing, plans in sorted(holders.items()):
        for a, b in combinations(sorted(plans), 2):
            if _counts(candidates, a, b):
                yield a, b, thing


def _held(network: Network, plan: str) -> Iterator[Link]:
    for name, outgoing in _HELD:
        yield from network.links_from(plan, name) if outgoing else network.links_to(plan, name)


def _same(network: Network, thing: str) -> str:
    """Return one name for a thing and all that are confirmed to be the same."""
    found, waiting = {thing}, [thing]
    while waiting:
        node = waiting.pop()
        fresh = {*network.targets(node, _MATCH), *network.origins(node, _MATCH)} - found
        found |= fresh
        waiting.extend(fresh)
    return min(found)


def _counts(candidates: Candidates, a: str, b: str) -> bool:
    network = candidates.network
    ours, theirs = network.targets(a, "leadUnit"), network.targets(b, "leadUnit")
    groups = [set(network.targets(plan, "targetGroup")) for plan in (a, b)]
    return (
        bearers_relation(network, ours, theirs) in {"same", "nested"}
        and not set(ours) & set(theirs)
        and bool(groups[0] & groups[1])
        and periods_meet(candidates.standings[a], candidates.standings[b])
        and areas_meet(network, a, b)
    )


def _finding(candidates: Candidates, a: str, b: str, same: str) -> Finding:
    network = candidates.network
    label, names = network.label(same), (network.label(a), network.label(b))
    return Finding(
        id=finding_id(RULE.id, (a, b, same)),
        rule=RULE,
        kind="duplication",
        band="hinweis",
        score=None,
        nodes=(network.id(a), network.id(b), network.id(same)),
        plans=(network.id(a), network.id(b)),
        departments=tuple(network.id(u) for plan in (a, b) for u in network.targets(plan, "leadUnit")),
        sentence=Text(
            f"„{names[0]}“ und „{names[1]}“ haben beide „{label}“, für dieselben Menschen. Bitte fachlich prüfen.",
            f"“{names[0]}” and “{names[1]}” both have “{label}”, for the same people. Please check.",
        ),
        evidence=tuple(_evidence(network, (a, b), same)),
        details={"title": Text("Mögliche Doppelung", "Possible duplication").document()},
    )


def _evidence(network: Network, plans: tuple[str, str], same: str) -> Iterator[Evidence]:
    for plan in plans:
        for link in _held(network, plan):
            thing = link.target if link.origin == plan else link.origin
            if _same(network, thing) == same:
                yield from link_evidence(network, link)
        for name in ("targetGroup", "leadUnit"):
            for link in network.links_from(plan, name):
                yield from link_evidence(network, link)
