"""Merged cells: a merge shows its first cell only, and no cell lies in two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.errors import Text
from graph.intake.sheets.book import Area, Cell, place
from graph.intake.sheets.reading.excel.cells import SheetContent
from graph.intake.sheets.reading.opening.remarks import Remarks


def clear_merges(sheet: str, content: SheetContent, remarks: Remarks) -> list[Area]:
    """Return the merges without those that overlap another, and take out of ``content`` what lies under them unseen."""
    kept: list[Area] = []
    active: list[Area] = []
    for area in sorted(set(content.merges), key=lambda area: (area.top, area.left)):
        active = [other for other in active if other.bottom >= area.top]
        if any(area.left <= other.right and other.left <= area.right for other in active):
            _say_overlap(sheet, area, remarks)
        elif (area.top, area.left) != (area.bottom, area.right):
            active.append(area)
            kept.append(area)
    for area in kept:
        _take_out_unseen(sheet, area, content, remarks)
    return kept


def filled_places(cells: Mapping[tuple[int, int], Cell], area: Area) -> list[tuple[int, int]]:
    """Return the places of an area that are filled, looking at its places or at all cells, whichever are fewer."""
    if (area.bottom - area.top + 1) * (area.right - area.left + 1) > len(cells):
        return [at for at in cells if area.holds(*at)]
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    return [(row, column) for row in rows for column in columns if (row, column) in cells]


def anchor(row: int, column: int, merges: Iterable[Area]) -> tuple[int, int]:
    """Return the first cell of the merge that a place is part of, or the place itself."""
    return next(((area.top, area.left) for area in merges if area.holds(row, column)), (row, column))


def _take_out_unseen(sheet: str, area: Area, content: SheetContent, remarks: Remarks) -> None:
    for row, column in filled_places(content.cells, area):
        if (row, column) != (area.top, area.left):
            cell = content.cells.pop((row, column))
            if shown := (cell.text or cell.struck).strip()[:80]:
                _say_unseen(sheet, row, column, shown, remarks)


def _say_overlap(sheet: str, area: Area, remarks: Remarks) -> None:
    where = f"{place(area.top, area.left)}:{place(area.bottom, area.right)}"
    text = Text(
        f"Die verbundenen Zellen {where} überschneiden sich mit anderen; die Verbindung wurde nicht beachtet.",
        f"The merged cells {where} overlap others; the merge was not considered.",
    )
    remarks.say("warning", "overlapping-merge", text, sheet, area.top, area.left)


def _say_unseen(sheet: str, row: int, column: int, shown: str, remarks: Remarks) -> None:
    text = Text(
        f"„{shown}“ steht unter verbundenen Zellen, ist dort nicht zu sehen und wurde nicht gelesen.",
        f"“{shown}” stands under merged cells, cannot be seen there, and was not read.",
    )
    remarks.say("warning", "hidden-under-merge", text, sheet, row, column)
