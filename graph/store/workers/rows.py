"""The rows of SELECT, written by Oxigraph, counted on the way out and cut where there are too many.

They are written as TSV first, where a line is a row whatever the values hold; other formats are made from those
lines, which keeps every term. (Counting rows in JSON while it is written takes as long, and needs rules for texts
that look like the end of a row.)
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class AnswerTooLargeError(Exception):
    """The serialised answer passes its limit of bytes."""


class _EnoughRowsError(Exception):
    """One row more than asked for has been seen."""


class Rows(NamedTuple):
    """Rows in some format, and whether there would have been more."""

    body: bytes
    number: int
    truncated: bool


def write_rows(solutions: ox.QuerySolutions, form: ox.QueryResultsFormat, most: int, most_bytes: int) -> Rows:
    """Return at most so many rows; the query is not evaluated further than that."""
    lines = _Lines(most, most_bytes)
    try:
        solutions.serialize(lines, ox.QueryResultsFormat.TSV)
        rows = lines.whole()
    except _EnoughRowsError:
        rows = lines.cut()
    if form == ox.QueryResultsFormat.TSV:
        return rows
    body = ox.parse_query_results(rows.body, ox.QueryResultsFormat.TSV).serialize(format=form)
    return rows._replace(body=body or b"")


class Sink(io.BytesIO):
    """Takes bytes from a serialiser, up to a limit."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__()
        self._left = most_bytes

    def write(self, chunk: ReadableBuffer) -> int:
        """Keep ``chunk``, or end the serialising."""
        size = super().write(chunk)
        self._left -= size
        if self._left < 0:
            raise AnswerTooLargeError
        return size


class _Lines(Sink):
    """Takes a header line, and a line per row."""

    def __init__(self, most: int, most_bytes: int) -> None:
        super().__init__(most_bytes)
        self._most = most
        self._number = -1

    def write(self, chunk: ReadableBuffer) -> int:
        """Keep and count; end the serialising beyond the limit."""
        size = super().write(chunk)
        self._number += bytes(chunk).count(b"\n")
        if self._number > self._most:
            raise _EnoughRowsError
        return size

    def whole(self) -> Rows:
        """Return all rows."""
        return Rows(self.getvalue(), self._number, truncated=False)

    def cut(self) -> Rows:
        """Return as many rows as may be."""
        lines = self.getvalue().split(b"\n", self._most + 1)[: self._most + 1]
        return Rows(b"".join(line + b"\n" for line in lines), self._most, truncated=True)
