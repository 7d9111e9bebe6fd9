"""One row of a table, told apart: what it is, why, and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from graph.errors import Text
from graph.intake.sheets.review import RowKind

Role = Literal["item", "more", "band", "pair", "none"]


@dataclass(slots=True)
class Ask:
    """A question about a row: its kind, the text it is about, the best guess, the answers to choose from."""

    kind: str
    about: str
    text: Text
    guess: str
    choices: tuple[str, ...]


@dataclass(slots=True)
class Line:
    """A row: class and reason for the review; for the records its role, the row it continues, the band over it.

    Roles: an "item" is an entry of its own, "more" continues the item in row ``of``, a "band" heads what follows, a "pair" says
    an abbreviation and its meaning.
    """

    row: int
    kind: RowKind
    why: Text
    role: Role = "none"
    of: int = 0
    text: str = ""
    band: str = ""
    pairs: tuple[tuple[str, str], ...] = field(default=())
    ask: Ask | None = None
