"""Room for every name: a net is spread evenly over a rectangle of the window's shape, then no two boxes touch.

Both steps keep who stands beside whom, begin at the same places each time and answer little to one node more: the first
follows ranks along a few directions (sliced optimal transport: Bonneel et al. 2015, doi:10.1007/s10851-014-0506-3), the
second pushes only boxes that touch, rather up and down, where names are low, than aside, where they are long.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from graph.network.force import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.network.force import Point

Matrix: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Pairs: TypeAlias = "tuple[np.ndarray[Any, np.dtype[np.intp]], np.ndarray[Any, np.dtype[np.intp]]]"

STAGE = (970.0, 546.0)
"""The picture's place in a window of 1366 × 768, in its pixels: the unit of the places of a net."""
FULL, GROWTH = 0.64, 1.2
"""The part of the picture that boxes take at most; with more of them it grows, a little faster than they do."""
MOST_EACH = 9000.0
"""The part of the picture that one node has at most, in square pixels: a few stand together."""
DIRECTIONS, TURNS = 8, 5
GRAIN = 48
ROUNDS = 600
GROWN = 0.6
"""By which part of the rounds boxes have grown from ``YOUNG`` to a little more than their size."""
YOUNG, OLD = 0.7, 1.02
REPLY = 0.45
FARTHEST = 8.0
"""How far a box goes in one round, in pixels."""
UPRIGHT, ASIDE = 0.5, 1.5
"""How many times further than aside two boxes rather go up and down; towards the end the two ways take turns."""
PATIENCE = 25
NEAR, AGAIN = 14.0, 6
"""Boxes within so many pixels may meet before they are looked for again, so many rounds later."""


class Box(NamedTuple):
    """How far a node and its name reach to all sides of its place, in pixels."""

    left: float
    up: float
    right: float
    down: float


def net_places(
    links: Iterable[tuple[str, str]], boxes: Mapping[str, Box], held: Mapping[str, Point] | None = None
) -> dict[str, Point]:
    """Return a place for each node of ``boxes``, so that these hardly ever touch; those ``held`` stay where they are."""
    order, held = sorted(boxes), dict(held or {})
    size = np.array([boxes[key] for key in order]).reshape(-1, 4)
    stage = _stage(size)
    unit = (
        math.sqrt(stage[0] * stage[1] / max(len(order), 1)) / 3
    )  # the forces leave a node nine square units
    loose = settled(order, links, {key: (x / unit, y / unit) for key, (x, y) in held.items()})
    points = np.array([loose[key] for key in order]).reshape(-1, 2)
    free = np.array([key not in held for key in order], dtype=bool)
    if held:
        points = points * unit
        stage = np.maximum(
            stage, 2 * np.abs(points[~free]).max(axis=0, initial=0) + 2 * size[:, 2:].max(axis=0)
        )
    else:
        points = evened(points, stage)
    points = pushed_apart(points, size, stage, free)
    return {key: held.get(key, (float(x), float(y))) for key, (x, y) in zip(order, points, strict=True)}


def _stage(size: Matrix) -> Matrix:
    """Return width and height of the picture for boxes of these sizes."""
    taken = ((size[:, 0] + size[:, 2]) * (size[:, 1] + size[:, 3])).sum()
    usual = STAGE[0] * STAGE[1]
    filled = taken / FULL / usual
    wanted = usual * filled**GROWTH if filled > 1 else min(usual, max(MOST_EACH * len(size), taken / FULL))
    stage: Matrix = np.array(STAGE) * math.sqrt(wanted / usual)
    return stage


def evened(points: Matrix, stage: Matrix) -> Matrix:
    """Return the points spread over a rectangle so that each part of it has its share, in the order they lie in."""
    count = len(points)
    share = (np.arange(count) + 0.5) / max(count, 1)
    far = np.hypot(points[:, 0], points[:, 1])
    ring = np.empty(count)
    ring[np.argsort(far, kind="stable")] = np.sqrt(share)
    places: Matrix = points / np.maximum(far, 1e-9)[:, None] * ring[:, None] * stage / 2
    ticks = (np.arange(GRAIN) + 0.5) / GRAIN - 0.5
    even = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2) * stage
    turns = np.pi * np.arange(DIRECTIONS) / DIRECTIONS
    ways = [(way, np.quantile(even @ way, share)) for way in np.stack([np.cos(turns), np.sin(turns)], axis=1)]
    for _ in range(TURNS if count else 0):
        moves = np.zeros_like(places)
        for way, wanted in ways:
            along = places @ way
            order = np.argsort(along, kind="stable")
            moves[order] += (wanted - along[order])[:, None] * way
        places = places + moves * 2 / DIRECTIONS
    return places


def pushed_apart(
    points: Matrix, size: Matrix, stage: Matrix, free: np.ndarray[Any, np.dtype[np.bool_]]
) -> Matrix:
    """Return the points moved until their boxes (left, up, right, down of each) touch no more and lie on the stage.

    Only ``free`` ones move. Where there is not room for all, some still touch.
    """
    middle, half = (size[:, 2:] - size[:, :2]) / 2, (size[:, 2:] + size[:, :2]) / 2
    least, most = (size[:, :2] - stage / 2), (stage / 2 - size[:, 2:])
    crowded = least > most
    least[crowded] = most[crowded] = ((least + most) / 2)[crowded]
    places = np.where(free[:, None], np.clip(points, least, most), points)
    for done in range(ROUNDS):
        grown = min(OLD, YOUNG + (OLD - YOUNG) * done / (GROWN * ROUNDS))
        late = done > GROWN * ROUNDS and done // PATIENCE % 2
        if done % AGAIN == 0:
            pairs = _close(places + middle, half + NEAR / 2)
        moves = _pushes(places + middle, half * grown, pairs, free, ASIDE if late else UPRIGHT)
        if grown == OLD and not moves.any():
            break
        places = np.where(
            free[:, None], np.clip(places + np.clip(moves, -FARTHEST, FARTHEST), least, most), places
        )
    return places


def _close(middle: Matrix, half: Matrix) -> Pairs:
    """Return the pairs of boxes that touch: found from left to right, then those that do so in height too."""
    order = np.argsort(middle[:, 0] - half[:, 0], kind="stable")
    starts = (middle[:, 0] - half[:, 0])[order]
    ends = np.searchsorted(starts, (middle[:, 0] + half[:, 0])[order])
    number = np.arange(len(order))
    counts = np.maximum(ends - number - 1, 0)
    one = np.repeat(number, counts)
    other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts)
    one, other = order[one], order[other]
    touching = np.abs(middle[one, 1] - middle[other, 1]) < half[one, 1] + half[other, 1]
    return one[touching], other[touching]


def _pushes(
    middle: Matrix, half: Matrix, pairs: Pairs, free: np.ndarray[Any, np.dtype[np.bool_]], upright: float
) -> Matrix:
    """Return where boxes that touch go: each half of the shorter way, all of it where the other cannot move."""
    one, other = pairs
    apart = middle[one] - middle[other]
    within = half[one] + half[other] - np.abs(apart)
    touching = (within > 0).all(axis=1)
    one, other, apart, within = one[touching], other[touching], apart[touching], within[touching]
    axis = (within[:, 0] > within[:, 1] * upright).astype(np.intp)
    row = np.arange(len(axis))
    way = np.where(apart[row, axis] >= 0, 1.0, -1.0) * within[row, axis] * REPLY
    movable = np.maximum(free[one].astype(float) + free[other], 1)
    moves = np.zeros_like(middle)
    np.add.at(moves, (one, axis), way * free[one] / movable)
    np.add.at(moves, (other, axis), -way * free[other] / movable)
    return moves
