"""A statement: who or what, which property, which value, and the source that says so."""

from __future__ import annotations

from typing import NamedTuple


class Statement(NamedTuple):
    """One RDF statement in the named graph of its source; ``datatype`` is None where ``value`` is an IRI."""

    subject: str
    predicate: str
    value: str
    source: str
    datatype: str | None = None
    lang: str | None = None

    @property
    def is_iri(self) -> bool:
        """Whether the value is a thing, not a literal."""
        return self.datatype is None
