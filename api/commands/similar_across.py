"""Which cities have a goal like a text, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cities.answers.similar import alike_json, goals_alike, read_city_goals
from api.commands.asked import DONE
from api.tables.terminal import Table, say, write_csv, write_json, write_table
from api.wording.texts import TEXTS
from graph.findings.related.similar_goals import NOTE, NOTHING, OPPOSITE, checked_text

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from api.cities.answers.similar import Alike, AlikeGoal
    from api.cities.federation import Federation
    from api.cities.register import City


def similar_goals_across(federation: Federation, asked: Namespace) -> int:
    """Show the recorded goals of each city that resemble a text, and which cities have none."""
    text = checked_text(asked.text)
    goals = read_city_goals(federation, asked.region)
    alike = goals_alike(federation, goals, text, asked.region, asked.top)
    lang = federation.settings.lang
    if asked.format == "json":
        write_json(alike_json(alike, {"note": NOTE, "nothing": None if alike.cities else NOTHING}))
        return DONE
    for city, why in alike.left_out:
        say(f"{TEXTS['cities.troubled'][lang]}: {city.name[lang]}. {why[lang]}")
    if asked.format == "csv":
        columns = ("city", "goal", "label", "plans", "words", "similarity", "same_wording", "opposite")
        write_csv(Table(columns, [_record(city, one) for city, found in alike.cities for one in found]))
    else:
        write_table(_table(alike, lang))
    return DONE


def _record(city: City, one: AlikeGoal) -> tuple[str, ...]:
    plans = "; ".join(plan.iri.removeprefix(city.base) for plan in one.plans)
    marks = (str(mark).lower() for mark in (one.is_same, one.found.is_opposite))
    words = "; ".join(one.found.words)
    local = one.goal.iri.removeprefix(city.base)
    return (city.id, local, one.goal.label, plans, words, f"{one.found.similarity:.4f}", *marks)


def _table(alike: Alike, lang: str) -> Table:
    heads = {
        "de": ("Stadt", "Ziel", "Planwerk", "gemeinsame Wörter", ""),
        "en": ("city", "goal", "plan", "shared words", ""),
    }[lang]
    rows = [_row(city, one, lang) for city, found in alike.cities for one in found]
    return Table(heads if rows else (), rows, notes=list(_notes(alike, lang)))


def _row(city: City, one: AlikeGoal, lang: str) -> tuple[str, ...]:
    marks = [TEXTS["cities.same_wording"][lang]] if one.is_same else []
    marks += [OPPOSITE[lang]] if one.found.is_opposite else []
    plans = "\n".join(plan.label for plan in one.plans)
    return city.name[lang], one.goal.label, plans, ", ".join(one.found.words), ", ".join(marks)


def _notes(alike: Alike, lang: str) -> Iterator[str]:
    if not alike.cities:
        yield NOTHING[lang]
    for key, cities in (("goals_without", alike.without), ("goals_none", alike.no_goals)):
        if cities:
            names = ", ".join(city.name[lang] for city in cities)
            yield f"{TEXTS[f'cities.{key}'][lang]}: {names}. {TEXTS[f'cities.{key}_hint'][lang]}"
    yield NOTE[lang]
