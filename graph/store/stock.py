"""What an index is made of: the sources of one store, or of several cities together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import ItemsView, Mapping, Sequence

    from graph.store.files import SourceFiles


@dataclass(frozen=True, slots=True)
class Load:
    """What goes into one index: source files by the name of their graph, files of N-Quads, and N-Quads text beside them.

    Where ``derived`` is None, the rough dates of the sources as days and the vocabulary stand beside them. ``lists`` are JSON
    files that name further source files: of a whole country they are too many to be held.
    """

    sources: Mapping[str, Path]
    quads: Sequence[Path] = ()
    derived: str | None = None
    lists: Sequence[Path] = ()

    def every_source(self) -> dict[str, Path]:
        """Return all source files, those in lists too."""
        return dict(self.sources) | {name: Path(path) for file in self.lists for name, path in listed(file)}


def listed(file: Path) -> ItemsView[str, str]:
    """Return the source files that a list names, each with the name of its graph."""
    held: dict[str, str] = json.loads(file.read_text("utf-8"))["sources"]
    return held.items()


class Stock(Protocol):
    """What is indexed, as it stands now; ``folder`` is where an index on disk may be put beside it."""

    @property
    def folder(self) -> Path:
        """Where its index on disk lies below."""

    @property
    def base(self) -> str:
        """The base IRI that the index is named after."""

    @property
    def size(self) -> int:
        """The bytes of all its source files."""

    def snapshot(self) -> str:
        """Return the id of its present state."""

    def load(self) -> Load:
        """Return what its index holds."""


@dataclass(frozen=True, slots=True)
class OneStore:
    """The sources of one store."""

    files: SourceFiles

    @property
    def folder(self) -> Path:
        """The folder of the store."""
        return self.files.folder

    @property
    def base(self) -> str:
        """The base IRI of the store."""
        return self.files.base

    @property
    def size(self) -> int:
        """The bytes of all source files."""
        return self.files.size

    def snapshot(self) -> str:
        """Return the id of the present state of the sources."""
        return self.files.snapshot()

    def load(self) -> Load:
        """Return the source files; what is derived from them is made where they are indexed."""
        return Load(self.files.paths())
