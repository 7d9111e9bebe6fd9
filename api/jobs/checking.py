"""The SHACL report of a store, each result with the file and row that it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from api.workspace import Workspace
from graph.store.index import derived_days
from graph.store.reading import read_statements
from graph.store.source_text import triples_of
from ontology.checking import check
from ontology.rdf import merged
from ontology.tables import every_table
from ontology.terms import PW
from ontology.text import Text


@dataclass(frozen=True, slots=True)
class Checked:
    """One result of the check: how severe, where it comes from, what it says."""

    severity: str
    file: str | None
    row: int | None
    thing: str
    message: Text


def check_store(workspace: Workspace) -> list[Checked]:
    """Return what the shapes say about the whole store, most severe first."""
    paths = workspace.files.paths()
    said = [t for path in paths.values() for t in triples_of(path)]
    days = ox.parse(input=derived_days(paths, workspace.settings.base), format=ox.RdfFormat.N_QUADS)
    triples = merged([*said, *days])
    places = row_places(workspace)
    base = workspace.settings.base
    return [
        Checked(result.severity, file, row, result.focus.removeprefix(base), result.message)
        for result in check(triples).results
        for file, row in [places.get(result.focus, (None, None))]
    ]


def row_places(workspace: Workspace) -> Mapping[str, tuple[str, int]]:
    """Return file and row (as a spreadsheet counts) of each thing that was delivered in a table."""
    said = list(read_statements(workspace.files.paths()))
    names = {s.subject: s.value for s in said if s.predicate == PW.tableName}
    abouts = {
        table.name: (table.about, table.key, table.file) for table in every_table() if not table.extends
    }
    found = {}
    for statement in said:
        if statement.predicate == PW.rowOrder and names.get(statement.subject) in abouts:
            about, key, file = abouts[names[statement.subject]]
            for iri, row in _rows(statement.value, about, key, workspace.settings.base):
                found[iri] = (file, row)
    return found


def _rows(order: str, about: str, key: tuple[str, ...], base: str) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(order.split("\n"), start=2):
        cells = dict(zip(key, line.split(" "), strict=False))
        if len(cells) == len(key):
            yield base + about.format_map(cells), number
