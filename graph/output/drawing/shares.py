"""What plans share as rows of a table: each concept with how many plans have it, and a mark for each plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import Text

if TYPE_CHECKING:
    from graph.output.drawing.document import Document


@dataclass(frozen=True, slots=True)
class Head:
    """A plan above its column."""

    node: int
    label: str


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A concept, how many of all plans have it, and what each plan's cell says (0, 1 or 2, as in ``Shares``)."""

    node: int
    label: str
    count: Text
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SharedTable:
    """The whole table."""

    columns: tuple[Head, ...]
    rows: tuple[SharedRow, ...]


def shares_of(document: Document) -> SharedTable | None:
    """Return the table of what plans share, nothing for other lenses."""
    shares, label = document["shares"], document["nodes"]["label"]
    if shares is None:
        return None
    rows = zip(shares["rows"], shares["counts"], shares["cells"], strict=True)
    return SharedTable(
        tuple(Head(number, label[number]) for number in shares["columns"]),
        tuple(
            SharedRow(number, label[number], _count(count, shares["of"]), tuple(cells))
            for number, count, cells in rows
        ),
    )


def _count(count: int, of: int) -> Text:
    return Text(f"{count} von {of} Planwerken", f"{count} of {of} plans")
