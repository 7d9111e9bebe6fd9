"""An answer as matrix, chart and picture of its things, for a page; the table beside has all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from api.pages.asking.answers import entry_of
from api.wording.columns import column_name
from graph.output.charts.axis import shown_amount
from graph.output.charts.chart import chart_of
from graph.output.charts.drawing import chart_svg, chart_title, left_out, point_name
from graph.output.charts.matrix import matrix_of
from graph.output.charts.things import things_document, things_in
from graph.output.drawing.document import said_in
from graph.output.paper.sheet import bare_svg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.pages.frame.call import Call
    from api.pages.frame.facts import Entry
    from graph.output.charts.chart import Chart
    from graph.output.charts.fields import Rows
    from graph.output.charts.matrix import Matrix
    from ontology.questions import Show
    from ontology.text import Text

_FEWEST = 2
_MOST_SHARED = 12


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix as a page shows it: heads that lead to their things, and the text of every cell."""

    corner: tuple[Text, Text]
    value: Text | None
    columns: tuple[Entry, ...]
    rows: tuple[tuple[Entry, tuple[str, ...]], ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as a page shows it: drawn, named, with its numbers as a table and what is not drawn."""

    svg: Markup
    title: Text
    heads: tuple[Text, Text]
    numbers: tuple[tuple[Text, Text], ...]
    left: Text


@dataclass(frozen=True, slots=True)
class Picture:
    """The things of an answer as a picture, with the sentence that says how many are drawn."""

    svg: Markup
    said: str
    first: str


def grid_of(call: Call, matrix: Matrix, heads: Mapping[str, Text] | None = None) -> Grid:
    """Return a matrix with the pages of its heads; ``heads`` are the names of columns that are nobody's property."""

    def called(column: str) -> Text:
        return (heads or {}).get(column) or column_name(column)

    def head(column: str, key: str) -> Entry:
        row = matrix.heads[column, key]
        return entry_of(call.network, row[column], row.get(f"{column}Label"))

    return Grid(
        corner=(called(matrix.row), called(matrix.column)),
        value=called(matrix.value) if matrix.value else None,
        columns=tuple(head(matrix.column, key) for key in matrix.columns),
        rows=tuple(
            (head(matrix.row, key), tuple(matrix.cell(key, across) for across in matrix.columns))
            for key in matrix.rows
        ),
        hidden=matrix.hidden,
    )


def drawing_of(chart: Chart, heads: Mapping[str, Text], lang: str) -> Drawing:
    """Return a chart, drawn and in numbers."""
    return Drawing(
        svg=chart_svg(chart, heads, lang),
        title=chart_title(chart, heads),
        heads=(heads[chart.by], heads[chart.of]),
        numbers=tuple((point_name(chart, point), shown_amount(point.value)) for point in chart.points),
        left=left_out(chart),
    )


def picture_of(call: Call, columns: Sequence[str], rows: Rows, title: Text) -> Picture | None:
    """Return the picture of the things in an answer; nothing below two things."""
    things = things_in(call.network, columns, rows)
    if len(things) < _FEWEST:
        return None
    document = things_document(call.network, things, title, call.lang)
    svg = Markup(bare_svg(document, call.lang).decode())  # noqa: S704 - made of escaped texts alone
    return Picture(svg, said_in(document["limits"]["reason"], call.lang), call.network.id(things[0]))


def shown_matrix(shows: Sequence[Show], rows: Rows) -> Matrix | None:
    """Return the matrix that a question asks for, where its answer makes one."""
    for show in shows:
        if show.kind == "matrix":
            return matrix_of(
                rows,
                row=show.places["row"],
                column=show.places["column"],
                value=show.places.get("value"),
            )
    return None


def shown_chart(shows: Sequence[Show], rows: Rows) -> Chart | None:
    """Return the chart that a question asks for, where its answer makes one."""
    for show in shows:
        if show.kind == "chart":
            return chart_of(rows, by=show.places["by"], of=show.places["of"])
    return None


def in_graph(call: Call, things: tuple[str, ...]) -> str:
    """Return where the graph shows the things of an answer: what its plans share, else what is around the first."""
    if not things:
        return ""
    network = call.network
    plans = [network.id(thing) for thing in things if network.type(thing) == "Plan"]
    if len(plans) > 1:
        return call.link("/graph", lens="shared", plan=plans[:_MOST_SHARED])
    return call.link("/graph", focus=network.id(things[0]))
