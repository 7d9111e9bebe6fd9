"""What the editor of queries about all cities may complete: the vocabulary, as in a city, and things of every city by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from api.cities.calls import RegionAsked
from api.cities.pages.searching import find
from api.pages.asking.completion import MOST, completion
from api.pages.frame.call import described
from api.web.negotiation import JSON

if TYPE_CHECKING:
    from typing import Any

    from api.cities.calls import RegionCall
    from api.cities.pages.searching import Hit
    from api.cities.register import City

router = APIRouter(tags=["sparql"])
router.add_api_route(
    "/api/completion",
    completion,
    **described(
        "Was der Editor vervollständigt: Präfixe, Begriffe, Schlüsselwerte und Wörter von SPARQL",
        "what the editor completes: prefixes, terms, codes and words of SPARQL",
        JSON,
    ),
)


@router.get(
    "/api/completion/things",
    **described(
        "Dinge aller Städte, deren Namen ein Wort enthalten, wie SPARQL sie schreibt",
        "things of all cities whose names hold a word, as SPARQL writes them",
        JSON,
    ),
)
def things(call: RegionAsked, q: str = "") -> Response:
    """Answer with the first things that hold a word; with none where looking for it at every letter would take too long."""
    return JSONResponse({"q": q, "things": _things(call, q)}, headers={"Cache-Control": "private, no-cache"})


def _things(call: RegionCall, word: str) -> list[dict[str, Any]]:
    if not word.strip() or call.federation.current_host().kind == "disk":
        return []
    found, _ = find(call, word.split(), MOST)
    cities = {city.id: city for city in call.cities}
    return [_thing(call, cities[local], hit) for local, hits in found.items() for hit in hits]


def _thing(call: RegionCall, city: City, hit: Hit) -> dict[str, Any]:
    return {
        "short": f"<{city.base}{hit.id}>",
        "name": f"{hit.label} ({city.name[call.lang]})",
        "kind": hit.kind.one[call.lang],
    }
