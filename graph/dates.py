"""Dates as sources give them: a year, a month, a day, or a span; never more precise than that.

The written form is ISO 8601 or, for spans and rough dates, the Extended Date/Time Format (EDTF, ISO 8601-2).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from graph.errors import BadRequest
from ontology.terms import EDTF, XSD
from ontology.text import Text

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<rough>[~?%]?)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_OPEN_END, _OPEN_START = Text("ab ", "from "), Text("bis ", "until ")
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


@lru_cache(maxsize=4096)
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


def named_day(text: str) -> date:
    """Return the day that a text from outside names; raises BadRequest where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(
            f"„{text}“ ist kein Tag; nötig ist die Form 2026-01-31.",
            f"“{text}” is not a day; write it like 2026-01-31.",
        ) from None


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


def shown_date(text: str) -> Text:
    """Return a date as precise as its source gives it.

    >>> shown_date("2017-11-21")
    Text(de='21.11.2017', en='21 Nov 2017')
    >>> shown_date("2024/2025").de
    '2024–2025'
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _shown_point(text)
    if end in {"..", ""}:
        return _joined(_OPEN_END, _shown_point(start))
    if start in {"..", ""}:
        return _joined(_OPEN_START, _shown_point(end))
    first, last = _shown_point(start), _shown_point(end)
    return Text(f"{first.de}–{last.de}", f"{first.en}–{last.en}")


def _joined(first: Text, second: Text) -> Text:
    return Text(first.de + second.de, first.en + second.en)


def _shown_point(text: str) -> Text:
    parts = text.rstrip("~?%").split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:  # noqa: PLR2004 - year, month, day
        return Text(text, text)
    rough = Text("um ", "about ") if text[-1:] in set("~?%") else Text("", "")
    year, month, day = [*parts, "", ""][:3]
    german = ".".join(part for part in (day, month, year) if part)
    if month and not day:
        german = f"{month}/{year}"
    named = _MONTHS[int(month) - 1] if month and 1 <= int(month) <= len(_MONTHS) else month
    english = " ".join(part for part in (day.lstrip("0"), named, year) if part)
    return Text(rough.de + german, rough.en + english)
