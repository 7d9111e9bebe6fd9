"""Goals like a text in all cities: which cities have a goal like this, as a suggestion by shared words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from api.cities.answers.similar import PER_CITY, alike_json, goals_alike, read_city_goals
from api.cities.calls import RegionAsked, RegionCall
from api.pages.frame.call import described, parameter
from graph.findings.related.similar_goals import LONGEST, NOTE, NOTHING, OPPOSITE, checked_text

if TYPE_CHECKING:
    from api.cities.answers.similar import Alike, Named
    from api.cities.register import City

router = APIRouter(tags=["findings"])

TextParam = Annotated[str, parameter("Wortlaut eines Ziels", "wording of a goal")]


@router.get(
    "/goals/similar",
    **described(
        "Vorschlag: welche Städte ein Ziel wie dieses haben", "suggestion: which cities have a goal like this"
    ),
)
def goals_like(call: RegionAsked, text: TextParam = "") -> Response:
    """Answer with the form, and with up to three goals like the text of each city."""
    return call.answer("cities_goals.html", lambda: _view(call, text), lambda view: view["document"])


def _view(call: RegionCall, text: str) -> dict[str, Any]:
    alike = _found(call, text) if checked_text(text) else None
    notes = {"note": NOTE, "nothing": NOTHING if alike and not alike.cities else None}
    return {
        **call.region_view(),
        "asked": text.strip(),
        "alike": alike,
        "address": lambda city, thing: _address(call, city, thing),
        "per_city": PER_CITY,
        "note": NOTE,
        "nothing": NOTHING,
        "opposite": OPPOSITE,
        "longest": LONGEST,
        "document": alike_json(alike, notes) if alike else {"text": "", "note": NOTE},
    }


def _found(call: RegionCall, text: str) -> Alike:
    federation, region = call.federation, call.region_id
    goals = call.keep("goals of cities", lambda: read_city_goals(federation, region), region)
    return goals_alike(federation, goals, text, region)


def _address(call: RegionCall, city: City, thing: Named) -> str:
    return call.address(city, f"/id/{quote(thing.iri.removeprefix(city.base))}")
