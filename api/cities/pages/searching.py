"""The search over all cities: things by the words in their names, each leading to its page in its city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from api.cities.calls import RegionAsked, RegionCall
from api.pages.frame.call import described, parameter
from api.pages.frame.kinds import SEGMENTS, kind
from graph.errors import BadRequest
from graph.network.build import local_name
from graph.store.query.answer import ResultFormat, literal
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from api.cities.register import City
    from api.pages.frame.kinds import Kind

router = APIRouter(tags=["search"])

MOST = 200
_MOST_WORDS = 8
_LONGEST = 200
_WORDS = tuple(f"word{n}" for n in range(1, _MOST_WORDS + 1))

WordsParam = Annotated[
    str, parameter("Wörter, die alle im Namen stehen", "words that all stand in the name", alias="q")
]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing: its name, its kind, and its address in the pages of its city."""

    label: str
    kind: Kind
    id: str
    address: str


@router.get("/search", **described("Suche über alle Städte", "search over all cities"))
def search(call: RegionAsked, words: WordsParam = "") -> Response:
    """Answer with what holds all words in its name, city by city."""
    return call.answer("cities_search.html", lambda: _view(call, words), _document)


def _view(call: RegionCall, words: str) -> dict[str, Any]:
    wanted = words[:_LONGEST].split()
    found, is_cut = find(call, wanted) if wanted else ({}, False)
    cities = {city.id: city for city in call.cities}
    return {
        **call.region_view(),
        "q": words[:_LONGEST],
        "hits": [(cities[local], hits) for local, hits in sorted(found.items()) if local in cities],
        "total": sum(map(len, found.values())),
        "is_cut": is_cut,
        "most": MOST,
        "left_out": [(part.city, part.trouble) for part in call.parts if part.trouble] if wanted else [],
    }


def find(call: RegionCall, wanted: list[str], most: int = MOST) -> tuple[dict[str, list[Hit]], bool]:
    """Return the things of each city whose names hold all these words, and whether there may be more.

    Raises BadRequest for more words than can be looked for.
    """
    if len(wanted) > _MOST_WORDS:
        raise BadRequest(
            f"Gesucht wird nach höchstens {_MOST_WORDS} Wörtern.",
            f"At most {_MOST_WORDS} words are searched for.",
        )
    bindings = {name: literal(word.lower()) for name, word in zip(_WORDS, wanted, strict=False)}
    if call.region_id:
        bindings["region"] = literal(call.region_id)
    host = call.federation.host_of(call.region_id)
    answer = host.query(_query(most), bindings=bindings, accept=ResultFormat.JSON)
    by_id = {city.id: city for city in call.federation.register.cities}
    found: dict[str, list[Hit]] = {}
    for row in answer.bindings():
        city = by_id[row["city"].value]
        found.setdefault(city.id, []).append(
            _hit(call, city, row["thing"].value, row["label"].value, row["class"].value)
        )
    return found, answer.rows >= most


def _hit(call: RegionCall, city: City, thing: str, label: str, class_: str) -> Hit:
    local = thing.removeprefix(city.base)
    return Hit(label, kind(local_name(class_)), local, call.address(city, f"/id/{quote(local)}"))


def _query(most: int) -> str:
    """Return the query: all words in one name, of the kinds of things that have pages.

    Names are looked through first and alone: joined with all else, the engine takes a hundred times as long.
    """
    classes = ", ".join(f"<{iri}>" for iri in _classes())
    words = " ".join(f"?{word}" for word in _WORDS)
    parts = " && ".join(f'CONTAINS(?said, COALESCE(?{word}, ""))' for word in _WORDS)
    return f"""PREFIX pw: <https://w3id.org/planwerk/ontology#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?city ?thing ?label ?class {words} ?region WHERE {{
  {{ SELECT ?thing ?label {words} WHERE {{
      ?thing skos:prefLabel ?label .
      BIND(LCASE(STR(?label)) AS ?said)
      FILTER({parts})
    }} }}
  {{ SELECT ?inventory ?city ?region WHERE {{
      ?inventory a pw:Inventory ; dct:identifier ?city .
      OPTIONAL {{ ?inventory pw:inRegion/dct:identifier ?code }}
      FILTER(COALESCE(?region, ?code, "") = COALESCE(?code, ""))
    }} }}
  ?thing pw:inInventory ?inventory ; a ?class .
  FILTER(?class IN ({classes}))
}} ORDER BY ?city ?label ?thing LIMIT {most}"""


def _classes() -> Iterable[str]:
    return [iri for iri in load_vocabulary().classes if local_name(iri) in SEGMENTS]


def _document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "q": view["q"],
        "total": view["total"],
        "truncated": view["is_cut"],
        "cities": [
            {
                "id": city.id,
                "name": city.name,
                "hits": [
                    {"id": hit.id, "label": hit.label, "kind": hit.kind.name, "address": hit.address}
                    for hit in hits
                ],
            }
            for city, hits in view["hits"]
        ],
        "left_out": [{"id": city.id, "why": why} for city, why in view["left_out"]],
    }
