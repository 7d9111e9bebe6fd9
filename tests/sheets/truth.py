"""What a workbook really says: its plans, the class of each row, its twins, and what must be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Ways = tuple[str, ...]
"""The ways in which a value may be given; an empty text among them means that it may stay empty."""

CLASSES = frozenset(
    [
        "plan",
        "goal",
        "measure",
        "instrument",
        "duplicate",
        "section",
        "header",
        "total",
        "footnote",
        "empty",
        "legend",
        "hidden",
        "superseded",
        "other",
    ]
)


def ways(given: str | Iterable[str]) -> Ways:
    """Return one way or several as several."""
    return (given,) if isinstance(given, str) else tuple(given)


@dataclass(frozen=True)
class Place:
    """A row of a sheet."""

    sheet: str
    row: int


@dataclass(frozen=True)
class Expected:
    """A plan that the workbook names, and what it says of it.

    ``lead`` holds the ways to name the lead, none where the workbook names none. ``needed`` is false for a plan that may
    be taken or left: a hidden row, a near twin. Lists that are ``None`` are not looked at.
    """

    title: Ways
    place: Place
    lead: Ways = ()
    lead_may_stay_empty: bool = False
    valid_from: Ways = ("",)
    valid_to: Ways = ("",)
    decided_on: Ways = ("",)
    target_groups: Ways | None = None
    goals: Ways | None = None
    legal_basis: Ways | None = None
    status: Ways | None = None
    needed: bool = True
    row_is_exact: bool = True


@dataclass(frozen=True)
class Twins:
    """Two rows that say the same (exact), or may mean the same (near)."""

    first: Place
    second: Place
    kind: str


@dataclass(frozen=True)
class Asked:
    """A question that must be put: some text that it has to show."""

    why: str
    shows: str


@dataclass
class Truth:
    """All that is true of one workbook."""

    name: str
    plans: list[Expected] = field(default_factory=list)
    rows: dict[Place, frozenset[str]] = field(default_factory=dict)
    twins: list[Twins] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    never_leads: list[str] = field(default_factory=list)
    holds_plans: bool = True

    def row(self, sheet: str, row: int, classes: str) -> None:
        """Note the classes that a row may have, separated by bars."""
        allowed = frozenset(classes.split("|"))
        assert allowed <= CLASSES, allowed - CLASSES
        self.rows[Place(sheet, row)] = allowed
