"""What the SPARQL service speaks, as RDF (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.store.answer import ResultFormat
from ontology.terms import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    ResultFormat.JSON: "SPARQL_Results_JSON",
    ResultFormat.XML: "SPARQL_Results_XML",
    ResultFormat.CSV: "SPARQL_Results_CSV",
    ResultFormat.TSV: "SPARQL_Results_TSV",
    ResultFormat.TURTLE: "Turtle",
    ResultFormat.NTRIPLES: "N-Triples",
    ResultFormat.RDFXML: "RDF_XML",
    ResultFormat.JSONLD: "JSON-LD",
}


def service_description(endpoint: str, form: ResultFormat) -> bytes:
    """Return the description of the service at an address, in an RDF format."""
    prefixes = {"sd": SD, "formats": FORMATS}
    written = ox.serialize(
        _triples(endpoint), format=ox.RdfFormat.from_media_type(form.value), prefixes=prefixes
    )
    assert written is not None  # without a file to write to, the bytes come back
    return written


def _triples(endpoint: str) -> Iterator[ox.Triple]:
    service, dataset, union = ox.NamedNode(endpoint), ox.BlankNode("dataset"), ox.BlankNode("union")
    kind = ox.NamedNode(RDF.type)
    yield ox.Triple(service, kind, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _NAMES.values():
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(FORMATS + name))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, kind, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), union)
    yield ox.Triple(union, kind, _sd("Graph"))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
