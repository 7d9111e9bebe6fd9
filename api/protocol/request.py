"""What a request of the SPARQL 1.1 Protocol carries: by GET, by POST of a form, by POST of the query itself."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from graph.errors import BadRequest, QueryRefused
from graph.store.query.recall import Recall

if TYPE_CHECKING:
    from collections.abc import Iterable

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MOST_BYTES = 1 << 20
MOST_FIELDS = 1000
SECONDS_TO_SEND = 30


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """What the protocol carries: the query, the graphs it is asked of, and the wanted form of the answer.

    ``view`` is no part of the protocol: how the page shows the answer. ``recall`` takes the query back while it runs.
    """

    text: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    form: str | None
    view: str | None = None
    recall: Recall = field(default_factory=Recall, compare=False)


def read_pairs(pairs: Iterable[tuple[str, str]], body: str | None = None) -> QueryRequest:
    """Return the request that parameters, and a query sent as the body, make up.

    Raises BadRequest where there are several queries, QueryRefused for an update.
    """
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    if "update" in found:
        raise _no_update()
    queries = [*found.get("query", []), *([body] if body is not None else [])]
    if len(queries) > 1:
        raise BadRequest("Bitte genau eine Abfrage (query) schicken.", "Please send exactly one query.")
    return QueryRequest(
        text=queries[0] if queries else None,
        default_graphs=tuple(found.get("default-graph-uri", ())),
        named_graphs=tuple(found.get("named-graph-uri", ())),
        form=next(iter(found.get("format", [])), None),
        view=next(iter(found.get("view", [])), None),
    )


def _no_update() -> QueryRefused:
    return QueryRefused(
        "SPARQL Update wird nicht angeboten; Änderungen kommen über einen Import.",
        "SPARQL Update is not offered; changes come through an import.",
    )


async def read_post(request: Request) -> QueryRequest:
    """Return what was posted: a form, or the query itself.

    Raises BadRequest for a body that is no UTF-8 or too long, and the status 415 for other types.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == UPDATE:
        raise _no_update()
    if media not in {FORM, QUERY}:
        raise HTTPException(415, headers={"Accept-Post": f"{FORM}, {QUERY}"})
    text = await _body(request)
    pairs = list(request.query_params.multi_items())
    if media == QUERY:
        return read_pairs(pairs, text)
    try:
        fields = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise BadRequest(
            f"Das Formular hat mehr als {MOST_FIELDS} Felder.",
            f"The form has more than {MOST_FIELDS} fields.",
        ) from None
    return read_pairs([*pairs, *fields])


async def _body(request: Request) -> str:
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS_TO_SEND):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise BadRequest("Die Anfrage ist zu lang.", "The request is too long.")
    except TimeoutError:
        raise HTTPException(408, headers={"Connection": "close"}) from None
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise BadRequest("Die Anfrage ist kein UTF-8.", "The request is not UTF-8.") from None
