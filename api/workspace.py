"""One store, opened: its network, findings and query host, kept until the source files change.

The command line and the pages read through this and nothing else. Imports of rdflib, NetworkX and NumPy wait until they
are needed, so that a command that needs none of them starts at once.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar, cast

from api.opening import open_current, open_sources
from api.wanted import USUAL_BANDS, check_choice, not_found, wanted_day
from graph.errors import NotFound, Text
from graph.store.files import Commit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from types import TracebackType

    from api.settings import Settings
    from api.taking_in.workbook import TakenIn
    from graph.findings.comparison import Comparison
    from graph.findings.duty.ladder import DutyLadder
    from graph.findings.finding import Finding, FindingSet
    from graph.findings.related.related_suggestions import Grounds
    from graph.findings.related.similar_goals import GoalWords
    from graph.findings.rules.chain import Scope
    from graph.findings.rules.overlap import Candidates
    from graph.intake.rows import Delivery, Row
    from graph.intake.sheets.corrections import Settled
    from graph.network.build import Network
    from graph.output.drawing.document import Document
    from graph.output.lenses.view import View
    from graph.store.hosting import Current, Host

Made = TypeVar("Made")

_MOST_KEPT = 64
_MISSING = object()
_MOST_COMPARED = 10


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: the delivery, the change, rows, filled cells, and cells that were lost (none)."""

    delivery: str
    commit: Commit
    rows: int
    cells: int
    lost: int


class Workspace(AbstractContextManager["Workspace"]):
    """What the store of these settings holds; everything computed is kept as long as the sources stay the same."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.files = open_sources(settings)
        self._lock = RLock()
        self._stamp: object = None
        self._snapshot = ""
        self._kept: dict[tuple[Any, ...], Any] = {}
        self._making: dict[tuple[Any, ...], RLock] = {}
        self._current: Current | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the query host."""
        self.close()

    def close(self) -> None:
        """Stop the query host, if it runs."""
        with self._lock:
            current, self._current = self._current, None
        if current is not None:
            current.close()
        self.files.close()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was imported yet."""
        return not self.files.stamp()

    def snapshot(self) -> str:
        """Return the id of the present state of the source files; what was kept of another state is dropped."""
        with self._lock:
            stamp = self.files.stamp()
            if stamp != self._stamp:
                self._snapshot = self.files.snapshot()
                self._stamp = stamp
                self._kept.clear()
            return self._snapshot

    def _keep(self, key: tuple[Any, ...], make: Callable[[], Made]) -> Made:
        """Return what was made under this key from the present sources, making it if need be.

        Whoever asks for the same meanwhile waits for it; whoever asks for something else does not.
        """
        with self._lock:
            place = (self.snapshot(), *key)
            making = self._making.setdefault(place, RLock())
        with making:
            held: Made | object = self._kept.get(place, _MISSING)
            if held is _MISSING:
                try:
                    held = make()
                    self._put(place, held)
                finally:
                    self._making.pop(place, None)
            return cast("Made", held)

    def _put(self, place: tuple[Any, ...], made: object) -> None:
        """Keep what was made, unless the sources changed meanwhile."""
        with self._lock:
            if place[0] == self.snapshot():
                if len(self._kept) >= _MOST_KEPT:
                    self._kept.clear()
                self._kept[place] = made

    def network(self, known_on: date | None = None) -> Network:
        """Return the network of the sources, or of those that existed by a day."""
        from graph.network.build import build_network
        from graph.store.reading import read_statements

        def make() -> Network:
            statements = read_statements(self.files.paths(), known_on)
            return build_network(statements, self.settings.base)

        return self._keep(("network", known_on), make)

    def node(self, local: str, known_on: date | None = None) -> str:
        """Return the node with a local id such as ``p-sep1``.

        Raises NotFound, with the nearest ids, where there is none.
        """
        network = self.network(known_on)
        found = network.iri(local)
        if found is None:
            raise not_found(local, network.ids)
        return found

    def candidates(self, day: date, known_on: date | None = None) -> Candidates:
        """Return the plans that overlaps are looked for among on a day."""
        from graph.findings.stored_bands import StoredBands, gather_with

        def make() -> Candidates:
            return gather_with(self.network(known_on), day, StoredBands(self.files).find)

        return self._keep(("candidates", day, known_on), make)

    def overlaps(
        self,
        day: date,
        bands: Iterable[str] = USUAL_BANDS,
        plan: str | None = None,
        known_on: date | None = None,
    ) -> FindingSet:
        """Return the overlaps of a day in the wanted bands, of all plans or of the plan with a local id."""
        from graph.findings.decisions import with_decisions
        from graph.findings.finding import FindingSet
        from graph.findings.rules.overlap import find_overlaps, overlap_coverage

        candidates = self.candidates(day, known_on)
        wanted = tuple(bands)
        node = self.node(plan, known_on) if plan else None

        def make() -> FindingSet:
            found = with_decisions(find_overlaps(candidates, wanted, node), self.network())
            return FindingSet(day, self.snapshot(), overlap_coverage(candidates), tuple(found))

        return self._keep(("overlaps", day, wanted, node, known_on), make)

    def grounds(self, known_on: date | None = None) -> Grounds:
        """Return all plans, ranked by how similar they are, with what can tell why; learning that can take seconds."""
        from graph.findings.related.related_suggestions import read_grounds

        network = self.network(known_on)
        return self._keep(("grounds", known_on), lambda: read_grounds(network))

    def goal_words(self) -> GoalWords:
        """Return the words of all goals, to suggest similar ones while a goal is entered."""
        from graph.findings.related.similar_goals import read_goals

        return self._keep(("goal words",), lambda: read_goals(self.network()))

    def gaps(self, day: date, kinds: Iterable[str] | None = None, known_on: date | None = None) -> FindingSet:
        """Return the chain gaps of a day, of all kinds or of the wanted ones.

        Raises BadRequest where a kind does not exist.
        """
        from graph.findings.decisions import with_decisions
        from graph.findings.finding import FindingSet
        from graph.findings.rules.chain import KINDS, find_gaps, gap_coverage, scope_on

        wanted = None if kinds is None else tuple(kinds)
        check_choice(Text("Die Lückenart", "kind of gap"), wanted or (), KINDS)

        def make() -> FindingSet:
            scope: Scope = scope_on(self.network(known_on), day)
            every = find_gaps(scope)
            chosen = (gap for gap in every if wanted is None or gap.kind in wanted)
            found = with_decisions(chosen, self.network())
            return FindingSet(day, self.snapshot(), gap_coverage(scope, every), tuple(found))

        return self._keep(("gaps", day, wanted, known_on), make)

    def findings(
        self, day: date, rules: Iterable[str] | None = None, known_on: date | None = None
    ) -> FindingSet:
        """Return the findings of a day by all rules, or by the wanted ones, with what was decided on them.

        Raises BadRequest where a rule does not exist.
        """
        from graph.findings.decisions import with_decisions
        from graph.findings.finding import FindingSet
        from graph.findings.rules.chain import scope_on
        from graph.findings.rules.registry import BY_ID, coverage_of, find_all

        wanted = None if rules is None else tuple(rules)
        check_choice(Text("Die Regel", "rule"), wanted or (), BY_ID)

        def make() -> FindingSet:
            candidates = self.candidates(day, known_on)
            scope = scope_on(candidates.network, day)
            found = with_decisions(find_all(candidates, scope, wanted), self.network())
            return FindingSet(day, self.snapshot(), coverage_of(candidates, scope, wanted), tuple(found))

        return self._keep(("findings", day, wanted, known_on), make)

    def finding_changes(self, since: str, day: date) -> Comparison:
        """Return how the findings of a day differ from those of an earlier state of the store, by its id or its start.

        Raises NotFound where the log has no such state.
        """
        from graph.findings.comparison import Comparison, compare
        from graph.findings.rules.chain import scope_on
        from graph.findings.rules.registry import find_all
        from graph.findings.stored_bands import BandMove, StoredBands, gather_with
        from graph.network.build import build_network
        from graph.store.reading import read_statements

        earlier = build_network(read_statements(self.files.paths_at(since)), self.settings.base)
        then = gather_with(earlier, day, StoredBands(self.files).find)
        before = find_all(then, scope_on(earlier, day))
        moved = BandMove(then.bands, self.candidates(day).bands)
        return Comparison(tuple(compare(before, self.findings(day).findings)), moved)

    def decide(self, finding: str, state: str, reason: str, *, role: str, paper: str = "") -> Finding:
        """Record a decision on a finding of today and return the finding as decided.

        Raises NotFound for an unknown finding and BadRequest for an unknown state or a missing reason.
        """
        from graph.findings.decisions import (
            SOURCE,
            Decision,
            check_decision,
            evidence_digest,
            with_decision,
        )

        check_decision(state, reason)
        day = wanted_day(None)
        found = self.finding(finding, day)
        taken = Decision(finding, state, reason.strip(), role, day, paper, evidence_digest(found))
        base = self.settings.base
        self.files.revise(
            base + SOURCE,
            lambda text: with_decision(text, taken, base),
            who=role,
            why=f"{finding}: {state}",
        )
        return self.finding(finding, day)

    def duties(
        self, day: date, body: str | None = None, *, delegation: bool = True, known_on: date | None = None
    ) -> DutyLadder:
        """Return the ladder of planning duties on a day, of the body with a local id or of the only one recorded.

        Raises NotFound where no duties are recorded or the body is unknown, BadRequest where a body must be named.
        """
        from graph.findings.duty.ladder import bearer, duty_ladder

        network = self.network(known_on)
        if not network.of_type("PlanningDuty"):
            raise NotFound(
                "Es sind keine Planungspflichten erfasst. Bitte zuerst: planwerk import data/duties-nrw",
                "No planning duties are recorded. Please first: planwerk import data/duties-nrw",
            )
        bears = bearer(network, body)
        return self._keep(
            ("duties", day, bears, delegation, known_on),
            lambda: duty_ladder(network, day, bears, delegation=delegation),
        )

    def duty_gaps(self, ladder: DutyLadder, known_on: date | None = None) -> FindingSet:
        """Return the gaps of a ladder with what was decided on them."""
        from graph.findings.decisions import with_decisions
        from graph.findings.finding import FindingSet
        from graph.findings.rules.duty_gaps import duty_coverage, gap_finding

        network = self.network(known_on)
        found = [gap_finding(network, ladder, step) for step in ladder.gaps]
        return FindingSet(
            ladder.day,
            self.snapshot(),
            duty_coverage(network, ladder),
            tuple(with_decisions(found, self.network())),
        )

    def finding(self, finding: str, day: date) -> Finding:
        """Return the finding with this id on a day, whatever its rule and band.

        Raises NotFound where no rule finds it.
        """
        by_id = {entry.id: entry for entry in self.findings(day).findings}
        if finding not in by_id:
            raise not_found(finding, by_id)
        return by_id[finding]

    def drawing(self, view: View, *, lang: str | None = None, known_on: date | None = None) -> Document:
        """Return the picture of a view, today's where it names no day.

        Raises NotFound for an unknown id and BadRequest for a lens, kind, depth, limit or day that will not do.
        """
        from api.jobs.places import held_places, keep_places
        from graph.output.lenses.view import view_document

        today, spoken = wanted_day(None), lang or self.settings.lang
        network = self.network(known_on)

        def in_states(states: tuple[str, ...]) -> set[str]:
            found = self.findings(view.as_of or today, known_on=known_on).findings
            return {self.node(plan, known_on) for f in found if f.state in states for plan in f.plans}

        if view.looks == "shared" and not view.plans:
            view = replace(view, plans=self._most_overlapping(view.as_of or today, view.focus, known_on))

        def make() -> Document:
            if view.looks != "net":
                return view_document(network, view, today, spoken, in_states)
            held = held_places(self.files, network)
            document = view_document(network, view, today, spoken, in_states, held)
            keep_places(self.files, document)
            return document

        return self._keep(("drawing", view, today, spoken, known_on), make)

    def _most_overlapping(self, day: date, plan: str | None, known_on: date | None) -> tuple[str, ...]:
        """Return the plans of the foremost overlaps of a day, or those that overlap most with one plan."""
        bands = USUAL_BANDS if plan is None else (*USUAL_BANDS, "schwach")
        found = self.overlaps(day, bands, plan, known_on).findings
        named = [name for finding in found for name in finding.plans]
        return tuple(dict.fromkeys([*([plan] if plan else ()), *named]))[:_MOST_COMPARED]

    def host(self) -> Host:
        """Return the query host, started or brought up to date with the sources if need be."""
        return self.current_host().at(self.snapshot)

    def current_host(self) -> Current:
        """Return what keeps the query host up to date and knows where the sources are indexed; nothing is started."""
        with self._lock:
            if self._current is None:
                self._current = open_current(self.settings, self.files)
            return self._current

    def import_folder(
        self,
        folder: Path,
        *,
        source_id: str | None = None,
        dry_run: bool = False,
        why: str | None = None,
        day: str | None = None,
        watch: Callable[[Iterable[Row]], Iterable[Row]] = iter,
    ) -> Imported:
        """Take in a folder of tables, all or nothing, and return what changed; with ``dry_run`` store nothing.

        Before anything is stored the tables are written back and compared cell by cell. Sources of an earlier delivery
        of the same id that the folder no longer names are removed. ``day`` is the date of the delivery.
        Raises TablesRefused with every problem.
        """
        from graph.intake.rows import read_folder

        delivery = read_folder(folder, source_id, day)
        return self.take(delivery, dry_run=dry_run, why=why, watch=watch)

    def import_workbook(
        self,
        workbook: Path,
        *,
        source_id: str | None = None,
        settled: Settled | None = None,
        dry_run: bool = False,
        why: str | None = None,
        day: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> TakenIn:
        """Take in a spreadsheet as it grew, all or nothing; return what was found and, unless refused, what changed.

        ``settled`` are corrections that go before the remembered ones. Raises IntakeError where the file cannot be read,
        SheetRefused where what it says cannot be stored.
        """
        from api.taking_in.workbook import take_in

        return take_in(
            self,
            workbook,
            source_id=source_id,
            settled=settled,
            dry_run=dry_run,
            why=why,
            day=day,
            progress=progress,
        )

    def take(
        self,
        delivery: Delivery,
        *,
        dry_run: bool = False,
        why: str | None = None,
        watch: Callable[[Iterable[Row]], Iterable[Row]] = iter,
    ) -> Imported:
        """Store a delivery, all or nothing, and return what changed; with ``dry_run`` store nothing.

        Raises TablesRefused with every problem.
        """
        from graph.intake.triples import delivery_to_triples, held_ids, source_iri
        from graph.output.tables import lost_cells
        from graph.store.reading import read_statements

        home = source_iri(self.settings.base, delivery.id)
        held = held_ids(read_statements(self.files.paths()), home)
        stated = delivery_to_triples(delivery, self.settings.base, watch, held)
        lost = lost_cells(delivery.all_rows(), stated, self.settings.base)
        if lost:
            raise RuntimeError(f"cells would be lost: {lost[:3]}")
        texts = {**dict.fromkeys(self._delivered_in(home)), **stated}
        change = self.files.preview if dry_run else self.files.commit
        commit = change(texts, who=self.settings.who, why=why or f"Import {delivery.id}")
        filled = [sum(map(bool, row.cells.values())) for row in delivery.all_rows()]
        return Imported(delivery.id, commit, len(filled), sum(filled), len(lost))

    def holds(self, delivery: str) -> bool:
        """Whether a delivery of this id was taken in."""
        from graph.intake.triples import source_iri

        return source_iri(self.settings.base, delivery) in self.files.paths()

    def _delivered_in(self, home: str) -> tuple[str, ...]:
        if self.is_empty:
            return ()
        network = self.network()
        return network.origins(home, "deliveredIn") if home in network.multigraph else ()
