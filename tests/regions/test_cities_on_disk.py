"""Cities together beyond memory: one index on disk, built beside, the same answers as in memory, and replicas of it."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import httpx
import pytest

from api.cities.answers.asking import across_question, ask_across
from api.cities.federation import Federation
from api.cities.opened import OpenCities
from api.cities.register import read_register
from api.cities.serving import Cities
from api.cli import main
from api.replica import Replica
from api.settings import read_settings
from benchmarks.measuring.answers import row_of
from graph.errors import Busy, StoreError
from graph.store.disk.place import IndexPlace
from graph.store.disk.published import current_index
from ontology.across import load_across_questions
from ontology.terms import PW, RDF
from tests.cities import (
    BEISPIELHEIM,
    HEIM,
    MUSTER,
    MUSTERSTADT,
    REGISTER,
    make_city,
    write_duties,
    write_tables,
)
from tests.conftest import serving_app

COUNT = "SELECT (COUNT(?plan) AS ?n) { ?plan a <https://w3id.org/planwerk/ontology#Plan> }"
TIE = f"<{HEIM}p1> <http://purl.org/dc/terms/replaces> <{MUSTER}p1> ."
LIE = f'<{MUSTER}p1> <http://www.w3.org/2004/02/skos/core#prefLabel> "GEFÄLSCHT" .'
MORE = 20_000


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cities in two regions; one names a thing of the other and says something of it."""
    home = tmp_path_factory.mktemp("two")
    tables = write_tables(home / "in" / "muster", MUSTERSTADT)
    duties = write_duties(home / "in" / "duties", "Stadt Musterstadt", [])
    make_city(home, "musterstadt", MUSTER, tables, duties)
    make_city(home, "beispielheim", HEIM, write_tables(home / "in" / "heim", BEISPIELHEIM))
    say(home, TIE, LIE)
    cities = [city for city in REGISTER["cities"] if city["id"] in {"musterstadt", "beispielheim"}]
    (home / "cities.json").write_text(json.dumps({**REGISTER, "cities": cities}), "utf-8")
    return home


@pytest.fixture
def own(home: Path, tmp_path: Path) -> Path:
    """The same two cities for one test alone."""
    shutil.copytree(home / "stores", tmp_path / "stores")
    shutil.copy(home / "cities.json", tmp_path)
    return tmp_path


def say(home: Path, *lines: str) -> None:
    """Write a source of Beispielheim by hand."""
    path = home / "stores" / "beispielheim" / "sources" / "bund.nt"
    path.write_text("\n".join([f"# <{HEIM}source/bund>", *lines, ""]), "utf-8")


def joined(home: Path, *, patient: bool = True, **settings: object) -> Federation:
    given = read_settings({}, **settings)
    register = read_register(home / "cities.json")
    return Federation(given, OpenCities(given, register), fresh=0, patient=patient)


@pytest.fixture(scope="module")
def in_memory(home: Path) -> Iterator[Federation]:
    with joined(home) as federation:
        yield federation


@pytest.fixture(scope="module")
def on_disk(home: Path) -> Iterator[Federation]:
    with joined(home, index_memory_mb=0) as federation:
        yield federation


def build(home: Path, to: str, *more: str) -> int:
    """Build the common index as the command line does."""
    words = ["--cities", home / "cities.json", "--quiet", "index", home / to, "--across", *more]
    return main(list(map(str, words)))


def plans(asked: Federation | Replica) -> int:
    return int(asked.host().query(COUNT).bindings()[0]["n"].value)


def rows(asked: Federation | Replica, name: str) -> list[object]:
    """The rows of a question without any parameter, without their order."""
    found = asked.host().query(load_across_questions()[name].text).bindings()
    return sorted(row_of((n, cell.value, cell.datatype) for n, cell in row.items()) for row in found)


@pytest.mark.parametrize("name", load_across_questions())
def test_a_question_is_answered_from_disk_as_from_memory(
    in_memory: Federation, on_disk: Federation, name: str
) -> None:
    assert rows(on_disk, name) == rows(in_memory, name)
    kinds = [asked.current_host().standing().kind for asked in (in_memory, on_disk)]
    assert kinds == ["memory", "disk"]


def test_a_replica_of_the_common_index_answers_as_the_cities_do_themselves(
    home: Path, in_memory: Federation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(home, "indexes", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["snapshot"], Path(told["folder"])) == (
        in_memory.snapshot(),
        current_index(home / "indexes").folder,
    )
    with Replica(read_settings({}), home / "indexes") as replica:
        for name in load_across_questions():
            assert rows(replica, name) == rows(in_memory, name), name
        assert "GEFÄLSCHT" not in str(replica.host().query("SELECT * { GRAPH ?g { ?s ?p ?o } }").body)


def test_an_index_of_one_region_holds_its_cities_only(home: Path) -> None:
    assert build(home, "west", "--region", "west") == 0
    with Replica(read_settings({}), home / "west") as replica:
        assert plans(replica) == 3


def test_the_link_moves_only_when_the_next_index_stands_and_one_that_is_killed_leaves_the_old(
    own: Path,
) -> None:
    build(own, "indexes")
    before = current_index(own / "indexes")
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    say(own, *(f'<{HEIM}p{n}> {label} "{n}" .' for n in range(MORE)))
    words = [sys.executable, "-m", "api.cli", "--cities", own, "index", own / "indexes", "--across"]
    with subprocess.Popen(list(map(str, words)), stderr=subprocess.DEVNULL) as building:
        while not any((own / "indexes").glob("*.new/rocksdb/LOG")):
            assert building.poll() is None
        building.send_signal(signal.SIGKILL)
    assert current_index(own / "indexes") == before
    with Replica(read_settings({}), own / "indexes") as replica:
        assert plans(replica) == 5
        say(own, f'<{HEIM}p8> {label} "Neu" .')
        assert build(own, "indexes") == 0
        assert replica.host().query(f'ASK {{ <{HEIM}p8> {label} "Neu" }}').holds()
    assert not list((own / "indexes").glob("*.new"))


def test_a_change_is_indexed_beside_while_the_old_state_goes_on_answering(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, prepare = Event(), Event(), IndexPlace.prepare

    def slowly(*given: object) -> object:
        begun.set()
        go_on.wait()
        return prepare(*given)  # type: ignore[arg-type]

    with joined(own, index_memory_mb=0) as federation:
        assert plans(federation) == 5
        monkeypatch.setattr(IndexPlace, "prepare", slowly)
        say(own, f"<{HEIM}p9> <{RDF.type}> <{PW.Plan}> .")
        assert plans(federation) == 5
        begun.wait()
        assert federation.current_host().standing().building
        go_on.set()
        while federation.current_host().standing().building:
            pass
        assert plans(federation) == 6


def test_who_asks_a_server_while_the_first_index_is_built_is_told_and_pages_go_on(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, prepare = Event(), IndexPlace.prepare

    def slowly(*given: object) -> object:
        go_on.wait()
        return prepare(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(IndexPlace, "prepare", slowly)
    app = Cities(read_settings({}, index_memory_mb=0), read_register(own / "cities.json"))
    with serving_app(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        client.headers["Host"] = "localhost"
        refused = client.get("/questions/q90?format=json")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert "zum ersten Mal gebaut" in refused.json()["de"]
        assert client.get("/?format=json").json()["index"]["kind"] == "disk"
        assert client.get("/health").json()["index"]["building"] is True
        go_on.set()
        while client.get("/health").json()["index"]["building"]:
            pass
        assert len(client.get("/questions/q90?format=json").json()["rows"]) == 2
        page = client.get("/", headers={"Accept": "text/html"}).text
        assert "aus einem Index auf der Platte, denn es sind mehr als 0 MiB." in page


def test_a_region_that_fits_into_memory_is_asked_alone_where_all_cities_do_not(home: Path) -> None:
    with joined(home) as probe:
        sizes = {region: probe.size_of(region) for region in ("west", "ost", None)}
    smaller = min(("west", "ost"), key=lambda region: sizes[region])
    with joined(home, index_memory_mb=(sizes[smaller] + 1) / 2**20) as federation:
        asked = across_question("q90")
        assert len(ask_across(federation, asked, {"region": smaller}).rows) == 1
        alone = federation.host_of(smaller)
        assert plans(federation) == 5
        assert federation.host_of(smaller) is alone is not federation.host()


def test_a_source_that_no_index_can_load_takes_only_its_city_out(own: Path) -> None:
    say(own, f'<{HEIM}p7> <http://www.w3.org/2004/02/skos/core#prefLabel> "x"@- .')
    for settings in ({}, {"index_memory_mb": 0}):
        with joined(own, **settings) as federation:
            assert plans(federation) == 3
            assert [part.city.id for part in federation.parts() if part.trouble] == ["beispielheim"]


def test_what_was_read_is_kept_in_files_for_the_next_start(
    home: Path, in_memory: Federation, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {part.city.id: part.held for part in in_memory.parts()}

    def again(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("api.cities.parts.write_inventory", again)
    with joined(home) as federation:
        assert {part.city.id: part.held for part in federation.parts()} == before


def test_what_was_kept_can_be_deleted_at_any_time(own: Path) -> None:
    with joined(own) as federation:
        assert plans(federation) == 5
        shutil.rmtree(own / ".across")
        say(own, f"<{HEIM}p9> <{RDF.type}> <{PW.Plan}> .")
        assert plans(federation) == 6


def test_a_folder_that_cannot_be_written_is_named_with_the_setting_for_another(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with joined(home, cache=str(tmp_path / "file")) as federation:
        assert all("PLANWERK_CACHE" in part.trouble.de for part in federation.parts() if part.trouble)
        assert [part.trouble is None for part in federation.parts()] == [False, False]
    with joined(home, cache=str(tmp_path / "elsewhere")) as federation:
        assert plans(federation) == 5


def test_a_state_that_changes_while_it_is_indexed_does_not_count(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = IndexPlace.prepare

    def meanwhile(*given: object) -> object:
        built = prepare(*given)  # type: ignore[arg-type]
        say(own, TIE)
        return built

    monkeypatch.setattr(IndexPlace, "prepare", meanwhile)
    assert build(own, "indexes") == 1
    with pytest.raises(StoreError, match="kein fertiger Index"):
        current_index(own / "indexes")


def test_an_impatient_one_says_why_it_cannot_be_built(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    def fails(*_: object) -> None:
        raise StoreError("kein Platz", "no space")

    monkeypatch.setattr(IndexPlace, "prepare", fails)
    with joined(own, patient=False, index_memory_mb=0) as federation:
        with pytest.raises((Busy, StoreError)):
            federation.host()
        while federation.current_host().standing().building:
            pass
        with pytest.raises(StoreError, match="kein Platz"):
            federation.host()
