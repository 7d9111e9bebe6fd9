"""The ten-minute sheet: it asks what the graph lacks, and what is filled in comes back as an unreviewed interview."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from api.cli import main
from api.settings import read_settings
from api.workspace import Workspace
from graph.errors import NotFound
from graph.findings.coverage import emptiness
from graph.findings.rules.overlap import overlap_coverage
from graph.intake.sheets.own import Returned
from graph.output.department.page import sheet_html
from graph.output.department.questions import DepartmentSheet, department_sheet, find_department
from graph.output.department.workbook import write_sheet
from tests.workbooks import export, returned, taken

DAY = date(2026, 1, 1)
AACHEN = Path(__file__).parents[3] / "data" / "aachen"
SOURCE = "source/interview-dep-fb56-2025-12-03-sachgebietsleitung"
COLUMNS = {"stimmt": 4, "antwort": 5, "keine": 6, "nicht erhoben": 7, "unbekannt": 8}


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(read_settings({}, store=str(tmp_path / "store"))) as workspace:
        workspace.import_folder(AACHEN)
        yield workspace


@pytest.fixture(scope="module")
def blank(aachen: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheet") / "bogen.xlsx"
    sheet = department_sheet(aachen.network(), "FB 56", DAY)
    write_sheet(
        sheet, aachen.network(), path, base=aachen.settings.base, snapshot=aachen.snapshot(), lang="de"
    )
    return path


Fill = Callable[..., Path]


@pytest.fixture
def fill(blank: Path, tmp_path: Path) -> Fill:
    """Return a function that fills the sheet: (row, column) -> what is typed; date and role are filled already."""

    def filled(
        cells: dict[tuple[str, str], Any], day: Any = "3.12.2025", role: str = "Sachgebietsleitung"
    ) -> Path:
        book = openpyxl.load_workbook(blank)
        page = book.worksheets[0]
        rows = {page.cell(row, 9).value: row for row in range(1, page.max_row + 1)}
        page.cell(rows["planwerk:#head|date"], 2).value = day
        page.cell(rows["planwerk:#head|role"], 2).value = role
        for (about, column), value in cells.items():
            number = COLUMNS[column] if column in COLUMNS else int(column)
            page.cell(rows[f"planwerk:{about}"], number).value = value
        book.save(tmp_path / "filled.xlsx")
        return tmp_path / "filled.xlsx"

    return filled


def rows(said: Returned, table: str, *columns: str) -> list[tuple[str, ...]]:
    assert said.problems == ()
    return [tuple(row[column] for column in columns) for row in said.deliveries[0].rows.get(table, ())]


def questions(sheet: DepartmentSheet) -> dict[str, list[tuple[str, ...]]]:
    return {plan.id: [question.facets for question in plan.questions] for plan in sheet.plans}


@pytest.mark.parametrize(
    "said", ["dep-fb56", "FB 56", "fb56", "Fachbereich Wohnen, Soziales und Integration"]
)
def test_a_department_is_found_by_id_code_or_name(aachen: Workspace, said: str) -> None:
    assert aachen.network().id(find_department(aachen.network(), said)) == "dep-fb56"


def test_an_unknown_department_is_refused(aachen: Workspace) -> None:
    with pytest.raises(NotFound, match="Keine Dienststelle heißt eindeutig „FB 99“"):
        find_department(aachen.network(), "FB 99")


def test_it_asks_for_what_the_graph_lacks_and_nothing_else(aachen: Workspace) -> None:
    sheet = department_sheet(aachen.network(), "FB 56", DAY)
    assert questions(sheet)["p-wmb"] == [("Beschluss",), ("Maßnahmen und Instrumente",)]
    assert questions(sheet)["p-preus"] == [("Stand",), ("Ende",)]
    known = {plan.id: plan.known.de for plan in sheet.plans}
    assert known["p-wmb25"].startswith(
        "Stand: gültig; von 2025; für Ältere Menschen, Alleinerziehende und 3 weitere"
    )
    assert known["p-wmb25"].endswith("[Quelle: Wohnungsmarktbericht 2025, 2025]")


def test_the_same_day_gives_the_same_bytes(aachen: Workspace, blank: Path, tmp_path: Path) -> None:
    sheet = department_sheet(aachen.network(), "FB 56", DAY)
    path = tmp_path / "again.xlsx"
    write_sheet(
        sheet, aachen.network(), path, base=aachen.settings.base, snapshot=aachen.snapshot(), lang="de"
    )
    assert path.read_bytes() == blank.read_bytes()


def test_it_prints_on_two_landscape_pages(blank: Path) -> None:
    page = openpyxl.load_workbook(blank).worksheets[0]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight) == (True, 2)


def test_the_page_needs_neither_script_nor_network(aachen: Workspace) -> None:
    text = sheet_html(department_sheet(aachen.network(), "FB 56", DAY), "en")
    assert "<script" not in text
    assert "http" not in text.replace('http-equiv="Content-Security-Policy"', "")
    assert "Ten-minute sheet: FB 56" in text
    assert text.count('<input type="checkbox"') == text.count('<input type="checkbox" aria-label=') > 0


def test_ticks_become_the_three_kinds_of_empty(fill: Fill) -> None:
    said = returned(
        fill(
            {
                ("p-wmb|Beschluss", "keine"): "x",
                ("p-hf|Ende", "nicht erhoben"): "X",
                ("p-qm|Beginn", "unbekannt"): "✓",
            }
        )
    )
    assert rows(said, "facets", "plan", "facet", "kind") == [
        ("p-wmb", "Beschluss", "gibt es nicht"),
        ("p-hf", "Ende", "nicht gefragt"),
        ("p-qm", "Beginn", "unbekannt"),
    ]


@pytest.mark.parametrize(
    ("about", "typed", "column", "read"),
    [
        ("p-qm|Beschluss", "Rat am 21.3.2017", "adopted_on", "2017-03-21"),
        ("p-qm|Beschluss", "Rat am 21.3.2017", "adopted_by", "b-rat"),
        ("p-qm|Beginn", "seit 2016", "valid_from", "2016"),
        ("p-hf|Ende", "Ende 2030", "note", "Ende: „Ende 2030“."),
        ("p-preus|Stand", "gültig", "status", "gültig"),
        ("p-preus|Stand", "läuft wohl noch", "note", "Stand: „läuft wohl noch“."),
        ("p-qm|Beschluss", "soll 2027 kommen", "note", "Beschluss: „soll 2027 kommen“."),
        ("p-qm|#known", "Frau Müller sieht das anders", "note", "Berichtigung: „[Person] sieht das anders“."),
    ],
)
def test_an_answer_states_what_is_certain_and_keeps_the_rest_as_a_note(
    fill: Fill, about: str, typed: str, column: str, read: str
) -> None:
    plan = about.partition("|")[0]
    said = returned(fill({(about, "antwort"): typed}))
    assert rows(said, "answers", "plan", column) == [(plan, read)]


def test_goals_and_missing_plans_come_in_as_such(fill: Fill) -> None:
    said = returned(
        fill(
            {
                ("p-wmb25|Ziele", "antwort"): "Markt beobachten\n- Preise dämpfen",
                ("#new|1", "1"): "Konzept Obdachlosenhilfe",
                ("#new|1", "3"): "2022 bis 2027",
            }
        )
    )
    assert rows(said, "goals", "plan", "title_de") == [
        ("p-wmb25", "Markt beobachten"),
        ("p-wmb25", "Preise dämpfen"),
    ]
    assert rows(said, "plans", "title_de", "lead_department", "note", "valid_from") == [
        ("Konzept Obdachlosenhilfe", "dep-fb56", "2022 bis 2027", "")
    ]


def test_the_interview_is_a_source_of_its_own_by_role_and_unreviewed(fill: Fill) -> None:
    said = returned(fill({("p-wmb|#known", "stimmt"): "x"}))
    columns = ("id", "date", "kind", "attributed_to", "role", "review")
    assert rows(said, "sources", *columns) == [
        (
            SOURCE.removeprefix("source/"),
            "2025-12-03",
            "Interview",
            "dep-fb56",
            "Sachgebietsleitung",
            "ungeprüft",
        )
    ]
    assert rows(said, "answers", "plan", "confirmed_on") == [("p-wmb", "2025-12-03")]


@pytest.mark.parametrize(
    ("cells", "head", "problem"),
    [
        ({("p-wmb|#known", "stimmt"): "x"}, {"day": ""}, "bad-date"),
        ({("p-wmb|#known", "stimmt"): "x"}, {"role": ""}, "no-role"),
        ({("p-wmb|#known", "stimmt"): "x"}, {"role": "Frau Müller"}, "person"),
        ({("p-wmb|#known", "stimmt"): "vielleicht"}, {}, "bad-tick"),
        ({("p-wmb|#known", "stimmt"): "x", ("p-wmb|#known", "antwort"): "nein"}, {}, "both"),
        ({("p-wmb|Beschluss", "keine"): "x", ("p-wmb|Beschluss", "antwort"): "2019"}, {}, "both"),
        ({("p-wmb|Beschluss", "keine"): "x", ("p-wmb|Beschluss", "unbekannt"): "x"}, {}, "two-ticks"),
        ({("#new|2", "3"): "ohne Titel"}, {}, "no-title"),
        ({}, {}, "nothing-filled"),
    ],
)
def test_what_is_not_clear_is_refused(fill: Fill, cells: Any, head: dict[str, str], problem: str) -> None:
    assert [found.code for found in returned(fill(cells, **head)).problems] == [problem]


def test_findings_respect_what_the_department_said(city: Workspace, fill: Fill) -> None:
    before = {finding.nodes[0]: finding for finding in city.gaps(DAY, ["no-decision"]).findings}
    stale = {finding.nodes[0] for finding in city.findings(DAY, ["stale"]).findings}
    assert (before["p-wmb"].band, {"p-int18", "p-qm"} <= stale) == ("hinweis", True)
    taken(
        city,
        fill(
            {
                ("p-wmb|Beschluss", "keine"): "x",
                ("p-qm|Beschluss", "unbekannt"): "x",
                ("p-wmb25|Ziele", "keine"): "x",
                ("p-int18|#known", "stimmt"): "x",
            }
        ),
    )
    after = {finding.nodes[0]: finding for finding in city.gaps(DAY, ["no-decision"]).findings}
    assert (after["p-wmb"].band, after["p-qm"].band) == ("belegt", "hinweis")
    assert after["p-wmb"].sentence.de.endswith("Laut Auskunft vom 03.12.2025 gibt es das nicht.")
    stale = {finding.nodes[0] for finding in city.findings(DAY, ["stale"]).findings}
    assert ("p-int18" in stale, "p-qm" in stale) == (False, True)
    network = city.network()
    states = [
        emptiness(network, network.ids[p], f) for p, f in (("p-qm", "decidedOn"), ("p-wmb25", "pursues"))
    ]
    assert states == ["unknown", "none"]


def test_a_facet_that_was_denied_is_no_unknown_and_is_not_asked_again(city: Workspace, fill: Fill) -> None:
    missing = overlap_coverage(city.candidates(DAY))["without_goals"]
    taken(city, fill({("p-wmb25|Ziele", "keine"): "x", ("p-wmb25|Ende", "unbekannt"): "x"}))
    assert overlap_coverage(city.candidates(DAY))["without_goals"] == missing - 1
    asked = questions(department_sheet(city.network(), "FB 56", DAY))["p-wmb25"]
    assert (("Ziele",) in asked, ("Ende",) in asked) == (False, True)


def test_an_interview_goes_out_and_in_again_by_workbook_and_by_folder(
    city: Workspace, fill: Fill, tmp_path: Path
) -> None:
    taken(city, fill({("p-wmb|Beschluss", "keine"): "x", ("p-qm|Beginn", "antwort"): "2016"}))
    brought = taken(city, export(city, tmp_path / "all.xlsx"))
    assert (brought.commit.added, brought.commit.removed) == (0, 0)
    store = ["--store", str(city.settings.folder), "--quiet"]
    assert main([*store, "export", str(tmp_path / "tables")]) == 0
    facets = (tmp_path / "tables" / "facets.csv").read_text("utf-8").splitlines()
    assert facets[1].startswith("p-wmb,Beschluss,gibt es nicht,")
    with Workspace(read_settings({}, store=str(tmp_path / "other"))) as other:
        other.import_folder(tmp_path / "tables")
        assert emptiness(other.network(), other.network().ids["p-wmb"], "decidedOn") == "none"


def test_the_command_line_writes_both_forms_and_takes_the_filled_sheet(
    city: Workspace, fill: Fill, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ["--store", str(city.settings.folder), "--quiet"]
    for name in ("bogen.xlsx", "bogen.html"):
        assert main([*store, "sheet", "FB 56", str(tmp_path / name), "--as-of", "2026-01-01"]) == 0
    assert main([*store, "sheet", "FB 56", str(tmp_path / "bogen.txt")]) == 1
    capsys.readouterr()
    filled = fill({("p-wmb|#known", "stimmt"): "x"})
    assert main([*store, "import", str(filled), "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["imports"][0]["source"] == "bogen-dep-fb56-2025-12-03-sachgebietsleitung"
