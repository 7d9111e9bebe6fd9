"""What each row of a table is: entry, continuation, band, total, note, legend, struck, hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.intake.sheets.known import Corrections, Known
from tests.grids import asked, classes, review, sheet, titles, values

HEAD = "Nr. | Planwerk | Federführung | Laufzeit | Zielgruppen | Ziele\n"


def rows(drawn: str) -> list[str]:
    """Return the classes of the rows below the usual headings."""
    return classes(HEAD + drawn)[1:]


def found(drawn: str) -> list[str]:
    """Return the titles below the usual headings."""
    return titles(HEAD + drawn)


@pytest.mark.parametrize(
    "total",
    [
        "| Summe | 12",
        "| Gesamt: 38 Pläne",
        "Gesamt | 38",
        "| Zwischensumme B: 5 Planwerke",
        "| Anzahl der Pläne | 9",
        "| Übertrag | 12",
    ],
)
def test_a_total_is_no_plan(total: str) -> None:
    assert rows(f"1 | Sozialplan | FB 56\n{total}") == ["plan", "total"]


@pytest.mark.parametrize(
    "title", ["Gesamtverkehrsplan", "Gesamtstädtisches Spielplatzkonzept", "Totalsanierungskonzept"]
)
def test_a_title_that_begins_like_a_total_is_a_plan(title: str) -> None:
    assert found(f"1 | {title} | FB 61") == [title]


@pytest.mark.parametrize(
    "note",
    [
        "* vorläufig",
        "1) Stand der Beratung",
        "Quelle: eigene Erhebung",
        "| Hinweis: ohne Gewähr",
        "Anmerkung: siehe Vorlage",
        "¹ nur Innenstadt",
    ],
)
def test_a_footnote_is_no_plan(note: str) -> None:
    assert rows(f"1 | Sozialplan | FB 56\n\n{note}") == ["plan", "empty", "footnote"]


def test_a_star_at_a_title_is_not_part_of_it() -> None:
    assert found("1 | Sozialplan* | FB 56") == ["Sozialplan"]


def test_a_band_over_merged_columns_is_a_section() -> None:
    assert rows("Jugend und Bildung >6\n1 | Schulentwicklungsplan | FB 45") == ["section", "plan"]


def test_a_plan_word_over_merged_columns_is_a_section_too() -> None:
    assert rows("Stadtplanung >6\n1 | Flächennutzungsplan | FB 61") == ["section", "plan"]


def test_a_bold_row_of_one_cell_is_a_section() -> None:
    assert rows("| !Jugend\n1 | Schulentwicklungsplan | FB 45") == ["section", "plan"]


def test_a_row_without_a_number_between_numbered_ones_is_a_section() -> None:
    drawn = "1 | Sozialplan | FB 56\n| Jugend und Bildung\n2 | Schulentwicklungsplan | FB 45"
    assert rows(drawn) == ["plan", "section", "plan"]
    assert "ohne Nummer" in review(HEAD + drawn).rows[2].why.de


def test_a_plan_without_a_number_among_numbered_ones_is_asked() -> None:
    drawn = "1 | Sozialplan | FB 56\n| Sportentwicklungsplan\n2 | Schulentwicklungsplan | FB 45"
    assert rows(drawn) == ["plan", "other", "plan"]
    assert asked(HEAD + drawn) == [("row", "plan")]


def test_a_plan_without_a_number_is_a_plan_once_it_says_more() -> None:
    assert found("1 | Sozialplan | FB 56\n | Sportentwicklungsplan | FB 52") == [
        "Sozialplan",
        "Sportentwicklungsplan",
    ]


def test_in_an_unnumbered_table_a_title_alone_is_a_plan() -> None:
    drawn = (
        "Planwerk | Federführung\nSozialplan | FB 56\nSportentwicklungsplan\nSchulentwicklungsplan | FB 45"
    )
    assert titles(drawn) == ["Sozialplan", "Sportentwicklungsplan", "Schulentwicklungsplan"]


def test_in_an_unnumbered_table_a_topic_alone_is_asked() -> None:
    drawn = "Planwerk | Federführung\nSozialplan | FB 56\nJugend und Bildung\nSchulentwicklungsplan | FB 45"
    assert titles(drawn) == ["Sozialplan", "Schulentwicklungsplan"]
    assert asked(drawn) == [("row", "section")]


def test_an_answer_makes_a_band_a_plan() -> None:
    drawn = "Planwerk | Federführung\nSozialplan | FB 56\nAgenda Nord\nSchulentwicklungsplan | FB 45"
    known = Known(corrections=Corrections(rows={"Tabelle1": {"Jugend und Bildung": "plan"}}))
    again = review(drawn.replace("Agenda Nord", "Jugend und Bildung"), known=known)
    assert "Jugend und Bildung" in [plan.text("title") for plan in again.plans]
    assert again.questions == []


def test_letters_over_numbers_head_sections() -> None:
    drawn = "A | Soziales\n1 | Sozialplan | FB 56\nB | Sport\n2 | Sportentwicklungsplan | FB 52"
    assert rows(drawn) == ["section", "plan", "section", "plan"]


def test_a_department_in_the_column_of_titles_is_no_plan() -> None:
    assert found("1 | Sozialplan | FB 56\n2 | FB 45 | x") == ["Sozialplan"]


def test_a_struck_row_is_superseded() -> None:
    assert rows("1 | Sozialplan | FB 56\n~2~ | ~Armutsbericht~ | ~FB 50~") == ["plan", "superseded"]


def test_a_struck_title_is_superseded_even_if_the_rest_is_not() -> None:
    assert rows("1 | ~Armutsbericht~ | FB 50") == ["superseded"]


def test_a_hidden_row_is_asked_about_and_not_taken() -> None:
    drawn = HEAD + "1 | Sozialplan | FB 56\n# 2 | Drogenhilfeplan | FB 50"
    assert classes(drawn) == ["header", "plan", "hidden"]
    assert titles(drawn) == ["Sozialplan"]
    assert asked(drawn) == [("hidden-row", "leave")]


def test_a_hidden_row_is_taken_once_a_person_says_so() -> None:
    drawn = HEAD + "1 | Sozialplan | FB 56\n# 2 | Drogenhilfeplan | FB 50"
    question = review(drawn).questions[0]
    again = review(drawn, known=Known(corrections=Corrections(answers={question.id: "take"})))
    assert [plan.text("title") for plan in again.plans] == ["Sozialplan", "Drogenhilfeplan"]


def test_a_hidden_sheet_is_asked_about_and_says_that_it_is_an_older_copy() -> None:
    new = sheet("Planwerk | Federführung\nSozialplan | FB 56", "Neu")
    old = replace(sheet("Planwerk | Federführung\nSozialplan | FB 50", "Alt"), hidden=True)
    seen = review(new, old)
    assert [plan.text("lead_department") for plan in seen.plans] == ["FB 56"]
    assert {row.kind for row in seen.rows if row.sheet == "Alt"} == {"hidden"}
    assert [question.kind for question in seen.questions] == ["hidden-sheet"]
    assert "ältere Fassung" in seen.questions[0].text.de


def test_a_lead_merged_over_rows_holds_for_each_of_them() -> None:
    drawn = HEAD + "1 | Sozialplan | FB 56^2\n2 | Wohnkonzept |\n3 | Sportplan |"
    assert values(drawn, "lead_department") == ["FB 56", "FB 56", ""]


def test_an_empty_lead_stays_empty() -> None:
    assert values(HEAD + "1 | Sozialplan | FB 56\n2 | Wohnkonzept | | 2020", "lead_department") == [
        "FB 56",
        "",
    ]


@pytest.mark.parametrize("mark", ['"', "dito", "s.o.", "''", "wie oben"])
def test_a_mark_for_the_same_as_above_takes_the_cell_above_and_says_so(mark: str) -> None:
    seen = review(HEAD + f"1 | Sozialplan | FB 56\n2 | Wohnkonzept | {mark}")
    assert [plan.text("lead_department") for plan in seen.plans] == ["FB 56", "FB 56"]
    assert [problem.code for problem in seen.problems] == ["ditto"]


def test_the_same_as_an_empty_cell_above_is_nothing() -> None:
    assert values(HEAD + "1 | Sozialplan | | 2020\n2 | Wohnkonzept | dito", "lead_department") == ["", ""]


def test_a_dash_is_no_mark_for_the_same() -> None:
    assert values(HEAD + "1 | Sozialplan | FB 56\n2 | Wohnkonzept | -", "lead_department") == ["FB 56", ""]


def test_a_title_merged_over_goals_is_one_plan_with_several_goals() -> None:
    drawn = (
        HEAD
        + "1^3 | Sozialplan^3 | FB 56^3 | 2015-2020 | Kinder | Teilhabe\n| | | | | Bildung\n| | | | | Wohnen"
    )
    assert titles(drawn) == ["Sozialplan"]
    assert review(drawn).plans[0].items("goals") == ["Teilhabe", "Bildung", "Wohnen"]
    assert classes(drawn) == ["header", "plan", "goal", "goal"]


def test_goals_below_an_empty_title_continue_the_plan_above() -> None:
    drawn = HEAD + "1 | Sozialplan | FB 56 | | | Teilhabe\n | | | | | Bildung"
    assert review(drawn).plans[0].items("goals") == ["Teilhabe", "Bildung"]
    assert classes(drawn) == ["header", "plan", "goal"]


def test_a_title_repeated_for_each_goal_is_one_plan() -> None:
    drawn = "Planwerk | Federführung | Ziele\nSozialplan | FB 56 | Teilhabe\nSozialplan | FB 56 | Bildung"
    assert titles(drawn) == ["Sozialplan"]
    assert classes(drawn) == ["header", "plan", "goal"]


def test_a_row_without_a_title_that_names_a_lead_is_asked() -> None:
    drawn = HEAD + "1 | Sozialplan | FB 56\n | | FB 45 | 2020 |"
    assert classes(drawn) == ["header", "plan", "other"]
    assert asked(drawn) == [("row-without-title", "above")]
    assert values(drawn, "lead_department") == ["FB 56"]


def test_a_row_with_nothing_but_a_number_is_no_plan() -> None:
    assert rows("1 | Sozialplan | FB 56\n2\n3") == ["plan", "other", "other"]


def test_an_example_row_is_no_plan() -> None:
    assert found("z. B. | Muster-Entwicklungsplan | Amt 99\n1 | Sozialplan | FB 56") == ["Sozialplan"]


def test_abbreviations_explained_below_the_table_are_aliases() -> None:
    drawn = HEAD + "1 | Sozialplan | FB 56\n\nAbkürzungen:\nFB = Fachbereich; JHA = Jugendhilfeausschuss"
    assert review(drawn).aliases == {"FB": "Fachbereich", "JHA": "Jugendhilfeausschuss"}
    assert classes(drawn)[-2:] == ["legend", "legend"]


def test_pairs_of_cells_below_the_table_are_a_legend() -> None:
    drawn = HEAD + "1 | Sozialplan | FB 56\n\nFB 56 | Wohnen und Soziales\nFB 45 | Kinder und Schule"
    assert titles(drawn) == ["Sozialplan"]
    assert classes(drawn)[-2:] == ["legend", "legend"]


def test_a_sheet_of_abbreviations_is_a_legend() -> None:
    seen = review(sheet("SEP | Sozialentwicklungsplan\nFB 56 | Wohnen und Soziales", "Abkürzungen"))
    assert seen.aliases == {"SEP": "Sozialentwicklungsplan", "FB 56": "Wohnen und Soziales"}
    assert seen.plans == []


def test_a_sheet_of_notes_is_explained_and_gives_nothing() -> None:
    seen = review(sheet("Bitte bis Freitag ausfüllen\nDanke", "Hinweise"))
    assert [row.kind for row in seen.rows] == ["other", "other"]
    assert seen.questions == []


def test_an_answer_that_nothing_is_there_is_no_plan() -> None:
    assert found("Fehlanzeige") == []


def test_bands_are_no_plans_even_where_titles_and_bands_are_all_bold_and_many() -> None:
    drawn = "!Planwerk | !FB\n!Soziales\n!Sozialplan | 56\n!Sport\n!Sportplan | 52\n!Kultur"
    assert titles(drawn) == ["Sozialplan", "Sportplan"]
    assert [question.kind for question in review(drawn).questions] == ["row", "row", "row"]


def test_a_mark_for_the_same_as_above_does_not_reach_over_a_band() -> None:
    drawn = HEAD + "Jugend >6\n1 | Jugendplan | FB 45\nSoziales >6\n2 | Sozialplan | s.o."
    assert values(drawn, "lead_department") == ["FB 45", ""]


def test_a_reference_alone_in_a_row_is_a_note() -> None:
    assert rows("1 | Sozialplan | FB 56\n| siehe auch Vorlage 12/2015") == ["plan", "footnote"]


def test_running_numbers_in_titles_are_left_out_and_editions_kept() -> None:
    assert titles("Plan | Amt\n1. Sozialplan | 50\n2. Jugendplan | 51\n3. Nahverkehrsplan | 61") == [
        "Sozialplan", "Jugendplan", "Nahverkehrsplan",
    ]  # fmt: skip
    assert titles("Plan | Amt\nSozialplan | 50\n3. Nahverkehrsplan | 61") == [
        "Sozialplan",
        "3. Nahverkehrsplan",
    ]


def test_a_dash_before_a_part_of_a_plan_is_no_part_of_its_title() -> None:
    assert found("1 | Stadtkonzept | FB 61\n1a | - Teilkonzept Wohnen | FB 56") == [
        "Stadtkonzept",
        "Teilkonzept Wohnen",
    ]


@pytest.mark.parametrize(
    "title", ["N.N.", "-", "???", "(entfällt)", "weitere Pläne folgen", "noch zu benennen", "k.A."]
)
def test_a_placeholder_is_no_plan(title: str) -> None:
    assert found(f"1 | Sozialplan | FB 56\n2 | {title} | FB 45") == ["Sozialplan"]
    assert found(f"1 | Sozialplan | FB 56\n2 | {title}") == ["Sozialplan"]


def test_a_field_of_work_alone_is_asked() -> None:
    drawn = "Planwerk | Federführung\nVerkehrsplanung\nMasterplan Mobilität | FB 61\nRadkonzept | FB 61"
    assert titles(drawn) == ["Masterplan Mobilität", "Radkonzept"]


def test_a_further_measure_with_a_cell_under_an_unknown_heading_continues_the_plan() -> None:
    drawn = "Planwerk | Amt | Maßnahme | Ampelfarbe\nKlimaplan | 36 | PV | hell\n | | Beratung | dunkel"
    assert review(drawn).plans[0].items("measures") == ["PV", "Beratung"]


@pytest.mark.parametrize(("answer", "kind"), [("plan", "plan"), ("section", "section"), ("other", "other")])
def test_an_answer_about_a_row_counts_and_is_not_asked_again(answer: str, kind: str) -> None:
    drawn = HEAD + "1 | Sozialplan | FB 56\n| Sportentwicklungsplan\n2 | Schulentwicklungsplan | FB 45"
    question = review(drawn).questions[0]
    again = review(drawn, known=Known(corrections=Corrections(answers={question.id: answer})))
    assert [row.kind for row in again.rows] == ["header", "plan", kind, "plan"]
    assert again.questions == []


def test_an_answer_puts_a_row_without_a_title_to_the_plan_above() -> None:
    drawn = HEAD + "1 | Sozialplan | FB 56\n | | | 2015-2020 |"
    question = review(drawn).questions[0]
    again = review(drawn, known=Known(corrections=Corrections(answers={question.id: "above"})))
    assert again.plans[0].text("valid_to") == "2020"
