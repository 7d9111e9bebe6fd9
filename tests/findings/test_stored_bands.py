"""The bands of an inventory are kept beside the sources, read back while they fit, and made again where damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from api.settings import read_settings
from api.wanted import wanted_day
from api.workspace import Workspace
from graph.findings.rules.overlap import gather
from graph.findings.similarity import FALLBACK, Bands, calibrate
from graph.findings.stored_bands import BandMove, StoredBands, inventory_digest, read_bands
from graph.network.incidence import Incidence

DAY = date(2026, 1, 1)
Tables = Callable[..., Path]
PLANS = (
    "id,title_de,kind,lead_department,status,valid_from,valid_to,adopted_on,legal_basis,topics,areas,summary_de,"
    "source_url,source_date,series,participating,decision,adopted_by,target_groups,source_id,note"
)
TOPICS = "id,title_de\n" + "\n".join(f"t-{n},Thema {n}" for n in range(12))
SOUND = {"digest": "d", "stark": 0.5, "mittel": 0.3, "method": "curveball", "replicas": 50, "seed": 7}


def plans(count: int, *, shift: int = 0) -> str:
    """Return plans with three topics each."""
    rows = []
    for n in range(count):
        topics = ";".join(sorted({f"t-{(n * step + shift) % 12}" for step in (1, 5, 7)}))
        cells = {"id": f"p-{n}", "title_de": f"Plan {n}", "status": "gültig", "topics": topics, "source_id": "s1",
                 "source_date": "2025-03-01"}  # fmt: skip
        rows.append(",".join(cells.get(column, "") for column in PLANS.split(",")))
    return "\n".join([PLANS, *rows])


@pytest.fixture
def city(workspace: Workspace, tables: Tables) -> Workspace:
    workspace.import_folder(tables(plans=plans(45), topics=TOPICS))
    return workspace


def files(workspace: Workspace) -> list[Path]:
    return sorted(workspace.files.folder.glob("bands/*"))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many plans each calibration looked at, in their order."""
    seen: list[int] = []

    def count(incidence: Incidence) -> Bands:
        seen.append(len(incidence.plans))
        return calibrate(incidence)

    monkeypatch.setattr("graph.findings.stored_bands.calibrate", count)
    return seen


def again(workspace: Workspace) -> Bands:
    """Return the bands as another process finds them."""
    with Workspace(read_settings({}, store=workspace.settings.store)) as other:
        return other.candidates(DAY).bands


def test_what_was_found_is_kept_with_how_it_was_found(city: Workspace) -> None:
    bands = city.candidates(DAY).bands
    (path,) = files(city)
    kept = json.loads(path.read_text())
    assert path.name == f"{kept['digest']}.json"
    assert (kept["plans"], kept["vocabulary"], kept["method"], kept["replicas"], kept["seed"]) == (
        45, "0.1.0", "curveball", 50, 20171207
    )  # fmt: skip
    assert (kept["stark"], kept["mittel"], date.fromisoformat(kept["made"])) == (
        bands.stark,
        bands.mittel,
        wanted_day(None),
    )


def test_they_are_found_once_and_then_read(city: Workspace, counted: list[int]) -> None:
    first = city.candidates(DAY).bands
    assert again(city) == first
    assert counted == [45]


def test_what_is_read_is_what_would_be_found(aachen: Workspace) -> None:
    candidates = aachen.candidates(DAY)
    assert again(aachen) == candidates.bands == calibrate(candidates.incidence)
    assert gather(aachen.network(), DAY).bands == candidates.bands


@pytest.mark.parametrize(
    "damage",
    [
        b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"stark": 0.5}',
        json.dumps({**SOUND, "digest": "another"}).encode(),
    ],
)  # fmt: skip
def test_a_damaged_file_is_replaced(city: Workspace, counted: list[int], damage: bytes) -> None:
    first = city.candidates(DAY).bands
    (path,) = files(city)
    sound = path.read_bytes()
    path.write_bytes(damage)
    assert again(city) == first
    assert path.read_bytes() == sound
    assert counted == [45, 45]
    assert files(city) == [path]


@pytest.mark.parametrize(
    "wrong",
    [
        {"stark": 0.2}, {"mittel": -0.1}, {"stark": 1.5}, {"stark": "0.5"}, {"stark": True}, {"stark": float("nan")},
        {"mittel": None}, {"method": 3}, {"replicas": "50"}, {"seed": None}, {"digest": "e"},
    ],
)  # fmt: skip
def test_what_cannot_be_bands_is_damaged(wrong: dict[str, Any]) -> None:
    assert read_bands(json.dumps(SOUND), "d") == Bands(0.5, 0.3, "curveball", 50, 7)
    assert read_bands(json.dumps(SOUND | wrong), "d") is None


def test_another_inventory_has_a_file_of_its_own(city: Workspace, tables: Tables, counted: list[int]) -> None:
    city.candidates(DAY)
    city.import_folder(tables(plans=plans(46), topics=TOPICS))
    city.candidates(DAY)
    assert (len(files(city)), counted) == (2, [45, 46])


def test_every_part_of_an_inventory_counts(city: Workspace) -> None:
    incidence = city.candidates(DAY).incidence
    fields = {name: getattr(incidence, name) for name in ("plans", "concepts", "facet", "ancestors", "own")}
    changed = [
        Incidence(**{**fields, name: value[::-1]}) for name, value in fields.items() if value != value[::-1]
    ]
    digests = {inventory_digest(one) for one in (incidence, *changed)}
    assert len(digests) == len(changed) + 1 >= 4


def test_a_small_inventory_needs_no_file(workspace: Workspace, tables: Tables) -> None:
    workspace.import_folder(tables(plans=plans(39), topics=TOPICS))
    assert workspace.candidates(DAY).bands == FALLBACK
    assert files(workspace) == []


def test_bands_change_neither_the_snapshot_nor_the_log(city: Workspace) -> None:
    before = city.files.snapshot(), len(city.files.log())
    city.candidates(DAY)
    assert (city.files.snapshot(), len(city.files.log())) == before


def test_looking_stores_nothing(city: Workspace) -> None:
    incidence = gather(city.network(), DAY, FALLBACK).incidence
    assert StoredBands(city.files).look(incidence) == calibrate(incidence)
    assert files(city) == []


def test_a_comparison_says_whether_the_bands_moved(city: Workspace, tables: Tables) -> None:
    before = city.files.log()[-1].id
    assert not city.finding_changes(before, DAY).bands.is_moved
    city.import_folder(tables(plans=plans(60, shift=1), topics=TOPICS))
    assert city.finding_changes(before, DAY).bands.is_moved


def test_moved_bands_are_told_with_old_and_new_thresholds() -> None:
    same = Bands(0.5, 0.3, "curveball")
    assert (
        BandMove(same, same).text.de == "Die Bänder sind gleich geblieben: stark ab 0,500, mittel ab 0,300."
    )
    moved = BandMove(same, Bands(0.52, 0.3, "curveball")).text
    assert "stark ab 0,520 statt 0,500, mittel ab 0,300 statt 0,300" in moved.de
    assert "strong from 0.520 instead of 0.500" in moved.en


def test_the_command_line_says_so_too(
    city: Workspace, tables: Tables, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANWERK_STORE", city.settings.store)
    before = city.files.log()[-1].id[:12]
    assert main(["findings", "--since", before, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["since"], document["bands"]["moved"], document["changes"]) == (before, False, [])
    assert main(["findings", "--since", before]) == 0
    assert "Die Bänder sind gleich geblieben" in capsys.readouterr().out
