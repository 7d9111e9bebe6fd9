"""Rule 2, Teilmenge: all that one plan names stands in another too; perhaps it is a part.

Containment C is the shared weight over the smaller plan's weight. Jaccard misses these pairs, since the larger plan has
much besides. Ordered by C·(1 − e^(−shared/3)), so that little weight counts little.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.errors import Text
from graph.findings.finding import Finding, Rule, finding_id
from graph.findings.rules.overlap import Candidates, pair_evidence, same_work
from graph.findings.similarity import contained_pairs

RULE = Rule(
    "subset",
    1,
    Text(
        "Mindestens 80 % des Gewichts des kleineren Planwerks stehen auch im größeren; mindestens vier gemeinsame Begriffe "
        "mit zusammen mindestens 4 Gewicht; keine Teil-Beziehung erfasst; die zehn deutlichsten.",
        "At least 80 % of the smaller plan's weight stands in the larger one too; at least four shared concepts weighing "
        "at least 4 together; no part-of relation recorded; the ten clearest.",
    ),
)
LEAST_CONTAINED = 0.8
LEAST_SHARED = 4
LEAST_WEIGHT = 4.0
TOP = 10


@dataclass(frozen=True, slots=True)
class Contained:
    """A smaller plan within a larger one, by their numbers."""

    part: int
    whole: int
    containment: float
    shared: float

    @property
    def rank(self) -> float:
        """How clear the case is: containment, tempered where little weight is shared."""
        return self.containment * (1 - math.exp(-self.shared / 3))


def find_subsets(candidates: Candidates) -> list[Finding]:
    """Return the plans that seem to be parts of others, clearest first."""
    found = sorted(_contained(candidates), key=lambda c: (-round(c.rank, 6), c.part, c.whole))
    return [_finding(candidates, contained) for contained in found[:TOP]]


def _contained(candidates: Candidates) -> Iterator[Contained]:
    @cache
    def total(number: int) -> float:
        return math.fsum(candidates.weight[c] for c in candidates.held[number])

    plans = candidates.incidence.plans
    for pair, containment in contained_pairs(candidates.incidence, LEAST_CONTAINED, LEAST_WEIGHT):
        part, whole = sorted((pair.a, pair.b), key=lambda number: (total(number), number))
        enough = len(candidates.held[pair.a] & candidates.held[pair.b]) >= LEAST_SHARED
        if enough and not same_work(candidates.network, plans[part], plans[whole]):
            yield Contained(part, whole, containment, pair.shared)


def _finding(candidates: Candidates, found: Contained) -> Finding:
    network, plans = candidates.network, candidates.incidence.plans
    part, whole = plans[found.part], plans[found.whole]
    names = (network.label(part), network.label(whole))
    share = round(100 * found.containment)
    return Finding(
        id=finding_id(RULE.id, (part, whole)),
        rule=RULE,
        kind="subset",
        band="hinweis",
        score=found.containment,
        nodes=(network.id(part), network.id(whole)),
        plans=(network.id(part), network.id(whole)),
        departments=tuple(network.id(u) for plan in (part, whole) for u in network.targets(plan, "leadUnit")),
        sentence=Text(
            f"{share} % dessen, was „{names[0]}“ nennt, steht auch in „{names[1]}“. Ist es ein Teilplan davon?",
            f"{share} % of what “{names[0]}” names stands in “{names[1]}” too. Is it a part of it?",
        ),
        evidence=pair_evidence(candidates, found.part, found.whole),
        shared=candidates.shared(found.part, found.whole),
        details={
            "title": Text("Möglicher Teilplan", "Possibly a part").document(),
            "rank": round(found.rank, 4),
        },
    )
