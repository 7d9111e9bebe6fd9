"""What the columns of an answer hold: names, numbers, points in time; ``planLabel`` is the name of ``plan``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, TypeAlias

from graph.dates import parse_date
from ontology.terms import XSD

if TYPE_CHECKING:
    from graph.store.query.answer import Term

Row: TypeAlias = "Mapping[str, Term]"
Rows: TypeAlias = "Sequence[Mapping[str, Term]]"

LABEL = "Label"
_NUMBERS = frozenset({XSD.integer, XSD.decimal, XSD.double, XSD.float_})
_DAYS = frozenset({XSD.date, XSD.dateTime, XSD.gYear, XSD.gYearMonth})
_DAYS_OF_A_YEAR = 366
_MONTHS = 12
_LENGTH_OF_A_DAY = 10


def is_label(name: str, columns: Sequence[str]) -> bool:
    """Tell whether a column only names what another one holds."""
    return name.endswith(LABEL) and name.removesuffix(LABEL) in columns


def folded(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns without those that only name another.

    >>> folded(["plan", "planLabel", "end"])
    ('plan', 'end')
    """
    return tuple(name for name in columns if not is_label(name, columns))


def named(row: Row, column: str) -> str | None:
    """Return what people read in a cell: the name beside it, else its own text; None where nothing stands."""
    term = row.get(column)
    if term is None:
        return None
    label = row.get(column + LABEL)
    if label is not None:
        return label.value
    return term.value.rstrip("/#").replace("#", "/").rpartition("/")[2] if term.kind == "iri" else term.value


def number_of(term: Term | None) -> float | None:
    """Return the number in a cell; None where there is none."""
    if term is None or term.datatype not in _NUMBERS:
        return None
    try:
        value = float(term.value)
    except ValueError:
        return None
    return value if isfinite(value) else None


def moment_of(term: Term | None) -> float | None:
    """Return the point in time in a cell, in years; None where there is none.

    >>> from graph.store.query.answer import literal
    >>> moment_of(literal("2024-07", datatype=XSD.gYearMonth))
    2024.5
    """
    if term is None or term.datatype not in _DAYS:
        return None
    try:
        first = parse_date(term.value[:_LENGTH_OF_A_DAY]).first
    except ValueError:
        return None
    if first is None:
        return None
    return first.year + (first.month - 1) / _MONTHS + (first.day - 1) / _DAYS_OF_A_YEAR


def is_numeric(column: str, rows: Rows) -> bool:
    """Tell whether a column holds numbers and nothing else."""
    held = [row[column] for row in rows if column in row]
    return bool(held) and all(number_of(term) is not None for term in held)


def is_time(column: str, rows: Rows) -> bool:
    """Tell whether a column holds points in time, in every row."""
    return bool(rows) and all(moment_of(row.get(column)) is not None for row in rows)


def is_unique(column: str, rows: Rows) -> bool:
    """Tell whether a column names every row and no two alike."""
    names = [named(row, column) for row in rows]
    return None not in names and len(set(names)) == len(names)
