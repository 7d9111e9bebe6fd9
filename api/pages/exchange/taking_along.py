"""What programs fetch: the whole store as RDF, how the service is, and static files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse, Response
from starlette.requests import Request

from api.pages.frame.call import Asked, described
from api.pages.frame.kinds import SEGMENTS
from api.pages.frame.site import Site, assets
from api.web.negotiation import is_held
from graph.errors import NotFound
from graph.output.rdf import FORMATS, rdf_bytes

router = APIRouter(tags=["data"])

STEM = "planwerk"
_FOR_GOOD = "public, max-age=31536000, immutable"
_LOOK_AGAIN = "public, no-cache"


@router.get(
    "/export/{name}",
    **described(
        "Der ganze Bestand als RDF: planwerk.trig, .nq, .ttl, .nt, .jsonld",
        "the whole store as RDF: planwerk.trig, .nq, .ttl, .nt, .jsonld",
        *sorted({form.media_type for form in FORMATS.values()}),
    ),
)
def export(call: Asked, name: Annotated[str, Path()]) -> Response:
    """Answer with all statements; TriG and N-Quads keep the sources apart."""
    stem, dot, suffix = name.partition(".")
    form = FORMATS.get(dot + suffix)
    if stem != STEM or form is None:
        known = ", ".join(STEM + known for known in FORMATS)
        raise NotFound(
            f"„{name}“ gibt es nicht; möglich sind {known}.", f"There is no “{name}”; possible are {known}."
        )
    workspace = call.site.workspace
    tag = f'"{workspace.snapshot()[:24]}-{suffix}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    if is_held(call.request, tag):
        return Response(status_code=304, headers=headers)
    with workspace.files.reading() as paths:
        body = rdf_bytes(paths, form)
    return Response(body, media_type=form.media_type, headers=headers)


@router.get(
    "/health",
    **described(
        "Ob der Dienst antwortet, und wovon", "whether the service answers, and from what", "application/json"
    ),
)
def health(request: Request) -> JSONResponse:
    """Answer with the id of the present state and how many things there are of each kind."""
    site: Site = request.app.state.site
    workspace = site.workspace
    network = workspace.network()
    counts = {name: len(network.of_type(name)) for name in SEGMENTS}
    document = {
        "status": "empty" if workspace.is_empty else "ok",
        "snapshot": workspace.snapshot(),
        "nodes": network.multigraph.number_of_nodes(),
        "edges": network.multigraph.number_of_edges(),
        "counts": counts,
        "index": workspace.current_host().standing().document(),
    }
    return JSONResponse(document, headers={"Cache-Control": "no-store"})


@router.get("/static/{name}", include_in_schema=False)
def static(request: Request, name: str) -> Response:
    """Answer with a static file; under the address with its fingerprint it is kept for good."""
    asset = assets().get(name)
    if asset is None:
        raise NotFound(f"„{name}“ gibt es nicht.", f"There is no “{name}”.")
    is_pinned = request.query_params.get("v") == asset.tag
    headers = {"Cache-Control": _FOR_GOOD if is_pinned else _LOOK_AGAIN, "ETag": f'"{asset.tag}"'}
    if is_held(request, f'"{asset.tag}"'):
        return Response(status_code=304, headers=headers)
    return Response(asset.body, media_type=asset.media_type, headers=headers)


@router.get("/favicon.ico", include_in_schema=False)
def icon(request: Request) -> Response:
    """Answer with the mark of the product."""
    return static(request, "mark.svg")
