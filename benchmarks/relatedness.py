"""What each step of the ranking of related plans brings: the table of docs/relatedness.md.

    python -m benchmarks.relatedness PROGRAMS.jsonl.gz LABELS.csv

The intervals are 5 to 95 % of 1,000 samples of the labelled programmes, drawn with replacement: a pair counts as often
as both its programmes were drawn, and no programme makes a pair with itself.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from api.jobs.bench import PAIRS, Truth, description, figures
from graph.findings.related.relatedness import Description, Parameters, Ranked, relate
from graph.intake.programs import Programme, read_outcomes, read_programs

SEED = 20171207
SAMPLES = 1000
NOTHING_USUAL = Parameters(concept_share=0, neighbours=0)
WORDS = replace(NOTHING_USUAL, passages_for_half=math.inf)
MEANING = replace(NOTHING_USUAL, passages_for_half=0)


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to rank: its name, its parameters and what it reads of a programme."""

    name: str
    parameters: Parameters
    reads: Callable[[Programme], Description] = description


def without_office(programme: Programme) -> Description:
    """Return the description without the name of the office."""
    return description(replace(programme, office=""))


def without_results(programme: Programme) -> Description:
    """Return the description without what the programme reports year by year."""
    return replace(description(programme), more="")


def without_owner(programme: Programme) -> Description:
    """Return the description as if one agency had all programmes."""
    return replace(description(programme), owner="one")


def beneficiaries_only(programme: Programme) -> Description:
    """Return nothing but who benefits."""
    named = description(programme)
    return replace(named, concepts=frozenset(c for c in named.concepts if c.startswith("beneficiary")))


VARIANTS = (
    Variant("beneficiaries alone (simGIC)", replace(WORDS, concept_share=1), beneficiaries_only),
    Variant("words alone (TF-IDF), without the office's name", WORDS, without_office),
    Variant("words alone (TF-IDF)", WORDS),
    Variant("words, less the usual of the owner", replace(WORDS, neighbours=50)),
    Variant("meaning alone, without the office's name", MEANING, without_office),
    Variant("meaning alone", MEANING),
    Variant("meaning, less the usual of all plans", replace(MEANING, neighbours=50), without_owner),
    Variant("meaning, less the usual of the owner", replace(MEANING, neighbours=50)),
    Variant("the product", Parameters()),
    Variant("the product without the office's name", Parameters(), without_office),
    Variant("the product without results", Parameters(), without_results),
    Variant("the product with concepts at .2", Parameters(concept_share=0.2)),
    Variant("the product with 25 neighbours", Parameters(neighbours=25)),
    Variant("the product with 100 neighbours", Parameters(neighbours=100)),
)


def main(programs: str, labels: str) -> None:
    """Print one line of a table per variant."""
    programmes = read_programs(Path(programs))
    truth = Truth(
        outcomes=read_outcomes(Path(labels), {programme.id for programme in programmes}),
        agencies={programme.id: programme.agency for programme in programmes},
    )
    print("| ranking | all | cross-agency | hit at 3 |\n|---|---|---|---|")
    for variant in VARIANTS:
        related = relate(map(variant.reads, programmes), variant.parameters)
        ranking = related.ranking(truth.outcomes)
        found, spread = figures(ranking, truth), intervals(ranking, truth)
        pairs = found["pairs_at_50"]
        shown = (pairs["all"], pairs["cross_agency"], found["hit_at_3"])
        cells = (
            f"{value:.2f} ({low:.2f}–{high:.2f})" for value, (low, high) in zip(shown, spread, strict=True)
        )
        print(f"| {variant.name} | {' | '.join(cells)} |", flush=True)


def intervals(ranking: Sequence[Ranked], truth: Truth) -> list[tuple[float, float]]:
    """Return 5 and 95 % of each figure over samples of the labelled programmes."""
    number = {programme: index for index, programme in enumerate(sorted(truth.outcomes))}
    a = np.array([number[pair.a] for pair in ranking])
    b = np.array([number[pair.b] for pair in ranking])
    overlaps = np.array([truth.overlap(pair) for pair in ranking])
    crosses = np.array([truth.crosses(pair) for pair in ranking])
    dice = np.random.default_rng(SEED)
    drawn = []
    for _ in range(SAMPLES):
        times = np.bincount(dice.integers(len(number), size=len(number)), minlength=len(number))
        weight = times[a] * times[b]
        drawn.append(
            (
                _precision(weight, overlaps),
                _precision(weight[crosses], overlaps[crosses]),
                _hit(times, a, b, overlaps),
            )
        )
    low, high = np.quantile(np.array(drawn), (0.05, 0.95), axis=0)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _precision(weight: NDArray[np.int_], overlaps: NDArray[np.bool_]) -> float:
    """Return the share of overlaps among the first 50 pairs, each counted by its weight."""
    before = np.cumsum(weight) - weight
    counted = np.clip(PAIRS - before, 0, weight)
    return float(counted @ overlaps / max(1, counted.sum()))


def _hit(
    times: NDArray[np.int_], a: NDArray[np.int_], b: NDArray[np.int_], overlaps: NDArray[np.bool_]
) -> float:
    """Return the share of drawn programmes with an overlap that have one among their 3 best neighbours."""
    present = (times[a] > 0) & (times[b] > 0)
    met: list[list[bool]] = [[] for _ in times]
    for first, second, true in zip(a[present], b[present], overlaps[present], strict=True):
        met[first].append(bool(true))
        met[second].append(bool(true))
    counted = [(n, any(row[:3])) for n, row in zip(times.tolist(), met, strict=True) if any(row)]
    return sum(n for n, hit in counted if hit) / sum(n for n, _ in counted)


if __name__ == "__main__":
    main(*sys.argv[1:])
