"""What the data are, for catalogues: VoID for tools of Linked Data, DCAT (as DCAT-AP.de asks) for data portals.

Only what is known is said: publisher, licence, contact and contributor stand there when the operator sets them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from api.protocol.service_description import FORMATS, SD, VOID
from api.protocol.writing import Value, iri_or_none, said_of
from ontology.terms import ONTOLOGY, PREFIXES, XSD
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.protocol.counts import Counts
    from api.settings import Settings

_DCT, _DCAT, _FOAF = PREFIXES["dct"], PREFIXES["dcat"], PREFIXES["foaf"]
VCARD = "http://www.w3.org/2006/vcard/ns#"
DCATDE = "http://dcat-ap.de/def/dcatde/"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_MEDIA = "http://www.iana.org/assignments/media-types/"
VOID_PREFIXES = {
    "void": VOID,
    "sd": SD,
    "dct": _DCT,
    "foaf": _FOAF,
    "formats": FORMATS,
    "xsd": PREFIXES["xsd"],
}
DCAT_PREFIXES = {
    "dcat": _DCAT,
    "dct": _DCT,
    "foaf": _FOAF,
    "vcard": VCARD,
    "dcatde": DCATDE,
    "xsd": PREFIXES["xsd"],
}

TITLE = Text("Planwerke, Ziele und Steuerungsinstrumente", "Plans, goals and steering instruments")
DESCRIPTION = Text(
    "Welche Planwerke es gibt, welche Ziele sie verfolgen, wer sie verantwortet, wie sie sich aufeinander beziehen "
    "und welche Quelle das sagt.",
    "Which plans there are, which goals they pursue, who answers for them, how they relate to each other, "
    "and which source says so.",
)
_CATALOGUE = Text("Datenkatalog dieses Planwerk-Dienstes", "Data catalogue of this Planwerk service")
_OVER = Text(
    "Beschreibt die Daten, die dieser Dienst ausgibt.", "Describes the data that this service gives out."
)


class Dump(NamedTuple):
    """A file with all statements: its name, its format at the W3C and in the EU's list, its media type."""

    name: str
    format: str
    file_type: str
    media: str


DUMPS = (
    Dump("planwerk.trig", "TriG", "RDF_TRIG", "application/trig"),
    Dump("planwerk.nq", "N-Quads", "RDF_N_QUADS", "application/n-quads"),
    Dump("planwerk.ttl", "Turtle", "RDF_TURTLE", "text/turtle"),
    Dump("planwerk.nt", "N-Triples", "RDF_N_TRIPLES", "application/n-triples"),
    Dump("planwerk.jsonld", "JSON-LD", "JSON_LD", "application/ld+json"),
)


class Place(NamedTuple):
    """Where the service stands, what the operator says of it, and the day of its last change, if there was one."""

    root: str
    settings: Settings
    changed: str | None

    def at(self, path: str) -> ox.NamedNode:
        """Return an address of the service as a term."""
        return ox.NamedNode(self.root + path)

    @property
    def modified(self) -> Value | None:
        """The day of the last change as a term."""
        return ox.Literal(self.changed, datatype=ox.NamedNode(XSD.date)) if self.changed else None


def void_triples(place: Place, found: Counts, example: str | None) -> Iterator[ox.Triple]:
    """Yield the description of the data for tools: addresses, counts, vocabularies, one part per source."""
    dataset = place.at("/.well-known/void#planwerk")
    document = place.at("/.well-known/void")
    yield from said_of(document, VOID + "DatasetDescription", (_FOAF + "primaryTopic", dataset))
    yield from said_of(dataset, VOID + "Dataset", *_void_facts(place, found, example))
    yield from _publisher(place.settings, place.at("/catalog#publisher"))
    for part, (name, size) in zip(_parts(place, found), found.graphs.items(), strict=True):
        yield from said_of(
            part, VOID + "Dataset", (SD + "name", ox.NamedNode(name)), (VOID + "triples", size)
        )
    for name, size in found.classes.items():
        yield from _partition(dataset, "class", name, "entities", size)
    for name, size in found.properties.items():
        yield from _partition(dataset, "property", name, "triples", size)


def _void_facts(
    place: Place, found: Counts, example: str | None
) -> Iterator[tuple[str, Value | Text | int | None]]:
    yield from _about(place)
    yield (_FOAF + "homepage", place.at("/"))
    yield (VOID + "sparqlEndpoint", place.at("/sparql"))
    yield (VOID + "uriSpace", ox.Literal(place.settings.base))
    yield (VOID + "triples", sum(found.graphs.values()))
    yield (VOID + "distinctSubjects", found.subjects)
    yield (VOID + "classes", len(found.classes))
    yield (VOID + "properties", len(found.properties))
    yield (VOID + "exampleResource", ox.NamedNode(example) if example else None)
    yield from ((VOID + "dataDump", place.at(f"/export/{dump.name}")) for dump in DUMPS)
    yield from ((VOID + "feature", ox.NamedNode(FORMATS + dump.format)) for dump in DUMPS)
    used = (*found.properties, *found.classes)
    for home in sorted(PREFIXES.values()):
        if any(name.startswith(home) for name in used):
            yield (VOID + "vocabulary", ox.NamedNode(home))
    for part in _parts(place, found):
        yield (VOID + "subset", part)


def _parts(place: Place, found: Counts) -> list[ox.NamedNode]:
    return [place.at(f"/.well-known/void#graph-{number}") for number in range(1, len(found.graphs) + 1)]


def _partition(dataset: ox.NamedNode, kind: str, name: str, counted: str, size: int) -> Iterator[ox.Triple]:
    part = ox.BlankNode()
    yield ox.Triple(dataset, ox.NamedNode(f"{VOID}{kind}Partition"), part)
    yield ox.Triple(part, ox.NamedNode(VOID + kind), ox.NamedNode(name))
    yield from said_of(part, VOID + "Dataset", (VOID + counted, size))


def dcat_triples(place: Place) -> Iterator[ox.Triple]:
    """Yield the catalogue: one dataset, its files, and the SPARQL service that serves it."""
    catalogue, dataset = place.at("/catalog"), place.at("/catalog#planwerk")
    publisher, languages = place.at("/catalog#publisher"), _languages()
    yield from said_of(
        catalogue,
        _DCAT + "Catalog",
        (_DCT + "title", _CATALOGUE),
        (_DCT + "description", _OVER),
        (_DCT + "publisher", publisher if place.settings.publisher else None),
        (_DCT + "license", iri_or_none(place.settings.licence)),
        (_DCT + "modified", place.modified),
        (_FOAF + "homepage", place.at("/")),
        (_DCAT + "themeTaxonomy", ox.NamedNode(_AUTHORITY + "data-theme")),
        (_DCAT + "dataset", dataset),
        (_DCAT + "service", place.at("/catalog#sparql")),
        *languages,
    )
    yield from _publisher(place.settings, publisher)
    yield from _dcat_dataset(place, dataset)
    yield from chain.from_iterable(_distribution(place, dump) for dump in DUMPS)
    yield from _service(place, dataset)


def _about(place: Place) -> Iterator[tuple[str, Value | Text | None]]:
    yield (_DCT + "title", TITLE)
    yield (_DCT + "description", DESCRIPTION)
    yield (_DCT + "modified", place.modified)
    yield (_DCT + "publisher", place.at("/catalog#publisher") if place.settings.publisher else None)
    yield (_DCT + "license", iri_or_none(place.settings.licence))


def _dcat_dataset(place: Place, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    contact = place.at("/catalog#contact")
    yield from said_of(
        dataset,
        _DCAT + "Dataset",
        *((name, value) for name, value in _about(place) if name != _DCT + "license"),
        (_DCT + "identifier", dataset.value),
        (_DCAT + "theme", ox.NamedNode(_AUTHORITY + "data-theme/GOVE")),
        (_DCAT + "landingPage", place.at("/")),
        (_DCT + "conformsTo", ox.NamedNode(ONTOLOGY)),
        (_DCAT + "contactPoint", contact if place.settings.contact else None),
        (DCATDE + "contributorID", iri_or_none(place.settings.contributor)),
        *((_DCAT + "distribution", place.at(f"/catalog#{dump.name}")) for dump in DUMPS),
        (_DCAT + "distribution", place.at("/catalog#query")),
        *_languages(),
    )
    yield from said_of(ox.NamedNode(ONTOLOGY), _DCT + "Standard")
    if place.settings.contact:
        address = ox.NamedNode("mailto:" + place.settings.contact)
        name = place.settings.publisher or place.settings.contact
        yield from said_of(
            contact, VCARD + "Organization", (VCARD + "fn", name), (VCARD + "hasEmail", address)
        )
        yield from said_of(contact, VCARD + "Kind")


def _distribution(place: Place, dump: Dump) -> Iterator[ox.Triple]:
    file = place.at(f"/export/{dump.name}")
    yield from said_of(
        place.at(f"/catalog#{dump.name}"),
        _DCAT + "Distribution",
        (_DCT + "title", dump.name),
        (_DCAT + "accessURL", file),
        (_DCAT + "downloadURL", file),
        (_DCT + "format", ox.NamedNode(f"{_AUTHORITY}file-type/{dump.file_type}")),
        (_DCAT + "mediaType", ox.NamedNode(_MEDIA + dump.media)),
        (_DCT + "modified", place.modified),
        (_DCT + "license", iri_or_none(place.settings.licence)),
    )


def _service(place: Place, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    service, endpoint = place.at("/catalog#sparql"), place.at("/sparql")
    yield from said_of(
        place.at("/catalog#query"),
        _DCAT + "Distribution",
        (_DCT + "title", _QUERY),
        (_DCAT + "accessURL", endpoint),
        (_DCAT + "accessService", service),
        (_DCT + "license", iri_or_none(place.settings.licence)),
    )
    yield from said_of(
        service,
        _DCAT + "DataService",
        (_DCT + "title", _QUERY),
        (_DCAT + "endpointURL", endpoint),
        (_DCAT + "endpointDescription", endpoint),
        (_DCAT + "servesDataset", dataset),
        (_DCT + "license", iri_or_none(place.settings.licence)),
    )


_QUERY = Text("Abfrage mit SPARQL 1.1", "Query by SPARQL 1.1")


def _languages() -> list[tuple[str, Value]]:
    return [(_DCT + "language", ox.NamedNode(f"{_AUTHORITY}language/{name}")) for name in ("DEU", "ENG")]


def _publisher(settings: Settings, publisher: ox.NamedNode) -> Iterator[ox.Triple]:
    if settings.publisher:
        yield from said_of(publisher, _FOAF + "Agent", (_FOAF + "name", settings.publisher))
