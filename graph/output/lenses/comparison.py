"""Two days in one picture: what is new and what is gone, in lanes where nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.errors import BadRequest, Text
from graph.output.lenses.lanes import choose, in_lanes
from graph.output.lenses.scene import GONE, NEW, SAME, Scene, Shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from graph.output.drawing.selection import Asked


def comparison(scene: Scene) -> Shown:
    """Return the lanes of both days together; plans count as new or gone by whether they were open.

    Raises BadRequest where the other day is missing.
    """
    asked = scene.asked
    if asked.since is None or asked.formerly is None or asked.as_of is None:
        raise BadRequest(
            "Zum Vergleichen fehlt der frühere Tag, zum Beispiel since=2017-12-07.",
            "To compare, the earlier day is missing, for instance since=2017-12-07.",
        )
    selection = choose(replace(scene, asked=_either(asked)))
    change = _changes(scene, selection.keys)
    title = Text(
        f"Vergleich: {_day(asked.since).de} und {_day(asked.as_of).de}",
        f"Comparison: {_day(asked.since).en} and {_day(asked.as_of).en}",
    )
    return Shown(selection, in_lanes(scene, selection), title, said=(_counts(scene, change),), change=change)


def _either(asked: Asked) -> Asked:
    """Return the question with the plans of both days."""
    now, before = asked.wanted, asked.formerly
    assert before is not None
    return replace(asked, wanted=lambda plan: now(plan) or before(plan))


def _changes(scene: Scene, keys: tuple[str, ...]) -> Mapping[str, int]:
    now, before = scene.asked.wanted, scene.asked.formerly
    assert before is not None
    plans = (key for key in keys if scene.network.type(key) == "Plan")
    return {
        plan: {(True, False): NEW, (False, True): GONE}.get((now(plan), before(plan)), SAME) for plan in plans
    }


def _counts(scene: Scene, change: Mapping[str, int]) -> Text:
    count = {kind: sum(found == kind for found in change.values()) for kind in (NEW, GONE, SAME)}
    asked = scene.asked
    assert asked.since
    assert asked.as_of
    since, day = _day(asked.since), _day(asked.as_of)
    return Text(
        f"{count[NEW]} Planwerke kamen zwischen dem {since.de} und dem {day.de} hinzu (+), "
        f"{count[GONE]} gelten nicht mehr (−), {count[SAME]} blieben.",
        f"{count[NEW]} plans came between {since.en} and {day.en} (+), "
        f"{count[GONE]} are no longer in force (−), {count[SAME]} stayed.",
    )


def _day(day: date) -> Text:
    return Text(f"{day:%d.%m.%Y}", day.isoformat())
