"""The page at /sparql for people: the form with the query in it and, below, its answer or what is wrong with it.

Scripts ask for the same page and put its answer into the one that is open, so there is one rendering of answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi.responses import Response

from api.jobs.asking import bindings_of, query_of, question_named
from api.pages.asking.query_views import Shown
from api.protocol.answering import TABLES, TRIPLES, TRUNCATED, is_graph_query, run
from api.tables.answer_files import SUFFIXES, Sheet, as_file
from api.wanted import wanted_day
from api.web.negotiation import HTML
from api.web.problems import problem_of
from api.wording.sparql_texts import PHRASES_DE, SPOKEN
from api.wording.texts import TEXTS
from graph.errors import BadRequest, PlanwerkError
from graph.store.query.answer import ResultFormat
from ontology.text import Text

if TYPE_CHECKING:
    from api.pages.frame.call import Call
    from api.protocol.request import QueryRequest
    from graph.store.query.answer import Answer

WORKBOOK = "xlsx"
LONGEST_IN_ADDRESS = 1500
#: More than that of JSON is nothing for a page or a workbook; programs get it.
MOST_BYTES_SHOWN = 16 * 2**20


def sparql_page(call: Call, asked: QueryRequest, example: str | None) -> Response:
    """Answer with the form; it holds the query that was sent, else that of a question, else a first one."""
    site = call.site
    query = asked.text or (_example(call, example) if example else site.first_query)
    view: dict[str, Any] = {
        "query": query,
        "asked": asked,
        "shown": None,
        "problem": None,
        "examples": list(site.examples.values()),
        "limits": call.site.workspace.settings,
        "spoken": _spoken(call),
        "method": "get" if len(query) < LONGEST_IN_ADDRESS else "post",
        "table_formats": [*TABLES, WORKBOOK],
        "triple_formats": list(TRIPLES),
    }
    status, headers = 200, {}
    if (asked.text or "").strip():
        try:
            view["shown"] = Shown(call, _answer(call, asked), asked.view)
        except PlanwerkError as error:
            problem = problem_of(error)
            view["problem"] = problem
            status, headers = int(problem.status), dict(problem.headers)
    shown: Shown | None = view["shown"]
    if shown and shown.answer.truncated:
        headers[TRUNCATED] = f"true; rows={shown.total}"
    body = call.render("sparql.html", view)
    vary = {"Vary": "Accept, Cookie", "Cache-Control": "private, no-cache"}
    return Response(body, status, {**vary, **headers}, f"{HTML}; charset=utf-8")


def _example(call: Call, name: str) -> str:
    """Return the query of a question as its page shows it: below its title, with the details that stand if nobody gives any."""
    found = question_named(name, call.site.examples)
    return query_of(found, bindings_of(found, {}, call.site.workspace.settings.base))


def _answer(call: Call, asked: QueryRequest) -> Answer:
    form = ResultFormat.TURTLE if is_graph_query(asked.text or "") else ResultFormat.JSON
    return run(call, asked, form, MOST_BYTES_SHOWN)


def _spoken(call: Call) -> dict[str, Any]:
    """Return what the scripts of the page say, in its language."""
    said: dict[str, Any] = {key: text[call.lang] for key, text in SPOKEN.items()}
    return {**said, "phrases": dict(PHRASES_DE) if call.lang == "de" else {}}


def workbook(call: Call, asked: QueryRequest) -> Response:
    """Answer with the rows as a workbook for people; BadRequest where the query asks for no table."""
    text = asked.text or ""
    if not text.strip() or is_graph_query(text):
        raise _no_table()
    answer = run(call, asked, ResultFormat.JSON, MOST_BYTES_SHOWN)
    if answer.kind != "select":
        raise _no_table()
    address = f"{str(call.request.base_url).rstrip('/')}/sparql?{urlencode({'query': text})}"
    columns = tuple(answer.columns())
    sheet = Sheet(
        name="sparql",
        title=TEXTS["sparql.sheet"],
        description=TEXTS["sparql.sheet_about"],
        given=(),
        columns=columns,
        rows=answer.bindings(),
        truncated=answer.truncated,
        base=call.site.workspace.settings.base,
        day=wanted_day(None).isoformat(),
        address=address,
        query=text,
        heads={name: Text(name, name) for name in columns},
    )
    headers = {
        "Content-Disposition": f'attachment; filename="sparql.{WORKBOOK}"',
        "Cache-Control": "no-cache",
    }
    if answer.truncated:
        headers[TRUNCATED] = f"true; rows={answer.rows}"
    return Response(as_file(sheet, WORKBOOK, call.lang), media_type=SUFFIXES[WORKBOOK], headers=headers)


def _no_table() -> BadRequest:
    said = TEXTS["sparql.no_table"]
    return BadRequest(said.de, said.en)
