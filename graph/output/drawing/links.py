"""Every line of the picture: the edges of the network, and things that the vocabulary draws as edges."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from graph.network.layout import anchors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.network.build import Network
    from graph.output.drawing.legend import Legend


class Line(NamedTuple):
    """A line from one node to another, and the first source that says so."""

    start: str
    end: str
    relation: str
    modality: str
    source: str


class Drawn(NamedTuple):
    """What every picture of a network starts from: its lines, the neighbours of each node, and what each stands with."""

    lines: list[Line]
    near: Mapping[str, set[str]]
    anchors: Mapping[str, str]


def drawn_of(network: Network, legend: Legend) -> Drawn:
    """Return what pictures of a network start from, worked out once for it."""
    found = network.drawn.get("all")
    if found is None:
        lines = lines_of(network, legend)
        found = network.drawn["all"] = Drawn(lines, neighbourhoods(lines), anchors(network.multigraph))
    assert isinstance(found, Drawn)
    return found


def lines_of(network: Network, legend: Legend) -> list[Line]:
    """Return all lines between nodes that are drawn, the same one once, in no order that means anything."""
    return list({*_edges(network, legend), *_steps(network, legend)})


def neighbourhoods(lines: list[Line]) -> Mapping[str, set[str]]:
    """Return what each node is linked with in either direction, itself left out."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.start != line.end:
            near[line.start].add(line.end)
            near[line.end].add(line.start)
    return near


def _edges(network: Network, legend: Legend) -> Iterator[Line]:
    shown = {node for kind in legend.kinds for node in network.of_type(kind)}
    for start, beside in network.multigraph.adjacency():
        if start in shown:
            for end, edges in beside.items():
                if end in shown:
                    for said in edges.values():
                        source = min(said["sources"], default="")
                        yield Line(start, end, said["relation"], said["modality"], source)


def _steps(network: Network, legend: Legend) -> Iterator[Line]:
    """Yield a line for each thing of a class that is drawn as an edge, such as a deliberation step."""
    for name, (start, end) in legend.edges.items():
        for node in network.of_type(name):
            for one in network.targets(node, start):
                for other in network.targets(node, end):
                    yield Line(one, other, name, "fact", network.source_of(node) or "")
