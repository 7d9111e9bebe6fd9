"""Read one cell by the kind of its field: a unit, a date, a period, a list, a status, or plain words."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.errors import Text
from graph.intake.sheets.book import Cell
from graph.intake.sheets.records.log import Log
from graph.intake.sheets.review import LIST_FIELDS, Record, Spot
from graph.intake.sheets.wording.dates.period import read_period
from graph.intake.sheets.wording.dates.when import Modality, Point, When, read_when
from graph.intake.sheets.wording.departments.matches import UnitMatch
from graph.intake.sheets.wording.departments.units import Units
from graph.intake.sheets.wording.empties import empty_kind
from graph.intake.sheets.wording.folding import clean, compact
from graph.intake.sheets.wording.lists import split_list
from graph.intake.sheets.wording.statuses import status_of
from graph.intake.sheets.wording.titles import titled

LEADS = frozenset({"lead_department", "responsible", "department"})
MANY_UNITS = frozenset({"participating"})
DATES = frozenset(
    {
        "valid_from",
        "valid_to",
        "decided_on",
        "planned_on",
        "confirmed_on",
        "next_revision",
        "deadline",
        "since",
        "until",
        "as_of",
    }
)
_PRIVATE = frozenset({"contact"})
_SCHEMES = {"plans": "plan-status", "measures": "measure-status", "instruments": "instrument-status"}
_LEADING_MARKS = frozenset({"f", "ff", "federführend", "federführung", "lead", "l"})
_TAKING_PART_MARKS = frozenset({"b", "m", "beteiligt", "beteiligung", "mitwirkung", "bet"})
_LONGEST_EMPTY = 40
_SURE_UNIT, _SURE_STATUS = 0.5, 0.7
_BULLET = re.compile(r"^[-–•‣▪○*→>]+\s+(?=\S)")
_MARKS = re.compile(r"(?<=\S)\s*(?:\*+\)?|[¹²³⁴-⁹]+\)?)$")


def plain_title(text: str) -> str:
    """Return a title in one line, without marks that point to a footnote.

    >>> plain_title("Sozialentwicklungsplan  (SEP) *")
    'Sozialentwicklungsplan (SEP)'
    """
    return _BULLET.sub("", _MARKS.sub("", " ".join(clean(text).split())))


class Cells:
    """Reads cells into records; what is not certain becomes a question. ``legend`` are names that a legend explains."""

    def __init__(self, units: Units, log: Log, legend: frozenset[str] = frozenset()) -> None:
        self.units = units
        self.log = log
        self.legend = legend
        self._cleaned: dict[str, str] = {}
        self._lists: dict[tuple[str, str], list[str]] = {}
        self._unit_lists: dict[str, tuple[UnitMatch, ...]] = {}

    def read(self, record: Record, field: str, cell: Cell, where: Spot) -> None:
        """Add what a cell says to a record; a cell that says that there is nothing says which kind of nothing."""
        if not field or field in _PRIVATE:
            return
        text = self._clean(cell.text)
        if field == "title":
            self._title(record, text)
            return
        empty = empty_kind(text) if _may_be_empty(text) else None
        if empty:
            record.empties.setdefault(field, empty)
        elif field in LEADS:
            self._unit(record, field, text, where)
        elif field in MANY_UNITS:
            self._units(record, field, text, where)
        elif field == "period":
            self._period(record, text, where)
        elif field in DATES:
            self._date(record, field, cell, where)
        elif field in LIST_FIELDS:
            _add(record, field, self._split(text, field))
        elif field == "status":
            self._status(record, text, where)
        else:
            self._words(record, field, " ".join(text.split()) if field != "note" else text)

    def _clean(self, text: str) -> str:
        """Return the text cleaned; each different text of a workbook is cleaned once."""
        if text.isascii() and text.isalnum():
            return text
        found = self._cleaned.get(text)
        if found is None:
            found = self._cleaned[text] = clean(text)
        return found

    def _split(self, text: str, field: str) -> list[str]:
        found = self._lists.get((text, field))
        if found is None:
            parts = (
                part
                for part in split_list(text, field)
                if len(part) >= _LONGEST_EMPTY or not empty_kind(part)
            )
            found = self._lists[text, field] = list(parts)
        return found

    def _all_units(self, text: str) -> tuple[UnitMatch, ...]:
        found = self._unit_lists.get(text)
        if found is None:
            found = self._unit_lists[text] = self.units.find_all(text)
        return found

    def read_mark(self, record: Record, unit: str, cell: Cell) -> None:
        """Add what a mark in the column of a unit says: F leads, B takes part; other marks are only kept."""
        mark = clean(cell.text).casefold().rstrip(".")
        if mark in _LEADING_MARKS:
            self._set_unit(
                record,
                "lead_department",
                self.units.find(unit),
                (record.where.sheet, record.where.row or 1, None),
            )
        elif mark in _TAKING_PART_MARKS:
            _add(record, "participating", [unit])

    def _title(self, record: Record, text: str) -> None:
        record.values["title"] = _BULLET.sub("", _MARKS.sub("", " ".join(text.split())))
        short = titled(text).abbreviation if "(" in text else ""
        if short and record.kind == "plans":
            record.values.setdefault("abbreviation", short)

    def _words(self, record: Record, field: str, text: str) -> None:
        held = record.text(field)
        if field in {"note", "source", "summary", "legal_basis"} and held and text not in held:
            record.values[field] = f"{held}; {text}"
        elif field == "abbreviation" or not held:
            record.values[field] = text
        elif held != text:
            _differ(record, field, held, text)

    def _status(self, record: Record, text: str, where: Spot) -> None:
        found = status_of(text, _SCHEMES.get(record.kind, "plan-status"))
        known = found.code is not None and found.certainty >= _SURE_STATUS
        if not known and text[0].isdigit():
            return
        record.values["status"] = found.notation if known and found.notation else found.label
        if found.question and not known:
            answer = self.log.ask("status", (text,), found.question, where, found.notation)
            if answer:
                record.values["status"] = answer

    def _unit(self, record: Record, field: str, text: str, where: Spot) -> None:
        found = self._find(text)
        self._say_left_out(found, where)
        beside = [unit.label for unit in found.others if unit.label]
        if found.question is not None and (found.certainty < _SURE_UNIT or found.id is None):
            names = [name for name in (found.label, *beside) if name]
            answer = self.log.ask(
                "unit", (text,), found.question, where, found.label, (*found.candidates, *names)
            )
            if answer:
                found = replace(self.units.find(answer), others=found.others)
            elif len(names) > 1 and found.certainty < _SURE_UNIT:
                _differ(record, field, *names)
        if found.marker == "empty":
            record.empties.setdefault(field, "unknown")
            return
        if found.certainty < _SURE_UNIT or not found.label or found.marker:
            return
        self._set_unit(record, field, found, where)
        if beside and record.kind in {"plans", "measures"}:
            _add(record, "participating", beside)

    def _find(self, text: str) -> UnitMatch:
        """Return the unit that a cell names; a whole name of a legend is one unit, whatever words it joins."""
        found = self.units.find(text)
        if found.certainty < _SURE_UNIT and not found.marker and compact(text) in self.legend:
            return UnitMatch(" ".join(text.split()), certainty=1.0)
        return found

    def _set_unit(self, record: Record, field: str, found: UnitMatch, where: Spot) -> None:
        held = record.text(field)
        if held and held != found.label and record.text(f"{field}_id") != (found.id or ""):
            _differ(record, field, held, found.label)
            record.values.pop(field)
            record.values.pop(f"{field}_id", None)
            text = Text(
                f"Hier stehen zwei Stellen: „{held}“ und „{found.label}“. Wer ist federführend?",
                f"Two units are named here: “{held}” and “{found.label}”. Which one leads?",
            )
            answer = self.log.ask(
                "unit",
                (field, record.text("title"), held, found.label),
                text,
                where,
                held,
                (held, found.label),
            )
            if answer:
                record.values[field] = answer
            return
        record.values[field] = found.label
        if found.id:
            record.values[f"{field}_id"] = found.id

    def _units(self, record: Record, field: str, text: str, where: Spot) -> None:
        for found in self._all_units(text):
            self._say_left_out(found, where)
            if found.label and found.marker in {"", "everyone", "external"}:
                _add(record, field, [found.label])

    def _say_left_out(self, found: UnitMatch, where: Spot) -> None:
        if found.left_out:
            text = Text(
                "Der Name einer Person wurde nicht übernommen; es zählt die Organisationseinheit.",
                "The name of a person was not taken in; what counts is the unit.",
            )
            self.log.say("info", "person-left-out", text, where)

    def _period(self, record: Record, text: str, where: Spot) -> None:
        period = read_period(text)
        if period.question is not None:
            self.log.ask("date", ("period", text), period.question, where)
        ends: tuple[tuple[str, str, Modality], ...] = (
            ("valid_from", period.valid_from, period.from_modality),
            ("valid_to", period.valid_to, period.to_modality),
        )
        for field, value, modality in ends:
            if value:
                self._set_date(record, field, value, modality, where)
        if period.open_end:
            record.values["open_end"] = "ja"
        for point in period.others:
            self._beside(
                record, {"from": "valid_from", "to": "valid_to"}.get(point.role, "period"), point, where
            )

    def _date(self, record: Record, field: str, cell: Cell, where: Spot) -> None:
        found = read_when(cell.text, "date" if cell.kind == "date" else "text")
        if found.question is not None:
            self.log.ask("date", (field, clean(cell.text)), found.question, where)
        if _has_both_ends(field, found):
            self._period(record, clean(cell.text), where)
            return
        if found.open_end and field == "valid_to":
            record.values["open_end"] = "ja"
        if found.cycle:
            record.values.setdefault("cycle", found.cycle)
        for point in found.points:
            target = "valid_from" if field == "valid_to" and point.role == "from" else field
            self._point(record, target, _begun(record, point) if target == "valid_from" else point, where)

    def _point(self, record: Record, field: str, point: Point, where: Spot) -> None:
        if field == "decided_on" and point.modality == "planned":
            field = "planned_on"
        if point.modality not in {"fact", "planned"}:
            self._beside(record, field, point, where)
            return
        self._set_date(record, field, point.text, point.modality, where)

    def _set_date(self, record: Record, field: str, value: str, modality: Modality, where: Spot) -> None:
        held = record.text(field)
        if held and held != value:
            self._two_values(record, field, held, value, where)
            return
        record.values[field] = value
        if modality != "fact":
            record.modalities[field] = modality

    def _beside(self, record: Record, field: str, point: Point, where: Spot) -> None:
        held = record.text(field)
        _differ(record, field, *([held] if held else []), point.text)
        record.modalities.setdefault(f"{field}:{point.text}", point.modality)
        text = Text(
            f"Neben der ersten Angabe steht „{point.raw or point.text}“; beide bleiben stehen, übernommen wird nur die erste.",
            f"Beside the first value there is “{point.raw or point.text}”; both are kept, only the first is taken in.",
        )
        self.log.say("info", "two-values", text, where)

    def _two_values(self, record: Record, field: str, held: str, value: str, where: Spot) -> None:
        if value in record.differing.get(field, ()):
            return
        _differ(record, field, held, value)
        text = Text(
            f"Hier stehen zwei Daten: {held} und {value}. Welches gilt?",
            f"Two dates are given here: {held} and {value}. Which one holds?",
        )
        answer = self.log.ask(
            "date", (field, record.text("title"), held, value), text, where, held, (held, value)
        )
        if answer:
            record.values[field] = answer


def _begun(record: Record, point: Point) -> Point:
    """Return when a period begins that goes on without end: "2030+" under "von" begins in 2030."""
    first, _, end = point.text.partition("/")
    if end != "..":
        return point
    record.values["open_end"] = "ja"
    return replace(point, text=first)


def _may_be_empty(text: str) -> bool:
    """Whether a text is worth asking whether it says that there is nothing: short, and no figure at either end."""
    return 0 < len(text) < _LONGEST_EMPTY and not text[0].isdigit() and not text[-1].isdigit()


def _has_both_ends(field: str, found: When) -> bool:
    """Whether a cell for one end of the period gives the other too."""
    roles = {point.role for point in found.points}
    return "to" in roles and (field == "valid_from" or (field == "valid_to" and "from" in roles))


def _add(record: Record, field: str, items: list[str]) -> None:
    held = record.items(field)
    joined = list(dict.fromkeys([*held, *items]))
    if joined:
        record.values[field] = joined


def _differ(record: Record, field: str, *texts: str) -> None:
    held = record.differing.setdefault(field, [])
    held.extend(text for text in dict.fromkeys(texts) if text not in held)
