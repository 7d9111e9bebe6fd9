"""What a heading leaves open, its cells tell: "Stand" above dates is a date, "Beschluss" above committees names who decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from graph.errors import Text
from graph.intake.sheets.wording.cycles import read_cycle
from graph.intake.sheets.wording.dates.when import read_when
from graph.intake.sheets.wording.decision import read_decision
from graph.intake.sheets.wording.departments.mentions import looks_like_unit
from graph.intake.sheets.wording.departments.units import Units
from graph.intake.sheets.wording.empties import empty_kind
from graph.intake.sheets.wording.folding import clean, fold
from graph.intake.sheets.wording.headings import SURE, Heading

_MOST = 0.7
_SAMPLE = 200


def by_cells(heading: Heading, cells: Iterable[str]) -> Heading:
    """Return a heading with the field that most of its filled cells speak for; unchanged where they do not.

    >>> from graph.intake.sheets.wording.headings import meaning_of
    >>> by_cells(meaning_of("Stand", "plans"), ["12.3.2024", "04/2023"]).field
    'confirmed_on'
    """
    rule = _RULES.get(heading.field)
    filled = [cell for cell in map(clean, cells) if cell and not empty_kind(cell)][:_SAMPLE]
    if heading.table != "plans" or rule is None or not filled:
        return heading
    field, tells = rule
    if sum(map(tells, filled)) < _MOST * len(filled):
        return heading
    return replace(heading, field=field, certainty=SURE * _MOST, why=_because(heading))


def _because(heading: Heading) -> Text:
    return Text(
        heading.why.de + " Die Zellen darunter zeigen, was gemeint ist.",
        heading.why.en + " The cells below show what is meant.",
    )


def _is_a_date(cell: str) -> bool:
    """Whether a cell is a date and nothing else but "Stand"."""
    when = read_when(cell)
    return len(when.points) == 1 and fold(when.rest) in {"", "stand", "am", "vom", "ca"}


def _is_a_body(cell: str) -> bool:
    return bool(read_decision(cell).by) and not read_when(cell).points


def _is_a_cycle(cell: str) -> bool:
    when = read_when(cell)
    return not when.points and (bool(when.cycle) or read_cycle(cell).kind is not None)


def _is_a_person(cell: str) -> bool:
    match = _nobody_known().find(cell)
    return match.marker == "person" or (
        bool(match.question) and not match.others and not looks_like_unit(cell)
    )


@cache
def _nobody_known() -> Units:
    return Units()


_RULES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "status": ("confirmed_on", _is_a_date),
    "decided_on": ("decided_by", _is_a_body),
    "next_revision": ("cycle", _is_a_cycle),
    "lead_department": ("contact", _is_a_person),
}
