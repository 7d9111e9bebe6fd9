"""The rows of SELECT, written by Oxigraph, counted on the way out and cut where there are too many.

JSON, XML and TSV are written once, and the marks between their rows are counted. CSV is made from lines of TSV, for a
break of lines in a text of it looks like the end of a row.
"""

from __future__ import annotations

import io
import re
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """Return at most so many rows; the query is not evaluated much further than that."""
    if form == ox.QueryResultsFormat.CSV:
        rows = write_rows(solutions, ox.QueryResultsFormat.TSV, most, most_bytes)
        body = ox.parse_query_results(rows.body, ox.QueryResultsFormat.TSV).serialize(format=form)
        return rows._replace(body=body or b"")
    sink = _SINKS[form](most, most_bytes)
    try:
        solutions.serialize(sink, form)
    except _EnoughRowsError:
        return Rows(sink.first_rows(), most, truncated=True)
    number = sink.rows()
    return (
        Rows(sink.getvalue(), number, truncated=False)
        if number <= most
        else Rows(sink.first_rows(), most, True)
    )


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


class _Counting(Sink):
    """Counts a mark that comes once a row, and ``FIXED`` times besides."""

    MARK: bytes
    FIXED = 0
    END = b""

    def __init__(self, most: int, most_bytes: int) -> None:
        super().__init__(most_bytes)
        self._most = most
        self._marks = -self.FIXED
        self._tail = b""

    def write(self, chunk: ReadableBuffer) -> int:
        """Keep and count; end the serialising beyond the limit."""
        size = super().write(chunk)
        text = self._tail + bytes(chunk)
        self._tail = text[1 - len(self.MARK) :] if len(self.MARK) > 1 else b""
        self._count(text)
        return size

    def _count(self, text: bytes) -> None:
        """Count in what was just written, and the end of what was written before."""
        self._marks += text.count(self.MARK)
        if self._marks > self._most:
            raise _EnoughRowsError

    def rows(self) -> int:
        """Return how many rows were written."""
        return self._marks

    def first_rows(self) -> bytes:
        """Return an answer of as many rows as may be."""
        end = self._most + self.FIXED
        return b"".join(part + self.MARK for part in self.getvalue().split(self.MARK, end)[:end]) + self.END


class _Tsv(_Counting):
    """A line of heads, and one a row; a break of lines in a text is written otherwise."""

    MARK = b"\n"
    FIXED = 1


class _Xml(_Counting):
    """An element a row; a text has no ``<``."""

    MARK = b"</result>"
    END = b"</results></sparql>"


class _Json(_Counting):
    """Rows are parted by a mark that a text may hold as well, if it ends in ``{``; a row without any value has none.

    Where either is to be seen, all strings are left aside, which takes longer.
    """

    MARK = b'}},{"'
    FIXED = -1
    END = b"]}}"

    _DOUBT: Final = re.compile(rb'\{"?+[,}]')
    _NONE: Final = b"[]}}"
    _PARTS: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|(\},\{)', re.DOTALL)

    def __init__(self, most: int, most_bytes: int) -> None:
        super().__init__(most, most_bytes)
        self._in_doubt = False
        self._next_look = 0

    def _count(self, text: bytes) -> None:
        """Count marks; in doubt look at all that was written, each time it has doubled."""
        self._in_doubt = self._in_doubt or self._DOUBT.search(text) is not None
        if not self._in_doubt:
            super()._count(text)
        elif self.tell() >= self._next_look:
            self._next_look = 2 * self.tell()
            if next(islice(self._borders(), self._most - 1, None), None) is not None:
                raise _EnoughRowsError

    def rows(self) -> int:
        """Return how many rows were written."""
        if bytes(self.getbuffer()[-len(self._NONE) :]) == self._NONE:
            return 0
        return 1 + sum(1 for _ in self._borders()) if self._in_doubt else self._marks

    def first_rows(self) -> bytes:
        """Return an answer of as many rows as may be."""
        if self._in_doubt:
            border = next(islice(self._borders(), self._most - 1, None))
        else:
            border = len(self.MARK.join(self.getvalue().split(self.MARK, self._most)[: self._most])) + 1
        return self.getvalue()[: border + 1] + self.END

    def _borders(self) -> Iterator[int]:
        """Yield where one row ends and the next begins."""
        return (found.start(1) for found in self._PARTS.finditer(self.getvalue()) if found[1])


_SINKS: Final = {
    ox.QueryResultsFormat.JSON: _Json,
    ox.QueryResultsFormat.XML: _Xml,
    ox.QueryResultsFormat.TSV: _Tsv,
}
