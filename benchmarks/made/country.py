"""Make a country: thousands of municipalities of very different size, each with a base and a store of its own.

Most record what is in a list of plans: plans, who leads them, topics, target groups, sources. The largest record all that
Aachen does, goals and measures included. Sizes fall by rank as those of real municipalities do, names are numbers, and the
same seed makes the same country. Whatever its size, one municipality at a time is in memory.

    python -m benchmarks.made.country 11000 1000000 country.nq      N-Quads, in order of size
    python -m benchmarks.made.country 30 3000 FOLDER                a store per municipality, and the register of them all
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.made.direct import as_triple, sorted_texts, statements
from benchmarks.made.generate import FEWEST, SEED, Inventory
from graph.intake.rows import SOURCES, Row
from graph.statement import Statement
from graph.store.files import SourceFiles
from ontology.terms import PW

HOME = "https://w3id.org/planwerk/city/"
REGIONS = 16
LISTED = frozenset({"plans", "departments", "topics", "target_groups", SOURCES})
"""The tables of a municipality that only lists its plans."""

_SOURCES_A_PLAN = 0.1
_WHOLE = 0.05
_STEEPNESS = 0.8
_FLATNESS = 30


@dataclass(frozen=True)
class Listing(Inventory):
    """An inventory of plans alone: no goals, measures or figures, and one source for ten plans."""

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """The number of rows of each table; what others would refer to counts as if it were there."""
        every = dict(super().sizes)
        return {**every, SOURCES: max(1, round(self.plans * _SOURCES_A_PLAN))}

    def all_rows(self) -> Iterator[Row]:
        """Yield the rows of the listed tables."""
        for table in self.shape.tables:
            if table in LISTED:
                yield from self.rows(table)

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """How the local ids of things begin that are not recorded."""
        return tuple(self.id(table, 0)[:-5] for table in self.shape.tables if table not in LISTED)


@dataclass(frozen=True, slots=True)
class Town:
    """One municipality: its rank by size (0 is the largest), its plans, and whether it records more than a list."""

    rank: int
    plans: int
    whole: bool
    region: int
    seed: int

    @property
    def id(self) -> str:
        """The id in the register."""
        return f"gemeinde-{self.rank + 1:05d}"

    @property
    def base(self) -> str:
        """What its things are named under."""
        return f"{HOME}{self.id}/id/"

    @property
    def inventory(self) -> Inventory:
        """What it records."""
        kind = Inventory if self.whole else Listing
        return kind(self.plans, self.seed)

    def entry(self) -> dict[str, object]:
        """Return its place in the register."""
        name = {"de": f"Gemeinde {self.rank + 1:05d}", "en": f"Municipality {self.rank + 1:05d}"}
        return {"id": self.id, "name": name, "region": f"land-{self.region:02d}", "base": self.base}

    def statements(self) -> Iterator[Statement]:
        """Yield all it states; what it does not record, nothing refers to."""
        inventory = self.inventory
        said = statements(inventory, self.base)
        if not isinstance(inventory, Listing):
            yield from said
            return
        gone = tuple(self.base + start for start in inventory.left_out)
        yield from (s for s in said if not (s.value.startswith(gone) or s.subject.startswith(gone)))

    def texts(self) -> dict[str, str]:
        """Return the sorted N-Triples of each of its sources."""
        return sorted_texts(self.statements())


@dataclass(frozen=True)
class Country:
    """So many municipalities with so many plans together."""

    municipalities: int = 11_000
    plans: int = 1_000_000
    seed: int = SEED

    def __post_init__(self) -> None:
        """Refuse what cannot be shared out."""
        if self.municipalities < 1 or self.plans < FEWEST * self.municipalities:
            raise ValueError(f"each municipality needs {FEWEST} plans")

    @cached_property
    def sizes(self) -> Sequence[int]:
        """The plans of each municipality, largest first, which together are all plans.

        >>> sum(Country(100, 9_000).sizes), Country(3, 40).sizes
        (9000, [14, 13, 13])
        """
        weights = [(rank + _FLATNESS) ** -_STEEPNESS for rank in range(1, self.municipalities + 1)]
        spare, whole = self.plans - FEWEST * self.municipalities, sum(weights)
        upto = [round(spare * weight / whole) for weight in accumulate(weights)]
        return [FEWEST + more - less for more, less in zip(upto, [0, *upto], strict=False)]

    def towns(self) -> Iterator[Town]:
        """Yield the municipalities, largest first; the largest, with a twentieth of all plans, record more than a list."""
        dice = Random(f"{self.seed}/regions")
        before = 0
        for rank, plans in enumerate(self.sizes):
            whole = before < _WHOLE * self.plans
            yield Town(rank, plans, whole, dice.randrange(REGIONS) + 1, self.seed + rank)
            before += plans

    def quads(self) -> Iterator[str]:
        """Yield all lines of N-Quads: what each municipality states, and in whose inventory each of its things stands."""
        for town in self.towns():
            yield from quads_of(town)

    def write_stores(self, folder: Path) -> int:
        """Write a store per municipality and the register; return how many statements there are."""
        number = 0
        for town in self.towns():
            files = SourceFiles(folder / "stores" / town.id, town.base)
            number += files.commit(town.texts(), who="generator", why="made-up data").added
        (folder / "cities.json").write_text(
            json.dumps(self.register(), ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
        return number

    def register(self) -> dict[str, object]:
        """Return the register of all municipalities."""
        regions = [
            {"id": f"land-{number:02d}", "name": {"de": f"Land {number:02d}", "en": f"State {number:02d}"}}
            for number in range(1, REGIONS + 1)
        ]
        return {"regions": regions, "cities": [town.entry() for town in self.towns()]}


def quads_of(town: Town) -> Iterator[str]:
    """Yield the N-Quads of one municipality."""
    inventory, before = f"<{town.base}inventory>", ""
    for statement in town.statements():
        yield f"{as_triple(statement)} <{statement.source}> .\n"
        if statement.subject != before and statement.subject.startswith(town.base):
            yield f"<{statement.subject}> <{PW.inInventory}> {inventory} {inventory} .\n"
            before = statement.subject


def write_quads(country: Country, path: Path) -> int:
    """Write the whole country as N-Quads, line by line; return how many."""
    number = 0
    with path.open("w", encoding="utf-8") as file:
        for line in country.quads():
            file.write(line)
            number += 1
    return number


def main() -> None:
    """Write what the command line asks for, and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.made.country", description="Make a country.")
    parser.add_argument("municipalities", type=int)
    parser.add_argument("plans", type=int)
    parser.add_argument(
        "out", type=Path, help="a file that ends in .nq, or a folder for stores and their register"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    country = Country(asked.municipalities, asked.plans, asked.seed)
    begin = perf_counter()
    number = write_quads(country, asked.out) if asked.out.suffix == ".nq" else country.write_stores(asked.out)
    sys.stdout.write(f"{number:,} statements in {perf_counter() - begin:.1f} s\n")


if __name__ == "__main__":
    main()
