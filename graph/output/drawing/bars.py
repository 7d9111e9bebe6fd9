"""The line of time as rows of a table: each plan with its bar in percent of the width, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from graph.errors import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.output.drawing.document import Document

EVERY = 5
"""Years between two marks of the axis."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A year on the axis."""

    x: float
    year: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A plan on the line of time; ``window`` and ``rest`` are begin and width of its last year."""

    node: int
    label: str
    kind: Literal["bar", "open", "end", "none"]
    x: float
    width: float
    window: float | None
    rest: float
    words: Text


@dataclass(frozen=True, slots=True)
class Group:
    """The plans of one lead; without a name where no source says who leads."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """All rows, the years above them and the day that is looked at."""

    axis: tuple[Mark, ...]
    today: float | None
    groups: tuple[Group, ...]


def bars_of(document: Document) -> Bars | None:
    """Return the rows of a document of the line of time, nothing for other lenses."""
    if not document["axis"]:
        return None
    whole = document["axis"][-1][0]
    marks = tuple(Mark(_part(x, whole), year) for x, year in document["axis"] if int(year) % EVERY == 0)
    today = document["today"]
    numbered = enumerate(document["groups"])
    groups = tuple(
        Group(label, tuple(_bar(document, number, whole) for number, _ in members))
        for label, members in groupby(numbered, key=lambda pair: pair[1])
    )
    return Bars(marks, None if today is None else _part(today, whole), groups)


def _part(x: float, whole: float) -> float:
    return round(100 * x / whole, 2)


def _bar(document: Document, number: int, whole: float) -> Bar:
    start, end, window = document["spans"][number]
    label = document["nodes"]["label"][number]
    words = _words(document["axis"], start, end)
    if start is None and end is None:
        return Bar(number, label, "none", 0, 0, None, 0, words)
    if end is None or start is None:
        x = start if start is not None else end
        assert x is not None
        kind: Literal["open", "end"] = "open" if end is None else "end"
        return Bar(number, label, kind, _part(x, whole), _part(whole - x, whole), None, 0, words)
    last = max(window or start, start)
    return Bar(
        number,
        label,
        "bar",
        _part(start, whole),
        _part(end - start, whole),
        _part(last, whole),
        _part(end - last, whole),
        words,
    )


def _words(axis: Sequence[tuple[float, str]], start: float | None, end: float | None) -> Text:
    """Return the period by its years: what the bar shows, for those who do not see it."""
    first, last = (None if x is None else _year(axis, x) for x in (start, end))
    if first is None and last is None:
        return Text("Zeitraum nicht erfasst", "period not recorded")
    if last is None:
        return Text(f"ab {first}, Ende nicht erfasst", f"from {first}, end not recorded")
    if first is None:
        return Text(f"bis {last}, Beginn nicht erfasst", f"until {last}, begin not recorded")
    return Text(first, first) if first == last else Text(f"{first}–{last}", f"{first}–{last}")


def _year(axis: Sequence[tuple[float, str]], x: float) -> str:
    return next(year for mark, year in reversed(axis) if mark <= x)
