"""Open the store that the settings name: a folder, or one that a SPARQL server keeps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from graph.store.files import SourceFiles

if TYPE_CHECKING:
    from api.settings import Settings
    from graph.store.hosting import Current


def open_sources(settings: Settings) -> SourceFiles:
    """Return the sources; nothing is read or asked yet. Raises BadRequest for an address that cannot be one."""
    if not settings.is_remote:
        return SourceFiles(settings.folder, settings.base)
    from graph.store.remote.endpoint import Endpoint, Login
    from graph.store.remote.sources import RemoteSources

    login = Login(settings.store_user, settings.store_password, settings.store_token)
    endpoint = Endpoint(settings.store, settings.store_update, login)
    return RemoteSources(endpoint, settings.base, settings.folder)


def open_current(settings: Settings, sources: SourceFiles) -> Current:
    """Return what gives the query host of these sources; nothing is started yet."""
    from graph.store.current import CurrentHost
    from graph.store.stock import OneStore
    from graph.store.workers.host import Limits, QueryHost
    from ontology.terms import PREFIXES

    limits = Limits(
        seconds=settings.query_seconds, rows=settings.query_rows, memory=settings.query_memory_mb * 2**20
    )
    if not settings.is_remote:
        start = partial(QueryHost, prefixes=PREFIXES, workers=settings.query_workers, limits=limits)
        return CurrentHost(OneStore(sources), int(settings.index_memory_mb * 2**20), start)
    from graph.store.remote.current import RemoteCurrent
    from graph.store.remote.host import RemoteHost
    from graph.store.remote.sources import RemoteSources

    assert isinstance(sources, RemoteSources)
    begin = partial(RemoteHost, prefixes=PREFIXES, workers=settings.query_workers, limits=limits)
    return RemoteCurrent(sources, begin)
