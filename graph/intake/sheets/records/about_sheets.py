"""Ask what only a person can say about sheets, columns and rows: unknown headings, what is hidden, what has no headings."""

from __future__ import annotations

from graph.errors import Text
from graph.intake.sheets.layout.columns import Column
from graph.intake.sheets.layout.grid import Grid
from graph.intake.sheets.layout.marks import is_plan_title
from graph.intake.sheets.layout.sheets import Laid
from graph.intake.sheets.layout.tables import INVENTORIES, Table
from graph.intake.sheets.records.log import Log
from graph.intake.sheets.review import Where
from graph.intake.sheets.wording.folding import clean

_FIELDS = (
    "title", "lead_department", "participating", "status", "period", "valid_from", "valid_to", "decided_on", "legal_basis",
    "topics", "areas", "target_groups", "goals", "measures", "note", "ignore",
)  # fmt: skip
_SAMPLES = 3
_SEARCHED = 200


def ask_about_sheet(laid: Laid, log: Log) -> None:
    """Ask about what could not be told on a sheet."""
    name = laid.grid.name
    if laid.kind == "unknown":
        guess = "plans" if _sounds_like_plans(laid.grid) else "ignore"
        text = Text(
            f"Auf dem Blatt „{name}“ ist keine Kopfzeile zu erkennen. Was enthält es?",
            f"No row of headings can be recognised on the sheet “{name}”. What does it hold?",
        )
        log.ask("sheet", (name,), text, Where(name), guess, (*INVENTORIES, "departments", "ignore"))
    for table, _ in laid.tables:
        if table.kind in INVENTORIES:
            for column in table.columns.values():
                _ask_about_column(table, column, log)
    for line in laid.asks:
        ask = line.ask
        if ask and not laid.grid.sheet.hidden:
            log.ask(ask.kind, (ask.about,), ask.text, Where.at(name, line.row), ask.guess, ask.choices)


def _sounds_like_plans(grid: Grid) -> bool:
    """Whether a good part of the rows of a sheet hold something that sounds like the title of a plan."""
    rows = [row for row in range(1, min(grid.height, _SEARCHED) + 1) if grid.row(row)]
    sounding = [row for row in rows if any(is_plan_title(cell.text) for cell in grid.row(row).values())]
    return len(sounding) * 2 >= len(rows)


def _ask_about_column(table: Table, column: Column, log: Log) -> None:
    if column.settled or (column.field and not column.hidden and column.certainty >= _TOLD):
        return
    samples = _samples(table.grid, table, column.index)
    if not samples:
        return
    where = Where(table.grid.name, table.header_rows[-1] if table.header_rows else None, column.letters)
    shown = "“, “".join(samples)
    german = "“, „".join(samples)
    if column.hidden:
        text = Text(
            f"Spalte {column.label} ist ausgeblendet („{german}“ …) und wird nicht übernommen. Soll sie gelten?",
            f"Column {column.label} is hidden (“{shown}” …) and is not taken in. Shall it count?",
        )
        log.ask("hidden-column", (table.grid.name, column.label), text, where, "leave", ("leave", "take"))
        return
    guessed = column.field
    text = Text(
        f"Was steht in Spalte {column.label} (zum Beispiel „{german}“)?",
        f"What is in column {column.label} (for example “{shown}”)?",
    )
    log.ask("column", (table.grid.name, column.label), text, where, guessed, _FIELDS)


_TOLD = 0.5


def _samples(grid: Grid, table: Table, column: int) -> list[str]:
    found: dict[str, None] = {}
    for row in range(table.first, min(table.last, table.first + _SEARCHED) + 1):
        cell = grid.row(row).get(column)
        if cell and cell.text:
            found[" ".join(clean(cell.text).split())[:60]] = None
        if len(found) == _SAMPLES:
            break
    return list(found)


def ask_about_hidden_sheet(laid: Laid, titles: int, held: int, log: Log) -> str | None:
    """Ask whether a hidden sheet shall count; ``held`` of its ``titles`` stand on visible sheets too."""
    name = laid.grid.name
    older = Text("", "")
    if titles and held * 2 >= titles:
        older = Text(
            f" {held} seiner {titles} Einträge stehen auch auf sichtbaren Blättern; es scheint eine ältere Fassung zu sein.",
            f" {held} of its {titles} entries are on visible sheets too; it seems to be an older copy.",
        )
    text = Text(
        f"Das Blatt „{name}“ ist ausgeblendet und wird nicht übernommen.{older.de} Soll es gelten?",
        f"The sheet “{name}” is hidden and is not taken in.{older.en} Shall it count?",
    )
    return log.ask("hidden-sheet", (name,), text, Where(name), "leave", ("leave", "take"))
