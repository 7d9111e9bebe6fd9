"""The vocabulary as a page and as a file: every class, property and code list with its label and definition."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.exchange.describe import RDF_FORMATS, with_links
from api.pages.exchange.term_use import Asking, examples, questions_of
from api.pages.frame.call import Asked, described
from api.protocol.graph_store import written
from api.web.negotiation import HTML, JSON
from graph.store.index import ontology_quads
from graph.store.query.answer import ResultFormat
from ontology.terms import ONTOLOGY, PREFIXES
from ontology.vocabulary import load_vocabulary, ontology_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ontology.text import Text
    from ontology.vocabulary import ClassTerm, Concept, PropertyTerm

router = APIRouter(tags=["vocabulary"])


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or code as the page shows it."""

    name: str
    iri: str
    short: str
    label: Text
    definition: Text | None
    inverse: Text | None = None
    notation: str | None = None
    questions: tuple[Asking, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list with its codes."""

    name: str
    iri: str
    label: Text
    definition: Text
    codes: tuple[Term, ...]


def shortened(iri: str) -> str:
    """Return an IRI with the prefix that files use.

    >>> shortened("http://purl.org/dc/terms/date")
    'dct:date'
    """
    found = [(len(home), prefix, home) for prefix, home in PREFIXES.items() if iri.startswith(home)]
    if not found:
        return iri
    _, prefix, home = max(found)
    return f"{prefix}:{iri.removeprefix(home)}"


@cache
def _terms() -> Mapping[str, Any]:
    known = load_vocabulary()
    by_scheme: defaultdict[str, list[Concept]] = defaultdict(list)
    for concept in known.concepts.values():
        by_scheme[concept.scheme].append(concept)
    return {
        "iri": ONTOLOGY,
        "classes": _sorted(map(_term, known.classes.values())),
        "properties": _sorted(map(_term, known.properties.values())),
        "code_lists": tuple(
            CodeList(
                scheme.name, scheme.iri, scheme.label, scheme.definition, tuple(map(_code, by_scheme[name]))
            )
            for name, scheme in sorted(known.schemes.items())
        ),
    }


def _sorted(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return our own terms before borrowed ones, each by name."""
    return tuple(sorted(terms, key=lambda term: (not term.short.startswith("pw:"), term.short.casefold())))


def _term(term: ClassTerm | PropertyTerm) -> Term:
    inverse = getattr(term, "inverse_label", None)
    short = shortened(term.iri)
    asking = questions_of(term.answers)
    return Term(short, term.iri, short, term.label, term.definition, inverse, questions=asking)


def _code(concept: Concept) -> Term:
    name = f"{concept.scheme}-{concept.slug}"
    return Term(name, concept.iri, concept.slug, concept.label, concept.definition, notation=concept.notation)


@router.get(
    "/ontology",
    **described(
        "Das Vokabular mit allen Begriffen",
        "the vocabulary with all terms",
        HTML,
        JSON,
        *RDF_FORMATS.values(),
    ),
)
def ontology(call: Asked) -> Response:
    """Answer with every term of the vocabulary, where it is used, and an example; or with the vocabulary as RDF."""
    media = call.media({"html": HTML, "json": JSON, **RDF_FORMATS})
    if media in RDF_FORMATS.values():
        return _as_rdf(media)
    return with_links(call.answer("ontology.html", lambda: {**_terms(), "examples": examples(call)}))


@router.get(
    "/ontology.ttl", **described("Das Vokabular als Turtle", "the vocabulary as Turtle", "text/turtle")
)
def ontology_file() -> Response:
    """Answer with the vocabulary and its code lists as one Turtle file, with its remarks."""
    text = "\n".join(path.read_text("utf-8") for path in ontology_files())
    return Response(text, media_type="text/turtle; charset=utf-8", headers={"Cache-Control": "no-cache"})


@router.get(
    "/ontology.jsonld",
    **described("Das Vokabular als JSON-LD", "the vocabulary as JSON-LD", "application/ld+json"),
)
def ontology_json() -> Response:
    """Answer with the vocabulary and its code lists as JSON-LD."""
    return _as_rdf(ResultFormat.JSONLD.value)


def _as_rdf(media: str) -> Response:
    """Answer with the vocabulary in an RDF format."""
    if media == ResultFormat.TURTLE.value:
        return ontology_file()
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(_serialised(media), media_type=ResultFormat(media).media_type, headers=headers)


@cache
def _serialised(media: str) -> bytes:
    quads = ox.parse(input=ontology_quads(), format=ox.RdfFormat.N_QUADS)
    return written((quad.triple for quad in quads), ResultFormat(media))
