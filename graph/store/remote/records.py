"""What the program keeps on a server beside the sources: texts, the log of commits, what lies beside, and whose turn it is.

All of it stands in graphs under ``<base>planwerk-store/``, which no question of a user sees. Servers rewrite literals
(5.10 becomes 5.1, de-DE becomes de-de), so a text is kept compressed, in pieces of plain ASCII, under its digest; it is
believed only where the digest of what comes back is the same. The log is a list of single statements that are only
ever added: number and digest of an entry. Adding one is the moment of a commit.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from graph.store.remote import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from graph.store.remote.endpoint import Endpoint

_Said = TypeVar("_Said")

JSON: Final = "application/sparql-results+json"
_PIECE: Final = 32 * 1024
_REQUEST: Final = 1024 * 1024
_AT_ONCE: Final = 40
_BESIDE: Final = "beside/"


class Entry(NamedTuple):
    """One line of the log as the server holds it: which number, and the digest of its text."""

    number: int
    digest: str

    def __str__(self) -> str:
        """Return it as it is written, so that later ones sort later."""
        return f"{self.number:08d} {self.digest}"


class Records:
    """What is kept on a server for one base IRI."""

    def __init__(self, endpoint: Endpoint, base: str) -> None:
        self.endpoint = endpoint
        self.home = base + "planwerk-store/"
        self._texts = self.home + "texts"
        self._log = self.home + "log"
        self._names = self.home + "beside"
        self._index = self.home + "index"
        self.turns = self.home + "turns"

    def term(self, name: str) -> str:
        """Return what stands for a predicate of ours in a query."""
        return f"<{self.home}terms#{name}>"

    def rows(self, query: str) -> list[dict[str, str]]:
        """Return the rows of a query of our own, values as text."""
        try:
            found = json.loads(self.endpoint.ask(query, JSON))["results"]["bindings"]
            return [{name: value["value"] for name, value in row.items()} for row in found]
        except (ValueError, KeyError, TypeError):
            raise wording.broken_off(self.endpoint.address) from None

    def last(self) -> str:
        """Return the last entry of the log as it is written, or nothing where there is none."""
        query = f"SELECT (MAX(?entry) AS ?last) {{ GRAPH <{self._log}> {{ ?number {self.term('entry')} ?entry }} }}"
        found = self.rows(query)
        return found[0].get("last", "") if found else ""

    def entries(self) -> list[Entry]:
        """Return the log; raises StoreUnreachable where two entries have one number."""
        query = f"SELECT ?entry {{ GRAPH <{self._log}> {{ ?number {self.term('entry')} ?entry }} }}"
        found = sorted(row["entry"].split() for row in self.rows(query))
        entries = [Entry(int(number), digest) for number, digest in found]
        for before, after in pairwise(entries):
            if before.number == after.number:
                raise wording.two_at_once(self.endpoint.address, after.number)
        return entries

    def add_entry(self, entry: Entry, turn: str) -> bool:
        """Add an entry if the turn is still ours and its number free, and tell whether it is the one that stands there."""
        spot = f"<{self._log}/{entry.number:08d}>"
        self.endpoint.update(
            f'INSERT {{ GRAPH <{self._log}> {{ {spot} {self.term("entry")} "{entry}" }} }}\n'
            f'WHERE {{ GRAPH <{self.turns}> {{ <{turn}> {self.term("beat")} "0" }}\n'
            f"  FILTER NOT EXISTS {{ GRAPH <{self._log}> {{ {spot} {self.term('entry')} ?other }} }} }}"
        )
        return str(entry) in {str(held) for held in self.entries()}

    def put(self, texts: Iterable[tuple[str, bytes]]) -> None:
        """Keep texts by their digests; those that are there already stay as they are."""
        lines = (line for digest, text in texts for line in self._pieces(digest, text))
        for some in in_requests(lines):
            self.endpoint.update(f"INSERT DATA {{ GRAPH <{self._texts}> {{\n{some}}} }}")

    def _pieces(self, digest: str, text: bytes) -> Iterator[str]:
        """Yield the statements that keep a text; how it was packed is in the name, for another program may pack otherwise."""
        packed = base64.b64encode(zlib.compress(text)).decode()
        name = f"{self.home}text/{digest}/{hashlib.sha256(packed.encode()).hexdigest()[:16]}"
        pieces = range(0, len(packed), _PIECE)
        yield f"<{self.home}text/{digest}> {self.term('packed')} <{name}> .\n"
        yield f'<{name}> {self.term("pieces")} "{len(pieces)}" .\n'
        for number, start in enumerate(pieces):
            yield f'<{name}> <{self.home}terms#piece/{number:06d}> "{packed[start : start + _PIECE]}" .\n'

    def get(self, digests: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the texts with these digests; raises StoreUnreachable where one is missing or is another."""
        wanted = list(digests)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            held = self._fetched(some)
            for digest in some:
                text = next(
                    (t for t in held.get(digest, ()) if hashlib.sha256(t).hexdigest() == digest), None
                )
                if text is None:
                    raise wording.missing_text(self.endpoint.address, digest)
                yield digest, text

    def _fetched(self, digests: list[str]) -> dict[str, list[bytes]]:
        """Return what the server holds under each digest, unpacked, where that can be done at all."""
        names = " ".join(f"<{self.home}text/{digest}>" for digest in digests)
        rows = self.rows(
            f"SELECT ?text ?name ?piece ?value {{ GRAPH <{self._texts}> {{ VALUES ?text {{ {names} }}\n"
            f"  ?text {self.term('packed')} ?name . ?name ?piece ?value }} }}"
        )
        packs: dict[tuple[str, str], dict[str, str]] = {}
        for row in rows:
            packs.setdefault((row["text"], row["name"]), {})[row["piece"]] = row["value"]
        held: dict[str, list[bytes]] = {}
        for (text, _), pack in packs.items():
            unpacked = _unpacked(pack)
            if unpacked is not None:
                held.setdefault(text.rpartition("/")[2], []).append(unpacked)
        return held

    def beside(self, name: str) -> str | None:
        """Return the digest of what was put beside the sources under a name, or None."""
        found = self._besides(name)
        return found[-1].partition(" ")[2] if found else None

    def _besides(self, name: str) -> list[str]:
        spot = f"<{self.home}{_BESIDE}{name}>"
        rows = self.rows(f"SELECT ?is {{ GRAPH <{self._names}> {{ {spot} {self.term('is')} ?is }} }}")
        return sorted(row["is"] for row in rows)

    def put_beside(self, name: str, digest: str) -> None:
        """Let a name beside the sources stand for a text; what it stood for before is forgotten afterwards."""
        before = self._besides(name)
        number = int(before[-1].partition(" ")[0]) + 1 if before else 0
        head = f"<{self.home}{_BESIDE}{name}> {self.term('is')}"
        self.endpoint.update(f'INSERT DATA {{ GRAPH <{self._names}> {{ {head} "{number:08d} {digest}" }} }}')
        for held in before:
            self.endpoint.update(f'DELETE DATA {{ GRAPH <{self._names}> {{ {head} "{held}" }} }}')

    def mark(self) -> str:
        """Return what the index on the server was made from, or nothing where it is being made or never was."""
        rows = self.rows(f"SELECT ?mark {{ GRAPH <{self._index}> {{ ?index {self.term('mark')} ?mark }} }}")
        return rows[0]["mark"] if len(rows) == 1 else ""

    def marking(self, mark: str) -> str:
        """Return the update that says what the index was made from."""
        return f'INSERT DATA {{ GRAPH <{self._index}> {{ <{self._index}> {self.term("mark")} "{mark}" }} }}'

    def unmarking(self) -> str:
        """Return the update that says that the index is being made."""
        return f"DELETE WHERE {{ GRAPH <{self._index}> {{ ?index {self.term('mark')} ?mark }} }}"


def in_requests(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines together, as many as every server takes at once."""
    return ("".join(some) for some in in_parts(lines, len))


def in_parts(
    all_said: Iterable[_Said], size_of: Callable[[_Said], int], most: int = 1000
) -> Iterator[list[_Said]]:
    """Yield what there is to say in parts, each of at most so many lines and at most a mebibyte."""
    some: list[_Said] = []
    size = 0
    for said in all_said:
        if some and (len(some) >= most or size + size_of(said) > _REQUEST):
            yield some
            some, size = [], 0
        some.append(said)
        size += size_of(said)
    if some:
        yield some


def _unpacked(pack: Mapping[str, str]) -> bytes | None:
    """Return the text in its pieces, or None where pieces are missing or damaged."""
    pieces = [value for piece, value in sorted(pack.items()) if "#piece/" in piece]
    counted = next((value for piece, value in pack.items() if piece.endswith("#pieces")), "")
    if counted != str(len(pieces)):
        return None
    try:
        return zlib.decompress(base64.b64decode("".join(pieces), validate=True))
    except (ValueError, zlib.error):
        return None
