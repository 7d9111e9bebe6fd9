"""The builder: which X with Y, clicked together from what the store holds; it writes the sentence and the SPARQL.

The whole state stands in the address, so every step is a plain form and every question a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.building.built import MOST_CONDITIONS, read_built
from api.pages.building.ends import SHORT_LIST
from api.pages.building.offers import MOST_LISTED, offers
from api.pages.building.results import results
from api.pages.building.stock import class_choices, relations, trail_of
from api.pages.frame.call import Asked, Call, described, parameter
from api.protocol.answering import TRUNCATED
from api.tables.answer_files import SUFFIXES, Sheet, as_file, document_of
from api.wanted import check_choice
from api.web.negotiation import CSV, HTML, JSON
from api.wording.question_texts import BUILDER_EXAMPLES, QUESTION_TEXTS
from graph.errors import Text
from graph.store.query.answer import ResultFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.pages.building.built import Built
    from api.pages.building.stock import ClassChoice, Trail
    from graph.store.query.answer import Answer

router = APIRouter(tags=["questions"])

_FORMS = {"html": HTML, "json": JSON, "csv": CSV, "xlsx": SUFFIXES["xlsx"]}

_LINE_WORDS = (
    (
        "r",
        "Angabe der Bedingung {n}, wie leadUnit, mit ~ davor, was darauf zeigt; mehrmals oder mit / ein Schritt weiter",
        "detail of condition {n}, like leadUnit, with ~ in front what points to it; repeated or with / a step further",
    ),
    (
        "m",
        "wie Bedingung {n} gilt: is, not, any, none, contains, from, until, after, before",
        "how condition {n} holds: is, not, any, none, contains, from, until, after, before",
    ),
    (
        "v",
        "Wert der Bedingung {n}: Kennung, Name, Text, Jahr oder Zahl; mehrmals: einer davon",
        "value of condition {n}: id, name, text, year or number; repeated: one of them",
    ),
    (
        "t",
        "Angabe, für die Art und Wert der Bedingung {n} gewählt wurden; ist es eine andere, gelten sie nicht",
        "detail that way and value of condition {n} were chosen for; they do not count for another one",
    ),
)
_OFTEN = frozenset({"r", "v"})
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
GroupParam = Annotated[
    list[str],
    parameter(
        "wonach gezählt wird, wie leadUnit; höchstens zweimal",
        "what to count by, like leadUnit; twice at most",
        alias="g",
    ),
]
ViewParam = Annotated[
    str,
    parameter(
        "Ansicht der Antwort: table, chart, matrix, picture",
        "view of the answer: table, chart, matrix, picture",
    ),
]


def _described() -> dict[str, Any]:
    """Return the description of the page with the parameters of its lines, which are read by number."""
    said = described("Frage bauen", "build a question", *_FORMS.values())
    text, texts = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    lines = [
        {
            "name": f"{letter}{number}",
            "in": "query",
            "required": False,
            "schema": texts if letter in _OFTEN else text,
            "description": en.format(n=number),
            "x-description-de": de.format(n=number),
        }
        for number in range(1, MOST_CONDITIONS + 1)
        for letter, de, en in _LINE_WORDS
    ]
    said["openapi_extra"] = {**said["openapi_extra"], "parameters": lines}
    return said


@router.get("/builder", **_described())
def builder(
    call: Asked,
    class_: ClassParam = "",
    join: JoinParam = "and",
    col: ColumnParam = [],  # noqa: B006
    g: GroupParam = [],  # noqa: B006
    view: ViewParam = "",
) -> Response:
    """Answer with the form, the question that it stands for, and its answer; an unknown view is the usual one."""
    del view  # read where the answer is shown
    media = call.media(_FORMS)
    known = class_choices(call)
    if class_:
        check_choice(Text("Die Klasse", "class"), [class_], known)
    check_choice(Text("Die Verknüpfung", "join"), [join], ("and", "or"))
    if not class_:
        return call.answer("builder.html", lambda: _start(call, known), _classes_document)
    built = read_built(call, known[class_], join, col, g)
    answer = call.site.workspace.host().query(built.query, accept=ResultFormat.JSON)
    if media not in {HTML, JSON}:
        return _file(call, built, answer, "csv" if media == CSV else "xlsx")
    page = call.answer(
        "builder.html",
        lambda: {} if media == JSON else _view(call, built, answer),
        lambda _: document_of(_sheet(call, built, answer), call.lang),
    )
    return _announced(page, answer)


def _announced(response: Response, answer: Answer) -> Response:
    if answer.truncated:
        response.headers[TRUNCATED] = f"true; rows={answer.rows}"
    return response


def _start(call: Call, known: Mapping[str, ClassChoice]) -> dict[str, Any]:
    """Return what the page says before a class is chosen: the classes, and examples that the store can answer."""
    examples = [
        (text, f"/builder?{urlencode(given)}")
        for text, given, needed in BUILDER_EXAMPLES
        if given[0][1] in known and all(trail_of(call, known[given[0][1]].iri, key) for key in needed)
    ]
    return {"classes": known, "built": None, "examples": examples}


def _classes_document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "classes": [
            {"name": one.name, "label": one.many, "count": one.count} for one in view["classes"].values()
        ]
    }


def _view(call: Call, built: Built, answer: Answer) -> dict[str, Any]:
    return {
        "classes": class_choices(call),
        "built": built,
        "offers": offers(call, built, MOST_CONDITIONS),
        "trails": _trails(call, built),
        "short_list": SHORT_LIST,
        "most_listed": MOST_LISTED,
        "dropped": [_drop_said(built, key) for key in built.dropped],
        **results(call, built, answer),
    }


def _trails(call: Call, built: Built) -> list[Trail]:
    """Return what can be a column or a group: every relation of the class, and the longer trails of the conditions."""
    every = [trail_of(call, built.chosen.iri, key) for key in relations(call, built.chosen.iri)]
    longer = [line.trail for line in built.lines if len(line.trail.relations) > 1]
    found = [
        one for one in (*longer, *built.columns, *built.groups, *every) if one and one.key != "prefLabel"
    ]
    return list({one.key: one for one in found}.values())


def _drop_said(built: Built, key: str) -> Text:
    said, many = QUESTION_TEXTS["builder.dropped"], built.chosen.many
    return Text(said.de.format(key=key, class_=many.de), said.en.format(key=key, class_=many.en.lower()))


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
        address=str(call.request.base_url).rstrip("/") + built.address,
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
