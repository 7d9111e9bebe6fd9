"""What a cell says about a decision: the day, the body, the paper; a day that is only planned is no decision."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.errors import Text
from graph.intake.sheets.wording.dates.when import Point, read_when
from graph.intake.sheets.wording.folding import clean
from ontology.sheet_words import load_sheet_words

_PAPER = re.compile(
    r"\b(?:Vorlagen?|Vorl|VL|Drs|Drucksachen?|DS|BV|SV|Beschluss)\b\.?[\s-]*(?:(?:Nr\b\.?|Nummer|no\.)\s*)?:?\s*"
    r"(?P<number>(?=[\w/.-]*\d[\w/.-]*/|\w*\d{3,}(?!\d))[\w/.-]*\w)"
    r"|\b(?P<whole>[A-ZÄÖÜ]{1,3}\.?\s?\d{0,3}/\d{3,}(?:-\d+)?/\w+)",
)
_LONGEST = 400
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|(?:0?\d|1[0-2])[/.](?:19|20)\d\d|(?:19|20)\d\d")
_COMMITTEES = (
    r"(?:Haupt|Sozial|Jugendhilfe|Schul|Planungs|Umwelt|Mobilitäts|Verkehrs|Kultur|Sport|Finanz|Wirtschafts|Integrations|Betriebs"
    r"|Bau|Stadtentwicklungs|Wohnungs|Gesundheits|Klima|Werks|Fach|Haupt- und Finanz|Kinder- und Jugend)[\w-]*ausschuss(?:es)?"
    r"|Ausschuss(?:es)?\s+für\s+[^;()\d]+?(?=\s+(?:am|vom|v\.|im|in)\b|[;()\d]|$)"
)
_COUNCILS = (
    r"Bezirksvertretung\s+[A-ZÄÖÜ][\w-]+|Bezirksvertretung|Stadtverordnetenversammlung|(?:Stadt|Gemeinde|Integrations|Senioren)rat"
    r"|Rat\s+der\s+Stadt|Kreistag|Magistrat|Verwaltungsvorstand|Bürgerschaft|Rat(?=\b)|(?:city |town )?council|committee"
)
_BODY = re.compile(rf"\b(?:{_COMMITTEES}|{_COUNCILS})\b")
_BY_COUNCIL = re.compile(r"\b[Rr]ats(?:beschluss|beschl|sitzung)")


@dataclass(frozen=True, slots=True)
class Decision:
    """The one day on which it was decided, or on which that is planned; who decided; the paper; all other points.

    Where a cell gives several days none is taken, and ``question`` asks.
    """

    on: str = ""
    planned_on: str = ""
    by: str = ""
    paper: str = ""
    others: tuple[Point, ...] = ()
    rest: str = ""
    question: Text | None = None


@lru_cache(maxsize=16384)
def read_decision(text: str, kind: str = "text") -> Decision:
    """Return what a cell says about a decision.

    >>> found = read_decision("Rat 12.12.2019")
    >>> found.on, found.by
    ('2019-12-12', 'Rat')
    >>> read_decision("21. März 2024 (geplant)").on, read_decision("21. März 2024 (geplant)").planned_on
    ('', '2024-03-21')
    """
    seen = clean(text)[:_LONGEST]
    when = read_when(text, kind)
    facts = [point for point in when.points if point.modality == "fact" and point.role == "at"]
    planned = [point for point in when.points if point.modality == "planned"]
    taken = facts[:1] if len(facts) == 1 else planned[:1] if len(planned) == 1 and not facts else []
    others = tuple(point for point in when.points if point not in taken)
    on = taken[0].text if taken and taken[0] in facts else ""
    asked = when.question or _question(facts)
    return Decision(
        on, taken[0].text if taken and not on else "", _body(seen), _paper(seen), others, when.rest, asked
    )


def _question(facts: list[Point]) -> Text | None:
    if len(facts) < 2:  # noqa: PLR2004 - several days
        return None
    raws = ", ".join(point.raw for point in facts)
    return Text(f"Welcher Tag ist der Beschluss: {raws}?", f"Which day is the decision: {raws}?")


def _paper(seen: str) -> str:
    found = _PAPER.search(seen)
    if not found:
        return ""
    number = found["number"] or found["whole"]
    return "" if _DAY.fullmatch(number) else str(number)


def _body(seen: str) -> str:
    """Return the body that a cell names, as written; of several the last, which decides."""
    named = [str(match[0]).strip() for match in _BODY.finditer(seen)]
    if named:
        return named[-1]
    short = [str(word) for word in re.findall(r"[^\W\d_]{2,}", seen) if word in _short_bodies()]
    if short:
        return short[-1]
    return "Rat" if _BY_COUNCIL.search(seen) else ""


@cache
def _short_bodies() -> frozenset[str]:
    return frozenset(word for word in load_sheet_words().lists["bodies"] if word.isupper())
