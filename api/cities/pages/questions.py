"""Questions to several cities: the list, and for each a form, the answer of the cities, and the SPARQL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response

from api.cities.answers.asking import across_question, ask_across, in_turn
from api.cities.answers.columns import grid_of, raw_rows
from api.cities.calls import PageParam, RegionAsked, RegionCall, paged
from api.pages.frame.call import described
from api.tables.csv_text import csv_text
from api.wording.question_texts import QUESTION_TEXTS
from api.wording.texts import TEXTS
from graph.store.query.answer import ResultFormat
from ontology.across import load_across_questions
from ontology.questions import GROUPS
from ontology.text import Text
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ontology.questions import Question

router = APIRouter(tags=["questions"])

Options = tuple[tuple[str, Text], ...]
_OWN = frozenset({"lang", "as_of", "format", "page"})
#: So many rows stand on one page; files hold all.
PER_PAGE = 200
_FORMS = ("text/html", "application/json", "text/csv")
_TOPICS = """PREFIX pw: <https://w3id.org/planwerk/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name WHERE { ?plan a pw:Plan ; pw:topic ?topic . ?topic skos:prefLabel ?name } ORDER BY ?name"""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a form shows it."""

    name: str
    label: Text
    value: str
    options: Options


@router.get("/questions", **described("Fragen an mehrere Städte", "questions to several cities"))
def questions(call: RegionAsked) -> Response:
    """Answer with all questions that are asked of several cities."""
    return call.answer(
        "cities_questions.html",
        lambda: {
            **call.region_view(),
            "questions": tuple(load_across_questions().values()),
            "in_turn": _by_group(in_turn().values()),
        },
        lambda view: {"questions": [_about(asked) for asked in (*view["questions"], *in_turn().values())]},
    )


def _by_group(every: Iterable[Question]) -> list[tuple[Text, list[Question]]]:
    """Return questions under what they are about."""
    groups: dict[str, list[Question]] = {name: [] for name in GROUPS}
    for asked in every:
        groups[asked.group].append(asked)
    return [(GROUPS[name], found) for name, found in groups.items() if found]


def _about(asked: Question) -> dict[str, Any]:
    return {
        "name": asked.name,
        "title": asked.title,
        "description": asked.description,
        "parameters": [{"name": one.name, "type": one.type, "label": one.label} for one in asked.parameters],
    }


@router.get(
    "/questions/{name}", **described("Eine Frage und die Antwort der Städte", "a question, answered", *_FORMS)
)
def question_page(call: RegionAsked, name: Annotated[str, Path()], page: PageParam = 1) -> Response:
    """Answer a question; its parameters are those of the address."""
    asked = across_question(name)
    return call.answer(
        "cities_question.html",
        lambda: _view(call, asked, page),
        _document,
        lambda view: _csv(view, call.lang),
    )


def _view(call: RegionCall, asked: Question, page: int) -> dict[str, Any]:
    pairs = call.request.query_params.items()
    given = {name: value for name, value in pairs if name not in _OWN and value}
    told = ask_across(call.federation, asked, given)
    rows, pager = paged(told.rows, page, PER_PAGE)
    wanted = [(one.name, one.label) for one in asked.parameters]
    if asked.name in in_turn():
        wanted.append(("region", TEXTS["cities.region"]))
    return {
        **call.region_view(),
        "question": asked,
        "query": _body(asked.text),
        "fields": [_field(call, name, label, given.get(name, "")) for name, label in wanted],
        **pager,
        "grid": grid_of(call, replace(told, rows=tuple(rows))),
        "columns": told.columns,
        "rows": raw_rows(told),
        "left_out": told.left_out,
    }


def _body(text: str) -> str:
    """Return a query without the lines that say what it is."""
    return "\n".join(dropwhile(lambda line: line.startswith("#"), text.splitlines()))


def _document(view: Mapping[str, Any]) -> dict[str, Any]:
    asked: Question = view["question"]
    return {
        "name": asked.name,
        "title": asked.title,
        "columns": view["columns"],
        "rows": view["rows"],
        "truncated": view["grid"].truncated,
        "left_out": [{"id": city.id, "why": why} for city, why in view["left_out"]],
        "query": asked.text,
    }


def _csv(view: Mapping[str, Any], lang: str) -> str:
    columns: tuple[str, ...] = view["columns"]
    rows = ([row.get(name, "") for name in columns] for row in view["rows"])
    return csv_text(columns, rows, _remarks(view, lang))


def _remarks(view: Mapping[str, Any], lang: str) -> list[str]:
    """Return the lines that say what is missing: rows that were cut off, and cities that could not be asked."""
    cut = (
        [QUESTION_TEXTS["questions.cut"][lang].format(n=len(view["rows"]))] if view["grid"].truncated else []
    )
    return [*cut, *(f"{city.name[lang]}: {why[lang]}" for city, why in view["left_out"])]


def _field(call: RegionCall, name: str, label: Text, value: str) -> Field:
    offer = _OFFERED.get(name)
    return Field(name, label, value, offer(call) if offer else ())


def _cities(call: RegionCall) -> Options:
    return tuple((city.id, city.name) for city in call.cities)


def _regions(call: RegionCall) -> Options:
    return tuple((region.id, region.name) for region in call.regions)


def _kinds(_: RegionCall) -> Options:
    concepts = load_vocabulary().schemes["plan-kind"].concepts.values()
    return tuple((concept.label.de, concept.label) for concept in concepts)


def _topics(call: RegionCall) -> Options:
    """Return the names of topics that some plan has."""

    def make() -> Options:
        answer = call.federation.host_of(call.region_id).query(_TOPICS, accept=ResultFormat.JSON)
        names = [row["name"].value for row in answer.bindings()]
        return tuple((name, Text(name, name)) for name in names)

    return call.keep("topics of cities", make, call.region_id)


_OFFERED: Mapping[str, Callable[[RegionCall], Options]] = {
    "city": _cities,
    "region": _regions,
    "kind": _kinds,
    "topic": _topics,
}
