"""Who may read and who may write a folder of sources, among all programs of this machine; and what the disk refuses."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import StoreError, reason

_LOCK = "lock"


@contextmanager
def lock_on(folder: Path, *, write: bool) -> Iterator[int]:
    """Hold the lock of a folder while the block runs, alone with ``write``; give its handle.

    A folder that cannot be written, as one that is mounted to be read, can be read all the same.
    """
    handle = _opened(folder, write=write)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if write else fcntl.LOCK_SH)
        yield handle
    finally:
        os.close(handle)


def _opened(folder: Path, *, write: bool) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError:
        if write:
            raise
    path = folder / _LOCK
    return os.open(path if path.exists() else folder, os.O_RDONLY | os.O_CLOEXEC)


@contextmanager
def telling(folder: Path) -> Iterator[None]:
    """Say what the disk refuses while the block runs: full, only to be read, not for this user; raises StoreError."""
    try:
        yield
    except OSError as error:
        place, why = error.filename or folder, reason(error)
        raise StoreError(
            f"Der Speicher {folder} lässt sich hier nicht lesen oder schreiben: {place}: {why.de}. Er ist nicht beschädigt. "
            "Bitte freien Platz und Rechte prüfen und es noch einmal versuchen.",
            f"The store {folder} cannot be read or written here: {place}: {why.en}. It is not damaged. "
            "Please check free space and permissions and try again.",
        ) from None
