"""How kinds and relations are drawn and worded: read from the vocabulary, never decided in code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ontology.text
    from graph.network.build import Network
    from ontology.vocabulary import Vocabulary

#: What the lanes show unless asked otherwise: who plans, what, for whom, by which means.
USUAL_KINDS = ("OrganizationalUnit", "Plan", "TargetGroup", "SteeringInstrument")

MODALITIES: Mapping[str, Text] = {
    "fact": Text("Tatsache", "fact"),
    "intention": Text("Absicht", "intention"),
    "demand": Text("Forderung", "demand"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A class that is drawn as a node: its name, lane (0 is leftmost), shape and colour."""

    name: str
    label: Text
    lane: int
    shape: str
    colour: str


@dataclass(frozen=True, slots=True)
class Relation:
    """How a relation reads from its subject, and back from its object."""

    label: Text
    inverse: Text


@dataclass(frozen=True, slots=True)
class Legend:
    """All kinds that are drawn, by name from the leftmost lane on, and the wording of relations and codes.

    ``edges`` are the classes drawn as edges, with the properties that give their two ends.
    """

    kinds: Mapping[str, Kind]
    edges: Mapping[str, tuple[str, str]]
    relations: Mapping[str, Relation]
    codes: Mapping[str, Text]

    def wording(self, relation: str) -> Relation:
        """Return the wording of a relation; its bare name where the vocabulary has none."""
        bare = relation.replace("_", " ")
        return self.relations.get(relation) or Relation(
            Text(bare, bare), Text(f"umgekehrt: {bare}", f"in reverse: {bare}")
        )


def legend_of(vocabulary: Vocabulary) -> Legend:
    """Return what the vocabulary says about drawing and wording, kinds from the leftmost lane on."""
    kinds = [
        Kind(term.name, _text(term.label), term.lane, term.shape, term.colour)
        for term in vocabulary.classes.values()
        if term.drawn_as == "node" and term.lane is not None and term.shape and term.colour
    ]
    kinds.sort(key=lambda kind: (kind.lane, kind.name))
    return Legend(
        {kind.name: kind for kind in kinds}, _edges(vocabulary), _relations(vocabulary), _codes(vocabulary)
    )


def _edges(vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    names = {iri: term.name for iri, term in vocabulary.properties.items()}
    return {
        term.name: (names[term.edge_from], names[term.edge_to])
        for term in vocabulary.classes.values()
        if term.drawn_as == "edge" and term.edge_from and term.edge_to
    }


def _relations(vocabulary: Vocabulary) -> dict[str, Relation]:
    """Return the wording of properties by name and of kinds of relation by the word typed in the tables."""
    found = {term.name: _relation(term.label, term.inverse_label) for term in vocabulary.properties.values()}
    for term in vocabulary.classes.values():
        if term.drawn_as == "edge":
            found[term.name] = Relation(_text(term.label), _text(term.label))
    for concept in vocabulary.schemes["relation-kind"].concepts.values():
        shortcut = vocabulary.properties.get(concept.shortcut or "")
        found[concept.notation] = _relation(concept.label, shortcut.inverse_label if shortcut else None)
    return found


def _relation(label: ontology.text.Text, inverse: ontology.text.Text | None) -> Relation:
    back = _text(inverse) if inverse else Text(f"umgekehrt: {label.de}", f"in reverse: {label.en}")
    return Relation(_text(label), back)


def _codes(vocabulary: Vocabulary) -> dict[str, Text]:
    return {concept.iri: _text(concept.label) for concept in vocabulary.concepts.values()}


def _text(text: ontology.text.Text) -> Text:
    return Text(text.de, text.en)


def short_name(network: Network, key: str) -> str | None:
    """Return the everyday name of a department: its number and what it is for."""
    code = network.value(key, "identifier") if network.type(key) == "OrganizationalUnit" else None
    return f"{code} {network.label(key).removeprefix('Fachbereich ')}" if code else None
