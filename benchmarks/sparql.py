"""The shipped questions on our path (guard, worker, Oxigraph, answer read) against rdflib's own engine.

Same statements, same questions with their defaults, both taken in turn; the answers must be equal wherever rdflib
finishes in time. Where it does not, answers are compared on a small inventory. rdflib gets what is faster for it: see
``rdflib_side``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from math import exp, log
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import pyoxigraph as ox

from api.settings import Settings
from api.workspace import Workspace
from benchmarks.made.direct import source_texts
from benchmarks.made.generate import Inventory
from benchmarks.measuring.answers import Row, row_of
from benchmarks.measuring.figure import Figure, quiet_memory
from graph.store.files import SourceFiles
from graph.store.hosting import Host
from graph.store.workers.host import Limits, ResultFormat, Term
from ontology.questions import Question, load_questions

PLANS = 1000
SMALL = 99
SECONDS = 60.0
ROUNDS = 5
BAR = 30.0
_STOPPED = "rdflib stopped"
_ENOUGH = 20.0
_UNLIMITED = Limits(seconds=300, rows=10_000_000, bytes=2**31, memory=6 * 2**30, wait=60)
_EVERYTHING = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"


@dataclass
class Asked:
    """What one question took on both sides, in seconds, and whether the answers are equal."""

    name: str
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)
    parsing: list[float] = field(default_factory=list)
    rows: int = 0
    equal: bool | None = None
    equal_small: bool | None = None
    trouble: str = ""

    @property
    def ratio(self) -> float:
        """How many times faster our path is; where rdflib was stopped, how many times at least."""
        return median(self.theirs) / median(self.ours)

    @property
    def evaluating(self) -> float:
        """The same without the time that rdflib takes to parse the question."""
        parsing = median(self.parsing) if self.parsing else 0.0
        return (median(self.theirs) - parsing) / median(self.ours)


class Rdflib:
    """rdflib in a process of its own."""

    def __init__(self, quads: Path) -> None:
        command = [sys.executable, "-m", "benchmarks.measuring.rdflib_side", str(quads)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.loaded = float(self._hear()["loaded"])

    def ask(self, text: str, bindings: Mapping[str, Term], seconds: float) -> dict[str, Any]:
        """Return the first answer to a question."""
        terms = {name: astuple(term) for name, term in bindings.items()}
        self._say(json.dumps({"text": text, "bindings": terms, "seconds": seconds}))
        return self._hear()

    def again(self) -> dict[str, Any]:
        """Return the answer once more."""
        self._say("again")
        return self._hear()

    def done(self) -> None:
        """Leave the question."""
        self._say("next")
        self._hear()

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        heard: dict[str, Any] = json.loads(self._process.stdout.readline())
        return heard


def measure(
    plans: int = PLANS,
    seconds: float = SECONDS,
    names: Iterable[str] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Figure]:
    """Return the geometric mean of the ratios first, then each question, then loading."""
    questions = [entry for name, entry in load_questions().items() if names is None or name in set(names)]
    with _both(plans) as (host, ready, rdflib):
        results = []
        for question in questions:
            results.append(ask_both(host, rdflib, question, seconds))
            tell(f"{question.name}: {_line(results[-1])}")
        triples = _count(host)
    unfinished = {asked.name: asked for asked in results if asked.trouble == _STOPPED}
    if unfinished and plans > SMALL:
        with _both(SMALL) as (host, _, rdflib):
            for name, asked in unfinished.items():
                asked.equal_small = ask_both(host, rdflib, load_questions()[name], seconds).equal
                tell(f"{name}: {_comparison(asked)}")
    return [
        _mean(results, triples),
        _least(results),
        *map(_figure, results),
        _loading(ready, rdflib.loaded, triples),
    ]


@contextmanager
def _both(plans: int) -> Iterator[tuple[Host, float, Rdflib]]:
    """Yield our host, the seconds until it was ready, and rdflib with the same statements."""
    with TemporaryDirectory() as folder, Workspace(_filled(Path(folder) / "store", plans)) as workspace:
        begin = perf_counter()
        host = workspace.host()
        host.query("ASK {}")
        ready = perf_counter() - begin
        quads = Path(folder) / "everything.nq"
        _write_quads(host, quads)
        rdflib = Rdflib(quads)
        try:
            yield host, ready, rdflib
        finally:
            rdflib.close()


def _filled(folder: Path, plans: int) -> Settings:
    settings = Settings(store=str(folder))
    texts = source_texts(Inventory(plans), settings.base)
    SourceFiles(folder, settings.base).commit(texts, who="benchmark", why="made-up data")
    return settings


def _write_quads(host: Host, path: Path) -> None:
    """Write all that the host holds."""
    answer = host.query(_EVERYTHING, accept=ResultFormat.TSV, limits=_UNLIMITED)
    solutions = ox.parse_query_results(answer.body, ox.QueryResultsFormat.TSV)
    assert isinstance(solutions, ox.QuerySolutions)
    ox.serialize((ox.Quad(*row) for row in solutions), path, ox.RdfFormat.N_QUADS)


def _count(host: Host) -> int:
    answer = host.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", limits=_UNLIMITED)
    return int(answer.bindings()[0]["n"].value)


def ask_both(host: Host, rdflib: Rdflib, question: Question, seconds: float) -> Asked:
    """Return what a question with its default parameters takes on both sides, taken in turn."""
    arguments = {entry.name: entry.term(None, "") for entry in question.parameters}
    bindings = {name: Term(*argument) for name, argument in arguments.items() if argument is not None}
    asked = Asked(question.name)
    ours = _ask_us(host, question.text, bindings, asked)
    reply = rdflib.ask(question.text, bindings, seconds)
    while take(reply, asked, ours) and len(asked.theirs) < ROUNDS and sum(asked.theirs) < _ENOUGH:
        _ask_us(host, question.text, bindings, asked)
        reply = rdflib.again()
    if "seconds" in reply:
        rdflib.done()
    _ask_us(host, question.text, bindings, asked)
    return asked


def _ask_us(host: Host, text: str, bindings: Mapping[str, Term], asked: Asked) -> list[Row]:
    with quiet_memory():
        begin = perf_counter()
        rows = host.query(text, bindings=bindings, limits=_UNLIMITED).bindings()
        asked.ours.append(perf_counter() - begin)
    asked.rows = len(rows)
    return sorted(row_of((name, term.value, term.datatype) for name, term in row.items()) for row in rows)


def take(reply: Mapping[str, Any], asked: Asked, ours: Sequence[Row]) -> bool:
    """Keep what rdflib took; return whether asking again makes sense."""
    if "seconds" in reply:
        asked.theirs.append(reply["seconds"])
        asked.parsing.append(reply["parse"])
        asked.equal = reply["rows"] == ours
        return True
    asked.trouble = _STOPPED if "stopped" in reply else f"rdflib failed: {reply['failed']}"
    if "stopped" in reply:
        asked.theirs.append(float(reply["stopped"]))
    return False


def _mean(results: Sequence[Asked], triples: int) -> Figure:
    timed = [asked for asked in results if asked.theirs]
    finished = [asked for asked in timed if asked.equal is not None]
    compared = [asked for asked in results if _same(asked) is not None]
    slowest = max(results, key=lambda asked: median(asked.ours))
    detail = (
        f"{len(timed)} of {len(results)} questions on {triples:,} triples, geometric mean; {_STOPPED} on "
        f"{len(timed) - len(finished)} (counted with the time-out: “at least”); answers equal on "
        f"{sum(_same(asked) is True for asked in compared)} of {len(compared)} compared; without rdflib's parsing "
        f"{_geometric(asked.evaluating for asked in finished):.1f} × on those that finished; our slowest: "
        f"{slowest.name} {median(slowest.ours) * 1000:.0f} ms"
    )
    mean = _geometric(asked.ratio for asked in timed)
    return Figure("SPARQL against rdflib's engine", mean, "× faster", BAR, "at least", detail)


def _least(results: Sequence[Asked]) -> Figure:
    """Return the question for which our path is worth least: none may be slower than rdflib."""
    least = min((asked for asked in results if asked.theirs), key=lambda asked: asked.ratio)
    return Figure(
        "  the least of them", least.ratio, "× faster", 1.0, "at least", f"{least.name}: {_line(least)}"
    )


def _same(asked: Asked) -> bool | None:
    return asked.equal_small if asked.equal is None else asked.equal


def _geometric(ratios: Iterable[float]) -> float:
    logs = [log(ratio) for ratio in ratios]
    return exp(sum(logs) / len(logs)) if logs else 0.0


def _figure(asked: Asked) -> Figure:
    return Figure(
        f"  {asked.name}", asked.ratio if asked.theirs else float("nan"), "× faster", detail=_line(asked)
    )


def _line(asked: Asked) -> str:
    theirs = f"{median(asked.theirs) * 1000:,.0f} ms" if asked.theirs else "–"
    ours = f"{median(asked.ours) * 1000:,.1f} ms"
    return f"ours {ours}, rdflib {theirs}, {asked.rows} rows, {_comparison(asked)}"


def _comparison(asked: Asked) -> str:
    words = {True: "answers equal", False: "ANSWERS DIFFER"}
    if asked.equal is not None:
        return words[asked.equal]
    return (
        asked.trouble if asked.equal_small is None else f"{asked.trouble}; small: {words[asked.equal_small]}"
    )


def _loading(ready: float, loaded: float, triples: int) -> Figure:
    detail = (
        f"{triples:,} triples; ours (days derived, host started, loaded) {ready:.2f} s, rdflib {loaded:.1f} s"
    )
    return Figure("Loading against rdflib", loaded / ready, "× faster", detail=detail)
