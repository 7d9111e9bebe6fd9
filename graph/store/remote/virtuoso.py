"""What Virtuoso 7 wants said otherwise: it sorts no more than ten thousand rows where a query also has LIMIT.

A sorted query within another that has the LIMIT is answered whatever its length, in the same order.
"""

from __future__ import annotations

from typing import Final

from graph.store.query.tokens import TOKEN

#: Rows that Virtuoso sorts for LIMIT and OFFSET together unless its administrator allows more (MaxSortedTopRows).
_MOST_SORTED: Final = 10_000
_COUNTED: Final = ("LIMIT", "OFFSET")


def sorted_within(text: str) -> str:
    r"""Return a query in which Virtuoso sorts all rows before it counts them off, where it would refuse to otherwise.

    >>> sorted_within("PREFIX : <urn:> SELECT ?x { ?x :p ?y } ORDER BY ?y LIMIT 10001")
    'PREFIX : <urn:> SELECT * WHERE { { SELECT ?x { ?x :p ?y } ORDER BY ?y  \n} } LIMIT 10001'
    >>> sorted_within("SELECT ?x { ?x ?p ?y } ORDER BY ?y LIMIT 9")
    'SELECT ?x { ?x ?p ?y } ORDER BY ?y LIMIT 9'
    """
    pieces = [token[0] for token in TOKEN.finditer(text)]
    places = _places(pieces)
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


def _places(pieces: list[str]) -> dict[str, tuple[int, int]]:
    """Return where the words of the outermost query stand, outside all braces, and where the word after each stands."""
    places: dict[str, tuple[int, int]] = {}
    depth, last = 0, ""
    for place, piece in enumerate(pieces):
        if not piece.strip() or piece.startswith("#"):
            continue
        if last in places and depth == 0:
            places[last] = (places[last][0], place)
        depth += (piece == "{") - (piece == "}")
        last = piece.upper()
        if depth == 0 and last in {"SELECT", "ORDER", *_COUNTED}:
            places[last] = (place, -1)
    return places
