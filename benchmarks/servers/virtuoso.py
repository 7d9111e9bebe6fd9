"""Ten million statements of a made country on Virtuoso 7: how long loading takes, and every question asked of all of it.

    python -m benchmarks.servers.virtuoso 10000000          make so many statements, load them, ask
    python -m benchmarks.servers.virtuoso country.nq        load a file that benchmarks.made.country wrote, ask

Virtuoso runs on this machine alone, in a folder that goes away afterwards, with 340,000 buffers (a machine with 4 GB).
Its own bulk loader takes four files at once, each statement in the graph of its source, derived days and vocabulary too.
Questions take the way that the program takes: rewritten for a server, then for Virtuoso, at most 10,000 rows, the whole
answer read, stopped after 20 seconds. Each is asked twice; the processor time is that of the server.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.measuring.figure import load_warning
from benchmarks.measuring.ports import free_port
from benchmarks.scale import write_part
from graph.errors import PlanwerkError
from graph.store.index import derived_days, derived_graph, ontology_quads
from graph.store.query.answer import Answer, Limits, ResultFormat, Term
from graph.store.remote import answers
from graph.store.remote.endpoint import Endpoint, LateError, Login
from graph.store.remote.rewriting import rewritten
from graph.store.remote.virtuoso.queries import asked_of_virtuoso
from ontology.questions import load_questions
from ontology.vocabulary import load_vocabulary
from tests.stores.servers import virtuoso_server

BAR = 3.0
HOME = "https://w3id.org/planwerk/city/"
TOWN = f"{HOME}gemeinde-00001/id/"
LIMITS = Limits(seconds=20)
_BUFFERS = 340_000
_LOADERS = 4
_HEAD = """PREFIX pw: <https://w3id.org/planwerk/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
OWN = {
    "plans of a town": f"""SELECT ?plan ?label {{
      ?plan pw:inInventory <{TOWN}inventory> ; a pw:Plan ; skos:prefLabel ?label }}""",
    "plans by kind": """SELECT ?kind (COUNT(?plan) AS ?n) {
      ?plan a pw:Plan ; pw:planKind ?kind } GROUP BY ?kind ORDER BY DESC(?n)""",
    "all plans counted": "SELECT (COUNT(?plan) AS ?n) { ?plan a pw:Plan }",
    "current plans": 'SELECT (COUNT(?plan) AS ?n) { ?plan a pw:Plan ; pw:status/pw:standing "current" }',
    "plans without a lead": "SELECT ?plan { ?plan a pw:Plan MINUS { ?plan pw:leadUnit ?lead } }",
    "plans with a word in the title": """SELECT ?plan ?label {
      ?plan a pw:Plan ; skos:prefLabel ?label FILTER(CONTAINS(?label, "0042")) }""",
    "the ten towns with most plans": """SELECT ?town (COUNT(?plan) AS ?n) {
      ?plan a pw:Plan ; pw:inInventory ?town } GROUP BY ?town ORDER BY DESC(?n) LIMIT 10""",
    "plans by town and topic": """SELECT ?town ?topic (COUNT(?plan) AS ?n) {
      ?plan a pw:Plan ; pw:inInventory ?town ; pw:topic ?topic } GROUP BY ?town ?topic ORDER BY DESC(?n) LIMIT 100""",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question took, the first time and again, on the clock and of the server's processors, and its rows."""

    name: str
    first: float
    again: float
    processor: float
    rows: int
    trouble: str = ""

    def line(self) -> str:
        """Return it as one line of text."""
        sign = "" if self.again <= BAR and not self.trouble else "  MISSED"
        return (
            f"{self.name:<40} first {self.first:7.2f} s, again {self.again:7.2f} s, CPU {self.processor:7.2f} s, "
            f"{self.rows:6,} rows{sign} {self.trouble}"
        )


class Server:
    """A Virtuoso that runs: loaded by SQL, asked by SPARQL."""

    def __init__(self, address: str, sql: int, folder: Path) -> None:
        self._endpoint = Endpoint(address, login=Login("dba", "dba"))
        self._sql = sql
        self._folder = folder
        lines = subprocess.run(
            ["pidof", "virtuoso-t"], capture_output=True, text=True, check=True
        ).stdout.split()
        self.pid = next(int(pid) for pid in lines if Path(f"/proc/{pid}/cwd").resolve() == folder.resolve())

    def run(self, *commands: str) -> None:
        """Run SQL; raises CalledProcessError or RuntimeError where Virtuoso refuses it."""
        command = [
            "isql-vt",
            f"127.0.0.1:{self._sql}",
            "dba",
            "dba",
            "ERRORS=stdout",
            f"exec={'; '.join(commands)};",
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "*** Error" in said:
            raise RuntimeError(said)

    def load(self) -> float:
        """Load all N-Quads of the folder with the bulk loader, some files at a time; return the seconds on the clock."""
        begin = perf_counter()
        self.run("ld_dir('.', '%.nq', 'urn:planwerk:loaded')")
        with ThreadPoolExecutor(_LOADERS) as loaders:
            for done in [loaders.submit(self.run, "rdf_loader_run()") for _ in range(_LOADERS)]:
                done.result()
        self.run("checkpoint")
        return perf_counter() - begin

    def loaded(self) -> int:
        """Return how many statements there are, those of Virtuoso itself (some thousands) included."""
        return int(self.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {}).bindings()[0]["n"].value)

    def ask(self, text: str, bindings: dict[str, Term], limits: Limits = LIMITS) -> Answer:
        """Return the answer to a query, asked as the program asks."""
        made = rewritten(text, bindings, (), "urn:planwerk:nothing", limits.rows + 1)
        form = {"query": asked_of_virtuoso(made.text), "timeout": str(int(limits.seconds * 1000))}
        reply = self._endpoint.send(
            self._endpoint.address, form, answers.TABLE, limits.seconds + 5, limits.bytes
        )
        answers.check(reply, self._endpoint.address, answers.TABLE, limits)
        return answers.read_table(reply, "select", ResultFormat.JSON, limits.rows)

    def processor_seconds(self) -> float:
        """Return the processor time of the server so far."""
        used = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Return the most memory that the server has had."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))

    def timed(self, name: str, text: str, bindings: dict[str, Term]) -> Asked:
        """Ask twice and return what it took."""
        clocks, rows, trouble, used = [], 0, "", 0.0
        for _ in range(2):
            begin, before = perf_counter(), self.processor_seconds()
            try:
                rows = self.ask(text, bindings).rows
            except (PlanwerkError, LateError) as error:
                trouble = str(error)[:120] or "no answer in time"
            clocks.append(perf_counter() - begin)
            used = self.processor_seconds() - before
            if trouble:
                break
        return Asked(name, clocks[0], clocks[-1], used, rows, trouble)


def questions() -> Iterator[tuple[str, str, dict[str, Term]]]:
    """Yield our own queries, then every shipped question with its defaults."""
    for name, text in OWN.items():
        yield name, _HEAD + text, {}
    for name, question in load_questions().items():
        given = {entry.name: entry.term(None, "") for entry in question.parameters}
        yield name, question.text, {key: Term(*term) for key, term in given.items() if term is not None}


def write_derived(quads: Path, folder: Path) -> None:
    """Write the days that the dates of a file mean, and the vocabulary, as N-Quads."""
    dated = tuple(f" <{term.iri}> " for term in load_vocabulary().properties.values() if term.day_property)
    part = folder / "dated.part"
    with quads.open(encoding="utf-8") as lines, part.open("w", encoding="utf-8") as chosen:
        for line in lines:
            if any(name in line for name in dated):
                chosen.write(line.rpartition(" <")[0] + " .\n")
    (folder / "derived.nq").write_text(derived_days({derived_graph(HOME): part}, HOME), "utf-8")
    (folder / "vocabulary.nq").write_text(ontology_quads(), "utf-8")
    part.unlink()


def measure(quads: Path, folder: Path) -> list[Asked]:
    """Load and ask, and print each figure as soon as it is there."""
    parts = [
        "split",
        "-n",
        f"l/{_LOADERS}",
        "--additional-suffix=.nq",
        str(quads.resolve()),
        str(folder / "part-"),
    ]
    subprocess.run(parts, check=True)
    write_derived(quads, folder)
    sql = free_port()
    with virtuoso_server(folder, sql, _BUFFERS) as address:
        server = Server(address, sql, folder)
        seconds = server.load()
        size = sum(path.stat().st_size for path in folder.glob("*.db")) / 1e9
        _tell(f"loaded in {seconds:.0f} s ({server.processor_seconds():.0f} s CPU), {size:.1f} GB on disk")
        _tell(f"{server.loaded():,} statements")
        asked = []
        for name, text, bindings in questions():
            asked.append(server.timed(name, text, bindings))
            _tell(asked[-1].line())
        _tell(f"most memory of the server: {server.megabytes():,.0f} MB")
    return asked


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(what: str) -> int:
    """Make what is not there yet, measure, and say which questions miss the bar."""
    with TemporaryDirectory(dir=Path(what).parent if what.endswith(".nq") else None) as place:
        folder = Path(place)
        quads = Path(what)
        if not what.endswith(".nq"):
            quads = folder / "made.part"
            begin = perf_counter()
            _tell(f"{write_part(quads, int(what)):,} statements made in {perf_counter() - begin:.0f} s")
        asked = measure(quads, folder)
    missed = [one.name for one in asked if one.trouble or one.again > BAR]
    _tell(
        f"{len(asked) - len(missed)} of {len(asked)} within {BAR:.0f} s; median {median(one.again for one in asked):.2f} s"
    )
    _tell(load_warning())
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "10000000"))
