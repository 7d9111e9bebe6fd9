"""How two things hang together: the cheapest ways from one to the other, each through other things than the rest.

Passing through what nearly everything is linked with ("the whole city") says little, so a node costs more the more links
it has. Ways come out the same whatever order links come in.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

USUAL_WAYS = 3
LONGEST_WAY = 6
"""Links: what is farther apart does not hang together in a way that anybody would tell."""


def ways(
    near: Mapping[str, AbstractSet[str]], start: str, end: str, most: int = USUAL_WAYS
) -> list[tuple[str, ...]]:
    """Return up to ``most`` ways from ``start`` to ``end``, the cheapest first; two share only their ends.

    ``near`` holds the neighbours of each node, in both directions. Without a way there is none.
    """
    roads = _roads(near)
    found: list[tuple[str, ...]] = []
    while len(found) < most and start in roads and end in roads and start != end:
        way = _cheapest(roads, start, end)
        if way is None:
            break
        found.append(way)
        inside = way[1:-1]
        roads.remove_nodes_from(inside)
        if not inside:
            roads.remove_edge(start, end)
    return found


def _roads(near: Mapping[str, Iterable[str]]) -> nx.Graph[str]:
    """Return the links as roads whose length is half of what passing through each of their ends costs."""
    cost = {node: math.sqrt(1 + len(set(beside))) for node, beside in near.items()}
    roads: nx.Graph[str] = nx.Graph()
    for node in sorted(near):
        for other in sorted(near[node]):
            roads.add_edge(node, other, cost=(cost[node] + cost.get(other, 1.0)) / 2)
    return roads


def _cheapest(roads: nx.Graph[str], start: str, end: str) -> tuple[str, ...] | None:
    try:
        way: list[str] = nx.dijkstra_path(roads, start, end, weight="cost")
    except nx.NetworkXNoPath:
        return None
    return tuple(way) if len(way) - 1 <= LONGEST_WAY else None
