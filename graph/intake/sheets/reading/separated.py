"""A table as text (.csv, .tsv, .txt) as a ``Book`` of one sheet: encoding and separator are found, cells stay as typed."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice
from math import log2
from pathlib import PurePath
from typing import Final, NamedTuple

from graph.errors import IntakeError, Text
from graph.intake.rows import unguarded
from graph.intake.sheets.book import Book, Cell, Sheet
from graph.intake.sheets.reading.opening.refusals import wrong_kind
from graph.intake.sheets.reading.opening.remarks import Remarks
from graph.intake.sheets.reading.strays import leave_out_strays

_SEPARATORS: Final = ";\t|,"
_SEPARATOR_LINE: Final = re.compile(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)
_MOSTLY: Final = 0.7
_SAMPLE: Final = 300
_LONGEST_CELL: Final = 32_767
"""Signs that a cell of a spreadsheet can hold."""
_ANY_CELL: Final = 2**31 - 1
_MOST_BROKEN: Final = 200
_NUMBER: Final = re.compile(r"[+-]?\d+(,\d+)?")
_AS_TEXT: Final = re.compile(r'="([^"]*)"')
_UTF8_UMLAUT: Final = re.compile(rb"\xc3[\x80-\xbf]")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")


class Record(NamedTuple):
    """One row: its cells, the line it begins in, the number of the last line it takes, whether its quotes do not match."""

    cells: list[str]
    line: int
    last: int
    broken: bool


def read_separated(content: bytes, name: str) -> Book:
    """Return the table; raise IntakeError where the file is no text."""
    remarks = Remarks()
    lines = list(StringIO(_decoded(content, remarks).removesuffix("\x1a"), newline=""))
    separator = ""
    if lines and (told := _SEPARATOR_LINE.fullmatch(lines[0])):
        separator = told[1]
        lines = lines[1:]
    separator = separator or find_separator(lines)
    sheet = PurePath(name).stem
    cells: dict[tuple[int, int], Cell] = {}
    for row, record in enumerate(records(lines, separator), start=1):
        if record.broken:
            _say_broken(remarks, sheet, row, record.line)
        for column, typed in enumerate(record.cells, start=1):
            _refuse_if_long(typed, record.line, column)
            if typed.strip():
                cells[row, column] = _cell(typed)
    leave_out_strays(sheet, cells, remarks)
    return Book(name, "csv", (Sheet(sheet, cells),), {}, remarks.all())


def _decoded(content: bytes, remarks: Remarks) -> str:
    """Return the text of a file in UTF-8, UTF-16 or the encodings of Windows and DOS."""
    text = _decode(content, remarks)
    if _UNPRINTABLE.search(text):
        raise wrong_kind(
            "keine Tabelle, sondern eine Datei mit unlesbaren Zeichen (Binärdatei)",
            "no table but a file of unreadable characters (binary)",
        )
    return text


def _decode(content: bytes, remarks: Remarks) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    if wide := _without_mark(content):
        return content[: len(content) // 2 * 2].decode(wide, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _mixed(content, remarks) if _UTF8_UMLAUT.search(content) else _in_one_byte(content)


def _without_mark(content: bytes) -> str:
    """Return the name of UTF-16 where every other byte is mostly zero; nothing where it is not."""
    zeros, half = [content[side::2].count(0) for side in (0, 1)], len(content) // 2
    if zeros[0] == 0 and zeros[1] > _MOSTLY * half:
        return "utf-16-le"
    return "utf-16-be" if zeros[1] == 0 and zeros[0] > _MOSTLY * half else ""


def _in_one_byte(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("cp850")


def _mixed(content: bytes, remarks: Remarks) -> str:
    """Return a text whose lines are partly in UTF-8, partly in the encoding of Windows."""
    text = Text(
        "Die Datei mischt zwei Zeichensätze (UTF-8 und Windows). Bitte Umlaute prüfen.",
        "The file mixes two encodings (UTF-8 and Windows). Please check the umlauts.",
    )
    remarks.say("warning", "mixed-encoding", text)
    lines = content.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)
    return "".join(_line(line) for line in lines)


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return _in_one_byte(line)


def find_separator(lines: list[str]) -> str:
    """Return the sign that cuts most rows into the same number of cells.

    >>> find_separator(["Plan;Kosten", "SEP;1,5", "JHP;2,5"])
    ';'
    """
    return max(_SEPARATORS, key=lambda separator: _fitness(lines, separator))


def _fitness(lines: list[str], separator: str) -> float:
    """Return how evenly a separator cuts: the share of rows of the commonest width, more for wider rows."""
    found = [record for record in islice(records(lines, separator), _SAMPLE) if any(record.cells)]
    widths = Counter(len(record.cells) for record in found if not record.broken and _is_closed(record))
    return max((count / len(found) * log2(width) for width, count in widths.items()), default=0.0)


def _is_closed(record: Record) -> bool:
    """Whether no cell holds half of a pair of quotes, as a wrong separator leaves it."""
    return not any(cell.count('"') % 2 for cell in record.cells)


def records(lines: list[str], separator: str) -> Iterator[Record]:
    """Yield the rows; where quotes do not match, the line by itself, quotes and all, so that no row is swallowed.

    Raises IntakeError where that happens too often.
    """
    csv.field_size_limit(_ANY_CELL)
    begin = broken = 0
    while begin < len(lines):
        for record in _until_broken(lines, begin, separator):
            yield record
            begin = record.last
        if begin < len(lines):
            broken += 1
            _refuse_if_often(broken, begin + 1)
            yield Record(lines[begin].rstrip("\r\n").split(separator), begin + 1, begin + 1, broken=True)
            begin += 1


def _until_broken(lines: list[str], begin: int, separator: str) -> Iterator[Record]:
    """Yield the rows from a line on, as far as quotes match."""
    reader = csv.reader(islice(lines, begin, None), delimiter=separator, strict=True)
    line = begin
    with suppress(csv.Error):  # the caller goes on from the last row that was whole
        for cells in reader:
            yield Record(cells, line + 1, begin + reader.line_num, broken=False)
            line = begin + reader.line_num


def _refuse_if_often(broken: int, line: int) -> None:
    if broken > _MOST_BROKEN:
        raise IntakeError(
            f"hat in mehr als {_MOST_BROKEN} Zeilen Anführungszeichen, die nicht zusammenpassen (zuletzt Zeile {line}). "
            "Bitte in Excel öffnen und als .xlsx speichern.",
            f"has quotes that do not match in more than {_MOST_BROKEN} lines (last in line {line}). "
            "Please open it in Excel and save it as .xlsx.",
        )


def _refuse_if_long(typed: str, line: int, column: int) -> None:
    if len(typed) > _LONGEST_CELL:
        raise IntakeError(
            f"hat in Zeile {line}, Spalte {column} eine Zelle mit {len(typed)} Zeichen; mehr als {_LONGEST_CELL} fasst keine "
            "Tabelle. Fehlt dort ein Anführungszeichen oder ein Zeilenende?",
            f"has a cell of {len(typed)} signs in line {line}, column {column}; no spreadsheet holds more than "
            f"{_LONGEST_CELL}. Is a quote or an end of line missing there?",
        )


def _say_broken(remarks: Remarks, sheet: str, row: int, line: int) -> None:
    text = Text(
        f"In Zeile {line} der Datei passen die Anführungszeichen nicht zusammen; die Zeile wurde ohne sie zu deuten gelesen. "
        "Bitte prüfen.",
        f"In line {line} of the file the quotes do not match; the line was read without interpreting them. "
        "Please check it.",
    )
    remarks.say("error", "unbalanced-quotes", text, sheet, row)


def _cell(typed: str) -> Cell:
    """Return a cell as typed, without the marks that keep spreadsheets from calculating."""
    text = unguarded(typed.replace("\r\n", "\n").replace("\r", "\n"))
    as_text = _AS_TEXT.fullmatch(text)
    if as_text:
        return Cell(as_text[1])
    return Cell(text, "number" if _NUMBER.fullmatch(text) else "text")
