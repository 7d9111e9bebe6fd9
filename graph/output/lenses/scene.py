"""What a lens is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from graph.errors import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph.network.build import Network
    from graph.network.layout import Layout
    from graph.output.drawing.legend import Legend
    from graph.output.drawing.links import Line
    from graph.output.drawing.selection import Asked, Near, Selection

GONE, SAME, NEW = -1, 0, 1
CHANGES: Mapping[int, Text] = {NEW: Text("neu", "new"), GONE: Text("gilt nicht mehr", "no longer in force")}


@dataclass(frozen=True, slots=True)
class Scene:
    """The network with its drawing rules, and what is asked for.

    ``lines`` are all its lines, ``near`` the neighbours of each node, ``anchors`` what each stands with.
    """

    network: Network
    legend: Legend
    lines: Sequence[Line]
    near: Near
    anchors: Mapping[str, str]
    asked: Asked


class Span(NamedTuple):
    """A bar on the line of time: where it starts and ends, where its last year begins; None where that is open."""

    start: float | None
    end: float | None
    window: float | None


class Matrix(NamedTuple):
    """Plans (columns) against concepts (rows): what each cell says, how many of all plans have each concept."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    counts: tuple[int, ...]
    of: int


class AreaRow(NamedTuple):
    """An area in its spatial frame (empty where it has none), how deep it lies in it, and what speaks of it."""

    area: str
    frame: str
    depth: int
    plans: tuple[str, ...]
    goals: int
    measures: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What a lens shows: nodes and their places, a title, sentences, and what only some lenses have.

    ``spans`` are the bars of the line of time, ``axis`` its years, ``today`` the place of the day and ``groups`` who
    leads each plan; ``change`` says of a node whether it is gone or new between two days; ``matrix`` is what plans share.
    Where groups are shown, ``drawn`` holds them instead of the network, ``aggregate`` says by what, ``total`` of how many
    things, ``reason`` what is hidden.
    """

    selection: Selection
    layout: Layout
    title: Text
    focus: str | None = None
    said: tuple[Text, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)
    axis: tuple[tuple[float, str], ...] = ()
    today: float | None = None
    groups: Mapping[str, str] = field(default_factory=dict)
    change: Mapping[str, int] = field(default_factory=dict)
    matrix: Matrix | None = None
    areas: tuple[AreaRow, ...] | None = None
    drawn: Scene | None = None
    reason: Text | None = None
    aggregate: str = ""
    total: int | None = None


class Lens(NamedTuple):
    """A lens: its name in the address, its name for people, what it is for, and how it looks."""

    name: str
    label: Text
    purpose: Text
    look: Callable[[Scene], Shown]
