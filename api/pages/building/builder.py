"""The builder: which X with Y, clicked together from what the store holds; it writes the sentence and the SPARQL.

The whole state stands in the address, so every step is a plain form and every question a link.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.asking.answers import Table, table_of
from api.pages.asking.inquiry import kind_of_empty
from api.pages.building.lines import Line, read_line
from api.pages.building.query import MODES, Column, Tree, query_text
from api.pages.building.stock import MOST_TO_CHOOSE, class_choices, relations
from api.pages.frame.call import Asked, Call, described, parameter
from api.protocol.answering import TRUNCATED
from api.tables.answer_files import SUFFIXES, Sheet, as_file, document_of
from api.wanted import check_choice
from api.web.negotiation import CSV, HTML, JSON
from api.wording.question_texts import QUESTION_TEXTS
from graph.errors import BadRequest, Text
from graph.store.query.answer import ResultFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.pages.building.query import Mode
    from api.pages.building.stock import ClassChoice, Relation
    from graph.store.query.answer import Answer

router = APIRouter(tags=["questions"])

MOST_CONDITIONS = 6
MOST_COLUMNS = 8
KINDS_OF_EMPTY = ("none", "complete", "unknown", "notAsked", "unstated")
_FORMS = {"html": HTML, "json": JSON, "csv": CSV, "xlsx": SUFFIXES["xlsx"]}

_LINE_WORDS = (
    (
        "r",
        "Angabe der Bedingung {n}, wie leadUnit; mit ~ davor, was darauf zeigt",
        "detail of condition {n}, like leadUnit; with ~ in front what points to it",
    ),
    (
        "m",
        "wie Bedingung {n} gilt: is, not, any, none, from, until",
        "how condition {n} holds: is, not, any, none, from, until",
    ),
    (
        "v",
        "Wert der Bedingung {n}: Kennung, Name, Jahr oder Zahl",
        "value of condition {n}: id, name, year or number",
    ),
)
ClassParam = Annotated[
    str,
    parameter(
        "Klasse der gesuchten Dinge, wie Plan", "class of the things asked for, like Plan", alias="class"
    ),
]
JoinParam = Annotated[
    str, parameter("and: alle Bedingungen; or: mindestens eine", "and: all conditions; or: at least one")
]
ColumnParam = Annotated[
    list[str],
    parameter("Spalten der Antwort, wie leadUnit", "columns of the answer, like leadUnit", alias="col"),
]


@dataclass(frozen=True, slots=True)
class Built:
    """A question as it was clicked together: the class, its lines, the columns, and the tree that follows."""

    chosen: ClassChoice
    known: Mapping[str, Relation]
    lines: tuple[Line, ...]
    columns: tuple[Relation, ...]
    any_of: bool

    @property
    def tree(self) -> Tree:
        """The abstract query."""
        return Tree(
            self.chosen.iri,
            tuple(line.condition for line in self.lines if line.condition),
            self.any_of,
            tuple(Column(relation.variable, relation.step) for relation in self.columns),
        )

    @property
    def sentence(self) -> Text:
        """The question in words."""
        said = [words for line in self.lines if (words := line.said())]
        joined = QUESTION_TEXTS["builder.or" if self.any_of else "builder.and"]
        asked = QUESTION_TEXTS["builder.question"]
        rest = [joined[lang].join(words[lang] for words in said) for lang in ("de", "en")]
        de, en = (f" {part}" if part else "" for part in rest)
        many = self.chosen.many
        return Text(
            asked.de.format(class_=many.de, rest=de), asked.en.format(class_=many.en.lower(), rest=en)
        )

    @property
    def query(self) -> str:
        """The SPARQL, with the sentence above it."""
        lines = [f"# {self.sentence[lang]}".replace("\n", " ").replace("\r", " ") for lang in ("de", "en")]
        return "\n".join([*lines, query_text(self.tree), ""])

    @property
    def heads(self) -> dict[str, Text]:
        """What the columns of the answer are called."""
        named = {relation.variable: relation.label for relation in self.columns}
        return {"thing": self.chosen.many, "thingLabel": self.chosen.many, **named}


def _described() -> dict[str, Any]:
    """Return the description of the page with the parameters of its lines, which are read by number."""
    said = described("Frage bauen", "build a question", *_FORMS.values())
    lines = [
        {
            "name": f"{letter}{number}",
            "in": "query",
            "required": False,
            "schema": {"type": "string"},
            "description": en.format(n=number),
            "x-description-de": de.format(n=number),
        }
        for number in range(1, MOST_CONDITIONS + 1)
        for letter, de, en in _LINE_WORDS
    ]
    said["openapi_extra"] = {**said["openapi_extra"], "parameters": lines}
    return said


@router.get("/builder", **_described())
def builder(call: Asked, class_: ClassParam = "", join: JoinParam = "and", col: ColumnParam = []) -> Response:  # noqa: B006
    """Answer with the form, the question that it stands for, and its answer."""
    media = call.media(_FORMS)
    known = class_choices(call)
    if class_:
        check_choice(Text("Die Klasse", "class"), [class_], known)
    check_choice(Text("Die Verknüpfung", "join"), [join], ("and", "or"))
    if not class_:
        return call.answer("builder.html", lambda: {"classes": known, "built": None}, _classes_document)
    built = _read(call, known[class_], join, col)
    answer = call.site.workspace.host().query(built.query, accept=ResultFormat.JSON)
    if media not in {HTML, JSON}:
        return _file(call, built, answer, "csv" if media == CSV else "xlsx")
    page = call.answer(
        "builder.html",
        lambda: _view(call, built, answer),
        lambda _: document_of(_sheet(call, built, answer), call.lang),
    )
    return _announced(page, answer)


def _announced(response: Response, answer: Answer) -> Response:
    if answer.truncated:
        response.headers[TRUNCATED] = f"true; rows={answer.rows}"
    return response


def _classes_document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "classes": [
            {"name": one.name, "label": one.many, "count": one.count} for one in view["classes"].values()
        ]
    }


def _read(call: Call, chosen: ClassChoice, join: str, columns: list[str]) -> Built:
    """Return what the address says; BadRequest for a relation, way or column that there is not."""
    known = relations(call, chosen)
    check_choice(Text("Die Spalte", "column"), columns, known)
    wanted = tuple(known[key] for key in dict.fromkeys(columns))
    if len(wanted) > MOST_COLUMNS:
        raise BadRequest(
            f"Höchstens {MOST_COLUMNS} Spalten; gewählt sind {len(wanted)}.",
            f"At most {MOST_COLUMNS} columns; {len(wanted)} are chosen.",
        )
    lines = [line for number in range(1, MOST_CONDITIONS + 1) if (line := _line(call, chosen, known, number))]
    return Built(chosen, known, tuple(lines), wanted, join == "or")


def _line(call: Call, chosen: ClassChoice, known: Mapping[str, Relation], number: int) -> Line | None:
    given = call.request.query_params
    key = given.get(f"r{number}", "")
    if not key:
        return None
    mode = given.get(f"m{number}", "is") or "is"
    check_choice(Text("Die Angabe", "detail"), [key], known)
    check_choice(Text("Die Art", "way"), [mode], MODES)
    return read_line(
        call, chosen, number, known[key], cast("Mode", mode), given.get(f"v{number}", "").strip()
    )


def _view(call: Call, built: Built, answer: Answer) -> dict[str, Any]:
    table = table_of(call, answer)
    heads = [name for name in answer.columns() if name != "thingLabel"]
    named = Table(tuple(built.heads[name] for name in heads), table.rows, table.truncated, table.total)
    return {
        "classes": class_choices(call),
        "built": built,
        "table": named,
        "why_empty": _why_empty(call, built, answer),
        "free": _free(built),
        "open_lines": [_open(call, line) for line in built.lines if line.several],
    }


def _why_empty(call: Call, built: Built, answer: Answer) -> list[Text]:
    """Return for each detail that the plans found do not have how often that was asked, denied, or left open."""
    if built.chosen.name != "Plan" or built.any_of or not answer.rows:
        return []
    plans = [row["thing"].value for row in answer.bindings()]
    empty = [line.relation for line in built.lines if line.mode == "none" and line.relation.step.forward]
    return [_counted(call, relation, plans) for relation in empty]


def _counted(call: Call, relation: Relation, plans: list[str]) -> Text:
    network = call.network
    counts = Counter(
        kind_of_empty(network, plan, relation.term.name) for plan in plans if plan in network.multigraph
    )
    said = [
        (QUESTION_TEXTS[f"builder.empty.{kind}"], counts[kind]) for kind in KINDS_OF_EMPTY if counts[kind]
    ]
    words = QUESTION_TEXTS["builder.why_empty"]
    de, en = ("; ".join(text[lang].format(n=n) for text, n in said) for lang in ("de", "en"))
    return Text(
        words.de.format(relation=relation.label.de, counts=de),
        words.en.format(relation=relation.label.en, counts=en),
    )


def _free(built: Built) -> int | None:
    """Return the number of the next line; None where there is room for no more."""
    used = {line.number for line in built.lines}
    return next((number for number in range(1, MOST_CONDITIONS + 1) if number not in used), None)


def _open(call: Call, line: Line) -> dict[str, Any]:
    """Return a line whose value means several things, each with the address where it is meant."""
    return {
        "line": line,
        "choices": [
            (value, call.here(**{f"v{line.number}": value.key})) for value in line.several[:MOST_TO_CHOOSE]
        ],
        "more": max(0, len(line.several) - MOST_TO_CHOOSE),
    }


def _sheet(call: Call, built: Built, answer: Answer) -> Sheet:
    return Sheet(
        name="frage",
        title=built.sentence,
        description=QUESTION_TEXTS["builder.lead"],
        given=(),
        columns=tuple(answer.columns()),
        rows=answer.bindings(),
        truncated=answer.truncated,
        base=call.network.base,
        day=call.day.isoformat(),
        address=str(call.request.base_url).rstrip("/") + call.here(format=None),
        query=built.query,
        heads=built.heads,
    )


def _file(call: Call, built: Built, answer: Answer, suffix: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="frage.{suffix}"',
        "Cache-Control": "private, no-cache",
        "Vary": "Accept, Cookie",
    }
    content = as_file(_sheet(call, built, answer), suffix, call.lang)
    return _announced(Response(content, media_type=SUFFIXES[suffix], headers=headers), answer)
