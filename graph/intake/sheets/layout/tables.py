"""A table on a sheet: its kind, its columns with their fields, and the rows that belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from graph.errors import Text
from graph.intake.sheets.book import column_letters
from graph.intake.sheets.known import Corrections
from graph.intake.sheets.layout.columns import Column, guess_title, without_heading
from graph.intake.sheets.layout.grid import Grid
from graph.intake.sheets.layout.header import Headline, is_second_line, likeliest
from graph.intake.sheets.layout.marks import is_unit_name
from graph.intake.sheets.review import question_id
from graph.intake.sheets.wording.folding import clean, fold

UNIT_MARKS = "unit_marks"
INVENTORIES = ("plans", "goals", "measures", "instruments")


_SETTLED = Text("So festgelegt.", "Settled so.")
_NAMELESS = Text("Spalte ohne Überschrift.", "Column without a heading.")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the part of the sheet it lies on, kind, rows of its headings, columns, first and last row of its body."""

    grid: Grid
    kind: str
    why: Text
    header_rows: tuple[int, ...]
    columns: Mapping[int, Column]
    first: int
    last: int

    def column(self, field: str) -> Column | None:
        """Return the column of a field; the surest where several name it."""
        found = [column for column in self.columns.values() if column.field == field and not column.hidden]
        return max(found, key=lambda column: column.certainty, default=None)

    @property
    def title(self) -> int | None:
        """The column that names the things of this table."""
        found = self.column("title") or self.column("name")
        return found.index if found else None


def tables_on(
    grid: Grid, found: list[Headline], kind: str | None, settled: Corrections, said: str | None
) -> Iterator[Table]:
    """Yield the tables under each of the headings of a sheet.

    ``kind`` is what a person settled, ``said`` what the name of the sheet suggests.
    """
    ends = [headline.rows[0] - 1 for headline in found[1:]] + [grid.height]
    for headline, end in zip(found, ends, strict=True):
        first, rows = headline.rows[-1] + 1, headline.rows
        while first <= end and is_second_line(grid, first, frozenset(headline.texts)):
            rows, first = (*rows, first), first + 1
        taken, why = _kind(headline, kind, said, _settled_title(grid, headline, settled))
        columns = _columns(grid, headline, taken, settled, (first, end))
        yield Table(grid, taken, why, rows, columns, first, end)


def _kind(
    found: Headline, settled: str | None, said: str | None, settled_title: int | None
) -> tuple[str, Text]:
    if settled:
        return settled, Text(f"So festgelegt: {settled}.", f"Settled so: {settled}.")
    kind = likeliest(found, said, settled_title)
    title = settled_title or found.title(kind)
    if title is None:
        return kind, Text("Die Überschriften passen dazu.", "The headings fit.")
    heading = _plain(found.texts[title])
    return kind, Text(
        f"Die Spalte „{heading}“ nennt die Einträge.", f"The column “{heading}” names the entries."
    )


def _settled_title(grid: Grid, found: Headline, settled: Corrections) -> int | None:
    """Return the column that a person settled to be the title."""
    names = {fold(heading) for heading, field in settled.columns_of(grid.name).items() if field == "title"}
    return next((column for column, text in found.texts.items() if fold(text) in names), None)


def _columns(
    grid: Grid, found: Headline, kind: str, settled: Corrections, body: tuple[int, int]
) -> dict[int, Column]:
    by_fold = {fold(heading): field for heading, field in settled.columns_of(grid.name).items()}
    columns: dict[int, Column] = {}
    for column, text in found.texts.items():
        read = _settled(column, text, kind, by_fold) or _read(grid, found, column, kind)
        columns[column] = _answered(grid.name, read, settled.answers)
    for column in without_heading(grid, columns, body):
        plain = Column(column, "", kind, "", 0.0, _NAMELESS, _hidden(grid, column))
        read = _settled(column, "", kind, by_fold) or plain
        columns[column] = _answered(grid.name, read, settled.answers)
    return guess_title(grid, _one_title(dict(sorted(columns.items()))), kind, body)


def _answered(sheet: str, column: Column, answers: Mapping[str, object]) -> Column:
    """Return the column as a person answered the question about it."""
    if column.hidden and answers.get(question_id("hidden-column", sheet, column.label)) == "take":
        return replace(column, hidden=False, settled=True, why=_SETTLED)
    field = answers.get(question_id("column", sheet, column.label))
    if isinstance(field, str) and field and not column.settled:
        return replace(
            column, field="" if field == "ignore" else field, certainty=1.0, settled=True, why=_SETTLED
        )
    return column


def _hidden(grid: Grid, column: int) -> bool:
    return column in grid.sheet.hidden_columns


def _settled(column: int, text: str, kind: str, by_fold: Mapping[str, str | None]) -> Column | None:
    for name in (fold(text), fold(column_letters(column))):
        if name and name in by_fold:
            field = by_fold[name] or ""
            return Column(column, _plain(text), kind, field, 1.0, _SETTLED, hidden=False, settled=True)
    return None


def _read(grid: Grid, found: Headline, column: int, kind: str) -> Column:
    heading, text = found.by_kind.get(kind, {}).get(column), _plain(found.texts[column])
    if heading is None and kind == "plans" and is_unit_name(text):
        why = Text("Eine Spalte je Organisationseinheit, mit Kreuzen.", "A column for each unit, with marks.")
        return Column(column, text, kind, UNIT_MARKS, 1.0, why, _hidden(grid, column))
    if heading is None:
        why = Text(f"Überschrift „{text}“ ist nicht bekannt.", f"Heading “{text}” is not known.")
        return Column(column, text, kind, "", 0.0, why, _hidden(grid, column))
    return Column(column, text, kind, heading.field, heading.certainty, heading.why, _hidden(grid, column))


def _plain(text: str) -> str:
    return " ".join(clean(text).split())


def _one_title(columns: dict[int, Column]) -> dict[int, Column]:
    """Keep one column per single-valued name: where two claim to be the title, the surer, then the left one."""
    titles = [column for column in columns.values() if column.field == "title" and not column.hidden]
    if len(titles) < 2:  # noqa: PLR2004
        return columns
    best = max(titles, key=lambda column: (column.settled, column.certainty, -column.index))
    why = Text(
        "Die Bezeichnung steht schon in einer anderen Spalte.", "The title is in another column already."
    )
    others = {c.index: replace(c, field="", certainty=0.0, why=why) for c in titles if c is not best}
    return {**columns, **others}
