"""What all pages share: the workspace, the templates, the addresses of static files, and what was computed last."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.assets.bundling import EDITOR
from api.pages.frame.kinds import kind
from graph.output.takeaway.picture import graph_assets
from ontology.questions import load_questions

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping
    from importlib.resources.abc import Traversable

    from api.workspace import Workspace
    from ontology.questions import Question

Made = TypeVar("Made")

_MOST_KEPT = 64
_MEDIA_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}
FIRST_QUERY = """PREFIX pw: <https://w3id.org/planwerk/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?plan ?planLabel ?leadLabel
WHERE {
  ?plan a pw:Plan ; skos:prefLabel ?planLabel ; pw:leadUnit ?lead .
  ?lead skos:prefLabel ?leadLabel .
}
ORDER BY ?leadLabel ?planLabel
LIMIT 20"""
_LINKED = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its bytes, type and fingerprint."""

    body: bytes
    media_type: str
    tag: str


@cache
def assets() -> Mapping[str, Asset]:
    """Return the static files by name: our own, those of the interactive graph, and components where set-up took some."""
    own = {name: body for folder in _static_folders() for name, body in _bodies(folder)}
    return {name: _asset(name, body) for name, body in sorted({**graph_assets(), **own}.items())}


def _static_folders() -> list[Traversable]:
    folder = files("api").joinpath("static")
    return [folder, *(part for part in [folder.joinpath("vendor")] if part.is_dir())]


def _bodies(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_file() and not entry.name.startswith("."):
            yield entry.name, entry.read_bytes()


def has_components() -> bool:
    """Tell whether the set-up took the components of the design system: without npm the pages do without."""
    return "kern.css" in assets()


def _asset(name: str, body: bytes) -> Asset:
    suffix = name.rpartition(".")[2]
    return Asset(body, _MEDIA_TYPES.get(suffix, "application/octet-stream"), sha256(body).hexdigest()[:12])


@cache
def program() -> str:
    """Return a fingerprint of what turns data into pages: it changes when a page can look different."""
    digest = sha256(version("planwerk").encode())
    named = [("api", "templates"), ("graph.output", "assets"), ("graph.output", "templates")]
    for folder in [*_static_folders(), *(files(package).joinpath(name) for package, name in named)]:
        for _, body in _bodies(folder):
            digest.update(body)
    return digest.hexdigest()[:12]


def environment() -> Environment:
    """Return the templates: escaped everywhere, and a name that is missing is an error."""
    made = Environment(
        loader=PackageLoader("api"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["safe_link"] = safe_link
    made.globals["static"] = static_address
    made.globals["kind_of"] = kind
    return made


@dataclass
class Site:
    """One served workspace, and what was computed from it last; ``plain`` pages leave the components out.

    ``examples`` are the questions whose SPARQL the form for queries offers, ``first_query`` is what stands in it at first.
    """

    workspace: Workspace
    plain: bool = False
    examples: Mapping[str, Question] = field(default_factory=load_questions)
    first_query: str = FIRST_QUERY
    templates: Environment = field(init=False)
    _kept: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Tell the templates which stylesheets there are, and whether there is an editor for queries."""
        self.templates = environment()
        self.templates.globals["with_components"] = has_components() and not self.plain
        self.templates.globals["with_editor"] = EDITOR in assets() and not self.plain

    def keep(self, snapshot: str, name: str, make: Callable[[], Made], *key: Hashable) -> Made:
        """Return what was made under this name and key from this state of the sources, making it if need be."""
        place = (snapshot, name, *key)
        with self._lock:
            if place in self._kept:
                self._kept.move_to_end(place)
                held: Made = self._kept[place]
                return held
        made = make()
        if self.workspace.snapshot() == snapshot:
            self._put(place, made)
        return made

    def _put(self, place: Hashable, made: object) -> None:
        with self._lock:
            self._kept[place] = made
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)


def safe_link(address: str | None) -> str | None:
    """Return an address that a page may link to: http, https or mailto; None for all others.

    >>> safe_link("javascript:alert(1)") is None
    True
    """
    text = (address or "").strip()
    return text if _LINKED.fullmatch(text) else None


def static_address(name: str) -> str:
    """Return the address of a static file; it changes with the file."""
    return f"/static/{name}?v={assets()[name].tag}"
