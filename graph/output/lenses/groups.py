"""Many things in one picture: groups by who leads or by topic, with counts, and lines between groups with theirs.

A group is drawn as the department or topic that it stands for, so that what is known of that goes along; things for which
no source names one are a group of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from graph.errors import BadRequest, Text
from graph.network.build import Network
from graph.network.incidence import concepts_of
from graph.network.layout import BEARERS, grid_layout, reading_order
from graph.output.drawing.filters import NOWHERE
from graph.output.drawing.legend import Relation
from graph.output.drawing.links import Line, neighbourhoods
from graph.output.drawing.selection import MOST_NODES, selection_of
from graph.output.lenses.scene import Scene, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


BY = ("department", "topic")
COUNTED: Mapping[str, tuple[Text, Text]] = {
    "Plan": (Text("Planwerk", "plan"), Text("Planwerke", "plans")),
    "Goal": (Text("Ziel", "goal"), Text("Ziele", "goals")),
    "Measure": (Text("Maßnahme", "measure"), Text("Maßnahmen", "measures")),
    "SteeringInstrument": (
        Text("Steuerungsinstrument", "instrument"),
        Text("Steuerungsinstrumente", "instruments"),
    ),
}
"""What groups are made of, in the order of the counts: one of it, and several."""
KIND = {"department": "OrganizationalUnit", "topic": "Topic"}
NOBODY = {
    "department": Text("Federführung nicht erfasst", "Lead not recorded"),
    "topic": Text("Thema nicht erfasst", "Topic not recorded"),
}
AFTER = {"department": Text("Federführung", "lead"), "topic": Text("Thema", "topic")}
STRONGEST = 3
"""So many lines of each group are drawn, the strongest."""
LINK = "linked"


class Ties(NamedTuple):
    """How many links there are between two groups, and how many were left out of the picture."""

    drawn: Mapping[tuple[str, str], int]
    hidden: int


def grouping(scene: Scene, candidates: int) -> str:
    """Return by what the picture is to be grouped, nothing where each node has room.

    Unasked, more than a thousand nodes are grouped by department; within one department by topic.
    Raises BadRequest for a grouping that there is not.
    """
    asked = scene.asked.aggregate
    if asked and asked not in BY:
        raise BadRequest(
            f"aggregate={asked}: möglich sind {', '.join(BY)}.",
            f"aggregate={asked}: possible are {', '.join(BY)}.",
        )
    if asked or candidates <= MOST_NODES:
        return asked
    narrowed = {name for name, _ in scene.asked.narrowing}
    return next((name for name in BY if name not in narrowed), "")


def groups(scene: Scene, by: str, members: Sequence[str]) -> Shown:
    """Return the groups of ``members``, the largest up to the limit, in columns by name."""
    homes = {key: _homes(scene, by, key) for key in members}
    content: dict[str, list[str]] = defaultdict(list)
    for key in members:
        for home in homes[key]:
            content[home].append(key)
    largest = sorted(content, key=lambda home: (-len(content[home]), home))[: scene.asked.limit]
    chosen = {home: content[home] for home in largest}
    ties = _strongest(_ties(scene, by, homes, chosen))
    drawn = _drawn(scene, by, chosen, ties)
    order = sorted(reading_order(scene.network.multigraph, chosen), key=nowhere(scene).__eq__)
    kinds = {home: drawn.network.type(home) for home in order}
    selection = selection_of(kinds, set(order), sorted(set(kinds.values())))
    title = Text(
        f"Planwerke im Zusammenhang, nach {AFTER[by].de}", f"How the plans hang together, by {AFTER[by].en}"
    )
    known = [home for home in largest if home != nowhere(scene)]
    reason = _reason(scene, by, len(members), (len(chosen), len(content)), ties, known)
    return Shown(
        selection, grid_layout(order), title, drawn=drawn, reason=reason, aggregate=by, total=len(members)
    )


def grouped_members(scene: Scene, gone: set[str], beside: set[str] | None) -> list[str]:
    """Return the plans, goals, measures and instruments that a picture is about: those asked for, else all four kinds."""
    kinds = [kind for kind in COUNTED if not scene.asked.kinds or kind in scene.asked.kinds] or list(COUNTED)
    network = scene.network
    return [
        key
        for kind in kinds
        for key in network.of_type(kind)
        if key not in gone
        and scene.anchors.get(key) not in gone
        and (beside is None or kind == "Plan" or key in beside)
    ]


def _homes(scene: Scene, by: str, key: str) -> tuple[str, ...]:
    """Return the groups that a thing belongs to: one department, or each of its topics."""
    found = _lead(scene, key) if by == "department" else _topics(scene, key)
    return found or (nowhere(scene),)


def nowhere(scene: Scene) -> str:
    """Return the group of what no source gives a department or topic."""
    return scene.network.base + NOWHERE


def _lead(scene: Scene, key: str) -> tuple[str, ...]:
    seen, at = {key}, scene.anchors.get(key)
    while at is not None and at not in seen:
        if scene.network.type(at) in BEARERS:
            return (at,)
        seen.add(at)
        at = scene.anchors.get(at)
    return ()


def _topics(scene: Scene, key: str) -> tuple[str, ...]:
    """Return the topics of a thing, else those of the plan it stands with."""
    network = scene.network
    if network.type(key) == "Plan":
        return tuple(
            sorted(concept for concept, facet in concepts_of(network, key).items() if facet == "topic")
        )
    own, home = network.targets(key, "topic"), scene.anchors.get(key)
    return own or (network.targets(home, "topic") if home else ())


def _ties(
    scene: Scene, by: str, homes: Mapping[str, tuple[str, ...]], chosen: Mapping[str, list[str]]
) -> Counter[tuple[str, str]]:
    """Return how many lines run between two groups; topics are tied by the things that have both."""
    found: Counter[tuple[str, str]] = Counter()
    if by == "topic":
        for home in homes.values():
            found.update((one, other) for one in home for other in home if one < other)
    else:
        whose = {key: home[0] for key, home in homes.items()} | {home: home for home in chosen}
        pairs = ((whose.get(line.start), whose.get(line.end)) for line in scene.lines)
        found.update(
            (min(one, other), max(one, other)) for one, other in pairs if one and other and one != other
        )
    return Counter({pair: count for pair, count in found.items() if chosen.keys() >= set(pair)})


def _strongest(ties: Counter[tuple[str, str]]) -> Ties:
    kept: dict[tuple[str, str], int] = {}
    taken: Counter[str] = Counter()
    for pair, count in sorted(ties.items(), key=lambda tie: (-tie[1], tie[0])):
        if min(taken[end] for end in pair) < STRONGEST:
            kept[pair] = count
            taken.update(pair)
    return Ties(kept, len(ties) - len(kept))


def _drawn(scene: Scene, by: str, chosen: Mapping[str, list[str]], ties: Ties) -> Scene:
    """Return what is drawn instead of the network: a node for each group, a line for each tie."""
    network = scene.network
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for home, members in chosen.items():
        held = dict(network.multigraph.nodes[home]) if home in network.multigraph else _nobody(by)
        name = held["label"] if home in network.multigraph else NOBODY[by][scene.asked.lang]
        drawn.add_node(home, **{**held, "label": f"{name}: {_counts(scene, members)}"})
    ids = {data["id"]: node for node, data in drawn.nodes(data=True)}
    lines = sorted(
        Line(one, other, f"{LINK}{count}", "fact", "") for (one, other), count in ties.drawn.items()
    )
    legend = replace(scene.legend, relations={**scene.legend.relations, **_wordings(by, ties.drawn.values())})
    whole = Network(network.base, drawn, network.words, ids)
    return Scene(whole, legend, lines, neighbourhoods(lines), {}, scene.asked)


def _nobody(by: str) -> dict[str, object]:
    return {"id": NOWHERE, "type": KIND[by], "values": {}, "source": None}


def _counts(scene: Scene, members: Iterable[str]) -> str:
    count = Counter(scene.network.type(key) for key in members)
    lang = scene.asked.lang
    named = [(count[kind], *COUNTED[kind]) for kind in COUNTED if count[kind]]
    return ", ".join(f"{number} {(one if number == 1 else several)[lang]}" for number, one, several in named)


def _wordings(by: str, counts: Iterable[int]) -> dict[str, Relation]:
    worded: Callable[[int], Text] = _shared if by == "topic" else _linked
    return {f"{LINK}{count}": Relation(worded(count), worded(count)) for count in set(counts)}


def _linked(count: int) -> Text:
    if count == 1:
        return Text("1 Verbindung mit", "1 link with")
    return Text(f"{count} Verbindungen mit", f"{count} links with")


def _shared(count: int) -> Text:
    return Text(f"hat {count} Einträge gemeinsam mit", f"shares {count} entries with")


def _reason(
    scene: Scene, by: str, members: int, numbers: tuple[int, int], ties: Ties, largest: Sequence[str]
) -> Text:
    """Return what is hidden and how a group is opened."""
    shown, every = numbers
    de = f"Zusammengefasst: {members} Einträge in {every} Gruppen nach {AFTER[by].de}; einzeln sind sie nicht gezeigt."
    en = f"Grouped: {members} entries in {every} groups by {AFTER[by].en}; none is shown by itself."
    if by == "topic":
        de += " Was mehrere Themen hat, zählt in jedem."
        en += " What has several topics counts in each."
    if shown < every:
        de += f" Gezeigt sind die {shown} größten Gruppen."
        en += f" The {shown} largest groups are shown."
    if ties.hidden:
        de += f" Linien: die stärksten {STRONGEST} jeder Gruppe; nicht gezeichnet: {ties.hidden}."
        en += f" Lines: the strongest {STRONGEST} of each group; not drawn: {ties.hidden}."
    if largest:
        address = f"/graph?{by}={scene.network.id(largest[0])}"
        de += f" Eine Gruppe öffnet der Filter, zum Beispiel {address}."
        en += f" The filter opens a group, for instance {address}."
    return Text(de, en)
