"""Build plans from fact sheets: each column of answers is one plan."""

from __future__ import annotations

from collections.abc import Iterator

from graph.errors import Text
from graph.intake.sheets.book import column_letters
from graph.intake.sheets.layout.facts import Fact, FactSheet
from graph.intake.sheets.records.cells import Cells, plain_title
from graph.intake.sheets.records.log import Log
from graph.intake.sheets.review import LIST_FIELDS, ColumnFound, Record, Where
from graph.intake.sheets.wording.folding import clean

_GOES_ON = LIST_FIELDS | {"note", "summary"}


def plans_of(sheet: FactSheet, cells: Cells, log: Log) -> Iterator[Record]:
    """Yield the plan of each column; a column without a title is asked about."""
    for column in sheet.plans:
        place = sheet.titles.get(column)
        if place is None:
            _ask_title(sheet, column, log)
            continue
        where = Where.at(sheet.grid.name, place[0], place[1])
        title = plain_title(sheet.grid.text(*place))
        record = Record("plans", where, {})
        cells.read(record, "title", sheet.grid.row(place[0])[place[1]], (sheet.grid.name, *place))
        if record.text("title") and title:
            _read(sheet, column, record, cells)
            yield record


def _read(sheet: FactSheet, column: int, record: Record, cells: Cells) -> None:
    for fact in sheet.facts:
        place = _answer_at(sheet, fact) if fact.at else column
        cell = sheet.grid.cell(fact.row, place)
        if cell is None or not cell.text:
            continue
        held = record.raw.get(fact.key, "")
        record.raw[fact.key] = f"{held}\n{cell.text}" if held else cell.text
        record.comments += [cell.comment] if cell.comment else []
        record.links += [cell.link] if cell.link else []
        if fact.field and fact.field != "title" and (not fact.continues or fact.field in _GOES_ON):
            cells.read(record, fact.field, cell, (sheet.grid.name, fact.row, place))


def _answer_at(sheet: FactSheet, fact: Fact) -> int:
    """Return the column of the answer to a further key of a form: the first filled cell at its right, before the next key."""
    keys = {other.at for other in sheet.facts if other.row == fact.row}
    for column, cell in sheet.grid.row(fact.row).items():
        if column > fact.at and cell.text:
            return 0 if column in keys else column
    return 0


def _ask_title(sheet: FactSheet, column: int, log: Log) -> None:
    letters = column_letters(column)
    first = next(
        (clean(cell.text) for fact in sheet.facts if (cell := sheet.grid.row(fact.row).get(column))), ""
    )
    text = Text(
        f"In Spalte {letters} fehlt der Name des Planwerks („{first}“ …). Wie heißt es?",
        f"Column {letters} does not name its plan (“{first}” …). What is it called?",
    )
    log.ask(
        "title",
        (sheet.grid.name, letters),
        text,
        Where(sheet.grid.name, sheet.facts[0].row, letters),
        sheet.grid.name,
    )


def fact_columns(sheet: FactSheet) -> Iterator[ColumnFound]:
    """Yield the keys of a fact sheet as the review shows columns."""
    for fact in sheet.facts:
        if not fact.continues:
            yield ColumnFound(str(fact.row), fact.key, "plans", fact.field, fact.certainty, fact.why)
