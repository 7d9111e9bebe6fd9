"""The page of each thing: what is said of it, by whom, and what it is connected with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response

from api.pages.exchange.describe import RDF_FORMATS, describe, existing, statements_about, with_links
from api.pages.finding.findings import findings_about, kind_title
from api.pages.frame.call import Asked, Call, described
from api.pages.frame.facts import Cite, cite, description_of, facts_of, groups_of, relations_of, why_empty
from api.pages.frame.kinds import OTHER, SEGMENTS, ids_at, kind, kind_of_segment, node_at
from api.pages.frame.names import short_name, shown_value
from api.pages.inventory.plans_view import editions_of, goals_of, moments_of
from api.pages.inventory.said import said_by, said_of
from api.pages.inventory.similar_plans import similar_plans
from api.wanted import not_found
from api.web.negotiation import HTML, JSON
from api.wording.texts import TEXTS
from graph.findings.finding import finding_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.network.build import Network
    from ontology.text import Text

router = APIRouter(tags=["things"])

#: What stands in a section of its own and not among the facts or groups.
_APART: Mapping[str, tuple[str, ...]] = {
    "Plan": ("pursues", "concernsPlan"),
    "CouncilPaper": ("paper",),
    "Body": ("body",),
    "PlanSeries": ("inSeries",),
    "Source": ("deliveredIn",),
}
_FORMS = {"html": HTML, "json": JSON, **RDF_FORMATS}
_KIND_PROPERTIES = (
    "planKind",
    "goalKind",
    "instrumentType",
    "unitKind",
    "bodyKind",
    "partnerKind",
    "eventKind",
    "paperType",
    "areaKind",
    "datasetKind",
    "sourceKind",
)


@dataclass(frozen=True, slots=True)
class Thing:
    """What the head of a page shows."""

    id: str
    iri: str
    kind: str
    one: Text
    many: Text
    segment: str
    title: Text
    sort: tuple[Text, ...]
    origin: Cite | None


def _page(segment: str) -> Callable[..., Response]:
    def page(call: Asked, local: Annotated[str, Path(alias="id")]) -> Response:
        """Answer with the page of one thing, or with its statements as RDF."""
        node = node_at(call.network, segment, local)
        form = call.media(_FORMS)
        if node is None and segment != OTHER:
            raise not_found(local, ids_at(call.network, segment))
        if form in RDF_FORMATS.values():
            return describe(call, node or existing(call.network, local), form)
        if node is None:
            return with_links(call.answer("subject.html", lambda: subject_view(call, local)))
        return with_links(call.answer("thing.html", lambda: thing_view(call, node), _document))

    return page


def _named(segment: str) -> Text:
    found = kind_of_segment(segment)
    return found.one if found else TEXTS["docs.other"]


for _segment in (*SEGMENTS.values(), OTHER):
    router.add_api_route(
        f"/{_segment}/{{id:path}}",
        _page(_segment),
        operation_id=f"read_{_segment.replace('-', '_')}",
        **described(
            f"Seite: {_named(_segment).de}",
            f"page: {_named(_segment).en}",
            "text/html",
            "application/json",
            *RDF_FORMATS.values(),
        ),
    )


def subject_view(call: Call, local: str) -> dict[str, Any]:
    """Return all that is said of something that is no node: a recorded relation, a code, a scheme.

    Raises NotFound where nothing is said of it.
    """
    statements = statements_about(call, existing(call.network, local))
    if not statements:
        raise not_found(local, call.network.ids)
    return {"id": local, "iri": call.network.base + local, "said": said_of(call.network, statements)}


def thing_view(call: Call, node: str) -> dict[str, Any]:
    """Return what the page of a thing shows."""
    network = call.network
    kind_name = network.type(node)
    apart = _APART.get(kind_name, ())
    is_plan = kind_name == "Plan"
    return {
        "thing": _thing(network, node),
        "standing": call.standings.get(node),
        "description": description_of(network, node),
        "facts": facts_of(network, node, apart),
        "relations": relations_of(network, node),
        "goals": goals_of(network, node) if is_plan else (),
        "no_goals": why_empty(network, node, "pursues") if is_plan else None,
        "moments": moments_of(network, node),
        "editions": editions_of(network, node) if kind_name in {"Plan", "PlanSeries"} else (),
        "groups": groups_of(network, node, apart),
        "findings": findings_about(call, node),
        "finding_titles": kind_title,
        "similar": similar_plans(call, node) if is_plan else None,
        "said": _said(call, node) if kind_name == "Source" else (),
        "as_of": call.day,
    }


def _document(view: Mapping[str, Any]) -> dict[str, Any]:
    left_out = {"finding_titles", "no_goals"}
    kept = {key: value for key, value in view.items() if key not in left_out}
    similar = view["similar"].document if view["similar"] else None
    return {**kept, "similar": similar, "findings": [finding_json(finding) for finding in view["findings"]]}


def _thing(network: Network, node: str) -> Thing:
    one = kind(network.type(node))
    source = network.source_of(node)
    return Thing(
        id=network.id(node),
        iri=node,
        kind=one.name,
        one=one.one,
        many=one.many,
        segment=one.segment,
        title=short_name(network, node),
        sort=tuple(
            shown_value(network, value)
            for property_name in _KIND_PROPERTIES
            for value in network.values(node, property_name)
        ),
        origin=cite(network, source, "prefLabel") if source and source != node else None,
    )


def _said(call: Call, source: str) -> tuple[Any, ...]:
    paths = call.keep("paths", call.site.workspace.files.paths)
    return said_by(call.network, source, paths[source]) if source in paths else ()
