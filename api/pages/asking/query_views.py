"""The answer to a free query as people may look at it: table, text, chart or picture; each only where it is honest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from api.pages.asking.answers import Table, entry_of, table_of
from api.pages.asking.drawn import drawing_of, picture_of
from api.wording.texts import TEXTS
from graph.output.charts.chart import sensible_chart
from graph.output.charts.things import things_in
from graph.store.query.answer import Term
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.pages.asking.drawn import Drawing, Picture
    from api.pages.frame.call import Call
    from graph.output.charts.chart import Chart
    from graph.store.query.answer import Answer

_SPOKEN = ("subject", "predicate", "object")
_HEADS = (Text("Subjekt", "subject"), Text("Prädikat", "predicate"), Text("Objekt", "object"))
_FEWEST_THINGS = 2
#: So many rows stand on the page; the files have all.
MOST_ROWS = 1000


@dataclass(frozen=True)
class Shown:
    """An answer, and the view of it that was asked for; what it cannot show it shows as it shows itself by default."""

    call: Call
    answer: Answer
    wanted: str | None

    @property
    def kind(self) -> str:
        """The form of the query: select, ask or construct."""
        return self.answer.kind

    @property
    def total(self) -> int:
        """How many rows or statements there are."""
        return self.answer.rows

    @cached_property
    def views(self) -> tuple[str, ...]:
        """The views that this answer has, the usual one first."""
        if self.kind == "ask" or not self.total:
            return ()
        usual = ("text", "table") if self.kind == "construct" else ("table",)
        chart = ("chart",) if self._chart else ()
        return (*usual, *chart, *(("picture",) if len(self._things) >= _FEWEST_THINGS else ()))

    @property
    def view(self) -> str:
        """The view that is shown."""
        return next((name for name in (self.wanted, *self.views) if name in self.views), "table")

    @property
    def table(self) -> Table:
        """The first rows, or statements of a graph, as a table."""
        if self.kind == "select":
            return table_of(self.call, self.answer, most=MOST_ROWS)
        network, found = self.call.network, self._rows[:MOST_ROWS]
        rows = tuple(tuple(entry_of(network, row[name]) for name in _SPOKEN) for row in found)
        return Table(_HEADS, rows, self.answer.truncated, self.total)

    @property
    def text(self) -> str:
        """The statements of a graph as Turtle."""
        return self.answer.body.decode()

    @property
    def drawing(self) -> Drawing | None:
        """The chart of the numbers, where the answer makes one."""
        heads = {name: Text(name, name) for name in self._columns}
        return drawing_of(self._chart, heads, self.call.lang) if self._chart else None

    @property
    def picture(self) -> Picture | None:
        """The picture of the things and of what is between them."""
        return picture_of(self.call, self._columns, self._rows, TEXTS["sparql.result"])

    @property
    def undrawn(self) -> int:
        """How many addresses of the answer the picture leaves out because they are nothing that is drawn."""
        met = {
            cell.value
            for row in self._rows
            for name, cell in row.items()
            if name != "predicate" and cell.kind == "iri"
        }
        return len(met) - len(self._things)

    @cached_property
    def _chart(self) -> Chart | None:
        return sensible_chart(self._columns, self._rows) if self.kind == "select" else None

    @cached_property
    def _things(self) -> tuple[str, ...]:
        return things_in(self.call.network, self._columns, self._rows)

    @cached_property
    def _columns(self) -> Sequence[str]:
        return self.answer.columns() if self.kind == "select" else (_SPOKEN[0], _SPOKEN[2])

    @cached_property
    def _rows(self) -> Sequence[Mapping[str, Term]]:
        return tuple(self.answer.bindings()) if self.kind == "select" else _statements(self.answer.body)


def _statements(turtle: bytes) -> tuple[Mapping[str, Term], ...]:
    """Return the statements of an answer as rows of three."""
    parsed = ox.parse(input=turtle, format=ox.RdfFormat.TURTLE)
    return tuple(
        {"subject": _term(quad.subject), "predicate": _term(quad.predicate), "object": _term(quad.object)}
        for quad in parsed
    )


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.Literal):
        return Term("literal", term.value, term.language, term.datatype.value)
    return Term("blank", str(term)) if isinstance(term, ox.BlankNode) else Term("triple", str(term))
