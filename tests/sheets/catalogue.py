"""All workbooks: who wrote them, and with which program they were saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.sheets.city import City, aachen
from tests.sheets.desk import Desk
from tests.sheets.offices import (
    any_office,
    chains,
    dates,
    departments,
    doubles,
    empties,
    exports,
    factsheets,
    habits,
    overview,
    wide,
)
from tests.sheets.truth import Truth
from tests.sheets.writers import save_open_document, save_other_workbook, save_text, save_workbook

Writer = Callable[[Desk, Path], Path]

WORKBOOKS: dict[str, tuple[Callable[[City], Desk], Writer]] = {
    "grown overview": (overview.grown_overview, save_workbook),
    "plans as columns": (factsheets.plans_as_columns, save_other_workbook),
    "a sheet for each plan": (factsheets.a_sheet_for_each, save_workbook),
    "blocks below each other": (factsheets.blocks_below_each_other, save_workbook),
    "old register": (exports.old_register, partial(save_text, encoding="cp1252", delimiter=";")),
    "business tabs": (exports.business_tabs, partial(save_text, encoding="utf-8-sig", delimiter="\t")),
    "region with commas": (
        exports.region_commas,
        partial(save_text, encoding="utf-8", delimiter=",", ends="\n"),
    ),
    "culture document": (exports.culture_document, save_open_document),
    "a sheet for each department": (departments.a_sheet_for_each_department, save_workbook),
    "departments in every spelling": (departments.departments_in_every_spelling, save_workbook),
    "goals in rows": (chains.goals_in_rows, save_workbook),
    "two tables on a sheet": (chains.two_tables_on_a_sheet, save_workbook),
    "printed pages": (chains.printed_pages, save_other_workbook),
    "mixed languages": (chains.mixed_languages, save_workbook),
    "dates of every kind": (dates.dates_of_every_kind, save_workbook),
    "twins and editions": (doubles.twins_and_editions, save_workbook),
    "only abbreviations": (doubles.only_abbreviations, save_other_workbook),
    "three kinds of empty": (empties.three_kinds_of_empty, save_workbook),
    "traps for invention": (empties.traps_for_invention, save_workbook),
    "formulas and choices": (empties.formulas_and_choices, save_other_workbook),
    "numbered columns": (habits.numbered_columns, save_workbook),
    "matrix of departments": (habits.matrix_of_departments, save_workbook),
    "bands name departments": (habits.bands_name_departments, save_workbook),
    "unicode text": (habits.unicode_text, partial(save_text, encoding="utf-16", delimiter="\t")),
    "corrected by hand": (habits.corrected_by_hand, save_workbook),
    "sheets by year": (habits.sheets_by_year, save_other_workbook),
    "departments above columns": (wide.departments_above_columns, save_workbook),
    "rows that go on": (wide.rows_that_go_on, save_other_workbook),
    "budget": (empties.budget, save_workbook),
    "contacts": (empties.contacts, save_other_workbook),
}


def write(name: str, folder: Path) -> tuple[Path, Truth]:
    """Write a workbook into a folder; give its path and its truth."""
    office, save = WORKBOOKS[name]
    desk = office(aachen())
    return save(desk, folder), desk.settled()


def write_any(seed: int, folder: Path) -> tuple[Path, Truth]:
    """Write the workbook of an office drawn by lot; one in three comes as text, one in seven as an open document."""
    kind = "ods" if seed % 7 == 0 else "csv" if seed % 3 == 0 else "xlsx"
    desk = any_office.any_office(aachen(), seed, as_text=kind != "xlsx")
    save: Writer = save_other_workbook if seed % 2 else save_workbook
    if kind == "ods":
        save = save_open_document
    elif kind == "csv" and not any(page.merges for page in desk.pages):
        save = partial(
            save_text,
            encoding=("cp1252", "utf-8-sig", "utf-8")[seed // 3 % 3],
            delimiter=";\t,"[seed // 9 % 3],
        )
    else:
        kind = "xlsx"
    desk.called(desk.name.replace("xlsx", kind))
    return save(desk, folder), desk.settled()
