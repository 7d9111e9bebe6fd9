"""What a review becomes: a delivery of its own source, where its rows were read, what was left out, which ids were given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.errors import Text
from graph.intake.rows import Delivery
from graph.intake.sheets.review import Where

FIRST_ROW = 2


@dataclass(frozen=True, slots=True)
class SheetSource:
    """The workbook as a source: its id, file name, title, and the day it was delivered."""

    id: str
    file: str
    day: str
    publisher: str = ""

    @property
    def title(self) -> str:
        """What the source is called: never a path."""
        return f"Tabelle {self.file}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the sheet says and the store does not take, and why."""

    where: Where
    text: Text


@dataclass(frozen=True, slots=True)
class Made:
    """A delivery, the places of its rows by table, what was left out, and the ids that new things were given."""

    delivery: Delivery
    places: Mapping[str, tuple[Where | None, ...]]
    left_out: tuple[LeftOut, ...]
    ids: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def place(self, table: str, number: int | None) -> Where:
        """Return the place that a row of a table was read from; only the table where there is none."""
        places = self.places.get(table, ())
        inside = number is not None and FIRST_ROW <= number < FIRST_ROW + len(places)
        return (places[number - FIRST_ROW] if inside and number else None) or Where(table)
