"""The plans that rules compare on a day, and what each of them says: looked up once for all pairs it stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graph.errors import Text
from graph.findings.coordination import Ties, ties_of
from graph.findings.finding import Evidence, Shared, link_evidence
from graph.findings.similarity import Bands, calibrate, weights
from graph.network.build import Link, Network
from graph.network.incidence import FACETS, Incidence, read_incidence
from graph.network.time import Standing, standing

_LIGHTEST = 1e-9
_ORDER = {"topic": 0, "targetGroup": 1, "area": 2}

Grounds = tuple[list[tuple[frozenset[int], tuple[Evidence, ...]]], list[Evidence]]
"""What gives a plan its concepts, each statement with all concepts it gives; and what says who leads it."""


@dataclass(frozen=True)
class Candidates:
    """The plans that overlaps are looked for among, how each stands, and their concepts."""

    network: Network
    day: date
    standings: dict[str, Standing]
    incidence: Incidence
    weight: tuple[float, ...]
    count: Counter[int]
    bands: Bands

    @cached_property
    def held(self) -> tuple[frozenset[int], ...]:
        """The concepts of each plan that weigh something."""
        weighty = frozenset(number for number, weight in enumerate(self.weight) if weight > _LIGHTEST)
        return tuple(weighty.intersection(row) for row in self.incidence.closed)

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each plan by IRI."""
        return {plan: number for number, plan in enumerate(self.incidence.plans)}

    @cached_property
    def _shown(self) -> tuple[Shared, ...]:
        """Each concept as a finding shows it."""
        network, incidence = self.network, self.incidence
        return tuple(
            Shared(
                id=network.id(concept),
                label=network.label(concept),
                facet=facet,
                count=self.count[number],
                of=len(incidence.plans),
                weight=self.weight[number],
            )
            for number, (concept, facet) in enumerate(zip(incidence.concepts, incidence.facet, strict=True))
        )

    @cached_property
    def _heaviest_first(self) -> list[int]:
        """The place of each concept among all: topics first, heaviest first within a facet."""
        shown = self._shown
        return _places(
            sorted(range(len(shown)), key=lambda c: (_ORDER[shown[c].facet], -shown[c].weight, shown[c].id))
        )

    @cached_property
    def _by_name(self) -> list[int]:
        """The place of each concept among all: topics first, by IRI within a facet."""
        shown = self._shown
        return _places(sorted(range(len(shown)), key=lambda c: (_ORDER[shown[c].facet], c)))

    def shared(self, a: int, b: int) -> tuple[Shared, ...]:
        """Return what two plans share that weighs something, topics first, heaviest first within a facet."""
        both = sorted(self.held[a] & self.held[b], key=self._heaviest_first.__getitem__)
        return tuple([self._shown[concept] for concept in both])

    def only(self, a: int, b: int) -> list[Mapping[str, str]]:
        """Return what the first of two plans has and the second has not, topics first."""
        alone = sorted(self.held[a] - self.held[b], key=self._by_name.__getitem__)
        return [self._listed[concept] for concept in alone]

    @cached_property
    def _listed(self) -> tuple[Mapping[str, str], ...]:
        return tuple({"id": s.id, "label": s.label, "facet": s.facet} for s in self._shown)

    def named(self, number: int) -> Text:
        """Return the name of a plan with the units that lead it."""
        found = self._names.get(number)
        if found is None:
            network, plan = self.network, self.incidence.plans[number]
            units = ", ".join(unit_code(network, unit) for unit in network.targets(plan, "leadUnit"))
            found = self._names[number] = Text(
                f"„{network.label(plan)}“ ({units or 'Federführung nicht erfasst'})",
                f"„{network.label(plan)}“ ({units or 'lead not recorded'})",
            )
        return found

    @cached_property
    def _names(self) -> dict[int, Text]:
        return {}

    def ties(self, number: int) -> Ties:
        """Return what a plan is tied to as a matter of fact."""
        found = self._ties.get(number)
        if found is None:
            found = self._ties[number] = ties_of(self.network, self.incidence.plans[number])
        return found

    @cached_property
    def _ties(self) -> dict[int, Ties]:
        return {}

    def evidence(self, plan: int, concepts: frozenset[int]) -> list[Evidence]:
        """Return what says that a plan has these concepts: the statements themselves, not what follows; then its lead."""
        grounds, leads = self._grounds(plan)
        said = [entry for given, entries in grounds if not concepts.isdisjoint(given) for entry in entries]
        return said + leads

    def _grounds(self, number: int) -> Grounds:
        """Return what says that a plan has its concepts, and what says who leads it."""
        found = self._known_grounds.get(number)
        if found is None:
            network, plan = self.network, self.incidence.plans[number]
            links = concept_links(network, plan)
            grounds = [(self._reached[link.target], link_evidence(network, link)) for link in links]
            leads = [e for link in network.links_from(plan, "leadUnit") for e in link_evidence(network, link)]
            found = self._known_grounds[number] = grounds, leads
        return found

    @cached_property
    def _known_grounds(self) -> dict[int, Grounds]:
        return {}

    @cached_property
    def _reached(self) -> dict[str, frozenset[int]]:
        """The number of each concept, with those of all above it."""
        incidence = self.incidence
        return {
            concept: frozenset((number, *incidence.ancestors[number]))
            for number, concept in enumerate(incidence.concepts)
        }


def gather(network: Network, day: date, bands: Bands | None = None) -> Candidates:
    """Return the plans open on ``day`` with their concepts, weights and bands."""
    all_standings = {plan: standing(network, plan, day) for plan in network.of_type("Plan")}
    standings = {plan: found for plan, found in all_standings.items() if found.is_open}
    incidence = read_incidence(network, standings)
    count = Counter(concept for row in incidence.closed for concept in row)
    return Candidates(
        network=network,
        day=day,
        standings=standings,
        incidence=incidence,
        weight=tuple(weights(incidence)),
        count=count,
        bands=bands or calibrate(incidence),
    )


def unit_code(network: Network, unit: str) -> str:
    """Return the short sign of a unit, its name where it has none."""
    return network.value(unit, "identifier") or network.label(unit)


def concept_links(network: Network, plan: str) -> list[Link]:
    """Return the links by which a plan, its goals and its measures name concepts."""
    found: list[Link] = []
    for node in (plan, *network.targets(plan, "pursues")):
        named = network.links_by_relation(node)
        found += [link for facet in FACETS for link in named.get(facet, ())]
    for measure in network.origins(plan, "measureOf"):
        found += network.links_from(measure, "area")
    return found


def _places(order: Iterable[int]) -> list[int]:
    """Return where each number stands in an order of all numbers."""
    return [place for place, _ in sorted(enumerate(order), key=lambda entry: entry[1])]
