"""The product, serving files of a test suite: our own application and query host, over graphs of the suite's names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox

from api.app import create_app
from api.settings import read_settings
from api.workspace import Workspace
from graph.store.workers.host import QueryHost
from tests.conftest import serving_app

HOST = "www.example"


class _Files:
    """Stands where the source files stand: graphs by name."""

    def __init__(self) -> None:
        self.held: dict[str, Path] = {}

    def paths(self) -> dict[str, Path]:
        """Return the file of each graph."""
        return dict(self.held)

    @contextmanager
    def reading(self) -> Iterator[dict[str, Path]]:
        """Give the file of each graph; nobody writes meanwhile."""
        yield self.paths()

    def close(self) -> None:
        """Nothing is open."""


class SuiteWorkspace(Workspace):
    """A workspace over any RDF: what a suite brings, blank nodes and all, as named graphs."""

    def __init__(self, folder: Path, base: str = f"http://{HOST}/gsp/") -> None:
        super().__init__(read_settings({}, store=str(folder / "store"), base=base))
        self.files = _Files()  # type: ignore[assignment]
        self._folder = folder
        self._state = 0
        self._queries: QueryHost | None = None

    def hold(self, graphs: Mapping[str, bytes]) -> None:
        """Hold exactly these graphs, given as N-Triples."""
        self._state += 1
        held = self.files.held  # type: ignore[attr-defined]
        held.clear()
        for number, (name, text) in enumerate(graphs.items()):
            path = self._folder / f"{self._state}-{number}.nt"
            path.write_bytes(text)
            held[name] = path
        if self._queries is None:
            self._queries = QueryHost(held)
        else:
            self._queries.reload(held)

    def snapshot(self) -> str:
        """Return a name for the present state."""
        return f"{self._state:024}"

    def host(self) -> QueryHost:
        """Return the query host over the graphs that are held."""
        assert self._queries is not None
        return self._queries

    def close(self) -> None:
        """End the processes."""
        if self._queries is not None:
            self._queries.close()
        super().close()


@contextmanager
def suite_server(folder: Path) -> Iterator[tuple[SuiteWorkspace, httpx.Client]]:
    """Serve a workspace for a suite; gives it and a client."""
    with SuiteWorkspace(folder) as workspace:
        workspace.hold({})
        app = create_app(workspace.settings, workspace, hosts=(HOST,))
        with serving_app(app) as address, httpx.Client(base_url=address, timeout=30) as client:
            yield workspace, client


def as_ntriples(body: bytes, form: ox.RdfFormat | None, base: str) -> bytes:
    """Return a document of the suite as N-Triples."""
    written = ox.serialize(
        (quad.triple for quad in ox.parse(body, format=form, base_iri=base, rename_blank_nodes=True)),
        format=ox.RdfFormat.N_TRIPLES,
    )
    assert written is not None
    return written
