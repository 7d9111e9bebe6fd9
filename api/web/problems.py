"""What went wrong, told over HTTP: one table from errors to statuses, and problem documents (RFC 9457)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from graph.errors import (
    BadRequest,
    Busy,
    Changed,
    IntakeError,
    NotAllowed,
    NotFound,
    PlanwerkError,
    QueryBusy,
    QueryError,
    QueryInvalid,
    QueryRefused,
    QueryStopped,
    StoreError,
    StoreUnreachable,
    Text,
    TooLarge,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE = "application/problem+json"
TYPES = "https://w3id.org/planwerk/problem/"

#: The status of every error that a person can put right; the nearest class counts.
STATUSES: Mapping[type[PlanwerkError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Changed: HTTPStatus.PRECONDITION_FAILED,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    BadRequest: HTTPStatus.BAD_REQUEST,
    QueryInvalid: HTTPStatus.BAD_REQUEST,
    QueryRefused: HTTPStatus.FORBIDDEN,
    QueryStopped: HTTPStatus.SERVICE_UNAVAILABLE,
    QueryBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    IntakeError: HTTPStatus.UNPROCESSABLE_ENTITY,
    StoreUnreachable: HTTPStatus.SERVICE_UNAVAILABLE,
    StoreError: HTTPStatus.INTERNAL_SERVER_ERROR,
    PlanwerkError: HTTPStatus.BAD_REQUEST,
}
#: Seconds after which asking again can help, by status.
_RETRY_AFTER: Mapping[int, str] = {HTTPStatus.SERVICE_UNAVAILABLE: "5"}

#: Sentences for statuses that come without an error of ours.
_SENTENCES: Mapping[int, Text] = {
    HTTPStatus.NOT_FOUND: Text("Diese Adresse gibt es hier nicht.", "There is nothing at this address."),
    HTTPStatus.METHOD_NOT_ALLOWED: Text(
        "Diese Adresse nimmt diese Methode nicht an.", "This address does not take this method."
    ),
    HTTPStatus.NOT_ACCEPTABLE: Text(
        "In keiner der gewünschten Formen gibt es diese Antwort.",
        "There is no answer in any of the forms asked for.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: Text(
        "Hier ist ein Fehler im Programm passiert. Er ist im Protokoll des Servers vermerkt.",
        "The program has made a mistake here. It is noted in the log of the server.",
    ),
}
_OTHER = Text("Diese Anfrage kann nicht beantwortet werden.", "This request cannot be answered.")


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: its kind, its status and its sentence, what the answer's head says beside it, and its place in a query."""

    kind: str
    status: HTTPStatus
    text: Text
    headers: tuple[tuple[str, str], ...] = ()
    place: tuple[int, int] | None = None

    @property
    def title(self) -> str:
        """Return the name of the status."""
        return self.status.phrase

    def document(self, lang: str, instance: str) -> dict[str, Any]:
        """Return the problem document for an address."""
        return {
            "type": TYPES + self.kind,
            "title": self.title,
            "status": int(self.status),
            "detail": self.text[lang],
            "instance": instance,
            "de": self.text.de,
            "en": self.text.en,
            **({"line": self.place[0], "column": self.place[1]} if self.place else {}),
        }


def problem_of(error: PlanwerkError) -> Problem:
    """Return the problem that an error is.

    >>> problem_of(NotFound("Nichts.", "Nothing.")).kind
    'not-found'
    """
    status = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(error).__name__).lower()
    place = error.place if isinstance(error, QueryError) else None
    return Problem(name, status, error.text, _headers(status), place)


def problem_of_status(code: int, headers: Mapping[str, str] | None = None) -> Problem:
    """Return the problem that a bare status is."""
    status = HTTPStatus(code)
    kind = status.phrase.lower().replace(" ", "-").replace("'", "")
    return Problem(kind, status, _SENTENCES.get(code, _OTHER), (*_headers(status), *(headers or {}).items()))


def _headers(status: HTTPStatus) -> tuple[tuple[str, str], ...]:
    wait = _RETRY_AFTER.get(status)
    return (("Retry-After", wait),) if wait else ()


def unreadable(details: list[dict[str, Any]]) -> BadRequest:
    """Return the error for parameters that cannot be read, naming each."""
    names = ", ".join(sorted({".".join(str(part) for part in entry["loc"][1:]) for entry in details}))
    return BadRequest(
        f"Nicht lesbar: {names}. Bitte die Beschreibung unter /docs beachten.",
        f"Not readable: {names}. Please see the description at /docs.",
    )
