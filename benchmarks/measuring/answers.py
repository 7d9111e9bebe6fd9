"""Rows of an answer in one form, whatever engine found them, so that answers can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable

Row = list[list[str]]
"""Bound variables with value and datatype, sorted by name."""

_SEPARATOR = re.compile("[,;] ")
_TEXTS = (
    "http://www.w3.org/2001/XMLSchema#string",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
    None,
)


def row_of(cells: Iterable[tuple[str, str, str | None]]) -> Row:
    """Return a row in the form that is compared, from names, values and datatypes.

    Where engines may differ nothing is compared: which language GROUP_CONCAT gives to what it puts together, in which
    order it does, and whether it gives nothing or an empty text for nothing.
    """
    return sorted(
        [name, _in_order(value), "" if datatype in _TEXTS else str(datatype)]
        for name, value, datatype in cells
        if value
    )


def _in_order(value: str) -> str:
    return ", ".join(sorted(_SEPARATOR.split(value)))
