"""What the tables of a real city look like, measured when asked: rows per table, cells per row, who refers to whom.

Nothing is copied from them but their form: how many rows and cells, which cells are empty, how long lists are, codes,
the precision of dates, the number of digits, the length of texts, and how often each row of a table is referred to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.intake.cells import parts
from graph.intake.rows import SOURCES, Row, read_folder
from ontology.tables import Column, Table, load_tables

if TYPE_CHECKING:
    from random import Random

AACHEN = Path(__file__).parents[2] / "data" / "aachen"

Use = tuple[str, str, str]
"""A column that refers to a table: table, column, table referred to."""

_TRIES = 40


@dataclass(frozen=True, slots=True)
class Shape:
    """The rows that made ones are modelled on, the columns each table has, where an id stands, how often it is used."""

    about: Mapping[str, Any]
    tables: Mapping[str, Table]
    columns: Mapping[str, tuple[Column, ...]]
    rows: Mapping[str, tuple[Row, ...]]
    places: Mapping[str, tuple[str, int]]
    uses: Mapping[Use, tuple[int, ...]]

    def place(self, entry: str, column: Column) -> tuple[str, int]:
        """Return table and row number of what an entry of a column refers to."""
        return self.places[source_key(entry) if column.kind == "graph" else entry]


def source_key(source: str) -> str:
    """Return the name of a source among all ids: sources have names of their own, apart from those of other tables."""
    return f"source/{source}"


@cache
def measure(folder: Path = AACHEN) -> Shape:
    """Return the shape of a folder of tables."""
    delivery = read_folder(folder)
    described = {table.name: table for table in load_tables()}
    tables = {name: described[name] for name in delivery.rows}
    columns = {
        name: tuple(column for column in table.columns if column.name in delivery.rows[name][0].cells)
        for name, table in tables.items()
    }
    places = {
        (source_key(row["id"]) if name == SOURCES else row["id"]): (name, number)
        for name, rows in delivery.rows.items()
        if tables[name].key == ("id",)
        for number, row in enumerate(rows)
    }
    uses = _count_uses(delivery.rows, columns, places)
    return Shape(delivery.about, tables, columns, delivery.rows, places, uses)


def _count_uses(
    rows: Mapping[str, Sequence[Row]],
    columns: Mapping[str, Sequence[Column]],
    places: Mapping[str, tuple[str, int]],
) -> dict[Use, tuple[int, ...]]:
    found: defaultdict[Use, Counter[int]] = defaultdict(Counter)
    for name, held in rows.items():
        for column in columns[name]:
            if column.kind in {"reference", "graph"}:
                for row in held:
                    for entry in parts(row[column.name], column):
                        target, number = places[source_key(entry) if column.kind == "graph" else entry]
                        found[name, column.name, target][number] += 1
    return {use: tuple(count[n] for n in range(len(rows[use[2]]))) for use, count in found.items()}


class Copies:
    """How ``size`` made rows stand for ``models`` rows: in turn, or spread over them where there are fewer."""

    def __init__(self, models: int, size: int) -> None:
        self.models = models
        self.size = size

    def model(self, number: int) -> int:
        """Return the row that a made row is modelled on."""
        return number % self.models if self.size >= self.models else number * self.models // self.size

    def of(self, model: int) -> range:
        """Return the made rows that are modelled on a row."""
        if self.size >= self.models:
            return range(model, self.size, self.models)
        number = -(-model * self.size // self.models)
        return range(number, number + (number < self.size and self.model(number) == model))


class Urn:
    """Draws made rows as often as their models are referred to."""

    def __init__(self, uses: Sequence[int], copies: Copies) -> None:
        self._copies = copies
        weights = [count if copies.of(model) else 0 for model, count in enumerate(uses)]
        if not any(weights):
            weights = [int(bool(copies.of(model))) for model in range(copies.models)]
        self._models = range(copies.models)
        self._cumulated = list(accumulate(weights))
        self.most = sum(len(copies.of(model)) for model, weight in enumerate(weights) if weight)

    def draw(self, dice: Random) -> int:
        """Return a row number."""
        rows = self._copies.of(dice.choices(self._models, cum_weights=self._cumulated)[0])
        return rows[int(dice.random() * len(rows))]

    def draw_within(self, dice: Random, rows: range) -> int | None:
        """Return a row number within a range; None where luck finds none there."""
        drawn = (self.draw(dice) for _ in range(_TRIES))
        return next((number for number in drawn if number in rows), None)

    def draw_several(self, dice: Random, count: int) -> list[int]:
        """Return so many different row numbers, in the order drawn; fewer where luck or rows run out."""
        found: dict[int, None] = {}
        for _ in range(_TRIES * count):
            if len(found) >= min(count, self.most):
                break
            found[self.draw(dice)] = None
        return list(found)
