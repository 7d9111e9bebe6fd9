"""Tables as CSV for programs and for spreadsheets: no cell of it can be taken for a formula."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from graph.intake.rows import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable


def csv_text(headings: Iterable[str], rows: Iterable[Iterable[object]], remarks: Iterable[str] = ()) -> str:
    r"""Return headings and rows as CSV, and below them a line for each thing that has to be said.

    >>> csv_text(["name"], [["=1+1"]], ["Gekürzt."])
    "name\n'=1+1\nGekürzt.\n"
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    writer.writerows([remark] for remark in remarks)
    return out.getvalue()


def _cell(value: object) -> str:
    """Return a cell that is no formula; a lone carriage return, which the writer would not quote, ends a line in it."""
    text = "" if value is None else str(value)
    return guarded(text).replace("\r\n", "\n").replace("\r", "\n")
