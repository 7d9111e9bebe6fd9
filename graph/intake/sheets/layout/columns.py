"""A column of a table: its heading and the field it was taken for; columns that nobody named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.errors import Text
from graph.intake.sheets.book import column_letters
from graph.intake.sheets.layout.grid import Grid
from graph.intake.sheets.review import ColumnFound


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its index, heading as written in one line, table and field (empty: none), how surely, why."""

    index: int
    heading: str
    table: str
    field: str
    certainty: float
    why: Text
    hidden: bool = False
    settled: bool = False

    @property
    def letters(self) -> str:
        """The letters of the column."""
        return column_letters(self.index)

    @property
    def label(self) -> str:
        """The heading, or the letters where there is none."""
        return self.heading or self.letters

    def found(self) -> ColumnFound:
        """Return the column as the review shows it."""
        return ColumnFound(self.letters, self.heading, self.table, self.field, self.certainty, self.why)


def without_heading(grid: Grid, columns: Mapping[int, object], body: tuple[int, int]) -> Iterator[int]:
    """Yield the columns that hold cells in the body of a table and have no heading."""
    seen = {column for row in range(body[0], body[1] + 1) for column in grid.row(row)}
    yield from sorted(seen - set(columns))
