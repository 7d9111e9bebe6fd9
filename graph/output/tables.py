"""The way back: the whole store as the folder of CSV tables that it can be imported from again.

Rows stand in the order of their delivery, lists in a cell as typed. A cell that a spreadsheet would take for a formula
(it begins with = + - @ and is no number) gets an apostrophe in front, which the import takes off again.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from itertools import islice
from urllib.parse import unquote

from graph.intake.cells import Names
from graph.intake.rows import ABOUT, Row, guarded, unguarded
from graph.intake.stated import Stated, Term
from graph.intake.writing import Order, as_written
from graph.output.said import Said
from graph.statement import Statement
from ontology.tables import Column, Table, every_table
from ontology.terms import DCT, PW, SKOS
from ontology.vocabulary import load_vocabulary

#: Rows written and read back at once while they are compared.
_AT_ONCE = 500
_RISKY = frozenset("'=+-@\t\r")


def table_files(statements: Iterable[Statement], base: str) -> dict[str, str]:
    """Return the text of every file of the folder, by file name: tables that were delivered, and that have rows."""
    said = Said.of(statements, base)
    writer = _Writer(said, base)
    files = {table.file: writer.table(table) for table in every_table() if writer.has(table)}
    about = _delivery_about(said)
    return files | ({ABOUT: about} if about else {})


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One row as said: id of the delivery it came with, its source's IRI, and its cells exactly as typed."""

    delivery: str
    source: str
    cells: Mapping[str, str]


def said_rows(said: Said) -> dict[str, list[SaidRow]]:
    """Return the rows of every delivered table, delivery by delivery, each in the order of its delivery."""
    writer = _Writer(said, said.base)
    found: dict[str, list[SaidRow]] = {}
    for table in every_table():
        place = _places(said, table)
        rows = [
            SaidRow(source_id(writer.delivery(source), said.base), source, writer.row(table, subject, source))
            for subject, source in writer.subjects(table)
        ]
        delivered = [row for row in rows if row.delivery]
        if delivered:
            ends = len(place)
            found[table.name] = sorted(
                delivered,
                key=lambda row: (row.delivery, place.get((row.delivery, _joined(table, row)), ends)),
            )
    return found


def _joined(table: Table, row: SaidRow) -> str:
    return " ".join(row.cells[name] for name in table.key)


def _places(said: Said, table: Table) -> dict[tuple[str, str], int]:
    """Return the place of each row key in its delivery."""
    return {
        (source_id(home, said.base), key): number
        for (name, home), keys in said.delivered_keys.items()
        if name == table.name
        for number, key in enumerate(keys)
    }


def deliveries(said: Said) -> dict[str, dict[str, object]]:
    """Return what every delivery says about itself, by its id."""
    return {source_id(home, said.base): dict(_about_pairs(said, home)) for home in sorted(said.homes)}


def source_id(iri: str, base: str) -> str:
    """Return the id of a source or delivery.

    >>> source_id("https://stadt.example/source/bogen%201", "https://stadt.example/")
    'bogen 1'
    """
    return unquote(iri.removeprefix(f"{base}source/"))


def lost_cells(rows: Iterable[Row], stated: Mapping[str, Stated], base: str) -> list[tuple[Row, str]]:
    """Return every (row, column) of ``rows`` whose cell the tables written from what is stated do not give back.

    The tables are written as CSV and read back some hundred rows at a time; no table is ever held whole.
    """
    writer = _Writer(Said(stated, base), base)
    tables = {table.name: table for table in every_table()}
    wanted: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        wanted[row.table].append(row)
    return [cell for name in list(wanted) for cell in _lost_in(writer, tables[name], wanted.pop(name))]


def _lost_in(writer: _Writer, table: Table, rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    by_key = {_key_of(table, row.cells): row for row in rows}
    lost: dict[tuple[str, ...], list[str]] = {}
    names = [column.name for column in table.columns]
    columns = frozenset(names)
    for cells in _read_back(writer.cells(table)):
        written = dict(zip(names, cells, strict=True))
        key = _key_of(table, written)
        row = by_key.get(key)
        if row is not None:
            same = columns.issuperset(row.cells) and cells == [row[name] for name in names]
            lost[key] = [] if same else [n for n, cell in row.cells.items() if cell != written.get(n, "")]
    for row in rows:
        gone = lost.get(_key_of(table, row.cells))
        for name in [name for name, cell in row.cells.items() if cell] if gone is None else gone:
            yield row, name


def _read_back(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield rows of cells as they are read again once they have been written as CSV."""
    while some := list(islice(rows, _AT_ONCE)):
        text = _csv_text(some)
        csv.field_size_limit(max(csv.field_size_limit(), len(text)))
        for cells in csv.reader(StringIO(text, newline="")):
            yield [unguarded(cell) if cell.startswith("'") else cell for cell in cells]


def _key_of(table: Table, cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple([cells[name] for name in table.key])


def _csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV, guarded against formulas; a lone carriage return is quoted too, which the csv module forgets."""
    text = StringIO(newline="")
    plain, quoted = (
        csv.writer(text, lineterminator="\n"),
        csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL),
    )
    for row in rows:
        cells = [guarded(cell) if cell and cell[0] in _RISKY else cell for cell in row]
        (quoted if "\r" in "".join(cells) else plain).writerow(cells)
    return text.getvalue()


_Facts = Mapping[str, Sequence[Term]]


@cache
def _plainly(table: Table) -> tuple[tuple[Column, str, str | None], ...]:
    """Return the columns with their names and, where their cells are stated of the row itself, the property."""
    beside = {"key", "graph", "from_source"}
    return tuple(
        (c, c.name, None if c.kind in beside or c.inverse or c.about else c.property) for c in table.columns
    )


class _Writer:
    """Puts statements back into cells."""

    def __init__(self, said: Said, base: str) -> None:
        self.said = said
        self.names = Names(base, load_vocabulary(), {})
        self.order = Order(said.places)
        self._cited: dict[tuple[str | None, str], str] = {}

    def has(self, table: Table) -> bool:
        return table.name in self.said.delivered or bool(self.subjects(table))

    def table(self, table: Table) -> str:
        rows = list(self.cells(table))
        columns = [
            (place, column.name)
            for place, column in enumerate(table.columns)
            if not column.optional or any(row[place] for row in rows)
        ]
        written = ([row[place] for place, _ in columns] for row in rows)
        return _csv_text([[name for _, name in columns]]) + _csv_text(written)

    def cells(self, table: Table) -> Iterator[list[str]]:
        """Yield the cells of each row, in the order of the columns."""
        for subject, source in self.subjects(table):
            yield list(self.row(table, subject, source).values())

    def subjects(self, table: Table) -> list[tuple[str, str]]:
        if table.extends:
            return [
                (self.names.iri(key), source)
                for key, source in self.said.delivered.get(table.name, {}).items()
            ]
        place = self.said.places.get(table.name, {})
        found = self.said.typed.get(table.class_, [])
        if table.class_ == PW.Source:
            found = [(subject, source) for subject, source in found if self._is_delivered(subject, source)]
        found = [pair for pair in found if self._local(pair[0]).startswith(table.prefix)]
        return sorted(found, key=lambda pair: (place.get(self._key(table, *pair), len(place)), pair))

    def delivery(self, source: str) -> str:
        """Return the IRI of the delivery that a source came with; nothing where it came otherwise."""
        if source in self.said.homes:
            return source
        return next(iter(self.said.values(source, PW.deliveredIn, source)), "")

    def _is_delivered(self, subject: str, source: str) -> bool:
        return bool(self.said.values(subject, PW.deliveredIn, source))

    def _key(self, table: Table, subject: str, source: str) -> str:
        facts = None if len(table.key) == 1 else self.said.facts(subject, source)
        return " ".join(
            self._cell(table, self._column(table, name), subject, source, facts) for name in table.key
        )

    @staticmethod
    def _column(table: Table, name: str) -> Column:
        column = table.column(name)
        assert column is not None
        return column

    def row(self, table: Table, subject: str, source: str) -> dict[str, str]:
        facts = self.said.facts(subject, source)
        kept = self.said.typed_cells.get((subject, source), {})
        cells = {}
        for column, name, plain in _plainly(table):
            if plain is None or name in kept:
                cells[name] = self._cell(table, column, subject, source, facts)
            else:
                terms = facts.get(plain)
                cells[name] = self._written(terms, column) if terms else ""
        return cells

    def _written(self, terms: Sequence[Term], column: Column) -> str:
        values = [term.value for term in terms if not column.lang or term.lang == column.lang]
        return as_written(values, column, self.names, self.order) if values else ""

    def _cell(self, table: Table, column: Column, subject: str, source: str, facts: _Facts | None) -> str:
        """Return a cell; ``facts`` is what the source says of the subject, where it is known already."""
        kept = self.said.typed_cells.get((subject, source))
        if kept and column.name in kept:
            return kept[column.name]
        if column.kind == "key":
            return self._local(subject).removeprefix(table.prefix)
        if column.kind == "graph":
            return self._local(source).removeprefix("source/")
        if column.kind == "from_source":
            return self._from_source(column, source)
        said = self._said(table, column, subject, source, facts)
        return as_written(said, column, self.names, self.order) if said else ""

    def _said(
        self, table: Table, column: Column, subject: str, source: str, facts: _Facts | None
    ) -> list[str]:
        """Return what the source says in this column of the row, or of the part of the row that it is about."""
        assert column.property is not None
        if column.inverse:
            return self.said.subjects.get((subject, column.property, source), [])
        if column.about:
            cells = {
                name: self._cell(table, self._column(table, name), subject, source, facts)
                for name in table.key
            }
            subject = self.names.iri(column.about.format_map(cells))
            facts = None
        if facts is None:
            facts = self.said.facts(subject, source)
        terms = facts.get(column.property, ())
        return [term.value for term in terms if not column.lang or term.lang == column.lang]

    def _local(self, iri: str) -> str:
        return unquote(iri.removeprefix(self.names.base))

    def _from_source(self, column: Column, source: str) -> str:
        key = (column.property, source)
        if key not in self._cited:
            self._cited[key] = self._citation(column, source)
        return self._cited[key]

    def _citation(self, column: Column, source: str) -> str:
        names = (PW.citedAs, PW.address) if column.property == PW.address else (str(column.property),)
        for name in names:
            if held := self.said.values(source, name, source):
                return str(held[0])
        return ""


def _delivery_about(said: Said) -> str | None:
    """Return delivery.json where all tables come from one delivery."""
    homes = sorted({value for _, value, _ in said.sought[PW.deliveredIn]})
    if len(homes) != 1:
        return None
    about = dict(_about_pairs(said, homes[0]))
    return json.dumps(about, ensure_ascii=False, indent=2) + "\n"


def _about_pairs(said: Said, home: str) -> Iterator[tuple[str, object]]:
    titles = {
        term.lang or "de": term.value
        for source in said.sources
        for term in said.facts(home, source).get(SKOS.prefLabel, ())
    }
    yield "title", dict(sorted(titles.items()))
    for key, name in (
        ("publisher", PW.publisherName),
        ("date", DCT.date),
        ("note", DCT.description),
        ("licence", DCT.license),
    ):
        for value in said.anywhere(home, name):
            yield key, value
    assigned = said.anywhere(home, PW.assigns)
    yield "assigned", sorted(iri.rpartition("#")[2] for iri in assigned)
