"""SPARQL 1.1 queries over HTTP: the data of a test are named graphs, which the protocol makes its dataset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import rdflib

from graph.store.query.answer import ResultFormat
from tests.conformance.answers import csv_rows, expected_rows, read_results, same_rows, same_triples, triples
from tests.conformance.corpora import MF, QT, Manifest, manifest
from tests.conformance.served import SuiteWorkspace, as_ntriples

EVALUATED = ("aggregates", "bind", "bindings", "cast", "construct", "csv-tsv-res", "exists", "functions", "grouping",
             "json-res", "negation", "project-expression", "property-path", "subquery")  # fmt: skip
_EMPTY = "urn:planwerk:conformance:empty"
_ACCEPT = {
    ".csv": ResultFormat.CSV,
    ".tsv": ResultFormat.TSV,
    ".srx": ResultFormat.XML,
    ".srj": ResultFormat.JSON,
}
_OK = 200
_REFUSED = (400, 403)  # by the engine's grammar, or by our guard before it
_NO_DATASET = re.compile(r"^FROM\b", re.MULTILINE)
_READ_ONLY = "The query cannot be evaluated"


def query_manifests(root: Path) -> list[Manifest]:
    """Return the lists of queries to evaluate."""
    return [manifest(root, f"sparql/sparql11/{name}/manifest.ttl") for name in EVALUATED]


def syntax_manifests(root: Path) -> list[Manifest]:
    """Return the list of queries to read."""
    return [manifest(root, "sparql/sparql11/syntax-query/manifest.ttl")]


def load_data(workspace: SuiteWorkspace, lists: Iterable[Manifest]) -> None:
    """Let the server hold all data that the tests name."""
    named = {
        str(address): tests.file(address)
        for tests in lists
        for relation in (QT.data, QT.graphData)
        for address in tests.said.objects(None, relation)
    }
    workspace.hold({name: _ntriples(path, name) for name, path in named.items()})


def _ntriples(path: Path, name: str) -> bytes:
    return as_ntriples(path.read_bytes(), ox.RdfFormat.from_extension(path.suffix[1:]), name)


def run_queries(client: httpx.Client, lists: Iterable[Manifest]) -> Iterator[tuple[str, bool]]:
    """Yield each test with whether it passes."""
    for tests in lists:
        for test in tests.tests():
            yield str(test), run_query(client, tests, test)


def run_query(client: httpx.Client, tests: Manifest, test: rdflib.URIRef) -> bool:
    """Tell whether one test passes."""
    action = tests.said.value(test, MF.action)
    kinds = tests.kinds(test)
    if "NegativeSyntaxTest11" in kinds:
        return _ask(client, tests, action, None, None).status_code in _REFUSED
    if "PositiveSyntaxTest11" in kinds:
        return _is_read(_ask(client, tests, action, None, None))
    return _evaluates(client, tests, test, action)


def _is_read(answer: httpx.Response) -> bool:
    """Tell whether a query was accepted as SPARQL; it may call a function that does not exist."""
    return answer.status_code == _OK or answer.json()["en"].startswith(_READ_ONLY)


def _evaluates(client: httpx.Client, tests: Manifest, test: rdflib.URIRef, action: rdflib.term.Node) -> bool:
    path = tests.file(tests.said.value(test, MF.result))
    form = _ACCEPT.get(path.suffix)
    answer = _ask(client, tests, tests.said.value(action, QT.query), action, form)
    if answer.status_code != _OK:
        return False
    wanted = expected_rows(path)
    if isinstance(wanted, set):
        said = answer.headers["content-type"].startswith(ResultFormat.TURTLE.value)
        return said and same_triples(
            triples(answer.content, ox.RdfFormat.TURTLE, "http://example.org/"), wanted
        )
    if form is ResultFormat.CSV:
        return same_rows(csv_rows(answer.text), wanted)
    media = answer.headers["content-type"].partition(";")[0]
    found = read_results(answer.content, ox.QueryResultsFormat.from_media_type(media))
    return found == wanted if isinstance(wanted, bool) else same_rows(found, wanted)


def _ask(
    client: httpx.Client,
    tests: Manifest,
    query: rdflib.term.Node,
    data: rdflib.term.Node | None,
    form: ResultFormat | None,
) -> httpx.Response:
    """Send a query; the base that its relative addresses go by is the address of its file."""
    text = tests.file(query).read_text("utf-8")
    default = [str(name) for name in tests.said.objects(data, QT.data)] if data else []
    named = [str(name) for name in tests.said.objects(data, QT.graphData)] if data else []
    fields: dict[str, str | list[str]] = {"query": f"BASE <{query}>\n{text}"}
    if not _NO_DATASET.search(text):  # else the query names its graphs itself
        fields |= {"default-graph-uri": default or [_EMPTY], "named-graph-uri": named}
    headers = {"Accept": form.value if form else "*/*"}
    return client.post("/sparql", data=fields, headers=headers)
