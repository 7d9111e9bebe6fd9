"""Queries made to hurt, sent over HTTP: each ends in a documented refusal, and the server goes on as it was."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

import graph.errors
from api.settings import read_settings
from api.web.problems import STATUSES
from api.workspace import Workspace

HOSTILE = sorted((Path(__file__).parents[1] / "hostile").glob("*.rq"))
DIRECT = {"Content-Type": "application/sparql-query"}
SMALL = "ASK { ?plan a <https://w3id.org/planwerk/ontology#Plan> }"


@pytest.fixture(scope="module")
def strict(aachen: Workspace, served) -> Iterator[tuple[Workspace, httpx.Client]]:
    """Aachen's store with little time and memory for a query."""
    settings = read_settings(
        {}, store=aachen.settings.store, query_seconds=0.4, query_memory_mb=256, query_rows=1000
    )
    with (
        Workspace(settings) as workspace,
        served(workspace) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        assert client.post("/sparql", content=SMALL, headers=DIRECT).json()["boolean"] is True
        yield workspace, client


def expected(path: Path) -> type[graph.errors.PlanwerkError]:
    """Return the error that the first line of the file names."""
    kind: type[graph.errors.PlanwerkError] = getattr(
        graph.errors, path.read_text("utf-8")[2:].partition(":")[0]
    )
    return kind


def test_there_are_at_least_forty_of_them() -> None:
    assert len(HOSTILE) >= 40


def test_every_hostile_query_gets_the_answer_that_is_documented(strict) -> None:
    workspace, client = strict
    process = workspace.host().pid

    def ask(path: Path) -> httpx.Response:
        return client.post("/sparql", content=path.read_bytes(), headers=DIRECT)

    with ThreadPoolExecutor(2) as threads:
        answers = dict(zip(HOSTILE, threads.map(ask, HOSTILE), strict=True))
    for path, answer in answers.items():
        told = answer.json()
        assert answer.headers["content-type"] == "application/problem+json", path.stem
        assert answer.status_code == STATUSES[expected(path)], (path.stem, told)
        assert told["de"] != told["en"], path.stem
        assert (answer.headers.get("retry-after") == "5") == (answer.status_code == 503), path.stem
    assert workspace.host().pid == process
    assert client.post("/sparql", content=SMALL, headers=DIRECT).json()["boolean"] is True


def test_a_stopped_query_is_told_why_and_how_to_write_it_better(strict) -> None:
    _, client = strict
    death = "SELECT (COUNT(*) AS ?n) {?a ?b ?c. ?d ?e ?f. ?g ?h ?i}"
    answer = client.get("/sparql", params={"query": death})
    assert answer.status_code == 503
    assert answer.json()["de"].startswith("Die Abfrage lief länger als 0,4 Sekunden und wurde angehalten.")
    for word in ("LIMIT", "Teilabfragen", "MINUS statt FILTER NOT EXISTS"):
        assert word in answer.json()["de"]
    for word in ("LIMIT", "sub-selects", "MINUS instead of FILTER NOT EXISTS"):
        assert word in answer.json()["en"]


def test_the_limits_are_five_seconds_and_ten_thousand_rows_unless_set_otherwise() -> None:
    assert (read_settings({}).query_seconds, read_settings({}).query_rows) == (5.0, 10_000)
    changed = read_settings({"PLANWERK_QUERY_SECONDS": "2", "PLANWERK_QUERY_ROWS": "50"})
    assert (changed.query_seconds, changed.query_rows) == (2.0, 50)


def test_cut_triples_say_so_as_cut_rows_do(strict) -> None:
    _, client = strict
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    for accept in ("text/turtle", "application/n-triples", "application/ld+json", "application/trig"):
        answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert answer.headers["planwerk-truncated"] == "true; rows=1000"
    head = client.head("/sparql", params={"query": query})
    assert (head.headers["planwerk-truncated"], head.content) == ("true; rows=1000", b"")
