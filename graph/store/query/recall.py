"""Taking a query back for which nobody waits any more."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class TakenBackError(Exception):
    """Nobody waits for this query any more; what worked on it was stopped."""


class Recall:
    """Stops one query from another thread, once, wherever the query is just then.

    >>> recall, stopped = Recall(), []
    >>> recall.attach(lambda: stopped.append("work"))
    True
    >>> recall.give()
    >>> recall.given, stopped, recall.detach()
    (True, ['work'], True)
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._stop: Callable[[], None] | None = None
        self.given = False

    def give(self) -> None:
        """Take the query back: stop the work under way, and let no other begin."""
        with self._turn:
            if not self.given:
                self.given = True
                if self._stop is not None:
                    self._stop()

    def attach(self, stop: Callable[[], None]) -> bool:
        """Let ``stop`` end the work that begins now; False where it must not begin."""
        with self._turn:
            if not self.given:
                self._stop = stop
            return not self.given

    def detach(self) -> bool:
        """Tell whether the work that has ended was stopped; from now on it no longer can be."""
        with self._turn:
            stopped = self.given and self._stop is not None
            self._stop = None
            return stopped
