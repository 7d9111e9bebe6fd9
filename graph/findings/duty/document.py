"""The ladder of duties as one document, for the page, the command line and programs."""

from __future__ import annotations

from typing import Any

from graph.errors import Text
from graph.findings.duty.answers import Claim, Suggestion
from graph.findings.duty.ladder import (
    ANSWERS,
    DISCLAIMER,
    REACHES,
    DutyLadder,
    Step,
    checked_text,
    label_of,
    modality_text,
    named,
    role_text,
)
from graph.findings.duty.law import Condition, Law, Norm, NormState
from graph.findings.rules.duty_gaps import gap_id
from graph.network.build import Network

NORM_STATES: dict[NormState, Text] = {
    NormState.IN_FORCE: Text("gilt", "in force"),
    NormState.PREDECESSOR: Text("nur Vorgängernorm", "only a predecessor"),
    NormState.NOT_YET: Text("noch nicht in Kraft", "not yet in force"),
    NormState.REPEALED: Text("aufgehoben", "repealed"),
    NormState.NONE: Text("keine Norm gefunden", "no norm found"),
}
MATCHES: dict[str, Text] = {
    "section": Text("nennt Gesetz und Paragraf", "names law and section"),
    "law": Text("nennt das Gesetz, keinen Paragrafen", "names the law, no section"),
    "predecessor": Text("nennt die Vorgängernorm", "names the predecessor"),
}
TO_CONFIRM = Text("Vorschlag, von einer Person zu bestätigen", "suggestion, to be confirmed by a person")

Json = dict[str, Any]


def ladder_json(network: Network, ladder: DutyLadder) -> Json:
    """Return the whole ladder: body, counts, disclaimer, the steps by deadline, and the duties not in force."""
    return {
        "as_of": ladder.day.isoformat(),
        "body": _thing(network, ladder.body) if ladder.body else None,
        "delegation": ladder.delegation,
        "disclaimer": DISCLAIMER.document(),
        "counts": {
            "must_by_status": ladder.must_by_status,
            "must_after_delegation": ladder.must_after_delegation,
            "must": sum(step.law.is_must for step in ladder.steps),
            "in_force": len(ladder.steps),
            "not_in_force": len(ladder.not_in_force),
            "answers": _counted(ladder),
        },
        "duties": [step_json(network, ladder, step) for step in ladder.steps],
        "not_in_force": [_silent_json(network, law) for law in ladder.not_in_force],
    }


def _counted(ladder: DutyLadder) -> dict[str, int]:
    """Return how many of the musts and shoulds that bind the body have each answer."""
    answers = [step.answer for step in ladder.steps if step.is_gap or step.law.is_must]
    return {answer.value: answers.count(answer) for answer in ANSWERS if answer in answers}


def step_json(network: Network, ladder: DutyLadder, step: Step) -> Json:
    """Return one duty of the ladder with everything that the page shows of it."""
    duty, law = step.duty, step.law
    return {
        "id": network.id(duty),
        "instrument": label_of(network, duty).document(),
        "required": _code(network, network.targets(duty, "requires")[0], "requiredKind"),
        "modality": {"code": law.norm.modality, **modality_text(network, law).document()},
        "reach": {"code": law.reach.value, **REACHES[law.reach].document()},
        "is_must": law.is_must,
        "norm": _norm_json(law.norm),
        "checked": _checked_json(network, law),
        "condition": _condition_json(law.condition),
        "addressee": _addressee_json(network, duty),
        "delegation": _delegation_json(network, law),
        "cycle": _cycle_json(network, duty),
        "due": _due_json(ladder, step),
        "answer": {
            "code": step.answer.value,
            **ANSWERS[step.answer].document(),
            "reason": step.reason.document(),
        },
        "fulfilments": [_claim_json(network, claim) for claim in step.claims],
        "suggestions": [_suggestion_json(network, entry) for entry in step.suggestions],
        "coordination": [coordination_json(network, node, duty) for node in step.coordination],
        "participation": network.value(duty, "participationText"),
        "target_groups": _listed(network, duty, "targetGroupText"),
        "topics": _listed(network, duty, "topicText"),
        "note": network.value(duty, "note"),
        "finding": gap_id(duty, ladder.body) if step.is_gap else None,
    }


def _silent_json(network: Network, law: Law) -> Json:
    return {
        "id": network.id(law.duty),
        "instrument": label_of(network, law.duty).document(),
        "norm": _norm_json(law.norm),
    }


def _norm_json(norm: Norm) -> Json:
    return {
        "text": norm.text,
        "state": {"code": norm.state.value, **NORM_STATES[norm.state].document()},
        "valid_from": norm.valid_from.text if norm.valid_from else None,
        "valid_to": norm.valid_to.text if norm.valid_to else None,
        "predecessor": norm.predecessor,
    }


def _checked_json(network: Network, law: Law) -> Json:
    duty = law.duty
    return {
        "on": law.norm.checked_on,
        "verified": network.value(duty, "verified") == "true",
        "against": network.value(duty, "checkedAgainst"),
        "not_checked": network.value(duty, "notChecked"),
        "url": network.value(duty, "address"),
        **checked_text(network, law).document(),
    }


def _condition_json(condition: Condition | None) -> Json | None:
    if condition is None:
        return None
    unchecked = Text("Bedingung nicht geprüft", "condition not checked")
    checked = Text(f"Bedingung {condition.state}", f"condition {_IN_ENGLISH.get(condition.state or '', '')}")
    return {
        "text": condition.text,
        "state": condition.state,
        **(checked if condition.state else unchecked).document(),
    }


_IN_ENGLISH = {"erfüllt": "met", "nicht erfüllt": "not met"}


def _addressee_json(network: Network, duty: str) -> Json:
    return {
        "bearer": network.value(duty, "bearerText"),
        "text": network.value(duty, "addresseeText"),
        "roles": sorted(value.text for value in network.values(duty, "addresseeRole")),
    }


def _delegation_json(network: Network, law: Law) -> Json | None:
    if law.delegation is None:
        return None
    node = law.delegation.node
    return {
        "to": _thing(network, law.delegation.to),
        "since": network.value(node, "since"),
        "basis": network.value(node, "basis"),
    }


def _cycle_json(network: Network, duty: str) -> Json | None:
    text = network.value(duty, "cycleText")
    years = network.value(duty, "cycleYears")
    if text is None:
        return None
    return {
        "text": text,
        "kind": _code(network, duty, "cycleKind"),
        "years": int(float(years)) if years else None,
    }


def _due_json(ladder: DutyLadder, step: Step) -> Json | None:
    if step.due is None:
        return None
    last = step.due.at.last
    return {
        "date": step.due.at.text,
        "overdue": last is not None and last < ladder.day,
        **step.due.why.document(),
    }


def _claim_json(network: Network, claim: Claim) -> Json:
    return {
        "plan": _thing(network, claim.plan) if claim.plan else None,
        "state": _code(network, claim.node, "fulfilmentState"),
        "by": role_text(network, claim.node).document(),
        "on": network.value(claim.node, "statedOn"),
        "basis": network.value(claim.node, "basis"),
        "answer": claim.answer.value,
        "standing": claim.standing.why.document() if claim.standing else None,
    }


def _suggestion_json(network: Network, entry: Suggestion) -> Json:
    return {
        "plan": _thing(network, entry.plan),
        "legal_basis": entry.legal_basis,
        "match": {"code": entry.match, **_match_text(entry).document()},
        "standing": entry.standing.why.document(),
        **TO_CONFIRM.document(),
    }


def _match_text(entry: Suggestion) -> Text:
    match = MATCHES[entry.match]
    if entry.duties == 1:
        return match
    return Text(
        f"{match.de}; {entry.duties} Pflichten kommen infrage",
        f"{match.en}; {entry.duties} duties could be meant",
    )


def coordination_text(network: Network, node: str) -> Text:
    """Return a coordination duty as a sentence: which type of plan, what the norm wants, with what or whom."""
    start = [label_of(network, kind) for kind in network.targets(node, "fromType")]
    ends = {
        network.id(kind).rpartition("/")[2]: label_of(network, kind)
        for kind in network.targets(node, "toType")
    }
    parts = [part.strip() for part in (network.value(node, "toText") or "").split(";")]
    others = [ends.get(part, Text(part, part)) for part in parts]
    relation = _code(network, node, "coordinationRelation") or {"de": "", "en": ""}
    de = f"{', '.join(t.de for t in start)} {relation['de']}: {', '.join(t.de for t in others)}"
    en = f"{', '.join(t.en for t in start)} {relation['en']}: {', '.join(t.en for t in others)}"
    return Text(de, en)


def coordination_json(network: Network, node: str, duty: str) -> Json:
    """Return one coordination duty as seen from ``duty``: who is tied to whom, how strongly, by which norm."""
    here = network.targets(duty, "requires")
    start = network.targets(node, "fromType")
    return {
        "id": network.id(node),
        "direction": "out" if set(start) & set(here) else "in",
        "sentence": coordination_text(network, node).document(),
        "relation": _code(network, node, "coordinationRelation"),
        "to": network.value(node, "toText"),
        "to_instruments": [
            {"id": network.id(kind).rpartition("/")[2], **label_of(network, kind).document()}
            for kind in network.targets(node, "toType")
        ],
        "kind": _code(network, node, "coordinationKind"),
        "modality": _code(network, node, "dutyModality"),
        "norm": next((network.label(norm) for norm in network.targets(node, "norm")), None),
        "verified": network.value(node, "verified") == "true",
        "url": network.value(node, "address"),
    }


def _code(network: Network, node: str, name: str) -> Json | None:
    """Return a code as typed and in both languages; a code of the city's own only as typed."""
    values = network.values(node, name)
    if not values:
        return None
    code = network.words.code(values[0].iri)
    label = code.label if code else Text(values[0].text, values[0].text)
    return {"code": values[0].text, **label.document()}


def _listed(network: Network, duty: str, name: str) -> list[str]:
    return [part.strip() for part in (network.value(duty, name) or "").split(";") if part.strip()]


def _thing(network: Network, node: str) -> Json:
    return {"id": network.id(node), "label": named(network, node)}
