"""What one source states, subject by subject: many times smaller than a set of statements, and sorted as it is read out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from graph.statement import Statement
from ontology.terms import RDF, XSD


class Term(NamedTuple):
    """The value of a statement: an IRI, or words with their datatype and language; ``datatype`` is None for an IRI."""

    value: str
    datatype: str | None = None
    lang: str | None = None


Fact = tuple[str, Term]
Triple = tuple[str, str, Term]


def words(said: str, lang: str | None = None) -> Term:
    """Return words as a term, in a language or in none.

    >>> words("ja", "de").lang
    'de'
    """
    return Term(said, RDF.langString if lang else XSD.string, lang)


class Stated:
    """The facts of one source by subject; what is said twice counts once."""

    __slots__ = ("by_subject",)

    def __init__(self) -> None:
        # property, term, property, term … in one list: a pair of its own for each fact would take three times the memory
        self.by_subject: defaultdict[str, list[Any]] = defaultdict(list)

    def add(self, subject: str, predicate: str, term: Term) -> None:
        """Add a fact."""
        self.by_subject[subject] += (predicate, term)

    def facts(self, subject: str) -> Iterable[Fact]:
        """Return the facts about a subject, each once, in the order they were added."""
        return facts_in(self.by_subject.get(subject, []))

    def triples(self) -> Iterator[Triple]:
        """Yield every fact with its subject."""
        for subject, flat in self.by_subject.items():
            for predicate, term in facts_in(flat):
                yield subject, predicate, term

    def statements(self, source: str) -> Iterator[Statement]:
        """Yield the facts as statements of their source."""
        for subject, predicate, term in self.triples():
            yield Statement(subject, predicate, term.value, source, term.datatype, term.lang)

    def __iter__(self) -> Iterator[str]:
        r"""Yield the lines of sorted N-Triples: the same facts always give the same lines.

        >>> stated = Stated()
        >>> stated.add("urn:a", "urn:b", words("ja", "de"))
        >>> list(stated)
        ['<urn:a> <urn:b> "ja"@de .\n']
        """
        for subject in sorted(self.by_subject, key=_bracketed):
            flat = self.by_subject[subject]
            begin = f"<{subject}> <"
            lines = [f"{begin}{predicate}> {_written(term)} .\n" for predicate, term in facts_in(flat)]
            lines.sort()
            yield from lines


def facts_in(flat: list[Any]) -> Iterable[Fact]:
    """Return the pairs of a flat list, each once."""
    return dict.fromkeys(zip(flat[::2], flat[1::2], strict=True))


def _bracketed(subject: str) -> str:
    """Return what sorts subjects as their lines sort: the bracket behind the IRI counts too."""
    return subject + ">"


def _written(term: Term) -> str:
    """Return a term as N-Triples writes it."""
    value, datatype, lang = term
    if datatype is None:
        return f"<{value}>"
    if "\\" in value or '"' in value or "\n" in value or "\r" in value:
        value = value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"').replace("\r", "\\r")
    return f'"{value}"{_mark(datatype, lang)}'


@lru_cache(maxsize=1024)
def _mark(datatype: str, lang: str | None) -> str:
    """Return what stands behind the words of a literal."""
    if lang:
        return f"@{lang}"
    return "" if datatype == XSD.string else f"^^<{datatype}>"
