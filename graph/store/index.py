"""What the index holds beside the statements: the vocabulary, and what each rough date can mean as a day.

Sources give years, months and days; SPARQL compares only days. The vocabulary says which property gets a day
(``pw:dayProperty``) and whether its first or last day counts (``pw:dayBound``). These statements stand in a graph of
their own and are made anew with every index; no source file holds them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox

from graph.dates import parse_date
from graph.statement import Statement
from graph.store.reading import as_statement
from ontology.terms import ONTOLOGY, XSD
from ontology.vocabulary import PropertyTerm, load_vocabulary, ontology_files

_KEY = 24


def derived_graph(base: str) -> str:
    """Return the name of the graph of derived days."""
    return base + "derived"


def derived_days(paths: Mapping[str, Path], base: str) -> str:
    """Return the derived days as N-Quads."""
    dated = {term.iri: term for term in load_vocabulary().properties.values() if term.day_property}
    lines = {
        line
        for name, path in paths.items()
        for statement in _dated_statements(name, path, _line_of(frozenset(dated)))
        for line in _lines(statement, dated[statement.predicate], base)
    }
    return "".join(sorted(lines))


@cache
def _line_of(predicates: frozenset[str]) -> re.Pattern[bytes]:
    """Return what finds the lines of N-Triples with one of these predicates."""
    names = b"|".join(re.escape(predicate.encode()) for predicate in sorted(predicates))
    return re.compile(rb"^[ \t]*<[^>\n]*>[ \t]*<(?:" + names + rb")>.*$", re.MULTILINE)


def _dated_statements(source: str, path: Path, wanted: re.Pattern[bytes]) -> Iterator[Statement]:
    """Yield what a source says with these predicates; only those lines are parsed, so that large stores start soon."""
    lines = wanted.findall(path.read_bytes())
    if lines:
        for triple in ox.parse(input=b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES):
            yield as_statement(triple, source)


@cache
def ontology_quads() -> str:
    """Return the vocabulary and its code lists as N-Quads in a graph of their own: queries may ask what terms mean."""
    home = ox.NamedNode(ONTOLOGY)
    quads = (
        ox.Quad(triple.subject, triple.predicate, triple.object, home)
        for file in ontology_files()
        for triple in ox.parse(path=file, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    )
    written = BytesIO()
    ox.serialize(quads, written, format=ox.RdfFormat.N_QUADS)
    return written.getvalue().decode()


def index_key(snapshot: str) -> str:
    """Return the name of the index of a state: another one where the vocabulary or the engine is another."""
    made_of = f"{snapshot} {ox.__version__} {hashlib.sha256(ontology_quads().encode()).hexdigest()}"
    return hashlib.sha256(made_of.encode()).hexdigest()[:_KEY]


def _lines(statement: Statement, term: PropertyTerm, base: str) -> Iterator[str]:
    day = _day(statement.value, term.day_bound)
    if day is not None:
        yield (
            f"<{statement.subject}> <{term.day_property}> "
            f'"{day.isoformat()}"^^<{XSD.date}> <{derived_graph(base)}> .\n'
        )


@lru_cache(maxsize=50_000)
def _day(text: str, bound: str | None) -> date | None:
    found = parse_date(text)
    return found.last if bound == "last" else found.first
