"""From terms back to cells: how a list of values is written in a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from rdflib.term import Identifier

from graph.intake.cells import Names
from ontology.tables import Column


@dataclass(frozen=True)
class Order:
    """The order of the rows of each table, by id."""

    rows: Mapping[str, tuple[str, ...]]

    @cached_property
    def _places(self) -> Mapping[str, tuple[int, int]]:
        return {
            local: (table, place)
            for table, name in enumerate(sorted(self.rows))
            for place, local in enumerate(self.rows[name])
        }

    def key(self, local: str) -> tuple[int, int, str]:
        """Return a sort key: rows in the order of their tables, unknown ids last by name."""
        return (*self._places.get(local, (len(self.rows), 0)), local)


def as_written(terms: Iterable[Identifier | str], column: Column, names: Names, order: Order) -> str:
    """Return the cell that a list of terms is written as: lists in the order of the rows they refer to."""
    entries = [_entry(str(term), column, names) for term in terms]
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
