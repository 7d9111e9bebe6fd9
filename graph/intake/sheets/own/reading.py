"""Read a workbook that Planwerk wrote: every sheet strictly, into the deliveries that its rows belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.errors import Text
from graph.intake.problems import Problem
from graph.intake.rows import SOURCES, Delivery, Row
from graph.intake.sheets.book import Book, Sheet
from graph.intake.sheets.own.interview import read_interview
from graph.intake.sheets.own.marks import Marks, heading, plain, read_marks
from graph.intake.sheets.own.returned import Returned, several
from graph.intake.sheets.own.rows import Heard, Line, RowReader, find_ids, read_lines, typed_repeats
from ontology.tables import Table, every_table

_REPEATED = {"source_date": "date", "source_url": "url"}
_DAMAGED = Text(
    "Die Datei ist beschädigt: Das verborgene Blatt von Planwerk ist unlesbar. Bitte neu ausgeben.",
    "The file is damaged: the hidden sheet of Planwerk cannot be read. Please export it again.",
)


def read_own(book: Book) -> Returned:
    """Return what a workbook of our own says: deliveries, notes, and every problem by sheet, row and column."""
    try:
        marks = read_marks(book)
    except (ValueError, TypeError, KeyError):
        damaged = Problem(book.name, None, None, "damaged", _DAMAGED)
        return Returned("export", "", "", (), {}, {}, problems=(damaged,))
    return read_interview(book, marks) if marks.kind == "sheet" else _Reading(book, marks).returned()


class _Reading:
    def __init__(self, book: Book, marks: Marks) -> None:
        self.book, self.marks, self.heard = book, marks, Heard()
        every = {table.name: table for table in every_table()}
        self.tables = {table: every[table] for table in marks.sheets.values()}
        self.names = {table: sheet for sheet, table in marks.sheets.items()}
        self.rows: dict[str, dict[str, list[Row]]] = {
            delivery: {table: [] for table in about["tables"]} for delivery, about in marks.deliveries.items()
        }

        self.sources: dict[str, dict[str, Row]] = {}
        self.written = {
            column: {plain(said.get(column, "")) for said in marks.sources.values()} for column in _REPEATED
        }

    def returned(self) -> Returned:
        lines = {table: self._lines(table) for table in self.tables}
        ids = find_ids(lines, self.tables)
        for table in sorted(self.tables, key=lambda name: name != SOURCES):
            reader = RowReader(self.names[table], self.tables[table], self.marks, ids, self.heard)
            self._take(reader, lines[table])
        self._say_strangers()
        self._say_changes()
        titles = {
            name: {column.name: heading(column, table, self.marks.lang) for column in table.columns}
            for name, table in self.tables.items()
        }
        return Returned(
            self.marks.kind,
            self.marks.base,
            self.marks.snapshot,
            tuple(self._delivery(delivery) for delivery in self.rows),
            self.names,
            titles,
            tuple(self.heard.notes),
            tuple(self.heard.problems),
        )

    def _delivery(self, delivery: str) -> Delivery:
        about = {key: value for key, value in self.marks.deliveries[delivery].items() if key != "tables"}
        about |= self._as_source(delivery, about)
        return Delivery(delivery, about, {name: tuple(rows) for name, rows in self.rows[delivery].items()})

    def _as_source(self, delivery: str, about: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a delivery says of itself where it is a source too: it is edited in the sheet of sources."""
        row = self._sources(delivery).get(delivery)
        if row is None:
            return {}
        said = {key: row[key] for key in ("date", "publisher") if key in about}
        return said | {"title": {**about.get("title", {}), "de": row["what"]}}

    def _sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.book.sheets if sheet.name == name), None)

    def _lines(self, table: str) -> list[Line]:
        sheet = self._sheet(self.names[table])
        if sheet is None:
            self.heard.problems.append(
                Problem(self.names[table], None, None, "missing-sheet", _MISSING_SHEET)
            )
            return []
        return read_lines(sheet, self.tables[table], self.marks, self.heard)

    def _take(self, reader: RowReader, lines: list[Line]) -> None:
        """Read the lines of a sheet into their deliveries."""
        table = reader.table
        for line in lines:
            source = self._named_source(line, reader)
            delivery = self._home(line, table, source)
            if delivery is None:
                self.heard.problems.append(Problem(reader.sheet, line.row, None, "no-delivery", _NO_DELIVERY))
                continue
            row = self._with_source(reader.row(line, delivery), table, delivery)
            self.rows[delivery].setdefault(table.name, []).append(self._repeated(row, line, reader, delivery))

    @staticmethod
    def _named_source(line: Line, reader: RowReader) -> str:
        column = next((c for c in reader.table.columns if c.kind == "graph"), None)
        if column is None or column.name not in line.cells:
            return ""
        return reader.ids.find(plain(line.cells[column.name].text), column)

    def _home(self, line: Line, table: Table, source: str) -> str | None:
        """Return the delivery of a line: the one it names, else the only one, else that of its source or its table."""
        if line.delivery:
            return line.delivery if line.delivery in self.rows else None
        candidates = list(self.rows)
        if len(candidates) > 1 and source:
            candidates = [d for d in candidates if source in self._sources(d)]
        if len(candidates) > 1:
            candidates = [d for d in candidates if table.name in self.marks.deliveries[d]["tables"]]
        return candidates[0] if len(candidates) == 1 else None

    def _with_source(self, row: Row, table: Table, delivery: str) -> Row:
        """Return a row with the only source of its delivery where it names none."""
        column = next((c.name for c in table.columns if c.kind == "graph"), None)
        sources = list(self._sources(delivery)) if column else []
        if column is None or row[column] or len(sources) != 1:
            return row
        return Row(row.table, row.number, {**row.cells, column: sources[0]})

    def _repeated(self, row: Row, line: Line, reader: RowReader, delivery: str) -> Row:
        """Return a row with what its source says of itself; refuse a repeated cell that somebody changed."""
        table = reader.table
        key = " ".join(row[name] for name in table.key)
        cells = dict(row.cells)
        for column in table.columns:
            if column.kind == "from_source":
                exact = self.marks.exact.get((table.name, delivery, plain(key), column.name))
                said = self._said(row["source_id"], delivery, column.name)
                cells[column.name] = said if exact is None else exact
        for name, typed in typed_repeats(line, table):
            if not self._may_stand(typed, name, cells[name]):
                title = heading(next(c for c in table.columns if c.name == name), table, self.marks.lang)
                self.heard.problems.append(Problem(reader.sheet, line.row, title, "read-only", _READ_ONLY))
        return Row(row.table, row.number, cells)

    def _said(self, source: str, delivery: str, column: str) -> str:
        row = self._sources(delivery).get(source)
        if row is None:
            return ""
        cited = self.marks.sources.get(source, {}).get("cited")
        return row[_REPEATED[column]] if cited is None or column != "source_url" else cited

    def _sources(self, delivery: str) -> dict[str, Row]:
        """Return the source rows of a delivery by id: they are read before all others."""
        if delivery not in self.sources:
            self.sources[delivery] = {row["id"]: row for row in self.rows[delivery].get(SOURCES, ())}
        return self.sources[delivery]

    def _may_stand(self, typed: str, column: str, now: str) -> bool:
        return plain(typed) in self.written[column] or plain(typed) in {plain(now), ""}

    def _say_strangers(self) -> None:
        ours = {*self.marks.sheets, *self.marks.more.get("aside", ())}
        for sheet in self.book.sheets:
            if sheet.name not in ours and sheet.cells:
                self.heard.notes.append(Problem(sheet.name, None, None, "other-sheet", _OTHER_SHEET))

    def _say_changes(self) -> None:
        """Note which rows are new and which are gone since the workbook was written."""
        if self.marks.kind != "export":
            return
        for table, sheet in self.names.items():
            for delivery, rows in self.rows.items():
                columns = self.tables[table].key
                now = [" ".join(row[name] for name in columns) for row in rows.get(table, ())]
                was = self.marks.keys.get(table, {}).get(delivery, [])
                before, after = set(was), set(now)
                self._say(sheet, "rows-gone", _GONE, [key for key in was if key not in after])
                self._say(sheet, "rows-new", _NEW, [key for key in now if key not in before])

    def _say(self, sheet: str, code: str, text: Text, keys: list[str]) -> None:
        if keys:
            said = Text(*(text[lang].format(n=len(keys), keys=several(keys)) for lang in ("de", "en")))
            self.heard.notes.append(Problem(sheet, None, None, code, said))


_MISSING_SHEET = Text(
    "Das Blatt fehlt oder heißt anders. Bitte es wieder so nennen; wenn alle Zeilen weg sollen, die Kopfzeile stehen lassen.",
    "The sheet is missing or renamed. Please call it so again; where all rows shall go, leave the header in place.",
)
_NO_DELIVERY = Text(
    "Zu welcher Lieferung gehört die Zeile? Bitte in der Spalte „Lieferung“ eine aus den anderen Zeilen eintragen.",
    "Which delivery does the row belong to? Please enter one from the other rows in the column “Delivery”.",
)
_READ_ONLY = Text(
    "ist nur zum Lesen und wurde geändert. Bitte im Blatt „Quellen“ ändern und hier den alten Text lassen.",
    "is for reading only and was changed. Please change it in the sheet “Sources” and leave the old text here.",
)
_OTHER_SHEET = Text(
    "Das Blatt gehört nicht zur Ausgabe von Planwerk und ist nicht übernommen.",
    "The sheet is not part of what Planwerk wrote and is left out.",
)
_GONE = Text(
    "Zeilen fehlen und werden entfernt ({n}): {keys}.", "Rows are missing and will be removed ({n}): {keys}."
)
_NEW = Text("Neue Zeilen ({n}): {keys}.", "New rows ({n}): {keys}.")
