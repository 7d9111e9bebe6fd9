"""What each city brings to be asked together with others: read once for each state of its sources, and kept in files.

::

    parts/<id>/<state>.nq     where its things stand, days, and what is kept of mixed files, as N-Quads
    parts/<id>/<state>.json   its numbers, and which of its source files go into an index as they are; written last

All of it can be made again and may be deleted. Only numbers stay in memory, so that this does not grow with what the cities
have recorded; the state before the present one is kept too, since an index of it may just be made.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import StoreError, reason
from graph.store.index import index_key
from graph.store.inventory import write_inventory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.cities.register import City
    from graph.store.files import SourceFiles

_STATES_KEPT = 2


@dataclass(frozen=True, slots=True)
class Held:
    """What a city has recorded in numbers, the day of its last change, and the files that say the rest.

    ``about`` lists the source files that go into an index whole; ``quads`` are N-Quads beside them.
    """

    statements: int
    left_out: int
    counts: Mapping[str, int]
    changed_on: str | None
    about: Path
    quads: Path

    @property
    def stands(self) -> bool:
        """Whether its files are still there: anybody may delete them."""
        return self.about.exists() and self.quads.exists()


class PartFiles:
    """The folder in which what cities bring is kept; several programs can share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, city: City, files: SourceFiles, stamp: str) -> Held:
        """Return what a city brings in this state of its sources, from the folder or read anew.

        Raises StoreError where the folder cannot be written, and whatever reading the sources raises.
        """
        home = self.folder / city.id
        state = sha256(f"{index_key(stamp)} {city.base} {files.folder}".encode()).hexdigest()[:24]
        about, quads = home / f"{state}.json", home / f"{state}.nq"
        kept = _read(about, quads)
        if kept is None:
            _make(home)
            _write(city, files, about, quads)
            kept = _read(about, quads)
            _sweep(home)
        assert kept is not None, about
        return kept


def _read(about: Path, quads: Path) -> Held | None:
    """Return what stands in a folder, or None where it does not, or not whole."""
    try:
        held: dict[str, Any] = json.loads(about.read_text("utf-8"))["numbers"]
        return Held(**held, about=about, quads=quads) if quads.exists() else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(city: City, files: SourceFiles, about: Path, quads: Path) -> None:
    """Read the sources of a city and put the files about it in place, the one that counts last."""
    new = quads.with_name(f"{quads.name}.{os.getpid()}.new")
    try:
        with new.open("w", encoding="utf-8", newline="\n") as out:
            found = write_inventory(files.paths(), city.base, out)
        new.replace(quads)
        last = next(reversed(files.log()), None)
        numbers = {
            "statements": found.statements,
            "left_out": found.left_out,
            "counts": dict(found.counts),
            "changed_on": last.at[:10] if last else None,
        }
        sources = {name: str(path) for name, path in found.whole.items()}
        new.write_text(json.dumps({"numbers": numbers, "sources": sources}), "utf-8")
        new.replace(about)
    finally:
        new.unlink(missing_ok=True)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"Der Ordner {folder.parent} lässt sich nicht anlegen ({reason(error).de}). Er nimmt auf, was die Städte "
            "gemeinsam befragbar macht; PLANWERK_CACHE nennt einen anderen.",
            f"The folder {folder.parent} cannot be made ({reason(error).en}). It takes what lets the cities be asked "
            "together; PLANWERK_CACHE names another one.",
        ) from None


def _sweep(folder: Path) -> None:
    """Remove all but the last states, and what a program that was killed left half written."""
    with suppress(OSError):
        listed = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        kept = list(dict.fromkeys(path.name.partition(".")[0] for path in listed))[:_STATES_KEPT]
        for path in listed:
            if path.name.partition(".")[0] not in kept:
                path.unlink(missing_ok=True)
