"""One request to a page: its language, its day, the form of its answer; and the answer, with its fingerprint."""

from __future__ import annotations

import re
from dataclasses import asdict, is_dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query
from fastapi.responses import JSONResponse, Response
from starlette.requests import Request

from api.pages.frame.kinds import SEGMENTS
from api.pages.frame.names import shown_number
from api.pages.frame.site import Site, program
from api.wanted import wanted_day
from api.web.negotiation import COOKIE, CSV, HTML, JSON, LANGUAGES, choose, is_held, wanted_language
from api.wording.texts import TEXTS
from graph.dates import shown_date
from graph.errors import BadRequest, StoreError
from graph.network.time import Standing, standing
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from graph.findings.finding import FindingSet
    from graph.network.build import Network

Made = TypeVar("Made")

_YEAR = 365 * 24 * 3600
_NO_MARKUP = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_FORMATS = {"html": HTML, "json": JSON}


def parameter(de: str, en: str, **more: Any) -> Any:
    """Return a parameter of the address that both languages describe."""
    return Query(description=en, json_schema_extra={"x-description-de": de}, **more)


def described(de: str, en: str, *answers: str) -> dict[str, Any]:
    """Return what the description of an operation says: its summary in both languages and the forms of its answer."""
    offered = answers or (HTML, JSON)
    return {
        "summary": en,
        "openapi_extra": {"x-summary-de": de},
        "responses": {200: {"description": en, "content": {media: {} for media in offered}}},
        "response_class": Response,
    }


LangParam = Annotated[
    str | None,
    parameter("Sprache der Seite: de oder en; wird gemerkt", "language of the page: de or en; remembered"),
]
DayParam = Annotated[
    str | None,
    parameter(
        "Tag, an dem Planwerke betrachtet werden, wie 2026-01-31; sonst heute",
        "day on which plans are looked at, like 2026-01-31; today otherwise",
    ),
]
FormatParam = Annotated[
    str | None,
    parameter(
        "Form der Antwort statt Accept: html oder json",
        "form of the answer instead of Accept: html or json",
        alias="format",
    ),
]


class Call:
    """One request, understood."""

    def __init__(
        self, request: Request, as_of: str | None, form: str | None, lang: str | None = None
    ) -> None:
        self.request = request
        self.site: Site = request.app.state.site
        self.lang = lang or wanted_language(request, self.site.workspace.settings.lang)
        self.as_of = as_of or None
        self.form = form

    @cached_property
    def day(self) -> date:
        """The day that is asked about; BadRequest where it cannot be read."""
        return wanted_day(self.as_of)

    @cached_property
    def network(self) -> Network:
        """The network of the present sources."""
        return self.keep("network", self.site.workspace.network)

    @cached_property
    def snapshot(self) -> str:
        """The id of the state of the store that this request is answered from."""
        return self.site.workspace.snapshot()

    @property
    def state(self) -> str:
        """The beginning of the id of the state, or a dash where the store cannot be read: that page has a foot too."""
        try:
            return self.snapshot[:12]
        except StoreError:
            return "–"

    def keep(self, name: str, make: Callable[[], Made], *key: Hashable) -> Made:
        """Return what was made under this name and key from the same state of the store, making it if need be."""
        return self.site.keep(self.snapshot, name, make, *key)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """How every plan stands on the day."""
        network, day = self.network, self.day

        def make() -> Mapping[str, Standing]:
            return {plan: standing(network, plan, day) for plan in network.of_type("Plan")}

        return self.keep("standings", make, day)

    @cached_property
    def findings(self) -> FindingSet:
        """The findings of the day by all rules."""
        return self.keep("findings", lambda: self.site.workspace.findings(self.day), self.day)

    @property
    def shown_day(self) -> str:
        """The day that is asked about, as people write it."""
        return shown_date(self.day.isoformat())[self.lang]

    @property
    def kinds(self) -> Iterable[str]:
        """The classes that have lists."""
        return SEGMENTS

    @property
    def segments(self) -> frozenset[str]:
        """The addresses of lists."""
        return frozenset(SEGMENTS.values())

    def standing(self, local: str) -> Standing | None:
        """Return how the plan with a local id stands on the day; None where it is no plan."""
        node = self.network.iri(local)
        return self.standings.get(node) if node else None

    def date(self, text: str) -> str:
        """Return a date as people write it."""
        return shown_date(text)[self.lang]

    def number(self, value: object) -> str:
        """Return a number as people write it."""
        return shown_number(str(value))[self.lang]

    def other_parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of the address that a form for the day has to keep."""
        return [pair for pair in self.request.query_params.multi_items() if pair[0] not in {"as_of", "lang"}]

    @property
    def path(self) -> str:
        """The path of the address."""
        return self.request.url.path

    def say(self, key: str, **values: object) -> str:
        """Return a text of the surface in the language of the page."""
        text = TEXTS[key][self.lang]
        return text.format(**values) if values else text

    def link(self, path: str, **query: object) -> str:
        """Return an address on this site; the day that was asked for goes along."""
        given = {"as_of": self.as_of, **query}
        wanted = {name: value for name, value in given.items() if value not in (None, "")}
        return f"{path}?{urlencode(wanted, doseq=True)}" if wanted else path

    def here(self, **changes: object) -> str:
        """Return this address with some of its parameters changed; None takes one away."""
        kept = {
            name: values for name, values in self._query().items() if name not in changes and name != "lang"
        }
        wanted = kept | {name: value for name, value in changes.items() if value not in (None, "")}
        return f"{self.path}?{urlencode(wanted, doseq=True)}" if wanted else self.path

    def in_language(self, lang: str) -> str:
        """Return this address in another language."""
        return self.here(lang=lang)

    def _query(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self.request.query_params.multi_items():
            found.setdefault(name, []).append(value)
        return found

    def media(self, offered: Mapping[str, str] = _FORMATS) -> str:
        """Return the media type to answer with; HTML where nothing offered is asked for.

        Raises BadRequest for a ``format`` that there is not.
        """
        if self.form is None:
            return choose(self.request.headers.get("accept"), list(offered.values())) or HTML
        if self.form not in offered:
            known = ", ".join(offered)
            raise BadRequest(
                f"format={self.form}: möglich sind {known}.", f"format={self.form}: possible are {known}."
            )
        return offered[self.form]

    def answer(
        self,
        template: str,
        make: Callable[[], Mapping[str, Any]],
        document: Callable[[Mapping[str, Any]], Any] | None = None,
        table: Callable[[Mapping[str, Any]], str] | None = None,
    ) -> Response:
        """Return the page, or its data as JSON (what ``document`` makes of it, else the whole view), or as CSV by ``table``.

        Where the asker has the same answer already, it is not made again (304).
        """
        media = self.media(_FORMATS | {"csv": CSV} if table else _FORMATS)
        tag = self._tag(media)
        if is_held(self.request, tag):
            return self._finished(Response(status_code=304), tag)
        view = make()
        if media == JSON:
            return self._finished(JSONResponse(plain(document(view) if document else view)), tag)
        if table and media == CSV:
            return self._finished(Response(table(view), media_type=f"{CSV}; charset=utf-8"), tag)
        return self._finished(Response(self.render(template, view), media_type=f"{HTML}; charset=utf-8"), tag)

    def render(self, template: str, view: Mapping[str, Any]) -> str:
        """Return a template filled with a view."""
        made = self.site.templates.get_template(template)
        text = made.render(**view, call=self, lang=self.lang, t=self.say, link=self.link)
        return _NO_MARKUP.sub("\ufffd", text)

    def _tag(self, media: str) -> str:
        parts = [
            self.snapshot,
            program(),
            str(self.site.workspace.settings.editing),
            self.lang,
            media,
            str(self.request.url),
            wanted_day(None).isoformat(),
        ]
        return f'W/"{sha256("|".join(parts).encode()).hexdigest()[:24]}"'

    def _finished(self, response: Response, tag: str) -> Response:
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Vary"] = "Accept, Cookie"
        return remember_language(self.request, response)


def remember_language(request: Request, response: Response) -> Response:
    """Let the asker keep the language that the address asks for."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        response.set_cookie(COOKIE, asked, max_age=_YEAR, path="/", samesite="lax", httponly=True)
    return response


def plain(value: Any) -> Any:
    """Return a view as JSON knows it: records become objects, days become text."""
    if isinstance(value, Text):
        return value.document()
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): plain(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(entry) for entry in value]
    return value


def read_call(
    request: Request,
    lang: LangParam = None,  # noqa: ARG001 - described here, read by the language table
    as_of: DayParam = None,
    form: FormatParam = None,
) -> Call:
    """Return the request, understood; raises BadRequest where its language cannot be."""
    return Call(request, as_of, form)


Asked = Annotated[Call, Depends(read_call)]
