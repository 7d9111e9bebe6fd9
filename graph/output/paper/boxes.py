"""Lanes, surroundings, ways and comparison on paper: names in boxes, lines from box to box."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from graph.output.drawing.document import said_in
from graph.output.paper.marks import (
    ACCENT,
    DASHES,
    INK,
    PAPER,
    Body,
    box,
    line_along,
    named,
    number,
    shape_at,
    text_at,
)
from graph.output.paper.measure import BOLD, broken, fitted, width

if TYPE_CHECKING:
    from markupsafe import Markup

    from graph.output.drawing.document import Document

STRETCH, CLOSE_STRETCH = 1.5, 1.05
SHARE, CLOSE_SHARE = 0.74, 0.8
"""How much of a lane's width is box; the rest is for the lines between."""
SIZE = 15.0
LINE = 17.0
HEAD = 60.0
GAP = 360.0
MOST_LINES, CLOSE_LINES = 3, 4
USUAL_LANES, NARROWEST = 4.5, 0.7
"""The lanes of a neighbourhood are narrower the more there are beyond so many, down to this part: names take more lines."""
CLOSE = ("ego", "ways")
"""Lenses with few nodes: their lines begin where a name ends."""
SIGNS = {-1: "− ", 0: "", 1: "+ "}


class Measures(NamedTuple):
    """How far the picture is drawn out, the distance between lanes, the width of a box, the rows' distance at each x."""

    stretch: float
    gap: float
    wide: float
    pitch: dict[float, float]


def boxes_body(document: Document, lang: str) -> Body:
    """Return the lines, then what covers those that pass a full lane, then the nodes and the headings of lanes."""
    left, top, right, bottom = document["frame"]
    measures = _measures(document)
    marks = [
        *_edges(document, measures),
        *_lanes(document, measures),
        *_nodes(document, measures),
        *_headings(document, measures, lang),
    ]
    head = HEAD if document["lanes"] and not document["aggregate"] else 0
    stretch = measures.stretch
    return Body(marks, left * stretch, top - head, (right - left) * stretch, bottom - top + head)


def _measures(document: Document) -> Measures:
    lanes, frame = document["lanes"], document["frame"]
    close = document["lens"] in CLOSE
    narrow = min(max(USUAL_LANES / max(len(lanes), 1), NARROWEST), 1.0)
    stretch, share = (CLOSE_STRETCH * narrow, CLOSE_SHARE) if close else (STRETCH, SHARE)
    gap = (lanes[1][1] - lanes[0][1] if len(lanes) > 1 else min(frame[2] - frame[0], GAP)) * stretch
    rows: dict[float, list[float]] = {}
    for x, y in zip(document["nodes"]["x"], document["nodes"]["y"], strict=True):
        rows.setdefault(x, []).append(y)
    pitch = {x: _closest(sorted(ys)) for x, ys in rows.items()}
    return Measures(stretch, gap, gap * share, pitch)


def _closest(ys: list[float]) -> float:
    """Return the least distance of two rows, 60 where there are fewer."""
    return min((b - a for a, b in pairwise(ys)), default=60.0)


def _edges(document: Document, measures: Measures) -> list[Markup]:
    columns = zip(*(document["edges"][name] for name in ("source", "target", "modality")), strict=True)
    return [
        line_along(_curve(document, measures, source, target), dash=DASHES[said], faint=True)
        for source, target, said in columns
    ]


def _curve(document: Document, measures: Measures, source: int, target: int) -> str:
    """Return the line from box to box; relations within a lane bend through the gap at its right."""
    nodes, half = document["nodes"], measures.wide / 2
    ends = sorted((nodes["x"][end] * measures.stretch, nodes["y"][end], end) for end in (source, target))
    (x1, y1, first), (x2, y2, _) = ends
    start = x1 + half
    if document["lens"] in CLOSE and x1 != x2:
        lead = start - measures.wide + 30 + _long(document, measures, first)
        middle = (start + x2 - half) / 2
        return f"M{number(lead)} {number(y1)}L" + _bent(start, y1, middle, middle, x2 - half, y2)[1:]
    if x1 == x2:
        bend = start + min(measures.gap * 0.2, 12 + abs(y2 - y1) * 0.1)
        return _bent(start, y1, bend, bend, start, y2)
    end = x2 - half
    middle = (start + end) / 2
    return _bent(start, y1, middle, middle, end, y2)


def _long(document: Document, measures: Measures, place: int) -> float:
    """Return how long the longest line of a name is."""
    return max(width(line, SIZE) for line in _name(document, measures, place))


def _name(document: Document, measures: Measures, place: int) -> list[str]:
    """Return the lines of a node's name, with the sign of what became of it."""
    nodes, change = document["nodes"], document["changes"][place] if document["changes"] else 0
    lines = CLOSE_LINES if document["lens"] in CLOSE else MOST_LINES
    most = max(1, min(lines, int((measures.pitch[nodes["x"][place]] - 3) // LINE)))
    text = SIGNS[change] + (nodes["short"][place] or nodes["label"][place])
    return broken(text, measures.wide - 30, SIZE, most)


def _bent(x1: float, y1: float, bend1: float, bend2: float, x2: float, y2: float) -> str:
    a, b, c, d, e, f = (number(value) for value in (x1, y1, bend1, bend2, x2, y2))
    return f"M{a} {b}C{c} {b} {d} {f} {e} {f}"


def _lanes(document: Document, measures: Measures) -> list[Markup]:
    """Return what covers the lines that pass a full lane; the few of a neighbourhood stay in sight."""
    _, top, _, bottom = document["frame"]
    lanes = document["lanes"] if document["lens"] in {"lanes", "compare"} else []
    return [
        box(x * measures.stretch - measures.wide / 2, top, measures.wide, bottom - top, PAPER)
        for _, x in lanes
    ]


def _nodes(document: Document, measures: Measures) -> list[Markup]:
    return [_node(document, measures, place) for place in range(len(document["nodes"]["id"]))]


def _node(document: Document, measures: Measures, place: int) -> Markup:
    nodes = document["nodes"]
    x, y = nodes["x"][place], nodes["y"][place]
    change = document["changes"][place] if document["changes"] else 0
    left, lines = x * measures.stretch - measures.wide / 2, _name(document, measures, place)
    top = y - len(lines) * LINE / 2
    covered = 28 + _long(document, measures, place) if document["lens"] in CLOSE else measures.wide
    drawn = document["types"][nodes["type"][place]]
    return named(
        nodes["label"][place],
        box(left, top - 1, covered, len(lines) * LINE + 2, PAPER),
        shape_at(left + 10, y, 7, drawn["shape"], drawn["colour"], change),
        *(text_at(left + 24, top + LINE * (row + 0.8), line, SIZE) for row, line in enumerate(lines)),
    )


def _headings(document: Document, measures: Measures, lang: str) -> list[Markup]:
    y = document["frame"][1] - HEAD + 24
    marks = []
    for lane, x in document["lanes"] if not document["aggregate"] else ():
        left = x * measures.stretch - measures.wide / 2
        text = fitted(_heading(document, lane, lang), measures.wide / BOLD, 18)
        marks += [
            text_at(left, y, text, 18, INK, bold=True),
            line_along(f"M{number(left)} {number(y + 11)}h{number(measures.wide)}", ACCENT, 2),
        ]
    return marks


def _heading(document: Document, lane: float, lang: str) -> str:
    here = [kind for kind in document["types"] if kind["lane"] == lane and kind["shown"]]
    return " · ".join(f"{capital(said_in(kind['label'], lang))} {kind['shown']}" for kind in here)


def capital(text: str) -> str:
    """Return a text as it stands at the beginning of a line."""
    return text[:1].upper() + text[1:]
