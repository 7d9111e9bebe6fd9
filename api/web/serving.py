"""How every application of the product is run: where it listens, quiet, finishing what is under way when it ends."""

from __future__ import annotations

import signal
import socket
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import uvicorn

from graph.errors import BadRequest, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp

_SECONDS_TO_FINISH = 10
_WAITING = 2048


@contextmanager
def listening_at(host: str, port: int) -> Iterator[socket.socket]:
    """Listen at an address while the block runs; port 0 takes a free one.

    Raises BadRequest, naming the address, where that cannot be: taken, not ours, not permitted, or no address at all.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM) if host else []
    except (OSError, OverflowError, UnicodeError):
        found = []
    if not found:
        raise BadRequest(
            f"--host {host}: unter diesem Namen kennt der Rechner keine Adresse. Üblich sind 127.0.0.1 und 0.0.0.0.",
            f"--host {host}: this machine knows no address of this name. Usual are 127.0.0.1 and 0.0.0.0.",
        )
    family, *_, address = found[0]
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(address)
            listening.listen(_WAITING)
        except OSError as error:
            raise BadRequest(
                f"Auf {host}, Anschluss {port}, lässt sich nicht hören: {reason(error).de}. "
                "Bitte mit --port oder --host etwas anderes wählen.",
                f"Cannot listen on {host}, port {port}: {reason(error).en}. "
                "Please choose another one with --port or --host.",
            ) from None
        yield listening


def address_of(listening: socket.socket, host: str) -> str:
    """Return the address that a browser opens to reach us."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listening.getsockname()[1]}"


def run_app(app: ASGIApp, listening: socket.socket) -> None:
    """Serve an application until interrupted or asked to end; both end it the same way."""
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    server = uvicorn.Server(config)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the server raises again what ended it
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if not server.started:
        sys.exit(1)
