"""The written forms of a point of time, each with what it means in ISO 8601 or EDTF.

Years of two digits: 00 to 50 are of this century, 80 to 99 of the last; between them nobody can tell, so there is no date.
A form that can be read in two ways gives no date but a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from graph.dates import parse_date
from graph.intake.sheets.wording.dates.no_dates import AFTER, DAY, MONTH, NO_DATES, YEAR
from graph.intake.sheets.wording.folding import fold
from ontology.sheet_words import load_sheet_words

Doubt = Literal["", "two-ways", "no-such-day", "short-year"]

_LAST_OF_THIS, _FIRST_OF_LAST = 50, 80
_MONTHS = 12
_QUARTERS = {
    "1": (1, 3),
    "2": (4, 6),
    "3": (7, 9),
    "4": (10, 12),
    "i": (1, 3),
    "ii": (4, 6),
    "iii": (7, 9),
    "iv": (10, 12),
}
_HALVES = {"1": (1, 6), "2": (7, 12), "i": (1, 6), "ii": (7, 12)}
_ENGLISH_ONLY = frozenset({"january", "february", "march", "may", "june", "july", "october", "december"})


@dataclass(frozen=True, slots=True)
class Form:
    """One form found in a text: where it stands, the points it gives (one, or the two ends of a span), what is doubtful.

    ``open_end`` is set by "2030+" and "2023 ff."; ``weak`` forms are bare years, which also stand in names.
    """

    start: int
    end: int
    raw: str
    points: tuple[str, ...]
    doubt: Doubt = ""
    open_end: bool = False
    weak: bool = False


class _Doubtful(ValueError):
    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt)
        self.doubt: Doubt = doubt


_YY = r"(?:1[89]\d\d|20\d\d|2100|['’‘`´]?\d\d)"
_BEFORE = r"(?<![\w§*$€])(?<!\d[.,:])(?<![^\W\d]-)"
_DASH = r"\s?(?:-|–|—|‒)\s?"
_TILL = r"\s*(?:-|–|—|‒|\bbis\b(?:\s+zum)?|\bto\b)\s*"

_ROMAN = r"I{1,3}|IV"


@cache
def _month_words() -> str:
    """Every name of a month as people write it, the longest first."""
    names = set(load_sheet_words().months) | {"märz", "mär", "jän", "jänner"}
    return "(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b\.?"


def _month(text: str) -> int:
    return load_sheet_words().months[fold(text)]


def full_year(text: str) -> str:
    """Return a year of four digits.

    >>> full_year("'19"), full_year("98"), full_year("2030")
    ('2019', '1998', '2030')
    """
    digits = text.lstrip("'’‘`´")
    if len(digits) > 2:  # noqa: PLR2004 - a year written in full
        return digits
    short = int(digits)
    if _LAST_OF_THIS < short < _FIRST_OF_LAST:
        raise _Doubtful("short-year")
    return f"{2000 + short if short <= _LAST_OF_THIS else 1900 + short}"


def _iso(year: str, month: int | str | None = None, day: int | str | None = None) -> str:
    parts = [full_year(year), *(f"{int(part):02d}" for part in (month, day) if part is not None)]
    try:
        return parse_date("-".join(parts)).text
    except ValueError:
        raise _Doubtful("no-such-day") from None


_Read = Callable[[re.Match[str], bool], tuple[str, ...]]


def _day(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    return (_iso(match["y"], match["m"], match["d"]),)


def _slashed(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    first, second = int(match["d"]), int(match["m"])
    if first > _MONTHS or first == second:
        return (_iso(match["y"], second, first),)
    if second > _MONTHS:
        return (_iso(match["y"], first, second),)
    raise _Doubtful("two-ways")


def _named_day(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    return (_iso(match["y"], _month(match["n"]), match["d"]),)


def _named_month(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    if match["y"].isdigit() and len(match["y"]) == 2 and fold(match["n"]) in _ENGLISH_ONLY:  # noqa: PLR2004
        raise _Doubtful("two-ways")  # "July 19" may be a day
    return (_iso(match["y"], _month(match["n"])),)


def _month_year(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    return (_iso(match["y"], match["m"]),)


def _short_month_year(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    month, year = int(match["m"]), int(match["y"])
    if month > _MONTHS or year <= _MONTHS or year == month + 1:
        raise _Doubtful("two-ways")  # "12/13" may be two years, "03/12" a day and a month
    return (_iso(match["y"], month),)


def _days(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    month = match["m"] or _month(match["n"])
    return _iso(match["y"], month, match["d"]), _iso(match["y"], month, match["e"])


def _days_of_months(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    first = match["m"] or _month(match["n"])
    last = match["k"] or _month(match["o"])
    return _iso(match["y"], first, match["d"]), _iso(match["y"], last, match["e"])


def _months(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    first, last = _iso(match["y"], _month(match["n"])), _iso(match["y"], _month(match["o"]))
    if last < first:
        raise _Doubtful("two-ways")
    return (f"{first}/{last}",) if "/" in match["s"] else (first, last)


def _numbered_months(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    return _iso(match["y"], match["m"]), _iso(match["y"], match["k"])


def _part(table: dict[str, tuple[int, int]]) -> _Read:
    def read(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
        first, last = table[match["p"].casefold()]
        return (f"{_iso(match['y'], first)}/{_iso(match['y'], last)}",)

    return read


def _two_years(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    """Return a school year, or the two ends of a longer span; "2019/07" is a month."""
    first, second = match["y"], match["z"]
    if len(second) == 2 and (int(second) < int(first[2:]) and 1 <= int(second) <= _MONTHS):  # noqa: PLR2004
        return (_iso(first, second),)
    last = second if len(second) == 4 else first[:2] + second  # noqa: PLR2004
    if int(last) <= int(first):
        raise _Doubtful("two-ways")
    if int(last) == int(first) + 1:
        return (f"{first}/{last}",)
    if len(second) == 2 and 1 <= int(second) <= _MONTHS:  # noqa: PLR2004
        raise _Doubtful("two-ways")
    return first, last


def _short_span(match: re.Match[str], exact: bool) -> tuple[str, ...]:
    """Return the ends of "2015–20"; a month where the cell is a date, or where no span can be meant ("2019-07")."""
    first, second, hyphen = match["y"], match["z"], match["s"].strip() == "-"
    spans = int(second) > int(first[2:]) or (first < "2000" and int(second) <= _LAST_OF_THIS)
    if hyphen and 1 <= int(second) <= _MONTHS and (exact or not spans):
        return (_iso(first, second),)
    if not spans or (hyphen and 1 <= int(second) <= _MONTHS and " " not in match["s"]):
        raise _Doubtful("two-ways")
    century = first[:2] if int(second) > int(first[2:]) else "20"
    return first, century + second


def _year(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    return (_iso(match["y"]),)


def _chain(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    return tuple(re.findall(YEAR, match[0]))


def _onwards(match: re.Match[str], _exact: bool) -> tuple[str, ...]:
    return (_iso(match["y"]),)


def _patterns() -> Iterator[tuple[str, str, _Read]]:
    """Name, pattern and reader of each form, in the order in which they are tried."""
    month = _month_words()
    th = r"(?:st|nd|rd|th)?(?:\s+of)?"
    yield "iso", rf"(?P<y>{YEAR})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?Z?)?", _day
    yield "ymd", rf"(?P<y>{YEAR})(?P<s>[./])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})", _day
    yield (
        "days",
        rf"(?P<d>{DAY})\.?(?:{_TILL}|\s?/\s?|\s?\+\s?|\s(?:und|u\.)\s)(?P<e>{DAY})\.\s?(?:(?P<m>{MONTH})\.|(?P<n>{month}))\s?(?P<y>{_YY})",
        _days,
    )
    yield (
        "days2",
        rf"(?P<d>{DAY})\.\s?(?:(?P<m>{MONTH})\.?|(?P<n>{month})){_TILL}(?P<e>{DAY})\.\s?(?:(?P<k>{MONTH})\.|(?P<o>{month}))\s?(?P<y>{_YY})",
        _days_of_months,
    )
    yield "dmy", rf"(?P<d>\d{{1,2}})\.\s?(?P<m>{MONTH})\.\s?(?P<y>{_YY})", _day
    yield "dmy2", rf"(?P<d>\d{{1,2}})\s?-\s?(?P<m>{MONTH})\s?-\s?(?P<y>{YEAR})", _day
    yield "mdy", rf"(?P<d>\d{{1,2}})/(?P<m>{MONTH})/(?P<y>{YEAR}|\d\d)", _slashed
    yield "dny", rf"(?P<d>\d{{1,2}}){th}[\s.\-]{{0,2}}(?P<n>{month}),?[\s\-]{{0,2}}(?P<y>{_YY})", _named_day
    yield "ndy", rf"(?P<n>{month})\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>{YEAR})", _named_day
    yield "months", rf"(?P<n>{month})(?P<s>{_TILL}|\s?/\s?)(?P<o>{month})\s?(?P<y>{_YY})", _months
    yield "ny", rf"(?P<n>{month})(?:\s+des\s+Jahres)?[\s\-/]{{0,3}}(?P<y>{_YY})", _named_month
    yield "quarter", rf"(?:Q|Quartal\s?)\s?(?P<p>[1-4])[\s/.\-]{{0,3}}(?P<y>{_YY})", _part(_QUARTERS)
    yield (
        "quarter2",
        rf"(?P<p>[1-4]|{_ROMAN})\.?\s?(?:Quartal|Quart\.|Quart|Qrt\.|Qu\.|Q\.?|quarter)(?:\s+of)?[\s/\-]{{0,3}}(?P<y>{_YY})",
        _part(_QUARTERS),
    )
    yield "quarter3", rf"(?P<y>{YEAR})[\s/\-]{{0,3}}Q(?P<p>[1-4])", _part(_QUARTERS)
    yield "quarter4", rf"(?P<p>{_ROMAN})\s?/\s?(?P<y>{YEAR})", _part(_QUARTERS)
    yield (
        "half",
        rf"(?P<p>[12]|I{{1,2}})\.?\s?(?:HJ|Hj\.?|Hbj\.?|Halbj\.|Halbjahr|half)(?:\s+of)?[\s/\-]{{0,3}}(?P<y>{_YY})",
        _part(_HALVES),
    )
    yield "half2", rf"(?:HJ|H|Halbjahr)\s?(?P<p>[12])[\s/.\-]{{1,3}}(?P<y>{_YY})", _part(_HALVES)
    yield "half3", rf"(?P<y>{YEAR})[\s/\-]{{0,3}}H(?:J\s?)?(?P<p>[12])", _part(_HALVES)
    yield "week", rf"(?:KW\s?\d{{1,2}}|\d{{1,2}}\.\s?KW)[\s/]{{0,3}}(?P<y>{YEAR})", _year
    yield "chain", rf"(?P<y>{YEAR})(?:\s?/\s?{YEAR}){{2,}}", _chain
    yield "school", rf"(?P<y>{YEAR})\s?/\s?(?P<z>{YEAR}|\d\d)", _two_years
    yield (
        "short",
        rf"(?P<y>{YEAR})(?P<s>{_DASH})['’]?(?P<z>\d\d)(?!\.\s?[^\W_]|\s?(?:{month})\b)",
        _short_span,
    )
    yield "my3", rf"(?P<m>{MONTH})\.?{_TILL}(?P<k>{MONTH})[./]\s?(?P<y>{YEAR})", _numbered_months
    yield "my", rf"(?P<m>{MONTH})(?:\s?/\s?|\.\s?|-)(?P<y>{YEAR})", _month_year
    yield "my2", r"(?P<m>\d{1,2})/(?P<y>\d\d)", _short_month_year
    yield "plus", rf"(?P<y>{YEAR})\s?\+", _onwards
    yield "ff", rf"(?P<y>{YEAR})\s?ff\b\.?", _onwards
    yield "year", rf"(?P<y>{YEAR}|['’‘`´]\d\d)", _year


@cache
def _compiled() -> tuple[re.Pattern[str], dict[str, tuple[re.Pattern[str], _Read]]]:
    forms = {
        name: (re.compile(_start(name) + "(?:" + pattern + ")" + _end(name), re.IGNORECASE), read)
        for name, pattern, read in _patterns()
    }
    return re.compile("|".join(f"(?:{mask})" for mask in NO_DATES), re.IGNORECASE), forms


def _start(name: str) -> str:
    if name in {"year", "plus", "ff"}:
        return _BEFORE + "(?<!/)"
    return _BEFORE if name in {"dmy", "iso", "dny", "ny"} else _BEFORE + r"(?<!\d/)"


def _end(name: str) -> str:
    if name in {"plus", "ff"}:
        return r"(?!\w)"
    if name in {"dmy", "iso"}:
        return r"(?![\w*])(?![.,:]\d)(?!/(?!\d{1,2}\.\s?\d)\d)"
    if name == "year":
        return rf"(?![\w*])(?![.,/:]\d)(?!-(?!{YEAR}{AFTER})\d)(?!-(?!heute|laufend|offen|jetzt|dato|present|now)[^\W\d])"
    return AFTER


def forms_in(text: str, *, exact: bool = False) -> tuple[list[Form], list[tuple[int, int]]]:
    """Return the forms in a text in their order, and the places that look like dates but are none (numbers, laws, amounts).

    ``exact`` is set for cells that are dates: their text is ISO.
    """
    masks, forms = _compiled()
    masked = [match.span() for match in masks.finditer(text)]
    nearest = {name: _next_match(pattern, text, 0, masked) for name, (pattern, _) in forms.items()}
    found: list[Form] = []
    while True:
        ahead = [(match.start(), at, name) for at, (name, match) in enumerate(nearest.items()) if match]
        if not ahead:
            return found, masked
        name = min(ahead)[2]  # of those that begin at the same place the first in order
        match = nearest[name]
        assert match is not None
        found.append(_form(name, match, forms[name][1], exact))
        for other, known in nearest.items():
            if known and known.start() < match.end():
                nearest[other] = _next_match(forms[other][0], text, match.end(), masked)


def _next_match(
    pattern: re.Pattern[str], text: str, at: int, masked: list[tuple[int, int]]
) -> re.Match[str] | None:
    match = pattern.search(text, at)
    while match and any(start < match.end() and match.start() < end for start, end in masked):
        match = pattern.search(text, match.end())
    return match


def _form(name: str, match: re.Match[str], read: _Read, exact: bool) -> Form:
    start, end = match.span()
    try:
        points = read(match, exact)
    except _Doubtful as doubtful:
        return Form(start, end, match[0], (), doubtful.doubt)
    if name == "plus":
        return Form(start, end, match[0], (f"{points[0]}/..",), open_end=True)
    return Form(start, end, match[0], points, open_end=name == "ff", weak=name in {"year", "chain"})
