"""How much the store holds: statements by graph, things by class, statements by property; counted by SPARQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.store.answer import ResultFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.pages.call import Call

_GRAPHS = "SELECT ?name (COUNT(*) AS ?n) WHERE { GRAPH ?name { ?s ?p ?o } } GROUP BY ?name ORDER BY ?name"
_CLASSES = "SELECT ?name (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?name } GROUP BY ?name ORDER BY ?name"
_PROPERTIES = "SELECT ?name (COUNT(*) AS ?n) WHERE { ?s ?name ?o } GROUP BY ?name ORDER BY ?name"
_SUBJECTS = 'SELECT ("" AS ?name) (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }'


@dataclass(frozen=True, slots=True)
class Counts:
    """What a description of the data counts; graphs, classes and properties by IRI."""

    graphs: Mapping[str, int]
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    subjects: int


def graph_sizes(call: Call) -> Mapping[str, int]:
    """Return how many statements each named graph holds."""
    return call.keep("graph sizes", lambda: _counted(call, _GRAPHS))


def counts(call: Call) -> Counts:
    """Return all counts of the present state of the store."""

    def make() -> Counts:
        (subjects,) = _counted(call, _SUBJECTS).values()
        return Counts(graph_sizes(call), _counted(call, _CLASSES), _counted(call, _PROPERTIES), subjects)

    return call.keep("counts", make)


def _counted(call: Call, query: str) -> Mapping[str, int]:
    answer = call.site.workspace.host().query(query, accept=ResultFormat.JSON)
    return {row["name"].value: int(row["n"].value) for row in answer.bindings() if "name" in row}
