"""Real files on the command line: Aachen's own overview as a workbook, delivered twice, refused, and killed on the way."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from api.cli import main
from api.settings import read_settings
from api.workspace import Workspace

ROOT = Path(__file__).parents[2]
AACHEN = ROOT / "data" / "aachen"
HEADINGS = (
    "Nr.",
    "Titel",
    "FF",
    "Zielgruppe(n)",
    "Laufzeit von",
    "bis",
    "Beschluss-Datum",
    "Status",
    "Ansprechperson",
)

Run = Callable[..., tuple[int, str, str]]


def table(name: str) -> list[dict[str, str]]:
    with (AACHEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CODES = {row["id"]: row["code"] or row["name_de"] for row in table("departments")}
GROUPS = {row["id"]: row["title_de"] for row in table("target_groups")}
PLANS = [row for row in table("plans") if row["lead_department"] in CODES][:30]


def overview(path: Path, plans: list[dict[str, str]] = PLANS, **changed: dict[str, str]) -> Path:
    """Write Aachen's plans as a planner keeps them: a title above, abbreviations, a total below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Bestand"
    sheet.append(["Übersicht der Planwerke", None])
    sheet.append([])
    sheet.append(list(HEADINGS))
    for number, row in enumerate(plans, start=1):
        said = row | changed.get(row["id"].replace("-", "_"), {})
        groups = "; ".join(GROUPS[group] for group in said["target_groups"].split(";") if group)
        dates = (said["valid_from"], said["valid_to"], said["adopted_on"])
        sheet.append(
            [
                number,
                said["title_de"],
                CODES[said["lead_department"]],
                groups,
                *dates,
                said["status"],
                "Frau Muster",
            ]
        )
    sheet.append([None, f"Summe: {len(plans)}"])
    book.save(path)
    return path


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command on a store of its own: (exit status, stdout, stderr)."""
    monkeypatch.setenv("PLANWERK_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("PLANWERK_LANG", raising=False)

    def words(*given: str | Path) -> tuple[int, str, str]:
        status = main([str(word) for word in given])
        written = capsys.readouterr()
        return status, written.out, written.err

    return words


def held(folder: Path) -> Workspace:
    return Workspace(read_settings({}, store=str(folder / "store")))


def test_the_overview_of_a_city_comes_into_an_empty_store(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("import", overview(tmp_path / "Bestand 2025.xlsx"), "--date", "2025-03-01")
    assert status == 0
    assert out.startswith("Bestand 2025.xlsx: 30 Planwerke, ")
    with held(tmp_path) as workspace:
        network = workspace.network()
        titles = {network.label(node) for node in network.of_type("Plan")}
        leads = {network.label(node): network.targets(node, "leadUnit") for node in network.of_type("Plan")}
        assert titles == {row["title_de"] for row in PLANS}
        for row in PLANS:
            (lead,) = leads[row["title_de"]]
            code = CODES[row["lead_department"]]
            assert code in {network.label(lead), network.value(lead, "identifier")}
        everything = "".join(path.read_text("utf-8") for path in workspace.files.paths().values())
        assert "Muster" not in everything


def test_in_a_store_with_aachen_it_speaks_of_the_same_plans(run: Run, tmp_path: Path) -> None:
    run("import", AACHEN)
    with held(tmp_path) as workspace:
        before = set(workspace.network().of_type("Plan"))
    status, _, _ = run("import", overview(tmp_path / "Bestand.xlsx"), "--date", "2025-03-01")
    assert status == 0
    with held(tmp_path) as workspace:
        network = workspace.network()
        assert set(network.of_type("Plan")) == before
        for row in PLANS:
            assert (
                network.id(network.targets(network.ids[row["id"]], "leadUnit")[0]) == row["lead_department"]
            )


def test_the_next_delivery_says_what_changed_field_by_field(run: Run, tmp_path: Path) -> None:
    run("import", overview(tmp_path / "Bestand.xlsx"), "--date", "2025-03-01")
    gone, changed = PLANS[-1], PLANS[0]
    edited = {changed["id"].replace("-", "_"): {"valid_to": "2031"}}
    path = overview(tmp_path / "Bestand.xlsx", PLANS[:-1], **edited)
    status, out, _ = run("import", path, "--date", "2026-03-01")
    assert status == 0
    said = out.partition("Seit der letzten Lieferung:\n")[2].splitlines()
    assert f"  Entfallen: „{gone['title_de']}“ (Planwerke)." in said
    was = changed["valid_to"]
    told = f"{was} → 2031" if was else "neu 2031"
    assert f"  „{changed['title_de']}“, Gilt bis: {told}." in said


def test_a_mapping_is_used_remembered_and_printed(run: Run, tmp_path: Path) -> None:
    path = overview(tmp_path / "Bestand.xlsx", PLANS[:5])
    mapping = tmp_path / "zuordnung.json"
    mapping.write_text(json.dumps({"columns": {"Bestand": {"FF": "participating"}}}), "utf-8")
    assert run("import", path, "--mapping", mapping)[0] == 0
    assert run("import", path, "--report", tmp_path / "R.json")[0] == 0
    report = json.loads((tmp_path / "R.json").read_text("utf-8"))
    assert [plan["lead_department"] for plan in report["records"]["plans"]] == [""] * 5
    assert report["changes"] == []
    status, out, _ = run("corrections", "bestand")
    assert (status, json.loads(out)["columns"]) == (0, {"Bestand": {"FF": "participating"}})
    assert run("corrections", "nirgends")[0] == 1


def test_the_report_has_the_shape_that_programs_wait_for(run: Run, tmp_path: Path) -> None:
    status, out, _ = run(
        "import", overview(tmp_path / "Bestand.xlsx", PLANS[:3]), "--dry-run", "--format", "json"
    )
    report = json.loads(out)
    assert status == 0
    assert {"source", "rows", "records", "questions", "problems", "duplicates"} <= report.keys()
    plan = report["records"]["plans"][0]
    assert plan["title"] == PLANS[0]["title_de"]
    assert plan["where"] == {"sheet": "Bestand", "row": 4}
    assert not (tmp_path / "store" / "sources").exists()


def test_a_folder_and_a_workbook_come_in_one_call(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("import", AACHEN, overview(tmp_path / "Bestand.xlsx", PLANS[:3]))
    assert status == 0
    assert out.splitlines()[0].startswith("aachen: 1.277 Zeilen")
    assert "Bestand.xlsx: 3 Planwerke" in out


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "alt.xls",
            b"\xd0\xcf\x11\xe0",
            "alt.xls wird so nicht gelesen; möglich sind .xlsx, .csv, .tsv, .ods",
        ),
        ("kaputt.xlsx", b"PK\x03\x04kaputt", "kaputt.xlsx"),
        ("leer.csv", b"", "leer.csv"),
        (
            "brief.csv",
            b"Sehr geehrte Damen und Herren,\nanbei die Liste.\n",
            "nichts wurde übernommen",
        ),
    ],
)
def test_a_refused_file_changes_nothing(
    run: Run, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    run("import", overview(tmp_path / "Bestand.xlsx", PLANS[:3]))
    with held(tmp_path) as workspace:
        before = workspace.snapshot()
    (tmp_path / name).write_bytes(content)
    status, out, err = run(
        "import", tmp_path / name, "--source-id", "bestand", "--report", tmp_path / "R.json"
    )
    assert (status, out) == (1, "")
    assert sentence in err
    assert json.loads((tmp_path / "R.json").read_text("utf-8"))["problems"]
    with held(tmp_path) as workspace:
        assert workspace.snapshot() == before


def test_a_mapping_that_cannot_be_read_changes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text('{"spalten": {}}', "utf-8")
    status, _, err = run(
        "import", overview(tmp_path / "Bestand.xlsx", PLANS[:3]), "--mapping", tmp_path / "m.json"
    )
    assert status == 1
    assert "m.json: „spalten“ gibt es in einer Zuordnung nicht" in err
    assert not (tmp_path / "store").exists()


def state(folder: Path) -> tuple[str, Any]:
    with held(folder) as workspace:
        kept = folder / "store" / "corrections" / "bestand.json"
        return workspace.snapshot(), kept.exists() and json.loads(kept.read_text("utf-8"))


@pytest.mark.parametrize("step", range(6))
def test_whoever_is_killed_on_the_way_leaves_the_old_store_or_the_new(
    run: Run, tmp_path: Path, step: int
) -> None:
    path = overview(tmp_path / "Bestand.xlsx", PLANS[:10])
    run("import", path, "--date", "2025-03-01")
    old = state(tmp_path)[0]
    overview(path, PLANS)
    environment = {**os.environ, "PLANWERK_STORE": str(tmp_path / "store"), "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "api.cli", "import", str(path), "--date", "2025-03-01"]
    with subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT) as importing:
        time.sleep(0.3 * step)
        importing.send_signal(signal.SIGKILL)
    killed = state(tmp_path)[0]
    run("import", path, "--date", "2025-03-01")
    new, kept = state(tmp_path)
    assert killed in {old, new}
    assert len(kept["ids"]["plans"]) == 30
