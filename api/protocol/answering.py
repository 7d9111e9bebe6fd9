"""The answer to a query, in the form that was asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from api.web.negotiation import choose
from graph.errors import BadRequest
from graph.store.query.answer import Limits, ResultFormat
from graph.store.query.asked import Query
from graph.store.query.guard import check_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.pages.frame.call import Call
    from api.protocol.request import QueryRequest
    from graph.store.query.answer import Answer

TRUNCATED = "Planwerk-Truncated"

#: Formats by the word that ``?format=`` takes, tables first.
TABLES: Mapping[str, ResultFormat] = {
    "json": ResultFormat.JSON,
    "xml": ResultFormat.XML,
    "csv": ResultFormat.CSV,
    "tsv": ResultFormat.TSV,
}
TRIPLES: Mapping[str, ResultFormat] = {
    "ttl": ResultFormat.TURTLE,
    "nt": ResultFormat.NTRIPLES,
    "rdf": ResultFormat.RDFXML,
    "jsonld": ResultFormat.JSONLD,
}
#: Formats that only Accept chooses: other names for the same, and those of datasets.
LOOSE: Mapping[str, ResultFormat] = {
    "application/json": ResultFormat.JSON,
    "application/xml": ResultFormat.XML,
    "text/plain": ResultFormat.NTRIPLES,
    ResultFormat.TRIG.value: ResultFormat.TRIG,
    ResultFormat.NQUADS.value: ResultFormat.NQUADS,
}


def run(call: Call, asked: QueryRequest, form: ResultFormat, most_bytes: int | None = None) -> Answer:
    """Return the answer of the store to what was asked; relative addresses go by that of this service."""
    host = call.site.workspace.host()
    query = Query(
        asked.text or "",
        accept=form,
        limits=replace(host.limits, bytes=most_bytes) if most_bytes else None,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        base=str(call.request.url.replace(query="", fragment="")),
        recall=asked.recall,
    )
    return host.answer(query)


def is_graph_query(text: str) -> bool:
    """Tell whether a query asks for triples; raises QueryRefused for what is not served."""
    return check_query(text, Limits().query_bytes).form in {"construct", "describe"}


def wanted_format(asked: QueryRequest, accept: str | None) -> ResultFormat:
    """Return the format of an answer: the word in the address first, then Accept.

    Raises BadRequest for an unknown word, and the status 406 where no form of this answer is acceptable.
    """
    offered = TRIPLES if is_graph_query(asked.text or "") else TABLES
    if asked.form:
        if asked.form not in offered:
            known = ", ".join(offered)
            raise BadRequest(
                f"format={asked.form}: diese Abfrage antwortet als {known}.",
                f"format={asked.form}: this query answers as {known}.",
            )
        return offered[asked.form]
    forms = list(offered.values())
    loose = [media for media, form in LOOSE.items() if form.is_table == forms[0].is_table]
    chosen = choose(accept, [*(form.value for form in forms), *loose])
    if chosen is None:
        raise HTTPException(406)
    return LOOSE.get(chosen) or ResultFormat(chosen)
