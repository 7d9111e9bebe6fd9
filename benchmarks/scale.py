"""From one city to a country: what grows when there is more, and how fast questions are answered then.

    python -m benchmarks scale                   10,000 to a million statements, with bars
    python -m benchmarks.scale 10000000          one more size of loading, printed with what the whole country would take

Loading is measured on a made country (``country``), step by step, each in a process of its own. Questions are asked with
their defaults and the usual limits (10,000 rows), which is what a page does: of one inventory with a million statements in
memory and on disk, and of one city while others stand beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import islice
from math import exp, log
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from api.settings import Settings
from api.workspace import Workspace
from benchmarks.made.country import Country, Town, quads_of
from benchmarks.made.direct import source_texts
from benchmarks.made.generate import Inventory
from benchmarks.measuring.figure import Figure, load_warning
from benchmarks.measuring.loading import Step, measure_step
from graph.errors import QueryStopped
from graph.store.files import SourceFiles
from graph.store.hosting import Host
from graph.store.query.asked import Query
from graph.store.workers.host import Limits, QueryHost, Term
from ontology.parameters import Parameter
from ontology.questions import load_questions

PLANS = 10_000
SIZES = (10_000, 100_000, 1_000_000)
WHOLE_COUNTRY = 33_500_000
"""Statements of 11,000 municipalities with a million plans, from the generator's own sizes."""

ROUNDS = 3
QUESTION_BAR = 300.0
GROWTH_BAR = 1.5
LOADING_BAR = 3.5
MEMORY_BAR = 6.0
_LARGE = 10_000_000
_PER_PLAN = 33.5
_PLANS_EACH = 91
_ON_DISK = 0.0
_SAMPLE = 8
_LIMITS = Limits(seconds=5, wait=120)
_CITY = Town(0, 95, whole=True, region=1, seed=7)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What each step of loading took for a part of the country."""

    statements: int
    generating: float
    steps: Mapping[str, Step]
    disk_bytes: int

    def line(self) -> str:
        """Return it as one line of text."""
        steps = ", ".join(
            f"{name} {step.seconds:.1f} s ({step.processor:.1f} s CPU, {step.megabytes:,.0f} MB)"
            for name, step in self.steps.items()
        )
        per = self.disk_bytes / self.statements
        return f"{self.statements:,}: generate {self.generating:.1f} s, {steps}; {per:.0f} bytes each on disk"


def measure(
    plans: int = PLANS,
    sizes: Sequence[int] = SIZES,
    others: Sequence[int] = (SIZES[0], SIZES[-1]),
    rounds: int = ROUNDS,
) -> list[Figure]:
    """Return the figures of loading, of questions on much data, and of a city's questions beside others."""
    return [*loading_figures(sizes), *question_figures(plans, rounds), *growth_figures(others, rounds)]


def loading_figures(sizes: Sequence[int]) -> list[Figure]:
    """Return what loading costs beside parsing, how memory grows, and all steps by size."""
    loaded = list(map(load_part, sizes))
    last = loaded[-1]
    memory = last.steps["memory"].processor / last.steps["parse"].processor
    most = max(last.steps[name].megabytes for name in ("memory", "disk")) / 1024
    disk = last.steps["disk"].processor / last.steps["parse"].processor
    steps = [
        Figure(f"  {part.statements:,} statements", _total(part), "s", detail=part.line()) for part in loaded
    ]
    return [
        Figure(
            "Loading into memory",
            memory,
            "× parsing",
            LOADING_BAR,
            "at most",
            f"CPU, {last.statements:,} statements",
        ),
        Figure(
            "Building an index on disk", disk, "× parsing", detail="CPU; optimising included, once a state"
        ),
        Figure(
            "Memory of loading",
            most,
            "GB",
            MEMORY_BAR,
            "at most",
            f"the larger of both, {last.statements:,} statements",
        ),
        *steps,
    ]


def _total(part: Loaded) -> float:
    return part.generating + part.steps["disk"].seconds


def load_part(statements: int) -> Loaded:
    """Generate so many statements of a country and load them, step by step."""
    with TemporaryDirectory() as folder:
        quads, index = Path(folder) / "country.nq", Path(folder) / "index"
        begin = perf_counter()
        written = write_part(quads, statements)
        generating = perf_counter() - begin
        steps = {name: measure_step(name, quads, index) for name in ("parse", "memory", "disk", "open")}
        size = sum(path.stat().st_size for path in index.iterdir())
    return Loaded(written, generating, steps, size)


def write_part(path: Path, statements: int) -> int:
    """Write about so many statements of a country whose towns are like those of the whole one; return how many."""
    plans = max(10, round(statements / _PER_PLAN))
    country, number = Country(max(1, plans // _PLANS_EACH), plans), 0
    with path.open("w", encoding="utf-8") as file:
        for town in country.towns():
            for line in quads_of(town):
                file.write(line)
                number += 1
    return number


def question_figures(plans: int, rounds: int) -> list[Figure]:
    """Return the slowest question on one large inventory, in memory and on disk, and all that are above the bar."""
    figures: list[Figure] = []
    with TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        base = Settings().base
        SourceFiles(store, base).commit(
            source_texts(Inventory(plans), base), who="benchmark", why="made-up data"
        )
        for kind, megabytes in (("in memory", Settings().index_memory_mb), ("on disk", _ON_DISK)):
            with Workspace(Settings(store=str(store), index_memory_mb=megabytes)) as workspace:
                figures.append(_slowest(kind, workspace.host(), rounds, is_barred=not figures))
    return figures


def _slowest(kind: str, host: Host, rounds: int, *, is_barred: bool) -> Figure:
    taken = ask_all(host, rounds)
    number = int(host.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", limits=_LIMITS).bindings()[0]["n"].value)
    above = sorted(((ms, name) for name, ms in taken.items() if ms > QUESTION_BAR), reverse=True)
    listed = ", ".join(f"{name} {ms:,.0f}" for ms, name in above) or "none"
    detail = (
        f"{number:,} statements in one inventory; median {median(taken.values()):.0f} ms; "
        f"{len(above)} of {len(taken)} above {QUESTION_BAR:.0f} ms: {listed}"
    )
    bar = QUESTION_BAR if is_barred else None
    return Figure(f"Slowest question, {kind}", max(taken.values()), "ms", bar, "at most", detail)


def ask_all(host: Host, rounds: int) -> dict[str, float]:
    """Return the best milliseconds of each question with its defaults; a question that is stopped counts with its time.

    A question that a large inventory is asked with a parameter is asked about the thing that most is said of.
    """
    side = _Side(host)
    return {name: min(_milliseconds(ask, side) for _ in range(rounds)) for name, ask in _questions(host)}


def _questions(narrowed: Host | None = None) -> Iterator[tuple[str, Callable[[_Side], object]]]:
    """Yield each question with what asks it, with its defaults, and about one thing of ``narrowed`` where it wants one."""
    for name, question in load_questions().items():
        arguments = {entry.name: entry.term(None, "") for entry in question.parameters}
        bindings = {key: Term(*argument) for key, argument in arguments.items() if argument is not None}
        if narrowed and question.narrow:
            bindings[question.narrow[0].name] = _busiest(narrowed, question.narrow[0])
        yield name, partial(_ask, question.text, bindings)


def _busiest(host: Host, parameter: Parameter) -> Term:
    """Return the thing that a parameter can name and that most statements point to."""
    asked = (
        f"SELECT ?x {{ ?x a <{parameter.class_}> . ?s ?p ?x }} GROUP BY ?x ORDER BY DESC(COUNT(*)) ?x LIMIT 1"
    )
    (row,) = host.query(asked, limits=_LIMITS).bindings()
    return Term("iri", row["x"].value)


def _ask(text: str, bindings: Mapping[str, Term], side: _Side) -> None:
    side.host.answer(Query(text, bindings, limits=_LIMITS, default_graphs=side.graphs))


def _milliseconds(ask: Callable[[_Side], object], side: _Side) -> float:
    begin = perf_counter()
    try:
        ask(side)
    except QueryStopped:
        return _LIMITS.seconds * 1000
    return (perf_counter() - begin) * 1000


def growth_figures(others: Sequence[int], rounds: int) -> list[Figure]:
    """Return how a city's questions grow with the statements of other cities: in a store of its own, and in one of all."""
    with ExitStack() as opened:
        hosts = [_beside(opened, statements) for statements in others]
        apart, together = zip(*hosts, strict=True)
        alone, shared = _growth(apart, rounds), _growth(together, 1, every=_SAMPLE)
    detail = f"geometric mean of all questions of a city, {others[0]:,} → {others[-1]:,} statements of others"
    stopped = f"every {_SAMPLE}th question, asked of the city's graphs alone (FROM); stopped after 5 s: {shared.stopped}"
    return [
        Figure(
            "A city's questions beside others",
            alone.ratio,
            "× slower",
            GROWTH_BAR,
            "at most",
            f"{detail}; a store each",
        ),
        Figure("  the same in one store of all", shared.ratio, "× slower", detail=stopped),
    ]


@dataclass(frozen=True, slots=True)
class _Side:
    """A city asked beside so many statements of others: the host, and the graphs that the questions may read."""

    host: Host
    graphs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Growth:
    ratio: float
    stopped: str


def _growth(sides: Sequence[_Side], rounds: int, every: int = 1) -> _Growth:
    """Return how much longer the questions take on the last side than on the first, asked in turn."""
    ratios, stopped = [], []
    for name, ask in islice(_questions(), 0, None, every):
        few, many = (
            min(times)
            for times in zip(*([_milliseconds(ask, s) for s in sides] for _ in range(rounds)), strict=True)
        )
        ratios.append(many / few)
        stopped += [name] if max(few, many) >= _LIMITS.seconds * 1000 else []
    return _Growth(_geometric(ratios), ", ".join(stopped) or "none")


def _beside(opened: ExitStack, statements: int) -> tuple[_Side, _Side]:
    """Start a city beside so many statements of others: first in a store of its own, then in one with all."""
    folder = Path(opened.enter_context(TemporaryDirectory()))
    SourceFiles(folder / "own", _CITY.base).commit(_CITY.texts(), who="benchmark", why="made-up data")
    write_part(folder / "others.nq", statements)
    workspace = opened.enter_context(Workspace(Settings(store=str(folder / "own"), base=_CITY.base)))
    opened.enter_context(QueryHost({}, quads=[folder / "others.nq"])).query("ASK {}")
    paths = workspace.files.paths()
    together = opened.enter_context(QueryHost(paths, quads=[folder / "others.nq"]))
    return _Side(workspace.host()), _Side(together, [*paths])


def _geometric(ratios: Iterable[float]) -> float:
    logs = list(map(log, ratios))
    return exp(sum(logs) / len(logs))


def main(statements: int) -> None:
    """Print what one more size takes, and what the whole country would, step by step, if each went on growing as seen."""
    smaller, larger = load_part(statements // 10), load_part(statements)
    print(smaller.line())
    print(larger.line())
    grown = WHOLE_COUNTRY / larger.statements
    for name, step in larger.steps.items():
        power = log(step.seconds / smaller.steps[name].seconds) / log(larger.statements / smaller.statements)
        print(
            f"{name}: grows with the power {power:.2f}; whole country about {step.seconds * grown**power:,.0f} s"
        )
    print(load_warning())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else _LARGE)
