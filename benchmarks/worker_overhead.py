"""What the way through a limited worker costs: milliseconds a query against the engine in the same process.

Run ``python benchmarks/worker_overhead.py [PLANS]``. Both sides answer the same queries on the same triples, in turns
in one run; the best of 200 rounds counts. The last column is processor time, of the program and of the worker together,
less that of the engine alone: the middle of all rounds, which other work on the machine disturbs least.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from graph.errors import QueryStopped
from graph.store.query.guard import check_query
from graph.store.workers.host import Limits, QueryHost

QUERIES = {
    "ask": "ASK { ?plan <urn:goal> <urn:goal:1> }",
    "one plan": "SELECT * { <urn:plan:7> ?property ?value }",
    "pairs": "SELECT (COUNT(*) AS ?n) { ?a <urn:goal> ?g . ?b <urn:goal> ?g FILTER(STR(?a) < STR(?b)) }",
    "group": "SELECT ?goal (COUNT(?plan) AS ?n) { ?plan <urn:goal> ?goal } GROUP BY ?goal ORDER BY DESC(?n) ?goal",
    "1,000 rows": "SELECT * { ?plan <urn:label> ?label } LIMIT 1000",
    "10,000 rows": "SELECT * { ?s ?p ?o } LIMIT 10000",
    "construct": "CONSTRUCT { ?plan <urn:is> ?goal } { ?plan <urn:goal> ?goal } LIMIT 1000",
}
DEATH = "SELECT (COUNT(*) AS ?n) {?a ?b ?c. ?d ?e ?f. ?g ?h ?i}"
SOURCES = 240


def write_sources(folder: Path, plans: int) -> dict[str, Path]:
    """Write three triples a plan, spread over named graphs."""
    files = {f"urn:source:{part}": folder / f"{part}.nt" for part in range(SOURCES)}
    for part, path in enumerate(files.values()):
        path.write_text("".join(write_plan(number) for number in range(part, plans, SOURCES)))
    return files


def write_plan(number: int) -> str:
    one = f"<urn:plan:{number}>"
    goal = f"{one} <urn:goal> <urn:goal:{number % 500}> .\n"
    return goal + f'{one} <urn:label> "Plan {number}"@de .\n{one} <urn:year> "{number}" .\n'


def load(files: dict[str, Path]) -> ox.Store:
    store = ox.Store()
    for name, path in files.items():
        store.load(path=str(path), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name))
    return store


def ask_directly(store: ox.Store, text: str) -> bytes:
    results = store.query(text, use_default_graph_as_union=True)
    form = ox.RdfFormat.TURTLE if isinstance(results, ox.QueryTriples) else ox.QueryResultsFormat.JSON
    return results.serialize(format=form)


def milliseconds(
    first: Callable[[], object], second: Callable[[], object], rounds: int = 200
) -> tuple[float, float]:
    """Return the best of either, taken in turns, which other work on the machine disturbs least."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, times in zip((first, second), taken, strict=True):
            start = time.perf_counter()
            work()
            times.append((time.perf_counter() - start) * 1000)
    return min(taken[0]), min(taken[1])


def processor_milliseconds(
    host: QueryHost, directly: Callable[[], object], text: str, rounds: int = 60
) -> float:
    """Return what a query takes of the processor by way of the host more than in the engine alone."""
    taken = []
    for _ in range(rounds):
        start = time.process_time_ns()
        directly()
        alone, before = time.process_time_ns() - start, worked(host)
        start = time.process_time_ns()
        host.query(text)
        taken.append(time.process_time_ns() - start + worked(host) - before - alone)
    return sorted(taken)[rounds // 2] / 1e6


def worked(host: QueryHost) -> int:
    """Return the nanoseconds that the workers have run (Linux)."""
    pids = Path(f"/proc/{host.pid}/task/{host.pid}/children").read_text().split()
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids)


def stop_one(host: QueryHost) -> None:
    with suppress(QueryStopped):
        host.query(DEATH, limits=Limits(seconds=0.1))
    host.query("ASK {}")


def main(plans: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = write_sources(Path(folder), plans)
        store = load(files)
        start = time.perf_counter()
        with QueryHost(files) as host:
            ready = time.perf_counter() - start
            print(f"{plans * 3:,} triples in {SOURCES} sources; host ready in {ready * 1000:.0f} ms\n")
            print(
                f"{'query':<12} {'engine ms':>10} {'host ms':>10} {'difference':>11} {'ratio':>7} {'processor':>10}"
            )
            for name, text in QUERIES.items():
                direct, hosted = milliseconds(partial(ask_directly, store, text), partial(host.query, text))
                more = processor_milliseconds(host, partial(ask_directly, store, text), text)
                print(
                    f"{name:<12} {direct:>10.3f} {hosted:>10.3f} {hosted - direct:>11.3f} {hosted / direct:>7.2f}"
                    f" {more:>10.3f}"
                )
            guard, stopped = milliseconds(
                partial(check_query, QUERIES["group"], 65536), partial(stop_one, host), 20
            )
            print(f"\nguard alone {guard * 1000:.0f} µs")
            print(f"a query stopped at 100 ms, its worker replaced, the next one answered: {stopped:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
