"""One cell of our own workbook, read strictly: what was written comes back to the letter, what was typed is put in order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.dates import parse_date
from graph.errors import Text
from graph.intake.sheets.book import Cell
from graph.intake.sheets.own.marks import NAMED, plain, visible
from ontology.tables import Column
from ontology.vocabulary import load_vocabulary

_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_GERMAN_MONTH = re.compile(r"(\d{1,2})[./](\d{4})")
_GERMAN_NUMBER = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+|[+-]?\d{1,3}(\.\d{3}){2,}")
_MIDNIGHT = re.compile(r"[T ]00:00(:00)?(\.0+)?$")
_ENTRIES = re.compile(r"[;\n]")
_YES, _NO = {"ja", "yes", "true", "wahr", "x", "1"}, {"nein", "no", "false", "falsch", "0"}


@dataclass(frozen=True)
class Ids:
    """The ids of each table in the workbook, and by their exact name those that only one row has."""

    known: Mapping[str, frozenset[str]] = field(default_factory=dict)
    by_name: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def find(self, entry: str, column: Column) -> str:
        """Return the id that an entry gives: before the dot, or by its exact name; else the entry itself."""
        local = entry.partition(NAMED)[0].strip()
        tables = ("sources",) if column.kind == "graph" else column.refers_to
        if "*" in tables:
            tables = tuple(self.known)
        if any(local in self.known.get(table, ()) for table in tables):
            return local
        named = {self.by_name[table][entry] for table in tables if entry in self.by_name.get(table, {})}
        return named.pop() if len(named) == 1 else local


@dataclass(frozen=True, slots=True)
class Understood:
    """The cell as the tables have it; a sentence where it was typed otherwise, another where it cannot be read."""

    text: str
    note: Text | None = None
    problem: Text | None = None


def understand_cell(cell: Cell, column: Column, ids: Ids, exact: str | None = None) -> Understood:
    """Return what a cell says; ``exact`` is the text that was written, where a program may have changed it on the way."""
    if cell.kind == "error":
        return Understood("", problem=_ERROR)
    if cell.formula and not cell.text:
        return Understood("", problem=_NO_RESULT)
    if cell.struck:
        return Understood("", problem=_STRUCK)
    if exact is not None and plain(cell.text) == plain(exact):
        return Understood(exact)
    read = put_in_order(cell.text, column, ids)
    if column.kind not in {"reference", "graph"}:
        return Understood(read, _note(cell.text, read) if read != cell.text else None)
    return Understood(read, _note(cell.text, read) if _is_by_name(cell.text, read) else None)


def _is_by_name(typed: str, read: str) -> bool:
    """Whether a reference was found by a name and not by its id."""
    return not all(entry in typed for entry in _ENTRIES.split(read))


def put_in_order(typed: str, column: Column, ids: Ids) -> str:
    """Return a typed text in the form of the tables; what has no such form comes back without blanks around it.

    >>> put_in_order("21.5.2024", Column("since", Text("Seit", "Since"), "date"), Ids())
    '2024-05-21'
    """
    text = visible(typed)
    match column.kind:
        case "date":
            return _date(text)
        case "number":
            return _number(text)
        case "boolean":
            return _boolean(text, column)
        case "code":
            return _code(text, column)
        case "reference" | "graph":
            return _references(text, column, ids)
        case _:
            return text


def _date(text: str) -> str:
    text = _MIDNIGHT.sub("", text)
    day, month = _GERMAN_DAY.fullmatch(text), _GERMAN_MONTH.fullmatch(text)
    if day:
        text = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    elif month:
        text = f"{month[2]}-{int(month[1]):02}"
    return text


def is_date(text: str) -> bool:
    """Whether a text is a date as the tables have it."""
    try:
        parse_date(text)
    except ValueError:
        return False
    return True


def _number(text: str) -> str:
    if _GERMAN_NUMBER.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text.removesuffix(".0")


def _boolean(text: str, column: Column) -> str:
    word = text.casefold()
    if word in {column.true, column.false}:
        return word
    return column.true if word in _YES else column.false if word in _NO else text


def _code(text: str, column: Column) -> str:
    known = [typed for typed, _ in column.words] or list(
        load_vocabulary().schemes[str(column.scheme)].concepts
    )
    if text in known:
        return text
    same = [word for word in known if word.casefold() == text.casefold()]
    return same[0] if len(same) == 1 and column.closed else text


def _references(text: str, column: Column, ids: Ids) -> str:
    if not column.separator:
        return ids.find(text, column)
    entries = [entry.strip() for entry in _ENTRIES.split(text)]
    return column.separator.join(ids.find(entry, column) for entry in entries if entry)


def _note(typed: str, read: str) -> Text:
    return Text(f"„{typed}“ ist als „{read}“ gelesen.", f"“{typed}” is read as “{read}”.")


_ERROR = Text(
    "enthält einen Rechenfehler der Tabellenkalkulation. Bitte den Wert eintragen.",
    "holds a calculation error of the spreadsheet. Please type the value.",
)
_NO_RESULT = Text(
    "enthält eine Formel ohne Ergebnis. Bitte den Wert eintragen; ein Text, der mit = beginnt, braucht ein ' davor.",
    "holds a formula without a result. Please type the value; a text that begins with = needs a ' before it.",
)
_STRUCK = Text(
    "ist durchgestrichen. Bitte den Text löschen oder die Streichung aufheben.",
    "is struck through. Please delete the text or take the strike off.",
)
