"""The command line for many cities: the register, one city by its name, all of them together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import main
from tests.cities import MUSTERSTADT, make_cities, write_tables

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of five cities, one of them empty and one broken."""
    return make_cities(tmp_path_factory.mktemp("cities"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command and gives its status, what it wrote, and what it said."""
    for name in ("PLANWERK_CITIES", "PLANWERK_STORE", "PLANWERK_BASE"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: object) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        written = capsys.readouterr()
        return status, written.out, written.err

    return call


def test_the_cities_are_listed_with_the_one_that_cannot_be_read(run: Run, register: Path) -> None:
    status, out, _ = run("--cities", register, "cities", "--format", "json")
    told = {city["id"]: city for city in json.loads(out)["cities"]}
    assert (status, told["aachen"]["counts"]["plans"]) == (0, 99)
    assert "cannot be opened" in told["kaputt"]["trouble"]["en"]
    status, out, _ = run(
        "--lang", "en", "--cities", register, "cities", "--region", "west", "--format", "csv"
    )
    lines = out.splitlines()
    assert lines[0] == "id,City,Region,Plans,Goals,Sources,Duties,Last change"
    assert [line.split(",")[:5] for line in lines[1:]] == [
        ["aachen", "Aachen", "West", "99", "209"],
        ["musterstadt", "Sampletown", "West", "3", "2"],
    ]


def test_a_city_is_added_filled_and_asked(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cities.json"
    added = run(
        "--cities", file, "cities", "add", "musterstadt", "--name", "Musterstadt", "--region", "west",
        "--host-name", "muster.example",
    )  # fmt: skip
    assert added[0] == 0
    assert "Musterstadt ist verzeichnet" in added[2]
    tables = write_tables(tmp_path / "muster", MUSTERSTADT)
    assert run("--cities", file, "--city", "musterstadt", "--quiet", "import", tables)[0] == 0
    status, out, _ = run("--cities", file, "ask", "q90", "--across", "--format", "csv")
    assert status == 0
    assert out.splitlines()[1].split(",")[1:4] == ["Musterstadt", "west", "3"]
    assert (tmp_path / "stores" / "musterstadt" / "sources").exists()


def test_one_city_is_asked_by_its_name(run: Run, register: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?plan a <https://w3id.org/planwerk/ontology#Plan> }"
    for city, plans in (("musterstadt", "3"), ("aachen", "99")):
        answered = run("--cities", register, "--city", city, "query", "-e", count, "--format", "csv")
        assert answered[1].split() == ["n", plans]
    together = run("--cities", register, "query", "-e", count, "--across", "--format", "csv")
    assert together[1].split() == ["n", "104"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gaps"], "bitte eine nennen (--city ID): aachen, beispielheim"),
        (["--city", "bonn", "gaps"], "Die Stadt „bonn“ steht nicht im Verzeichnis"),
        (["--city", "kaputt", "gaps"], "gehört zu Basis https://anders.example/"),
        (["ask", "q91", "--across", "--param", "stadt=aachen"], "hat keinen Parameter „stadt“"),
        (["ask", "q92", "--across", "--region", "nord"], "möglich sind: west, ost."),
        (["ask", "q92", "--across", "--format", "xlsx"], "als Tabelle, CSV und JSON"),
        (["ask", "q11", "--across"], "„q11“ ist nicht erfasst"),
        (["serve", "--load", "data/aachen"], "--load gilt einer Stadt"),
        (["cities", "add", "x"], "Nötig sind Kennung und Name"),
        (["cities", "add", "aachen", "--name", "Aachen"], "aachen kommt zweimal vor"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(
    run: Run, register: Path, words: list[str], said: str
) -> None:
    status, out, err = run("--cities", register, *words)
    assert (status, out) == (1, "")
    assert said in err


@pytest.mark.parametrize("words", [["cities"], ["--city", "aachen", "gaps"], ["duties", "--across"]])
def test_without_a_register_it_is_asked_for(run: Run, words: list[str]) -> None:
    status, _, err = run(*words)
    assert status == 1
    assert "--cities DATEI oder PLANWERK_CITIES" in err


def test_the_register_is_read_from_the_environment(
    run: Run, register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANWERK_CITIES", str(register.parent))
    assert run("--city", "beispielheim", "check")[0] == 0
    assert run("questions", "--across")[0] == 0
    assert run("questions")[0] == 0


def test_a_store_that_is_named_goes_before_the_register(run: Run, register: Path, tmp_path: Path) -> None:
    status, _, err = run("--cities", register, "--store", tmp_path / "leer", "gaps")
    assert status == 1
    assert "ist leer" in err


def test_questions_across_show_cities_by_name_and_things_with_their_city(run: Run, register: Path) -> None:
    status, out, err = run("--cities", register, "ask", "q92", "--across", "--param", "words=Lärmaktionsplan")
    assert status == 0
    assert "keines (vollständig" in out
    assert "nicht erfasst" in out
    assert "Diese Städte fehlen hier: Kaputtstadt." in err
    out = run("--cities", register, "ask", "q93", "--across")[1]
    assert "[musterstadt: p2]" in out
    listed = json.loads(run("questions", "--across", "--format", "json", "--cities", register)[1])
    names = [entry["name"][:3] for entry in listed]
    assert names[:8] == [f"q9{n}" for n in range(8)]
    assert "q10" in names[8:]
    told = json.loads(
        run("--cities", register, "ask", "q10", "--across", "--region", "ost", "--format", "json")[1]
    )
    assert [row["goals"] for row in told["rows"]] == ["1", "0"]


def test_findings_and_duties_stand_side_by_side(run: Run, register: Path) -> None:
    status, out, err = run(
        "--cities", register, "findings", "--across", "--as-of", "2026-01-01", "--format", "csv"
    )
    lines = out.splitlines()
    assert (status, lines[:2]) == (
        0,
        [",Aachen,Beispielheim,Musterstadt", "Betrachtet,63 von 99,2 von 2,2 von 3"],
    )
    assert "Leerdorf. noch nichts erfasst" in err
    told = json.loads(run("--cities", register, "findings", "--across", "--format", "json")[1])
    assert [one["id"] for one in told["left_out"]] == ["kaputt", "leerdorf"]
    out = run("--cities", register, "duties", "--across", "--as-of", "2026-01-01", "--format", "csv")[1]
    assert "Schulentwicklungsplanung [D04],nicht bekannt,erfüllt (bestätigt)" in out.splitlines()
    told = json.loads(run("--cities", register, "duties", "--across", "--format", "json")[1])
    assert len(told["duties"]) == 45


def test_goals_like_a_text_are_suggested_city_by_city(run: Run, register: Path) -> None:
    words = ("similar-goals", "solidarische Stadt als Aufgabe aller", "--across")
    status, out, err = run("--cities", register, *words, "--top", "1", "--format", "csv")
    assert status == 0
    assert {tuple(line.split(",")[:2]) for line in out.splitlines()[1:]} == {
        ("aachen", "g001"),
        ("musterstadt", "g1"),
    }
    assert "Kaputtstadt" in err
    out = run("--cities", register, "--lang", "en", *words)[1]
    assert "Without a similar goal: Beispielheim." in out
    assert "Whether two goals mean the same is for a person to decide" in " ".join(out.split())
