"""All lenses, by the name they have in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import BadRequest, Text
from graph.output.lenses.areas import areas
from graph.output.lenses.bars import bars
from graph.output.lenses.comparison import comparison
from graph.output.lenses.lanes import lanes, surroundings
from graph.output.lenses.net import net
from graph.output.lenses.scene import Lens
from graph.output.lenses.shared import shared
from graph.output.lenses.together import together

if TYPE_CHECKING:
    from collections.abc import Mapping

LENSES: Mapping[str, Lens] = {
    lens.name: lens
    for lens in (
        Lens(
            "lanes",
            Text("Bahnen", "Lanes"),
            Text("Wer plant was, für wen, womit", "who plans what, for whom, by which means"),
            lanes,
        ),
        Lens(
            "ego",
            Text("Umgebung", "Surroundings"),
            Text("Alles um ein Ding", "all that is around one thing"),
            surroundings,
        ),
        Lens(
            "ways",
            Text("Verbindung", "Connection"),
            Text("Wie zwei Dinge zusammenhängen", "how two things hang together"),
            together,
        ),
        Lens(
            "shared",
            Text("Überschneidung", "Overlap"),
            Text("Welche Planwerke welche Begriffe teilen", "which plans share which concepts"),
            shared,
        ),
        Lens(
            "net",
            Text("Netz", "Net"),
            Text("Was nahe beieinander liegt", "what lies close together"),
            net,
        ),
        Lens(
            "compare",
            Text("Vergleich", "Comparison"),
            Text("Was zwischen zwei Tagen kam und ging", "what came and went between two days"),
            comparison,
        ),
        Lens(
            "time",
            Text("Zeit", "Time"),
            Text("Laufzeiten und Fortschreibungen", "periods and revisions"),
            bars,
        ),
        Lens(
            "areas",
            Text("Räume", "Areas"),
            Text("Wer plant wo", "who plans where"),
            areas,
        ),
    )
}


def lens_called(name: str) -> Lens:
    """Return the lens with this name, or raise BadRequest with those there are."""
    if name not in LENSES:
        choice = ", ".join(LENSES)
        raise BadRequest(
            f"Die Ansicht „{name}“ gibt es nicht; möglich sind {choice}.",
            f"There is no lens “{name}”; possible are {choice}.",
        )
    return LENSES[name]
