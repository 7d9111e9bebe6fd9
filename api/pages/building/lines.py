"""One line of the builder: a trail of relations, how it is to hold, and the values, as far as somebody has chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Literal

from api.pages.building.ends import SHORT_LIST, is_numeric, meant, term_of, values
from api.pages.building.query import COMPARES, NEEDS_VALUE, Condition, Step, Tree
from api.pages.frame.names import shown_number
from api.wording.question_texts import QUESTION_TEXTS
from graph.dates import parse_date, shown_date
from graph.store.query.answer import Term, literal
from ontology.terms import SKOS, XSD
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from api.pages.building.ends import Value
    from api.pages.building.query import Mode
    from api.pages.building.stock import Trail
    from api.pages.frame.call import Call

#: What stands at the end of a trail: it decides how the trail can hold, the usual way first.
Sort = Literal["thing", "day", "number", "text"]
WAYS: dict[Sort, tuple[Mode, ...]] = {
    "thing": ("is", "not", "contains", "any", "none"),
    "day": ("from", "until", "after", "before", "is", "not", "any", "none"),
    "number": ("from", "until", "after", "before", "is", "not", "any", "none"),
    "text": ("contains", "is", "not", "any", "none"),
}
MOST_VALUES = 40
_MOST_DIGITS = 30
#: 1.000.000 as Germans write it.
_GROUPS = re.compile(r"-?\d{1,3}(?:\.\d{3})+")
#: Texts up to here are entries of a list, longer ones are read.
_LONGEST_ENTRY = 40


@dataclass(frozen=True, slots=True)
class Line:
    """What was chosen in a line and what it means: a condition, or why it is none yet.

    ``taken`` are the values that are clear, ``open`` those typed that mean several, ``problems`` why some count for nothing.
    """

    number: int
    trail: Trail
    sort: Sort
    mode: Mode
    typed: tuple[str, ...]
    known: tuple[Value, ...]
    condition: Condition | None = None
    taken: tuple[tuple[str, Text], ...] = ()
    open: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    problems: tuple[Text, ...] = ()

    @property
    def modes(self) -> tuple[Mode, ...]:
        """How the trail can hold."""
        return WAYS[self.sort]

    @property
    def is_list(self) -> bool:
        """Whether values are picked from those that occur."""
        return self.mode in {"is", "not"}

    @property
    def is_long(self) -> bool:
        """Whether there are so many values that one types to find them."""
        return len(self.known) > SHORT_LIST

    @property
    def needs_value(self) -> bool:
        """Whether this way of holding needs a value."""
        return self.mode in NEEDS_VALUE

    @property
    def text(self) -> str:
        """What stands in the field of a way that compares or looks into texts."""
        return self.typed[0] if self.typed else ""

    def mode_text(self, mode: Mode) -> Text:
        """Return what a way is called here: dates and numbers are compared in words of their own."""
        return QUESTION_TEXTS[_worded("mode", mode, self.sort)]

    def said(self) -> Text | None:
        """Return the condition in words."""
        if self.condition is None:
            return None
        words, relation = QUESTION_TEXTS[_worded("said", self.mode, self.sort)], self.trail.label
        either = QUESTION_TEXTS["builder.or"]
        de, en = (either[lang].join(text[lang] for _, text in self.taken) for lang in ("de", "en"))
        return Text(
            words.de.format(relation=relation.de, value=de), words.en.format(relation=relation.en, value=en)
        )


def _worded(part: str, mode: Mode, sort: Sort) -> str:
    number = ".number" if sort == "number" and mode in COMPARES else ""
    return f"builder.{part}.{mode}{number}"


def read_line(
    call: Call, class_: str, number: int, trail: Trail, mode: Mode | None, typed: Sequence[str]
) -> Line:
    """Return a line with what it means; a way that does not go with its values gives place to the usual one."""
    known = values(call, Tree(class_), trail)
    sort = _sort(trail, known)
    way = mode if mode in WAYS[sort] else WAYS[sort][0]
    line = Line(number, trail, sort, way, tuple(typed), known)
    if way not in NEEDS_VALUE:
        return replace(line, condition=Condition(trail.path, way))
    if not typed:
        return replace(line, problems=(QUESTION_TEXTS["builder.needs_value"],))
    if way == "contains":
        return _containing(line)
    return _picking(line) if line.is_list else _comparing(line)


def _sort(trail: Trail, known: tuple[Value, ...]) -> Sort:
    if trail.day_path:
        return "day"
    if trail.last.term.iri == SKOS.prefLabel:
        return "text"
    if is_numeric(known):
        return "number"
    if trail.last.leads or any(value.term.kind == "iri" for value in known):
        return "thing"
    short = all(len(value.text.de) <= _LONGEST_ENTRY for value in known)
    return "thing" if short and len(known) <= SHORT_LIST else "text"


def _containing(line: Line) -> Line:
    """Return a line that looks into texts, or into the names of the things at its end."""
    path = (*line.trail.path, Step(SKOS.prefLabel)) if line.trail.last.leads else line.trail.path
    texts = [_plain(typed) for typed in line.typed]
    condition = Condition(path, "contains", tuple(literal(text) for text in texts))
    return replace(line, condition=condition, taken=tuple((text, Text(text, text)) for text in texts))


def _picking(line: Line) -> Line:
    """Return a line with the values that what was picked or typed means."""
    terms: dict[Term, tuple[str, Text]] = {}
    several, problems = [], []
    for typed in line.typed:
        found = meant(line.known, typed)
        term = term_of(typed) if not found else None
        if len(found) == 1:
            terms[found[0].term] = (found[0].key, found[0].text)
        elif term is not None:
            terms[term] = (typed, Text(term.value, term.value))
        elif found:
            several.append((typed, found))
        else:
            problems.append(_with(typed, "builder.no_value"))
    condition = Condition(line.trail.path, line.mode, tuple(terms)) if terms else None
    return replace(
        line, condition=condition, taken=tuple(terms.values()), open=tuple(several), problems=tuple(problems)
    )


def _comparing(line: Line) -> Line:
    """Return a line that compares the one value typed."""
    text = _plain(line.text)
    term = _day(text, line.mode) if line.sort == "day" else _number(text)
    if term is None:
        return replace(line, problems=(_with(text, f"builder.no_{line.sort}"),))
    path = line.trail.day_path or line.trail.path
    value = shown_date(text) if line.sort == "day" else shown_number(term.value)
    return replace(line, condition=Condition(path, line.mode, (term,)), taken=((text, value),))


def _plain(typed: str) -> str:
    """Return what was typed; of a value that an address names in quotes, the text."""
    term = term_of(typed)
    return (term.value if term else typed).strip()


def _day(text: str, mode: Mode) -> Term | None:
    """Return the first or last day that a date can mean: before 2020 is before its first, after 2020 after its last."""
    try:
        rough = parse_date(text)
    except ValueError:
        return None
    day: date | None = rough.first if mode in {"from", "before"} else rough.last
    return literal(day.isoformat(), datatype=XSD.date) if day else None


def _number(text: str) -> Term | None:
    """Return the number that was typed, with a decimal comma or point, also in groups as Germans write them."""
    grouped = _GROUPS.fullmatch(text) is not None
    plain = text.replace(".", "") if "," in text or grouped else text
    try:
        value = Decimal(plain.replace(",", ".").replace("\N{NO-BREAK SPACE}", "").replace(" ", ""))
    except InvalidOperation:
        return None
    if not value.is_finite() or len(text) > _MOST_DIGITS:
        return None
    return literal(f"{value:f}", datatype=XSD.decimal)


def _with(typed: str, key: str) -> Text:
    words = QUESTION_TEXTS[key]
    return Text(words.de.format(typed=typed), words.en.format(typed=typed))


def conditions_of(lines: Iterable[Line], without: Line | None = None) -> tuple[Condition, ...]:
    """Return the conditions of lines, of all or of all but one."""
    return tuple(line.condition for line in lines if line.condition and line is not without)
