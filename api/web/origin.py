"""Requests that write must come from our own page: what the browser says of their origin, and a token of the form."""

from __future__ import annotations

import hmac
import secrets
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from graph.errors import BadRequest, NotAllowed, TooLarge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, MutableMapping
    from typing import Any

    from starlette.datastructures import FormData
    from starlette.responses import Response

COOKIE = "form"
FIELD = "token"
_OWN = frozenset({"same-origin", "none"})
_SECRET = secrets.token_bytes(32)


def check_origin(request: Request) -> None:
    """Refuse a request that a page of another site makes a browser send.

    Raises NotAllowed where ``Sec-Fetch-Site`` or ``Origin`` name another site; programs that send neither pass.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    # our pages send no referrer, and then browsers hide the origin too
    hidden = origin == "null" and site in _OWN
    foreign = origin is not None and not hidden and _host_of(origin) != request.headers.get("host")
    if foreign or (site is not None and site not in _OWN):
        raise NotAllowed(
            "Diese Anfrage kommt von einer anderen Seite und wird nicht ausgeführt.",
            "This request comes from another site and is not carried out.",
        )


def _host_of(origin: str) -> str | None:
    """Return the host that an origin names; None where it is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def form_token(request: Request) -> tuple[str, str]:
    """Return the cookie of the asker, a new one where there is none, and the token that a form has to carry with it."""
    cookie = request.cookies.get(COOKIE) or secrets.token_urlsafe(18)
    return cookie, _signed(cookie)


def keep_cookie(response: Response, cookie: str, path: str = "/import") -> Response:
    """Let the asker keep the cookie that goes with the token."""
    response.set_cookie(COOKIE, cookie, path=path, samesite="strict", httponly=True)
    return response


def check_token(request: Request, given: str) -> None:
    """Refuse a form that was not made for this asker; raises NotAllowed."""
    cookie = request.cookies.get(COOKIE, "")
    if not cookie or not hmac.compare_digest(_signed(cookie).encode(), given.encode()):
        raise NotAllowed(
            "Das Formular ist nicht mehr gültig. Bitte die Seite neu laden und noch einmal absenden.",
            "The form is no longer valid. Please load the page again and send it once more.",
        )


def _signed(cookie: str) -> str:
    return hmac.new(_SECRET, cookie.encode("utf-8", "replace"), "sha256").hexdigest()


def sent_form(most: int) -> Callable[[Request], AsyncIterator[FormData]]:
    """Return what reads, for a route, a form of at most ``most`` bytes that our own page made for this asker.

    Raises NotAllowed for a form of another site or asker.
    """

    async def form(request: Request) -> AsyncIterator[FormData]:
        check_origin(request)
        async with read_form(request, most) as sent:
            check_token(request, str(sent.get(FIELD, "")))
            yield sent

    return form


@asynccontextmanager
async def read_form(request: Request, most: int) -> AsyncIterator[FormData]:
    """Give the form of a request and close its files after use.

    Raises TooLarge where more than ``most`` bytes are sent, before they are kept.
    """
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise _too_large(most)
    seen = 0

    async def counted() -> MutableMapping[str, Any]:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        if seen > most:  # the parser closes its files on this error only
            raise MultiPartException("too large")
        return message

    try:
        form = await type(request)(request.scope, counted).form()
    except (MultiPartException, HTTPException):
        if seen > most:
            raise _too_large(most) from None
        raise BadRequest(
            "Das Formular ist nicht lesbar. Bitte die Seite neu laden.",
            "The form cannot be read. Please load the page again.",
        ) from None
    try:
        yield form
    finally:
        await form.close()


def _too_large(most: int) -> TooLarge:
    size = most // 2**20
    return TooLarge(
        f"Das ist mehr, als hier angenommen wird (höchstens {size} MB). Bitte Bilder entfernen oder die Datei teilen.",
        f"That is more than is taken here ({size} MB at most). Please remove pictures or split the file.",
    )
