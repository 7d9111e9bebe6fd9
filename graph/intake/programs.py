"""Read an inventory of programmes (one JSON object per line, gzip or plain) and the outcomes that people gave them.

The form is that of the US Federal Program Inventory (GSA/federal-program-inventory). A refusal names the file and the
line. What is read is bounded, so that a small archive cannot fill the memory.
"""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import IO, Any, NoReturn

from graph.errors import IntakeError, reason

MOST_BYTES = 256 * 1024 * 1024
LONGEST_LINE = 4 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_LABEL_COLUMNS = ("program_id", "outcome")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme as its agency describes it; absent texts are empty."""

    id: str
    name: str
    objective: str
    agency: str
    office: str
    beneficiaries: tuple[str, ...]
    assistance: tuple[str, ...]
    applicants: tuple[str, ...]
    results: tuple[str, ...]


def read_programs(path: Path) -> tuple[Programme, ...]:
    """Return the programmes of a file in its order.

    Raises IntakeError where the file is missing, damaged or too large, where a line is no programme and where an id
    comes twice.
    """
    found: dict[str, Programme] = {}
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            programme = _programme(line, path, number)
            if programme.id in found:
                _refuse(
                    path,
                    number,
                    f"die Kennung {programme.id!r} gibt es schon",
                    f"id {programme.id!r} is there already",
                )
            found[programme.id] = programme
    if not found:
        raise IntakeError(f"{path} enthält kein Programm.", f"{path} holds no programme.")
    return tuple(found.values())


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a gzip or plain file, never more than the limits allow."""
    try:
        with path.open("rb") as plain, _unpacked(path, plain) as stream:
            yield from _bounded(stream, path)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise IntakeError(
            f"{path} ist keine vollständige gzip-Datei.", f"{path} is no complete gzip file."
        ) from None
    except UnicodeDecodeError:
        raise IntakeError(
            f"{path} ist nicht in UTF-8 gespeichert.", f"{path} is not saved in UTF-8."
        ) from None
    except OSError as error:
        raise IntakeError(
            f"{path} lässt sich nicht lesen ({reason(error).de}).",
            f"{path} cannot be read ({reason(error).en}).",
        ) from None


def _unpacked(path: Path, plain: IO[bytes]) -> IO[bytes] | gzip.GzipFile:
    start = plain.read(len(_GZIP))
    plain.seek(0)
    return gzip.GzipFile(fileobj=plain) if start == _GZIP or path.suffix == ".gz" else plain


def _bounded(stream: IO[bytes] | gzip.GzipFile, path: Path) -> Iterator[str]:
    size = 0
    while line := stream.readline(LONGEST_LINE + 1):
        size += len(line)
        if len(line) > LONGEST_LINE or size > MOST_BYTES:
            raise IntakeError(
                f"{path} ist zu groß: höchstens {MOST_BYTES >> 20} MB und {LONGEST_LINE >> 20} MB je Zeile.",
                f"{path} is too large: at most {MOST_BYTES >> 20} MB and {LONGEST_LINE >> 20} MB per line.",
            )
        yield line.decode("utf-8-sig")


def _refuse(path: Path, number: int, de: str, en: str) -> NoReturn:
    raise IntakeError(f"{path}, Zeile {number}: {de}.", f"{path}, line {number}: {en}.")


def _programme(line: str, path: Path, number: int) -> Programme:
    """Return the programme that a line describes."""
    try:
        record = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        _refuse(path, number, "das ist kein gültiges JSON", "this is no valid JSON")
    if not isinstance(record, dict):
        _refuse(path, number, "das ist kein JSON-Objekt", "this is no JSON object")
    try:
        return _understood(record)
    except _WrongField as field:
        _refuse(
            path,
            number,
            f"das Feld {field} fehlt oder hat die falsche Form",
            f"field {field} is missing or malformed",
        )


class _WrongField(Exception):
    """A field that is missing or of the wrong type; its name is the message."""


def _understood(record: Mapping[str, Any]) -> Programme:
    if not _text(record, "id") or not _text(record, "name"):
        raise _WrongField("id" if not _text(record, "id") else "name")
    return Programme(
        id=_text(record, "id"),
        name=_text(record, "name"),
        objective=_text(record, "objective"),
        agency=_text(record, "top_agency_name"),
        office=_text(record, "sub_agency_name"),
        beneficiaries=_texts(record, "beneficiary_types"),
        assistance=_texts(record, "assistance_types"),
        applicants=_texts(record, "applicant_types"),
        results=_results(record),
    )


def _text(record: Mapping[str, Any], field: str) -> str:
    value = record.get(field)
    if not isinstance(value, str | None):
        raise _WrongField(field)
    return (value or "").strip()


def _texts(record: Mapping[str, Any], field: str) -> tuple[str, ...]:
    values = record.get(field)
    if not isinstance(values, list | None) or not all(isinstance(value, str) for value in values or ()):
        raise _WrongField(field)
    return tuple(dict.fromkeys(values or ()))


def _results(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the programme reports, year after year, each sentence block once."""
    years = record.get("results")
    if not isinstance(years, list | None) or not all(isinstance(year, dict) for year in years or ()):
        raise _WrongField("results")
    told = (_text(year, "description") for year in years or ())
    return tuple(dict.fromkeys(text for text in told if text))


def read_outcomes(path: Path, known: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the outcomes of each programme in a table with the columns ``program_id`` and ``outcome``.

    Raises IntakeError where a column or a cell is missing, where no row is there and where a programme is not ``known``.
    """
    table = csv.DictReader(StringIO("".join(_lines(path)), newline=""))
    if not set(_LABEL_COLUMNS) <= set(table.fieldnames or ()):
        raise IntakeError(
            f"{path}: nötig sind die Spalten {' und '.join(_LABEL_COLUMNS)}.",
            f"{path}: the columns {' and '.join(_LABEL_COLUMNS)} are needed.",
        )
    found: dict[str, set[str]] = {}
    for row in table:
        programme, outcome = ((row[column] or "").strip() for column in _LABEL_COLUMNS)
        if not programme or not outcome:
            _refuse(path, table.line_num, "eine Zelle ist leer", "a cell is empty")
        found.setdefault(programme, set()).add(outcome)
    _check(found, known, path)
    return {programme: frozenset(outcomes) for programme, outcomes in found.items()}


def _check(found: Mapping[str, set[str]], known: Collection[str], path: Path) -> None:
    if not found:
        raise IntakeError(f"{path} enthält keine Angabe.", f"{path} holds no label.")
    if unknown := sorted(found.keys() - set(known)):
        named = ", ".join(unknown[:_SHOWN]) + (", …" if len(unknown) > _SHOWN else "")
        raise IntakeError(
            f"{path} nennt {len(unknown)} Programme, die das Verzeichnis nicht enthält: {named}.",
            f"{path} names {len(unknown)} programmes that the inventory does not hold: {named}.",
        )
