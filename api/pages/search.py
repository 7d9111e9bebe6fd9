"""Search over the names of all things, forgiving about umlauts, ß, accents and case.

A word of the query has to begin a word of the name, code or description, or stand within a word of the name. Names
count more than descriptions, the beginning of a name more than its middle.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.call import Asked, Call, described, parameter
from api.pages.facts import thing_entry
from api.pages.kinds import SEGMENTS, Kind, kind
from api.pages.names import short_name
from graph.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from api.pages.facts import Entry
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
class Hits:
    """What was found of one kind: the best, and how many in all."""

    kind: Kind
    entries: tuple[Entry, ...]
    total: int


def search(call: Call, query: str, only: str | None = None) -> list[Hits]:
    """Return what a query finds, by kind in the order of the best hit; all of one kind where ``only`` names it."""
    network = call.network
    entries = call.keep("search", lambda: index(network))
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for node in find(entries, query):
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
        hits = search(call, checked_query(q), kind)
        return {"q": q, "only": kind, "hits": hits, "total": sum(found.total for found in hits)}

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
        "hits": [
            {"id": entry.id, "kind": entry.kind, "name": entry.text, "page": entry.page}
            for found in view["hits"]
            for entry in found.entries
        ],
    }
