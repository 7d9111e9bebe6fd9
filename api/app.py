"""The web application: routes, errors and headers put together, and the server that runs it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request

from api import network, sparql
from api.pages.asking import completion, questions
from api.pages.building import builder
from api.pages.exchange import describe, importing, manual, vocabulary
from api.pages.exchange import taking_along as exchange
from api.pages.finding import changes as finding_changes
from api.pages.finding import duties, findings, groups, matrix, seats, whatif
from api.pages.frame.call import Call, remember_language
from api.pages.frame.site import Site
from api.pages.inventory import goal_suggestions, lists, search, start, suggest, things
from api.pages.walking import edits as walk_edits
from api.pages.walking import list as walk_list
from api.pages.walking import walks
from api.protocol import catalogue, graph_store
from api.protocol.open_data import OpenData
from api.wanted import wanted_day
from api.web.negotiation import is_person, wanted_language
from api.web.problems import MEDIA_TYPE, Problem, problem_of, problem_of_status, unreadable
from api.web.serving import run_app
from api.web.shield import Shield
from graph.errors import PlanwerkError
from graph.output.lenses.view import View

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection
    from socket import socket

    from api.settings import Settings
    from api.workspace import Workspace

_WORTH_PACKING = 1024
_ROUTERS = (
    start,
    search,
    suggest,
    lists,
    goal_suggestions,
    finding_changes,
    findings,
    duties,
    matrix,
    groups,
    seats,
    whatif,
    network,
    questions,
    builder,
    sparql,
    completion,
    graph_store,
    catalogue,
    describe,
    vocabulary,
    exchange,
    importing,
    walk_list,
    walk_edits,
    walks,
    manual,
    things,
)


def create_app(
    settings: Settings, workspace: Workspace, hosts: Collection[str] = (), *, plain: bool = False
) -> FastAPI:
    """Return the application over a workspace; it answers to local names and to ``hosts``.

    ``plain`` pages are what a machine without npm shows: our own stylesheet alone.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        workspace.close()

    app = FastAPI(
        title="Planwerk",
        description="A knowledge graph of a city's planning instruments. Base of all things: "
        + settings.base,
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.site = Site(workspace, plain=plain)
    for module in _ROUTERS:
        app.include_router(module.router)
    at_base = describe.identify_at(settings.base)
    if at_base is not None:
        app.include_router(at_base)
    answer_errors(app)
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_PACKING)
    app.add_middleware(OpenData, base=settings.base, shared=settings.shared)
    app.add_middleware(Shield, hosts=hosts)
    return app


def answer_errors(app: FastAPI) -> None:
    """Let an application answer what a person can put right, and bare statuses, with problems."""
    app.add_exception_handler(PlanwerkError, _refused)
    app.add_exception_handler(HTTPException, _bare_status)
    app.add_exception_handler(RequestValidationError, _unreadable)


async def _refused(request: Request, error: Any) -> Response:
    return answer_problem(request, problem_of(error))


async def _bare_status(request: Request, error: Any) -> Response:
    return answer_problem(request, problem_of_status(error.status_code, error.headers))


async def _unreadable(request: Request, error: Any) -> Response:
    return answer_problem(request, problem_of(unreadable(error.errors())))


def answer_problem(request: Request, problem: Problem) -> Response:
    """Return a problem as a calm page where a browser asks, as a problem document otherwise."""
    lang = _language(request)
    headers = {**dict(problem.headers), "Vary": "Accept, Cookie", "Cache-Control": "no-store"}
    wants_page = is_person(request.headers.get("accept")) and request.query_params.get("format") != "json"
    if not wants_page:
        document = problem.document(lang, request.url.path)
        return JSONResponse(document, int(problem.status), headers, MEDIA_TYPE)
    call = Call(request, None, None, lang)
    page = HTMLResponse(call.render("problem.html", {"problem": problem}), int(problem.status), headers)
    return remember_language(request, page)


def _language(request: Request) -> str:
    """Return the language for a problem, also where the language is the problem."""
    site: Site = request.app.state.site
    try:
        return wanted_language(request, site.workspace.settings.lang)
    except PlanwerkError:
        return site.workspace.settings.lang


def _prepare(workspace: Workspace) -> None:
    """Compute what the first pages need, so that nobody has to wait for it."""
    if not workspace.is_empty:
        workspace.drawing(View())
        workspace.findings(wanted_day(None))
        workspace.grounds()
        workspace.host()


def run_server(workspace: Workspace, host: str, listening: socket) -> None:
    """Serve a workspace on a socket, under the name ``host`` too, until interrupted; what is under way is finished."""
    app = create_app(workspace.settings, workspace, hosts=(host, *workspace.settings.named_hosts))
    Thread(target=_prepare, args=(workspace,), daemon=True).start()
    run_app(app, listening)
