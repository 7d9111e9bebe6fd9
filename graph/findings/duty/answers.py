"""Whether a duty is fulfilled on a day: from what people claimed and confirmed, never from a name.

Only a confirmed plan that is in force on the day, and not overdue by the cycle of the duty, fulfils. A claim that nobody
confirmed leaves the answer unknown. Plans whose legal basis names the law of the duty are suggested for a person to look at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from graph.dates import RoughDate, parse_date
from graph.errors import Text
from graph.network.build import Network
from graph.network.time import Standing, State, rough, standing

CLAIMED, CONFIRMED, PARTIAL, DENIED = "behauptet", "bestätigt", "teilweise", "verneint"
RENEWAL = "nach Jahren"
_RUNS_OUT = frozenset({State.ENDED, State.REPLACED})
_NOT_YET = frozenset({State.PREPARATION, State.COMING})


class Answer(StrEnum):
    """The answer on one duty; the first is that there is no gap."""

    FULFILLED = "fulfilled"
    PARTLY = "partly"
    UNKNOWN = "unknown"
    DRAFT = "draft"
    EXPIRED = "expired"
    NO_PLAN = "no-plan"
    NOT_OURS = "not-ours"


@dataclass(frozen=True, slots=True)
class Claim:
    """A recorded claim of fulfilment and what it comes to on a day; ``plan`` is nothing where a plan is denied at all."""

    node: str
    plan: str | None
    state: str
    standing: Standing | None
    answer: Answer
    due: RoughDate | None

    @property
    def counts(self) -> bool:
        """Whether the claim names a plan that existed on the day and was not denied to fulfil."""
        begun = self.standing is not None and self.standing.state is not State.NOT_YET
        return self.plan is not None and begun and self.state != DENIED

    @property
    def is_checked(self) -> bool:
        """Whether a person looked at it, whatever came out."""
        return self.state != CLAIMED


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A plan whose legal basis names the law of a duty: to be looked at by a person, not a fulfilment.

    ``duties`` is how many duties the same legal basis could mean.
    """

    plan: str
    legal_basis: str
    match: str
    duties: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Due:
    """When a duty is due next: the date as precise as it is known, its earliest day, and what it follows from."""

    at: RoughDate
    day: date
    why: Text


_RANK = {answer: place for place, answer in enumerate(Answer)}


def claims_on(network: Network, duty: str, day: date) -> tuple[Claim, ...]:
    """Return the claims that plans fulfil ``duty``, what comes nearest to fulfilment first."""
    found = [
        _claim(network, duty, node, day)
        for node in network.origins(duty, "duty")
        if network.type(node) == "Fulfilment"
    ]
    return tuple(sorted(found, key=lambda claim: (_RANK[claim.answer], not claim.is_checked, claim.node)))


def _claim(network: Network, duty: str, node: str, day: date) -> Claim:
    state = network.value(node, "fulfilmentState") or CLAIMED
    named = network.targets(node, "fulfillingPlan")
    if not named:
        missing = network.values(node, "fulfillingPlan")
        answer = Answer.NO_PLAN if state == DENIED and not missing else Answer.UNKNOWN
        return Claim(node, None, state, None, answer, None)
    found = standing(network, named[0], day)
    due = cycle_due(network, duty, named[0])
    late = _is_late(network, duty, due, day)
    return Claim(node, named[0], state, found, _answer(state, found, late=late), due)


def _answer(state: str, found: Standing, *, late: bool) -> Answer:
    """Return what a claim in this state about a plan that stands so comes to."""
    if state == DENIED:
        return Answer.UNKNOWN
    if found.state in _RUNS_OUT:
        return Answer.EXPIRED
    if found.state in _NOT_YET:
        return Answer.DRAFT
    if found.state is State.IN_FORCE and late:
        return Answer.EXPIRED
    if found.state is State.IN_FORCE and state in {CONFIRMED, PARTIAL}:
        return Answer.FULFILLED if state == CONFIRMED else Answer.PARTLY
    return Answer.UNKNOWN


def _is_late(network: Network, duty: str, due: RoughDate | None, day: date) -> bool:
    """Whether the duty asks for a new plan after some years and these are surely over."""
    renewed = network.value(duty, "cycleKind") == RENEWAL
    return renewed and due is not None and due.last is not None and due.last < day


def best_answer(claims: tuple[Claim, ...]) -> Answer:
    """Return the answer that the claims come to; unknown where there are none."""
    told = [claim.answer for claim in claims if claim.counts or claim.answer is Answer.NO_PLAN]
    return min(told, key=_RANK.__getitem__, default=Answer.UNKNOWN)


def cycle_due(network: Network, duty: str, plan: str) -> RoughDate | None:
    """Return when the cycle of a duty asks for a new plan or a review, counted from the beginning of ``plan``."""
    years = network.value(duty, "cycleYears")
    begun = rough(network, plan, "validFrom") or rough(network, plan, "decidedOn")
    if years is None or begun is None or begun.first is None:
        return None
    return years_after(begun, int(float(years)))


def years_after(begun: RoughDate, years: int) -> RoughDate:
    """Return the date so many years later, no more precise than the beginning.

    >>> years_after(parse_date("2024-01"), 5).text
    '2029-01'
    >>> years_after(parse_date("2024-02-29"), 5).text
    '2029-02-28'
    """
    if begun.first is None:
        return begun
    text = begun.text if re.fullmatch(r"\d{4}(-\d\d){0,2}", begun.text) else str(begun.first.year)
    later = f"{int(text[:4]) + years:04d}{text[4:]}"
    try:
        return parse_date(later)
    except ValueError:
        return parse_date(f"{later[:7]}-28")


def next_due(network: Network, duty: str, claims: tuple[Claim, ...], check: str | None) -> Due | None:
    """Return when ``duty`` is due next; nothing where neither a plan nor a first deadline tells.

    A plan in force is due at the end of its period or of the cycle, whichever is first; a plan that has ended was due at
    its end; without any plan the first deadline counts.
    """
    for claim in claims:
        if claim.counts and (dated := _plan_due(network, claim)):
            return dated
    for node, name in ((check, "firstDue"), (duty, "firstDue")):
        first = rough(network, node, name) if node else None
        if first is not None and first.first is not None:
            why = Text("erste Frist nach der Norm", "first deadline by the norm")
            return Due(first, first.first, why)
    return None


def _plan_due(network: Network, claim: Claim) -> Due | None:
    plan = str(claim.plan)
    label = network.label(plan)
    dated = []
    if claim.due is not None and claim.due.first is not None:
        why = Text(f"Turnus ab „{label}“", f"cycle counted from “{label}”")
        dated.append(Due(claim.due, claim.due.first, why))
    end = rough(network, plan, "validTo")
    if end is not None and end.first is not None:
        dated.append(Due(end, end.first, Text(f"Ende von „{label}“", f"end of “{label}”")))
    return min(dated, key=lambda due: due.day, default=None)


def suggestions_on(network: Network, duty: str, bearer: str | None, day: date) -> tuple[Suggestion, ...]:
    """Return the plans whose legal basis names the law of ``duty``, open ones and closer matches first.

    Plans that another organisation than the ``bearer`` leads are left out, and so are plans already claimed.
    """
    told = {
        plan
        for node in network.origins(duty, "duty")
        if network.type(node) == "Fulfilment"
        for plan in network.targets(node, "fulfillingPlan")
    }
    found = [
        Suggestion(plan, basis, match, _meant(network, basis), standing(network, plan, day))
        for plan in network.of_type("Plan")
        if (basis := network.value(plan, "legalBasis"))
        and (match := law_match(network, duty, basis))
        and plan not in told
        and _is_led_by(network, plan, bearer)
    ]
    return tuple(sorted(found, key=lambda s: (not s.standing.is_open, s.match != "section", s.plan)))


def _meant(network: Network, basis: str) -> int:
    """Return how many duties a legal basis could mean."""
    return sum(law_match(network, duty, basis) is not None for duty in network.of_type("PlanningDuty"))


def _is_led_by(network: Network, plan: str, bearer: str | None) -> bool:
    """Whether a plan can be the bearer's: led by it, or, where the bearer is the city, by none of its partners."""
    leads = network.targets(plan, "leadUnit")
    if bearer in leads:
        return True
    is_partner = bearer is not None and bearer in network.multigraph and network.type(bearer) == "Partner"
    return not is_partner and all(network.type(lead) != "Partner" for lead in leads)


def law_match(network: Network, duty: str, basis: str) -> str | None:
    """Return how a legal basis names the norm of a duty: ``section``, ``law``, ``predecessor``, or not at all."""
    sections = _sections(basis)
    for norm in network.targets(duty, "norm"):
        if any(_names(basis, law) for law in _laws(network.value(norm, "lawName") or "")):
            own = _sections(network.value(norm, "section") or "")
            if not sections:
                return "law"
            return "section" if sections & own else None
        before = network.value(norm, "predecessorText")
        if before and before in basis:
            return "predecessor"
    return None


@cache
def _laws(text: str) -> tuple[str, ...]:
    """Return the names of laws as others may write them: without brackets and without the name of the state.

    >>> _laws("KJFöG NRW (3. AG-KJHG)")
    ('KJFöG', '3. AG-KJHG')
    """
    names: list[str] = []
    for law in text.split(";"):
        names.append(re.sub(r"\(.*?\)", "", law).strip().removesuffix(" NRW").strip())
        names += [named for named in re.findall(r"\((.*?)\)", law) if re.search(r"\d", named)]
    return tuple(filter(None, names))


@cache
def _names(basis: str, law: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(law)}(?![\w-])", basis) is not None


@cache
def _sections(text: str) -> frozenset[str]:
    """Return the numbers of the sections that a text names, ranges filled.

    >>> sorted(_sections("SGB VIII §§ 11–13"))
    ['11', '12', '13']
    """
    found: set[str] = set()
    for place in re.findall(r"§§?\s*(\d+[a-z]?(?:\s*[–,-]\s*\d+[a-z]?)*)", text):
        for start, _, end in (part.strip().partition("–") for part in place.replace("-", "–").split(",")):
            if start.isdigit() and end.strip().isdigit():
                found |= {str(number) for number in range(int(start), int(end) + 1)}
            else:
                found |= {part.strip() for part in (start, end) if part.strip()}
    return frozenset(found)
