"""From a review to a delivery: what is certain becomes rows of the tables; what is asked stays out and is said.

Every record becomes a row, with the place where it stands and its cells as typed. A value that a question is open on is
left out. Things that a row names are those of the graph where the name is the same, else new ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from graph.dates import parse_date
from graph.errors import Text
from graph.intake.rows import SOURCES, Delivery, Row
from graph.intake.sheets.delivering.asking import OpenQuestions
from graph.intake.sheets.delivering.fields import (
    BELOW,
    CODES,
    DATES,
    EMPTY_KINDS,
    FACETS,
    GERMAN,
    NAMED,
    TEXTS,
)
from graph.intake.sheets.delivering.ids import PREFIXES, Held, Ids, folded, slug
from graph.intake.sheets.delivering.made import FIRST_ROW, LeftOut, Made, SheetSource
from graph.intake.sheets.delivering.privacy import names_a_person, without_persons
from graph.intake.sheets.delivering.values import amounts, joined, notations, place_text
from graph.intake.sheets.review import Record, Review, Where
from ontology.tables import every_table

KIND = "Tabelle"
_LEADS = frozenset({"lead_department", "responsible", "department"})
_NOT_TYPED = frozenset({"contact"})


def to_delivery(
    review: Review,
    source: SheetSource,
    held: Held | None = None,
    remembered: Mapping[str, Mapping[str, str]] | None = None,
) -> Made:
    """Return the rows that a review is sure of, as a delivery of its own source.

    ``held`` are the things of the graph, ``remembered`` the ids that earlier deliveries of this source gave.
    """
    return _Maker(review, source, Ids(held or Held(), remembered or {})).made()


class _Maker:
    def __init__(self, review: Review, source: SheetSource, ids: Ids) -> None:
        self.review = review
        self.source = source
        self.ids = ids
        self.rows: defaultdict[str, dict[str, dict[str, str]]] = defaultdict(dict)
        self.wheres: defaultdict[str, dict[str, Where]] = defaultdict(dict)
        self.left_out: list[LeftOut] = []
        self.plan_at: dict[tuple[str, int | None], str] = {}
        self.letters = {
            (sheet.name, column.heading): column.column
            for sheet in review.sheets
            for column in sheet.columns
            if sheet.orientation == "rows"
        }
        self.fields = {
            (sheet.name, column.heading): column.field for sheet in review.sheets for column in sheet.columns
        }
        self.open = OpenQuestions(review.questions, review.sheets)

    def made(self) -> Made:
        """Return everything as one delivery."""
        for record in self.review.records["departments"]:
            self._add_department(record)
        taken = [(record, self._name_plan(record)) for record in self.review.records["plans"]]
        for record, plan in taken:
            if plan:
                self._fill("plans", record, plan)
                self._add_below(record, plan)
                self._add_empties(record, plan)
        self._add_others()
        for later, earlier in self._editions():
            self._add_succession(later, earlier)
        self._add_source()
        return self._finished()

    def _finished(self) -> Made:
        """Return the rows as a delivery; each table is let go as soon as its rows are made."""
        rows: dict[str, tuple[Row, ...]] = {}
        places: dict[str, tuple[Where | None, ...]] = {}
        for name in [table.name for table in every_table() if table.name in self.rows]:
            held, wheres = self.rows.pop(name), self.wheres.pop(name, {})
            places[name] = tuple(map(wheres.get, held))
            rows[name] = tuple(
                _row(name, number, local, cells)
                for number, (local, cells) in enumerate(_taken(held), start=FIRST_ROW)
            )
        about = {"title": {"de": self.source.title}, "date": self.source.day}
        return Made(Delivery(self.source.id, about, rows), places, tuple(self.left_out), self.ids.given)

    def _new(self, table: str, local: str, where: Where | None = None, **cells: str) -> dict[str, str]:
        """Return the row of a thing, begun where there is none yet."""
        if local not in self.rows[table]:
            cited = {"source_id": self.source.id, "source_date": self.source.day}
            self.rows[table][local] = {**({} if table in {"topics", "series"} else cited), **cells}
            if where:
                self.wheres[table][local] = where
        return self.rows[table][local]

    def _leave_out(self, where: Where, de: str, en: str) -> None:
        self.left_out.append(LeftOut(where, Text(de, en)))

    # departments

    def _add_department(self, record: Record) -> None:
        """Add what a legend says of a unit that the graph does not know."""
        code, name = record.text("abbreviation"), record.text("name") or record.text("title")
        names = [text for text in (code, name) if text]
        known = record.id or next(filter(None, (self.ids.known("departments", text) for text in names)), "")
        if not names or names_a_person(" ".join(names)):
            return
        local = known or self.ids.of("departments", names[0])
        for text in names:
            self.ids.given["departments"].setdefault(folded(text), local)
        if local not in self.ids.held.elsewhere:
            self._new("departments", local, record.where, name_de=name or code, code=code if name else "")
            self._keep_typed("departments", record, local)

    # plans

    def _name_plan(self, record: Record) -> str:
        """Return the id of a plan; empty where it is uncertain that the row is one of its own."""
        title = record.text("title")
        asked = self.open.on_record(record)
        if not title or asked:
            de, en = (asked.text.de, asked.text.en) if asked else ("Der Titel fehlt.", "There is no title.")
            self._leave_out(
                record.where,
                f"„{title}“ bleibt vorerst weg, denn es ist noch eine Frage offen: {de}",
                f"“{title}” is left out for now, for a question is still open: {en}",
            )
            return ""
        local = (record.id if record.id in self.ids.held.ids else "") or self.ids.of("plans", title)
        if local in self.rows["plans"]:
            scope = folded(record.text("lead_department")) or f"{record.where.sheet}!{record.where.row}"
            local = self.ids.of("plans", title, slug(scope))
        self.ids.given["plans"].setdefault(folded(title), local)
        self._new("plans", local, record.where)
        for where in (record.where, *record.also):
            self.plan_at[where.sheet, where.row] = local
        return local

    def _fill(self, table: str, record: Record, local: str) -> None:
        """Write the values of a record into the row of a thing."""
        row = self._new(table, local, record.where)
        row["title_de"] = record.text("title")
        for name, column in TEXTS.get(table, {}).items():
            row.setdefault(column, without_persons(record.text(name)))
        for name, column in DATES.get(table, {}).items():
            row.setdefault(column, self._date(record, name))
        for name, (column, scheme) in CODES.get(table, {}).items():
            row.setdefault(column, self._code(record, name, scheme))
        for name, (column, named, several) in NAMED.get(table, {}).items():
            found = list(dict.fromkeys(self._things(record, name, named)))
            row.setdefault(column, ";".join(found if several else found[:1]))
        row["note"] = self._note(record)
        self._keep_typed(table, record, local)

    def _keep_typed(self, table: str, record: Record, local: str) -> None:
        row = self._new(table, local, record.where)
        row["place"] = "; ".join(place_text(where) for where in (record.where, *record.also))
        row["as_typed"] = "\n".join(self._typed(record))

    def _typed(self, record: Record) -> Iterator[str]:
        for heading, text in record.raw.items():
            key = (record.where.sheet, heading)
            if self.fields.get(key) in _NOT_TYPED or not text:
                continue
            letters = self.letters.get(key, "")
            cell = f"{letters}{record.where.row} " if letters and record.where.row else ""
            yield f"{cell}{heading}: {without_persons(text)}"

    def _note(self, record: Record) -> str:
        parts = [without_persons(record.text("note"))]
        if record.text("source"):
            parts.append(f"Quelle laut Tabelle: {without_persons(record.text('source'))}")
        for name, modality in record.modalities.items():
            if modality == "planned" and name in ("valid_from", "valid_to") and record.text(name):
                parts.append(f"{GERMAN[name]} geplant: {record.text(name)}")
        for name, others in record.differing.items():
            further = [text for text in others if text != record.text(name)]
            if further:
                parts.append(f"{GERMAN.get(name, name)}, weitere Angabe: {', '.join(further)}")
        return "; ".join(filter(None, parts))

    def _date(self, record: Record, name: str) -> str:
        text = record.text(name)
        if not text or self.open.on_value(record, name, text):
            return ""
        if record.modalities.get(name) == "planned" and name in ("valid_from", "valid_to", "decided_on"):
            return ""
        try:
            return parse_date(text).text
        except ValueError:
            self._leave_out(
                record.where,
                f"„{text}“ ist kein Datum, das übernommen werden kann.",
                f"“{text}” is no date that can be taken in.",
            )
            return ""

    def _code(self, record: Record, name: str, scheme: str) -> str:
        text = record.text(name)
        if not text or self.open.on_value(record, name, text):
            return ""
        found = notations(scheme).get(folded(text))
        if found is None:
            self._leave_out(
                record.where,
                f"„{text}“ steht in keiner Liste; der Wortlaut bleibt erhalten.",
                f"“{text}” is on no list; its wording is kept.",
            )
        return found or ""

    # things that rows name

    def _things(self, record: Record, name: str, table: str) -> Iterator[str]:
        """Yield the ids of what a field names, without what is asked."""
        settled = record.items(f"{name}_ids") or record.items(f"{name}_id")
        texts = record.items(name)
        for text, given in zip(texts, [*settled, *[""] * len(texts)], strict=False):
            known = given or self.ids.known(table, text)
            if known:
                yield self._said_here(table, known, text, record.where)
            elif question := self.open.on_value(record, name, text):
                self._leave_out(
                    record.where,
                    f"„{text}“ bleibt vorerst weg, denn es ist noch eine Frage offen: {question.text.de}",
                    f"“{text}” is left out for now, for a question is still open: {question.text.en}",
                )
            elif names_a_person(text):
                self._leave_out(record.where, _PERSON.de, _PERSON.en)
            elif table == "departments" and name not in _LEADS and not self._may_be_new(text):
                self._leave_out(
                    record.where,
                    f"Die Stelle „{text}“ ist nicht bekannt; sie bleibt als Beteiligte weg.",
                    f"The unit “{text}” is not known; it is left out as taking part.",
                )
            else:
                yield self._begin(table, text, self.ids.of(table, text), record.where)

    def _may_be_new(self, text: str) -> bool:
        """Whether a unit may be taken for a new one: the legend names it, or the store knows no units at all."""
        return text in self.review.aliases or not self.ids.held.names.get("departments")

    def _said_here(self, table: str, local: str, text: str, where: Where) -> str:
        """Return the id of a thing; what only the last delivery of this source said of it is said again."""
        if local not in self.ids.held.elsewhere and not any(local in rows for rows in self.rows.values()):
            earlier = self.ids.held.earlier.get(table, {}).get(local)
            if earlier is None:
                return self._begin(table, text, local, where)
            self._new(table, local, where, **{**earlier, "source_date": self.source.day})
        return local

    def _begin(self, table: str, text: str, local: str, where: Where) -> str:
        """Begin the row of a thing that has a name and nothing else."""
        if table == "departments" and text in self.review.aliases:
            self._new(table, local, where, name_de=self.review.aliases[text], code=text)
        else:
            column = "name_de" if table in {"departments", "areas", "bodies"} else "title_de"
            self._new(table, local, where, **{column: text})
        return local

    # rows below plans, and rows of their own

    def _add_below(self, record: Record, plan: str) -> None:
        """Add goals, measures, indicators, instruments and data sources that the row of a plan lists."""
        for table, column in BELOW.items():
            for title in record.items(table):
                scope = plan if column == "plan" else ""
                local = self.ids.of(table, title, scope)
                row = self._new(table, local, record.where, title_de=title)
                row[column] = plan if scope else joined(row.get(column, ""), plan)
                row.setdefault("place", place_text(record.where))

    def _add_empties(self, record: Record, plan: str) -> None:
        """Add what the row of a plan says that there is none of, that nobody asked, or that nobody knows."""
        for name, kind in record.empties.items():
            for facet in () if record.text(name) or record.items(name) else FACETS.get(name, ()):
                self._new(
                    "facets", f"{plan}/{facet}", record.where,
                    plan=plan, facet=facet, kind=EMPTY_KINDS[kind],
                )  # fmt: skip

    def _add_others(self) -> None:
        for kind in ("goals", "measures", "instruments"):
            for record in self.review.records[kind]:
                if record.text("title"):
                    self._add_other(kind, record)

    def _add_other(self, kind: str, record: Record) -> None:
        plans = [found for found in self._plans_of(record) if found]
        if kind == "goals" and not plans:
            self._leave_out(
                record.where,
                f"Das Ziel „{record.text('title')}“ bleibt weg: Es steht nicht da, zu welchem Planwerk es gehört.",
                f"The goal “{record.text('title')}” is left out: it is not said to which plan it belongs.",
            )
            return
        scope = "" if kind == "instruments" else (plans or [""])[0]
        local = self.ids.of(kind, record.text("title"), scope)
        self._fill(kind, record, local)
        row = self.rows[kind][local]
        if kind == "instruments":
            row["plans"] = joined(row.get("plans", ""), *plans)
        else:
            row["plan"] = (plans or [""])[0]
            row |= amounts(kind, record, row)

    def _plans_of(self, record: Record) -> Iterator[str]:
        for name in ("plan", "plans"):
            yield from (
                record.items(f"{name}_id")
                or record.items(f"{name}_ids")
                or (self._plan_called(record, text) for text in record.items(name))
            )

    def _plan_called(self, record: Record, text: str) -> str:
        known = self.ids.known("plans", text)
        if known not in self.rows["plans"] and known not in self.ids.held.elsewhere:
            known = ""
            self._leave_out(
                record.where,
                f"Das Planwerk „{text}“ ist nicht bekannt; die Verbindung bleibt weg.",
                f"The plan “{text}” is not known; the link is left out.",
            )
        return known

    # successors

    def _editions(self) -> Iterator[tuple[str, str]]:
        """Yield (later, earlier) of editions that follow each other, where both are taken in."""
        followers = {
            (record.where.sheet, record.where.row)
            for record in self.review.plans
            if record.text("successor_of")
        }
        for duplicate in self.review.duplicates:
            places = [(where.sheet, where.row) for where in duplicate.places]
            if duplicate.kind == "edition" and places[-1] in followers:
                earlier, later = (self.plan_at.get(place, "") for place in (places[0], places[-1]))
                if earlier and later and earlier != later:
                    yield later, earlier

    def _add_succession(self, later: str, earlier: str) -> None:
        local = f"{PREFIXES['relations']}-{later}-{earlier}"
        self._new(
            "relations", local, self.wheres["plans"].get(later),
            subject=later, predicate="folgt_auf", object=earlier, modality="Tatsache",
        )  # fmt: skip

    def _add_source(self) -> None:
        self.rows[SOURCES][self.source.id] = {
            "publisher": self.source.publisher,
            "what": self.source.title,
            "date": self.source.day,
            "kind": KIND,
        }


def _taken(held: dict[str, dict[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the entries in their order, letting go of each."""
    for local in list(held):
        yield local, held.pop(local)


def _row(table: str, number: int, local: str, cells: Mapping[str, str]) -> Row:
    filled = {} if table == "facets" else {"id": local}
    filled.update((name, cell) for name, cell in cells.items() if cell)
    return Row(table, number, filled)


_PERSON = Text(
    "Ein Personenname bleibt weg; bitte die Stelle nennen.",
    "The name of a person is left out; please name the unit.",
)
