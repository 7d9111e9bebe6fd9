"""The sheets of a workbook before they are written: tables with their columns, widths and rows as shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.intake.sheets.own.cells import Ids, put_in_order
from graph.intake.sheets.own.marks import in_order, plain, sheet_names
from graph.output.tables import SaidRow
from graph.output.workbook.shown import Labels, name_columns, shown
from ontology.tables import Column, Table, every_table

# what a planner looks for first stands first; the rest follows in the order of the description
_FIRST = (
    *("plans", "goals", "measures", "instruments", "indicators", "departments", "partners", "bodies"),
    *("target_groups", "topics", "areas", "spatial_frames", "papers", "deliberations", "events", "relations"),
    *("series", "data_sources", "sources"),
)
_WIDTHS = {"key": 16, "date": 13, "number": 12, "boolean": 10, "code": 18, "graph": 26, "reference": 30}
_WIDE, _NARROW, _LONG = 44, 16, 52
_MOST_LINES, _LINE_HEIGHT, _PADDING = 8, 14.5, 3


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet to be written: its table, its name, its columns in order, and its rows."""

    table: Table
    name: str
    columns: tuple[Column, ...]
    rows: Sequence[SaidRow] = ()


def pages(rows: Mapping[str, Sequence[SaidRow]], delivered: Iterable[str], lang: str) -> list[Page]:
    """Return the sheets for the tables that have rows or were delivered, in the order a planner looks for them."""
    wanted = {*rows, *delivered}
    tables = sorted((t for t in every_table() if t.name in wanted), key=_place)
    names = sheet_names(tables, lang)
    return [Page(t, names[t.name], _used(t, rows.get(t.name, ())), rows.get(t.name, ())) for t in tables]


def _used(table: Table, rows: Sequence[SaidRow]) -> tuple[Column, ...]:
    """Return the columns in the order of a sheet; one that may be left out only where a row fills it."""
    return tuple(c for c in in_order(table) if not c.optional or any(row.cells[c.name] for row in rows))


def _place(table: Table) -> int:
    return _FIRST.index(table.name) if table.name in _FIRST else len(_FIRST)


def width(column: Column, table: Table) -> int:
    """Return the width of a column in characters."""
    if column.name in name_columns(table)[-1:]:
        return _WIDE
    if column.kind in _WIDTHS:
        return _WIDTHS[column.kind]
    if column.kind == "text":
        return _LONG
    return _WIDE if column.name.endswith("url") else _NARROW + 4


def height(texts: Iterable[tuple[str, int]]) -> float:
    """Return the height of a row in points for texts with the widths of their columns, cut at eight lines."""
    lines = max((_lines(text, wide) for text, wide in texts), default=1)
    return min(lines, _MOST_LINES) * _LINE_HEIGHT + _PADDING


def _lines(text: str, wide: int) -> int:
    return sum(1 + len(line) // max(wide - 1, 1) for line in text.split("\n"))


def changed_on_the_way(page: Page, named: Labels, ids: Ids) -> dict[tuple[str, str, str, str], str]:
    """Return the cells that could come back otherwise than they are, letter by letter."""
    found = {}
    for row in page.rows:
        key = plain(" ".join(row.cells[name] for name in page.table.key))
        for column in page.columns:
            cell = row.cells[column.name]
            if (
                column.kind != "from_source"
                and cell
                and put_in_order(shown(cell, column, named), column, ids) != cell
            ):
                found[page.table.name, row.delivery, key, column.name] = cell
    return found


def own_citations(
    page: Page, sources: Mapping[str, Mapping[str, str]]
) -> dict[tuple[str, str, str, str], str]:
    """Return the cells that cite the row's source otherwise than the source does of itself."""
    found = {}
    for row in page.rows:
        key = plain(" ".join(row.cells[name] for name in page.table.key))
        for column in page.columns:
            if column.kind == "from_source":
                cell, usual = row.cells[column.name], sources.get(row.cells.get("source_id", ""), {})
                if cell != usual.get(column.name, ""):
                    found[page.table.name, row.delivery, key, column.name] = cell
    return found
