"""Read statements out of source files, as known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from graph.dates import parse_date
from graph.statement import Statement
from graph.store.source_text import triples_of
from ontology.terms import DCT


def read_statements(paths: Mapping[str, Path], known_on: date | None = None) -> Iterator[Statement]:
    """Yield the statements of all sources, literals exactly as written.

    With ``known_on`` only sources that existed by the end of that day are read; a source without a date is kept,
    since nothing says that it came later.
    """
    for source, path in sorted(paths.items()):
        said = list(read_source(source, path))
        if known_on is None or _existed(source, said, known_on):
            yield from said


def read_source(source: str, path: Path) -> Iterator[Statement]:
    """Yield the statements of one source file."""
    for triple in triples_of(path):
        yield as_statement(triple, source)


def as_statement(triple: ox.Triple, source: str) -> Statement:
    """Return a parsed triple as a statement of its source."""
    subject, value = triple.subject, triple.object
    assert isinstance(subject, ox.NamedNode)
    if isinstance(value, ox.NamedNode):
        return Statement(subject.value, triple.predicate.value, value.value, source)
    assert isinstance(value, ox.Literal)
    return Statement(
        subject.value, triple.predicate.value, value.value, source, value.datatype.value, value.language
    )


def _existed(source: str, said: Iterable[Statement], day: date) -> bool:
    dates = [s.value for s in said if s.subject == source and s.predicate == DCT.date]
    return not dates or any((first := parse_date(text).first) is not None and first <= day for text in dates)
