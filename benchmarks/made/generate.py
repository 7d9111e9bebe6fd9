"""Make planning graphs of any size with the shape of a real city: seeded, and never a word of real data.

Every made row has a model among the measured rows: as many cells, as many entries in a list, dates as precise, texts as
long, and it is referred to as often. Names are numbers ("Planwerk 00042"). What plans are about and who makes them
(topics, target groups, areas, departments, ...) grows with the square root of the number of plans, all else with it.

    python -m benchmarks.made.generate 1000 FOLDER            tables, for ``planwerk import FOLDER``
    python -m benchmarks.made.generate 100000 plans.nq        N-Quads, row by row, for sizes that no import should take
    python -m benchmarks.made.generate 1000 FOLDER --planted 50 --share .8
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.made.direct import DELIVERY, write_quads
from benchmarks.made.making import NAMES, Cells, Maker
from benchmarks.made.planting import plant
from benchmarks.made.shape import AACHEN, Copies, Shape, Urn, measure
from graph.intake.rows import ABOUT, SOURCES, Delivery, Row

SEED = 20171207
SHARE = 0.8
FEWEST = 10

SLOW_GROWING = frozenset(
    {
        "topics",
        "target_groups",
        "areas",
        "spatial_frames",
        "departments",
        "partners",
        "bodies",
        "data_sources",
    }
)


@dataclass(frozen=True)
class Inventory:
    """A made inventory of ``plans`` plans; the last ``planted`` of them are near-copies of others."""

    plans: int
    seed: int = SEED
    planted: int = 0
    share: float = SHARE
    model: Path = AACHEN

    def __post_init__(self) -> None:
        """Refuse what has no shape any more."""
        if self.plans - self.planted < FEWEST:
            raise ValueError(f"an inventory needs {FEWEST} plans beside the planted ones")

    @cached_property
    def shape(self) -> Shape:
        """What the model looks like."""
        return measure(self.model)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """The number of rows of each table."""
        growth = self.plans / len(self.shape.rows["plans"])
        return {
            name: max(1, round(len(rows) * (math.sqrt(growth) if name in SLOW_GROWING else growth)))
            for name, rows in self.shape.rows.items()
        }

    def id(self, table: str, number: int) -> str:
        """Return the id of a made row.

        >>> Inventory(100).id("plans", 41)
        'syn-p-00042'
        """
        return f"syn-{NAMES[table][0]}-{number + 1:05d}"

    def twin_of(self, local: str) -> str | None:
        """Return the first made row modelled on a real one, by their ids; None where the inventory is too small."""
        table, model = self.shape.places[local]
        made = self.copies(table).of(model)
        return self.id(table, made[0]) if made else None

    def copies(self, table: str) -> Copies:
        """Return which row of a table is modelled on which; planted plans are left out."""
        size = self.sizes[table] - (self.planted if table == "plans" else 0)
        return Copies(len(self.shape.rows[table]), size)

    @cached_property
    def about(self) -> Mapping[str, Any]:
        """What the delivery says of itself."""
        kept = {key: self.shape.about[key] for key in ("date", "assigned") if key in self.shape.about}
        title = {"de": f"Erzeugte Planwerke ({self.plans})", "en": f"Made-up plans ({self.plans})"}
        note = f"Keine echten Daten: erzeugt mit Saat {self.seed}, geformt nach {self.model.name}."
        return {"title": title, "note": note, **kept}

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table, made on the way."""
        made = self._with_twins if table == "plans" and self.planted else Maker(self, table).rows()
        for number, cells in enumerate(made, start=2):
            yield Row(table, number, cells)

    def all_rows(self) -> Iterator[Row]:
        """Yield the rows of all tables, one table after the other."""
        for table in self.shape.tables:
            yield from self.rows(table)

    def delivery(self) -> Delivery:
        """Return the inventory as if it had been read from a folder."""
        return Delivery(DELIVERY, self.about, {name: tuple(self.rows(name)) for name in self.shape.tables})

    def write_tables(self, folder: Path) -> None:
        """Write the folder of CSV tables that ``planwerk import`` takes."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ABOUT).write_text(json.dumps(self.about, ensure_ascii=False, indent=2) + "\n", "utf-8")
        for name in self.shape.tables:
            columns = [column.name for column in self.shape.columns[name]]
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows([row[column] for column in columns] for row in self.rows(name))

    @cached_property
    def plan_of_goal(self) -> tuple[int, ...]:
        """The plan that each goal belongs to, by number."""
        dice = Random(f"{self.seed}/plan of goal")
        urn = Urn(self.shape.uses["goals", "plan", "plans"], self.copies("plans"))
        return tuple(urn.draw(dice) for _ in range(self.sizes["goals"]))

    @cached_property
    def goals_of_plan(self) -> Mapping[str, tuple[int, ...]]:
        """The goals of each plan that has any, by the id of the plan."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for goal, plan in enumerate(self.plan_of_goal):
            found[plan].append(goal)
        return {self.id("plans", plan): tuple(goals) for plan, goals in found.items()}

    @cached_property
    def citations(self) -> tuple[tuple[str, str], ...]:
        """Address and date of each source: other rows repeat them."""
        return tuple((row["url"], row["date"]) for row in Maker(self, SOURCES).rows())

    @cached_property
    def _twins(self) -> Sequence[tuple[str, Cells]]:
        return plant(self, list(Maker(self, "plans").rows()))

    @cached_property
    def _with_twins(self) -> Sequence[Cells]:
        return [*Maker(self, "plans").rows(), *(twin for _, twin in self._twins)]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The planted pairs by id: a plan, and its near-copy under another lead."""
        return [(original, twin["id"]) for original, twin in self._twins] if self.planted else []


def main() -> None:
    """Write what the command line asks for; planted pairs go to standard output."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.made.generate", description="Make a planning graph."
    )
    parser.add_argument("plans", type=int, help="how many plans")
    parser.add_argument("out", type=Path, help="folder for tables, or a file that ends in .nq")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--planted", type=int, default=0, metavar="N", help="near-copies among them")
    parser.add_argument(
        "--share", type=float, default=SHARE, help="of the concepts that a near-copy keeps (.8)"
    )
    asked = parser.parse_args()
    inventory = Inventory(asked.plans, asked.seed, asked.planted, asked.share)
    if asked.out.suffix == ".nq":
        write_quads(inventory, asked.out)
    else:
        inventory.write_tables(asked.out)
    for pair in inventory.pairs:
        sys.stdout.write(json.dumps(pair) + "\n")


if __name__ == "__main__":
    main()
