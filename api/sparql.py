"""SPARQL 1.1 Protocol, query part: GET, POST as a form, POST of the query itself; a page for people.

An answer that was cut says so: header ``Planwerk-Truncated: true; rows=10000``, banner on the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.pages.asking.sparql_page import WORKBOOK, sparql_page, workbook
from api.pages.frame.call import Asked, Call, described, parameter
from api.protocol.answering import LOOSE, TABLES, TRIPLES, TRUNCATED, run, wanted_format
from api.protocol.counts import graph_sizes
from api.protocol.request import FORM, QUERY, QueryRequest, read_pairs, read_post
from api.protocol.service_description import service_description
from api.protocol.waiting import while_waited_for
from api.web.negotiation import HTML, choose, prefers_page
from api.web.problems import MEDIA_TYPE
from graph.errors import BadRequest
from graph.store.query.answer import ResultFormat

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

router = APIRouter(tags=["sparql"])

_DATA_FORMS = tuple(dict.fromkeys([form.value for form in (*TABLES.values(), *TRIPLES.values())] + [*LOOSE]))
_ANSWERS = (HTML, *_DATA_FORMS)


_REFUSALS: Mapping[int, str] = {
    400: "no valid query, or several",
    403: "not offered: updates, SERVICE, files, too long",
    406: "no such form of answer",
    503: "stopped at a limit, or too many queries at once; Retry-After says when to ask again",
}
_POSTED: Mapping[int, str] = {408: "the request did not arrive in time", 415: "neither a form nor a query"}
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_FIELDS = {"query": _TEXT, "default-graph-uri": _TEXTS, "named-graph-uri": _TEXTS, "format": _TEXT}
_BODY = {
    "required": True,
    "content": {
        FORM: {"schema": {"type": "object", "properties": _FIELDS, "required": ["query"]}},
        QUERY: {"schema": _TEXT},
    },
}


def _with_refusals(operation: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the description of an operation with what it may refuse, and more of what OpenAPI says of it."""
    refused = {
        code: {"description": text, "content": {MEDIA_TYPE: {}}}
        for code, text in ({**_REFUSALS, **(_POSTED if more else {})}).items()
    }
    extra = {**operation["openapi_extra"], **more}
    return {**operation, "responses": operation["responses"] | refused, "openapi_extra": extra}


QueryParam = Annotated[str | None, parameter("SPARQL-Abfrage", "SPARQL query")]
DefaultParam = Annotated[
    list[str],
    parameter(
        "Graphen, die zusammen gefragt werden", "graphs that are asked together", alias="default-graph-uri"
    ),
]
NamedParam = Annotated[
    list[str], parameter("Graphen, die GRAPH nennt", "graphs that GRAPH can name", alias="named-graph-uri")
]


ExampleParam = Annotated[
    str | None, parameter("Frage, deren Abfrage das Formular zeigt", "question whose query the form shows")
]
ViewParam = Annotated[
    str | None,
    parameter(
        "Ansicht der Antwort auf der Seite: table, text, chart oder picture",
        "view of the answer on the page: table, text, chart or picture",
    ),
]


@router.get(
    "/sparql",
    **_with_refusals(described("SPARQL-Abfrage oder Formular", "SPARQL query or form", *_ANSWERS)),
)
async def sparql_get(
    call: Asked,
    example: ExampleParam = None,
    query: QueryParam = None,  # noqa: ARG001 - described here, read from the address
    default_graphs: DefaultParam = [],  # noqa: ARG001, B006
    named_graphs: NamedParam = [],  # noqa: ARG001, B006
    view: ViewParam = None,  # noqa: ARG001
) -> Response:
    """Answer a query; without one, show the form to people and the service description to programs."""
    asked = read_pairs(call.request.query_params.multi_items())
    return await while_waited_for(call.request, asked.recall, lambda: respond(call, asked, example))


@router.post(
    "/sparql",
    **_with_refusals(
        described(
            "SPARQL-Abfrage als Formular oder als Text", "SPARQL query as a form or as text", *_ANSWERS
        ),
        requestBody=_BODY,
    ),
)
async def sparql_post(call: Asked, asked: Annotated[QueryRequest, Depends(read_post)]) -> Response:
    """Answer a query that was posted."""
    return await while_waited_for(call.request, asked.recall, lambda: respond(call, asked))


def respond(call: Call, asked: QueryRequest, example: str | None = None) -> Response:
    """Answer for people where a browser asks and no form of answer was chosen, else for programs."""
    wants_page = prefers_page(call.request.headers.get("accept"), _DATA_FORMS)
    if wants_page and asked.form in (None, "", "html"):
        return sparql_page(call, asked, example)
    if asked.form == WORKBOOK:
        return workbook(call, asked)
    return respond_to_program(call, asked)


def respond_to_program(call: Call, asked: QueryRequest) -> Response:
    """Answer a query; without one, describe the service."""
    if not (asked.text or "").strip():
        return _service_description(call)
    return _data(call, asked)


def _data(call: Call, asked: QueryRequest) -> Response:
    form = wanted_format(asked, call.request.headers.get("accept"))
    answer = run(call, asked, form)
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if answer.truncated:
        headers[TRUNCATED] = f"true; rows={answer.rows}"
    return Response(answer.body, media_type=answer.media_type, headers=headers)


def _service_description(call: Call) -> Response:
    """Answer with what this service speaks; raises BadRequest where a query was meant to come."""
    offered: Sequence[str] = [form.value for form in TRIPLES.values()]
    chosen = choose(call.request.headers.get("accept"), offered)
    if chosen is None or call.request.method == "POST":
        raise BadRequest("Hier fehlt die Abfrage (query).", "The query is missing.")
    form = ResultFormat(chosen)
    endpoint = str(call.request.url.replace(query=""))
    body = service_description(endpoint, call.site.workspace.settings, graph_sizes(call), form)
    return Response(body, media_type=form.media_type, headers={"Vary": "Accept"})
