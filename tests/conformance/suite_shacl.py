"""SHACL core: each test's data and shapes through our checker, its report against the one expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import rdflib
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from rdflib import RDF, SH, Namespace

from ontology.checking import validated
from ontology.rdf import merged
from tests.conformance.corpora import MF, SHACL_TESTS, Manifest, manifest

SHT = Namespace("http://www.w3.org/ns/shacl-test#")
GROUPS = ("complex", "misc", "node", "path", "property", "targets", "validation-reports")
_PARTS = (
    SH.focusNode,
    SH.resultPath,
    SH.value,
    SH.sourceShape,
    SH.resultSeverity,
    SH.sourceConstraintComponent,
)


def shacl_tests(root: Path) -> list[Manifest]:
    """Return the files of the suite, each a manifest with its own data."""
    files: list[Manifest] = []
    for group in GROUPS:
        known = manifest(root, f"core/{group}/manifest.ttl", SHACL_TESTS)
        included = sorted(str(address) for address in known.said.objects(None, MF.include))
        files += [manifest(root, address.removeprefix(SHACL_TESTS), SHACL_TESTS) for address in included]
    return files


def run_shacl(files: list[Manifest]) -> Iterator[tuple[str, bool]]:
    """Yield each test with whether the reports agree."""
    for tests in files:
        for test in tests.tests():
            yield str(test), reports_agree(tests, test)


def reports_agree(tests: Manifest, test: rdflib.URIRef) -> bool:
    """Tell whether our report holds exactly the results that the suite expects."""
    action, wanted = tests.said.value(test, MF.action), tests.said.value(test, MF.result)
    data, shapes = (_load(tests, tests.said.value(action, name)) for name in (SHT.dataGraph, SHT.shapesGraph))
    try:
        report = validated(data, shapes)
    except (ReportableRuntimeError, ShapeLoadError):
        return wanted == SHT.Failure
    if wanted == SHT.Failure:
        return False
    (found,) = report.subjects(RDF.type, SH.ValidationReport)
    agree = report.value(found, SH.conforms).toPython() == tests.said.value(wanted, SH.conforms).toPython()
    return agree and _results(report, found) == _results(tests.said, wanted)


def _load(tests: Manifest, address: rdflib.term.Node) -> rdflib.Graph:
    path = tests.path if str(address) == tests.address else tests.file(address)
    return merged(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=str(address)))


def _results(said: rdflib.Graph, report: rdflib.term.Node) -> Counter[tuple[str, ...]]:
    return Counter(
        tuple(_shown(said, said.value(result, part)) for part in _PARTS)
        for result in said.objects(report, SH.result)
    )


def _shown(said: rdflib.Graph, node: rdflib.term.Node | None) -> str:
    """Return a term as text; blank nodes by what is said of them, which is how paths are written."""
    if not isinstance(node, rdflib.BNode):
        return "-" if node is None else node.n3()
    facts = [(name, _shown(said, value)) for name, value in said.predicate_objects(node) if name in _PATHS]
    return "[" + " ".join(sorted(f"{name} {value}" for name, value in facts)) + "]"


_PATHS = frozenset(
    {
        RDF.first,
        RDF.rest,
        SH.inversePath,
        SH.alternativePath,
        SH.zeroOrMorePath,
        SH.oneOrMorePath,
        SH.zeroOrOnePath,
    }
)
