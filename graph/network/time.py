"""How a plan stands on a day: in force, in preparation, replaced, ended or unknown, and why.

Four dates are kept apart: decided, in force from, end of the plan's own period, and the day a successor takes over.
A nominal end is not the real end: a plan goes on where a source says so (``gilt_weiter_bis``), and a plan whose status
is *gültig* counts as in force even past its period, marked ``past_period``. The status of a row holds from the day of
the delivery that states it; for earlier days only dates and successors count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from graph.dates import RoughDate, parse_date
from graph.errors import Text
from graph.network.build import FACT, Network

FLOWS_INTO = "mündet_in"
VALID_UNTIL_NEXT = "gilt_weiter_bis"
PREPARING = "in Erarbeitung"


class State(StrEnum):
    """How a plan stands on a day."""

    IN_FORCE = "in force"
    PREPARATION = "in preparation"
    COMING = "decided, begins later"
    NOT_YET = "not yet"
    REPLACED = "replaced"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """State of a plan on a day, the successor where it is replaced, and whether its own period is over."""

    state: State
    why: Text
    since: date | None = None
    until: date | None = None
    successor: str | None = None
    past_period: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the plan is in force, coming, being prepared, or of unknown standing."""
        return self.state in {State.IN_FORCE, State.PREPARATION, State.COMING, State.UNKNOWN}


def standing(network: Network, plan: str, day: date) -> Standing:
    """Return how ``plan`` stands on ``day``."""
    status = network.value(plan, "status")
    stated = status_day(network, plan)
    if status and day >= stated:
        return _by_status(network, plan, day, status, stated)
    return _by_dates(network, plan, day, known=bool(status) or day < stated)


def is_in_force_by_dates(network: Network, plan: str, day: date) -> bool:
    """Return whether dates and successors alone say that a plan is in force (Q18)."""
    start, end = start_day(network, plan), end_day(network, plan)
    if start is None or start > day or (end is not None and end < day):
        return False
    return successor_by(network, plan, day) is None


def _by_status(network: Network, plan: str, day: date, status: str, stated: date) -> Standing:
    later = successor_by(network, plan, day, after=stated)
    since, until = start_day(network, plan), end_day(network, plan)
    over = until is not None and until < day
    if later:
        return Standing(State.REPLACED, _replaced_by(network, later), since, until, later)
    code = network.words.code(network.values(plan, "status")[0].iri)
    if code and code.standing == "past":
        successor = successor_by(network, plan, day)
        state = State.REPLACED if successor else State.ENDED
        why = _replaced_by(network, successor) if successor else Text(f"Stand: {status}", f"Status: {status}")
        return Standing(state, why, since, until, successor, past_period=over)
    if status == PREPARING:
        return Standing(State.PREPARATION, Text(f"Stand: {status}", f"Status: {status}"), since, until)
    if since is not None and since > day:
        return Standing(
            State.COMING, Text(f"gilt ab {since:%d.%m.%Y}", f"from {since.isoformat()}"), since, until
        )
    return Standing(
        State.IN_FORCE, _in_force(status, until if over else None), since, until, past_period=over
    )


def _in_force(status: str, over: date | None) -> Text:
    if over is None:
        return Text(f"Stand: {status}", f"Status: {status}")
    return Text(
        f"Stand: {status}, obwohl die eigene Laufzeit am {over:%d.%m.%Y} endete",
        f"Status: {status}, although its own period ended on {over.isoformat()}",
    )


def _by_dates(network: Network, plan: str, day: date, *, known: bool) -> Standing:
    since, until = start_day(network, plan), end_day(network, plan)
    later = successor_by(network, plan, day)
    if later:
        return Standing(State.REPLACED, _replaced_by(network, later), since, until, later)
    over = until is not None and until < day
    if since is not None and since > day:
        return Standing(State.NOT_YET, Text("beginnt später", "begins later"), since, until)
    if known and over:
        return Standing(State.ENDED, Text("Laufzeit beendet", "period over"), since, until, past_period=True)
    if known and since is not None:
        return Standing(State.IN_FORCE, Text("nach Datum in Kraft", "in force by date"), since, until)
    return Standing(
        State.UNKNOWN, Text("Stand nicht erhoben", "status not recorded"), since, until, past_period=over
    )


def _replaced_by(network: Network, successor: str) -> Text:
    label = network.label(successor)
    return Text(f"abgelöst durch „{label}“", f"replaced by “{label}”")


def status_day(network: Network, plan: str) -> date:
    """Return the day from which the status of a plan counts: the date of its delivery, else of its source.

    Where neither has a date the status always counts.
    """
    source = network.source_of(plan)
    if source is None or source not in network.multigraph:
        return date.min
    deliveries = network.targets(source, "deliveredIn")
    return _latest(network, deliveries) or _latest(network, (source,)) or date.min


def _latest(network: Network, nodes: Iterable[str]) -> date | None:
    dates = [found.last for node in nodes if (found := rough(network, node, "date"))]
    return max((day for day in dates if day), default=None)


def rough(network: Network, node: str, name: str) -> RoughDate | None:
    """Return a date of a node with the precision of its source; None where none is stated."""
    text = network.value(node, name)
    return parse_date(text) if text else None


def start_day(network: Network, plan: str) -> date | None:
    """Return the first day a plan can be in force: its stated start, else the day it was decided."""
    for name in ("validFrom", "decidedOn"):
        if found := rough(network, plan, name):
            return found.first
    return None


def end_day(network: Network, plan: str) -> date | None:
    """Return the last day of a plan: the day before its successor where a source lets it go on until then."""
    for link in network.links_from(plan, VALID_UNTIL_NEXT):
        if link.modality == FACT:
            start = takes_over_on(network, link.target)
            return start - timedelta(days=1) if start else None
    period_end = rough(network, plan, "validTo")
    return period_end.last if period_end else None


def takes_over_on(network: Network, plan: str) -> date | None:
    """Return the first day on which a plan can replace another: the start of its period, but not before its decision.

    A period given only as a year begins on the day of the decision where that lies in the year.
    """
    start, decided = rough(network, plan, "validFrom"), rough(network, plan, "decidedOn")
    if start is None or start.first is None or start.last is None:
        return None
    within = decided is not None and decided.first is not None and start.first <= decided.first <= start.last
    return decided.first if decided and within else start.first


def successors(network: Network, plan: str) -> tuple[str, ...]:
    """Return the plans that take the place of ``plan``: by a recorded relation, or as later plans of its series."""
    recorded = {
        link.origin
        for name in network.words.superseding
        for link in network.links_to(plan, name)
        if link.modality == FACT
    }
    recorded |= {link.target for link in network.links_from(plan, FLOWS_INTO) if link.modality == FACT}
    return tuple(sorted(recorded | set(_later_in_series(network, plan))))


def _later_in_series(network: Network, plan: str) -> list[str]:
    begin, end = rough(network, plan, "validFrom"), rough(network, plan, "validTo")
    own = begin.first if begin else end.last if end else None
    if own is None:
        return []
    kind = network.value(plan, "planKind")
    return [
        other
        for series in network.targets(plan, "inSeries")
        for other in network.origins(series, "inSeries")
        if other != plan
        and network.value(other, "planKind") == kind
        and (later := rough(network, other, "validFrom")) is not None
        and later.first is not None
        and later.first > own
    ]


def successor_by(network: Network, plan: str, day: date, after: date | None = None) -> str | None:
    """Return the first successor whose own period began by ``day`` (and, if given, later than ``after``)."""
    begun = [
        (start, other)
        for other in successors(network, plan)
        if (start := takes_over_on(network, other)) is not None
        and start <= day
        and (after is None or start > after)
    ]
    return min(begun)[1] if begun else None
