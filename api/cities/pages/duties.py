"""The duties of several cities beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.cities.answers.duty_comparison import MEANT, SAID, Comparison, compare_duties
from api.cities.calls import RegionAsked, RegionCall
from api.pages.frame.call import described
from graph.findings.duty.ladder import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Mapping

router = APIRouter(tags=["findings"])

#: So many cities have a column each; of more, only numbers are shown.
MOST_COLUMNS = 8


@router.get("/duties", **described("Planungspflichten im Vergleich", "planning duties compared"))
def duties(call: RegionAsked) -> Response:
    """Answer with each duty in each city on a day."""
    return call.answer("cities_duties.html", lambda: _view(call), lambda view: document_of(view["compared"]))


def _view(call: RegionCall) -> dict[str, Any]:
    compared = compare_duties(call.federation, call.cities, call.day)
    seen = {code for duty in compared.duties for code in duty.counts}
    return {
        **call.region_view(),
        "compared": compared,
        "columns": compared.cities if len(compared.cities) <= MOST_COLUMNS else (),
        "said": {code: text for code, text in SAID.items() if code in seen},
        "meant": MEANT,
        "left_out": compared.left_out,
        "disclaimer": DISCLAIMER,
        "as_of": call.day,
    }


def document_of(compared: Comparison) -> Mapping[str, Any]:
    """Return a comparison as programs want it."""
    return {
        "as_of": compared.day,
        "disclaimer": DISCLAIMER,
        "cities": [{"id": city.id, "name": city.name} for city in compared.cities],
        "words": [{"code": code, "text": text, "means": MEANT[code]} for code, text in SAID.items()],
        "duties": [
            {
                "id": duty.id,
                "name": duty.name,
                "counts": duty.counts,
                "cities": {
                    city: {"answer": told.code, "is_must": told.is_must, "reason": told.reason}
                    for city, told in duty.told.items()
                },
            }
            for duty in compared.duties
        ],
        "left_out": [{"id": city.id, "why": why} for city, why in compared.left_out],
    }
