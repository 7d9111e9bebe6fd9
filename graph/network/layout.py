"""Where each node stands: pinned lanes that stay put when a plan is added.

A lane is a column of one or more kinds (department, plan, goal, target group, instrument), a row a rank in
it. The order of a lane follows names only, never counts or crossings: a plan stands with the department that
leads it, a goal with its plan. So nothing is reshuffled when something is added: what stands below moves by
one row at most, and a row is less than five hundredths of the picture's diagonal.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

LANE_GAP = 360.0
LEAST_LANES = 4
LEAST_HEIGHT = 1350.0
LEAST_PITCH = 22.0
MOST_PITCH = 64.0
#: A neighbourhood is small and need not stay put: its rows may stand further apart.
EGO_PITCH = 112.0
#: The edge around a net, and what a node of it takes that has no name.
RIM, NO_BOX = 4.0, (0.0, 0.0, 0.0, 0.0)

#: What ties a node to the one it stands with: a statement of its own, or one that is made about it.
SAID_BY_ITSELF = ("leadUnit", "responsibleUnit", "measureOf", "indicatorOf", "broader", "unitOf")
SAID_ABOUT_IT = ("pursues",)
#: Who others stand with; what stands with nobody comes after them.
BEARERS = ("OrganizationalUnit", "Partner")

Name: TypeAlias = "tuple[int, tuple[str | int, ...], str]"
Order: TypeAlias = "tuple[Name, ...]"
Point: TypeAlias = "tuple[float, float]"
Box: TypeAlias = "tuple[float, float, float, float]"
Heights: TypeAlias = "np.ndarray[Any, np.dtype[np.floating[Any]]]"


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions of all nodes, the row of each within its lane, and the frame (left, top, right, bottom)."""

    points: Mapping[str, Point]
    ranks: Mapping[str, int]
    lanes: Sequence[tuple[int, float]]
    frame: tuple[float, float, float, float]


def lane_layout(
    network: nx.MultiDiGraph[str], lane_of: Mapping[str, int], lanes: Iterable[int] = ()
) -> Layout:
    """Return each node of ``lane_of`` in its lane, lanes from left to right, all centred on one line.

    ``lanes`` are kept a place for even while they are empty, so that a first goal pushes nothing aside.
    """
    columns = _columns(network, lane_of, lanes)
    height = _height(columns.values())
    rows = {lane: _spread(len(members), height) for lane, members in columns.items()}
    return _layout(columns, rows, height / 2)


def ego_layout(network: nx.MultiDiGraph[str], lane_of: Mapping[str, int], focus: str) -> Layout:
    """Return the lanes with ``focus`` on the middle line, its own kind above and below it."""
    columns = _columns(network, lane_of)
    own = lane_of[focus]
    others = [key for key in columns[own] if key != focus]
    half = len(others) // 2
    columns[own] = [*others[:half], focus, *others[half:]]
    height = _height(columns.values())
    rows = {lane: _spread(len(members), height, EGO_PITCH) for lane, members in columns.items()}
    rows[own] = rows[own] - rows[own][half]
    reach = max(float(np.abs(heights).max()) for heights in rows.values())
    return _layout(columns, rows, reach + EGO_PITCH / 2)


def rows_layout(rows: Sequence[Sequence[str]]) -> Layout:
    """Return each row of nodes on a line of its own from left to right; the ends that rows share stand in the middle.

    There are no lanes: longer rows stand closer, never closer than ``LANE_GAP``.
    """
    most = max(len(row) for row in rows)
    places: dict[str, list[Point]] = defaultdict(list)
    for line, row in enumerate(rows):
        for place, key in enumerate(row):
            x = place * (most - 1) / (len(row) - 1) if len(row) > 1 else 0.0
            places[key].append(
                ((x - (most - 1) / 2) * LANE_GAP, (line - (len(rows) - 1) / 2) * EGO_PITCH * 1.5)
            )
    points = {
        key: (round(found[0][0], 1), round(sum(y for _, y in found) / len(found), 1))
        for key, found in places.items()
    }
    ranks = {
        key: sorted(y for x, y in points.values() if x == points[key][0]).index(points[key][1])
        for key in points
    }
    side, reach = max(most, LEAST_LANES) * LANE_GAP / 2, len(rows) * EGO_PITCH * 0.75 + EGO_PITCH
    return Layout(points, ranks, [], (-side, -reach, side, reach))


def grid_layout(order: Sequence[str], columns: int = LEAST_LANES) -> Layout:
    """Return nodes in columns of equal length, to be read down each column; its lanes have numbers that no kind has."""
    rows = max(-(-len(order) // columns), 1)
    pitch = min(MOST_PITCH * 1.5, max(LEAST_HEIGHT / rows, LEAST_PITCH * 2))
    reach = max(rows * pitch, LEAST_HEIGHT / 2) / 2
    points = {
        key: (
            round((place // rows - (columns - 1) / 2) * LANE_GAP, 1),
            round((place % rows - (rows - 1) / 2) * pitch, 1),
        )
        for place, key in enumerate(order)
    }
    side = columns * LANE_GAP / 2
    ranks = {key: place % rows for place, key in enumerate(order)}
    lanes = [(-1 - column, (column - (columns - 1) / 2) * LANE_GAP) for column in range(columns)]
    return Layout(points, ranks, lanes, (-side, -round(reach, 1), side, round(reach, 1)))


def net_layout(places: Mapping[str, Point], boxes: Mapping[str, Box] | None = None) -> Layout:
    """Return the places of a net, without lanes, in a frame that holds the box of each node."""
    points = {key: (round(x, 1), round(y, 1)) for key, (x, y) in places.items()}
    order = sorted(points, key=lambda key: (points[key][1], key))
    corners = [_corners(point, boxes[key] if boxes else NO_BOX) for key, point in points.items()]
    left, top, right, bottom = zip(*corners, strict=True) if corners else ((0.0,),) * 4
    frame = (min(left) - RIM, min(top) - RIM, max(right) + RIM, max(bottom) + RIM)
    return Layout(points, {key: rank for rank, key in enumerate(order)}, [], frame)


def _corners(point: Point, box: Box) -> Box:
    """Return left, top, right and bottom of a box on the picture."""
    (x, y), (left, up, right, down) = point, box
    return round(x - left, 1), round(y - up, 1), round(x + right, 1), round(y + down, 1)


def reading_order(network: nx.MultiDiGraph[str], keys: Iterable[str]) -> list[str]:
    """Return the nodes by kind, by what they stand with, then by name, whatever order they come in."""
    return sorted(keys, key=lambda key: (_facts(network, key).get("type", ""), _order(network, key)))


def _columns(
    network: nx.MultiDiGraph[str], lane_of: Mapping[str, int], lanes: Iterable[int] = ()
) -> dict[int, list[str]]:
    columns: dict[int, list[str]] = defaultdict(list, {lane: [] for lane in lanes})
    for key in reading_order(network, lane_of):
        columns[lane_of[key]].append(key)
    return dict(sorted(columns.items()))


def _height(columns: Iterable[Sequence[str]]) -> float:
    return max(LEAST_HEIGHT, LEAST_PITCH * max((len(members) for members in columns), default=0))


def _spread(count: int, height: float, most: float = MOST_PITCH) -> Heights:
    """Return ``count`` heights around zero, as far apart as the frame lets them be and a row may be high."""
    pitch = min(most, height / max(count, 1))
    return (np.arange(count) - (count - 1) / 2) * pitch


def _layout(
    columns: Mapping[int, Sequence[str]],
    rows: Mapping[int, Heights],
    reach: float,
) -> Layout:
    side = max(len(columns), LEAST_LANES) * LANE_GAP / 2
    left = -(len(columns) - 1) / 2 * LANE_GAP
    lanes = [(lane, left + place * LANE_GAP) for place, lane in enumerate(columns)]
    points = {
        key: (round(x, 1), round(float(y), 1))
        for lane, x in lanes
        for key, y in zip(columns[lane], rows[lane], strict=True)
    }
    ranks = {key: rank for members in columns.values() for rank, key in enumerate(members)}
    return Layout(points, ranks, lanes, (-side, -round(reach, 1), side, round(reach, 1)))


def _order(network: nx.MultiDiGraph[str], key: str) -> Order:
    """Return the names from the outermost node that ``key`` stands with down to itself; circles are cut."""
    chain = [key]
    while (outer := anchor(network, chain[-1])) is not None and outer not in chain:
        chain.append(outer)
    return tuple(_own(network, each) for each in reversed(chain))


def anchor(network: nx.MultiDiGraph[str], key: str) -> str | None:
    """Return what a node stands with: a plan's lead, a goal's plan; nothing where no source says so."""
    if key not in network:
        return None
    own = [
        other
        for _, other, said in network.out_edges(key, data=True)
        if said.get("relation") in SAID_BY_ITSELF
    ]
    about = [
        other for other, _, said in network.in_edges(key, data=True) if said.get("relation") in SAID_ABOUT_IT
    ]
    return min(own or about, default=None)


def anchors(network: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Return what each node stands with, as ``anchor`` does for one, in one walk over all edges."""
    own: dict[str, str] = {}
    about: dict[str, str] = {}
    for start, beside in network.adjacency():
        for end, edges in beside.items():
            relations = {said.get("relation") for said in edges.values()}
            if not relations.isdisjoint(SAID_BY_ITSELF):
                own[start] = min(end, own.get(start, end))
            if not relations.isdisjoint(SAID_ABOUT_IT):
                about[end] = min(start, about.get(end, start))
    return about | own


def _own(network: nx.MultiDiGraph[str], key: str) -> Name:
    facts = _facts(network, key)
    return (0 if facts.get("type") in BEARERS else 1, natural(_name(facts) or key), key)


def _facts(network: nx.MultiDiGraph[str], key: str) -> Mapping[str, Any]:
    return network.nodes[key] if key in network else {}


def _name(facts: Mapping[str, Any]) -> str:
    """Return the name that people sort by: a department's number before its title."""
    codes = facts.get("values", {}).get("identifier", ()) if facts.get("type") == "OrganizationalUnit" else ()
    code = codes[0].text if codes else ""
    return f"{code} {facts.get('label', '')}".strip()


def natural(name: str) -> tuple[str | int, ...]:
    """Split a name into words and numbers, so that FB 9 stands before FB 10.

    >>> sorted(["FB 10", "FB 9"], key=natural)
    ['FB 9', 'FB 10']
    """
    folded = name.casefold().translate(str.maketrans("äöü", "aou"))
    parts = re.split(r"(\d+)", folded)
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts))
