"""Aachen's public records as the offices know them: plans, departments, goals, target groups."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

AACHEN = Path(__file__).parents[2] / "data" / "aachen"

Row = dict[str, str]


@dataclass(frozen=True)
class City:
    """The tables, by name and id."""

    tables: dict[str, dict[str, Row]]

    def plan(self, plan: str) -> Row:
        """Return the record of a plan."""
        return self.tables["plans"][plan]

    def plans(self, *plans: str) -> Iterator[Row]:
        """Yield the records of some plans."""
        return (self.plan(plan) for plan in plans)

    def code(self, unit: str) -> str:
        """Return what a department is called for short, or its name."""
        row = self._unit(unit)
        return row.get("code") or row["name_de"]

    def name(self, unit: str) -> str:
        """Return the full name of a department or partner."""
        return self._unit(unit)["name_de"]

    def lead(self, plan: Row) -> tuple[str, ...]:
        """Return all ways to name the lead of a plan; none where the records name none."""
        unit = plan["lead_department"]
        return tuple(dict.fromkeys((self.code(unit), self.name(unit), unit))) if unit else ()

    def code_of_lead(self, plan: Row) -> str:
        """Return the short name of a plan's lead, or nothing."""
        return self.code(plan["lead_department"]) if plan["lead_department"] else ""

    def name_of_lead(self, plan: Row) -> str:
        """Return the full name of a plan's lead, or nothing."""
        return self.name(plan["lead_department"]) if plan["lead_department"] else ""

    def groups(self, plan: Row) -> tuple[str, ...]:
        """Return the target groups of a plan by name."""
        groups = self.tables["target_groups"]
        return tuple(groups[group]["title_de"] for group in plan["target_groups"].split(";") if group)

    def goals(self, plan: Row) -> tuple[str, ...]:
        """Return the goals of a plan."""
        return tuple(goal["title_de"] for goal in self.tables["goals"].values() if goal["plan"] == plan["id"])

    def of(self, table: str, column: str, value: str) -> list[Row]:
        """Return the rows of a table that have a value."""
        return [row for row in self.tables[table].values() if row[column] == value]

    def _unit(self, unit: str) -> Row:
        return self.tables["departments"].get(unit) or self.tables["partners"][unit]


def all_ways(city: City, unit: str) -> tuple[str, ...]:
    """Return all ways to name a department."""
    return tuple(dict.fromkeys((city.code(unit), city.name(unit), unit)))


def _table(name: str) -> dict[str, Row]:
    with (AACHEN / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: dict(row) for row in csv.DictReader(lines)}


@cache
def aachen() -> City:
    """Return Aachen's tables, read once."""
    names = (
        "plans",
        "departments",
        "partners",
        "goals",
        "target_groups",
        "measures",
        "instruments",
        "topics",
    )
    return City({name: _table(name) for name in names})
