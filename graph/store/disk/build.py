"""Build an index on disk in a process of its own: ``python -m graph.store.disk.build``, told on standard input what to load.

The source files go through a pipe as one stream of N-Quads, since RocksDB wants one bulk load and not thousands. The last
line on standard output is what became of it. The process ends with the one that started it, and writes nowhere but below
the folder it was told.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from graph import sandbox
from graph.store.index import derived_days, ontology_quads
from graph.store.stock import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_BLOCK: Final = 1 << 20
_END: Final = b" .\n"


def main() -> None:
    """Build what standard input describes, and say on standard output what was built or which file cannot be read."""
    order = json.load(sys.stdin)
    sandbox.die_with(order["parent"])
    try:
        files = Files(order["sources"], order["quads"], order["lists"])
        built = build(files, order["base"], Path(order["to"]), order["derived"])
    except (OSError, SyntaxError, ValueError) as error:
        built = {"unreadable": str(error)}
    sys.stdout.write(json.dumps(built) + "\n")


@dataclass(frozen=True, slots=True)
class Files:
    """What is indexed: source files by the name of their graph, files of N-Quads, and lists of further source files."""

    sources: Mapping[str, str]
    quads: Sequence[str] = ()
    lists: Sequence[str] = ()

    def every_source(self) -> Iterator[tuple[str, str]]:
        """Yield all source files, one list after the other."""
        yield from self.sources.items()
        for file in self.lists:
            yield from listed(Path(file))


def build(files: Files, base: str, to: Path, derived: str | None = None) -> dict[str, Any]:
    """Write the index of these files below ``to``; return how many statements they have and the seconds it took.

    ``derived`` is N-Quads text that stands beside all files; without it, the rough dates of the sources as days, and the
    vocabulary.

    Raises ValueError, naming the file, where one cannot be read.
    """
    begin = time.monotonic()
    store = ox.Store(str(to))
    lines = load_files(store, files)
    if derived is None:
        sources = {name: Path(path) for name, path in files.every_source()}
        derived = derived_days(sources, base) + ontology_quads()
    store.bulk_load(input=derived.encode(), format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    return {"statements": lines, "seconds": round(time.monotonic() - begin, 2)}


def load_files(store: ox.Store, files: Files) -> int:
    """Load all files at once, each source as a named graph; return how many statements they have."""
    reading, writing = os.pipe()
    feeder = _Feeder(files, writing)
    feeder.start()
    try:
        store.bulk_load(path=f"/dev/fd/{reading}", format=ox.RdfFormat.N_QUADS)
    except (OSError, SyntaxError, ValueError) as error:
        raise ValueError(_unreadable(files) or str(error)) from error
    finally:
        os.close(reading)
        feeder.join()
    if not feeder.has_all:
        raise feeder.error or ValueError("not every file could be read")
    if any(store.quads_for_pattern(None, None, None, ox.DefaultGraph())):
        raise ValueError("a comment behind a statement")
    return feeder.lines


class _Feeder(Thread):
    """Writes the source files into a pipe, each line with the name of its graph."""

    def __init__(self, files: Files, writing: int) -> None:
        super().__init__(daemon=True)
        self.lines = 0
        self.error: ValueError | None = None
        self.has_all = False
        self._files = files
        self._writing = writing

    def run(self) -> None:
        """Write until all is written or nobody reads any more."""
        with suppress(BrokenPipeError), os.fdopen(self._writing, "wb", buffering=0) as pipe:
            path = ""
            try:
                for name, path in self._files.every_source():
                    self._feed(pipe.fileno(), path, name)
                for path in self._files.quads:
                    self._feed_quads(pipe.fileno(), path)
                self.has_all = True
            except BrokenPipeError:
                raise
            except (OSError, SyntaxError, ValueError) as error:
                self.error = ValueError(f"{path}: {error}")

    def _feed(self, pipe: int, path: str, name: str) -> None:
        with Path(path).open("rb") as file:
            while block := file.read(_BLOCK):
                whole = block + file.readline()
                ends = whole.count(_END)
                self.lines += ends
                plain = ends + whole.startswith(b"# <") == whole.count(b"\n") and whole.endswith(b"\n")
                _write_all(
                    pipe, whole.replace(_END, f" <{name}> .\n".encode()) if plain else _rewritten(whole, name)
                )

    def _feed_quads(self, pipe: int, path: str) -> None:
        with Path(path).open("rb") as file:
            while block := file.read(_BLOCK):
                self.lines += block.count(b"\n")
                _write_all(pipe, block)


def _rewritten(block: bytes, name: str) -> bytes:
    """Return lines that are not written the way the store writes them as N-Quads of a graph."""
    triples = ox.parse(input=block, format=ox.RdfFormat.N_TRIPLES)
    quads = (
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(name)) for triple in triples
    )
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _write_all(pipe: int, content: bytes) -> None:
    """Write all bytes, however few a pipe takes at once."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _unreadable(files: Files) -> str | None:
    """Return which file cannot be read and where, looking at one after the other; None where all can."""
    sources = ((path, ox.RdfFormat.N_TRIPLES) for _, path in files.every_source())
    for path, form in chain(sources, ((path, ox.RdfFormat.N_QUADS) for path in files.quads)):
        try:
            for _ in ox.parse(path=path, format=form):
                pass
        except (OSError, SyntaxError, ValueError) as error:
            return f"{path}: {error}"
    return None


if __name__ == "__main__":
    main()
