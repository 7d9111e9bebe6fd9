"""What every answer goes through: the Host that was asked for, the policy for browsers, and the last safety net."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect

from api.web.problems import MEDIA_TYPE, Problem, problem_of_status
from graph.errors import Text

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger("planwerk")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})


class Shield:
    """An application that refuses foreign hosts, adds the policy to every answer, and answers HEAD like GET.

    This is the outermost layer: what is raised below and is no error of ours is logged and answered with 500.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] = ()) -> None:
        self.app = app
        self.hosts = LOCAL_HOSTS | {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send, head_only=scope["method"] == "HEAD")
        if not self._knows(Headers(scope=scope).get("host", "")):
            await answer.problem(_FOREIGN, scope["path"])
            return
        try:
            await self.app(_as_get(scope), receive, answer)
        except ClientDisconnect:  # nobody is there to be answered
            logger.info("left at %s", scope["path"])
        except Exception:
            logger.exception("defect at %s", scope["path"])
            if answer.begun:
                raise
            await answer.problem(problem_of_status(500), scope["path"])

    def _knows(self, host: str) -> bool:
        name, colon, port = host.lower().rpartition(":")
        bare = name if colon and port.isdigit() else host.lower()
        return bare in self.hosts


_FOREIGN = Problem(
    "foreign-host",
    problem_of_status(400).status,
    Text(
        "Unter diesem Namen ist Planwerk nicht zu erreichen.", "Planwerk cannot be reached under this name."
    ),
)


def _as_get(scope: Scope) -> Scope:
    return {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope


class _Answer:
    """The way back: adds the headers, and leaves out the body where only the head was asked for."""

    def __init__(self, send: Send, *, head_only: bool) -> None:
        self._send = send
        self._head_only = head_only
        self.begun = False

    async def __call__(self, message: Message) -> None:
        """Send one message on."""
        if message["type"] == "http.response.start":
            self.begun = True
            head = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                head[name] = value
        elif self._head_only and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)

    async def problem(self, problem: Problem, path: str) -> None:
        """Send a problem document."""
        body = json.dumps(problem.document("de", path), ensure_ascii=False).encode()
        head = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
        await self({"type": "http.response.start", "status": int(problem.status), "headers": head})
        await self({"type": "http.response.body", "body": body})
