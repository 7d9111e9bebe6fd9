"""Let the tests as they are run on stores that a server keeps: ``PLANWERK_TEST_STORE=oxigraph`` or ``virtuoso``.

Tests open stores by naming a folder. Where a server is chosen, each such folder gets an empty server of its own, started
when it is first opened and ended with the test (or, for stores that many tests read, with the run). What is about files in
a folder, or about processes that only the embedded store has, is skipped with its reason.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from api.cities.federation import Federation
from api.settings import Settings
from api.workspace import Workspace
from tests.stores.servers import VARIABLE, empty_virtuoso, oxigraph_server, virtuoso_server

TESTS = Path(__file__).parents[1]
KIND = os.environ.get(VARIABLE, "embedded")
#: Seconds that Virtuoso may take: it plans each question anew (1.2 s of processor time for q02), beside other tests.
_PLANNING = 30.0

#: Tests by the beginning of their id (file in this folder, or file and name), and why they are about folders only.
FOLDER_ONLY = {
    "store/test_files.py": "about the files of a folder",
    "store/test_index_on_disk.py": "about the index in a folder",
    "protocol/test_taking_back.py": "about the workers over a folder",
    "browser/test_editor.py::test_a_query_can_be_cancelled": "about the workers over a folder",
}
#: Tests that open a store for each of many examples, for which Virtuoso takes seconds each.
MANY_STORES = {
    "intake/test_intake.py::test_any_text_goes_through_the_graph_and_back": "a store for each example",
}


@dataclass
class Served:
    """A server that runs, where it is asked, and how it ends."""

    address: str
    end: ExitStack


class Servers:
    """The servers of a run, by the folder that a test named; those of Virtuoso are emptied and used again."""

    def __init__(self) -> None:
        self._running: dict[str, Served] = {}
        self._idle: list[Served] = []
        self._folders = ExitStack()
        self._template: Path | None = None

    def settings(self, settings: Settings) -> Settings:
        """Return the same settings with a server in the place of the folder."""
        address = settings.store if settings.is_remote else self._address(Path(settings.store))
        changed = replace(settings, store=address, cache=settings.cache or str(self._folder()))
        if KIND != "virtuoso":
            return changed
        usual = settings.query_seconds == Settings().query_seconds
        seconds = _PLANNING if usual else settings.query_seconds
        return replace(changed, store_user="dba", store_password="dba", query_seconds=seconds)

    def _address(self, folder: Path) -> str:
        key = str(folder.resolve())
        if key not in self._running:
            self._leave({held for held in self._running if not Path(held).parent.exists()})
            self._running[key] = self._idle.pop() if self._idle else self._started()
        return self._running[key].address

    def _started(self) -> Served:
        """Return an empty server."""
        end = ExitStack()
        if KIND != "virtuoso":
            return Served(end.enter_context(oxigraph_server()), end)
        place = self._folder()
        shutil.copytree(self._made(), place, dirs_exist_ok=True)
        return Served(end.enter_context(virtuoso_server(place)), end)

    def _made(self) -> Path:
        """Return a folder with the files of an empty Virtuoso, made once a run: making them takes many seconds."""
        if self._template is None:
            self._template = self._folder()
            with virtuoso_server(self._template):
                pass
            for left in ("virtuoso.lck", "virtuoso.trx"):
                (self._template / left).unlink(missing_ok=True)
        return self._template

    def _folder(self) -> Path:
        """Return a new folder, which goes with the run."""
        return Path(self._folders.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))

    def end_those_since(self, before: set[str]) -> None:
        """End all servers but these."""
        self._leave(self.names - before)

    def _leave(self, keys: set[str]) -> None:
        """Empty servers that take long to start, and end others."""
        for key in keys:
            served = self._running.pop(key)
            if KIND == "virtuoso":
                empty_virtuoso(served.address)
                self._idle.append(served)
            else:
                served.end.close()

    def close(self) -> None:
        """End all servers."""
        for served in [*self._running.values(), *self._idle]:
            served.end.close()
        self._running.clear()
        self._idle.clear()
        self._folders.close()
        self._template = None

    @property
    def names(self) -> set[str]:
        """The folders that have a server now."""
        return set(self._running)


SERVERS = Servers()


@contextmanager
def chosen() -> Iterator[None]:
    """Open every workspace on a server while the block runs, if one is chosen."""
    if KIND == "embedded":
        yield
        return
    opened = Workspace.__init__

    def open_on_server(self: Workspace, settings: Settings) -> None:
        opened(self, settings if isinstance(self, Federation) else SERVERS.settings(settings))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Workspace, "__init__", open_on_server)
        yield
    SERVERS.close()


def skip_folder_only(items: Sequence[pytest.Item]) -> None:
    """Skip what only the embedded store can do, where it is not the one chosen."""
    if KIND == "embedded":
        return
    skipped = FOLDER_ONLY | (MANY_STORES if KIND == "virtuoso" else {})
    for beginning in skipped:
        assert (TESTS / beginning.partition("::")[0]).exists(), beginning
    for item in items:
        for beginning, reason in skipped.items():
            if item.nodeid.removeprefix("tests/").startswith(beginning):
                item.add_marker(pytest.mark.skip(reason=reason))


def copied(workspace: Workspace, folder: Path) -> None:
    """Put a copy of a store under another folder; on a server, of its sources as they are."""
    if KIND == "embedded":
        shutil.copytree(workspace.settings.folder, folder)
        return
    texts = {source: workspace.files.text(source) for source in workspace.files.paths()}
    with Workspace(replace(workspace.settings, store=str(folder), cache="")) as other:
        other.files.commit(texts, who="Test", why="Kopie")
