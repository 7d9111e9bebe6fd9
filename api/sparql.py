"""SPARQL 1.1 Protocol, query part: GET, POST as a form, POST of the query itself; a plain form for people.

An answer that was cut says so: header ``Planwerk-Truncated: true; rows=10000``, banner on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.asking import question
from api.negotiation import HTML, choose, is_person
from api.pages.answers import table_of
from api.pages.call import Asked, Call, described, parameter
from api.problems import problem_of
from api.service_description import service_description
from graph.errors import BadRequest, PlanwerkError, QueryRefused
from graph.store.answer import ResultFormat
from graph.store.guard import check_query
from ontology.questions import load_questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.store.answer import Answer

router = APIRouter(tags=["sparql"])

TRUNCATED = "Planwerk-Truncated"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_MOST_BYTES = 1 << 20
_EXAMPLE = """PREFIX pw: <https://w3id.org/planwerk/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?plan ?planLabel ?leadLabel
WHERE {
  ?plan a pw:Plan ; skos:prefLabel ?planLabel ; pw:leadUnit ?lead .
  ?lead skos:prefLabel ?leadLabel .
}
ORDER BY ?leadLabel ?planLabel
LIMIT 20"""

#: Formats by the word that ``?format=`` takes, tables first.
_TABLES: Mapping[str, ResultFormat] = {
    "json": ResultFormat.JSON,
    "xml": ResultFormat.XML,
    "csv": ResultFormat.CSV,
    "tsv": ResultFormat.TSV,
}
_TRIPLES: Mapping[str, ResultFormat] = {
    "ttl": ResultFormat.TURTLE,
    "nt": ResultFormat.NTRIPLES,
    "rdf": ResultFormat.RDFXML,
    "jsonld": ResultFormat.JSONLD,
}
_LOOSE: Mapping[str, ResultFormat] = {
    "application/json": ResultFormat.JSON,
    "application/xml": ResultFormat.XML,
    "text/plain": ResultFormat.NTRIPLES,
}
_ANSWERS = (HTML, *(form.value for form in (*_TABLES.values(), *_TRIPLES.values())))


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """What the protocol carries: the query, the graphs it is asked of, and the wanted form of the answer."""

    text: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    form: str | None


def read_pairs(pairs: Iterable[tuple[str, str]], body: str | None = None) -> QueryRequest:
    """Return the request that parameters, and a query sent as the body, make up.

    Raises BadRequest where there are several queries, QueryRefused for an update.
    """
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    if "update" in found:
        raise _no_update()
    queries = [*found.get("query", []), *([body] if body is not None else [])]
    if len(queries) > 1:
        raise BadRequest("Bitte genau eine Abfrage (query) schicken.", "Please send exactly one query.")
    return QueryRequest(
        text=queries[0] if queries else None,
        default_graphs=tuple(found.get("default-graph-uri", ())),
        named_graphs=tuple(found.get("named-graph-uri", ())),
        form=next(iter(found.get("format", [])), None),
    )


def _no_update() -> QueryRefused:
    return QueryRefused(
        "SPARQL Update wird nicht angeboten; Änderungen kommen über einen Import.",
        "SPARQL Update is not offered; changes come through an import.",
    )


async def read_post(request: Request) -> QueryRequest:
    """Return what was posted: a form, or the query itself.

    Raises BadRequest for a body that is no UTF-8 or too long, and the status 415 for other types.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == UPDATE:
        raise _no_update()
    if media not in {FORM, QUERY}:
        raise HTTPException(415, headers={"Accept-Post": f"{FORM}, {QUERY}"})
    text = await _body(request)
    pairs = list(request.query_params.multi_items())
    if media == QUERY:
        return read_pairs(pairs, text)
    return read_pairs([*pairs, *parse_qsl(text, keep_blank_values=True)])


async def _body(request: Request) -> str:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise BadRequest("Die Anfrage ist zu lang.", "The request is too long.")
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise BadRequest("Die Anfrage ist kein UTF-8.", "The request is not UTF-8.") from None


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


@router.get("/sparql", **described("SPARQL-Abfrage oder Formular", "SPARQL query or form", *_ANSWERS))
def sparql_get(
    call: Asked,
    example: ExampleParam = None,
    query: QueryParam = None,  # noqa: ARG001 - described here, read from the address
    default_graphs: DefaultParam = [],  # noqa: ARG001, B006
    named_graphs: NamedParam = [],  # noqa: ARG001, B006
) -> Response:
    """Answer a query; without one, show the form to people and the service description to programs."""
    return respond(call, read_pairs(call.request.query_params.multi_items()), example)


@router.post(
    "/sparql",
    **described("SPARQL-Abfrage als Formular oder als Text", "SPARQL query as a form or as text", *_ANSWERS),
)
async def sparql_post(call: Asked, asked: Annotated[QueryRequest, Depends(read_post)]) -> Response:
    """Answer a query that was posted."""
    return await run_in_threadpool(respond, call, asked)


def respond(call: Call, asked: QueryRequest, example: str | None = None) -> Response:
    """Answer for people where a browser asks and no form of answer was chosen, else for programs."""
    wants_page = is_person(call.request.headers.get("accept")) and asked.form in (None, "", "html")
    if wants_page:
        return _page(call, asked, question(example).text if example else _EXAMPLE)
    if not (asked.text or "").strip():
        return _service_description(call)
    return _data(call, asked)


def _data(call: Call, asked: QueryRequest) -> Response:
    form = _wanted(asked, call.request.headers.get("accept"))
    answer = _run(call, asked, form)
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if answer.truncated:
        headers[TRUNCATED] = f"true; rows={answer.rows}"
    return Response(answer.body, media_type=answer.media_type, headers=headers)


def _run(call: Call, asked: QueryRequest, form: ResultFormat) -> Answer:
    return call.site.workspace.host().query(
        asked.text or "", accept=form, default_graphs=asked.default_graphs, named_graphs=asked.named_graphs
    )


def _is_graph_query(text: str) -> bool:
    """Tell whether a query asks for triples; raises QueryRefused for what is not served."""
    return check_query(text, _MOST_BYTES).form in {"construct", "describe"}


def _wanted(asked: QueryRequest, accept: str | None) -> ResultFormat:
    """Return the format of an answer: the word in the address first, then Accept.

    Raises BadRequest for an unknown word, and the status 406 where no form of this answer is acceptable.
    """
    offered = _TRIPLES if _is_graph_query(asked.text or "") else _TABLES
    if asked.form:
        if asked.form not in offered:
            known = ", ".join(offered)
            raise BadRequest(
                f"format={asked.form}: diese Abfrage antwortet als {known}.",
                f"format={asked.form}: this query answers as {known}.",
            )
        return offered[asked.form]
    forms = list(offered.values())
    loose = [media for media, form in _LOOSE.items() if form in forms]
    chosen = choose(accept, [*(form.value for form in forms), *loose])
    if chosen is None:
        raise HTTPException(406)
    return _LOOSE.get(chosen) or ResultFormat(chosen)


def _page(call: Call, asked: QueryRequest, example: str) -> Response:
    """Answer with the form, the query in it and, below, its answer or what is wrong with it."""
    view: dict[str, Any] = {
        "query": asked.text or example,
        "asked": asked,
        "table": None,
        "holds": None,
        "triples": None,
        "truncated": False,
        "rows": 0,
        "problem": None,
        "examples": list(load_questions().values()),
        "limits": call.site.workspace.settings,
        "table_formats": list(_TABLES),
        "triple_formats": list(_TRIPLES),
    }
    status, headers = 200, {}
    if (asked.text or "").strip():
        try:
            view |= _result(call, asked)
        except PlanwerkError as error:
            problem = problem_of(error)
            view["problem"] = problem
            status, headers = int(problem.status), dict(problem.headers)
    if view["truncated"]:
        headers[TRUNCATED] = f"true; rows={view['rows']}"
    body = call.render("sparql.html", view)
    vary = {"Vary": "Accept, Cookie", "Cache-Control": "private, no-cache"}
    return Response(body, status, {**vary, **headers}, f"{HTML}; charset=utf-8")


def _result(call: Call, asked: QueryRequest) -> dict[str, Any]:
    form = ResultFormat.TURTLE if _is_graph_query(asked.text or "") else ResultFormat.JSON
    answer = _run(call, asked, form)
    shown = {"truncated": answer.truncated, "rows": answer.rows}
    if answer.kind == "construct":
        return {**shown, "triples": answer.body.decode()}
    if answer.kind == "ask":
        return {**shown, "holds": answer.holds()}
    return {**shown, "table": table_of(call, answer)}


def _service_description(call: Call) -> Response:
    """Answer with what this service speaks; raises BadRequest where a query was meant to come."""
    offered: Sequence[str] = [form.value for form in _TRIPLES.values()]
    chosen = choose(call.request.headers.get("accept"), offered)
    if chosen is None or call.request.method == "POST":
        raise BadRequest("Hier fehlt die Abfrage (query).", "The query is missing.")
    form = ResultFormat(chosen)
    endpoint = str(call.request.url.replace(query=""))
    return Response(
        service_description(endpoint, form), media_type=form.media_type, headers={"Vary": "Accept"}
    )
