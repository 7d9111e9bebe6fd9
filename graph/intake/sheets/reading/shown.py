"""How a number looks in its cell: a plain number, a percentage, a date in the precision that its format shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from graph.intake.sheets.book import CellKind

_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]', re.DOTALL)
_DATE: Final = re.compile(r"[dmyhsjt]", re.IGNORECASE)
_PLACES: Final = re.compile(r"[0#?][0#?.,]*")
_ZEROS: Final = re.compile(r"0{2,}")
_LAST_DAY: Final = 2_958_466
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_FIRST_OF_MARCH_1900: Final = 60
_BUILT_IN: Final = {
    1: "0",
    2: "0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, 16, 22, *range(27, 32), *range(50, 59), 34, 35, 36), "dd.mm.yyyy"),
    17: "mmm-yy",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), "h:mm"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a number format shows: a date of so many letters ("2019-07-09": 10), or a number with what stands around it."""

    date_length: int = 0
    time: bool = False
    percent: bool = False
    zeros: int = 0
    thousands: int = 0
    before: str = ""
    after: str = ""


GENERAL: Final = Shown()


def built_in(number: int) -> str:
    """Return the format code that every spreadsheet program knows under a number, where it matters here."""
    return _BUILT_IN.get(number, "General")


def read_format(code: str) -> Shown:
    """Return what a number format code shows.

    >>> read_format("mmm yy").date_length, read_format("yyyy").date_length, read_format("dd.mm.yyyy").date_length
    (7, 4, 10)
    >>> read_format("0%").percent, read_format('"FB" 00').before
    (True, 'FB ')
    """
    section = code.partition(";")[0] if '"' not in code else _first_section(code)
    if section.casefold() in {"general", "@", "standard"}:
        return GENERAL
    bare = _LITERAL.sub("", section)
    if "general" in bare.casefold() or not _DATE.search(bare):
        return _number_format(section, bare)
    return _date_format(section, bare.casefold())


def _first_section(code: str) -> str:
    quoted = False
    for position, sign in enumerate(code):
        quoted ^= sign == '"'
        if sign == ";" and not quoted:
            return code[:position]
    return code


def _date_format(section: str, bare: str) -> Shown:
    if re.search(r"\[(h+|m+|s+)\]", section, re.IGNORECASE):
        return Shown(time=True)
    clock = re.sub(r"h+[^dyjt]*|[^dyjt]*s+", "", bare)
    if "d" in clock or "t" in clock:
        return Shown(date_length=10)
    if "m" in clock:
        return Shown(date_length=7)
    if "y" in clock or "j" in clock:
        return Shown(date_length=4)
    return Shown(time=True)


def _number_format(section: str, bare: str) -> Shown:
    found = _PLACES.search(bare)
    if not found:
        return GENERAL
    digits = found[0]
    before, after = _around(section)
    return Shown(
        percent="%" in bare,
        zeros=len(digits) if _ZEROS.fullmatch(digits) else 0,
        thousands=len(digits) - len(digits.rstrip(",")),
        before=before,
        after=after,
    )


def _around(section: str) -> tuple[str, str]:
    """Return the words before and after the digits of a format."""
    first = last = -1
    spoken: list[str] = []
    position = 0
    while position < len(section):
        literal = _LITERAL.match(section, position)
        if literal:
            spoken.append(literal[1] or literal[2] or literal[3] or "")
            position = literal.end()
            continue
        sign = section[position]
        if sign in "0#?":
            first, last = (len(spoken) if first < 0 else first), len(spoken) + 1
        spoken.append(sign if sign in " -/+€$" else "")
        position += 1
    before, after = "".join(spoken[:first]), "".join(spoken[last:])
    return (before if _has_letter(before) else ""), (after.rstrip() if _has_letter(after) else "")


def _has_letter(text: str) -> bool:
    return any(sign.isalpha() or sign in "€$" for sign in text)


def show(value: str, shown: Shown, epoch_1904: bool) -> tuple[str, CellKind]:
    """Return the text and kind of a stored number.

    >>> show("43655", Shown(date_length=10), False)
    ('2019-07-09', 'date')
    >>> show("0.4", Shown(percent=True), False), show("7", Shown(zeros=3), False), show("2.50", GENERAL, False)
    (('40 %', 'number'), ('007', 'number'), ('2.5', 'number'))

    Raises ValueError where it is no number.
    """
    if "_" in value:
        raise ValueError(value)
    number = float(value)
    if shown.date_length and (day := _day(number, epoch_1904)):
        return day[: shown.date_length], "date"
    if shown.time and 0 <= number < _LAST_DAY:
        return _clock(number), "text"
    return _number(number, shown), "number"


def _day(number: float, epoch_1904: bool) -> str:
    """Return the ISO day of a serial number; nothing where it has none."""
    if epoch_1904:
        start = _EPOCH_1904
    elif number >= _FIRST_OF_MARCH_1900 + 1:
        start = _EPOCH
    else:
        start = _EPOCH + timedelta(days=1)
    if not 1 <= number < _LAST_DAY - 1462 * epoch_1904 or int(number) == _FIRST_OF_MARCH_1900 * (
        not epoch_1904
    ):
        return ""
    return (start + timedelta(days=int(number))).date().isoformat()


def _clock(number: float) -> str:
    minutes = round(number * 24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _number(number: float, shown: Shown) -> str:
    if shown.percent:
        return f"{plain(number * 100)} %"
    text = plain(number / 1000**shown.thousands)
    if shown.zeros and text.isdigit():
        text = text.zfill(shown.zeros)
    return f"{shown.before}{text}{shown.after}"


def plain(number: float) -> str:
    """Return a number as short as it can be, with the fifteen digits that spreadsheets keep.

    >>> plain(2030.0), plain(0.1 + 0.2), plain(1e20)
    ('2030', '0.3', '100000000000000000000')
    """
    if number != number or number in {float("inf"), float("-inf")}:  # noqa: PLR0124 - not a number
        raise ValueError(number)
    if number.is_integer() and abs(number) < 1e15:  # noqa: PLR2004 - as exact as a spreadsheet is
        return str(int(number))
    text = f"{number:.15g}"
    return f"{float(text):.30f}".rstrip("0").rstrip(".") if "e" in text and abs(number) >= 1e-9 else text  # noqa: PLR2004
