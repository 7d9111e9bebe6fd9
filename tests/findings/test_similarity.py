"""The score: symmetric, bounded, monotone, the same by the fast way and by the plain one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.findings.pairs import blocks
from graph.findings.pairs.blocks import Blocks
from graph.findings.pairs.table import table_of
from graph.findings.similarity import (
    FALLBACK,
    all_pairs,
    calibrate,
    shuffle,
    similar_pairs,
    similarity,
    trade,
    weights,
)
from graph.network.incidence import Incidence


def inventory(rows: list[set[int]], above: dict[int, set[int]] | None = None, width: int = 0) -> Incidence:
    """Return an inventory of plans with these concepts, all of one facet."""
    size = max([width, *(c + 1 for row in rows for c in row), *((above or {}).keys())], default=0)
    return Incidence(
        plans=tuple(f"p{n:04}" for n in range(len(rows))),
        concepts=tuple(f"c{n:04}" for n in range(size)),
        facet=("topic",) * size,
        ancestors=tuple(tuple(sorted((above or {}).get(c, ()))) for c in range(size)),
        own=tuple(tuple(sorted(row)) for row in rows),
    )


rows = st.lists(st.sets(st.integers(0, 12), max_size=6), min_size=2, max_size=12)


@st.composite
def inventories(draw: st.DrawFn) -> Incidence:
    said = draw(rows)
    parents = draw(st.dictionaries(st.integers(0, 8), st.integers(9, 12), max_size=6))
    return inventory(said, {child: {parent} for child, parent in parents.items()}, width=13)


@given(inventories())
def test_the_fast_way_gives_the_scores_of_the_plain_one(incidence: Incidence) -> None:
    plain = {(p.a, p.b): p.score for p in all_pairs(incidence) if p.score > 0}
    fast = {(p.a, p.b): p.score for p in similar_pairs(incidence, 0.0)}
    assert fast.keys() == plain.keys()
    assert all(abs(fast[pair] - plain[pair]) <= 1e-6 for pair in plain)


@settings(deadline=None)
@given(inventories(), st.integers(1, 5), st.sampled_from([200, 0]))
def test_blocks_of_any_size_give_the_same_and_so_do_lists(
    incidence: Incidence, rows: int, adding: int
) -> None:
    whole = {(p.a, p.b): p.score for p in similar_pairs(incidence, 0.0)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "MOST_ROWS", rows)
        patch.setattr(blocks, "ADDING", adding)
        assert {(p.a, p.b): p.score for p in similar_pairs(incidence, 0.0)} == whole


@given(inventories())
def test_scores_lie_between_0_and_1_and_identity_scores_1(incidence: Incidence) -> None:
    weight = weights(incidence)
    for row in map(frozenset, incidence.closed):
        own = similarity(row, row, weight)
        assert own == (1.0 if sum(weight[c] for c in row) > 0 else 0.0)
    assert all(0 <= pair.score <= 1 + 1e-9 for pair in similar_pairs(incidence, 0.0))


@given(inventories(), st.randoms())
def test_the_order_of_plans_changes_nothing(incidence: Incidence, dice: random.Random) -> None:
    order = list(range(len(incidence.plans)))
    dice.shuffle(order)
    turned = Incidence(
        incidence.plans,
        incidence.concepts,
        incidence.facet,
        incidence.ancestors,
        tuple(incidence.own[n] for n in order),
    )
    before = {frozenset((p.a, p.b)): p.score for p in all_pairs(incidence)}
    after = {frozenset((order[p.a], order[p.b])): p.score for p in all_pairs(turned)}
    assert after == before


@given(rows)
def test_a_concept_that_every_plan_has_changes_nothing(said: list[set[int]]) -> None:
    plain = inventory(said, width=14)
    universal = inventory([row | {13} for row in said], width=14)
    assert [p.score for p in all_pairs(universal)] == pytest.approx([p.score for p in all_pairs(plain)])


@given(rows, st.integers(0, 12))
def test_under_fixed_weights_a_shared_concept_never_lowers_the_score(
    said: list[set[int]], concept: int
) -> None:
    weight = [*weights(inventory(said, width=13))]
    a, b = frozenset(said[0]), frozenset(said[1])
    assert similarity(a | {concept}, b | {concept}, weight) >= similarity(a, b, weight) - 1e-12


@given(
    st.lists(st.frozensets(st.integers(0, 6), min_size=1), min_size=3, max_size=3),
    st.lists(st.floats(0.01, 9), min_size=7, max_size=7),
)
def test_one_minus_the_score_is_a_distance(sets: list[frozenset[int]], weight: list[float]) -> None:
    a, b, c = sets

    def apart(x: frozenset[int], y: frozenset[int]) -> float:
        return 1 - similarity(x, y, weight)

    assert apart(a, c) <= apart(a, b) + apart(b, c) + 1e-9


def test_nothing_shared_over_nothing_at_all_is_0() -> None:
    assert similarity(frozenset(), frozenset(), []) == 0.0


def test_the_weight_of_a_concept_is_the_log_of_its_rarity() -> None:
    assert weights(inventory([{0}, {0, 1}, {0}])) == pytest.approx([0.0, 0.6931471805599453])


@settings(max_examples=30)
@given(st.lists(st.sets(st.integers(0, 9)), min_size=2, max_size=20), st.integers())
def test_a_shuffle_keeps_row_and_column_sums(said: list[set[int]], seed: int) -> None:
    dealt = [set(row) for row in said]
    trade(dealt, random.Random(seed))
    assert [len(row) for row in dealt] == [len(row) for row in said]
    assert Counter(c for row in dealt for c in row) == Counter(c for row in said for c in row)


def test_a_shuffle_deals_within_facets_only() -> None:
    plain = inventory([{0, 1}, {2, 3}, {0, 3}])
    split = Incidence(
        plain.plans, plain.concepts, ("topic", "topic", "area", "area"), plain.ancestors, plain.own
    )
    dealt = shuffle(split, random.Random(1))
    assert [sum(split.facet[c] == "topic" for c in row) for row in dealt.own] == [2, 0, 1]


def test_a_small_inventory_gets_fixed_bands() -> None:
    assert calibrate(inventory([{0}] * 39)) is FALLBACK


def random_inventory(plans: int, seed: int) -> list[set[int]]:
    dice = random.Random(seed)
    return [set(dice.sample(range(60), dice.randint(4, 9))) for _ in range(plans)]


def test_the_same_seed_gives_the_same_bands() -> None:
    incidence = inventory(random_inventory(60, 1))
    assert calibrate(incidence, replicas=5) == calibrate(incidence, replicas=5)


def test_an_inventory_without_structure_has_at_most_three_stark_pairs() -> None:
    incidence = inventory(random_inventory(100, 7))
    bands = calibrate(incidence, replicas=20)
    assert sum(bands.of(pair.score) == "stark" for pair in similar_pairs(incidence, 0.0)) <= 3


def test_planted_near_copies_are_found() -> None:
    dice = random.Random(3)
    said = random_inventory(90, 3)
    planted = set()
    for number in range(10):
        kept = {c for c in said[number] if dice.random() < 0.8} or said[number]
        said.append(kept | {dice.randrange(60)})
        planted.add((number, len(said) - 1))
    incidence = inventory(said)
    bands = calibrate(incidence, replicas=20)
    stark = {(p.a, p.b) for p in similar_pairs(incidence, bands.stark)}
    assert len(planted & stark) >= 8
    assert len(stark - planted) <= 3


def test_the_southern_women_have_the_known_projection() -> None:
    """Davis, Gardner, Gardner (1941): 89 ties; the projection on women has 139 edges and a weight sum of 322."""
    club = nx.davis_southern_women_graph()
    women = sorted(club.graph["top"])
    events = sorted(club.graph["bottom"])
    incidence = inventory([{events.index(e) for e in club[w]} for w in women])
    table = table_of(incidence)
    (block,) = Blocks(replace(table, weight=np.ones(len(events)))).later()
    pairs = [block.shared[a, b] for a, b in zip(*block.later_places(block.shared > 0), strict=True)]
    assert (len(table.numbers), len(pairs), sum(pairs)) == (89, 139, 322)


def test_pairs_come_best_first() -> None:
    found = [round(p.score, 6) for p in similar_pairs(inventory(random_inventory(50, 5)), 0.1)]
    assert all(a >= b for a, b in pairwise(found))


def average_precision(incidence: Incidence, planted: set[tuple[int, int]]) -> float:
    """Return the mean of the precision at each planted pair, over the ranking of all pairs."""
    ranked = sorted(similar_pairs(incidence, 0.0), key=lambda p: (-round(p.score, 6), p.a, p.b))
    hits, total = 0, 0.0
    for place, pair in enumerate(ranked, start=1):
        if (pair.a, pair.b) in planted:
            hits += 1
            total += hits / place
    return total / len(planted)


def with_copies(
    dice: random.Random, plans: int, copies: int, change: Callable[[int], int]
) -> tuple[list[set[int]], set[tuple[int, int]]]:
    """Return plans of which the last are copies that keep 80 % of another, each kept concept through ``change``."""
    said = [set(dice.sample(range(60), dice.randint(5, 9))) for _ in range(plans - copies)]
    planted = set()
    for number in range(copies):
        kept = {change(c) for c in said[number] if dice.random() < 0.8} or {change(c) for c in said[number]}
        planted.add((number, len(said)))
        said.append(kept | {dice.randrange(60)})
    return said, planted


def raised(dice: random.Random, concept: int) -> int:
    """Return the concept itself, or half the time the broader one above it."""
    return 60 + concept // 3 if dice.random() < 0.5 else concept


@pytest.mark.parametrize("seed", range(5))
def test_planted_overlaps_lead_the_ranking(seed: int) -> None:
    said, planted = with_copies(random.Random(seed), 100, 10, lambda c: c)
    assert average_precision(inventory(said), planted) >= 0.93


def test_closure_finds_copies_whose_terms_are_one_level_off() -> None:
    """Half the kept terms are replaced by a broader one: with the hierarchy they are found 1.7 times as well."""
    above = {c: {60 + c // 3} for c in range(60)}
    plain_total = closed_total = 0.0
    for seed in range(5):
        dice = random.Random(seed)
        said, planted = with_copies(dice, 100, 10, partial(raised, dice))
        plain_total += average_precision(inventory(said, width=80), planted)
        closed_total += average_precision(inventory(said, above, width=80), planted)
    assert closed_total >= 1.7 * plain_total
