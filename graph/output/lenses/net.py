"""The net: what is linked stands close together, at the same place each time."""

from __future__ import annotations

from graph.errors import Text
from graph.network.force import settled
from graph.network.layout import NET_SCALE, net_layout
from graph.output.lenses.lanes import choose
from graph.output.lenses.scene import Scene, Shown


def net(scene: Scene) -> Shown:
    """Return what the lanes show as a net; places that are held stay."""
    selection = choose(scene)
    shown = set(selection.keys)
    links = [(line.start, line.end) for line in scene.lines if line.start in shown and line.end in shown]
    held = {key: (x / NET_SCALE, y / NET_SCALE) for key, (x, y) in scene.asked.held.items() if key in shown}
    places = settled(shown, links, held)
    title = Text("Planwerke als Netz", "The plans as a net")
    return Shown(selection, net_layout(places), title)
