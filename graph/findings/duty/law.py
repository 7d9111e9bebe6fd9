"""What the law says on a day: which version of a norm holds, how strongly, for whom, under which condition.

A duty reaches a body where it is addressed to a role that the body holds, its condition is known to be met, and nobody took
the task over. A condition that nobody checked is neither met nor not met. A norm whose beginning is not recorded counts
as in force. Before the recorded version only its predecessor is named: what that one demanded stays open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph.dates import RoughDate, parse_date
from graph.network.build import Network
from graph.network.time import rough

MUST, SHOULD = "muss", "soll"
MET = "erfüllt"


class NormState(StrEnum):
    """How a norm stands on a day."""

    IN_FORCE = "in force"
    PREDECESSOR = "only a predecessor"
    NOT_YET = "not yet"
    REPEALED = "repealed"
    NONE = "no norm found"


class Reach(StrEnum):
    """Whether a duty binds a body, or why not."""

    OURS = "ours"
    DELEGATED = "delegated"
    UNCHECKED = "condition not checked"
    NOT_MET = "condition not met"
    OTHERS = "addressed to others"
    OPEN = "addressee not recorded"


@dataclass(frozen=True, slots=True)
class Norm:
    """The version of a norm that counts on a day; ``modality`` is nothing where the text leaves it open."""

    state: NormState
    node: str | None
    text: str
    modality: str | None
    valid_from: RoughDate | None = None
    valid_to: RoughDate | None = None
    predecessor: str | None = None
    checked_on: str | None = None


@dataclass(frozen=True, slots=True)
class Delegation:
    """A task handed over: the record, and who has it now."""

    node: str
    to: str


@dataclass(frozen=True, slots=True)
class Condition:
    """The trigger of a duty in the words of its source, and the record of the check, where there is one."""

    text: str
    check: str | None
    state: str | None


@dataclass(frozen=True, slots=True)
class Law:
    """All that the law says of one duty for one body on one day."""

    duty: str
    norm: Norm
    reach: Reach
    condition: Condition | None
    delegation: Delegation | None
    holdings: tuple[str, ...]

    @property
    def is_must(self) -> bool:
        """Whether the duty is a must that binds the body."""
        return self.reach is Reach.OURS and self.norm.modality == MUST


def law_on(network: Network, duty: str, body: str | None, day: date, *, delegation: bool = True) -> Law:
    """Return what the law says of ``duty`` for ``body`` on ``day``, by legal status alone where not ``delegation``."""
    norm = norm_on(network, duty, day)
    condition = _condition(network, duty, body)
    handed = _delegation(network, duty, body, day) if delegation and body else None
    holdings = _holdings(network, duty, body, day)
    reach = Reach.OPEN
    if norm.state in {NormState.IN_FORCE, NormState.NONE}:
        reach = _reach(network, duty, body, condition, handed, holdings, day)
    return Law(duty, norm, reach, condition, handed, holdings)


def norm_on(network: Network, duty: str, day: date) -> Norm:
    """Return the version of the duty's norm that counts on ``day``; one that states its own strength goes first."""
    versions = network.targets(duty, "norm")
    if not versions:
        return Norm(NormState.NONE, None, "", network.value(duty, "dutyModality"))
    holding = [version for version in versions if _holds(network, version, day)]
    if holding:
        version = max(holding, key=lambda node: (bool(network.value(node, "dutyModality")), node))
        modality = network.value(version, "dutyModality") or network.value(duty, "dutyModality")
        return _norm(network, version, NormState.IN_FORCE, modality)
    coming = [version for version in versions if _begins_after(network, version, day)]
    if not coming:
        return _norm(network, max(versions, key=lambda node: _end(network, node)), NormState.REPEALED, None)
    version = coming[0]
    before = network.value(version, "predecessorText")
    return _norm(network, version, NormState.PREDECESSOR if before else NormState.NOT_YET, None)


def _norm(network: Network, version: str, state: NormState, modality: str | None) -> Norm:
    return Norm(
        state=state,
        node=version,
        text=network.label(version),
        modality=modality,
        valid_from=rough(network, version, "validFrom"),
        valid_to=rough(network, version, "validTo"),
        predecessor=network.value(version, "predecessorText"),
        checked_on=network.value(version, "checkedOn"),
    )


def _holds(network: Network, node: str, day: date, since: str = "validFrom", until: str = "validTo") -> bool:
    start, end = rough(network, node, since), rough(network, node, until)
    begun = start is None or start.first is None or start.first <= day
    return begun and (end is None or end.last is None or day <= end.last)


def _begins_after(network: Network, version: str, day: date) -> bool:
    start = rough(network, version, "validFrom")
    return start is not None and start.first is not None and start.first > day


def _end(network: Network, version: str) -> date:
    end = network.value(version, "validTo")
    return (parse_date(end).last if end else None) or date.max


def _reach(
    network: Network,
    duty: str,
    body: str | None,
    condition: Condition | None,
    handed: Delegation | None,
    holdings: tuple[str, ...],
    day: date,
) -> Reach:
    if body is None or not network.values(duty, "addresseeRole"):
        return Reach.OPEN
    if not holdings and not _taken_over(network, duty, body, day):
        return Reach.OTHERS
    if condition is not None and condition.state != MET:
        return Reach.UNCHECKED if condition.state is None else Reach.NOT_MET
    return Reach.DELEGATED if handed else Reach.OURS


def _holdings(network: Network, duty: str, body: str | None, day: date) -> tuple[str, ...]:
    """Return the records by which the body holds a role that the duty addresses."""
    roles = {value.text for value in network.values(duty, "addresseeRole")}
    held = network.origins(body, "heldBy") if body else ()
    return tuple(
        holding
        for holding in held
        if network.value(holding, "heldRole") in roles and _holds(network, holding, day, "since", "until")
    )


def _condition(network: Network, duty: str, body: str | None) -> Condition | None:
    text = network.value(duty, "trigger")
    if text is None:
        return None
    checks = [c for c in _about(network, duty, "ConditionCheck") if body in network.targets(c, "forBody")]
    if not checks:
        return Condition(text, None, None)
    return Condition(text, checks[0], network.value(checks[0], "conditionState"))


def _delegation(network: Network, duty: str, body: str, day: date) -> Delegation | None:
    for record in _about(network, duty, "Delegation"):
        handed = body in network.targets(record, "delegatedFrom") and _holds(
            network, record, day, "since", "until"
        )
        if handed:
            return Delegation(record, _receiver(network, record))
    return None


def _receiver(network: Network, record: str) -> str:
    """Return who took a task over: a node, or its IRI where no delivery describes it yet."""
    described = network.targets(record, "delegatedTo")
    if described:
        return described[0]
    value = network.values(record, "delegatedTo")[0]
    return value.iri or value.text


def _taken_over(network: Network, duty: str, body: str, day: date) -> bool:
    return any(
        body in network.targets(record, "delegatedTo") and _holds(network, record, day, "since", "until")
        for record in _about(network, duty, "Delegation")
    )


def _about(network: Network, duty: str, kind: str) -> Iterable[str]:
    return (node for node in network.origins(duty, "duty") if network.type(node) == kind)


def bodies(network: Network) -> tuple[str, ...]:
    """Return the public bodies whose roles are recorded, sorted by IRI."""
    held = {body for holding in network.of_type("RoleHolding") for body in network.targets(holding, "heldBy")}
    return tuple(sorted(held))
