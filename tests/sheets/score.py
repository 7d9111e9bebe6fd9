"""How well a report tells what a workbook says: found, missed, invented, explained."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.sheets.truth import Asked, Expected, Place, Truth, Twins, Ways

Report = dict[str, Any]
Record = dict[str, Any]
DATES = ("valid_from", "valid_to", "decided_on")


@dataclass
class Score:
    """What a report found and what it made up; every list names what went wrong."""

    plans: int = 0
    missed: list[str] = field(default_factory=list)
    junk: list[str] = field(default_factory=list)
    leads: int = 0
    wrong_leads: list[str] = field(default_factory=list)
    invented_leads: list[str] = field(default_factory=list)
    dates: int = 0
    missed_dates: list[str] = field(default_factory=list)
    invented_dates: list[str] = field(default_factory=list)
    rows: int = 0
    unexplained: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)
    untold_twins: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    values: int = 0
    wrong_values: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)

    @property
    def found_share(self) -> float:
        """Return the share of plans found."""
        return _share(self.plans, self.missed)

    @property
    def lead_share(self) -> float:
        """Return the share of named leads that are right."""
        return _share(self.leads, self.wrong_leads)

    @property
    def date_share(self) -> float:
        """Return the share of dates that were taken over."""
        return _share(self.dates, self.missed_dates)

    @property
    def class_share(self) -> float:
        """Return the share of rows with a fitting class."""
        return _share(self.rows, self.misread)

    @property
    def value_share(self) -> float:
        """Return the share of lists and words that are right."""
        return _share(self.values, self.wrong_values)


def _share(all_of_them: int, failed: list[str]) -> float:
    return 1.0 - len(failed) / all_of_them if all_of_them else 1.0


def folded(text: object) -> str:
    """Fold white space and composed letters, and nothing else."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(text or ""))).strip()


def loosely(text: object) -> str:
    """Fold a department further: case, and spaces within codes."""
    return folded(text).casefold().replace(" ", "")


def score(report: Report, truth: Truth) -> Score:
    """Compare a report with the truth; a text with delimiters is one sheet, whatever it is called."""
    found = Score()
    if truth.name.endswith(".csv"):
        report = _of_one_sheet(report, next(iter(truth.rows)).sheet)
    records = list(report["records"]["plans"])
    for expected in truth.plans:
        record = _take(records, expected)
        if record is not None:
            _compare(record, expected, truth, found)
        elif expected.needed:
            found.missed.append(f"{_at(expected.place)}: {expected.title[0]}")
            _nothing_right(expected, found)
        found.plans += expected.needed
    found.junk = [f"{record.get('where')}: {record['title']}" for record in records]
    _rows(report, truth, found)
    found.untold_twins = [_pair(twins) for twins in truth.twins if not _told(twins, report, truth)]
    found.unasked = [f"{asked.why}: {asked.shows}" for asked in truth.asked if not _asked(asked, report)]
    return found


def _of_one_sheet(report: Report, name: str) -> Report:
    """Call the only sheet of a report by a name."""

    def named(part: Any) -> Any:
        if isinstance(part, list):
            return [named(one) for one in part]
        if not isinstance(part, dict):
            return part
        return {key: name if key == "sheet" else named(value) for key, value in part.items()}

    assert len({row["sheet"] for row in report["rows"]}) == 1
    return {key: named(part) for key, part in report.items()}


def _at(place: Place) -> str:
    return f"{place.sheet}!{place.row}"


def _take(records: list[Record], expected: Expected) -> Record | None:
    """Take the record of a plan out of the list: the one of its own row first."""
    titles = {folded(title) for title in expected.title}
    fitting = [record for record in records if folded(record["title"]) in titles]
    fitting.sort(key=lambda record: _place(record.get("where")) != expected.place)
    if fitting:
        records.remove(fitting[0])
        return fitting[0]
    return None


def _place(where: Any) -> Place | None:
    return (
        Place(str(where["sheet"]), int(where["row"]))
        if isinstance(where, dict) and where.get("row")
        else None
    )


def _nothing_right(expected: Expected, found: Score) -> None:
    """A plan that is missed has no right lead and no dates."""
    if expected.lead and not expected.lead_may_stay_empty:
        found.leads += 1
        found.wrong_leads.append(f"{expected.title[0]}: missed")


def _compare(record: Record, expected: Expected, truth: Truth, found: Score) -> None:
    _lead(record, expected, truth, found)
    for name in DATES:
        _date(name, record, expected, found)
    for name in ("target_groups", "goals"):
        _list(name, record, expected, found)
    for name in ("legal_basis", "status"):
        allowed = getattr(expected, name)
        if allowed is not None:
            _value(name, folded(record.get(name)), tuple(map(folded, allowed)), expected, found)
    there = _place(record.get("where"))
    if expected.needed and expected.row_is_exact and there != expected.place:
        found.misplaced.append(f"{expected.title[0]}: {record.get('where')} is not {_at(expected.place)}")


def _lead(record: Record, expected: Expected, truth: Truth, found: Score) -> None:
    lead = record.get("lead_department") or ""
    told = f"{_at(expected.place)} {expected.title[0]}: {lead!r}, not {expected.lead[:2]}"
    person = any(loosely(name) in loosely(lead) for name in truth.never_leads)
    if lead and (person or (not expected.lead and not expected.lead_may_stay_empty)):
        found.invented_leads.append(told)
    if not expected.lead or (not lead and expected.lead_may_stay_empty):
        return
    found.leads += 1
    known = record.get("lead_department_id") or ""
    if not {loosely(lead), loosely(known)} & {loosely(way) for way in expected.lead} - {""}:
        found.wrong_leads.append(told)


def _date(name: str, record: Record, expected: Expected, found: Score) -> None:
    allowed: Ways = getattr(expected, name)
    given = record.get(name) or ""
    told = f"{_at(expected.place)} {expected.title[0]}: {name} {given!r}, not {allowed}"
    found.dates += "" not in allowed
    for value in given if isinstance(given, list) else [given]:
        if value and value not in allowed:
            found.invented_dates.append(told)
    if "" not in allowed and given not in allowed:
        found.missed_dates.append(told)


def _list(name: str, record: Record, expected: Expected, found: Score) -> None:
    wanted = getattr(expected, name)
    if wanted is not None:
        given = record.get(name) or []
        items = [given] if isinstance(given, str) else [_title(item) for item in given]
        parts = finest if name == "target_groups" else list
        _value(name, _sorted(parts(items)), (_sorted(parts(wanted)),), expected, found)


def finest(groups: Iterable[str]) -> set[str]:
    """Split groups at commas and "und": whether "Jugendliche und junge Menschen" are one group or two is left open."""
    return {part for group in groups for part in re.split(r", | und ", folded(group))}


def _sorted(items: Iterable[str]) -> str:
    return "; ".join(sorted(map(folded, items)))


def _title(item: Any) -> str:
    return str(item.get("title", item.get("text", ""))) if isinstance(item, dict) else str(item)


def _value(name: str, given: str, allowed: Ways, expected: Expected, found: Score) -> None:
    found.values += 1
    if given not in allowed:
        found.wrong_values.append(
            f"{_at(expected.place)} {expected.title[0]}: {name} {given!r}, not {allowed}"
        )


def _rows(report: Report, truth: Truth, found: Score) -> None:
    told = {Place(str(row["sheet"]), int(row["row"])): row for row in report["rows"]}
    for place, allowed in truth.rows.items():
        row = told.get(place)
        found.rows += 1
        if row is None or not _explained(row):
            found.unexplained.append(_at(place))
        if row is not None and row["class"] not in allowed:
            found.misread.append(f"{_at(place)}: {row['class']}, not {'|'.join(sorted(allowed))}")


def _explained(row: Record) -> bool:
    why = row.get("why") or ""
    return bool(why.get("de") and why.get("en")) if isinstance(why, dict) else bool(why)


def _pair(twins: Twins) -> str:
    return f"{twins.kind}: {_at(twins.first)} and {_at(twins.second)}"


def _told(twins: Twins, report: Report, truth: Truth) -> bool:
    """Exact twins stand among the duplicates; near ones there or among the questions; both rows or titles are named."""
    entries = list(report.get("duplicates", []))
    if twins.kind == "near":
        entries += report.get("questions", [])
    return any(_names(entry, twins.first, truth) and _names(entry, twins.second, truth) for entry in entries)


def _names(entry: Any, place: Place, truth: Truth) -> bool:
    if place in set(_places(entry)):
        return True
    titles = [folded(title) for plan in truth.plans if plan.place == place for title in plan.title]
    texts = [folded(text) for text in _texts(entry)]
    return any(title in text for title in titles for text in texts)


def _places(entry: Any) -> Iterator[Place]:
    for part in _parts(entry):
        if isinstance(part, dict) and "sheet" in part and part.get("row"):
            yield Place(str(part["sheet"]), int(part["row"]))


def _texts(entry: Any) -> Iterator[str]:
    return (part for part in _parts(entry) if isinstance(part, str))


def _parts(entry: Any) -> Iterator[Any]:
    yield entry
    if isinstance(entry, dict | list):
        for part in entry.values() if isinstance(entry, dict) else entry:
            yield from _parts(part)


def _asked(asked: Asked, report: Report) -> bool:
    """A question or a problem that shows what is unclear."""
    said = [*report.get("questions", []), *report.get("problems", [])]
    return any(folded(asked.shows) in folded(json.dumps(one, ensure_ascii=False)) for one in said)
