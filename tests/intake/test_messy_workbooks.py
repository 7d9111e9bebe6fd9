"""Workbooks as real offices keep them: the score that judges a report, and the bars that each report must reach."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from api.workspace import Workspace
from tests.sheets.catalogue import WORKBOOKS, write, write_any
from tests.sheets.score import score
from tests.sheets.truth import Place, Truth

Report = dict[str, Any]
TEXT = {"de": "weil", "en": "because"}


# the score


def perfect_report(truth: Truth) -> Report:
    """Tell the truth as a report."""
    plans = [
        {
            "title": plan.title[0],
            "lead_department": (plan.lead or ("",))[0],
            **{name: getattr(plan, name)[0] for name in ("valid_from", "valid_to", "decided_on")},
            **{name: list(getattr(plan, name) or ()) for name in ("target_groups", "goals")},
            **{name: (getattr(plan, name) or ("",))[0] for name in ("legal_basis", "status")},
            "where": {"sheet": plan.place.sheet, "row": plan.place.row},
        }
        for plan in truth.plans
    ]
    rows = [
        {"sheet": place.sheet, "row": place.row, "class": min(classes), "why": TEXT}
        for place, classes in truth.rows.items()
    ]
    twins = [{"kind": twins.kind, "places": [vars(twins.first), vars(twins.second)]} for twins in truth.twins]
    asked = [{"kind": "?", "text": {"de": asked.shows, "en": asked.shows}} for asked in truth.asked]
    return {
        "records": {"plans": plans},
        "rows": rows,
        "duplicates": twins,
        "questions": asked,
        "problems": [],
    }


@pytest.fixture(scope="module")
def overview(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Truth]:
    _, truth = write("grown overview", tmp_path_factory.mktemp("books"))
    return perfect_report(truth), truth


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_truth_itself_scores_full_marks(name: str, tmp_path: Path) -> None:
    _, truth = write(name, tmp_path)
    judged = vars(score(perfect_report(truth), truth))
    assert {key: value for key, value in judged.items() if isinstance(value, list) and value} == {}


def changed(report: Report, plan: str, **values: Any) -> Report:
    report = copy.deepcopy(report)
    (record,) = [record for record in report["records"]["plans"] if record["title"] == plan]
    record.update(values)
    return report


def test_a_plan_that_is_missing_is_missed_with_its_lead(overview: tuple[Report, Truth]) -> None:
    report, truth = copy.deepcopy(overview[0]), overview[1]
    report["records"]["plans"] = [
        plan for plan in report["records"]["plans"] if plan["title"] != "Brandschutzbedarfsplan 2025"
    ]
    judged = score(report, truth)
    assert judged.missed == ["Übersicht!32: Brandschutzbedarfsplan 2025"]
    assert judged.wrong_leads == ["Brandschutzbedarfsplan 2025: missed"]
    assert judged.found_share == pytest.approx(17 / 18)


def test_a_plan_told_twice_or_under_another_name_is_junk(overview: tuple[Report, Truth]) -> None:
    report, truth = copy.deepcopy(overview[0]), overview[1]
    plans = report["records"]["plans"]
    plans += [
        copy.deepcopy(plans[0]),
        {"title": "Summe Bereich A", "where": {"sheet": "Übersicht", "row": 14}},
    ]
    assert len(score(report, truth).junk) == 2


def test_white_space_and_composed_letters_make_no_other_title(overview: tuple[Report, Truth]) -> None:
    plan = "Freiraumkonzept „Die Grüne Krone“"
    report = changed(overview[0], plan, title="Freiraumkonzept  „Die\nGru\u0308ne\u00a0Krone“")
    assert score(report, overview[1]).missed == []
    star = changed(overview[0], plan, title=plan + " *")
    assert score(star, overview[1]).found_share < 1


def test_a_lead_where_none_is_named_is_invented(overview: tuple[Report, Truth]) -> None:
    report = changed(overview[0], "Integrationskonzept der Stadt Aachen (2006)", lead_department="FB 50")
    judged = score(report, overview[1])
    assert (len(judged.invented_leads), judged.wrong_leads) == (1, [])


def test_another_lead_than_named_is_wrong_but_code_name_and_id_are_all_right(
    overview: tuple[Report, Truth],
) -> None:
    plan = "Brandschutzbedarfsplan 2025"
    for lead in ("FB 37", "FB37", "Feuerwehr und Rettungsdienst", "dep-fb37"):
        assert score(changed(overview[0], plan, lead_department=lead), overview[1]).wrong_leads == []
    assert len(score(changed(overview[0], plan, lead_department="FB 36"), overview[1]).wrong_leads) == 1


def test_a_date_is_exact_with_its_precision(overview: tuple[Report, Truth]) -> None:
    plan = "Bedarfsplanung Kindertagesbetreuung 2025/2026"
    assert score(changed(overview[0], plan, valid_to="2026-07"), overview[1]).invented_dates == []
    assert len(score(changed(overview[0], plan, valid_to="2026-07-31"), overview[1]).invented_dates) == 1
    assert len(score(changed(overview[0], plan, valid_to=""), overview[1]).missed_dates) == 1


def test_a_row_without_reason_or_of_another_class_is_noticed(overview: tuple[Report, Truth]) -> None:
    report, truth = copy.deepcopy(overview[0]), overview[1]
    by_row = {Place(row["sheet"], row["row"]): row for row in report["rows"]}
    by_row[Place("Übersicht", 6)].update({"class": "plan"})
    by_row[Place("Übersicht", 7)].update({"why": {"de": "", "en": ""}})
    judged = score(report, truth)
    assert judged.misread == ["Übersicht!6: plan, not section"]
    assert judged.unexplained == ["Übersicht!7"]


def test_a_person_is_never_a_lead(tmp_path: Path) -> None:
    _, truth = write("departments in every spelling", tmp_path)
    report = changed(
        perfect_report(truth),
        "Vierter Kinder- und Jugendförderplan 2023–2026",
        lead_department="Dr. A. Yılmaz",
    )
    assert len(score(report, truth).invented_leads) == 1


def test_untold_twins_and_unasked_questions_are_noticed(tmp_path: Path) -> None:
    _, truth = write("twins and editions", tmp_path)
    silent = {**perfect_report(truth), "duplicates": []}
    assert [told.split(":")[0] for told in score(silent, truth).untold_twins] == [
        "exact",
        "exact",
        "near",
        "near",
    ]


# the bars


FOUND, LEADS = 0.95, 0.9


def failings(report: Report, truth: Truth) -> list[str]:
    """Return what keeps a report from the bars, in words."""
    judged = score(report, truth)
    shares = (
        ("plans found", judged.found_share, FOUND, judged.missed),
        ("leads right", judged.lead_share, LEADS, judged.wrong_leads),
        ("dates taken over", judged.date_share, 0.9, judged.missed_dates),
        ("rows read as what they are", judged.class_share, 0.95, judged.misread),
        ("lists and words right", judged.value_share, 0.9, judged.wrong_values),
    )
    none = (
        "junk", "invented_leads", "invented_dates", "unexplained", "untold_twins", "unasked", "misplaced",
    )  # fmt: skip
    below = [f"{share:.0%} {what}: {why}" for what, share, bar, why in shares if share < bar]
    return below + [f"{name}: {getattr(judged, name)}" for name in none if getattr(judged, name)]


Reported = Callable[[Path, str], Report]


@pytest.fixture
def reported(aachen: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Reported:
    """Return a function that reports on a workbook over a store: ``empty``, or ``aachen`` with its plans."""

    def report(path: Path, store: str) -> Report:
        at = aachen.settings.store if store == "aachen" else str(tmp_path / "store")
        told = tmp_path / "R.json"
        words = ["--store", at, "import", str(path), "--dry-run", "--report", str(told)]
        status, said = main(words), capsys.readouterr()
        report: Report = json.loads(told.read_text("utf-8"))
        assert status == (0 if report["records"]["plans"] else 1), said.err
        return report

    return report


@pytest.mark.parametrize("store", ["empty", "aachen"])
@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_report_on_a_workbook_reaches_the_bars(
    name: str, store: str, tmp_path: Path, reported: Reported
) -> None:
    path, truth = write(name, tmp_path)
    assert failings(reported(path, store), truth) == []


@pytest.mark.parametrize("seed", range(1, 13))
def test_the_report_on_an_office_drawn_by_lot_reaches_the_bars(
    seed: int, tmp_path: Path, reported: Reported
) -> None:
    path, truth = write_any(seed, tmp_path)
    assert failings(reported(path, "empty"), truth) == []


@pytest.mark.parametrize("name", ["budget", "contacts"])
def test_a_workbook_without_plans_gives_none_and_says_so(
    name: str, tmp_path: Path, reported: Reported
) -> None:
    report = reported(write(name, tmp_path)[0], "empty")
    assert report["records"]["plans"] == []
    (said,) = [problem["text"] for problem in report["problems"] if problem["severity"] == "error"]
    assert "nichts gefunden" in said["de"]
    assert "Nothing was found" in said["en"]
