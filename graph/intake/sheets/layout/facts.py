"""Fact sheets: the names of fields run down a column, and each further column (or the sheet as a whole) is one plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.errors import Text
from graph.intake.sheets.book import column_letters
from graph.intake.sheets.layout.grid import Grid
from graph.intake.sheets.layout.header import meaning
from graph.intake.sheets.layout.lines import Line
from graph.intake.sheets.layout.lone import note_line
from graph.intake.sheets.layout.marks import is_ordinal, is_plan_title
from graph.intake.sheets.review import RowKind
from graph.intake.sheets.wording.folding import clean, fold
from graph.intake.sheets.wording.headings import Heading

_LEAST_FIELDS = 3
_LEAST_FURTHER = 2
_LEAST_SHARE = 0.4
_SEARCHED_COLUMNS = 8
_SEARCHED_ROWS = 400
_LONGEST_TITLE = 150
_ASIDE = frozenset({"note", "summary", "source"})
_FEATURE = frozenset(
    {
        "merkmal",
        "merkmale",
        "feld",
        "angabe",
        "angaben",
        "kriterium",
        "kriterien",
        "frage",
        "fragen",
        "rubrik",
        "steckbrief",
    }
    | {
        "planwerk",
        "plan",
        "field",
        "question",
        "attribute",
        "inhalt",
        "wert",
        "value",
        "eintrag",
        "antwort",
        "kategorie",
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a fact sheet: the field that its key names, the key as written, and whether it continues the row above.

    ``at`` is the column of the key where a form has further keys at the right of the first; its answer stands right of it.
    """

    row: int
    field: str
    key: str
    certainty: float
    why: Text
    continues: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class FactSheet:
    """One block of fact rows: the column of keys, the columns of plans, the row (and cell) of each plan's title."""

    grid: Grid
    keys: int
    plans: tuple[int, ...]
    facts: tuple[Fact, ...]
    titles: Mapping[int, tuple[int, int]]
    skipped: Mapping[int, Text]

    @property
    def rows(self) -> tuple[int, int]:
        """First and last row of the block."""
        tops = [row for row, _ in self.titles.values()]
        return min([self.facts[0].row, *tops]), self.facts[-1].row


def fact_sheets(grid: Grid) -> list[FactSheet]:
    """Return the blocks of fact rows on a sheet, from top to bottom; none where no column runs through field names."""
    keys = _key_column(grid)
    if keys is None:
        return []
    further = _further_keys(grid, keys)
    blocks: list[list[Fact]] = []
    for fact in _facts(grid, keys, further):
        again = blocks and fact.field == "title" and any(seen.field == "title" for seen in blocks[-1])
        if again or not blocks:
            blocks.append([])
        blocks[-1].append(fact)
    return [
        _block(grid, keys, min(further, default=0), tuple(block))
        for block in blocks
        if len({f.field for f in block}) >= _LEAST_FIELDS
    ]


def _key_column(grid: Grid) -> int | None:
    """Return the column in which most different fields are named, each with something beside it."""
    best: tuple[int, int] | None = None
    for column in range(1, min(grid.width, _SEARCHED_COLUMNS) + 1):
        fields: set[str] = set()
        filled = named = 0
        for row in range(1, min(grid.height, _SEARCHED_ROWS) + 1):
            cell = grid.row(row).get(column)
            if cell is None or not cell.text or not _beside(grid, row, column):
                continue
            found = _meaning(cell.text)
            filled, named = filled + 1, named + (found is not None)
            fields |= {found.field} if found else set()
        good = (
            len(fields) >= _LEAST_FIELDS and named >= _LEAST_SHARE * filled and named <= 3 * len(fields) + 60
        )
        if good and (best is None or len(fields) > best[0]):
            best = (len(fields), column)
    return best[1] if best else None


def _meaning(text: str) -> Heading | None:
    return meaning(clean(text).rstrip(":").strip(), "plans")


def _beside(grid: Grid, row: int, column: int) -> bool:
    return any(other > column and cell.text for other, cell in grid.row(row).items())


def _facts(grid: Grid, keys: int, further: tuple[int, ...]) -> Iterator[Fact]:
    last: Fact | None = None
    for row in range(1, grid.height + 1):
        cell = grid.row(row).get(keys)
        text = clean(cell.text) if cell else ""
        found = _meaning(text) if text else None
        if found:
            last = Fact(row, found.field, " ".join(text.split()), found.certainty, found.why)
            yield last
            yield from _beside_facts(grid, row, further)
        elif not text and last and _beside(grid, row, keys) and row == last.row + 1:
            last = Fact(row, last.field, last.key, last.certainty, last.why, continues=True)
            yield last
        elif text and _beside(grid, row, keys) and not _is_top(text):
            why = Text(
                f"„{' '.join(text.split())}“ ist nicht bekannt.", f"“{' '.join(text.split())}” is not known."
            )
            last = Fact(row, "", " ".join(text.split()), 0.0, why)
            if _after_first(grid, keys, row):
                yield last
        else:
            last = None


def _further_keys(grid: Grid, keys: int) -> tuple[int, ...]:
    """Return the columns right of the first keys in which a form names further fields, with their answers beside them."""
    found = []
    for column in range(keys + 2, min(grid.width, _SEARCHED_COLUMNS) + 1):
        rows = range(1, min(grid.height, _SEARCHED_ROWS) + 1)
        named = [
            row for row in rows if (cell := grid.row(row).get(column)) and cell.text and _meaning(cell.text)
        ]
        beside = [row for row in named if (first := grid.text(row, keys)) and _meaning(first)]
        filled = sum(bool((cell := grid.row(row).get(column)) and cell.text) for row in rows)
        if len(beside) >= _LEAST_FURTHER and len(named) * 2 > filled:
            found.append(column)
    return tuple(found)


def _beside_facts(grid: Grid, row: int, further: tuple[int, ...]) -> Iterator[Fact]:
    for column in further:
        cell = grid.row(row).get(column)
        found = _meaning(cell.text) if cell and cell.text else None
        if cell and found:
            yield Fact(
                row, found.field, " ".join(clean(cell.text).split()), found.certainty, found.why, at=column
            )


def _after_first(grid: Grid, keys: int, row: int) -> bool:
    """Whether a field is named above this row."""
    return any(
        (cell := grid.row(above).get(keys)) and cell.text and _meaning(cell.text)
        for above in range(max(1, row - 40), row)
    )


def _is_top(text: str) -> bool:
    return fold(text) in _FEATURE or bool(note_line(0, text))


def _block(grid: Grid, keys: int, further: int, facts: tuple[Fact, ...]) -> FactSheet:
    filled: dict[int, int] = {}
    for fact in facts:
        for column, cell in grid.row(fact.row).items():
            if column > keys and cell.text and not (further and column >= further):
                filled[column] = filled.get(column, 0) + 1
    top = _top_row(grid, keys, facts)
    titles: dict[int, tuple[int, int]] = {}
    skipped: dict[int, Text] = {}
    for column in sorted(filled):
        reason = _no_plan(grid, column, top)
        if reason:
            skipped[column] = reason
        elif top and clean(grid.text(top, column)):
            titles[column] = (top, column)
    plans = tuple(column for column in sorted(filled) if column not in skipped)
    if not titles and len(plans) == 1:
        titles = _title_above(grid, keys, facts[0].row, plans[0])
    return FactSheet(grid, keys, plans, facts, titles, skipped)


def _top_row(grid: Grid, keys: int, facts: tuple[Fact, ...]) -> int | None:
    """Return the row of titles: the one whose key says so, else the row right above that names the columns."""
    named = next((fact.row for fact in facts if fact.field == "title" and not fact.continues), None)
    if named:
        return named
    for row in range(facts[0].row - 1, max(0, facts[0].row - 3), -1):
        beside = [cell.text for column, cell in grid.row(row).items() if column > keys and cell.text]
        key = grid.row(row).get(keys)
        if beside and (key is None or not key.text or _is_top(clean(key.text))):
            if len(beside) == 1 and fold(beside[0]) in _FEATURE:
                continue
            return row
    return None


def _no_plan(grid: Grid, column: int, top: int | None) -> Text | None:
    if column in grid.sheet.hidden_columns:
        return Text("ausgeblendete Spalte", "hidden column")
    cell = grid.row(top).get(column) if top else None
    text = clean(cell.text) if cell else ""
    found = meaning(text, "plans") if text else None
    if text and (is_ordinal(text) or (found and found.field in _ASIDE and not is_plan_title(text))):
        return Text(f"Spalte „{text}“ ist kein Planwerk", f"column “{text}” is no plan")
    return None


def _title_above(grid: Grid, keys: int, first: int, column: int) -> dict[int, tuple[int, int]]:
    """Return the title that stands alone above the block, where exactly one text there reads like a plan."""
    found = [
        (row, place)
        for row in range(max(1, first - 6), first)
        for place, cell in grid.row(row).items()
        if cell.text
        and is_plan_title(clean(cell.text))
        and len(clean(cell.text)) < _LONGEST_TITLE
        and not note_line(row, clean(cell.text))
    ]
    return {column: found[0]} if len(found) == 1 and found[0][1] <= max(keys, column) else {}


def fact_lines(sheet: FactSheet) -> Iterator[Line]:
    """Yield the class of every fact row."""
    letters = ", ".join(column_letters(column) for column in sheet.plans)
    tops = {row for row, _ in sheet.titles.values()}
    for row in sorted(tops):
        why = Text(
            f"Bezeichnungen: je ein Planwerk in Spalte {letters}.",
            f"Titles: one plan in each of the columns {letters}.",
        )
        yield Line(row, "plan", why)
    for fact in sheet.facts:
        if fact.row in tops or fact.at:
            continue
        kind: RowKind = {"goals": "goal", "measures": "measure", "instruments": "instrument"}.get(
            fact.field, "other"
        )  # type: ignore[assignment]
        why = Text(
            f"Angabe „{fact.key}“ zu den Planwerken in Spalte {letters}.",
            f"“{fact.key}” of the plans in {letters}.",
        )
        yield Line(fact.row, kind, why)
