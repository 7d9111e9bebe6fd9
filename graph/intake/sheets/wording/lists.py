"""The entries of a cell that lists several: what parts them depends on the kind of column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from graph.intake.sheets.wording.folding import clean, fold
from ontology.sheet_words import load_sheet_words

_COMMAS = frozenset(
    {"target_groups", "topics", "areas", "abbreviation", "paper", "partners", "plan", "plans"}
)
_ANDS = frozenset({"target_groups"})
_SLASHES = frozenset(
    {"target_groups", "topics", "participating", "partners", "lead_department", "responsible", "department"}
)
_STRONG = re.compile(
    r"[;|\n•‣▪●◦·➢►✓]|(?:^|(?<=\s))[-–—*](?=\s)|(?:^|(?<=[\s,.]))\(?\d{1,2}\)\s|(?:^|(?<=\n))\s*\d{1,2}\.\s(?=\D)"
)
_SPACED_SLASH = re.compile(r"\s/\s|\s/|/\s")
_SLASH = re.compile(r"/(?!-?(?:innen|inn?en|in|r|n|en|e)\b)")
_COMMA = re.compile(r",(?!\d)(?=\s|[^\W\d])")
_AND = re.compile(r"(?<![-‐–])\s+(?:und|u\.|sowie|&|and|\+)\s+")
_EDGE = " \t\n;,|/•‣▪●◦·➢►✓"


def split_list(text: str, field: str, keep: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the entries of a cell of a column; ``keep`` are names that are never split.

    Brackets are never split, nor pairs such as "Bürgerinnen und Bürger".

    >>> split_list("Kinder, Jugendliche und Familien", "target_groups")
    ('Kinder', 'Jugendliche', 'Familien')
    >>> split_list("Wohnen, Soziales und Integration", "title")
    ('Wohnen, Soziales und Integration',)
    """
    seen = clean(text)
    if field == "title":
        return (seen,) if seen else ()
    guarded = _guarded(seen, keep)
    cuts = sorted(span for pattern in _patterns(field) for span in _cuts(pattern, seen, guarded))
    return tuple(part for part in _between(seen, cuts) if part)


def _patterns(field: str) -> Iterator[re.Pattern[str]]:
    yield _STRONG
    if field in _SLASHES:
        yield _SLASH
    elif field in {"areas", "data_sources", "plan", "plans"}:
        yield _SPACED_SLASH
    if field in _COMMAS:
        yield _COMMA
    if field in _ANDS:
        yield _AND


def _cuts(pattern: re.Pattern[str], seen: str, guarded: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(seen):
        if not any(start <= match.start() < end for start, end in guarded):
            yield match.span()


def _between(seen: str, cuts: list[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in cuts:
        if start >= at:
            yield seen[at:start].strip(_EDGE)
            at = end
    yield seen[at:].strip(_EDGE)


def _guarded(seen: str, keep: Iterable[str]) -> list[tuple[int, int]]:
    """Return the places where nothing is split: brackets, pairs, and names that are known."""
    names = [name for name in (*_pairs(), *keep) if name]
    lowered = seen.casefold()
    found = list(_brackets(seen))
    if len(lowered) == len(seen):
        for name in names:
            at = lowered.find(name.casefold())
            while at >= 0:
                found.append((at, at + len(name)))
                at = lowered.find(name.casefold(), at + 1)
    return found


@cache
def _pairs() -> tuple[str, ...]:
    return load_sheet_words().lists["pairs"]


def _brackets(seen: str) -> Iterator[tuple[int, int]]:
    depth, start = 0, 0
    for at, sign in enumerate(seen):
        if sign in "([{":
            start, depth = (at, 1) if not depth else (start, depth + 1)
        elif sign in ")]}" and depth:
            depth -= 1
            if not depth:
                yield start, at + 1


def folded_entries(text: str, field: str) -> frozenset[str]:
    """Return the entries as they compare, whatever their order."""
    return frozenset(fold(part) for part in split_list(text, field)) - {""}
