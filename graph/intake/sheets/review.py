"""What an import found, before anything is stored: rows with class and reason, records, questions, problems, duplicates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Literal

from graph.errors import Text
from graph.intake.sheets.book import column_letters, place

RowKind = Literal[
    "plan",
    "goal",
    "measure",
    "instrument",
    "duplicate",
    "section",
    "header",
    "total",
    "footnote",
    "empty",
    "legend",
    "hidden",
    "superseded",
    "other",
]
Severity = Literal["error", "warning", "info"]
RecordKind = Literal["plans", "goals", "measures", "instruments", "departments"]
Value = str | list[str]
Spot = tuple[str, int, int | None]
"""Sheet, row and column, as long as nobody has to be told."""

RECORD_KINDS: tuple[RecordKind, ...] = ("plans", "goals", "measures", "instruments", "departments")
LIST_FIELDS = frozenset(
    {"participating", "topics", "areas", "target_groups", "goals", "measures", "indicators", "instruments"}
    | {"data_sources", "plans", "partners"}
)
_PLAN_TEXTS = ("title", "lead_department", "valid_from", "valid_to", "decided_on", "legal_basis", "status")
_PLAN_LISTS = ("target_groups", "goals")
_BESIDE = ("where", "raw", "comments", "links", "id", "modalities", "values", "also", "empties")


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the workbook: sheet, and row, column (letters) and cell ("B7") where they are known."""

    sheet: str
    row: int | None = None
    column: str = ""
    cell: str = ""

    @classmethod
    def at(cls, sheet: str, row: int, column: int | None = None) -> Where:
        """Return the place of a row, or of a cell in it."""
        return (
            cls(sheet, row) if column is None else cls(sheet, row, column_letters(column), place(row, column))
        )

    def to_json(self) -> dict[str, Any]:
        """Return the place without what is not known."""
        known = {"row": self.row, "column": self.column, "cell": self.cell}
        return {"sheet": self.sheet, **{name: value for name, value in known.items() if value}}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Where:
        """Return the place out of its JSON."""
        return cls(given["sheet"], given.get("row"), given.get("column", ""), given.get("cell", ""))


@dataclass(frozen=True, slots=True)
class RowClass:
    """What one row is, and why."""

    sheet: str
    row: int
    kind: RowKind
    why: Text


@dataclass(slots=True)
class Record:
    """One thing that a row or column describes: its values by field, and the cells they were read from.

    ``values`` holds text or lists of texts (LIST_FIELDS); ``raw`` the cells as written, by heading; ``modalities`` what is
    not a plain fact (field -> "planned", "press"); ``differing`` the further values where a source gives several; ``also``
    the other places that say the same; ``empties`` which kind of empty a cell says (field -> "none", "notAsked", "unknown").
    """

    kind: RecordKind
    where: Where
    values: dict[str, Value]
    raw: dict[str, str] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    id: str = ""
    modalities: dict[str, str] = field(default_factory=dict)
    differing: dict[str, list[str]] = field(default_factory=dict)
    also: list[Where] = field(default_factory=list)
    empties: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a value as one text; empty where nothing is said.

        >>> Record("plans", Where("A", 2), {"title": "SEP"}).text("title")
        'SEP'
        """
        value = self.values.get(name, "")
        return value if isinstance(value, str) else "; ".join(value)

    def items(self, name: str) -> list[str]:
        """Return a value as a list; empty where nothing is said."""
        value = self.values.get(name) or []
        return [value] if isinstance(value, str) else value

    def to_json(self) -> dict[str, Any]:
        """Return the record flat, as the report names its fields; a plan has every field of the report."""
        usual: dict[str, Value] = {}
        if self.kind == "plans":
            usual = {**dict.fromkeys(_PLAN_TEXTS, ""), **{name: [] for name in _PLAN_LISTS}}
        return {
            **usual,
            **self.values,
            "id": self.id,
            "where": self.where.to_json(),
            "raw": self.raw,
            "comments": self.comments,
            "links": self.links,
            "modalities": self.modalities,
            "values": self.differing,
            "also": [where.to_json() for where in self.also],
            "empties": self.empties,
        }

    @classmethod
    def from_json(cls, kind: RecordKind, given: Mapping[str, Any]) -> Record:
        """Return the record out of its JSON."""
        values = {name: value for name, value in given.items() if name not in _BESIDE and value}
        return cls(
            kind,
            Where.from_json(given["where"]),
            values,
            dict(given.get("raw", {})),
            list(given.get("comments", [])),
            list(given.get("links", [])),
            given.get("id", ""),
            dict(given.get("modalities", {})),
            dict(given.get("values", {})),
            [Where.from_json(where) for where in given.get("also", [])],
            dict(given.get("empties", {})),
        )


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can say: kind, sentence, the best guess, and the answers to choose from.

    ``id`` stays the same when the same question comes up in another row or in the next delivery.
    """

    id: str
    kind: str
    text: Text
    guess: str
    choices: tuple[str, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Problem:
    """What a person should know about a place: how grave, a code, a sentence."""

    severity: Severity
    code: str
    text: Text
    where: Where


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same thing said several times: "exact" (merged), "near" (asked), "edition" (linked), "abbreviation" (kept apart)."""

    kind: Literal["exact", "near", "edition", "abbreviation"]
    titles: tuple[str, ...]
    text: Text
    places: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """A column (or the row of a fact sheet): its letters, heading, the table and field it was taken for, how surely, why."""

    column: str
    heading: str
    table: str
    field: str
    certainty: float
    why: Text


@dataclass(frozen=True, slots=True)
class SheetFound:
    """What a sheet was taken for, where its headings are, how it lies, its columns."""

    name: str
    kind: str
    why: Text
    header_rows: tuple[int, ...] = ()
    orientation: Literal["rows", "columns", "none"] = "none"
    columns: tuple[ColumnFound, ...] = ()
    hidden: bool = False


@dataclass(slots=True)
class Review:
    """Everything that was found in one workbook; what a person sees before anything is stored."""

    source: str
    rows: list[RowClass] = field(default_factory=list)
    records: dict[RecordKind, list[Record]] = field(
        default_factory=lambda: {kind: [] for kind in RECORD_KINDS}
    )
    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    sheets: list[SheetFound] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)

    @property
    def plans(self) -> list[Record]:
        """The plans found."""
        return self.records["plans"]

    def to_json(self) -> dict[str, Any]:
        """Return the report."""
        return {
            "source": self.source,
            "rows": [_row_json(row) for row in self.rows],
            "records": {kind: [record.to_json() for record in found] for kind, found in self.records.items()},
            "questions": [_question_json(question) for question in self.questions],
            "problems": [_problem_json(problem) for problem in self.problems],
            "duplicates": [_duplicate_json(duplicate) for duplicate in self.duplicates],
            "sheets": [_sheet_json(sheet) for sheet in self.sheets],
            "aliases": self.aliases,
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Review:
        """Return the review out of its report."""
        review = cls(given["source"], aliases=dict(given.get("aliases", {})))
        review.rows = [RowClass(r["sheet"], r["row"], r["class"], Text(**r["why"])) for r in given["rows"]]
        for kind in RECORD_KINDS:
            review.records[kind] = [Record.from_json(kind, r) for r in given["records"].get(kind, [])]
        review.questions = [_question(q) for q in given["questions"]]
        review.problems = [
            Problem(p["severity"], p["code"], Text(**p["text"]), Where.from_json(p["where"]))
            for p in given["problems"]
        ]
        review.duplicates = [_duplicate(d) for d in given["duplicates"]]
        review.sheets = [_sheet(s) for s in given.get("sheets", [])]
        return review


def question_id(kind: str, *texts: str) -> str:
    """Return the id of a question: the same for the same question, wherever it comes up.

    >>> question_id("unit", "Soz.") == question_id("unit", " soz. ")
    True
    """
    folded = "\x1f".join((kind, *(" ".join(text.casefold().split()) for text in texts)))
    return f"q-{blake2b(folded.encode('utf-8', 'surrogatepass'), digest_size=6).hexdigest()}"


def _places_json(places: Iterable[Where]) -> list[dict[str, Any]]:
    return [where.to_json() for where in places]


def _row_json(row: RowClass) -> dict[str, Any]:
    return {"sheet": row.sheet, "row": row.row, "class": row.kind, "why": row.why.document()}


def _question_json(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind,
        "text": question.text.document(),
        "guess": question.guess,
        "choices": list(question.choices),
        "where": question.where.to_json(),
    }


def _question(given: Mapping[str, Any]) -> Question:
    where, text = Where.from_json(given["where"]), Text(**given["text"])
    return Question(given["id"], given["kind"], text, given["guess"], tuple(given["choices"]), where)


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "code": problem.code,
        "text": problem.text.document(),
        "where": problem.where.to_json(),
    }


def _duplicate_json(duplicate: Duplicate) -> dict[str, Any]:
    return {
        "kind": duplicate.kind,
        "titles": list(duplicate.titles),
        "text": duplicate.text.document(),
        "places": _places_json(duplicate.places),
        "where": duplicate.places[-1].to_json(),
    }


def _duplicate(given: Mapping[str, Any]) -> Duplicate:
    places = tuple(Where.from_json(where) for where in given["places"])
    return Duplicate(given["kind"], tuple(given["titles"]), Text(**given["text"]), places)


def _sheet_json(sheet: SheetFound) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "kind": sheet.kind,
        "why": sheet.why.document(),
        "header_rows": list(sheet.header_rows),
        "orientation": sheet.orientation,
        "hidden": sheet.hidden,
        "columns": [
            {
                "column": column.column,
                "heading": column.heading,
                "table": column.table,
                "field": column.field,
                "certainty": column.certainty,
                "why": column.why.document(),
            }
            for column in sheet.columns
        ],
    }


def _sheet(given: Mapping[str, Any]) -> SheetFound:
    columns = tuple(ColumnFound(**{**column, "why": Text(**column["why"])}) for column in given["columns"])
    why, header_rows = Text(**given["why"]), tuple(given["header_rows"])
    return SheetFound(
        given["name"], given["kind"], why, header_rows, given["orientation"], columns, given["hidden"]
    )
