"""The page at /sparql for people: the form with the query in it and, below, its answer or what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.responses import Response

from api.asking import question
from api.negotiation import HTML
from api.pages.answers import table_of
from api.problems import problem_of
from api.protocol.answering import TABLES, TRIPLES, TRUNCATED, is_graph_query, run
from graph.errors import PlanwerkError
from graph.store.answer import ResultFormat
from ontology.questions import load_questions

if TYPE_CHECKING:
    from api.pages.call import Call
    from api.protocol.request import QueryRequest

_EXAMPLE = """PREFIX pw: <https://w3id.org/planwerk/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?plan ?planLabel ?leadLabel
WHERE {
  ?plan a pw:Plan ; skos:prefLabel ?planLabel ; pw:leadUnit ?lead .
  ?lead skos:prefLabel ?leadLabel .
}
ORDER BY ?leadLabel ?planLabel
LIMIT 20"""


def sparql_page(call: Call, asked: QueryRequest, example: str | None) -> Response:
    """Answer with the form; it holds the query that was sent, else that of a question, else a first one."""
    view: dict[str, Any] = {
        "query": asked.text or (question(example).text if example else _EXAMPLE),
        "asked": asked,
        "table": None,
        "holds": None,
        "triples": None,
        "truncated": False,
        "rows": 0,
        "problem": None,
        "examples": list(load_questions().values()),
        "limits": call.site.workspace.settings,
        "table_formats": list(TABLES),
        "triple_formats": list(TRIPLES),
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
    form = ResultFormat.TURTLE if is_graph_query(asked.text or "") else ResultFormat.JSON
    answer = run(call, asked, form)
    shown = {"truncated": answer.truncated, "rows": answer.rows}
    if answer.kind == "construct":
        return {**shown, "triples": answer.body.decode()}
    if answer.kind == "ask":
        return {**shown, "holds": answer.holds()}
    return {**shown, "table": table_of(call, answer)}
