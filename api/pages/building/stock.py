"""What the store really has to choose from: classes, and the relations of their things, both ways and on from there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from api.pages.building.facets import MOST_STEPS, classes_text, ends_text, steps_text
from api.pages.building.query import Group, Path, Step, Tree
from api.pages.frame.kinds import kinds
from api.wording.question_texts import QUESTION_TEXTS
from api.wording.texts import capital
from graph.network.build import local_name
from graph.store.query.answer import ResultFormat
from ontology.terms import PW, RDF, SKOS
from ontology.text import Text
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.pages.frame.call import Call
    from graph.store.query.answer import Term
    from ontology.vocabulary import PropertyTerm

#: Properties that say how a table was typed or where it came from.
_ASIDE = frozenset({RDF.type, SKOS.inScheme, PW.cellOf, PW.place, PW.asTyped, PW.deliveredIn, PW.rowOrder})
#: Classes of the vocabulary itself.
_OF_LISTS = frozenset({"Concept", "ConceptScheme", "EmptyKind"})
BETWEEN = "/"


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class with its name for many and how many things there are of it."""

    name: str
    iri: str
    many: Text
    count: int


@dataclass(frozen=True, slots=True)
class Relation:
    """A property as things have it, or as others point to them by it: for how many things, and of which class the others are.

    ``end`` is the local name of that class where all are of one; ``leads`` tells whether things stand there at all.
    """

    key: str
    term: PropertyTerm
    label: Text
    step: Step
    count: int
    leads: bool
    end: str | None

    @property
    def shown(self) -> Text:
        """What a list of choices says: the property, and what it leads to."""
        if self.end is None or self.end not in kinds():
            return self.label
        one, many = kinds()[self.end].one, kinds()[self.end].many
        if any(name.de.casefold() in self.label.de.casefold() for name in (one, many)):
            return self.label
        return Text(f"{self.label.de} → {many.de}", f"{self.label.en} → {many.en}")


@dataclass(frozen=True, slots=True)
class Trail:
    """Relations one after the other: of the things asked for, of what stands there, and so on."""

    relations: tuple[Relation, ...]

    @property
    def key(self) -> str:
        """How an address names the trail."""
        return BETWEEN.join(one.key for one in self.relations)

    @property
    def label(self) -> Text:
        """What people read."""
        return Text(
            " › ".join(one.label.de for one in self.relations),
            " › ".join(one.label.en for one in self.relations),
        )

    @property
    def last(self) -> Relation:
        """The relation at its end."""
        return self.relations[-1]

    @property
    def path(self) -> Path:
        """The trail as the query follows it."""
        return tuple(one.step for one in self.relations)

    @property
    def variable(self) -> str:
        """The name of its column in an answer."""
        return "_".join(f"{one.term.name}{'' if one.step.forward else 'Of'}" for one in self.relations)

    @property
    def day_path(self) -> Path | None:
        """The path to the day of a date that can be compared; None where it ends in something else."""
        day = self.last.term.day_property if self.last.step.forward else None
        return (*self.path[:-1], Step(day)) if day else None

    @property
    def group(self) -> Group:
        """The trail as what is counted by, dates by their year."""
        day = self.day_path
        return Group(self.variable, day or self.path, by_year=day is not None)

    @property
    def named(self) -> Text:
        """What the column of a group is called."""
        if self.day_path is None:
            return self.label
        year = QUESTION_TEXTS["builder.year"]
        return Text(*(year[lang].format(name=self.label[lang]) for lang in ("de", "en")))


def class_choices(call: Call) -> Mapping[str, ClassChoice]:
    """Return the classes that have things, by local name, in the order of lists."""

    def make() -> Mapping[str, ClassChoice]:
        counts = {row["class"].value: int(row["things"].value) for row in rows_of(call, classes_text())}
        iris = {local_name(iri): iri for iri in counts if iri in load_vocabulary().classes}
        return {
            name: ClassChoice(name, iris[name], kind.many, counts[iris[name]])
            for name, kind in kinds().items()
            if name in iris and name not in _OF_LISTS
        }

    return call.keep("builder classes", make)


def relations(call: Call, class_: str, path: Path = ()) -> Mapping[str, Relation]:
    """Return the relations that the things at the end of a path have and those that lead to them, most frequent first."""

    def make() -> Mapping[str, Relation]:
        counts, ends = step_counts(call, Tree(class_), path), _ends(call, class_, path)
        found = [
            relation
            for key, count in counts.items()
            if (relation := _relation(key, count, ends[key], first=not path))
        ]
        found.sort(key=lambda one: (not one.step.forward, -one.count, one.label.de))
        return {one.key: one for one in found}

    return call.keep("builder relations", make, class_, path)


def step_counts(call: Call, tree: Tree, path: Path = ()) -> Mapping[str, int]:
    """Return for how many of the things found each relation is recorded at the end of a path, by its key."""

    def make() -> Mapping[str, int]:
        return {
            _key(row["property"].value, forward=forward): int(row["things"].value)
            for forward in (True, False)
            for row in rows_of(call, steps_text(tree, path, forward=forward))
        }

    return call.keep("builder steps", make, tree, path)


def _ends(call: Call, class_: str, path: Path) -> Mapping[str, set[str]]:
    """Return the classes of what stands behind each relation, by its key."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for forward in (True, False):
        for row in rows_of(call, ends_text(class_, path, forward=forward)):
            found[_key(row["property"].value, forward=forward)].add(local_name(row["class"].value))
    return found


def _key(iri: str, *, forward: bool) -> str:
    term = load_vocabulary().properties.get(iri)
    name = term.name if term else iri
    return name if forward else f"~{name}"


@cache
def _terms() -> Mapping[str, PropertyTerm]:
    """Return the properties that can be chosen, by name: not the days computed from dates, for those are offered."""
    every = load_vocabulary().properties
    days = {term.day_property for term in every.values()}
    return {term.name: term for iri, term in every.items() if iri not in _ASIDE and iri not in days}


def _relation(key: str, count: int, ends: set[str], *, first: bool) -> Relation | None:
    forward = not key.startswith("~")
    term = _terms().get(key.removeprefix("~"))
    if term is None or (term.iri == SKOS.prefLabel and not (first and forward)):
        return None
    label = term.label if forward else term.inverse_label
    if label is None:
        return None
    if term.iri == SKOS.prefLabel:
        label = QUESTION_TEXTS["builder.name"]
    (end,) = ends if len(ends) == 1 else (None,)
    return Relation(key, term, capital(label), Step(term.iri, forward), count, bool(ends - _OF_LISTS), end)


def is_known(key: str) -> bool:
    """Tell whether there are such relations at all, whether or not things of the class have them."""
    parts = key.split(BETWEEN)
    return len(parts) <= MOST_STEPS and all(part.removeprefix("~") in _terms() for part in parts)


def trail_of(call: Call, class_: str, key: str) -> Trail | None:
    """Return the trail that a key names; None where things of the class have none such."""
    found: list[Relation] = []
    for part in key.split(BETWEEN):
        known = relations(call, class_, tuple(one.step for one in found))
        if part not in known:
            return None
        found.append(known[part])
    return Trail(tuple(found))


def rows_of(call: Call, text: str) -> list[dict[str, Term]]:
    """Return the rows of the answer to a query."""
    return call.site.workspace.host().query(text, accept=ResultFormat.JSON).bindings()
