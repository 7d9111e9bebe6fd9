"""Where the headings of a table are found, whatever stands above, between and beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.intake.sheets.known import Corrections, Known
from tests.grids import asked, classes, review, sheet, titles, values


def fields(drawn: str) -> dict[str, str]:
    """Return the field of each column by its letters."""
    return {column.column: column.field for column in review(drawn).sheets[0].columns}


def test_headings_in_the_first_row() -> None:
    drawn = """
        Planwerk | Federführung
        Sozialplan | FB 56
    """
    assert classes(drawn) == ["header", "plan"]
    assert titles(drawn) == ["Sozialplan"]


@pytest.mark.parametrize("above", [1, 2, 5, 12])
def test_headings_below_title_lines_and_empty_rows(above: int) -> None:
    drawn = "Übersicht der Planwerke\n" + "\n" * (above - 1) + "Planwerk|Federführung\nSozialplan|FB 56"
    assert titles(drawn) == ["Sozialplan"]
    assert classes(drawn)[-2:] == ["header", "plan"]


def test_the_state_of_the_list_above_the_table_is_no_plan() -> None:
    drawn = """Übersicht
        Stand: 12.03.2019
        Planwerk | Federführung
        Sozialplan | FB 56"""
    assert classes(drawn) == ["header", "other", "header", "plan"]


def test_headings_of_two_rows_with_a_merged_group() -> None:
    drawn = """
        Planwerk^2 | Federführung^2 | Laufzeit >2 |
         | | von | bis
        Sozialplan | FB 56 | 2015 | 2020
    """
    assert values(drawn, "valid_from") == ["2015"]
    assert values(drawn, "valid_to") == ["2020"]
    assert classes(drawn) == ["header", "header", "plan"]


def test_headings_of_two_rows_with_a_group_that_is_not_merged() -> None:
    drawn = """
        Planwerk | Federführung | Laufzeit |
         | | von | bis
        Sozialplan | FB 56 | 2015 | 2020
    """
    assert fields(drawn) == {"A": "title", "B": "lead_department", "C": "valid_from", "D": "valid_to"}


def test_a_line_of_the_form_above_the_headings_does_not_join_them() -> None:
    drawn = """
        Fachbereich: | Sport | | ausgefüllt von:
        lfd. Nr. | Planwerk | Federführung | Laufzeit
        1 | Sportentwicklungsplan | FB 52 | 2015-2020
    """
    assert values(drawn, "lead_department") == ["FB 52"]


def test_headings_with_breaks_hyphens_and_hard_spaces() -> None:
    drawn = "Plan-\\nwerk|Feder-\\nführung |Zielgruppe(n)\nSozialplan|FB 56|Kinder"
    assert fields(drawn) == {"A": "title", "B": "lead_department", "C": "target_groups"}


@pytest.mark.parametrize(
    "second",
    ["1 | 2 | 3", "(1) | (2) | (3)", "a) | b) | c)", " | (Kürzel) | (TT.MM.JJJJ)", "Text | Text | Datum"],
)
def test_a_row_that_numbers_columns_or_names_units_is_header(second: str) -> None:
    drawn = f"Planwerk | Federführung | Beschlussdatum\n{second}\nSozialplan | FB 56 | 2019-07-09"
    assert classes(drawn) == ["header", "header", "plan"]


def test_headings_repeated_after_a_page_break_are_no_plan() -> None:
    drawn = """Verzeichnis der Planungen
        Nr. | Planwerk | Federführung
        1 | Sozialplan | FB 56
        Verzeichnis der Planungen
        Nr. | Planwerk | Federführung
        2 | Sportentwicklungsplan | FB 52"""
    assert classes(drawn) == ["header", "header", "plan", "header", "header", "plan"]
    assert titles(drawn) == ["Sozialplan", "Sportentwicklungsplan"]


def test_tables_one_under_the_other_have_headings_of_their_own() -> None:
    drawn = """Planwerk | Federführung
        Sozialplan | FB 56

        Maßnahme | Planwerk | zuständig
        Beratung ausbauen | Sozialplan | FB 56"""
    found = review(drawn)
    assert [plan.text("title") for plan in found.plans] == ["Sozialplan"]
    assert [(m.text("title"), m.text("plan")) for m in found.records["measures"]] == [
        ("Beratung ausbauen", "Sozialplan")
    ]


def test_tables_side_by_side_are_read_apart() -> None:
    drawn = """
        Planwerk | Federführung | | Planwerk | Federführung
        Sozialplan | FB 56 | | Sportentwicklungsplan | FB 52
        Schulentwicklungsplan | FB 45 | | |
    """
    assert sorted(titles(drawn)) == ["Schulentwicklungsplan", "Sozialplan", "Sportentwicklungsplan"]


def test_tables_side_by_side_without_a_gap_are_read_apart() -> None:
    drawn = """
        Planwerk | Federführung | Planwerk | Federführung
        Sozialplan | FB 56 | Sportentwicklungsplan | FB 52
    """
    assert sorted(titles(drawn)) == ["Sozialplan", "Sportentwicklungsplan"]


def test_a_legend_beside_the_table_is_a_legend() -> None:
    drawn = """
        Planwerk | Federführung | | Kürzel | Bedeutung
        Sozialplan | FB 56 | | FB 56 | Wohnen und Soziales
        Schulentwicklungsplan | FB 45 | | FB 45 | Kinder und Schule
    """
    found = review(drawn)
    assert [plan.text("title") for plan in found.plans] == ["Sozialplan", "Schulentwicklungsplan"]
    assert found.aliases == {"FB 56": "Wohnen und Soziales", "FB 45": "Kinder und Schule"}


def test_an_empty_column_inside_a_table_does_not_part_it() -> None:
    drawn = """
        Nr. | Planwerk | | Federführung | | Ziele
        1 | Sozialplan | | FB 56 | | Teilhabe
    """
    assert values(drawn, "lead_department") == ["FB 56"]
    assert values(drawn, "goals") == ["Teilhabe"]


def test_a_missing_heading_over_the_titles_is_guessed_and_asked() -> None:
    drawn = """
        Nr. | | Federführung | Laufzeit
        1 | Sozialplan | FB 56 | 2015-2020
        2 | Schulentwicklungsplan | FB 45 | 2016-2021
    """
    assert titles(drawn) == ["Sozialplan", "Schulentwicklungsplan"]
    assert asked(drawn) == [("column", "title")]


def test_a_missing_heading_elsewhere_is_asked_and_nothing_inferred() -> None:
    drawn = """
        Nr. | Planwerk | | Laufzeit
        1 | Sozialplan | FB 56 | 2015-2020
        2 | Schulentwicklungsplan | FB 45 | 2016-2021
    """
    assert values(drawn, "lead_department") == ["", ""]
    assert asked(drawn) == [("column", "")]
    assert review(drawn).plans[0].raw["C"] == "FB 56"


def test_without_any_headings_nothing_is_taken_in_and_a_question_is_asked() -> None:
    drawn = """
        Sozialplan | FB 56 | 2015
        Schulentwicklungsplan | FB 45 | 2016
        Sportentwicklungsplan | FB 52 | 2017
    """
    assert titles(drawn) == []
    assert asked(drawn) == [("sheet", "plans")]
    assert classes(drawn) == ["other", "other", "other"]


def test_a_hidden_column_is_asked_about_and_not_taken() -> None:
    drawn = replace(
        sheet("Planwerk | Laufzeit | Federführung\nSozialplan | 2015-2020 | FB 99"),
        hidden_columns=frozenset({3}),
    )
    assert values(drawn, "lead_department") == [""]
    assert asked(drawn) == [("hidden-column", "leave")]


def test_a_hidden_column_counts_once_a_person_says_so() -> None:
    drawn = replace(
        sheet("Planwerk | Laufzeit | Federführung\nSozialplan | 2015-2020 | FB 99"),
        hidden_columns=frozenset({3}),
    )
    question = review(drawn).questions[0]
    again = review(drawn, known=Known(corrections=Corrections(answers={question.id: "take"})))
    assert [plan.text("lead_department") for plan in again.plans] == ["FB 99"]
    assert again.questions == []


def test_a_settled_heading_counts_before_its_own_meaning() -> None:
    known = Known(corrections=Corrections(columns={"Tabelle1": {"Vorhaben": "title", "Amt": None}}))
    found = review(
        "Vorhaben | Amt | Laufzeit | Ziele\nSozialplan | FB 56 | 2015-2020 | Teilhabe", known=known
    )
    assert [plan.text("title") for plan in found.plans] == ["Sozialplan"]
    assert found.plans[0].text("lead_department") == ""


def test_a_column_for_each_department_with_marks_tells_lead_and_participants() -> None:
    drawn = """
        Planwerk | FB 45 | FB 56 | FB 61
        Sozialplan | B | F | x
    """
    assert values(drawn, "lead_department") == ["FB 56"]
    assert values(drawn, "participating") == ["FB 45"]


def test_a_list_of_persons_holds_no_plans() -> None:
    drawn = """
        Name | Vorname | Fachbereich | Telefon | E-Mail
        Muster | Kim | FB 56 | 12 | kim@stadt.example
        Beispiel | Toni | FB 45 | 13 | toni@stadt.example
    """
    found = review(drawn)
    assert all(not records for records in found.records.values())


def test_the_name_of_the_sheet_decides_between_kinds() -> None:
    drawn = "Plan | Ziel | Frist\nSozialplan | Teilhabe | 2025"
    found = review(sheet(drawn, "Ziele"))
    assert found.plans == []
    assert [goal.text("title") for goal in found.records["goals"]] == ["Teilhabe"]
    assert found.sheets[0].kind == "goals"


def test_a_measures_sheet_with_plan_in_its_words_gives_no_plans() -> None:
    drawn = sheet(
        "Maßnahme | Planwerk | Frist\nMaßnahmenplan Hitze aufstellen | Klimakonzept | 2025", "Maßnahmen"
    )
    assert titles(drawn) == []


def test_a_sheet_of_bodies_gives_instruments() -> None:
    drawn = sheet("Gremium | Federführung | Turnus\nLenkungsgruppe | FB 56 | jährlich", "Instrumente")
    assert [i.text("title") for i in review(drawn).records["instruments"]] == ["Lenkungsgruppe"]


def test_a_settled_kind_of_sheet_counts() -> None:
    known = Known(corrections=Corrections(sheets={"Tabelle1": "ignore"}))
    found = review("Planwerk | Federführung\nSozialplan | FB 56", known=known)
    assert found.plans == []
    assert {row.kind for row in found.rows} == {"other"}


def test_a_list_of_nothing_but_titles_under_one_heading_is_found() -> None:
    assert titles("Planwerk\nSozialplan\nSportentwicklungsplan") == ["Sozialplan", "Sportentwicklungsplan"]


def test_a_known_heading_over_anything_else_is_no_table() -> None:
    assert titles("Planwerk\nbitte bis Freitag\nan alle") == []


@pytest.mark.parametrize(
    "drawn",
    [
        "Datum | Änderung | Bearbeiter\n12.3.2019 | Sozialplan ergänzt | Amt 50",
        "Status | Ämter | Art\nin Kraft | FB 45 | Konzept\nin Arbeit | FB 56 | Fachplan",
        "Amt | Anzahl Pläne | davon in Kraft\nFB 45 | 12 | 8\nFB 56 | 9 | 7\nSumme | 21 | 15",
        "Zeilenbeschriftungen | Anzahl von Planwerk\nFB 45 | 12\nGesamtergebnis | 21",
        "TOP | Thema | Wer | Bis wann\n1 | Sozialplan abstimmen | FB 56 | 12.3.2024",
    ],
)
def test_change_logs_choice_lists_statistics_and_minutes_hold_no_plans(drawn: str) -> None:
    assert titles(drawn) == []


def test_a_bracket_may_say_how_the_heading_is_meant() -> None:
    assert values("Planwerk | Dienststelle (federf.)\nSozialplan | FB 50", "lead_department") == ["FB 50"]
