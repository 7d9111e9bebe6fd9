"""What if a unit were dissolved, or two plans were merged: who and what would lose an owner. Nothing is stored.

The statements are changed in memory, the network is built anew, and all rules run on both; what differs is the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.findings.comparison import FindingChange, compare
from graph.findings.finding import Finding
from graph.findings.rules.chain import scope_on
from graph.findings.rules.registry import find_all
from graph.findings.similarity import calibrate
from graph.findings.stored_bands import FindBands, gather_with
from graph.network.build import Network, build_network
from graph.statement import Statement
from ontology.terms import PW

_OWNING = frozenset({PW.leadUnit, PW.responsibleUnit, PW.participatingUnit, PW.takesPartIn})


@dataclass(frozen=True, slots=True)
class Loss:
    """A thing that would have nobody any more, by kind: plan, goal, target group, topic, instrument, measure."""

    kind: str
    node: str


@dataclass(frozen=True, slots=True)
class Present:
    """What is at hand already: the network as it is, its findings on the day, and how bands are found."""

    network: Network
    findings: tuple[Finding, ...]
    find_bands: FindBands = calibrate


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change would bring: who loses an owner, and how the findings differ."""

    losses: tuple[Loss, ...]
    changes: tuple[FindingChange, ...]


def dissolve(
    statements: Iterable[Statement], base: str, unit: str, day: date, present: Present | None = None
) -> Outcome:
    """Return what happens when a unit no longer leads, takes part or answers for anything."""
    said = list(statements)
    left = [s for s in said if not (s.predicate in _OWNING and unit in {s.subject, s.value})]
    return _outcome(present or _present(said, base, day), left, base, day)


def merge(
    statements: Iterable[Statement],
    base: str,
    plan: str,
    into: str,
    day: date,
    present: Present | None = None,
) -> Outcome:
    """Return what happens when ``plan`` becomes part of ``into``: all that it names belongs to the other.

    The merged plan keeps the lead, status, period and decision of ``into``.
    """
    own = {
        PW.leadUnit,
        PW.status,
        PW.validFrom,
        PW.validTo,
        PW.decidedOn,
        PW.decisionKind,
        PW.decidedBy,
        PW.inSeries,
    }
    said = list(statements)
    left = [
        s._replace(
            subject=into if s.subject == plan else s.subject, value=into if s.value == plan else s.value
        )
        for s in said
        if not (s.subject == plan and (s.predicate in own or not s.is_iri))
    ]
    return _outcome(present or _present(said, base, day), left, base, day)


def _present(statements: Iterable[Statement], base: str, day: date) -> Present:
    network = build_network(statements, base)
    return Present(network, tuple(_findings(network, day, calibrate)))


def _outcome(present: Present, after: list[Statement], base: str, day: date) -> Outcome:
    old, new = present.network, build_network(after, base)
    kept = set(_owned(new, day))
    losses = [loss for loss in _owned(old, day) if loss not in kept and loss.node in new.multigraph]
    return Outcome(tuple(losses), tuple(compare(present.findings, _findings(new, day, present.find_bands))))


def _findings(network: Network, day: date, find_bands: FindBands) -> list[Finding]:
    return find_all(gather_with(network, day, find_bands), scope_on(network, day))


def _owned(network: Network, day: date) -> list[Loss]:
    """Return everything that has an owner: led plans with what they name, instruments and measures with somebody."""
    led = [plan for plan, found in scope_on(network, day).standings.items() if found.is_open]
    led = [plan for plan in led if network.targets(plan, "leadUnit")]
    found = {Loss("plan", plan) for plan in led}
    for kind, name in (("goal", "pursues"), ("target group", "targetGroup"), ("topic", "topic")):
        found |= {Loss(kind, node) for plan in led for node in network.targets(plan, name)}
    for kind, name in (("instrument", "SteeringInstrument"), ("measure", "Measure")):
        nodes = network.of_type(name)
        found |= {Loss(kind, node) for node in nodes if network.targets(node, "responsibleUnit")}
    return sorted(found, key=lambda loss: (loss.kind, loss.node))
