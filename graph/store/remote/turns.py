"""One writer at a time, on servers that know no locks: who wants to write says so, looks around, and goes if alone.

Everybody first leaves a mark and only then looks. Of two that come at once at least one therefore sees the other;
whoever sees another takes the mark away and tries again after a while. So never two go, whatever the server does
with what it is told within one request. The mark of a writer that died stops beating; those who wait notice that
by their own clock and take it away. A commit is added to the log only if the mark of its writer is still there.
"""

from __future__ import annotations

import random
import threading
import time
import uuid
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from graph.errors import PlanwerkError
from graph.store.remote import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.remote.records import Records

#: Seconds without a beat after which a writer counts as gone, and seconds that one waits for a turn.
LEASE: Final = 20.0
WAIT: Final = 45.0
_SOONEST, _LATEST = 0.02, 0.4


class Turns:
    """Hands out the turn to write to one base on a server."""

    def __init__(self, records: Records, lease: float = LEASE, wait: float = WAIT) -> None:
        self._records = records
        self._lease = lease
        self._wait = wait
        self._alone = threading.RLock()
        self.held: str | None = None

    @contextmanager
    def turn(self) -> Iterator[str]:
        """Have the turn for the length of the block; gives the name of the mark. Raises Busy where none comes up in time."""
        with self._alone:
            if self.held is not None:
                yield self.held
                return
            mark = self._taken()
            over = threading.Event()
            beating = threading.Thread(target=self._beat, args=(mark, over), daemon=True)
            beating.start()
            self.held = mark
            try:
                yield mark
            finally:
                self.held = None
                over.set()
                beating.join()
                with suppress(
                    PlanwerkError
                ):  # a mark that stays behind no longer beats, and others take it away
                    self._remove(mark)

    def _taken(self) -> str:
        """Return the mark with which one is alone."""
        end = time.monotonic() + self._wait
        seen: dict[str, tuple[str, float]] = {}
        while True:
            if not self._others("", seen):
                mark = f"{self._records.turns}/{uuid.uuid4()}"
                self._say(mark, 0)
                if not self._others(mark, seen):
                    return mark
                self._remove(mark)
            if time.monotonic() > end:
                raise wording.taken_turn(self._wait)
            time.sleep(random.uniform(_SOONEST, _LATEST))  # noqa: S311 - so that two do not keep step, no secret

    def _others(self, mine: str, seen: dict[str, tuple[str, float]]) -> bool:
        """Tell whether there are marks of others that beat; those that have stopped are taken away."""
        beats: dict[str, str] = {}
        term = self._records.term("beat")
        for row in self._records.rows(
            f"SELECT ?mark ?beat {{ GRAPH <{self._records.turns}> {{ ?mark {term} ?beat }} }}"
        ):
            beats[row["mark"]] = max(row["beat"], beats.get(row["mark"], ""), key=int_or_none)
        beats.pop(mine, None)
        now = time.monotonic()
        for mark, beat in beats.items():
            if seen.get(mark, ("", 0.0))[0] != beat:
                seen[mark] = (beat, now)
            elif now - seen[mark][1] > self._lease:
                self._remove(mark)
        return bool(beats)

    def _beat(self, mark: str, over: threading.Event) -> None:
        """Show now and then that this writer lives; where the server is gone for a moment the next beat will do."""
        number = 0
        while not over.wait(self._lease / 4):
            number += 1
            try:
                self._say(mark, number)
            except PlanwerkError:
                continue

    def _say(self, mark: str, number: int) -> None:
        self._records.endpoint.update(
            f'INSERT DATA {{ GRAPH <{self._records.turns}> {{ <{mark}> {self._records.term("beat")} "{number}" }} }}'
        )

    def _remove(self, mark: str) -> None:
        self._records.endpoint.update(
            f"DELETE WHERE {{ GRAPH <{self._records.turns}> {{ <{mark}> {self._records.term('beat')} ?beat }} }}"
        )


def int_or_none(beat: str) -> int:
    """Return the number of a beat; nothing counts as before all.

    >>> max(["9", "10", ""], key=int_or_none)
    '10'
    """
    return int(beat) if beat.isdigit() else -1
