"""Walks as text: one source of their own holds them all, so that no new delivery touches them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef

import ontology.rdf  # noqa: F401 - literals stay as they were written
from graph.errors import Text
from graph.intake.triples import canonical_text
from graph.output.walks.address import read_view, view_address
from graph.output.walks.walk import Step, Walk
from ontology.terms import DCT, PW, RDF, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

SOURCE = "source/rundgaenge"
_TITLE = Text("Vorbereitete Rundgänge", "Prepared walks")


def walk_iri(base: str, name: str) -> str:
    """Return the IRI of a walk by its name."""
    return f"{base}walk/{name}"


def walks_text(walks: Mapping[str, Walk], base: str) -> str:
    """Return the text of the source of walks: the same walks always give the same text."""
    triples = Graph()
    source = URIRef(base + SOURCE)
    triples.add((source, URIRef(RDF.type), URIRef(PW.Source)))
    _name(triples, source, _TITLE)
    for walk in walks.values():
        _add_walk(triples, walk, base)
    return canonical_text(triples)


def _add_walk(triples: Graph, walk: Walk, base: str) -> None:
    node = URIRef(walk_iri(base, walk.name))
    triples.add((node, URIRef(RDF.type), URIRef(PW.Walk)))
    _name(triples, node, walk.title)
    if walk.day:
        triples.add((node, URIRef(DCT.date), Literal(walk.day.isoformat(), datatype=URIRef(XSD.date))))
    for number, step in enumerate(walk.steps, start=1):
        place = URIRef(f"{node}/{number}")
        for predicate, value in _said(step, number, node, base):
            triples.add((place, URIRef(predicate), value))
        if step.title:
            _name(triples, place, step.title)


def _said(step: Step, number: int, walk: URIRef, base: str) -> Iterator[tuple[str, URIRef | Literal]]:
    yield RDF.type, URIRef(PW.WalkStep)
    yield PW.partOfWalk, walk
    yield PW.stepNumber, Literal(str(number), datatype=URIRef(XSD.integer))
    yield PW.showsView, Literal(view_address(step.view))
    if step.finding:
        yield PW.aboutFinding, URIRef(f"{base}finding/{step.finding}")
    if step.note:
        yield SKOS.note, Literal(step.note, lang="de")


def _name(triples: Graph, node: URIRef, title: Text) -> None:
    for lang in ("de", "en"):
        triples.add((node, URIRef(SKOS.prefLabel), Literal(title[lang], lang=lang)))


def read_walks(text: str, base: str) -> dict[str, Walk]:
    """Return the walks that the text of their source holds, by name."""
    said: defaultdict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in Graph().parse(data=text, format="nt"):
        said[str(subject)][str(predicate)].append(value)
    walks = {
        iri: Walk(iri.removeprefix(f"{base}walk/"), _title(facts) or Text("", ""), day=_day(facts))
        for iri, facts in said.items()
        if _one(facts, RDF.type) == PW.Walk
    }
    steps = [facts for facts in said.values() if _one(facts, RDF.type) == PW.WalkStep]
    for facts in sorted(steps, key=lambda facts: int(_one(facts, PW.stepNumber))):
        home = _one(facts, PW.partOfWalk)
        held = walks[home]
        walks[home] = Walk(held.name, held.title, (*held.steps, _step(facts, base)), held.day)
    return {walk.name: walk for walk in sorted(walks.values(), key=lambda walk: walk.name)}


def _step(facts: Mapping[str, list[Node]], base: str) -> Step:
    finding = _one(facts, PW.aboutFinding).removeprefix(f"{base}finding/")
    return Step(read_view(_one(facts, PW.showsView)), finding, _title(facts), _one(facts, SKOS.note))


def _one(facts: Mapping[str, list[Node]], predicate: str) -> str:
    found = facts.get(predicate)
    return str(found[0]) if found else ""


def _title(facts: Mapping[str, list[Node]]) -> Text | None:
    names = {
        name.language or "de": str(name)
        for name in facts.get(SKOS.prefLabel, ())
        if isinstance(name, Literal)
    }
    return Text(names.get("de", ""), names.get("en", names.get("de", ""))) if names else None


def _day(facts: Mapping[str, list[Node]]) -> date | None:
    said = _one(facts, DCT.date)
    return date.fromisoformat(said) if said else None
