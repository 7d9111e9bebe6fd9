"""Plans that the law wants coordinated: which coordination duties meet two confirmed plans in force, and what is recorded.

A coordination duty (must or should, its norm in force on the day) names types of plan. Which plan is of which type is known
from recorded fulfilments alone, never from a name: a plan counts where a person confirmed that it fulfils the duty of that
type, wholly or in part, and where it is in force on the day. Two such plans are a gap where no relation, participation,
shared body or instrument joins them as a matter of fact and different units lead them. Where nobody recorded who leads one
of them, nothing can be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product

from graph.findings.coordination import coordinated_through, is_one_unit
from graph.findings.duty.answers import CLAIMED, CONFIRMED, PARTIAL, Claim, claims_on
from graph.findings.duty.law import MUST, SHOULD, NormState, norm_on
from graph.network.build import Network
from graph.network.time import State

_BINDING = frozenset({MUST, SHOULD})
_ENDS = ("fromType", "toType")
_LAW = frozenset({NormState.IN_FORCE, NormState.NONE})


@dataclass(frozen=True, slots=True)
class Side:
    """A plan in force with the confirmed claim that makes it one of a type."""

    plan: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two plans that a coordination duty wants coordinated: *met*, *unmet*, or *lead unknown*."""

    duty: str
    one: Side
    other: Side
    state: str


@dataclass(frozen=True)
class Agreements:
    """The coordination duties of a day: those recorded, those that bind, those between types of plan, and what they meet."""

    recorded: int
    binding: int
    between_types: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    without_plans: int
    only_claimed: int

    @cached_property
    def unmet(self) -> tuple[Meeting, ...]:
        """The pairs of plans for which no coordination is recorded."""
        return self.in_state("unmet")

    def in_state(self, state: str) -> tuple[Meeting, ...]:
        """Return the pairs of plans in a state."""
        return tuple(meeting for meeting in self.meetings if meeting.state == state)


def agreements_on(network: Network, day: date) -> Agreements:
    """Return what the coordination duties ask of the plans in force on ``day``."""
    recorded = network.of_type("CoordinationDuty")
    binding = [duty for duty in recorded if _binds(network, duty, day)]
    between = tuple(duty for duty in binding if network.targets(duty, "toType"))
    return Agreements(
        recorded=len(recorded),
        binding=len(binding),
        between_types=between,
        meetings=tuple(meeting for duty in between for meeting in _meetings(network, duty, day)),
        without_plans=sum(not _has_both(network, duty, day) for duty in between),
        only_claimed=sum(_is_only_claimed(network, duty, day) for duty in between),
    )


def _binds(network: Network, duty: str, day: date) -> bool:
    """Whether a coordination duty is a must or should of a norm that is in force, with the duty that it starts from."""
    starts = [
        plan_duty
        for kind in network.targets(duty, "fromType")
        for plan_duty in network.origins(kind, "requires")
    ]
    holds = norm_on(network, duty, day).state in _LAW
    return (
        network.value(duty, "dutyModality") in _BINDING
        and holds
        and any(norm_on(network, start, day).state in _LAW for start in starts)
    )


def _meetings(network: Network, duty: str, day: date) -> Iterator[Meeting]:
    ours, theirs = (tuple(_sides(network, duty, end, day)) for end in _ENDS)
    for one, other in product(ours, theirs):
        if one.plan != other.plan:
            yield Meeting(duty, one, other, _state(network, one.plan, other.plan))


def _sides(network: Network, duty: str, end: str, day: date) -> Iterator[Side]:
    seen: set[str] = set()
    for claim in _claims(network, duty, end, day):
        if claim.plan and claim.plan not in seen and claim.state in {CONFIRMED, PARTIAL} and _in_force(claim):
            seen.add(claim.plan)
            yield Side(claim.plan, claim)


def _claims(network: Network, duty: str, end: str, day: date) -> Iterator[Claim]:
    for kind in network.targets(duty, end):
        for plan_duty in network.origins(kind, "requires"):
            yield from claims_on(network, plan_duty, day)


def _in_force(claim: Claim) -> bool:
    return claim.standing is not None and claim.standing.state is State.IN_FORCE


def _is_only_claimed(network: Network, duty: str, day: date) -> bool:
    """Whether both sides would have a plan in force if what is claimed were confirmed."""
    known = {CLAIMED, CONFIRMED, PARTIAL}
    sides = [list(_claims(network, duty, end, day)) for end in _ENDS]
    would = all(any(_in_force(claim) and claim.state in known for claim in side) for side in sides)
    return would and not _has_both(network, duty, day)


def _has_both(network: Network, duty: str, day: date) -> bool:
    """Whether a confirmed plan is in force on both sides of a coordination duty."""
    return all(any(True for _ in _sides(network, duty, end, day)) for end in _ENDS)


def _state(network: Network, a: str, b: str) -> str:
    ours, theirs = network.targets(a, "leadUnit"), network.targets(b, "leadUnit")
    if any(is_one_unit(network, x, y) for x in ours for y in theirs) or coordinated_through(network, a, b):
        return "met"
    return "unmet" if ours and theirs else "lead unknown"
