"""Which cities have a goal like a text: a suggestion by shared words, city by city; people say whether two mean the same.

The words of all goals are read once for each state of the cities. No finding and no comparison rests on this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.errors import BadRequest
from graph.findings.related.similar_goals import GoalWords, checked_text, read_texts, similar_goals
from graph.store.inventory import inventory_iri
from graph.store.query.answer import ResultFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from api.cities.answers.asking import LeftOut
    from api.cities.federation import Federation
    from api.cities.register import City
    from graph.findings.related.similar_goals import SimilarGoal

#: So many goals are compared at most: beyond, it would take more than a second, and a region is asked instead.
MOST_GOALS = 50_000
#: So many goals of one city are shown at most, and so many of all.
PER_CITY = 3
_MOST_FOUND = 300
_SPACE = re.compile(r"[\W_]+")
_SECONDS = 20.0
_GOALS = """PREFIX pw: <https://w3id.org/planwerk/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?goal (MIN(STR(?name)) AS ?label) ?where WHERE {
  ?goal a pw:Goal ; pw:inInventory ?where ; skos:prefLabel ?name
} GROUP BY ?goal ?where ORDER BY ?goal"""
_PLANS = """PREFIX pw: <https://w3id.org/planwerk/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?goal ?plan (MIN(STR(?name)) AS ?label) WHERE {{
  VALUES ?goal {{ {goals} }}
  ?goal pw:inInventory ?where .
  ?plan pw:pursues ?goal ; pw:inInventory ?where ; skos:prefLabel ?name
}} GROUP BY ?goal ?plan ORDER BY ?goal ?label"""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing of a city with its name."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class AlikeGoal:
    """A goal of a city like the text, the plans that pursue it, and whether it has the very same wording."""

    goal: Named
    plans: tuple[Named, ...]
    found: SimilarGoal
    is_same: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """Cities with goals like a text, the most alike first; cities with goals but none like it; cities without any goal."""

    text: str
    cities: tuple[tuple[City, tuple[AlikeGoal, ...]], ...]
    without: tuple[City, ...]
    no_goals: tuple[City, ...]
    left_out: LeftOut


@dataclass(frozen=True)
class CityGoals:
    """The words of the goals of several cities, and in whose inventory each goal stands."""

    words: GoalWords
    labels: Mapping[str, str]
    where: Mapping[str, str]


def read_city_goals(federation: Federation, region: str | None) -> CityGoals:
    """Return the goals of the cities of a region, read for comparing.

    Raises BadRequest where they are too many.
    """
    host = federation.host_of(region)
    wanted = {inventory_iri(city.base) for city in federation.register.of_region(region)}
    limits = replace(host.limits, rows=MOST_GOALS + 1, seconds=max(_SECONDS, host.limits.seconds))
    answer = host.query(_GOALS, accept=ResultFormat.JSON, limits=limits)
    rows = [row for row in answer.bindings() if row["where"].value in wanted]
    if answer.truncated or len(rows) > MOST_GOALS:
        raise BadRequest(
            f"Mehr als {MOST_GOALS:,} Ziele lassen sich nicht auf einmal vergleichen. "
            "Bitte eine Region wählen.".replace(",", "."),
            f"More than {MOST_GOALS:,} goals cannot be compared at once. Please choose a region.",
        )
    labels = {row["goal"].value: row["label"].value for row in rows}
    return CityGoals(read_texts(labels, {}), labels, {row["goal"].value: row["where"].value for row in rows})


def goals_alike(
    federation: Federation, goals: CityGoals, text: str, region: str | None, per_city: int = PER_CITY
) -> Alike:
    """Return which cities of a region have goals like a text, at most ``per_city`` goals of each.

    Raises BadRequest for a text that is too long for a goal.
    """
    asked = checked_text(text)
    by_inventory = {inventory_iri(city.base): city for city in federation.register.of_region(region)}
    found: dict[str, list[SimilarGoal]] = {}
    for one in similar_goals(goals.words, asked, _MOST_FOUND) if asked else ():
        of_city = found.setdefault(goals.where[one.goal], [])
        if len(of_city) < per_city:
            of_city.append(one)
    plans = _plans_of(federation, region, [one.goal for of_city in found.values() for one in of_city])
    have = {by_inventory[where].id for where in goals.where.values()}
    parts = federation.parts(region)
    read = [part.city for part in parts if not part.trouble]
    with_alike = {by_inventory[where].id for where in found}
    return Alike(
        asked,
        tuple(
            (by_inventory[where], tuple(_alike(goals, asked, one, plans) for one in of_city))
            for where, of_city in found.items()
        ),
        tuple(city for city in read if city.id in have - with_alike),
        tuple(city for city in read if city.id not in have),
        tuple((part.city, part.trouble) for part in parts if part.trouble),
    )


def _alike(
    goals: CityGoals, text: str, one: SimilarGoal, plans: Mapping[str, tuple[Named, ...]]
) -> AlikeGoal:
    label = goals.labels[one.goal]
    return AlikeGoal(Named(one.goal, label), plans.get(one.goal, ()), one, _folded(label) == _folded(text))


def _folded(text: str) -> str:
    """Return a wording without what does not tell it from another.

    >>> _folded("Mehr Grün – überall!")
    'mehrgrünüberall'
    """
    return _SPACE.sub("", text.casefold())


def _plans_of(
    federation: Federation, region: str | None, goals: Iterable[str]
) -> dict[str, tuple[Named, ...]]:
    named = " ".join(f"<{goal}>" for goal in goals)
    if not named:
        return {}
    answer = federation.host_of(region).query(_PLANS.format(goals=named), accept=ResultFormat.JSON)
    found: dict[str, tuple[Named, ...]] = {}
    for row in answer.bindings():
        plan = Named(row["plan"].value, row["label"].value)
        found[row["goal"].value] = (*found.get(row["goal"].value, ()), plan)
    return found


def alike_json(alike: Alike, notes: Mapping[str, object]) -> dict[str, object]:
    """Return it as programs want it, with the ``notes`` that say what it is and what not."""
    return {
        "text": alike.text,
        **notes,
        "cities": [
            {"id": city.id, "name": city.name, "goals": [_goal_json(city, one) for one in found]}
            for city, found in alike.cities
        ],
        "without": [city.id for city in alike.without],
        "no_goals": [city.id for city in alike.no_goals],
        "left_out": [{"id": city.id, "why": why} for city, why in alike.left_out],
    }


def _goal_json(city: City, one: AlikeGoal) -> dict[str, object]:
    def named(thing: Named) -> dict[str, str]:
        return {"id": thing.iri.removeprefix(city.base), "label": thing.label}

    return {
        **named(one.goal),
        "plans": list(map(named, one.plans)),
        "similarity": one.found.similarity,
        "words": list(one.found.words),
        "same_wording": one.is_same,
        "opposite": one.found.is_opposite,
    }
