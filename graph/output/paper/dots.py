"""The net on paper: dots at their places, straight lines, and each name where it touches no other."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from graph.output.paper.marks import DASHES, Body, line_along, named, number, shape_at, text_at
from graph.output.paper.measure import broken, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from graph.output.drawing.document import Document

HIGH, WIDE = 88.0, 128.0
"""Height and width of a drawing for each unit of the root of its nodes: names are long and low, so is the paper."""
SIZE = 14.0
LINE = 16.0
ROOM = 230.0
MARGIN = 40.0
CELL = 120.0
FEWEST = 40
"""Fewer nodes than this have the room of so many."""


class Box(NamedTuple):
    """A rectangle that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """Whether the two have a point in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class _Taken:
    """What is taken on the paper, found by place."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for cell in _cells(box):
            self.cells.setdefault(cell, []).append(box)

    def is_free(self, box: Box) -> bool:
        return not any(box.touches(other) for cell in _cells(box) for other in self.cells.get(cell, ()))


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.left // CELL), int(box.right // CELL) + 1):
        for row in range(int(box.top // CELL), int(box.bottom // CELL) + 1):
            yield column, row


class Name(NamedTuple):
    """The lines of a name and the box they stand in."""

    lines: list[str]
    box: Box


def dots_body(document: Document) -> Body:
    """Return the lines, the dots, and the names that find room, those of the best connected first."""
    names = placed_names(document)
    points, sizes = _points(document), _sizes(document)
    marks = [*_edges(document, points), *_dots(document, points, sizes)]
    marks += [
        text_at(name.box.left, name.box.top + LINE * (row + 0.8), line, SIZE)
        for _, name in sorted(names.items())
        for row, line in enumerate(name.lines)
    ]
    left = min([x for x, _ in points] + [name.box.left for name in names.values()], default=0) - MARGIN
    right = max([x for x, _ in points] + [name.box.right for name in names.values()], default=0) + MARGIN
    top, bottom = (edge(y for _, y in points) if points else 0 for edge in (min, max))
    return Body(marks, left, top - MARGIN, right - left, bottom - top + 2 * MARGIN)


def _points(document: Document) -> list[tuple[float, float]]:
    """Return the places, stretched so that each name has about the same room however many there are."""
    xs, ys = document["nodes"]["x"], document["nodes"]["y"]
    root = math.sqrt(max(len(xs), FEWEST))
    across, down = (most * root / _reach(values) for most, values in ((WIDE, xs), (HIGH, ys)))
    return [(x * across, y * down) for x, y in zip(xs, ys, strict=True)]


def _reach(values: list[float]) -> float:
    return max(max(values, default=0) - min(values, default=0), 1.0)


def _degrees(document: Document) -> Counter[int]:
    return Counter([*document["edges"]["source"], *document["edges"]["target"]])


def _sizes(document: Document) -> list[float]:
    degrees = _degrees(document)
    return [5 + 1.3 * math.sqrt(degrees[place]) for place in range(len(document["nodes"]["id"]))]


def _edges(document: Document, points: list[tuple[float, float]]) -> list[Markup]:
    columns = zip(*(document["edges"][name] for name in ("source", "target", "modality")), strict=True)
    marks = []
    for source, target, said in columns:
        ends = " ".join(number(value) for value in (*points[source], *points[target]))
        x1, y1, x2, y2 = ends.split(" ")
        marks.append(line_along(f"M{x1} {y1}L{x2} {y2}", dash=DASHES[said], faint=True))
    return marks


def _dots(document: Document, points: list[tuple[float, float]], sizes: list[float]) -> list[Markup]:
    types, nodes = document["types"], document["nodes"]
    return [
        named(label, shape_at(x, y, r, types[kind]["shape"], types[kind]["colour"]))
        for label, kind, (x, y), r in zip(nodes["label"], nodes["type"], points, sizes, strict=True)
    ]


def placed_names(document: Document) -> dict[int, Name]:
    """Return the name of each node that found room, by the node's number; no two touch, and none covers a dot."""
    points, sizes, degrees = _points(document), _sizes(document), _degrees(document)
    taken = _Taken()
    for (x, y), r in zip(points, sizes, strict=True):
        taken.add(Box(x - r, y - r, x + r, y + r))
    found: dict[int, Name] = {}
    for place in sorted(range(len(points)), key=lambda place: (-degrees[place], place)):
        name = next(
            (n for n in _tries(document, place, points[place], sizes[place]) if taken.is_free(n.box)), None
        )
        if name:
            found[place] = name
            taken.add(name.box)
    return found


def _tries(document: Document, place: int, point: tuple[float, float], r: float) -> Iterator[Name]:
    """Yield the name beside, below and above its dot, in two lines, then cut to one."""
    label = document["nodes"]["short"][place] or document["nodes"]["label"][place]
    (x, y), gap = point, r + 4
    for room, most in ((ROOM, 2), (ROOM * 0.75, 3), (ROOM * 0.6, 1)):
        lines = broken(label, room, SIZE, most)
        wide, high = max(width(line, SIZE) for line in lines), len(lines) * LINE
        for left, top in (
            (x + gap, y - high / 2),
            (x - gap - wide, y - high / 2),
            (x - wide / 2, y + gap),
            (x - wide / 2, y - gap - high),
            (x + gap * 0.7, y + gap * 0.5),
            (x + gap * 0.7, y - gap * 0.5 - high),
            (x - gap * 0.7 - wide, y + gap * 0.5),
            (x - gap * 0.7 - wide, y - gap * 0.5 - high),
        ):
            yield Name(lines, Box(left, top, left + wide, top + high))
