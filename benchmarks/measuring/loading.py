"""One step of loading in a process of its own, which prints what it took.

``python -m benchmarks.measuring.loading STEP FILE.nq [FOLDER]``

Steps: ``parse`` (Oxigraph reads the file and throws it away), ``memory`` (loaded as the query host loads it), ``disk`` (bulk
load and optimise, as an index is built), ``open`` (an index that stands, opened read-only, first query answered).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Step:
    """What one step took: seconds on the clock and of the processors, and the most memory."""

    seconds: float
    processor: float
    megabytes: float


def measure_step(name: str, quads: Path, folder: Path | None = None) -> Step:
    """Run a step in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.measuring.loading",
        name,
        str(quads),
        *([str(folder)] if folder else []),
    ]
    return Step(**json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def _parse(quads: str, _: str) -> None:
    for _quad in ox.parse(path=quads, format=ox.RdfFormat.N_QUADS):
        pass


def _load(quads: str, _: str) -> ox.Store:
    store = ox.Store()
    store.load(path=quads, format=ox.RdfFormat.N_QUADS)
    return store


def _build(quads: str, folder: str) -> None:
    store = ox.Store(folder)
    store.bulk_load(path=quads, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()


def _open(_: str, folder: str) -> object:
    return ox.Store.read_only(folder).query("ASK { ?s ?p ?o }", use_default_graph_as_union=True)


STEPS: Mapping[str, Callable[[str, str], object]] = {
    "parse": _parse,
    "memory": _load,
    "disk": _build,
    "open": _open,
}


def main(name: str, quads: str, folder: str = "") -> None:
    """Do one step and print what it took."""
    clock, processor = perf_counter(), process_time()
    kept = STEPS[name](quads, folder)
    took = {"seconds": perf_counter() - clock, "processor": process_time() - processor}
    del kept
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({**took, "megabytes": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
