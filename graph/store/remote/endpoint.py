"""The SPARQL 1.1 protocol, from the side that asks: one request, one answer, within a time and a size.

Credentials go to this one address only, in headers; they stand in no address, no message and no log. Redirects
are not followed, so that nobody else gets them. The answer is read to its end, so that half of one is never
taken for the whole.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

import httpx

from graph.errors import BadRequest
from graph.store.query.recall import Recall, TakenBackError
from graph.store.remote import wording
from graph.store.remote.line import Deadline, LateError, Line

if TYPE_CHECKING:
    import ssl
    from collections.abc import Generator, Iterator, Mapping, Sequence

__all__ = ["Endpoint", "HalfError", "LateError", "Login", "Reply"]

#: Seconds that the program waits for what it asks itself (the log, a text), and for an update.
PATIENCE: Final = 20.0
_UPDATING: Final = 300.0
_LONGEST: Final = 2**31
_OK: Final = range(200, 300)
_NOT_HERE: Final = frozenset({404, 405})
_REDIRECTS: Final = range(300, 400)
_SAID: Final = 4096


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks, with what; a token goes before a password."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.user or self.token)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the head, the body as far as it was read, and whether that is all of it."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool = True

    @property
    def media_type(self) -> str:
        """The type of the body, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def said(self) -> str:
        """The beginning of the body, as text: where the server refuses it says why."""
        return self.body[:_SAID].decode("utf-8", "replace")


class HalfError(Exception):
    """The answer broke off."""


class _NoWordError(Exception):
    """The line was cut before there was any answer, as it is where a server closes what was idle."""


class Endpoint:
    """One server, at the address of its queries and that of its updates; safe to use from many threads.

    Raises StoreUnreachable where nobody answers, where the answer is a page or points elsewhere, and where the
    credentials will not do; LateError and HalfError are for the caller to word.
    """

    def __init__(self, address: str, update: str = "", login: Login | None = None) -> None:
        self.address = _checked(address)
        self.update_address = _checked(update) if update else _beside(address)
        self.login = login or Login()
        self._lock = threading.Lock()
        self._shown = _Shown(self.login) if self.login else None
        self._trust: ssl.SSLContext | None = None
        self._idle: list[Line] = []
        self._kind: str | None = None

    @property
    def is_virtuoso(self) -> bool:
        """Whether this is Virtuoso, which has ways of its own; asked once."""
        if self._kind is None:
            with self._own(PATIENCE):
                reply = self.send(
                    self.address, {"query": "ASK {}"}, "application/sparql-results+json", PATIENCE
                )
            self._kind = reply.headers.get("server", "")
        return "virtuoso" in self._kind.lower()

    def close(self) -> None:
        """Give up the connections; whoever asks again gets new ones."""
        with self._lock:
            idle, self._idle = self._idle, []
        for line in idle:
            line.http.close()

    @contextmanager
    def _line(self) -> Iterator[Line]:
        """Have a line for oneself: one that is idle, else another."""
        with self._lock:
            self._trust = self._trust or httpx.create_ssl_context(trust_env=False)
            line = self._idle.pop() if self._idle else Line(self._shown, self._trust)
        try:
            yield line
        finally:
            with self._lock:
                self._idle.append(line)

    def __enter__(self) -> Self:
        """Return this endpoint, to be closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def send(
        self,
        address: str,
        form: Mapping[str, str | Sequence[str]],
        accept: str,
        seconds: float,
        most_bytes: int = _LONGEST,
        recall: Recall | None = None,
    ) -> Reply:
        """Send a form and return what came back, whatever its status; a body beyond the limit is cut.

        A recall closes the connection, and TakenBackError is raised.
        """
        sent = {"data": form, "headers": {"accept": accept}}
        return self._twice(address, sent, Deadline(seconds), most_bytes, recall or Recall())

    def update(self, text: str) -> None:
        """Send an update; raise StoreUnreachable, in the server's words, where it refuses."""
        sent = {"content": text.encode(), "headers": {"content-type": "application/sparql-update"}}
        with self._own(_UPDATING):
            reply = self._twice(self.update_address, sent, Deadline(_UPDATING), _LONGEST, Recall())
        self._check(self.update_address, reply)

    def ask(self, query: str, accept: str) -> bytes:
        """Return the body of the answer to a query of the program itself."""
        with self._own(PATIENCE):
            reply = self.send(self.address, {"query": query}, accept, PATIENCE)
        self._check(self.address, reply)
        if reply.media_type != accept:
            raise wording.no_sparql(self.address, reply.media_type)
        return reply.body

    @contextmanager
    def _own(self, seconds: float) -> Iterator[None]:
        """Word what goes wrong with what the program itself asks."""
        try:
            yield
        except LateError:
            raise wording.silent(self.address, seconds) from None
        except HalfError:
            raise wording.broken_off(self.address) from None

    def _check(self, address: str, reply: Reply) -> None:
        if reply.status in _NOT_HERE or (reply.status not in _OK and reply.media_type == "text/html"):
            raise wording.no_sparql(address, f"{reply.media_type}, Status {reply.status}")
        if reply.status not in _OK:
            raise wording.failed(address, reply.status, reply.said)

    def _twice(
        self, address: str, sent: Mapping[str, object], deadline: Deadline, most_bytes: int, recall: Recall
    ) -> Reply:
        """Send, and once more where an idle connection was closed under it; all that is sent may come twice."""
        with self._line() as line:
            for last in (False, True):
                try:
                    with _cutting(line, recall):
                        return self._send(line, address, sent, deadline, most_bytes)
                except _NoWordError:
                    if last:
                        raise HalfError from None
            raise AssertionError

    def _send(
        self, line: Line, address: str, sent: Mapping[str, object], deadline: Deadline, most_bytes: int
    ) -> Reply:
        broken: type[Exception] = _NoWordError
        try:
            with line.post(address, deadline, sent) as answer:
                broken = HalfError
                self._check_entry(address, answer)
                body, whole = _read(answer, deadline, most_bytes)
                return Reply(answer.status_code, answer.headers, body, whole)
        except httpx.ConnectTimeout:
            raise wording.unreachable(address) from None
        except httpx.TimeoutException:
            raise LateError from None
        except httpx.ConnectError:
            raise wording.unreachable(address) from None
        except (httpx.TransportError, httpx.DecodingError):
            raise broken from None

    def _check_entry(self, address: str, answer: httpx.Response) -> None:
        """Refuse an answer that is about the way here, not about what was asked."""
        if answer.status_code in {401, 403}:
            raise wording.no_entry(address, known=bool(self.login))
        if answer.status_code in _REDIRECTS:
            raise wording.moved(address, answer.headers.get("location", "?"))


@contextmanager
def _cutting(line: Line, recall: Recall) -> Iterator[None]:
    """Let a recall cut the line while the block runs; then it raises TakenBackError."""
    line.begin()
    if not recall.attach(line.cut):
        raise TakenBackError
    try:
        yield
    except (LateError, HalfError, _NoWordError):
        if recall.given:
            raise TakenBackError from None
        raise
    finally:
        recall.detach()


class _Shown(httpx.Auth):
    """Shows the login as the server wants it: a token as Bearer, else Basic, or Digest once it asks for that."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._basic = httpx.BasicAuth(login.user, login.password)
        self._digest: httpx.DigestAuth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        """Yield the request with the login, and once more where the server asks for a digest of it."""
        if self._login.token:
            request.headers["authorization"] = f"Bearer {self._login.token}"
            yield request
            return
        if self._digest is None:
            answer = yield request
            wanted = answer.headers.get_list("www-authenticate")
            if answer.status_code != httpx.codes.UNAUTHORIZED:
                return
            if not any(way.lower().startswith("digest") for way in wanted):
                yield from self._basic.sync_auth_flow(request)
                return
            self._digest = httpx.DigestAuth(self._login.user, self._login.password)
        yield from self._digest.sync_auth_flow(request)


def _read(answer: httpx.Response, deadline: Deadline, most_bytes: int) -> tuple[bytes, bool]:
    """Return the body, and whether that is all of it."""
    body = bytearray()
    for chunk in answer.iter_bytes():
        deadline.left()
        body += chunk
        if len(body) > most_bytes:
            return bytes(body), False
    return bytes(body), True


def _checked(address: str) -> str:
    """Return the address; raises BadRequest where it cannot be one, or holds a password."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in {"http", "https"} or not url.host:
        raise BadRequest(
            f"PLANWERK_STORE {address} ist keine Adresse; nötig ist etwa http://127.0.0.1:7878/query.",
            f"PLANWERK_STORE {address} is no address; it must be like http://127.0.0.1:7878/query.",
        )
    if url.userinfo:
        raise BadRequest(
            "Benutzer und Passwort gehören nicht in die Adresse, denn sie stünde in Protokollen. "
            "Bitte PLANWERK_STORE_USER und PLANWERK_STORE_PASSWORD setzen.",
            "User and password do not belong into the address, for it would stand in logs. "
            "Please set PLANWERK_STORE_USER and PLANWERK_STORE_PASSWORD.",
        )
    return address


def _beside(address: str) -> str:
    """Return where updates go if nobody says: beside ``…/query`` to ``…/update``, else to the same address."""
    return address[: -len("query")] + "update" if address.endswith("/query") else address
