"""What a band over entries says about them: a lead where the sheet says so, a question where it only may."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.errors import Text
from graph.intake.sheets.layout.header import meaning
from graph.intake.sheets.layout.lines import Line
from graph.intake.sheets.layout.marks import is_unit_name
from graph.intake.sheets.layout.tables import Table
from graph.intake.sheets.records.log import Log
from graph.intake.sheets.review import Record, Where
from graph.intake.sheets.wording.departments.units import Units

_SURE = 0.5
_LEAD = "lead_department"
_ABOVE_UNITS = re.compile(r"(?:dezernat|dez\.?|geschäftsbereich|gb|directorate)\b", re.IGNORECASE)

Entry = tuple[Line, Record]


def read_bands(table: Table, lines: Iterable[Line], entries: list[Entry], units: Units, log: Log) -> None:
    """Give entries the lead that the band over them names.

    A band leads where it says so itself ("Federführung: FB 45"), or where the table has no column for the lead and each of its
    bands (two at least) names a department. A single department among other bands is asked about; where a column names
    leads, an empty cell stays empty.
    """
    bands = {line.text: line.row for line in lines if line.role == "band"}
    by_grouping = (
        table.column(_LEAD) is None and len(bands) > 1 and all(_names_unit(text, units) for text in bands)
    )
    for text, row in bands.items():
        below = [record for line, record in entries if line.band == text and not record.text(_LEAD)]
        said = _said_lead(text)
        if said or (by_grouping and below):
            _lead(below, said or text, units)
        elif below and table.column(_LEAD) is None and _names_unit(text, units):
            _ask(below, text, Where.at(table.grid.name, row), units, log)


def _said_lead(text: str) -> str:
    """Return what a band names after saying that it leads.

    >>> _said_lead("Federführung: FB 45"), _said_lead("Bildung: Schule")
    ('FB 45', '')
    """
    before, colon, after = text.partition(":")
    found = meaning(before.strip(), "plans") if colon else None
    return after.strip() if found and found.field == _LEAD else ""


def _names_unit(text: str, units: Units) -> bool:
    if _ABOVE_UNITS.match(text):
        return False
    found = units.find(text)
    return bool(found.id and found.certainty >= _SURE) or is_unit_name(text)


def _lead(records: Iterable[Record], text: str, units: Units) -> None:
    found = units.find(text)
    if found.certainty < _SURE or not found.label:
        return
    for record in records:
        record.values[_LEAD] = found.label
        record.modalities[_LEAD] = "band"
        if found.id:
            record.values[f"{_LEAD}_id"] = found.id


def _ask(records: list[Record], text: str, where: Where, units: Units, log: Log) -> None:
    sentence = Text(
        f"Über {len(records)} Einträgen ohne Federführung steht „{text}“. Ist das ihre Federführung?",
        f"“{text}” stands over {len(records)} entries without a lead. Is it their lead?",
    )
    if log.ask("band", (text,), sentence, where, units.find(text).label or text, ("yes", "no")) not in {
        None,
        "no",
    }:
        _lead(records, text, units)
