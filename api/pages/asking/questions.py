"""Ready-made questions: the list, and for each a form for its parameters, the answer, and the SPARQL.

The answer is a table, and where the question says so a matrix, a chart and a picture of its things; it can be taken
along as CSV, workbook and JSON. Programs get the questions themselves as RDF.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response
from markupsafe import Markup, escape

from api.jobs.asking import question
from api.pages.asking.answers import in_sight, table_of
from api.pages.asking.drawn import drawing_of, grid_of, in_graph, picture_of, shown_chart, shown_matrix
from api.pages.asking.inquiry import Inquiry
from api.pages.asking.picking import MOST_TO_CHOOSE, field_of
from api.pages.frame.call import Asked, Call, described
from api.protocol.answering import TRUNCATED
from api.tables.answer_files import SUFFIXES, as_file, document_of
from api.web.negotiation import CSV, HTML, JSON
from api.wording.columns import column_name
from graph.output.charts.things import things_in
from ontology.questions import GROUPS, load_questions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.jobs.naming import Picked
    from ontology.questions import Question

router = APIRouter(tags=["questions"])

VIEWS = ("table", "matrix", "chart", "picture")
#: What an address of a question says beside its parameters.
RESERVED = frozenset({"lang", "as_of", "format", "ask", "view"})
_XLSX = SUFFIXES["xlsx"]
_RDF: Mapping[str, str] = {"ttl": "text/turtle", "jsonld": "application/ld+json"}
_LIST_FORMS = {"html": HTML, "json": JSON, **_RDF}
_FORMS = {"html": HTML, "json": JSON, "csv": CSV, "xlsx": _XLSX, **_RDF}
_NUMBER = re.compile(r"\bq\d\d\b")


@router.get("/questions", **described("Fertige Fragen", "ready-made questions", *_LIST_FORMS.values()))
def questions(call: Asked) -> Response:
    """Answer with all questions, by group."""
    media = call.media(_LIST_FORMS)
    if media in _RDF.values():
        return _rdf(call, tuple(load_questions().values()), media)
    return call.answer("questions.html", _list_view, _list_document)


@router.get("/questions.ttl", **described("Alle Fragen als RDF", "all questions as RDF", _RDF["ttl"]))
def questions_turtle(call: Asked) -> Response:
    """Answer with all questions as SHACL SPARQL executables in Turtle."""
    return _rdf(call, tuple(load_questions().values()), _RDF["ttl"])


def _rdf(call: Call, asked: tuple[Question, ...], media: str) -> Response:
    from ontology.question_rdf import questions_rdf  # noqa: PLC0415 - rdflib is wanted here alone

    site = str(call.request.base_url).rstrip("/")
    body = questions_rdf(asked, site, media)
    headers = {"Vary": "Accept", "Cache-Control": "public, no-cache"}
    return Response(
        body, media_type=f"{media}; charset=utf-8" if media == _RDF["ttl"] else media, headers=headers
    )


def _list_view() -> dict[str, Any]:
    by_group: defaultdict[str, list[Question]] = defaultdict(list)
    for found in load_questions().values():
        by_group[found.group].append(found)
    return {"groups": [(name, GROUPS[name], tuple(by_group[name])) for name in GROUPS if by_group[name]]}


def _list_document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "questions": [
            {
                "name": found.name,
                "group": name,
                "title": found.title,
                "description": found.description,
                "parameters": [
                    {"name": one.name, "type": one.type, "default": one.default, "label": one.label}
                    for one in found.parameters
                ],
            }
            for name, _, group in view["groups"]
            for found in group
        ]
    }


@router.get(
    "/questions/{name}",
    **described("Eine Frage und ihre Antwort", "a question and its answer", *_FORMS.values()),
)
def question_page(call: Asked, name: Annotated[str, Path()]) -> Response:
    """Answer a question; its parameters are those of the address."""
    asked = question(name)
    media = call.media(_FORMS)
    if media in _RDF.values():
        return _rdf(call, (asked,), media)
    typed = {key: value for key, value in call.request.query_params.items() if key not in RESERVED}
    inquiry = Inquiry(call, asked, typed)
    if media in {CSV, _XLSX}:
        return _file(inquiry, "csv" if media == CSV else "xlsx")
    if media == JSON or not inquiry.open_picks:
        inquiry.bindings  # noqa: B018 - refuses what does not fit before anything is looked up
    page = call.answer(
        "question.html",
        lambda: {} if media == JSON else _view(inquiry),
        lambda _: document_of(inquiry.sheet(), call.lang),
    )
    if "answer" in inquiry.__dict__ and inquiry.answer.truncated:
        page.headers[TRUNCATED] = f"true; rows={inquiry.answer.rows}"
    return page


def _file(inquiry: Inquiry, suffix: str) -> Response:
    call, sheet = inquiry.call, inquiry.sheet()
    headers = {
        "Content-Disposition": f'attachment; filename="{sheet.name}.{suffix}"',
        "Cache-Control": "private, no-cache",
        "Vary": "Accept, Cookie",
    }
    if sheet.truncated:
        headers[TRUNCATED] = f"true; rows={len(sheet.rows)}"
    return Response(as_file(sheet, suffix, call.lang), media_type=SUFFIXES[suffix], headers=headers)


def linked(text: str) -> Markup:
    """Return a text in which the numbers of questions lead to them."""
    with_links = _NUMBER.sub(r'<a href="/questions/\g<0>">\g<0></a>', str(escape(text)))
    return Markup(with_links)  # noqa: S704 - escaped before the links came in


def _view(inquiry: Inquiry) -> dict[str, Any]:
    call, asked = inquiry.call, inquiry.question
    head = {
        "linked": linked,
        "question": asked,
        "group": GROUPS[asked.group],
        "fields": [
            field_of(
                call, parameter, inquiry.given.get(parameter.name) or inquiry.typed.get(parameter.name, "")
            )
            for parameter in asked.parameters
        ],
        "open_picks": [_open(call, pick) for pick in inquiry.open_picks],
        "too_wide": None if inquiry.open_picks else inquiry.too_wide,
    }
    if inquiry.open_picks or head["too_wide"]:
        return {**head, "answered": False}
    return {**head, "answered": True, **_answer_view(inquiry)}


def _open(call: Call, pick: Picked) -> dict[str, Any]:
    """Return a name that means several things, each with the address where it is meant."""
    return {
        "pick": pick,
        "choices": [
            (one.text, call.here(**{pick.name: one.id}))
            for one in (pick.several or pick.near)[:MOST_TO_CHOOSE]
        ],
        "more": max(0, len(pick.several) - MOST_TO_CHOOSE),
    }


def _answer_view(inquiry: Inquiry) -> dict[str, Any]:
    call, asked, rows = inquiry.call, inquiry.question, inquiry.rows
    table = table_of(call, inquiry.answer, asked.shown)
    matrix, chart = shown_matrix(asked.shows, rows), shown_chart(asked.shows, rows)
    things = things_in(call.network, asked.shown, rows)
    offered = {"table": True, "matrix": matrix, "chart": chart, "picture": len(things) > 1}
    views = [name for name in VIEWS if offered[name]] if table.rows else []
    view = _chosen(call, [show.kind for show in asked.shows], views)
    heads = {name: column_name(name) for name in asked.columns}
    return {
        "table": table,
        "sight": in_sight(table),
        "views": views,
        "view": view,
        "grid": grid_of(call, matrix) if matrix and view == "matrix" else None,
        "drawing": drawing_of(chart, heads, call.lang) if chart and view == "chart" else None,
        "picture": picture_of(call, asked.shown, rows, asked.title) if view == "picture" else None,
        "in_graph": in_graph(call, things),
        "empty": () if table.rows else inquiry.emptiness(),
        "without": None if table.rows else inquiry.rows_without(),
        "inquiry": inquiry,
    }


def _chosen(call: Call, declared: list[str], views: list[str]) -> str:
    """Return the view that the address names, else the first the question declares, else the table."""
    wanted = [call.request.query_params.get("view", ""), *declared, "table"]
    return next((name for name in wanted if name in views), "table")
