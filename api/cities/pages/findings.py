"""Findings beside each other: numbers by city and rule with what was looked at, each leading to the pages of the city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.cities.answers.numbers import RULES, CityNumbers, Numbers
from api.cities.calls import NameParam, PageParam, RegionAsked, RegionCall, paged
from api.pages.frame.call import described

if TYPE_CHECKING:
    from collections.abc import Mapping

router = APIRouter(tags=["findings"])

PER_PAGE = 25


@router.get(
    "/findings", **described("Hinweise je Stadt, Zahlen je Regel", "findings by city, numbers by rule")
)
def findings(call: RegionAsked, page: PageParam = 1, name: NameParam = "") -> Response:
    """Answer with how many findings each city has by rule, in the order of the names of the cities."""
    return call.answer("cities_findings.html", lambda: _view(call, page, name), _document)


def _view(call: RegionCall, page: int, name: str) -> dict[str, Any]:
    numbers: Numbers = call.request.app.state.numbers
    listed, pager = paged(call.cities_named(name), page, PER_PAGE)
    shown = [numbers.of(city, call.day) for city in listed]
    return {
        **call.region_view(),
        **pager,
        "name": name,
        "counted": [one for one in shown if not one.trouble],
        "left_out": [(one.city, one.trouble) for one in shown if one.trouble],
        "rules": RULES,
        "as_of": call.day,
        "hint": call.say("cities.no_ranking"),
    }


def _document(view: Mapping[str, Any]) -> dict[str, Any]:
    counted: list[CityNumbers] = view["counted"]
    return {
        "as_of": view["as_of"],
        "region": view["region"].id if view["region"] else None,
        "hint": view["hint"],
        "total": view["total"],
        "page": view["page"],
        "pages": view["pages"],
        "rules": [{"id": rule, "name": name} for rule, name in view["rules"].items()],
        "cities": [numbers_json(one) for one in counted],
        "left_out": [{"id": city.id, "why": why} for city, why in view["left_out"]],
    }


def numbers_json(one: CityNumbers) -> dict[str, Any]:
    """Return the numbers of a city as programs want them."""
    return {
        "id": one.city.id,
        "name": one.city.name,
        "findings": dict(one.by_rule),
        "decided": one.decided,
        "looked_at": one.looked_at,
        "plans": one.plans,
        "coverage": one.coverage,
    }
