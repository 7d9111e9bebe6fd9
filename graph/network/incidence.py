"""Which plan has which concepts: read out of the network once, closed over broader concepts and enclosing areas.

The concepts of a plan are its topics, target groups and areas, those of its goals and the areas of its measures,
together with every broader concept above them (FINDINGS: the ancestor-closed set A* of simGIC).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.network.build import Network

FACETS: Mapping[str, str] = {"topic": "topic", "targetGroup": "targetGroup", "area": "area"}
_BROADER = {"topic": "broader", "targetGroup": "broader", "area": "partOfArea"}


@dataclass(frozen=True)
class Incidence:
    """Plans × concepts. ``own[i]`` are the concepts said of plan i, ``closed[i]`` those and all above them.

    Concepts are numbered in the order of ``concepts``; plans and concepts are sorted by IRI.
    """

    plans: tuple[str, ...]
    concepts: tuple[str, ...]
    facet: tuple[str, ...]
    ancestors: tuple[tuple[int, ...], ...]
    own: tuple[tuple[int, ...], ...]

    @cached_property
    def closed(self) -> tuple[tuple[int, ...], ...]:
        """The concepts of each plan with all that lie above them."""
        return tuple(self.close(row) for row in self.own)

    def close(self, row: Iterable[int]) -> tuple[int, ...]:
        """Return ``row`` with every ancestor, sorted; closing twice changes nothing."""
        found = set(row)
        for concept in tuple(found):
            found.update(self.ancestors[concept])
        return tuple(sorted(found))

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The number of each concept by IRI."""
        return {concept: index for index, concept in enumerate(self.concepts)}


def read_incidence(network: Network, plans: Iterable[str]) -> Incidence:
    """Return which of ``plans`` has which topics, target groups and areas."""
    chosen = tuple(sorted(plans))
    said = [concepts_of(network, plan) for plan in chosen]
    facets = {concept: facet for row in said for concept, facet in row.items()}
    above = {concept: ancestors(network, concept, facet) for concept, facet in facets.items()}
    for concept, higher in above.items():
        facets = {**dict.fromkeys(higher, facets[concept]), **facets} if higher - facets.keys() else facets
    concepts = tuple(sorted(facets))
    number = {concept: index for index, concept in enumerate(concepts)}
    return Incidence(
        plans=chosen,
        concepts=concepts,
        facet=tuple(facets[concept] for concept in concepts),
        ancestors=tuple(
            tuple(sorted(number[higher] for higher in ancestors(network, concept, facets[concept])))
            for concept in concepts
        ),
        own=tuple(tuple(sorted(number[concept] for concept in row)) for row in said),
    )


def concepts_of(network: Network, plan: str) -> dict[str, str]:
    """Return the concepts said of a plan, its goals and its measures, each with its facet."""
    goals = network.targets(plan, "pursues")
    measures = network.origins(plan, "measureOf")
    found = {
        concept: facet
        for node in (plan, *goals)
        for facet in FACETS
        if facet in network.links_by_relation(node)
        for concept in network.targets(node, facet)
    }
    return found | {area: "area" for node in measures for area in network.targets(node, "area")}


def ancestors(network: Network, concept: str, facet: str) -> frozenset[str]:
    """Return everything above a concept (broader concepts, enclosing areas); cycles do no harm."""
    return network.above(concept, _BROADER[facet])
