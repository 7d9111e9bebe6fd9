"""What the SPARQL service speaks, as RDF (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from api.protocol.answering import LOOSE, TABLES, TRIPLES
from api.protocol.writing import said_of
from graph.store.query.answer import ResultFormat
from ontology.terms import ONTOLOGY
from ontology.terms import PREFIXES as KNOWN
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from api.settings import Settings

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
ENTAILMENT = "http://www.w3.org/ns/entailment/"
GEOF = "http://www.opengis.net/def/function/geosparql/"
#: Functions beyond SPARQL 1.1: how two shapes (WKT) lie to each other.
FUNCTIONS = tuple(
    GEOF + name
    for name in (
        "sfContains",
        "sfCrosses",
        "sfDisjoint",
        "sfEquals",
        "sfIntersects",
        "sfOverlaps",
        "sfTouches",
        "sfWithin",
    )
)
PREFIXES = {
    "sd": SD,
    "void": VOID,
    "formats": FORMATS,
    "ent": ENTAILMENT,
    "geof": GEOF,
    "rdfs": KNOWN["rdfs"],
}

_COMMENT = KNOWN["rdfs"] + "comment"
_NAMES = {
    ResultFormat.JSON: "SPARQL_Results_JSON",
    ResultFormat.XML: "SPARQL_Results_XML",
    ResultFormat.CSV: "SPARQL_Results_CSV",
    ResultFormat.TSV: "SPARQL_Results_TSV",
    ResultFormat.TURTLE: "Turtle",
    ResultFormat.NTRIPLES: "N-Triples",
    ResultFormat.RDFXML: "RDF_XML",
    ResultFormat.JSONLD: "JSON-LD",
    ResultFormat.TRIG: "TriG",
    ResultFormat.NQUADS: "N-Quads",
}


def format_iris() -> list[str]:
    """Return the names of all formats an answer can have, as the W3C lists them."""
    offered = dict.fromkeys([*TABLES.values(), *TRIPLES.values(), *LOOSE.values()])
    return [FORMATS + _NAMES[form] for form in offered]


def service_description(
    endpoint: str, settings: Settings, sizes: Mapping[str, int], form: ResultFormat
) -> bytes:
    """Return the description of the service at an address, in an RDF format; ``sizes`` counts statements by graph."""
    written = ox.serialize(
        _triples(endpoint, settings, sizes),
        format=ox.RdfFormat.from_media_type(form.value),
        prefixes=PREFIXES,
    )
    assert written is not None  # without a file to write to, the bytes come back
    return written


def _triples(endpoint: str, settings: Settings, sizes: Mapping[str, int]) -> Iterator[ox.Triple]:
    service = ox.NamedNode(endpoint)
    yield from said_of(
        service,
        SD + "Service",
        (SD + "endpoint", service),
        (SD + "supportedLanguage", ox.NamedNode(SD + "SPARQL11Query")),
        (SD + "feature", ox.NamedNode(SD + "UnionDefaultGraph")),
        (SD + "defaultEntailmentRegime", ox.NamedNode(ENTAILMENT + "Simple")),
        (SD + "defaultDataset", ox.NamedNode(endpoint + "#dataset")),
        (_COMMENT, _limits(settings)),
        *((SD + "resultFormat", ox.NamedNode(name)) for name in format_iris()),
        *((SD + "extensionFunction", ox.NamedNode(name)) for name in FUNCTIONS),
    )
    yield from chain.from_iterable(said_of(ox.NamedNode(name), SD + "Function") for name in FUNCTIONS)
    yield from _dataset(endpoint, sizes)


def _dataset(endpoint: str, sizes: Mapping[str, int]) -> Iterator[ox.Triple]:
    dataset, union = ox.NamedNode(endpoint + "#dataset"), ox.NamedNode(endpoint + "#union")
    places = {name: ox.NamedNode(f"{endpoint}#graph-{place}") for place, name in enumerate(sizes, start=1)}
    named = ((SD + "namedGraph", place) for place in places.values())
    yield from said_of(dataset, SD + "Dataset", (SD + "defaultGraph", union), *named)
    yield from said_of(union, SD + "Graph", (_COMMENT, _UNION))
    for name, place in places.items():
        held = ox.NamedNode(f"{place.value}-statements")
        about = _VOCABULARY if name == ONTOLOGY else None
        yield from said_of(place, SD + "NamedGraph", (SD + "name", ox.NamedNode(name)), (SD + "graph", held))
        yield from said_of(held, SD + "Graph", (VOID + "triples", sizes[name]), (_COMMENT, about))


_UNION = Text("Alle benannten Graphen zusammen.", "All named graphs together.")
_VOCABULARY = Text("Das Vokabular mit seinen Codelisten.", "The vocabulary with its code lists.")


def _limits(settings: Settings) -> Text:
    seconds, rows = f"{settings.query_seconds:g}", settings.query_rows
    return Text(
        f"Eine Abfrage darf {seconds} Sekunden dauern, sonst folgt 503. Eine Antwort hat höchstens {rows} Zeilen; "
        "eine gekürzte trägt den Kopf Planwerk-Truncated. SERVICE und Update gibt es nicht.",
        f"A query may take {seconds} seconds, else 503 follows. An answer has at most {rows} rows; "
        "a cut one carries the header Planwerk-Truncated. There is no SERVICE and no Update.",
    )
