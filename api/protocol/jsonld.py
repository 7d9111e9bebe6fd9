"""JSON-LD as people write it: the words of the vocabulary as keys, explained by a context that this service gives out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ontology.terms import PREFIXES, RDF, XSD
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.statement import Statement

PATH = "/context.jsonld"
MEDIA = "application/ld+json"


@cache
def context() -> Mapping[str, Any]:
    """Return the context: prefixes, classes and properties by their names; a property of things takes their addresses.

    Of terms with the same name the first of our own goes by it, the others by their prefix.
    """
    known = load_vocabulary()
    entries: dict[str, Any] = {"@version": 1.1, **PREFIXES}
    for name, iri in _named(known.classes):
        entries.setdefault(name, iri)
    for name, iri in _named(known.properties):
        if name not in entries:
            entries[name] = (
                {"@id": iri, "@type": "@id"} if known.properties[iri].links_things else {"@id": iri}
            )
    return {"@context": entries}


def _named(terms: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return names and IRIs, our own terms first, so that theirs is the name where two share one."""
    ours = PREFIXES["pw"]
    return [(terms[iri].name, iri) for iri in sorted(terms, key=lambda iri: (not iri.startswith(ours), iri))]


@cache
def _keys() -> Mapping[str, tuple[str, bool]]:
    """Return the key of each term in the context, and whether it takes addresses."""
    entries = context()["@context"]
    found = {}
    for name, entry in entries.items():
        if isinstance(entry, dict):
            found[entry["@id"]] = name, entry.get("@type") == "@id"
        elif isinstance(entry, str) and name not in PREFIXES:
            found[entry] = name, False
    return found


def document(thing: str, statements: Iterable[Statement], root: str) -> dict[str, Any]:
    """Return what is said of a thing as one JSON object; ``root`` is the address of the service that has the context."""
    said: dict[str, list[Any]] = {}
    for statement in statements:
        key, value = _entry(statement)
        if value not in said.setdefault(key, []):
            said[key].append(value)
    facts = {key: values[0] if len(values) == 1 else values for key, values in said.items()}
    return {"@context": root + PATH, "@id": thing, **facts}


def _entry(statement: Statement) -> tuple[str, Any]:
    if statement.predicate == RDF.type:
        return "@type", _keys().get(statement.value, (statement.value, False))[0]
    key, takes_addresses = _keys().get(statement.predicate, (statement.predicate, False))
    if statement.is_iri:
        return key, statement.value if takes_addresses else {"@id": statement.value}
    if statement.lang:
        return key, {"@value": statement.value, "@language": statement.lang}
    if takes_addresses or statement.datatype not in (None, XSD.string):
        return key, {"@value": statement.value, "@type": statement.datatype or XSD.string}
    return key, statement.value
