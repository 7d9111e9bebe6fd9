"""The host of one store on a server, as the log there stands."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from graph.store.current import Standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.store.remote.host import RemoteHost
    from graph.store.remote.sources import RemoteSources


class RemoteCurrent:
    """Gives the host of the present state; ``start`` makes it from the sources."""

    def __init__(self, sources: RemoteSources, start: Callable[[RemoteSources], RemoteHost]) -> None:
        self._sources = sources
        self._start = start
        self._turn = Lock()
        self._host: RemoteHost | None = None
        self._snapshot = ""

    def at(self, read_snapshot: Callable[[], str]) -> RemoteHost:
        """Return the host of the state that is read; raises StoreUnreachable where the server does not do its part."""
        with self._turn:
            snapshot = read_snapshot()
            if self._host is None:
                self._host = self._start(self._sources)
            elif self._snapshot != snapshot:
                self._host.reload()
            self._snapshot = snapshot
            return self._host

    def standing(self) -> Standing:
        """Return that the sources are indexed on the server."""
        return Standing("server", self._sources.size, 0, self._snapshot)

    def close(self) -> None:
        """Stop the host, if it runs."""
        with self._turn:
            if self._host is not None:
                self._host.close()
                self._host = None
