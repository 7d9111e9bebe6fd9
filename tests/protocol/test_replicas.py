"""Read replicas: SPARQL from an index that was built elsewhere, switched without a failed request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.cli import main
from api.replica import Replica, create_replica
from api.settings import read_settings
from api.workspace import Workspace
from benchmarks.replicas import prove
from graph.errors import StoreError
from graph.store.disk.published import current_index
from tests.conftest import serving_app

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <urn:p> ?o } }"
BASE = "https://w3id.org/planwerk/id/"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Workspace]:
    """A store with one statement."""
    with Workspace(read_settings({}, store=str(tmp_path / "store"))) as workspace:
        state(workspace, 1)
        yield workspace


def state(workspace: Workspace, number: int) -> None:
    """Say so many statements in one source."""
    lines = "".join(f"<urn:s{one}> <urn:p> <urn:o> .\n" for one in range(number))
    workspace.files.commit({BASE + "source/s1": lines}, who="test", why="test")


def build(workspace: Workspace, folder: Path, *more: str) -> int:
    """Build as the command line does."""
    return main(["--store", workspace.settings.store, "--quiet", "index", str(folder), *more])


def counted(replica: Replica) -> str:
    """What a replica answers."""
    return replica.host().query(COUNT).bindings()[0]["n"].value


def test_a_replica_answers_from_the_index_alone_and_from_the_next_one_when_the_link_moves(
    store: Workspace, tmp_path: Path
) -> None:
    build(store, tmp_path / "indexes")
    with Replica(read_settings({}), tmp_path / "indexes") as replica:
        assert counted(replica) == "1"
        state(store, 2)
        build(store, tmp_path / "indexes")
        assert counted(replica) == "2"
        assert replica.snapshot() == store.snapshot()


def test_the_index_in_use_is_kept_and_goes_with_the_next_build(store: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "indexes"
    build(store, folder)
    with Replica(read_settings({}), folder) as replica:
        counted(replica)
        state(store, 2)
        build(store, folder)
        assert len([path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]) == 2
        counted(replica)
    state(store, 3)
    build(store, folder)
    assert [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()] == [
        (folder / "current").resolve()
    ]


def test_the_command_says_what_it_built(
    store: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(store, tmp_path / "indexes", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["statements"], told["snapshot"]) == (1, store.snapshot())
    assert told["folder"] == str(current_index(tmp_path / "indexes").folder)


def test_a_folder_without_an_index_is_refused_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "en", "replica", str(tmp_path)]) == 1
    assert "“planwerk index FOLDER” builds one" in capsys.readouterr().err


def test_a_source_that_cannot_be_read_leaves_the_link_where_it_was(store: Workspace, tmp_path: Path) -> None:
    build(store, tmp_path / "indexes")
    before = current_index(tmp_path / "indexes")
    store.files.commit({BASE + "source/s1": "nonsense\n"}, who="test", why="test")
    with pytest.raises(StoreError):
        store.current_host().prepare(store.snapshot())
    assert build(store, tmp_path / "indexes") == 1
    assert current_index(tmp_path / "indexes") == before


@pytest.fixture
def client(store: Workspace, tmp_path: Path) -> Iterator[httpx.Client]:
    """A replica, asked over HTTP."""
    build(store, tmp_path / "indexes")
    replica = create_replica(Replica(read_settings({}), tmp_path / "indexes"))
    with serving_app(replica) as address, httpx.Client(base_url=address) as client:
        yield client


def test_a_replica_speaks_the_protocol_and_says_its_health(client: httpx.Client, store: Workspace) -> None:
    assert client.get("/sparql", params={"query": COUNT}, headers={"Accept": "text/csv"}).text == "n\r\n1\r\n"
    assert client.post("/sparql", data={"query": "ASK {}"}).json()["boolean"] is True
    health = client.get("/health").json()
    assert (health["status"], health["snapshot"], health["statements"]) == ("ok", store.snapshot(), 1)


@pytest.mark.parametrize("path", ["/", "/plans", "/questions", "/import", "/data"])
def test_a_replica_has_no_pages(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_update_is_refused(client: httpx.Client) -> None:
    assert (
        client.post("/sparql", data={"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}).status_code == 403
    )


def test_two_replicas_are_switched_and_restarted_one_by_one_without_a_failed_request(tmp_path: Path) -> None:
    seen = prove(tmp_path, 10, nginx=False)
    assert seen.failures == []
    assert seen.answers == ["10", "11"]
    assert seen.last == "11"
