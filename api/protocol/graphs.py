"""The named graphs that this service holds: one per source, the vocabulary, the derived days; and their statements.

They are read from the source files, so literals come exactly as written and no limit of a query cuts them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.store.index import derived_days, derived_graph, ontology_quads
from graph.store.source_text import triples_of
from ontology.terms import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from api.workspace import Workspace


def triples_in(name: str, paths: Mapping[str, Path], base: str) -> Iterator[ox.Triple] | None:
    """Return the statements of one named graph, from the files of the sources; None where there is no graph of this name."""
    if name in paths:
        return triples_of(paths[name])
    if name == derived_graph(base):
        return _read(derived_days(paths, base))
    return _read(ontology_quads()) if name == ONTOLOGY else None


def all_triples(paths: Mapping[str, Path], base: str) -> Iterator[ox.Triple]:
    """Yield the statements of the default graph, which is the union of all named graphs.

    What two graphs say comes twice, which RDF takes as once.
    """
    names = [*sorted(paths), derived_graph(base), ONTOLOGY]
    return chain.from_iterable(triples_in(name, paths, base) or () for name in names)


def sizes(workspace: Workspace) -> dict[str, int]:
    """Return how many statements each named graph holds."""
    base = workspace.settings.base
    with workspace.files.reading() as paths:
        further = {
            name: sum(1 for _ in triples_in(name, paths, base) or ())
            for name in (derived_graph(base), ONTOLOGY)
        }
        return {name: _lines_of(path) for name, path in sorted(paths.items())} | further


def _lines_of(path: Path) -> int:
    """Return the statements of a source file: it has one in each line that is no remark."""
    with path.open("rb") as lines:
        return sum(1 for line in lines if line[:1] not in b"#\r\n")


def _read(quads: str) -> Iterator[ox.Triple]:
    return (quad.triple for quad in ox.parse(input=quads, format=ox.RdfFormat.N_QUADS))
