"""A store too large for memory is indexed on disk: the same answers, built beside, and never half of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import httpx
import pytest

from api.cli import main
from api.settings import read_settings
from api.workspace import Workspace
from benchmarks.measuring.answers import row_of
from graph.errors import QueryStopped, StoreError
from graph.store.disk.place import ABOUT, IndexPlace, hold
from graph.store.query.answer import ResultFormat, Term
from graph.store.stock import Load
from graph.store.workers.host import Limits, QueryHost
from ontology.questions import load_questions
from tests.conftest import serving

AACHEN = Path(__file__).parents[2] / "data" / "aachen"
HOSTILE = Path(__file__).parents[1] / "hostile"
SMALL = 0.004
BASE = "https://example.org/id/"
EVERYTHING = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <urn:p> ?o } }"
SHORT = Limits(seconds=0.4, memory=256 * 2**20, bytes=4 * 2**20)


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Aachen with a limit of four kilobytes."""
    settings = read_settings({}, store=str(tmp_path_factory.mktemp("disk") / "store"), index_memory_mb=SMALL)
    with Workspace(settings) as workspace:
        workspace.import_folder(AACHEN)
        yield workspace


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace whose least source goes to the disk."""
    with Workspace(
        read_settings({}, store=str(tmp_path / "store"), index_memory_mb=0, base=BASE)
    ) as workspace:
        yield workspace


def state(workspace: Workspace, *numbers: int) -> None:
    """Say so many statements in one source."""
    lines = "".join(f"<urn:s{number}> <urn:p> <urn:o> .\n" for number in sorted(numbers))
    workspace.files.commit({BASE + "source/s1": lines}, who="test", why="test")


def counted(host: QueryHost) -> int:
    """The number of statements of the test."""
    return int(host.query(COUNT).bindings()[0]["n"].value)


def answered(workspace: Workspace, name: str) -> list[object]:
    """The rows of a question with its defaults, without their order."""
    question = load_questions()[name]
    terms = {entry.name: entry.term(None, "") for entry in question.parameters}
    bindings = {name: Term(*term) for name, term in terms.items() if term is not None}
    rows = workspace.host().query(question.text, bindings=bindings).bindings()
    return sorted(row_of((n, term.value, term.datatype) for n, term in row.items()) for row in rows)


def test_the_size_of_the_sources_decides_and_the_store_says_so(aachen: Workspace, on_disk: Workspace) -> None:
    on_disk.host()
    standings = [workspace.current_host().standing() for workspace in (aachen, on_disk)]
    assert [standing.kind for standing in standings] == ["memory", "disk"]
    assert standings[1].source_bytes > standings[1].memory_up_to == int(SMALL * 2**20)


def test_the_start_page_the_health_and_the_check_say_where_queries_read_from(
    on_disk: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(on_disk) as address, httpx.Client(base_url=address) as client:
        page = client.get("/", headers={"Accept": "text/html"}).text
        start, health = (
            client.get(path, headers={"Accept": "application/json"}).json() for path in ("/", "/health")
        )
    sentence = "aus einem Index auf der Platte, denn es sind mehr als 0 MiB."
    assert sentence in page
    assert (start["index"]["kind"], health["index"]["kind"]) == ("disk", "disk")
    assert health["index"]["sentence"]["de"].endswith(sentence)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANWERK_INDEX_MEMORY_MB", str(SMALL))
        main(["--store", on_disk.settings.store, "check"])
    assert sentence in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("name", load_questions())
def test_every_question_is_answered_from_disk_as_from_memory(
    aachen: Workspace, on_disk: Workspace, name: str
) -> None:
    assert answered(on_disk, name) == answered(aachen, name)


def test_the_index_holds_every_statement_of_every_graph(aachen: Workspace, on_disk: Workspace) -> None:
    whole = {"limits": Limits(rows=100_000), "accept": ResultFormat.TSV}
    rows = [
        sorted(workspace.host().query(EVERYTHING, **whole).body.splitlines())
        for workspace in (aachen, on_disk)
    ]
    assert rows[0] == rows[1]


@pytest.mark.parametrize(
    "name", ["query-of-death", "order-product", "concat-doubling", "regex-from-data", "path-everything"]
)
def test_a_hostile_query_is_stopped_on_disk_too_and_the_next_one_is_answered(
    on_disk: Workspace, name: str
) -> None:
    host = on_disk.host()
    with pytest.raises(QueryStopped):
        host.query((HOSTILE / f"{name}.rq").read_text("utf-8"), limits=SHORT)
    assert host.query("ASK { ?s ?p ?o }").holds()


def test_a_worker_on_disk_reads_its_index_and_opens_nothing_else(on_disk: Workspace) -> None:
    """The kernel refuses all that a query could never ask for but a broken engine might do."""
    program = """
import os, socket, sys
from pathlib import Path
from graph import sandbox
from graph.store.disk.confinement import open_confined
folder = Path(sys.argv[1])
sandbox.give_up_privileges()
ours, theirs = socket.socketpair()
host = os.getpid()
if os.fork() == 0:
    store, wire, _ = open_confined(folder, host, theirs.detach())
    tries = {
        "index": lambda: open(folder / "CURRENT").close(),
        "query": lambda: next(iter(store.query("SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 1"))),
        "other file": lambda: open("/etc/hostname"),
        "write": lambda: open(folder / "CURRENT", "a"),
        "new file": lambda: open(folder / "new", "w"),
        "remove": lambda: os.unlink(folder / "CURRENT"),
        "socket": lambda: socket.socket(),
        "program": lambda: os.execv(sys.executable, ["python"]),
    }
    for name, attempt in tries.items():
        try:
            attempt()
        except PermissionError:
            os.write(wire, f"{name} refused\\n".encode())
        else:
            os.write(wire, f"{name} allowed\\n".encode())
    os._exit(0)
theirs.close()
os.wait()
print(ours.recv(4096).decode(), end="")
"""
    on_disk.host()
    (index,) = (path.parent for path in (on_disk.files.folder / "index").glob(f"*/{ABOUT}"))
    done = subprocess.run(
        [sys.executable, "-c", program, str(index / "rocksdb")], capture_output=True, text=True, check=True
    )
    refused = ["other file", "write", "new file", "remove", "socket", "program"]
    assert done.stdout.splitlines() == [
        "index allowed",
        "query allowed",
        *(f"{name} refused" for name in refused),
    ]


def test_a_change_is_indexed_beside_while_the_old_state_goes_on_answering(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    state(small, 1)
    assert counted(small.host()) == 1
    begun, go_on = Event(), Event()
    prepare = IndexPlace.prepare

    def slowly(*given: object) -> object:
        begun.set()
        go_on.wait()
        return prepare(*given)

    monkeypatch.setattr(IndexPlace, "prepare", slowly)
    before = small.snapshot()
    state(small, 1, 2)
    assert counted(small.host()) == 1
    begun.wait()
    standing = small.current_host().standing()
    assert (standing.snapshot, standing.building) == (before, True)
    go_on.set()
    while small.current_host().standing().building:
        pass
    assert counted(small.host()) == 2
    assert small.current_host().standing().snapshot == small.snapshot()


def test_the_old_index_goes_after_the_switch(small: Workspace) -> None:
    state(small, 1)
    small.host()
    folder = small.files.folder / "index"
    (first,) = (path.name for path in folder.iterdir() if path.is_dir())
    state(small, 1, 2)
    small.close()
    assert counted(small.host()) == 2
    assert [path.name for path in folder.iterdir() if path.is_dir()] != [first]
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1


def test_an_index_that_somebody_holds_stays(tmp_path: Path) -> None:
    place = IndexPlace(tmp_path)
    held = hold(place.prepare("one", "s1", BASE, Load({})).rocksdb)
    place.prepare("two", "s2", BASE, Load({}))
    place.remove_others("two")
    assert place.ready("one")
    os.close(held)
    place.remove_others("two")
    assert place.ready("one") is None


def test_what_stands_is_opened_again_and_not_built_again(small: Workspace) -> None:
    state(small, 1)
    built = small.current_host().prepare(small.snapshot())
    assert small.current_host().prepare(small.snapshot()) == built


@pytest.mark.parametrize("file", ["CURRENT", "LOG", "sources"])
def test_a_build_that_is_killed_leaves_nothing_that_could_be_taken_for_an_index(
    tmp_path: Path, file: str
) -> None:
    """Killed when the engine has made its first files, or has read sources: the next one starts anew."""
    sources = tmp_path / "s.nt"
    sources.write_text("".join(f"<urn:s{n}> <urn:p> <urn:o{n}> .\n" for n in range(50_000)))
    program = (
        "import sys; from pathlib import Path; from graph.store.disk.place import IndexPlace;"
        "from graph.store.stock import Load; load = Load({'urn:g': Path(sys.argv[2])});"
        "IndexPlace(Path(sys.argv[1])).prepare('key', 's', 'https://example.org/id/', load)"
    )
    building = subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "index"), str(sources)])
    half = tmp_path / "index" / "key.new" / "rocksdb"
    while not ((half / file).exists() or (file == "sources" and any(half.glob("*.sst")))):
        assert building.poll() is None
    building.send_signal(signal.SIGKILL)
    building.wait()
    place = IndexPlace(tmp_path / "index")
    assert place.ready("key") is None
    built = place.prepare("key", "s", BASE, Load({"urn:g": sources}))
    assert built.statements == 50_000
    with QueryHost({}, index=built.rocksdb) as host:
        assert counted(host) == 50_000
    assert not list((tmp_path / "index").glob("*.new"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("# <urn:g>\n<urn:s> <urn:p> <urn:o> .\n", 1),
        ('<urn:s> <urn:p> "a . b" .\n<urn:s> <urn:p> <urn:o>.\n', 2),
        ("<urn:s>\t<urn:p> <urn:o> .", 1),
        ("", 0),
    ],
)
def test_lines_written_by_others_hands_are_indexed_like_our_own(
    tmp_path: Path, text: str, number: int
) -> None:
    path = tmp_path / "s.nt"
    path.write_text(text)
    built = IndexPlace(tmp_path / "index").prepare("key", "s", BASE, Load({"urn:g": path}))
    with QueryHost({}, index=built.rocksdb) as host:
        assert counted(host) == number


def test_a_source_that_cannot_be_read_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.nt", tmp_path / "bad.nt"
    good.write_text("<urn:s> <urn:p> <urn:o> .\n")
    bad.write_text("<urn:s> <urn:p> <urn:o> .\nnonsense .\n")
    place = IndexPlace(tmp_path / "index")
    with pytest.raises(StoreError, match=r"bad\.nt: .* line 2"):
        place.prepare("key", "s", BASE, Load({"urn:g": good, "urn:b": bad}))
    assert [path.name for path in place.folder.iterdir()] == ["lock"]
