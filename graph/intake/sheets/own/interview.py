"""A filled department sheet, read as an interview: one source of its own, by role and never by name, unreviewed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.errors import Text
from graph.intake.problems import Problem
from graph.intake.rows import Delivery, Row
from graph.intake.sheets.book import Book, Cell, Sheet
from graph.intake.sheets.delivering.ids import slug
from graph.intake.sheets.delivering.privacy import names_a_person, without_persons
from graph.intake.sheets.own.answers import Said, new_id, understand_answer
from graph.intake.sheets.own.cells import Ids, is_date, put_in_order
from graph.intake.sheets.own.marks import Marks, visible
from graph.intake.sheets.own.returned import Returned
from ontology.tables import Column, every_table

COLUMNS: Mapping[str, int] = {"correct": 3, "answer": 4, "none": 5, "not_asked": 6, "unknown": 7}
KEY = 8
HEAD, NEW, RECORDED_KEY = "#head", "#new", "#known"
KIND, STATE = "Interview", "ungeprüft"
_KINDS = {"none": "gibt es nicht", "not_asked": "nicht gefragt", "unknown": "unbekannt"}
_MARK = "planwerk:"
_TICKED = {"x", "☒", "☑", "✓", "✔", "ja", "yes", "j", "y", "1", "true", "wahr"}
_PREFIXES = {"goals": "g", "indicators": "k", "measures": "m"}
_DATE = Column("date", Text("Datum", "Date"), "date")


def key_of(*parts: str) -> str:
    """Return what the hidden column holds: what a row of the sheet is about."""
    return _MARK + "|".join(parts)


@dataclass(frozen=True)
class Filled:
    """One row of the sheet: its number, what it is about, its cells by column counted from the left of the table."""

    row: int
    about: tuple[str, ...]
    cells: Mapping[int, Cell]

    def text(self, column: int) -> str:
        """Return the text of a cell; nothing where it is empty."""
        cell = self.cells.get(column)
        return visible(cell.text) if cell else ""

    def ticks(self) -> list[str]:
        """Return the kinds of empty that are ticked."""
        return [name for name in _KINDS if self.text(COLUMNS[name])]


@dataclass
class _Heard:
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    facets: list[tuple[int, str, str, str]] = field(default_factory=list)
    things: list[tuple[int, str, str, str]] = field(default_factory=list)
    plans: list[tuple[int, str, str]] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def read_interview(book: Book, marks: Marks) -> Returned:
    """Return the interview that a filled sheet is, with every problem by sheet, row and column."""
    name = marks.more["sheet"]
    sheet = next((sheet for sheet in book.sheets if sheet.name == name), None)
    if sheet is None:
        return _returned(marks, None, [Problem(name, None, None, "missing-sheet", _MISSING)], [])
    return _Interview(sheet, marks).returned()


def _returned(
    marks: Marks, delivery: Delivery | None, problems: Iterable[Problem], notes: Iterable[Problem]
) -> Returned:
    tables = delivery.rows if delivery else ()
    return Returned(
        "sheet",
        marks.base,
        marks.snapshot,
        (delivery,) if delivery else (),
        {table: str(marks.more["sheet"]) for table in tables},
        {},
        tuple(notes),
        tuple(problems),
    )


class _Interview:
    def __init__(self, sheet: Sheet, marks: Marks) -> None:
        self.sheet, self.marks, self.heard = sheet, marks, _Heard()
        self.rows = list(_filled(sheet))
        self.names: Any = marks.more["names"]

    def returned(self) -> Returned:
        day, role = self._head()
        for row in self.rows:
            self._take(row, day)
        heard = self.heard
        if not (
            heard.answers or heard.facets or heard.things or heard.plans or heard.words or heard.problems
        ):
            heard.problems.append(Problem(self.sheet.name, None, None, "nothing-filled", _NOTHING))
        for plan, words in heard.words.items():
            heard.answers.setdefault(plan, {})["note"] = " ".join(words)
        delivery = _Delivery(self.marks, heard, day, role).delivery()
        return _returned(self.marks, delivery, heard.problems, heard.notes)

    def _head(self) -> tuple[str, str]:
        """Return day and role; both must be there, and the role is no name."""
        given = {row.about[1]: row for row in self.rows if row.about[0] == HEAD}
        values = {key: next(filter(None, (row.text(c) for c in (1, 2))), "") for key, row in given.items()}
        day, role = put_in_order(values.get("date", ""), _DATE, Ids()), values.get("role", "")
        if not is_date(day):
            self._refuse(given.get("date"), "date", "bad-date", _NO_DAY)
        if not role:
            self._refuse(given.get("role"), "role", "no-role", _NO_ROLE)
        elif names_a_person(role):
            self._refuse(given.get("role"), "role", "person", _PERSON)
        return day, role

    def _refuse(self, row: Filled | None, column: str, code: str, text: Text) -> None:
        self.heard.problems.append(
            Problem(self.sheet.name, row.row if row else None, self._title(column), code, text)
        )

    def _title(self, column: str) -> str:
        return _TITLES[column][self.marks.lang]

    def _take(self, row: Filled, day: str) -> None:
        first, *rest = row.about
        if first == NEW:
            self._new_plan(row)
        elif first != HEAD and first not in self.marks.more["plans"]:
            self._refuse(row, "plan", "unknown-plan", _UNKNOWN_PLAN)
        elif rest == [RECORDED_KEY]:
            self._confirmed(row, first, day)
        elif first != HEAD:
            self._answered(row, first, tuple(rest))

    def _new_plan(self, row: Filled) -> None:
        title = row.text(0) or row.text(1)
        if title:
            self.heard.plans.append((row.row, without_persons(title), without_persons(row.text(2))))
        elif row.text(2):
            self._refuse(row, "plan", "no-title", _NO_TITLE)

    def _confirmed(self, row: Filled, plan: str, day: str) -> None:
        tick, words = row.text(COLUMNS["correct"]), row.text(COLUMNS["answer"])
        if tick and tick.casefold() not in _TICKED:
            self._refuse(row, "correct", "bad-tick", _BAD_TICK)
        elif tick and words:
            self._refuse(row, "correct", "both", _TICK_AND_CORRECTION)
        elif tick:
            self._answer(row, plan, {"confirmed_on": day})
        elif words:
            self._keep(row, plan, "Berichtigung", words)

    def _answered(self, row: Filled, plan: str, facets: tuple[str, ...]) -> None:
        ticks, text = row.ticks(), row.text(COLUMNS["answer"])
        strange = next((name for name in ticks if row.text(COLUMNS[name]).casefold() not in _TICKED), None)
        if strange:
            self._refuse(row, strange, "bad-tick", _BAD_TICK)
        elif len(ticks) > 1:
            self._refuse(row, ticks[1], "two-ticks", _TWO_TICKS)
        elif ticks and text:
            self._refuse(row, ticks[0], "both", _TICK_AND_ANSWER)
        elif ticks:
            self.heard.facets += [(row.row, plan, facet, _KINDS[ticks[0]]) for facet in facets]
        elif text:
            self._say(row, plan, facets, understand_answer(facets, text, self.names))

    def _say(self, row: Filled, plan: str, facets: tuple[str, ...], said: Said) -> None:
        self._answer(row, plan, said.cells)
        for table, titles in said.things.items():
            self.heard.things += [(row.row, table, plan, title) for title in titles]
        if said.words:
            self._keep(row, plan, " und ".join(facets), said.words)

    def _answer(self, row: Filled, plan: str, cells: Mapping[str, str]) -> None:
        if cells:
            self.heard.answers.setdefault(plan, {}).update(cells)
            self.heard.rows.setdefault(plan, row.row)

    def _keep(self, row: Filled, plan: str, about: str, words: str) -> None:
        """Keep words that state nothing for certain as a note of the answer, and say so."""
        words = without_persons(words)
        self.heard.words.setdefault(plan, []).append(f"{about}: „{words}“.")
        self.heard.rows.setdefault(plan, row.row)
        text = Text(*(said.format(words=words) for said in (_KEPT.de, _KEPT.en)))
        self.heard.notes.append(
            Problem(self.sheet.name, row.row, self._title("answer"), "kept-as-note", text)
        )


def _filled(sheet: Sheet) -> Iterator[Filled]:
    """Yield the rows that say what they are about, wherever on the sheet the table now stands."""
    for (row, column), cell in sorted(sheet.cells.items()):
        if cell.text.startswith(_MARK):
            left = column - KEY
            cells = {
                place - left: found
                for (at, place), found in sheet.cells.items()
                if at == row and place < column
            }
            yield Filled(row, tuple(cell.text.removeprefix(_MARK).split("|")), cells)


@dataclass(frozen=True)
class _Delivery:
    """Puts what was heard into the rows of the tables."""

    marks: Marks
    heard: _Heard
    day: str
    role: str

    @property
    def source(self) -> str:
        """Return the id of the interview: department, day and role."""
        return re.sub(
            r"[\s;]+", "-", f"interview-{self.marks.more['department']}-{self.day}-{slug(self.role)}"
        )

    def delivery(self) -> Delivery:
        name = self.marks.more["name"]
        title = {"de": f"Bogen {name}, {self.day}", "en": f"Sheet {name}, {self.day}"}
        tables = {
            "sources": [self._source(name)],
            "answers": list(self._answers()),
            "facets": list(self._facets()),
            "plans": list(self._plans()),
            **{table: list(self._things(table)) for table in _PREFIXES},
        }
        filled = {table: tuple(rows) for table, rows in tables.items() if rows}
        return Delivery(
            self.source.replace("interview-", "bogen-", 1), {"title": title, "date": self.day}, filled
        )

    def _row(self, table: str, number: int, **cells: str) -> Row:
        columns = next(t.columns for t in every_table() if t.name == table)
        usual = {"source_id": self.source, "source_date": self.day}
        every = {column.name: cells.get(column.name, usual.get(column.name, "")) for column in columns}
        return Row(table, number, every)

    def _source(self, name: str) -> Row:
        return self._row(
            "sources",
            1,
            id=self.source,
            publisher=name,
            what=f"Interview {name}, {self.role}",
            date=self.day,
            kind=KIND,
            attributed_to=self.marks.more["department"],
            role=self.role,
            review=STATE,
        )

    def _answers(self) -> Iterator[Row]:
        for plan, cells in self.heard.answers.items():
            yield self._row("answers", self.heard.rows[plan], plan=plan, **cells)

    def _facets(self) -> Iterator[Row]:
        for number, plan, facet, kind in self.heard.facets:
            yield self._row("facets", number, plan=plan, facet=facet, kind=kind)

    def _plans(self) -> Iterator[Row]:
        department = self.marks.more["department"]
        for number, title, words in self.heard.plans:
            local = new_id("p", department, title)
            yield self._row("plans", number, id=local, title_de=title, lead_department=department, note=words)

    def _things(self, table: str) -> Iterator[Row]:
        for number, wanted, plan, title in self.heard.things:
            if wanted == table:
                local = new_id(_PREFIXES[table], self.source, plan, title)
                yield self._row(table, number, id=local, plan=plan, title_de=title)


_TITLES: Mapping[str, Text] = {
    "date": Text("Datum der Auskunft", "Date of the answers"),
    "role": Text("Rolle", "Role"),
    "plan": Text("Planwerk", "Plan"),
    "correct": Text("stimmt so", "correct"),
    "answer": Text("Antwort oder Berichtigung", "Answer or correction"),
    "none": Text("gibt es nicht", "there is none"),
    "not_asked": Text("nicht erhoben", "not recorded"),
    "unknown": Text("weiß ich nicht", "I do not know"),
}
_MISSING = Text(
    "Das Blatt fehlt oder heißt anders. Bitte es wieder so nennen.",
    "The sheet is missing or renamed. Please call it so again.",
)
_NOTHING = Text(
    "Der Bogen ist leer: keine Antwort, kein Kreuz. Es gibt nichts zu übernehmen.",
    "The sheet is empty: no answer, no tick. There is nothing to take in.",
)
_NO_DAY = Text(
    "Bitte das Datum der Auskunft eintragen, zum Beispiel 21.05.2024.",
    "Please enter the date of the answers, for instance 2024-05-21.",
)
_NO_ROLE = Text(
    "Bitte die Rolle eintragen, zum Beispiel Sachgebietsleitung.",
    "Please enter the role, for instance head of section.",
)
_PERSON = Text(
    "Hier steht ein Name. Bitte nur die Rolle eintragen; Namen von Personen werden nicht gespeichert.",
    "Here stands a name. Please enter only the role; names of persons are not stored.",
)
_UNKNOWN_PLAN = Text(
    "Dieses Planwerk steht nicht auf dem ausgegebenen Bogen. Bitte den Bogen neu ausgeben.",
    "This plan is not on the sheet as written. Please write the sheet again.",
)
_NO_TITLE = Text("Bitte den Titel des Planwerks eintragen.", "Please enter the title of the plan.")
_BAD_TICK = Text(
    "Hier bitte nur ein x eintragen; Worte gehören in die Spalte „Antwort oder Berichtigung“.",
    "Please enter only an x here; words belong into the column “Answer or correction”.",
)
_TICK_AND_CORRECTION = Text(
    "Es ist „stimmt so“ angekreuzt und zugleich berichtigt. Bitte nur eines von beiden.",
    "“Correct” is ticked and a correction is typed as well. Please only one of the two.",
)
_TWO_TICKS = Text("Bitte je Frage nur ein Kreuz.", "Please only one tick to a question.")
_TICK_AND_ANSWER = Text(
    "Es steht eine Antwort da und zugleich ein Kreuz. Bitte nur eines von beiden.",
    "There is an answer and a tick as well. Please only one of the two.",
)
_KEPT = Text(
    "„{words}“ ist als Anmerkung übernommen; eine Angabe ließ sich daraus nicht sicher lesen.",
    "“{words}” is kept as a note; no detail could be read from it for certain.",
)
