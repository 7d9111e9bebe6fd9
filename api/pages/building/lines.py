"""One line of the builder: a relation, how it is to hold, and the value, as far as somebody has chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from api.pages.building.query import NEEDS_VALUE, Condition, Step
from api.pages.building.stock import is_numeric, meant, term_of, values
from api.wording.question_texts import QUESTION_TEXTS
from graph.dates import parse_date, shown_date
from graph.store.query.answer import Term, literal
from ontology.terms import XSD
from ontology.text import Text

if TYPE_CHECKING:
    from api.pages.building.query import Mode
    from api.pages.building.stock import ClassChoice, Relation, Value
    from api.pages.frame.call import Call

_PLAIN: tuple[Mode, ...] = ("is", "not", "any", "none")
_COMPARED: tuple[Mode, ...] = ("from", "until")
_MOST_DIGITS = 30
SHORT_LIST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """What was chosen in a line, what can be chosen, and what it means: a condition, or why it is none yet."""

    number: int
    relation: Relation
    mode: Mode
    typed: str
    options: tuple[Value, ...]
    compared: str
    condition: Condition | None = None
    value: Text | None = None
    several: tuple[Value, ...] = ()
    problem: Text | None = None

    @property
    def modes(self) -> tuple[Mode, ...]:
        """How the relation can hold."""
        return _PLAIN + (_COMPARED if self.compared else ())

    @property
    def is_long(self) -> bool:
        """Whether the value is typed, not picked from a short list."""
        return len(self.options) > SHORT_LIST or self.mode in _COMPARED

    @property
    def needs_value(self) -> bool:
        """Whether this way of holding needs a value."""
        return self.mode in NEEDS_VALUE

    @property
    def shown(self) -> str:
        """What stands in the field."""
        return self.value.de if self.value and self.is_long else self.typed

    def said(self) -> Text | None:
        """Return the condition in words."""
        if self.condition is None:
            return None
        words, relation = QUESTION_TEXTS[f"builder.said.{self.mode}"], self.relation.label
        value = self.value or Text("", "")
        return Text(
            words.de.format(relation=relation.de, value=value.de),
            words.en.format(relation=relation.en, value=value.en),
        )


def read_line(
    call: Call, chosen: ClassChoice, number: int, relation: Relation, mode: Mode, typed: str
) -> Line:
    """Return a line with what it means; what cannot be compared is looked for as it stands."""
    options = values(call, chosen, relation)
    compared = "day" if relation.day else "number" if is_numeric(options) else ""
    if mode in _COMPARED and not compared:
        mode = "is"  # another relation was chosen meanwhile

    def line(condition: Condition | None = None, value: Text | None = None, **more: object) -> Line:
        return Line(number, relation, mode, typed, options, compared, condition, value, **more)  # type: ignore[arg-type]

    if mode not in NEEDS_VALUE:
        return line(Condition(relation.step, mode))
    if not typed:
        return line(problem=QUESTION_TEXTS["builder.needs_value"])
    if mode in _COMPARED:
        return _compared_line(line, relation, mode, typed, compared)
    found = meant(options, typed)
    if len(found) == 1:
        return line(Condition(relation.step, mode, found[0].term), found[0].text)
    term = term_of(typed)
    if term is not None and not found:
        return line(Condition(relation.step, mode, term), Text(term.value, term.value))
    return line(several=found) if found else line(problem=_with(typed, "builder.no_value"))


def _compared_line(line: object, relation: Relation, mode: Mode, typed: str, compared: str) -> Line:
    assert callable(line)
    plain = term_of(typed)
    text = (plain.value if plain else typed).strip()
    term = _day(text, mode) if compared == "day" else _number(text)
    if term is None:
        made: Line = line(problem=_with(typed, f"builder.no_{compared}"))
        return made
    step = Step(relation.day) if relation.day else relation.step
    value = shown_date(text) if compared == "day" else Text(text, text)
    found: Line = line(Condition(step, mode, term), value)
    return found


def _day(text: str, mode: Mode) -> Term | None:
    """Return the first or last day that a date can mean."""
    try:
        rough = parse_date(text)
    except ValueError:
        return None
    day: date | None = rough.first if mode == "from" else rough.last
    return literal(day.isoformat(), datatype=XSD.date) if day else None


def _number(text: str) -> Term | None:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    if not value.is_finite() or len(text) > _MOST_DIGITS:
        return None
    return literal(f"{value:f}", datatype=XSD.decimal)


def _with(typed: str, key: str) -> Text:
    words = QUESTION_TEXTS[key]
    return Text(words.de.format(typed=typed), words.en.format(typed=typed))
