"""What Virtuoso 7 must be asked otherwise to answer as the standard says; the meaning of a query stays the same.

- It sorts no more than ten thousand rows where a query also has LIMIT: a sorted query within another that has the LIMIT is
  answered whatever its length, in the same order.
- It sorts long texts by their beginning only, unless they are sorted as STR.
- Text beyond ASCII that stands in an expression loses its signs beside text from the store, unless it names its type.
- BOUND of a variable that an OPTIONAL beside a UNION leaves open is true in the IF of a BIND; whether it equals itself is not.
- GROUP_CONCAT fails without a SEPARATOR.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from graph.store.query.tokens import TOKEN
from ontology.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Rows that Virtuoso sorts for LIMIT and OFFSET together unless its administrator allows more (MaxSortedTopRows).
_MOST_SORTED: Final = 10_000
_COUNTED: Final = ("LIMIT", "OFFSET")
_ROWS: Final = "VALUES"
_COMPUTING: Final = frozenset({"SELECT", "ORDER", "GROUP", "HAVING"})
_ASKING: Final = frozenset({"BIND", "FILTER"})


class Word(NamedTuple):
    """One token that is no blank: its place among all, its kind, and the token."""

    place: int
    kind: str
    text: str


def words_of(text: str) -> tuple[list[str], list[Word]]:
    """Return all pieces of a query, which together are the query, and those among them that mean something."""
    tokens = list(TOKEN.finditer(text))
    kinds = [(place, token.lastgroup or "", token[0]) for place, token in enumerate(tokens)]
    return [token[0] for token in tokens], [Word(*found) for found in kinds if found[1] != "blank"]


def asked_of_virtuoso(text: str) -> str:
    """Return a query as Virtuoso must be asked it."""
    return sorted_within(sorted_by_text(computed(text)))


def computed(text: str) -> str:
    """Return a query whose expressions Virtuoso computes as the standard says.

    >>> computed('SELECT * { ?s ?p "→" BIND(IF(BOUND(?x), "→", "-") AS ?y) FILTER(BOUND(?x)) }')
    'SELECT * { ?s ?p "→" BIND(IF(COALESCE(sameTerm(?x, ?x), false), \
"→"^^<http://www.w3.org/2001/XMLSchema#string>, "-") AS ?y) FILTER(BOUND(?x)) }'
    """
    pieces, words = words_of(text)
    for at, opened in _expressions(words):
        word, after = words[at], words[at + 1 : at + 4]
        if word.kind == "string" and not word.text.isascii() and not _is_typed(words, at):
            pieces[word.place] = f"{word.text}^^<{XSD.string}>"
        elif word.text.upper() == "BOUND" and opened not in {"FILTER", "HAVING"} and len(after) == 3:  # noqa: PLR2004 - ( ?x )
            name = after[1].text
            pieces[word.place], pieces[after[1].place] = "COALESCE", f"sameTerm({name}, {name}), false"
        elif word.text.upper() == "GROUP_CONCAT" and (end := _end_without_separator(words, at)):
            pieces[words[end].place] = '; SEPARATOR=" ")'
    return "".join(pieces)


def _end_without_separator(words: list[Word], at: int) -> int:
    """Return where the brackets of a list end that names no SEPARATOR, 0 where it does."""
    depth = 0
    for end in range(at + 1, len(words)):
        depth += (words[end].text == "(") - (words[end].text == ")")
        if depth == 0:
            return end
        if depth == 1 and words[end].text.upper() == "SEPARATOR":
            return 0
    return 0


def _is_typed(words: list[Word], at: int) -> bool:
    """Tell whether a text has a language or a type, or is no value but the SEPARATOR of a list."""
    after = words[at + 1] if at + 1 < len(words) else None
    named = after is not None and (after.kind == "language" or after.text == "^")
    return named or (words[at - 1].text == "=" and words[at - 2].text.upper() == "SEPARATOR")


def _expressions(words: list[Word]) -> Iterator[tuple[int, str]]:
    """Yield which words stand in expressions, and after which word the outermost bracket around them was opened."""
    opened: list[tuple[str, str]] = []
    phase = ""
    for at, word in enumerate(words):
        upper = word.text.upper()
        if upper in _COMPUTING or upper == _ROWS:
            phase = upper
        around = opened[-1][0] if opened else ""
        if upper == "{":
            opened.append((_ROWS if phase == _ROWS else "", phase))
            phase = ""
        elif upper == "(":
            opened.append((_opening(words, at, phase, around), phase))
        elif upper in {")", "}"} and opened:
            held, phase = opened.pop()
            phase = "" if held == _ROWS else phase
        elif around not in {"", _ROWS}:
            yield at, around


def _opening(words: list[Word], at: int, phase: str, around: str) -> str:
    """Return after what a round bracket opens an expression; nothing where it opens a path, a list or the head of rows."""
    if around or phase == _ROWS:
        return around
    if phase:
        return phase
    before = [word.text.upper() for word in words[max(at - 2, 0) : at] if word.text != "!"]
    asked = [word for word in before if word in _ASKING]
    return asked[-1] if asked else ""


def sorted_by_text(text: str) -> str:
    """Return a query that is sorted by whole texts; what the outermost SELECT computes stays, for it may be an aggregate.

    >>> sorted_by_text("SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y } GROUP BY ?x ORDER BY ?n DESC(?x)")
    'SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y } GROUP BY ?x ORDER BY ?n \
DESC(IF(isNumeric(?x), ?x, 0)) DESC(STR(?x))'
    """
    pieces, words = words_of(text)
    places = [word.place for word in words]
    outer = _places(words)
    if "ORDER" not in outer:
        return text
    start = places.index(outer["ORDER"][0])
    made = {word.text for before, word in pairwise(words) if before.text.upper() == "AS"}
    for at in range(start + 2, len(words)):
        name, way = words[at].text, ""
        before = [word.text.upper() for word in words[at - 2 : at]]
        if before[1] in _COUNTED or before[1] == _ROWS:
            break
        if before[1] == "(" and before[0] in {"ASC", "DESC"} and words[at + 1].text == ")":
            way = before[0]
        elif words[at].kind != "variable" or _depth(words[start:at]):
            continue
        if words[at].kind == "variable" and name not in made:
            pieces[words[at].place] = _by_text(name, way)
    return "".join(pieces)


def _by_text(name: str, way: str) -> str:
    """Return what sorts by a variable; within the brackets of ASC or DESC, which are those of its first half."""
    number, text = f"IF(isNumeric({name}), {name}, 0)", f"STR({name})"
    return f"{number}) {way}({text}" if way else f"{number} {text}"


def _depth(words: list[Word]) -> int:
    return sum((word.text in "({") - (word.text in ")}") for word in words)


def sorted_within(text: str) -> str:
    r"""Return a query in which Virtuoso sorts all rows before it counts them off, where it would refuse to otherwise.

    >>> sorted_within("PREFIX : <urn:> SELECT ?x { ?x :p ?y } ORDER BY ?y LIMIT 10001")
    'PREFIX : <urn:> SELECT * WHERE { { SELECT ?x { ?x :p ?y } ORDER BY ?y  \n} } LIMIT 10001'
    >>> sorted_within("SELECT ?x { ?x ?p ?y } ORDER BY ?y LIMIT 9")
    'SELECT ?x { ?x ?p ?y } ORDER BY ?y LIMIT 9'
    """
    pieces, words = words_of(text)
    places = _places(words)
    numbers = {word: int(pieces[places[word][1]]) for word in _COUNTED if word in places}
    if "ORDER" not in places or sum(numbers.values()) <= _MOST_SORTED:
        return text
    for word in numbers:
        for place in places[word]:
            pieces[place] = ""
    select = places["SELECT"][0]
    pieces[select] = "SELECT * WHERE { { " + pieces[select]
    counted = " ".join(f"{word} {number}" for word, number in numbers.items())
    return "".join(pieces) + "\n} } " + counted


def _places(words: list[Word]) -> dict[str, tuple[int, int]]:
    """Return where the words of the outermost query stand, outside all braces, and where the word after each stands."""
    places: dict[str, tuple[int, int]] = {}
    depth = 0
    for word, after in zip(words, [*words[1:], Word(-1, "", "")], strict=True):
        depth += (word.text == "{") - (word.text == "}")
        if depth == 0 and word.text.upper() in {"SELECT", "ORDER", *_COUNTED}:
            places[word.text.upper()] = (word.place, after.place)
    return places
