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
from functools import cached_property
from io import StringIO
from urllib.parse import unquote

from graph.intake.cells import Names
from graph.intake.rows import ABOUT, Row, guarded, unguarded
from graph.intake.writing import Order, as_written
from graph.statement import Statement
from ontology.tables import Column, Table, every_table
from ontology.terms import DCT, PW, RDF, SKOS
from ontology.vocabulary import load_vocabulary


@dataclass(frozen=True)
class Said:
    """All statements, looked up the ways that cells need them."""

    statements: Sequence[Statement]
    base: str

    @cached_property
    def values(self) -> Mapping[tuple[str, str, str], list[str]]:
        """Values by (subject, predicate, source)."""
        return _grouped(((s.subject, s.predicate, s.source), s.value) for s in self.statements)

    @cached_property
    def worded(self) -> Mapping[tuple[str, str, str, str | None], list[str]]:
        """Texts by (subject, predicate, source, language)."""
        worded = (s for s in self.statements if s.lang)
        return _grouped(((s.subject, s.predicate, s.source, s.lang), s.value) for s in worded)

    @cached_property
    def subjects(self) -> Mapping[tuple[str, str, str], list[str]]:
        """Subjects by (value, predicate, source)."""
        return _grouped(((s.value, s.predicate, s.source), s.subject) for s in self.statements if s.is_iri)

    @cached_property
    def typed(self) -> Mapping[str, list[tuple[str, str]]]:
        """(subject, source) by class."""
        pairs = ((s.value, (s.subject, s.source)) for s in self.statements if s.predicate == RDF.type)
        return _grouped(pairs)

    @cached_property
    def anywhere(self) -> Mapping[tuple[str, str], list[str]]:
        """Values by (subject, predicate), whatever the source."""
        return _grouped(((s.subject, s.predicate), s.value) for s in self.statements)

    @cached_property
    def typed_cells(self) -> Mapping[tuple[str, str, str], str]:
        """Cells kept as typed, by (subject, column, source)."""
        found = {}
        for said in self.statements:
            if said.predicate == PW.cellOf:
                (column,) = self.values[said.subject, PW.column, said.source]
                (text,) = self.values[said.subject, RDF.value, said.source]
                found[said.value, column, said.source] = text
        return found

    @cached_property
    def delivered(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """(row key, source of the delivery) by table name, as delivered; a table without rows is there too."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for statement in sorted(self.statements):
            if statement.predicate == PW.rowOrder:
                (name,) = self.anywhere[statement.subject, PW.tableName]
                rows = found[name]
                for key in filter(None, statement.value.split("\n")):
                    rows.setdefault(key, statement.source)
        return {name: tuple(keys.items()) for name, keys in found.items()}

    @cached_property
    def delivered_keys(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Row keys by (table name, source of the delivery), as delivered; a table without rows is there too."""
        return {
            (self.anywhere[s.subject, PW.tableName][0], s.source): tuple(filter(None, s.value.split("\n")))
            for s in self.statements
            if s.predicate == PW.rowOrder
        }

    @cached_property
    def homes(self) -> frozenset[str]:
        """The sources that are deliveries of tables."""
        return frozenset(home for _, home in self.delivered_keys)

    @cached_property
    def order(self) -> Mapping[str, tuple[str, ...]]:
        """Row keys by table name, as delivered."""
        return {name: tuple(key for key, _ in rows) for name, rows in self.delivered.items()}


def _grouped(pairs: Iterable[tuple[object, object]]) -> Mapping:  # type: ignore[type-arg]
    found: defaultdict[object, list[object]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def table_files(statements: Iterable[Statement], base: str) -> dict[str, str]:
    """Return the text of every file of the folder, by file name: tables that were delivered, and that have rows."""
    said = Said(list(statements), base)
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


def lost_cells(rows: Iterable[Row], files: Mapping[str, str]) -> list[tuple[Row, str]]:
    """Return every (row, column) of ``rows`` whose cell the written tables do not give back."""
    tables = {table.name: table for table in every_table()}
    written = {name: _keyed_rows(table, files.get(table.file, "")) for name, table in tables.items()}
    return [
        (row, column)
        for row in rows
        for column, cell in row.cells.items()
        if cell != written[row.table].get(_key_of(tables[row.table], row.cells), {}).get(column, "")
    ]


def _keyed_rows(table: Table, text: str) -> dict[tuple[str, ...], Mapping[str, str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    rows = [
        {name: unguarded(cell) for name, cell in row.items()}
        for row in csv.DictReader(StringIO(text, newline=""))
    ]
    return {_key_of(table, row): row for row in rows}


def _key_of(table: Table, cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells[name] for name in table.key)


def _csv_line(cells: Sequence[str]) -> str:
    """Return one row of CSV; a lone carriage return is quoted too, which the csv module forgets."""
    text = StringIO(newline="")
    if any("\r" in cell for cell in cells):
        csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(cells)
    else:
        csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


class _Writer:
    """Puts statements back into cells."""

    def __init__(self, said: Said, base: str) -> None:
        self.said = said
        self.names = Names(base, load_vocabulary(), {})
        self.order = Order(said.order)

    def has(self, table: Table) -> bool:
        return table.name in self.said.order or bool(self.subjects(table))

    def table(self, table: Table) -> str:
        rows = [self.row(table, subject, source) for subject, source in self.subjects(table)]
        columns = [c.name for c in table.columns if not c.optional or any(row[c.name] for row in rows)]
        written = [[guarded(row[name]) for name in columns] for row in rows]
        return "".join(_csv_line(cells) for cells in [columns, *written])

    def subjects(self, table: Table) -> list[tuple[str, str]]:
        if table.extends:
            return [
                (str(self.names.iri(key)), source) for key, source in self.said.delivered.get(table.name, ())
            ]
        place = {key: number for number, key in enumerate(self.said.order.get(table.name, ()))}
        found = self.said.typed.get(table.class_, [])
        if table.class_ == PW.Source:
            found = [(subject, source) for subject, source in found if self._is_delivered(subject, source)]
        found = [pair for pair in found if self._local(pair[0]).startswith(table.prefix)]
        return sorted(found, key=lambda pair: (place.get(self._key(table, *pair), len(place)), pair))

    def delivery(self, source: str) -> str:
        """Return the IRI of the delivery that a source came with; nothing where it came otherwise."""
        if source in self.said.homes:
            return source
        return next(iter(self.said.values.get((source, PW.deliveredIn, source), ())), "")

    def _is_delivered(self, subject: str, source: str) -> bool:
        return bool(self.said.values.get((subject, PW.deliveredIn, source)))

    def _key(self, table: Table, subject: str, source: str) -> str:
        return " ".join(self._cell(table, self._column(table, name), subject, source) for name in table.key)

    @staticmethod
    def _column(table: Table, name: str) -> Column:
        column = table.column(name)
        assert column is not None
        return column

    def row(self, table: Table, subject: str, source: str) -> dict[str, str]:
        return {column.name: self._cell(table, column, subject, source) for column in table.columns}

    def _cell(self, table: Table, column: Column, subject: str, source: str) -> str:
        typed = self.said.typed_cells.get((subject, column.name, source))
        if typed is not None:
            return typed
        if column.kind == "key":
            return self._local(subject).removeprefix(table.about.partition("{")[0])
        if column.kind == "graph":
            return self._local(source).removeprefix("source/")
        if column.kind == "from_source":
            return self._from_source(column, source)
        return as_written(self._said(table, column, subject, source), column, self.names, self.order)

    def _said(self, table: Table, column: Column, subject: str, source: str) -> list[str]:
        """Return what the source says in this column of the row, or of the part of the row that it is about."""
        assert column.property is not None
        if column.inverse:
            return self.said.subjects.get((subject, column.property, source), [])
        if column.about:
            cells = {
                name: self._cell(table, self._column(table, name), subject, source) for name in table.key
            }
            subject = str(self.names.iri(column.about.format_map(cells)))
        if column.lang:
            return self.said.worded.get((subject, column.property, source, column.lang), [])
        return self.said.values.get((subject, column.property, source), [])

    def _local(self, iri: str) -> str:
        return unquote(iri.removeprefix(self.names.base))

    def _from_source(self, column: Column, source: str) -> str:
        names = (PW.citedAs, PW.address) if column.property == PW.address else (str(column.property),)
        for name in names:
            if held := self.said.values.get((source, name, source)):
                return str(held[0])
        return ""


def _delivery_about(said: Said) -> str | None:
    """Return delivery.json where all tables come from one delivery."""
    homes = sorted({s.value for s in said.statements if s.predicate == PW.deliveredIn})
    if len(homes) != 1:
        return None
    about = dict(_about_pairs(said, homes[0]))
    return json.dumps(about, ensure_ascii=False, indent=2) + "\n"


def _about_pairs(said: Said, home: str) -> Iterator[tuple[str, object]]:
    titles = {
        s.lang or "de": s.value
        for s in said.statements
        if s.subject == home and s.predicate == SKOS.prefLabel
    }
    yield "title", dict(sorted(titles.items()))
    for key, name in (
        ("publisher", PW.publisherName),
        ("date", DCT.date),
        ("note", DCT.description),
        ("licence", DCT.license),
    ):
        for value in said.anywhere.get((home, name), []):
            yield key, value
    assigned = said.anywhere.get((home, PW.assigns), [])
    yield "assigned", sorted(iri.rpartition("#")[2] for iri in assigned)
