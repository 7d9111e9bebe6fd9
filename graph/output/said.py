"""What every source states, looked up the ways that the cells of tables need it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.intake.stated import Stated, Term
from graph.statement import Statement
from ontology.tables import every_table
from ontology.terms import PW, RDF

#: The properties that rows are looked for by; columns that state a property of the thing they name come on top.
_SOUGHT = frozenset({RDF.type, PW.cellOf, PW.rowOrder, PW.deliveredIn})
Sought = tuple[str, str, str]
"""Subject, value and source of a fact whose property is known."""


@dataclass(frozen=True)
class Said:
    """What every source states, looked up the ways that cells need it."""

    sources: Mapping[str, Stated]
    base: str

    @classmethod
    def of(cls, statements: Iterable[Statement], base: str) -> Said:
        """Return what statements say."""
        sources: defaultdict[str, Stated] = defaultdict(Stated)
        for said in statements:
            sources[said.source].add(said.subject, said.predicate, Term(said.value, said.datatype, said.lang))
        return cls(dict(sources), base)

    def facts(self, subject: str, source: str) -> dict[str, list[Term]]:
        """Return what a source says of a subject, by property."""
        stated = self.sources.get(source)
        flat = stated.by_subject.get(subject, ()) if stated else ()
        found: dict[str, list[Term]] = {}
        for predicate, term in zip(flat[::2], flat[1::2], strict=True):
            if predicate not in found:
                found[predicate] = [term]
            elif term not in found[predicate]:
                found[predicate].append(term)
        return found

    def values(self, subject: str, predicate: str, source: str) -> list[str]:
        """Return the values of a property of a subject, as a source gives them."""
        return [term.value for term in self.facts(subject, source).get(predicate, ())]

    def anywhere(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property of a subject, whatever the source."""
        return [value for source in self.sources for value in self.values(subject, predicate, source)]

    @cached_property
    def sought(self) -> Mapping[str, list[Sought]]:
        """(subject, value, source) by property, of the properties that rows are looked for by."""
        inverse = {
            str(column.property) for table in every_table() for column in table.columns if column.inverse
        }
        wanted = _SOUGHT | inverse
        found: dict[str, dict[Sought, None]] = {predicate: {} for predicate in wanted}
        for source, stated in self.sources.items():
            for subject, flat in stated.by_subject.items():
                for predicate, value in zip(flat[::2], flat[1::2], strict=True):
                    if predicate in wanted:
                        found[predicate][subject, value[0], source] = None
        return {predicate: list(facts) for predicate, facts in found.items()}

    @cached_property
    def subjects(self) -> Mapping[tuple[str, str, str], list[str]]:
        """Subjects by (value, predicate, source), of the properties that columns state of the thing they name."""
        inverse = self.sought.keys() - _SOUGHT
        pairs = (
            ((value, predicate, source), subject)
            for predicate in inverse
            for subject, value, source in self.sought[predicate]
        )
        return _grouped(pairs)

    @cached_property
    def typed(self) -> Mapping[str, list[tuple[str, str]]]:
        """(subject, source) by class."""
        return _grouped((value, (subject, source)) for subject, value, source in self.sought[RDF.type])

    @cached_property
    def typed_cells(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """Cells kept as typed, by (subject, source) and column."""
        found: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for node, subject, source in self.sought[PW.cellOf]:
            (column,) = self.values(node, PW.column, source)
            (text,) = self.values(node, RDF.value, source)
            found[subject, source][column] = text
        return found

    @cached_property
    def delivered(self) -> Mapping[str, Mapping[str, str]]:
        """Source of the delivery by row key, by table name, as delivered; a table without rows is there too."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for subject, order, source in sorted(self.sought[PW.rowOrder]):
            (name,) = self.anywhere(subject, PW.tableName)
            rows = found[name]
            for key in filter(None, order.split("\n")):
                rows.setdefault(key, source)
        return found

    @cached_property
    def delivered_keys(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Row keys by (table name, source of the delivery), as delivered; a table without rows is there too."""
        return {
            (self.anywhere(subject, PW.tableName)[0], source): tuple(filter(None, order.split("\n")))
            for subject, order, source in self.sought[PW.rowOrder]
        }

    @cached_property
    def homes(self) -> frozenset[str]:
        """The sources that are deliveries of tables."""
        return frozenset(source for _, _, source in self.sought[PW.rowOrder])

    @cached_property
    def places(self) -> Mapping[str, Mapping[str, int]]:
        """Place of each row key by table name, as delivered."""
        return {name: {key: place for place, key in enumerate(rows)} for name, rows in self.delivered.items()}


def _grouped(pairs: Iterable[tuple[object, object]]) -> Mapping:  # type: ignore[type-arg]
    found: defaultdict[object, list[object]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)
