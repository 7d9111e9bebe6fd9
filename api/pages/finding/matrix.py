"""Views over many: topics by target groups with what could be expected, and plans by plans with their bands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.frame.call import Asked, Call, described, parameter
from api.pages.frame.facts import Entry, thing_entry
from api.wanted import USUAL_BANDS, wanted_bands
from api.wording.texts import TEXTS
from graph.errors import BadRequest
from graph.findings.rules.overlap import BANDS
from graph.findings.rules.uncovered import catch_all_cells, cells, plans_in, uncovered_coverage
from graph.network.layout import natural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.findings.finding import Finding
    from graph.findings.rules.overlap import Candidates
    from graph.findings.rules.uncovered import Cell
    from graph.network.build import Network

router = APIRouter(tags=["findings"])

ROWS = ("topics", "plans")
ORDERS = ("lead", "title", "band")
SIGNS: Mapping[str, str] = {"stark": "■", "mittel": "◧", "schwach": "□"}
#: What stands beside the sign of a pair, by kind of overlap; nothing where no coordination is recorded.
KIND_SIGNS: Mapping[str, str] = {"overlap": "", "coordinated": "a", "other-bearer": "t", "lead-unknown": "?"}

RowsParam = Annotated[
    str,
    parameter(
        "topics: Themen × Zielgruppen; plans: Planwerke × Planwerke",
        "topics: topics × target groups; plans: plans × plans",
    ),
]
SortParam = Annotated[
    str, parameter("Ordnung der Planwerke: lead, title, band", "order of plans: lead, title, band")
]
BandParam = Annotated[
    str, parameter("Band: stark, mittel, schwach, alle", "band: stark, mittel, schwach, alle")
]
TopicParam = Annotated[str, parameter("Thema eines Feldes", "topic of a cell")]
GroupParam = Annotated[str, parameter("Zielgruppe eines Feldes", "target group of a cell")]


@dataclass(frozen=True, slots=True)
class Field:
    """A cell as the page shows it: how many plans, how many could be expected, and whether the group is everybody."""

    topic: str
    group: str
    found: int
    expected: float
    catch_all: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan on both sides of the matrix, its number there, its leads, and its pairs by the other's number."""

    number: int
    entry: Entry
    leads: tuple[Entry, ...]
    pairs: Mapping[int, Finding]


@router.get(
    "/matrix",
    **described(
        "Matrix: Themen × Zielgruppen, Planwerke × Planwerke", "matrix: topics × target groups, plans × plans"
    ),
)
def matrix(
    call: Asked,
    rows: RowsParam = "topics",
    sort: SortParam = "lead",
    band: BandParam = "",
    topic: TopicParam = "",
    group: GroupParam = "",
) -> Response:
    """Answer with one of the two matrices."""
    _check("rows", rows, ROWS)
    if rows == "plans":
        _check("sort", sort, ORDERS)
        return call.answer("matrix.html", lambda: _plans_view(call, sort, band), _plans_document)
    return call.answer("matrix.html", lambda: _topics_view(call, topic, group), _topics_document)


def _check(name: str, word: str, known: Sequence[str]) -> None:
    if word not in known:
        possible = ", ".join(known)
        raise BadRequest(
            f"{name}={word} gibt es nicht; möglich sind: {possible}.",
            f"There is no {name}={word}; possible are: {possible}.",
        )


def _topics_view(call: Call, topic: str, group: str) -> dict[str, Any]:
    network = call.network
    candidates = call.site.workspace.candidates(call.day)
    fields = call.keep("fields", lambda: _fields(candidates), call.day)
    by_place = {(field.topic, field.group): field for field in fields}
    topics = _by_name(network, {field.topic for field in fields})
    common = _by_name(network, {field.group for field in fields if not field.catch_all})
    everybody = _by_name(network, {field.group for field in fields if field.catch_all})
    return {
        "rows": "topics",
        "topics": [thing_entry(network, one) for one in topics],
        "groups": [thing_entry(network, one) for one in (*common, *everybody)],
        "everybody": {network.id(one) for one in everybody},
        "fields": [
            [by_place[network.id(one), network.id(other)] for other in (*common, *everybody)]
            for one in topics
        ],
        "coverage": uncovered_coverage(candidates),
        "chosen": _chosen(call, candidates, topic, group),
        "as_of": call.day,
        "snapshot": call.snapshot,
    }


def _fields(candidates: Candidates) -> list[Field]:
    network = candidates.network

    def field(cell: Cell, *, catch_all: bool) -> Field:
        return Field(
            network.id(cell.topic), network.id(cell.group), cell.found, round(cell.expected, 2), catch_all
        )

    return [field(cell, catch_all=False) for cell in cells(candidates)] + [
        field(cell, catch_all=True) for cell in catch_all_cells(candidates)
    ]


def _by_name(network: Network, ids: Iterable[str]) -> list[str]:
    """Return the nodes in the order of their names, from local ids."""
    return sorted((network.ids[one] for one in ids), key=lambda node: natural(network.label(node)))


def _chosen(call: Call, candidates: Candidates, topic: str, group: str) -> dict[str, Any] | None:
    """Return the plans of one cell; NotFound where topic or group is not recorded."""
    if not topic or not group:
        return None
    ends = (call.site.workspace.node(topic), call.site.workspace.node(group))
    network = call.network
    return {
        "topic": thing_entry(network, ends[0]),
        "group": thing_entry(network, ends[1]),
        "plans": [thing_entry(network, plan) for plan in plans_in(candidates, *ends)],
    }


def _topics_document(view: Mapping[str, Any]) -> dict[str, Any]:
    chosen = view["chosen"]
    return {
        "as_of": view["as_of"],
        "snapshot": view["snapshot"],
        "rows": "topics",
        "coverage": view["coverage"],
        "topics": [_named(entry) for entry in view["topics"]],
        "groups": [{**_named(entry), "catch_all": entry.id in view["everybody"]} for entry in view["groups"]],
        "cells": [field for line in view["fields"] for field in line],
        "chosen": {name: _named(chosen[name]) for name in ("topic", "group")}
        | {"plans": [_named(entry) for entry in chosen["plans"]]}
        if chosen
        else None,
    }


def _named(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "label": entry.text.de}


def _plans_view(call: Call, sort: str, band: str) -> dict[str, Any]:
    found = call.site.workspace.overlaps(call.day, wanted_bands(band))
    order = _ordered(call.network, found.findings, sort)
    return {
        "rows": "plans",
        "plans": _plan_rows(call.network, found.findings, order),
        "total": len(found.findings),
        "coverage": found.coverage,
        "signs": SIGNS,
        "kind_signs": KIND_SIGNS,
        "kinds": {kind: TEXTS[f"pair.{kind}"] for kind in KIND_SIGNS},
        "bands": BANDS,
        "orders": ORDERS,
        "usual": USUAL_BANDS,
        "asked": {"sort": sort, "band": band},
        "as_of": call.day,
        "snapshot": call.snapshot,
    }


def _ordered(network: Network, found: Iterable[Finding], sort: str) -> list[str]:
    """Return the local ids of the plans that have a pair, in the wanted order."""
    best: dict[str, tuple[int, float]] = {}
    for finding in found:
        rank = (BANDS.index(finding.band), -(finding.score or 0.0))
        for plan in finding.plans:
            best[plan] = min(rank, best.get(plan, rank))

    def key(plan: str) -> tuple[Any, ...]:
        node = network.ids[plan]
        title = natural(network.label(node))
        if sort == "band":
            return (*best[plan], title)
        leads = [natural(entry.text.de) for entry in _leads(network, node)] if sort == "lead" else []
        return (sort == "lead" and not leads, leads, title)

    return sorted(best, key=key)


def _leads(network: Network, plan: str) -> tuple[Entry, ...]:
    return tuple(thing_entry(network, unit) for unit in network.targets(plan, "leadUnit"))


def _plan_rows(network: Network, found: Iterable[Finding], order: Sequence[str]) -> list[PlanRow]:
    place = {plan: number for number, plan in enumerate(order, 1)}
    pairs: dict[str, dict[int, Finding]] = {plan: {} for plan in order}
    for finding in found:
        one, other = finding.plans
        pairs[one][place[other]] = pairs[other][place[one]] = finding
    return [
        PlanRow(
            place[plan],
            thing_entry(network, network.ids[plan]),
            _leads(network, network.ids[plan]),
            pairs[plan],
        )
        for plan in order
    ]


def _plans_document(view: Mapping[str, Any]) -> dict[str, Any]:
    rows: list[PlanRow] = view["plans"]
    return {
        "as_of": view["as_of"],
        "snapshot": view["snapshot"],
        "rows": "plans",
        "coverage": view["coverage"],
        "plans": [{**_named(row.entry), "leads": [_named(entry) for entry in row.leads]} for row in rows],
        "pairs": [
            {
                "plans": list(finding.plans),
                "band": finding.band,
                "kind": finding.kind,
                "score": round(finding.score or 0.0, 6),
                "finding": finding.id,
            }
            for row in rows
            for number, finding in sorted(row.pairs.items())
            if number > row.number
        ],
    }
