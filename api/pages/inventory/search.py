"""Search over the names of all things, forgiving about umlauts, ß, accents and case.

A word of the query has to begin a word of the name, code or description, or stand within a word of the name. Names
count more than descriptions, the beginning of a name more than its middle. Where nothing has the letters that were
typed, names count whose words differ from them by a typing error.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response
from rapidfuzz.distance import OSA

from api.pages.frame.call import Asked, Call, described, parameter
from api.pages.frame.facts import thing_entry
from api.pages.frame.kinds import SEGMENTS, Kind, kind
from api.pages.frame.names import short_name
from graph.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from api.pages.frame.facts import Entry
    from graph.network.build import Network

router = APIRouter(tags=["search"])

LONGEST_QUERY = 200
PER_KIND = 6
#: Found by what they belong to, not by a name of their own.
_UNSEARCHED = frozenset({"DeliberationStep"})
_CODES = ("identifier", "altLabel", "citedAs", "publisherName")
_PAIRS = (("ß", "ss"), ("ae", "a"), ("oe", "o"), ("ue", "u"))
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return a text without case, accents and the ways of writing umlauts.

    >>> fold("Straße") == fold("STRASSE"), fold("Ältere") == fold("aeltere") == fold("altere")
    (True, True)
    """
    bare = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(sign for sign in bare if not unicodedata.combining(sign))
    for written, kept in _PAIRS:
        folded = folded.replace(written, kept)
    return folded


@dataclass(frozen=True, slots=True)
class Indexed:
    """A thing as the search sees it: the folded name, and the folded words of codes and description."""

    node: str
    kind: str
    name: str
    words: tuple[str, ...]
    more: tuple[str, ...]


def index(network: Network) -> tuple[Indexed, ...]:
    """Return every thing that can be found."""
    return tuple(
        _indexed(network, node)
        for kind_name in SEGMENTS
        if kind_name not in _UNSEARCHED
        for node in network.of_type(kind_name)
    )


def _indexed(network: Network, node: str) -> Indexed:
    called = fold(short_name(network, node).de)
    codes = [value.text for name in _CODES for value in network.values(node, name)]
    told = [value.text for value in network.values(node, "description")]
    return Indexed(
        node=node,
        kind=network.type(node),
        name=called,
        words=tuple(_WORD.findall(called)),
        more=tuple(_WORD.findall(fold(" ".join([*codes, network.id(node), *told])))),
    )


def find(entries: Iterable[Indexed], query: str) -> list[str]:
    """Return the nodes that a query finds, best first."""
    words = _WORD.findall(fold(query))
    if not words:
        return []
    whole = fold(query).strip()
    ranked = [
        (rank, len(entry.name), entry.name, entry.node)
        for entry in entries
        if (rank := _rank(entry, words, whole))
    ]
    return [node for *_, node in sorted(ranked, key=lambda found: (-found[0], *found[1:]))]


def _rank(entry: Indexed, words: list[str], whole: str) -> int:
    """Return 0 where a word is missing, more the better the name fits."""
    least = min(_fit(entry, word) for word in words)
    if least == 0:
        return 0
    return least + 4 * (entry.name == whole) + 2 * entry.name.startswith(whole) + (whole in entry.name)


def _fit(entry: Indexed, word: str) -> int:
    if any(own.startswith(word) for own in entry.words):
        return 3
    if len(word) > 2 and word in entry.name:  # noqa: PLR2004 - within words, two letters are found everywhere
        return 2
    return int(any(own.startswith(word) for own in entry.more))


@dataclass(frozen=True, slots=True)
class Found:
    """The nodes that a query finds, best first; ``is_near`` where only typing errors apart."""

    nodes: tuple[str, ...]
    is_near: bool = False


def find_forgiving(entries: Iterable[Indexed], query: str) -> Found:
    """Return what a query finds by its letters; where that is nothing, what it finds with typing errors."""
    held = tuple(entries)
    nodes = find(held, query)
    return Found(tuple(nodes)) if nodes else Found(tuple(find_near(held, query)), is_near=True)


def find_near(entries: Iterable[Indexed], query: str) -> list[str]:
    """Return the nodes whose names have all words of a query, typing errors forgiven; fewest errors first."""
    words = _WORD.findall(fold(query))
    if not words:
        return []
    ranked = [
        (errors, len(entry.name), entry.name, entry.node)
        for entry in entries
        if (errors := _errors(entry, words)) is not None
    ]
    return [node for *_, node in sorted(ranked)]


def _errors(entry: Indexed, words: list[str]) -> int | None:
    """Return the typing errors between a query and the words of a name; None where one word is too far from all."""
    total = 0
    for word in words:
        least = min((_distance(word, own) for own in entry.words), default=len(word))
        if least > forgiven(word):
            return None
        total += least
    return total


def _distance(word: str, own: str) -> int:
    """Return the letters wrong, missing, too many or swapped between a word and another, or the beginning of it."""
    beginnings = {own, own[: len(word)], own[: len(word) + 1]}
    return min(OSA.distance(word, part, score_cutoff=forgiven(word)) for part in beginnings)


def forgiven(word: str) -> int:
    """Return how many typing errors a word may have.

    >>> [forgiven(word) for word in ("amt", "sport", "spielplatz")]
    [0, 1, 2]
    """
    return min(len(word) // 4, 2)


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of one kind: the best, and how many in all."""

    kind: Kind
    entries: tuple[Entry, ...]
    total: int


def looked_up(call: Call, query: str) -> Found:
    """Return what a query finds among all things."""
    network = call.network
    return find_forgiving(call.keep("search", lambda: index(network)), query)


def by_kinds(network: Network, nodes: Iterable[str], only: str | None = None) -> list[Hits]:
    """Return what was found by kind in the order of the best hit; all of one kind where ``only`` names it."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for node in nodes:
        by_kind[network.type(node)].append(node)
    return [
        Hits(
            kind(name),
            tuple(thing_entry(network, node) for node in nodes[: None if only else PER_KIND]),
            len(nodes),
        )
        for name, nodes in by_kind.items()
        if not only or kind(name).segment == only
    ]


QueryParam = Annotated[str, parameter("Suchwörter", "words to search for")]
SegmentParam = Annotated[str | None, parameter("nur eine Art, wie plans", "one kind only, like plans")]


@router.get("/search", **described("Suche über alle Namen", "search over all names"))
def search_page(call: Asked, q: QueryParam = "", kind: SegmentParam = None) -> Response:
    """Answer with what a query finds."""

    def make() -> dict[str, Any]:
        found = looked_up(call, checked_query(q))
        hits = by_kinds(call.network, found.nodes, kind)
        total = sum(part.total for part in hits)
        return {"q": q, "only": kind, "hits": hits, "total": total, "is_near": found.is_near}

    return call.answer("search.html", make, _document)


def checked_query(text: str) -> str:
    """Return the query, or raise BadRequest where it is too long."""
    if len(text) > LONGEST_QUERY:
        raise BadRequest(
            f"Die Suche nimmt höchstens {LONGEST_QUERY} Zeichen.",
            f"Searches take at most {LONGEST_QUERY} characters.",
        )
    return text


def _document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "q": view["q"],
        "total": view["total"],
        "only_similar": view["is_near"] and view["total"] > 0,
        "hits": [
            {"id": entry.id, "kind": entry.kind, "name": entry.text, "page": entry.page}
            for found in view["hits"]
            for entry in found.entries
        ],
    }
