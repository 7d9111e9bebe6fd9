"""Suggestions while somebody types a name, and the thing that a typed name means.

Names are compared as the search compares them; where no name has the letters that were typed, those that differ by a
typing error count (one letter wrong, missing, too many or swapped; two in words of eight letters or more).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from api.pages.frame.call import Asked, Call, described, parameter
from api.pages.frame.facts import thing_entry
from api.pages.frame.kinds import kind, page_address
from api.pages.frame.names import short_name
from api.pages.inventory.search import Found, checked_query, find, find_forgiving, fold, index
from api.web.negotiation import JSON

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from api.pages.frame.facts import Entry
    from api.pages.inventory.search import Indexed
    from graph.network.build import Network
    from ontology.text import Text

router = APIRouter(tags=["search"])

MOST = 20
USUAL = 8
MOST_TO_CHOOSE = 30
#: What people look for by name.
SUGGESTED = frozenset(
    {
        "Plan",
        "Goal",
        "TargetGroup",
        "OrganizationalUnit",
        "Measure",
        "Partner",
        "Topic",
        "SteeringInstrument",
        "Indicator",
    }
)
#: Where a suggestion finds who stands behind it: who leads, else the plan that it belongs to.
_LEADS = ("leadUnit", "responsibleUnit")
_WHOLES = ("measureOf", "indicatorOf", "steers", "unitOf")


def _index(call: Call) -> tuple[Indexed, ...]:
    network = call.network
    return call.keep("search", lambda: index(network))


def suggestions(call: Call, query: str, most: int) -> Iterator[str]:
    """Yield the things that a beginning of a name suggests, best first."""
    named = [entry for entry in _index(call) if entry.kind in SUGGESTED]
    return islice(find_forgiving(named, query).nodes, most)


def behind(network: Network, node: str) -> Text | None:
    """Return who leads a thing, or the plan it belongs to; None where neither is recorded."""
    found = [end for name in _LEADS for end in network.targets(node, name)]
    found += network.origins(node, "pursues") if network.type(node) == "Goal" else ()
    found += [end for name in _WHOLES for end in network.targets(node, name)]
    return short_name(network, found[0]) if found else None


QueryParam = Annotated[str, parameter("Anfang eines Namens", "beginning of a name")]
LimitParam = Annotated[int, parameter("höchste Zahl der Vorschläge", "most suggestions", ge=1, le=MOST)]


@router.get("/api/suggest", **described("Vorschläge zu einem Namen", "suggestions for a name", JSON))
def suggest_api(call: Asked, q: QueryParam = "", limit: LimitParam = USUAL) -> Response:
    """Answer with the things whose names begin as somebody types."""
    network = call.network
    found = [_document(call, network, node) for node in suggestions(call, checked_query(q), limit)]
    headers = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
    return JSONResponse({"q": q, "suggestions": found}, headers=headers)


def _document(call: Call, network: Network, node: str) -> dict[str, Any]:
    whose = behind(network, node)
    return {
        "id": network.id(node),
        "name": short_name(network, node)[call.lang],
        "kind": kind(network.type(node)).one[call.lang],
        "lead": whose[call.lang] if whose else None,
        "page": call.link(page_address(network, node)),
    }


def name_of(call: Call, local: str) -> str:
    """Return what the thing with an id is called; empty where there is none."""
    node = call.network.iri(local) if local else None
    return short_name(call.network, node)[call.lang] if node else ""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a typed name means: one thing, or those to choose from; neither where nothing is called like it."""

    one: str | None = None
    several: tuple[str, ...] = ()


def meant(call: Call, typed: str) -> Meant:
    """Return what somebody means by an id or a name: the id, the only thing so called, the only hit; else the hits.

    A name with a typing error is never taken for granted: it is asked.
    """
    network = call.network
    if network.iri(typed):
        return Meant(typed)
    entries = _index(call)
    alike = [entry for entry in entries if entry.name == fold(typed).strip()]
    usual = [entry for entry in alike if entry.kind in SUGGESTED]
    same = [network.id(entry.node) for entry in usual or alike]
    found = _called(entries, checked_query(typed))
    hits = tuple(same) or tuple(network.id(node) for node in found.nodes[:MOST_TO_CHOOSE])
    certain = len(hits) == 1 and (same or not found.is_near)
    return Meant(one=hits[0]) if certain else Meant(several=hits)


def _called(entries: tuple[Indexed, ...], typed: str) -> Found:
    """Return what is called so: what people look for by name first, then codes and the rest, then typing errors."""
    usual = [entry for entry in entries if entry.kind in SUGGESTED]
    by_letters = find([replace(entry, more=()) for entry in usual], typed) or find(entries, typed)
    return Found(tuple(by_letters)) if by_letters else find_forgiving(usual, typed)


def which(call: Call, asked: Mapping[str, str]) -> Response | None:
    """Return the page that asks which thing is meant, or the way to the address with ids; None where ids were named.

    ``asked`` holds parameters of the address with what was typed. What nothing is called like is left as it is.
    """
    found = {name: meant(call, typed) for name, typed in asked.items() if typed}
    open_ones = {name: one.several for name, one in found.items() if one.several}
    ids = {name: one.one for name, one in found.items() if one.one}
    if open_ones:
        name, several = next(iter(open_ones.items()))
        page = call.answer("which.html", lambda: _choice(call, name, asked[name], several, ids), _listed)
        page.status_code = 300 if page.status_code == 200 else page.status_code  # noqa: PLR2004
        return page
    if any(asked[name] != one for name, one in ids.items()):
        return Response(status_code=303, headers={"Location": call.here(**ids), "Vary": "Accept, Cookie"})
    return None


def _choice(
    call: Call, name: str, typed: str, several: tuple[str, ...], ids: Mapping[str, str]
) -> dict[str, Any]:
    network = call.network
    nodes = [cast("str", network.iri(local)) for local in several]
    return {
        "typed": typed,
        "choices": [
            (thing_entry(network, node), behind(network, node), call.here(**{**ids, name: network.id(node)}))
            for node in nodes
        ],
    }


def _listed(view: Mapping[str, Any]) -> dict[str, Any]:
    entries: list[tuple[Entry, Text | None, str]] = view["choices"]
    return {
        "typed": view["typed"],
        "choices": [
            {"id": entry.id, "kind": entry.kind, "name": entry.text, "lead": whose, "address": address}
            for entry, whose, address in entries
        ],
    }
