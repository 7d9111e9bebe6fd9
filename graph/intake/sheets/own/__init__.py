"""A workbook that Planwerk wrote, come back: recognised by its hidden sheet, read strictly, row by row."""

from __future__ import annotations

from graph.intake.rows import Delivery
from graph.intake.sheets.book import Book
from graph.intake.sheets.own.answers import understand_answer
from graph.intake.sheets.own.marks import is_own
from graph.intake.sheets.own.reading import read_own
from graph.intake.sheets.own.returned import Returned
from ontology.tables import every_table
from ontology.vocabulary import load_vocabulary

__all__ = ["Returned", "deliveries", "is_own", "read_own", "rehearse"]


def deliveries(book: Book) -> tuple[Delivery, ...]:
    """Return the deliveries of a workbook of our own; raises TablesRefused with every problem by sheet, row, column."""
    return read_own(book).checked().deliveries


def rehearse() -> None:
    """Load what reading a workbook of our own loads on first use: after that it needs no file."""
    load_vocabulary()
    every_table()
    understand_answer(("Beschluss",), "21. März 2024, Rat", {})
