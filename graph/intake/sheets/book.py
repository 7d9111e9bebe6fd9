"""A workbook as a person sees it: sheets of cells with their text, and what the text alone does not say.

Cells are sparse: a place without a cell is empty. Rows and columns count from 1, as a spreadsheet shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Literal

from graph.errors import Text

CellKind = Literal["text", "number", "date", "boolean", "error"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell: the text that is seen, its kind, and what hangs on it.

    ``text`` is as shown: of a date cell the ISO form of its own precision ("2019-07-09"; "2019" where the number format
    shows only the year), of a number the shortest form ("2030", "1.5"). Struck parts are left out of ``text`` and kept in
    ``struck``; a cell that is struck as a whole has an empty ``text``.
    """

    text: str
    kind: CellKind = "text"
    comment: str = ""
    link: str = ""
    struck: str = ""
    bold: bool = False
    filled: bool = False
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, ends included: a merge."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a place lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: cells by (row, column), merges, and what is hidden."""

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Area, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Remark:
    """What reading noticed and a person should know: how grave, a code, a sentence, the place as far as there is one."""

    severity: Literal["error", "warning", "info"]
    code: str
    text: Text
    sheet: str = ""
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook, or a single table as a workbook of one sheet: file name, what kind of file it is, its sheets in order.

    ``properties`` are the custom document properties: a workbook that Planwerk wrote names itself there. ``remarks`` are
    what reading noticed: formulas without a value, text hidden under a merge, what this kind of file cannot tell.
    """

    name: str
    kind: Literal["xlsx", "csv", "ods"]
    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


def column_letters(column: int) -> str:
    """Return the letters of a column.

    >>> column_letters(1), column_letters(27)
    ('A', 'AA')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, len(ascii_uppercase))
        letters = ascii_uppercase[rest] + letters
    return letters


def place(row: int, column: int) -> str:
    """Return the place of a cell as a spreadsheet names it.

    >>> place(7, 2)
    'B7'
    """
    return f"{column_letters(column)}{row}"
