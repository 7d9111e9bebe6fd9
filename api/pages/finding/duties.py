"""The ladder of planning duties: by deadline, each with its norm, its answer, whom it binds and with whom it ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.frame.call import Asked, Call, described, parameter
from api.pages.frame.kinds import page_address
from api.tables.duty_table import duty_document
from api.wording.texts import TEXTS
from graph.errors import BadRequest
from graph.findings.duty.document import ladder_json
from graph.findings.duty.ladder import ANSWERS, DISCLAIMER
from graph.findings.duty.law import Reach, bodies
from graph.findings.rules.duty_gaps import RULE
from graph.findings.rules.legal_coordination import KIND as COORDINATION_DUTY
from graph.findings.rules.registry import BY_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.network.build import Network

router = APIRouter(tags=["findings"])

DELEGATION: Mapping[str, bool] = {"on": True, "off": False}
#: The parts of the page: what binds the body, what nobody can say yet, what binds others.
PARTS: Mapping[str, tuple[Reach, ...]] = {
    "ours": (Reach.OURS,),
    "open": (Reach.UNCHECKED, Reach.OPEN),
    "others": (Reach.DELEGATED, Reach.NOT_MET, Reach.OTHERS),
}

DelegationParam = Annotated[
    str,
    parameter(
        "on: übertragene Aufgaben zählen nicht mit; off: nach der Rechtsstellung allein",
        "on: tasks handed over do not count; off: by legal status alone",
    ),
]
BodyParam = Annotated[str, parameter("Körperschaft, wie stadt-aachen", "public body, like stadt-aachen")]
AnswerParam = Annotated[str, parameter("Antwort, wie unknown oder draft", "answer, like unknown or draft")]


@router.get(
    "/duties", **described("Planungspflichten nach Frist, mit Antwort", "planning duties by deadline")
)
def duties(
    call: Asked, delegation: DelegationParam = "on", body: BodyParam = "", answer: AnswerParam = ""
) -> Response:
    """Answer with the ladder of duties of a day; where none are recorded, with the way to import them."""
    _check("delegation", delegation, DELEGATION)
    _check("answer", answer, ("", *(known.value for known in ANSWERS)))
    return call.answer("duties.html", lambda: _view(call, delegation, body, answer), _document)


def _check(name: str, word: str, known: Iterable[str]) -> None:
    if word not in (choice := tuple(known)):
        possible = ", ".join(filter(None, choice))
        raise BadRequest(
            f"{name}={word} gibt es nicht; möglich sind: {possible}.",
            f"There is no {name}={word}; possible are: {possible}.",
        )


def _view(call: Call, delegation: str, body: str, answer: str) -> dict[str, Any]:
    network = call.network
    if not network.of_type("PlanningDuty"):
        return {"document": _nothing(call), "as_of": call.day, "is_empty": True}
    known = [network.id(one) for one in bodies(network)]
    asked = body or next(iter(known), None)
    ladder = call.site.workspace.duties(call.day, asked, delegation=DELEGATION[delegation])
    document = duty_document(call.site.workspace.duty_gaps(ladder), ladder_json(network, ladder))
    if answer:
        document["duties"] = [step for step in document["duties"] if step["answer"]["code"] == answer]
    return {
        "document": document,
        "as_of": call.day,
        "is_empty": False,
        "parts_of": _parts(document["duties"]),
        "bodies": [(local, network.label(network.ids[local])) for local in known],
        "answers": [(one.value, text) for one, text in ANSWERS.items()],
        "asked": {"delegation": delegation, "body": asked, "answer": answer},
        "pages": _pages(network, document["duties"]),
        "has_cards": RULE.id in BY_ID,
        "unmet": _unmet(call),
    }


def _unmet(call: Call) -> dict[str, list[str]]:
    """Return the findings of each coordination duty: two plans in force that it joins, and nobody recorded as joined."""
    found: dict[str, list[str]] = {}
    for finding in call.findings.findings:
        if finding.kind == COORDINATION_DUTY:
            found.setdefault(finding.details["coordination_duty"], []).append(finding.id)
    return found


def _document(view: Mapping[str, Any]) -> Any:
    return view["document"]


def _nothing(call: Call) -> dict[str, Any]:
    """Return the document of a store without duties."""
    return {
        "as_of": call.day,
        "snapshot": call.snapshot,
        "disclaimer": DISCLAIMER.document(),
        "body": None,
        "text": TEXTS["duties.none"].document(),
        "findings": [],
        "duties": [],
        "not_in_force": [],
    }


def _parts(steps: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Return the duties in the parts of the page, each part in the order of the ladder, empty parts left out."""
    held = list(steps)
    parts = [
        (name, [step for step in held if step["reach"]["code"] in {reach.value for reach in reaches}])
        for name, reaches in PARTS.items()
    ]
    return [part for part in parts if part[1]]


def _pages(network: Network, steps: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the addresses of the plans and bodies that duties name, by id."""
    held = list(steps)
    ids = {entry["plan"]["id"] for step in held for entry in step["fulfilments"] if entry["plan"]}
    ids |= {entry["plan"]["id"] for step in held for entry in step["suggestions"]}
    ids |= {step["delegation"]["to"]["id"] for step in held if step["delegation"]}
    ids |= {step["id"] for step in held}
    return {local: page_address(network, node) for local in sorted(ids) if (node := network.iri(local))}
