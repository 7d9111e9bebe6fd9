"""From the sheets of our own workbook to the rows of the tables, delivery by delivery."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from graph.errors import Text
from graph.intake.problems import ROW_OF_HEADER, Problem
from graph.intake.rows import Row
from graph.intake.sheets.book import Cell, Sheet
from graph.intake.sheets.own.cells import Ids, Understood, understand_cell
from graph.intake.sheets.own.marks import DELIVERY, EXAMPLE, NUMBER, Marks, heading, plain, visible
from ontology.tables import Column, Table

_LAST = float("inf")
_EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its cells by column, the number it was written with, the delivery it names."""

    row: int
    number: float
    delivery: str
    cells: Mapping[str, Cell]


@dataclass
class Heard:
    """What reading found beside the rows: problems that refuse the workbook, notes that only tell."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def headings(table: Table) -> dict[str, str]:
    """Return the column that each heading means, in both languages; number and delivery by their own names."""
    found: dict[str, str] = {}
    for lang in ("de", "en"):
        found |= {NUMBER[lang]: "#", DELIVERY[lang]: "@"}
        found |= {heading(column, table, lang): column.name for column in table.columns}
    return found


def read_lines(sheet: Sheet, table: Table, marks: Marks, heard: Heard) -> list[Line]:
    """Return the rows of a sheet in the order they were written in, new ones last; the example is left out."""
    places = _columns(sheet, table, marks, heard)
    by_row: defaultdict[int, dict[str, Cell]] = defaultdict(dict)
    nameless: set[int] = set()
    for (row, column), cell in sheet.cells.items():
        if row > ROW_OF_HEADER and (cell.text or cell.struck or cell.formula):
            if column in places:
                by_row[row][places[column]] = cell
            elif column not in nameless and (ROW_OF_HEADER, column) not in sheet.cells:
                nameless.add(column)
                heard.problems.append(_nameless(sheet, row, cell))
    lines = [_line(row, cells) for row, cells in sorted(by_row.items()) if _says_something(cells, table)]
    kept = [line for line in lines if not _is_example(by_row[line.row])]
    if len(kept) < len(lines):
        heard.notes.append(Problem(sheet.name, None, None, "example", _EXAMPLE_LEFT))
    return sorted(kept, key=lambda line: (line.number, line.row))


def _line(row: int, cells: Mapping[str, Cell]) -> Line:
    number, delivery = cells.get("#", _EMPTY).text, cells.get("@", _EMPTY).text
    place = float(number) if number.replace(".", "", 1).isdecimal() else _LAST
    return Line(row, place, visible(delivery), cells)


def _says_something(cells: Mapping[str, Cell], table: Table) -> bool:
    repeated = {column.name for column in table.columns if column.kind == "from_source"}
    return any(name not in {"#", "@"} | repeated for name in cells)


def _is_example(cells: Mapping[str, Cell]) -> bool:
    return visible(cells.get("#", _EMPTY).text) in (EXAMPLE.de, EXAMPLE.en)


def _columns(sheet: Sheet, table: Table, marks: Marks, heard: Heard) -> dict[int, str]:
    """Return the column name by place; every heading that is unknown, twice there or missing is a problem."""
    known = headings(table)
    found: dict[int, str] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row == ROW_OF_HEADER and cell.text:
            name = known.get(visible(cell.text))
            if name is None:
                heard.problems.append(_unknown_heading(sheet, cell.text, known))
            elif name in found.values():
                text = Text("steht zweimal in der Kopfzeile.", "stands twice in the header.")
                heard.problems.append(Problem(sheet.name, row, cell.text, "duplicate-column", text))
            else:
                found[column] = name
    for wanted in table.columns:
        may_lack = wanted.optional or wanted.kind == "from_source"
        if wanted.name not in found.values() and not may_lack:
            title = heading(wanted, table, marks.lang)
            heard.problems.append(
                Problem(sheet.name, ROW_OF_HEADER, title, "missing-column", _MISSING_COLUMN)
            )
    return found


def _unknown_heading(sheet: Sheet, typed: str, known: Mapping[str, str]) -> Problem:
    near = get_close_matches(typed, list(known), n=1)
    de, en = (f" Ist „{near[0]}“ gemeint?", f" Is “{near[0]}” meant?") if near else ("", "")
    text = Text(
        f"ist keine Spalte dieses Blatts.{de} Bitte die Überschrift zurückändern; eigene Spalten bitte löschen.",
        f"is no column of this sheet.{en} Please change the heading back; please delete columns of your own.",
    )
    return Problem(sheet.name, ROW_OF_HEADER, typed, "unknown-column", text)


def _nameless(sheet: Sheet, row: int, cell: Cell) -> Problem:
    text = Text(
        f"„{cell.text}“ steht in einer Spalte ohne bekannte Überschrift. Bitte löschen oder in eine Spalte des Blatts setzen.",
        f"“{cell.text}” stands in a column without a known heading. Please delete it or put it into a column of the sheet.",
    )
    return Problem(sheet.name, row, None, "cell-outside", text)


def find_ids(lines: Mapping[str, list[Line]], tables: Mapping[str, Table]) -> Ids:
    """Return the ids that the sheets hold, and the names that only one row of a table has."""
    known = {
        name: frozenset(visible(line.cells["id"].text) for line in held if "id" in line.cells)
        for name, held in lines.items()
    }
    return Ids(known, {name: _by_name(held, tables[name]) for name, held in lines.items()})


def _by_name(lines: list[Line], table: Table) -> dict[str, str]:
    named: defaultdict[str, set[str]] = defaultdict(set)
    naming = [c.name for c in table.columns if c.name in {"name_de", "title_de", "code", "what"}]
    for line in lines:
        for name in naming:
            if name in line.cells and "id" in line.cells:
                named[visible(line.cells[name].text)].add(visible(line.cells["id"].text))
    return {name: next(iter(ids)) for name, ids in named.items() if len(ids) == 1}


@dataclass(frozen=True)
class RowReader:
    """Reads the lines of one sheet into rows of its table."""

    sheet: str
    table: Table
    marks: Marks
    ids: Ids
    heard: Heard

    def row(self, line: Line, delivery: str) -> Row:
        """Return the row of a line; what cannot be read, or was read otherwise than typed, is noted."""
        keys = {name: self._cell(line, self._column(name), None).text for name in self.table.key}
        key = " ".join(keys.values())
        cells = {}
        for column in self.table.columns:
            if column.kind == "from_source":
                continue
            read = self._cell(line, column, self._exact(delivery, key, column.name))
            cells[column.name] = read.text
            for text, heard, code in (
                (read.problem, self.heard.problems, "bad-cell"),
                (read.note, self.heard.notes, "read-as"),
            ):
                if text:
                    title = heading(column, self.table, self.marks.lang)
                    heard.append(Problem(self.sheet, line.row, title, code, text))
        return Row(self.table.name, line.row, cells)

    def _exact(self, delivery: str, key: str, column: str) -> str | None:
        return self.marks.exact.get((self.table.name, delivery, plain(key), column))

    def _column(self, name: str) -> Column:
        column = self.table.column(name)
        assert column is not None
        return column

    def _cell(self, line: Line, column: Column, exact: str | None) -> Understood:
        return understand_cell(line.cells.get(column.name, _EMPTY), column, self.ids, exact)


def typed_repeats(line: Line, table: Table) -> Iterator[tuple[str, str]]:
    """Yield what stands in the columns for reading only, as (column, text)."""
    for column in table.columns:
        if column.kind == "from_source" and column.name in line.cells:
            yield column.name, line.cells[column.name].text


_EXAMPLE_LEFT = Text("Die Beispielzeile ist nicht übernommen.", "The example row is left out.")
_MISSING_COLUMN = Text(
    "fehlt. Bitte die Spalte mit dieser Überschrift ergänzen; die Zellen dürfen leer bleiben.",
    "is missing. Please add a column with this heading; its cells may stay empty.",
)
