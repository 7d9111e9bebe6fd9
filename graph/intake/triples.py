"""From rows to triples, one set per source: every cell becomes statements in the named graph of its source.

What no source states (topics, series, new codes, the order of rows) goes into the graph of the delivery itself. A cell
that would be written back otherwise than it was typed is kept beside its meaning as ``pw:Cell``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from rdflib import Literal, URIRef
from rdflib.term import Identifier, Node

from graph.errors import Text
from graph.intake.cells import CellError, Names, is_id, meaning
from graph.intake.duties import duty_problems, duty_readings
from graph.intake.problems import Problem, TablesRefused
from graph.intake.rows import SOURCES, Delivery, Row
from graph.intake.writing import Order, as_written
from graph.statement import Statement
from ontology.tables import Column, Part, Table, every_table
from ontology.terms import DCT, ONTOLOGY, PW, RDF, SKOS, XSD
from ontology.vocabulary import load_vocabulary

_DATE = Column("date", Text("Datum", "Date"), "date")

Triple = tuple[URIRef, URIRef, Identifier]
#: What one source says: a plain set takes a sixth of the memory of an indexed graph, and nothing here looks anything up.
Triples = set[Triple]
Watch = Callable[[Iterable[Row]], Iterable[Row]]


def source_iri(base: str, source: str) -> str:
    """Return the IRI of a source, which is also the name of its graph."""
    return str(Names(base, load_vocabulary(), {}).iri(f"source/{source}"))


def delivery_to_triples(
    delivery: Delivery, base: str, watch: Watch = iter, held: Mapping[str, Collection[str]] | None = None
) -> dict[str, Triples]:
    """Return the triples of a delivery by the IRI of the source that states them.

    ``held`` are the ids per table that other deliveries in the store hold: cells may refer to them.
    Raises TablesRefused with every problem of reading and understanding, and returns nothing then.
    """
    intake = _Intake(delivery, base, held or {})
    for row in watch(list(delivery.all_rows())):
        intake.take(row)
    intake.check_keys()
    intake.problems += duty_problems(delivery)
    if intake.problems:
        raise TablesRefused(intake.problems)
    intake.describe_delivery()
    for triple in duty_readings(delivery, intake.names):
        intake.triples[intake.home].add(triple)
    return dict(intake.triples)


def held_ids(statements: Iterable[Statement], home: str) -> dict[str, set[str]]:
    """Return the ids per table of all deliveries but the one whose source is ``home``."""
    said = list(statements)
    names = {s.subject: s.value for s in said if s.predicate == PW.tableName}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for statement in said:
        if statement.predicate == PW.rowOrder and statement.source != home:
            found[names[statement.subject]].update(filter(None, statement.value.split("\n")))
    return dict(found)


class _Intake:
    def __init__(self, delivery: Delivery, base: str, held: Mapping[str, Collection[str]]) -> None:
        self.delivery = delivery
        self.tables = {table.name: table for table in every_table()}
        self.problems = list(delivery.problems)
        self.triples: defaultdict[str, Triples] = defaultdict(set)
        ids = {
            name: {row["id"]: place for place, row in enumerate(delivery.rows.get(name, ()))}
            for name, table in self.tables.items()
            if table.key == ("id",) and table.extends is None
        }
        self.names = Names(base, load_vocabulary(), ids, held)
        self.order = Order({name: tuple(places) for name, places in ids.items()})
        self.home = source_iri(base, delivery.id)
        self.citations = _citations(delivery)
        self.new_codes: dict[URIRef, tuple[str, str]] = {}

    def take(self, row: Row) -> None:
        """Turn one row into triples, or note what is wrong with it."""
        table = self.tables[row.table]
        self._check_required(row, table)
        if not all(row[name] for name in table.key):
            return
        subject = self.names.iri(table.about.format_map(row.cells))
        home = self.triples[self._home(row, table)]
        if table.extends:
            self._check_extended(row, table.extends)
        else:
            home.add((subject, URIRef(RDF.type), URIRef(table.class_)))
        if table.scheme:
            home.add((subject, URIRef(SKOS.inScheme), self.names.iri(f"scheme/{table.scheme}")))
        for part in table.parts:
            self._add_part(row, table, part, subject, home)
        for column in table.columns:
            self._take_cell(row, table, column, subject, home)
        if row.table == "relations":
            self._add_shortcut(row, home)
        if row.table == SOURCES:
            self._describe_source(row, subject, home)

    def _check_extended(self, row: Row, extended: str) -> None:
        if row["id"] not in self.names.ids[extended] and row["id"] not in self.names.held.get(extended, ()):
            text = Text(
                f"„{row['id']}“ gibt es nicht in {extended}.csv.",
                f"“{row['id']}” does not exist in {extended}.csv.",
            )
            self._note(row, "id", "broken-reference", text)

    def _add_part(self, row: Row, table: Table, part: Part, subject: URIRef, home: Triples) -> None:
        """Add what a row describes beside itself, where one of its cells is filled."""
        if any(row[column.name] for column in table.columns if column.about == part.about):
            node = self.names.iri(part.about.format_map(row.cells))
            home.add((node, URIRef(RDF.type), URIRef(part.class_)))
            home.add((subject, URIRef(part.property), node))

    def _home(self, row: Row, table: Table) -> str:
        if row.table == SOURCES:
            return source_iri(self.names.base, row["id"])
        named = next((row[column.name] for column in table.columns if column.kind == "graph"), "")
        return source_iri(self.names.base, named) if named else self.home

    def _check_required(self, row: Row, table: Table) -> None:
        for column in table.columns:
            if column.required and not row[column.name]:
                text = Text("ist leer, muss aber gefüllt sein.", "is empty but must be filled.")
                self._note(row, column.name, "empty-cell", text)
        if "id" in row.cells and row["id"] and not is_id(row["id"]):
            text = Text(
                f"„{row['id']}“ taugt nicht als Kennung: bitte ohne Leerzeichen und Semikolon.",
                f"“{row['id']}” cannot be an id: please no blanks and semicolons.",
            )
            self._note(row, "id", "bad-id", text)

    def _note(self, row: Row, column: str | None, code: str, text: Text) -> None:
        self.problems.append(Problem(f"{row.table}.csv", row.number, column, code, text))

    def _take_cell(self, row: Row, table: Table, column: Column, subject: URIRef, home: Triples) -> None:
        cell = row[column.name]
        if column.kind == "graph":
            self._check_source(row, column)
        elif column.kind == "from_source":
            self._keep_citation(row, table, column, subject, home)
        elif column.kind != "key":
            try:
                terms = meaning(cell, column, self.names)
            except CellError as error:
                self._note(row, column.name, error.code, error.text)
                return
            self._note_new_codes(cell, column, terms)
            about = self.names.iri(column.about.format_map(row.cells)) if column.about else subject
            for term in terms:
                home.add(_statement(about, column, term))
            if cell != as_written(terms, column, self.names, self.order):
                self._keep_cell(row, column, subject, home)

    def _check_source(self, row: Row, column: Column) -> None:
        source = row[column.name]
        if source and source not in self.names.ids[SOURCES]:
            text = Text(
                f"Die Quelle „{source}“ gibt es nicht in {SOURCES}.csv.",
                f"The source “{source}” does not exist in {SOURCES}.csv.",
            )
            self._note(row, column.name, "broken-reference", text)

    def _keep_citation(self, row: Row, table: Table, column: Column, subject: URIRef, home: Triples) -> None:
        named = next((row[c.name] for c in table.columns if c.kind == "graph"), "")
        if row[column.name] != self.citations.get((named, column.name), ""):
            self._keep_cell(row, column, subject, home)

    def _note_new_codes(self, cell: str, column: Column, terms: Iterable[Identifier]) -> None:
        for term in terms:
            if column.scheme and str(term).startswith(self.names.base):
                self.new_codes[URIRef(term)] = (column.scheme, cell)

    def _keep_cell(self, row: Row, column: Column, subject: URIRef, home: Triples) -> None:
        node = URIRef(f"{subject}/cell/{column.name}")
        home.add((node, URIRef(PW.cellOf), subject))
        home.add((node, URIRef(PW.column), Literal(column.name)))
        home.add((node, URIRef(RDF.value), Literal(row[column.name])))

    def _add_shortcut(self, row: Row, home: Triples) -> None:
        kind = self.names.vocabulary.concept("relation-kind", row["predicate"])
        if kind and kind.shortcut and row["modality"] == "Tatsache" and row["subject"] and row["object"]:
            home.add((self.names.iri(row["subject"]), URIRef(kind.shortcut), self.names.iri(row["object"])))

    def _describe_source(self, row: Row, subject: URIRef, home: Triples) -> None:
        home.add((subject, URIRef(PW.deliveredIn), URIRef(self.home)))
        cited = self.citations.get((row["id"], "source_url"), row["url"])
        if cited != row["url"]:
            home.add((subject, URIRef(PW.citedAs), Literal(cited)))

    def check_keys(self) -> None:
        """Note every key that two rows of a table share, and every id that two tables share."""
        first: dict[tuple[str, ...], Row] = {}
        for row in self.delivery.all_rows():
            table = self.tables[row.table]
            key = (row.table, *(row[name] for name in table.key))
            earlier = first.setdefault(key, row)
            if earlier is not row and all(key):
                self._note_duplicate(row, earlier, table)
        owners = Counter(place for name, held in self.names.ids.items() if name != SOURCES for place in held)
        for name, held in self.names.ids.items():
            for local in held:
                if name != SOURCES and owners[local] > 1 and local:
                    row = self.delivery.rows[name][held[local]]
                    text = Text(
                        f"„{local}“ steht auch in einer anderen Tabelle.",
                        f"“{local}” also stands in another table.",
                    )
                    self._note(row, "id", "duplicate-id", text)

    def _note_duplicate(self, row: Row, earlier: Row, table: Table) -> None:
        columns = " + ".join(table.key)
        key = " + ".join(row[name] for name in table.key)
        text = Text(
            f"„{key}“ steht schon in Zeile {earlier.number}. Bitte eine der beiden Zeilen ändern oder löschen.",
            f"“{key}” already stands in row {earlier.number}. Please change or delete one of the two rows.",
        )
        self._note(row, columns, "duplicate-id", text)

    def describe_delivery(self) -> None:
        """Add what the delivery says about itself: title, date, what was assigned, its tables and their row order."""
        home, node, about = self.triples[self.home], URIRef(self.home), self.delivery.about
        add = partial(_add, home, node)
        add(RDF.type, URIRef(PW.Source))
        for lang, title in _titles(about, self.delivery.id):
            add(SKOS.prefLabel, Literal(title, lang=lang))
        for name, key in (
            (PW.publisherName, "publisher"),
            (DCT.license, "licence"),
            (DCT.description, "note"),
        ):
            if about.get(key):
                add(name, Literal(str(about[key])))
        if about.get("date"):
            add(DCT.date, meaning(str(about["date"]), _DATE, self.names)[0])
        for name in about.get("assigned", ()):
            add(PW.assigns, URIRef(ONTOLOGY + "#" + str(name)))
        for name, rows in self.delivery.rows.items():
            self._describe_table(home, node, name, rows)
        self._describe_schemes(home)

    def _describe_table(self, home: Triples, delivery: URIRef, name: str, rows: Iterable[Row]) -> None:
        node = URIRef(f"{delivery}/table/{name}")
        key = self.tables[name].key
        _add(home, delivery, PW.deliveredTable, node)
        _add(home, node, PW.tableName, Literal(name))
        _add(home, node, PW.rowOrder, Literal("\n".join(" ".join(row[k] for k in key) for row in rows)))

    def _describe_schemes(self, home: Triples) -> None:
        for table in self.tables.values():
            if table.scheme and table.name in self.delivery.rows:
                scheme = self.names.iri(f"scheme/{table.scheme}")
                _add(home, scheme, RDF.type, URIRef(SKOS.ConceptScheme))
                _add(home, scheme, SKOS.prefLabel, Literal(table.title["de"], lang="de"))
                _add(home, scheme, SKOS.prefLabel, Literal(table.title["en"], lang="en"))
        for code, (scheme_name, text) in sorted(self.new_codes.items()):
            _add(home, code, RDF.type, URIRef(SKOS.Concept))
            _add(home, code, SKOS.notation, Literal(text))
            _add(home, code, SKOS.prefLabel, Literal(text, lang="de"))
            _add(home, code, SKOS.inScheme, URIRef(self.names.vocabulary.schemes[scheme_name].iri))


def _add(home: Triples, subject: URIRef, predicate: str, value: Identifier) -> None:
    home.add((subject, URIRef(predicate), value))


def _titles(about: Mapping[str, object], fallback: str) -> Iterator[tuple[str, str]]:
    titles = about.get("title")
    return iter(titles.items()) if isinstance(titles, dict) else iter([("de", str(titles or fallback))])


def _statement(subject: URIRef, column: Column, term: Identifier) -> tuple[URIRef, URIRef, Identifier]:
    assert column.property is not None
    if column.inverse:
        return URIRef(term), URIRef(column.property), subject
    return subject, URIRef(column.property), term


def _citations(delivery: Delivery) -> dict[tuple[str, str], str]:
    """Return how rows cite each source: the usual text per source and column, else what the source row says."""
    said: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in delivery.all_rows():
        if row["source_id"]:
            for name in ("source_url", "source_date"):
                said[row["source_id"], name][row[name]] += 1
    usual = {key: counter.most_common(1)[0][0] for key, counter in said.items()}
    for row in delivery.rows.get(SOURCES, ()):
        usual[row["id"], "source_date"] = row["date"]
        if not usual.get((row["id"], "source_url")):
            usual[row["id"], "source_url"] = row["url"]
    return usual


def as_statements(triples: Mapping[str, Triples]) -> Iterator[Statement]:
    """Yield triples as statements of their sources."""
    for source, said in triples.items():
        for subject, predicate, value in said:
            if isinstance(value, Literal):
                datatype = str(value.datatype or (RDF.langString if value.language else XSD.string))
                yield Statement(str(subject), str(predicate), str(value), source, datatype, value.language)
            else:
                yield Statement(str(subject), str(predicate), str(value), source)


def canonical_text(triples: Iterable[tuple[Node, Node, Node]]) -> str:
    r"""Return triples as sorted N-Triples: the same triples always give the same text.

    There are no blank nodes: everything here has an IRI.

    >>> canonical_text([(URIRef("urn:a"), URIRef("urn:b"), Literal("ja", lang="de"))])
    '<urn:a> <urn:b> "ja"@de .\n'
    """
    return "".join(sorted(f"{_nt(s)} {_nt(p)} {_nt(o)} .\n" for s, p, o in triples))


def _nt(term: Node) -> str:
    """Return a term as N-Triples writes it."""
    if not isinstance(term, Literal):
        return f"<{term}>"
    text = str(term).replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"').replace("\r", "\\r")
    if term.language:
        return f'"{text}"@{term.language}'
    return f'"{text}"^^<{term.datatype}>' if term.datatype else f'"{text}"'
