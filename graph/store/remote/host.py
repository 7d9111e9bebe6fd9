"""SPARQL on a server, asked as the embedded store is asked: same guard, same limits, same sentences, same formats.

Before a query leaves this program it passes the guard and then the embedded engine, in a limited worker over no data at
all: what is no SPARQL gets its place told, what crashes an engine crashes that worker. After an answer came the index on
the server must be the one that was asked; else somebody changed it meanwhile, and the query is asked again.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph.store.hosting import Host
from graph.store.query import refusals
from graph.store.query.answer import Answer, Limits
from graph.store.query.recall import TakenBackError
from graph.store.query.tokens import with_base
from graph.store.remote import answers, wording
from graph.store.remote.endpoint import HalfError, LateError, Reply
from graph.store.remote.rewriting import Rewritten, rewritten
from graph.store.remote.virtuoso.booleans import boolean_columns
from graph.store.remote.virtuoso.queries import asked_of_virtuoso
from graph.store.workers.host import QueryHost

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.store.query.answer import Kind
    from graph.store.query.asked import Query
    from graph.store.query.recall import Recall
    from graph.store.remote.sources import RemoteSources

_GRACE: Final = 1.0
_TRIES: Final = 4


class RemoteHost(Host):
    """Answers SPARQL from the index that a server keeps; safe to use from many threads."""

    def __init__(
        self,
        sources: RemoteSources,
        *,
        prefixes: Mapping[str, str] | None = None,
        workers: int = 2,
        limits: Limits | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._sources = sources
        self._prefixes = dict(prefixes or {})
        self._reader = QueryHost({}, prefixes=prefixes, workers=workers, limits=limits)
        self._places = threading.BoundedSemaphore(workers)
        self._graphs: list[str] = []
        self._mark = ""
        self.reload()

    @property
    def pid(self) -> int:
        """The process id of the host that reads queries; it stays the same whatever queries do."""
        return self._reader.pid

    @property
    def no_network(self) -> bool:
        """Whether the workers that read queries are in an empty network of their own."""
        return self._reader.no_network

    def answer(self, query: Query) -> Answer:
        """Return the answer to a query."""
        limits = query.limits or self.limits
        read = self._reader.answer(replace(query, limits=replace(limits, rows=1), named_graphs=()))
        with self._place(limits):
            return self._asked(query, read, limits)

    def _asked(self, query: Query, read: Answer, limits: Limits) -> Answer:
        """Ask until the index before and after is the same."""
        text = with_base(query.text, query.base)
        for _ in range(_TRIES):
            mark, graphs = self._mark, self._graphs
            most = self._most(read.kind, limits)
            made = rewritten(text, query.bindings, graphs, self._sources.index.nothing, most)
            dataset = self._dataset(made, graphs, query.default_graphs, query.named_graphs)
            reply = self._send(made, dataset, read.kind, limits, query.recall)
            if self._sources.mark() == mark:
                return self._answer(made, reply, read, limits)
            self.reload()
        raise refusals.lost()

    def _most(self, kind: Kind, limits: Limits) -> int:
        """Return how many rows to ask for: one more than shown; no bound for triples, of which a row makes several."""
        return limits.rows + 1 if kind == "select" else 0

    def _dataset(
        self, made: Rewritten, graphs: Sequence[str], default: Sequence[str], named: Sequence[str]
    ) -> dict[str, list[str]]:
        """Return the graphs to send beside the query; never one that is not of this base."""
        index = self._sources.index
        if default or named:
            wanted = [*default], [*named]
        elif made.has_dataset:
            wanted = made.default, made.named
        else:
            return {
                "default-graph-uri": [index.union],
                "named-graph-uri": [*graphs] if made.speaks_of_graphs else [],
            }
        known = set(graphs)
        within = [[name for name in names if name in known] or [index.nothing] for names in wanted]
        return {"default-graph-uri": within[0], "named-graph-uri": within[1]}

    def _send(
        self,
        made: Rewritten,
        dataset: Mapping[str, list[str]],
        kind: Kind,
        limits: Limits,
        recall: Recall,
    ) -> Reply:
        """Return a whole answer; raises QueryStopped and StoreUnreachable where there is none."""
        endpoint = self._sources.endpoint
        wanted = answers.TRIPLES if kind == "construct" else answers.TABLE
        form: dict[str, str | Sequence[str]] = {"query": made.text, **dataset}
        if endpoint.is_virtuoso:
            form["query"] = asked_of_virtuoso(made.text)
            form["timeout"] = str(int(limits.seconds * 1000))
        try:
            patience = limits.seconds + _GRACE
            reply = endpoint.send(endpoint.address, form, wanted, patience, limits.bytes, recall)
        except TakenBackError:
            raise refusals.taken_back() from None
        except LateError:
            raise wording.too_slow(limits) from None
        except HalfError:
            raise wording.half_an_answer() from None
        answers.check(reply, endpoint.address, wanted, limits)
        return reply

    def _answer(self, made: Rewritten, reply: Reply, read: Answer, limits: Limits) -> Answer:
        if read.kind == "construct":
            return answers.read_triples(reply, read.format, limits.rows, self._prefixes)
        computed = boolean_columns(made.text) if self._sources.endpoint.is_virtuoso else ()
        return answers.read_table(reply, read.kind, read.format, limits.rows, computed)

    def reload(self) -> None:
        """Ask the index of the present log from now on, brought up if it is behind."""
        mark = self._sources.settle()
        self._graphs = self._sources.index.graphs(self._sources.paths())
        self._mark = mark

    def close(self) -> None:
        """End the processes that read queries."""
        self._reader.close()

    @contextmanager
    def _place(self, limits: Limits) -> Iterator[None]:
        """Have one of the places to ask the server; QueryBusy when none gets free in time."""
        if not self._places.acquire(timeout=limits.wait):
            raise refusals.busy(limits)
        try:
            yield
        finally:
            self._places.release()
