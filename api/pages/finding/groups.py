"""Groups of plans that share exactly the same topics, target groups and areas."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.frame.call import Asked, Call, described
from api.pages.frame.facts import Entry, thing_entry
from api.wording.texts import TEXTS
from graph.findings.groups import closed_groups, group_sentence
from graph.findings.rules.overlap import HINT, overlap_coverage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.findings.groups import Group
    from graph.network.build import Network
    from ontology.text import Text

router = APIRouter(tags=["findings"])

_FACETS: Mapping[str, str] = {"Topic": "topic", "TargetGroup": "targetGroup", "Area": "area"}


@dataclass(frozen=True, slots=True)
class Card:
    """A group as its card shows it: the plans with their leads, and what they share by facet."""

    plans: tuple[tuple[Entry, tuple[Entry, ...]], ...]
    concepts: tuple[tuple[Text, tuple[Entry, ...]], ...]
    weight: float
    leads: int
    sentence: Text


@router.get(
    "/groups",
    **described("Planwerke, die genau dasselbe teilen", "plans that share exactly the same concepts"),
)
def groups(call: Asked) -> Response:
    """Answer with the weightiest groups of a day."""
    return call.answer("groups.html", lambda: _view(call), _document)


def _view(call: Call) -> dict[str, Any]:
    candidates = call.site.workspace.candidates(call.day)
    found = call.keep("groups", lambda: closed_groups(candidates), call.day)
    return {
        "groups": [_card(call.network, group) for group in found],
        "hint": HINT,
        "coverage": overlap_coverage(candidates),
        "as_of": call.day,
        "snapshot": call.snapshot,
    }


def _card(network: Network, group: Group) -> Card:
    by_facet: defaultdict[str, list[Entry]] = defaultdict(list)
    for concept in group.concepts:
        by_facet[_FACETS[network.type(concept)]].append(thing_entry(network, concept))
    return Card(
        plans=tuple((thing_entry(network, plan), _leads(network, plan)) for plan in group.plans),
        concepts=tuple(
            (TEXTS[f"facets.{facet}"], tuple(by_facet[facet]))
            for facet in _FACETS.values()
            if facet in by_facet
        ),
        weight=group.weight,
        leads=group.leads,
        sentence=group_sentence(network, group),
    )


def _leads(network: Network, plan: str) -> tuple[Entry, ...]:
    return tuple(thing_entry(network, unit) for unit in network.targets(plan, "leadUnit"))


def _document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "as_of": view["as_of"],
        "snapshot": view["snapshot"],
        "coverage": view["coverage"],
        "groups": [_group_json(card) for card in view["groups"]],
    }


def _group_json(card: Card) -> dict[str, Any]:
    return {
        "plans": [entry.id for entry, _ in card.plans],
        "concepts": [entry.id for _, entries in card.concepts for entry in entries],
        "departments": sorted({str(lead.id) for _, leads in card.plans for lead in leads}),
        "leads": card.leads,
        "weight": round(card.weight, 4),
        "sentence": card.sentence.document(),
    }
