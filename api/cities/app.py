"""The pages about several cities, and in front of all cities the choice by host name which of them answers.

A city answers under its own names through an application of its own, over its own store: what it gives out holds nothing of
any other. All other names lead to the pages about all cities.
"""

from __future__ import annotations

from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import FastAPI
from jinja2 import BaseLoader, Environment
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request

from api import sparql
from api.app import answer_errors, answer_problem, create_app
from api.cities.answers.duty_comparison import duties_of
from api.cities.answers.numbers import Numbers
from api.cities.calls import nearest, origin_of
from api.cities.federation import UNREADABLE, Federation
from api.cities.opened import OpenCities, city_settings
from api.cities.pages import completing, duties, findings, goals, listing, questions, searching
from api.pages.exchange import manual
from api.pages.frame.site import Site
from api.wanted import wanted_day
from api.web.problems import problem_of
from api.web.shield import Shield
from graph.errors import PlanwerkError
from ontology.across import load_across_questions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection

    from starlette.types import ASGIApp, Receive, Scope, Send

    from api.cities.register import City, Register
    from api.settings import Settings
    from api.workspace import Workspace
    from graph.errors import Text

_WORTH_PACKING = 1024
_ROUTERS = (listing, findings, duties, goals, questions, searching, completing, sparql, manual)
_FIRST_QUERY = """PREFIX pw: <https://w3id.org/planwerk/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?cityLabel (COUNT(?plan) AS ?plans)
WHERE {
  ?city a pw:Inventory ; skos:prefLabel ?cityLabel .
  FILTER(LANG(?cityLabel) = "de")
  OPTIONAL { ?plan pw:inInventory ?city ; a pw:Plan }
}
GROUP BY ?cityLabel
ORDER BY ?cityLabel"""


@dataclass(frozen=True, slots=True)
class CityMark:
    """What a page of a city says of where it stands: its name, and the address of the pages about all cities."""

    name: Text
    overview: str


class _RegionFrame(BaseLoader):
    """Templates whose frame is that of the pages about several cities; the usual frame is below it."""

    def __init__(self, below: BaseLoader) -> None:
        self._below = below

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the source of a template."""
        names = {"base.html": "cities_base.html", "usual_base.html": "base.html"}
        return self._below.get_source(environment, names.get(template, template))


def create_region_app(federation: Federation, hosts: Collection[str] = (), *, plain: bool = False) -> FastAPI:
    """Return the application with the pages about all cities of a register."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        federation.close()
        federation.cities.close()

    app = FastAPI(
        title="Planwerk",
        description="Knowledge graphs of the planning instruments of several cities, side by side.",
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    site = Site(federation, plain, load_across_questions(), _FIRST_QUERY)
    assert site.templates.loader is not None
    site.templates.loader = _RegionFrame(site.templates.loader)
    app.state.site = site
    app.state.numbers = Numbers(federation)
    for module in _ROUTERS:
        app.include_router(module.router)
    answer_errors(app)
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_PACKING)
    app.add_middleware(Shield, hosts=(*federation.register.hosts, *hosts))
    return app


class Deployment:
    """All cities of a register as one application: chooses by the host name of a request who answers it."""

    def __init__(
        self, settings: Settings, register: Register, hosts: Collection[str] = (), *, plain: bool = False
    ) -> None:
        self.settings = settings
        self.register = register
        self.plain = plain
        self.cities = OpenCities(settings, register)
        self.cities.when_closed(self._forget)
        self.federation = Federation(settings, self.cities, patient=False)
        self.region = create_region_app(self.federation, hosts, plain=plain)
        self._by_host = register.by_host()
        self._apps: dict[str, tuple[Workspace, FastAPI]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request to the city whose name it names, else to the pages about all cities."""
        city = self._by_host.get(_host(scope)) if scope["type"] == "http" else None
        if city is None:
            await self.region(scope, receive, send)
            return
        stack = ExitStack()
        try:
            app = await run_in_threadpool(self._open, stack, city)
            await app(self._marked(scope, city), receive, send)
        finally:
            await run_in_threadpool(stack.close)

    def _open(self, stack: ExitStack, city: City) -> ASGIApp:
        """Return the application of a city, or one that says why its store cannot be opened."""
        try:
            workspace = stack.enter_context(self.cities.using(city))
        except PlanwerkError as error:
            return Shield(_Refusal(self.region, error), city.hosts)
        held = self._apps.get(city.id)
        if held is None or held[0] is not workspace:
            made = create_app(city_settings(self.settings, city), workspace, city.hosts, plain=self.plain)
            held = self._apps[city.id] = (workspace, made)
        return held[1]

    def _forget(self, local: str) -> None:
        self._apps.pop(local, None)

    def _marked(self, scope: Scope, city: City) -> Scope:
        """Let the pages of a city say which city it is and lead to all others."""
        request = Request(scope)
        asked = request.url.hostname or ""
        own = nearest((*self.register.hosts, "localhost"), asked)
        local = asked.endswith(".localhost")
        overview = origin_of(request, "localhost" if local else own) + "/"
        return {**scope, "planwerk.city": CityMark(city.name, overview)}

    def close(self) -> None:
        """Close all stores and stop all query hosts."""
        self.federation.close()
        self.cities.close()

    def prepare(self) -> None:
        """Compute what the first pages need, so that nobody has to wait for it: the list, the questions, the comparisons."""
        numbers: Numbers = self.region.state.numbers
        self.federation.parts()
        with suppress(*UNREADABLE):  # whoever asks is told why
            self.federation.host()
        for city in self.register.cities[: findings.PER_PAGE]:
            numbers.of(city, wanted_day(None))
        for city in self.register.cities:
            duties_of(self.federation, city, wanted_day(None))


class _Refusal:
    """Answers every request with why a city's store cannot be opened."""

    def __init__(self, region: FastAPI, error: PlanwerkError) -> None:
        self._region = region
        self._problem = replace(problem_of(error), status=HTTPStatus.SERVICE_UNAVAILABLE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the problem."""
        told = {**scope, "app": self._region}
        await answer_problem(Request(told, receive), self._problem)(told, receive, send)


def _host(scope: Scope) -> str:
    """Return the host name that a request names, without its port."""
    host = Headers(scope=scope).get("host", "").lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
