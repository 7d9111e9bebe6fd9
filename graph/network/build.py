"""From statements to one typed multigraph: things are nodes, references and relations are edges, the rest are values.

Every edge and value keeps the sources that say it. Rows of ``pw:PlanRelation`` become edges that carry their modality:
a demanded coordination is an edge, but never a fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import networkx as nx

from graph.network.words import Words, load_words
from graph.statement import Statement
from ontology.terms import PW, RDF, SKOS

FACT = "fact"
_ALL = "*"


class Value(NamedTuple):
    """A literal or a code of a thing, and the source that says it; ``iri`` is set for codes."""

    text: str
    source: str
    iri: str | None = None
    lang: str | None = None
    datatype: str | None = None


class Link(NamedTuple):
    """An edge as seen from one of its ends."""

    origin: str
    relation: str
    target: str
    modality: str
    sources: tuple[str, ...]
    key: str


@dataclass(frozen=True)
class Network:
    """The typed multigraph and quick ways to read it. Nodes are IRIs."""

    base: str
    multigraph: nx.MultiDiGraph[str]
    words: Words
    ids: Mapping[str, str] = field(default_factory=dict)

    def iri(self, local: str) -> str | None:
        """Return the node with a local id (``p-sep1``), or None."""
        return self.ids.get(local)

    def id(self, node: str) -> str:
        """Return the local id of a node."""
        return node.removeprefix(self.base)

    def type(self, node: str) -> str:
        """Return the class of a node by its local name, for instance ``Plan``."""
        return str(self._things[node]["type"])

    def label(self, node: str) -> str:
        """Return the name of a node; its id where no source gives a name."""
        return str(self._things[node]["label"])

    @cached_property
    def _things(self) -> Mapping[str, Mapping[str, Any]]:
        return dict(self.multigraph.nodes(data=True))

    def values(self, node: str, name: str) -> list[Value]:
        """Return all values of a property, with their sources; empty where nothing is stated."""
        return list(self._things[node]["values"].get(name, ()))

    def value(self, node: str, name: str) -> str | None:
        """Return the first value of a property as text; None where nothing is stated."""
        held = self._things[node]["values"].get(name)
        return held[0].text if held else None

    @cached_property
    def _by_type(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for node, kind in self.multigraph.nodes(data="type"):
            found[kind].append(node)
        return {kind: tuple(sorted(nodes)) for kind, nodes in found.items()}

    def of_type(self, kind: str) -> tuple[str, ...]:
        """Return all nodes of a class, sorted by IRI."""
        return self._by_type.get(kind, ())

    def all_of(self, kind: str) -> frozenset[str]:
        """Return all nodes of a class as a set."""
        found = self._all_of.get(kind)
        if found is None:
            found = self._all_of[kind] = frozenset(self.of_type(kind))
        return found

    @cached_property
    def _all_of(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _outgoing(self) -> dict[str, Mapping[str, tuple[Link, ...]]]:
        """The edges from each node that was asked for, sorted and by relation."""
        return {}

    @cached_property
    def _incoming(self) -> dict[str, Mapping[str, tuple[Link, ...]]]:
        return {}

    def _from(self, node: str) -> Mapping[str, tuple[Link, ...]]:
        found = self._outgoing.get(node)
        if found is None:
            found = self._outgoing[node] = _by_relation(
                (node, target, key, data)
                for target, keyed in self._adjacent.get(node, {}).items()
                for key, data in keyed.items()
            )
        return found

    @cached_property
    def _adjacent(self) -> Mapping[str, Mapping[str, Mapping[str, Mapping[str, Any]]]]:
        """The nodes each node points to, with the edges between: plain, since the views of it take longer to read."""
        return dict(self.multigraph.adjacency())

    def _to(self, node: str) -> Mapping[str, tuple[Link, ...]]:
        found = self._incoming.get(node)
        if found is None:
            there = node in self.multigraph
            edges = self.multigraph.in_edges(node, keys=True, data=True) if there else ()
            found = self._incoming[node] = _by_relation(edges)
        return found

    def links_by_relation(self, node: str) -> Mapping[str, tuple[Link, ...]]:
        """Return the edges that start at a node by their relation, each sorted; under ``*`` all of them."""
        return self._from(node)

    def links_from(self, node: str, relation: str | None = None) -> tuple[Link, ...]:
        """Return the edges that start at a node, of one relation or of all, sorted."""
        return _chosen(self._from(node), relation)

    def links_to(self, node: str, relation: str | None = None) -> tuple[Link, ...]:
        """Return the edges that end at a node, of one relation or of all, sorted."""
        return _chosen(self._to(node), relation)

    def targets(self, node: str, relation: str) -> tuple[str, ...]:
        """Return the nodes that ``node`` points to as a matter of fact, sorted."""
        found = self._targets.get((node, relation))
        if found is None:
            links = self.links_from(node, relation)
            found = _distinct([link.target for link in links if link.modality == FACT])
            self._targets[node, relation] = found
        return found

    def links_between(self, origin: str, target: str) -> tuple[Link, ...]:
        """Return the edges from one node to another, sorted."""
        if not self.multigraph.has_edge(origin, target):
            return ()
        return tuple(link for link in self.links_from(origin) if link.target == target)

    def above(self, node: str, relation: str) -> frozenset[str]:
        """Return all that is reached by following ``relation`` as a fact, without the node itself; cycles do no harm."""
        found = self._above.get((node, relation))
        if found is None:
            found = self._above[node, relation] = frozenset(self._reached(node, relation) - {node})
        return found

    def _reached(self, node: str, relation: str) -> set[str]:
        found: set[str] = set()
        waiting = [node]
        while waiting:
            fresh = set(self.targets(waiting.pop(), relation)) - found
            found |= fresh
            waiting.extend(fresh)
        return found

    def origins(self, node: str, relation: str) -> tuple[str, ...]:
        """Return the nodes that point to ``node`` as a matter of fact, sorted."""
        found = self._origins.get((node, relation))
        if found is None:
            links = self.links_to(node, relation)
            found = _distinct([link.origin for link in links if link.modality == FACT])
            self._origins[node, relation] = found
        return found

    @cached_property
    def _targets(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """What was already looked up: many rules ask for the same."""
        return {}

    @cached_property
    def _origins(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {}

    @cached_property
    def _above(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    @cached_property
    def worded(self) -> dict[Link, Any]:
        """What was already put into words for an edge: rules that share evidence word it once."""
        return {}

    @cached_property
    def drawn(self) -> dict[str, Any]:
        """What pictures worked out of the whole network once: its lines, and what stands with what."""
        return {}

    @cached_property
    def cited(self) -> dict[str, Any]:
        """What was already looked up of a source: its id, date and address."""
        return {}

    @cached_property
    def assigned(self) -> Mapping[str, frozenset[str]]:
        """The properties, by source, that its delivery marks as assigned and not stated by the source."""
        return {
            source: frozenset(
                value.text.rpartition("#")[2]
                for delivery in self.targets(source, "deliveredIn")
                for value in self.values(delivery, "assigns")
            )
            for source in self.of_type("Source")
        }

    def source_of(self, node: str) -> str | None:
        """Return the source whose statements describe a node."""
        source = self._things[node].get("source")
        return None if source is None else str(source)


def _distinct(nodes: Sequence[str]) -> tuple[str, ...]:
    """Return nodes once each; links come sorted, so the nodes at their other ends do too."""
    return tuple(dict.fromkeys(nodes)) if len(nodes) > 1 else tuple(nodes)


def _chosen(by_relation: Mapping[str, tuple[Link, ...]], relation: str | None) -> tuple[Link, ...]:
    return by_relation.get(_ALL if relation is None else relation, ())


def _by_relation(edges: Iterable[tuple[str, str, str, Mapping[str, Any]]]) -> Mapping[str, tuple[Link, ...]]:
    links = sorted(
        [
            Link(origin, data["relation"], target, data["modality"], data["sources"], key)
            for origin, target, key, data in edges
        ]
    )
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        found[link.relation].append(link)
    return {_ALL: tuple(links), **{name: tuple(group) for name, group in found.items()}}


def build_network(statements: Iterable[Statement], base: str) -> Network:
    """Return the network of what the sources say.

    A statement about a thing that no source describes (no ``rdf:type``) is not drawn.
    """
    return _Builder(list(statements), base, load_words()).network()


class _Builder:
    def __init__(self, statements: list[Statement], base: str, words: Words) -> None:
        self.statements = statements
        self.base = base
        self.words = words
        self.multigraph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.relations: dict[str, dict[str, Statement]] = {}
        self.codes: dict[str, str] = {}
        self.direct: list[tuple[Statement, str]] = []

    def network(self) -> Network:
        self._add_nodes()
        for statement in self.statements:
            self._add_value_or_edge(statement)
        self._add_relations()
        for _, data in self.multigraph.nodes(data=True):
            names = data["values"].get("prefLabel", ())
            german = next((name.text for name in names if name.lang == "de"), None)
            data["label"] = german or (names[0].text if names else data["id"])
        ids = {data["id"]: node for node, data in self.multigraph.nodes(data=True)}
        return Network(self.base, self.multigraph, self.words, ids)

    def _add_nodes(self) -> None:
        for statement in self.statements:
            if statement.predicate == RDF.type:
                self._add_node(statement)
            elif statement.predicate == SKOS.notation:
                self.codes[statement.subject] = statement.value

    def _add_node(self, statement: Statement) -> None:
        if statement.value == PW.PlanRelation:
            self.relations[statement.subject] = {}
        elif statement.value in self.words.node_classes:
            self.multigraph.add_node(
                statement.subject,
                id=statement.subject.removeprefix(self.base),
                type=local_name(statement.value),
                label="",
                values={},
                source=statement.source,
            )

    def _add_value_or_edge(self, statement: Statement) -> None:
        subject, name = statement.subject, local_name(statement.predicate)
        if subject in self.relations:
            self.relations[subject][name] = statement
        elif subject not in self.multigraph:
            return
        elif statement.is_iri and statement.value in self.multigraph:
            kind = self.words.shortcuts.get(statement.predicate)
            if kind is None:
                self._add_edge(subject, name, statement.value, FACT, statement.source, key=name)
            else:
                self.direct.append((statement, kind))
        elif statement.predicate != RDF.type:
            self._add_value(statement, name)

    def _add_value(self, statement: Statement, name: str) -> None:
        values = self.multigraph.nodes[statement.subject]["values"].setdefault(name, [])
        code = self.words.notation(statement.value) if statement.is_iri else None
        text = code or self.codes.get(statement.value) or statement.value
        values.append(
            Value(
                text,
                statement.source,
                statement.value if statement.is_iri else None,
                statement.lang,
                statement.datatype,
            )
        )

    def _add_edge(
        self, origin: str, relation: str, target: str, modality: str, source: str, key: str
    ) -> None:
        held = self.multigraph.get_edge_data(origin, target, key)
        sources = tuple(sorted({source, *(held["sources"] if held else ())}))
        self.multigraph.add_edge(
            origin, target, key=key, relation=relation, modality=modality, sources=sources
        )

    def _add_relations(self) -> None:
        for relation, said in sorted(self.relations.items()):
            if {"from", "to", "relationKind", "modality"} <= said.keys():
                self._add_relation(relation, said)
        for statement, kind in self.direct:
            self._add_direct(statement, kind)

    def _add_direct(self, statement: Statement, kind: str) -> None:
        """Add the direct form of a relation where no relation of its own already says it."""
        edges = self.multigraph.get_edge_data(statement.subject, statement.value, default={})
        if all(edge["relation"] != kind for edge in edges.values()):
            self._add_edge(statement.subject, kind, statement.value, FACT, statement.source, key=kind)

    def _add_relation(self, relation: str, said: Mapping[str, Statement]) -> None:
        origin, target = said["from"].value, said["to"].value
        if origin not in self.multigraph or target not in self.multigraph:
            return
        kind = said["relationKind"].value
        self._add_edge(
            origin,
            self.words.notation(kind) or local_name(kind),
            target,
            local_name(said["modality"].value),
            said["from"].source,
            key=relation,
        )
        details: dict[str, Any] = {
            name: Value(s.value, s.source, None, s.lang, s.datatype)
            for name, s in said.items()
            if not s.is_iri
        }
        self.multigraph.edges[origin, target, relation]["details"] = details


def local_name(iri: str) -> str:
    """Return what follows the last ``#`` or ``/`` of an IRI."""
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]
