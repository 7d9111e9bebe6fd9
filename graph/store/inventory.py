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

from ontology.terms import PW, RDF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: The local name of an inventory under the base of its city.
INVENTORY: Final = "inventory"
#: The rest of a line after its subject: predicate, object, end; nothing else, and one statement only.
_REST: Final = re.compile(
    r' <([^<>\\\s]+)> (?:<([^<>\\\s]+)>|"(?:[^"\\\r\n]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^<>\\\s]+>)?) \.\n?'
)
_NAME: Final = re.compile(r"[^<>\\\s]+>")


@dataclass(frozen=True, slots=True)
class Inventory:
    """What one city has recorded, ready to be asked beside others.

    ``paths`` are the source files that can be loaded as they are, ``quads`` is N-Quads text: where each thing stands, and
    what is kept of files that also speak of others. ``left_out`` counts the lines that are no statement about the city's own
    things; ``counts`` are numbers of things by class.
    """

    iri: str
    paths: Mapping[str, Path]
    quads: str
    statements: int
    left_out: int
    counts: Mapping[str, int] = field(default_factory=dict)


def inventory_iri(base: str) -> str:
    """Return the name of the inventory of the city with this base."""
    return base + INVENTORY


def read_inventory(paths: Mapping[str, Path], base: str) -> Inventory:
    """Return the inventory of a city from its source files.

    Raises OSError or UnicodeDecodeError where a file cannot be read.
    """
    reading = _Reading(base)
    for source, path in sorted(paths.items()):
        reading.read(source, path)
    return Inventory(
        inventory_iri(base),
        reading.whole,
        "".join(reading.quads()),
        reading.statements,
        reading.left_out,
        {named: len(things) for named, things in reading.things.items()},
    )


class _Reading:
    """Goes through the files of one city."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.whole: dict[str, Path] = {}
        self.statements = 0
        self.left_out = 0
        self.things: dict[str, set[str]] = {}
        self._own = f"<{base}"
        self._itself = f"<{inventory_iri(base)}>"
        self._kept: list[str] = []
        self._subjects: set[str] = set()

    def read(self, source: str, path: Path) -> None:
        """Take one file in, whole where all it says is about the city's own things."""
        lines = list(_lines(path))
        own = [line for line in lines if self._note(line)] if source.startswith(self.base) else []
        self.left_out += len(lines) - len(own)
        self.statements += len(own)
        if len(own) == len(lines):
            self.whole[source] = path
        else:
            self._kept += (f"{line.rstrip().removesuffix('.')}<{source}> .\n" for line in own)

    def _note(self, line: str) -> bool:
        """Take note of a statement, unless it is none about a thing of this city."""
        subject = line[: line.find(" ")]
        rest = _REST.fullmatch(line, len(subject))
        is_own = subject.startswith(self._own) and _NAME.fullmatch(subject, len(self._own))
        if not (rest and is_own) or subject == self._itself:
            return False
        self._subjects.add(subject)
        if rest[1] == RDF.type and rest[2]:
            self.things.setdefault(rest[2], set()).add(subject)
        if rest[1] == PW.deliveredIn and rest[2]:
            self.things.setdefault(PW.Delivery, set()).add(f"<{rest[2]}>")
        return True

    def quads(self) -> Iterator[str]:
        """Yield where each thing stands, and what is kept of files that are not loaded whole."""
        where = self._itself
        for subject in sorted(self._subjects):
            yield f"{subject} <{PW.inInventory}> {where} {where} .\n"
        yield from self._kept


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a source file that say something: no head, no remarks."""
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from (line for line in file if line.strip() and not line.startswith("#"))
