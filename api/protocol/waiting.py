"""Answering as long as somebody waits: who goes away takes the query back, and its worker is free again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.responses import Response
    from starlette.requests import Request

    from graph.store.query.recall import Recall


async def while_waited_for(request: Request, recall: Recall, respond: Callable[[], Response]) -> Response:
    """Return the response that ``respond`` makes in a thread; give the recall when the client goes away before."""
    watch = asyncio.create_task(_watch(request, recall))
    try:
        return await run_in_threadpool(respond)
    finally:
        watch.cancel()


async def _watch(request: Request, recall: Recall) -> None:
    """Wait until the client has gone; its whole request has been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    recall.give()
