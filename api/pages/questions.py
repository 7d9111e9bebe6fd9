"""Ready-made questions: the list, and for each a form for its parameters, the answer as a table, and the SPARQL."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response

from api.asking import bindings_of, question
from api.pages.answers import Table, table_of
from api.pages.call import Asked, Call, described
from api.pages.names import short_name
from graph.network.build import local_name
from graph.store.answer import ResultFormat
from ontology.questions import GROUPS, load_questions
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ontology.questions import Parameter, Question

router = APIRouter(tags=["questions"])

_OWN = frozenset({"lang", "as_of", "format", "ask"})


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a form shows it: what can be chosen, where it names a thing, and what is filled in."""

    name: str
    label: Text
    type: str
    value: str
    options: tuple[tuple[str, Text], ...]


@router.get("/questions", **described("Fertige Fragen", "ready-made questions"))
def questions(call: Asked) -> Response:
    """Answer with all questions, by group."""
    return call.answer("questions.html", _list_view, _list_document)


def _list_view() -> dict[str, Any]:
    by_group: defaultdict[str, list[Question]] = defaultdict(list)
    for found in load_questions().values():
        by_group[found.group].append(found)
    return {"groups": [(GROUPS[name], tuple(by_group[name])) for name in GROUPS if by_group[name]]}


def _list_document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "questions": [
            {
                "name": found.name,
                "title": found.title,
                "description": found.description,
                "parameters": [
                    {"name": one.name, "type": one.type, "default": one.default, "label": one.label}
                    for one in found.parameters
                ],
            }
            for _, group in view["groups"]
            for found in group
        ]
    }


@router.get("/questions/{name}", **described("Eine Frage und ihre Antwort", "a question and its answer"))
def question_page(call: Asked, name: Annotated[str, Path()]) -> Response:
    """Answer a question; its parameters are those of the address."""
    return call.answer("question.html", lambda: _view(call, name), _document)


def _view(call: Call, name: str) -> dict[str, Any]:
    asked = question(name)
    given = {key: value for key, value in call.request.query_params.items() if key not in _OWN}
    base = call.site.workspace.settings.base
    bindings = bindings_of(asked, given, base)
    answer = call.site.workspace.host().query(asked.text, bindings=bindings, accept=ResultFormat.JSON)
    return {
        "question": asked,
        "fields": [_field(call, parameter, given.get(parameter.name, "")) for parameter in asked.parameters],
        "table": table_of(call, answer, asked.shown),
        "bindings": answer.bindings(),
    }


def _field(call: Call, parameter: Parameter, value: str) -> Field:
    shown = value or ("" if parameter.class_ else _default(call, parameter))
    return Field(parameter.name, parameter.label, parameter.type, shown, _options(call, parameter))


def _default(call: Call, parameter: Parameter) -> str:
    return call.day.isoformat() if parameter.default == "today" else parameter.default or ""


def _options(call: Call, parameter: Parameter) -> tuple[tuple[str, Text], ...]:
    """Return id and name of every thing that a parameter can name, by name."""
    if parameter.class_ is None:
        return ()
    network = call.network
    found = [
        (network.id(node), short_name(network, node))
        for node in network.of_type(local_name(parameter.class_))
    ]
    return tuple(sorted(found, key=lambda pair: pair[1].de.casefold()))


def _document(view: Mapping[str, Any]) -> dict[str, Any]:
    asked: Question = view["question"]
    table: Table = view["table"]
    return {
        "name": asked.name,
        "title": asked.title,
        "columns": asked.columns,
        "rows": [{name: _cell_json(term) for name, term in row.items()} for row in view["bindings"]],
        "truncated": table.truncated,
        "query": asked.text,
    }


def _cell_json(term: Any) -> str:
    return str(term.value)
