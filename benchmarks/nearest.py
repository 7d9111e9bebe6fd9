"""For each plan the ten most similar, explained: against NetworkX, and how that grows with the number of plans.

``python -m benchmarks.nearest 100000`` runs one large inventory in a process of its own and prints how long it took and
how much memory it held above the network; it ends with status 1 above 512 MB. Building the network for that takes
minutes and some 3 GB.

Explained means: the numbers of the concepts that both have, that only the one and that only the other has, as lists in
memory; what a concept weighs and how many plans have it stands once for all pairs. Both sides start from the same rows of
closed concepts.
"""

from __future__ import annotations

import os
import sys
import tracemalloc
from collections.abc import Callable
from time import perf_counter

from benchmarks.measuring.figure import Figure, alternately
from benchmarks.overlaps import candidates_of, incidence_of, needed_network, networkx_projection, peak
from graph.findings.pairs.nearest import MOST, nearest
from graph.network.incidence import Incidence, read_incidence

PLANS = 1000
MORE_PLANS = 10_000
ROUNDS = 7
BAR, LONGER, LARGER = 1 / 150, 130.0, 8.0
MANY_PLANS = 100_000
MEMORY = 512.0
_MEGABYTE = 2**20


def measure(plans: int = PLANS, more: int = MORE_PLANS, rounds: int = ROUNDS) -> list[Figure]:
    """Return the time ratio to NetworkX first, then how time and memory grow."""
    return [_against_networkx(candidates_of(plans).incidence, rounds), *_growth(plans, more, rounds)]


def all_nearest(incidence: Incidence) -> Callable[[], list[object]]:
    """Return the work: all pairs looked at, ten per plan kept with what explains them."""
    return lambda: list(nearest(incidence))


def _against_networkx(incidence: Incidence, rounds: int) -> Figure:
    ours, theirs = alternately(rounds, all_nearest(incidence), networkx_projection(incidence))
    pairs = sum(len(part.pairs.a) for part in nearest(incidence))
    detail = (
        f"{len(incidence.plans)} open plans × {len(incidence.concepts)} concepts: {pairs:,} explained pairs in "
        f"{ours * 1000:.1f} ms, networkx {theirs:.2f} s, that is 1/{theirs / ours:.0f}"
    )
    name = f"Nearest {MOST} per plan, explained, against networkx"
    return Figure(name, ours / theirs, "of its time", BAR, "at most", detail)


def _growth(plans: int, more: int, rounds: int) -> list[Figure]:
    few, many = incidence_of(plans), incidence_of(more)
    small, large = alternately(min(rounds, 3), all_nearest(few), all_nearest(many))
    times = f"{plans:,} plans {small * 1000:.1f} ms, {more:,} plans {large * 1000:,.0f} ms"
    held = [peak(all_nearest(incidence)) for incidence in (few, many)]
    memory = f"peak above the incidence, all pairs kept: {held[0] / _MEGABYTE:.1f} and {held[1] / _MEGABYTE:.1f} MB"
    longer, larger = large / small, held[1] / held[0]
    name = f"  {plans:,} to {more:,} plans"
    return [
        Figure(f"{name}, time", longer, "× longer", LONGER, "at most", times),
        Figure(f"{name}, memory", larger, "× larger", LARGER, "at most", memory),
    ]


def measure_large(plans: int = MANY_PLANS) -> list[Figure]:
    """Return how long one large inventory takes, and how much memory reading it out and comparing all pairs holds."""
    network = needed_network(plans)
    chosen = network.of_type("Plan")
    network.targets(chosen[0], "topic")
    tracemalloc.start()
    begin = perf_counter()
    incidence = read_incidence(network, chosen)
    read = perf_counter() - begin
    pairs = sum(len(part.pairs.a) for part in nearest(incidence))
    taken = perf_counter() - begin
    memory = tracemalloc.get_traced_memory()[1] / _MEGABYTE
    tracemalloc.stop()
    detail = (
        f"{len(incidence.concepts):,} concepts, {pairs:,} explained pairs, one after the other; of that {read:.0f} s to "
        "read the incidence; memory is watched, which makes it slower"
    )
    name = f"Nearest {MOST} of {len(incidence.plans):,} plans"
    return [
        Figure(name, taken, "s", detail=detail),
        Figure("  peak memory above the network", memory, "MB", MEMORY, "at most", "incidence included"),
    ]


def main() -> int:
    """Run one large inventory and print what it took."""
    figures = measure_large(int(sys.argv[1]) if len(sys.argv) > 1 else MANY_PLANS)
    for figure in figures:
        print(f"{figure.name}: {figure.text} ({figure.detail})")
    return int(any(figure.kept is False for figure in figures))


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(main())
