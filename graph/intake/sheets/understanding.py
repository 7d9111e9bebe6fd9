"""From a workbook to its review: every row explained, every record with the cells it was read from.

sheets -> layouts (tables, fact sheets, classed rows) -> aliases of all legends -> records -> twins -> links -> review
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from graph.errors import Text
from graph.intake.sheets.book import Book, Remark, Sheet
from graph.intake.sheets.known import Known
from graph.intake.sheets.layout.marks import is_plan_title
from graph.intake.sheets.layout.sheets import Laid, lay_out
from graph.intake.sheets.layout.tables import INVENTORIES
from graph.intake.sheets.records.about_sheets import ask_about_hidden_sheet, ask_about_sheet
from graph.intake.sheets.records.bands import Entry, read_bands
from graph.intake.sheets.records.build import Builder
from graph.intake.sheets.records.cells import Cells, plain_title
from graph.intake.sheets.records.from_facts import fact_columns, plans_of
from graph.intake.sheets.records.links import PlanNames, link_to_known, link_to_plans
from graph.intake.sheets.records.log import Log
from graph.intake.sheets.records.twins import Twins, shown
from graph.intake.sheets.review import Problem, Record, RecordKind, Review, RowClass, SheetFound, Where
from graph.intake.sheets.wording.departments.units import Units
from graph.intake.sheets.wording.empties import empty_kind
from graph.intake.sheets.wording.folding import clean, compact

Watch = Callable[[int, int], None]

_TOLD_EVERY = 500
BAND = "Zwischenüberschrift"
_READ_KINDS = (*INVENTORIES, "departments")
_HIDDEN_SHEET = Text(
    "Zeile eines ausgeblendeten Blattes: gelesen und gezeigt, nicht übernommen, solange niemand es sagt.",
    "Row of a hidden sheet: read and shown, not taken in until somebody says so.",
)


def understand(book: Book, known: Known, watch: Watch | None = None) -> Review:
    """Return what a workbook says, as far as it is certain, and questions for the rest.

    ``watch`` is told rows done and rows in all.
    """
    return _Reading(book, known, watch).review()


class _Reading:
    def __init__(self, book: Book, known: Known, watch: Watch | None) -> None:
        self.book, self.known = book, known
        self.log = Log(known.corrections.answers)
        self.watch = watch or (lambda _done, _all: None)
        self.result = Review(book.name)
        self.laid = self._lay_out()
        self.done = self.told = 0
        self.rows_in_all = sum(laid.grid.height for laid in self.laid)

    def _lay_out(self) -> list[Laid]:
        return [lay_out(sheet, self.known.corrections) for sheet in self.book.sheets]

    def review(self) -> Review:
        """Return the review of the whole workbook."""
        taken = list(self._taken())
        self.result.aliases = self._aliases(taken)
        legend = frozenset(compact(long) for long in self.result.aliases.values() if not is_plan_title(long))
        cells = Cells(Units(self.known.units, self._unit_aliases()), self.log, legend)
        for laid in taken:
            ask_about_sheet(laid, self.log)
            self._read(laid, cells)
            self.done += laid.grid.height
            self.watch(self.done, self.rows_in_all)
        self._plans()
        self._others()
        self._finish(taken)
        self.watch(self.rows_in_all, self.rows_in_all)
        return self.result

    def _taken(self) -> Iterator[Laid]:
        """Yield the sheets that count: the visible ones, and hidden ones that a person lets count."""
        visible = {
            compact(text) for laid in self.laid if not laid.grid.sheet.hidden for text in _titles(laid)
        }
        for laid in self.laid:
            if not laid.grid.sheet.hidden:
                yield laid
                continue
            titles = [compact(text) for text in _titles(laid)]
            held = sum(title in visible for title in titles)
            if ask_about_hidden_sheet(laid, len(titles), held, self.log) == "take":
                yield laid

    def _aliases(self, taken: list[Laid]) -> dict[str, str]:
        """Return the abbreviations that the legends of the workbook explain."""
        found: dict[str, str] = {}
        for laid in taken:
            for short, long in laid.pairs:
                found.setdefault(short, " ".join(long.split()))
            for table, lines in laid.tables:
                short_at, name_at = table.column("abbreviation"), table.column("name")
                if table.kind != "departments" or not short_at or not name_at:
                    continue
                for line in lines:
                    short = clean(table.grid.text(line.row, short_at.index)) if line.role == "item" else ""
                    if short:
                        found.setdefault(
                            short, " ".join(clean(table.grid.text(line.row, name_at.index)).split())
                        )
        return found

    def _unit_aliases(self) -> dict[str, str]:
        """Return further names of units: what legends explain, in both directions, and before all what a person settled."""
        said: dict[str, str] = {}
        for short, long in self.result.aliases.items():
            if not is_plan_title(long) and not empty_kind(short):
                said.setdefault(long, short)
                said[short] = long
        return {**said, **self.known.corrections.aliases.get("units", {})}

    def _read(self, laid: Laid, cells: Cells) -> None:
        for sheet in laid.facts:
            self.result.records["plans"] += plans_of(sheet, cells, self.log)
        for table, lines in laid.tables:
            if table.kind not in _READ_KINDS:
                continue
            kind = cast("RecordKind", table.kind)
            entries = list(self._watched(Builder(table, kind, cells, self.log).records(lines)))
            if kind == "plans":
                read_bands(table, lines, entries, cells.units, self.log)
            for line, record in entries:
                _under_band(record, line.band)
            self.result.records[kind] += [record for _, record in entries if _has_name(record)]

    def _watched(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """Yield entries, and tell the watch now and then how far the sheet is read."""
        for count, entry in enumerate(entries):
            if count % _TOLD_EVERY == 0:
                self.told = max(self.told, min(self.done + entry[0].row, self.rows_in_all))
                self.watch(self.told, self.rows_in_all)
            yield entry

    def _plans(self) -> None:
        twins = Twins(self.result.records["plans"], self.log)
        self.result.records["plans"] = twins.resolve()
        self.result.duplicates = twins.found
        self.again = {
            (where.sheet, where.row): record for where, record in twins.merged_places() if not where.column
        }
        link_to_known(self.result.plans, self.known, self.log)

    def _others(self) -> None:
        kinds: tuple[RecordKind, ...] = ("goals", "measures", "instruments")
        if not any(self.result.records[kind] for kind in kinds):
            return
        names = PlanNames(self.result.plans, self.known)
        for kind in kinds:
            for record in self.result.records[kind]:
                plan = names.meant(record.raw.get(BAND, ""))
                if plan and kind != "instruments":
                    record.values.setdefault("plan", plan)
                link_to_plans(record, names, self.log)

    def _finish(self, taken: list[Laid]) -> None:
        kept = {id(laid) for laid in taken}
        for sheet, laid in zip(self.book.sheets, self.laid, strict=True):
            self.result.rows += self._rows(sheet, laid, hidden=id(laid) not in kept)
            self.result.sheets.append(_found(laid))
        self.result.questions = list(self.log.questions.values())
        self.result.problems = [*map(_noticed, self.book.remarks), *self.log.problems]

    def _rows(self, sheet: Sheet, laid: Laid, *, hidden: bool) -> Iterator[RowClass]:
        for row, line in laid.rows.items():
            again = self.again.get((sheet.name, row))
            if hidden:
                yield RowClass(sheet.name, row, "hidden", _HIDDEN_SHEET)
            elif again is not None and line.kind == "plan":
                place = shown(again.where)
                why = Text(f"Dasselbe steht schon hier: {place}.", f"The same is said here already: {place}.")
                yield RowClass(sheet.name, row, "duplicate", why)
            else:
                yield RowClass(sheet.name, row, line.kind, line.why)


def _noticed(remark: Remark) -> Problem:
    """Return what reading noticed as a problem of the review."""
    where = Where(remark.sheet) if remark.row is None else Where.at(remark.sheet, remark.row, remark.column)
    return Problem(remark.severity, remark.code, remark.text, where)


def _titles(laid: Laid) -> Iterator[str]:
    for _, lines in laid.tables:
        yield from (plain_title(line.text) for line in lines if line.role == "item" and line.kind == "plan")


def _has_name(record: Record) -> bool:
    return bool(record.text("title") or record.text("name") or record.text("abbreviation"))


def _under_band(record: Record, band: str) -> None:
    """Keep the band over an entry among its cells."""
    if band:
        record.raw.setdefault(BAND, band)


def _found(laid: Laid) -> SheetFound:
    grid = laid.grid
    headers = tuple(row for table, _ in laid.tables for row in table.header_rows)
    columns = tuple(column.found() for table, _ in laid.tables for column in table.columns.values())
    columns += tuple(column for sheet in laid.facts for column in fact_columns(sheet))
    return SheetFound(grid.name, laid.kind, laid.why, headers, laid.orientation, columns, grid.sheet.hidden)
