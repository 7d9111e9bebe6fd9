"""How often a plan is renewed, as a code of the scheme cycle-kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graph.intake.sheets.wording.folding import clean, fold

CycleKind = Literal["years", "council-term", "continuous", "once"]

_NUMBERS = {
    "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6, "sieben": 7, "acht": 8, "zehn": 10,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10,
}  # fmt: skip
_WORD = "|".join(_NUMBERS)
_EVERY = re.compile(
    rf"\b(?:alle|every)\s+(?P<n>\d{{1,2}}|{_WORD})\s+(?:jahre?|j|years?)\b|\b(?P<m>\d{{1,2}}|{_WORD})\s?(?:jaehrlich|jaehrig\w*|jahresturnus)\b"
)
_RANGE = re.compile(r"\d\s*(?:-|–|/|\bbis\b|\bto\b)\s*\d")
_TERM = r"\b(?:je|pro|jede|each|every)\s+(?:wahlperiode|ratsperiode|legislatur\w*|council term|term)\b"
_ALWAYS = (
    r"\b(?:laufend|fortlaufend|kontinuierlich|rollierend|staendig|dauerhaft|continuous(?:ly)?|ongoing)\b"
)
_YEARLY = r"\b(?:all)?jaehrlich\w*\b|\bjedes jahr\b|\bannual(?:ly)?\b|\byearly\b|\bevery year\b"
_KINDS: tuple[tuple[re.Pattern[str], CycleKind, int | None], ...] = (
    (re.compile(_YEARLY), "years", 1),
    (re.compile(r"\bbiennial(?:ly)?\b"), "years", 2),
    (re.compile(_TERM), "council-term", None),
    (re.compile(_ALWAYS), "continuous", None),
    (re.compile(r"\b(?:einmalig|once)\b"), "once", None),
)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle: its kind, the years where it has a fixed number, as written."""

    kind: CycleKind | None
    years: int | None
    label: str


@lru_cache(maxsize=2048)
def read_cycle(text: str) -> Cycle:
    """Return the cycle that a cell gives; "alle 3-5 Jahre" has no fixed number, so no kind is asserted.

    >>> read_cycle("alle fünf Jahre").years, read_cycle("5-jährig").years, read_cycle("bei Bedarf").kind
    (5, 5, None)
    """
    seen, folded = clean(text), fold(text)
    if _RANGE.search(seen):
        return Cycle(None, None, seen)
    if every := _EVERY.search(folded):
        number = every["n"] or every["m"]
        return Cycle("years", int(number) if number.isdigit() else _NUMBERS[number], seen)
    found = next(((kind, years) for pattern, kind, years in _KINDS if pattern.search(folded)), (None, None))
    return Cycle(found[0], found[1], seen)
