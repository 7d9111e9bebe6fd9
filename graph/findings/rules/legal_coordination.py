"""Rule 5, third part: plans in force that the law wants coordinated, and for which no coordination is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from graph.errors import Text
from graph.findings.coverage import is_asked
from graph.findings.duty.agreeing import Agreements, Meeting, Side, agreements_on
from graph.findings.duty.document import coordination_text
from graph.findings.duty.ladder import DISCLAIMER
from graph.findings.finding import Evidence, Finding, Rule, evidence, finding_id, link_evidence
from graph.findings.rules.duty_gaps import at, claim_evidence
from graph.network.build import Network

KIND = "coordination-duty"
TITLE = Text(
    "Abstimmungspflicht ohne erfasste Abstimmung", "Duty to coordinate without recorded coordination"
)
NOT_CHECKED = Text("nicht an einem Text geprüft", "not checked against a text")


def find_legal_gaps(network: Network, day: date, rule: Rule) -> list[Finding]:
    """Return a finding of ``rule`` for each two plans in force that a coordination duty joins and nobody recorded as joined."""
    return [_finding(network, meeting, rule) for meeting in agreements_on(network, day).unmet]


def _finding(network: Network, meeting: Meeting, rule: Rule) -> Finding:
    plans = (meeting.one.plan, meeting.other.plan)
    a, b = map(network.label, plans)
    leads = dict.fromkeys(unit for plan in plans for unit in network.targets(plan, "leadUnit"))
    said, norm = coordination_text(network, meeting.duty), _norm(network, meeting.duty)
    strength = _strength(network, meeting.duty)
    return Finding(
        id=finding_id(f"{rule.id}-duty", (meeting.duty, *plans)),
        rule=rule,
        kind=KIND,
        band=_band(network, plans),
        score=None,
        nodes=tuple(map(network.id, plans)),
        plans=tuple(map(network.id, plans)),
        departments=tuple(map(network.id, leads)),
        sentence=Text(
            f"Zwischen „{a}“ und „{b}“ ist keine Abstimmung erfasst. Verlangt ist sie nach {norm} ({strength.de}): {said.de}.",
            f"Between “{a}” and “{b}” no coordination is recorded. It is asked for by {norm} ({strength.en}): {said.en}.",
        ),
        evidence=tuple(_evidence(network, meeting)),
        details=_details(network, meeting),
    )


def _band(network: Network, plans: tuple[str, ...]) -> str:
    """Return *belegt* where both plans were asked who takes part, or their lists declared complete; else *hinweis*."""
    asked = all(is_asked(network, plan, "participatingUnit") for plan in plans)
    return "belegt" if asked else "hinweis"


def _norm(network: Network, duty: str) -> str:
    return next((network.label(norm) for norm in network.targets(duty, "norm")), "?")


def _strength(network: Network, duty: str) -> Text:
    concept = network.words.vocabulary.concept("duty-modality", network.value(duty, "dutyModality") or "")
    return concept.label if concept else Text("offen", "open")


def _checked(network: Network, duty: str) -> Text:
    """Return whether a coordination duty was checked against a text, and when."""
    days = [day for norm in network.targets(duty, "norm") if (day := network.value(norm, "checkedOn"))]
    if days:
        return Text(f"geprüft am {days[0]}", f"checked on {days[0]}")
    if network.value(duty, "verified") == "true":
        return Text("an einem Text geprüft, Prüftag nicht angegeben", "checked against a text, day not given")
    return NOT_CHECKED


def _version(network: Network, duty: str) -> Text:
    """Return since when the version of the norm holds, where that is recorded."""
    since = next(
        (v for norm in network.targets(duty, "norm") if (v := network.value(norm, "validFrom"))), None
    )
    if since is None:
        return Text("Beginn der Fassung nicht erhoben", "start of the version not collected")
    return Text(f"Fassung ab {since}", f"version from {since}")


def _details(network: Network, meeting: Meeting) -> dict[str, Any]:
    return {
        "title": TITLE.document(),
        "coordination_duty": network.id(meeting.duty),
        "modality": network.value(meeting.duty, "dutyModality"),
        "norm": _norm(network, meeting.duty),
        "version": _version(network, meeting.duty).document(),
        "checked": _checked(network, meeting.duty).document(),
        "disclaimer": DISCLAIMER.document(),
    }


def _evidence(network: Network, meeting: Meeting) -> Iterator[Evidence]:
    """Yield what the law says, which plan was confirmed for which duty, and who leads the plans."""
    duty = meeting.duty
    said, norm = coordination_text(network, duty), _norm(network, duty)
    for value in network.values(duty, "dutyModality"):
        strength = _strength(network, duty)
        text = Text(f"{norm}: {said.de} ({strength.de})", f"{norm}: {said.en} ({strength.en})")
        yield at(evidence(network, text, value.source, "dutyModality"), network.value(duty, "address"))
    for side in (meeting.one, meeting.other):
        yield from _side_evidence(network, side)


def _side_evidence(network: Network, side: Side) -> Iterator[Evidence]:
    yield from claim_evidence(network, side.claim)
    for link in network.links_from(side.plan, "leadUnit"):
        yield from link_evidence(network, link)


def coverage_text(found: Agreements) -> Text:
    """Return in one sentence what could and could not be looked at."""
    if not found.recorded:
        return Text("Abstimmungspflichten sind nicht erfasst.", "Duties to coordinate are not recorded.")
    between, pairs, unmet = len(found.between_types), len(found.meetings), len(found.unmet)
    return Text(
        f"{found.recorded} Abstimmungspflichten erfasst; {between} verbinden am Stichtag zwei Arten von Planwerken. Für "
        f"{found.without_plans} davon ist nicht auf beiden Seiten ein geltendes Planwerk bestätigt (für {found.only_claimed} "
        f"nur behauptet). Geprüfte Paare von Planwerken: {pairs}, davon ohne erfasste Abstimmung: {unmet}.",
        f"{found.recorded} duties to coordinate recorded; {between} join two types of plan on the day. For "
        f"{found.without_plans} of them no plan in force is confirmed on both sides (for {found.only_claimed} only "
        f"claimed). Pairs of plans looked at: {pairs}, of them without recorded coordination: {unmet}.",
    )


def legal_coverage(network: Network, day: date) -> dict[str, Any]:
    """Return how many coordination duties were looked at, and what they came to."""
    found = agreements_on(network, day)
    return {
        "recorded": found.recorded,
        "binding": found.binding,
        "between_types": len(found.between_types),
        "pairs": len(found.meetings),
        "unmet": len(found.unmet),
        "lead_unknown": len(found.in_state("lead unknown")),
        "without_plans": found.without_plans,
        "only_claimed": found.only_claimed,
        "text": coverage_text(found).document(),
    }
