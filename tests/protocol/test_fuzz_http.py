"""Whatever is sent to the addresses of data, the server answers with something it documents and never with a defect.

Requests are made by schemathesis from our own description of the interface (/openapi.json), and by what people and
attackers write into queries and addresses. ``make fuzz-http`` asks far more of them (PLANWERK_FUZZ_REQUESTS).
"""

from __future__ import annotations

import os
from functools import cache

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case

REQUESTS = int(os.environ.get("PLANWERK_FUZZ_REQUESTS", "5"))
ROUTES = [
    ("GET", "/sparql"),
    ("POST", "/sparql"),
    ("GET", "/data"),
    ("GET", "/data/{name}"),
    ("GET", "/questions"),
    ("GET", "/questions/{name}"),
    ("GET", "/id/{path}"),
    ("GET", "/plans/{id}"),
    ("GET", "/things/{id}"),
    ("GET", "/ontology"),
    ("GET", "/ontology.jsonld"),
    ("GET", "/context.jsonld"),
    ("GET", "/.well-known/void"),
    ("GET", "/catalog"),
    ("GET", "/export/{name}"),
]
#: What a query, a name of a graph or an id can look like: right, nearly right, and made to break something.
TELLING = [
    "SELECT * { ?s ?p ?o } LIMIT 2", "ASK {}", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "DESCRIBE <a:b>", "SELECT",
    "SELECT (1/0 AS ?x) {}", "SELECT * { ?s ?p '\\ud800' }", "SELECT * FROM <a b> {}", "", " ", "\x00", "%00", "p-sep3",
    "source/seed", "../../etc/passwd", "https://w3id.org/planwerk/id/source/seed", "a:b", "<>", "urn:x\ny", "\u202e", "q30-plans",
    "planwerk.trig", "planwerk.exe", "e" * 3000, "{{7*7}}", "-1", "9" * 400, "2026-02-30",
]  # fmt: skip
ACCEPTED = ["*/*", "text/turtle", "application/ld+json", "text/csv", "text/html", "image/png", ";;q=x,", ""]

unhurried = settings(
    max_examples=REQUESTS,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@cache
def description(address: str) -> schemathesis.schemas.BaseSchema:
    return schemathesis.openapi.from_dict(httpx.get(f"{address}/openapi.json").json())


def send(address: str, case: Case) -> httpx.Response:
    """Send a request that schemathesis made, by our own client."""
    made = case.as_transport_kwargs(base_url=address)
    return httpx.request(
        made["method"],
        made["url"],
        params=made.get("params"),
        content=made.get("data") if isinstance(made.get("data"), bytes | str) else None,
        headers={name: str(value) for name, value in dict(made.get("headers") or {}).items()},
        timeout=30,
    )


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_request_by_the_description_meets_a_defect(address: str, method: str, path: str) -> None:
    operation = description(address)[path][method]

    @unhurried
    @given(case=operation.as_strategy())
    def ask(case: Case) -> None:
        assert send(address, case).status_code < 500

    ask()


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_telling_word_in_any_place_meets_a_defect(client: httpx.Client, method: str, path: str) -> None:
    names = [
        "query",
        "default-graph-uri",
        "named-graph-uri",
        "graph",
        "default",
        "format",
        "lang",
        "as_of",
        "plan",
        "example",
    ]
    given_words = st.dictionaries(st.sampled_from(names), st.sampled_from(TELLING), max_size=3)

    @unhurried
    @given(words=given_words, place=st.sampled_from(TELLING), accept=st.sampled_from(ACCEPTED))
    def ask(words: dict[str, str], place: str, accept: str) -> None:
        url = httpx.URL(
            path.partition("{")[0] + httpx.QueryParams({"": place}).__str__()[1:] if "{" in path else path
        )
        sent = {"data": words} if method == "POST" else {"params": words}
        answer = client.request(method, url, headers={"Accept": accept}, **sent)
        assert answer.status_code < 500, (path, words, place, accept)

    ask()
