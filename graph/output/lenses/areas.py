"""Which area is spoken of by which plans, goals and measures: a table by spatial frame, in which frames are never mixed.

An empty row would say that nobody plans for an area. It is shown only where the areas of every plan were asked for.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from graph.errors import Text
from graph.findings.coverage import is_asked
from graph.network.incidence import concepts_of
from graph.network.layout import natural, net_layout
from graph.output.drawing.selection import checked_limit, selection_of
from graph.output.lenses.lanes import left_out
from graph.output.lenses.scene import AreaRow, Scene, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.network.build import Network

NO_FRAME = Text("Ohne Raumgliederung", "Without a spatial frame")


class Spoken(NamedTuple):
    """The plans, goals and measures that speak of each area; a plan also where one of its goals or measures does."""

    plans: Mapping[str, set[str]]
    goals: Mapping[str, set[str]]
    measures: Mapping[str, set[str]]

    def of(self, area: str) -> bool:
        """Whether anything speaks of an area."""
        return any(area in said for said in self)


def areas(scene: Scene) -> Shown:
    """Return the areas in the order of their frames and of what lies in what, each with what speaks of it."""
    network, limit = scene.network, checked_limit(scene.asked.limit)
    gone, _ = left_out(scene)
    plans = [plan for plan in network.of_type("Plan") if plan not in gone]
    spoken = _spoken(scene, plans, gone)
    asked = sum(is_asked(network, plan, "area") for plan in plans)
    whole = bool(plans) and asked == len(plans)
    every = [area for area in network.of_type("Area") if whole or spoken.of(area)]
    most = sorted(every, key=lambda area: (-len(spoken.plans.get(area, ())), area))[:limit]
    rows = _rows(network, most, spoken)
    named = sorted(
        {plan for row in rows for plan in row.plans}, key=lambda plan: (natural(network.label(plan)), plan)
    )
    keys = [*(row.area for row in rows), *named[: limit - len(rows)]]
    candidates = {key: network.type(key) for key in [*every, *named]}
    selection = selection_of(
        candidates, set(keys), ["Area", "Plan"], past=_past(scene), narrowed=len(gone) - _past(scene)
    )
    layout = net_layout({key: (0.0, float(place)) for place, key in enumerate(keys)})
    title = Text("Räume: wer plant wo", "Areas: who plans where")
    said = (_counted(rows), _emptiness(rows, asked, len(plans), whole=whole))
    return Shown(selection, layout, title, said=said, areas=tuple(rows))


def _past(scene: Scene) -> int:
    return sum(not scene.asked.wanted(plan) for plan in scene.network.of_type("Plan"))


def _spoken(scene: Scene, plans: Iterable[str], gone: set[str]) -> Spoken:
    network = scene.network
    found = Spoken(defaultdict(set), defaultdict(set), defaultdict(set))
    for plan in plans:
        for concept, facet in concepts_of(network, plan).items():
            if facet == "area":
                found.plans[concept].add(plan)
    for kind, held in (("Goal", found.goals), ("Measure", found.measures)):
        for key in network.of_type(kind):
            if scene.anchors.get(key) not in gone:
                for area in network.targets(key, "area"):
                    held[area].add(key)
    return found


def _rows(network: Network, shown: Iterable[str], spoken: Spoken) -> list[AreaRow]:
    """Return a row for each area, frames by name, inside a frame what encloses before what it encloses."""
    frames: dict[str, set[str]] = defaultdict(set)
    for area in shown:
        frames[next(iter(network.targets(area, "inFrame")), "")].add(area)
    order = sorted(
        frames, key=lambda frame: (not frame, natural(network.label(frame)) if frame else (), frame)
    )
    return [row for frame in order for row in _frame(network, frame, frames[frame], spoken)]


def _frame(network: Network, frame: str, inside: set[str], spoken: Spoken) -> list[AreaRow]:
    """Return the rows of one frame; what encloses an area in another frame does not count here."""
    above = {area: _above(network, area, inside) for area in inside}
    return [
        AreaRow(
            area,
            frame,
            len(above[area]),
            tuple(sorted(spoken.plans.get(area, ()), key=lambda plan: (natural(network.label(plan)), plan))),
            len(spoken.goals.get(area, ())),
            len(spoken.measures.get(area, ())),
        )
        for area in sorted(inside, key=lambda area: [_place(network, each) for each in (*above[area], area)])
    ]


def _place(network: Network, area: str) -> tuple[tuple[str | int, ...], str]:
    return natural(network.label(area)), area


def _above(network: Network, area: str, inside: set[str]) -> Sequence[str]:
    """Return what encloses an area in the same frame, the outermost first; circles are cut."""
    chain: list[str] = []
    at = area
    while True:
        outer = next((each for each in network.targets(at, "partOfArea") if each in inside), None)
        if outer is None or outer == area or outer in chain:
            return chain[::-1]
        chain.append(outer)
        at = outer


def _counted(rows: Sequence[AreaRow]) -> Text:
    frames = len({row.frame for row in rows})
    return Text(
        f"{len(rows)} Räume aus {frames} Raumgliederungen. Gezählt wird jeder Raum für sich: "
        "Räume verschiedener Gliederungen werden nie zusammengezählt.",
        f"{len(rows)} areas of {frames} spatial frames. Each area counts by itself: "
        "areas of different frames are never added up.",
    )


def _emptiness(rows: Sequence[AreaRow], asked: int, plans: int, *, whole: bool) -> Text:
    if whole:
        empty = sum(not row.plans for row in rows)
        return Text(
            f"Für alle {plans} Planwerke ist erfragt, für welche Räume sie gelten; für {empty} Räume plant niemand.",
            f"All {plans} plans were asked for their areas; nobody plans for {empty} areas.",
        )
    return Text(
        f"Räume, von denen nichts spricht, sind nicht gezeigt: Nur für {asked} von {plans} Planwerken sind die Räume "
        "vollständig erfragt, sonst hieße leer nur, dass nichts erfasst ist.",
        f"Areas that nothing speaks of are not shown: only for {asked} of {plans} plans were the areas asked for "
        "completely, so empty would only mean that nothing is recorded.",
    )
