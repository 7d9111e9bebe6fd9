"""Which plans a picture is narrowed to: by who plans, what, for whom, where, when, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.network.incidence import concepts_of
from graph.network.time import end_day, start_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from graph.network.build import Network

NAMES = ("department", "topic", "group", "area", "source", "state", "start", "end")
"""What the filters are called in an address, in the order of their fields."""
TAKING_PART = ("leadUnit", "participatingUnit")
ABOVE = {"topic": "broader", "targetGroup": "broader", "area": "partOfArea"}
NOWHERE = "group/none"
"""Stands for no department, or no topic, recorded at all."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Ids of what a plan must have: of one kind any of those named, of several kinds one of each.

    A period is met by plans whose own period touches it or is not recorded. ``states`` are the states of findings that a
    plan is part of.
    """

    departments: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None

    @property
    def any(self) -> bool:
        """Whether anything is narrowed at all."""
        return bool(self.pairs)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The filters as an address names them."""
        return tuple(
            (name, str(value))
            for name, field in zip(NAMES, fields(self), strict=True)
            for value in _listed(getattr(self, field.name))
        )


def _listed(value: tuple[str, ...] | date | None) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


NO_FILTERS = Filters()


def passing(
    network: Network, filters: Filters, in_states: Callable[[tuple[str, ...]], Iterable[str]]
) -> Callable[[str], bool]:
    """Return the test whether a plan passes; ``in_states`` gives the plans of findings in some states.

    Raises NotFound for an id that there is not.
    """
    departments = _nodes(network, filters.departments)
    facets = zip(ABOVE, (filters.topics, filters.groups, filters.areas), strict=True)
    concepts = [(facet, _nodes(network, named)) for facet, named in facets]
    sources = _nodes(network, (name if network.iri(name) else f"source/{name}" for name in filters.sources))
    decided = set(in_states(filters.states)) if filters.states else None

    def passes(plan: str) -> bool:
        return (
            (not departments or not departments.isdisjoint(_units(network, plan) or {NOWHERE}))
            and all(not wanted or _has(network, plan, facet, wanted) for facet, wanted in concepts)
            and (not sources or not sources.isdisjoint(_sources(network, plan)))
            and (decided is None or plan in decided)
            and _touches(network, plan, filters)
        )

    return passes


def _nodes(network: Network, named: Iterable[str]) -> set[str]:
    found = set()
    for name in named:
        if name == NOWHERE:
            found.add(name)
            continue
        node = network.iri(name)
        if node is None:
            raise NotFound(f"Unter „{name}“ ist nichts bekannt.", f"Nothing is known under “{name}”.")
        found.add(node)
    return found


def _units(network: Network, plan: str) -> set[str]:
    return {unit for relation in TAKING_PART for unit in network.targets(plan, relation)}


def _has(network: Network, plan: str, facet: str, wanted: set[str]) -> bool:
    """Return whether a plan, its goals or measures have one of the concepts or something below it."""
    said = [concept for concept, of in concepts_of(network, plan).items() if of == facet]
    if not said:
        return NOWHERE in wanted
    return any(
        concept in wanted or not wanted.isdisjoint(network.above(concept, ABOVE[facet])) for concept in said
    )


def plan_sources(network: Network) -> set[str]:
    """Return the sources that say something of a plan itself: those by which plans can be narrowed."""
    return {source for plan in network.of_type("Plan") for source in _sources(network, plan)}


def _sources(network: Network, plan: str) -> set[str]:
    return {value.source for values in network.multigraph.nodes[plan]["values"].values() for value in values}


def _touches(network: Network, plan: str, filters: Filters) -> bool:
    start, end = start_day(network, plan), end_day(network, plan)
    begins_late = filters.end is not None and start is not None and start > filters.end
    ended_early = filters.start is not None and end is not None and end < filters.start
    return not begins_late and not ended_early
