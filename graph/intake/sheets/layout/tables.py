"""A table on a sheet: its kind, its columns with their fields, and the rows that belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from graph.errors import Text
from graph.intake.sheets.book import column_letters
from graph.intake.sheets.layout.columns import Column, without_heading
from graph.intake.sheets.layout.grid import Grid
from graph.intake.sheets.layout.header import Headline, is_second_line, likeliest
from graph.intake.sheets.wording.folding import clean, fold

INVENTORIES = ("plans", "goals", "measures", "instruments")


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
    settled: bool = False

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
    grid: Grid, found: list[Headline], kind: str | None, settled: Mapping[str, str | None], said: str | None
) -> Iterator[Table]:
    """Yield the tables under each of the headings of a sheet.

    ``kind`` is what a person settled, ``said`` what the name of the sheet suggests, ``settled`` the fields of headings.
    """
    ends = [headline.rows[0] - 1 for headline in found[1:]] + [grid.height]
    for headline, end in zip(found, ends, strict=True):
        first = headline.rows[-1] + 1
        rows = headline.rows
        columns = frozenset(headline.texts)
        while first <= end and is_second_line(grid, first, columns):
            rows, first = (*rows, first), first + 1
        taken, why = _kind(headline, kind, said)
        yield Table(
            grid,
            taken,
            why,
            rows,
            _columns(grid, headline, taken, settled, (first, end)),
            first,
            end,
            bool(kind),
        )


def _kind(found: Headline, settled: str | None, said: str | None) -> tuple[str, Text]:
    if settled:
        return settled, Text(f"So festgelegt: {settled}.", f"Settled so: {settled}.")
    kind = likeliest(found, said)
    title = found.title(kind)
    if title is None:
        return kind, Text("Die Überschriften passen dazu.", "The headings fit.")
    heading = _plain(found.texts[title])
    return kind, Text(
        f"Die Spalte „{heading}“ nennt die Einträge.", f"The column “{heading}” names the entries."
    )


def _columns(
    grid: Grid, found: Headline, kind: str, settled: Mapping[str, str | None], body: tuple[int, int]
) -> dict[int, Column]:
    by_fold = {fold(heading): field for heading, field in settled.items()}
    columns: dict[int, Column] = {}
    for column, text in found.texts.items():
        columns[column] = _settled(grid, column, text, kind, by_fold) or _read(grid, found, column, kind)
    for column in without_heading(grid, columns, body):
        columns[column] = _settled(grid, column, "", kind, by_fold) or Column(
            column,
            "",
            kind,
            "",
            0.0,
            Text("Spalte ohne Überschrift.", "Column without a heading."),
            _hidden(grid, column),
        )
    return _one_title(dict(sorted(columns.items())))


def _hidden(grid: Grid, column: int) -> bool:
    return column in grid.sheet.hidden_columns


def _settled(
    grid: Grid, column: int, text: str, kind: str, by_fold: Mapping[str, str | None]
) -> Column | None:
    for name in (fold(text), fold(column_letters(column))):
        if name and name in by_fold:
            why = Text("So festgelegt.", "Settled so.")
            return Column(
                column, _plain(text), kind, by_fold[name] or "", 1.0, why, hidden=False, settled=True
            )
    return None


def _read(grid: Grid, found: Headline, column: int, kind: str) -> Column:
    heading, text = found.by_kind.get(kind, {}).get(column), _plain(found.texts[column])
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
