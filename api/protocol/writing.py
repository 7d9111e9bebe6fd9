"""Small descriptions in RDF: a subject with its properties, written a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontology.terms import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontology.text import Text

Value = ox.NamedNode | ox.BlankNode | ox.Literal


def said_of(
    subject: ox.NamedNode | ox.BlankNode, kind: str, *facts: tuple[str, Value | Text | str | int | None]
) -> Iterator[ox.Triple]:
    """Yield the class of a subject and its facts; a text says it in two languages, None says nothing."""
    yield ox.Triple(subject, ox.NamedNode(RDF.type), ox.NamedNode(kind))
    for name, value in facts:
        for entry in _values(value):
            yield ox.Triple(subject, ox.NamedNode(name), entry)


def _values(value: Value | Text | str | int | None) -> Iterator[Value]:
    if isinstance(value, Value):
        yield value
    elif isinstance(value, int):
        yield ox.Literal(str(value), datatype=ox.NamedNode(XSD.integer))
    elif isinstance(value, str):
        yield ox.Literal(value)
    elif value is not None:
        yield ox.Literal(value.de, language="de")
        yield ox.Literal(value.en, language="en")


def iri_or_none(address: str) -> ox.NamedNode | None:
    """Return an address as a term; None where it is empty."""
    return ox.NamedNode(address) if address else None
