"""How two things hang together: by what they share alone, not by what everything shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.network.ways import LONGEST_WAY, ways


def near(*links: str) -> dict[str, set[str]]:
    """Return the neighbours in links written like ``ab``."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in links:
        found[one].add(other)
        found[other].add(one)
    return dict(found)


def test_a_way_through_what_everything_is_linked_with_comes_last():
    crowd = [f"h{letter}" for letter in "cdefgijklm"]
    assert ways(near("ah", "hb", "ax", "xb", *crowd), "a", "b") == [("a", "x", "b"), ("a", "h", "b")]


def test_two_ways_share_only_their_ends():
    found = ways(near("ax", "xb", "ay", "yb", "xy"), "a", "b")
    assert [way[1:-1] for way in found] == [("x",), ("y",)]


def test_a_direct_link_is_a_way_and_others_are_told_beside_it():
    assert ways(near("ab", "ax", "xb"), "a", "b") == [("a", "b"), ("a", "x", "b")]


def test_what_is_not_linked_has_no_way():
    assert ways(near("ax", "yb"), "a", "b") == []
    assert ways(near("ab"), "a", "nowhere") == []


def test_a_thing_has_no_way_to_itself():
    assert ways(near("ab"), "a", "a") == []


def test_what_is_too_far_apart_has_no_way():
    chain = "abcdefghijkl"
    links = [one + other for one, other in pairwise(chain)]
    assert ways(near(*links), "a", chain[LONGEST_WAY]) == [tuple(chain[: LONGEST_WAY + 1])]
    assert ways(near(*links), "a", chain[LONGEST_WAY + 1]) == []


@given(st.lists(st.text("abcdefgh", min_size=2, max_size=2), max_size=30), st.randoms())
def test_the_order_of_links_changes_no_way(links: list[str], dice: object):
    turned = [link[::-1] for link in links]
    dice.shuffle(turned)  # type: ignore[attr-defined]
    assert ways(near(*links), "a", "b") == ways(near(*turned), "a", "b")


@given(st.lists(st.text("abcdefgh", min_size=2, max_size=2), max_size=30))
def test_every_way_goes_along_links_from_start_to_end(links: list[str]):
    beside = near(*links)
    inside: list[Iterable[str]] = []
    for way in ways(beside, "a", "b"):
        assert (way[0], way[-1]) == ("a", "b")
        assert all(other in beside[one] for one, other in pairwise(way))
        inside.append(way[1:-1])
    met = [node for part in inside for node in part]
    assert len(met) == len(set(met))
