"""What stands at the end of a trail: the values that occur, how an address names them, and which are meant by what is typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from api.pages.asking.answers import entry_of
from api.pages.building.facets import values_text
from api.pages.building.stock import rows_of
from api.pages.inventory.search import fold
from graph.output.charts.fields import number_of
from graph.store.query.answer import Term
from ontology.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.pages.building.query import Tree
    from api.pages.building.stock import Trail
    from api.pages.frame.call import Call
    from ontology.text import Text

_LITERAL = re.compile(
    r'"(?P<text>.*)"(?:@(?P<lang>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(?P<type>[^\s<>"{}|\\^`]+))?', re.DOTALL
)
MOST_TO_CHOOSE = 20
SHORT_LIST = 40
"""A list of more values is a field to type into."""


@dataclass(frozen=True, slots=True)
class Value:
    """What stands at the end of a trail: its key in the address, what people read, for how many things."""

    key: str
    text: Text
    term: Term
    count: int


def values(call: Call, tree: Tree, trail: Trail) -> tuple[Value, ...]:
    """Return what stands at the end of a trail from the things found, most frequent first."""

    def make() -> tuple[Value, ...]:
        rows = rows_of(call, values_text(tree, trail.path))
        return tuple(_value(call, row) for row in rows if row["value"].kind in {"iri", "literal"})

    return call.keep("builder values", make, tree, trail.key)


def _value(call: Call, row: Mapping[str, Term]) -> Value:
    term = row["value"]
    text = entry_of(call.network, term, row.get("valueLabel")).text
    return Value(key_of(term, call.network.base), text, term, int(row["things"].value))


def is_numeric(found: tuple[Value, ...]) -> bool:
    """Tell whether all values are numbers."""
    return bool(found) and all(number_of(value.term) is not None for value in found)


def key_of(term: Term, base: str) -> str:
    """Return how the address names a term: things by id, other addresses whole, values in quotes."""
    if term.kind == "iri":
        return term.value.removeprefix(base)
    quoted = f'"{term.value}"'
    if term.lang:
        return f"{quoted}@{term.lang}"
    return quoted if term.datatype in {None, XSD.string} else f"{quoted}^^{term.datatype}"


def term_of(key: str) -> Term | None:
    """Return the term that a key names; None where it is no key but something typed."""
    found = _LITERAL.fullmatch(key)
    term = Term("literal", found["text"], found["lang"], found["type"]) if found else Term("iri", key)
    if found is None and not key.startswith(("http://", "https://")):
        return None
    return term if _is_sound(term) else None


def _is_sound(term: Term) -> bool:
    """Tell whether there is such a term: its addresses and its language are spelt as they must be."""
    try:
        if term.kind == "iri":
            ox.NamedNode(term.value)
        else:
            datatype = ox.NamedNode(term.datatype) if term.datatype else None
            ox.Literal(term.value, language=term.lang, datatype=datatype)
    except ValueError:
        return False
    return True


def meant(found: tuple[Value, ...], typed: str) -> tuple[Value, ...]:
    """Return the values that somebody means by a key or a name: the one so called, else all that have its words."""
    exact = [value for value in found if value.key == typed]
    if exact:
        return tuple(exact)
    words = fold(typed).split()
    called = [value for value in found if fold(typed).strip() in {fold(value.text.de), fold(value.text.en)}]
    if called or not words:
        return tuple(called)
    return tuple(
        v for v in found if any(all(w in fold(text) for w in words) for text in (v.text.de, v.text.en))
    )
