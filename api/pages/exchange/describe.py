"""A thing as RDF: all statements with it as the subject, and the way from its IRI to its page or its data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
from fastapi import APIRouter, Path
from fastapi.responses import RedirectResponse, Response

from api.pages.frame.call import Asked, Call, described
from api.pages.frame.kinds import OTHER, page_address
from api.protocol.catalogue import root_of
from api.protocol.jsonld import MEDIA, context, document
from api.wanted import not_found
from api.web.negotiation import HTML, JSON, choose
from graph.statement import Statement
from graph.store.query.answer import ResultFormat, iri
from ontology.terms import PREFIXES, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.network.build import Network
    from graph.store.query.answer import Term

router = APIRouter(tags=["data"])

#: RDF forms by the word that ``?format=`` takes.
RDF_FORMATS: Mapping[str, str] = {
    "ttl": ResultFormat.TURTLE.value,
    "jsonld": ResultFormat.JSONLD.value,
    "nt": ResultFormat.NTRIPLES.value,
    "rdf": ResultFormat.RDFXML.value,
}
_HERE = "/id/"
_LINKS = ", ".join(
    f'<?format={word}>; rel="alternate"; type="{media}"'
    for word, media in {"json": JSON, **RDF_FORMATS}.items()
)
_WORDS = {media: word for word, media in RDF_FORMATS.items()}
_ABOUT = "SELECT ?thing ?property ?value ?source WHERE { GRAPH ?source { ?thing ?property ?value } }"


def statements_about(call: Call, thing: str) -> list[Statement]:
    """Return all statements with this IRI as the subject, with their sources."""
    answer = call.site.workspace.host().query(
        _ABOUT, bindings={"thing": iri(thing)}, accept=ResultFormat.JSON
    )
    rows = [_statement(thing, row) for row in answer.bindings()]
    return sorted(rows, key=lambda row: (row.predicate, row.value, row.source))


def _statement(thing: str, row: Mapping[str, Term]) -> Statement:
    value = row["value"]
    datatype = None if value.kind == "iri" else value.datatype or XSD.string
    return Statement(thing, row["property"].value, value.value, row["source"].value, datatype, value.lang)


def describe(call: Call, thing: str, media: str) -> Response:
    """Answer with all statements about a thing in an RDF format; NotFound where there are none."""
    form = ResultFormat(media)
    statements = statements_about(call, thing)
    if not statements:
        raise not_found(call.network.id(thing), call.network.ids)
    if form is ResultFormat.JSONLD:
        body = json.dumps(document(thing, statements, root_of(call)), ensure_ascii=False, indent=1)
        return Response(body, media_type=form.media_type, headers={"Vary": "Accept"})
    triples = (_triple(statement) for statement in statements)
    written = ox.serialize(triples, format=ox.RdfFormat.from_media_type(media), prefixes=PREFIXES)
    return Response(written, media_type=form.media_type, headers={"Vary": "Accept"})


def _triple(statement: Statement) -> ox.Triple:
    return ox.Triple(ox.NamedNode(statement.subject), ox.NamedNode(statement.predicate), _object(statement))


def _object(statement: Statement) -> ox.NamedNode | ox.Literal:
    if statement.is_iri:
        return ox.NamedNode(statement.value)
    if statement.lang:
        return ox.Literal(statement.value, language=statement.lang)
    return ox.Literal(statement.value, datatype=ox.NamedNode(statement.datatype or XSD.string))


@router.get(
    "/id/{path:path}",
    **described(
        "Vom IRI eines Dings zu seiner Seite oder seinen Daten (303)",
        "from the IRI of a thing to its page or data (303)",
    ),
)
def identify(call: Asked, path: Annotated[str, Path()]) -> Response:
    """Answer with where to read about a thing: its page for people, its statements for programs."""
    network = call.network
    node = network.iri(path)
    if node is None and not statements_about(call, existing(network, path)):
        raise not_found(path, network.ids)
    address = page_address(network, node) if node else f"/{OTHER}/{quote(path, safe='/:@')}"
    offered = [HTML, JSON, *RDF_FORMATS.values()]
    media = choose(call.request.headers.get("accept"), offered) or HTML
    if media in _WORDS:
        address += f"?format={_WORDS[media]}"
    return RedirectResponse(address, status_code=303, headers={"Vary": "Accept"})


def with_links(page: Response) -> Response:
    """Return a page whose head says in which other forms the same can be had (RFC 8288)."""
    page.headers["Link"] = _LINKS
    return page


def identify_at(base: str) -> APIRouter | None:
    """Return the way from an IRI to its page or data at the path of a base of all things; None where /id/ is that path.

    So an IRI is an address that answers, wherever the operator has put the base of all things on this server.
    """
    path = urlsplit(base).path
    if path == _HERE or not base.endswith("/"):
        return None
    at_base = APIRouter()
    at_base.add_api_route(path + "{path:path}", identify, include_in_schema=False, response_class=Response)
    return at_base


def existing(network: Network, local: str) -> str:
    """Return the IRI with a local id; NotFound where the id cannot be part of one."""
    try:
        return ox.NamedNode(network.base + local).value
    except ValueError:
        raise not_found(local, network.ids) from None


@router.get(
    "/context.jsonld",
    **described("Die Wörter des Vokabulars für JSON-LD", "the words of the vocabulary for JSON-LD", MEDIA),
)
def ld_context() -> Response:
    """Answer with the context that our JSON-LD goes by."""
    body = json.dumps(context(), ensure_ascii=False, indent=1)
    return Response(body, media_type=MEDIA, headers={"Cache-Control": "public, max-age=3600"})
