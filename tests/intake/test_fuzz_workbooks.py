"""Broken workbooks: each is accepted or refused in one clear sentence, and nothing is half stored."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli import main
from graph.intake.sheets.delivering.privacy import without_persons
from tests.sheets.catalogue import WORKBOOKS, write
from tests.sheets.desk import Desk
from tests.sheets.fuzz import Limits, Outcome, fingerprint, table
from tests.sheets.mutants import in_every_part, mutant
from tests.sheets.writers import save_workbook

ROOT = Path(__file__).parents[2]
MUTANTS = 50


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """What became of the first mutants; patient, for the machine may be busy with other tests."""
    words = ["--mutants", str(MUTANTS), "--seconds", "60", "--json"]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.sheets.fuzz", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout, ran.stderr
    return [Outcome(**outcome) for outcome in json.loads(ran.stdout)]


def test_no_mutant_breaks_a_promise(outcomes: list[Outcome]) -> None:
    assert len(outcomes) == MUTANTS
    assert {outcome.how: (outcome.broken, outcome.said) for outcome in outcomes if outcome.broken} == {}


def test_some_mutants_are_accepted_and_some_refused(outcomes: list[Outcome]) -> None:
    assert {outcome.status for outcome in outcomes} == {0, 1}


# what mutants taught


def test_a_text_without_a_space_is_searched_for_addresses_only_once() -> None:
    """With an expression that looks ahead to the end from every letter this takes many minutes."""
    assert without_persons("x" * 400_000) == "x" * 400_000
    assert without_persons("Fragen an a.b@stadt.example, bitte") == "Fragen an [Person], bitte"


def test_a_cell_longer_than_a_csv_field_usually_is_comes_through(tmp_path: Path) -> None:
    desk = Desk("lang.xlsx")
    page = desk.page("Pläne")
    page.line("header", "Planwerk", "Federführung", "Bemerkung")
    page.line("plan", "Sportentwicklungsplan", "FB 52", "LANG")
    path = save_workbook(desk, tmp_path)
    path.write_bytes(in_every_part(path.read_bytes(), b"LANG", b"lang " * 30_000))
    assert main(["--store", str(tmp_path / "store"), "--quiet", "import", str(path)]) == 0


# the mutants


def test_a_mutant_follows_from_its_seed_alone(tmp_path: Path) -> None:
    made = []
    for folder in (tmp_path / "once", tmp_path / "again"):
        folder.mkdir()
        originals = sorted(write(name, folder)[0] for name in WORKBOOKS)
        made.append([mutant(seed, originals) for seed in range(40)])
    assert made[0] == made[1]


def test_the_fingerprint_of_a_store_sees_every_file_but_the_lock(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    before = fingerprint(tmp_path)
    (tmp_path / "lock").write_text("7", "utf-8")
    assert fingerprint(tmp_path) == before
    (tmp_path / "sources" / "s1.nt").write_text("", "utf-8")
    assert fingerprint(tmp_path) != before


def test_the_table_names_what_broke_a_promise() -> None:
    fine = Outcome(1, "a.xlsx: flip", 1, "„FILE“ ist beschädigt: das Ende fehlt.", 0.2, 60)
    bad = Outcome(2, "b.xlsx: bomb", 0, "", 11.0, 900, ["11.0 s", "900 MB"])
    text = table([fine, bad], Limits())
    assert "1  ist beschädigt" in text
    assert "seed 2: 11.0 s; 900 MB  (b.xlsx: bomb)" in text
