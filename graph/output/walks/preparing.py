"""A walk made from findings: first all plans in lanes, then each finding with the picture that fits, last what to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import NotFound, Text
from graph.output.drawing.legend import USUAL_KINDS, legend_of
from graph.output.lenses.view import View
from graph.output.walks.walk import CLOSING, Step, Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from graph.findings.finding import Finding
    from graph.network.build import Network

#: So many nodes of the lanes, and around one thing, can be read from the back of a room.
IN_THE_ROOM = 40
AROUND = 24
USUAL_TOP = 8
OPENING = Text("Alle Planwerke im Zusammenhang", "How all plans hang together")
LAST = Text("Was zu entscheiden ist", "What is to be decided")
#: Rules about two plans, and what they share is the point.
_SHARED = frozenset({"overlap", "subset", "duplication"})
#: Rules about two things, and how they hang together is the point.
_BETWEEN = frozenset({"conflict", "congruence"})
_PAIR = 2


def prepared(
    name: str, title: Text, network: Network, found: Sequence[Finding], day: date | None = None
) -> Walk:
    """Return the walk through findings in their order; NotFound where there are none to walk through."""
    if not found:
        raise NotFound(
            "Zu dieser Auswahl gibt es keine Hinweise; der Rundgang wäre leer.",
            "There are no findings for this choice; the walk would be empty.",
        )
    steps = [Step(fitting_view(network, finding), finding.id) for finding in found]
    opening = Step(View(lens="lanes", kinds=USUAL_KINDS, limit=IN_THE_ROOM), title=OPENING)
    return Walk(name, title, (opening, *steps, Step(View(lens=CLOSING), title=LAST)), day)


def chosen(found: Iterable[Finding], takes: Callable[[Finding], bool], top: int) -> list[Finding]:
    """Return the first findings that are taken, of each rule and of each of its kinds in turn.

    A meeting is about more than one thing. They come in the order in which the rules are read.
    """
    taken = [finding for finding in found if takes(finding)]
    by_rule = [_turns(_grouped(group, lambda f: f.kind)) for group in _grouped(taken, lambda f: f.rule.id)]
    mixed = _turns(by_rule)[:top]
    place = {finding.id: number for number, finding in enumerate(taken)}
    return sorted(mixed, key=lambda finding: place[finding.id])


def _grouped(found: Iterable[Finding], name: Callable[[Finding], str]) -> list[list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in found:
        groups.setdefault(name(finding), []).append(finding)
    return list(groups.values())


def _turns(groups: Sequence[Sequence[Finding]]) -> list[Finding]:
    """Return the first of each group, then the second of each, and so on."""
    most = max(map(len, groups), default=0)
    return [group[turn] for turn in range(most) for group in groups if turn < len(group)]


def fitting_view(network: Network, finding: Finding) -> View:
    """Return the view that shows what a finding is about.

    Two plans: what they share. Two things that should be coordinated or pull apart: how they hang together. A duty: the line
    of time where no plan is named. All else: the surroundings of its plan; where there is not one plan, those of the thing
    itself with the plans that name it.
    """
    drawn = _drawn(network, finding.nodes)
    if finding.rule.id in _SHARED and len(finding.plans) == _PAIR:
        return View(lens="shared", plans=finding.plans)
    if finding.rule.id in _BETWEEN and len(drawn) == _PAIR:
        return View(lens="ways", focus=drawn[0], to=drawn[1])
    plans = _drawn(network, finding.plans)
    if finding.rule.id == "duty":
        return View(lens="ego", focus=plans[0], limit=AROUND) if plans else View(lens="time", limit=AROUND)
    if len(plans) != 1 and drawn:
        return View(lens="ego", focus=drawn[0], kinds=("Plan",) if plans else (), limit=AROUND)
    return View(lens="ego", focus=plans[0], limit=AROUND) if plans else View(lens="lanes", limit=IN_THE_ROOM)


def _drawn(network: Network, named: Iterable[str]) -> list[str]:
    """Return the things that stand as nodes in a picture."""
    kinds = legend_of(network.words.vocabulary).kinds
    known = [(name, network.iri(name)) for name in named]
    return [name for name, node in known if node and network.type(node) in kinds]
