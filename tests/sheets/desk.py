"""A desk in an office: sheets are filled row by row, and each row notes at once what it really is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter, range_boundaries

from tests.sheets.truth import Asked, Expected, Place, Truth, Twins, ways

Value = str | int | float | date | bool | None


@dataclass(frozen=True)
class Put:
    """A cell with what hangs on it; ``rich`` is text in pieces, each struck through or not."""

    value: Value = None
    comment: str = ""
    link: str = ""
    struck: bool = False
    bold: bool = False
    fill: str = ""
    shown_as: str = ""
    rich: tuple[tuple[str, bool], ...] = ()
    formula: str = ""


@dataclass
class Page:
    """A sheet in the making; ``next_row`` is where the next line goes."""

    name: str
    truth: Truth
    cells: dict[tuple[int, int], Put] = field(default_factory=dict)
    merges: list[str] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    widths: dict[int, float] = field(default_factory=dict)
    freeze: str = ""
    filter: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    next_row: int = 1

    def line(self, classes: str, *values: Value | Put, left: int = 1) -> int:
        """Write the next line, note what it is, and return its row."""
        row, self.next_row = self.next_row, self.next_row + 1
        for column, value in enumerate(values, left):
            self.put(row, column, value)
        self.truth.row(self.name, row, classes)
        return row

    def put(self, row: int, column: int, value: Value | Put) -> None:
        """Write one cell; nothing leaves the place empty."""
        put = value if isinstance(value, Put) else Put(value)
        if put != Put():
            self.cells[row, column] = put

    def plan(self, title: str | tuple[str, ...], *values: Value | Put, left: int = 1, **known: Any) -> int:
        """Write a line that is a plan, and note what it says."""
        row = self.line(known.pop("classes", "plan"), *values, left=left)
        self.knows(title, row, **known)
        return row

    def knows(self, title: str | tuple[str, ...], row: int, **known: Any) -> None:
        """Note a plan of this sheet."""
        for name in ("valid_from", "valid_to", "decided_on", "legal_basis", "status"):
            if name in known:
                known[name] = ways(known[name])
        self.truth.plans.append(Expected(ways(title), Place(self.name, row), **known))

    def blank(self, count: int = 1) -> None:
        """Leave rows empty."""
        for _ in range(count):
            self.line("empty")

    def merge(self, area: str) -> None:
        """Merge an area as spreadsheets name it."""
        self.merges.append(area)

    def merge_column(self, column: int, top: int, bottom: int) -> None:
        """Merge the cells of a column from one row to another."""
        letter = get_column_letter(column)
        self.merge(f"{letter}{top}:{letter}{bottom}")

    def restyle(self, row: int, **changes: Any) -> None:
        """Change how all cells of a row look."""
        for (at, column), put in list(self.cells.items()):
            if at == row:
                self.cells[at, column] = replace(put, **changes)

    def last_row(self) -> int:
        """Return the last row that is in use."""
        merged = [range_boundaries(area)[3] for area in self.merges]
        return max([row for row, _ in self.cells] + merged, default=0)


@dataclass
class Desk:
    """A workbook in the making, with its truth."""

    name: str
    truth: Truth = field(init=False)
    pages: list[Page] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.truth = Truth(self.name)

    def called(self, name: str) -> None:
        """Give the file another name."""
        self.name = self.truth.name = name

    def page(self, name: str, **known: Any) -> Page:
        """Begin a sheet."""
        page = Page(name, self.truth, **known)
        self.pages.append(page)
        return page

    def twins(self, kind: str, first: tuple[Page, int], second: tuple[Page, int]) -> None:
        """Note two rows that say the same, or may."""
        places = [Place(page.name, row) for page, row in (first, second)]
        self.truth.twins.append(Twins(places[0], places[1], kind))

    def asks(self, why: str, shows: str) -> None:
        """Note a question that must be put."""
        self.truth.asked.append(Asked(why, shows))

    def settled(self) -> Truth:
        """Return the truth, without rows behind the last one in use."""
        last = {page.name: page.last_row() for page in self.pages}
        for place in list(self.truth.rows):
            if place.row > last[place.sheet]:
                del self.truth.rows[place]
        return self.truth
