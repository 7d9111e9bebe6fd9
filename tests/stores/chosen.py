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
from dataclasses import replace
from pathlib import Path

import pytest

from api.cities.federation import Federation
from api.settings import Settings
from api.workspace import Workspace
from tests.stores.servers import VARIABLE, oxigraph_server, virtuoso_server

KIND = os.environ.get(VARIABLE, "embedded")

#: Tests by the beginning of their id (file, or file and name), and why they are about folders only.
FOLDER_ONLY = {
    "test_files.py": "about the files of a folder",
    "test_index_on_disk.py": "about the index in a folder",
}
#: Tests that open a store for each of many examples, for which Virtuoso takes seconds each.
MANY_STORES = {"test_intake.py::test_any_text_goes_through_the_graph_and_back": "a Virtuoso for each example"}


class Servers:
    """The servers of a run, by the folder that a test named."""

    def __init__(self) -> None:
        self._running: dict[str, tuple[ExitStack, str]] = {}

    def settings(self, settings: Settings) -> Settings:
        """Return the same settings with a server in the place of the folder."""
        address = settings.store if settings.is_remote else self._address(Path(settings.store))
        given = {"store_user": "dba", "store_password": "dba"} if KIND == "virtuoso" else {}
        cache = settings.cache or tempfile.mkdtemp(prefix="planwerk-mirror-")
        return replace(settings, store=address, cache=cache, **given)

    def _address(self, folder: Path) -> str:
        key = str(folder.resolve())
        if key not in self._running:
            self._leave({held for held in self._running if not Path(held).parent.exists()})
            self._running[key] = _started()
        return self._running[key][1]

    def end_those_since(self, before: set[str]) -> None:
        """End all servers but these."""
        self._leave(self.names - before)

    def _leave(self, keys: set[str]) -> None:
        """End servers."""
        for key in keys:
            self._running.pop(key)[0].close()

    def close(self) -> None:
        """End all servers."""
        self._leave(self.names)

    @property
    def names(self) -> set[str]:
        """The folders that have a server now."""
        return set(self._running)


SERVERS = Servers()


def _started() -> tuple[ExitStack, str]:
    """Return an empty server and how to end it."""
    stack = ExitStack()
    if KIND != "virtuoso":
        return stack, stack.enter_context(oxigraph_server())
    place = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
    shutil.copytree(_virtuoso_template(), place, dirs_exist_ok=True)
    return stack, stack.enter_context(virtuoso_server(place))


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
    for item in items:
        for beginning, reason in (FOLDER_ONLY | (MANY_STORES if KIND == "virtuoso" else {})).items():
            if item.nodeid.rpartition("tests/")[2].startswith(beginning):
                item.add_marker(pytest.mark.skip(reason=reason))


_TEMPLATE: list[Path] = []


def _virtuoso_template() -> Path:
    """Return a folder with the files of an empty Virtuoso, made once a run: making them takes many seconds."""
    if not _TEMPLATE:
        folder = Path(tempfile.mkdtemp(prefix="planwerk-virtuoso-"))
        with virtuoso_server(folder):
            pass
        for left in ("virtuoso.lck", "virtuoso.trx"):
            (folder / left).unlink(missing_ok=True)
        _TEMPLATE.append(folder)
    return _TEMPLATE[0]


def copied(workspace: Workspace, folder: Path) -> None:
    """Put a copy of a store under another folder; on a server, of its sources as they are."""
    if KIND == "embedded":
        shutil.copytree(workspace.settings.folder, folder)
        return
    texts = {source: workspace.files.text(source) for source in workspace.files.paths()}
    with Workspace(replace(workspace.settings, store=str(folder), cache="")) as other:
        other.files.commit(texts, who="Test", why="Kopie")
