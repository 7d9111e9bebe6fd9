"""What the store really has to choose from: classes, the relations of a class in both directions, and their values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from api.pages.asking.answers import entry_of
from api.pages.building.query import Step, classes_text, steps_text, values_text
from api.pages.frame.kinds import kinds
from api.pages.inventory.search import fold
from api.wording.texts import capital
from graph.network.build import local_name
from graph.output.charts.fields import number_of
from graph.store.query.answer import ResultFormat, Term
from ontology.terms import PW, RDF, SKOS, XSD
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.pages.frame.call import Call
    from ontology.text import Text
    from ontology.vocabulary import PropertyTerm

#: Properties that say how a table was typed or where it came from, and the names themselves.
_ASIDE = frozenset(
    {RDF.type, SKOS.prefLabel, SKOS.inScheme, PW.cellOf, PW.place, PW.asTyped, PW.deliveredIn, PW.rowOrder}
)
_LITERAL = re.compile(
    r'"(?P<text>.*)"(?:@(?P<lang>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(?P<type>[^\s<>"{}|\\^`]+))?', re.DOTALL
)
#: Classes of the vocabulary itself.
_OF_LISTS = frozenset({"Concept", "ConceptScheme", "EmptyKind"})
MOST_TO_CHOOSE = 20


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class with its name for many and how many things there are of it."""

    name: str
    iri: str
    many: Text
    count: int


@dataclass(frozen=True, slots=True)
class Relation:
    """A property as things of a class have it, or as others point to them by it; counts say for how many things."""

    key: str
    term: PropertyTerm
    label: Text
    step: Step
    things: int
    others: int

    @property
    def variable(self) -> str:
        """The name of its column in an answer."""
        return self.term.name if self.step.forward else f"{self.term.name}Of"

    @property
    def day(self) -> str | None:
        """The property that holds its day, where it is a date that can be compared."""
        return self.term.day_property if self.step.forward else None


@dataclass(frozen=True, slots=True)
class Value:
    """What stands at the end of a relation: its key in the address, what people read, for how many things."""

    key: str
    text: Text
    term: Term
    count: int


def class_choices(call: Call) -> Mapping[str, ClassChoice]:
    """Return the classes that have things, by local name, in the order of lists."""

    def make() -> Mapping[str, ClassChoice]:
        counts = {row["class"].value: int(row["things"].value) for row in _rows(call, classes_text())}
        iris = {local_name(iri): iri for iri in counts if iri in load_vocabulary().classes}
        return {
            name: ClassChoice(name, iris[name], kind.many, counts[iris[name]])
            for name, kind in kinds().items()
            if name in iris and name not in _OF_LISTS
        }

    return call.keep("builder classes", make)


def relations(call: Call, chosen: ClassChoice) -> Mapping[str, Relation]:
    """Return the relations that things of a class have and those that lead to them, most frequent first."""

    def make() -> Mapping[str, Relation]:
        found = [
            relation
            for forward in (True, False)
            for row in _rows(call, steps_text(chosen.iri, forward=forward))
            if (relation := _relation(row, forward=forward))
        ]
        found.sort(key=lambda one: (not one.step.forward, -one.things, one.label.de))
        return {one.key: one for one in found}

    return call.keep("builder relations", make, chosen.name)


def _relation(row: Mapping[str, Term], *, forward: bool) -> Relation | None:
    iri = row["property"].value
    term = load_vocabulary().properties.get(iri)
    if term is None or iri in _ASIDE or term.iri in _days():
        return None
    label = term.label if forward else term.inverse_label
    if label is None:
        return None
    key = term.name if forward else f"~{term.name}"
    counts = (int(row["things"].value), int(row["others"].value))
    return Relation(key, term, capital(label), Step(iri, forward), *counts)


def _days() -> frozenset[str]:
    """Return the properties that hold days computed from dates: the dates themselves are offered."""
    return frozenset(filter(None, (term.day_property for term in load_vocabulary().properties.values())))


def values(call: Call, chosen: ClassChoice, relation: Relation) -> tuple[Value, ...]:
    """Return what stands at the end of a relation, most frequent first."""

    def make() -> tuple[Value, ...]:
        rows = _rows(call, values_text(chosen.iri, relation.step))
        return tuple(_value(call, row) for row in rows if row["value"].kind in {"iri", "literal"})

    return call.keep("builder values", make, chosen.name, relation.key)


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


def _rows(call: Call, text: str) -> list[dict[str, Term]]:
    return call.site.workspace.host().query(text, accept=ResultFormat.JSON).bindings()
