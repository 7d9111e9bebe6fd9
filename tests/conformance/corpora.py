"""The W3C's test suites, which stand beside the project and are never copied into it."""

from __future__ import annotations

import os
import tarfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib import RDF, Namespace
from rdflib.collection import Collection

from ontology.rdf import merged

CORPORA = Path(os.environ.get("PLANWERK_CORPORA") or Path(__file__).parents[3] / "shared" / "corpora") / "w3c"
MISSING = "the W3C test suites are not beside the project (shared/corpora/w3c, or PLANWERK_CORPORA)"

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RDF_TESTS = "https://w3c.github.io/rdf-tests/"
SHACL_TESTS = "https://w3c.github.io/data-shapes/data-shapes-test-suite/tests/"


def archive(name: str) -> Path | None:
    """Return the archive whose name begins so, or nothing where it is not there."""
    return next(iter(sorted(CORPORA.glob(f"{name}-*.tar.gz"))), None)


def are_there() -> bool:
    """Tell whether both suites are there."""
    return archive("rdf-tests") is not None and archive("shacl-test-suite") is not None


def unpacked(name: str, folder: Path) -> Path:
    """Return a folder into which an archive was unpacked."""
    path = archive(name)
    assert path is not None, MISSING
    with tarfile.open(path) as packed:
        packed.extractall(folder / name, filter="data")
    return folder / name


@dataclass(frozen=True)
class Manifest:
    """A list of tests: its file, the address the file has on the web, and what it says."""

    path: Path
    address: str

    @cached_property
    def said(self) -> rdflib.Graph:
        """Everything the file says."""
        return merged(ox.parse(path=str(self.path), format=ox.RdfFormat.TURTLE, base_iri=self.address))

    def tests(self) -> list[rdflib.URIRef]:
        """Return the tests of the list, in its order."""
        return [
            entry
            for entries in self.said.objects(None, MF.entries)
            for entry in Collection(self.said, entries)
            if (entry, RDF.type, None) in self.said
        ]

    def kinds(self, test: rdflib.URIRef) -> set[str]:
        """Return the classes of a test by their last words."""
        return {str(kind).rpartition("#")[2] for kind in self.said.objects(test, RDF.type)}

    def file(self, address: rdflib.term.Node) -> Path:
        """Return the file at an address beside the manifest."""
        home = self.address.rpartition("/")[0] + "/"
        return self.path.parent / str(address).removeprefix(home)


def manifest(root: Path, name: str, home: str = RDF_TESTS) -> Manifest:
    """Return the list at a path of a suite."""
    return Manifest(root / name, home + name)
