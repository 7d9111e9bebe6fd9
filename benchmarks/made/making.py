"""Make the rows of one table, each after its model: same form, other content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from benchmarks.made.shape import Urn
from graph.intake.cells import parts
from graph.intake.rows import SOURCES, Row
from ontology.tables import Column
from ontology.terms import PW, SKOS, XSD

if TYPE_CHECKING:
    from benchmarks.made.generate import Inventory

Cells = dict[str, str]
Place = tuple[str, int]

NAMES: Mapping[str, tuple[str, str]] = {
    "areas": ("a", "Raum"),
    "bodies": ("b", "Gremium"),
    "data_sources": ("ds", "Datenquelle"),
    "deliberations": ("step", "Beratung"),
    "departments": ("dep", "Dienststelle"),
    "events": ("e", "Ereignis"),
    "goals": ("g", "Ziel"),
    "indicators": ("n", "Kennzahl"),
    "instruments": ("i", "Instrument"),
    "measures": ("m", "Maßnahme"),
    "papers": ("v", "Vorlage"),
    "partners": ("par", "Partner"),
    "plans": ("p", "Planwerk"),
    "relations": ("r", "Beziehung"),
    "series": ("s", "Reihe"),
    "sources": ("src", "Quelle"),
    "spatial_frames": ("fr", "Raumgliederung"),
    "target_groups": ("tg", "Zielgruppe"),
    "topics": ("t", "Thema"),
}
"""The prefix of ids and the word of labels, per table."""

_RELATION = ("subject", "object")
_YEARS_BACK = (0, 1, 2)
_YEAR = re.compile(r"\d{4}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FRIDAY = 4
_DIGIT = re.compile(r"\d")
_WORDS = tuple(
    word
    for words in (
        "Angebote Beteiligung Bestand Daten Entwicklung Familien Fläche Förderung Grundlage Handlungsfeld Jahr Konzept",
        "Kooperation Lage Maßnahmen Netz Quartier Raum Stadt Steuerung Teilhabe Träger Umsetzung Verwaltung Wohnen",
        "und der die mit für von im zur",
    )
    for word in words.split()
)


class Maker:
    """Makes the rows of one table of an inventory; the same seed gives the same rows."""

    def __init__(self, inventory: Inventory, table: str) -> None:
        shape = inventory.shape
        self.inventory = inventory
        self.table = shape.tables[table]
        self.columns = sorted(shape.columns[table], key=lambda column: column.kind != "graph")
        self.models = shape.rows[table]
        self.copies = inventory.copies(table)
        self.dice = Random(f"{inventory.seed}/{table}")
        self.urns = {
            use[1:]: Urn(counts, inventory.copies(use[2]))
            for use, counts in shape.uses.items()
            if use[0] == table
        }
        self.repeated = {
            column.name: _repeated(self.models, column) for column in self.columns if column.kind == "literal"
        }

    def rows(self) -> Iterator[Cells]:
        """Yield the cells of each row; no two rows have the same key."""
        keys: set[tuple[str, ...]] = set()
        for number in range(self.copies.size):
            cells = self._row(number)
            while (key := tuple(cells[name] for name in self.table.key)) in keys:
                cells = self._row(number)
            keys.add(key)
            yield cells

    def _row(self, number: int) -> Cells:
        model = self.models[self.copies.model(number)]
        back = self.dice.choice(_YEARS_BACK)
        cells: Cells = {}
        for column in self.columns:
            typed = cells["source_id"] if column.kind == "from_source" else model[column.name]
            cells[column.name] = self._cell(typed, column, number, back, cells) if typed else ""
        return cells | self._ends(model) if self.table.name == "relations" else cells

    def _cell(self, typed: str, column: Column, number: int, back: int, cells: Cells) -> str:
        if column.kind == "key":
            return self.inventory.id(self.table.name, number)
        if column.kind == "graph":
            return self.inventory.id(SOURCES, self.urns[column.name, SOURCES].draw(self.dice))
        if column.kind == "from_source":
            address, day = self.inventory.citations[row_number(cells["source_id"])]
            return address if column.property == PW.address else day
        if column.kind == "reference":
            return self._references(typed, column, number, cells)
        return self._value(typed, column, number, back)

    def _value(self, typed: str, column: Column, number: int, back: int) -> str:
        if column.kind == "date" or column.datatype == XSD.gYear:
            return years_back(typed, back)
        if column.kind == "number":
            return other_digits(typed, self.dice)
        if column.kind == "text":
            label = f"{NAMES[self.table.name][1]} {number + 1:05d}"
            return label if column.property == SKOS.prefLabel else prose(f"{label}:", len(typed), self.dice)
        if column.kind == "literal":
            return self._literal(typed, column, number)
        return typed

    def _literal(self, typed: str, column: Column, number: int) -> str:
        """Return a numbered word, repeated as often as its model."""
        if column.datatype == XSD.anyURI:
            return f"https://example.org/{self.table.name}/{number + 1:05d}"
        place = self.repeated[column.name].get(typed)
        return f"{column.title.de} {number + 1:05d}" if place is None else f"{column.title.de} {place}"

    def _references(self, typed: str, column: Column, number: int, cells: Cells) -> str:
        if column.refers_to == ("*",):
            return ""
        places = [self.inventory.shape.places[entry] for entry in parts(typed, column)]
        if column.refers_to == ("goals",):
            drawn = self._goals(len(places), column, cells)
        elif column.refers_to == ("plans",) and column.inverse:
            drawn = [("plans", self.inventory.plan_of_goal[number])]
        elif column.refers_to == (self.table.name,):
            drawn = self._earlier(column, number)
        else:
            drawn = self._several(places, column)
        tidy = places == sorted(places)
        return (column.separator or ";").join(
            self.inventory.id(*place) for place in (sorted(drawn) if tidy else drawn)
        )

    def _several(self, places: Sequence[Place], column: Column) -> list[Place]:
        """Draw as many rows of the same tables."""
        tables = [table for table, _ in places]
        return [
            (table, number)
            for table in dict.fromkeys(tables)
            for number in self.urns[column.name, table].draw_several(self.dice, tables.count(table))
        ]

    def _goals(self, count: int, column: Column, cells: Cells) -> list[Place]:
        """Draw among the goals of the row's plans, where it names a plan."""
        plans = (cells.get("plans") or cells.get("plan", "")).split(";")
        if any(plans):
            own = [goal for plan in plans for goal in self.inventory.goals_of_plan.get(plan, ())]
            chosen = self.dice.sample(own, min(count, len(own)))
        else:
            chosen = self.urns[column.name, "goals"].draw_several(self.dice, count)
        return [("goals", goal) for goal in chosen]

    def _earlier(self, column: Column, number: int) -> list[Place]:
        """Draw an earlier row of the same table, else a later one that refers to none itself: no circles."""
        urn = self.urns[column.name, self.table.name]
        found = urn.draw_within(self.dice, range(number))
        if found is None:
            later = urn.draw_within(self.dice, range(number + 1, self.copies.size))
            rooted = later is not None and not self.models[self.copies.model(later)][column.name]
            found = later if rooted else None
        return [] if found is None else [(self.table.name, found)]

    def _ends(self, model: Row) -> Cells:
        """Draw both ends of a relation; within a table they stand in the order of the model: no circles."""
        shape = self.inventory.shape
        subject, other = (shape.places[model[name]] for name in _RELATION)
        first, second = (
            self.urns[name, place[0]].draw(self.dice)
            for name, place in zip(_RELATION, (subject, other), strict=True)
        )
        if subject[0] == other[0]:
            second = second if second != first else (first + 1) % self.inventory.copies(other[0]).size
            first, second = sorted((first, second), reverse=subject > other)
        return {
            "subject": self.inventory.id(subject[0], first),
            "object": self.inventory.id(other[0], second),
        }


def _repeated(models: Sequence[Row], column: Column) -> Mapping[str, int]:
    """Return a number for each text of a column, or nothing where no text stands twice."""
    held = [row[column.name] for row in models if row[column.name]]
    distinct = dict.fromkeys(held)
    return {} if len(distinct) == len(held) else {text: place for place, text in enumerate(distinct, start=1)}


def row_number(local: str) -> int:
    """Return the number of a made row, counted from 0.

    >>> row_number("syn-p-00042")
    41
    """
    return int(local.rpartition("-")[2]) - 1


def years_back(typed: str, years: int) -> str:
    """Return a date of the same precision some years earlier; a working day stays one.

    >>> years_back("2020-02-29", 1), years_back("2024/2025", 2), years_back("2017-11", 0)
    ('2019-02-28', '2022/2023', '2017-11')
    """
    earlier = _YEAR.sub(lambda year: str(int(year[0]) - years), typed)
    return _on_working_day(earlier, typed) if _DAY.fullmatch(typed) else earlier


def _on_working_day(text: str, typed: str) -> str:
    """Return the day, or the Friday before where it falls on a weekend and the model's did not."""
    if text.endswith("-02-29") and text != typed:
        text = text.replace("-02-29", "-02-28")
    day = date.fromisoformat(text)
    past_friday = max(0, day.weekday() - _FRIDAY) if date.fromisoformat(typed).weekday() <= _FRIDAY else 0
    return (day - timedelta(days=past_friday)).isoformat()


def other_digits(typed: str, dice: Random) -> str:
    """Return a number with as many digits; its first digit is never 0."""
    head, tail = typed[:1], typed[1:]
    return _DIGIT.sub(lambda _: dice.choice("123456789"), head) + _DIGIT.sub(
        lambda _: dice.choice("0123456789"), tail
    )


def prose(beginning: str, length: int, dice: Random) -> str:
    """Return words about nothing, about as long as a text."""
    words = [beginning]
    left = length - len(beginning)
    while left > 0:
        words.append(dice.choice(_WORDS))
        left -= len(words[-1]) + 1
    return " ".join(words)
