"""From a workbook to its review: every row explained, every record with the cells it was read from."""

from __future__ import annotations

from collections.abc import Callable

from graph.errors import Text
from graph.intake.sheets.book import Book
from graph.intake.sheets.known import Known
from graph.intake.sheets.layout.grid import Grid
from graph.intake.sheets.review import Review, RowClass

Watch = Callable[[int, int], None]

_EMPTY = Text("Leere Zeile.", "Empty row.")
_NOTHING = Text("Zeile außerhalb einer erkannten Tabelle.", "Row outside any table that was recognised.")


def understand(book: Book, known: Known, watch: Watch | None = None) -> Review:
    """Return what a workbook says, as far as it is certain, and questions for the rest.

    ``watch`` is told rows done and rows in all.
    """
    review = Review(book.name)
    for sheet in book.sheets:
        grid = Grid(sheet)
        for row in range(1, grid.height + 1):
            filled = bool(grid.row(row))
            review.rows.append(
                RowClass(sheet.name, row, "other" if filled else "empty", _NOTHING if filled else _EMPTY)
            )
    if watch:
        watch(len(review.rows), len(review.rows))
    return review
