"""Tell the rows of a table apart: entries, what continues them, bands, notes, totals, what is struck or hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.errors import Text
from graph.intake.sheets.book import Area, Cell
from graph.intake.sheets.layout.lines import Ask, Line
from graph.intake.sheets.layout.lone import lone_line, note_line
from graph.intake.sheets.layout.marks import (
    is_ditto,
    is_example,
    is_ordinal,
    is_placeholder,
    is_plan_title,
    is_unit_name,
)
from graph.intake.sheets.layout.shape import Shape, own, shape_of
from graph.intake.sheets.layout.tables import Table
from graph.intake.sheets.review import LIST_FIELDS, RowKind, question_id
from graph.intake.sheets.wording.folding import clean, fold

ITEM: Mapping[str, RowKind] = {
    "plans": "plan",
    "goals": "goal",
    "measures": "measure",
    "instruments": "instrument",
    "departments": "legend",
    "legend": "legend",
}
_CONTINUES = LIST_FIELDS | {"note", "indicator", "cost", "source", "contact", "paper"}
_SHORT = 12
_WIDE_TABLE = 4
_PAIR_CELLS = 2
_CODE = re.compile(
    r"[A-ZÄÖÜ][\w.\-/]{0,9}(?: ?\d{1,3})?|[a-z]\.[a-z]\.[a-z]?\.?|k\. ?[A-Z]\.|n\. ?n\.|-|\?|[xX✓✔]|[¹²³*]+\)?"
)

_EMPTY = Text("Leere Zeile.", "Empty row.")
_UNDER_MERGE = Text(
    "Leer; gehört zu den verbundenen Zellen darüber.", "Empty; belongs to the merged cells above."
)
_HIDDEN = Text(
    "Ausgeblendete Zeile: gelesen und gezeigt, nicht übernommen, solange niemand es sagt.",
    "Hidden row: read and shown, not taken in until somebody says so.",
)
_STRUCK = Text("Durchgestrichen: gilt nicht mehr.", "Struck through: no longer holds.")
_TITLE_LINES = 5
_TITLE_AGAIN = Text("Wiederholte Titelzeile.", "The title line again.")
_REPEATED = Text("Wiederholte Kopfzeile.", "The headings again.")
_EXAMPLE = Text("Ausgefülltes Beispiel, kein Eintrag.", "A filled-in example, no entry.")
_PAIR = Text("Abkürzung und Bedeutung unter der Tabelle.", "Abbreviation and meaning below the table.")
_NUMBER_ONLY = Text("Nur eine Nummer, sonst leer.", "Only a number, otherwise empty.")
_NO_TITLE = Text(
    "Angaben ohne Bezeichnung; gehört vielleicht zur Zeile darüber.",
    "Entries without a title; may belong above.",
)
_NO_TITLE_COLUMN = Text("Keine Spalte nennt die Einträge.", "No column names the entries.")
_NO_INVENTORY = Text(
    "Zeile einer Tabelle, die keine Planwerke enthält.", "A row of a table that holds no plans."
)
_ENTRY = {
    "plan": Text(
        "Eigene Zeile mit Bezeichnung in der Tabelle der Planwerke.",
        "A row of its own with a title in the table of plans.",
    ),
    "goal": Text("Eigene Zeile mit einem Ziel.", "A row of its own with a goal."),
    "measure": Text("Eigene Zeile mit einer Maßnahme.", "A row of its own with a measure."),
    "instrument": Text("Eigene Zeile mit einem Instrument.", "A row of its own with an instrument."),
    "legend": Text("Kürzel oder Name und Bedeutung.", "Abbreviation or name, and its meaning."),
}
_SETTLED = Text("So festgelegt.", "Settled so.")


@dataclass(slots=True)
class _State:
    item: int = 0
    item_title: str = ""
    band: str = ""
    blank: bool = False
    legend: bool = False


class Classifier:
    """Reads the rows of one table from top to bottom."""

    def __init__(self, table: Table, rows: Mapping[str, str], answers: Mapping[str, object]) -> None:
        self.table = table
        self.shape: Shape = shape_of(table)
        self.kind: RowKind = ITEM.get(table.kind, "other")
        self.settled = {fold(text): kind for text, kind in rows.items()}
        self.answers = answers
        self.state = _State()
        self.above = {fold(text) for text in _lines_above(table)}
        self.headings = {
            column: fold(found.heading) for column, found in table.columns.items() if found.heading
        }

        self.starts = {c: found.heading[:2].casefold() for c, found in table.columns.items() if found.heading}

    def lines(self) -> Iterator[Line]:
        """Yield every row of the body."""
        for row in range(self.table.first, self.table.last + 1):
            line = self._answered(self._line(row))
            self._remember(line)
            yield line

    def _answered(self, line: Line) -> Line:
        """Return the row as a person answered the question about it."""
        ask = line.ask
        answer = self.answers.get(question_id(ask.kind, ask.about)) if ask else None
        if ask is None or answer is None or ask.kind == "hidden-row":
            return line
        if answer in {"plan", self.kind}:
            return Line(line.row, self.kind, _SETTLED, "item", text=ask.about)
        if answer == "section":
            return Line(line.row, "section", _SETTLED, "band", text=ask.about)
        if answer == "above" and self.state.item:
            return Line(line.row, "other", _SETTLED, "more", self.state.item)
        return Line(line.row, "other", _SETTLED)

    def _remember(self, line: Line) -> None:
        state = self.state
        if line.role == "item":
            state.item, state.legend = line.row, False
            line.band = state.band
        elif line.role == "band":
            state.item, state.band, state.legend = 0, line.text, False
        elif line.kind == "empty" and line.why is _EMPTY:
            state.blank, state.legend = True, False
            return
        elif line.kind == "legend":
            state.legend = True
        state.blank = False

    def _line(self, row: int) -> Line:
        written = self.table.grid.row(row)
        cells = own(self.table, row)
        if not cells:
            return self._without_text(row, written)
        title = cells.get(self.table.title or 0)
        settled = self._settled(row, title)
        if settled:
            return settled
        if row in self.table.grid.sheet.hidden_rows:
            return self._hidden(row, cells)
        if self._is_struck(written):
            return Line(row, "superseded", _STRUCK)
        if self._repeats_headings(cells):
            return Line(row, "header", _REPEATED)
        return self._by_words(row, cells) or self._by_title(row, cells)

    def _without_text(self, row: int, written: Mapping[int, Cell]) -> Line:
        if any(cell.struck for cell in written.values()):
            return Line(row, "superseded", _STRUCK)
        merged = self.table.title and (row, self.table.title) in self.table.grid.merges
        return Line(row, "empty", _UNDER_MERGE if merged else _EMPTY)

    def _settled(self, row: int, title: Cell | None) -> Line | None:
        kind = self.settled.get(fold(title.text)) if title else None
        if kind is None or title is None:
            return None
        if kind == self.kind:
            return Line(row, self.kind, _SETTLED, "item", text=clean(title.text))
        role = "band" if kind == "section" else "none"
        return Line(row, kind, _SETTLED, role, text=clean(title.text))  # type: ignore[arg-type]

    def _hidden(self, row: int, cells: Mapping[int, Cell]) -> Line:
        title = cells.get(self.table.title or 0) or next(iter(cells.values()))
        text = clean(title.text)
        if self.answers.get(question_id("hidden-row", text)) == "take":
            return Line(row, self.kind, _SETTLED, "item", text=text)
        ask = Ask(
            "hidden-row",
            text,
            Text(
                f"Die Zeile „{text}“ ist ausgeblendet. Soll sie übernommen werden?",
                f"The row “{text}” is hidden. Shall it be taken in?",
            ),
            "leave",
            ("leave", "take"),
        )
        return Line(row, "hidden", _HIDDEN, ask=ask)

    def _is_struck(self, written: Mapping[int, Cell]) -> bool:
        title = written.get(self.table.title or 0)
        if title is not None:
            return bool(title.struck) and not title.text
        return sum(bool(cell.struck and not cell.text) for cell in written.values()) * 2 > len(written)

    def _repeats_headings(self, cells: Mapping[int, Cell]) -> bool:
        near = [
            column for column, cell in cells.items() if cell.text[:2].casefold() == self.starts.get(column)
        ]
        if len(near) * 2 <= len(cells) or len(near) < _PAIR_CELLS:
            return False
        same = sum(_repeats(fold(cells[column].text), self.headings[column]) for column in near)
        return same * 2 > len(cells) and same > 1

    def _by_words(self, row: int, cells: Mapping[int, Cell]) -> Line | None:
        """Return the row where its first words or its being alone tell what it is."""
        if self.table.title is None:
            return Line(row, "other", _NO_TITLE_COLUMN)
        first, cell = next(iter(cells.items()))
        texts = {cell.text for cell in cells.values()}
        if len(texts) == 1 and fold(cell.text) in self.above:
            return Line(row, "header", _TITLE_AGAIN)
        if (
            len(texts) == 1
            and not is_ordinal(cell.text)
            and not self._covered(row)
            and not self._may_continue(row, first)
        ):
            return lone_line(self.table, self.shape, row, first, cell, self.kind)
        title = cells.get(self.table.title)
        counting = first == self.shape.number or self.table.columns[first].field == "number"
        beside = [cell, title] if title and counting else [title or cell]
        for text in (clean(seen.text) for seen in beside):
            note = note_line(row, text) if len(cells) <= _PAIR_CELLS or _is_sum(text, cells) else None
            if note:
                return note
        if any(is_example(clean(seen.text)) for seen in [cell, *beside]):
            return Line(row, "other", _EXAMPLE)
        return self._pair(row, cells)

    def _may_continue(self, row: int, column: int) -> bool:
        """Whether a lone cell under a list-like heading goes on with the entry right above."""
        found = self.table.columns[column]
        return (
            bool(self.state.item)
            and not self.state.blank
            and found.field in _CONTINUES
            and not self._across(row, column)
        )

    def _across(self, row: int, column: int) -> bool:
        area = self.table.grid.merges.get((row, column))
        return bool(area and area.right > area.left)

    def _pair(self, row: int, cells: Mapping[int, Cell]) -> Line | None:
        """Return the row as abbreviation and meaning where it stands below the table or under the head of a legend."""
        (short, long), columns = _two(cells), tuple(cells)
        if not short or self.kind == "legend" or columns[1] - columns[0] > _PAIR_CELLS:
            return None
        below = self.state.blank and len(self.table.columns) >= _WIDE_TABLE and self._pair_follows(row)
        again = self.state.legend
        if (below or again) and _CODE.fullmatch(short) and not self.shape.counts(short):
            return Line(row, "legend", _PAIR, "pair", pairs=((short, long),))
        return None

    def _pair_follows(self, row: int) -> bool:
        """Whether the row is not alone with its two cells, or its code is that of a unit."""
        short, _ = _two(own(self.table, row))
        below, _ = _two(own(self.table, row + 1))
        return is_unit_name(short) or bool(below and _CODE.fullmatch(below))

    def _covered(self, row: int) -> Area | None:
        """Return the merged area that says the title of this row from above."""
        area = self.table.grid.merges.get((row, self.table.title or 0))
        return area if area and area.top < row else None

    def _by_title(self, row: int, cells: Mapping[int, Cell]) -> Line:
        title = cells.get(self.table.title or 0)
        text = clean(title.text) if title else ""
        if title is None or is_placeholder(text):
            return self._without_title(row, cells)
        if is_ditto(text) and self.state.item:
            return self._more(row, cells)
        if is_unit_name(text) and self.kind == "plan":
            return self._unit_as_title(row, text)
        if self._is_band(cells, text):
            why = Text(
                "Überschrift mit Nummer, ohne weitere Angaben.", "A heading with a number and nothing else."
            )
            return Line(row, "section", why, "band", text=text)
        if self._says_again(cells, text):
            return self._more(row, cells)
        self.state.item_title = fold(text)
        return Line(row, self.kind, _ENTRY.get(self.kind, _NO_INVENTORY), "item", text=text)

    def _is_band(self, cells: Mapping[int, Cell], text: str) -> bool:
        """Whether a row of number and title only heads what follows: numbered in another way than the entries."""
        if self.shape.number is None or len(cells) != _PAIR_CELLS or self.shape.number not in cells:
            return False
        number = cells[self.shape.number].text
        return is_ordinal(number) and not self.shape.counts(number) and not is_plan_title(text)

    def _unit_as_title(self, row: int, text: str) -> Line:
        ask = Ask(
            "row",
            text,
            Text(
                f"„{text}“ sieht nach einer Organisationseinheit aus. Was ist diese Zeile?",
                f"“{text}” looks like a unit. What is this row?",
            ),
            "other",
            ("other", "plan", "section"),
        )
        why = Text(
            "In der Spalte der Bezeichnungen steht eine Organisationseinheit.", "The title names a unit."
        )
        return Line(row, "other", why, ask=ask)

    def _says_again(self, cells: Mapping[int, Cell], text: str) -> bool:
        """Whether the title above is said once more only to give a further goal or measure."""
        item = self.state.item
        if not item or fold(text) != self.state.item_title or self.kind != "plan":
            return False
        above = own(self.table, item)
        differing = {
            self.table.columns[column].field
            for column, cell in cells.items()
            if column != self.shape.number and above.get(column, cell).text != cell.text
        }
        return bool(differing & {"goals", "measures"}) and differing <= _CONTINUES

    def _without_title(self, row: int, cells: Mapping[int, Cell]) -> Line:
        covered = self._covered(row)
        if covered and self.state.item and covered.top <= self.state.item:
            return self._more(row, cells)
        number = self.shape.number
        fields = {self.table.columns[column].field for column in cells if column != number}
        numbered = number in cells if number else False
        if not fields:
            return Line(row, "other", _NUMBER_ONLY)
        goes_on = fields <= _CONTINUES | {""} and bool(fields & _CONTINUES)
        if self.state.item and not self.state.blank and not numbered and goes_on:
            return self._more(row, cells)
        if all(_is_number(cell) for cell in cells.values()):
            return Line(
                row,
                "total",
                Text("Nur Zahlen ohne Bezeichnung: Summenzeile.", "Only numbers without a title: totals."),
            )
        said = " | ".join(clean(cell.text) for cell in cells.values())
        ask = Ask(
            "row-without-title",
            said,
            Text(
                f"Zeile {row} hat keine Bezeichnung: „{said}“. Wozu gehört sie?",
                f"Row {row} has no title: “{said}”. Where does it belong?",
            ),
            "above" if self.state.item else "other",
            ("above", "other"),
        )
        return Line(row, "other", _NO_TITLE, ask=ask)

    def _more(self, row: int, cells: Mapping[int, Cell]) -> Line:
        fields = {self.table.columns[column].field for column in cells}
        of = self.state.item
        for field, kind, de, en in (
            ("goals", "goal", "Ziel", "goal"),
            ("measures", "measure", "Maßnahme", "measure"),
        ):
            if field in fields and self.kind == "plan":
                why = Text(
                    f"Weiteres {de} zum Eintrag in Zeile {of}.", f"A further {en} of the entry in row {of}."
                )
                if kind == "measure":
                    why = Text(f"Weitere Maßnahme zum Eintrag in Zeile {of}.", why.en)
                return Line(row, kind, why, "more", of)  # type: ignore[arg-type]
        return Line(
            row,
            "other",
            Text(f"Setzt den Eintrag in Zeile {of} fort.", f"Continues the entry in row {of}."),
            "more",
            of,
        )


def _repeats(text: str, heading: str) -> bool:
    """Whether a cell says a heading again, whole or its first line."""
    return text == heading or (len(text) > _PAIR_CELLS and heading.startswith(text))


def _lines_above(table: Table) -> Iterator[str]:
    """Yield the single texts that stand above the headings, as a page break repeats them."""
    head = table.header_rows[0] if table.header_rows else table.first
    for row in range(max(1, head - _TITLE_LINES), head):
        texts = [cell.text for cell in table.grid.row(row).values() if cell.text]
        if len(texts) == 1:
            yield texts[0]


def _two(cells: Mapping[int, Cell]) -> tuple[str, str]:
    """Return short text and meaning of a row of exactly two cells, or nothing."""
    texts = [clean(cell.text) for cell in cells.values()]
    if len(texts) != _PAIR_CELLS or len(texts[0]) > _SHORT or texts[1].isdigit():
        return "", ""
    return texts[0], texts[1]


def _is_number(cell: Cell) -> bool:
    return cell.kind == "number"


def _is_sum(text: str, cells: Mapping[int, Cell]) -> bool:
    """Whether everything beside the first words is a number, as in a row of totals."""
    return all(_is_number(cell) or clean(cell.text) == text or cell.formula for cell in cells.values())
