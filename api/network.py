"""The interactive graph: one document for page, file and programs, and the page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from api.negotiation import JSON
from api.pages.call import Asked, described, parameter
from api.workspace import wanted_day
from graph.output.document import document_bytes
from graph.output.legend import USUAL_KINDS
from graph.output.lenses.every import LENSES
from graph.output.lenses.view import View, compared_with
from graph.output.network_json import USUAL_LIMIT, table_rows
from graph.output.picture import graph_fragment
from graph.output.selection import DEEPEST

if TYPE_CHECKING:
    from graph.output.document import Document

router = APIRouter(tags=["graph"])

FocusParam = Annotated[
    str | None, parameter("Ding in der Mitte, wie p-sep3", "thing in the middle, like p-sep3")
]
ToParam = Annotated[
    str | None,
    parameter("Ding, zu dem die Verbindung gesucht ist", "thing that the connection leads to"),
]
LensParam = Annotated[
    str,
    parameter(
        "Ansicht: lanes, ego, ways, shared, net, compare oder time; sonst folgt sie aus dem Übrigen",
        "lens: lanes, ego, ways, shared, net, compare or time; otherwise it follows from the rest",
    ),
]
SinceParam = Annotated[
    str | None,
    parameter(
        "früherer Tag, mit dem verglichen wird, wie 2017-12-07",
        "earlier day to compare with, like 2017-12-07",
    ),
]
DepthParam = Annotated[int, parameter("Schritte um die Mitte", "steps around the middle", ge=1, le=DEEPEST)]
KindParam = Annotated[
    list[str],
    Query(
        description="classes to show, like Plan",
        json_schema_extra={"x-description-de": "gezeigte Klassen, wie Plan"},
    ),
]
PlanParam = Annotated[
    list[str],
    Query(
        description="plans whose shared concepts are shown, like p-sep3",
        json_schema_extra={
            "x-description-de": "Planwerke, deren gemeinsame Begriffe gezeigt werden, wie p-sep3"
        },
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


class Wished:
    """The parameters of a picture, read once for page and program."""

    def __init__(
        self,
        call: Asked,
        lens: LensParam = "",
        focus: FocusParam = None,
        to: ToParam = None,
        depth: DepthParam = 1,
        kind: KindParam = [],  # noqa: B006 - FastAPI copies it
        plan: PlanParam = [],  # noqa: B006 - FastAPI copies it
        since: SinceParam = None,
        limit: LimitParam = USUAL_LIMIT,
        every: EveryParam = False,
    ) -> None:
        self.call = call
        self.view = View(
            lens=lens,
            focus=focus or None,
            to=to or None,
            depth=depth,
            kinds=tuple(kind),
            plans=tuple(plan),
            since=wanted_day(since) if since else None,
            as_of=wanted_day(call.as_of) if call.as_of else None,
            every=every,
            limit=limit,
        )

    def document(self) -> Document:
        """Return the document that the parameters ask for."""
        return self.call.site.workspace.drawing(self.view, lang=self.call.lang)


WishedView = Annotated[Wished, Depends()]


@router.get(
    "/api/network",
    **described(
        "Knoten, Kanten und Orte als ein Dokument", "nodes, edges and positions as one document", JSON
    ),
)
def network_api(call: Asked, wished: WishedView) -> Response:
    """Answer with the document that page, file and tests share."""
    document = wished.document()
    tag = f'"{document["etag"]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Cookie"}
    if call.request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(document_bytes(document), media_type=JSON, headers=headers)


@router.get("/graph", **described("Der Graph: Bahnen oder Umgebung", "the graph: lanes or surroundings"))
def graph_page(call: Asked, wished: WishedView) -> Response:
    """Answer with the interactive graph and its table."""

    def make() -> dict[str, Any]:
        document = wished.document()
        return {
            "document": document,
            "fragment": graph_fragment(document, call.lang, rows=table_rows(document)),
            "view": wished.view,
            "lenses": LENSES.values(),
            "depths": range(1, DEEPEST + 1),
            "chosen": wished.view.kinds or USUAL_KINDS,
            "as_of": call.day,
            "since": compared_with(wished.view, call.day),
        }

    return call.answer("graph.html", make, lambda view: view["document"])
