"""When an answer makes a chart, and of what: bars over names, or stems over time, always from zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graph.output.charts.fields import folded, is_numeric, is_time, is_unique, moment_of, named, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.output.charts.fields import Row, Rows

MOST_BARS = 40
"""So many bars are drawn; the table beside has all."""
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Point:
    """One number with the name it stands under; ``at`` is its point in time, in years."""

    name: str
    value: float
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: the columns of names and of numbers, the points in their order, and how many are not drawn.

    ``total`` counts all rows with a number, ``unknown`` those without one.
    """

    kind: Literal["bars", "time"]
    by: str
    of: str
    points: tuple[Point, ...]
    total: int
    unknown: int


def sensible_chart(columns: Sequence[str], rows: Rows) -> Chart | None:
    """Return the chart of an answer that nobody described, or nothing where a chart would not be honest.

    It takes one column that names every row differently and one of nothing but numbers; the first of each. A column
    of days makes a series over time. Two numbers of one name, a single row or no numbers make no chart.
    """
    if len(rows) < _FEWEST:
        return None
    shown = folded(columns)
    numbers = [name for name in shown if is_numeric(name, rows)]
    names = [name for name in shown if name not in numbers and is_unique(name, rows)]
    moments = [name for name in names if is_time(name, rows)]
    if not numbers or not names:
        return None
    return chart_of(rows, by=(moments or names)[0], of=numbers[0])


def chart_of(rows: Rows, *, by: str, of: str) -> Chart | None:
    """Return the chart of the numbers in one column by the names in another; nothing below two numbers."""
    counted = [row for row in rows if number_of(row.get(of)) is not None and named(row, by) is not None]
    if len(counted) < _FEWEST:
        return None
    in_time = is_time(by, counted)
    points = [_point(row, by, of, in_time=in_time) for row in counted]
    if in_time:
        points.sort(key=lambda point: point.at or 0)
    drawn = tuple(points if in_time else points[:MOST_BARS])
    return Chart("time" if in_time else "bars", by, of, drawn, len(points), len(rows) - len(points))


def _point(row: Row, by: str, of: str, *, in_time: bool) -> Point:
    value = number_of(row.get(of))
    assert value is not None
    return Point(named(row, by) or "", value, moment_of(row.get(by)) if in_time else None)
