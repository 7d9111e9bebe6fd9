"""What is asked: anything that answers SPARQL for a store, and what keeps that up to date, wherever the store is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph.store.current import Standing
    from graph.store.query.answer import Answer, Limits, ResultFormat, Term


class Host(Protocol):
    """Answers SPARQL; safe to use from many threads."""

    @property
    def pid(self) -> int:
        """The process id of what reads queries; it stays the same whatever queries do."""

    @property
    def no_network(self) -> bool:
        """Tell whether what reads queries is in an empty network of its own."""

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        accept: ResultFormat | None = None,
        limits: Limits | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Return the answer to ``text``, with ``bindings`` put in for variables that SELECT names."""

    def close(self) -> None:
        """End all processes."""


class Current(Protocol):
    """Gives the host of the present state."""

    def at(self, read_snapshot: Callable[[], str]) -> Host:
        """Return the host of the state that is read."""

    def standing(self) -> Standing:
        """Return where the sources are indexed, without starting anything."""

    def close(self) -> None:
        """Stop the host, if it runs."""
