"""Who is missing at the table: units and partners with a stake in a topic and no seat in a body that covers it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import Text
from graph.findings.rules.overlap import Candidates
from graph.findings.rules.stakes import covering_bodies, seats
from graph.network.build import Network

_WHY = {
    "lead": Text("führt", "leads"),
    "goal": Text("hat ein Ziel dazu in", "has a goal on it in"),
    "participates": Text("wirkt mit an", "takes part in"),
    "measure": Text("ist zuständig für", "is responsible for"),
    "instrument": Text("steuert mit", "steers by"),
}


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A unit or partner, why it has a stake (kind and thing), and whether it has a seat."""

    unit: str
    reasons: tuple[tuple[str, str], ...]
    seated: bool


@dataclass(frozen=True, slots=True)
class Round:
    """A topic, the bodies that cover it, and everybody with a stake, those without a seat first."""

    topic: str
    bodies: tuple[str, ...]
    stakeholders: tuple[Stakeholder, ...]

    @property
    def missing(self) -> tuple[Stakeholder, ...]:
        """Those with a stake and no seat."""
        return tuple(holder for holder in self.stakeholders if not holder.seated)


def round_of(candidates: Candidates, topic: str) -> Round:
    """Return who has a stake in a topic and who of them sits in a body that covers it."""
    network = candidates.network
    bodies = covering_bodies(network, topic)
    seated = {unit for body in bodies for unit in seats(network, body)}
    reasons: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for unit, kind, thing in _stakes(candidates, topic):
        reasons[unit].add((kind, thing))
    holders = [Stakeholder(unit, tuple(sorted(why)), unit in seated) for unit, why in reasons.items()]
    holders.sort(key=lambda holder: (holder.seated, -len(holder.reasons), holder.unit))
    return Round(topic, bodies, tuple(holders))


def _stakes(candidates: Candidates, topic: str) -> Iterator[tuple[str, str, str]]:
    network = candidates.network
    for thing in network.origins(topic, "topic"):
        kind = network.type(thing)
        if kind == "Plan" and thing in candidates.standings:
            yield from ((unit, "lead", thing) for unit in network.targets(thing, "leadUnit"))
            yield from ((unit, "participates", thing) for unit in _participants(network, thing))
        elif kind == "Goal":
            yield from _goal_stakes(candidates, thing)
        elif kind == "SteeringInstrument":
            yield from ((unit, "instrument", thing) for unit in network.targets(thing, "responsibleUnit"))
            yield from ((unit, "instrument", thing) for unit in network.targets(thing, "partner"))


def _participants(network: Network, plan: str) -> set[str]:
    units = set(network.targets(plan, "participatingUnit")) | set(network.origins(plan, "wirkt_mit_an"))
    return {unit for unit in units if network.type(unit) in {"OrganizationalUnit", "Partner"}}


def _goal_stakes(candidates: Candidates, goal: str) -> Iterator[tuple[str, str, str]]:
    network = candidates.network
    for plan in network.origins(goal, "pursues"):
        if plan in candidates.standings:
            yield from ((unit, "goal", plan) for unit in network.targets(plan, "leadUnit"))
    for measure in network.origins(goal, "supports"):
        if network.type(measure) == "Measure":
            yield from ((unit, "measure", measure) for unit in network.targets(measure, "responsibleUnit"))


def reason_text(network: Network, reason: tuple[str, str]) -> Text:
    """Return why somebody has a stake, in words."""
    kind, thing = reason
    label = network.label(thing)
    return Text(f"{_WHY[kind].de} „{label}“", f"{_WHY[kind].en} “{label}”")
