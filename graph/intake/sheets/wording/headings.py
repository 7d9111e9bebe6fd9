"""What a column heading names: a table and a field, how certainly, and why; a heading that nobody can be sure of names nothing.

Fields of "plans" beyond the columns of plans.csv: ``period`` (one cell for both ends), ``planned_on`` (a decision that is only
planned), ``next_revision``, ``former_lead``, ``former_title``, ``successor``, ``contact``. They never stand for the present
lead, title or decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from graph.errors import Text
from graph.intake.sheets.wording.folding import clean, compact, fold
from ontology.sheet_words import load_sheet_words

Tense = Literal["", "now", "past", "coming"]

SURE, LIKELY, INSIDE, NEAR = 1.0, 0.7, 0.75, 0.7
_LONGEST, _MOST_WORDS = 120, 12
_SHORTEST_NEAR, _NEAR = 8, 88.0
_TRIMMED, _OWN_WORD = 0.95, 0.8
_MARKS = re.compile(r"[¹²³⁴-⁹⁰*†‡]+|\[\d+\]|(?<=[^\W\d])\d\)\s*$")
_NUMBERING = re.compile(
    r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.):]|\(?[a-z]\)|Frage\s+\d+[:.]?|Spalte\s+\w{1,2}[:.]?)\s*",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]?")
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?!\d)")
_UNTIL_YEAR = re.compile(r"\b(?:bis|until|vor|before)\s+(?:\d{1,2}[./]){0,2}(?:19|20)\d\d", re.IGNORECASE)
_SINCE_YEAR = re.compile(r"\b(?:seit|since)\s+(?:\d{1,2}[./]){0,2}(?:19|20)\d\d", re.IGNORECASE)
_FROM_YEAR = re.compile(r"\b(?:ab|from|nach)\s+(?:\d{1,2}[./]){0,2}(?:19|20)\d\d", re.IGNORECASE)
_AS_OF = re.compile(
    r"\(?\b(?:stand|as of)\b:?\s*(?:vom\s+)?(?:\d{1,2}[./]){0,2}(?:19|20)?\d\d\)?", re.IGNORECASE
)
_PARTS = re.compile(r"\s+/\s+|\n|\s+[|>›»–]\s+")

_TENSED = {  # what a field turns into when its heading speaks of another time
    "past": {
        "lead_department": "former_lead",
        "title": "former_title",
        "responsible": "note",
        "department": "note",
    },
    "coming": {
        "decided_on": "planned_on",
        "lead_department": "note",
        "responsible": "note",
        "department": "note",
    },
}
_TENSES: dict[str, Tense] = {
    "former_lead": "past",
    "former_title": "past",
    "former_name": "past",
    "planned_on": "coming",
    "next_revision": "coming",
    "successor": "coming",
}
_PRESENT_ONLY = frozenset(
    {"participating", "status", "contact", "abbreviation", "decided_by", "confirmed_on"}
)
_DATED = frozenset({"period", "valid_from", "valid_to", "decided_on"})
_YEARLESS = frozenset(
    {"lead_department", "responsible", "department", "participating", "status", "title", "contact"}
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading names, from 0 (a guess) to 1 (certain), and the sentence that says why.

    ``tense`` tells whether the heading speaks of now, of the past or of what is to come; "" where it does not say.
    """

    table: str
    field: str
    certainty: float
    why: Text
    tense: Tense = ""


def meaning_of(heading: str, table: str | None = None) -> Heading | None:
    """Return what a heading names in ``table``, or in the table where it is most certain; plans where several are equal.

    ``heading`` may join two rows: "Laufzeit / von".

    >>> found = meaning_of("Zielgr.")
    >>> found.table, found.field, found.certainty
    ('plans', 'target_groups', 1.0)
    >>> meaning_of("Laufzeit / von").field, meaning_of("Federführung 2017").field
    ('valid_from', 'former_lead')
    """
    found = meanings_of(heading, table)
    return found[0] if found else None


@lru_cache(maxsize=8192)
def meanings_of(heading: str, table: str | None = None) -> tuple[Heading, ...]:
    """Return what a heading may name, at most one field per table, the most certain first."""
    seen = clean(heading)
    if not seen or len(seen) > _LONGEST:
        return ()
    tables = load_sheet_words().headings if table is None else (table,)
    found = [one for name in tables if (one := _in_table(seen, name))]
    return tuple(sorted(found, key=lambda one: -one.certainty))


def _in_table(seen: str, table: str) -> Heading | None:
    return next(
        (found for way in (_whole, _joined, _timed, _within, _nearly) if (found := way(seen, table))), None
    )


def _whole(seen: str, table: str) -> Heading | None:
    """Look up the heading as it is, then without numbering, footnote marks and brackets."""
    if found := _known(seen, table):
        return found
    bare = _NUMBERING.sub("", _MARKS.sub("", seen)).strip()
    if bare != seen and bare and (found := _known(bare, table)):
        return found
    plain = _BRACKET.sub(_kept_bracket, bare).strip()
    found = _known(plain, table) if plain and plain != bare else None
    return found and replace(found, certainty=round(found.certainty * _TRIMMED, 2))


def _kept_bracket(bracket: re.Match[str]) -> str:
    """Drop brackets that only say how to fill in; others stay, because they may change the meaning."""
    inner = fold(bracket[0])
    ornaments = _folded("ornaments")
    words = inner.replace(" ", "")
    short = len(words) <= 4 and not _tense(inner)  # noqa: PLR2004 - "(FB)", "(EUR)"
    return (
        " "
        if short or inner in ornaments or inner.startswith(("z b", "bitte", "zb", "e g", "ggf"))
        else bracket[0]
    )


def _known(text: str, table: str) -> Heading | None:
    hit = _index(table).get(compact(text) or text.strip())
    if hit is None:
        return None
    name, certainty = hit
    return Heading(table, name, certainty, _because(text, certainty), _TENSES.get(name, ""))


def _because(text: str, certainty: float) -> Text:
    quoted = " ".join(text.split())
    if certainty < SURE:
        return Text(
            f"„{quoted}“ kann dies heißen, ist aber nicht eindeutig.",
            f"“{quoted}” may mean this but is not definite.",
        )
    return Text(
        f"„{quoted}“ ist ein bekannter Name dieser Spalte.", f"“{quoted}” is a known name of this column."
    )


@cache
def _index(table: str) -> dict[str, tuple[str, float]]:
    """Return field and certainty by compact synonym."""
    fields = load_sheet_words().headings.get(table, {})
    found: dict[str, tuple[str, float]] = {}
    for certainty, how in ((SURE, "sure"), (LIKELY, "likely")):
        for name, words in fields.items():
            for word in getattr(words, how):
                found.setdefault(compact(word) or word, (name, certainty))
    return found


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in load_sheet_words().lists[name]) - {""}


def _joined(seen: str, table: str) -> Heading | None:
    """Read a heading of two rows: what stands above says what the word below it means."""
    parts = [part.strip() for part in _PARTS.split(seen) if part.strip()]
    if len(parts) < 2:  # noqa: PLR2004 - above and below
        return None
    above, below = " ".join(parts[:-1]), parts[-1]
    tense = _tense(fold(above))
    hit = _known(above, table)
    if hit and (made := _below(hit.field, below, table)):
        return _in_time(Heading(table, made, SURE, _because(seen, SURE)), tense)
    child = _whole(below, table) or _timed(below, table)
    if child and tense:
        return _of_another_time(child, tense, seen)
    if child and (not hit or child.field == hit.field or child.certainty >= SURE):
        weight = child.certainty if not hit or child.field == hit.field else _OWN_WORD
        return replace(child, certainty=weight, why=_because(seen, weight))
    if hit and not child and (_tense(fold(below)) or _YEAR.search(below)):
        return _timed(f"{above} {below}", table)
    return hit and replace(hit, certainty=round(hit.certainty * INSIDE, 2), why=_because(seen, LIKELY))


def _of_another_time(child: Heading, tense: Tense, seen: str) -> Heading:
    """Return what a word means below "Vorgänger" or "Nachfolger"."""
    if tense == "coming" and child.field == "title":
        return replace(child, field="successor", tense=tense, why=_because(seen, SURE))
    return _in_time(child, tense)


def _below(field: str, below: str, table: str) -> str | None:
    """Return the field that a word below a heading names: "von" under "Laufzeit"."""
    word = fold(below)
    ends = {"heading_from": "valid_from", "heading_to": "valid_to"}
    steps = {"heading_day": "decided_on", "heading_body": "decided_by", "heading_paper": "paper"}
    starts, stops = ("since", "until") if table == "instruments" else ("valid_from", "valid_to")
    if field in {"period", "valid_from", "valid_to", "status"} and table in {"plans", "instruments"}:
        named = next((name for words, name in ends.items() if word in _folded(words)), None)
        return {"valid_from": starts, "valid_to": stops}.get(named or "")
    if field in {"decided_on", "planned_on"}:
        named = next((name for words, name in steps.items() if word in _folded(words)), None)
        return field if named == "decided_on" else named
    return None


def _timed(seen: str, table: str) -> Heading | None:
    """Read a heading that says of which time it speaks: "Federführung bis 2019", "FF (neu)", "geplante Laufzeit"."""
    without = _AS_OF.sub(" ", seen)
    dated = without != seen
    tense = _tense_of(without)
    words = [word for word in fold(_YEAR.sub(" ", without)).split() if word not in _tense_words()]
    found = _known(" ".join(_without_prepositions(words)), table) if words else None
    if not found or (not tense and not dated and not _YEAR.search(seen)):
        return None
    if not tense and not dated and found.field in _YEARLESS:
        tense = "past"
    weight = found.certainty * (0.6 if dated and not tense else 0.9)
    return _in_time(replace(found, certainty=round(weight, 2), why=_because(seen, weight)), tense)


def _tense_of(text: str) -> Tense:
    if _UNTIL_YEAR.search(text):
        return "past"
    if _SINCE_YEAR.search(text):
        return "now"
    return _tense(fold(text)) or ("coming" if _FROM_YEAR.search(text) else "")


def _without_prepositions(words: list[str]) -> list[str]:
    while words and words[-1] in {"bis", "ab", "seit", "vor", "nach", "until", "from", "since", "stand"}:
        words = words[:-1]
    return words


def _tense(folded: str) -> Tense:
    words = set(folded.split())
    kinds: tuple[Tense, ...] = ("past", "coming", "now")
    return next((kind for kind in kinds if words & _folded(kind)), "")


@cache
def _tense_words() -> frozenset[str]:
    return _folded("past") | _folded("coming") | _folded("now")


def _in_time(found: Heading, tense: Tense) -> Heading:
    """Return the heading as it counts when it speaks of another time than now."""
    if tense not in {"past", "coming"}:
        return replace(found, tense=tense)
    field = _TENSED[tense].get(found.field, found.field)
    if field == found.field and (tense == "past" and found.field in _DATED | _PRESENT_ONLY):
        field = "note"
    if field == found.field and tense == "coming" and found.field in _PRESENT_ONLY:
        field = "note"
    why = found.why
    if field != found.field:
        why = Text(
            found.why.de + " Sie spricht aber nicht von heute und gilt darum nicht als Angabe für heute.",
            found.why.en + " But it does not speak of today, so it does not count as what holds today.",
        )
    return replace(found, field=field, tense=tense, why=why)


def _within(seen: str, table: str) -> Heading | None:
    """Read a longer heading that holds the words of one field only: "Welches Amt ist hier federführend?"."""
    words = fold(seen).split()
    if len(words) > _MOST_WORDS or not words:
        return None
    hits = dict(_phrases_in(f" {' '.join(words)} ", table))
    fields = set(hits)
    if len(fields) != 1:
        return None
    field = fields.pop()
    return _in_time(Heading(table, field, INSIDE, _because(seen, INSIDE)), _tense_of(seen))


def _phrases_in(padded: str, table: str) -> Iterator[tuple[str, str]]:
    for name, words in load_sheet_words().headings.get(table, {}).items():
        for phrase in words.inside:
            if f" {fold(phrase)} " in padded:
                yield name, phrase


def _nearly(seen: str, table: str) -> Heading | None:
    """Read a heading with a typing error: one letter in eight, and near to the names of one field only."""
    key = compact(seen)
    if len(key) < _SHORTEST_NEAR or len(fold(seen).split()) > 4:  # noqa: PLR2004 - a typing error, not a sentence
        return None
    choices = _near_choices(table)
    hits = process.extract(key, choices, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=5)
    fields = {_index(table)[choice][0] for choice, _, _ in hits}
    if len(fields) != 1:
        return None
    quoted = hits[0][0]
    why = Text(
        f"„{seen}“ ist bis auf wenige Buchstaben ein bekannter Name dieser Spalte.",
        f"“{seen}” is, but for a few letters, a known name of this column.",
    )
    return Heading(table, _index(table)[quoted][0], NEAR, why)


@cache
def _near_choices(table: str) -> list[str]:
    return [key for key in _index(table) if len(key) >= _SHORTEST_NEAR]
