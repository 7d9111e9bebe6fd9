"""Where indexes on disk lie: a folder beside the sources, one index per state, each built beside and switched in.

::

    index/lock              held by whoever builds, so that nobody builds the same twice
    index/<key>/about.json  the state, how many statements, when and how long it was built; shared lock of its users
    index/<key>/rocksdb/    the index itself, opened for reading only
    index/<key>.new/        half built; swept by the next who builds

All of it can be made again from the sources; nothing here is logged. An index goes when a newer one stands and no process
holds it any more.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.stock import Load

ABOUT: Final = "about.json"
ROCKSDB: Final = "rocksdb"
_NEW: Final = ".new"
_PACKAGES: Final = str(Path(__file__).parents[3])


@dataclass(frozen=True, slots=True)
class DiskIndex:
    """An index that stands complete in a folder."""

    folder: Path
    snapshot: str
    base: str
    statements: int
    built: str
    seconds: float

    @property
    def rocksdb(self) -> Path:
        """The folder that the engine opens."""
        return self.folder / ROCKSDB

    @property
    def bytes(self) -> int:
        """What the index takes on disk."""
        return sum(entry.stat().st_size for entry in os.scandir(self.rocksdb))


def read_index(folder: Path) -> DiskIndex:
    """Return the index that stands in a folder.

    Raises StoreError where there is none.
    """
    try:
        about = json.loads((folder / ABOUT).read_text("utf-8"))
        return DiskIndex(folder=folder, **about)
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(
            f"In {folder} steht kein fertiger Index. Einen baut „planwerk index ORDNER“.",
            f"There is no complete index in {folder}. “planwerk index FOLDER” builds one.",
        ) from error


class IndexPlace:
    """The indexes of one store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ready(self, key: str) -> DiskIndex | None:
        """Return the index of a state if it stands."""
        folder = self.folder / key
        return read_index(folder) if (folder / ABOUT).exists() else None

    def prepare(self, key: str, snapshot: str, base: str, load: Load) -> DiskIndex:
        """Return the index of a state, built beside if it does not stand yet.

        Raises StoreError, and leaves nothing, where a file cannot be read.
        """
        with self._building():
            standing = self.ready(key)
            if standing is None:
                self._sweep()
                sources = {name: str(path) for name, path in load.sources.items()}
                files = {"quads": list(map(str, load.quads)), "lists": list(map(str, load.lists))}
                order = {"sources": sources, **files, "base": base, "derived": load.derived}
                standing = self._build(key, snapshot, order)
            return standing

    def remove_others(self, key: str) -> None:
        """Remove every other index that no process holds, unless somebody builds just now."""
        with suppress(BlockingIOError), self._building(fcntl.LOCK_NB):
            for folder in self.folder.iterdir():
                if not folder.is_symlink() and (folder / ABOUT).exists() and folder.name != key:
                    _remove_unheld(folder)

    def _build(self, key: str, snapshot: str, order: dict[str, Any]) -> DiskIndex:
        new = self.folder / (key + _NEW)
        new.mkdir()
        try:
            told = _run({**order, "to": str(new / ROCKSDB)})
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        at = datetime.now(UTC).isoformat(timespec="seconds")
        index = DiskIndex(new, snapshot, order["base"], told["statements"], at, told["seconds"])
        about = {name: value for name, value in asdict(index).items() if name != "folder"}
        (new / ABOUT).write_text(json.dumps(about, indent=2) + "\n", "utf-8")
        new.rename(self.folder / key)
        return read_index(self.folder / key)

    def _sweep(self) -> None:
        for left in self.folder.glob("*" + _NEW):
            shutil.rmtree(left)

    @contextmanager
    def _building(self, wait: int = 0) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | wait)
            yield


def hold(rocksdb: Path) -> int:
    """Hold an index, so that nobody removes it, until the returned file is closed; OSError where it is gone."""
    opened = os.open(rocksdb.parent / ABOUT, os.O_RDONLY | os.O_CLOEXEC)
    fcntl.flock(opened, fcntl.LOCK_SH)
    return opened


def _remove_unheld(folder: Path) -> None:
    """Remove an index, renamed first, so that half of it is never taken for a whole one."""
    with (folder / ABOUT).open() as about:
        try:
            fcntl.flock(about, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        gone = folder.rename(folder.with_name(folder.name + _NEW))
    shutil.rmtree(gone)


def _run(order: dict[str, Any]) -> dict[str, Any]:
    """Build in a process of its own; raise StoreError where that fails."""
    path = os.pathsep.join(filter(None, [_PACKAGES, os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-P", "-m", "graph.store.disk.build"],
        input=json.dumps({**order, "parent": os.getpid()}),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        text=True,
        check=False,
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else {}
    if "statements" in told:
        return told
    why = told.get("unreadable", f"{done.returncode}")
    raise StoreError(
        f"Der Index auf der Platte lässt sich nicht bauen: {why}",
        f"The index on disk cannot be built: {why}",
    )
