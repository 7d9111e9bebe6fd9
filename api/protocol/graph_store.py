"""SPARQL 1.1 Graph Store Protocol, reading part: one named graph, or the default graph, as RDF.

``/data?graph=IRI`` and ``/data?default`` name a graph by a parameter, ``/data/source/seed`` by its address: what
follows ``/data/`` is the name below the base of all things. Nothing is written here: changes come by an import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import pyoxigraph as ox
from fastapi import APIRouter, Path
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.pages.frame.call import Asked, Call, described, parameter
from api.protocol.graphs import all_triples, triples_in
from api.web.negotiation import choose, is_held
from graph.errors import BadRequest, NotFound
from graph.store.query.answer import ResultFormat
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

router = APIRouter(tags=["data"])

#: The forms of a graph by the word that ``?format=`` takes.
FORMATS: Mapping[str, ResultFormat] = {
    "ttl": ResultFormat.TURTLE,
    "nt": ResultFormat.NTRIPLES,
    "rdf": ResultFormat.RDFXML,
    "jsonld": ResultFormat.JSONLD,
    "trig": ResultFormat.TRIG,
    "nq": ResultFormat.NQUADS,
}
_MEDIA = tuple(form.value for form in FORMATS.values())

GraphParam = Annotated[
    list[str], parameter("Name (IRI) eines Graphen", "name (IRI) of a graph", alias="graph", max_length=1)
]
DefaultParam = Annotated[
    str | None,
    parameter("ohne Wert: alle Graphen zusammen", "without a value: all graphs together", alias="default"),
]


@router.get(
    "/data",
    **described(
        "Ein Graph als RDF, nach seinem Namen (Graph Store Protocol)",
        "one graph as RDF, by its name (Graph Store Protocol)",
        *_MEDIA,
    ),
)
def named(call: Asked, names: GraphParam = [], default: DefaultParam = None) -> Response:  # noqa: B006
    """Answer with the graph that a parameter names."""
    if len(names) + (default is not None) != 1:
        raise BadRequest(
            "Bitte genau einen Graphen nennen: ?graph=IRI, oder ?default für alle zusammen. "
            "Welche es gibt, steht unter /.well-known/void.",
            "Please name exactly one graph: ?graph=IRI, or ?default for all together. "
            "Which there are stands at /.well-known/void.",
        )
    return answer_graph(call, names[0] if names else None)


@router.get(
    "/data/{name:path}",
    **described(
        "Ein Graph als RDF, nach seiner Adresse (Graph Store Protocol)",
        "one graph as RDF, by its address (Graph Store Protocol)",
        *_MEDIA,
    ),
)
def addressed(call: Asked, name: Annotated[str, Path()]) -> Response:
    """Answer with the graph whose name below the base of all things stands in the address."""
    return answer_graph(call, call.site.workspace.settings.base + name)


def answer_graph(call: Call, name: str | None) -> Response:
    """Answer with a named graph, or the default graph where none is named; NotFound where there is none of the name."""
    workspace = call.site.workspace
    form = wanted_form(call)
    tag = f'W/"{workspace.snapshot()[:24]}-{form.name.lower()}"'
    headers = {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache"}
    base = workspace.settings.base
    with workspace.files.reading() as paths:
        triples = all_triples(paths, base) if name is None else triples_in(name, paths, base)
        if triples is None:
            raise NotFound(
                f"Einen Graphen „{name}“ gibt es hier nicht. Welche es gibt, steht unter /.well-known/void.",
                f"There is no graph “{name}” here. Which there are stands at /.well-known/void.",
            )
        if is_held(call.request, tag):
            return Response(status_code=304, headers=headers)
        return Response(written(triples, form), media_type=form.media_type, headers=headers)


def wanted_form(call: Call) -> ResultFormat:
    """Return the form of a graph: the word in the address first, then Accept.

    Raises BadRequest for an unknown word, and the status 406 where no form is acceptable.
    """
    if call.form is not None:
        if call.form not in FORMATS:
            known = ", ".join(FORMATS)
            raise BadRequest(
                f"format={call.form}: möglich sind {known}.", f"format={call.form}: possible are {known}."
            )
        return FORMATS[call.form]
    chosen = choose(call.request.headers.get("accept"), _MEDIA)
    if chosen is None:
        raise HTTPException(406)
    return ResultFormat(chosen)


def written(triples: Iterator[ox.Triple], form: ResultFormat) -> bytes:
    """Return statements in an RDF format, with the prefixes of the vocabulary where the format has any."""
    body = ox.serialize(triples, format=ox.RdfFormat.from_media_type(form.value), prefixes=dict(PREFIXES))
    assert body is not None  # without a file to write to, the bytes come back
    return body
