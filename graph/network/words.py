"""The vocabulary as the network needs it: which classes are nodes, what relations are called, of which kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ontology.terms import PW, SKOS
from ontology.text import Text
from ontology.vocabulary import Concept, Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_NODES = frozenset({SKOS.Concept, SKOS.ConceptScheme, PW.PlanRelation})


@dataclass(frozen=True)
class Words:
    """Look-ups by local name (``leadUnit``) or by the notation of a relation kind (``wirkt_mit_an``)."""

    vocabulary: Vocabulary

    @cached_property
    def node_classes(self) -> frozenset[str]:
        """The classes whose things are nodes; plan relations are edges, codes are values."""
        return frozenset(self.vocabulary.classes) - _NO_NODES

    @cached_property
    def _kinds(self) -> Mapping[str, Concept]:
        return self.vocabulary.schemes["relation-kind"].concepts

    @cached_property
    def shortcuts(self) -> Mapping[str, str]:
        """The direct properties that factual relations become, with the notation of their kind."""
        return {kind.shortcut: kind.notation for kind in self._kinds.values() if kind.shortcut}

    @cached_property
    def superseding(self) -> tuple[str, ...]:
        """The relations by which a plan takes the place of another."""
        return tuple(sorted(kind.notation for kind in self._kinds.values() if kind.supersedes))

    def relations_of_family(self, family: str) -> frozenset[str]:
        """Return the relation kinds of a family such as ``participation``, by notation."""
        return self._families.get(family, frozenset())

    @cached_property
    def _families(self) -> Mapping[str, frozenset[str]]:
        families = {kind.family for kind in self._kinds.values() if kind.family}
        return {
            family: frozenset(kind.notation for kind in self._kinds.values() if kind.family == family)
            for family in families
        }

    @cached_property
    def _properties(self) -> Mapping[str, Text]:
        by_name = sorted(
            self.vocabulary.properties.values(), key=lambda term: term.iri.startswith(PW.Plan[:-4])
        )
        return {term.name: term.label for term in by_name}

    def relation(self, name: str) -> Text:
        """Return what a property or relation kind is called; its bare name where no term has it."""
        kind = self._kinds.get(name)
        return kind.label if kind else self._properties.get(name, Text(name, name))

    def notation(self, iri: str) -> str | None:
        """Return the code as typed in tables for the IRI of a shipped concept."""
        concept = self.vocabulary.concepts.get(iri)
        return concept.notation if concept else None

    def code(self, iri: str | None) -> Concept | None:
        """Return the shipped concept with this IRI."""
        return self.vocabulary.concepts.get(iri) if iri else None

    def is_below(self, iri: str | None, slug: str) -> bool:
        """Whether a shipped concept is, or lies below, the concept with this slug."""
        concept = self.code(iri)
        if concept is None:
            return False
        above = (self.vocabulary.concepts[broader].slug for broader in self.vocabulary.ancestors(concept.iri))
        return concept.slug == slug or slug in above


def load_words() -> Words:
    """Return the look-ups over the shipped vocabulary."""
    return Words(load_vocabulary())
