"""Where a term of the vocabulary is used: the shipped questions that need it, and one example from the data."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from api.pages.frame.kinds import OTHER, page_address
from api.pages.frame.names import short_name
from graph.store.query.answer import ResultFormat
from ontology.questions import load_questions
from ontology.terms import RDF
from ontology.text import Text
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from api.pages.frame.call import Call
    from graph.store.query.answer import Term

_MOST_SHOWN = 60
#: How many terms are asked for at once: 18 kB of query.
_AT_ONCE = 100
_OF_CLASS = "SELECT (<{term}> AS ?term) ?thing WHERE {{ ?thing a <{term}> }} LIMIT 1"
_OF_PROPERTY = (
    "SELECT (<{term}> AS ?term) ?thing ?value WHERE {{ GRAPH ?source {{ ?thing <{term}> ?value }} }} LIMIT 1"
)


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
        wanted = [_OF_CLASS.format(term=term) for term in known.classes]
        wanted += [_OF_PROPERTY.format(term=term) for term in known.properties if term != RDF.type]
        parts = (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
        rows = chain.from_iterable(_rows(call, part) for part in parts)
        return {row["term"].value: _example(call, row) for row in rows}

    return call.keep("examples of terms", make)


def _rows(call: Call, wanted: Iterable[str]) -> list[dict[str, Term]]:
    """Return what each of several queries for one row finds, asked as one."""
    union = " UNION ".join(f"{{ {one} }}" for one in wanted)
    query = f"SELECT ?term ?thing ?value WHERE {{ {union} }}"
    return call.site.workspace.host().query(query, accept=ResultFormat.JSON).bindings()


def _example(call: Call, row: Mapping[str, Term]) -> Example:
    return Example(_shown(call, row["thing"]), _shown(call, row["value"]) if "value" in row else None)


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
