"""What the columns of questions across cities are called, and how their cells read: links lead to the pages of each city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from api.pages.exchange.vocabulary import shortened
from api.wording.columns import column_name
from api.wording.texts import TEXTS
from graph.dates import shown_date
from graph.store.inventory import INVENTORY
from ontology.terms import XSD
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.cities.answers.asking import Told
    from api.cities.calls import RegionCall
    from api.cities.register import City
    from graph.store.query.answer import Cell

_LABEL = "Label"
_DATES = frozenset({XSD.date, XSD.gYear, XSD.gYearMonth})
_NUMBERS = frozenset({XSD.integer, XSD.decimal})
_NAMES: Mapping[str, Text] = {
    "cities": Text("Städte", "Cities"),
    "city": Text("Stadt", "City"),
    "cityNames": Text("Welche Städte", "Which cities"),
    "completeBy": Text("Vollständig erklärt von", "Declared complete by"),
    "completeOn": Text("Vollständig am", "Complete on"),
    "current": Text("Laufend", "Current"),
    "duty": Text("Pflicht", "Duty"),
    "example": Text("Beispiel", "Example"),
    "fitting": Text("Passende Planwerke", "Plans that fit"),
    "groupName": Text("Zielgruppe", "Target group"),
    "inventory": Text("Stadt", "City"),
    "kindLabel": Text("Art", "Kind"),
    "other": Text("Genannt", "Named"),
    "otherInventory": Text("Aus dem Bestand von", "From the inventory of"),
    "past": Text("Vergangen", "Past"),
    "regionLabel": Text("Region", "Region"),
    "statusLabel": Text("Stand", "Status"),
    "statusOpen": Text("Stand nicht erhoben", "Status not recorded"),
    "thing": Text("Ding", "Thing"),
    "told": Text("Antwort", "Answer"),
    "topicName": Text("Thema", "Topic"),
    "typeName": Text("Plantyp", "Type of plan"),
    "wording": Text("Wortlaut, zusammengeschrieben", "Wording, run together"),
}
#: Columns that only serve to sort.
_UNSEEN = frozenset({"wording"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell: what is read, in which language it was written, and where it leads."""

    text: str
    address: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of an answer as people read them, None where a variable is not bound."""

    heads: tuple[Text, ...]
    rows: tuple[tuple[Shown | None, ...], ...]
    truncated: bool


def head_of(column: str) -> Text:
    """Return what a column is called."""
    return _NAMES.get(column) or column_name(column)


def read_columns(told: Told) -> list[str]:
    """Return the columns that people read; a thing and its name share one."""
    columns = [name for name in told.shown if name not in _UNSEEN]
    return [name for name in columns if not (name.endswith(_LABEL) and name.removesuffix(_LABEL) in columns)]


def grid_of(call: RegionCall, told: Told) -> Grid:
    """Return an answer as people read it."""
    own = read_columns(told)
    cities = {city.base: city for city in call.federation.register.cities}
    rows = tuple(tuple(_cell(call, cities, row, name) for name in own) for row in told.rows)
    return Grid(tuple(map(head_of, own)), rows, told.truncated)


def _cell(call: RegionCall, cities: Mapping[str, City], row: Mapping[str, Cell], name: str) -> Shown | None:
    cell = row.get(name)
    if cell is None:
        return None
    label = row.get(f"{name}{_LABEL}")
    if cell.kind != "iri":
        return _value(call, name, cell)
    city = next((city for base, city in cities.items() if cell.value.startswith(base)), None)
    if city is None:
        return Shown(label.value if label else shortened(cell.value), lang="de" if label else None)
    local = cell.value.removeprefix(city.base)
    if local == INVENTORY:
        return Shown(city.name[call.lang], call.address(city))
    return Shown(label.value if label else local, call.address(city, f"/id/{quote(local)}"), "de")


def _value(call: RegionCall, name: str, cell: Cell) -> Shown:
    if name == "told":
        return Shown(TEXTS[f"told.{cell.value}"][call.lang])
    if cell.datatype in _NUMBERS:
        return Shown(call.number(cell.value))
    if cell.datatype in _DATES:
        return Shown(shown_date(cell.value)[call.lang])
    return Shown(cell.value, lang="de")


def raw_rows(told: Told) -> list[dict[str, str]]:
    """Return the rows for programs, each with the columns that are bound."""
    return [{name: row[name].value for name in told.columns if name in row} for row in told.rows]
