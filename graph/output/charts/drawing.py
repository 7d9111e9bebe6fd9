"""A chart as SVG for a page: sizes across in percent, so that it fits every width; colours by classes of our sheet.

Bars stand below their names and carry their number, so nothing is told by colour. Over time each number stands on a
stem of its own: what lies between two of them is not known, so no line joins them. The drawing has a title and a
description; the numbers stand in the table beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from graph.dates import shown_date
from graph.errors import Text
from graph.output.charts.axis import Axis, axis_of, shown_amount
from graph.output.paper.marks import clean
from graph.output.paper.measure import fitted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.output.charts.chart import Chart, Point

_ROW, _BAR, _NAME = 46, 14, 16
_FOOT = 26
_WIDE = 86.0
"""Percent of the width that the longest bar takes; the rest is for its number."""
_HIGH, _HEAD = 220, 26
_LEFT, _ACROSS = 8.0, 84.0
_ROOM, _TYPE = 320, 14
_MOST_YEARS = 6

_SVG = Markup(
    '<svg class="chart {kind}" role="img" aria-labelledby="{key}-title {key}-desc" width="100%" height="{height}"'
    ' xmlns="http://www.w3.org/2000/svg">\n<title id="{key}-title">{title}</title>\n<desc id="{key}-desc">{desc}</desc>\n'
    "{body}\n</svg>"
)
_LINE = Markup('<line class="{kind}" x1="{x1}%" y1="{y1}" x2="{x2}%" y2="{y2}"/>')
_RECT = Markup('<rect class="bar" x="{x}%" y="{y}" width="{width}%" height="{height}"/>')
_DOT = Markup('<circle class="dot" cx="{x}%" cy="{y}" r="4"><title>{title}</title></circle>')
_TEXT = Markup('<text class="{kind}" x="{x}%" y="{y}" dx="{dx}" text-anchor="{anchor}">{text}</text>')
_NAMED = Markup('<text class="name" x="0" y="{y}">{text}<title>{title}</title></text>')


def chart_svg(chart: Chart, heads: Mapping[str, Text], lang: str, key: str = "chart") -> Markup:
    """Return the chart as SVG to stand in a page; ``heads`` are the names of columns, ``key`` begins its ids."""
    body = _bars(chart, lang) if chart.kind == "bars" else _time(chart, lang)
    height = _FOOT + (_ROW * len(chart.points) if chart.kind == "bars" else _HEAD + _HIGH)
    return _SVG.format(
        kind=chart.kind,
        key=key,
        height=height,
        title=clean(chart_title(chart, heads)[lang]),
        desc=clean(chart_words(chart, heads)[lang]),
        body=Markup("\n").join(body),
    )


def chart_title(chart: Chart, heads: Mapping[str, Text]) -> Text:
    """Return what the chart shows: the numbers, by what."""
    of, by = (heads.get(name, Text(name, name)) for name in (chart.of, chart.by))
    return Text(f"{of.de} nach {by.de}", f"{of.en} by {by.en}")


def chart_words(chart: Chart, heads: Mapping[str, Text]) -> Text:
    """Return in sentences what the chart shows: its shape, the largest and the smallest, and what is not drawn."""
    most = max(chart.points, key=lambda point: point.value)
    least = min(chart.points, key=lambda point: point.value)
    count = len(chart.points)
    kind = (
        Text("Balkendiagramm", "Bar chart") if chart.kind == "bars" else Text("Zeitreihe", "Series over time")
    )
    title = chart_title(chart, heads)
    high, low = (_said(chart, point) for point in (most, least))
    said = Text(
        f"{kind.de}: {title.de}, {count} Werte. Größter Wert: {high.de}. Kleinster Wert: {low.de}. "
        "Die Achse beginnt bei null.",
        f"{kind.en}: {title.en}, {count} values. Largest: {high.en}. Smallest: {low.en}. The axis starts at zero.",
    )
    left = left_out(chart)
    return Text(f"{said.de} {left.de}".rstrip(), f"{said.en} {left.en}".rstrip())


def left_out(chart: Chart) -> Text:
    """Return the sentence on what the table has and the chart has not; nothing where it has all."""
    de, en = [], []
    if chart.total > len(chart.points):
        de.append(f"Gezeichnet sind die ersten {len(chart.points)} von {chart.total} Werten.")
        en.append(f"The first {len(chart.points)} of {chart.total} values are drawn.")
    if chart.unknown:
        de.append(f"Ohne Zahl und darum nicht gezeichnet: {chart.unknown}.")
        en.append(f"Without a number and therefore not drawn: {chart.unknown}.")
    return Text(" ".join(de), " ".join(en))


def _said(chart: Chart, point: Point) -> Text:
    name, value = point_name(chart, point), shown_amount(point.value)
    return Text(f"{name.de} ({value.de})", f"{name.en} ({value.en})")


def point_name(chart: Chart, point: Point) -> Text:
    """Return what people call a point: a name, or a day as they write it."""
    return shown_date(point.name) if chart.kind == "time" else Text(point.name, point.name)


def _bars(chart: Chart, lang: str) -> Iterator[Markup]:
    axis = axis_of(point.value for point in chart.points)
    bottom = _ROW * len(chart.points)
    for mark in axis.marks:
        x = _across(axis.part(mark) * _WIDE)
        yield _LINE.format(kind="zero" if mark == 0 else "rule", x1=x, y1=0, x2=x, y2=bottom)
        yield _mark(x, bottom + 18, shown_amount(mark)[lang], first=mark == axis.low)
    for place, point in enumerate(chart.points):
        yield from _bar(axis, point, place * _ROW, lang)


def _bar(axis: Axis, point: Point, top: float, lang: str) -> Iterator[Markup]:
    zero, end = axis.part(0) * _WIDE, axis.part(point.value) * _WIDE
    y = top + _NAME + 6
    yield _NAMED.format(y=top + _NAME, text=clean(fitted(point.name, _ROOM, _TYPE)), title=clean(point.name))
    yield _RECT.format(x=_across(min(zero, end)), y=y, width=_across(abs(end - zero)), height=_BAR)
    amount = shown_amount(point.value)[lang]
    yield _TEXT.format(
        kind="amount", x=_across(max(zero, end)), y=y + _BAR - 2, dx=6, anchor="start", text=amount
    )


def _mark(x: str, y: float, text: str, *, first: bool) -> Markup:
    return _TEXT.format(kind="mark", x=x, y=y, dx=0, anchor="start" if first else "middle", text=text)


def _time(chart: Chart, lang: str) -> Iterator[Markup]:
    axis = axis_of(point.value for point in chart.points)
    moments = [point.at or 0.0 for point in chart.points]
    first, span = moments[0], (moments[-1] - moments[0]) or 1.0
    bottom = _HEAD + _HIGH

    def x_of(moment: float) -> str:
        return _across(_LEFT + (moment - first) / span * _ACROSS)

    def y_of(value: float) -> str:
        return f"{bottom - axis.part(value) * _HIGH:.1f}"

    for mark in axis.marks:
        y = y_of(mark)
        yield _LINE.format(kind="zero" if mark == 0 else "rule", x1=0, y1=y, x2=100, y2=y)
        yield _TEXT.format(
            kind="mark", x=0, y=float(y) - 4, dx=0, anchor="start", text=shown_amount(mark)[lang]
        )
    for year in _years(first, moments[-1]):
        yield _mark(x_of(year), bottom + 18, str(year), first=False)
    for point in chart.points:
        x = x_of(point.at or 0.0)
        yield _LINE.format(kind="line", x1=x, y1=y_of(0), x2=x, y2=y_of(point.value))
    for point in chart.points:
        title = clean(_said(chart, point)[lang])
        yield _DOT.format(x=x_of(point.at or 0.0), y=y_of(point.value), title=title)


def _years(first: float, last: float) -> list[int]:
    """Return the years to mark on the axis of time, at most six, the first that fits and every nth after it."""
    begin = int(first) if first == int(first) else int(first) + 1
    every = list(range(begin, int(last) + 1))
    step = -(-len(every) // _MOST_YEARS) or 1
    return every[::step] or [int(first)]


def _across(percent: float) -> str:
    return f"{percent:.2f}".rstrip("0").rstrip(".")
