"""The SPARQL 1.1 Protocol, the Graph Store Protocol as far as it reads, and the service description, over HTTP.

Writing is not offered. Of the Graph Store Protocol's tests each writing step must be refused with 405 and Allow; what
it would have written is then put into the store beside the protocol, so that the reading steps after it can be held
against what the suite expects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

import httpx
import pyoxigraph as ox
import rdflib
from rdflib import RDF, RDFS, Namespace
from rdflib.collection import Collection

from tests.conformance.answers import same_triples, triples
from tests.conformance.corpora import MF, Manifest, manifest
from tests.conformance.served import HOST, SuiteWorkspace, as_ntriples

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_CODES = {"OK": 200, "Created": 201, "NoContent": 204, "BadRequest": 400, "NotFound": 404, "MethodNotAllowed": 405,
          "NotAcceptable": 406, "UnsupportedMediaType": 415}  # fmt: skip
_FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
}  # fmt: skip
_NOT_ALLOWED = 405


@dataclass(frozen=True)
class Step:
    """One request of a test, and what must come back."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    wanted: rdflib.term.Node


def steps(said: rdflib.Graph, test: rdflib.URIRef) -> list[Step]:
    """Return the requests of a test in their order."""
    connection = said.value(test, MF.action)
    requests = Collection(said, said.value(connection, HT.requests))
    return [_step(said, request) for request in requests]


def _step(said: rdflib.Graph, request: rdflib.term.Node) -> Step:
    body = said.value(request, HT.body)
    text = None if body is None else str(said.value(body, CNT.chars))
    coding = str(said.value(body, CNT.characterEncoding) or "UTF-8") if body else "UTF-8"
    return Step(
        method=str(said.value(request, HT.methodName)),
        path=str(said.value(request, HT.absolutePath)),
        headers=_headers(said, request),
        body=None if text is None else text.encode(coding),
        wanted=said.value(request, HT.resp),
    )


def _headers(said: rdflib.Graph, message: rdflib.term.Node) -> dict[str, str]:
    listed = said.value(message, HT.headers)
    entries = Collection(said, listed) if listed else []
    return {
        str(said.value(entry, HT.fieldName)).lower(): str(said.value(entry, HT.fieldValue))
        for entry in entries
    }


def _send(client: httpx.Client, step: Step, path: str) -> httpx.Response:
    return client.request(step.method, path, content=step.body, headers={"Host": HOST, **step.headers})


def _status_fits(said: rdflib.Graph, wanted: rdflib.term.Node, status: int) -> bool:
    names = [str(name).rpartition("#")[2] for name in said.objects(wanted, MF.expectedStatus)]
    return not names or any(
        _CODES.get(name) == status or re.fullmatch(rf"StatusCode{status // 100}xx", name) for name in names
    )


# --- SPARQL 1.1 Protocol


def protocol_tests(root: Path) -> Manifest:
    """Return the list of protocol tests."""
    return manifest(root, "sparql/sparql11/protocol/manifest.ttl")


def run_protocol(
    client: httpx.Client, workspace: SuiteWorkspace, tests: Manifest
) -> Iterator[tuple[str, bool]]:
    """Yield each test of reading with whether it passes; those of updates are left out."""
    for test in tests.tests():
        if "update" not in str(test).rpartition("#")[2]:
            workspace.hold(_graphs(tests, test))
            yield str(test), all(_step_passes(client, tests.said, step) for step in steps(tests.said, test))


def _graphs(tests: Manifest, test: rdflib.URIRef) -> dict[str, bytes]:
    return {
        str(tests.said.value(part, RDFS.label)): tests.file(tests.said.value(part, UT.graph)).read_bytes()
        for part in tests.said.objects(test, UT.graphData)
    }


def _step_passes(client: httpx.Client, said: rdflib.Graph, step: Step) -> bool:
    answer = _send(client, step, step.path.replace("/sparql/", "/sparql", 1))
    media = answer.headers.get("content-type", "").partition(";")[0]
    truth, form = said.value(step.wanted, MF.expectedBoolean), said.value(step.wanted, MF.expectedFormat)
    return (
        _status_fits(said, step.wanted, answer.status_code)
        and (form is None or media in _FORMATS[str(form)])
        and (truth is None or answer.json()["boolean"] is truth.toPython())
    )


# --- Graph Store Protocol, reading


def graph_store_tests(root: Path) -> list[Manifest]:
    """Return the lists of graph store tests: graphs named by a parameter, and by their address."""
    names = ("manifest-indirect.ttl", "manifest-direct.ttl")
    return [manifest(root, f"sparql/sparql11/graph-store-protocol/{name}") for name in names]


def run_graph_store(
    client: httpx.Client, workspace: SuiteWorkspace, tests: Manifest
) -> Iterator[tuple[str, bool]]:
    """Yield each test with whether its writing steps are refused and its reading steps pass."""
    for test in tests.tests():
        held: dict[str, bytes] = {}
        workspace.hold(held)
        passed = [_store_step(client, workspace, held, tests.said, step) for step in steps(tests.said, test)]
        yield str(test), all(passed)


def _store_step(
    client: httpx.Client, workspace: SuiteWorkspace, held: dict[str, bytes], said: rdflib.Graph, step: Step
) -> bool:
    answer = _send(client, step, step.path.replace("/gsp", "/data", 1))
    if step.method in {"GET", "HEAD"}:
        return _status_fits(said, step.wanted, answer.status_code) and _body_fits(said, step, answer)
    _write(held, step)
    workspace.hold(held)
    return answer.status_code == _NOT_ALLOWED and answer.headers["allow"] == "GET, HEAD, OPTIONS"


def _write(held: dict[str, bytes], step: Step) -> None:
    """Do to the graphs what a writing step asks for."""
    url = httpx.URL(f"http://{HOST}{step.path}")
    name = url.params.get("graph") or ("urn:default" if "default" in url.params else str(url))
    if step.method == "DELETE":
        held.pop(name, None)
        return
    text = b"".join(_documents(step, name))
    held[name] = held.get(name, b"") + text if step.method == "POST" else text


def _documents(step: Step, name: str) -> Iterator[bytes]:
    """Yield what a writing step sends, as N-Triples: one document, or the parts of a form."""
    message = message_from_bytes(
        b"Content-Type: " + step.headers["content-type"].encode() + b"\r\n\r\n" + (step.body or b"")
    )
    for part in message.walk():
        if not part.is_multipart():
            form = ox.RdfFormat.from_media_type(part.get_content_type())
            yield as_ntriples(part.get_payload(decode=False).encode(), form, name)


def _body_fits(said: rdflib.Graph, step: Step, answer: httpx.Response) -> bool:
    body = said.value(step.wanted, HT.body)
    if body is None or step.method == "HEAD":
        return True
    wanted = str(said.value(body, CNT.chars)).encode()
    base = f"http://{HOST}{step.path}"
    return same_triples(
        triples(answer.content, ox.RdfFormat.TURTLE, base), triples(wanted, ox.RdfFormat.TURTLE, base)
    )


# --- Service description


def run_description(client: httpx.Client) -> Iterator[tuple[str, bool]]:
    """Yield each test of the service description with whether it passes."""
    home = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/service-description/manifest#"
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    said = rdflib.Graph().parse(data=answer.content, format="turtle")
    endpoints = set(map(str, said.objects(None, SD.endpoint)))
    yield f"{home}returns-rdf", answer.status_code == 200 and len(said) > 0
    yield f"{home}has-endpoint-triple", endpoints == {str(answer.url)}
    yield f"{home}conforms-to-schema", _keeps_schema(said)


def _keeps_schema(said: rdflib.Graph) -> bool:
    """Tell whether every property has a subject and a value of the classes that the vocabulary gives it."""
    return all(
        (subject, RDF.type, SD[domain]) in said
        and (value_kind is None or (value, RDF.type, SD[value_kind]) in said)
        for name, (domain, value_kind) in _SCHEMA.items()
        for subject, value in said.subject_objects(SD[name])
    )


_SCHEMA = {
    "endpoint": ("Service", None),
    "supportedLanguage": ("Service", None),
    "feature": ("Service", None),
    "resultFormat": ("Service", None),
    "defaultEntailmentRegime": ("Service", None),
    "extensionFunction": ("Service", "Function"),
    "defaultDataset": ("Service", "Dataset"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}
