"""The named graphs that this service holds: one per source, the vocabulary, the derived days; and their statements.

They are read from the source files, so literals come exactly as written and no limit of a query cuts them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.store.index import derived_days, derived_graph, ontology_quads
from ontology.terms import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.workspace import Workspace


def graph_names(workspace: Workspace) -> list[str]:
    """Return the names of all named graphs, those of the sources first."""
    return [*sorted(workspace.files.paths()), derived_graph(workspace.settings.base), ONTOLOGY]


def triples_in(workspace: Workspace, name: str) -> Iterator[ox.Triple] | None:
    """Return the statements of one named graph; None where there is no graph of this name."""
    paths = workspace.files.paths()
    if name in paths:
        return ox.parse(path=paths[name], format=ox.RdfFormat.N_TRIPLES)
    if name == derived_graph(workspace.settings.base):
        return _read(derived_days(paths, workspace.settings.base))
    return _read(ontology_quads()) if name == ONTOLOGY else None


def all_triples(workspace: Workspace) -> Iterator[ox.Triple]:
    """Yield the statements of the default graph, which is the union of all named graphs.

    What two graphs say comes twice, which RDF takes as once.
    """
    return chain.from_iterable(triples_in(workspace, name) or () for name in graph_names(workspace))


def size_of(workspace: Workspace, name: str) -> int:
    """Return how many statements a named graph holds; a source file has one in each line that is no remark."""
    path = workspace.files.paths().get(name)
    if path is None:
        return sum(1 for _ in triples_in(workspace, name) or ())
    with path.open("rb") as lines:
        return sum(1 for line in lines if line[:1] not in b"#\r\n")


def _read(quads: str) -> Iterator[ox.Triple]:
    return (quad.triple for quad in ox.parse(input=quads, format=ox.RdfFormat.N_QUADS))
