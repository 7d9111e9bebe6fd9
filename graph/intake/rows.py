"""Read the folder of CSV tables: rows of cells, exactly as typed, with the place of each."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any

from graph.errors import IntakeError, Text
from graph.intake.problems import ROW_OF_HEADER, Problem
from ontology.tables import Table, every_table

ABOUT = "delivery.json"
SOURCES = "sources"
_LONGEST_CELL = 131_072
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+-]?\d+([.,]\d+)*|-")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number as a spreadsheet counts, and its cells by column name."""

    table: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell; an absent optional column is an empty cell."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A folder of tables: its id, what its maker says about it, the rows per table, the problems of reading."""

    id: str
    about: Mapping[str, Any]
    rows: Mapping[str, tuple[Row, ...]]
    problems: tuple[Problem, ...] = field(default=())

    def all_rows(self) -> Iterator[Row]:
        """Yield every row of every table."""
        for rows in self.rows.values():
            yield from rows


def read_folder(folder: Path, delivery: str | None = None, day: str | None = None) -> Delivery:
    """Return the tables of a folder with every problem of reading them; ``day`` overrides the date it gives itself.

    Raises IntakeError where the folder is missing or holds no table at all.
    """
    tables = {table.name: table for table in every_table()}
    files = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    if not files:
        raise IntakeError(
            f"{folder} ist kein Ordner mit CSV-Tabellen. Bitte den Ordner angeben, in dem plans.csv liegt.",
            f"{folder} is not a folder of CSV tables. Please name the folder that holds plans.csv.",
        )
    problems: list[Problem] = []
    rows: dict[str, tuple[Row, ...]] = {}
    for path in files:
        table = tables.get(path.stem)
        if table is None:
            problems.append(_unknown_table(path, tables))
        else:
            rows[table.name] = tuple(_read_table(path, table, problems))
    about = _read_about(folder, problems)
    if day:
        about = {**about, "date": day}
    return Delivery(delivery or folder.resolve().name, about, rows, tuple(problems))


def _read_about(folder: Path, problems: list[Problem]) -> Mapping[str, Any]:
    path = folder / ABOUT
    if not path.exists():
        return {}
    try:
        about = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        text = Text(f"ist kein JSON in UTF-8 ({error}).", f"is not JSON in UTF-8 ({error}).")
        problems.append(Problem(path.name, None, None, "bad-json", text))
        return {}
    return about if isinstance(about, dict) else {}


def _unknown_table(path: Path, tables: Iterable[str]) -> Problem:
    near = get_close_matches(path.stem, list(tables), n=1)
    de, en = (f" Ist {near[0]}.csv gemeint?", f" Is {near[0]}.csv meant?") if near else ("", "")
    text = Text(
        f"ist keine der bekannten Tabellen ({', '.join(tables)}).{de}",
        f"is none of the known tables ({', '.join(tables)}).{en}",
    )
    return Problem(path.name, None, None, "unknown-table", text)


def _read_table(path: Path, table: Table, problems: list[Problem]) -> Iterator[Row]:
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        text = Text(
            f"ist nicht in UTF-8 gespeichert (Byte {error.start}). Bitte als „CSV UTF-8“ speichern.",
            f"is not saved in UTF-8 (byte {error.start}). Please save it as “CSV UTF-8”.",
        )
        problems.append(Problem(path.name, line, None, "encoding", text))
        return
    yield from _rows(path.name, content, table, problems)


def _rows(file: str, content: str, table: Table, problems: list[Problem]) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(content, newline=""), strict=True)
    try:
        header = next(reader, [])
        problems.extend(_header_problems(file, header, table))
        for number, cells in enumerate(reader, start=ROW_OF_HEADER + 1):
            if len(cells) == len(header):
                yield Row(table.name, number, dict(zip(header, map(unguarded, cells), strict=True)))
            elif cells:
                problems.append(_ragged(file, number, len(cells), len(header)))
    except csv.Error as error:
        text = Text(
            f"ist kein gültiges CSV ({error}). Bitte Anführungszeichen und Trennzeichen prüfen.",
            f"is not valid CSV ({error}). Please check quotes and separators.",
        )
        problems.append(Problem(file, reader.line_num, None, "bad-csv", text))


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes in front where it would.

    >>> guarded("=1+1"), guarded("-5"), guarded("-"), guarded("Ziel")
    ("'=1+1", '-5', '-', 'Ziel')
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _HARMLESS.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that ``guarded`` put in front.

    >>> unguarded(guarded("=1+1"))
    '=1+1'
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _ragged(file: str, number: int, cells: int, columns: int) -> Problem:
    text = Text(
        f"hat {cells} Zellen, die Kopfzeile {columns}. Enthält eine Zelle ein Komma ohne Anführungszeichen?",
        f"has {cells} cells, the header {columns}. Does a cell hold a comma without quotes?",
    )
    return Problem(file, number, None, "ragged-row", text)


def _header_problems(file: str, header: list[str], table: Table) -> Iterator[Problem]:
    known = {column.name for column in table.columns}
    for name in header:
        if name not in known:
            yield _unknown_column(file, name, known)
    for name in sorted({name for name in header if header.count(name) > 1}):
        text = Text("steht zweimal in der Kopfzeile.", "stands twice in the header.")
        yield Problem(file, ROW_OF_HEADER, name, "duplicate-column", text)
    for column in table.columns:
        if column.name not in header and not column.optional:
            text = Text(
                "fehlt. Bitte die Spalte ergänzen; die Zellen dürfen leer bleiben.",
                "is missing. Please add the column; its cells may stay empty.",
            )
            yield Problem(file, ROW_OF_HEADER, column.name, "missing-column", text)


def _unknown_column(file: str, name: str, known: Iterable[str]) -> Problem:
    near = get_close_matches(name, sorted(known), n=1)
    de, en = (f" Ist „{near[0]}“ gemeint?", f" Is “{near[0]}” meant?") if near else ("", "")
    text = Text(f"ist in dieser Tabelle unbekannt.{de}", f"is unknown in this table.{en}")
    return Problem(file, ROW_OF_HEADER, name, "unknown-column", text)
