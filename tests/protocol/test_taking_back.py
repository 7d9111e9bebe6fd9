"""Who goes away ends the query: a browser that cancels, a killed curl; whichever way it was sent."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from api.settings import read_settings
from api.workspace import Workspace

DEATH = "SELECT (COUNT(*) AS ?n) {?a ?b ?c. ?d ?e ?f. ?g ?h ?i}"
FORM = urlencode({"query": DEATH})
WAYS = {
    "GET": (f"GET /sparql?{FORM}", "", ""),
    "GET of the page": (f"GET /sparql?{FORM}&format=html", "Accept: text/html", ""),
    "POST of a form": ("POST /sparql", "Content-Type: application/x-www-form-urlencoded", FORM),
    "POST of the query": ("POST /sparql", "Content-Type: application/sparql-query", DEATH),
}


@pytest.fixture(scope="module")
def patient(aachen: Workspace, served) -> Iterator[tuple[Workspace, str]]:
    """Aachen's store with one worker and a minute for a query."""
    settings = read_settings({}, store=aachen.settings.store, query_seconds=60, query_workers=1)
    with Workspace(settings) as workspace, served(workspace) as address:
        yield workspace, address


def worker(workspace: Workspace) -> int:
    """Return the process id of the one worker; waits while another takes its place."""
    host = workspace.host().pid
    while not (pids := Path(f"/proc/{host}/task/{host}/children").read_text().split()):
        time.sleep(0.01)
    return int(pids[0])


def processor_ticks(pid: int) -> int:
    """Return how long a process has worked so far."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])


@pytest.mark.parametrize("way", WAYS)
def test_a_query_for_which_nobody_waits_is_stopped_and_its_worker_replaced(patient, way) -> None:
    workspace, address = patient
    before = worker(workspace)
    idle, (line, head, body) = processor_ticks(before), WAYS[way]
    with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port)) as line_to_server:
        heads = [f"{line} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}", *filter(None, [head])]
        line_to_server.sendall(("\r\n".join(heads) + "\r\n\r\n" + body).encode())
        while processor_ticks(before) < idle + 5:
            time.sleep(0.01)  # the query has not begun
    answer = httpx.post(f"{address}/sparql", data={"query": "ASK {}"}, timeout=20)
    assert answer.json()["boolean"] is True
    assert worker(workspace) != before
