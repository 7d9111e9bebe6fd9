"""The list of cities by region: what each has recorded, when it last changed, and which cannot be read and why."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from api.cities.calls import NameParam, PageParam, RegionAsked, RegionCall, paged
from api.pages.exchange.taking_along import icon, static
from api.pages.frame.call import described
from graph.dates import shown_date
from ontology.terms import PW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.cities.federation import Part
    from api.cities.register import City
    from graph.errors import Text

router = APIRouter(tags=["start"])
router.add_api_route("/static/{name}", static, include_in_schema=False)
router.add_api_route("/favicon.ico", icon, include_in_schema=False)

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One city in the list; numbers are None where the city cannot be read."""

    city: City
    address: str
    is_empty: bool
    plans: int | None
    goals: int | None
    sources: int | None
    duties: int | None
    changed_on: str | None
    left_out: int
    trouble: Text | None

    @property
    def changed(self) -> Text | None:
        """The day of the last change as people write it."""
        return shown_date(self.changed_on) if self.changed_on else None


@router.get("/", **described("Städte mit Zahlen", "cities with numbers"))
def cities(call: RegionAsked, page: PageParam = 1, name: NameParam = "") -> Response:
    """Answer with the cities of a region, or of all, region by region."""
    return call.answer("cities.html", lambda: _view(call, page, name), _document)


def _view(call: RegionCall, page: int, name: str) -> dict[str, Any]:
    shown, pager = paged(sorted(call.cities_named(name), key=_place), page, PER_PAGE)
    lines = [line_of(call.federation.part(city), call.address(city)) for city in shown]
    return {
        **call.region_view(),
        **pager,
        "name": name,
        "groups": [(region, list(found)) for region, found in groupby(lines, lambda line: line.city.region)],
        "as_of": call.day,
        "index": call.federation.current_host().standing(),
        "wrong": call.federation.register_trouble,
    }


def line_of(part: Part, address: str) -> Line:
    """Return a city as the list shows it."""
    held = part.held

    def count(named: str) -> int | None:
        return held.counts.get(named, 0) if held else None

    sources, deliveries = count(PW.Source), count(PW.Delivery)
    return Line(
        city=part.city,
        address=address,
        is_empty=held is not None and not held.statements,
        plans=count(PW.Plan),
        goals=count(PW.Goal),
        sources=None if sources is None else sources - (deliveries or 0),
        duties=count(PW.PlanningDuty),
        changed_on=held.changed_on if held else None,
        left_out=held.left_out if held else 0,
        trouble=part.trouble,
    )


def _place(city: City) -> tuple[bool, str, str]:
    """Return where a city stands in the list: under its region, by its name; cities without a region last."""
    region = city.region
    return (
        region is None,
        f"{region.name.de.casefold()} {region.id}" if region else "",
        city.name.de.casefold(),
    )


def _document(view: Mapping[str, Any]) -> dict[str, Any]:
    lines: Sequence[Line] = [line for _, group in view["groups"] for line in group]
    return {
        "region": view["region"].id if view["region"] else None,
        "regions": [{"id": region.id, "name": region.name} for region in view["regions"]],
        "total": view["total"],
        "page": view["page"],
        "pages": view["pages"],
        "index": view["index"].size(),
        "cities": [line_json(line) for line in lines],
    }


def line_json(line: Line) -> dict[str, Any]:
    """Return a line as programs want it."""
    city = line.city
    return {
        "id": city.id,
        "name": city.name,
        "region": city.region.id if city.region else None,
        "address": line.address,
        "base": city.base,
        "counts": None
        if line.trouble
        else {"plans": line.plans, "goals": line.goals, "sources": line.sources, "duties": line.duties},
        "changed_on": line.changed_on,
        "complete": city.complete,
        "left_out": line.left_out,
        "trouble": line.trouble,
    }


@router.get("/health", **described("Zustand der Bestände", "state of the inventories", "application/json"))
def health(call: RegionAsked) -> Response:
    """Answer with how many cities there are and which cannot be read."""
    troubled = {part.city.id: part.trouble.en for part in call.parts if part.trouble}
    wrong = call.federation.register_trouble
    document = {
        "status": "degraded" if troubled or wrong else "ok",
        "snapshot": call.snapshot,
        "cities": len(call.cities),
        "open": call.federation.cities.open_ids,
        "unreadable": troubled,
        "register": wrong.en if wrong else "ok",
        "index": call.federation.current_host().standing().document(),
    }
    return JSONResponse(document, headers={"Cache-Control": "no-store"})
