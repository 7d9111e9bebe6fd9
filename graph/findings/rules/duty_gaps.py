"""Rule 9, Pflichtlücke: a duty that binds a body on a day and that no confirmed plan in force fulfils.

The finding is *belegt* where a person looked and found no fulfilment, else *hinweis*: not recorded is not the same as not
done. Its id hangs on duty and body, never on the answer, so that a decision survives when the answer changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from graph.errors import Text
from graph.findings.duty.answers import Answer, Claim
from graph.findings.duty.ladder import (
    ANSWERS,
    DISCLAIMER,
    DutyLadder,
    Step,
    checked_text,
    duty_ladder,
    label_of,
    modality_text,
)
from graph.findings.duty.law import bodies
from graph.findings.finding import Evidence, Finding, Rule, evidence, finding_id, value_evidence
from graph.network.build import Network

RULE = Rule(
    "duty",
    1,
    Text(
        "Pflicht (muss oder soll), deren Norm am Stichtag gilt, die sich an eine Rolle der Körperschaft richtet, deren "
        "Bedingung vorliegt und die niemand übernommen hat; gemeldet, solange kein bestätigtes Planwerk in Kraft sie erfüllt.",
        "A duty (must or should) whose norm is in force on the day, that addresses a role of the body, whose condition is "
        "met and that nobody took over; reported as long as no confirmed plan in force fulfils it.",
    ),
)


TITLES: dict[Answer, Text] = {
    Answer.PARTLY: Text("Pflicht, Planwerk passt nur teilweise", "Duty, the plan only partly fits"),
    Answer.UNKNOWN: Text("Pflicht, Erfüllung nicht bekannt", "Duty, fulfilment not known"),
    Answer.DRAFT: Text("Pflicht, nur Entwurf", "Duty, draft only"),
    Answer.EXPIRED: Text("Pflicht, Planwerk abgelaufen", "Duty, plan expired"),
    Answer.NO_PLAN: Text("Pflicht ohne Planwerk", "Duty without a plan"),
}


def find_duty_gaps(
    network: Network, day: date, body: str | None = None, *, delegation: bool = True
) -> list[Finding]:
    """Return a finding for each gap of a body, by deadline; without a body those of every recorded one."""
    held = (body,) if body else bodies(network)
    ladders = [duty_ladder(network, day, one, delegation=delegation, suggest=False) for one in held]
    return [gap_finding(network, ladder, step) for ladder in ladders for step in ladder.gaps]


def gap_finding(network: Network, ladder: DutyLadder, step: Step) -> Finding:
    """Return the finding of a step that is a gap; its id hangs on duty and body, never on the answer."""
    plans = tuple(dict.fromkeys(claim.plan for claim in step.claims if claim.plan))
    return Finding(
        id=gap_id(step.duty, ladder.body),
        rule=RULE,
        kind=f"duty-{step.answer}",
        band=_band(step),
        score=None,
        nodes=(network.id(step.duty),),
        plans=tuple(network.id(plan) for plan in plans),
        departments=tuple(
            dict.fromkeys(network.id(unit) for plan in plans for unit in network.targets(plan, "leadUnit"))
        ),
        sentence=_sentence(network, step),
        evidence=tuple(_evidence(network, step)),
        details=_details(network, step),
    )


def gap_id(duty: str, body: str | None) -> str:
    """Return the id of the finding on a duty of a body."""
    return finding_id(RULE.id, (duty, body or ""))


def _band(step: Step) -> str:
    """Return *belegt* where a person looked and found no fulfilment, else *hinweis*."""
    looked = any(claim.is_checked and claim.answer is step.answer for claim in step.claims)
    return "belegt" if looked and step.answer is not Answer.UNKNOWN else "hinweis"


def _sentence(network: Network, step: Step) -> Text:
    norm, label = step.law.norm, label_of(network, step.duty)
    strength, answer = modality_text(network, step.law), ANSWERS[step.answer]
    return Text(
        f"Pflicht „{label.de}“ ({norm.text}, {strength.de}): {answer.de}. {step.reason.de}",
        f"Duty “{label.en}” ({norm.text}, {strength.en}): {answer.en}. {step.reason.en}",
    )


def _details(network: Network, step: Step) -> dict[str, Any]:
    law = step.law
    checked = checked_text(network, law)
    return {
        "title": TITLES[step.answer].document(),
        "answer": step.answer.value,
        "duty": network.id(step.duty),
        "modality": law.norm.modality,
        "norm": law.norm.text,
        "checked": checked.document(),
        "due": step.due.at.text if step.due else None,
        "disclaimer": DISCLAIMER.document(),
    }


def _evidence(network: Network, step: Step) -> Iterator[Evidence]:
    """Yield the statements a gap rests on: what the law says, whom it binds, and what is known of plans."""
    law, url = step.law, network.value(step.duty, "address")
    for node, names in (
        (step.duty, ("dutyModality", "addresseeText", "trigger")),
        (law.norm.node, ("dutyModality", "lawName", "section", "validFrom", "validTo")),
    ):
        for name in names if node else ():
            for value in network.values(str(node), name):
                yield at(value_evidence(network, str(node), name, value), url)
    for record in law.holdings:
        yield _recorded(network, record, "heldRole", Text("Rolle", "Role"))
    if law.condition and law.condition.check:
        yield _recorded(network, law.condition.check, "conditionState", Text("Bedingung", "Condition"))
    for claim in step.claims:
        yield from claim_evidence(network, claim)


def claim_evidence(network: Network, claim: Claim) -> Iterator[Evidence]:
    """Yield what a claim of fulfilment says, and the status and dates of its plan."""
    label = network.label(claim.plan) if claim.plan else ""
    yield _recorded(
        network,
        claim.node,
        "fulfilmentState",
        Text(f"Erfüllung {label}".strip(), f"Fulfilment {label}".strip()),
    )
    for name in ("status", "validFrom", "validTo", "decidedOn") if claim.plan else ():
        for value in network.values(str(claim.plan), name):
            yield value_evidence(network, str(claim.plan), name, value)


def _recorded(network: Network, record: str, name: str, what: Text) -> Evidence:
    """Return a record as evidence: what it says, and what it rests on."""
    value = network.values(record, name)[0]
    basis = network.value(record, "basis") or ""
    code = network.words.code(value.iri)
    said = code.label if code else Text(value.text, value.text)
    why = f" ({basis})" if basis else ""
    statement = Text(f"{what.de}: {said.de}{why}", f"{what.en}: {said.en}{why}")
    return at(evidence(network, statement, value.source, name), network.value(record, "address"))


def at(entry: Evidence, url: str | None) -> Evidence:
    """Return evidence with the address of its own place, where one is recorded."""
    return Evidence(entry.statement, entry.source, entry.date, url or entry.url, entry.assigned)


def duty_coverage(network: Network, ladder: DutyLadder) -> dict[str, Any]:
    """Return what was looked at: duties, musts by status and after delegation, answers, and the share unknown."""
    binding = [step for step in ladder.steps if step.is_gap or step.law.is_must]
    unknown = sum(step.answer is Answer.UNKNOWN for step in binding)
    kinds = Counter(step.answer for step in ladder.gaps)
    return {
        "duties": len(network.of_type("PlanningDuty")),
        "in_force": len(ladder.steps),
        "must_by_status": ladder.must_by_status,
        "must_after_delegation": ladder.must_after_delegation,
        "binding": len(binding),
        "unknown": unknown,
        "share_unknown": round(unknown / len(binding), 3) if binding else None,
        "kinds": {
            f"duty-{answer}": _kind_coverage(answer, count, len(binding))
            for answer, count in sorted(kinds.items())
        },
        "hint": DISCLAIMER.document(),
        "text": _coverage_text(network, ladder, len(binding), unknown).document(),
    }


def _kind_coverage(answer: Answer, count: int, binding: int) -> dict[str, Any]:
    """Return how many of the binding duties have this answer, and how many of these nobody recorded."""
    unknown = count if answer is Answer.UNKNOWN else 0
    return {
        "title": TITLES[answer].document(),
        "looked_at": binding,
        "gaps": count,
        "not_recorded": unknown,
        "share_not_recorded": round(unknown / binding, 3),
    }


def coverage_on(network: Network, day: date) -> dict[str, Any]:
    """Return the coverage of a day: of the one body whose roles are recorded, or of each by its id."""
    if not network.of_type("PlanningDuty"):
        nothing = Text("Es sind keine Planungspflichten erfasst.", "No planning duties are recorded.")
        return {"duties": 0, "kinds": {}, "hint": DISCLAIMER.document(), "text": nothing.document()}
    held = bodies(network) or (None,)
    ladders = [duty_ladder(network, day, body, suggest=False) for body in held]
    found = [duty_coverage(network, ladder) for ladder in ladders]
    if len(found) == 1:
        return found[0]
    texts = {lang: " ".join(one["text"][lang] for one in found) for lang in ("de", "en")}
    of_each = {network.id(str(body)): one for body, one in zip(held, found, strict=True)}
    return {**found[0], "kinds": {}, "text": texts, "bodies": of_each}


def _coverage_text(network: Network, ladder: DutyLadder, binding: int, unknown: int) -> Text:
    total, late = len(network.of_type("PlanningDuty")), len(ladder.not_in_force)
    if ladder.body is None:
        return Text(
            f"{total} Pflichten, davon {late} am Stichtag nicht in Kraft. Für wen sie gelten, ist nicht erfasst: "
            "Es fehlen die Rollen der Körperschaft (roles.csv).",
            f"{total} duties, {late} of them not in force on the day. Whom they bind is not recorded: the roles of the "
            "public body are missing (roles.csv).",
        )
    who = label_of(network, ladder.body)
    return Text(
        f"{who.de}: {ladder.must_by_status} Muss-Pflichten nach Rechtsstatus, {ladder.must_after_delegation} nach "
        f"Übertragung. Bei {unknown} von {binding} bindenden Pflichten ist nicht bekannt, ob ein Planwerk sie erfüllt. "
        f"Am Stichtag nicht in Kraft: {late} von {total}.",
        f"{who.en}: {ladder.must_by_status} musts by legal status, {ladder.must_after_delegation} after delegation. "
        f"For {unknown} of {binding} binding duties it is not known whether a plan fulfils them. Not in force on the "
        f"day: {late} of {total}.",
    )
