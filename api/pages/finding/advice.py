"""What can be done about a finding (after GAO-15-49SP), and the small picture of two plans and what they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.pages.frame.kinds import kind
from api.wording.texts import TEXTS
from graph.output.drawing.network_json import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.findings.finding import Finding
    from graph.network.build import Network
    from ontology.text import Text

#: What can be done, by rule, in the order in which to think of it; leaving it so is always possible.
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "overlap": ("coordinate", "lead", "merge", "keep"),
    "subset": ("part", "coordinate", "merge", "keep"),
    "duplication": ("coordinate", "lead", "merge", "keep"),
    "fragmentation": ("coordinate", "lead", "merge", "keep"),
    "congruence": ("coordinate", "record", "keep"),
    "chain": ("add", "record", "keep"),
    "uncovered": ("add", "record", "keep"),
    "conflict": ("coordinate", "lead", "keep"),
    "duty": ("confirm", "add", "lead"),
    "stale": ("confirm", "lead", "keep"),
}
#: Plans of different public bodies cannot be merged by one of them.
_NOT_WITH_OTHERS = frozenset({"merge", "lead"})

MOST_SHARED = 6
_LINE, _MARGIN, _LONGEST = 36, 30, 26


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be done: its name, and how."""

    name: Text
    how: Text


@dataclass(frozen=True, slots=True)
class Dot:
    """A shared concept in the picture: where it stands, what it reads, and its mark."""

    y: int
    label: str
    shape: str | None
    colour: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two plans by name and leads, with what they share between them; ``more`` concepts are left out."""

    height: int
    plans: tuple[str, str]
    leads: tuple[str, str]
    dots: tuple[Dot, ...]
    more: int


def advice(finding: Finding) -> tuple[Text, tuple[Option, ...]]:
    """Return what to think of first about a finding, and what can be done about it."""
    others = finding.kind == "other-bearer"
    names = [name for name in OPTIONS[finding.rule.id] if not (others and name in _NOT_WITH_OTHERS)]
    options = tuple(Option(TEXTS[f"option.{name}"], TEXTS[f"option.{name}.how"]) for name in names)
    return TEXTS[f"do.{finding.rule.id}"], options


def pair_of(network: Network, finding: Finding) -> Pair | None:
    """Return the picture of a finding on two plans that share concepts; None for every other."""
    if not finding.shared or len(finding.nodes) != len(("a", "b")):
        return None
    ends = [network.ids[local] for local in finding.nodes]
    shown = finding.shared[:MOST_SHARED]
    dots = tuple(_dot(network, concept.id, number) for number, concept in enumerate(shown))
    return Pair(
        height=2 * _MARGIN + _LINE * max(len(dots) - 1, 1),
        plans=(_short(network, ends[0]), _short(network, ends[1])),
        leads=(_leads(network, ends[0]), _leads(network, ends[1])),
        dots=dots,
        more=len(finding.shared) - len(shown),
    )


def _dot(network: Network, local: str, number: int) -> Dot:
    node = network.ids[local]
    mark = kind(network.type(node))
    return Dot(_MARGIN + _LINE * number, _short(network, node), mark.shape, mark.colour)


def _short(network: Network, node: str) -> str:
    return shortened(network.label(node), _LONGEST)


def _leads(network: Network, plan: str) -> str:
    leads: Sequence[str] = network.targets(plan, "leadUnit")
    return ", ".join(network.value(unit, "identifier") or _short(network, unit) for unit in leads)
