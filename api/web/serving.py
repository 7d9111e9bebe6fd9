"""How every application of the product is run: quiet, without telling its server, finishing what is under way."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    import socket

    from starlette.types import ASGIApp

_SECONDS_TO_FINISH = 10


def run_app(
    app: ASGIApp, host: str = "127.0.0.1", port: int = 8000, listening: socket.socket | None = None
) -> None:
    """Serve an application until interrupted, at an address or on a socket that listens already."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening] if listening else None)
    if not server.started:
        sys.exit(1)
