"""Goals like a text: for a person who is about to enter one, before the same is entered twice. Never a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.frame.call import Asked, Call, described, parameter
from api.pages.frame.facts import Entry, thing_entry
from graph.findings.related.similar_goals import (
    LONGEST,
    NOTE,
    NOTHING,
    OPPOSITE,
    SimilarGoal,
    checked_text,
    similar_goals,
    similar_goals_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

router = APIRouter(tags=["findings"])

TextParam = Annotated[
    str,
    parameter("Wortlaut eines Ziels, das erfasst werden soll", "wording of a goal that is to be recorded"),
]


@dataclass(frozen=True, slots=True)
class Line:
    """A goal like the text, with the plans that pursue it."""

    entry: Entry
    plans: tuple[Entry, ...]
    found: SimilarGoal


@router.get(
    "/goals/similar",
    **described("Vorschlag: Ziele, die einem Text ähneln", "suggestion: goals that resemble a text"),
)
def goals_like(call: Asked, text: TextParam = "") -> Response:
    """Answer with the form, and with up to three goals like the text."""
    return call.answer("goals_similar.html", lambda: _view(call, text), lambda view: view["document"])


def _view(call: Call, text: str) -> dict[str, Any]:
    checked = checked_text(text)
    found = similar_goals(call.site.workspace.goal_words(), checked) if checked else ()
    document = similar_goals_json(call.network, checked, found)
    about: Mapping[str, Any] = {"as_of": call.day, "snapshot": call.snapshot}
    return {
        "asked": checked,
        "lines": [_line(call, one) for one in found],
        "note": NOTE,
        "nothing": NOTHING,
        "opposite": OPPOSITE,
        "longest": LONGEST,
        "document": {**about, **document},
    }


def _line(call: Call, found: SimilarGoal) -> Line:
    network = call.network
    plans = tuple(thing_entry(network, plan) for plan in found.plans)
    return Line(thing_entry(network, found.goal), plans, found)
