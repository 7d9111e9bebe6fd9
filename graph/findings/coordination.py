"""Through what two plans are coordinated already: participation, a shared body or instrument, a recorded relation.

Only facts count. What a committee demands or a plan intends is shown beside it and never counts as coordination.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.errors import Text
from graph.findings.finding import Through
from graph.network.build import FACT, Link, Network

_PARTICIPATION = "participation"
_BODY = "body"
_INSTRUMENT = "instrument"
_RELATION = "relation"


def coordinated_through(network: Network, a: str, b: str) -> tuple[Through, ...]:
    """Return every recorded way in which plans ``a`` and ``b`` are coordinated as a matter of fact."""
    found = [
        *_relations(network, a, b, facts=True),
        *_participations(network, a, b),
        *_participations(network, b, a),
        *_shared_instruments(network, a, b),
        *_shared_seats(network, a, b),
    ]
    return tuple(
        sorted({(entry.kind, entry.id): entry for entry in found}.values(), key=lambda e: (e.kind, e.id))
    )


@dataclass(frozen=True, slots=True)
class Ties:
    """What plans are tied to as a matter of fact: their leads, other plans, units, instruments and bodies."""

    own: frozenset[str]
    leads: frozenset[str]
    plans: frozenset[str]
    units: frozenset[str]
    shared: frozenset[str]

    def meet(self, other: Ties) -> bool:
        """Whether ``coordinated_through`` would find anything between a plan here and a plan there."""
        return not (
            self.plans.isdisjoint(other.own)
            and self.leads.isdisjoint(other.units)
            and other.leads.isdisjoint(self.units)
            and self.shared.isdisjoint(other.shared)
        )


def ties_of(network: Network, plan: str) -> Ties:
    """Return the ties of a plan, read once where many pairs are to be looked at."""
    out = [link for link in network.links_from(plan) if link.modality == FACT]
    into = [link for link in network.links_to(plan) if link.modality == FACT]
    takes_part = network.words.relations_of_family("participation") | {"participatingUnit"}
    uses = network.words.relations_of_family("use") | {"steers"}
    seats = {link.target for link in network.links_from(plan, "participatingUnit")}
    instruments = {link.target for link in out if link.relation in uses}
    instruments |= {link.origin for link in into if link.relation == "steers"}
    return Ties(
        own=frozenset({plan}),
        leads=frozenset(network.targets(plan, "leadUnit")),
        plans=network.all_of("Plan") & {*(link.target for link in out), *(link.origin for link in into)},
        units=frozenset(link.target for link in out if link.relation == "participatingUnit")
        | {link.origin for link in into if link.relation in takes_part},
        shared=(network.all_of("SteeringInstrument") & (instruments | seats))
        | (network.all_of("Body") & seats),
    )


def united(ties: Iterable[Ties]) -> Ties:
    """Return the ties of several plans together."""
    found = list(ties)
    none: frozenset[str] = frozenset()
    return Ties(
        own=none.union(*(one.own for one in found)),
        leads=none.union(*(one.leads for one in found)),
        plans=none.union(*(one.plans for one in found)),
        units=none.union(*(one.units for one in found)),
        shared=none.union(*(one.shared for one in found)),
    )


def is_one_unit(network: Network, one: str, other: str) -> bool:
    """Whether two units have nobody to coordinate with but themselves: the same, successor and predecessor, part and whole."""
    return other in kin(network, one) or one in kin(network, other)


def kin(network: Network, unit: str) -> frozenset[str]:
    """Return a unit with those it follows and those it is part of."""
    return frozenset({unit, *network.targets(unit, "successorOf"), *network.targets(unit, "unitOf")})


def wished_through(network: Network, a: str, b: str) -> tuple[Through, ...]:
    """Return the relations between two plans that somebody intends or demands."""
    return tuple(_relations(network, a, b, facts=False))


def _relations(network: Network, a: str, b: str, *, facts: bool) -> Iterator[Through]:
    for link in (*network.links_between(a, b), *network.links_between(b, a)):
        if (link.modality == FACT) == facts:
            yield _through(network, _RELATION, link.key, link)


def _participations(network: Network, plan: str, other: str) -> Iterator[Through]:
    """Yield where the unit that leads ``plan`` takes part in ``other``."""
    for lead in network.targets(plan, "leadUnit"):
        for link in _takes_part(network, other):
            if lead in {link.origin, link.target}:
                yield _through(network, _PARTICIPATION, lead, link)


def _takes_part(network: Network, plan: str) -> list[Link]:
    """Return the links that say who takes part in a plan: from its own row, and as recorded relations."""
    kinds = ("participatingUnit", *network.words.relations_of_family("participation"))
    links = network.links_from(plan, "participatingUnit")
    towards = sorted([link for kind in kinds for link in network.links_to(plan, kind)])
    return [link for link in (*links, *towards) if link.modality == FACT]


def _shared_instruments(network: Network, a: str, b: str) -> Iterator[Through]:
    """Yield each instrument that steers, or is used by, both plans."""
    ours, theirs = _instruments(network, a), _instruments(network, b)
    for instrument in sorted(ours.keys() & theirs.keys()):
        kind = _BODY if is_coordinating_body(network, instrument) else _INSTRUMENT
        link = max(ours[instrument], theirs[instrument], key=lambda link: link.relation)
        yield _through(network, kind, instrument, link)


def _instruments(network: Network, plan: str) -> dict[str, Link]:
    kinds = sorted(("steers", *network.words.relations_of_family("use")))
    found = {link.origin: link for link in network.links_to(plan, "steers") if link.modality == FACT}
    for kind in kinds:
        found.update((link.target, link) for link in network.links_from(plan, kind) if link.modality == FACT)
    instruments = network.all_of("SteeringInstrument")
    return {node: link for node, link in found.items() if node in instruments}


def _shared_seats(network: Network, a: str, b: str) -> Iterator[Through]:
    """Yield each body or working group that takes part in both plans."""
    ours = {link.target: link for link in network.links_from(a, "participatingUnit")}
    for link in network.links_from(b, "participatingUnit"):
        if link.target in ours and network.type(link.target) in {"Body", "SteeringInstrument"}:
            yield _through(network, _BODY, link.target, link)


def is_coordinating_body(network: Network, instrument: str) -> bool:
    """Return whether an instrument is one at which units meet (committee, steering group, conference, network)."""
    return any(
        network.words.is_below(value.iri, "coordinating-body")
        for value in network.values(instrument, "instrumentType")
    )


def _through(network: Network, kind: str, key: str, link: Link) -> Through:
    name = network.words.relation(link.relation)
    origin, target = network.label(link.origin), network.label(link.target)
    source = link.sources[0]
    return Through(
        kind=kind,
        id=network.id(key),
        text=Text(f"{origin} — {name['de']} — {target}", f"{origin} — {name['en']} — {target}"),
        modality=link.modality,
        source=network.id(source).removeprefix("source/"),
        date=network.value(source, "date") if source in network.multigraph else None,
    )
