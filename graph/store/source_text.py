"""The file of one source: its name, its head with the named graph, its lines going by and being counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from graph.errors import StoreError

_LONGEST_NAME = 200
_AT_ONCE = 4096


def file_name(source: str, base: str) -> str:
    """Return what the file of a source is called; a long name by its digest."""
    name = quote(source.removeprefix(base + "source/"), safe="")
    return (name if len(name) <= _LONGEST_NAME else _digest(source)) + ".nt"


def named_graph(path: Path) -> str:
    """Return the named graph that the first line of a file gives; raises StoreError where it gives none."""
    with path.open("rb") as file:
        head = file.readline().decode(errors="replace").strip()
    if not (head.startswith("# <") and head.endswith(">")):
        raise StoreError(
            f"Die Datei {path} nennt in der ersten Zeile nicht ihre Quelle (# <IRI>). Bitte die Zeile ergänzen.",
            f"The file {path} does not name its source (# <IRI>) in the first line. Please add it.",
        )
    return head[3:-1]


def triples_of(path: Path) -> Iterator[ox.Triple]:
    """Yield the statements of a source file; raises StoreError, naming the line, where somebody has broken it."""
    try:
        yield from ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        raise broken(path, getattr(error, "lineno", None)) from None


def broken(path: Path, line: int | None) -> StoreError:
    """Return what is said of a source file that cannot be read."""
    de, en = (f", Zeile {line}", f", line {line}") if line else ("", "")
    return StoreError(
        f"{path}{de}: Das ist kein N-Triples in UTF-8. Bitte die Zeile berichtigen, die Datei aus dem Ordner history "
        "oder einer Sicherung zurückholen, oder die Lieferung noch einmal importieren.",
        f"{path}{en}: This is not N-Triples in UTF-8. Please correct the line, bring the file back from the folder "
        "history or a backup, or import the delivery again.",
    )


def blocks_of(source: str, text: str | Iterable[str]) -> Iterator[str]:
    """Yield the head of a file, then its text: at once where it is one, else some thousand lines together."""
    yield f"# <{source}>\n"
    if isinstance(text, str):
        yield text
        return
    lines = iter(text)
    while some := "".join(islice(lines, _AT_ONCE)):
        yield some


class Counted:
    """Counts what is new and what stays while a text goes by; ``old`` are the marks of the lines of the text before."""

    def __init__(self, old: set[bytes]) -> None:
        self._old = old
        self.added = self.kept = 0

    def watched(self, blocks: Iterable[str]) -> Iterator[str]:
        """Yield the blocks, the first of which is the head, and count the lines of the others."""
        for number, block in enumerate(blocks):
            if number:
                lines = {*block.split("\n")} - {""}
                kept = sum(_mark(line) in self._old for line in lines) if self._old else 0
                self.kept += kept
                self.added += len(lines) - kept
            yield block


def marks_of(path: Path) -> set[bytes]:
    """Return a mark of each line of a source file but its head."""
    with path.open(encoding="utf-8", errors="replace") as file:
        next(file, None)
        return {_mark(line) for line in (line.rstrip("\n") for line in file) if line}


def _mark(line: str) -> bytes:
    """Return what stands for a line where whole lines would fill the memory."""
    return hashlib.blake2b(line.encode(), digest_size=16).digest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
