"""The file that the page of a meeting saves, read strictly: one entry that will not do, and nothing is taken in."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from graph.errors import Text
from graph.findings.minutes.entries import Entry, Minutes, check_entry, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MARK, VERSION = "beschluesse", 1
MOST_BYTES = 2 * 2**20
LONGEST_TEXT = 5000
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
_FIELDS = ("finding", "state", "reason", "role", "paper", "note", "evidence")


def is_minutes(text: bytes) -> bool:
    """Whether a file is one that the page of a meeting saved."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):  # no JSON, or nested without end
        return False
    return isinstance(document, dict) and document.get("planwerk") == MARK


def read_minutes(text: bytes, file: str) -> Minutes:
    """Return the minutes of a file; BadRequest, naming the entry, where something in it cannot be."""
    try:
        document = json.loads(text) if len(text) <= MOST_BYTES else None
    except (ValueError, RecursionError):  # no JSON, or nested without end
        document = None
    if not isinstance(document, dict) or document.get("planwerk") != MARK:
        raise refusal(
            file, Text("ist keine Beschlussdatei von Planwerk", "is no file of decisions by Planwerk")
        )
    if document.get("version") != VERSION:
        raise refusal(
            file, Text("ist in einer Fassung geschrieben, die hier unbekannt ist", "is of an unknown version")
        )
    listed = document.get("entries")
    if not isinstance(listed, list) or not listed:
        raise refusal(file, Text("enthält keine Einträge", "holds no entries"))
    entries = tuple(read_entry(entry, file, number) for number, entry in enumerate(listed, start=1))
    _check_once(entries, file)
    return Minutes(
        meeting=_named(document, "meeting", file),
        walk=_named(document, "walk", file),
        title=_text(document, "title", file),
        day=_when(document, "date", file, date.fromisoformat),
        as_of=_when(document, "as_of", file, date.fromisoformat),
        saved=_when(document, "saved", file, _moment),
        entries=entries,
        file=file,
    )


def read_entry(said: Any, file: str, number: int) -> Entry:
    """Return one entry; BadRequest where its fields are no texts, its state is unknown, or a decision lacks reason or role."""
    place = f"{file}, {number}"
    if not isinstance(said, dict) or not said.keys() <= set(_FIELDS):
        raise refusal(
            place,
            Text(
                "ist kein Eintrag mit Hinweis, Stand und Grund", "is no entry with finding, state and reason"
            ),
        )
    entry = Entry(*(_text(said, name, place) for name in _FIELDS))
    check_entry(entry, f"{place} ({entry.finding})")
    return entry


def _check_once(entries: Iterable[Entry], file: str) -> None:
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        if entry.finding in seen:
            raise refusal(
                f"{file}, {number} ({entry.finding})",
                Text("der Hinweis steht schon darüber", "the finding stands above already"),
            )
        seen.add(entry.finding)


def _text(said: Mapping[str, Any], name: str, place: str) -> str:
    value = said.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise refusal(
            place,
            Text(
                f"unter „{name}“ steht kein Text bis {LONGEST_TEXT} Zeichen",
                f"under “{name}” there is no text of up to {LONGEST_TEXT} characters",
            ),
        )
    return storable(value).strip()


def storable(text: str) -> str:
    """Return the text without signs that no text file of the store can hold."""
    return "".join(
        sign for sign in text if sign in "\t\n" or (sign >= " " and not "\ud800" <= sign <= "\udfff")
    )


def _named(document: Mapping[str, Any], name: str, file: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise refusal(
            file,
            Text(
                f"„{name}“ ist kein Name aus a–z, 0–9 und Bindestrichen",
                f"“{name}” is no name of a–z, 0–9 and hyphens",
            ),
        )
    return value


def _moment(text: str) -> datetime:
    """Return a moment with its time zone; ValueError where it has none."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _when(document: Mapping[str, Any], name: str, file: str, read: Any) -> Any:
    try:
        return read(str(document.get(name)))
    except ValueError:
        raise refusal(
            file, Text(f"enthält unter „{name}“ keinen Zeitpunkt", f"holds no time under “{name}”")
        ) from None
