"""What a line of the builder offers: only what gives an answer together with the other lines, each with how many things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.pages.building.ends import MOST_TO_CHOOSE, values
from api.pages.building.facets import MOST_STEPS
from api.pages.building.stock import relations, step_counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.pages.building.built import Built
    from api.pages.building.ends import Value
    from api.pages.building.lines import Line
    from api.pages.building.query import Path
    from api.pages.building.stock import Relation
    from api.pages.frame.call import Call
    from ontology.text import Text

#: So many names stand below a field to type into.
MOST_LISTED = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen, for how many things, and whether it is."""

    key: str
    text: Text
    count: int
    chosen: bool
    forward: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """What a line offers: for each step of its trail the relations, and the values; ``number`` is its place in the address."""

    number: int
    line: Line | None
    steps: tuple[tuple[Choice, ...], ...]
    values: tuple[Choice, ...]
    several: tuple[tuple[str, tuple[tuple[Text, int, str], ...], int], ...] = ()


def offers(call: Call, built: Built, most: int) -> tuple[Offer, ...]:
    """Return what every line offers, and one line more where there is room."""
    found = [_offer(call, built, line) for line in built.lines]
    free = next((n for n in range(1, most + 1) if all(n != line.number for line in built.lines)), None)
    if free is not None:
        found.append(Offer(free, None, (_steps(call, built, None, (), ""),), ()))
    return tuple(found)


def _offer(call: Call, built: Built, line: Line) -> Offer:
    passed: list[Relation] = []
    steps = []
    for relation in line.trail.relations:
        steps.append(_steps(call, built, line, tuple(one.step for one in passed), relation.key))
        passed.append(relation)
    if len(passed) < MOST_STEPS and passed[-1].leads:
        further = _steps(call, built, line, line.trail.path, "")
        steps += [further] if further else []
    return Offer(line.number, line, tuple(steps), _values(call, built, line), _several(call, line))


def _steps(call: Call, built: Built, line: Line | None, path: Path, chosen: str) -> tuple[Choice, ...]:
    """Return the relations at the end of a path that the things found by the other lines have, and the chosen one."""
    counts: Mapping[str, int] = step_counts(call, built.without(line), path)
    return tuple(
        Choice(key, one.shown, counts.get(key, 0), key == chosen, one.step.forward)
        for key, one in relations(call, built.chosen.iri, path).items()
        if key in counts or key == chosen
    )


def _values(call: Call, built: Built, line: Line) -> tuple[Choice, ...]:
    """Return the values that the things found by the other lines have: chosen ones first where one types to find them."""
    if not line.is_list:
        return ()
    taken = {key for key, _ in line.taken}
    offered = values(call, built.without(line), line.trail)
    every = [Choice(one.key, one.text, one.count, one.key in taken) for one in offered]
    held = {one.key for one in every}
    missing = [Choice(key, text, 0, chosen=True) for key, text in line.taken if key not in held]
    return tuple(missing + every)


def _several(call: Call, line: Line) -> tuple[tuple[str, tuple[tuple[Text, int, str], ...], int], ...]:
    """Return for each name that means several things those things, each with the address where it is meant."""
    name = f"v{line.number}"

    def meaning(typed: str, value: Value) -> str:
        return call.here(**{name: [value.key if one == typed else one for one in line.typed]})

    return tuple(
        (
            typed,
            tuple((one.text, one.count, meaning(typed, one)) for one in found[:MOST_TO_CHOOSE]),
            max(0, len(found) - MOST_TO_CHOOSE),
        )
        for typed, found in line.open
    )
