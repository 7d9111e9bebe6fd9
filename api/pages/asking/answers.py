"""The answer to a query as a table that people read: things of the store lead to their pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from api.pages.exchange.vocabulary import shortened
from api.pages.frame.facts import Entry
from api.pages.frame.kinds import OTHER, page_address
from api.pages.frame.names import GERMAN, name, shown_value
from api.wording.columns import column_name
from graph.network.build import Value
from graph.output.charts.fields import is_numeric
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.pages.frame.call import Call
    from graph.network.build import Network
    from graph.store.query.answer import Answer, Cell

#: A column ``planLabel`` is what people read for ``plan``.
_LABEL = "Label"
MOST_ROWS = 500
"""So many rows stand on a page; the files have all."""
_ADDRESS = re.compile(r"https?://(?:www\.)?(?P<host>[^/\s]+)\S*")


@dataclass(frozen=True, slots=True)
class Table:
    """Heads of columns and rows of cells, None where a variable is not bound."""

    columns: tuple[Text, ...]
    rows: tuple[tuple[Entry | None, ...], ...]
    truncated: bool
    total: int
    numeric: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Sight:
    """A table as a page shows it: without the columns that hold nothing, and no more rows than anybody reads.

    ``empty`` are the heads of those columns, ``more`` is the number of rows that only the files have.
    """

    columns: tuple[Text, ...]
    rows: tuple[tuple[Entry | None, ...], ...]
    numeric: tuple[bool, ...]
    empty: tuple[Text, ...]
    more: int


def in_sight(table: Table) -> Sight:
    """Return what a page shows of a table."""
    held = [any(row[place] for row in table.rows) for place in range(len(table.columns))]
    numeric = table.numeric or (False,) * len(table.columns)
    rows = table.rows[:MOST_ROWS]
    return Sight(
        tuple(compress(table.columns, held)),
        tuple(tuple(_linked(entry) for entry in compress(row, held)) for row in rows),
        tuple(compress(numeric, held)),
        tuple(head for head, some in zip(table.columns, held, strict=True) if not some),
        len(table.rows) - len(rows),
    )


def _linked(entry: Entry | None) -> Entry | None:
    """Return an address that a source gives as a text as a link, named by its host."""
    found = _ADDRESS.fullmatch(entry.text.de) if entry and not entry.page and not entry.address else None
    if entry is None or found is None:
        return entry
    return Entry(text=Text(found["host"], found["host"]), address=entry.text.de)


def table_of(
    call: Call, answer: Answer, wanted: Sequence[str] | None = None, most: int | None = None
) -> Table:
    """Return a table of an answer to SELECT in JSON; a column with a label beside it is shown as that label.

    The ``wanted`` columns of a ready-made question go by their names, those of a free query by their variables. Of the
    rows, the first ``most`` are made.
    """
    found = answer.bindings()
    columns = tuple(wanted if wanted is not None else answer.columns())
    shown = tuple(name for name in columns if not _is_label(name, columns))
    rows = tuple(_row(call.network, row, shown, columns) for row in found[:most])
    heads = tuple(Text(name, name) if wanted is None else column_name(name) for name in shown)
    numeric = tuple(is_numeric(name, found) for name in shown)
    return Table(heads, rows, answer.truncated, answer.rows, numeric)


def _is_label(name: str, columns: Sequence[str]) -> bool:
    return name.endswith(_LABEL) and name.removesuffix(_LABEL) in columns


def _row(
    network: Network, row: Mapping[str, Cell], shown: Sequence[str], columns: Sequence[str]
) -> tuple[Entry | None, ...]:
    return tuple(
        entry_of(network, row[name], row.get(name + _LABEL) if name + _LABEL in columns else None)
        if name in row
        else None
        for name in shown
    )


def entry_of(network: Network, term: Cell, label: Cell | None = None) -> Entry:
    """Return a cell as people read it: a thing by its name, a value as it is written."""
    if term.kind == "iri":
        return _thing(network, term.value, label)
    if term.kind != "literal":
        return Entry(text=Text(term.value, term.value))
    value = Value(term.value, "", None, term.lang, term.datatype)
    return Entry(text=shown_value(network, value), lang=term.lang)


def _thing(network: Network, address: str, label: Cell | None) -> Entry:
    if address in network.multigraph:
        text = Text(label.value, label.value) if label else name(network, address)
        page, kind = page_address(network, address), network.type(address)
        return Entry(text=text, lang=GERMAN, page=page, id=network.id(address), kind=kind)
    if address.startswith(network.base):
        local = address.removeprefix(network.base)
        return Entry(text=Text(local, local), page=f"/{OTHER}/{local}", id=local)
    code = network.words.code(address)
    if code is not None:
        return Entry(text=code.label)
    short = label.value if label else shortened(address)
    return Entry(text=Text(short, short), address=address)
