"""What goes into a query beside its text, and what comes out of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

Kind = Literal["select", "ask", "construct"]


class ResultFormat(Enum):
    """The formats an answer can have; tables answer SELECT and ASK, the others CONSTRUCT and DESCRIBE."""

    JSON = "application/sparql-results+json"
    XML = "application/sparql-results+xml"
    CSV = "text/csv"
    TSV = "text/tab-separated-values"
    TURTLE = "text/turtle"
    NTRIPLES = "application/n-triples"
    NQUADS = "application/n-quads"
    TRIG = "application/trig"
    RDFXML = "application/rdf+xml"
    JSONLD = "application/ld+json"

    @property
    def is_table(self) -> bool:
        """Tell whether this format holds solutions, not triples."""
        return self in _TABLES

    @property
    def media_type(self) -> str:
        """The value for Content-Type."""
        return f"{self.value}; charset=utf-8" if self.value.startswith("text/") else self.value


_TABLES = frozenset({ResultFormat.JSON, ResultFormat.XML, ResultFormat.CSV, ResultFormat.TSV})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take.

    ``seconds`` on the clock, ``rows`` (then the answer is cut and says so), ``bytes`` of answer and of
    ``memory``, ``query_bytes`` of its own text, and ``wait``: seconds in line for a free worker.
    """

    seconds: float = 5.0
    rows: int = 10_000
    bytes: int = 64 * 2**20
    memory: int = 2**30
    query_bytes: int = 64 * 2**10
    wait: float = 1.0

    def __post_init__(self) -> None:
        """Raise ValueError for a limit that allows nothing."""
        if min(self.seconds, self.rows, self.bytes, self.memory, self.query_bytes) <= 0 or self.wait < 0:
            raise ValueError(self)


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term outside of any engine: put into a query for a variable, or read from an answer."""

    kind: Literal["iri", "literal", "blank", "triple"]
    value: str
    lang: str | None = None
    datatype: str | None = None


Cell = Term


def iri(value: str) -> Term:
    """Return the term for an address."""
    return Term("iri", value)


def literal(value: str, *, lang: str | None = None, datatype: str | None = None) -> Term:
    """Return the term for a value, plain, in a language or of a datatype."""
    return Term("literal", value, lang, datatype)


_KINDS: dict[str, Literal["iri", "literal", "blank", "triple"]] = {
    "uri": "iri",
    "literal": "literal",
    "typed-literal": "literal",
    "bnode": "blank",
    "triple": "triple",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one query, serialised.

    ``rows`` counts solutions or triples; ``truncated`` says that there are more.
    """

    kind: Kind
    body: bytes
    rows: int
    truncated: bool
    format: ResultFormat

    @property
    def media_type(self) -> str:
        """The value for Content-Type."""
        return self.format.media_type

    def columns(self) -> list[str]:
        """Return the names of the variables, in the order asked for; of JSON answers to SELECT."""
        return list(self._document()["head"].get("vars", []))

    def bindings(self) -> list[dict[str, Cell]]:
        """Return one cell per bound variable and row; of JSON answers to SELECT."""
        rows = self._document()["results"]["bindings"]
        return [{name: _read_cell(value) for name, value in row.items()} for row in rows]

    def holds(self) -> bool:
        """Return what ASK found; of JSON answers."""
        return bool(self._document()["boolean"])

    def _document(self) -> dict[str, Any]:
        if self.format is not ResultFormat.JSON:
            raise ValueError(self.format)
        document: dict[str, Any] = json.loads(self.body)
        return document


def _read_cell(value: dict[str, Any]) -> Cell:
    """Return one value of a SPARQL 1.1 JSON answer (section 3.2.2); a triple keeps its JSON text."""
    content = value["value"]
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return Term(_KINDS[value["type"]], text, value.get("xml:lang"), value.get("datatype"))
