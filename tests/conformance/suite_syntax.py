"""The RDF 1.1 syntaxes, read by the reader that loads our source files and uploads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import rdflib

from tests.conformance.corpora import MF, Manifest, manifest

_SUITES = {
    "rdf-n-triples": ox.RdfFormat.N_TRIPLES,
    "rdf-n-quads": ox.RdfFormat.N_QUADS,
    "rdf-turtle": ox.RdfFormat.TURTLE,
    "rdf-trig": ox.RdfFormat.TRIG,
    "rdf-xml": ox.RdfFormat.RDF_XML,
}
SUITES = tuple(_SUITES)


def run_syntax(root: Path, name: str) -> Iterator[tuple[str, bool]]:
    """Yield each test of a syntax with whether it passes."""
    tests = manifest(root, f"rdf/rdf11/{name}/manifest.ttl")
    for test in tests.tests():
        yield str(test), read_right(tests, test, _SUITES[name])


def read_right(tests: Manifest, test: rdflib.URIRef, form: ox.RdfFormat) -> bool:
    """Tell whether a file is read as the suite says: refused, accepted, or with the statements it stands for."""
    action, wanted = tests.said.value(test, MF.action), tests.said.value(test, MF.result)
    try:
        found = _read(tests, action, form)
    except SyntaxError:
        return any("Negative" in kind for kind in tests.kinds(test))
    if wanted is not None:
        plain = ox.RdfFormat.N_QUADS if form.supports_datasets else ox.RdfFormat.N_TRIPLES
        return found == _read(tests, wanted, plain)
    return any("Positive" in kind for kind in tests.kinds(test))


def _read(tests: Manifest, address: rdflib.term.Node, form: ox.RdfFormat) -> ox.Dataset:
    dataset = ox.Dataset(ox.parse(path=str(tests.file(address)), format=form, base_iri=str(address)))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset
