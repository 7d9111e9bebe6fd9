"""A workbook of our own, come back whole: its deliveries, what was read otherwise than typed, what refuses it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.errors import Text
from graph.intake.problems import Problem, TablesRefused
from graph.intake.rows import Delivery, Row
from graph.intake.sheets.own.marks import BookKind
from ontology.tables import every_table


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: kind of workbook, base and state it was written from, deliveries, notes, problems by sheet."""

    kind: BookKind
    base: str
    snapshot: str
    deliveries: tuple[Delivery, ...]
    sheets: Mapping[str, str]
    titles: Mapping[str, Mapping[str, str]]
    notes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    def checked(self) -> Returned:
        """Return itself; raises TablesRefused with every problem where there is one."""
        if self.problems:
            raise TablesRefused(self.problems)
        return self

    def placed(self, refused: TablesRefused) -> TablesRefused:
        """Return a refusal of the tables with each problem at its place in the workbook: sheet, row, heading."""
        return TablesRefused(self._placed(problem) for problem in refused.problems)

    def _placed(self, problem: Problem) -> Problem:
        table = problem.file.removesuffix(".csv")
        if table not in self.sheets:
            return problem
        titles = self.titles.get(table, {})
        columns = [titles.get(name, name) for name in (problem.column or "").split(" + ") if name]
        return replace(
            problem,
            file=self.sheets[table],
            column=" + ".join(columns) or None,
            text=self._worded(problem.text),
        )

    def _worded(self, text: Text) -> Text:
        """Return a sentence that speaks of sheets where it spoke of files."""
        de, en = text.de, text.en
        for table in every_table():
            sheet = self.sheets.get(table.name)
            de = de.replace(f" {table.file}", f" „{sheet or table.title.de}“")
            en = en.replace(f" {table.file}", f" “{sheet or table.title.en}”")
        return Text(de, en)

    def named(self, delivery: str | None) -> Returned:
        """Return itself under another id of its only delivery.

        Raises TablesRefused where there are several.
        """
        if delivery is None:
            return self
        if len(self.deliveries) != 1:
            text = Text(
                "Die Datei enthält mehrere Lieferungen; eine neue Kennung ist nicht möglich.",
                "The file holds several deliveries; a new id is not possible.",
            )
            raise TablesRefused([Problem("--source-id", None, None, "several-deliveries", text)])
        return replace(self, deliveries=(replace(self.deliveries[0], id=delivery),))

    def dated(self, day: str | None) -> Returned:
        """Return itself with another date of its deliveries; an interview keeps the day it was given."""
        if day is None or self.kind == "sheet":
            return self
        dated = (replace(delivery, about={**delivery.about, "date": day}) for delivery in self.deliveries)
        return replace(self, deliveries=tuple(dated))

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {
            "kind": self.kind,
            "base": self.base,
            "snapshot": self.snapshot,
            "deliveries": [_delivery_json(delivery) for delivery in self.deliveries],
            "sheets": dict(self.sheets),
            "titles": {table: dict(titles) for table, titles in self.titles.items()},
            "notes": [_problem_json(note) for note in self.notes],
            "problems": [_problem_json(problem) for problem in self.problems],
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Returned:
        """Return what ``to_json`` wrote."""
        return cls(
            said["kind"],
            said["base"],
            said["snapshot"],
            tuple(map(_delivery, said["deliveries"])),
            said["sheets"],
            said["titles"],
            tuple(map(_problem, said["notes"])),
            tuple(map(_problem, said["problems"])),
        )


def _delivery_json(delivery: Delivery) -> dict[str, Any]:
    rows = {name: [[row.number, dict(row.cells)] for row in held] for name, held in delivery.rows.items()}
    return {"id": delivery.id, "about": dict(delivery.about), "rows": rows}


def _delivery(said: Mapping[str, Any]) -> Delivery:
    rows = {
        name: tuple(Row(name, number, cells) for number, cells in held) for name, held in said["rows"].items()
    }
    return Delivery(said["id"], said["about"], rows)


def _problem_json(problem: Problem) -> list[Any]:
    return [problem.file, problem.row, problem.column, problem.code, problem.text.de, problem.text.en]


def _problem(said: list[Any]) -> Problem:
    file, row, column, code, de, en = said
    return Problem(file, row, column, code, Text(de, en))


def several(rows: Iterable[str], most: int = 5) -> str:
    """Return a few names and how many more there are.

    >>> several(["a", "b", "c"], most=2)
    'a, b … (+1)'
    """
    names = list(rows)
    more = f" … (+{len(names) - most})" if len(names) > most else ""
    return ", ".join(names[:most]) + more
