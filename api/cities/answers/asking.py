"""Questions asked of several cities: of all together, or of each in turn where a question knows one city only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from api.cities.federation import UNREADABLE
from api.cities.opened import trouble_of
from api.jobs.asking import bindings_of, question_named
from graph.errors import BadRequest
from graph.store.inventory import inventory_iri
from graph.store.query.answer import ResultFormat, iri
from ontology.across import load_across_questions
from ontology.questions import VALUES, load_questions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.cities.federation import Federation
    from api.cities.register import City
    from graph.errors import Text
    from graph.store.query.answer import Cell
    from ontology.questions import Question

#: The column that names the city of a row, beside those of the question.
CITY = "inventory"
#: So many cities are asked one after the other at most.
MOST_IN_TURN = 25
LeftOut = tuple[tuple["City", "Text"], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The answer of several cities: columns, those that people read, rows, and which cities are missing and why."""

    columns: tuple[str, ...]
    shown: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]
    truncated: bool
    left_out: LeftOut


@cache
def in_turn() -> Mapping[str, Question]:
    """Return the questions about one city with those parameters only that name none of its things: ids differ by city."""
    return MappingProxyType(
        {
            name: replace(asked, parameters=tuple(one for one in asked.parameters if one.type in VALUES))
            for name, asked in load_questions().items()
        }
    )


def across_question(name: str) -> Question:
    """Return the question with this name, or the only one whose name begins so (``q91``).

    Raises NotFound, with the nearest names.
    """
    return question_named(name, {**load_across_questions(), **in_turn()})


def ask_across(federation: Federation, asked: Question, given: Mapping[str, str]) -> Told:
    """Return the answer of the cities of a region, or of all, to a question.

    Raises BadRequest for a parameter that does not exist or too many cities, NotFound for a city or region that is not
    registered.
    """
    if given.get("city"):
        federation.register.city(given["city"])
    region = given.get("region") or None
    cities = federation.register.of_region(region)
    if asked.name in load_across_questions():
        return _ask_together(federation, asked, given, region)
    rest = {name: value for name, value in given.items() if name != "region"}
    return _ask_in_turn(federation, asked, rest, cities)


def _ask_together(
    federation: Federation, asked: Question, given: Mapping[str, str], region: str | None
) -> Told:
    bindings = bindings_of(asked, given, federation.settings.base)
    host = federation.host_of(region)
    answer = host.query(asked.text, bindings=bindings, accept=ResultFormat.JSON)
    left_out = tuple((part.city, part.trouble) for part in federation.parts(region) if part.trouble)
    return Told(asked.columns, asked.shown, tuple(answer.bindings()), answer.truncated, left_out)


def _ask_in_turn(
    federation: Federation, asked: Question, given: Mapping[str, str], cities: tuple[City, ...]
) -> Told:
    if len(cities) > MOST_IN_TURN:
        raise BadRequest(
            f"Diese Frage geht an jede Stadt einzeln, an höchstens {MOST_IN_TURN}; das sind {len(cities)}. "
            "Bitte eine kleinere Region wählen.",
            f"This question goes to each city in turn, to {MOST_IN_TURN} at most; these are {len(cities)}. "
            "Please choose a smaller region.",
        )
    rows: list[Mapping[str, Cell]] = []
    left_out: list[tuple[City, Text]] = []
    is_cut = False
    for city in cities:
        bindings = bindings_of(asked, given, city.base)
        try:
            with federation.cities.using(city) as workspace:
                answer = workspace.host().query(asked.text, bindings=bindings, accept=ResultFormat.JSON)
        except UNREADABLE as error:
            left_out.append((city, trouble_of(error, city)))
            continue
        rows += ({CITY: iri(inventory_iri(city.base)), **row} for row in answer.bindings())
        is_cut |= answer.truncated
    return Told((CITY, *asked.columns), (CITY, *asked.shown), tuple(rows), is_cut, tuple(left_out))
