"""The points of time that a cell gives, as precise as it gives them and no further.

A point is a ``fact`` only where nothing in the cell speaks against it. Beside words that nobody knows, a bare year is
``uncertain``: it may belong to a name ("Agenda 2030"). Only facts may become dates of a plan; the rest is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from graph.dates import parse_date
from graph.errors import Text
from graph.intake.sheets.wording.dates.forms import Form, forms_in
from graph.intake.sheets.wording.folding import clean, fold
from ontology.sheet_words import load_sheet_words

Role = Literal["at", "from", "to"]
Modality = Literal["fact", "planned", "press", "other", "uncertain"]

_SPEAKING: tuple[tuple[str, Modality], ...] = (
    ("planned", "planned"),
    ("press", "press"),
    ("hearsay", "uncertain"),
    ("other_events", "other"),
)
_SILENT = ("neutral", "bodies", "rough", "from", "to", "open_end", "cycles")
_LONGEST, _SHOWN = 400, 60  # a longer cell is a text, not a date
_PLAIN = re.compile(
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)|(?P<y>(?:19|20)\d\d)(?:-(?P<m>\d\d)-(?P<d>\d\d))?",
    re.ASCII,
)
_CLAUSE = re.compile(r"[;,()\[\]\n]|\s[–—-]\s(?=[^\W\d])|(?<=[a-zäöüß]{7})\.\s(?=[A-ZÄÖÜ][a-zäöü]{3})")
_JOIN = re.compile(
    r"\s*(?:[-–—‒→]+|(?:Uhr\s*)?\b(?:bis|to|until|till|through)\b(?:\s+(?:zum|zu|einschl\.?|einschließlich|inkl\.?|vorauss\.?|voraussichtlich|ca\.?"
    r"|etwa|Ende|Anfang|Mitte|geplant|the|end|of|längstens|mindestens)\b\.?)*|/)\s*",
    re.IGNORECASE,
)
_UNTIL_NOW = re.compile(
    r"(?:\b(?:bis|to|until|till)\b|[-–—])\s*(?:heute|jetzt|dato|now|present|today|offen|open)\b",
    re.IGNORECASE,
)
_CYCLE = re.compile(
    r"\b(?:alle|every|jede[ns]?)\s+(?:\d{1,2}|zwei|drei|vier|fünf|sechs|sieben|acht|zehn|two|three|four|five|six|ten)(?:\s*(?:[-–/]|bis|to)\s*\d{1,2})?"
    r"\s*(?:Jahren?|Jahr|J\.|years?|Monate?n?)|\b\d{1,2}(?:\s*[-–]\s*\d{1,2})?\s?-?\s?(?:jährlich|jährig)\w*",
    re.IGNORECASE,
)
_TRAILING_DASH = re.compile(
    r"^\s*[-–—]\s*(?:$|[;,)\n?]|(?:heute|jetzt|offen|open|laufend|lfd|dato|now|present|today)\b)",
    re.IGNORECASE,
)
_LEADING_DASH = re.compile(r"(?:^|[;,(\n])\s*(?:\.\.\.|…)?\s*[-–—]\s*$")
_CHOICE = re.compile(r"\b(?:oder|bzw|or|alternativ)\b", re.IGNORECASE)
_DATELIKE = re.compile(r"\d{4}|\d+[./]\d+|\b\d{2}\b")
_DOUBTS = {
    "two-ways": Text(
        "„{raw}“ lässt sich auf zwei Arten lesen. Welches Datum ist gemeint?",
        "“{raw}” can be read in two ways. Which date is meant?",
    ),
    "no-such-day": Text(
        "„{raw}“: Diesen Tag gibt es nicht. Welches Datum ist gemeint?",
        "“{raw}”: There is no such day. Which date is meant?",
    ),
    "short-year": Text("„{raw}“: Welches Jahrhundert ist gemeint?", "“{raw}”: Which century is meant?"),
    "uncertain": Text(
        "Ist „{raw}“ hier ein Datum, und steht es fest?", "Is “{raw}” a date here, and is it settled?"
    ),
    "unread": Text(
        "„{raw}“ ist nicht ganz verstanden. Welches Datum ist gemeint?",
        "“{raw}” was not fully understood. Which date is meant?",
    ),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A point of time: ISO or EDTF text of its own precision, what it is (at, from, to), how it is meant, and as written.

    ``rough`` points carry the mark of EDTF ("2034~", "2006?"). Only a ``fact`` is a date that happened or holds; ``other`` is
    a fact of another event than the one a column asks for (a motion, a hearing, taking note).
    """

    text: str
    role: Role = "at"
    modality: Modality = "fact"
    rough: bool = False
    raw: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """What a cell says about time: points in their order, whether the end is open, a cycle as written, the words left over.

    ``question`` asks about what is doubtful; doubtful forms give no point.
    """

    points: tuple[Point, ...] = ()
    open_end: bool = False
    rest: str = ""
    cycle: str = ""
    question: Text | None = None

    @property
    def facts(self) -> tuple[Point, ...]:
        """The points that hold without any doubt."""
        return tuple(point for point in self.points if point.modality == "fact")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A stretch between commas or brackets: the forms in it, its words, whether it is in brackets."""

    start: int
    end: int
    forms: tuple[Form, ...]
    said: Modality
    bare: bool
    known: bool


@lru_cache(maxsize=65536)
def read_when(text: str, kind: str = "text") -> When:
    """Return the points of time in a cell; ``kind`` is the kind of cell ("date" cells hold ISO text).

    >>> [(point.text, point.role, point.modality) for point in read_when("seit 2006 (Presse: 2005)").points]
    [('2006', 'from', 'fact'), ('2005', 'from', 'press')]
    >>> read_when("21. März 2024 (geplant)").points[0].modality, read_when("jährlich").cycle
    ('planned', 'jährlich')
    """
    if plain := _PLAIN.fullmatch(text):
        return _plain(plain)
    seen = clean(text)
    if len(seen) > _LONGEST:
        return When(
            rest=seen, question=_ask("unread", seen[:_SHOWN] + " …") if _DATELIKE.search(seen) else None
        )
    forms, masked = forms_in(seen, exact=kind == "date") if any(sign.isdigit() for sign in seen) else ([], [])
    clauses = _spoken(list(_clauses(seen, forms, masked)))
    points = _with_roles(seen, [pair for clause in clauses for pair in _points(seen, clause)])
    rest = _left(seen, [(form.start, form.end) for form in forms])
    return When(
        points,
        _open_end(seen, forms),
        rest,
        _cycle(seen),
        _question(seen, forms, points, _left(seen, [*((form.start, form.end) for form in forms), *masked])),
    )


def _plain(match: re.Match[str]) -> When:
    """Return what a cell says that is a day or a year and nothing else: nearly all cells with dates are."""
    parts = [match["year"] or match["y"], match["month"] or match["m"], match["day"] or match["d"]]
    try:
        point = parse_date("-".join(f"{int(part):02d}" for part in parts if part)).text
    except ValueError:
        return When(question=_ask("no-such-day", match[0]))
    return When((Point(point, raw=match[0]),))


def _clauses(seen: str, forms: list[Form], masked: list[tuple[int, int]]) -> Iterator[_Clause]:
    inside = [(form.start, form.end) for form in forms]
    cuts = [
        m.span() for m in _CLAUSE.finditer(seen) if not any(a <= m.start() < b for a, b in (*inside, *masked))
    ]
    at = 0
    for start, end in [*cuts, (len(seen), len(seen))]:
        own = tuple(form for form in forms if at <= form.start < start)
        if own or fold(seen[at:start]) or "?" in seen[at:start]:
            said, known = _speech(_left(seen[at:start], [(form.start - at, form.end - at) for form in own]))
            yield _Clause(at, start, own, said, not own, known)
        at = end


def _speech(words: str) -> tuple[Modality, bool]:
    """Return how a clause is meant, and whether each of its words is known."""
    left = f" {fold(words)} "
    said: Modality = "fact"
    for name, modality in _SPEAKING:
        for phrase in _phrases(name):
            if f" {phrase} " in left:
                left = left.replace(f" {phrase} ", "  ").replace("  ", " ")
                said = modality if said == "fact" else said
    if "?" in words and said == "fact" and not re.search(r"\d\s?\?", words):
        said = "uncertain"
    unknown = [word for word in left.split() if not word.isdigit() and word not in _silent_words()]
    return said, not unknown


@cache
def _phrases(name: str) -> tuple[str, ...]:
    found = {fold(word) for word in load_sheet_words().lists[name]} - {""}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


@cache
def _silent_words() -> frozenset[str]:
    words = {word for name in _SILENT for phrase in _phrases(name) for word in phrase.split()}
    return frozenset(words | set(load_sheet_words().months))


def _spoken(clauses: list[_Clause]) -> list[_Clause]:
    """Return clauses with what is said beside them: "(geplant)" speaks of what stands before, "geplant:" of what follows."""
    spoken: list[_Clause] = []
    before: tuple[Modality, bool] | None = None
    for clause in clauses:
        said = (clause.said, clause.known)
        if clause.bare and spoken:
            last = spoken[-1]
            spoken[-1] = replace(
                last,
                said=_stronger(last.said, clause.said),
                known=last.known and (clause.known or clause.said != "fact"),
            )
        elif clause.bare:
            before = said
        else:
            carried = before if before and before[0] != "fact" and clause.said == "fact" else None
            spoken.append(replace(clause, said=carried[0]) if carried else clause)
            before = said if clause.said != "fact" else None
    return spoken


def _stronger(first: Modality, second: Modality) -> Modality:
    return second if first == "fact" else first


def _points(seen: str, clause: _Clause) -> Iterator[tuple[Form, Point]]:
    for form in clause.forms:
        rough, doubted = _roughness(seen, form)
        meant: Modality = clause.said
        if meant == "fact" and form.weak and not clause.known:
            meant = "uncertain"
        for at, text in enumerate(form.points):
            role: Role = "at" if len(form.points) == 1 or "chain" in form.raw else ("from", "to")[min(at, 1)]
            mark = "" if "/" in text else "?" if doubted else "~" if rough else ""
            yield form, Point(text + mark, role, meant, rough or doubted, form.raw)


def _roughness(seen: str, form: Form) -> tuple[bool, bool]:
    """Whether "ca." stands before a form, and a question mark behind it."""
    before = fold(seen[max(0, form.start - 14) : form.start]).split()
    sign = seen[: form.start].rstrip()[-1:] in {"~", "≈", "±"}
    rough = sign or any(word in _phrases("rough") for word in before[-2:])
    return rough, bool(re.match(r"\s?\(?\?", seen[form.end :]))


def _with_roles(seen: str, found: list[tuple[Form, Point]]) -> tuple[Point, ...]:
    points: list[Point] = []
    last: Form | None = None
    for number, (form, point) in enumerate(found):
        following = found[number + 1][0] if number + 1 < len(found) else None
        made = point
        if point.role == "at" and form is not following and form is not last:
            made = replace(point, role=_role(seen, form, last, following))
        elif form.raw.count("/") > 1 and len(form.points) > 2:  # noqa: PLR2004 - several years, no span
            made = replace(point, role="at")
        if made.modality == "press" and made.role == "at" and points:
            made = replace(made, role=points[-1].role)
        if last and form is not last and _CHOICE.search(seen[last.end : form.start]):
            points[-1] = replace(points[-1], modality="uncertain")
            made = replace(made, modality="uncertain")
        points.append(made)
        last = form
    return _in_order(points)


def _role(seen: str, form: Form, last: Form | None, following: Form | None) -> Role:
    before = seen[last.end if last else 0 : form.start]
    after = seen[form.end : following.start if following else len(seen)]
    if last and _JOIN.fullmatch(before):
        return "to"
    if following and _JOIN.fullmatch(after):
        return "from"
    word = " " + fold(_CLAUSE.split(before)[-1])
    if any(word.endswith(f" {phrase}") for phrase in _phrases("to")) or (
        not last and _LEADING_DASH.search(before)
    ):
        return "to"
    starts = [phrase for phrase in _phrases("from") if word.endswith(f" {phrase}")]
    until = bool(following) and f" {fold(after)} ".count(" bis ") > 0
    if any(phrase != "von" or until for phrase in starts) or (until and word.endswith(" vom")):
        return "from"
    return "from" if (form.open_end and "+" not in form.raw) or _TRAILING_DASH.match(after) else "at"


def _in_order(points: list[Point]) -> tuple[Point, ...]:
    """Doubt every point where an end comes before its beginning."""
    for first, second in pairwise(points):
        if (first.role, second.role) == ("from", "to") and _backwards(first.text, second.text):
            return tuple(replace(point, modality="uncertain") for point in points)
    return tuple(points)


def _backwards(first: str, second: str) -> bool:
    begins, ends = parse_date(first).first, parse_date(second).last
    return begins is not None and ends is not None and ends < begins


def _left(seen: str, spans: list[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(seen[at:start])
        at = max(at, end)
    left = " ".join(" ".join([*kept, seen[at:]]).split())
    return re.sub(r"[(\[]\s*[:,;–-]?\s*[)\]]", "", left).strip(" ,;:-–—/")


def _open_end(seen: str, forms: list[Form]) -> bool:
    padded = f" {fold(seen)} "
    negated = " nicht " in padded and " nicht befristet " not in padded
    said = any(f" {phrase} " in padded for phrase in _phrases("open_end")) and not negated
    return said or any(form.open_end for form in forms) or bool(_UNTIL_NOW.search(seen))


def _cycle(seen: str) -> str:
    if found := _CYCLE.search(seen):
        return found[0]
    padded = f" {fold(seen)} "
    return next(
        (seen if padded == f" {word} " else word for word in _phrases("cycles") if f" {word} " in padded), ""
    )


def _question(seen: str, forms: list[Form], points: tuple[Point, ...], left: str) -> Text | None:
    doubtful = next((form for form in forms if form.doubt), None)
    uncertain = next((point for point in points if point.modality == "uncertain"), None)
    if doubtful:
        return _ask(doubtful.doubt, doubtful.raw)
    if uncertain:
        return _ask("uncertain", uncertain.raw)
    return _ask("unread", seen) if _DATELIKE.search(left) else None


def _ask(reason: str, raw: str) -> Text:
    asked = _DOUBTS[reason]
    return Text(asked.de.replace("{raw}", raw), asked.en.replace("{raw}", raw))
