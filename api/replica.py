"""A read replica: SPARQL over an index on disk that was built elsewhere, and nothing else.

It needs no source files and no memory for the data. When the link in its folder names another index, it answers from that
one from then on; queries that run finish on the old one. Any number of them can stand behind a balancer.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.app import answer_errors
from api.pages.frame.call import Asked, described
from api.pages.frame.site import Site
from api.protocol.answering import TABLES, TRIPLES
from api.protocol.request import QueryRequest, read_pairs, read_post
from api.protocol.waiting import while_waited_for
from api.sparql import respond_to_program
from api.web.serving import address_of, listening_at, run_app
from api.web.shield import Shield
from api.workspace import Workspace
from graph.store.disk.published import current_index
from graph.store.workers.host import Limits, QueryHost
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection
    from pathlib import Path

    from api.settings import Settings
    from graph.store.disk.place import DiskIndex

router = APIRouter(tags=["replica"])


class Replica(Workspace):
    """An index on disk as a workspace that only answers queries."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.folder = folder
        self.index = current_index(folder)
        super().__init__(replace(settings, store=str(folder), base=self.index.base))
        self._turn = Lock()
        self._answering: QueryHost | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the index holds nothing."""
        return not self.index.statements

    def snapshot(self) -> str:
        """Return the id of the state that is answered from, or would be if anybody asked now."""
        return current_index(self.folder).snapshot

    def host(self) -> QueryHost:
        """Return the query host, on the index that counts now."""
        with self._turn:
            index = current_index(self.folder)
            if self._answering is None:
                self._answering = self._start(index)
            elif index.folder != self.index.folder:
                self._answering.reload({}, index=index.rocksdb)
            self.index = index
            return self._answering

    def close(self) -> None:
        """Stop the query host, if it runs."""
        with self._turn:
            if self._answering is not None:
                self._answering.close()
                self._answering = None

    def _start(self, index: DiskIndex) -> QueryHost:
        settings = self.settings
        limits = Limits(settings.query_seconds, settings.query_rows, memory=settings.query_memory_mb * 2**20)
        return QueryHost(
            {}, index=index.rocksdb, prefixes=PREFIXES, workers=settings.query_workers, limits=limits
        )


@router.get("/health", **described("Zustand des Index", "state of the index", "application/json"))
def health(request: Request) -> Response:
    """Answer with the state that is answered from, once a query was answered from it."""
    replica: Replica = request.app.state.site.workspace
    replica.host().query("ASK {}")
    index = replica.index
    about = {"status": "ok", "snapshot": index.snapshot, "statements": index.statements, "built": index.built}
    return JSONResponse(about, headers={"Cache-Control": "no-store"})


_ANSWERS = tuple(form.value for form in (*TABLES.values(), *TRIPLES.values()))


@router.get("/sparql", **described("SPARQL-Abfrage", "SPARQL query", *_ANSWERS))
async def ask(call: Asked) -> Response:
    """Answer a query, a person's browser like a program: pages are on the main server."""
    asked = read_pairs(call.request.query_params.multi_items())
    return await while_waited_for(call.request, asked.recall, lambda: respond_to_program(call, asked))


@router.post("/sparql", **described("SPARQL-Abfrage", "SPARQL query", *_ANSWERS))
async def ask_by_post(call: Asked, asked: Annotated[QueryRequest, Depends(read_post)]) -> Response:
    """Answer a query that was posted."""
    return await while_waited_for(call.request, asked.recall, lambda: respond_to_program(call, asked))


def create_replica(replica: Replica, hosts: Collection[str] = ()) -> FastAPI:
    """Return the application of a replica; it answers to local names and to ``hosts``."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        replica.close()

    app = FastAPI(title="Planwerk: SPARQL", version="1", docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.site = Site(replica, plain=True)
    app.include_router(router)
    answer_errors(app)
    app.add_middleware(Shield, hosts=hosts)
    return app


def run_replica(replica: Replica, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve a replica until interrupted, telling its address once it can be asked; requests under way are finished."""
    replica.host()
    with listening_at(host, port) as listening:
        tell(f"{address_of(listening, host)}/sparql")
        app = create_replica(replica, (host, *replica.settings.named_hosts))
        run_app(app, listening)
