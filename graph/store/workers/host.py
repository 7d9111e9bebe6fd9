"""SPARQL over a snapshot of the source files, for threads: each query runs in a worker that can be killed.

The host process (``supervisor``) is started, not forked, since this program has threads. Kept by the kernel
for every worker (``sandbox``): no new files or sockets, no network, memory, processor time, an alarm on the
clock. Kept here: the guard in front, one query per worker, a short line of those that wait, SIGKILL for a
worker that its alarm did not end, another host if the old one is lost.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, Final

from graph.store.hosting import Host
from graph.store.query import refusals
from graph.store.query.answer import Answer, Limits, ResultFormat, Term
from graph.store.query.asked import Query
from graph.store.query.guard import Reading, check_query
from graph.store.query.recall import TakenBackError
from graph.store.workers.lane import HostLostError, HostProcess, Lane, WorkerEndedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from graph.store.query.recall import Recall

__all__ = ["Answer", "Limits", "Query", "QueryHost", "ResultFormat", "Term"]

_LONGEST: Final = 1e6


class QueryHost(Host):
    """Answers SPARQL from N-Triples files, one per named graph; safe to use from many threads.

    ``derived`` is N-Quads text and ``quads`` are N-Quads files that are loaded with them; ``prefixes``
    abbreviate answers in Turtle; ``waiting`` queries may stand in line for the ``workers``. The default
    graph is the union of all named graphs. ``index`` is an index on disk that takes the place of all files.
    """

    def __init__(
        self,
        sources: Mapping[str, Path],
        *,
        derived: str = "",
        quads: Sequence[Path] = (),
        prefixes: Mapping[str, str] | None = None,
        workers: int = 2,
        waiting: int = 16,
        limits: Limits | None = None,
        index: Path | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._prefixes = dict(prefixes or {})
        self._workers = workers
        self._most_waiting = waiting
        self._waiting = 0
        self._turn = threading.Condition()
        self._starting = threading.Lock()
        self._closed = False
        self._order = self._describe(sources, derived, quads, index)
        self._host = HostProcess(self._order, workers)
        self._before: list[HostProcess] = []
        self._idle = list(self._host.lanes)

    @property
    def pid(self) -> int:
        """The process id of the host; it stays the same whatever queries do."""
        return self._host.pid

    @property
    def no_network(self) -> bool:
        """Whether host and workers are in an empty network of their own, beside having no sockets."""
        return self._host.no_network

    def answer(self, query: Query) -> Answer:
        """Return the answer to a query."""
        limits = query.limits or self.limits
        reading = check_query(query.text, limits.query_bytes)
        head, body = self._ask(_order(query, reading, limits), limits, query.recall)
        if "kind" not in head:
            raise refusals.refused(head, query.text, limits)
        standard = ResultFormat.TURTLE if head["kind"] == "construct" else ResultFormat.JSON
        return Answer(head["kind"], body, head["rows"], head["truncated"], query.accept or standard)

    def reload(
        self,
        sources: Mapping[str, Path],
        derived: str = "",
        quads: Sequence[Path] = (),
        index: Path | None = None,
    ) -> None:
        """Answer from a new snapshot from now on; queries that run finish on the old one.

        Raises StoreError, and keeps the old snapshot, when the files cannot be loaded.
        """
        with self._starting:
            if self._closed:
                raise refusals.lost()
            order = self._describe(sources, derived, quads, index)
            self._exchange(HostProcess(order, self._workers))
            self._order = order

    def close(self) -> None:
        """End all processes; queries that still run raise QueryStopped."""
        with self._starting, self._turn:
            self._closed = True
            idle, self._idle = self._idle, []
            self._turn.notify_all()
        for lane in idle:
            lane.host.release(lane)
        for host in [*self._before, self._host]:
            host.cut()

    def _describe(
        self, sources: Mapping[str, Path], derived: str, quads: Sequence[Path], index: Path | None
    ) -> dict[str, Any]:
        """Return what the host process has to load."""
        return {
            "sources": {name: str(path) for name, path in sources.items()},
            "quads": [str(path) for path in quads],
            "derived": derived,
            "prefixes": self._prefixes,
            "index": str(index) if index else None,
        }

    def _ask(self, order: dict[str, Any], limits: Limits, recall: Recall) -> tuple[dict[str, Any], bytes]:
        """Return the reply of a worker, or raise what became of the query."""
        with self._lane(limits) as lane:
            try:
                return lane.ask(order, recall)
            except TakenBackError as error:
                raise refusals.taken_back() from error
            except WorkerEndedError as error:
                raise refusals.ended(error, limits) from error
            except HostLostError as error:
                self._replace(lane.host)
                raise refusals.lost() from error

    @contextmanager
    def _lane(self, limits: Limits) -> Iterator[Lane]:
        """Have a lane for oneself; QueryBusy when none gets free in time."""
        lane = self._take_lane(limits)
        try:
            yield lane
        finally:
            with self._turn:
                current = lane.host is self._host and not self._closed
                if current:
                    self._idle.append(lane)
                    self._turn.notify()
            if not current:
                lane.host.release(lane)

    def _take_lane(self, limits: Limits) -> Lane:
        """Wait in line for an idle lane."""
        with self._turn:
            if not self._idle and self._waiting >= self._most_waiting:
                raise refusals.busy(limits)
            self._waiting += 1
            try:
                self._turn.wait_for(lambda: self._idle or self._closed, limits.wait)
            finally:
                self._waiting -= 1
            if self._closed:
                raise refusals.lost()
            if not self._idle:
                raise refusals.busy(limits)
            return self._idle.pop()

    def _replace(self, lost: HostProcess) -> None:
        """Start another host for one that was lost; once, however many threads notice."""
        with self._starting:
            if lost is self._host and not self._closed:
                self._exchange(HostProcess(self._order, self._workers))

    def _exchange(self, host: HostProcess) -> None:
        """Let new queries go to ``host`` and give up the idle lanes of the one before."""
        with self._turn:
            idle, self._idle = self._idle, list(host.lanes)
            self._before = [before for before in (*self._before, self._host) if not before.over]
            self._host = host
            self._turn.notify_all()
        for lane in idle:
            lane.host.release(lane)


def _order(query: Query, reading: Reading, limits: Limits) -> dict[str, Any]:
    """Return the message to a worker."""
    return {
        "text": query.text,
        "base": query.base,
        "dataset": reading.dataset,
        "default_graphs": list(query.default_graphs),
        "named_graphs": list(query.named_graphs),
        "bindings": {name: astuple(term) for name, term in query.bindings.items()},
        "format": query.accept.value if query.accept else None,
        "seconds": min(limits.seconds, _LONGEST),
        "rows": limits.rows,
        "bytes": limits.bytes,
        "memory": limits.memory,
    }
