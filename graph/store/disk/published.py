"""A folder of indexes for replicas: each index complete under a name of its own, a link that says which one counts.

Whoever builds puts the next index beside the one in use and then moves the link, in one step: a replica reads either the
old one or the new one. Folders can be copied to other machines as they are, the link last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.store.disk.place import DiskIndex, IndexPlace, read_index

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CURRENT: Final = "current"


def publish(
    folder: Path, key: str, snapshot: str, base: str, sources: Mapping[str, Path], derived: str | None = None
) -> DiskIndex:
    """Build the index of a state in a folder unless it stands there, let the link name it, and return it.

    ``derived`` is N-Quads text to index with the sources; None where it is to be derived from them. Indexes that no process
    holds any more are removed. Raises StoreError, and leaves the link where it was, where a source cannot be read.
    """
    place = IndexPlace(folder)
    built = place.prepare(key, snapshot, base, sources, derived)
    link = folder / (CURRENT + ".new")
    link.unlink(missing_ok=True)
    link.symlink_to(key)
    link.replace(folder / CURRENT)
    place.remove_others(key)
    return built


def current_index(folder: Path) -> DiskIndex:
    """Return the index that counts now.

    Raises StoreError where there is none.
    """
    return read_index((folder / CURRENT).resolve())
