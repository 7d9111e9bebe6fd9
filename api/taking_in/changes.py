"""What changed since the last delivery of a source, told in sentences: things new, gone, and changed field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from api.wording.texts import TEXTS
from graph.intake.rows import Row
from graph.output.said import Said
from graph.output.tables import said_rows
from graph.statement import Statement
from ontology.tables import Column, Table, every_table
from ontology.text import Text

#: What is no news: where the row stands now, when the source was read, and what the source says of itself.
_SILENT = frozenset({"place", "as_typed", "source_date", "source_url", "source_id"})
_QUIET_TABLES = frozenset({"sources"})
_LONGEST = 120

Cells = Mapping[str, str]
Rows = Mapping[str, Mapping[tuple[str, ...], Cells]]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: table, id, kind, and for a changed field its column with the old and the new value, in names."""

    table: str
    id: str
    kind: Literal["new", "gone", "changed"]
    text: Text
    column: str = ""
    before: str = ""
    after: str = ""


def rows_said(statements: Iterable[Statement], base: str) -> Rows:
    """Return the rows that the statements of one delivery amount to, by table and key."""
    keys = {table.name: table.key for table in every_table()}
    return {
        name: {tuple(row.cells[column] for column in keys[name]): row.cells for row in rows}
        for name, rows in said_rows(Said.of(statements, base)).items()
    }


def rows_delivered(rows: Iterable[Row]) -> Rows:
    """Return the rows of a delivery by table and key."""
    keys = {table.name: table.key for table in every_table()}
    found: dict[str, dict[tuple[str, ...], Cells]] = {}
    for row in rows:
        found.setdefault(row.table, {})[tuple(row[name] for name in keys[row.table])] = row.cells
    return found


def changes_between(before: Rows, after: Rows, name_of: Callable[[str], str]) -> list[Change]:
    """Return the changes, plans first; ``name_of`` gives the name of a thing of the store by its id."""
    names = _Names(before, after, name_of)
    order = sorted(every_table(), key=lambda table: (table.name != "plans", table.name))
    found: list[Change] = []
    for table in order:
        if table.name not in _QUIET_TABLES:
            old, new = before.get(table.name, {}), after.get(table.name, {})
            found += _table_changes(table, old, new, names)
    return found


def _table_changes(
    table: Table, old: Mapping[tuple[str, ...], Cells], new: Mapping[tuple[str, ...], Cells], names: _Names
) -> Iterator[Change]:
    for key, cells in new.items():
        if key not in old:
            yield Change(table.name, key[0], "new", _sentence("row.new", table, names.of(cells)))
    for key, cells in old.items():
        if key not in new:
            yield Change(table.name, key[0], "gone", _sentence("row.gone", table, names.of(cells)))
    for key, cells in new.items():
        if key in old:
            yield from _field_changes(table, key[0], old[key], cells, names)


def _field_changes(table: Table, local: str, old: Cells, new: Cells, names: _Names) -> Iterator[Change]:
    for column in table.columns:
        before, after = old.get(column.name, ""), new.get(column.name, "")
        if column.name in _SILENT or _same(before, after, column):
            continue
        one, other = names.shown(before, column), names.shown(after, column)
        kind = "row.filled" if not before else "row.emptied" if not after else "row.field"
        text = _sentence(kind, table, names.of(new), column, one, other)
        yield Change(table.name, local, "changed", text, column.name, one, other)


def _same(before: str, after: str, column: Column) -> bool:
    if column.separator:
        return set(before.split(column.separator)) == set(after.split(column.separator))
    return before == after


def _sentence(key: str, table: Table, name: str, column: Column | None = None, *values: str) -> Text:
    said = TEXTS[key]
    old, new = (*values, "", "")[:2]
    return Text(
        *(
            said[lang].format(
                table=table.title[lang],
                name=name,
                column=column.title[lang] if column else "",
                old=old,
                new=new,
            )
            for lang in ("de", "en")
        )
    )


class _Names:
    """What things are called, by id: as the delivery says, else as its last edition did, else as the store knows."""

    def __init__(self, before: Rows, after: Rows, name_of: Callable[[str], str]) -> None:
        self.name_of = name_of
        self.here = {
            cells["id"]: _title(cells)
            for rows in (before, after)
            for by_key in rows.values()
            for cells in by_key.values()
            if cells.get("id") and _title(cells)
        }

    def of(self, cells: Cells) -> str:
        """Return the name of the thing of a row."""
        if cells.get("subject"):
            return f"{self.called(cells['subject'])} – {self.called(cells['object'])}"
        about = [self.called(cells[name]) for name in ("plan", "paper", "body") if cells.get(name)]
        return _title(cells) or cells.get("id") or " – ".join([*about, cells.get("facet", "")]).strip(" –")

    def called(self, local: str) -> str:
        """Return the name of a thing."""
        return self.here.get(local) or self.name_of(local)

    def shown(self, cell: str, column: Column) -> str:
        """Return a cell as people read it, cut where it is long."""
        parts = cell.split(column.separator) if column.separator else [cell]
        text = ", ".join(self.called(part) if column.kind == "reference" else part for part in parts)
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _title(cells: Cells) -> str:
    return cells.get("title_de") or cells.get("name_de") or cells.get("what") or ""
