"""A workbook on its way into the store: read and understood in a limited process, reviewed, then one commit or none."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from api.taking_in.changes import Change, changes_between, rows_delivered, rows_said
from api.taking_in.known import held_things, known_things
from api.wanted import wanted_day
from graph.dates import parse_date
from graph.errors import IntakeError, Text
from graph.intake.problems import TablesRefused
from graph.intake.sheets.child import review_file
from graph.intake.sheets.corrections import Settled, memory_name, merged, recall, remember
from graph.intake.sheets.delivering.ids import slug
from graph.intake.sheets.delivering.made import Made, SheetSource
from graph.intake.sheets.delivery import KIND, to_delivery
from graph.intake.sheets.review import Problem, Review, Severity, Where
from graph.intake.triples import held_ids, source_iri
from graph.store.reading import read_source, read_statements

if TYPE_CHECKING:
    from pathlib import Path

    from api.workspace import Imported, Workspace
    from graph.network.build import Network

SUFFIXES = (".xlsx", ".csv", ".tsv", ".ods")
ERROR: Severity = "error"

_NOTHING = Text(
    "Es wurde nichts gefunden, das übernommen werden kann. Bitte zuordnen, welches Blatt und welche Spalten die Planwerke "
    "enthalten.",
    "Nothing was found that can be taken in. Please say which sheet and which columns hold the plans.",
)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """A problem of a workbook as it is told: the place and the sentence."""

    problem: Problem

    @property
    def message(self) -> Text:
        """Return place and sentence together."""
        place, text = place_text(self.problem.where), self.problem.text
        return Text(f"{place.de}: {text.de}", f"{place.en}: {text.en}") if place.de else text


class SheetRefused(IntakeError):
    """The workbook holds what cannot be stored; nothing was taken in. ``review`` says everything that was found."""

    def __init__(self, review: Review, problems: list[Problem]) -> None:
        self.review = review
        self.problems = tuple(map(SheetProblem, problems))
        count = len(problems)
        super().__init__(
            f"{review.source}: {count} {'Problem' if count == 1 else 'Probleme'}; nichts wurde übernommen.",
            f"{review.source}: {count} {'problem' if count == 1 else 'problems'}; nothing was taken in.",
        )


@dataclass(frozen=True)
class TakenIn:
    """What was found in a workbook and what became of it: ``imported`` is None where it was only looked at and refused.

    ``tell`` words what changed; nobody asks for that after the first import of a large file, so it waits until it is asked.
    """

    source: str
    file: str
    review: Review
    settled: Settled
    imported: Imported | None
    tell: Callable[[], Iterable[Change]]
    is_first: bool

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What changed since the last delivery, plans first."""
        return tuple(self.tell())

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep it from being stored."""
        return errors_of(self.review)


def errors_of(review: Review) -> list[Problem]:
    """Return the problems that keep a workbook from being stored; one that says nothing would empty its source."""
    grave = [problem for problem in review.problems if problem.severity == ERROR]
    if not grave and not any(review.records[kind] for kind in review.records):
        review.problems.append(Problem(ERROR, "nothing-found", _NOTHING, Where("")))
        return review.problems[-1:]
    return grave


def is_workbook(path: Path) -> bool:
    """Whether a path names a kind of file that is read as a workbook."""
    return path.suffix.lower() in SUFFIXES


def source_of(name: str) -> str:
    """Return the usual id of the source that a file is: made of its name without suffix.

    >>> source_of("Übersicht Planungen 2025.xlsx")
    'uebersicht-planungen-2025'
    """
    return slug(name.rpartition(".")[0] or name)


def take_in(
    workspace: Workspace,
    workbook: Path,
    *,
    source_id: str | None = None,
    settled: Settled | None = None,
    dry_run: bool = False,
    why: str | None = None,
    day: str | None = None,
    progress: Progress | None = None,
) -> TakenIn:
    """Review a workbook and, unless it is a ``dry_run``, store what is certain in one commit; remember the corrections.

    Raises IntakeError where the file cannot be read, SheetRefused where what it says cannot be stored.
    """
    source = source_id or source_of(workbook.name)
    held = settled_for(workspace, source, settled)
    with _no_search_for_cycles():
        review = review_workbook(workspace, workbook, source, held, progress)
        return take_review(workspace, review, source, held, dry_run=dry_run, why=why, day=day)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Keep the garbage collector from walking over every row and fact again and again: none of them makes a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settled_for(workspace: Workspace, source: str, given: Settled | None = None) -> Settled:
    """Return what is remembered for a source, with what is given now going before it."""
    workspace.files.fetch_beside(memory_name(source))
    return merged(recall(workspace.files.folder, source), given or Settled())


def review_workbook(
    workspace: Workspace, workbook: Path, source: str, settled: Settled, progress: Progress | None = None
) -> Review:
    """Return what a workbook says, read and understood in a limited process.

    Raises IntakeError where the file cannot be read or the id of the source is taken.
    """
    network = None if workspace.is_empty else workspace.network()
    known = known_things(network, settled.corrections)
    review = review_file(workbook, known, limits=workspace.settings.import_limits, watch=progress)
    _check_source(workspace, network, source)
    return review


def take_review(
    workspace: Workspace,
    review: Review,
    source: str,
    settled: Settled,
    *,
    dry_run: bool = False,
    why: str | None = None,
    day: str | None = None,
) -> TakenIn:
    """Store what a review is sure of in one commit, and remember the corrections; with ``dry_run`` only say what would be.

    Raises SheetRefused where it cannot be stored.
    """
    day = _checked_day(day)
    if errors_of(review):
        if not dry_run:
            raise SheetRefused(review, errors_of(review))
        return TakenIn(source, review.source, review, settled, None, tuple, is_first=True)
    network = None if workspace.is_empty else workspace.network()
    made = _made(workspace, network, review, SheetSource(source, review.source, day), settled)
    review.problems += [Problem("info", "left-out", left.text, left.where) for left in made.left_out]
    return _stored(workspace, review, made, settled, dry_run=dry_run, why=why)


def _checked_day(day: str | None) -> str:
    try:
        return parse_date(day).text if day else wanted_day(None).isoformat()
    except ValueError:
        raise IntakeError(
            f"„{day}“ ist kein Datum. Möglich sind 2017, 2017-11 und 2017-11-21.",
            f"“{day}” is not a date. Possible are 2017, 2017-11 and 2017-11-21.",
        ) from None


def _check_source(workspace: Workspace, network: Network | None, source: str) -> None:
    """Refuse an id that a source of another kind has: its statements would be lost."""
    home = source_iri(workspace.settings.base, source)
    if network is None or home not in workspace.files.paths() or home not in network.multigraph:
        return
    if network.value(home, "sourceKind") != KIND:
        raise IntakeError(
            f"Die Kennung „{source}“ gehört schon einer anderen Quelle. Bitte mit --source-id eine eigene vergeben.",
            f"The id “{source}” belongs to another source already. Please give one of its own with --source-id.",
        )


def _made(
    workspace: Workspace, network: Network | None, review: Review, source: SheetSource, settled: Settled
) -> Made:
    home = source_iri(workspace.settings.base, source.id)
    elsewhere = held_ids(read_statements(workspace.files.paths()), home)
    earlier = {
        table: {key[0]: cells for key, cells in rows.items()}
        for table, rows in _earlier_rows(workspace, home).items()
    }
    held = replace(
        held_things(network),
        elsewhere=frozenset().union(*elsewhere.values()),
        earlier=earlier,
    )
    return to_delivery(review, source, held, settled.ids)


def _earlier_rows(workspace: Workspace, home: str) -> Any:
    path = workspace.files.paths().get(home)
    return rows_said(read_source(home, path), workspace.settings.base) if path else {}


def _stored(
    workspace: Workspace,
    review: Review,
    made: Made,
    settled: Settled,
    *,
    dry_run: bool,
    why: str | None,
) -> TakenIn:
    source = made.delivery.id
    home = source_iri(workspace.settings.base, source)
    before = _earlier_rows(workspace, home)
    called = _caller(workspace)
    try:
        imported = workspace.take(made.delivery, dry_run=dry_run, why=why)
    except TablesRefused as refused:
        raise SheetRefused(review, [*_translated(refused, made)]) from None
    kept = merged(settled, Settled(ids=made.ids))
    if not dry_run:
        remember(workspace.files.folder, source, kept)
        workspace.files.send_beside(memory_name(source))

    def tell() -> Iterable[Change]:
        return changes_between(before, rows_delivered(made.delivery.all_rows()), called)

    return TakenIn(source, review.source, review, kept, imported, tell, is_first=not before)


def _caller(workspace: Workspace) -> Callable[[str], str]:
    """Return the function that gives the name of a thing of the store by its id."""
    if workspace.is_empty:
        return str
    network = workspace.network()

    def called(local: str) -> str:
        node = network.iri(local)
        return network.label(node) if node else local

    return called


def _translated(refused: TablesRefused, made: Made) -> list[Problem]:
    """Return problems of tables as problems of the sheet that the rows came from."""
    found = []
    for problem in refused.problems:
        table = problem.file.removesuffix(".csv")
        where = made.place(table, problem.row)
        found.append(Problem(ERROR, problem.code, problem.text, where))
    return found


def place_text(where: Where) -> Text:
    """Return a place in words.

    >>> place_text(Where("Bestand", 7, "B", "B7"))
    Text(de='Blatt „Bestand“, Zeile 7, Spalte B', en='sheet “Bestand”, row 7, column B')
    """
    de = [f"Blatt „{where.sheet}“"] if where.sheet else []
    en = [f"sheet “{where.sheet}”"] if where.sheet else []
    if where.row:
        de.append(f"Zeile {where.row}")
        en.append(f"row {where.row}")
    if where.column:
        de.append(f"Spalte {where.column}")
        en.append(f"column {where.column}")
    return Text(", ".join(de), ", ".join(en))
