"""One city's source files as others may see them: what stands in them, counted, and what is asked together with other cities.

Where several cities are asked together, each thing is said to stand in the inventory of the city that records it
(``pw:inInventory``). A city speaks of its own things only: statements about what lies outside its base IRI, sources
named outside it, and lines that are not one plain statement are left out and counted, so that no city can change what
another has said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.store.index import derived_days
from ontology.terms import PW, RDF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import TextIO

#: The local name of an inventory under the base of its city.
INVENTORY: Final = "inventory"
#: The rest of a line after its subject: predicate, object, end; nothing else, and one statement only.
_REST: Final = re.compile(
    r' <([^<>\\\s]+)> (?:<([^<>\\\s]+)>|"(?:[^"\\\r\n]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^<>\\\s]+>)?) \.\n?'
)
_NAME: Final = re.compile(r"[^<>\\\s]+>")


@dataclass(frozen=True, slots=True)
class Inventory:
    """What one city has recorded, counted; its statements stay in files.

    ``whole`` are the source files that can be loaded as they are. ``left_out`` counts the lines that are no statement about
    the city's own things; ``counts`` are numbers of things by class.
    """

    iri: str
    whole: Mapping[str, Path]
    statements: int
    left_out: int
    counts: Mapping[str, int] = field(default_factory=dict)


def inventory_iri(base: str) -> str:
    """Return the name of the inventory of the city with this base."""
    return base + INVENTORY


def write_inventory(paths: Mapping[str, Path], base: str, out: TextIO) -> Inventory:
    """Return the inventory of a city, and write as N-Quads what goes into an index beside its whole files.

    That is where each thing stands, what is kept of files that also speak of others, and rough dates as days. Nothing but
    the names of this one city's things is held meanwhile.
    Raises OSError or UnicodeDecodeError where a file cannot be read, SyntaxError where no index could load it.
    """
    reading = _Reading(base, out)
    for source, path in sorted(paths.items()):
        reading.read(source, path)
    reading.write_places()
    out.write(derived_days(reading.whole, base))
    return Inventory(
        inventory_iri(base),
        reading.whole,
        reading.statements,
        reading.left_out,
        {named: len(things) for named, things in sorted(reading.things.items())},
    )


class _Reading:
    """Goes through the files of one city."""

    def __init__(self, base: str, out: TextIO) -> None:
        self.base = base
        self.whole: dict[str, Path] = {}
        self.statements = 0
        self.left_out = 0
        self.things: dict[str, set[str]] = {}
        self._own = f"<{base}"
        self._itself = f"<{inventory_iri(base)}>"
        self._subjects: set[str] = set()
        self._out = out

    def read(self, source: str, path: Path) -> None:
        """Take one file in, whole where all it says is about the city's own things."""
        is_named = source.startswith(self.base)
        every = own = 0
        for line in _lines(path):
            every += 1
            own += is_named and self._note(line)
        self.statements += own
        self.left_out += every - own
        if own == every:
            self.whole[source] = path
            _check(path)
        elif own:
            self._out.writelines(self._kept(source, path))

    def _note(self, line: str) -> bool:
        """Take note of a statement, unless it is none about a thing of this city."""
        subject = line[: line.find(" ")]
        rest = self._rest(subject, line)
        if rest is None:
            return False
        self._subjects.add(subject)
        if rest[1] == RDF.type and rest[2]:
            self.things.setdefault(rest[2], set()).add(subject)
        if rest[1] == PW.deliveredIn and rest[2]:
            self.things.setdefault(PW.Delivery, set()).add(f"<{rest[2]}>")
        return True

    def _rest(self, subject: str, line: str) -> re.Match[str] | None:
        """Return predicate and object of a plain statement about a thing of this city, else None."""
        rest = _REST.fullmatch(line, len(subject))
        is_own = subject.startswith(self._own) and _NAME.fullmatch(subject, len(self._own))
        return rest if is_own and subject != self._itself else None

    def _kept(self, source: str, path: Path) -> Iterator[str]:
        """Yield as N-Quads what a file says of the city's own things.

        Raises SyntaxError where that cannot be loaded.
        """
        for line in _lines(path):
            if self._rest(line[: line.find(" ")], line):
                quad = f"{line.rstrip().removesuffix('.')}<{source}> .\n"
                for _ in ox.parse(quad, ox.RdfFormat.N_QUADS):
                    yield quad

    def write_places(self) -> None:
        """Write where each thing stands, in order."""
        where = self._itself
        self._out.writelines(
            f"{subject} <{PW.inInventory}> {where} {where} .\n" for subject in sorted(self._subjects)
        )


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a source file that say something: no head, no remarks."""
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from (line for line in file if line.strip() and not line.startswith("#"))


def _check(path: Path) -> None:
    """Raise SyntaxError where a file cannot be loaded."""
    for _ in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES):
        pass
