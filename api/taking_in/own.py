"""A workbook that Planwerk wrote on its way back: all its deliveries in one commit, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.taking_in.changes import Change, changes_between, rows_delivered, rows_said
from graph.errors import IntakeError, NotFound
from graph.intake.problems import Problem, TablesRefused
from graph.intake.triples import delivery_to_triples, held_ids, source_iri
from graph.output.tables import lost_cells
from graph.store.reading import read_source, read_statements
from ontology.terms import PW

if TYPE_CHECKING:
    from pathlib import Path

    from api.workspace import Workspace
    from graph.intake.rows import Delivery
    from graph.intake.sheets.own import Returned
    from graph.statement import Statement
    from graph.store.files import Commit

Texts = dict[str, "str | None"]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a workbook of our own brought: the deliveries, one commit, rows, filled cells, changes and notes."""

    deliveries: tuple[str, ...]
    commit: Commit
    rows: int
    cells: int
    changes: tuple[Change, ...]
    notes: tuple[Problem, ...]


def take_back(
    workspace: Workspace,
    returned: Returned,
    *,
    source_id: str | None = None,
    dry_run: bool = False,
    why: str | None = None,
    day: str | None = None,
) -> TakenBack:
    """Store what a workbook of our own says, all or nothing; with ``dry_run`` only say what would change.

    ``day`` is the date of the delivery; a filled sheet carries its own.

    Raises TablesRefused with every problem by sheet, row and column, and IntakeError where the store has moved on since
    the workbook was written.
    """
    returned = returned.checked().named(source_id).dated(day)
    try:
        texts = _texts(workspace, returned.deliveries)
    except TablesRefused as refused:
        raise returned.placed(refused) from None
    _check_nothing_undone(workspace, returned, texts)
    changes = tuple(_changes(workspace, returned.deliveries))
    ids = tuple(delivery.id for delivery in returned.deliveries)
    change = workspace.files.preview if dry_run else workspace.files.commit
    commit = change(texts, who=workspace.settings.who, why=why or f"Import {', '.join(ids)}")
    rows = [row for delivery in returned.deliveries for row in delivery.all_rows()]
    filled = sum(bool(cell) for row in rows for cell in row.cells.values())
    return TakenBack(ids, commit, len(rows), filled, changes, returned.notes)


def _texts(workspace: Workspace, deliveries: Iterable[Delivery]) -> Texts:
    """Return the new text of every source of the deliveries; None for a source that is gone."""
    deliveries = tuple(deliveries)
    homes = [source_iri(workspace.settings.base, delivery.id) for delivery in deliveries]
    held = _held_elsewhere(workspace, homes)
    texts: Texts = {}
    problems: list[Problem] = []
    for delivery, home in zip(deliveries, homes, strict=True):
        texts |= dict.fromkeys(_delivered_in(workspace, home))
        others = _with_ids(held, (other for other in deliveries if other is not delivery))
        try:
            stated = delivery_to_triples(delivery, workspace.settings.base, held=others)
        except TablesRefused as refused:
            problems += refused.problems
            continue
        lost = lost_cells(delivery.all_rows(), stated, workspace.settings.base)
        if lost:
            raise RuntimeError(f"cells would be lost: {lost[:3]}")
        texts |= {source: "".join(said) for source, said in stated.items()}
    if problems:
        raise TablesRefused(problems)
    return texts


def _held_elsewhere(workspace: Workspace, homes: Iterable[str]) -> Mapping[str, set[str]]:
    """Return the ids per table of the deliveries that the workbook does not bring."""
    inside = set(homes)
    statements = (s for s in read_statements(workspace.files.paths()) if s.source not in inside)
    return held_ids(statements, "")


def _with_ids(held: Mapping[str, set[str]], deliveries: Iterable[Delivery]) -> dict[str, set[str]]:
    found = {table: set(ids) for table, ids in held.items()}
    for delivery in deliveries:
        for table, rows in delivery.rows.items():
            found.setdefault(table, set()).update(row["id"] for row in rows if row["id"])
    return found


def _delivered_in(workspace: Workspace, home: str) -> list[str]:
    said = (s for source, path in workspace.files.paths().items() for s in read_source(source, path))
    return sorted({s.source for s in said if s.predicate == PW.deliveredIn and s.value == home})


def _changes(workspace: Workspace, deliveries: Iterable[Delivery]) -> Iterable[Change]:
    network = None if workspace.is_empty else workspace.network()

    def called(local: str) -> str:
        node = network.iri(local) if network else None
        return network.label(node) if network and node else local

    for delivery in deliveries:
        home = source_iri(workspace.settings.base, delivery.id)
        before = rows_said(_said(workspace, home), workspace.settings.base)
        yield from changes_between(before, rows_delivered(delivery.all_rows()), called)


def _said(workspace: Workspace, home: str) -> list[Statement]:
    paths = workspace.files.paths()
    wanted = {home, *_delivered_in(workspace, home)} & paths.keys()
    return [statement for source in sorted(wanted) for statement in read_source(source, paths[source])]


def _check_nothing_undone(workspace: Workspace, returned: Returned, texts: Texts) -> None:
    """Refuse a workbook that would undo what came into its sources after it was written."""
    if returned.kind != "export":
        return
    try:
        then = workspace.files.paths_at(returned.snapshot)
    except NotFound:  # written from another store: there is nothing to compare with
        return
    for source, text in texts.items():
        before = _lines(then[source]) if source in then else frozenset()
        now = _as_lines(workspace.files.text(source) or "")
        wanted = _as_lines(text or "")
        if (now - before) - wanted or (before - now) & wanted:
            raise _undone(source.removeprefix(f"{workspace.settings.base}source/"))


def _lines(path: Path) -> frozenset[str]:
    return _as_lines(path.read_text("utf-8").partition("\n")[2])


def _as_lines(text: str) -> frozenset[str]:
    """Return the statements of a source but for the order of its rows, which any new row changes."""
    return frozenset(line for line in text.split("\n") if line and f"<{PW.rowOrder}>" not in line)


def _undone(source: str) -> IntakeError:
    return IntakeError(
        f"Seit diese Datei geschrieben wurde, hat sich die Quelle „{source}“ im Speicher geändert; das ginge verloren. "
        "Bitte die Datei neu ausgeben (planwerk export) und die Änderungen dort eintragen.",
        f"Since this file was written the source “{source}” has changed in the store; that would be lost. "
        "Please export the file again (planwerk export) and make your changes there.",
    )
