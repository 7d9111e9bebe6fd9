"""What Planwerk writes into a workbook of its own to know it again: a very hidden sheet of JSON.

It says which sheet is which table, which rows and deliveries were written from which state of the store, what the
sources said of themselves, and, letter by letter, the cells that a spreadsheet program could change on the way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from graph.intake.sheets.book import Book
from ontology.tables import Column, Table
from ontology.text import Text

HIDDEN_SHEET = "_planwerk"
PROPERTY = "Planwerk"
VERSION = 1
NUMBER = Text("Nr.", "No.")
DELIVERY = Text("Lieferung", "Delivery")
EXAMPLE = Text("Beispiel", "Example")
NAMED = " · "
LONGEST_CELL = 32_767
_CHUNK = 8_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\xa0\x85\u2028\u2029]+")

BookKind = Literal["export", "template", "sheet"]


@dataclass(frozen=True, slots=True)
class Marks:
    """What the hidden sheet says.

    ``sheets`` gives the table of each sheet by name; ``deliveries`` what each says about itself, by id, with its tables under
    ``tables``; ``keys`` the row keys by table and delivery; ``sources`` how rows cite each source by column; ``exact``
    cells letter by letter as (table, delivery, row key, column) -> text. ``more`` is what one kind of workbook adds.
    """

    kind: BookKind
    lang: str
    base: str = ""
    snapshot: str = ""
    sheets: Mapping[str, str] = field(default_factory=dict)
    deliveries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    keys: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    exact: Mapping[tuple[str, str, str, str], str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


def as_chunks(marks: Marks) -> Iterator[str]:
    """Yield the marks as pieces of JSON in ASCII, each short enough for a cell."""
    exact = [[*place, text] for place, text in sorted(marks.exact.items())]
    text = json.dumps(
        {"version": VERSION, **asdict(marks), "exact": exact}, sort_keys=True, separators=(",", ":")
    )
    # no piece begins or ends with a blank, which a program might strip
    start = 0
    while start < len(text):
        end = min(start + _CHUNK, len(text))
        while end < len(text) and (text[end] == " " or text[end - 1] == " "):
            end += 1
        yield f"|{text[start:end]}|"
        start = end


def is_own(book: Book) -> bool:
    """Whether Planwerk wrote this workbook."""
    return any(sheet.name == HIDDEN_SHEET for sheet in book.sheets)


def read_marks(book: Book) -> Marks:
    """Return what the hidden sheet says; ValueError where it is damaged or of a version that we do not know."""
    sheet = next(sheet for sheet in book.sheets if sheet.name == HIDDEN_SHEET)
    pieces = [sheet.cells[place].text for place in sorted(sheet.cells)]
    said = json.loads("".join(piece[1:-1] for piece in pieces))
    if said.pop("version") != VERSION:
        raise ValueError("version")
    exact = {(table, delivery, key, column): text for table, delivery, key, column, text in said.pop("exact")}
    return Marks(**said, exact=exact)


def visible(text: str) -> str:
    r"""Return a text without what no sheet can show: control characters, odd line ends, blanks in a row or at the ends.

    >>> visible("\tZiel\r\n2 ")
    'Ziel\n2'
    """
    lines = _CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _BLANKS.sub(" ", lines).strip()


def plain(text: str) -> str:
    r"""Return a text as it can be compared whatever program wrote it: no marks of control characters, single blanks.

    >>> plain(" a_x000D_\nb ") == plain("a\r\nb")
    True
    """
    seen = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return " ".join(_CONTROL.sub("", seen).split()).lstrip("'")


def heading(column: Column, table: Table, lang: str) -> str:
    """Return the heading of a column; its name in the tables stands behind where two columns are called the same."""
    title = column.title[lang]
    same = [other for other in table.columns if other.title[lang] == title]
    return title if len(same) == 1 else f"{title} ({column.name})"


def sheet_names(tables: list[Table], lang: str) -> dict[str, str]:
    """Return the name of each table's sheet, by table name; a spreadsheet allows 31 characters.

    >>> from ontology.tables import load_tables
    >>> sheet_names([load_tables()[0]], "de")
    {'areas': 'Räume'}
    """
    return {table.name: table.title[lang][:31] for table in tables}


def in_order(table: Table) -> list[Column]:
    """Return the columns in the order of a sheet: what is said of the thing, then its source, then the note."""

    def rank(column: Column) -> int:
        if column.name == "note":
            return 3
        return {"key": 0, "graph": 2, "from_source": 2}.get(column.kind, 1)

    return sorted(table.columns, key=rank)
