"""What holds for every sheet, however it is filled: rows explained once, nothing invented, order and gaps without effect."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.intake.sheets.book import Area, Cell, Sheet
from graph.intake.sheets.review import LIST_FIELDS, Review
from graph.intake.sheets.wording.folding import compact, fold
from tests.grids import review

TITLES = [
    "Sozialplan",
    "Schulentwicklungsplan (SEP)",
    "Klimaschutzkonzept 2020",
    "Sportentwicklungsplan",
    "Kulturkonzept",
    "Radverkehrskonzept",
]
COLUMNS: dict[str, list[str]] = {
    "Federführung": ["", "FB 45", "FB 56", "-", "dito", "k.A."],
    "Laufzeit": ["", "2015-2020", "ab 2018", "seit 2006 (Presse: 2005)", "unbefristet"],
    "Beschluss": ["", "9.7.2019", "21. März 2024 (geplant)", "04/2025", "?"],
    "Zielgruppen": ["", "Kinder; Jugendliche", "Ältere Menschen", "alle"],
    "Ziele": ["", "Teilhabe", "1) Wohnen 2) Bildung"],
    "Akte": ["", "A-17", "siehe Ordner"],
}
ANYTHING = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [*TITLES, *COLUMNS, "Planwerk", "Summe", "* vorläufig", "FB 45", "2015", "Nr.", "Titel", "", "1"]
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Draw a table of plans: headings, and below them titles with cells that offices write."""
    names = draw(st.lists(st.sampled_from(list(COLUMNS)), min_size=1, max_size=5, unique=True))
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=1, max_size=6, unique=True))
    body = [[title, *(draw(st.sampled_from(COLUMNS[name])) for name in names)] for title in titles]
    return [["Planwerk", *names], *body]


def drawn(rows: list[list[str]], first: int = 1) -> Sheet:
    places = {
        (r, c): Cell(text) for r, row in enumerate(rows, first) for c, text in enumerate(row, 1) if text
    }
    return Sheet("Blatt", places)


@st.composite
def wild_sheets(draw: st.DrawFn) -> Sheet:
    """Draw a sheet of anything anywhere, with merges and hidden rows."""
    places = draw(st.dictionaries(st.tuples(st.integers(1, 9), st.integers(1, 6)), ANYTHING, max_size=40))
    struck = draw(st.sets(st.sampled_from(sorted(places)), max_size=3)) if places else set()
    cells = {
        place: Cell("", struck=text) if place in struck else Cell(text, bold=draw(st.booleans()))
        for place, text in places.items()
    }
    top, left = draw(st.integers(1, 8)), draw(st.integers(1, 5))
    merges = (Area(top, left, top + draw(st.integers(0, 3)), left + draw(st.integers(0, 2))),)
    return Sheet("Blatt", cells, merges, hidden_rows=frozenset(draw(st.sets(st.integers(1, 9), max_size=2))))


def said(found: Review) -> list[dict[str, Any]]:
    """Return what the records say, without their places, in the order of titles."""
    told = [
        {
            **record.values,
            "empties": record.empties,
            "differing": record.differing,
            "modalities": record.modalities,
        }
        for record in found.plans
    ]
    return sorted(told, key=lambda values: str(values["title"]))


@given(wild_sheets())
@settings(max_examples=150, deadline=None)
def test_every_row_of_a_sheet_is_explained_once(sheet: Sheet) -> None:
    found = review(sheet)
    last = max((row for row, _ in sheet.cells), default=0)
    assert [row.row for row in found.rows][:last] == list(range(1, last + 1))
    assert len({row.row for row in found.rows}) == len(found.rows)
    assert all(row.why.de and row.why.en for row in found.rows)


@given(wild_sheets())
@settings(max_examples=100, deadline=None)
def test_the_same_sheet_is_understood_the_same(sheet: Sheet) -> None:
    assert review(sheet).to_json() == review(sheet).to_json()


@given(wild_sheets())
@settings(max_examples=100, deadline=None)
def test_every_plan_has_a_row_of_its_own_class_or_a_fact_sheet(sheet: Sheet) -> None:
    found = review(sheet)
    kinds = {row.row: row.kind for row in found.rows}
    for plan in found.plans:
        assert plan.where.row is not None
        assert plan.where.column or kinds[plan.where.row] == "plan"


@given(wild_sheets())
@settings(max_examples=150, deadline=None)
def test_no_title_lead_or_list_says_what_no_cell_says(sheet: Sheet) -> None:
    text = " ".join(compact(cell.text) for cell in sheet.cells.values())
    for plan in review(sheet).plans:
        for field in ("title", "lead_department", *(LIST_FIELDS & set(plan.values))):
            assert all(compact(item) in text for item in plan.items(field)), field


@given(tables())
@settings(max_examples=100, deadline=None)
def test_no_date_says_a_year_that_no_cell_of_its_row_says(rows: list[list[str]]) -> None:
    by_title = {row[0]: " ".join(row[1:]) for row in rows}
    for plan in review(drawn(rows)).plans:
        for field in ("valid_from", "valid_to", "decided_on", "planned_on"):
            value = plan.text(field)
            assert not value or value[:4] in by_title[plan.text("title")]


@given(tables(), st.data())
@settings(max_examples=80, deadline=None)
def test_an_empty_row_changes_no_record(rows: list[list[str]], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(rows)))
    assert said(review(drawn([*rows[:at], [], *rows[at:]]))) == said(review(drawn(rows)))


@given(tables(), st.data())
@settings(max_examples=80, deadline=None)
def test_an_empty_column_changes_no_record(rows: list[list[str]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(rows[0])))
    wider = [[*row[:at], "", *row[at:]] for row in rows]
    assert said(review(drawn(wider))) == said(review(drawn(rows)))


@given(tables(), st.data())
@settings(max_examples=80, deadline=None)
def test_the_order_of_columns_changes_no_record(rows: list[list[str]], data: st.DataObject) -> None:
    """Only which of two names stands first matters: plans with goals, or goals of plans."""
    order = [0, *data.draw(st.permutations(range(1, len(rows[0]))))]
    if "Ziele" not in rows[0]:
        order = data.draw(st.permutations(range(len(rows[0]))))
    moved = [[row[at] for at in order] for row in rows]
    assert said(review(drawn(moved))) == said(review(drawn(rows)))


@given(tables())
@settings(max_examples=60, deadline=None)
def test_titles_are_all_found_and_nothing_else(rows: list[list[str]]) -> None:
    assert [plan.text("title") for plan in review(drawn(rows)).plans] == [row[0] for row in rows[1:]]


@given(tables(), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_where_the_table_begins_changes_no_record(rows: list[list[str]], first: int) -> None:
    assert said(review(drawn(rows, first))) == said(review(drawn(rows)))


@given(tables())
@settings(max_examples=60, deadline=None)
def test_a_copy_on_a_second_sheet_adds_no_plan(rows: list[list[str]]) -> None:
    one = drawn(rows)
    both = review(one, replace(one, name="Kopie"))
    assert len(both.plans) == len(review(one).plans)
    assert {fold(duplicate.kind) for duplicate in both.duplicates} <= {"exact", "edition"}
