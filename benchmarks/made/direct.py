"""Made rows as statements, without a table or an import in between: the same statements, for sizes no import takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from graph.dates import parse_date
from graph.intake.cells import Names, parts
from graph.intake.rows import SOURCES, Row
from graph.intake.triples import source_iri
from graph.statement import Statement
from ontology.tables import Column, Table
from ontology.terms import DCT, ONTOLOGY, PW, RDF, SKOS, XSD
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from benchmarks.made.generate import Inventory

BASE = "https://w3id.org/planwerk/id/"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_FACT = "Tatsache"
DELIVERY = "synthetic"


def statements(inventory: Inventory, base: str = BASE) -> Iterator[Statement]:
    """Yield what an import of the inventory would state, row by row and then of the delivery itself."""
    yield from _Direct(inventory, base).statements()


def write_quads(inventory: Inventory, path: Path, base: str = BASE) -> int:
    """Write the statements as N-Quads and return how many there are."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for statement in statements(inventory, base):
            file.write(f"{as_triple(statement)} <{statement.source}> .\n")
            count += 1
    return count


def source_texts(inventory: Inventory, base: str = BASE) -> dict[str, str]:
    """Return the sorted N-Triples of each source of an inventory, as the store keeps them."""
    return sorted_texts(statements(inventory, base))


def sorted_texts(said: Iterable[Statement]) -> dict[str, str]:
    """Return statements as the sorted N-Triples of each source."""
    lines: defaultdict[str, set[str]] = defaultdict(set)
    for statement in said:
        lines[statement.source].add(f"{as_triple(statement)} .\n")
    return {source: "".join(sorted(said)) for source, said in lines.items()}


def as_triple(statement: Statement) -> str:
    """Return subject, predicate and object as N-Triples writes them, without the dot."""
    return f"<{statement.subject}> <{statement.predicate}> {_term(statement)}"


def _term(statement: Statement) -> str:
    if statement.is_iri:
        return f"<{statement.value}>"
    text = f'"{statement.value.translate(_ESCAPES)}"'
    if statement.lang:
        return f"{text}@{statement.lang}"
    return text if statement.datatype == XSD.string else f"{text}^^<{statement.datatype}>"


@cache
def _date_type(typed: str) -> str:
    return parse_date(typed).datatype


class _Direct:
    def __init__(self, inventory: Inventory, base: str) -> None:
        self.inventory = inventory
        self.tables = inventory.shape.tables
        self.vocabulary = load_vocabulary()
        self.names = Names(base, self.vocabulary, {})
        self.base = base
        self.home = source_iri(base, DELIVERY)
        self.new_codes: dict[str, tuple[str, str]] = {}

    def statements(self) -> Iterator[Statement]:
        order: dict[str, list[str]] = {name: [] for name in self.tables}
        for row in self.inventory.all_rows():
            table = self.tables[row.table]
            order[row.table].append(" ".join(row[column] for column in table.key))
            yield from self._of_row(row, table)
        yield from self._of_delivery()
        yield from self._of_tables(order)
        yield from self._of_schemes()
        for code, (scheme, text) in self.new_codes.items():
            yield from self._of_code(code, scheme, text)

    def _of_row(self, row: Row, table: Table) -> Iterator[Statement]:
        subject = self.base + table.about.format_map(row.cells)
        home = self._home(row, subject)
        yield Statement(subject, RDF.type, table.class_, home)
        if table.scheme:
            yield Statement(subject, SKOS.inScheme, f"{self.base}scheme/{table.scheme}", home)
        for column in self.inventory.shape.columns[table.name]:
            if row[column.name] and column.kind not in {"key", "graph", "from_source"}:
                yield from self._of_cell(row[column.name], column, subject, home)
        if table.name == "relations":
            yield from self._shortcut(row, home)
        if table.name == SOURCES:
            yield Statement(subject, PW.deliveredIn, self.home, home)

    def _home(self, row: Row, subject: str) -> str:
        if row.table == SOURCES:
            return subject
        return f"{self.base}source/{row['source_id']}" if row["source_id"] else self.home

    def _of_cell(self, cell: str, column: Column, subject: str, home: str) -> Iterator[Statement]:
        assert column.property is not None
        for entry in parts(cell, column):
            value, datatype, lang = self._term(entry, column)
            if column.inverse:
                yield Statement(value, column.property, subject, home)
            else:
                yield Statement(subject, column.property, value, home, datatype, lang)
        if column.separator and column.separator in cell:
            yield from self._typed(cell, column, subject, home)

    def _term(self, entry: str, column: Column) -> tuple[str, str | None, str | None]:
        if column.kind == "reference":
            return self.base + entry, None, None
        if column.kind == "code":
            return self._code(entry, column.scheme or ""), None, None
        if column.kind == "date":
            return entry, _date_type(entry), None
        if column.kind == "boolean":
            return ("true" if entry == column.true else "false"), XSD.boolean, None
        return entry, RDF.langString if column.lang else column.datatype or XSD.string, column.lang

    def _code(self, text: str, scheme: str) -> str:
        code = str(self.names.code(scheme, text))
        if code.startswith(self.base):
            self.new_codes[code] = scheme, text
        return code

    def _typed(self, cell: str, column: Column, subject: str, home: str) -> Iterator[Statement]:
        """Keep a list as it was typed where it is not in the order of the rows it names."""
        entries = cell.split(column.separator)
        if entries != sorted(entries, key=self._place):
            node = f"{subject}/cell/{column.name}"
            yield Statement(node, PW.cellOf, subject, home)
            yield Statement(node, PW.column, column.name, home, XSD.string)
            yield Statement(node, RDF.value, cell, home, XSD.string)

    def _place(self, entry: str) -> tuple[str, int]:
        prefix, _, number = entry.rpartition("-")
        return self._table_of[prefix], int(number)

    @cached_property
    def _table_of(self) -> Mapping[str, str]:
        return {self.inventory.id(name, 0).rpartition("-")[0]: name for name in self.tables}

    def _shortcut(self, row: Row, home: str) -> Iterator[Statement]:
        kind = self.vocabulary.concept("relation-kind", row["predicate"])
        if kind and kind.shortcut and row["modality"] == _FACT:
            yield Statement(self.base + row["subject"], kind.shortcut, self.base + row["object"], home)

    def _of_delivery(self) -> Iterator[Statement]:
        about, home = self.inventory.about, self.home
        yield Statement(home, RDF.type, PW.Source, home)
        for lang, title in about["title"].items():
            yield Statement(home, SKOS.prefLabel, title, home, RDF.langString, lang)
        yield Statement(home, DCT.description, about["note"], home, XSD.string)
        yield Statement(home, DCT.date, about["date"], home, _date_type(about["date"]))
        for name in about["assigned"]:
            yield Statement(home, PW.assigns, f"{ONTOLOGY}#{name}", home)

    def _of_tables(self, order: Mapping[str, Sequence[str]]) -> Iterator[Statement]:
        for name, keys in order.items():
            node = f"{self.home}/table/{name}"
            yield Statement(self.home, PW.deliveredTable, node, self.home)
            yield Statement(node, PW.tableName, name, self.home, XSD.string)
            yield Statement(node, PW.rowOrder, "\n".join(keys), self.home, XSD.string)

    def _of_schemes(self) -> Iterator[Statement]:
        for table in self.tables.values():
            if table.scheme:
                scheme = f"{self.base}scheme/{table.scheme}"
                yield Statement(scheme, RDF.type, SKOS.ConceptScheme, self.home)
                yield Statement(scheme, SKOS.prefLabel, table.title.de, self.home, RDF.langString, "de")
                yield Statement(scheme, SKOS.prefLabel, table.title.en, self.home, RDF.langString, "en")

    def _of_code(self, code: str, scheme: str, text: str) -> Iterator[Statement]:
        yield Statement(code, RDF.type, SKOS.Concept, self.home)
        yield Statement(code, SKOS.notation, text, self.home, XSD.string)
        yield Statement(code, SKOS.prefLabel, text, self.home, RDF.langString, "de")
        yield Statement(code, SKOS.inScheme, self.vocabulary.schemes[scheme].iri, self.home)
