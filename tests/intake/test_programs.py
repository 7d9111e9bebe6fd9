"""Inventories of programmes: read within limits, refused with file and line in both languages."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import IntakeError
from graph.intake import programs
from graph.intake.programs import Programme, read_outcomes, read_programs

BUS = {
    "id": "20.1",
    "name": " Bus ",
    "objective": "Buy buses.",
    "top_agency_name": "Transport",
    "sub_agency_name": None,
    "beneficiary_types": ["Local", "Local", "State"],
    "assistance_types": ["Grants"],
    "applicant_types": [],
    "categories": ["Transportation"],
    "results": [{"year": "2023", "description": "Ten buses."}, {"year": "2024", "description": "Ten buses."}],
}


def written(folder: Path, *records: dict[str, Any] | str, name: str = "programs.jsonl") -> Path:
    path = folder / name
    lines = "".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records).encode()
    path.write_bytes(gzip.compress(lines, mtime=0) if name.endswith(".gz") else lines)
    return path


def labels(folder: Path, text: str) -> Path:
    path = folder / "labels.csv"
    path.write_text(text, "utf-8")
    return path


def refusal(path: Path) -> IntakeError:
    with pytest.raises(IntakeError) as caught:
        read_programs(path)
    return caught.value


@pytest.mark.parametrize("name", ["programs.jsonl", "programs.jsonl.gz"])
def test_a_line_becomes_a_programme_gzip_or_not(tmp_path: Path, name: str) -> None:
    assert read_programs(written(tmp_path, BUS, name=name)) == (
        Programme(
            id="20.1",
            name="Bus",
            objective="Buy buses.",
            agency="Transport",
            office="",
            beneficiaries=("Local", "State"),
            assistance=("Grants",),
            applicants=(),
            results=("Ten buses.",),
        ),
    )


def test_an_archive_is_known_by_its_content_too(tmp_path: Path) -> None:
    packed = written(tmp_path, BUS, name="programs.jsonl.gz").rename(tmp_path / "programs.data")
    assert read_programs(packed)[0].id == "20.1"


def test_absent_texts_are_empty_and_empty_lines_are_skipped(tmp_path: Path) -> None:
    (found,) = read_programs(written(tmp_path, "", {"id": "1", "name": "x"}, " "))
    assert (found.objective, found.agency, found.beneficiaries, found.results) == ("", "", (), ())


@pytest.mark.parametrize(
    ("line", "de", "en"),
    [
        ("{", "kein gültiges JSON", "no valid JSON"),
        ("[" * 100_000, "kein gültiges JSON", "no valid JSON"),
        ("[]", "kein JSON-Objekt", "no JSON object"),
        ('{"name": "x"}', "das Feld id fehlt", "field id is missing"),
        ('{"id": "1", "name": " "}', "das Feld name fehlt", "field name is missing"),
        ('{"id": 1, "name": "x"}', "das Feld id", "field id"),
        ('{"id": "1", "name": "x", "results": ["y"]}', "das Feld results", "field results"),
        ('{"id": "1", "name": "x", "beneficiary_types": [1]}', "beneficiary_types", "beneficiary_types"),
        ('{"id": "20.1", "name": "x"}', "die Kennung '20.1' gibt es schon", "id '20.1' is there already"),
    ],
)
def test_a_line_that_is_no_programme_is_named(tmp_path: Path, line: str, de: str, en: str) -> None:
    text = refusal(written(tmp_path, BUS, line)).text
    assert "Zeile 2" in text.de
    assert "line 2" in text.en
    assert de in text.de
    assert en in text.en


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    text = refusal(tmp_path / "none.jsonl.gz").text
    assert "none.jsonl.gz lässt sich nicht lesen" in text.de
    assert "none.jsonl.gz cannot be read" in text.en


@pytest.mark.parametrize(
    "content", [b"plain text", b"", gzip.compress(b"{}" * 999, mtime=0)[:-9], b"\x1f\x8b\x08\x00broken"]
)
def test_a_file_that_only_claims_to_be_an_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "programs.jsonl.gz"
    path.write_bytes(content)
    text = refusal(path).text
    assert text.de.startswith(str(path))
    assert ("gzip" in text.en) == bool(content)


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "programs.jsonl"
    path.write_bytes('{"id": "1", "name": "ü"}'.encode("latin-1"))
    assert "not saved in UTF-8" in refusal(path).text.en


def test_a_file_without_programmes_is_refused(tmp_path: Path) -> None:
    assert "enthält kein Programm" in refusal(written(tmp_path, "")).text.de


@pytest.mark.parametrize("limit", ["MOST_BYTES", "LONGEST_LINE"])
def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(programs, limit, 50)
    assert "zu groß" in refusal(written(tmp_path, BUS, name="programs.jsonl.gz")).text.de


def test_a_programme_may_have_several_outcomes(tmp_path: Path) -> None:
    table = labels(tmp_path, 'program_id,outcome\n1,"Safety, roads"\n1,Access \n2,Access\n2,Access\n')
    assert read_outcomes(table, {"1", "2", "3"}) == {
        "1": frozenset({"Safety, roads", "Access"}),
        "2": frozenset({"Access"}),
    }


@pytest.mark.parametrize(
    ("text", "de", "en"),
    [
        ("", "nötig sind die Spalten", "columns program_id and outcome are needed"),
        ("id,outcome\n", "nötig sind die Spalten", "columns program_id and outcome are needed"),
        ("program_id,outcome\n", "enthält keine Angabe", "holds no label"),
        ("program_id,outcome\n1,Access\n1,\n", "Zeile 3: eine Zelle ist leer", "line 3: a cell is empty"),
        ("program_id,outcome\n1\n", "Zeile 2: eine Zelle ist leer", "line 2: a cell is empty"),
        ("program_id,outcome\n9,a\n8,a\n7,a\n6,a\n", "nennt 4 Programme", "names 4 programmes"),
    ],
)
def test_labels_that_cannot_be_used_are_refused(tmp_path: Path, text: str, de: str, en: str) -> None:
    with pytest.raises(IntakeError) as caught:
        read_outcomes(labels(tmp_path, text), {"1"})
    assert de in caught.value.text.de
    assert en in caught.value.text.en


def test_unknown_programmes_are_named_but_not_all(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"6, 7, 8, …\.$"):
        read_outcomes(labels(tmp_path, "program_id,outcome\n9,a\n8,a\n7,a\n6,a\n"), {"1"})
