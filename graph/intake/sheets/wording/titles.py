"""Whether two titles name the same plan, nearly the same, or two editions of one series."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from graph.intake.sheets.wording.folding import clean, compact, fold

NEAR = 0.9  # from here on two titles of one sheet are asked about; measured on the workbooks of the tests

_ABBREVIATION = re.compile(r"\s*\((?P<short>[A-ZÄÖÜ][\w.&/+-]{1,11})\)")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s*[/–—-]\s*(?:(?:19|20)?\d\d))?(?!\d)")
_ORDINALS = (
    r"\b(?:erste|zweite|dritte|vierte|fuenfte|sechste|siebte|siebente|achte|neunte|zehnte)[rsnm]?\b|\b\d{1,2}\b"
    r"|\b(?:i|ii|iii|iv|v|vi|vii|viii|ix|x)\b"
    r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b|\b\d(?:st|nd|rd|th)\b"
)
_RENEWALS = (
    r"\b(?:fortschreibung|fortschr|fs|neuaufstellung|neuauflage|aktualisierung|aktualisierte|ueberarbeitung|aenderung|auflage"
    r"|ausgabe|neu|neue|neuer|neues|neufassung|fortgeschriebene[rs]?|update|revision|edition|version|weitere[rs]?|jahr|jahre"
    r"|bis|von|fuer|und|der|die|das|des)\b"
)
_EDITION = re.compile(f"{_ORDINALS}|{_RENEWALS}")
_NUMBERS = re.compile(r"(?:19|20)\d\d|" + _ORDINALS)


@dataclass(frozen=True, slots=True)
class Titled:
    """A title taken apart: what is read, the abbreviation in its brackets, what stays of it in every edition."""

    title: str
    abbreviation: str
    stem: str
    edition: tuple[str, ...]


@lru_cache(maxsize=16384)
def titled(text: str) -> Titled:
    """Return a title with its parts.

    >>> found = titled("Sozialentwicklungsplan (SEP) 2020, 3. Fortschreibung")
    >>> found.title, found.abbreviation, found.stem, found.edition
    ('Sozialentwicklungsplan 2020, 3. Fortschreibung', 'SEP', 'sozialentwicklungsplan', ('2020', '3'))
    """
    seen = " ".join(clean(text).split())
    short = _ABBREVIATION.search(seen)
    title = seen.replace(short[0], "", 1).strip() if short else seen
    bare = fold(_YEARS.sub(" ", title))
    stem = " ".join(_EDITION.sub(" ", bare).split())
    return Titled(title, short["short"] if short else "", stem or bare, tuple(_NUMBERS.findall(fold(title))))


def same_title(a: str, b: str) -> bool:
    """Whether two titles differ in nothing but spelling: case, spaces, dashes, umlauts, an abbreviation in brackets.

    >>> same_title("Schulentwicklungsplan (SEP)", "Schul-Entwicklungsplan")
    True
    >>> same_title("Wohnungsmarktbericht 2024", "Wohnungsmarktbericht 2025")
    False
    """
    first, second = titled(a), titled(b)
    if first.abbreviation and second.abbreviation and first.abbreviation != second.abbreviation:
        return False
    return compact(first.title) == compact(second.title) != ""


def nearness(a: str, b: str) -> float:
    """Return how near two titles are, 0 to 1; titles of different years or numbers are never near.

    >>> nearness("Sozialentwicklungsplan", "Sozialentwicklungplan") > 0.95
    True
    >>> nearness("Wohnungsmarktbericht 2024", "Wohnungsmarktbericht 2025")
    0.0
    """
    if same_title(a, b):
        return 1.0
    first, second = titled(a), titled(b)
    if first.edition != second.edition:
        return 0.0
    return round(fuzz.ratio(compact(first.title), compact(second.title)) / 100, 3)


def edition(a: str, b: str) -> bool:
    """Whether two titles are editions of one series: the same but for year, number or "Fortschreibung".

    >>> edition("Sozialentwicklungsplan 2015", "3. Sozialentwicklungsplan (2020)")
    True
    >>> edition("Sozialentwicklungsplan 2015", "Sozialentwicklungsplan 2015")
    False
    """
    first, second = titled(a), titled(b)
    return not same_title(a, b) and bool(first.stem) and compact(first.stem) == compact(second.stem)
