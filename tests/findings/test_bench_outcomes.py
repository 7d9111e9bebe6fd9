"""``planwerk bench outcomes``: exact figures on small rankings, one clear sentence on bad input, the bars on real labels."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from api.jobs.bench import Truth, description, figures, outcomes
from graph.findings.related.relatedness import Ranked
from graph.intake.programs import Programme, read_programs

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpora" / "us-fpi"
PROGRAMS, LABELS = CORPUS / "programs.jsonl.gz", CORPUS / "outcome_labels_dev.csv"
real = pytest.mark.skipif(
    not LABELS.exists(), reason="the US programme inventory is not beside the project (shared/corpora/us-fpi)"
)

POOL = Programme(
    "1", "Pool", "Build pools", "Sports", "Water", ("Local",), ("Grants",), ("City",), ("Ten pools",)
)


def truth(agencies: str, **given: str) -> Truth:
    """Return programmes a, b, c … with these agencies (one letter each) and outcomes (one letter each)."""
    return Truth(
        outcomes={key: frozenset(said) for key, said in given.items()},
        agencies=dict(zip(given, agencies, strict=True)),
    )


def ranking(*pairs: str) -> list[Ranked]:
    return [Ranked(a=pair[0], b=pair[1], score=-float(rank)) for rank, pair in enumerate(pairs)]


# figures


def test_precision_counts_pairs_with_a_common_outcome() -> None:
    found = figures(ranking("ab", "ac", "bc"), truth("XXX", a="pq", b="q", c="r"))
    assert found["pairs_at_50"]["all"] == pytest.approx(1 / 3, abs=1e-4)


def test_across_agencies_only_pairs_of_two_agencies_count() -> None:
    found = figures(ranking("ab", "ac", "bc"), truth("XXY", a="p", b="p", c="p"))
    assert found["pairs_at_50"] == {"all": 1, "cross_agency": 1}
    found = figures(ranking("ab", "ac", "bc"), truth("XXY", a="p", b="p", c="r"))
    assert found["pairs_at_50"]["cross_agency"] == 0


def test_only_the_first_fifty_pairs_count() -> None:
    partners = [f"p{number:02}" for number in range(51)]
    given = Truth(
        outcomes={"a": frozenset("x"), **dict.fromkeys(partners, frozenset("y")), "p50": frozenset("x")},
        agencies=dict.fromkeys(["a", *partners], "X"),
    )
    pairs = [Ranked("a", partner, 0.0) for partner in partners]
    assert figures(pairs, given)["pairs_at_50"]["all"] == 0
    assert figures(pairs[1:], given)["pairs_at_50"]["all"] == 1 / 50


def test_a_hit_is_an_overlap_among_the_three_best_neighbours() -> None:
    given = truth("XXXXX", a="p", b="q", c="r", d="s", e="p")
    assert figures(ranking("ab", "ac", "ad", "ae"), given)["hit_at_3"] == 0.5
    assert figures(ranking("ab", "ac", "ae", "ad"), given)["hit_at_3"] == 1


def test_programmes_without_any_overlap_do_not_count_as_missed() -> None:
    given = truth("XXX", a="p", b="p", c="r")
    assert figures(ranking("ac", "bc", "ab"), given)["hit_at_3"] == 1


def test_where_nothing_can_be_counted_the_figure_is_null() -> None:
    assert figures(ranking("ab"), truth("XX", a="p", b="q")) == {
        "pairs_at_50": {"all": 0, "cross_agency": None},
        "hit_at_3": None,
    }


def test_a_programme_speaks_for_itself_with_name_office_objective_and_types() -> None:
    said = description(POOL)
    assert (said.key, said.text, said.owner, said.more) == (
        "1",
        "Pool\nWater\nBuild pools",
        "Sports",
        "Ten pools",
    )
    assert said.concepts == {"beneficiary: Local", "assistance: Grants", "applicant: City"}


# the command


def inventory(folder: Path, **changed: Any) -> Path:
    texts = {
        "1": ("Bus lines", "Transport"), "2": ("Bus stations and lines", "Justice"),
        "3": ("Court records", "Justice"), "4": ("Court clerks", "Justice"), "5": ("Forest roads", "Interior"),
    }  # fmt: skip
    path = folder / "programs.jsonl.gz"
    records = (
        {"id": key, "name": name, "top_agency_name": agency, **changed}
        for key, (name, agency) in texts.items()
    )
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode()))
    return path


def table(folder: Path, rows: str = "1,Transit\n2,Transit\n3,Justice\n4,Justice\n") -> Path:
    path = folder / "labels.csv"
    path.write_text(f"program_id,outcome\n{rows}", "utf-8")
    return path


def test_the_command_prints_the_figures_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "outcomes", str(inventory(tmp_path)), str(table(tmp_path))]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["pairs_at_50", "hit_at_3", "parameters"]
    assert printed["pairs_at_50"] == {
        "all": pytest.approx(2 / 6, abs=1e-4),
        "cross_agency": pytest.approx(1 / 3, abs=1e-4),
    }
    assert printed["hit_at_3"] == 1
    assert printed["parameters"]["programmes"] == 5
    assert printed["parameters"]["labelled"] == 4


def test_what_people_sorted_the_programmes_into_is_not_read(tmp_path: Path) -> None:
    plain = outcomes(inventory(tmp_path), table(tmp_path))
    assert outcomes(inventory(tmp_path, categories=["Transit"]), table(tmp_path)) == plain


@pytest.mark.parametrize(
    ("programs", "rows", "de", "en"),
    [
        ("none.gz", "1,a\n", "lässt sich nicht lesen", "cannot be read"),
        ("labels.csv", "1,a\n", "Zeile 1: das ist kein gültiges JSON", "line 1: this is no valid JSON"),
        (
            "programs.jsonl.gz",
            "9,a\n",
            "nennt 1 Programme, die das Verzeichnis nicht enthält: 9.",
            "does not hold: 9.",
        ),
        ("programs.jsonl.gz", "", "enthält keine Angabe", "holds no label"),
    ],
)
def test_bad_input_is_refused_with_one_clear_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], programs: str, rows: str, de: str, en: str
) -> None:
    inventory(tmp_path)
    words = ["bench", "outcomes", str(tmp_path / programs), str(table(tmp_path, rows))]
    for lang, sentence in (("de", de), ("en", en)):
        assert main(["--lang", lang, *words]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert sentence in said.err
        assert said.err.count("\n") == 1


# real labels


@pytest.fixture(scope="module")
def measured() -> Mapping[str, Any]:
    return outcomes(PROGRAMS, LABELS)


@real
def test_the_best_pairs_overlap_more_often_than_asked(measured: Mapping[str, Any]) -> None:
    assert measured["pairs_at_50"]["all"] >= 0.7


@real
def test_the_best_pairs_across_agencies_overlap_more_often_than_asked(measured: Mapping[str, Any]) -> None:
    assert measured["pairs_at_50"]["cross_agency"] >= 0.22


@real
def test_most_programmes_find_a_partner_among_three(measured: Mapping[str, Any]) -> None:
    assert measured["hit_at_3"] >= 0.78


@real
def test_the_base_rates_are_those_of_the_labels(measured: Mapping[str, Any]) -> None:
    assert measured["parameters"]["base_rate"] == {"all": 0.0626, "cross_agency": 0.018}
    assert measured["parameters"]["labelled"] == 136


@real
def test_every_programme_of_the_inventory_is_read() -> None:
    programmes = read_programs(PROGRAMS)
    assert len(programmes) == 2650
    assert replace(programmes[0], results=(), objective="").id == "10.001"
