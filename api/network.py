"""The interactive graph: one document for page, file and programs, and the page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import Response

from api.pages.frame.call import Asked, described, parameter
from api.pages.inventory.suggest import name_of, which
from api.wanted import check_choice, wanted_day
from api.web.negotiation import JSON, is_held
from graph.errors import Text
from graph.findings.decisions import states
from graph.network.layout import reading_order
from graph.output.drawing.document import document_bytes
from graph.output.drawing.filters import NAMES, NO_FILTERS, Filters, plan_sources
from graph.output.drawing.legend import USUAL_KINDS, short_name
from graph.output.drawing.network_json import USUAL_LIMIT, table_rows
from graph.output.drawing.selection import DEEPEST
from graph.output.lenses.every import LENSES
from graph.output.lenses.groups import BY
from graph.output.lenses.view import View, compared_with
from graph.output.takeaway.formats import WRITERS, file_name, unknown_suffix
from graph.output.takeaway.picture import graph_fragment
from graph.output.walks.address import view_address

if TYPE_CHECKING:
    from graph.network.build import Network
    from graph.output.drawing.document import Document

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
        "Ansicht: lanes, ego, ways, shared, net, compare, time oder areas; sonst folgt sie aus dem Übrigen",
        "lens: lanes, ego, ways, shared, net, compare, time or areas; otherwise it follows from the rest",
    ),
]
AggregateParam = Annotated[
    str,
    parameter(
        "in Bahnen zusammenfassen nach: department oder topic; von selbst bei mehr als 1.000 Knoten",
        "group lanes by: department or topic; without asking where there are more than 1,000 nodes",
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


def _choice(de: str, en: str) -> Any:
    return Query(description=en, json_schema_extra={"x-description-de": de})


def read_filters(
    department: Annotated[
        list[str], _choice("federführend oder beteiligt, wie dep-fb56", "leads or takes part, like dep-fb56")
    ] = [],  # noqa: B006 - FastAPI copies it
    topic: Annotated[list[str], _choice("Thema, wie t-wohnen", "topic, like t-wohnen")] = [],  # noqa: B006
    group: Annotated[list[str], _choice("Zielgruppe, wie tg-kinder", "target group, like tg-kinder")] = [],  # noqa: B006
    area: Annotated[list[str], _choice("Raum, wie a-stadt", "area, like a-stadt")] = [],  # noqa: B006
    source: Annotated[list[str], _choice("Quelle, wie rt-sep2", "source, like rt-sep2")] = [],  # noqa: B006
    state: Annotated[
        list[str], _choice("Stand eines Hinweises, wie offen", "state of a finding, like offen")
    ] = [],  # noqa: B006
    start: Annotated[
        str | None, parameter("Zeitraum ab, wie 2020-01-01", "period from, like 2020-01-01")
    ] = None,
    end: Annotated[
        str | None, parameter("Zeitraum bis, wie 2025-12-31", "period until, like 2025-12-31")
    ] = None,
) -> Filters:
    """Return what narrows the plans; raises BadRequest for a state or a day that will not do."""
    wanted = _filled(state)
    check_choice(Text("Den Stand", "state"), wanted, states())
    return Filters(
        departments=_filled(department),
        topics=_filled(topic),
        groups=_filled(group),
        areas=_filled(area),
        sources=_filled(source),
        states=wanted,
        start=wanted_day(start) if start else None,
        end=wanted_day(end) if end else None,
    )


def _filled(named: list[str]) -> tuple[str, ...]:
    """Return the ids without empty ones: a form sends each of its fields."""
    return tuple(name for name in named if name)


class FilterChoice(NamedTuple):
    """One filter of the form: its name in the address, the things to choose from, and what is chosen."""

    name: str
    things: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]


def filter_choices(network: Network, filters: Filters) -> list[FilterChoice]:
    """Return the filters by who, what, for whom, where and who says so, each with what the plans really name, by name."""
    chosen = (filters.departments, filters.topics, filters.groups, filters.areas, filters.sources)
    kinds = ("OrganizationalUnit", "Topic", "TargetGroup", "Area", "Source")
    return [
        FilterChoice(name, _named(network, kind), picked)
        for name, kind, picked in zip(NAMES, kinds, chosen, strict=False)
    ]


def _named(network: Network, kind: str) -> tuple[tuple[str, str], ...]:
    wanted = plan_sources(network) & set(network.of_type(kind)) if kind == "Source" else network.of_type(kind)
    things = reading_order(network.multigraph, wanted)
    return tuple((network.id(key), short_name(network, key) or network.label(key)) for key in things)


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
        filters: Annotated[Filters, Depends(read_filters)] = NO_FILTERS,
        plan: PlanParam = [],  # noqa: B006 - FastAPI copies it
        since: SinceParam = None,
        limit: LimitParam = USUAL_LIMIT,
        every: EveryParam = False,
        aggregate: AggregateParam = "",
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
            filters=filters,
            aggregate=aggregate,
        )

    def document(self) -> Document:
        """Return the document that the parameters ask for."""
        return self.call.site.workspace.drawing(self.view, lang=self.call.lang)


def _ends(view: View) -> list[tuple[str, str]]:
    return [("focus", view.focus or ""), ("to", view.to or "")]


WishedView = Annotated[Wished, Depends()]


def _opens(call: Asked, by: str) -> str:
    """Return the address that a node of the picture opens: its surroundings, or what is in it where it is a group."""
    if not by:
        return "/graph?focus={id}"
    address = call.here(aggregate=None, **{by: None})
    return f"{address}{'&' if '?' in address else '?'}{by}={{id}}"


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
    if is_held(call.request, tag):
        return Response(status_code=304, headers=headers)
    return Response(document_bytes(document), media_type=JSON, headers=headers)


MEDIA = {
    "html": "text/html",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": JSON,
}


@router.get(
    "/graph/picture.{suffix}",
    **described(
        "Dasselbe Bild zum Mitnehmen: als Vektor, Bild, Seite, Tabelle oder Graph",
        "the same picture to take along: as vector, image, page, table or graph",
        *sorted(MEDIA.values()),
    ),
)
def picture_file(call: Asked, wished: WishedView, suffix: Annotated[str, Path()]) -> Response:
    """Answer with the picture as a file; a heavy one is made beside other requests and then kept."""
    if suffix not in MEDIA:
        raise unknown_suffix("." + suffix)
    document = wished.document()
    tag = f'"{document["etag"]}-{call.lang}-{suffix}"'
    name = file_name(document, f".{suffix}", call.lang)
    headers = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Vary": "Cookie",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    if is_held(call.request, tag):
        return Response(status_code=304, headers=headers)
    made = call.site.keep(call.snapshot, "picture", lambda: WRITERS[f".{suffix}"](document, call.lang), tag)
    return Response(made, media_type=MEDIA[suffix], headers=headers)


#: What the page offers to take along, in this order; what the address of the page says goes along.
OUT = ("svg", "png", "pdf", "graphml", "gexf", "csv", "xlsx")


@router.get("/graph", **described("Der Graph: Bahnen oder Umgebung", "the graph: lanes or surroundings"))
def graph_page(call: Asked, wished: WishedView) -> Response:
    """Answer with the interactive graph and its table; where a name means several things, ask which."""
    asked = which(call, dict(_ends(wished.view)))
    if asked:
        return asked

    def make() -> dict[str, Any]:
        document = wished.document()
        return {
            "document": document,
            "fragment": graph_fragment(
                document,
                call.lang,
                rows=table_rows(document),
                focus_link=_opens(call, document["aggregate"]),
            ),
            "view": wished.view,
            "step_view": view_address(wished.view),
            "named": {name: name_of(call, local) for name, local in _ends(wished.view)},
            "lenses": LENSES.values(),
            "depths": range(1, DEEPEST + 1),
            "chosen": wished.view.kinds or USUAL_KINDS,
            "filters": filter_choices(call.network, wished.view.filters),
            "states": states(),
            "as_of": call.day,
            "grouped": {
                by: call.here(aggregate=by, **{by: None}) for by in BY if document["lens"] == "lanes"
            },
            "out": [(suffix, call.here().replace("/graph", f"/graph/picture.{suffix}", 1)) for suffix in OUT],
            "since": compared_with(wished.view, call.day),
        }

    return call.answer("graph.html", make, lambda view: view["document"])
