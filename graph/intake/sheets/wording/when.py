"""The points of time that a cell gives, as precise as it gives them and no further."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from graph.dates import parse_date
from graph.errors import Text
from graph.intake.sheets.wording.folding import clean

Role = Literal["at", "from", "to"]
Modality = Literal["fact", "planned", "press", "uncertain"]

_ISO = re.compile(r"(?<!\d)\d{4}(?:-\d\d(?:-\d\d)?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Point:
    """A point of time: ISO or EDTF text of its own precision, what it is (at, from, to), how it is meant, and as written.

    ``rough`` points carry the mark of EDTF ("2034~"). Only a ``fact`` is a date that happened or holds.
    """

    text: str
    role: Role = "at"
    modality: Modality = "fact"
    rough: bool = False
    raw: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """What a cell says about time: points in their order, whether the end is open, a cycle, and the words left over."""

    points: tuple[Point, ...] = ()
    open_end: bool = False
    rest: str = ""
    cycle: str = ""
    question: Text | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The two ends of a period, "" where the cell does not give them, and how each is meant; ``others`` are second values."""

    valid_from: str = ""
    valid_to: str = ""
    from_modality: Modality = "fact"
    to_modality: Modality = "fact"
    open_end: bool = False
    others: tuple[Point, ...] = ()
    rest: str = ""
    question: Text | None = None


def read_when(text: str, kind: str = "text") -> When:
    """Return the points of time in a cell; ``kind`` is the kind of cell ("date", "text")."""
    seen = clean(text)
    points = []
    for match in _ISO.finditer(seen):
        try:
            points.append(Point(parse_date(match[0]).text, raw=match[0]))
        except ValueError:
            continue
    return When(tuple(points), rest=_ISO.sub("", seen).strip())


def read_period(text: str) -> Period:
    """Return the two ends that a cell gives."""
    points = read_when(text).points
    if len(points) != 2:  # noqa: PLR2004 - two ends
        return Period(others=points)
    return Period(points[0].text, points[1].text)
