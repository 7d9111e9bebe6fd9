"""The vocabulary as the program reads it: what terms are called, what they mean and how they are drawn.

All of it comes from planwerk.ttl and schemes/*.ttl; nothing about a term is written down in code.

>>> vocabulary = load_vocabulary()
>>> vocabulary.label("https://w3id.org/planwerk/ontology#pursues", "de")
'verfolgt'
>>> vocabulary.concept("plan-status", "gültig").standing
'current'
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, parse

from ontology.terms import OWL, PW, RDF, RDFS, SCHEME, SKOS
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ClassTerm:
    """A class: its names, and whether and how its things are drawn.

    ``drawn_as`` is ``node``, ``edge`` or nothing; ``lane`` counts from the left; ``shape`` is one that
    vis-network draws; ``edge_from`` and ``edge_to`` name the properties that give the two ends of an edge.
    """

    iri: str
    name: str
    label: Text
    definition: Text
    parents: tuple[str, ...]
    drawn_as: str | None
    lane: int | None
    shape: str | None
    colour: str | None
    edge_from: str | None
    edge_to: str | None
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PropertyTerm:
    """A property: its names in both reading directions, and how an edge of it is drawn.

    ``day_property`` is where the index keeps the day computed from a date; ``day_bound`` says whether the
    first or the last day the date can mean counts. ``line_style`` is solid, dashed or dotted.
    """

    iri: str
    name: str
    label: Text
    inverse_label: Text | None
    definition: Text
    links_things: bool
    day_property: str | None
    day_bound: str | None
    line_style: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of a code list: as typed in tables (``notation``), as shown (``label``), as meant.

    Kinds of relation carry their ``family`` (slug of a relation-family), the direct property a fact becomes
    (``shortcut``), and whether they end what they point to (``supersedes``); plan statuses carry
    ``standing`` (``current`` or ``past``); modalities a ``line_style``.
    """

    iri: str
    scheme: str
    slug: str
    notation: str
    label: Text
    definition: Text | None
    broader: tuple[str, ...]
    family: str | None
    shortcut: str | None
    supersedes: bool
    standing: str | None
    line_style: str | None


@dataclass(frozen=True, slots=True)
class Scheme:
    """A shipped code list with its concepts by notation."""

    iri: str
    name: str
    label: Text
    definition: Text
    concepts: Mapping[str, Concept]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every term, scheme and concept by IRI (schemes by name), and the version of it all."""

    classes: Mapping[str, ClassTerm]
    properties: Mapping[str, PropertyTerm]
    schemes: Mapping[str, Scheme]
    concepts: Mapping[str, Concept]
    version: str = ""

    def text(self, iri: str) -> Text:
        """Return what a term, scheme or concept is called in both languages.

        Raises KeyError where the vocabulary does not know the IRI.
        """
        known = self.classes.get(iri) or self.properties.get(iri) or self.concepts.get(iri)
        return known.label if known else self.schemes[iri.removeprefix(SCHEME)].label

    def label(self, iri: str, lang: str) -> str:
        """Return what a term, scheme or concept is called in one language; KeyError where unknown."""
        return self.text(iri)[lang]

    def concept(self, scheme: str, notation: str) -> Concept | None:
        """Return the concept that is typed so in the tables, or nothing where the list lacks it."""
        return self.schemes[scheme].concepts.get(notation)

    def ancestors(self, iri: str) -> frozenset[str]:
        """Return the IRIs of all broader concepts of a concept, without itself.

        Raises KeyError where the code lists do not hold the IRI.
        """
        found: set[str] = set()
        waiting = list(self.concepts[iri].broader)
        while waiting:
            above = waiting.pop()
            if above not in found:
                found.add(above)
                waiting.extend(self.concepts[above].broader)
        return frozenset(found)


def ontology_files() -> tuple[Path, ...]:
    """Return the Turtle files of the vocabulary: the working file first, then the code lists by name."""
    return (_HERE / "planwerk.ttl", *sorted((_HERE / "schemes").glob("*.ttl")))


@cache
def load_vocabulary() -> Vocabulary:
    """Return the shipped vocabulary, read once."""
    return read_vocabulary(ontology_files())


def read_vocabulary(files: Iterable[Path]) -> Vocabulary:
    """Return the vocabulary that Turtle files describe.

    Raises KeyError or ValueError, naming the term, where a file leaves out a label or definition.
    """
    described = _describe(files)
    concepts = {d.iri: _concept(d) for d in _of_type(described, SKOS.Concept)}
    return Vocabulary(
        classes={d.iri: _class(d) for d in _of_type(described, OWL.Class)},
        properties={
            d.iri: _property(d)
            for kind in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
            for d in _of_type(described, kind)
        },
        schemes={
            scheme.name: scheme
            for d in _of_type(described, SKOS.ConceptScheme)
            for scheme in [_scheme(d, concepts.values())]
        },
        concepts=concepts,
        version=next((v for d in described.values() if (v := d.value(OWL.versionInfo))), ""),
    )


class _Description:
    """What the files say about one IRI."""

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.said: defaultdict[str, list[NamedNode | BlankNode | Literal]] = defaultdict(list)

    @property
    def name(self) -> str:
        """Return the last part of the IRI."""
        return self.iri.replace("#", "/").rsplit("/", 1)[-1]

    def values(self, predicate: str) -> tuple[str, ...]:
        """Return the words or IRIs said under a property, in the order of the file."""
        return tuple(term.value for term in self.said[predicate])

    def value(self, predicate: str) -> str | None:
        """Return the one word or IRI said under a property, or nothing."""
        return next(iter(self.values(predicate)), None)

    def text(self, predicate: str) -> Text | None:
        """Return what is said in both languages, or nothing; ValueError where one language is missing."""
        words = {t.language: t.value for t in self.said[predicate] if isinstance(t, Literal)}
        if not words:
            return None
        if not {"de", "en"} <= words.keys():
            raise ValueError(f"{self.iri}: {predicate} lacks German or English")
        return Text(words["de"], words["en"])

    def called(self, predicate: str) -> Text:
        """Return what must be said in both languages; KeyError where it is not."""
        text = self.text(predicate)
        if text is None:
            raise KeyError(f"{self.iri}: {predicate} is missing")
        return text


def _describe(files: Iterable[Path]) -> dict[str, _Description]:
    described: dict[str, _Description] = {}
    for file in files:
        for quad in parse(path=str(file)):
            if isinstance(quad.subject, NamedNode) and not isinstance(quad.object, Triple):
                iri = quad.subject.value
                about = described.setdefault(iri, _Description(iri))
                about.said[quad.predicate.value].append(quad.object)
    return described


def _of_type(described: Mapping[str, _Description], kind: str) -> Iterator[_Description]:
    return (d for d in described.values() if kind in d.values(RDF.type))


def _class(d: _Description) -> ClassTerm:
    lane = d.value(PW.lane)
    return ClassTerm(
        iri=d.iri,
        name=d.name,
        label=d.called(RDFS.label),
        definition=d.called(SKOS.definition),
        parents=d.values(RDFS.subClassOf),
        drawn_as=d.value(PW.drawnAs),
        lane=None if lane is None else int(lane),
        shape=d.value(PW.shape),
        colour=d.value(PW.colour),
        edge_from=d.value(PW.edgeFrom),
        edge_to=d.value(PW.edgeTo),
        answers=d.values(PW.answers),
    )


def _property(d: _Description) -> PropertyTerm:
    return PropertyTerm(
        iri=d.iri,
        name=d.name,
        label=d.called(RDFS.label),
        inverse_label=d.text(PW.inverseLabel),
        definition=d.called(SKOS.definition),
        links_things=OWL.ObjectProperty in d.values(RDF.type),
        day_property=d.value(PW.dayProperty),
        day_bound=d.value(PW.dayBound),
        line_style=d.value(PW.lineStyle) or "solid",
        answers=d.values(PW.answers),
    )


def _concept(d: _Description) -> Concept:
    (scheme,) = d.values(SKOS.inScheme)
    (notation,) = d.values(SKOS.notation)
    family = d.value(PW.family)
    return Concept(
        iri=d.iri,
        scheme=scheme.removeprefix(SCHEME),
        slug=d.name,
        notation=notation,
        label=d.called(SKOS.prefLabel),
        definition=d.text(SKOS.definition),
        broader=d.values(SKOS.broader),
        family=family.rpartition("#")[2] if family else None,
        shortcut=d.value(PW.shortcut),
        supersedes=d.value(PW.supersedes) == "true",
        standing=d.value(PW.standing),
        line_style=d.value(PW.lineStyle),
    )


def _scheme(d: _Description, concepts: Iterable[Concept]) -> Scheme:
    name = d.iri.removeprefix(SCHEME)
    return Scheme(
        iri=d.iri,
        name=name,
        label=d.called(SKOS.prefLabel),
        definition=d.called(SKOS.definition),
        concepts={c.notation: c for c in concepts if c.scheme == name},
    )
