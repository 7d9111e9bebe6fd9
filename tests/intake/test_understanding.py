"""What a workbook says: leads, dates, lists, fact sheets, twins, links, and what a person settled before."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from graph.errors import IntakeError
from graph.intake.sheets.book import Cell
from graph.intake.sheets.known import Corrections, Known, KnownThing
from graph.intake.sheets.review import Review, question_id
from graph.intake.sheets.understanding import understand
from tests.grids import asked, book, classes, review, sheet, titles, values

HEAD = "Planwerk | Federführung | Laufzeit | Beschluss | Zielgruppen | Ziele | Rechtsgrundlage | Status\n"


def plan(row: str, known: Known | None = None) -> dict[str, object]:
    """Return the record of one row as the report shows it."""
    return review(HEAD + row, known=known).plans[0].to_json()


# values


def test_a_plan_has_every_field_of_the_report() -> None:
    found = plan("Sozialplan")
    named = ("lead_department", "valid_from", "valid_to", "decided_on", "legal_basis", "status")
    assert {name: found[name] for name in named} == dict.fromkeys(named, "")
    assert (found["title"], found["target_groups"], found["goals"]) == ("Sozialplan", [], [])
    assert found["where"] == {"sheet": "Tabelle1", "row": 2}


def test_a_whole_row_is_read() -> None:
    found = plan(
        "Sozialplan | FB 56 | 2015-2020 | 9.7.2014 | Kinder; Jugendliche | Teilhabe | SGB XII | in Kraft"
    )
    assert found["lead_department"] == "FB 56"
    assert (found["valid_from"], found["valid_to"], found["decided_on"]) == ("2015", "2020", "2014-07-09")
    assert (found["target_groups"], found["goals"]) == (["Kinder", "Jugendliche"], ["Teilhabe"])
    assert (found["legal_basis"], found["status"]) == ("SGB XII", "gültig")


def test_planned_is_not_decided() -> None:
    found = plan("Sozialplan | | | 21. März 2024 (geplant)")
    assert (found["decided_on"], found["planned_on"]) == ("", "2024-03-21")


def test_what_goes_on_without_end_begins_in_the_year_under_from() -> None:
    found = review("Planwerk | Federführung | von | bis\nSozialplan | FB 56 | 2030+ |").plans[0]
    assert (found.text("valid_from"), found.text("valid_to")) == ("2030", "")


def test_two_values_stay_two_values() -> None:
    seen = review(HEAD + "Sozialplan | | seit 2006 (Presse: 2005)")
    assert seen.plans[0].text("valid_from") == "2006"
    assert seen.plans[0].differing["valid_from"] == ["2006", "2005"]
    assert [problem.code for problem in seen.problems] == ["two-values"]


@pytest.mark.parametrize(
    ("cell", "kind"), [("-", "none"), ("k.A.", "unknown"), ("?", "unknown"), ("nicht erhoben", "notAsked")]
)
def test_a_cell_that_says_nothing_says_which_kind_of_nothing(cell: str, kind: str) -> None:
    found = plan(f"Sozialplan | | | | {cell}")
    assert (found["target_groups"], found["empties"]) == ([], {"target_groups": kind})


def test_an_empty_cell_says_nothing_at_all() -> None:
    assert plan("Sozialplan | FB 56 | | | ")["empties"] == {}


def test_cells_are_kept_as_written_with_comments_and_links() -> None:
    drawn = sheet(HEAD + "Sozialplan | FB 56")
    cells = {**drawn.cells, (2, 2): Cell("FB 56", comment="jetzt FB 50", link="https://stadt.example")}
    seen = review(replace(drawn, cells=cells))
    assert seen.plans[0].raw == {"Planwerk": "Sozialplan", "Federführung": "FB 56"}
    assert seen.plans[0].comments == ["jetzt FB 50"]
    assert seen.plans[0].links == ["https://stadt.example"]
    assert "jetzt FB 50" in seen.problems[0].text.de


def test_a_name_in_brackets_is_the_abbreviation_and_stays_in_the_title() -> None:
    found = plan("Sozialentwicklungsplan (SEP)")
    assert (found["title"], found["abbreviation"]) == ("Sozialentwicklungsplan (SEP)", "SEP")


def test_a_contact_is_no_value() -> None:
    seen = review("Planwerk | Federführung | Ansprechpartner\nSozialplan | FB 56 | Frau Muster")
    assert "contact" not in seen.plans[0].values


# leads and bands


def test_a_band_never_leads_where_a_column_names_leads() -> None:
    drawn = "Planwerk | Federführung\nFB 45 >2\nSchulentwicklungsplan | FB 45\nKulturplan |"
    assert values(drawn, "lead_department") == ["FB 45", ""]


def test_bands_lead_where_all_of_them_are_departments_and_no_column_does() -> None:
    drawn = "Planwerk | Laufzeit\nFB 45 >2\nSchulentwicklungsplan | 2015-2020\nFB 52 >2\nSportentwicklungsplan | 2016-2021"
    assert values(drawn, "lead_department") == ["FB 45", "FB 52"]


def test_a_single_department_among_topics_is_asked_about() -> None:
    drawn = "Planwerk | Laufzeit\nFB 45 >2\nSchulentwicklungsplan | 2015-2020\nSport >2\nSportentwicklungsplan | 2016-2021"
    assert values(drawn, "lead_department") == ["", ""]
    assert asked(drawn) == [("band", "FB 45")]


def test_a_band_that_says_so_leads() -> None:
    drawn = "Planwerk | Laufzeit\nFederführung: FB 45 >2\nSchulentwicklungsplan | 2015-2020"
    assert values(drawn, "lead_department") == ["FB 45"]


def test_a_topic_as_band_is_no_lead() -> None:
    assert values("Planwerk | Laufzeit\nJugend >2\nSchulplan | 2015-2020", "lead_department") == [""]


def test_a_department_that_the_legend_names_is_one_whatever_words_it_joins() -> None:
    plans = sheet("Planwerk | Federführung\nBrandschutzbedarfsplan | Feuerwehr und Rettungsdienst", "Pläne")
    legend = sheet("Kürzel | Bedeutung\nFB 37 | Feuerwehr und Rettungsdienst", "Legende")
    assert [found.text("lead_department") for found in review(plans, legend).plans] == [
        "Feuerwehr und Rettungsdienst"
    ]


# fact sheets


def test_plans_as_columns() -> None:
    drawn = """
        Merkmal | Plan A | Plan B
        Titel | Klimaschutzkonzept | Lärmaktionsplan
        Federführung | FB 36 | FB 61
        Laufzeit | 2014-2020 | ab 2018
    """
    assert titles(drawn) == ["Klimaschutzkonzept", "Lärmaktionsplan"]
    assert values(drawn, "lead_department") == ["FB 36", "FB 61"]
    assert review(drawn).sheets[0].orientation == "columns"
    assert review(drawn).plans[1].where.to_json() == {
        "sheet": "Tabelle1",
        "row": 2,
        "column": "C",
        "cell": "C2",
    }


def test_plans_as_columns_with_their_titles_in_the_top_row() -> None:
    drawn = """
        | Klimaschutzkonzept | Lärmaktionsplan
        Federführung | FB 36 | FB 61
        Laufzeit | 2014-2020 | ab 2018
        Zielgruppe | alle | Kinder
    """
    assert titles(drawn) == ["Klimaschutzkonzept", "Lärmaktionsplan"]


def test_one_plan_on_a_sheet_as_names_and_values() -> None:
    drawn = "Steckbrief\n\nTitel: | Klimaschutzkonzept\nFederführung: | FB 36\nLaufzeit: | 2014-2020\nZiele: | CO2 senken\n | Energie sparen"
    assert titles(drawn) == ["Klimaschutzkonzept"]
    assert review(drawn).plans[0].items("goals") == ["CO2 senken", "Energie sparen"]


def test_fact_sheets_one_under_the_other() -> None:
    drawn = "Titel | Klimakonzept\nFederführung | FB 36\nBeginn | 2014\n\nTitel | Lärmaktionsplan\nFederführung | FB 61\nBeginn | 2018"
    assert titles(drawn) == ["Klimakonzept", "Lärmaktionsplan"]
    assert values(drawn, "lead_department") == ["FB 36", "FB 61"]


def test_a_column_of_hints_in_a_fact_sheet_is_no_plan() -> None:
    drawn = "Titel | Klimakonzept | Hinweis\nFederführung | FB 36 | bitte nur Kürzel\nLaufzeit | 2014-2020 | von bis"
    assert titles(drawn) == ["Klimakonzept"]


def test_a_form_with_two_names_in_a_row() -> None:
    drawn = "Steckbrief\nTitel | Klimakonzept | Federführung | FB 36\nLaufzeit | 2014-2020 | Status | in Kraft\nZielgruppe | alle | Ziele | CO2 senken"
    found = review(drawn).plans
    assert [(one.text("title"), one.text("lead_department"), one.text("status")) for one in found] == [
        ("Klimakonzept", "FB 36", "gültig")
    ]
    assert found[0].items("goals") == ["CO2 senken"]


def test_a_fact_sheet_without_a_title_is_asked() -> None:
    drawn = "Federführung | FB 36\nLaufzeit | 2014-2020\nZielgruppe | Kinder\nStatus | in Kraft"
    assert titles(drawn) == []
    assert [kind for kind, _ in asked(drawn)] == ["title"]


# twins


def test_the_same_plan_twice_is_merged_and_both_places_are_told() -> None:
    drawn = HEAD + "Sozialplan | FB 56 | 2015-2020\nSportplan | FB 52\n Sozial-Plan | FB 56 | | 9.7.2014"
    seen = review(drawn)
    assert [found.text("title") for found in seen.plans] == ["Sozialplan", "Sportplan"]
    assert [row.kind for row in seen.rows] == ["header", "plan", "plan", "duplicate"]
    assert [(d.kind, [where.row for where in d.places]) for d in seen.duplicates] == [("exact", [2, 4])]
    assert seen.plans[0].text("decided_on") == "2014-07-09"


def test_the_same_title_with_another_lead_is_asked_and_kept_apart() -> None:
    drawn = HEAD + "Handlungskonzept Nord | FB 56\nHandlungskonzept Nord | FB 61"
    assert titles(drawn) == ["Handlungskonzept Nord"] * 2
    assert asked(drawn) == [("same-plan", "different")]


def test_a_typing_error_across_sheets_is_asked() -> None:
    one, other = (
        sheet(HEAD + "Integriertes Klimaschutzkonzept | FB 36", "Neu"),
        sheet(HEAD + "Integrietes Klimaschutzkonzept | FB 36", "Alt"),
    )
    assert len(titles(one, other)) == 2
    assert asked(one, other) == [("same-plan", "same")]
    assert [duplicate.kind for duplicate in review(one, other).duplicates] == ["near"]


def test_an_answer_merges_a_near_twin() -> None:
    one, other = (
        sheet(HEAD + "Integriertes Klimaschutzkonzept | FB 36", "Neu"),
        sheet(HEAD + "Integrietes Klimaschutzkonzept | FB 36", "Alt"),
    )
    question = review(one, other).questions[0]
    again = review(one, other, known=Known(corrections=Corrections(answers={question.id: "same"})))
    assert [found.text("title") for found in again.plans] == ["Integriertes Klimaschutzkonzept"]
    assert again.questions == []


def test_a_city_in_the_title_of_another_sheet_is_asked_about() -> None:
    one, other = (
        sheet(HEAD + "Klimaschutzkonzept | FB 36", "Neu"),
        sheet(HEAD + "Integriertes Klimaschutzkonzept der Stadt | FB 36", "Alt"),
    )
    assert asked(one, other) == [("same-plan", "same")]


def test_plans_with_other_figures_are_not_near() -> None:
    drawn = HEAD + "Bebauungsplan Nr. 912 | FB 61\nBebauungsplan Nr. 913 | FB 61"
    assert asked(drawn) == []


def test_editions_are_linked_and_kept_apart() -> None:
    seen = review(HEAD + "Sozialentwicklungsplan 2015 | FB 56\nSozialentwicklungsplan 2020 | FB 56")
    assert len(seen.plans) == 2
    assert [duplicate.kind for duplicate in seen.duplicates] == ["edition"]
    assert seen.plans[1].text("successor_of") == "Sozialentwicklungsplan 2015"


def test_two_plans_with_one_abbreviation_are_kept_apart() -> None:
    seen = review(HEAD + "Sozialentwicklungsplan (SEP) | FB 56\nSchulentwicklungsplan (SEP) | FB 45")
    assert len(seen.plans) == 2
    assert [duplicate.kind for duplicate in seen.duplicates] == ["abbreviation"]


def test_many_plans_are_compared_without_comparing_all() -> None:
    names = [f"Handlungskonzept {chr(97 + n // 26)}{chr(97 + n % 26)}dorf mitte {n}" for n in range(400)]
    seen = review(
        HEAD
        + "\n".join(f"{name} | FB 56" for name in names)
        + "\nSchulentwicklungsplan | FB 45\nSchulentwiklungsplan | FB 45"
    )
    assert [q.text.de for q in seen.questions] == [
        "Ist „Schulentwicklungsplan“ (Tabelle1, 402) dasselbe Planwerk wie „Schulentwiklungsplan“ (Tabelle1, 403)?"
    ]


# links


def test_goals_name_their_plan_by_its_abbreviation() -> None:
    plans = sheet("Planwerk | Federführung\nSozialentwicklungsplan (SEP) | FB 56", "Pläne")
    goals = sheet("Ziel | Planwerk | Frist\nTeilhabe stärken | SEP | 2025", "Ziele")
    goal = review(plans, goals).records["goals"][0]
    assert (goal.text("title"), goal.text("plan"), goal.text("deadline")) == (
        "Teilhabe stärken",
        "Sozialentwicklungsplan (SEP)",
        "2025",
    )


def test_a_goal_of_an_unknown_plan_is_asked() -> None:
    plans = sheet("Planwerk | Federführung\nSozialentwicklungsplan | FB 56", "Pläne")
    goals = sheet("Ziel | Planwerk | Frist\nTeilhabe stärken | Sozialentwicklungplan | 2025", "Ziele")
    assert asked(plans, goals) == [("plan", "Sozialentwicklungsplan")]


def test_goals_under_the_name_of_a_plan_belong_to_it() -> None:
    plans = sheet("Planwerk | Federführung\nSozialplan | FB 56", "Pläne")
    goals = sheet("Ziel | Frist | Status\nSozialplan >3\nTeilhabe stärken | 2025 |", "Ziele")
    assert review(plans, goals).records["goals"][0].text("plan") == "Sozialplan"


def test_a_plan_of_the_graph_is_known_by_its_title() -> None:
    known = Known(plans=(KnownThing("p-sep", ("Sozialentwicklungsplan",)),))
    assert plan("Sozialentwicklungsplan (SEP)", known)["id"] == "p-sep"


def test_a_plan_nearly_like_one_of_the_graph_is_asked() -> None:
    known = Known(plans=(KnownThing("p-sep", ("Sozialentwicklungsplan",)),))
    seen = review(HEAD + "Sozialentwiklungsplan | FB 56", known=known)
    assert [(q.kind, q.guess) for q in seen.questions] == [("same-plan", "p-sep")]
    assert seen.plans[0].id == ""


def test_departments_of_the_graph_are_known_and_keep_the_name_of_the_sheet() -> None:
    known = Known(units=(KnownThing("dep-fb56", ("FB 56", "Fachbereich Wohnen, Soziales und Integration")),))
    found = plan("Sozialplan | FB 56", known)
    assert (found["lead_department"], found["lead_department_id"]) == ("FB 56", "dep-fb56")


def test_a_settled_alias_names_a_department() -> None:
    known = Known(
        units=(KnownThing("dep-fb56", ("FB 56",)),),
        corrections=Corrections(aliases={"units": {"Soz.": "dep-fb56"}}),
    )
    assert plan("Sozialplan | Soz.", known)["lead_department_id"] == "dep-fb56"


# the whole


def test_every_row_of_every_sheet_is_explained_in_both_languages() -> None:
    one, other = sheet(HEAD + "\nSozialplan | FB 56\n\n* vorläufig", "Eins"), sheet("Notiz", "Zwei")
    seen = review(one, other)
    assert [(row.sheet, row.row) for row in seen.rows] == [("Eins", n) for n in range(1, 6)] + [("Zwei", 1)]
    assert all(row.why.de and row.why.en for row in seen.rows)


def test_the_watch_is_told_rows_done_and_rows_in_all() -> None:
    told: list[tuple[int, int]] = []
    understand(
        book(sheet(HEAD + "Sozialplan | FB 56")), Known(), lambda done, rows: told.append((done, rows))
    )
    assert told[-1] == (2, 2)


def test_a_review_survives_its_json() -> None:
    seen = review(
        HEAD + "Sozialplan | FB 56 | seit 2006 (Presse: 2005)\nSozialplan | FB 61\n\nSumme | 2\nQuelle: Amt"
    )
    told = json.loads(json.dumps(seen.to_json()))
    assert Review.from_json(told).to_json() == told


def test_what_is_known_survives_its_json() -> None:
    known = Known(
        units=(KnownThing("dep-fb56", ("FB 56",), {"since": "2016"}),),
        corrections=Corrections(sheets={"A": "plans"}, answers={"q-1": "same"}, settled_on="2026-11-22"),
    )
    assert Known.from_json(json.loads(json.dumps(known.to_json()))) == known


def test_corrections_of_another_shape_are_refused_by_name() -> None:
    with pytest.raises(IntakeError, match="columns"):
        Corrections.from_json({"columns": ["Amt"]})


def test_the_id_of_a_question_does_not_hang_on_its_row() -> None:
    first = review(HEAD + "Jugend und Bildung\nSozialplan | FB 56").questions[0]
    later = review(HEAD + "Sozialplan | FB 56\n\nJugend  und Bildung\nSportplan | FB 52").questions[0]
    assert first.id == later.id == question_id("row", "jugend und bildung")


def test_an_empty_workbook_is_explained_by_no_row() -> None:
    assert review("").rows == []
    assert classes("") == []
