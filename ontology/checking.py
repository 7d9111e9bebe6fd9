"""Whether statements have the shape the vocabulary expects: SHACL in, a report in two languages out.

The shapes are in shapes.ttl. Nothing is fetched: owl:imports are ignored, the shapes ship with the product.
Rules written as SPARQL (sh:sparql) are asked once for all things instead of once per thing, which is the
same answer in a fiftieth of the time; their SELECT therefore names its own target.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib import RDF, SH

from ontology.rdf import flattened, indexed, keep_literals_as_written, read_turtle
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

Severity = Literal["violation", "warning", "info"]

SHAPES = Path(__file__).with_name("shapes.ttl")

SEVERITIES: dict[Severity, Text] = {
    "violation": Text("Fehler", "error"),
    "warning": Text("Warnung", "warning"),
    "info": Text("nicht erhoben", "not collected"),
}
"""What the three severities are called, gravest first."""

_SEVERITY_OF: dict[Node, Severity] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that is not as its shape expects.

    ``focus`` is the IRI of the thing, ``shape`` the IRI of the rule, ``path`` the property (nothing where the
    rule looks along a chain of properties), ``value`` the offending value (nothing where one is missing).
    """

    severity: Severity
    focus: str
    shape: str
    path: str | None
    value: str | None
    message: Text

    @property
    def rule(self) -> str:
        """Return the readable name of the shape, such as ``PlanHasLead``."""
        return self.shape.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, gravest first, then by rule, thing and value."""

    results: tuple[Result, ...]

    @property
    def counts(self) -> dict[Severity, int]:
        """Return how many results each severity has, all three named."""
        found = Counter(result.severity for result in self.results)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def sound(self) -> bool:
        """Return whether no structure is broken; contradictions and blanks do not count."""
        return self.counts["violation"] == 0

    def of(self, severity: Severity) -> tuple[Result, ...]:
        """Return the results of one severity."""
        return tuple(result for result in self.results if result.severity == severity)

    def by_rule(self) -> dict[str, int]:
        """Return how often each rule was hit, in the order of the results."""
        return dict(Counter(result.rule for result in self.results))


@dataclass(frozen=True, slots=True)
class _Query:
    """A rule written as SPARQL: its answers are the offenders."""

    shape: str
    severity: Severity
    message: Text
    select: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shipped rules: those in SHACL's own words, and those written as SPARQL."""

    core: rdflib.Graph
    queries: tuple[_Query, ...]


def check(triples: rdflib.Graph) -> Report:
    """Return what the shipped shapes find in a graph, or in all named graphs of a dataset taken together.

    The input is left unchanged. Dates are compared by their derived days (pw:startDay, pw:endDay); where the
    input has none, those rules find nothing.
    """
    shapes, together = load_shapes(), flattened(triples)
    found = [*_core_results(together, shapes.core), *_query_results(together, shapes.queries)]
    return Report(tuple(sorted(found, key=_gravest_first)))


@cache
def load_shapes() -> Shapes:
    """Return the shipped shapes, read once."""
    core = read_turtle(SHAPES)
    queries = tuple(_query(core, shape, rule) for shape, rule in core.subject_objects(SH.sparql))
    core.remove((None, SH.sparql, None))
    return Shapes(core, queries)


def _core_results(triples: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Result]:
    report = validated(triples, shapes)
    return (_result(report, node) for node in report.subjects(RDF.type, SH.ValidationResult))


def validated(triples: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """Return SHACL's own report of what shapes find in a graph; nothing is inferred or fetched."""
    try:
        _conforms, report, _text = pyshacl.validate(
            triples,
            shacl_graph=shapes,
            inference="none",
            advanced=False,
            meta_shacl=False,
            do_owl_imports=False,
            inplace=True,
        )
    finally:
        keep_literals_as_written()
    if not isinstance(report, rdflib.Graph):
        raise TypeError(f"the validator gave no report: {report!r}")
    return report


def _query_results(triples: rdflib.Graph, queries: tuple[_Query, ...]) -> Iterator[Result]:
    store = indexed(triples)
    for query in queries:
        solutions = store.query(query.select)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError(f"{query.shape}: a rule must be a SELECT")
        columns = [variable.value for variable in solutions.variables]
        for solution in solutions:
            said = {name: solution[name].value for name in columns}
            value = said.get("value")
            yield Result(query.severity, said["this"], query.shape, None, value, query.message)


def _query(shapes: rdflib.Graph, shape: Node, rule: Node) -> _Query:
    prefixes = "".join(
        f"PREFIX {shapes.value(entry, SH.prefix)}: <{shapes.value(entry, SH.namespace)}>\n"
        for entry in shapes.objects(_one(shapes, rule, SH.prefixes), SH.declare)
    )
    return _Query(
        shape=str(shape),
        severity=_SEVERITY_OF[_one(shapes, shape, SH.severity)],
        message=_message(shapes, rule, SH.message),
        select=prefixes + str(_one(shapes, rule, SH.select)),
    )


def _result(report: rdflib.Graph, node: Node) -> Result:
    path = report.value(node, SH.resultPath)
    value = report.value(node, SH.value)
    focus = report.value(node, SH.focusNode)
    return Result(
        severity=_SEVERITY_OF[_one(report, node, SH.resultSeverity)],
        focus=str(focus),
        shape=str(report.value(node, SH.sourceShape)),
        path=str(path) if isinstance(path, rdflib.URIRef) else None,
        value=None if value is None or value == focus else str(value),
        message=_message(report, node, SH.resultMessage),
    )


def _one(report: rdflib.Graph, node: Node, predicate: rdflib.URIRef) -> Node:
    value = report.value(node, predicate)
    if value is None:
        raise ValueError(f"the report lacks {predicate} for {node}")
    return value


def _message(report: rdflib.Graph, node: Node, predicate: rdflib.URIRef) -> Text:
    words = {
        message.language: str(message)
        for message in report.objects(node, predicate)
        if isinstance(message, rdflib.Literal)
    }
    return Text(words["de"], words["en"])


def _gravest_first(result: Result) -> tuple[int, str, str, str]:
    return list(SEVERITIES).index(result.severity), result.shape, result.focus, result.value or ""
