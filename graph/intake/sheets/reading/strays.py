"""Cells that lie far away from everything else: a slip of the hand, which would make a sheet of a million empty rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from graph.errors import Text
from graph.intake.sheets.book import Cell, place
from graph.intake.sheets.reading.opening.refusals import too_large
from graph.intake.sheets.reading.opening.remarks import Remarks

_WIDEST_ROWS: Final = 50_000
_WIDEST_COLUMNS: Final = 1_000
_MOST: Final = 1_000


def leave_out_strays(sheet: str, cells: dict[tuple[int, int], Cell], remarks: Remarks) -> None:
    """Take out of ``cells`` what lies behind 50,000 empty rows or 1,000 empty columns, and say so.

    Raises IntakeError where that is more than a slip of the hand.
    """
    last_row = _before_gap((row for row, _ in cells), _WIDEST_ROWS)
    last_column = _before_gap((column for _, column in cells), _WIDEST_COLUMNS)
    strays = [at for at in cells if at[0] > last_row or at[1] > last_column]
    if len(strays) > _MOST:
        raise too_large(
            f"auf dem Blatt „{sheet}“ liegen {len(strays)} Zellen weit abseits der anderen, ab {place(*strays[0])}",
            f"on the sheet “{sheet}” {len(strays)} cells lie far away from the others, from {place(*strays[0])} on",
        )
    for at in strays:
        _say(sheet, at, cells.pop(at), remarks)


def _before_gap(numbers: Iterable[int], widest: int) -> int:
    """Return the last number before the first gap that is too wide."""
    last = 0
    for number in sorted(set(numbers)):
        if number - last > widest:
            break
        last = number
    return last


def _say(sheet: str, at: tuple[int, int], cell: Cell, remarks: Remarks) -> None:
    shown = (cell.text or cell.struck or cell.comment)[:80]
    text = Text(
        f"„{shown}“ in {place(*at)} liegt weit abseits der anderen Zellen und wurde nicht gelesen. "
        "Bitte die Zelle löschen oder zur Tabelle rücken.",
        f"“{shown}” in {place(*at)} lies far away from the other cells and was not read. "
        "Please delete the cell or move it to the table.",
    )
    remarks.say("warning", "stray-cell", text, sheet, *at)
