r"""Which plans are related, where they carry text beside concepts: a ranking for suggestions, not a finding.

.. math::

    T(a, b) = (1 - \gamma)\,\bigl[\alpha\,\cos(m_a, m_b) + (1 - \alpha)\,\cos(t_a, t_b)\bigr] + \gamma\,S(a, b),
    \qquad R(a, b) = T(a, b) - \tfrac{1}{2}\,(u_a + u_b)

``m`` is the mean of the vectors of a plan's words (see ``meaning``), weighted by how often a word is said and by its
IDF, less the mean of all plans; ``t`` are those weighted words themselves; ``S`` is simGIC of the concepts (see
``similarity``). The more passages there are to learn from, the more meaning counts beside the bare words:
:math:`\alpha = p / (p + 200)`.

``u`` is what is usual: the mean of T over the 50 nearest plans (at most half the inventory), among plans of the same
owner for a pair of one owner and among plans of other owners for a pair of two. What an office's plans resemble each
other anyway, because one hand wrote them, is no news. Missing places are filled with what is usual among all plans.

Sources: Salton and Buckley (1988) for t; Conneau et al. (2018), "Word translation without parallel data", for R (CSLS),
here within and across owners. How it was chosen and what it reaches is told in docs/relatedness.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from graph.findings.features import Weighted, idf, unit_row, weighted
from graph.findings.related.meaning import Learning, Meanings, learn, unit
from graph.findings.related.text import forms, language_of, read

_DIGITS = 6
_SHOWN_WORDS = 5


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a plan.

    ``text`` is what it is about: title, summary, goals, name of the unit in charge. ``more`` only helps to learn what
    words mean (reports, measures). ``concepts`` come closed over what lies above them. An empty owner is unknown and
    equals no other.
    """

    key: str
    text: str = ""
    owner: str = ""
    concepts: frozenset[str] = frozenset()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the ranking depends on beside the descriptions themselves; without neighbours nothing is usual."""

    learning: Learning = field(default_factory=Learning)
    concept_share: float = 0.05
    passages_for_half: float = 200
    neighbours: int = 50


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A related plan: rank value, similarity before the usual was taken off, and the words both say."""

    key: str
    score: float
    similarity: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Two plans (``a`` < ``b``) and their rank value; minus infinity where nothing relates them."""

    a: str
    b: str
    score: float


@dataclass(frozen=True)
class Relatedness:
    """The related plans of an inventory; plans are numbered in the order of their keys."""

    plans: tuple[Description, ...]
    written: Mapping[str, str]
    said: Weighted
    meant: NDArray[np.float64]
    named: Weighted
    passages: int
    parameters: Parameters

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The number of each plan by its key."""
        return {plan.key: index for index, plan in enumerate(self.plans)}

    @cached_property
    def trust_in_meaning(self) -> float:
        """How much meaning counts beside the bare words: α, between 0 and 1."""
        return self.passages / (self.passages + self.parameters.passages_for_half)

    def similarity(self, plan: int) -> NDArray[np.float64]:
        """Return T of a plan with every plan; 0 or less means that nothing relates them."""
        trust, share = self.trust_in_meaning, self.parameters.concept_share
        text = trust * np.einsum("ij,j->i", self.meant, self.meant[plan]) + (1 - trust) * self.said.products(
            plan
        )
        blended: NDArray[np.float64] = (1 - share) * text + share * self._concept_similarity(plan)
        return blended

    def _concept_similarity(self, plan: int) -> NDArray[np.float64]:
        shared = self.named.products(plan)
        union = self._concept_weight[plan] + self._concept_weight - shared
        part: NDArray[np.float64] = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
        return part

    @cached_property
    def _concept_weight(self) -> NDArray[np.float64]:
        return np.array([math.fsum((row**2).tolist()) for row in self.named.weights])

    @cached_property
    def _owner(self) -> NDArray[np.intp]:
        """The number of each plan's owner; an unknown owner gets a number of its own."""
        number: dict[str, int] = {}
        return np.array(
            [number.setdefault(p.owner or f"\0{index}", len(number)) for index, p in enumerate(self.plans)],
            dtype=np.intp,
        )

    @cached_property
    def usual(self) -> NDArray[np.float64]:
        """What is usual for each plan (plans × 2): among plans of its owner, among plans of other owners."""
        return np.array([self._usual_of(plan) for plan in range(len(self.plans))]).reshape(-1, 2)

    def _usual_of(self, plan: int) -> tuple[float, float]:
        if not self.parameters.neighbours:
            return 0.0, 0.0
        similarity = self.similarity(plan)
        same = self._owner == self._owner[plan]
        other, same[plan] = ~same, False
        places = max(1, min(self.parameters.neighbours, len(self.plans) // 2))
        among_all = np.concatenate([_nearest(similarity[same], places), _nearest(similarity[other], places)])
        general = float(_nearest(among_all, places).mean()) if len(among_all) else 0.0
        return _filled(similarity[same], places, general), _filled(similarity[other], places, general)

    def scores(self, plan: int) -> NDArray[np.float64]:
        """Return R of a plan with every plan; minus infinity where nothing relates them, and with itself."""
        similarity = self.similarity(plan)
        column = np.where(self._owner == self._owner[plan], 0, 1)
        usual = (self.usual[plan, column] + self.usual[np.arange(len(self.plans)), column]) / 2
        related = np.round(similarity, _DIGITS) > 0
        related[plan] = False
        return np.where(related, np.round(similarity - usual, _DIGITS), -np.inf)

    def neighbours(self, key: str, count: int) -> tuple[Neighbour, ...]:
        """Return the ``count`` plans most related to a plan, best first; of equals the first by key."""
        plan = self.number[key]
        scores, similarity = self.scores(plan), self.similarity(plan)
        order = np.argsort(-scores, kind="stable")[:count]
        return tuple(
            Neighbour(
                key=self.plans[other].key,
                score=float(scores[other]),
                similarity=round(float(similarity[other]), _DIGITS),
                words=self.shared_words(key, self.plans[other].key),
            )
            for other in order.tolist()
            if scores[other] > -np.inf
        )

    def ranking(self, keys: Iterable[str]) -> list[Ranked]:
        """Return all pairs of the plans named, best first; of equals the first by key."""
        chosen = sorted({self.number[key] for key in keys})
        scores = {plan: self.scores(plan) for plan in chosen}
        pairs = (
            Ranked(a=self.plans[a].key, b=self.plans[b].key, score=float(scores[a][b]))
            for a, b in combinations(chosen, 2)
        )
        return sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b))

    def shared_words(self, a: str, b: str, count: int = _SHOWN_WORDS) -> tuple[str, ...]:
        """Return the weightiest words that two plans share, as they are most often written."""
        shared = self.said.shared(self.number[a], self.number[b])
        return tuple(self.written[stem] for stem, _ in shared[:count])


def relate(descriptions: Iterable[Description], parameters: Parameters | None = None) -> Relatedness:
    """Return who is related to whom; the order of ``descriptions`` changes nothing, keys must differ."""
    rule = parameters or Parameters()
    plans = tuple(sorted(descriptions, key=lambda plan: plan.key))
    if len({plan.key for plan in plans}) < len(plans):
        raise ValueError("two descriptions have the same key")
    texts = [plan.text for plan in plans]
    language = language_of(texts)
    read_texts = read([*texts, *(plan.more for plan in plans)], language)
    words, more = read_texts[: len(plans)], read_texts[len(plans) :]
    meanings = learn([[*own, *rest] for own, rest in zip(words, more, strict=True)], rule.learning)
    weight = idf(words)
    said = [{word: n * weight[word] for word, n in Counter(row).items()} for row in words]
    return Relatedness(
        plans=plans,
        written=forms(texts, language),
        said=weighted([unit_row(row) for row in said]),
        meant=_meant(said, meanings),
        named=_named(plans),
        passages=meanings.passages,
        parameters=rule,
    )


def _named(plans: Sequence[Description]) -> Weighted:
    """Return the concepts of each plan at the root of their weight: shared products then sum to shared weight."""
    weight = idf([plan.concepts for plan in plans])
    return weighted([{name: math.sqrt(weight[name]) for name in plan.concepts} for plan in plans])


def _meant(said: Sequence[Mapping[str, float]], meanings: Meanings) -> NDArray[np.float64]:
    """Return the direction of each text among the meanings, seen from the middle of all; zeros without words."""
    means = np.zeros((len(said), meanings.vectors.shape[1]))
    for index, row in enumerate(said):
        known = sorted(word for word in row if word in meanings.number)
        if known:
            weights = np.array([row[word] for word in known])
            means[index] = weights @ meanings.vectors[[meanings.number[word] for word in known]]
    means = unit(means)
    filled = means.any(axis=1)
    if filled.any():
        means[filled] -= means[filled].mean(axis=0)
    return unit(means)


def _nearest(values: NDArray[np.float64], places: int) -> NDArray[np.float64]:
    return np.sort(values)[::-1][:places]


def _filled(values: NDArray[np.float64], places: int, general: float) -> float:
    found = _nearest(values, places)
    return (float(found.sum()) + (places - len(found)) * general) / places
