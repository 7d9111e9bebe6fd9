"""Reading from pages of other sites (CORS), and what may be done at an address of data (OPTIONS, Allow).

Only addresses that give data take part, and of their answers only those that are no pages; no cookie is ever asked
for. Pages, and all that takes something in, stay closed to other sites.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders

from api.pages.frame.kinds import OTHER, SEGMENTS
from api.web.negotiation import HTML

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EXPOSED = "Planwerk-Truncated, Retry-After, ETag, Link"
_DAY = "86400"
_POSTED = "sparql"
_DATA = frozenset(
    {
        "sparql",
        "data",
        "id",
        "ontology",
        "ontology.ttl",
        "ontology.jsonld",
        "context.jsonld",
        "catalog",
        "export",
        "questions",
        "questions.ttl",
        "openapi.json",
        OTHER,
        *SEGMENTS.values(),
    }
)
_WELL_KNOWN = "/.well-known/void"


class OpenData:
    """An application whose data the pages of other sites may read, unless ``shared`` is off."""

    def __init__(self, app: ASGIApp, base: str, *, shared: bool = True) -> None:
        self.app = app
        self.shared = shared
        self._base = urlsplit(base).path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer OPTIONS, pass all else on, and open the answer where it is data."""
        if scope["type"] != "http" or not self._gives_data(scope["path"]):
            await self.app(scope, receive, send)
            return
        answer = _Answer(send, _methods(scope["path"]), shared=self.shared)
        if scope["method"] == "OPTIONS":
            await answer.options(Headers(scope=scope))
        else:
            await self.app(scope, receive, answer)

    def _gives_data(self, path: str) -> bool:
        below = len(self._base) > 1 and path.startswith(self._base)
        return path == _WELL_KNOWN or _first(path) in _DATA or below


def _first(path: str) -> str:
    """Return the first part of a path; ``OPTIONS *`` asks of the server as a whole and has none."""
    return path.removeprefix("/").partition("/")[0]


def _methods(path: str) -> str:
    return "GET, HEAD, POST, OPTIONS" if _first(path) == _POSTED else "GET, HEAD, OPTIONS"


class _Answer:
    """The way back: says who may read the answer, and with a refused method which ones there are."""

    def __init__(self, send: Send, methods: str, *, shared: bool) -> None:
        self._send = send
        self._methods = methods
        self._shared = shared

    async def __call__(self, message: Message) -> None:
        """Send one message on."""
        if message["type"] == "http.response.start":
            head = MutableHeaders(scope=message)
            if message["status"] == 405:  # noqa: PLR2004 - method not allowed
                head["Allow"] = self._methods
            if self._shared and not head.get("content-type", "").startswith(HTML):
                head["Access-Control-Allow-Origin"] = "*"
                head["Access-Control-Expose-Headers"] = _EXPOSED
        await self._send(message)

    async def options(self, asked: Headers) -> None:
        """Say what may be done here, and to a browser that asks for a page of another site what it may send."""
        head = {"allow": self._methods, "content-length": "0"}
        if self._shared and "origin" in asked:
            head |= {
                "access-control-allow-methods": self._methods,
                "access-control-allow-headers": "Accept, Content-Type",
                "access-control-max-age": _DAY,
            }
        raw = [(name.encode(), value.encode()) for name, value in head.items()]
        await self({"type": "http.response.start", "status": 204, "headers": raw})
        await self({"type": "http.response.body", "body": b""})
