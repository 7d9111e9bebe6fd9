"""Build the records of a table: an entry's row and the rows that continue it, read column by column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from graph.errors import Text
from graph.intake.sheets.book import Cell
from graph.intake.sheets.layout.columns import Column
from graph.intake.sheets.layout.lines import Line
from graph.intake.sheets.layout.marks import is_ditto
from graph.intake.sheets.layout.tables import UNIT_MARKS, Table
from graph.intake.sheets.records.cells import DATES, LEADS, Cells
from graph.intake.sheets.records.log import Log
from graph.intake.sheets.review import Record, RecordKind, Spot, Where
from graph.intake.sheets.wording.folding import clean

_COMMENTED = frozenset({"title", "status", "period", *LEADS, *DATES})
_SINGLE = frozenset({"lead_department", "responsible", "department"})
_NUMBERED = re.compile(r"^(\d{1,4})[.)]\s+")
_LEAST_COUNTED = 3


class Builder:
    """Reads the entries of one table."""

    def __init__(self, table: Table, kind: RecordKind, cells: Cells, log: Log) -> None:
        self.table, self.kind, self.cells, self.log = table, kind, cells, log
        self.columns = self._readable()
        self.above: dict[int, Cell] = {}

    def records(self, lines: list[Line]) -> Iterator[tuple[Line, Record]]:
        """Yield the record of every entry with its row; rows that continue it are read into it."""
        more: dict[int, list[int]] = {}
        for line in lines:
            if line.role == "more":
                more.setdefault(line.of, []).append(line.row)
        numbered = _counts_in_titles([line.text for line in lines if line.role == "item"])
        band = ""
        for line in lines:
            if line.role == "item":
                self.above = self.above if line.band == band else {}
                band = line.band
                record = self._record(line.row, more.get(line.row, []))
                if numbered:
                    record.values["title"] = _NUMBERED.sub("", record.text("title"), count=1)
                yield line, record

    def _readable(self) -> list[Column]:
        """Return the columns to read from; of several that name the lead, the surest first."""
        shown = [column for column in self.table.columns.values() if column.field and not column.hidden]
        return sorted(shown, key=lambda column: (column.field != "title", -column.certainty, column.index))

    def _record(self, row: int, more: list[int]) -> Record:
        where = Where.at(self.table.grid.name, row)
        record = Record(self.kind, where, {})
        seen = self._seen(row)
        self.above = {**self.above, **seen}
        for column in self.columns:
            cell = seen.get(column.index)
            if cell and column.field == UNIT_MARKS:
                self.cells.read_mark(record, column.heading, cell)
            elif cell:
                self.cells.read(record, column.field, cell, self._at(row, column))
        self._keep(record, row, seen)
        for further in more:
            self._continue(record, further)
        return record

    def _at(self, row: int, column: Column) -> Spot:
        return self.table.grid.name, row, column.index

    def _seen(self, row: int) -> dict[int, Cell]:
        """Return what a person sees in the row under each column: own cells, merges from above, marks of the same as above."""
        seen: dict[int, Cell] = {}
        for column in self.table.columns:
            cell = self._cell(row, column)
            if cell is None or not (cell.text or cell.struck):
                continue
            if cell.text and is_ditto(cell.text) and column != self.table.title:
                cell = self._same_as_above(row, column, cell)
            if cell is not None:
                seen[column] = cell
        return seen

    def _cell(self, row: int, column: int) -> Cell | None:
        own = self.table.grid.row(row).get(column)
        if own is not None and (own.text or own.struck):
            return own
        area = self.table.grid.merges.get((row, column))
        if area is None or area.left != column or area.top < self.table.first:
            return None
        return self.table.grid.row(area.top).get(area.left)

    def _same_as_above(self, row: int, column: int, mark: Cell) -> Cell | None:
        above = self.above.get(column)
        field = self.table.columns[column].field
        where = Where.at(self.table.grid.name, row, column)
        if above is None or not above.text:
            text = Text(
                f"„{clean(mark.text)}“ verweist nach oben, aber darüber steht nichts.",
                f"“{clean(mark.text)}” points up, but there is nothing above.",
            )
            self.log.say("warning", "ditto-without-value", text, where)
            return None
        if field:
            text = Text(
                f"„{clean(mark.text)}“ wurde als „{clean(above.text)}“ gelesen, wie in der Zeile darüber.",
                f"“{clean(mark.text)}” was read as “{clean(above.text)}”, as in the row above.",
            )
            self.log.say("info", "ditto", text, where)
        return replace(above, comment=mark.comment, link=mark.link)

    def _keep(self, record: Record, row: int, seen: Mapping[int, Cell]) -> None:
        """Keep the cells as written, with what hangs on them."""
        for index, cell in seen.items():
            column = self.table.columns[index]
            name = column.label if column.label not in record.raw else f"{column.label} ({column.letters})"
            written = self.table.grid.row(row).get(index) or cell
            if written.text:
                record.raw[name] = written.text
            if written.comment and written.comment not in record.comments:
                record.comments.append(written.comment)
                self._say_comment(column, written.comment, self._at(row, column))
            if written.link and written.link not in record.links:
                record.links.append(written.link)

    def _say_comment(self, column: Column, comment: str, where: Spot) -> None:
        """Say that a comment may speak against its cell; it is kept, never read as a value."""
        if column.field in _COMMENTED:
            said = " ".join(clean(comment).split())
            text = Text(
                f"Kommentar an dieser Zelle, bitte prüfen: „{said}“.",
                f"Comment on this cell, please check: “{said}”.",
            )
            self.log.say("warning", "comment", text, where)

    def _continue(self, record: Record, row: int) -> None:
        for column in self.columns:
            cell = self.table.grid.row(row).get(column.index)
            if not cell or not cell.text or column.field in {"title", "number"} or is_ditto(cell.text):
                continue
            if column.field in _SINGLE and clean(cell.text) == clean(record.raw.get(column.label, "")):
                continue
            self.cells.read(record, column.field, cell, self._at(row, column))
            name = column.label
            held = record.raw.get(name, "")
            record.raw[name] = f"{held}\n{cell.text}" if held and held != cell.text else cell.text
            record.comments += [cell.comment] if cell.comment else []
            record.links += [cell.link] if cell.link else []


def _counts_in_titles(titles: list[str]) -> bool:
    """Whether the titles of a table begin with its running numbers, as "3. Nahverkehrsplan" alone would not.

    >>> _counts_in_titles(["1. Sozialplan", "2. Jugendplan", "3. Nahverkehrsplan"]), _counts_in_titles(["3. Nahverkehrsplan"])
    (True, False)
    """
    found = [_NUMBERED.match(title) for title in titles]
    numbers = [int(match[1]) for match in found if match]
    return len(numbers) == len(titles) >= _LEAST_COUNTED and all(b - a == 1 for a, b in pairwise(numbers))
