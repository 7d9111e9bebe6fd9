"""A workbook of ours in the hands of a planner: cells found by sheet, row key and heading, edited and saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from api.taking_in.own import TakenBack, take_back
from api.workspace import Workspace
from graph.intake.sheets.own import Returned, read_own
from graph.intake.sheets.reading.file import read_book
from graph.output.workbook.whole import write_workbook
from graph.store.reading import read_statements


def export(workspace: Workspace, out: Path, lang: str = "de") -> Path:
    """Write the workspace's store as a workbook."""
    write_workbook(
        read_statements(workspace.files.paths()),
        out,
        base=workspace.settings.base,
        snapshot=workspace.snapshot(),
        lang=lang,
    )
    return out


def returned(path: Path) -> Returned:
    """Return what a workbook of ours says."""
    return read_own(read_book(path, path.name))


def taken(workspace: Workspace, path: Path, **options: Any) -> TakenBack:
    """Take a workbook of ours back."""
    return take_back(workspace, returned(path), **options)


class Hand:
    """A workbook open for editing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def place(self, sheet: str, key: str, heading: str) -> Any:
        """Return the cell of a row, found by its id, under a heading."""
        page = self.book[sheet]
        return page.cell(self.row(sheet, key), self.column(sheet, heading))

    def row(self, sheet: str, key: str) -> int:
        """Return the number of the row with an id."""
        ids = self.column(sheet, "Kennung")
        rows = range(2, self.book[sheet].max_row + 1)
        return next(row for row in rows if self.book[sheet].cell(row, ids).value == key)

    def column(self, sheet: str, heading: str) -> int:
        """Return the number of the column under a heading."""
        return 1 + [cell.value for cell in self.book[sheet][1]].index(heading)

    def type(self, sheet: str, key: str, heading: str, value: Any) -> None:
        """Type a value; a text that begins with = stays a text."""
        self.set(self.place(sheet, key, heading), value)

    def add(self, sheet: str, **values: Any) -> None:
        """Type a new row below the last one."""
        row = self.book[sheet].max_row + 1
        for heading, value in values.items():
            self.set(self.book[sheet].cell(row, self.column(sheet, heading)), value)

    @staticmethod
    def set(cell: Any, value: Any) -> None:
        """Put a value into a cell."""
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"

    def delete(self, sheet: str, key: str) -> None:
        """Delete a row."""
        self.book[sheet].delete_rows(self.row(sheet, key))

    def save(self, out: Path) -> Path:
        """Save under another name."""
        self.book.save(out)
        return out


def edited(path: Path, edit: Callable[[Hand], None]) -> Path:
    """Return the workbook after an edit."""
    hand = Hand(path)
    edit(hand)
    return hand.save(path.with_name("edited.xlsx"))
