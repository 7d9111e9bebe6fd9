"""Plans × concepts as arrays of numbers: only what weighs something, since the rest can neither join nor tell apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph.network.incidence import Incidence


@dataclass(frozen=True)
class Table:
    """The concepts of plan i are ``numbers[first[i]:first[i + 1]]``, ascending; ``count`` and ``weight`` are by concept.

    A concept that every plan has weighs nothing and is left out.
    """

    first: NDArray[np.int64]
    numbers: NDArray[np.int32]
    count: NDArray[np.int64]
    weight: NDArray[np.float64]

    @property
    def plans(self) -> int:
        """How many plans there are."""
        return len(self.first) - 1

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """How many concepts each plan has."""
        return np.diff(self.first)

    @cached_property
    def total(self) -> NDArray[np.float64]:
        """The weight of each plan."""
        return summed(self.owners, self.weight[self.numbers], self.plans)

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        """The plan of each entry of ``numbers``."""
        return np.repeat(np.arange(self.plans), self.lengths)

    def entries(self, plans: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the concepts of ``plans`` one after the other."""
        lengths = self.lengths[plans]
        place = np.arange(lengths.sum())
        place += np.repeat(self.first[plans] - np.cumsum(lengths) + lengths, lengths)
        return self.numbers.take(place)

    def row(self, plan: int) -> frozenset[int]:
        """Return the concepts of one plan."""
        return frozenset(self.numbers[self.first[plan] : self.first[plan + 1]].tolist())


def summed(owner: NDArray[np.int64], values: NDArray[np.float64], owners: int) -> NDArray[np.float64]:
    """Return the sum of the values of each of so many owners."""
    return np.bincount(owner, values, owners).astype(np.float64, copy=False)


def table_of(incidence: Incidence) -> Table:
    """Return the arrays of an incidence, closed over what lies above."""
    closed = incidence.closed
    lengths = np.fromiter(map(len, closed), np.int64, len(closed))
    numbers = np.fromiter(chain.from_iterable(closed), np.int32, int(lengths.sum()))
    count = np.bincount(numbers, minlength=len(incidence.concepts))
    if len(closed) in count:
        heavy = (count < len(closed))[numbers]
        lengths = np.bincount(np.repeat(np.arange(len(closed)), lengths)[heavy], minlength=len(closed))
        numbers = numbers[heavy]
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return Table(first, numbers, count, _weights(count, len(closed)))


def _weights(count: NDArray[np.int64], plans: int) -> NDArray[np.float64]:
    """Return w(f) of each concept, to the last digit that of ``math.log``."""
    of_count = {times: math.log((plans + 1) / (times + 1)) for times in set(count.tolist())}
    return np.array([of_count[times] for times in count.tolist()], dtype=np.float64)
