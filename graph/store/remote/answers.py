"""What a server sent, judged and made the same whoever sent it: tables and triples, counted and cut where it is told.

An answer with status 200 need not be one: Virtuoso sends what it had when its time was over (``X-SQL-State``), the Oxigraph
server breaks off in the middle, a proxy sends a page. None of it passes for an answer here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from graph.store.query.answer import Answer, Kind, ResultFormat
from graph.store.remote import wording
from graph.store.remote.virtuoso.booleans import as_booleans
from ontology.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graph.errors import PlanwerkError
    from graph.store.query.answer import Limits
    from graph.store.remote.endpoint import Reply

TABLE: Final = ResultFormat.JSON.value
TRIPLES: Final = ResultFormat.NTRIPLES.value
_TYPES: Final = {"typed-literal": "literal"}
_BOOLEANS: Final = {"1": "true", "0": "false"}
_LATE_WORDS: Final = ("timeout", "timed out", "time limit", "execution time", "interrupt", "S1TAT", "S1T00")
_OK: Final = range(200, 300)
_BAD_REQUEST: Final = 400


def check(reply: Reply, address: str, wanted: str, limits: Limits) -> None:
    """Raise what there is to say where a reply is no whole answer of the wanted type."""
    if reply.status not in _OK:
        raise _refusal(reply, address, limits)
    if reply.headers.get("x-sql-state"):
        raise wording.too_slow(limits)
    if not reply.whole:
        raise wording.too_large(limits)
    if reply.media_type != wanted:
        raise wording.no_sparql(address, reply.media_type)


def _refusal(reply: Reply, address: str, limits: Limits) -> PlanwerkError:
    """Return the error for a status that is none of success."""
    if any(word.lower() in reply.said.lower() for word in _LATE_WORDS):
        return wording.too_slow(limits)
    if reply.status == _BAD_REQUEST or "sparql compiler" in reply.said.lower():
        return wording.not_understood(reply.said)
    return wording.failed(address, reply.status, reply.said)


def read_table(
    reply: Reply, kind: Kind, accept: ResultFormat, rows: int, booleans: Collection[str] = ()
) -> Answer:
    """Return the answer to SELECT or ASK, with at most so many rows; raises QueryStopped where it broke off.

    In the columns ``booleans`` 1 and 0 stand for true and false.
    """
    try:
        document = json.loads(reply.body)
        told = {"head": {}, "boolean": document["boolean"]} if kind == "ask" else _table(document, booleans)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise wording.half_an_answer() from None
    if kind == "ask":
        return Answer(kind, _in_format(told, accept), 1, truncated=False, format=accept)
    found = told["results"]["bindings"]
    is_cut = len(found) > rows or len(found) >= _most_rows(reply.headers)
    del found[rows:]
    return Answer(kind, _in_format(told, accept), len(found), is_cut, accept)


def _table(document: Mapping[str, Any], booleans: Collection[str]) -> dict[str, Any]:
    """Return a table as the standard writes it."""
    found = [{name: _value(value) for name, value in row.items()} for row in document["results"]["bindings"]]
    if booleans:
        found = [as_booleans(row, booleans) for row in found]
    return {"head": {"vars": document["head"]["vars"]}, "results": {"bindings": found}}


def _value(value: dict[str, Any]) -> dict[str, Any]:
    """Return one value as the standard writes it: Virtuoso has a type of its own, names that of texts, and says 1 for true."""
    said = value["value"]
    told = {**value, "type": _TYPES.get(value["type"], value["type"])}
    if value.get("datatype") == XSD.boolean:
        told["value"] = _BOOLEANS.get(said, said)
    if value.get("datatype") == XSD.string:
        del told["datatype"]
    if value["type"] == "bnode":
        told["value"] = "".join(sign for sign in said if sign.isalnum())
    return told


def _most_rows(headers: Mapping[str, str]) -> float:
    """Return how many rows the server gives at most, as far as it tells."""
    told = headers.get("x-sparql-maxrows", "")
    return int(told) if told.isdigit() else float("inf")


def _in_format(told: Mapping[str, Any], accept: ResultFormat) -> bytes:
    body = json.dumps(told, ensure_ascii=False).encode()
    if accept is ResultFormat.JSON:
        return body
    form = ox.QueryResultsFormat.from_media_type(accept.value)
    assert form is not None
    return ox.parse_query_results(body, ox.QueryResultsFormat.JSON).serialize(format=form) or b""


def read_triples(reply: Reply, accept: ResultFormat, rows: int, prefixes: Mapping[str, str]) -> Answer:
    """Return the answer to CONSTRUCT or DESCRIBE, with at most so many triples, each once."""
    try:
        found = list(dict.fromkeys(quad.triple for quad in ox.parse(reply.body, ox.RdfFormat.N_TRIPLES)))
    except SyntaxError:
        raise wording.half_an_answer() from None
    form = ox.RdfFormat.from_media_type(accept.value)
    assert form is not None
    body = ox.serialize(found[:rows], format=form, prefixes=dict(prefixes))
    return Answer("construct", body or b"", min(len(found), rows), len(found) > rows, accept)
