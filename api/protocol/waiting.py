"""Answering as long as somebody waits: who goes away takes the query back, and its worker is free again.

What is large is packed here, in the thread that made it, so that nobody else waits for that; and only so much of it may
be on its way at once, for who asks and does not read leaves it in this program's memory.
"""

from __future__ import annotations

import asyncio
import gzip
import threading
from typing import TYPE_CHECKING, Final

from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from graph.errors import QueryBusy

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from graph.store.query.recall import Recall

_WORTH_PACKING: Final = 64 * 2**10
_PACKING: Final = 5
_LARGE: Final = 2**20
_PIECE: Final = 2**18
_MOST_UNDER_WAY: Final = 512 * 2**20


async def while_waited_for(request: Request, recall: Recall, respond: Callable[[], Response]) -> Response:
    """Return the response that ``respond`` makes in a thread; give the recall when the client goes away before.

    Raises QueryBusy where too many large answers are on their way.
    """
    watch = asyncio.create_task(_watch(request, recall))
    try:
        response = await run_in_threadpool(lambda: _packed(request, respond()))
    finally:
        watch.cancel()
    return LargeResponse(response) if len(response.body) >= _LARGE else response


async def _watch(request: Request, recall: Recall) -> None:
    """Wait until the client has gone; its whole request has been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    recall.give()


def _packed(request: Request, response: Response) -> Response:
    """Return the response with its body packed, if that is worth it and the client can read it."""
    body = bytes(response.body)
    if len(body) >= _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        response.body = gzip.compress(body, _PACKING, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.body))
        response.headers.add_vary_header("Accept-Encoding")
    return response


class LargeResponse(Response):
    """A response that goes out piece by piece, as the client takes it, and has room of its own as long as it does."""

    def __init__(self, whole: Response) -> None:
        super().__init__(status_code=whole.status_code)
        self.body = whole.body
        self.raw_headers = whole.raw_headers
        _UNDER_WAY.take(len(self.body))

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send the head and the pieces; each waits until the one before has gone."""
        pieces = memoryview(self.body)
        try:
            await send(
                {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
            )
            for start in range(0, len(pieces), _PIECE):
                piece = bytes(pieces[start : start + _PIECE])
                more = start + _PIECE < len(pieces)
                await send({"type": "http.response.body", "body": piece, "more_body": more})
        finally:
            _UNDER_WAY.give_back(len(self.body))


class Room:
    """So many bytes may be on their way at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0
        self._turn = threading.Lock()

    def take(self, size: int) -> None:
        """Take room for an answer; one alone always has it. Raises QueryBusy where there is none."""
        with self._turn:
            if self._taken and self._taken + size > self._most:
                raise QueryBusy(
                    "Gerade sind zu viele große Antworten unterwegs. Bitte gleich noch einmal versuchen.",
                    "Too many large answers are on their way. Please try again shortly.",
                )
            self._taken += size

    def give_back(self, size: int) -> None:
        """Give back the room of an answer that has been taken away."""
        with self._turn:
            self._taken -= size


_UNDER_WAY: Final = Room(_MOST_UNDER_WAY)
