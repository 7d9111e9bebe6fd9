"""Dates as sources give them: a year, a month, a day, or a span; never more precise than that.

The written form is ISO 8601 or, for spans and rough dates, the Extended Date/Time Format (EDTF, ISO 8601-2).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ontology.terms import EDTF, XSD

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<rough>[~?%]?)")
_DATATYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


@dataclass(frozen=True, slots=True)
class RoughDate:
    """A date with the precision of its source: written form, first and last day that it can mean.

    ``first`` or ``last`` is None where a span is open on that side.
    """

    text: str
    datatype: str
    first: date | None
    last: date | None


def parse_date(text: str) -> RoughDate:
    """Return the date that ``text`` gives.

    >>> parse_date("2016-08").first, parse_date("2016-08").last
    (datetime.date(2016, 8, 1), datetime.date(2016, 8, 31))
    >>> parse_date("2024/2025").last
    datetime.date(2025, 12, 31)
    >>> parse_date("2030/..").last is None
    True

    Raises ValueError where it is no date or the day does not exist.
    """
    if "/" in text:
        return _span(text)
    first, last, rough = _point(text)
    return RoughDate(text, EDTF.EDTF if rough else _DATATYPES[len(text)], first, last)


def _span(text: str) -> RoughDate:
    start, _, end = text.partition("/")
    first = None if start == ".." else _point(start)[0]
    last = None if end == ".." else _point(end)[1]
    if first is None and last is None:
        raise ValueError(f"no date: {text!r}")
    if first and last and last < first:
        raise ValueError(f"the span ends before it begins: {text!r}")
    return RoughDate(text, EDTF.EDTF, first, last)


def _point(text: str) -> tuple[date, date, bool]:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(f"no date: {text!r}")
    year, month, day = (int(match[part]) if match[part] else None for part in ("year", "month", "day"))
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31), bool(match["rough"])
    if day is None:
        first = date(year, month, 1)
        return first, date(year, month, monthrange(year, month)[1]), bool(match["rough"])
    exact = date(year, month, day)
    return exact, exact, bool(match["rough"])
