"""Lay out one sheet: what kind it is, its tables or fact sheets, and a class with a reason for every row."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from graph.errors import Text
from graph.intake.sheets.book import Sheet
from graph.intake.sheets.known import Corrections
from graph.intake.sheets.layout.classes import Classifier
from graph.intake.sheets.layout.facts import FactSheet, fact_lines, fact_sheets
from graph.intake.sheets.layout.grid import Grid
from graph.intake.sheets.layout.header import Headline, bare_headline
from graph.intake.sheets.layout.lines import Line
from graph.intake.sheets.layout.lone import note_line
from graph.intake.sheets.layout.marks import is_legend
from graph.intake.sheets.layout.strips import Strip, strips
from graph.intake.sheets.layout.tables import Table, tables_on
from graph.intake.sheets.review import RowKind
from graph.intake.sheets.wording.folding import clean, fold
from ontology.sheet_words import load_sheet_words

_NAMED = ("plans", "goals", "measures", "instruments", "indicators", "legend", "ignore")
_ORDER = (
    "plan",
    "goal",
    "measure",
    "instrument",
    "superseded",
    "hidden",
    "header",
    "section",
    "total",
    "legend",
    "footnote",
    "other",
)
_INVENTORY_FIELDS = 4
_EMPTY = Text("Leere Zeile.", "Empty row.")
_HEADER = Text("Zeile mit den Überschriften der Spalten.", "Row with the headings of the columns.")
_TITLE = Text("Titelzeile über der Tabelle.", "Title line above the table.")
_NOTE = Text("Text außerhalb der Tabellen.", "Text outside the tables.")
_IGNORED = Text(
    "Blatt mit Hinweisen oder Auswertungen, keine Einträge.", "A sheet of notes or figures, no entries."
)
_UNKNOWN = Text(
    "Auf diesem Blatt ist keine Kopfzeile zu erkennen; nichts wurde übernommen.",
    "No row of headings can be recognised on this sheet; nothing was taken in.",
)
_SETTLED = Text("So festgelegt: dieses Blatt wird nicht gelesen.", "Settled so: this sheet is not read.")
_PAIR = Text("Abkürzung und Bedeutung.", "Abbreviation and meaning.")


@dataclass(slots=True)
class Laid:
    """A sheet laid out: kind and why, which way it runs, tables with their rows, fact sheets, every row by number."""

    grid: Grid
    kind: str
    why: Text
    orientation: Literal["rows", "columns", "none"] = "none"
    tables: list[tuple[Table, list[Line]]] = field(default_factory=list)
    facts: list[FactSheet] = field(default_factory=list)
    rows: dict[int, Line] = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    asks: list[Line] = field(default_factory=list)


def lay_out(sheet: Sheet, settled: Corrections) -> Laid:
    """Return the layout of a sheet."""
    grid = Grid(sheet)
    kind = settled.sheet_kind(sheet.name)
    if kind in {"ignore", "notes", "other"}:
        return _finished(Laid(grid, "ignore", _SETTLED), _SETTLED)
    said = named_kind(sheet.name)
    parts = strips(grid)
    facts = _facts(grid, parts, said)
    if facts:
        return _as_facts(grid, facts)
    if said == "ignore" and not kind and not _holds_inventory(parts):
        return _finished(Laid(grid, "notes", _IGNORED), _IGNORED)
    if not any(found for _, found in parts):
        bare = bare_headline(grid) if said in {None, "plans"} else None
        if bare:
            return _as_tables(grid, [(grid, [bare])], kind, "plans", settled)
        return _without_header(grid, said)
    return _as_tables(grid, parts, kind, said, settled)


@cache
def _names(kind: str) -> frozenset[str]:
    return frozenset(fold(word) for word in load_sheet_words().lists[f"sheets_{kind}"])


def named_kind(name: str) -> str | None:
    """Return the kind that the name of a sheet suggests.

    >>> named_kind("Maßnahmen 2019"), named_kind("Tabelle1")
    ('measures', None)
    """
    words = [word for word in fold(name).split() if not word.isdigit()]
    whole = " ".join(words)
    for kind in _NAMED:
        if whole in _names(kind):
            return kind
    return next(
        (kind for kind in ("legend", "ignore", *_NAMED[1:5], "plans") if set(words) & _names(kind)), None
    )


def _holds_inventory(parts: list[Strip]) -> bool:
    return any(
        len(head.fields(head.kind)) >= _INVENTORY_FIELDS and head.title(head.kind)
        for _, found in parts
        for head in found
    )


def _facts(grid: Grid, parts: list[Strip], said: str | None) -> list[FactSheet]:
    """Return the fact sheets, where they tell more fields than any row of headings."""
    heads: list[Headline] = [head for _, found in parts for head in found]
    most = max((len(head.fields(head.kind)) for head in heads), default=0)
    found = fact_sheets(grid) if said not in {"legend", "ignore"} else []
    named = max((len({fact.field for fact in sheet.facts} - {""}) for sheet in found), default=0)
    titled = any(head.title(head.kind) for head in heads)
    return found if named > most or (named == most and not titled) else []


def _as_facts(grid: Grid, facts: list[FactSheet]) -> Laid:
    why = Text(
        "Die Namen der Angaben stehen untereinander: Steckbrief.",
        "The names of the fields run down: a fact sheet.",
    )
    laid = Laid(grid, "plans", why, "columns", facts=facts)
    for sheet in facts:
        laid.rows.update({line.row: line for line in fact_lines(sheet)})
    return _finished(laid, _NOTE)


def _as_tables(
    grid: Grid, parts: list[Strip], kind: str | None, said: str | None, settled: Corrections
) -> Laid:
    laid = Laid(grid, "", _NOTE, "rows")
    answers, rows = settled.answers, settled.rows_of(grid.name)
    for part, found in parts:
        for table in tables_on(part, found, kind, settled, said):
            lines = list(Classifier(table, rows, answers).lines())
            laid.tables.append((table, lines))
            for row in table.header_rows:
                _put(laid, Line(row, "header", _HEADER))
            for line in lines:
                _put(laid, line)
            laid.pairs += [pair for line in lines for pair in line.pairs]
    main = _main(laid)
    laid.kind, laid.why = main.kind, main.why
    return _finished(laid, _NOTE)


def _main(laid: Laid) -> Table:
    """Return the table that a sheet is mainly about."""
    return max(
        (table for table, _ in laid.tables),
        key=lambda table: (table.kind == "plans", table.last - table.first),
    )


def _put(laid: Laid, line: Line) -> None:
    """Note the class of a row; where tables stand side by side, the entry counts before the rest."""
    held = laid.rows.get(line.row)
    if line.ask:
        laid.asks.append(line)
    if line.kind == "empty" or (held and _ORDER.index(held.kind) <= _ORDER.index(line.kind)):
        if held is None and line.why.de != _EMPTY.de:
            laid.rows[line.row] = line
        return
    laid.rows[line.row] = line


def _without_header(grid: Grid, said: str | None) -> Laid:
    if said == "legend":
        return _as_legend(grid)
    if said == "ignore" or _width(grid) < 2:  # noqa: PLR2004
        return _finished(Laid(grid, "notes", _IGNORED), _NOTE)
    return _finished(Laid(grid, "unknown", _UNKNOWN), _UNKNOWN)


def _width(grid: Grid) -> int:
    """Return how many cells the fuller rows hold."""
    filled = sorted(len(grid.row(row)) for row in range(1, grid.height + 1) if grid.row(row))
    return filled[len(filled) * 3 // 4] if filled else 0


def _as_legend(grid: Grid) -> Laid:
    """Return a sheet of abbreviations that has no headings."""
    laid = Laid(
        grid, "legend", Text("Der Name des Blattes sagt es.", "The name of the sheet says so."), "rows"
    )
    for row in range(1, grid.height + 1):
        texts = [clean(cell.text) for cell in grid.row(row).values() if cell.text]
        if len(texts) >= 2 and not note_line(row, texts[0]):  # noqa: PLR2004
            laid.pairs.append((texts[0], texts[1]))
            laid.rows[row] = Line(row, "legend", _PAIR, "pair", pairs=((texts[0], texts[1]),))
    return _finished(laid, _NOTE)


def _finished(laid: Laid, why: Text) -> Laid:
    """Give every row that has none yet a class: empty, a note, a title line, or text outside the tables."""
    grid = laid.grid
    head = min((row for row, line in laid.rows.items() if line.kind not in {"empty", "other"}), default=0)
    for row in range(1, grid.height + 1):
        held = laid.rows.get(row)
        if held is None:
            laid.rows[row] = _outside(laid, row, head, why)
    laid.rows = dict(sorted(laid.rows.items()))
    return laid


def _outside(laid: Laid, row: int, head: int, why: Text) -> Line:
    texts = [clean(cell.text) for cell in laid.grid.row(row).values() if cell.text]
    if not texts:
        struck = any(cell.struck for cell in laid.grid.row(row).values())
        gone = Text("Durchgestrichen: gilt nicht mehr.", "Struck through: no longer holds.")
        return Line(row, "superseded", gone) if struck else Line(row, "empty", _EMPTY)
    if row in laid.grid.sheet.hidden_rows:
        return Line(row, "hidden", Text("Ausgeblendete Zeile.", "Hidden row."))
    note = note_line(row, texts[0]) if laid.kind != "ignore" else None
    if note and len(texts) <= 2 and (laid.tables or note.pairs) and (row > head or not is_legend(texts[0])):  # noqa: PLR2004
        laid.pairs += note.pairs
        return Line(row, "other", note.why) if row < head and note.kind == "footnote" else note
    if row < head and len(texts) <= 2:  # noqa: PLR2004
        kind: RowKind = "header"
        return Line(row, kind, _TITLE)
    return Line(row, "other", why)
