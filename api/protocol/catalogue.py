"""Descriptions of the data where programs look for them: VoID at /.well-known/void, DCAT at /catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.frame.call import Asked, Call, described
from api.protocol.counts import counts
from api.protocol.dataset import DCAT_PREFIXES, VOID_PREFIXES, Place, dcat_triples, void_triples
from api.protocol.graph_store import wanted_form
from graph.store.query.answer import ResultFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

router = APIRouter(tags=["data"])

_FORMS = tuple(
    form.value
    for form in (ResultFormat.TURTLE, ResultFormat.NTRIPLES, ResultFormat.RDFXML, ResultFormat.JSONLD)
)


@router.get(
    "/.well-known/void",
    **described(
        "Was die Daten sind, für Programme (VoID)", "what the data are, for programs (VoID)", *_FORMS
    ),
)
def void(call: Asked) -> Response:
    """Answer with addresses, counts and parts of the data."""
    plans = sorted(call.network.of_type("Plan"))
    triples = void_triples(place_of(call), counts(call), plans[0] if plans else None)
    return _written(call, triples, VOID_PREFIXES)


@router.get(
    "/catalog",
    **described(
        "Was die Daten sind, für Datenportale (DCAT-AP.de)",
        "what the data are, for data portals (DCAT-AP.de)",
        *_FORMS,
    ),
)
def catalog(call: Asked) -> Response:
    """Answer with the catalogue of the data."""
    return _written(call, dcat_triples(place_of(call)), DCAT_PREFIXES)


def place_of(call: Call) -> Place:
    """Return where this service stands, by the address it was asked at."""
    workspace = call.site.workspace
    log = workspace.files.log()
    return Place(root_of(call), workspace.settings, log[-1].at[:10] if log else None)


def root_of(call: Call) -> str:
    """Return the address of this service without a slash at its end."""
    url = call.request.url
    return f"{url.scheme}://{url.netloc}"


def _written(call: Call, triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> Response:
    form = wanted_form(call)
    body = ox.serialize(triples, format=ox.RdfFormat.from_media_type(form.value), prefixes=dict(prefixes))
    return Response(body, media_type=form.media_type, headers={"Vary": "Accept", "Cache-Control": "no-cache"})
