"""A column of a table: its heading and the field it was taken for; columns that nobody named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from graph.errors import Text
from graph.intake.sheets.book import column_letters
from graph.intake.sheets.layout.grid import Grid
from graph.intake.sheets.review import ColumnFound

_TITLE_GUESS = 0.3
_FEW_FIELDS = 2  # beside so few known fields a heading that nobody knows is not taken for the title
_SEARCHED = 500
_LEAST_WORDY = 0.6
_TITLE_STEM = re.compile(r"titel|bezeichnung|benennung|namen?\b|title", re.IGNORECASE)
_WORDY = re.compile(r"[^\W\d_]{4,}")


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


def guess_title(
    grid: Grid, columns: dict[int, Column], kind: str, body: tuple[int, int]
) -> dict[int, Column]:
    """Return the columns of an inventory of plans with a title: where none is named, the best guess among the unknown ones.

    The guess keeps a low certainty, and is asked about: the column left of the others whose cells hold different words.
    """
    if kind != "plans" or any(column.field == "title" and not column.hidden for column in columns.values()):
        return columns
    fields = {column.field for column in columns.values()} - {""}
    for column in columns.values():
        nameless = not column.heading or len(fields) > _FEW_FIELDS or bool(_TITLE_STEM.search(column.heading))
        free = nameless and not column.field and not column.hidden and not column.settled
        if free and _names_things(grid, column.index, body):
            why = Text(
                "Keine Überschrift nennt die Bezeichnung; in dieser Spalte stehen lauter verschiedene Namen.",
                "No heading names the title; this column holds names that all differ.",
            )
            return {**columns, column.index: replace(column, field="title", certainty=_TITLE_GUESS, why=why)}
    return columns


def _names_things(grid: Grid, column: int, body: tuple[int, int]) -> bool:
    rows = range(body[0], min(body[1], body[0] + _SEARCHED) + 1)
    texts = [cell.text for row in rows if (cell := grid.row(row).get(column)) and cell.text]
    wordy = [text for text in texts if _WORDY.search(text)]
    return len(wordy) > _LEAST_WORDY * len(texts) > 0 and len(set(wordy)) > _LEAST_WORDY * len(wordy)
