"""Where a term of the vocabulary is used: the shipped questions that need it, and one example from the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.pages.frame.kinds import OTHER, page_address
from api.pages.frame.names import short_name
from graph.store.query.answer import ResultFormat, iri
from ontology.questions import load_questions
from ontology.terms import RDF
from ontology.text import Text
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from api.pages.frame.call import Call
    from graph.store.query.answer import Term

_MOST_SHOWN = 60
_OF_CLASS = "SELECT ?thing ?class WHERE { ?thing a ?class } LIMIT 1"
_OF_PROPERTY = "SELECT ?thing ?property ?value WHERE { GRAPH ?source { ?thing ?property ?value } } LIMIT 1"


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing or a value as the page shows it: its words and, for a thing of the data, its address."""

    words: Text
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One statement, or for a class one thing of it; the thing stands first."""

    thing: Shown
    value: Shown | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """A shipped question that needs a term."""

    name: str
    title: Text


def questions_of(names: Iterable[str]) -> tuple[Asking, ...]:
    """Return the shipped questions with these names."""
    known = load_questions()
    return tuple(Asking(name, known[name].title) for name in names if name in known)


def examples(call: Call) -> Mapping[str, Example]:
    """Return one example of each class and property that the data use, by the IRI of the term."""

    def make() -> Mapping[str, Example]:
        known = load_vocabulary()
        found = {term: _of_class(call, term) for term in known.classes}
        found |= {term: _of_property(call, term) for term in known.properties if term != RDF.type}
        return {term: example for term, example in found.items() if example}

    return call.keep("examples of terms", make)


def _of_class(call: Call, term: str) -> Example | None:
    row = _first(call, _OF_CLASS, {"class": iri(term)})
    return Example(_shown(call, row["thing"])) if row else None


def _of_property(call: Call, term: str) -> Example | None:
    row = _first(call, _OF_PROPERTY, {"property": iri(term)})
    return Example(_shown(call, row["thing"]), _shown(call, row["value"])) if row else None


def _first(call: Call, query: str, given: Mapping[str, Term]) -> Mapping[str, Term] | None:
    answer = call.site.workspace.host().query(query, bindings=given, accept=ResultFormat.JSON)
    return next(iter(answer.bindings()), None)


def _shown(call: Call, term: Term) -> Shown:
    """Return how a term looks: by its name where the data or the vocabulary have one."""
    if term.kind != "iri":
        return _plain(term.value)
    network, known = call.network, load_vocabulary()
    if term.value in network.multigraph:
        return Shown(short_name(network, term.value), page_address(network, term.value))
    if term.value in known.concepts:
        return Shown(known.text(term.value))
    local = network.id(term.value)
    return Shown(_plain(local).words, None if local == term.value else f"/{OTHER}/{local}")


def _plain(words: str) -> Shown:
    short = words if len(words) <= _MOST_SHOWN else words[: _MOST_SHOWN - 1].rstrip() + "…"
    return Shown(Text(short, short))
