r"""What words mean, learnt from the texts themselves: words are alike that are said in the same company.

.. math::

    \mathrm{PPMI}(v, c) = \max\left(0, \ln\frac{n(v, c)\,/\,n}{p(v)\,p_{.75}(c)}\right)

``n(v, c)`` counts the passages that hold both words. A truncated singular value decomposition of this matrix gives every
word a vector. No model is loaded and nothing leaves the machine; the same texts give the same vectors.

Sources: Levy, Goldberg and Dagan (2015), "Improving distributional similarity with lessons learned from word
embeddings" (PPMI, the power .75 that keeps rare words from being overrated); Halko, Martinsson and Tropp (2011),
doi:10.1137/090771806 (the decomposition from a seeded random start).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20171207
_ROUNDS = 4
_SPARE = 20
_SMOOTHING = 0.75


@dataclass(frozen=True, slots=True)
class Learning:
    """How word vectors are learnt: words per passage, how rare a word may be, most words, length of a vector."""

    passage: int = 100
    rarest: int = 2
    vocabulary: int = 5000
    dimensions: int = 100


@dataclass(frozen=True, slots=True)
class Meanings:
    """A vector of length 1 per word (words × dimensions) and how many passages it was learnt from."""

    number: Mapping[str, int]
    vectors: NDArray[np.float64]
    passages: int


def learn(texts: Sequence[Sequence[str]], rule: Learning) -> Meanings:
    """Return the vectors of the words that most passages of ``texts`` hold, in alphabetical order."""
    passages = [frozenset(passage) for text in texts for passage in _passages(text, rule.passage)]
    words = _vocabulary(passages, rule)
    number = {word: index for index, word in enumerate(words)}
    rows = ([number[word] for word in passage if word in number] for passage in passages)
    vectors = _reduced(_ppmi(_together(rows, len(words))), rule.dimensions)
    return Meanings(number=number, vectors=unit(vectors), passages=len(passages))


def _passages(words: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(words), size):
        yield words[start : start + size]


def _vocabulary(passages: Sequence[frozenset[str]], rule: Learning) -> list[str]:
    count = Counter(word for passage in passages for word in passage)
    often = sorted((-n, word) for word, n in count.items() if n >= rule.rarest)
    return sorted(word for _, word in often[: rule.vocabulary])


def _together(rows: Iterator[list[int]], size: int) -> NDArray[np.float32]:
    """Return how many passages hold each two words (words × words, nothing on the diagonal)."""
    table = np.zeros((size, size), dtype=np.float32)
    for row in rows:
        table[np.ix_(row, row)] += 1
    np.fill_diagonal(table, 0)
    return table


def _ppmi(table: NDArray[np.float32]) -> NDArray[np.float32]:
    seen = table.sum(axis=1, dtype=np.float64)
    smooth = seen**_SMOOTHING
    with np.errstate(divide="ignore", invalid="ignore"):
        expected_word = np.log(seen)
        expected_context = np.log(smooth / smooth.sum())
        np.log(table, out=table)
        table -= expected_word.astype(np.float32)[:, None]
        table -= expected_context.astype(np.float32)
    table[~np.isfinite(table)] = 0
    return np.maximum(table, 0, out=table)


def _reduced(table: NDArray[np.float32], dimensions: int) -> NDArray[np.float64]:
    """Return the rows of ``table`` in its ``dimensions`` most telling directions."""
    if not len(table):
        return np.zeros((0, dimensions))
    width = min(len(table), dimensions + _SPARE)
    basis = np.random.default_rng(SEED).standard_normal((len(table), width)).astype(np.float32)
    for _ in range(_ROUNDS):
        basis = np.linalg.qr(table.T @ (table @ basis))[0]
    left, values, _ = np.linalg.svd(table @ basis, full_matrices=False)
    return np.asarray(left[:, :dimensions] * values[:dimensions], dtype=np.float64)


def unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return every row at length 1; a row of zeros stays one."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    divided: NDArray[np.float64] = np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)
    return divided
