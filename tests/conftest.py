"""What many tests share: Aachen's tables imported once per test process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.types import ASGIApp

from api.app import create_app
from api.settings import read_settings
from api.workspace import Workspace
from tests.stores.chosen import SERVERS, chosen, skip_folder_only

ROOT = Path(__file__).parent.parent
AACHEN, DUTIES = ROOT / "data" / "aachen", ROOT / "data" / "duties-nrw"
REFERENCE_DAY = date(2026, 1, 1)

Tables = Callable[..., Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is about a folder, where the tests run on a server."""
    skip_folder_only(items)


@pytest.fixture(scope="session", autouse=True)
def _store_on_server() -> Iterator[None]:
    """Keep stores where PLANWERK_TEST_STORE says."""
    with chosen():
        yield


@pytest.fixture(autouse=True)
def _servers_of_this_test(_store_on_server: None) -> Iterator[None]:
    """End the servers that were started for this test alone."""
    before = SERVERS.names
    yield
    SERVERS.end_those_since(before)


@pytest.fixture(scope="session")
def aachen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace with Aachen's tables, for reading only."""
    with _holding(tmp_path_factory.mktemp("aachen"), AACHEN) as workspace:
        yield workspace


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace with Aachen's tables and the duties, for reading only."""
    with _holding(tmp_path_factory.mktemp("both"), AACHEN, DUTIES) as workspace:
        yield workspace


@contextmanager
def _holding(folder: Path, *deliveries: Path) -> Iterator[Workspace]:
    """Open a new workspace that holds deliveries."""
    with Workspace(read_settings({}, store=str(folder / "store"))) as workspace:
        for delivery in deliveries:
            workspace.import_folder(delivery)
        yield workspace


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    """Return a function that writes small tables (name="header\\nrow\\nrow") with one source ``s1`` into a folder."""

    def write(folder: str = "stadt", **texts: str) -> Path:
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        texts = {
            "sources": "id,publisher,what,date,kind,url\ns1,Stadt,Interview 2025,2025-03-01,Bericht,",
            **texts,
        }
        for name, text in texts.items():
            (path / f"{name}.csv").write_text(text.strip() + "\n", "utf-8")
        return path

    return write


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace."""
    with Workspace(read_settings({}, store=str(tmp_path / "store"))) as empty:
        yield empty


@contextmanager
def serving(workspace: Workspace) -> Iterator[str]:
    """Serve a workspace on a free port of this machine; gives the address."""
    with serving_app(create_app(workspace.settings, workspace)) as address:
        yield address


@contextmanager
def serving_app(app: ASGIApp) -> Iterator[str]:
    """Serve an application on a free port of this machine; gives the address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def served() -> Callable[[Workspace], AbstractContextManager[str]]:
    """Return a function that serves a workspace for the length of a block and gives its address."""
    return serving


@pytest.fixture(scope="session")
def address(aachen: Workspace) -> Iterator[str]:
    """The address at which Aachen's tables are served."""
    with serving(aachen) as served:
        yield served


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of the pages with Aachen's tables; each request starts without cookies."""
    with httpx.Client(base_url=address, timeout=30) as asking:
        yield asking
