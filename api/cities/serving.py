"""All cities served, whatever the register says by and by: a register that changes is taken over without a stop.

Requests under way finish with what the register said when they came. A register that cannot be understood changes nothing:
what it said before goes on, and the list of cities and ``/health`` say what is wrong with it.
"""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from api.cities.app import Deployment
from api.cities.register import read_register
from api.web.serving import run_app
from graph.errors import PlanwerkError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection
    from socket import socket

    from starlette.types import Receive, Scope, Send

    from api.cities.register import Register
    from api.settings import Settings

#: Seconds for which a look at the file of the register is believed.
FRESH = 1.0
_LOG = logging.getLogger("planwerk")


class Cities:
    """The application of a whole deployment, as its register stands now; ``prepares`` lets it compute the first pages ahead."""

    def __init__(
        self,
        settings: Settings,
        register: Register,
        hosts: Collection[str] = (),
        *,
        plain: bool = False,
        fresh: float = FRESH,
        prepares: bool = False,
    ) -> None:
        self._settings = settings
        self._hosts = hosts
        self._plain = plain
        self._fresh = fresh
        self._prepares = prepares
        self._lock = Lock()
        self._uses: dict[Deployment, int] = {}
        self._now = self._deploy(register)
        self._stamp = self._look()
        self._until = monotonic() + fresh

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request by what the register says when it comes."""
        if scope["type"] == "lifespan":
            await self._now.region(scope, receive, send)
            await run_in_threadpool(self._now.close)
            return
        if monotonic() >= self._until:
            await run_in_threadpool(self._refresh)
        async with self._using() as deployment:
            await deployment(scope, receive, send)

    @asynccontextmanager
    async def _using(self) -> AsyncIterator[Deployment]:
        """Give what counts now, open at least until the end of the block."""
        with self._lock:
            deployment = self._now
            self._uses[deployment] = self._uses.get(deployment, 0) + 1
        try:
            yield deployment
        finally:
            with self._lock:
                self._uses[deployment] -= 1
                is_over = not self._uses[deployment] and deployment is not self._now
            if is_over:
                await run_in_threadpool(self._end, deployment)

    def _end(self, deployment: Deployment) -> None:
        self._uses.pop(deployment, None)
        deployment.close()

    def _deploy(self, register: Register) -> Deployment:
        made = Deployment(self._settings, register, self._hosts, plain=self._plain)
        if self._prepares:
            Thread(target=made.prepare, daemon=True).start()
        return made

    def _look(self) -> tuple[int, int]:
        """Return size and time of the file of the register; nothing of one that is gone."""
        try:
            stat = self._now.register.path.stat()
        except OSError:
            return 0, 0
        return stat.st_size, stat.st_mtime_ns

    def _refresh(self) -> None:
        """Take the register over if its file has changed and can be understood."""
        with self._lock:
            self._until = monotonic() + self._fresh
            stamp, before = self._look(), self._now
            if stamp == self._stamp:
                return
            self._stamp = stamp
            try:
                register = read_register(before.register.path)
            except PlanwerkError as error:
                before.federation.register_trouble = error.text
                _LOG.warning("the register of cities stays as it was: %s", error.text.en)
                return
            before.federation.register_trouble = None
            if register == before.register:
                return
            self._now = self._deploy(register)
            is_over = not self._uses.get(before)
        _LOG.info("the register of cities was read again: %d cities", len(register.cities))
        if is_over:
            self._end(before)


def run_cities(settings: Settings, register: Register, host: str, listening: socket) -> None:
    """Serve all cities of a register on a socket until interrupted; what is under way is finished, then all close."""
    run_app(Cities(settings, register, (host, *settings.named_hosts), prepares=True), listening)
