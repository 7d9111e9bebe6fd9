"""Every shipped question of Aachen by the embedded store, by the Oxigraph server and by Virtuoso 7, in turn in one run.

The way is that of the program: guard, worker, rewriting, one look at the mark of the index, the whole answer read. Virtuoso is
left out where it is not installed; its first answer to a question, with the time to plan it, is told beside.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from api.settings import Settings
from api.workspace import Workspace
from benchmarks.measuring.figure import Figure, quiet_memory
from graph.store.hosting import Host
from graph.store.query.answer import Limits, Term
from ontology.questions import load_questions
from tests.stores.servers import oxigraph_server, virtuoso_server

ROUNDS = 5
_AACHEN = Path(__file__).parents[2] / "data" / "aachen"
_EMBEDDED = "embedded"
_LIMITS = Limits(seconds=60)


@dataclass
class Side:
    """One kind of store: what took how many milliseconds, question by question."""

    host: Host
    importing: float
    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)


def measure(rounds: int = ROUNDS, most: int | None = None) -> list[Figure]:
    """Return how many times longer a question takes by a server, the median of all questions (or of the first ``most``)."""
    with ExitStack() as opened:
        sides = {name: _side(opened, settings) for name, settings in _stores(opened)}
        with quiet_memory():
            for question in list(load_questions().values())[:most]:
                given = {entry.name: entry.term(None, "") for entry in question.parameters}
                bindings = {key: Term(*term) for key, term in given.items() if term is not None}
                _ask(sides, question.text, bindings, rounds)
    return [_figure(name, side, sides[_EMBEDDED]) for name, side in sides.items() if name != _EMBEDDED]


def _stores(opened: ExitStack) -> Iterator[tuple[str, Settings]]:
    """Yield the stores to measure, each empty."""
    folder = Path(opened.enter_context(TemporaryDirectory()))
    yield _EMBEDDED, Settings(store=str(folder / "store"))
    address = opened.enter_context(oxigraph_server(folder / "oxigraph"))
    yield "Oxigraph server", Settings(store=address, cache=str(folder / "one"))
    if shutil.which("virtuoso-t"):
        address = opened.enter_context(virtuoso_server(folder / "virtuoso"))
        cache = str(folder / "two")
        yield "Virtuoso", Settings(store=address, cache=cache, store_user="dba", store_password="dba")


def _side(opened: ExitStack, settings: Settings) -> Side:
    workspace = opened.enter_context(Workspace(settings))
    begin = perf_counter()
    workspace.import_folder(_AACHEN)
    return Side(workspace.host(), perf_counter() - begin)


def _ask(sides: Mapping[str, Side], text: str, bindings: Mapping[str, Term], rounds: int) -> None:
    """Ask one question of all sides in turn; the best of the later rounds counts."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds + 1):
        for name, side in sides.items():
            begin = perf_counter()
            side.host.query(text, bindings=bindings, limits=_LIMITS)
            taken[name].append((perf_counter() - begin) * 1000)
    for name, side in sides.items():
        side.first.append(taken[name][0])
        side.again.append(min(taken[name][1:]))


def _figure(name: str, side: Side, embedded: Side) -> Figure:
    ratio = median(ours / theirs for ours, theirs in zip(side.again, embedded.again, strict=True))
    detail = (
        f"median of {len(side.again)} questions: {median(embedded.again):.1f} → {median(side.again):.1f} ms; "
        f"asked for the first time {median(embedded.first):.1f} → {median(side.first):.1f} ms, the slowest "
        f"{max(side.first):,.0f} ms; import of Aachen {embedded.importing:.1f} → {side.importing:.1f} s"
    )
    return Figure(f"A question by {name}", ratio, "× embedded", detail=detail)
