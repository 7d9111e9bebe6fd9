"""What the columns of a delivered folder mean: tables.json, tables-duties.json and tables-interviews.json.

They are W3C CSV on the Web, with our keys.

A column says one of these things, its ``kind``:

========== ==================================================================================================
key        the id of the row: names the thing, states nothing
text       words in a language (``lang``)
literal    words or a number to be kept to the letter (``datatype`` string, anyURI, gYear)
number     an integer or decimal
boolean    ja or nein
date       a date of any precision
reference  one or several ids of other rows (``refers_to`` names their tables, ``*`` is any table)
code       a word of a code list (``scheme``); a ``closed`` list takes no new word
graph      the source of the row, and so the named graph of its statements
from_source  repeats what the row's source says of itself
term       a property of the vocabulary by the words that ``words`` gives it
========== ==================================================================================================
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ontology.terms import PREFIXES, XSD
from ontology.text import Text

Kind = Literal[
    "key", "text", "literal", "number", "boolean", "date", "reference", "code", "graph", "from_source", "term"
]

TABLES = Path(__file__).with_name("tables.json")
DUTY_TABLES = Path(__file__).with_name("tables-duties.json")
INTERVIEW_TABLES = Path(__file__).with_name("tables-interviews.json")

_DATATYPES: dict[str, tuple[Kind, str]] = {
    "string": ("literal", XSD.string),
    "anyURI": ("literal", XSD.anyURI),
    "gYear": ("literal", XSD.gYear),
    "integer": ("number", XSD.integer),
    "decimal": ("number", XSD.decimal),
    "boolean": ("boolean", XSD.boolean),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what its cells state about the thing of the row.

    ``property`` is a full IRI (for ``from_source``: the property of the source that is repeated),
    ``datatype`` the IRI of an XML Schema type, ``separator`` splits several values. ``inverse`` columns
    state the property of the thing they name: in goals.csv, the plan pursues the goal. ``true`` and
    ``false`` are the words of a boolean. ``about`` is the pattern of a part of the row that the cell speaks of
    instead of the row itself; ``prefix`` stands before the id in the IRI a reference becomes. ``words`` are pairs of a
    word as typed and the notation or term it stands for (nothing where it says that nothing is known). Ids of a column
    ``elsewhere`` may come with a later delivery, as long as nobody delivered the first table it refers to.
    """

    name: str
    title: Text
    kind: Kind
    property: str | None = None
    required: bool = False
    lang: str | None = None
    datatype: str | None = None
    separator: str | None = None
    refers_to: tuple[str, ...] = ()
    inverse: bool = False
    scheme: str | None = None
    closed: bool = False
    optional: bool = False
    true: str = ""
    false: str = ""
    about: str | None = None
    prefix: str = ""
    words: tuple[tuple[str, str], ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A thing of its own that a row describes too, such as the norm of a duty: IRI pattern, class, link from the row."""

    about: str
    class_: str
    property: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the class of its rows, how a row is named, and its columns in the order of the file.

    ``about`` is the pattern of a row's IRI below the base, such as ``step/{paper}/{body}/{date}``; ``scheme``
    is the name of the operator's own concept scheme that the rows belong to. ``extends`` names the table whose rows
    this one only says more of.
    """

    name: str
    title: Text
    class_: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    scheme: str | None = None
    parts: tuple[Part, ...] = ()
    extends: str | None = None

    @property
    def file(self) -> str:
        """Return the name of the table's file."""
        return f"{self.name}.csv"

    @property
    def prefix(self) -> str:
        """Return what every row's IRI begins with, below the base."""
        return self.about.partition("{")[0]

    def column(self, name: str) -> Column | None:
        """Return the column of that name, or nothing."""
        return next((column for column in self.columns if column.name == name), None)


def expand(curie: str) -> str:
    """Return the full IRI of a prefixed name.

    >>> expand("pw:leadUnit")
    'https://w3id.org/planwerk/ontology#leadUnit'

    Raises KeyError where the prefix is not one of ours.
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


@cache
def load_tables(path: Path = TABLES) -> tuple[Table, ...]:
    """Return the tables of a description, in the order of the file; without a path those of a city's inventory."""
    described = json.loads(path.read_text(encoding="utf-8"))
    return tuple(_table(entry) for entry in described["tables"])


def every_table() -> tuple[Table, ...]:
    """Return the tables of the inventory, then those of the planning duties, then those of interviews."""
    return load_tables() + load_tables(DUTY_TABLES) + load_tables(INTERVIEW_TABLES)


def _table(entry: dict[str, Any]) -> Table:
    schema = entry["tableSchema"]
    key = schema["primaryKey"]
    return Table(
        name=entry["url"].removesuffix(".csv"),
        title=Text(**entry["dct:title"]),
        class_=expand(entry["pw:class"]),
        about=schema["aboutUrl"],
        key=(key,) if isinstance(key, str) else tuple(key),
        columns=tuple(_column(column, key) for column in schema["columns"]),
        scheme=entry.get("pw:inScheme"),
        parts=tuple(_part(part) for part in entry.get("pw:parts", ())),
        extends=entry.get("pw:extends"),
    )


def _part(entry: dict[str, str]) -> Part:
    return Part(entry["aboutUrl"], expand(entry["pw:class"]), expand(entry["propertyUrl"]))


def _column(entry: dict[str, Any], key: str | list[str]) -> Column:
    kind, datatype = _kind(entry, key)
    named = entry.get("propertyUrl") or entry.get("pw:fromSource")
    true, false = _boolean_words(entry)
    inverse = "aboutUrl" in entry and entry.get("valueUrl") == "{_row}"
    return Column(
        name=entry["name"],
        title=Text(**entry["titles"]),
        kind=kind,
        property=expand(named) if named else None,
        required=entry.get("required", False),
        lang=entry.get("lang"),
        datatype=datatype,
        separator=entry.get("separator"),
        refers_to=tuple(entry.get("pw:refersTo", ())),
        inverse=inverse,
        scheme=entry.get("pw:scheme"),
        closed=entry.get("pw:closed", False),
        optional=entry.get("pw:optional", False),
        true=true,
        false=false,
        about=None if inverse else entry.get("aboutUrl"),
        prefix="" if inverse else entry.get("valueUrl", "").partition("{")[0],
        words=_words(entry),
        elsewhere=entry.get("pw:elsewhere", False),
    )


def _words(entry: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    if "pw:terms" in entry:
        return tuple((word, expand(term)) for word, term in entry["pw:terms"].items())
    return tuple(entry.get("pw:words", {}).items())


def _kind(entry: dict[str, Any], key: str | list[str]) -> tuple[Kind, str | None]:
    """Return what a column's cells are, and their datatype where one holds for all."""
    datatype = entry.get("datatype")
    if isinstance(datatype, dict):
        datatype = datatype["base"]
    for mark, kind in _MARKS:
        if mark in entry:
            return kind, None
    if datatype == "pw:date":
        return "date", None
    if datatype is not None:
        return _DATATYPES[datatype]
    return ("key", None) if entry["name"] == key else ("text", None)


_MARKS: tuple[tuple[str, Kind], ...] = (
    ("pw:namesGraph", "graph"),
    ("pw:fromSource", "from_source"),
    ("pw:terms", "term"),
    ("pw:scheme", "code"),
    ("pw:refersTo", "reference"),
)


def _boolean_words(entry: dict[str, Any]) -> tuple[str, str]:
    datatype = entry.get("datatype")
    if not isinstance(datatype, dict):
        return "", ""
    true, _, false = datatype["format"].partition("|")
    return true, false
