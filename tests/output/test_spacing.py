"""In a net every name has its room, on the rectangle of the window, and hardly anything moves when a plan is added."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.page import BASE, described, made_up, moved, unit_of
from graph.network.build import build_network
from graph.network.spacing import STAGE, Box, evened, net_places, pushed_apart
from graph.output.drawing.network_json import network_document
from graph.statement import Statement
from ontology.terms import PW
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.network.force import Point

NAME = Box(9, 13, 70, 13)
MANY = [f"n{number:03}" for number in range(150)]
RING = [(one, MANY[(place + 1) % len(MANY)]) for place, one in enumerate(MANY)]


def touching(places: Mapping[str, Point], boxes: Mapping[str, Box]) -> list[tuple[str, str]]:
    """Return the pairs whose boxes share more than a pixel both ways."""

    def shared(one: str, other: str, axis: int) -> float:
        (a, b), (p, q) = (places[key][axis] for key in (one, other)), (boxes[one], boxes[other])
        return min(a + p[axis + 2], b + q[axis + 2]) - max(a - p[axis], b - q[axis])

    return [pair for pair in combinations(places, 2) if min(shared(*pair, 0), shared(*pair, 1)) > 1]


def test_no_two_of_a_hundred_and_fifty_names_touch_and_all_lie_in_the_picture() -> None:
    boxes = dict.fromkeys(MANY, NAME)
    places = net_places(RING, boxes)
    assert touching(places, boxes) == []
    assert all(-STAGE[0] / 2 <= x - NAME.left and x + NAME.right <= STAGE[0] / 2 for x, _ in places.values())
    assert all(-STAGE[1] / 2 <= y - NAME.up and y + NAME.down <= STAGE[1] / 2 for _, y in places.values())


def test_what_is_new_finds_room_beside_what_is_held_and_moves_nothing() -> None:
    boxes = dict.fromkeys(MANY, NAME)
    held = net_places(RING[:-2], dict.fromkeys(MANY[:-1], NAME))
    places = net_places(RING, boxes, held)
    assert {key: places[key] for key in held} == held
    assert touching(places, boxes) == []


def test_more_names_than_the_window_holds_get_a_larger_picture() -> None:
    boxes = {f"n{number}": NAME for number in range(400)}
    places = net_places([], boxes)
    assert len(touching(places, boxes)) <= 4
    assert max(x for x, _ in places.values()) > STAGE[0] / 2


def test_points_in_a_heap_are_spread_so_that_each_quarter_has_its_share() -> None:
    heap = np.random.default_rng(1).normal(size=(200, 2)) ** 3
    spread = evened(heap, np.array(STAGE))
    quarters = np.bincount((spread[:, 0] > 0) * 2 + (spread[:, 1] > 0), minlength=4)
    assert quarters.min() >= 45
    assert (np.abs(spread) <= np.array(STAGE) * 0.6).all()


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=12))
def test_points_on_one_another_come_apart_the_same_way_each_time(heap: list[tuple[int, int]]) -> None:
    points, size = np.array(heap, dtype=float), np.full((len(heap), 4), 10.0)
    free = np.ones(len(heap), dtype=bool)
    places, again = (pushed_apart(points, size, np.array(STAGE), free) for _ in range(2))
    assert (places == again).all()
    boxes = {str(number): Box(10, 10, 10, 10) for number in range(len(heap))}
    assert touching({str(number): (x, y) for number, (x, y) in enumerate(places)}, boxes) == []


@pytest.mark.parametrize("size", [100, 200])
def test_one_plan_more_moves_at_most_a_tenth_of_the_net(size: int) -> None:
    said = made_up(size)
    new = f"{BASE}x-new"
    more = [*said, *described(new, PW.Plan), Statement(new, PW.leadUnit, unit_of(said), "s")]
    before, after = (
        network_document(build_network(given, BASE), load_vocabulary(), lens="net", limit=size + 1)
        for given in (said, more)
    )
    assert len(after["nodes"]["id"]) == size + 1
    assert moved(before, after) <= 0.1


def test_few_stand_together_and_none_stands_nowhere() -> None:
    assert net_places([], {}) == {}
    ((x, y),) = net_places([], {"a": NAME}).values()
    assert math.hypot(x, y) < 100
