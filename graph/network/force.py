"""A net that settles by attraction and repulsion, yet looks the same each time it is drawn.

Every node begins at a place hashed from its name and drawn to those of its neighbours, whatever order nodes come in, and
cools down in a fixed number of rounds (ForceAtlas2's forces: Jacomy et al. 2014, doi:10.1371/journal.pone.0098679). Both
answer little to one node more. Places that are held stay put: what is new settles among them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Point: TypeAlias = "tuple[float, float]"
Ties: TypeAlias = "np.ndarray[Any, np.dtype[np.intp]]"
Matrix: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

ROUNDS = 150
ATTRACTION = 8.0
GRAVITY = 0.3
WARMTH = 0.004
"""How far a node may go in the first round, in radii of the net: little, so that one more plan moves few others."""
NEAREST = 1e-3
"""Added to squared distances, so that two nodes at one place do not fly apart."""
LIKENESS, STEPS = 0.85, 3
"""How much a start follows its neighbours' in each step; an odd number, for plans are linked with what is no plan."""
BLOCK = 64
REPLY = 0.2
"""How much of a force a node follows in one round, before it is cooled."""


def settled(
    keys: Iterable[str], links: Iterable[tuple[str, str]], held: Mapping[str, Point] | None = None
) -> dict[str, Point]:
    """Return a place for each node, about one unit from its neighbours; those ``held`` stay where they are."""
    order = sorted(set(keys))
    number = {key: place for place, key in enumerate(order)}
    ties = _ties(number, links)
    places = _starts(
        order, ties, {number[key]: point for key, point in (held or {}).items() if key in number}
    )
    free = np.array([key not in (held or {}) for key in order])
    places = _cooled(places, ties, free)
    return {key: (float(x), float(y)) for key, (x, y) in zip(order, places, strict=True)}


def _ties(number: Mapping[str, int], links: Iterable[tuple[str, str]]) -> Ties:
    """Return which two nodes are linked, each pair once and in order, as two columns."""
    known = ((number[one], number[other]) for one, other in links if one in number and other in number)
    pairs = sorted({(min(pair), max(pair)) for pair in known if pair[0] != pair[1]})
    return np.array(pairs, dtype=np.intp).reshape(-1, 2)


def _starts(order: Sequence[str], ties: Ties, held: Mapping[int, Point]) -> Matrix:
    """Return the hashed places, held ones as they are, and new ones in the middle of the held they are linked with."""
    hashed: Matrix = np.array([_hashed(key) for key in order]).reshape(-1, 2)
    reach = math.sqrt(max(len(order), 1))
    if not held:
        return _drawn_together(hashed, ties) * reach
    places: Matrix = hashed * reach
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in ties.tolist():
        for new, known in ((one, other), (other, one)):
            if new not in held and known in held:
                beside[new].append(known)
    for place, point in held.items():
        places[place] = point
    for new, known in sorted(beside.items()):
        places[new] = places[sorted(known)].mean(axis=0) + _hashed(order[new])
    return places


def _drawn_together(hashed: Matrix, ties: Ties) -> Matrix:
    """Return starts in the unit disc, evenly far from its middle, each about where those of its neighbours are."""
    count = len(hashed)
    degree = np.bincount(ties.ravel(), minlength=count)[:, None]
    places = hashed
    for _ in range(STEPS):
        beside = np.zeros_like(places)
        np.add.at(beside, ties[:, 0], places[ties[:, 1]])
        np.add.at(beside, ties[:, 1], places[ties[:, 0]])
        drawn = (1 - LIKENESS) * hashed + LIKENESS * beside / np.maximum(degree, 1)
        places = np.where(degree > 0, drawn, hashed)
    far = np.hypot(places[:, 0], places[:, 1])
    ring = np.empty(count)
    ring[np.argsort(far, kind="stable")] = np.sqrt((np.arange(count) + 0.5) / max(count, 1))
    spread: Matrix = places / np.maximum(far, 1e-9)[:, None] * ring[:, None]
    return spread


def _hashed(key: str) -> Point:
    """Return a point of the unit disc that depends on the name alone."""
    raw = blake2b(key.encode(), digest_size=16).digest()
    far, turn = (int.from_bytes(part, "big") / 2**64 for part in (raw[:8], raw[8:]))
    return math.sqrt(far) * math.cos(2 * math.pi * turn), math.sqrt(far) * math.sin(2 * math.pi * turn)


def _cooled(places: Matrix, ties: Ties, free: np.ndarray[Any, np.dtype[np.bool_]]) -> Matrix:
    if not free.any():
        return places
    mass = 1 + np.sqrt(np.bincount(ties.ravel(), minlength=len(places)))
    warmth = WARMTH * math.sqrt(len(places))
    for done in range(ROUNDS):
        pull = _forces(places, ties, mass)
        size = np.linalg.norm(pull, axis=1)[:, None] + 1e-9
        reach = np.minimum(size * REPLY, warmth * (1 - done / ROUNDS) ** 1.5)
        places = np.where(free[:, None], places + pull / size * reach, places)
    return places


def _forces(places: Matrix, ties: Ties, mass: Matrix) -> Matrix:
    """Return the sum of what pushes and pulls each node: others by mass, neighbours by distance, all to the middle."""
    total: Matrix = _pushes(places, mass) + _pulls(places, ties) - places * GRAVITY * mass[:, None]
    return total


def _pushes(places: Matrix, mass: Matrix) -> Matrix:
    """Return how all others push each node away, some rows at a time so that they stay in the cache."""
    x, y = np.ascontiguousarray(places[:, 0]), np.ascontiguousarray(places[:, 1])
    found = np.empty_like(places)
    for start in range(0, len(places), BLOCK):
        rows = slice(start, start + BLOCK)
        across, down = x[rows, None] - x, y[rows, None] - y
        push = mass / (across * across + down * down + NEAREST)
        found[rows, 0] = (push * across).sum(axis=1)
        found[rows, 1] = (push * down).sum(axis=1)
    pushed: Matrix = found * mass[:, None]
    return pushed


def _pulls(places: Matrix, ties: Ties) -> Matrix:
    """Return how its neighbours pull each node towards them."""
    one, other = ties[:, 0], ties[:, 1]
    apart = places[one] - places[other]
    far = np.sqrt((apart**2).sum(axis=1) + NEAREST)
    pull = apart * (np.log1p(far) / far * ATTRACTION)[:, None]
    sums = [
        np.bincount(other, pull[:, axis], len(places)) - np.bincount(one, pull[:, axis], len(places))
        for axis in (0, 1)
    ]
    pulled: Matrix = np.stack(sums, axis=1)
    return pulled
