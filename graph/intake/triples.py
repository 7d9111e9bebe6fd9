"""From rows to triples, one set per source: every cell becomes statements in the named graph of its source.

What no source states (topics, series, new codes, the order of rows) goes into the graph of the delivery itself. A cell
that would be written back otherwise than it was typed is kept beside its meaning as ``pw:Cell``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from graph.errors import Text
from graph.intake.cells import CellError, Names, is_id, meaning
from graph.intake.duties import duty_problems, duty_readings
from graph.intake.problems import Problem, TablesRefused
from graph.intake.rows import SOURCES, Delivery, Row
from graph.intake.stated import Stated, Term, words
from graph.intake.writing import Order, as_written
from graph.statement import Statement
from ontology.tables import Column, Part, Table, every_table
from ontology.terms import DCT, ONTOLOGY, PW, RDF, SKOS, XSD
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from rdflib.term import Node

_DATE = Column("date", Text("Datum", "Date"), "date")

Watch = Callable[[Iterable[Row]], Iterable[Row]]


def source_iri(base: str, source: str) -> str:
    """Return the IRI of a source, which is also the name of its graph."""
    return Names(base, load_vocabulary(), {}).iri(f"source/{source}")


def delivery_to_triples(
    delivery: Delivery, base: str, watch: Watch = iter, held: Mapping[str, Collection[str]] | None = None
) -> dict[str, Stated]:
    """Return what a delivery states, by the IRI of the source that states it.

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
    for subject, predicate, term in duty_readings(delivery, intake.names):
        intake.stated[intake.home].add(subject, predicate, term)
    return dict(intake.stated)


def held_ids(statements: Iterable[Statement], home: str) -> dict[str, set[str]]:
    """Return the ids per table of all deliveries but the one whose source is ``home``."""
    said = list(statements)
    names = {s.subject: s.value for s in said if s.predicate == PW.tableName}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for statement in said:
        if statement.predicate == PW.rowOrder and statement.source != home:
            found[names[statement.subject]].update(filter(None, statement.value.split("\n")))
    return dict(found)


#: What the cells of a column mean, by their text, and whether they would be written as typed.
_Seen = dict[str, tuple[tuple[Term, ...], bool]]


@dataclass(frozen=True, slots=True)
class _WordsAs:
    """How a column states words exactly as they stand in the cell."""

    predicate: str
    datatype: str
    lang: str | None

    @classmethod
    def of(cls, column: Column) -> _WordsAs | None:
        """Return it for a column of plain words; nothing where a cell has to be understood first."""
        beside = column.separator or column.words or column.about or column.inverse or column.scheme
        number = column.kind == "literal" and column.datatype not in {None, XSD.string, XSD.anyURI}
        if column.kind not in {"text", "literal"} or beside or number or column.property is None:
            return None
        plain = words("", column.lang) if column.kind == "text" else Term("", column.datatype or XSD.string)
        return cls(column.property, plain.datatype or XSD.string, plain.lang)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A table, made ready for many rows."""

    table: Table
    class_: Term
    source: str
    required: tuple[str, ...]
    columns: tuple[tuple[Column, _WordsAs | None], ...]
    seen: defaultdict[str, _Seen] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, table: Table) -> _Plan:
        """Return what every row of a table needs."""
        return cls(
            table,
            Term(table.class_),
            next((column.name for column in table.columns if column.kind == "graph"), ""),
            tuple(column.name for column in table.columns if column.required),
            tuple((column, _WordsAs.of(column)) for column in table.columns),
        )


class _Intake:
    def __init__(self, delivery: Delivery, base: str, held: Mapping[str, Collection[str]]) -> None:
        self.delivery = delivery
        self.tables = {table.name: table for table in every_table()}
        self.problems = list(delivery.problems)
        self.stated: defaultdict[str, Stated] = defaultdict(Stated)
        ids = {
            name: {row["id"]: place for place, row in enumerate(delivery.rows.get(name, ()))}
            for name, table in self.tables.items()
            if table.key == ("id",) and table.extends is None
        }
        self.names = Names(base, load_vocabulary(), ids, held)
        self.order = Order(ids)
        self.home = source_iri(base, delivery.id)
        self.sources: dict[str, str] = {}
        self.citations = _citations(delivery)
        self.new_codes: dict[str, tuple[str, str]] = {}
        self.plans = {name: _Plan.of(table) for name, table in self.tables.items()}

    def take(self, row: Row) -> None:
        """Turn one row into facts, or note what is wrong with it."""
        plan = self.plans[row.table]
        table = plan.table
        self._check_required(row, plan)
        if not all(row[name] for name in table.key):
            return
        subject = self.names.iri(table.about.format_map(row.cells))
        home = self.stated[self._home(row, plan)]
        if table.extends:
            self._check_extended(row, table.extends)
        else:
            home.add(subject, RDF.type, plan.class_)
        if table.scheme:
            home.add(subject, SKOS.inScheme, Term(self.names.iri(f"scheme/{table.scheme}")))
        for part in table.parts:
            self._add_part(row, table, part, subject, home)
        self._take_cells(row, plan, subject, home)
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

    def _add_part(self, row: Row, table: Table, part: Part, subject: str, home: Stated) -> None:
        """Add what a row describes beside itself, where one of its cells is filled."""
        if any(row[column.name] for column in table.columns if column.about == part.about):
            node = self.names.iri(part.about.format_map(row.cells))
            home.add(node, RDF.type, Term(part.class_))
            home.add(subject, part.property, Term(node))

    def _home(self, row: Row, plan: _Plan) -> str:
        if row.table == SOURCES:
            return self._source(row["id"])
        named = row[plan.source] if plan.source else ""
        return self._source(named) if named else self.home

    def _source(self, local: str) -> str:
        if local not in self.sources:
            self.sources[local] = source_iri(self.names.base, local)
        return self.sources[local]

    def _check_required(self, row: Row, plan: _Plan) -> None:
        for name in plan.required:
            if not row[name]:
                text = Text("ist leer, muss aber gefüllt sein.", "is empty but must be filled.")
                self._note(row, name, "empty-cell", text)
        if "id" in row.cells and row["id"] and not is_id(row["id"]):
            text = Text(
                f"„{row['id']}“ taugt nicht als Kennung: bitte ohne Leerzeichen und Semikolon.",
                f"“{row['id']}” cannot be an id: please no blanks and semicolons.",
            )
            self._note(row, "id", "bad-id", text)

    def _note(self, row: Row, column: str | None, code: str, text: Text) -> None:
        self.problems.append(Problem(f"{row.table}.csv", row.number, column, code, text))

    def _take_cells(self, row: Row, plan: _Plan, subject: str, home: Stated) -> None:
        """State what the cells say: words as they stand, everything else as its kind of column understands it."""
        facts, cells = home.by_subject[subject], row.cells
        for column, words_as in plan.columns:
            cell = cells.get(column.name)
            if column.kind == "from_source":
                self._keep_citation(row, plan, column, subject, home)
            elif not cell:
                continue
            elif words_as:
                facts += (words_as.predicate, Term(cell, words_as.datatype, words_as.lang))
            elif column.kind == "graph":
                self._check_source(row, column)
            elif column.kind != "key":
                self._take_cell(row, column, plan.seen[column.name], subject, home)

    def _take_cell(self, row: Row, column: Column, seen: _Seen, subject: str, home: Stated) -> None:
        """State what a cell means; what the same words mean in this column is worked out once."""
        assert column.property is not None
        cell = row[column.name]
        try:
            terms, as_typed = seen[cell] if cell in seen else self._understand(cell, column, seen)
        except CellError as error:
            self._note(row, column.name, error.code, error.text)
            return
        if column.scheme:
            self._note_new_codes(cell, column, terms)
        about = self.names.iri(column.about.format_map(row.cells)) if column.about else subject
        for term in terms:
            if column.inverse:
                home.add(term.value, column.property, Term(about))
            else:
                home.add(about, column.property, term)
        if not as_typed:
            self._keep_cell(row, column, subject, home)

    def _understand(self, cell: str, column: Column, seen: _Seen) -> tuple[tuple[Term, ...], bool]:
        """Return what a cell means, and whether it would be written as it was typed."""
        terms = tuple(meaning(cell, column, self.names))
        written = as_written([term.value for term in terms], column, self.names, self.order)
        seen[cell] = terms, written == cell
        return seen[cell]

    def _check_source(self, row: Row, column: Column) -> None:
        source = row[column.name]
        if source and source not in self.names.ids[SOURCES]:
            text = Text(
                f"Die Quelle „{source}“ gibt es nicht in {SOURCES}.csv.",
                f"The source “{source}” does not exist in {SOURCES}.csv.",
            )
            self._note(row, column.name, "broken-reference", text)

    def _keep_citation(self, row: Row, plan: _Plan, column: Column, subject: str, home: Stated) -> None:
        named = row[plan.source] if plan.source else ""
        if row[column.name] != self.citations.get((named, column.name), ""):
            self._keep_cell(row, column, subject, home)

    def _note_new_codes(self, cell: str, column: Column, terms: Iterable[Term]) -> None:
        for term in terms:
            if column.scheme and term.value.startswith(self.names.base):
                self.new_codes[term.value] = (column.scheme, cell)

    def _keep_cell(self, row: Row, column: Column, subject: str, home: Stated) -> None:
        node = f"{subject}/cell/{column.name}"
        home.add(node, PW.cellOf, Term(subject))
        home.add(node, PW.column, words(column.name))
        home.add(node, RDF.value, words(row[column.name]))

    def _add_shortcut(self, row: Row, home: Stated) -> None:
        kind = self.names.vocabulary.concept("relation-kind", row["predicate"])
        if kind and kind.shortcut and row["modality"] == "Tatsache" and row["subject"] and row["object"]:
            home.add(self.names.iri(row["subject"]), kind.shortcut, Term(self.names.iri(row["object"])))

    def _describe_source(self, row: Row, subject: str, home: Stated) -> None:
        home.add(subject, PW.deliveredIn, Term(self.home))
        cited = self.citations.get((row["id"], "source_url"), row["url"])
        if cited != row["url"]:
            home.add(subject, PW.citedAs, words(cited))

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
        home, about = self.stated[self.home], self.delivery.about
        add = partial(home.add, self.home)
        add(RDF.type, Term(PW.Source))
        for lang, title in _titles(about, self.delivery.id):
            add(SKOS.prefLabel, words(title, lang))
        for name, key in (
            (PW.publisherName, "publisher"),
            (DCT.license, "licence"),
            (DCT.description, "note"),
        ):
            if about.get(key):
                add(name, words(str(about[key])))
        if about.get("date"):
            add(DCT.date, meaning(str(about["date"]), _DATE, self.names)[0])
        for name in about.get("assigned", ()):
            add(PW.assigns, Term(ONTOLOGY + "#" + str(name)))
        for name, rows in self.delivery.rows.items():
            self._describe_table(home, name, rows)
        self._describe_schemes(home)

    def _describe_table(self, home: Stated, name: str, rows: Iterable[Row]) -> None:
        node = f"{self.home}/table/{name}"
        key = self.tables[name].key
        home.add(self.home, PW.deliveredTable, Term(node))
        home.add(node, PW.tableName, words(name))
        home.add(node, PW.rowOrder, words("\n".join(" ".join(row[k] for k in key) for row in rows)))

    def _describe_schemes(self, home: Stated) -> None:
        for table in self.tables.values():
            if table.scheme and table.name in self.delivery.rows:
                scheme = self.names.iri(f"scheme/{table.scheme}")
                home.add(scheme, RDF.type, Term(SKOS.ConceptScheme))
                home.add(scheme, SKOS.prefLabel, words(table.title["de"], "de"))
                home.add(scheme, SKOS.prefLabel, words(table.title["en"], "en"))
        for code, (scheme_name, text) in sorted(self.new_codes.items()):
            home.add(code, RDF.type, Term(SKOS.Concept))
            home.add(code, SKOS.notation, words(text))
            home.add(code, SKOS.prefLabel, words(text, "de"))
            home.add(code, SKOS.inScheme, Term(self.names.vocabulary.schemes[scheme_name].iri))


def _titles(about: Mapping[str, object], fallback: str) -> Iterator[tuple[str, str]]:
    titles = about.get("title")
    return iter(titles.items()) if isinstance(titles, dict) else iter([("de", str(titles or fallback))])


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


def as_statements(stated: Mapping[str, Stated]) -> Iterator[Statement]:
    """Yield what sources state as statements."""
    for source, said in stated.items():
        yield from said.statements(source)


def canonical_text(triples: Iterable[tuple[Node, Node, Node]]) -> str:
    r"""Return triples of rdflib as sorted N-Triples: the same triples always give the same text.

    There are no blank nodes: everything here has an IRI.

    >>> from rdflib import Literal, URIRef
    >>> canonical_text([(URIRef("urn:a"), URIRef("urn:b"), Literal("ja", lang="de"))])
    '<urn:a> <urn:b> "ja"@de .\n'
    """
    stated = Stated()
    for subject, predicate, value in triples:
        stated.add(str(subject), str(predicate), _term(value))
    return "".join(stated)


def _term(value: Node) -> Term:
    language, datatype = getattr(value, "language", None), getattr(value, "datatype", None)
    if language:
        return words(str(value), language)
    if hasattr(value, "datatype"):
        return Term(str(value), str(datatype or XSD.string))
    return Term(str(value))
