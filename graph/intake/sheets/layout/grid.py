"""A sheet by rows: which cells a row has, and what a merge says about the places it covers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from graph.intake.sheets.book import Area, Cell, Sheet

_NO_CELLS: Mapping[int, Cell] = {}
_WIDEST_SPREAD = 100_000
_LONGEST_TAIL = 100  # rows that a merge may reach below the last cell


class Grid:
    """The cells of a sheet by row and column; a merged area says its text at every place it covers."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.name = sheet.name
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sheet.cells.items():
            rows.setdefault(row, {})[column] = cell
        self._rows = {row: dict(sorted(cells.items())) for row, cells in sorted(rows.items())}
        last = max((*self._rows, 0))
        below = (area.bottom for area in self._filled_merges() if area.bottom <= last + _LONGEST_TAIL)
        self.height = max((last, *below))
        self.width = max((*(max(cells) for cells in self._rows.values()), 0))

    def _filled_merges(self) -> list[Area]:
        return [area for area in self.sheet.merges if (area.top, area.left) in self.sheet.cells]

    @cached_property
    def merges(self) -> dict[tuple[int, int], Area]:
        """The merged area of every place that one covers."""
        covered: dict[tuple[int, int], Area] = {}
        for area in self._filled_merges():
            if (area.bottom - area.top + 1) * (area.right - area.left + 1) > _WIDEST_SPREAD:
                continue
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    covered[row, column] = area
        return covered

    @cached_property
    def _merges_by_row(self) -> dict[int, list[Area]]:
        by_row: dict[int, list[Area]] = {}
        for area in self._filled_merges():
            for row in range(area.top, min(area.bottom, self.height) + 1):
                by_row.setdefault(row, []).append(area)
        return by_row

    def merges_over(self, row: int) -> list[Area]:
        """Return the merged areas that reach into a row."""
        return self._merges_by_row.get(row, [])

    def row(self, row: int) -> Mapping[int, Cell]:
        """Return the cells that are written in a row, by column in order."""
        return self._rows.get(row, _NO_CELLS)

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the cell seen at a place: its own, or that of the merge over it."""
        own = self.row(row).get(column)
        if own is not None:
            return own
        area = self.merges.get((row, column))
        return self.row(area.top).get(area.left) if area else None

    def text(self, row: int, column: int) -> str:
        """Return the text seen at a place; empty where nothing is."""
        cell = self.cell(row, column)
        return cell.text if cell else ""
