"""The sources on a server: the log and the texts there are the truth; a folder here mirrors them, file by file.

Everything above reads files, as it does where the store is a folder. The mirror is brought up to date before it is read
(at most twice a second), can be deleted at any time, and gives the same snapshot id as a folder with the same sources.
A commit: have the turn, bring the mirror up to date, lay the new files beside the old, send their texts, add the entry
to the log (that is the moment of the commit), move the files, bring the index on the server up.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from graph.errors import StoreUnreachable, Text
from graph.store.durable import digest_of, write_durably
from graph.store.files import FORMAT, SourceFiles
from graph.store.remote import wording
from graph.store.remote.index import ServerIndex
from graph.store.remote.records import Entry, Records
from graph.store.remote.turns import Turns
from graph.store.source_text import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from graph.store.files import Commit
    from graph.store.remote.endpoint import Endpoint

#: Seconds for which what was seen of the server counts as what is there.
FRESH: Final = 0.5
#: Seconds for which readers are told at once that the server does not answer, instead of waiting for it one after another.
_CALM: Final = 2.0
_LOG = logging.getLogger("planwerk")


class RemoteSources(SourceFiles):
    """The sources of one base on a server; what this object itself commits it sees at once."""

    def __init__(self, endpoint: Endpoint, base: str, cache: Path) -> None:
        self.endpoint = endpoint
        self.records = Records(endpoint, base)
        self.turns = Turns(self.records)
        self.index = ServerIndex(self.records, base, self._files_after)
        self._syncing = threading.RLock()
        self._writer = 0
        self._seen = float("-inf")
        self._trouble: tuple[float, Text] | None = None
        name = hashlib.sha256(f"{endpoint.address} {base}".encode()).hexdigest()[:24]
        super().__init__(cache / name, base)

    def refresh(self) -> None:
        """Bring the mirror up to date with the server, unless that was done just now."""
        if self._writer == threading.get_ident():
            return
        with self._syncing:
            if self._trouble and time.monotonic() - self._trouble[0] < _CALM:
                raise StoreUnreachable(self._trouble[1].de, self._trouble[1].en)
            if time.monotonic() - self._seen > FRESH:
                self._sync()

    def settle(self) -> str:
        """Bring the index on the server up to the log if it is behind, and return its mark."""
        self._sync()
        lines = self._lines()
        return self._bring_up(lines)

    def mark(self) -> str:
        """Return the mark of the index on the server as it is now, or nothing where it is being made."""
        return self.records.mark()

    def _bring_up(self, lines: list[str], *, another_vocabulary: bool = True) -> str:
        named = dict.fromkeys(source for line in lines for source in json.loads(line)["sources"])
        with self.turns.turn():
            return self.index.bring_up(len(lines), named, another_vocabulary=another_vocabulary)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Have the turn on the server, and the mirror as the log is now, while the block runs; then bring the index up."""
        with self.turns.turn(), self._syncing:
            self._sync()
            with self.locked(write=True):
                self._writer = threading.get_ident()
                try:
                    yield
                finally:
                    self._writer = 0
            self._index_after_commit()

    def _index_after_commit(self) -> None:
        """Bring the index up; if that fails the commit stands all the same, and the next question does it."""
        try:
            self._bring_up(self._lines(), another_vocabulary=False)
        except StoreUnreachable as error:
            _LOG.warning("the index on the server is behind its log for now: %s", error.text.en)

    def _publish(self, entry: Commit) -> None:
        """Send the texts of a commit, then its entry; raises StoreUnreachable where another writer was faster."""
        self.records.put(self._staged(entry))
        line = json.dumps(asdict(entry), ensure_ascii=False).encode()
        told = Entry(len(self._lines()), hashlib.sha256(line).hexdigest())
        self.records.put([(told.digest, line)])
        try:
            is_ours = self.records.add_entry(told, self.turns.held or "")
        except StoreUnreachable:
            raise wording.unsure(self.endpoint.address) from None
        if not is_ours:
            raise wording.lost_turn(self.endpoint.address)

    def _staged(self, entry: Commit) -> Iterator[tuple[str, bytes]]:
        """Yield the new texts that lie beside the old files, by digest."""
        for source, change in entry.sources.items():
            if change.digest:
                yield change.digest, self._new_file(source).read_bytes()

    def _sync(self) -> None:
        """Make the mirror what the log on the server says."""
        try:
            last = self.records.last()
        except StoreUnreachable as error:
            self._trouble = (time.monotonic(), error.text)
            raise
        self._trouble = None
        if last != _last_of(self._lines()):
            with self.locked(write=True):
                self._fetch(self.records.entries())
        self._seen = time.monotonic()

    def _fetch(self, entries: list[Entry]) -> None:
        """Fetch what the mirror lacks, file by file, and last of all take over the log: half done it is done again."""
        (self.folder / "sources").mkdir(exist_ok=True)
        (self.folder / "history").mkdir(exist_ok=True)
        lines = self._lines_of(entries)
        self._sweep()
        self._take_over(_digests_after(map(json.loads, lines)))
        about = {"format": FORMAT, "base": self.base}
        write_durably(self.folder / "planwerk.json", json.dumps(about, indent=2) + "\n")
        write_durably(self.folder / "log.jsonl", "".join(line + "\n" for line in lines))

    def _lines_of(self, entries: list[Entry]) -> list[str]:
        """Return the log, line by line: what is here already, then what the server has more."""
        held = self._lines()
        kept = 0
        while kept < min(len(held), len(entries)) and _digest(held[kept]) == entries[kept].digest:
            kept += 1
        if [entry.number for entry in entries] != list(range(len(entries))):
            raise wording.missing_text(self.endpoint.address, "log")
        further = self.records.get(entry.digest for entry in entries[kept:])
        return [*held[:kept], *(text.decode() for _, text in further)]

    def _take_over(self, wanted: Mapping[str, str]) -> None:
        """Put the files of the mirror in the state of these digests; those before go to the history."""
        held = self._digests()
        for source in held.keys() - wanted.keys():
            self._move(file_name(source, self.base), gone=True)
        lacking = {digest: source for source, digest in wanted.items() if held.get(source) != digest}
        for digest, text in self.records.get(lacking):
            write_durably(self._new_file(lacking[digest]), text.decode())
            self._move(file_name(lacking[digest], self.base), gone=False)

    def _lines(self) -> list[str]:
        """Return the log of the mirror, line by line."""
        path = self.folder / "log.jsonl"
        return [line for line in path.read_text("utf-8").split("\n") if line] if path.exists() else []

    def _files_after(self, number: int) -> dict[str, Path]:
        """Return the file of each source as it was after so many commits."""
        digests = _digests_after(json.loads(line) for line in self._lines()[:number])
        return {source: self._file_of(source, digest) for source, digest in digests.items()}

    def _file_of(self, source: str, digest: str) -> Path:
        """Return the file with an earlier or the present text of a source, fetched if it is not here."""
        kept = self.folder / "history" / f"{digest}.nt"
        present = self.folder / "sources" / file_name(source, self.base)
        if kept.exists():
            return kept
        if present.exists() and digest_of(present) == digest:
            return present
        [(_, text)] = self.records.get([digest])
        write_durably(kept, text.decode())
        return kept

    def close(self) -> None:
        """Give up the connections, until they are needed again."""
        self.endpoint.close()

    def fetch_beside(self, name: str) -> None:
        """Bring a file that was sent beside the sources into the folder; where there is none, none stays."""
        text, path = self.beside(name), self.folder / name
        if text is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, text)

    def send_beside(self, name: str) -> None:
        """Let all who share this store have a file of the folder."""
        path = self.folder / name
        if path.exists():
            self.put_beside(name, path.read_text("utf-8"))

    def beside(self, name: str) -> str | None:
        """Return the text that was put beside the sources on the server, or None where there is none."""
        digest = self.records.beside(name)
        if digest is None:
            return None
        held = self.folder / "beside" / digest
        if not held.exists():
            [(_, text)] = self.records.get([digest])
            held.parent.mkdir(parents=True, exist_ok=True)
            write_durably(held, text.decode())
        return held.read_text("utf-8")

    def put_beside(self, name: str, text: str) -> None:
        """Put a text beside the sources on the server: whole or not at all, unlogged."""
        digest = _digest(text)
        self.records.put([(digest, text.encode())])
        self.records.put_beside(name, digest)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _last_of(lines: list[str]) -> str:
    """Return the last line of a log as the server writes it."""
    return str(Entry(len(lines) - 1, _digest(lines[-1]))) if lines else ""


def _digests_after(entries: Iterator[Mapping[str, Any]]) -> dict[str, str]:
    """Return the digest of each source after these commits."""
    digests: dict[str, str] = {}
    for entry in entries:
        for source, change in entry["sources"].items():
            digests.pop(source, None)
            if change["digest"]:
                digests[source] = change["digest"]
    return digests
