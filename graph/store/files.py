"""The truth: one canonical text file per source, and beside them an append-only log of changes.

A store is a folder::

    planwerk.json      format and base IRI
    sources/*.nt       one file per source: first line ``# <IRI of the named graph>``, then sorted N-Triples
    history/*.nt       earlier states of sources, named by their digest
    log.jsonl          one line per commit: when, who, why, new id, previous id, what changed per source
    bands/*.json       thresholds found by chance, named by the digest of the inventory; can be made again

A commit is all or nothing. New texts are written beside the old ones and flushed to disk; then a journal is put in
place with one rename: that is the moment of the commit. Only then the files move. Whoever opens the folder after a
crash finishes what the journal says, or finds no journal and throws the unfinished files away.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.errors import NotFound, StoreError
from graph.store.durable import chunks, digest_in, digest_of, digest_written, flush_folder, write_durably
from graph.store.locking import lock_on, telling
from graph.store.source_text import Counted, blocks_of, file_name, marks_of, named_graph

FORMAT = 1
_LOG = logging.getLogger("planwerk")

#: The new text of a source, whole or line by line (each line once, with its end); None where the source goes.
Said = str | Iterable[str] | None


@dataclass(frozen=True, slots=True)
class SourceChange:
    """How one source changed: digests before and after, statements added and removed."""

    digest: str | None
    previous: str | None
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Commit:
    """One entry of the change log."""

    at: str
    who: str
    why: str
    id: str
    previous: str | None
    sources: Mapping[str, SourceChange] = field(default_factory=dict)

    @property
    def added(self) -> int:
        """Statements that came."""
        return sum(change.added for change in self.sources.values())

    @property
    def removed(self) -> int:
        """Statements that went."""
        return sum(change.removed for change in self.sources.values())


class SourceFiles:
    """A folder of source files: read them, replace some of them at once, look up what happened."""

    def __init__(self, folder: Path, base: str) -> None:
        self.folder = folder
        self.base = base
        self._check_format()

    def _check_format(self) -> None:
        about = self.folder / "planwerk.json"
        with telling(self.folder):
            if not about.exists():
                self._check_folder()
                return
            held = _told(about)
        if isinstance(held.get("format"), int) and held["format"] > FORMAT:
            raise StoreError(
                f"Den Ordner {self.folder} hat eine neuere Fassung von Planwerk geschrieben (Format {held['format']}, hier "
                f"{FORMAT}). Bitte diese Fassung verwenden.",
                f"The folder {self.folder} was written by a newer version of Planwerk (format {held['format']}, here "
                f"{FORMAT}). Please use that version.",
            )
        if held.get("format") != FORMAT or held.get("base") != self.base:
            raise StoreError(
                f"Der Ordner {self.folder} gehört zu Basis {held.get('base')} im Format {held.get('format')}; "
                f"erwartet sind {self.base} und Format {FORMAT}. Bitte PLANWERK_BASE oder --store prüfen.",
                f"The folder {self.folder} belongs to base {held.get('base')} in format {held.get('format')}; "
                f"expected are {self.base} and format {FORMAT}. Please check PLANWERK_BASE or --store.",
            )

    def _check_folder(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise StoreError(
                f"{self.folder} ist kein Ordner. Bitte --store (oder PLANWERK_STORE) prüfen.",
                f"{self.folder} is no folder. Please check --store (or PLANWERK_STORE).",
            )

    @contextmanager
    def locked(self, *, write: bool = False) -> Iterator[None]:
        """Keep writers out (and, with ``write``, readers too) while the block runs; finish a broken commit first."""
        with telling(self.folder), lock_on(self.folder, write=write) as lock:
            while (self.folder / "journal.json").exists():
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._finish()
                fcntl.flock(lock, fcntl.LOCK_EX if write else fcntl.LOCK_SH)
            yield

    @contextmanager
    def reading(self) -> Iterator[dict[str, Path]]:
        """Give the file of each source; nobody commits while the block runs, so that what it reads belongs together."""
        self.refresh()
        if not self.folder.exists():
            yield {}
            return
        with self.locked():
            yield self._paths()

    def close(self) -> None:
        """Give up what is open, until it is needed again: nothing, here."""

    def refresh(self) -> None:
        """Bring the folder up to date with where else the truth may be: nowhere, here."""

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Keep all other writers out while the block runs."""
        with self.locked(write=True):
            yield

    def _publish(self, entry: Commit) -> None:
        """Tell whoever else must know of a commit before it is one; what is new lies beside the old files by now."""

    def paths(self) -> dict[str, Path]:
        """Return the file of each source, by the IRI of its named graph."""
        with self.reading() as paths:
            return paths

    def _paths(self) -> dict[str, Path]:
        files = sorted((self.folder / "sources").glob("*.nt"))
        return {named_graph(path): path for path in files}

    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Return name, size and time of each file: cheap to read, and another one after any change."""
        self.refresh()
        folder = self.folder / "sources"
        if not folder.exists():
            return ()
        with os.scandir(folder) as entries:
            stats = [(entry.name, entry.stat()) for entry in entries]
        return tuple(sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats))

    @property
    def size(self) -> int:
        """The bytes of all source files."""
        return sum(size for _, size, _ in self.stamp())

    def text(self, source: str) -> str | None:
        """Return the sorted N-Triples of a source, or None where there is no such source."""
        self.refresh()
        path = self.folder / "sources" / file_name(source, self.base)
        return path.read_text("utf-8").partition("\n")[2] if path.exists() else None

    def text_before(self, source: str, digest: str | None) -> str:
        """Return the text that a source once had, by the digest that the log gives it; empty for None."""
        if digest is None:
            return ""
        return self._file_of(source, digest).read_text("utf-8").partition("\n")[2]

    def snapshot(self) -> str:
        """Return the id of the present state: a digest over all sources, the same for the same statements."""
        self.refresh()
        if not self.folder.exists():
            return _identity({})
        with self.locked():
            return _identity(self._digests())

    def _digests(self) -> dict[str, str]:
        return {source: digest_of(path) for source, path in self._paths().items()}

    def log(self) -> list[Commit]:
        """Return all commits, oldest first."""
        self.refresh()
        path = self.folder / "log.jsonl"
        if not path.exists():
            return []
        held = path.read_text("utf-8")
        whole = held[: held.rfind("\n") + 1]  # of a line that is being written there is only a part yet
        return [_commit(line, path) for line in whole.split("\n") if line]

    def paths_at(self, state: str) -> dict[str, Path]:
        """Return the file of each source as it was in an earlier state, by the id of its commit or the start of it.

        Raises NotFound where the log has no such state.
        """
        entries = self.log()
        ends = [place for place, entry in enumerate(entries) if state and entry.id.startswith(state)]
        if not ends:
            raise NotFound(
                f"Den Stand „{state}“ kennt das Änderungsprotokoll nicht.",
                f"The change log does not know the state “{state}”.",
            )
        digests: dict[str, str] = {}
        for entry in entries[: ends[-1] + 1]:
            for source, change in entry.sources.items():
                digests.pop(source, None)
                if change.digest:
                    digests[source] = change.digest
        return {source: self._file_of(source, digest) for source, digest in digests.items()}

    def _file_of(self, source: str, digest: str) -> Path:
        kept = self.folder / "history" / f"{digest}.nt"
        return kept if kept.exists() else self.folder / "sources" / file_name(source, self.base)

    def commit(self, texts: Mapping[str, Said], *, who: str, why: str) -> Commit:
        """Replace the sources named in ``texts`` (None removes one), all or nothing, and log it.

        Sources whose text stays the same are left out; where none differs, the log gets no entry.
        """
        with self._writing():
            return self._commit_locked(texts, who, why)

    def revise(self, source: str, change: Callable[[str], str], *, who: str, why: str) -> Commit:
        """Replace a source by what ``change`` makes of its present text (empty where there is none), and log it.

        Nobody writes between the reading and the commit: what two writers add at once is all kept.
        """
        with self._writing():
            return self._commit_locked({source: change(self.text(source) or "")}, who, why)

    def _commit_locked(self, texts: Mapping[str, Said], who: str, why: str) -> Commit:
        self._sweep()
        try:
            entry = self._entry(self._changes(texts, stage=True), who, why)
            if entry.sources:
                self._flush_staged()
                self._publish(entry)
                self._write_journal(entry, {source: texts[source] is None for source in entry.sources})
        except OSError:  # a full disk: what is unfinished must not keep it full
            self._sweep()
            raise
        self._finish() if entry.sources else self._sweep()
        return entry

    def beside(self, name: str) -> str | None:
        """Return the text of a file that was put beside the sources, or None where there is none or it is no text."""
        try:
            return (self.folder / name).read_bytes().decode()
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def put_beside(self, name: str, text: str) -> None:
        """Write a file that can be made again from the sources (``bands/….json``): whole or not at all, unlogged.

        Where the folder takes nothing, being full or only to be read, the file is made again each time.
        """
        try:
            with self.locked(write=True):
                path = self.folder / name
                path.parent.mkdir(exist_ok=True)
                write_durably(path, text)
        except StoreError as refused:
            _LOG.info("%s is not kept: %s", name, refused.text.en)

    def fetch_beside(self, name: str) -> None:
        """Bring a file that lies beside the sources into the folder: there it lies already, here."""

    def send_beside(self, name: str) -> None:
        """Let all who share this store have a file of the folder that lies beside the sources: they have it already, here."""

    def preview(self, texts: Mapping[str, Said], *, who: str, why: str) -> Commit:
        """Return what ``commit`` would do, and change nothing."""
        self.refresh()
        if not self.folder.exists():
            return self._entry(self._changes(texts), who, why)
        with self.locked():
            return self._entry(self._changes(texts), who, why)

    def _changes(self, texts: Mapping[str, Said], *, stage: bool = False) -> dict[str, SourceChange]:
        """Return what changes; with ``stage`` what is new lies beside the old files afterwards."""
        changes = {}
        for source, text in sorted(texts.items(), key=lambda pair: pair[0]):
            new = self._new_file(source) if stage and text is not None else None
            change = self._change(source, text, new)
            if change.digest != change.previous:
                changes[source] = change
            elif new:
                new.unlink()
        return changes

    def _new_file(self, source: str) -> Path:
        (self.folder / "sources").mkdir(exist_ok=True)
        return self.folder / "sources" / (file_name(source, self.base) + ".new")

    def _change(self, source: str, text: Said, new: Path | None) -> SourceChange:
        """Return how a source changes; its text goes to the ``new`` file block by block, so that it never stands here whole."""
        path = self.folder / "sources" / file_name(source, self.base)
        previous, old = (digest_of(path), marks_of(path)) if path.exists() else (None, set())
        if text is None:
            return SourceChange(None, previous, 0, len(old))
        counted = Counted(old)
        blocks = counted.watched(blocks_of(source, text))
        digest = digest_written(new, blocks) if new else digest_in(blocks)
        return SourceChange(digest, previous, counted.added, len(old) - counted.kept)

    def _entry(self, changes: Mapping[str, SourceChange], who: str, why: str) -> Commit:
        before = self._digests()
        after = before | {source: change.digest for source, change in changes.items() if change.digest}
        after = {
            source: digest
            for source, digest in after.items()
            if source not in changes or changes[source].digest
        }
        return Commit(
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            who=who,
            why=why,
            id=_identity(after),
            previous=_identity(before) if before or (self.folder / "log.jsonl").exists() else None,
            sources=dict(changes),
        )

    def _flush_staged(self) -> None:
        """Make sure that everything a journal will name is on the disk."""
        (self.folder / "history").mkdir(exist_ok=True)
        about = {"format": FORMAT, "base": self.base}
        write_durably(self.folder / "planwerk.json", json.dumps(about, indent=2) + "\n")
        flush_folder(self.folder / "sources")

    def _write_journal(self, entry: Commit, removed: Mapping[str, bool]) -> None:
        moves = [[file_name(source, self.base), gone] for source, gone in removed.items()]
        write_durably(self.folder / "journal.json", json.dumps({"entry": asdict(entry), "files": moves}))

    def _finish(self) -> None:
        """Do what the journal says; doing it twice does no harm."""
        journal_path = self.folder / "journal.json"
        if not journal_path.exists():
            return
        journal = json.loads(journal_path.read_text("utf-8"))
        for name, gone in journal["files"]:
            self._move(name, gone=gone)
        flush_folder(self.folder / "sources")
        self._append(journal["entry"])
        journal_path.unlink()
        flush_folder(self.folder)

    def _move(self, name: str, *, gone: bool) -> None:
        path = self.folder / "sources" / name
        new = path.with_name(name + ".new")
        if path.exists() and (gone or new.exists()):
            with path.open(encoding="utf-8", errors="replace") as file:
                write_durably(self.folder / "history" / f"{digest_of(path)}.nt", chunks(file))
        if gone:
            path.unlink(missing_ok=True)
        elif new.exists():
            new.replace(path)

    def _append(self, entry: Mapping[str, Any]) -> None:
        log = self.folder / "log.jsonl"
        held = log.read_text("utf-8") if log.exists() else ""
        whole, last = held[: held.rfind("\n") + 1], held.rstrip("\n").rpartition("\n")[2]
        if whole == held and last and json.loads(last) == entry:
            return
        if whole != held:  # a crash left half a line behind
            write_durably(log, whole)
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _sweep(self) -> None:
        if not (self.folder / "journal.json").exists():
            for left in (*(self.folder / "sources").glob("*.new"), *self.folder.glob("*.tmp")):
                left.unlink()


def _told(about: Path) -> Mapping[str, Any]:
    """Return what a store says of itself; raises StoreError where that cannot be understood."""
    try:
        held = json.loads(about.read_bytes())
    except ValueError:
        held = None
    if isinstance(held, dict):
        return held
    raise StoreError(
        f"{about} ist nicht zu verstehen. Ist {about.parent} ein Speicher von Planwerk? Bitte --store prüfen.",
        f"{about} cannot be understood. Is {about.parent} a store of Planwerk? Please check --store.",
    )


def _commit(line: str, log: Path) -> Commit:
    try:
        entry = json.loads(line)
        sources = {source: SourceChange(**change) for source, change in entry["sources"].items()}
        return Commit(**{**entry, "sources": sources})
    except (AttributeError, KeyError, TypeError, ValueError):
        raise StoreError(
            f"{log}: Die Zeile „{line[:60]}“ ist kein Eintrag des Änderungsprotokolls. "
            "Bitte die Datei aus einer Sicherung zurückholen.",
            f"{log}: The line “{line[:60]}” is no entry of the change log. Please bring the file back from a backup.",
        ) from None


def _identity(digests: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(sorted(digests.items())).encode()).hexdigest()
