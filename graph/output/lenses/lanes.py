"""Lanes and surroundings: who plans, what, for whom, by which means, read from left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import BadRequest, Text
from graph.network.layout import ego_layout, lane_layout
from graph.output.drawing.legend import USUAL_KINDS
from graph.output.drawing.selection import (
    EVIDENCE,
    Selection,
    around,
    checked_depth,
    known_kinds,
    most_connected,
    resolve,
    selection_of,
)
from graph.output.lenses.groups import grouped_members, grouping, groups
from graph.output.lenses.scene import Scene, Shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.network.layout import Layout


def lanes(scene: Scene) -> Shown:
    """Return the nodes of the kinds asked for, plans and what stands with them where wanted, in pinned lanes.

    Where they are more than can be shown, or where that is asked for, groups of them are shown instead.
    """
    gone, beside = left_out(scene)
    by = grouping(scene, len(_candidates(scene, gone, beside)))
    if by:
        return groups(scene, by, grouped_members(scene, gone, beside))
    selection = choose(scene)
    return Shown(
        selection,
        in_lanes(scene, selection),
        Text("Planwerke im Zusammenhang", "How the plans hang together"),
    )


def choose(scene: Scene) -> Selection:
    """Return the nodes of the kinds asked for, without plans that are not wanted and what belongs to them alone.

    Where filters narrow the plans, other things are shown only beside a plan that passes.
    """
    asked = scene.asked
    on = known_kinds(scene.legend, asked.kinds or USUAL_KINDS)
    gone, beside = left_out(scene)
    candidates = _candidates(scene, gone, beside)
    narrowed = len(narrowed_out(scene))
    shown = most_connected(scene.near, candidates, dict.fromkeys(candidates, 0), asked.limit)
    return selection_of(candidates, shown, on, past=len(gone) - narrowed, narrowed=narrowed)


def left_out(scene: Scene) -> tuple[set[str], set[str] | None]:
    """Return the plans that are not shown, and, where filters narrow them, all that is linked with those that are."""
    past = {plan for plan in scene.network.of_type("Plan") if not scene.asked.wanted(plan)}
    gone = past | narrowed_out(scene)
    return gone, _beside_plans(scene, gone) if scene.asked.passes else None


def _candidates(scene: Scene, gone: set[str], beside: set[str] | None) -> dict[str, str]:
    """Return the kind of each node that would be shown if there were room."""
    network = scene.network
    return {
        key: kind
        for kind in known_kinds(scene.legend, scene.asked.kinds or USUAL_KINDS)
        for key in network.of_type(kind)
        if key not in gone
        and scene.anchors.get(key) not in gone
        and (beside is None or kind == "Plan" or key in beside)
    }


def narrowed_out(scene: Scene) -> set[str]:
    """Return the plans that are wanted but do not pass the filters."""
    asked = scene.asked
    if asked.passes is None:
        return set()
    return {plan for plan in scene.network.of_type("Plan") if asked.wanted(plan) and not asked.passes(plan)}


def _beside_plans(scene: Scene, gone: set[str]) -> set[str]:
    """Return all that is linked with a plan that is shown."""
    return {
        key for plan in scene.network.of_type("Plan") if plan not in gone for key in scene.near.get(plan, ())
    }


def lane_of(scene: Scene, selection: Selection) -> Mapping[str, int]:
    """Return the lane of each node shown."""
    return {key: scene.legend.kinds[scene.network.type(key)].lane for key in selection.keys}


def in_lanes(scene: Scene, selection: Selection) -> Layout:
    """Return the nodes in the lanes of their kinds; a lane stays where it is even while it is empty."""
    lanes = {scene.legend.kinds[kind].lane for kind in selection.kinds}
    return lane_layout(scene.network.multigraph, lane_of(scene, selection), lanes)


def surroundings(scene: Scene) -> Shown:
    """Return the node in focus and what is at most ``depth`` links away; above the limit the nearest."""
    network, legend, asked = scene.network, scene.legend, scene.asked
    drawn = [kind for kind in legend.kinds if kind not in EVIDENCE]
    on = known_kinds(legend, asked.kinds) if asked.kinds else drawn
    centre = drawn_node(scene, asked.focus)
    wanted = {key for kind in on for key in network.of_type(kind)}
    distances, hubs = around(scene.near, centre, wanted, checked_depth(asked.depth))
    candidates = {key: network.type(key) for key in distances}
    shown = most_connected(scene.near, candidates, distances, asked.limit)
    selection = selection_of(candidates, shown, sorted(set(candidates.values())), hubs=hubs)
    label = network.label(centre)
    layout = ego_layout(network.multigraph, lane_of(scene, selection), centre)
    return Shown(selection, layout, Text(f"Umgebung: {label}", f"Around: {label}"), focus=centre)


def drawn_node(scene: Scene, name: str | None) -> str:
    """Return the node with an id or an IRI; raises NotFound, and BadRequest for what is drawn as a line."""
    found = resolve(scene.network, name)
    if scene.network.type(found) not in scene.legend.kinds:
        label = scene.network.label(found)
        raise BadRequest(
            f"„{label}“ ist im Bild eine Linie; im Mittelpunkt steht ein Knoten.",
            f"“{label}” is a line in the picture; a node must be in the middle.",
        )
    return found
