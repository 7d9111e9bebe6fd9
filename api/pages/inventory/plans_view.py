"""What only the page of a plan shows: its goals with their steering, its way through the bodies, its other editions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from api.pages.frame.facts import Cite, Entry, cite, thing_entry, value_entry
from api.pages.frame.kinds import page_address
from api.pages.frame.names import name, short_name
from graph.dates import shown_date
from graph.network.time import rough, start_day
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.network.build import Network


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of a plan: what it aims at, and by which means it is steered."""

    entry: Entry
    kind: Text | None
    target: str | None
    deadline: Text | None
    instruments: tuple[Entry, ...]
    measures: tuple[Entry, ...]
    indicators: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened on a day: a paper was put forward, a body dealt with it, an event took place."""

    day: Text | None
    what: str
    title: Entry
    about: tuple[Entry, ...]
    details: tuple[Text, ...]
    cites: tuple[Cite, ...]


def goals_of(network: Network, plan: str) -> tuple[Goal, ...]:
    """Return the goals of a plan: leading goals first, then in the order of their names."""
    goals = [_goal(network, plan, goal) for goal in network.targets(plan, "pursues")]
    return tuple(sorted(goals, key=lambda goal: (_is_lesser(goal), goal.entry.text.de.casefold())))


def _is_lesser(goal: Goal) -> bool:
    return goal.kind is None or goal.kind.de != "Leitziel"


def _goal(network: Network, plan: str, goal: str) -> Goal:
    supporters = network.origins(goal, "supports")
    said = {link.target: link.sources for link in network.links_from(plan, "pursues")}
    entry = thing_entry(network, goal)
    kinds = [value_entry(network, "goalKind", value).text for value in network.values(goal, "goalKind")]
    return Goal(
        entry=replace(entry, cites=tuple(cite(network, source, "pursues") for source in said[goal])),
        kind=kinds[0] if kinds else None,
        target=_target(network, goal),
        deadline=_deadline(network, goal),
        instruments=_named(network, supporters, "SteeringInstrument"),
        measures=_named(network, supporters, "Measure"),
        indicators=_named(network, network.targets(goal, "measuredBy"), "Indicator"),
    )


def _named(network: Network, nodes: Iterable[str], kind: str) -> tuple[Entry, ...]:
    return tuple(thing_entry(network, node) for node in nodes if network.type(node) == kind)


def _target(network: Network, goal: str) -> str | None:
    value = network.value(goal, "targetValue")
    unit = network.value(goal, "unit")
    return None if value is None else f"{value} {unit or ''}".strip()


def _deadline(network: Network, goal: str) -> Text | None:
    text = network.value(goal, "deadline")
    return shown_date(text) if text else None


def moments_of(network: Network, node: str) -> tuple[Moment, ...]:
    """Return what happened around a plan, a paper or a body, in the order of the days; the undated come last."""
    finders = {"Plan": _around_plan, "CouncilPaper": _around_paper, "Body": _around_body}
    find = finders.get(network.type(node))
    found = list(find(network, node)) if find else []
    found.sort(key=lambda pair: pair[0])
    return tuple(moment for _, moment in found)


Dated = tuple[tuple[date, str], Moment]


def _around_plan(network: Network, plan: str) -> Iterator[Dated]:
    for node in network.origins(plan, "concernsPlan"):
        if network.type(node) == "CouncilPaper":
            yield _happened(network, node, "paper", (), ())
            yield from _around_paper(network, node)
        else:
            details = tuple(_codes(network, node, "eventKind"))
            yield _happened(network, node, "event", (), details)


def _around_paper(network: Network, paper: str) -> Iterator[Dated]:
    for step in network.origins(paper, "paper"):
        yield _step(network, step, "body", (paper,))


def _around_body(network: Network, body: str) -> Iterator[Dated]:
    for step in network.origins(body, "body"):
        papers = network.targets(step, "paper")
        plans = [plan for paper in papers for plan in network.targets(paper, "concernsPlan")]
        yield _step(network, step, "paper", plans)


def _step(network: Network, step: str, title: str, about: Iterable[str]) -> Dated:
    details = (*_codes(network, step, "competence"), *_codes(network, step, "result"))
    return _happened(network, step, "step", about, details, title)


def _happened(
    network: Network,
    node: str,
    what: str,
    about: Iterable[str],
    details: Iterable[Text],
    title: str | None = None,
) -> Dated:
    """Return what happened at a node, with the day to sort by; ``title`` is the relation to what names it."""
    day = rough(network, node, "date")
    entry = thing_entry(network, node)
    named = network.targets(node, title) if title else ()
    heading = Entry(text=_title(network, named[0]), lang="de", page=entry.page) if named else entry
    moment = Moment(
        day=shown_date(day.text) if day else None,
        what=what,
        title=heading,
        about=tuple(_mention(network, other) for other in about),
        details=tuple(details),
        cites=entry.cites,
    )
    return ((day.first if day and day.first else date.max, node), moment)


def _mention(network: Network, node: str) -> Entry:
    number = network.value(node, "identifier") if network.type(node) == "CouncilPaper" else None
    text = Text(number, number) if number else name(network, node)
    return Entry(
        text=text, lang="de", page=page_address(network, node), id=network.id(node), kind=network.type(node)
    )


def _title(network: Network, node: str) -> Text:
    number = network.value(node, "identifier") if network.type(node) == "CouncilPaper" else None
    called = short_name(network, node)
    return Text(f"{number}: {called.de}", f"{number}: {called.en}") if number else called


def _codes(network: Network, node: str, property_name: str) -> Iterator[Text]:
    return (value_entry(network, property_name, value).text for value in network.values(node, property_name))


def editions_of(network: Network, node: str) -> tuple[Entry, ...]:
    """Return the editions of a series, or the other editions of a plan's series, oldest first."""
    own = network.type(node) == "Plan"
    series = network.targets(node, "inSeries") if own else (node,)
    plans = {plan for one in series for plan in network.origins(one, "inSeries")} - {node}
    order = sorted(plans, key=lambda plan: (start_day(network, plan) or date.max, plan))
    return tuple(thing_entry(network, plan) for plan in order)
