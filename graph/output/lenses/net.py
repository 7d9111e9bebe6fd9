"""The net: what is linked stands close together, at the same place each time, with room for its name."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from graph.errors import Text
from graph.network.layout import net_layout
from graph.network.spacing import STAGE, Box, net_places
from graph.output.drawing.legend import short_name
from graph.output.lenses.lanes import choose
from graph.output.lenses.scene import Scene, Shown
from graph.output.paper.measure import broken, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMED, NAMED_PART = 120, 0.8
"""So many nodes all have room for their names; of more, this part, the better linked first."""
CROWD = 200
"""With more nodes than this a net grows, so that no name has less room."""
LEAST_SIZE, MOST_SIZE = 11.0, 13.5
LINE = 1.17
LINES = 2


def net(scene: Scene) -> Shown:
    """Return what the lanes show as a net; places that are held stay."""
    selection = choose(scene)
    shown = set(selection.keys)
    links = [(line.start, line.end) for line in scene.lines if line.start in shown and line.end in shown]
    boxes = name_boxes(scene, selection.keys, links)
    places = net_places(links, boxes, {key: at for key, at in scene.asked.held.items() if key in shown})
    return Shown(selection, net_layout(places, boxes), Text("Planwerke als Netz", "The plans as a net"))


def name_boxes(scene: Scene, keys: Sequence[str], links: Iterable[tuple[str, str]]) -> dict[str, Box]:
    """Return what each node takes with its name at its right: a point that grows with its links, and two short lines."""
    degree = Counter(end for link in links for end in link)
    order = sorted(keys, key=lambda key: (-degree[key], key))
    named = set(order[: max(NAMED, math.ceil(NAMED_PART * len(order)))])
    size, room = type_size(len(order))
    found = {}
    for key in order:
        radius = 4 + 1.3 * math.sqrt(degree[key])
        lines = broken(short_name(scene.network, key) or scene.network.label(key), room, size, LINES)
        long, high = max(width(line, size) for line in lines) if lines else 0, LINE * size * len(lines) / 2
        side = radius + 2
        found[key] = (
            Box(side, max(side, high), side + long + 6, max(side, high)) if key in named else Box(*[side] * 4)
        )
    return found


def type_size(count: int) -> tuple[float, float]:
    """Return the size of type of so many names and the room of a line, both in pixels of the smallest window.

    >>> [round(part, 1) for part in type_size(200)]
    [11.0, 52.8]
    """
    each = STAGE[0] * STAGE[1] / min(max(count, 1), CROWD)
    size = min(max(LEAST_SIZE + (math.sqrt(each) - 52) / 13, LEAST_SIZE), MOST_SIZE)
    room = each / 2 / (LINES * LINE * size + 4) - 14
    return size, min(max(room, 4.8 * size), 12 * size)
