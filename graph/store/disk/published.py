"""A folder of indexes for replicas: each index complete under a name of its own, a link that says which one counts.

Whoever builds puts the next index beside the one in use and then moves the link, in one step: a replica reads either the
old one or the new one. Folders can be copied to other machines as they are, the link last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.errors import StoreError
from graph.store.disk.place import DiskIndex, IndexPlace, read_index
from graph.store.index import index_key

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store.stock import Stock

CURRENT: Final = "current"


def publish(folder: Path, stock: Stock) -> DiskIndex:
    """Build the index of the present state in a folder unless it stands there, let the link name it, and return it.

    Indexes that no process holds any more are removed. Raises StoreError, and leaves the link where it was, where a file
    cannot be read or the state changes meanwhile.
    """
    place, snapshot = IndexPlace(folder), stock.snapshot()
    key = index_key(snapshot)
    built = place.prepare(key, snapshot, stock.base, stock.load())
    if stock.snapshot() != snapshot:
        raise StoreError(
            "Der Bestand hat sich geändert, während der Index gebaut wurde. Bitte noch einmal bauen.",
            "The store changed while the index was built. Please build it again.",
        )
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
