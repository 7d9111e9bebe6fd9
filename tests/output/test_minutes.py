"""What a meeting decided: the file that its page saves, read back all or nothing, with where it comes from."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.cli import main
from api.jobs import walking
from api.jobs.asking import question
from api.settings import read_settings
from api.wanted import wanted_day
from api.workspace import Workspace
from graph.errors import BadRequest, NotFound, PlanwerkError
from graph.findings.decisions import evidence_digest
from graph.findings.minutes.reading import read_minutes
from tests.stores.chosen import copied

DAY = date(2026, 1, 1)


@pytest.fixture
def city(aachen: Workspace, tmp_path: Path):
    """A copy of Aachen's store, to write into."""
    copied(aachen, tmp_path / "city")
    with Workspace(read_settings({}, store=str(tmp_path / "city"))) as workspace:
        yield workspace


@pytest.fixture
def ids(aachen: Workspace) -> list[str]:
    """Findings that stand on the reference day and today."""
    today = {finding.id for finding in aachen.findings(wanted_day(None)).findings}
    return [finding.id for finding in aachen.findings(DAY).findings if finding.id in today][:3]


def entry(finding: str, **said: str) -> dict[str, str]:
    usual = {"state": "gewollt", "reason": "so gewollt", "role": "Steuerungsgruppe", "evidence": "0" * 16}
    return {"finding": finding, "paper": "", "note": "", **usual, **said}


def minutes(*entries: dict[str, str], **more: Any) -> bytes:
    usual = {
        "planwerk": "beschluesse", "version": 1, "meeting": "ab12cd34ef56", "walk": "steuerung", "title": "Januar",
        "date": "2026-01-15", "as_of": "2026-01-01", "saved": "2026-01-15T10:00:00.000Z",
    }  # fmt: skip
    return json.dumps({**usual, "entries": list(entries), **more}).encode()


NAME = "beschluesse-steuerung-2026-01-15.json"


def test_a_decision_of_a_meeting_stands_on_its_finding_with_the_meeting(city, ids):
    walking.take_minutes(city, minutes(entry(ids[0], paper="V 7", note="Wiedervorlage im Mai")), NAME)
    found = city.finding(ids[0], DAY)
    assert found.state == "gewollt"
    assert found.details["decisions"] == [
        {
            "state": "gewollt", "reason": "so gewollt", "role": "Steuerungsgruppe", "date": "2026-01-15", "paper": "V 7",
            "meeting": "Beschlüsse der Sitzung „Januar“",
        }
    ]  # fmt: skip
    assert found.details["notes"] == [
        {
            "note": "Wiedervorlage im Mai", "role": "Steuerungsgruppe", "date": "2026-01-15",
            "meeting": "Beschlüsse der Sitzung „Januar“",
        }
    ]  # fmt: skip


def test_the_minutes_are_a_source_that_names_walk_day_and_file(city, ids):
    walking.take_minutes(city, minutes(entry(ids[0])), NAME)
    network = city.network()
    source = network.ids["source/sitzung-steuerung-2026-01-15-ab12cd34ef56"]
    assert (network.type(source), network.value(source, "date")) == ("Source", "2026-01-15")
    assert network.value(source, "fileName") == NAME
    assert network.values(source, "partOfWalk")[0].iri == f"{network.base}walk/steuerung"


def test_a_ready_made_question_lists_the_notes_with_their_file(city, ids):
    walking.take_minutes(city, minutes(entry(ids[0], note="Mai")), NAME)
    (row,) = city.host().query(question("q56").text).bindings()
    assert (row["note"].value, row["file"].value, row["saved"].value[:19]) == (
        "Mai",
        NAME,
        "2026-01-15T10:00:00",
    )


def test_the_same_file_twice_changes_nothing(city, ids):
    file = minutes(entry(ids[0]), entry(ids[1], state="", reason="", note="nur notiert"))
    walking.take_minutes(city, file, NAME)
    before = city.snapshot()
    _, commit = walking.take_minutes(city, file, NAME)
    assert (commit.added, commit.removed, city.snapshot()) == (0, 0, before)


def test_a_later_save_of_the_same_meeting_replaces_the_former(city, ids):
    walking.take_minutes(city, minutes(entry(ids[0])), NAME)
    later = minutes(entry(ids[0], state="verworfen"), entry(ids[1]), saved="2026-01-15T11:00:00Z")
    walking.take_minutes(city, later, NAME)
    assert [city.finding(name, DAY).state for name in ids[:2]] == ["verworfen", "gewollt"]
    assert len(city.finding(ids[0], DAY).details["decisions"]) == 1


def test_an_earlier_save_does_not_replace_a_later_one(city, ids):
    walking.take_minutes(city, minutes(entry(ids[0]), entry(ids[1])), NAME)
    with pytest.raises(BadRequest, match=r"schon eine neuere Fassung übernommen \(15\.01\.2026 10:00\)"):
        walking.take_minutes(city, minutes(entry(ids[0]), saved="2026-01-15T09:00:00Z"), NAME)
    assert city.finding(ids[1], DAY).state == "gewollt"


def test_two_meetings_of_one_walk_on_one_day_are_both_kept(city, ids):
    walking.take_minutes(city, minutes(entry(ids[0])), NAME)
    walking.take_minutes(city, minutes(entry(ids[0], state="verworfen"), meeting="ffffffffffff"), NAME)
    decisions = city.finding(ids[0], DAY).details["decisions"]
    assert [one["state"] for one in decisions] == ["gewollt", "verworfen"]


def test_the_decision_of_the_later_day_counts_whenever_it_is_taken_in(city, ids):
    city.decide(ids[0], "erledigt", "nachgeholt", role="Sozialplanung")
    walking.take_minutes(city, minutes(entry(ids[0])), NAME)
    assert city.finding(ids[0], DAY).state == "erledigt"


def test_evidence_that_changed_since_the_file_is_said(city, ids):
    same = evidence_digest(city.finding(ids[0], DAY))
    walking.take_minutes(city, minutes(entry(ids[0], evidence=same), entry(ids[1])), NAME)
    changed = [city.finding(name, DAY).details["evidence_changed"] for name in ids[:2]]
    assert changed == [False, True]


def test_a_dry_run_stores_nothing(city, ids):
    before = city.snapshot()
    _, commit = walking.take_minutes(city, minutes(entry(ids[0])), NAME, dry_run=True)
    assert (commit.added > 0, city.snapshot()) == (True, before)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "gewünscht"}, "Eintrag 2 ({id}): den Stand „gewünscht“ gibt es nicht; möglich sind offen"),
        ({"reason": " "}, "Eintrag 2 ({id}): der Entscheidung fehlt der Grund."),
        ({"role": ""}, "Eintrag 2 ({id}): es fehlt, welche Stelle oder Rolle entschieden hat."),
        ({"state": "", "reason": ""}, "Eintrag 2 ({id}): weder Entscheidung noch Notiz."),
        ({"evidence": ""}, "Eintrag 2 ({id}): die Prüfsumme der Belege fehlt."),
        ({"finding": "overlap-0"}, "Eintrag 2: Den Hinweis „overlap-0“ gibt es nicht."),
        ({"finding": "FIRST"}, "Eintrag 2 ({first}): der Hinweis steht schon darüber."),
        ({"reason": 7}, "Eintrag 2: unter „reason“ steht kein Text bis 5000 Zeichen."),
        ({"person": "x"}, "Eintrag 2: ist kein Eintrag mit Hinweis, Stand und Grund."),
    ],
)
def test_one_bad_entry_and_nothing_is_taken_in(city, ids, change, said):
    before = city.snapshot()
    change = {name: ids[0] if value == "FIRST" else value for name, value in change.items()}
    with pytest.raises(PlanwerkError) as refused:
        walking.take_minutes(city, minutes(entry(ids[0]), {**entry(ids[1]), **change}), NAME)
    assert refused.value.text.de.startswith(f"{NAME}, {said.format(id=ids[1], first=ids[0])}")
    assert refused.value.text.de.endswith("Nichts wurde übernommen.")
    assert city.snapshot() == before


@pytest.mark.parametrize(
    "file",
    [
        b"", b"[]", b"{}", b"\xff\xfe", b"[" * 5000, b'{"planwerk": "anderes"}',
        minutes(), minutes(entry("x"), version=2), minutes(entry("x"), walk="../x"), minutes(entry("x"), meeting=""),
        minutes(entry("x"), date="gestern"), minutes(entry("x"), saved="2026-01-15T10:00:00"), minutes("x"),  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_one_sentence(file):
    with pytest.raises(BadRequest) as refused:
        read_minutes(file, NAME)
    assert refused.value.text.de.startswith(NAME)
    assert "\n" not in refused.value.text.de


def test_the_command_takes_the_file_and_says_what_changed(city, ids, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PLANWERK_STORE", city.settings.store)
    path = tmp_path / NAME
    path.write_bytes(minutes(entry(ids[0], note="Mai")))
    assert main(["import", str(path)]) == 0
    assert capsys.readouterr().out.startswith(
        f"{NAME}: Sitzung „Januar“ vom 15.01.2026, 1 Entscheidungen, 1 Notizen. "
    )
    assert main(["import", str(path), "--format", "json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)["imports"]
    assert (report["decisions"], report["notes"], report["added"]) == (1, 1, 0)
    path.write_text('{"type": "FeatureCollection"}')
    assert main(["import", str(path)]) == 1
    assert capsys.readouterr().err.startswith(f"{NAME} ist keine Beschlussdatei")


@pytest.fixture
def editable(aachen: Workspace, tmp_path: Path):
    """A copy of Aachen's store that the page may write into."""
    copied(aachen, tmp_path / "city")
    with Workspace(read_settings({}, store=str(tmp_path / "city"), editing=True)) as workspace:
        walking.prepare(workspace, "steuerung", rules=["overlap"], band=None, top=2, day=DAY)
        yield workspace


def token_of(page: str) -> str:
    return page.partition('name="token" value="')[2].partition('"')[0]


def send(client: httpx.Client, address: str, finding: str, token: str, **said: str) -> httpx.Response:
    form = {
        "token": token,
        "finding": finding,
        "step": "2",
        "state": "gewollt",
        "reason": "so",
        "role": "SG",
        **said,
    }
    return client.post("/walks/steuerung/decisions", data=form, headers={"Origin": address})


def test_where_editing_is_on_a_decision_is_stored_at_once(editable, served):
    finding = walking.the_walk(editable, "steuerung").findings[0]
    with served(editable) as address, httpx.Client(base_url=address, timeout=60) as client:
        token = token_of(client.get("/walks/steuerung?step=2").text)
        answer = send(client, address, finding, token, note="Mai")
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            "/walks/steuerung?step=2&done=recorded",
        )
        send(client, address, finding, token, state="verworfen", note="")
        card = client.get(f"/findings/{finding}?as_of=2026-01-01&format=json").json()
    assert [one["state"] for one in card["decisions"]] == ["verworfen"]
    assert card["decisions"][0]["meeting"] == "Beschlüsse der Sitzung „Hinweise am 01.01.2026“"


def test_a_decision_from_another_site_without_token_or_on_another_finding_is_refused(editable, served):
    walk = walking.the_walk(editable, "steuerung")
    before = editable.snapshot()
    with served(editable) as address, httpx.Client(base_url=address, timeout=60) as client:
        token = token_of(client.get("/walks/steuerung?step=2").text)
        foreign = client.post(
            "/walks/steuerung/decisions", data={"token": token}, headers={"Origin": "http://evil.example"}
        )
        refused = [
            foreign.status_code,
            send(client, address, walk.findings[0], "falsch").status_code,
            send(client, address, "overlap-0", token).status_code,
            send(client, address, walk.findings[0], token, reason="").status_code,
            send(client, address, walk.findings[0], token, state="unsinn").status_code,
        ]
    assert refused == [403, 403, 404, 400, 400]
    assert editable.snapshot() == before


def test_where_editing_is_off_nothing_is_stored(city, served):
    walking.prepare(city, "steuerung", rules=["overlap"], band=None, top=2, day=DAY)
    before = city.snapshot()
    with served(city) as address, httpx.Client(base_url=address, timeout=60) as client:
        page = client.get("/walks/steuerung?step=2").text
        assert token_of(page) == ""
        assert send(client, address, "x", "y").status_code == 403
    assert city.snapshot() == before


def test_an_unknown_finding_is_not_found(city):
    with pytest.raises(NotFound):
        walking.take_minutes(city, minutes(entry("overlap-0")), NAME)
