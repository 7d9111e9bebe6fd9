"""How much the store holds: statements by graph, things by class, statements by property."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from api.protocol.graphs import sizes
from graph.store.query.answer import Limits, ResultFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.pages.frame.call import Call

_CLASSES = "SELECT ?name (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?name } GROUP BY ?name ORDER BY ?name"
_PROPERTIES = "SELECT ?name (COUNT(*) AS ?n) WHERE { ?s ?name ?o } GROUP BY ?name ORDER BY ?name"
_SUBJECTS = 'SELECT ("" AS ?name) (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }'
#: These are our own and asked once for each state of the store, so they may take longer than those of users.
_LIMITS: Final = Limits(seconds=60.0)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a description of the data counts; graphs, classes and properties by IRI."""

    graphs: Mapping[str, int]
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    subjects: int


def graph_sizes(call: Call) -> Mapping[str, int]:
    """Return how many statements each named graph holds."""
    workspace = call.site.workspace
    return call.keep("graph sizes", lambda: sizes(workspace))


def counts(call: Call) -> Counts:
    """Return all counts of the present state of the store.

    Raises QueryStopped where the store is so large that counting it takes longer than a minute.
    """

    def make() -> Counts:
        (subjects,) = _counted(call, _SUBJECTS).values()
        return Counts(graph_sizes(call), _counted(call, _CLASSES), _counted(call, _PROPERTIES), subjects)

    return call.keep("counts", make)


def _counted(call: Call, query: str) -> Mapping[str, int]:
    answer = call.site.workspace.host().query(query, accept=ResultFormat.JSON, limits=_LIMITS)
    return {row["name"].value: int(row["n"].value) for row in answer.bindings() if "name" in row}
