"""Which columns of a query hold true or false because the query computes them: Virtuoso answers them as 1 and 0.

Only the words of the query are looked at. A column counts where everything that is put into it (``… AS ?x``) can be nothing
but true or false; what stands in the store with its type is not touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph.store.remote.virtuoso.queries import words_of
from ontology.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Any

    from graph.store.remote.virtuoso.queries import Word

_SIGNS: Final = frozenset("=<>|&")
_TELLING: Final = frozenset(
    {
        "BOUND",
        "ISIRI",
        "ISURI",
        "ISBLANK",
        "ISLITERAL",
        "ISNUMERIC",
        "CONTAINS",
        "STRSTARTS",
        "STRENDS",
        "REGEX",
    }
    | {"LANGMATCHES", "SAMETERM", "EXISTS", "NOT", "TRUE", "FALSE", "!"}
)
_HANDING_ON: Final = {"IF": 1, "COALESCE": 0, "SAMPLE": 0, "MIN": 0, "MAX": 0}
_VALUES: Final = {"1": "true", "0": "false"}


def boolean_columns(text: str) -> frozenset[str]:
    """Return the names of the variables that hold true or false wherever the query computes them.

    >>> sorted(boolean_columns("SELECT ((?n > 1) AS ?many) (COUNT(?x) AS ?n) { BIND(IF(?y = 2, true, false) AS ?two) }"))
    ['many', 'two']
    >>> sorted(boolean_columns("SELECT (COALESCE(?a, false) AS ?b) { OPTIONAL { ?s ?p ?o BIND(true AS ?a) } }"))
    ['a', 'b']
    """
    _, words = words_of(text)
    made: dict[str, list[Sequence[Word]]] = {}
    for at, word in enumerate(words):
        if word.text.upper() == "AS" and at + 1 < len(words):
            made.setdefault(words[at + 1].text, []).append(_before(words, at))
    known: set[str] = set()
    while found := {
        name for name, ways in made.items() if name not in known and all(_tells(way, known) for way in ways)
    }:
        known |= found
    return frozenset(name[1:] for name in known)


def as_booleans(row: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Return a row of a JSON answer in which these columns hold true and false for 1 and 0."""
    return {name: _told(value) if name in names else value for name, value in row.items()}


def _told(value: dict[str, Any]) -> dict[str, Any]:
    if value.get("datatype") != XSD.integer or value["value"] not in _VALUES:
        return value
    return {**value, "value": _VALUES[value["value"]], "datatype": XSD.boolean}


def _before(words: Sequence[Word], end: int) -> Sequence[Word]:
    """Return the words between the bracket that is open at a place and that place."""
    depth = 0
    for start in range(end - 1, -1, -1):
        depth += (words[start].text in ")}") - (words[start].text in "({")
        if depth < 0:
            return words[start + 1 : end]
    return words[:end]


def _tells(words: Sequence[Word], known: Collection[str]) -> bool:
    """Tell whether an expression can be nothing but true or false."""
    if not words:
        return False
    first = words[0].text.upper()
    if first == "(" and len(_until_closed(words)) == len(words):
        return _tells(words[1:-1], known)
    outside = _outside(words)
    if any(word.text in _SIGNS or word.text.upper() == "IN" for word in outside) or first in _TELLING:
        return True
    if len(words) == 1:
        return words[0].text in known
    if first not in _HANDING_ON or len(_until_closed(words[1:])) != len(words) - 1:
        return False
    return all(_tells(part, known) for part in _parts(words[2:-1])[_HANDING_ON[first] :])


def _outside(words: Sequence[Word]) -> list[Word]:
    """Return the words that stand in no bracket."""
    depth, found = 0, []
    for word in words:
        depth -= word.text in ")}]"
        if depth == 0:
            found.append(word)
        depth += word.text in "({["
    return found


def _until_closed(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words from a bracket to where it closes; none where there is no bracket."""
    depth = 0
    for end, word in enumerate(words, 1):
        depth += (word.text in "({[") - (word.text in ")}]")
        if depth == 0:
            return words[:end] if end > 1 else []
    return []


def _parts(words: Sequence[Word]) -> list[Sequence[Word]]:
    """Return what stands between the commas outside brackets."""
    parts: list[Sequence[Word]] = []
    depth = start = 0
    for at, word in enumerate(words):
        depth += (word.text in "({[") - (word.text in ")}]")
        if depth == 0 and word.text == ",":
            parts.append(words[start:at])
            start = at + 1
    return [*parts, words[start:]]
