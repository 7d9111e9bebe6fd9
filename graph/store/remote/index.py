"""The sources as the SPARQL users of a server see them: a named graph each, the derived days, the vocabulary, and all in one.

Questions look into the graph of all statements, in which each stands once (a list of hundreds of default graphs is slow,
and Virtuoso counts a statement once per graph). All of it follows from the log and the texts, so it can be made again.
A mark says from which entry of the log, and by which vocabulary, it was made; while the mark is missing it is being
made. After a commit only what differs is sent. Where the server takes all of it in one request that is one step for its
users too.
"""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from graph.store.index import derived_days, derived_graph, ontology_quads
from graph.store.remote.records import in_parts
from ontology.terms import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from graph.store.remote.records import Records

#: Characters of updates that go into one request, if the server keeps to all or nothing within it.
_ONE_REQUEST: Final = 8 * 1024 * 1024
_DROPS: Final = 100

Files = dict[str, Path]


class ServerIndex:
    """The graphs of one base on a server, made from files."""

    def __init__(self, records: Records, base: str, files_after: Callable[[int], Files]) -> None:
        self.union = records.home + "all"
        self.nothing = records.home + "nothing"
        self._records = records
        self._base = base
        self._files_after = files_after

    def graphs(self, sources: Iterable[str]) -> list[str]:
        """Return the named graphs that questions may see."""
        return [*sources, derived_graph(self._base), ONTOLOGY]

    def bring_up(self, number: int, sources: Iterable[str], *, another_vocabulary: bool = True) -> str:
        """Make the index what it is after so many entries of the log, and return its mark; one needs the turn for that.

        ``sources`` are all that the log names. An index by ``another_vocabulary`` is made anew, or left as it is.
        """
        held = _Mark.read(self._records.mark())
        fits = held is not None and (held.vocabulary == vocabulary_digest() or not another_vocabulary)
        if held is not None and fits and held.number == number:
            return str(held)
        if held is not None and fits and held.number < number:
            updates = self._changed(self._files_after(held.number), self._files_after(number))
            mark = _Mark(number, held.vocabulary)
        else:
            updates = self._anew(self._files_after(number), sources)
            mark = _Mark(number, vocabulary_digest())
        self._send(updates, str(mark))
        return str(mark)

    def _send(self, updates: Iterator[str], mark: str) -> None:
        """Send everything in one request if it fits, else one after the other, without a mark meanwhile."""
        first, size = [self._records.unmarking()], 0
        if not self._records.endpoint.is_virtuoso:
            for update in updates:
                first.append(update)
                size += len(update)
                if size > _ONE_REQUEST:
                    break
            else:
                self._records.endpoint.update(";\n".join([*first, self._records.marking(mark)]))
                return
        for update in chain(first, updates, [self._records.marking(mark)]):
            self._records.endpoint.update(update)

    def _anew(self, files: Files, sources: Iterable[str]) -> Iterator[str]:
        """Yield the updates that make everything, whatever there is."""
        gone = [*dict.fromkeys([*sources, *files]), derived_graph(self._base), ONTOLOGY, self.union]
        for start in range(0, len(gone), _DROPS):
            yield ";\n".join(f"DROP SILENT GRAPH <{name}>" for name in gone[start : start + _DROPS])
        said = ((source, line) for source, path in files.items() for line in _lines(path))
        derived = ((derived_graph(self._base), line) for line in self._derived(files))
        vocabulary = ((ONTOLOGY, line) for line in _without_graph(ontology_quads(), ONTOLOGY))
        yield from _updates("INSERT", chain(said, derived, vocabulary), self.union)

    def _changed(self, before: Files, after: Files) -> Iterator[str]:
        """Yield the updates that make ``after`` of ``before``."""
        changed = {
            source for source in before.keys() | after.keys() if before.get(source) != after.get(source)
        }
        old = {source: path for source, path in before.items() if source in changed}
        new = {source: path for source, path in after.items() if source in changed}
        differing = [(source, _set_of(old, source), _set_of(new, source)) for source in sorted(changed)]
        differing.append((derived_graph(self._base), {*self._derived(old)}, {*self._derived(new)}))
        removed = [(name, line) for name, was, is_now in differing for line in sorted(was - is_now)]
        touched = {_key(line) for _, line in removed}
        yield from _updates("DELETE", removed, self.union)
        added = [
            (name, line)
            for name, was, is_now in differing
            for line in sorted(line for line in is_now if line not in was or _key(line) in touched)
        ]
        yield from _updates("INSERT", added, self.union)
        if touched:
            yield from _updates("INSERT", ((self.union, line) for line in self._still_said(after, touched)))

    def _still_said(self, files: Files, touched: set[str]) -> Iterator[str]:
        """Yield what any source says where something was taken away: another may say the same, in other characters even."""
        for path in files.values():
            yield from (line for line in _lines(path) if _key(line) in touched)
        yield from (line for line in self._derived(files) if _key(line) in touched)
        quads = _without_graph(ontology_quads(), ONTOLOGY)
        yield from (line for line in quads if _key(line) in touched)

    def _derived(self, files: Mapping[str, Path]) -> Iterator[str]:
        return _without_graph(derived_days(files, self._base), derived_graph(self._base))


class _Mark:
    """What an index was made from: how many entries of the log, which vocabulary, and when it was made."""

    def __init__(self, number: int, vocabulary: str, made: str = "") -> None:
        self.number = number
        self.vocabulary = vocabulary
        self._made = made or uuid4().hex[:12]

    @staticmethod
    def read(text: str) -> _Mark | None:
        """Return the mark in a text, or None where it is none."""
        parts = text.split()
        return _Mark(int(parts[0]), parts[1], parts[2]) if len(parts) == 3 else None  # noqa: PLR2004

    def __str__(self) -> str:
        """Return the text of a mark."""
        return f"{self.number:08d} {self.vocabulary} {self._made}"


def number_of(mark: str) -> int:
    """Return how many entries of the log a mark stands for; -1 where it is none."""
    held = _Mark.read(mark)
    return -1 if held is None else held.number


@cache
def vocabulary_digest() -> str:
    """Return what stands for the vocabulary of this program."""
    lines = sorted(ontology_quads().splitlines())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _lines(path: Path) -> Iterator[str]:
    """Yield the statements of a source file, each with its end."""
    with path.open(encoding="utf-8", newline="\n") as file:
        next(file, None)
        yield from file


def _set_of(files: Mapping[str, Path], source: str) -> set[str]:
    return set(_lines(files[source])) if source in files else set()


def _without_graph(quads: str, name: str) -> Iterator[str]:
    """Yield statements of N-Quads without the graph that all of them name."""
    end = f" <{name}> ."
    return (line.removesuffix(end) + " .\n" for line in quads.split("\n") if line)


def _key(line: str) -> str:
    """Return subject and predicate of a statement: all that different spellings of a value have in common.

    >>> _key('<urn:a> <urn:p> "5.10" .')
    '<urn:a> <urn:p>'
    """
    subject, predicate, _ = line.split(" ", 2)
    return f"{subject} {predicate}"


def _updates(word: str, said: Iterable[tuple[str, str]], *further: str) -> Iterator[str]:
    """Yield the updates that put statements into their graphs and into further ones, or take them out (DELETE).

    Many graphs share a request: for hundreds of small sources that is ten times faster than one each.
    """
    for some in in_parts(said, lambda pair: len(pair[1])):
        lines: dict[str, list[str]] = {}
        for name, line in some:
            lines.setdefault(name, []).append(line)
        yield f"{word} DATA {{\n{_in_graphs(lines)}}}"
        for name in further:
            yield f"{word} DATA {{\n{_in_graphs({name: [line for _, line in some]})}}}"


def _in_graphs(lines: Mapping[str, Iterable[str]]) -> str:
    """Return statements as an update names them, graph by graph."""
    return "".join(f"GRAPH <{name}> {{\n{''.join(some)}}}\n" for name, some in lines.items())
