"""The two ends of a period in one cell; a single year says neither and is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from graph.errors import Text
from graph.intake.sheets.wording.dates.when import Modality, Point, Role, read_when

_ENDS = 2


@dataclass(frozen=True, slots=True)
class Period:
    """The ends that a cell gives for certain or as planned ("" where it does not), and how each is meant.

    ``others`` are the points that are neither: second values, a year alone, what the press says.
    """

    valid_from: str = ""
    valid_to: str = ""
    from_modality: Modality = "fact"
    to_modality: Modality = "fact"
    open_end: bool = False
    others: tuple[Point, ...] = ()
    rest: str = ""
    cycle: str = ""
    question: Text | None = None


@lru_cache(maxsize=16384)
def read_period(text: str, kind: str = "text") -> Period:
    """Return the two ends that a cell gives.

    >>> found = read_period("2015–20")
    >>> found.valid_from, found.valid_to
    ('2015', '2020')
    >>> read_period("2019").question.en
    'Does “2019” say when it begins or when it ends?'
    """
    when = read_when(text, kind)
    spans = [point for point in when.points if _is_span(point)]
    if len(when.points) == 1 and spans:
        return _of_span(spans[0], when.open_end, when.rest, when.question)
    first, last = _one(when.points, "from"), _one(when.points, "to")
    used = [point for point in (first, last) if point]
    others = tuple(point for point in when.points if point not in used)
    asked = when.question or _question(others)
    return Period(
        first.text if first else "",
        last.text if last else "",
        first.modality if first else "fact",
        last.modality if last else "fact",
        when.open_end,
        others,
        when.rest,
        when.cycle,
        asked,
    )


def _is_span(point: Point) -> bool:
    return "/" in point.text and point.role == "at" and point.modality in {"fact", "planned"}


def _of_span(point: Point, open_end: bool, rest: str, question: Text | None) -> Period:
    """Return the ends of a span; a school year begins in its first year, "2030+" ends in 2030 or later."""
    first, _, last = point.text.partition("/")
    if last == "..":
        return Period("", point.text, "fact", point.modality, open_end, (), rest, "", question)
    return Period(first, last, point.modality, point.modality, open_end, (), rest, "", question)


def _one(points: tuple[Point, ...], role: Role) -> Point | None:
    """Return the only point of a role that may count; of several, the one that is a fact if it is the only one."""
    found = [point for point in points if point.role == role and point.modality in {"fact", "planned"}]
    facts = [point for point in found if point.modality == "fact"]
    if len(facts) == 1:
        return facts[0]
    return found[0] if len(found) == 1 else None


def _question(others: tuple[Point, ...]) -> Text | None:
    open_points = [point for point in others if point.modality in {"fact", "planned"}]
    if not open_points:
        return None
    raw = open_points[0].raw
    return Text(
        f"Sagt „{raw}“, wann es beginnt oder wann es endet?",
        f"Does “{raw}” say when it begins or when it ends?",
    )
