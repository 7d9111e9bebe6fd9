"""Which department a cell names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.errors import Text
from graph.intake.sheets.known import KnownThing
from graph.intake.sheets.wording.empties import empty_kind
from graph.intake.sheets.wording.folding import clean, compact

Marker = Literal["", "ditto", "everyone", "external", "person", "empty"]


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A department as a cell names it.

    ``label`` is the name as written, cleaned ("FB 56"); ``id`` is the known unit, if one is meant for certain. ``marker`` says
    that the cell names no department of its own: "ditto" means the value of the cell above. ``others`` are named beside the
    lead; ``former`` are named as what was before; ``left_out`` is what was not taken (names of persons). A ``certainty``
    under 0.5 is no value, only a guess that ``question`` asks about; ``candidates`` are ids that may be meant.
    """

    label: str
    id: str | None = None
    certainty: float = 0.0
    candidates: tuple[str, ...] = ()
    marker: Marker = ""
    others: tuple[UnitMatch, ...] = ()
    former: tuple[UnitMatch, ...] = ()
    left_out: str = ""
    question: Text | None = None


class Units:
    """The departments that are known, and what else they are called (a legend, corrections)."""

    def __init__(self, known: Iterable[KnownThing] = (), aliases: Mapping[str, str] | None = None) -> None:
        self._ids = {compact(name): thing.id for thing in known for name in (thing.id, *thing.names)}
        self._ids |= {compact(name): meant for name, meant in (aliases or {}).items()}

    def find(self, text: str) -> UnitMatch:
        """Return the department that a cell names as the lead."""
        seen = clean(text)
        if empty_kind(seen) or not seen:
            return UnitMatch("", marker="empty")
        found = self._ids.get(compact(seen))
        return UnitMatch(seen, found, 1.0 if found else 0.6)

    def find_all(self, text: str) -> tuple[UnitMatch, ...]:
        """Return the departments that a cell lists."""
        return (self.find(text),)
