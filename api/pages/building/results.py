"""The answer to a clicked-together question as a page shows it: list or counts, as table, matrix, chart and picture."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from api.pages.asking.answers import Table, entry_of, in_sight, table_of
from api.pages.asking.drawn import drawing_of, grid_of, in_graph, picture_of
from api.pages.asking.inquiry import kind_of_empty
from api.pages.building.facets import count_text, picture_text
from api.pages.building.query import COUNT
from api.pages.building.stock import rows_of
from api.pages.frame.facts import Entry
from api.wording.question_texts import QUESTION_TEXTS
from graph.output.charts.chart import chart_of
from graph.output.charts.matrix import matrix_of
from graph.output.charts.things import things_in
from graph.store.query.answer import literal
from ontology.text import Text

if TYPE_CHECKING:
    from api.pages.building.built import Built
    from api.pages.building.stock import Trail
    from api.pages.frame.call import Call
    from graph.store.query.answer import Answer, Term

KINDS_OF_EMPTY = ("none", "complete", "unknown", "notAsked", "unstated")
_LABEL = "Label"
_NODES = ("thing", "n1", "n2", "n3")
_FEWEST = 2


def results(call: Call, built: Built, answer: Answer) -> dict[str, Any]:
    """Return what the page says of an answer."""
    shown = _counts(call, built, answer) if built.groups else _list(call, built, answer)
    wanted = call.request.query_params.get("view", "")
    shown["view"] = wanted if wanted in shown["views"] else next(iter(shown["views"]), "table")
    return {
        "grid": None,
        "drawing": None,
        "picture": None,
        "why_empty": [],
        "sight": in_sight(shown["table"]),
        **shown,
        **_drawn(call, built, shown),
    }


def _list(call: Call, built: Built, answer: Answer) -> dict[str, Any]:
    table = _named(built, table_of(call, answer))
    return {
        "table": table,
        "found": table.total,
        "views": ["table", "picture"] if things_in(call.network, ["thing"], answer.bindings()) else ["table"],
        "why_empty": _why_empty(call, built, answer),
        "rows": answer.bindings(),
    }


def _named(built: Built, table: Table) -> Table:
    """Return a table headed in words; its columns come in headed by variables."""
    heads = tuple(built.heads[head.de] for head in table.columns)
    return replace(table, columns=heads)


def _counts(call: Call, built: Built, answer: Answer) -> dict[str, Any]:
    table = _named(built, table_of(call, answer))
    nothing = Entry(text=QUESTION_TEXTS["builder.nothing"])
    rows = tuple(tuple(cell or nothing for cell in row) for row in table.rows)
    worded = [_worded(call, built, row) for row in answer.bindings()]
    (found,) = rows_of(call, count_text(built.tree.bare))
    return {
        "table": replace(table, rows=rows),
        "found": int(found["things"].value),
        "rows": worded,
        "views": _views(built, worded),
        "told": _told(built, worded, int(found["things"].value)),
    }


def _worded(call: Call, built: Built, row: dict[str, Term]) -> dict[str, Term]:
    """Return a row in which everything counted by has a name in the language of the page."""
    names = {
        f"{one.variable}{_LABEL}": literal(
            entry_of(call.network, row[one.variable], row.get(one.variable + _LABEL)).text[call.lang]
        )
        for one in built.groups
        if one.variable in row and not one.group.by_year
    }
    kept = {name: term for name, term in row.items() if not name.endswith(_LABEL)}
    return {**kept, **names}


def _views(built: Built, rows: list[dict[str, Term]]) -> list[str]:
    """Return the views that say something of counts: a matrix of two groups, a chart of one."""
    if len(built.groups) == _FEWEST:
        return ["matrix", "table"] if _matrix(built, rows) else ["table"]
    return ["chart", "table"] if _chart(built, rows) else ["table"]


def _matrix(built: Built, rows: list[dict[str, Term]]) -> Any:
    down, across = (one.variable for one in built.groups)
    return matrix_of(rows, row=down, column=across, value=COUNT)


def _chart(built: Built, rows: list[dict[str, Term]]) -> Any:
    by = built.groups[0].variable
    return chart_of([row for row in rows if by in row], by=by, of=COUNT)


def _told(built: Built, rows: list[dict[str, Term]], found: int) -> list[Text]:
    """Return what the numbers leave unsaid: what has nothing recorded, and that things count in each of their groups."""
    said = []
    left = [row for row in rows if any(one.variable not in row for one in built.groups)]
    if left and len(built.groups) == 1:
        nothing = sum(int(row[COUNT].value) for row in left)
        said.append(_filled("builder.without_group", n=str(nothing), name=built.groups[0].named))
    elif left:
        said.append(QUESTION_TEXTS["builder.without_groups"])
    if sum(int(row[COUNT].value) for row in rows) > found:
        said.append(QUESTION_TEXTS["builder.in_each"])
    return said


def _filled(key: str, *, n: str, name: Text) -> Text:
    words = QUESTION_TEXTS[key]
    return Text(words.de.format(n=n, name=name.de), words.en.format(n=n, name=name.en))


def _drawn(call: Call, built: Built, shown: dict[str, Any]) -> dict[str, Any]:
    """Return the drawing of the view that is shown; nothing for the table."""
    rows, view = shown["rows"], shown["view"]
    if view == "matrix":
        grid = grid_of(call, _matrix(built, rows), built.heads)
        return {"grid": grid}
    if view == "chart":
        return {"drawing": drawing_of(_chart(built, rows), built.heads, call.lang)}
    if view == "picture":
        pictured = rows_of(call, picture_text(built.tree))
        things = [row["thing"].value for row in rows]
        return {
            "picture": picture_of(call, _NODES, pictured, built.sentence),
            "in_graph": in_graph(call, tuple(one for one in things if one in call.network.multigraph)),
        }
    return {}


def _why_empty(call: Call, built: Built, answer: Answer) -> list[Text]:
    """Return for each detail that the plans found do not have how often that was asked, denied, or left open."""
    if built.chosen.name != "Plan" or built.any_of or not answer.rows:
        return []
    plans = [row["thing"].value for row in answer.bindings()]
    empty = [line.trail for line in built.lines if line.mode == "none" and len(line.trail.relations) == 1]
    return [_counted(call, trail, plans) for trail in empty if trail.last.step.forward]


def _counted(call: Call, trail: Trail, plans: list[str]) -> Text:
    network = call.network
    counts = Counter(
        kind_of_empty(network, plan, trail.last.term.name) for plan in plans if plan in network.multigraph
    )
    said = [
        (QUESTION_TEXTS[f"builder.empty.{kind}"], counts[kind]) for kind in KINDS_OF_EMPTY if counts[kind]
    ]
    words = QUESTION_TEXTS["builder.why_empty"]
    de, en = ("; ".join(text[lang].format(n=n) for text, n in said) for lang in ("de", "en"))
    return Text(
        words.de.format(relation=trail.label.de, counts=de),
        words.en.format(relation=trail.label.en, counts=en),
    )
