"""One connection to a server, used again and again by one thread at a time, that another thread can cut."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

_CONNECT: Final = 5.0
_CONNECTED: Final = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})


class LateError(Exception):
    """The time for a request is over."""


class Deadline:
    """A moment by which all must be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left; raise LateError where there are none."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise LateError
        return seconds

    def timeout(self) -> httpx.Timeout:
        """Return what one step on the wire may take."""
        left = self.left()
        return httpx.Timeout(left, connect=min(left, _CONNECT))


class Line:
    """A client with one connection, and the socket under it."""

    def __init__(self, auth: httpx.Auth | None, trust: ssl.SSLContext) -> None:
        self.http = httpx.Client(
            auth=auth,
            verify=trust,
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_connections=1),
        )
        self._socket: socket.socket | None = None
        self._is_cut = False

    def post(
        self, address: str, deadline: Deadline, sent: Mapping[str, Any]
    ) -> AbstractContextManager[httpx.Response]:
        """Send what is to be sent; gives the answer to be read."""
        return self.http.stream(
            "POST", address, timeout=deadline.timeout(), extensions={"trace": self._hear}, **sent
        )

    def begin(self) -> None:
        """Forget that it was cut once: another request begins."""
        self._is_cut = False

    def cut(self) -> None:
        """End the connection under way, also one that is just being made; whoever reads from it is told that it is over."""
        self._is_cut = True
        if self._socket is not None:
            with suppress(OSError):  # it has ended by itself
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _hear(self, event: str, told: Mapping[str, Any]) -> None:
        """Keep the socket of the connection that was made."""
        if event in _CONNECTED:
            self._socket = told["return_value"].get_extra_info("socket")
            if self._is_cut:
                self.cut()
