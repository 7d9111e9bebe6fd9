"""Decisions stay with their finding through re-imports, and say when the evidence has changed."""

from __future__ import annotations

import csv
import json
import multiprocessing
from collections.abc import Callable
from datetime import date
from io import StringIO
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.cli import main
from api.settings import Settings, read_settings
from api.wanted import wanted_day
from api.workspace import Workspace
from graph.errors import BadRequest, NotFound
from graph.findings.comparison import compare

PLANS = (
    "id,title_de,kind,lead_department,status,valid_from,valid_to,adopted_on,legal_basis,topics,areas,summary_de,"
    "source_url,source_date,series,participating,decision,adopted_by,target_groups,source_id,note"
)
Tables = Callable[..., Path]


def plans(*ended: str) -> str:
    """Return plans that ended without successor, given as ``id/end``."""
    rows = []
    for entry in ended:
        name, end = entry.split("/")
        cells = {
            "id": name,
            "title_de": name,
            "status": "ausgelaufen",
            "valid_to": end,
            "source_id": "s1",
            "source_date": "2025-03-01",
        }
        rows.append(",".join(cells.get(column, "") for column in PLANS.split(",")))
    return "\n".join([PLANS, *rows])


@pytest.fixture
def city(workspace: Workspace, tables: Tables) -> Workspace:
    workspace.import_folder(tables(plans=plans("p-1/2019", "p-2/2020")))
    return workspace


def ended(workspace: Workspace) -> dict[str, str]:
    found = workspace.findings(wanted_day(None), ["chain"]).findings
    return {finding.nodes[0]: finding.id for finding in found if finding.kind == "ended-without-successor"}


def test_a_decision_is_kept_with_reason_role_day_and_paper(city: Workspace) -> None:
    decided = city.decide(
        ended(city)["p-1"], "gewollt", "Läuft aus wie geplant", role="Steuerungsgruppe", paper="V 1"
    )
    assert decided.state == "gewollt"
    (entry,) = decided.details["decisions"]
    assert entry == {
        "state": "gewollt", "reason": "Läuft aus wie geplant", "role": "Steuerungsgruppe",
        "date": wanted_day(None).isoformat(), "paper": "V 1",
    }  # fmt: skip
    assert city.files.log()[-1].who == "Steuerungsgruppe"


def test_a_later_decision_wins_and_the_earlier_stays_in_the_history(city: Workspace) -> None:
    finding = ended(city)["p-1"]
    city.decide(finding, "bestätigt", "stimmt", role="a")
    decided = city.decide(finding, "erledigt", "neuer Plan beauftragt", role="b")
    assert [entry["state"] for entry in decided.details["decisions"]] == ["bestätigt", "erledigt"]


def test_a_decision_survives_a_re_import(city: Workspace, tables: Tables) -> None:
    finding = ended(city)["p-1"]
    city.decide(finding, "gewollt", "so geplant", role="a")
    city.import_folder(tables(plans=plans("p-1/2019", "p-2/2020", "p-3/2021")))
    decided = city.finding(finding, wanted_day(None))
    assert (decided.state, decided.details["evidence_changed"]) == ("gewollt", False)


def test_changed_evidence_is_said(city: Workspace, tables: Tables) -> None:
    finding = ended(city)["p-1"]
    city.decide(finding, "gewollt", "so geplant", role="a")
    city.import_folder(tables(plans=plans("p-1/2018", "p-2/2020")))
    decided = city.finding(finding, wanted_day(None))
    assert (decided.state, decided.details["evidence_changed"]) == ("gewollt", True)


def test_other_findings_stay_open(city: Workspace) -> None:
    city.decide(ended(city)["p-1"], "gewollt", "so geplant", role="a")
    assert city.finding(ended(city)["p-2"], wanted_day(None)).state == "offen"


@pytest.mark.parametrize(("state", "reason"), [("gewünscht", "x"), ("gewollt", ""), ("gewollt", "  ")])
def test_a_bad_decision_is_refused_and_nothing_is_stored(city: Workspace, state: str, reason: str) -> None:
    before = city.snapshot()
    with pytest.raises(BadRequest):
        city.decide(ended(city)["p-1"], state, reason, role="a")
    assert city.snapshot() == before


def test_an_unknown_finding_is_refused(city: Workspace) -> None:
    with pytest.raises(NotFound, match="ist nicht erfasst"):
        city.decide("chain-x", "gewollt", "so", role="a")


def test_findings_of_two_states_are_compared(city: Workspace, tables: Tables) -> None:
    before = city.files.log()[-1].id
    city.import_folder(tables(plans=plans("p-2/2020", "p-3/2021")))
    changes = {
        (c.change, c.finding.nodes[0])
        for c in city.finding_changes(before[:10], wanted_day(None)).changes
        if c.finding.kind == "ended-without-successor"
    }
    assert changes == {("new", "p-3"), ("gone", "p-1")}


def test_an_earlier_state_is_read_back_as_it_was(city: Workspace, tables: Tables) -> None:
    first = city.files.log()[-1].id
    texts = {source: path.read_text() for source, path in city.files.paths().items()}
    city.import_folder(tables(plans=plans("p-9/2021")))
    assert {source: path.read_text() for source, path in city.files.paths_at(first).items()} == texts


def test_nothing_has_changed_against_oneself(aachen: Workspace) -> None:
    found = aachen.findings(date(2026, 1, 1)).findings
    assert compare(found, found) == []


def test_the_command_line_decides_and_lists_by_state(
    city: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANWERK_STORE", city.settings.store)
    finding = ended(city)["p-1"]
    assert main(["decide", finding, "verworfen", "--reason", "Datenfehler"]) == 0
    assert capsys.readouterr().out.startswith(f"{finding}: verworfen")
    assert main(["findings", "--state", "verworfen", "--format", "json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)["findings"]
    assert shown["id"] == finding
    assert main(["decide", finding, "verworfen"]) == 1
    assert "braucht einen Grund" in capsys.readouterr().err


@pytest.mark.parametrize(
    "reason", ["Zeile\neins", "a\u2028b", "a\u0085b", 'mit "Zitat" und \\', "=SUMME(A1)"]
)
def test_any_reason_is_kept_as_it_was_given(city: Workspace, reason: str) -> None:
    finding = ended(city)["p-1"]
    city.decide(finding, "bestätigt", "zuvor", role="a")
    assert city.decide(finding, "gewollt", reason, role="a").details["decisions"][-1]["reason"] == reason


def decide_in_a_process(settings: Settings, finding: str, role: str, ready: Barrier) -> None:
    """Take three decisions on a finding, beginning when the others begin."""
    with Workspace(settings) as workspace:
        ready.wait()
        for number in range(3):
            workspace.decide(finding, "bestätigt", f"{role} {number}", role=role)


def test_what_two_processes_decide_at_once_is_all_kept(city: Workspace) -> None:
    found = ended(city)
    same, other = found["p-1"], found["p-2"]
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(3)
    writers = [
        context.Process(target=decide_in_a_process, args=(city.settings, finding, role, ready))
        for finding, role in ((same, "a"), (same, "b"), (other, "c"))
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    kept = city.finding(same, wanted_day(None)).details["decisions"]
    assert sorted(entry["reason"] for entry in kept) == ["a 0", "a 1", "a 2", "b 0", "b 1", "b 2"]
    assert [e["reason"] for e in kept if e["role"] == "a"] == ["a 0", "a 1", "a 2"]
    assert [e["reason"] for e in city.finding(other, wanted_day(None)).details["decisions"]] == [
        "c 0",
        "c 1",
        "c 2",
    ]


def test_nobody_writes_between_reading_and_writing_a_decision(city: Workspace) -> None:
    """Another process begins its decision while this one is being written, and ends after it."""
    found = ended(city)
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(2)
    writer = context.Process(target=decide_in_a_process, args=(city.settings, found["p-1"], "other", ready))
    writer.start()
    source = f"{city.settings.base}source/entscheidungen"

    def change(text: str) -> str:
        ready.wait()
        return text + "<http://x/a> <http://x/b> <http://x/c> .\n"

    city.files.revise(source, change, who="a", why="b")
    writer.join()
    text = city.files.text(source) or ""
    assert "<http://x/a>" in text
    assert text.count('"other"') == 3


LAST = {
    "Stand": "gewollt", "Rolle": "Steuerungsgruppe", "Grund": 'So geplant; "bis auf Weiteres"', "Vorlage": "V 1",
    "Belege seither geändert": "",
}  # fmt: skip


@pytest.fixture
def decided(city: Workspace, monkeypatch: pytest.MonkeyPatch) -> str:
    """The finding on which two decisions were taken."""
    monkeypatch.setenv("PLANWERK_STORE", city.settings.store)
    finding = ended(city)["p-1"]
    city.decide(finding, "bestätigt", "stimmt", role="a")
    city.decide(finding, "gewollt", LAST["Grund"], role=LAST["Rolle"], paper=LAST["Vorlage"])
    return finding


def row_of(text: str, finding: str) -> dict[str, str]:
    (row,) = (row for row in csv.DictReader(StringIO(text)) if row["Kennung"] == finding)
    return row


def test_the_command_line_gives_decisions_out(decided: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["findings", "--format", "csv"]) == 0
    row = row_of(capsys.readouterr().out, decided)
    assert {name: row[name] for name in LAST} == LAST
    assert row["entschieden am"] == wanted_day(None).isoformat()
    assert main(["findings", "--format", "json"]) == 0
    (shown,) = (f for f in json.loads(capsys.readouterr().out)["findings"] if f["id"] == decided)
    assert [entry["reason"] for entry in shown["decisions"]] == ["stimmt", LAST["Grund"]]


def test_the_page_gives_decisions_out(city: Workspace, decided: str, served: Any) -> None:
    with served(city) as address, httpx.Client(base_url=address, timeout=30) as asking:
        answer = asking.get("/findings?format=csv&lang=de")
        again = asking.get("/findings?format=csv&lang=de", headers={"If-None-Match": answer.headers["etag"]})
        document = asking.get("/findings", headers={"Accept": "application/json"}).json()
        negotiated = asking.get("/findings", headers={"Accept": "text/csv"})
    assert answer.headers["content-type"] == negotiated.headers["content-type"] == "text/csv; charset=utf-8"
    assert {name: row_of(answer.text, decided)[name] for name in LAST} == LAST
    assert again.status_code == 304
    (shown,) = (f for f in document["findings"] if f["id"] == decided)
    assert [entry["state"] for entry in shown["decisions"]] == ["bestätigt", "gewollt"]


def test_overlaps_and_gaps_tell_their_state(
    city: Workspace, decided: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gaps", "--format", "csv"]) == 0
    states = {row["id"]: row["state"] for row in csv.DictReader(StringIO(capsys.readouterr().out))}
    assert states[decided] == "gewollt"
    assert set(states.values()) == {"gewollt", "offen"}


def test_rdf_holds_every_decision_and_a_fresh_store_reads_it_back(
    city: Workspace, decided: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sources of a fresh store, written from the exported quads: every decision is there again."""
    out = tmp_path / "all.nq"
    assert main(["export", str(out)]) == 0
    assert "Entscheidungen" not in capsys.readouterr().err
    texts: dict[str, list[str]] = {}
    for line in out.read_text("utf-8").splitlines():
        triple, _, source = line.removesuffix(" .").rpartition(" ")
        texts.setdefault(source.strip("<>"), []).append(f"{triple} .\n")
    with Workspace(read_settings({}, store=str(tmp_path / "fresh"))) as other:
        said = {source: "".join(sorted(lines)) for source, lines in texts.items()}
        other.files.commit(said, who="a", why="b")
        taken = other.finding(decided, wanted_day(None)).details["decisions"]
    assert [entry["state"] for entry in taken] == ["bestätigt", "gewollt"]


def test_tables_have_no_place_for_decisions_and_the_export_says_so(
    city: Workspace, decided: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(tmp_path / "tables")]) == 0
    assert "2 Entscheidungen haben keine Tabelle und fehlen hier" in capsys.readouterr().err
    assert decided not in "".join(path.read_text("utf-8") for path in (tmp_path / "tables").iterdir())
