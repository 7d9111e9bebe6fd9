"""One cell, both ways: the terms that a cell means, and the cell that terms are written as.

``meaning`` and ``written`` are inverse up to the order within a list; where what was typed differs from what would be
written, the importer keeps the typed text beside the terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from urllib.parse import quote

from graph.dates import parse_date
from graph.errors import Text
from graph.intake.stated import Term, words
from ontology.tables import Column
from ontology.terms import XSD
from ontology.vocabulary import Vocabulary

_NUMBERS: Mapping[str, tuple[str, str]] = {
    XSD.integer: (r"[+-]?\d+", "1200"),
    XSD.decimal: (r"[+-]?\d+(\.\d+)?", "47.5"),
    XSD.gYear: (r"\d{4}", "2017"),
}
_BAD_IN_ID = re.compile(r"[\s;\x00-\x1f]")


class CellError(ValueError):
    """A cell that cannot be understood: a code and a sentence."""

    def __init__(self, code: str, de: str, en: str) -> None:
        super().__init__(de)
        self.code = code
        self.text = Text(de, en)


@dataclass(frozen=True)
class Names:
    """How local ids and codes become IRIs: base IRI, code lists, ids per table; ``held`` has those of other deliveries."""

    base: str
    vocabulary: Vocabulary
    ids: Mapping[str, Mapping[str, int]]
    held: Mapping[str, Collection[str]] = field(default_factory=dict)

    def known(self, table: str) -> list[str]:
        """Return the ids of a table, of this delivery and of those before it."""
        return [*self.ids.get(table, ()), *self.held.get(table, ())]

    def iri(self, local: str) -> str:
        """Return the IRI of a local id."""
        return self.base + quote(local, safe="/:,@-._~")

    def code(self, scheme: str, text: str) -> str:
        """Return the IRI of a code: the shipped concept, or a new one of the city for open lists."""
        known = self.vocabulary.concept(scheme, text)
        return known.iri if known else self.base + f"code/{scheme}/" + quote(text, safe="")


def is_id(text: str) -> bool:
    """Whether a text can be the id of a thing."""
    return bool(text) and not _BAD_IN_ID.search(text)


def parts(cell: str, column: Column) -> list[str]:
    """Return the entries of a cell: several for a list column, one otherwise, none for an empty cell."""
    if not cell:
        return []
    return cell.split(column.separator) if column.separator else [cell]


def meaning(cell: str, column: Column, names: Names) -> list[Term]:
    """Return the terms that a cell means, in the order typed; an empty cell means nothing.

    Raises CellError where an entry cannot be understood.
    """
    silent = {word for word, notation in column.words if not notation}
    return [
        _READERS[column.kind](entry, column, names) for entry in parts(cell, column) if entry not in silent
    ]


def _read_text(entry: str, column: Column, _names: Names) -> Term:
    return words(entry, column.lang)


def _read_literal(entry: str, column: Column, _names: Names) -> Term:
    pattern, example = _NUMBERS.get(column.datatype or "", ("", ""))
    if pattern and not re.fullmatch(pattern, entry):
        raise CellError(
            "bad-number",
            f"„{entry}“ ist keine Zahl der Form {example}.",
            f"“{entry}” is not a number like {example}.",
        )
    return Term(entry, column.datatype or XSD.string)


def _read_date(entry: str, _column: Column, _names: Names) -> Term:
    try:
        found = parse_date(entry)
    except ValueError:
        raise CellError(
            "bad-date",
            f"„{entry}“ ist kein Datum. Möglich sind 2017, 2017-11, 2017-11-21 und Spannen wie 2024/2025.",
            f"“{entry}” is not a date. Possible are 2017, 2017-11, 2017-11-21 and spans like 2024/2025.",
        ) from None
    return Term(found.text, found.datatype)


def _read_boolean(entry: str, column: Column, _names: Names) -> Term:
    meant = {column.true: "true", column.false: "false"}
    if entry not in meant:
        raise CellError(
            "bad-yes-no",
            f"„{entry}“ steht nicht zur Wahl; möglich sind {column.true} und {column.false}.",
            f"“{entry}” is no choice; possible are {column.true} and {column.false}.",
        )
    return Term(meant[entry], XSD.boolean)


def _read_reference(entry: str, column: Column, names: Names) -> Term:
    # where nobody has delivered the table that a column waits for, the id is taken on trust
    tables = names.ids.keys() if "*" in column.refers_to else column.refers_to
    found = any(entry in names.ids.get(table, ()) or entry in names.held.get(table, ()) for table in tables)
    if not found and not (column.elsewhere and is_id(entry) and not names.known(column.refers_to[0])):
        raise _broken_reference(entry, [known for table in tables for known in names.known(table)], tables)
    return Term(names.iri(column.prefix + entry))


def _broken_reference(entry: str, known: list[str], tables: Iterable[str]) -> CellError:
    near = get_close_matches(entry, known, n=1)
    de, en = (f" Ist „{near[0]}“ gemeint?", f" Is “{near[0]}” meant?") if near else ("", "")
    files = ", ".join(f"{table}.csv" for table in tables)
    return CellError(
        "broken-reference",
        f"„{entry}“ gibt es nicht in {files}.{de}",
        f"“{entry}” does not exist in {files}.{en}",
    )


def _read_code(entry: str, column: Column, names: Names) -> Term:
    assert column.scheme is not None
    meant = dict(column.words)
    known = meant or names.vocabulary.schemes[column.scheme].concepts
    if column.closed and entry not in known:
        raise CellError(
            "unknown-code",
            f"„{entry}“ steht nicht zur Wahl; möglich sind: {', '.join(known)}.",
            f"“{entry}” is no choice; possible are: {', '.join(known)}.",
        )
    return Term(names.code(column.scheme, meant.get(entry, entry)))


def _read_term(entry: str, column: Column, _names: Names) -> Term:
    meant = dict(column.words)
    if entry not in meant:
        raise CellError(
            "unknown-code",
            f"„{entry}“ steht nicht zur Wahl; möglich sind: {', '.join(meant)}.",
            f"“{entry}” is no choice; possible are: {', '.join(meant)}.",
        )
    return Term(meant[entry])


_READERS: Mapping[str, Callable[[str, Column, Names], Term]] = {
    "text": _read_text,
    "literal": _read_literal,
    "number": _read_literal,
    "date": _read_date,
    "boolean": _read_boolean,
    "reference": _read_reference,
    "code": _read_code,
    "term": _read_term,
}
