"""The interactive graph: one document for page, file and programs, and the page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.negotiation import JSON
from api.pages.call import Asked, Call, described, parameter
from api.workspace import wanted_day
from graph.output.document import document_bytes
from graph.output.legend import USUAL_KINDS
from graph.output.network_json import USUAL_LIMIT, network_document, table_rows
from graph.output.picture import graph_fragment
from graph.output.selection import DEEPEST, open_on
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.output.document import Document

router = APIRouter(tags=["graph"])

FocusParam = Annotated[
    str | None, parameter("Ding in der Mitte, wie p-sep3", "thing in the middle, like p-sep3")
]
DepthParam = Annotated[int, parameter("Schritte um die Mitte", "steps around the middle", ge=1, le=DEEPEST)]
KindParam = Annotated[
    list[str],
    Query(
        description="classes to show, like Plan",
        json_schema_extra={"x-description-de": "gezeigte Klassen, wie Plan"},
    ),
]
LimitParam = Annotated[int, parameter("höchste Zahl der Knoten", "most nodes to show", ge=1, le=1000)]
EveryParam = Annotated[
    bool,
    parameter(
        "auch Planwerke, die nicht mehr oder noch nicht gelten",
        "also plans that are over or not yet in force",
    ),
]


def view_of(
    call: Call, focus: str | None, depth: int, kinds: Sequence[str], limit: int, *, every: bool
) -> Document:
    """Return the document of what was asked for: lanes of all open plans, or the surroundings of one thing."""
    network = call.network
    shown = {"wanted": open_on(network, call.day)} if not focus and not every else {}
    return network_document(
        network,
        load_vocabulary(),
        lens="ego" if focus else "lanes",
        focus=focus,
        depth=depth,
        kinds=kinds or None,
        as_of=wanted_day(call.as_of) if call.as_of else None,
        limit=limit,
        lang=call.lang,
        **shown,
    )


@router.get(
    "/api/network",
    **described(
        "Knoten, Kanten und Orte als ein Dokument", "nodes, edges and positions as one document", JSON
    ),
)
def network_api(
    call: Asked,
    focus: FocusParam = None,
    depth: DepthParam = 1,
    kind: KindParam = [],  # noqa: B006 - FastAPI copies it
    limit: LimitParam = USUAL_LIMIT,
    every: EveryParam = False,
) -> Response:
    """Answer with the document that page, file and tests share."""
    document = view_of(call, focus, depth, kind, limit, every=every)
    tag = f'"{document["etag"]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Cookie"}
    if call.request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(document_bytes(document), media_type=JSON, headers=headers)


@router.get("/graph", **described("Der Graph: Bahnen oder Umgebung", "the graph: lanes or surroundings"))
def graph_page(
    call: Asked,
    focus: FocusParam = None,
    depth: DepthParam = 1,
    kind: KindParam = [],  # noqa: B006 - FastAPI copies it
    limit: LimitParam = USUAL_LIMIT,
    every: EveryParam = False,
) -> Response:
    """Answer with the interactive graph and its table."""

    def make() -> dict[str, Any]:
        document = view_of(call, focus, depth, kind, limit, every=every)
        return {
            "document": document,
            "fragment": graph_fragment(document, call.lang, rows=table_rows(document)),
            "focus": focus or "",
            "depth": depth,
            "depths": range(1, DEEPEST + 1),
            "chosen": kind or list(USUAL_KINDS),
            "every": every,
            "as_of": call.day,
        }

    return call.answer("graph.html", make, lambda view: view["document"])
