"""What an answer on a department's sheet states: dates, units, groups, goals where they are sure, else words to the note."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from graph.intake.sheets.delivering.privacy import without_persons
from graph.intake.sheets.own.marks import NAMED
from graph.intake.sheets.wording.dates.when import Point, read_when
from ontology.vocabulary import load_vocabulary

_LIST = re.compile(r"[;\n]|(?<=\w),\s")
_LINES = re.compile(r"[;\n]")
_FILLING = re.compile(
    r"seit|ab|von|vom|bis|zum|am|im|in|durch|der|die|dem|den|und|jahr|gilt|beschlossen|beschluss"
    r"|since|from|until|to|on|by|the|of|and|year|valid|decided",
    re.IGNORECASE,
)

Names = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True)
class Said:
    """What one answer states: cells of the plan's row in answers.csv, new things by table, and words kept as they are."""

    cells: Mapping[str, str] = field(default_factory=dict)
    things: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: str = ""


def understand_answer(facets: Iterable[str], text: str, names: Names) -> Said:
    """Return what an answer to a question about these facets states; what is not sure stays as words.

    >>> understand_answer(("Beginn", "Ende"), "2024-2028", {}).cells
    {'valid_from': '2024', 'valid_to': '2028'}
    """
    wanted = tuple(facets)
    kept = without_persons(text)
    if set(wanted) <= {"Beginn", "Ende"}:
        return _period(wanted, kept)
    return _READERS.get(wanted[0], _words)(kept, names)


def _words(text: str, _names: Names) -> Said:
    return Said(words=text)


def _facts(text: str) -> tuple[list[Point], str]:
    """Return the dates that a text gives for certain, and what is left of it; no date at all where one is uncertain."""
    when = read_when(text)
    sure = all(point.modality == "fact" and not point.rough for point in when.points)
    if not sure or when.question is not None:
        return [], text
    words = re.findall(r"[\w*/&-]+", when.rest)
    while words and _FILLING.fullmatch(words[0]):
        del words[0]
    while words and _FILLING.fullmatch(words[-1]):
        del words[-1]
    return list(when.points), " ".join(words).strip("-/ ")


def _period(facets: tuple[str, ...], text: str) -> Said:
    points, rest = _facts(text)
    cells = {}
    for point in points:
        role = (
            point.role if point.role != "at" or len(facets) > 1 else ("to" if facets == ("Ende",) else "from")
        )
        column = {"from": "valid_from", "to": "valid_to"}.get(role)
        if column is None or column in cells:
            return Said(words=text)
        cells[column] = point.text
    return Said(cells) if cells and not rest else Said(words=text)


def _decision(text: str, names: Names) -> Said:
    points, rest = _facts(text)
    body = _one(rest, names.get("adopted_by", {})) if rest else None
    if len(points) != 1 or points[0].role != "at" or (rest and not body):
        return Said(words=text)
    return Said({"adopted_on": points[0].text} | ({"adopted_by": body} if body else {}))


def _lead(text: str, names: Names) -> Said:
    unit = _one(text, names.get("lead_department", {}))
    return Said({"lead_department": unit}) if unit else Said(words=text)


def _status(text: str, _names: Names) -> Said:
    known = load_vocabulary().schemes["plan-status"].concepts
    same = next((word for word in known if word.casefold() == text.casefold()), None)
    return Said({"status": same}) if same else Said(words=text)


def _groups(text: str, names: Names) -> Said:
    entries = [entry.strip() for entry in _LIST.split(text) if entry.strip()]
    found = [_one(entry, names.get("target_groups", {})) for entry in entries]
    sure = list(dict.fromkeys(filter(None, found)))
    unsure = [entry for entry, local in zip(entries, found, strict=True) if not local]
    return Said({"target_groups": ";".join(sure)} if sure else {}, words="; ".join(unsure))


def _things(table: str) -> Callable[[str, Names], Said]:
    def read(text: str, _names: Names) -> Said:
        entries = (entry.strip(" -–•*\t") for entry in _LINES.split(text))
        return Said(things={table: tuple(dict.fromkeys(entry for entry in entries if entry))})

    return read


_READERS: Mapping[str, Callable[[str, Names], Said]] = {
    "Federführung": _lead,
    "Stand": _status,
    "Beschluss": _decision,
    "Zielgruppen": _groups,
    "Ziele": _things("goals"),
    "Kennzahlen": _things("indicators"),
    "Maßnahmen und Instrumente": _things("measures"),
}


def _one(text: str, known: Mapping[str, list[str]]) -> str | None:
    """Return the only id that a text names: by id, or by one of its names whatever the case."""
    local = text.partition(NAMED)[0].strip()
    if local in known:
        return local
    wanted = _folded(text)
    found = [found for found, names in known.items() if wanted in map(_folded, names)]
    return found[0] if len(found) == 1 else None


def _folded(text: str) -> str:
    return "".join(text.casefold().split())


def new_id(prefix: str, *parts: str) -> str:
    """Return an id made of what a thing is about: the same words always get the same id."""
    digest = blake2b("\n".join(parts).encode(), digest_size=5).hexdigest()
    return f"{prefix}-{digest}"
