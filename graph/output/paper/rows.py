"""Periods, shared concepts and areas on paper: tables with the same rows as those of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.output.drawing.area_table import areas_of
from graph.output.drawing.bars import bars_of
from graph.output.drawing.shares import shares_of
from graph.output.drawing.texts import TEXTS
from graph.output.paper.marks import (
    ACCENT,
    FAINT,
    GOLD,
    INK,
    PAPER,
    SOFT,
    Body,
    box,
    line_along,
    named,
    number,
    shape_at,
    text_at,
)
from graph.output.paper.measure import broken, fitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from graph.output.drawing.area_table import TableRow
    from graph.output.drawing.bars import Bar, Bars
    from graph.output.drawing.document import Document

AREAS, COUNT, NAMED = 420.0, 110.0, 900.0
INDENT = 22.0
HEADS = ("area", "count_plans", "count_goals", "count_measures", "which_plans")
"""The heads of the table of areas, by their names among the texts."""
PITCH = 26.0
NAMES = 560.0
TRACK = 900.0
WORDS = 190.0
HEAD = 34.0
SIZE = 15.0
SMALL = 13.0
CELL = 132.0
HEAD_LINES = 6
CONCEPTS = 520.0


def bars_body(document: Document, lang: str) -> Body:
    """Return the line of time: years above, the plans of each lead below its name, each with its bar and its years."""
    bars = bars_of(document)
    assert bars is not None
    y, marks = HEAD, _years(bars)
    for group in bars.groups:
        marks += [
            box(0, y, NAMES + TRACK + WORDS, PITCH, "#eef2f4"),
            text_at(8, y + 18, fitted(group.label or TEXTS["no_lead"][lang], NAMES, SIZE), SIZE, bold=True),
        ]
        y += PITCH
        for bar in group.bars:
            marks += _bar(bar, y, lang)
            y += PITCH
    return Body([*_grid(bars, y), *marks, *_today(bars, y)], -10, -10, NAMES + TRACK + WORDS + 20, y + 20)


def _x(part: float) -> float:
    return NAMES + part / 100 * TRACK


def _years(bars: Bars) -> list[Markup]:
    return [text_at(_x(mark.x), 18, mark.year, SMALL, SOFT, anchor="middle") for mark in bars.axis]


def _grid(bars: Bars, bottom: float) -> list[Markup]:
    return [
        line_along(f"M{number(_x(mark.x))} {number(HEAD - 6)}V{number(bottom)}", FAINT) for mark in bars.axis
    ]


def _today(bars: Bars, bottom: float) -> list[Markup]:
    if bars.today is None:
        return []
    return [
        line_along(f"M{number(_x(bars.today))} {number(HEAD - 6)}V{number(bottom)}", ACCENT, 2, dash="6 4")
    ]


def _bar(bar: Bar, y: float, lang: str) -> list[Markup]:
    middle = y + PITCH / 2
    marks = [text_at(20, y + 18, fitted(bar.label, NAMES - 36, SIZE), SIZE)]
    if bar.kind == "bar":
        marks.append(box(_x(bar.x), middle - 7, bar.width / 100 * TRACK, 14, ACCENT, round_by=3))
        if bar.window is not None:
            marks.append(box(_x(bar.window), middle - 7, bar.rest / 100 * TRACK, 14, GOLD, round_by=3))
    elif bar.kind == "open":
        marks.append(box(_x(bar.x), middle - 2, bar.width / 100 * TRACK, 4, ACCENT))
    if bar.kind in {"open", "end"}:
        marks.append(shape_at(_x(bar.x), middle, 5, "dot", ACCENT))
    said = fitted(bar.words[lang], WORDS - 12, SMALL)
    return [named(bar.label, *marks, text_at(NAMES + TRACK + 12, y + 18, said, SMALL, SOFT))]


def shares_body(document: Document, lang: str) -> Body:
    """Return plans against concepts: the plans' names above, a full or hollow dot where a plan has the concept."""
    table = shares_of(document)
    assert table is not None
    head = HEAD_LINES * 16 + 14.0
    right = CONCEPTS + CELL * len(table.columns)
    marks = [
        mark for number_, column in enumerate(table.columns) for mark in _column(number_, column.label, head)
    ]
    for place, row in enumerate(table.rows):
        y = head + place * PITCH
        marks.append(line_along(f"M0 {number(y)}H{number(right)}", FAINT))
        marks += _concept(row.label, row.count[lang], y)
        marks += _cells(row.cells, y)
    bottom = head + len(table.rows) * PITCH
    marks += [line_along(f"M0 {number(bottom)}H{number(right)}", FAINT), *_key(bottom + 28, lang)]
    return Body(marks, -10, -10, max(right, 900) + 20, bottom + 60)


def _column(place: int, label: str, head: float) -> list[Markup]:
    lines = broken(label, CELL - 14, SMALL, HEAD_LINES)
    top = head - 10 - (len(lines) - 1) * 16
    return [
        text_at(CONCEPTS + CELL * (place + 0.5), top + row * 16, line, SMALL, bold=False, anchor="middle")
        for row, line in enumerate(lines)
    ]


def _concept(label: str, count: str, y: float) -> list[Markup]:
    name = fitted(label, CONCEPTS - 190, SIZE)
    return [text_at(4, y + 18, name, SIZE), text_at(CONCEPTS - 14, y + 18, count, SMALL, SOFT, anchor="end")]


def _cells(cells: Sequence[int], y: float) -> list[Markup]:
    return [
        shape_at(CONCEPTS + CELL * (place + 0.5), y + PITCH / 2, 6.5, "dot", ACCENT if cell == 1 else PAPER)
        for place, cell in enumerate(cells)
        if cell
    ]


def _key(y: float, lang: str) -> list[Markup]:
    return [
        shape_at(12, y - 5, 6.5, "dot", ACCENT),
        text_at(26, y, TEXTS["says_own"][lang], SMALL, INK),
        shape_at(212, y - 5, 6.5, "dot", PAPER),
        text_at(226, y, TEXTS["says_below"][lang], SMALL, INK),
    ]


def areas_body(document: Document, lang: str) -> Body:
    """Return the areas under the names of their spatial frames, with counts and the plans as far as a line goes."""
    starts = (0.0, *(AREAS + COUNT * (place + 1) - 24 for place in range(3)), AREAS + 3 * COUNT)
    wide, y = starts[-1] + NAMED, HEAD
    marks = [
        text_at(x, 20, TEXTS[head][lang], SMALL, SOFT, anchor="end" if 0 < place < len(HEADS) - 1 else "")
        for place, (x, head) in enumerate(zip(starts, HEADS, strict=True))
    ]
    for frame in areas_of(document, lang) or ():
        marks += [
            box(0, y, wide, PITCH, "#eef2f4"),
            text_at(8, y + 18, fitted(frame.label, wide, SIZE), SIZE, bold=True),
        ]
        y += PITCH
        for row in frame.rows:
            marks += _area(row, starts, y)
            y += PITCH
    return Body(marks, -10, -10, wide + 20, y + 20)


def _area(row: TableRow, starts: Sequence[float], y: float) -> list[Markup]:
    left = 20 + INDENT * row.depth
    plans = "; ".join(plan.label for plan in row.plans)
    counts = zip(starts[1:4], row.counts, strict=True)
    return [
        text_at(left, y + 18, fitted(row.label, AREAS - left, SIZE), SIZE),
        *(text_at(x, y + 18, str(count), SIZE, anchor="end") for x, count in counts),
        text_at(starts[-1], y + 18, fitted(plans, NAMED - 10, SMALL), SMALL, SOFT),
    ]
