"""From cells of the tables to cells that a planner reads: references as "id · name", lists one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.intake.sheets.own.marks import NAMED, visible
from ontology.tables import Column, Table, every_table
from ontology.terms import DCT, SKOS

_LONGEST_NAME = 70
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True)
class Labels:
    """The names of all rows, by table and id."""

    names: Mapping[str, Mapping[str, str]]

    def named(self, entry: str, column: Column) -> str:
        """Return an id with the name of what it refers to behind it."""
        tables: Iterable[str] = self.names if "*" in column.refers_to else column.refers_to
        if column.kind == "graph":
            tables = ("sources",)
        name = next((self.names[table][entry] for table in tables if entry in self.names.get(table, {})), "")
        return f"{entry}{NAMED}{name}" if name else entry

    def choices(self, column: Column) -> list[str]:
        """Return everything that a reference may name, as shown, in the order of the rows."""
        tables = ("sources",) if column.kind == "graph" else column.refers_to
        return [self.named(entry, column) for table in tables for entry in self.names.get(table, {})]


def labels(rows: Mapping[str, Iterable[Mapping[str, str]]]) -> Labels:
    """Return the names of rows by table and id."""
    tables = {table.name: table for table in every_table()}
    return Labels(
        {name: _names(tables[name], held) for name, held in rows.items() if tables[name].key == ("id",)}
    )


def _names(table: Table, rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    columns = name_columns(table)
    found: dict[str, str] = {}
    for row in rows:
        if row["id"] and not found.get(row["id"]):
            found[row["id"]] = short(" ".join(filter(None, (row.get(column, "") for column in columns))))
    return found


def name_columns(table: Table) -> list[str]:
    """Return the columns that name a row for people: its German name, a department's code before it."""
    names = [c.name for c in table.columns if c.property == SKOS.prefLabel and c.lang == "de"][:1]
    codes = [c.name for c in table.columns if c.name == "code" and c.property == DCT.identifier]
    return codes + names


def short(name: str) -> str:
    """Return a name on one line, cut where it is long."""
    line = " ".join(_CONTROL.sub("", name).replace(";", ",").split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1].rstrip()}…"


def shown(cell: str, column: Column, named: Labels) -> str:
    """Return the text that stands in the sheet for a cell of a table."""
    if column.kind in {"reference", "graph"} and cell:
        entries = cell.split(column.separator) if column.separator else [cell]
        return "\n".join(named.named(entry, column) for entry in entries)
    return visible(cell)
