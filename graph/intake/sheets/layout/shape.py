"""How the rows of one table usually look: whether they are numbered, stand out, hold more than a title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from graph.intake.sheets.book import Cell
from graph.intake.sheets.layout.marks import is_ordinal
from graph.intake.sheets.layout.tables import Table

_MOST_ROWS = 2_000
_USUALLY = 0.6
_OFTEN = 0.4
_HARDLY = 6
_DIGITS = re.compile(r"\d{1,5}[.)]?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")


@dataclass(frozen=True, slots=True)
class Shape:
    """What is usual: the column that numbers the rows (None: nobody does), dotted numbers, strong or lone titles."""

    number: int | None
    dotted: bool
    strong: bool
    lonely: bool

    def counts(self, text: str) -> bool:
        """Whether a text numbers an entry here, as the other entries are numbered.

        >>> Shape(1, False, False, False).counts("12."), Shape(1, False, False, False).counts("IV")
        (True, False)
        """
        if self.dotted:
            return bool(_DOTTED.fullmatch(text.strip()))
        return bool(_DIGITS.fullmatch(text.strip()))


def shape_of(table: Table) -> Shape:
    """Return how the first rows of a table look that name something and more."""
    number = _number_column(table)
    title = table.title
    rows = [cells for row in _sample(table) if (cells := own(table, row))]
    named = [cells for cells in rows if title in cells]
    numbers = [cells[number].text.strip() for cells in named if number in cells] if number else []
    full = [cells for cells in named if len(cells) > 1]
    strong = [cells for cells in full if title and (cells[title].bold or cells[title].filled)]
    return Shape(
        number if numbers and len(numbers) > _OFTEN * len(full) else None,
        sum(bool(_DOTTED.fullmatch(text)) for text in numbers) > _USUALLY * len(numbers) > 0,
        len(strong) > _USUALLY * len(full),
        len(full) * _HARDLY < len(named),
    )


def own(table: Table, row: int) -> Mapping[int, Cell]:
    """Return the filled cells of a row that lie under the columns of the table."""
    return {
        column: cell for column, cell in table.grid.row(row).items() if cell.text and column in table.columns
    }


def _sample(table: Table) -> list[int]:
    return list(islice(range(table.first, table.last + 1), _MOST_ROWS))


def _number_column(table: Table) -> int | None:
    """Return the column that counts the rows: the one headed so, else an unnamed one left of the title that only counts."""
    named = table.column("number")
    if named:
        return named.index
    title = table.title
    for column, found in table.columns.items():
        if title is None or column >= title or found.field or found.heading:
            continue
        texts = [
            cell.text for row in _sample(table) if (cell := table.grid.row(row).get(column)) and cell.text
        ]
        counting = sum(is_ordinal(text) for text in texts)
        if texts and counting > _USUALLY * len(texts):
            return column
    return None
