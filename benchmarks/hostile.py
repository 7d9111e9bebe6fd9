"""Hostile queries against a served store: how each ends, how soon, and what others notice meanwhile.

``planwerk serve`` runs as a process of its own with Aachen's tables and its usual limits. First pages are read while
nothing else happens, then while hostile queries (tests/hostile) come in two at a time. Compared are the 99th
percentiles of the same requests, in the same run on the same machine.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx

from benchmarks.measuring.figure import Figure
from benchmarks.measuring.ports import free_port, wait_for_port
from benchmarks.startup import command

_ROOT = Path(__file__).parent.parent
HOSTILE = sorted((_ROOT / "tests" / "hostile").glob("*.rq"))
LIMIT = 5.0
_GRACE = 1.0
_BAR = 4.0
_PAGES = ("/plans/p-sep3", "/departments/dep-fb56", "/goals/g006", "/health")
_DOCUMENTED = {400, 403, 503}
_PERSON = {"Accept": "text/html"}
_QUERY = {"Content-Type": "application/sparql-query"}


@dataclass(frozen=True, slots=True)
class Ended:
    """How one hostile query ended: its name, the status, and the seconds it took."""

    name: str
    status: int
    seconds: float


def measure(limit: float = LIMIT, idle: int = 400, most: int | None = None) -> list[Figure]:
    """Return how long the slowest took beyond its limit, what others noticed, and whether the server stayed the same."""
    with _served(limit) as (server, address), httpx.Client(base_url=address, timeout=limit + 30) as client:
        _read(client, 2 * len(_PAGES))
        alone = _read(client, idle)
        ended, meanwhile = _attacked(address, client, HOSTILE[:most])
        same = server.poll() is None and client.get("/health").status_code == 200
    return [_endings(ended, limit, same=same), _notice(alone, meanwhile)]


def _endings(ended: list[Ended], limit: float, *, same: bool) -> Figure:
    wrong = [query.name for query in ended if query.status not in _DOCUMENTED]
    slowest = max(ended, key=lambda query: query.seconds)
    detail = (
        f"{len(ended)} queries, {len(wrong)} not refused as documented {wrong or ''}; slowest {slowest.name} "
        f"({slowest.status}); the server process is {'the same' if same else 'NOT the same'}"
    )
    seconds = slowest.seconds if same and not wrong else float("inf")
    return Figure("hostile queries over HTTP: the slowest", seconds, "s", limit + _GRACE, "at most", detail)


def _notice(alone: list[float], meanwhile: list[float]) -> Figure:
    idle, busy = _p99(alone), _p99(meanwhile)
    detail = (
        f"p99 of {len(meanwhile)} pages meanwhile {busy * 1000:.0f} ms, of {len(alone)} before {idle * 1000:.0f} ms; "
        f"medians {_median(meanwhile) * 1000:.0f} and {_median(alone) * 1000:.0f} ms"
    )
    return Figure("pages while hostile queries run", busy / idle, "× the idle p99", _BAR, "at most", detail)


def _p99(seconds: list[float]) -> float:
    return quantiles(seconds, n=100)[98]


def _median(seconds: list[float]) -> float:
    return quantiles(seconds, n=2)[0]


def _attacked(address: str, client: httpx.Client, queries: list[Path]) -> tuple[list[Ended], list[float]]:
    """Send the queries two at a time, and read pages until the last has ended."""
    over = threading.Event()
    seconds: list[float] = []

    def read() -> None:
        while not over.is_set():
            seconds.extend(_read(client, 1))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        with ThreadPoolExecutor(2) as threads:
            ended = list(threads.map(lambda path: _send(address, path), queries))
    finally:
        over.set()
        reader.join()
    return ended, seconds


def _send(address: str, path: Path) -> Ended:
    begin = perf_counter()
    answer = httpx.post(f"{address}/sparql", content=path.read_bytes(), headers=_QUERY, timeout=60)
    return Ended(path.stem, answer.status_code, perf_counter() - begin)


_paths, _numbers = cycle(_PAGES), count()


def _read(client: httpx.Client, times: int) -> list[float]:
    """Return the seconds that pages took; each is made anew."""
    taken = []
    for _ in range(times):
        begin = perf_counter()
        client.get(next(_paths), headers=_PERSON, params={"n": next(_numbers)}).raise_for_status()
        taken.append(perf_counter() - begin)
    return taken


@contextmanager
def _served(limit: float) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with TemporaryDirectory() as folder:
        port = free_port()
        words = [
            *command(),
            "--store",
            f"{folder}/store",
            "serve",
            "--port",
            str(port),
            "--load",
            "data/aachen",
        ]
        settings = {**os.environ, "PLANWERK_QUERY_SECONDS": str(limit)}
        server = subprocess.Popen(words, cwd=_ROOT, env=settings, stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for_port(port)
            _send(address, HOSTILE[0])
            yield server, address
        finally:
            server.terminate()
            server.wait()
