"""The net looks the same each time, whatever order things come in, and stays when something is added."""

from __future__ import annotations

import math
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.network.force import settled

NAMES = [f"https://example.org/id/{letter}" for letter in "abcdefghijklmnop"]
RING = [*pairwise(NAMES), (NAMES[-1], NAMES[0])]


def test_the_order_of_nodes_and_links_changes_nothing():
    assert settled(NAMES, RING) == settled(reversed(NAMES), [(b, a) for a, b in reversed(RING)])


def test_a_held_place_stays_to_the_last_digit():
    before = settled(NAMES, RING)
    after = settled([*NAMES, "new"], [*RING, ("new", NAMES[0])], before)
    assert {key: after[key] for key in NAMES} == before


def test_what_is_new_stands_nearer_to_what_it_is_linked_with_than_half_of_the_others():
    held = settled(NAMES, RING)
    place = settled([*NAMES, "new"], [*RING, ("new", NAMES[3])], held)
    reach = sorted(math.dist(place["new"], place[key]) for key in NAMES)
    assert math.dist(place["new"], place[NAMES[3]]) <= reach[len(reach) // 2]


def test_neighbours_stand_nearer_than_strangers():
    two = [(a, b) for half in (NAMES[:8], NAMES[8:]) for a in half for b in half if a < b]
    place = settled(NAMES, two)
    inside = [math.dist(place[a], place[b]) for a, b in two]
    across = [math.dist(place[a], place[b]) for a in NAMES[:8] for b in NAMES[8:]]
    assert sum(inside) / len(inside) < sum(across) / len(across) / 2


def test_a_link_to_what_is_not_shown_and_to_itself_is_left_out():
    assert settled(["a", "b"], [("a", "gone"), ("b", "b")]) == settled(["a", "b"], [])


def test_nothing_gives_nothing():
    assert settled([], []) == {}


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(NAMES), min_size=1), st.lists(st.tuples(*[st.sampled_from(NAMES)] * 2)))
def test_every_node_has_a_finite_place_of_its_own(keys: set[str], links: list[tuple[str, str]]):
    place = settled(keys, links)
    assert place.keys() == keys
    assert all(math.isfinite(number) for point in place.values() for number in point)
    assert len(set(place.values())) == len(keys)
