from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.network.layout import ego_layout, lane_layout, natural, reading_order

if TYPE_CHECKING:
    from collections.abc import Iterable

LANES = {"OrganizationalUnit": 0, "Plan": 1, "Goal": 2, "TargetGroup": 3, "SteeringInstrument": 4}


def drawn(*lines: str) -> nx.MultiDiGraph[str]:
    """Read lines such as ``Plan SEP -leadUnit> OrganizationalUnit FB56``."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for line in lines:
        left, _, right = line.partition(" -")
        kind, name = left.split(" ", 1)
        network.add_node(name, type=kind, label=name, values={})
        if right:
            relation, _, other = right.partition("> ")
            kind, target = other.split(" ", 1)
            network.add_node(target, type=kind, label=target, values={})
            network.add_edge(name, target, key=relation, relation=relation)
    return network


def lanes(network: nx.MultiDiGraph[str]) -> dict[str, int]:
    return {key: LANES[kind] for key, kind in network.nodes(data="type")}


def diagonal(frame: tuple[float, float, float, float]) -> float:
    return math.dist(frame[:2], frame[2:])


@st.composite
def plannings(draw: st.DrawFn) -> list[str]:
    """A city of up to 60 plans: departments, goals, groups and instruments hang on some of them."""
    plans = draw(st.integers(1, 60))
    chance = random.Random(draw(st.integers(0, 999)))
    lines = []
    for plan in range(plans):
        name = f"p{chance.randrange(10**6)}-{plan}"
        if chance.random() < 0.7:
            lines.append(f"Plan {name} -leadUnit> OrganizationalUnit FB {chance.randrange(20)}")
        lines += [f"Plan {name} -pursues> Goal g{name}{goal}" for goal in range(chance.randrange(4))]
        lines.append(f"Plan {name} -targetGroup> TargetGroup tg{chance.randrange(30)}")
        lines.append(f"SteeringInstrument i{chance.randrange(40)} -steers> Plan {name}")
    return lines


def newcomer(chance: random.Random) -> list[str]:
    """A plan more, with a goal of its own, led by a department and steered by an instrument that exist already."""
    name = chance.choice(["aaa", "p5", "zzz"])
    return [
        f"Plan {name} -leadUnit> OrganizationalUnit FB {chance.randrange(20)}",
        f"Plan {name} -pursues> Goal g{name}",
        f"Plan {name} -targetGroup> TargetGroup tg{chance.randrange(30)}",
        f"SteeringInstrument i{chance.randrange(40)} -steers> Plan {name}",
    ]


@settings(max_examples=60, deadline=None)
@given(plannings(), st.randoms(use_true_random=False))
def test_one_plan_more_moves_nothing_by_a_twentieth_of_the_diagonal(lines: list[str], chance: random.Random):
    before = drawn(*lines)
    more = [*lines, *newcomer(chance)]
    chance.shuffle(more)
    after = drawn(*more)
    old, new = lane_layout(before, lanes(before), range(5)), lane_layout(after, lanes(after), range(5))
    moved = [
        key for key in old.points if math.dist(old.points[key], new.points[key]) > 0.05 * diagonal(old.frame)
    ]
    assert moved == []


@given(plannings(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_input_changes_nothing(lines: list[str], chance: random.Random):
    mixed = chance.sample(lines, len(lines))
    one, two = drawn(*lines), drawn(*mixed)
    assert lane_layout(one, lanes(one)) == lane_layout(two, lanes(two))


@given(plannings())
@settings(max_examples=30, deadline=None)
def test_no_two_nodes_share_a_place(lines: list[str]):
    network = drawn(*lines)
    points = lane_layout(network, lanes(network)).points
    assert len(set(points.values())) == len(points) == len(network)


@given(plannings())
@settings(max_examples=30, deadline=None)
def test_all_nodes_are_inside_the_frame(lines: list[str]):
    network = drawn(*lines)
    layout = lane_layout(network, lanes(network))
    left, top, right, bottom = layout.frame
    assert all(left <= x <= right and top <= y <= bottom for x, y in layout.points.values())


def test_plans_stand_with_their_department_and_those_without_come_last():
    network = drawn(
        "Plan B -leadUnit> OrganizationalUnit FB 45",
        "Plan A",
        "Plan C -leadUnit> OrganizationalUnit FB 9",
        "Plan D -leadUnit> OrganizationalUnit FB 45",
    )
    assert reading_order(network, "ABCD") == ["C", "B", "D", "A"]


def test_goals_stand_in_the_order_of_their_plans():
    network = drawn("Plan B -pursues> Goal a", "Plan A -pursues> Goal z", "Plan A -pursues> Goal y")
    assert reading_order(network, "azy") == ["y", "z", "a"]


def test_lanes_read_from_left_to_right_like_a_sentence():
    network = drawn(
        "Plan SEP -leadUnit> OrganizationalUnit FB 56",
        "Plan SEP -pursues> Goal Teilhabe",
        "Plan SEP -targetGroup> TargetGroup Ältere",
    )
    points = lane_layout(network, lanes(network)).points
    assert sorted(points, key=points.__getitem__) == ["FB 56", "SEP", "Teilhabe", "Ältere"]


def test_the_focus_stands_on_the_middle_line_among_its_own_kind():
    network = drawn("Plan B -ersetzt> Plan A", "Plan C -ersetzt> Plan B", "Plan B -pursues> Goal x")
    layout = ego_layout(network, lanes(network), "B")
    assert layout.points["B"][1] == 0.0
    assert layout.points["A"][1] < 0 < layout.points["C"][1]
    assert layout.ranks == {"A": 0, "B": 1, "C": 2, "x": 0}


def test_a_circle_of_broader_terms_does_not_hang():
    network = drawn("TargetGroup A -broader> TargetGroup B", "TargetGroup B -broader> TargetGroup A")
    assert reading_order(network, ["B", "A"]) == reading_order(network, ["A", "B"])


def test_an_empty_selection_has_a_frame_and_no_points():
    layout = lane_layout(nx.MultiDiGraph(), {})
    assert (layout.points, layout.lanes) == ({}, [])
    assert diagonal(layout.frame) > 0


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["FB 10", "FB 9"], ["FB 9", "FB 10"]), (["Ärzte", "Zoo", "Bad"], ["Ärzte", "Bad", "Zoo"])],
)
def test_names_are_sorted_as_people_do(names: list[str], expected: Iterable[str]):
    assert sorted(names, key=natural) == expected
