"""Who is missing at the table: per topic the bodies, who sits in them, and who has a stake and no seat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response

from api.pages.frame.call import Asked, Call, described
from api.pages.frame.facts import Entry, thing_entry
from api.pages.frame.kinds import page_address
from api.wanted import not_found
from api.wording.texts import TEXTS
from graph.findings.rules.congruence import congruences
from graph.findings.rules.overlap import overlap_coverage
from graph.findings.seats import reason_text, round_of
from graph.network.layout import natural
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.findings.rules.congruence import Congruence
    from graph.findings.rules.overlap import Candidates
    from graph.findings.seats import Round, Stakeholder
    from graph.network.build import Network

router = APIRouter(tags=["findings"])


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many pairs of leads on a topic are recorded as coordinated: as a share and in words."""

    met: int
    pairs: int
    share: float | None
    words: Text


@dataclass(frozen=True, slots=True)
class Line:
    """A topic in the list: its bodies, its agreement, and how many have a stake with and without a seat."""

    topic: Entry
    bodies: tuple[Entry, ...]
    agreement: Agreement
    seated: int
    missing: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with a stake, and why: each reason with the page of what it speaks of."""

    unit: Entry
    reasons: tuple[tuple[Text, str], ...]


@router.get(
    "/seats", **described("Wer fehlt am Tisch? Alle Themen", "who is missing at the table? all topics")
)
def all_seats(call: Asked) -> Response:
    """Answer with every topic that somebody has a stake in, least coordinated first."""
    return call.answer("seats.html", lambda: _list_view(call), _list_document)


@router.get(
    "/seats/{id}",
    **described("Wer fehlt am Tisch? Ein Thema", "who is missing at the table? one topic"),
)
def seats_of(call: Asked, topic: Annotated[str, Path(alias="id")]) -> Response:
    """Answer with the bodies of a topic, who sits in them, and who has a stake and no seat."""
    return call.answer("seats.html", lambda: _topic_view(call, topic), _topic_document)


def _list_view(call: Call) -> dict[str, Any]:
    candidates = call.site.workspace.candidates(call.day)
    lines = call.keep("seats", lambda: _lines(candidates), call.day)
    return {
        "topic": None,
        "lines": lines,
        "coverage": overlap_coverage(candidates),
        "as_of": call.day,
        "snapshot": call.snapshot,
    }


def _lines(candidates: Candidates) -> list[Line]:
    network = candidates.network
    found = _congruence_by_topic(candidates)
    lines = [
        _line(network, round_of(candidates, topic), found.get(topic)) for topic in network.of_type("Topic")
    ]
    held = [line for line in lines if line.seated or line.missing]
    return sorted(held, key=_least_agreed)


def _least_agreed(line: Line) -> tuple[Any, ...]:
    share = line.agreement.share
    return share is None, share or 0.0, -line.agreement.pairs, natural(line.topic.text.de)


def _congruence_by_topic(candidates: Candidates) -> dict[str, Congruence]:
    return {found.stake.topic: found for found in congruences(candidates)}


def _line(network: Network, found: Round, congruence: Congruence | None) -> Line:
    missing = len(found.missing)
    return Line(
        topic=thing_entry(network, found.topic),
        bodies=tuple(thing_entry(network, body) for body in found.bodies),
        agreement=agreement(congruence),
        seated=len(found.stakeholders) - missing,
        missing=missing,
    )


def agreement(found: Congruence | None) -> Agreement:
    """Return a congruence in numbers and words; without two leads there is nothing to agree on."""
    if found is None:
        return Agreement(0, 0, None, TEXTS["congruence.one"])
    met, pairs = len(found.met), len(found.met) + len(found.unmet)
    half = 2 * met >= pairs
    word = "none" if not met else "all" if met == pairs else "most" if half else "few"
    return Agreement(met, pairs, round(found.share, 3), TEXTS[f"congruence.{word}"])


def _topic_view(call: Call, local: str) -> dict[str, Any]:
    network = call.network
    node = network.iri(local)
    if node is None or network.type(node) != "Topic":
        raise not_found(local, [network.id(topic) for topic in network.of_type("Topic")])
    candidates = call.site.workspace.candidates(call.day)
    found = round_of(candidates, node)
    congruence = _congruence_by_topic(candidates).get(node)
    return {
        "topic": thing_entry(network, node),
        "bodies": [thing_entry(network, body) for body in found.bodies],
        "agreement": agreement(congruence),
        "unmet": _pairs(network, congruence),
        "missing": [_holder(network, holder) for holder in found.missing],
        "seated": [_holder(network, holder) for holder in found.stakeholders if holder.seated],
        "coverage": overlap_coverage(candidates),
        "as_of": call.day,
        "snapshot": call.snapshot,
    }


def _pairs(network: Network, found: Congruence | None) -> list[tuple[Entry, Entry]]:
    return [
        (thing_entry(network, one), thing_entry(network, other))
        for one, other in (found.unmet if found else ())
    ]


def _holder(network: Network, holder: Stakeholder) -> Holder:
    return Holder(
        unit=thing_entry(network, holder.unit),
        reasons=tuple(
            (reason_text(network, reason), page_address(network, reason[1])) for reason in holder.reasons
        ),
    )


def _list_document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "as_of": view["as_of"],
        "snapshot": view["snapshot"],
        "coverage": view["coverage"],
        "topics": [
            {
                **_named(line.topic),
                "bodies": [_named(body) for body in line.bodies],
                "congruence": _agreement_json(line.agreement),
                "seated": line.seated,
                "missing": line.missing,
            }
            for line in view["lines"]
        ],
    }


def _topic_document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "as_of": view["as_of"],
        "snapshot": view["snapshot"],
        "coverage": view["coverage"],
        "topic": _named(view["topic"]),
        "bodies": [_named(body) for body in view["bodies"]],
        "congruence": _agreement_json(view["agreement"]),
        "unmet": [[one.id, other.id] for one, other in view["unmet"]],
        "missing": [_holder_json(holder) for holder in view["missing"]],
        "seated": [_holder_json(holder) for holder in view["seated"]],
    }


def _named(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "label": entry.text.de}


def _agreement_json(found: Agreement) -> dict[str, Any]:
    return {"met": found.met, "pairs": found.pairs, "share": found.share, "words": found.words.document()}


def _holder_json(holder: Holder) -> dict[str, Any]:
    return {**_named(holder.unit), "reasons": [text.document() for text, _ in holder.reasons]}
