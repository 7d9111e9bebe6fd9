"""A row that says one thing only: a band over what follows, a note, a total, or an entry of which only the title is known."""

from __future__ import annotations

import re

from graph.errors import Text
from graph.intake.sheets.book import Cell
from graph.intake.sheets.layout.lines import Ask, Line
from graph.intake.sheets.layout.marks import (
    abbreviations_in,
    is_footnote,
    is_issue,
    is_legend,
    is_placeholder,
    is_plan_title,
    is_total,
    is_unit_name,
)
from graph.intake.sheets.layout.shape import Shape
from graph.intake.sheets.layout.tables import Table
from graph.intake.sheets.review import RowKind
from graph.intake.sheets.wording.folding import clean

_LONG = 160
_SENTENCE_LIKE = re.compile(r"(?:\S+\s+){4,}\S*[^\W\d]{3,}[.!]$|ohne Gewähr|auf Vollständigkeit", re.DOTALL)
_FIELD_OF_WORK = re.compile(
    r"\D*planung(?:en)?\s*", re.IGNORECASE
)  # "Verkehrsplanung" alone is a field of work too
_LETTERED = re.compile(r"(?:[A-Z]|[IVX]{1,5}|\d{1,2})[.)]\s+\S.*", re.DOTALL)
_TOTAL = Text("Summe oder Anzahl, kein Eintrag.", "A sum or count, no entry.")
_NOTE = Text(
    "Anmerkung zur Tabelle (Fußnote, Quelle oder Hinweis).", "A note to the table (footnote, source or hint)."
)
_ISSUE = Text("Angabe zum Stand oder zur Pflege der Liste.", "Says the state of the list or who keeps it.")
_LEGEND = Text("Überschrift einer Legende.", "Heads a legend.")
_PAIRS = Text("Erklärt Abkürzungen.", "Explains abbreviations.")
_SENTENCE = Text(
    "Ein ganzer Satz in einer einzelnen Zelle: Anmerkung.", "A whole sentence in a single cell: a note."
)
_ACROSS = Text(
    "Ein Text über mehrere verbundene Spalten: Zwischenüberschrift.",
    "One text over several merged columns: a band.",
)
_STRONG = Text(
    "Nur diese eine Zelle ist gefüllt, und sie ist hervorgehoben: Zwischenüberschrift.",
    "Only this one cell is filled, and it stands out: a band.",
)
_ASIDE = Text(
    "Nur diese eine Zelle ist gefüllt, und sie steht nicht in der Spalte der Bezeichnungen: Zwischenüberschrift.",
    "Only this one cell is filled, and it is not in the column of titles: a band.",
)
_UNIT = Text("Nennt nur eine Organisationseinheit: Zwischenüberschrift.", "Names nothing but a unit: a band.")
_UNNUMBERED = Text(
    "Zeile ohne Nummer und ohne weitere Angaben zwischen nummerierten Einträgen: Zwischenüberschrift.",
    "Row without a number and without anything else between numbered entries: a band.",
)
_PLAN_UNNUMBERED = Text(
    "Klingt nach einem Planwerk, hat aber anders als die Einträge weder Nummer noch Angaben: gefragt, nicht übernommen.",
    "Sounds like a plan, but unlike the entries has neither a number nor anything else: asked, not taken in.",
)
_TO_COME = Text("Platzhalter, keine Bezeichnung.", "A placeholder, no title.")
_LETTER = Text("Gegliederte Zwischenüberschrift.", "A band with a letter or number of its own.")
_TITLE_ONLY = Text("Nur die Bezeichnung ist angegeben.", "Nothing but the title is given.")
_UNSURE = Text(
    "Nur eine Zelle ist gefüllt; es kann eine Zwischenüberschrift oder ein Eintrag ohne Angaben sein.",
    "Only one cell is filled; it may be a band or an entry about which nothing is said.",
)


def note_line(row: int, text: str) -> Line | None:
    """Return the row as total, footnote, issue or legend where its first words say so."""
    if is_total(text):
        return Line(row, "total", _TOTAL)
    if pairs := abbreviations_in(text):
        return Line(row, "legend", _PAIRS, "pair", pairs=pairs)
    if is_legend(text):
        return Line(row, "legend", _LEGEND, text=text)
    if is_footnote(text):
        return Line(row, "footnote", _NOTE)
    if is_issue(text):
        return Line(row, "footnote", _ISSUE)
    return None


def lone_line(table: Table, shape: Shape, row: int, column: int, cell: Cell, item: RowKind) -> Line:
    """Return what a row is that holds one text only; ``item`` is the class of the table's entries."""
    text = clean(cell.text)
    note = note_line(row, text)
    if note:
        return note
    if _SENTENCE_LIKE.search(text) or len(text) > _LONG:
        return Line(row, "footnote", _SENTENCE)
    reason = _band_reason(table, shape, row, column, cell)
    if reason:
        return Line(row, "section", reason, "band", text=text)
    return _title_only(shape, row, text, item)


def _title_only(shape: Shape, row: int, text: str, item: RowKind) -> Line:
    """Return a row of which only the title is given: an entry, a band, or asked."""
    if is_placeholder(text):
        return Line(row, "other", _TO_COME)
    sounds = is_plan_title(text) and not _FIELD_OF_WORK.fullmatch(text)
    if item == "plan" and shape.number:
        if sounds:
            return Line(row, "other", _PLAN_UNNUMBERED, text=text, ask=_band_or_entry(text, "plan"))
        return Line(row, "section", _UNNUMBERED, "band", text=text)
    if item != "plan" or sounds or shape.lonely:
        return Line(row, item, _TITLE_ONLY, "item", text=text)
    return Line(row, "section", _UNSURE, "band", text=text, ask=_band_or_entry(text, "section"))


def _band_reason(table: Table, shape: Shape, row: int, column: int, cell: Cell) -> Text | None:
    area = table.grid.merges.get((row, column))
    text = clean(cell.text)
    if area and area.right > area.left:
        return _ACROSS
    if is_unit_name(text):
        return _UNIT
    if column != table.title:
        return _ASIDE
    if (cell.bold or cell.filled) and not shape.strong:
        return _STRONG
    if _LETTERED.fullmatch(text) and not is_plan_title(text):
        return _LETTER
    plain = text.endswith(":") or (text.isupper() and len(text.split()) > 1)
    return _LETTER if plain and not is_plan_title(text) else None


def _band_or_entry(text: str, guess: str) -> Ask:
    return Ask(
        "row",
        text,
        Text(
            f"Ist „{text}“ eine Zwischenüberschrift oder ein eigener Eintrag?",
            f"Is “{text}” a band over what follows or an entry of its own?",
        ),
        guess,
        ("section", "plan", "other"),
    )
