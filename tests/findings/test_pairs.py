"""The nearest plans and what explains a pair: exactly what the plain way says, found fast."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.findings.pairs import blocks
from graph.findings.pairs import nearest as nearest_module
from graph.findings.pairs.exact import Pairs, explain
from graph.findings.pairs.nearest import Nearest, nearest
from graph.findings.pairs.table import table_of
from graph.findings.similarity import (
    all_pairs,
    contained_pairs,
    similar_pairs,
    similarity,
    top_scores,
    weights,
)
from graph.network.incidence import Incidence


def inventory(rows: list[set[int]], above: dict[int, int] | None = None, width: int = 0) -> Incidence:
    """Return an inventory of plans with these concepts, some of which have one above them."""
    size = max([width, *(c + 1 for row in rows for c in row)], default=0)
    return Incidence(
        plans=tuple(f"p{n:04}" for n in range(len(rows))),
        concepts=tuple(f"c{n:04}" for n in range(size)),
        facet=("topic",) * size,
        ancestors=tuple((above[c],) if above and c in above else () for c in range(size)),
        own=tuple(tuple(sorted(row)) for row in rows),
    )


@st.composite
def inventories(draw: st.DrawFn) -> Incidence:
    said = draw(st.lists(st.sets(st.integers(0, 12), max_size=6), min_size=2, max_size=14))
    return inventory(said, draw(st.dictionaries(st.integers(0, 8), st.integers(9, 12), max_size=6)), width=13)


def ranked(incidence: Incidence, most: int) -> dict[int, list[tuple[int, float]]]:
    """Return the nearest plans of each plan from the scores of all pairs."""
    found: dict[int, list[tuple[int, float]]] = {}
    for pair in all_pairs(incidence):
        if pair.score > 0:
            found.setdefault(pair.a, []).append((pair.b, pair.score))
            found.setdefault(pair.b, []).append((pair.a, pair.score))
    return {
        plan: sorted(others, key=lambda other: (-round(other[1], 6), other[0]))[:most]
        for plan, others in sorted(found.items())
    }


def listed(found: list[Nearest]) -> dict[int, list[tuple[int, float]]]:
    rows: dict[int, list[tuple[int, float]]] = {}
    for part in found:
        pairs = part.pairs
        for a, b, score in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.score.tolist(), strict=True):
            rows.setdefault(a, []).append((b, score))
    return rows


def same(ours: dict[int, list[tuple[int, float]]], plain: dict[int, list[tuple[int, float]]]) -> bool:
    """Whether the same plans stand in the same order, with scores that differ by a millionth at most."""
    return ours.keys() == plain.keys() and all(
        [other for other, _ in ours[plan]] == [other for other, _ in plain[plan]]
        and all(abs(x - y) <= 1e-6 for (_, x), (_, y) in zip(ours[plan], plain[plan], strict=True))
        for plan in plain
    )


@settings(deadline=None)
@given(inventories(), st.integers(1, 4), st.integers(1, 5), st.sampled_from([200, 0]))
def test_the_nearest_plans_are_those_of_the_plain_way(
    incidence: Incidence, most: int, rows: int, adding: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "MOST_ROWS", rows)
        patch.setattr(blocks, "ADDING", adding)
        assert same(listed(list(nearest(incidence, most))), ranked(incidence, most))


@pytest.mark.parametrize(("plans", "terms", "most"), [(300, 60, 10), (700, 12, 3), (290, 5, 10)])
def test_many_plans_with_many_ties_have_the_same_nearest_plans_by_both_ways(
    plans: int, terms: int, most: int
) -> None:
    """Few terms make many equal scores, so that the order of IRIs decides; so many plans are looked at in groups."""
    dice = random.Random(terms)
    incidence = inventory([set(dice.sample(range(terms), dice.randint(0, 4))) for _ in range(plans)])
    assert same(listed(list(nearest(incidence, most))), ranked(incidence, most))


@settings(max_examples=30, deadline=None)
@given(inventories(), st.integers(1, 2))
def test_groups_of_columns_lose_no_plan(incidence: Incidence, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest_module, "GROUPS", 3)
        patch.setattr(nearest_module, "MOST_CANDIDATES", 1)
        assert same(listed(list(nearest(incidence, most))), ranked(incidence, most))


@settings(deadline=None)
@given(inventories())
def test_a_pair_is_explained_by_what_both_have_and_what_one_has(incidence: Incidence) -> None:
    weight = weights(incidence)
    held = [{c for c in row if weight[c] > 0} for row in incidence.closed]
    for part in nearest(incidence, 5):
        for place, (a, b) in enumerate(zip(part.pairs.a.tolist(), part.pairs.b.tolist(), strict=True)):
            assert part.explanation.shared[place] == sorted(held[a] & held[b])
            assert part.explanation.only_a[place] == sorted(held[a] - held[b])
            assert part.explanation.only_b[place] == sorted(held[b] - held[a])
            assert part.pairs.score[place] == pytest.approx(similarity(held[a], held[b], weight), abs=1e-12)


def test_no_pairs_need_no_explanation() -> None:
    table = table_of(inventory([{0}, {1}]))
    none = table.first[:0]
    pairs, explanation = explain(table, none, none)
    assert isinstance(pairs, Pairs)
    assert len(pairs.a) == len(explanation.shared.first) == 0


def test_an_inventory_without_plans_has_no_nearest_plans() -> None:
    assert list(nearest(inventory([]))) == []


def test_a_score_at_the_edge_of_a_band_is_summed_without_error() -> None:
    """Nine of twenty equal concepts: 0.45 as ``fsum`` has it, so that the pair is in the band and not just below."""
    common, rest = set(range(9)), [set(range(9, 15)), set(range(15, 20))]
    fill = [{c} for c in range(20)]
    incidence = inventory([common | rest[0], common | rest[1], *(fill[c] for c in range(9, 20))])
    (pair,) = (p for p in similar_pairs(incidence, 0.45) if (p.a, p.b) == (0, 1))
    plain = next(p for p in all_pairs(incidence) if (p.a, p.b) == (0, 1))
    assert (pair.score, pair.shared) == (plain.score, plain.shared)


@settings(deadline=None)
@given(inventories(), st.floats(0.05, 1), st.floats(0, 3))
def test_contained_pairs_are_those_whose_lighter_plan_is_mostly_shared(
    incidence: Incidence, least: float, weight: float
) -> None:
    of = weights(incidence)
    total = [sum(of[c] for c in row) for row in incidence.closed]
    plain = {(p.a, p.b): p.shared / min(total[p.a], total[p.b]) for p in all_pairs(incidence) if p.shared > 0}
    clear = {
        pair
        for pair, share in plain.items()
        if abs(share - least) > 1e-9 and abs(share * min(total[pair[0]], total[pair[1]]) - weight) > 1e-9
    }
    found = {(p.a, p.b) for p, _ in contained_pairs(incidence, least, weight)}
    for a, b in clear:
        wanted = plain[a, b] >= least and plain[a, b] * min(total[a], total[b]) >= weight
        assert ((a, b) in found) == wanted


@settings(deadline=None)
@given(inventories(), st.integers(1, 30), st.integers(1, 5))
def test_the_highest_scores_are_those_of_all_pairs(incidence: Incidence, most: int, rows: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "MOST_ROWS", rows)
        found = top_scores(incidence, most)
    plain = sorted((p.score for p in all_pairs(incidence) if p.score > 0), reverse=True)[:most]
    assert found == pytest.approx(plain, abs=1e-12)
