"""What plans say or name, as weighted features: words or concepts that weigh more, the fewer plans have them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Weighted:
    """Which plans have a feature and how much it weighs there: one row of feature numbers per plan."""

    names: tuple[str, ...]
    rows: tuple[NDArray[np.intp], ...]
    weights: tuple[NDArray[np.float64], ...]

    @cached_property
    def _holders(self) -> Mapping[int, tuple[NDArray[np.intp], NDArray[np.float64]]]:
        found: dict[int, list[tuple[int, float]]] = {}
        for plan, (row, weight) in enumerate(zip(self.rows, self.weights, strict=True)):
            for feature, value in zip(row.tolist(), weight.tolist(), strict=True):
                found.setdefault(feature, []).append((plan, value))
        return {
            feature: (np.array([p for p, _ in held], dtype=np.intp), np.array([w for _, w in held]))
            for feature, held in found.items()
        }

    def products(self, plan: int) -> NDArray[np.float64]:
        """Return the sum of products of shared features of ``plan`` with every plan."""
        total = np.zeros(len(self.rows))
        for feature, weight in zip(self.rows[plan].tolist(), self.weights[plan].tolist(), strict=True):
            plans, weights = self._holders[feature]
            total[plans] += weight * weights
        return total

    def holding(self, features: Iterable[int]) -> list[int]:
        """Return the numbers of the rows that have one of these features, in order."""
        empty: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        rows = [self._holders[feature][0] for feature in features if feature in self._holders]
        found: list[int] = np.unique(np.concatenate([empty, *rows])).tolist()
        return found

    def shared(self, a: int, b: int) -> list[tuple[str, float]]:
        """Return the features that two plans share with their products, the weightiest first."""
        first, second = (
            dict(zip(self.rows[plan].tolist(), self.weights[plan].tolist(), strict=True)) for plan in (a, b)
        )
        products = [(self.names[f], weight * second[f]) for f, weight in first.items() if second.get(f)]
        return sorted((pair for pair in products if pair[1] > 0), key=lambda pair: (-pair[1], pair[0]))


def idf(rows: Sequence[Iterable[str]]) -> dict[str, float]:
    """Return ln((n+1)/(df+1)) of every word or concept of n rows: 0 for what every row has."""
    count = Counter(item for row in rows for item in set(row))
    return {item: math.log((len(rows) + 1) / (df + 1)) for item, df in count.items()}


def unit_row(row: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of a row at length 1; without any weight nothing."""
    length = math.sqrt(math.fsum(weight * weight for weight in row.values()))
    return {word: weight / length for word, weight in row.items()} if length > 0 else {}


def weighted(rows: Sequence[Mapping[str, float]]) -> Weighted:
    """Return rows of named features with the features numbered by name."""
    number = {name: index for index, name in enumerate(sorted({name for row in rows for name in row}))}
    ordered = [sorted(row.items()) for row in rows]
    return Weighted(
        names=tuple(number),
        rows=tuple(np.array([number[name] for name, _ in row], dtype=np.intp) for row in ordered),
        weights=tuple(np.array([weight for _, weight in row], dtype=np.float64) for row in ordered),
    )
