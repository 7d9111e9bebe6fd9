"""Areas as rows of a table: under the name of their spatial frame, indented by what lies in what, with counts and plans."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from graph.output.drawing.document import said_in

if TYPE_CHECKING:
    from graph.output.drawing.document import Document

FIRST = 3
"""So many plans stand in a row at once; the rest is folded."""


@dataclass(frozen=True, slots=True)
class NamedPlan:
    """A plan in a row."""

    node: int
    label: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """An area, how deep it lies in its frame, the counts of plans, goals and measures, and the plans."""

    node: int
    label: str
    depth: int
    counts: tuple[int, int, int]
    plans: tuple[NamedPlan, ...]

    @property
    def first(self) -> tuple[NamedPlan, ...]:
        """The plans that stand in the row at once."""
        return self.plans[:FIRST]

    @property
    def more(self) -> tuple[NamedPlan, ...]:
        """The plans that are folded."""
        return self.plans[FIRST:]


@dataclass(frozen=True, slots=True)
class Frame:
    """A spatial frame with its areas."""

    label: str
    rows: tuple[TableRow, ...]


def areas_of(document: Document, lang: str) -> tuple[Frame, ...] | None:
    """Return the table of areas, nothing for other lenses."""
    table = document["areas"]
    if table is None:
        return None
    label = document["nodes"]["label"]
    rows = [
        TableRow(
            node, label[node], depth, (plans, goals, measures), tuple(NamedPlan(n, label[n]) for n in named)
        )
        for node, depth, plans, goals, measures, named in zip(
            *(table[name] for name in ("rows", "depth", "plans", "goals", "measures", "named")),
            strict=True,
        )
    ]
    framed = groupby(zip(table["frame"], rows, strict=True), key=lambda pair: pair[0])
    return tuple(
        Frame(said_in(table["frames"][frame], lang), tuple(row for _, row in members))
        for frame, members in framed
    )
