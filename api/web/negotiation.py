"""What a request wants: which of the offered forms, and which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.requests import Request

HTML = "text/html"
JSON = "application/json"
CSV = "text/csv"
LANGUAGES = ("de", "en")
COOKIE = "lang"


@dataclass(frozen=True, slots=True)
class Range:
    """One media range of an Accept header with its weight."""

    media: str
    weight: float

    def takes(self, offered: str) -> int:
        """Return how closely this range names a media type: 3 exactly, 2 its family, 1 anything, 0 not at all."""
        if self.media == offered:
            return 3
        if self.media == offered.partition("/")[0] + "/*":
            return 2
        return int(self.media == "*/*")


def read_accept(header: str) -> list[Range]:
    """Return the media ranges of an Accept header; parameters other than the weight are left aside.

    >>> read_accept("text/csv;q=0.5, */*")[0]
    Range(media='text/csv', weight=0.5)
    """
    return list(_ranges(header))


def _ranges(header: str) -> Iterator[Range]:
    for part in header.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media:
            yield Range(media, _weight(parameters))


def _weight(parameters: Sequence[str]) -> float:
    given = next((text[2:] for text in parameters if text.startswith("q=")), "1")
    try:
        return min(max(float(given), 0.0), 1.0)
    except ValueError:
        return 0.0


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the offered media type that an Accept header likes best, the first offered where it likes several alike.

    >>> choose("application/json, text/html;q=0.9", ["text/html", "application/json"])
    'application/json'
    >>> choose("image/png", ["text/html"]) is None
    True
    """
    if not accept:
        return offered[0]
    ranges = read_accept(accept)
    weights = {media: _liking(ranges, media) for media in offered}
    best = max(weights.values())
    return next((media for media in offered if weights[media] == best), None) if best > 0 else None


def _liking(ranges: Sequence[Range], media: str) -> float:
    closeness, weight = max(((found.takes(media), found.weight) for found in ranges), default=(0, 0.0))
    return weight if closeness else 0.0


def is_person(accept: str | None) -> bool:
    """Tell whether a request comes from a browser: only those name text/html."""
    return any(found.media == HTML and found.weight > 0 for found in read_accept(accept or ""))


def prefers_page(accept: str | None, others: Sequence[str]) -> bool:
    """Tell whether a request names text/html and likes nothing else that is offered better.

    >>> prefers_page("text/html,*/*;q=0.8", ["text/csv"]), prefers_page("text/csv, text/html;q=0.5", ["text/csv"])
    (True, False)
    """
    return is_person(accept) and choose(accept, [HTML, *others]) == HTML


def wanted_language(request: Request, usual: str) -> str:
    """Return the language of an answer: asked for in the address, else remembered, else the usual one.

    Raises BadRequest where the address asks for a language that there is not.
    """
    asked = request.query_params.get("lang")
    if asked is None:
        remembered = request.cookies.get(COOKIE)
        return remembered if remembered in LANGUAGES else usual
    if asked not in LANGUAGES:
        raise BadRequest(f"lang={asked}: möglich sind de und en.", f"lang={asked}: possible are de and en.")
    return asked


def is_held(request: Request, tag: str) -> bool:
    """Tell whether the asker holds the answer with a fingerprint already (RFC 9110, 13.1.2: weak comparison)."""
    header = request.headers.get("if-none-match")
    if header is None:
        return False
    held = {part.strip().removeprefix("W/") for part in header.split(",")}
    return "*" in held or tag.removeprefix("W/") in held
