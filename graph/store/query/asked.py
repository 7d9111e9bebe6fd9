"""What is asked in one piece: the text of a query with all that goes with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.store.query.recall import Recall

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.store.query.answer import Limits, ResultFormat, Term


@dataclass(frozen=True, slots=True)
class Query:
    """One query.

    ``bindings`` are put in for variables that SELECT names. ``accept`` is the format of the answer, JSON or Turtle if
    none is said; ``limits`` are those of the host if none are said. Graphs named here take the place of FROM. Relative
    addresses in the text go by its BASE, else by ``base``. ``recall`` takes it back while it runs.
    """

    text: str
    bindings: Mapping[str, Term] = field(default_factory=dict)
    accept: ResultFormat | None = None
    limits: Limits | None = None
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    base: str | None = None
    recall: Recall = field(default_factory=Recall, compare=False, repr=False)
