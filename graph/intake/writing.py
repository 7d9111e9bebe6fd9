"""From terms back to cells: how a list of values is written in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from graph.intake.cells import Names
from ontology.tables import Column


@dataclass(frozen=True)
class Order:
    """The order of the rows of each table: the place of each id, by table."""

    rows: Mapping[str, Mapping[str, int]]

    @cached_property
    def _tables(self) -> tuple[tuple[int, Mapping[str, int]], ...]:
        """The tables, last first: where two hold an id, the last one counts."""
        return tuple(reversed([(table, self.rows[name]) for table, name in enumerate(sorted(self.rows))]))

    def key(self, local: str) -> tuple[int, int, str]:
        """Return a sort key: rows in the order of their tables, unknown ids last by name."""
        for table, places in self._tables:
            if local in places:
                return table, places[local], local
        return len(self.rows), 0, local


def as_written(values: Sequence[str], column: Column, names: Names, order: Order) -> str:
    """Return the cell that the values of terms are written as: lists in the order of the rows they refer to."""
    if len(values) == 1:
        return _entry(values[0], column, names)
    entries = [_entry(value, column, names) for value in values]
    if column.kind == "reference":
        entries.sort(key=order.key)
    else:
        entries.sort()
    return (column.separator or ";").join(entries)


def _entry(value: str, column: Column, names: Names) -> str:
    if column.kind == "reference":
        return unquote(value.removeprefix(names.base + column.prefix))
    if column.kind == "code":
        return _code(value, column, names)
    if column.kind == "term":
        return next(word for word, term in column.words if term == value)
    if column.kind == "boolean":
        return column.true if value == "true" else column.false
    return value


def _code(value: str, column: Column, names: Names) -> str:
    known = names.vocabulary.concepts.get(value)
    if known is None:
        return unquote(value.removeprefix(f"{names.base}code/{column.scheme}/"))
    typed = {notation: word for word, notation in column.words}
    return typed.get(known.notation, known.notation)
