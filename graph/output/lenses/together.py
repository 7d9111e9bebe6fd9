"""How do A and B hang together? A few ways between them, each as a sentence and as a line of nodes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from graph.errors import BadRequest, Text
from graph.network.layout import rows_layout
from graph.network.ways import ways
from graph.output.drawing.legend import MODALITIES
from graph.output.drawing.selection import EVIDENCE, selection_of
from graph.output.lenses.lanes import drawn_node
from graph.output.lenses.scene import Scene, Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.output.drawing.links import Line


def together(scene: Scene) -> Shown:
    """Return the ways from ``focus`` to ``to``, one below the other, and say each in a sentence.

    Raises NotFound where one of the two is unknown and BadRequest where it is the same thing twice.
    """
    network = scene.network
    start, end = drawn_node(scene, scene.asked.focus), drawn_node(scene, scene.asked.to)
    if start == end:
        raise BadRequest(
            f"„{network.label(start)}“ steht an beiden Enden; nötig sind zwei verschiedene Dinge.",
            f"“{network.label(start)}” is at both ends; two different things are needed.",
        )
    found = ways(_telling(scene), start, end)
    keys = {start, end, *(node for way in found for node in way)}
    candidates = {key: network.type(key) for key in keys}
    selection = selection_of(candidates, keys, sorted(set(candidates.values())))
    a, b = network.label(start), network.label(end)
    title = Text(f"Wie hängen „{a}“ und „{b}“ zusammen?", f"How do “{a}” and “{b}” hang together?")
    said = tuple(_sentence(scene, way) for way in found) or (_none(a, b),)
    return Shown(selection, rows_layout([*found] or [(start,), (end,)]), title, focus=start, said=said)


def _telling(scene: Scene) -> Mapping[str, set[str]]:
    """Return the neighbours of each node without sources: that two things stand in one document tells nothing."""
    evidence = {key for kind in EVIDENCE for key in scene.network.of_type(kind)}
    return {key: set(beside) - evidence for key, beside in scene.near.items() if key not in evidence}


def _none(a: str, b: str) -> Text:
    return Text(
        f"Zwischen „{a}“ und „{b}“ ist kein Weg von höchstens sechs Schritten erfasst.",
        f"No way of at most six steps is recorded between “{a}” and “{b}”.",
    )


def _sentence(scene: Scene, way: Sequence[str]) -> Text:
    """Return a way as words: each thing, then how it is linked with the next."""
    label = scene.network.label
    de, en = f"„{label(way[0])}“", f"“{label(way[0])}”"
    for one, other in pairwise(way):
        said = _link(scene, one, other)
        de, en = f"{de} – {said.de} „{label(other)}“", f"{en} – {said.en} “{label(other)}”"
    return Text(f"{de}.", f"{en}.")


def _link(scene: Scene, one: str, other: str) -> Text:
    """Return how the first reads to the second, facts before intentions and demands."""
    modalities = list(MODALITIES)
    line = min(
        (line for line in scene.lines if {line.start, line.end} == {one, other}),
        key=lambda line: (modalities.index(line.modality), line),
    )
    return _worded(scene, line, forward=line.start == one)


def _worded(scene: Scene, line: Line, *, forward: bool) -> Text:
    wording = scene.legend.wording(line.relation)
    said = wording.label if forward else wording.inverse
    if line.modality == "fact":
        return said
    modality = MODALITIES[line.modality]
    return Text(f"{said.de} ({modality.de})", f"{said.en} ({modality.en})")
