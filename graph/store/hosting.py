"""Who is asked: anything that answers SPARQL for a store, and what keeps that up to date, wherever the store is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Protocol, Self

from graph.store.query.asked import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.store.current import Standing
    from graph.store.query.answer import Answer, Limits, ResultFormat, Term


class Host(ABC):
    """Answers SPARQL; safe to use from many threads, and to be closed at the end."""

    limits: Limits

    @property
    @abstractmethod
    def pid(self) -> int:
        """The process id of what reads queries; it stays the same whatever queries do."""

    @property
    @abstractmethod
    def no_network(self) -> bool:
        """Whether what reads queries is in an empty network of its own, beside having no sockets."""

    @abstractmethod
    def answer(self, query: Query) -> Answer:
        """Return the answer to a query.

        Raises QueryRefused, QueryInvalid, QueryStopped, QueryBusy, BadRequest for a format or binding that does not fit,
        and StoreUnreachable where the store is a server.
        """

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        accept: ResultFormat | None = None,
        limits: Limits | None = None,
    ) -> Answer:
        """Return the answer to a text, as ``answer`` does."""
        return self.answer(Query(text, bindings or {}, accept, limits))

    @abstractmethod
    def close(self) -> None:
        """End all processes; queries that still run raise QueryStopped."""

    def __enter__(self) -> Self:
        """Return this host, to be closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()


class Current(Protocol):
    """Gives the host of the present state."""

    def at(self, read_snapshot: Callable[[], str]) -> Host:
        """Return the host of the state that is read."""

    def standing(self) -> Standing:
        """Return where the sources are indexed, without starting anything."""

    def close(self) -> None:
        """Stop the host, if it runs."""
