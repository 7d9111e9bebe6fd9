"""What the register says of cities and regions, as statements that questions can ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from api.cities.register import HOME
from graph.store.inventory import inventory_iri
from ontology.terms import DCT, PW, RDF, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from api.cities.register import City, Region
    from ontology.text import Text

Pair = tuple[str, "ox.NamedNode | ox.Literal"]
_GRAPH = ox.NamedNode(f"{HOME}register")


def register_quads(cities: Iterable[City]) -> str:
    """Return the N-Quads that describe these cities and their regions."""
    listed = list(cities)
    regions = {city.region.id: city.region for city in listed if city.region}
    quads = [
        *(_quad(inventory_iri(city.base), pair) for city in listed for pair in _about_city(city)),
        *(_quad(region.iri, pair) for region in regions.values() for pair in _about_region(region)),
    ]
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()


def _quad(subject: str, pair: Pair) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(pair[0]), pair[1], _GRAPH)


def _about_city(city: City) -> Iterator[Pair]:
    yield RDF.type, ox.NamedNode(PW.Inventory)
    yield DCT.identifier, ox.Literal(city.id)
    yield from _names(city.name)
    if city.region:
        yield PW.inRegion, ox.NamedNode(city.region.iri)
    if city.complete:
        yield (
            PW.plansCompleteOn,
            ox.Literal(city.complete.on.isoformat(), datatype=ox.NamedNode(XSD.date)),
        )
        yield PW.plansCompleteBy, ox.Literal(city.complete.by)


def _about_region(region: Region) -> Iterator[Pair]:
    yield RDF.type, ox.NamedNode(PW.Region)
    yield DCT.identifier, ox.Literal(region.id)
    yield from _names(region.name)


def _names(name: Text) -> Iterator[Pair]:
    yield SKOS.prefLabel, ox.Literal(name.de, language="de")
    yield SKOS.prefLabel, ox.Literal(name.en, language="en")
