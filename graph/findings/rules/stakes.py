"""Who has a stake in a topic, and which bodies cover it: what fragmentation and coordination gaps are read from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.findings.coordination import is_coordinating_body
from graph.findings.rules.overlap import Candidates
from graph.network.build import Network

_GONE = frozenset({"ausgelaufen", "abgeschlossen", "vorgesehen"})


@dataclass(frozen=True, slots=True)
class Stake:
    """A topic, the open plans on it by the unit that leads them, plans without lead, and bodies that cover it."""

    topic: str
    by_lead: Mapping[str, tuple[str, ...]]
    leaderless: tuple[str, ...]
    bodies: tuple[str, ...]


def stakes(candidates: Candidates) -> list[Stake]:
    """Return the stake in every topic that an open plan's own row names, sorted by topic."""
    network = candidates.network
    plans: defaultdict[str, list[str]] = defaultdict(list)
    for plan in candidates.incidence.plans:
        for topic in network.targets(plan, "topic"):
            plans[topic].append(plan)
    bodies = _bodies_by_topic(network)
    return [_stake(network, topic, found, bodies.get(topic, ())) for topic, found in sorted(plans.items())]


def _stake(network: Network, topic: str, plans: list[str], bodies: Iterable[str]) -> Stake:
    by_lead: defaultdict[str, list[str]] = defaultdict(list)
    for plan in plans:
        for lead in network.targets(plan, "leadUnit"):
            by_lead[lead].append(plan)
    return Stake(
        topic=topic,
        by_lead={lead: tuple(held) for lead, held in sorted(by_lead.items())},
        leaderless=tuple(plan for plan in plans if not network.targets(plan, "leadUnit")),
        bodies=tuple(bodies),
    )


def covering_bodies(network: Network, topic: str) -> tuple[str, ...]:
    """Return the committees, steering groups, conferences and networks at work on a topic, sorted."""
    return tuple(node for node in network.origins(topic, "topic") if _is_body_at_work(network, node))


def _bodies_by_topic(network: Network) -> Mapping[str, list[str]]:
    """Return the bodies that cover each topic, sorted."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for node in network.of_type("SteeringInstrument"):
        topics = network.targets(node, "topic")
        if topics and _is_body_at_work(network, node):
            for topic in topics:
                found[topic].append(node)
    return found


def _is_body_at_work(network: Network, node: str) -> bool:
    return (
        network.type(node) == "SteeringInstrument"
        and is_coordinating_body(network, node)
        and network.value(node, "instrumentStatus") not in _GONE
    )


def seats(network: Network, body: str) -> frozenset[str]:
    """Return who is recorded as having a seat in a body: its responsible units, partners and participants."""
    names = ("responsibleUnit", "partner", "participatingUnit", "hasMember")
    there = {unit for name in names for unit in network.targets(body, name)}
    participation = network.words.relations_of_family("participation")
    there |= {
        link.origin
        for link in network.links_to(body)
        if link.relation in participation and link.modality == "fact"
    }
    return frozenset(there)
