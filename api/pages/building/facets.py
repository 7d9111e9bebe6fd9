"""The queries for what can be chosen: classes, steps from the things found, what stands at their ends; and their picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.pages.building.query import chosen, german, name_of, pattern, things, with_prefixes
from ontology.terms import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.pages.building.query import Path, Tree

LONGEST_LIST = 2000
MOST_STEPS = 3
"""So many steps a path of the builder has at most."""
_PICTURED = frozenset({"is", "any", "contains"})


def classes_text() -> str:
    """Return the query for how many things there are of each class."""
    return "SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) WHERE { ?thing a ?class } GROUP BY ?class"


def count_text(tree: Tree) -> str:
    """Return the query for how many things a tree finds."""
    return with_prefixes(f"SELECT (COUNT(DISTINCT ?thing) AS ?things) WHERE {{ {_found(tree)} }}")


def steps_text(tree: Tree, path: Path, *, forward: bool) -> str:
    """Return the query for the properties at the end of a path from the things found, with the number of things.

    Against the direction, properties that lead to that end: very much can lead to one topic, so each end is asked once,
    however many of the things found lead over it.
    """
    ends = _ends(path, forward=forward)
    walked = " ".join([_found(tree), *([pattern(path, "?thing", "?mid")] if path else [])])
    if forward or not path:
        return with_prefixes(_counting(f"{walked} {ends}"))
    pairs = f"{{ SELECT DISTINCT ?thing ?mid WHERE {{ {walked} }} }}"
    further = f"{{ SELECT DISTINCT ?mid ?property WHERE {{ {_there(walked)} {ends} }} }}"
    return with_prefixes(_counting(f"{pairs} {further}"))


def ends_text(class_: str, path: Path, *, forward: bool) -> str:
    """Return the query for the classes of what stands behind each property at the end of a path."""
    start = f"?thing a {name_of(class_)} ."
    walked = _there(f"{start} {pattern(path, '?thing', '?mid')}") if path else start
    return with_prefixes(
        "SELECT DISTINCT ?property ?class WHERE { "
        f"{walked} {_ends(path, forward=forward)} ?other {name_of(RDF.type)} ?class }}"
    )


def _counting(found: str) -> str:
    return f"SELECT ?property (COUNT(DISTINCT ?thing) AS ?things) WHERE {{ {found} }} GROUP BY ?property"


def _there(walked: str) -> str:
    return f"{{ SELECT DISTINCT ?mid WHERE {{ {walked} }} }}"


def _ends(path: Path, *, forward: bool) -> str:
    here = "?mid" if path else "?thing"
    return f"{here} ?property ?other ." if forward else f"?other ?property {here} ."


def values_text(tree: Tree, path: Path) -> str:
    """Return the query for what stands at the end of a path from the things found, most frequent first."""
    return with_prefixes(
        "SELECT ?value (COUNT(DISTINCT ?thing) AS ?things) (MIN(?label) AS ?valueLabel) WHERE { "
        f"{_found(tree)} {pattern(path, '?thing', '?value')} OPTIONAL {{ {german('?value', '?label')} }} "
        f"}} GROUP BY ?value ORDER BY DESC(?things) ?valueLabel ?value LIMIT {LONGEST_LIST}"
    )


def _found(tree: Tree) -> str:
    return " ".join(line.strip() for line in things(tree) if line)


def picture_text(tree: Tree) -> str:
    """Return the query for the things found and all that their conditions and columns lead over, for a picture."""
    nodes = [f"?n{place}" for place in range(1, MOST_STEPS + 1)]
    blocks = " UNION ".join(f"{{ {block} }}" for block in ["", *_blocks(tree)])
    return with_prefixes(
        f"SELECT DISTINCT ?thing {' '.join(nodes)} WHERE {{ {{ SELECT DISTINCT ?thing WHERE {{ {_found(tree)} }} }} "
        f"{blocks} }} ORDER BY ?thing {' '.join(nodes)}"
    )


def _blocks(tree: Tree) -> Iterator[str]:
    """Yield the patterns that lead from the things to each end, over nodes with names of their own."""
    for condition in tree.conditions:
        if condition.mode in _PICTURED:
            last = f"?n{len(condition.path)}"
            yield f"{chosen(condition, last)}{_walk(condition.path)}"
    for column in tree.columns:
        yield _walk(column.path)


def _walk(path: Path) -> str:
    names = ["?thing", *(f"?n{place}" for place in range(1, len(path) + 1))]
    return " ".join(pattern((step,), names[at], names[at + 1]) for at, step in enumerate(path))
