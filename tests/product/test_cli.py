"""The command line as people type it: answers on stdout, sentences on stderr, exit statuses 0, 1 and 2."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from api.workspace import Workspace

ROOT = Path(__file__).parents[2]
AACHEN = ROOT / "data" / "aachen"
BOMB = "SELECT (COUNT(*) AS ?n) {?a ?b ?c. ?d ?e ?f. ?g ?h ?i}"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(aachen: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command on Aachen's store: (exit status, stdout, stderr)."""
    monkeypatch.setenv("PLANWERK_STORE", aachen.settings.store)
    monkeypatch.delenv("PLANWERK_LANG", raising=False)

    def words(*given: str) -> tuple[int, str, str]:
        try:
            status = main(list(given))
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        written = capsys.readouterr()
        return status, written.out, written.err

    return words


def asked(run: Run, *words: str) -> Any:
    status, out, err = run(*words, "--format", "json")
    assert status == 0, err
    return json.loads(out)


def by_plans(document: Any) -> dict[frozenset[str], Any]:
    return {frozenset(finding["plans"]): finding for finding in document["findings"]}


def test_all_overlaps_hold_the_coordinated_pairs_and_the_two_bearers(run: Run) -> None:
    found = by_plans(asked(run, "overlaps", "--band", "alle"))
    for pair in (("p-forst-isek", "p-qm"), ("p-praev", "p-spk"), ("p-kjfp4", "p-spk")):
        assert found[frozenset(pair)]["coordinated_through"]
    assert found[frozenset(("p-glp24", "p-glpsr"))]["bearers"] == "different"


def test_usual_overlaps_are_stark_and_mittel(run: Run) -> None:
    document = asked(run, "overlaps", "--as-of", "2026-01-01")
    assert {finding["band"] for finding in document["findings"]} == {"stark", "mittel"}
    assert document["as_of"] == "2026-01-01"
    assert document["snapshot"]
    assert document["coverage"]["plans"] == 63


def test_an_overlap_in_json_has_all_that_the_interface_names(run: Run) -> None:
    (finding,) = asked(run, "overlaps", "--top", "1")["findings"]
    assert {
        "id", "rule", "kind", "band", "score", "plans", "departments", "sentence", "evidence", "shared",
        "coordinated_through", "state",
    } <= finding.keys()  # fmt: skip
    assert {"statement", "source", "date"} <= finding["evidence"][0].keys()
    assert {"id", "label", "facet", "count", "of", "weight"} <= finding["shared"][0].keys()


def test_gaps_hold_the_ended_catalogue_and_not_the_youth_plan(run: Run) -> None:
    for day in ("2021-07-01", "2023-02-14", "2026-01-01"):
        plans = {
            plan
            for finding in asked(run, "gaps", "--as-of", day)["findings"]
            for plan in finding["plans"]
            if finding["kind"] in {"ended-without-successor", "past-but-current"}
        }
        assert "p-sep1z" in plans
        assert "p-kjfp3" not in plans


def test_overlaps_of_one_plan_all_name_it(run: Run) -> None:
    found = asked(run, "overlaps", "--plan", "p-spk", "--band", "alle")["findings"]
    assert found
    assert all("p-spk" in finding["plans"] for finding in found)


def test_what_was_known_then_leaves_out_later_sources(run: Run) -> None:
    then = asked(run, "overlaps", "--as-of", "2017-12-07", "--known", "2017-12-07")
    assert then["coverage"]["of"] < 99


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("overlaps", "--plan", "p-seb1"), "„p-seb1“ ist nicht erfasst. Ähnlich: p-sep1"),
        (("overlaps", "--as-of", "31.12.2024"), "ist kein Tag; nötig ist die Form 2026-01-31"),
        (("gaps", "--kind", "luecke"), "Die Lückenart „luecke“ gibt es nicht"),
        (("ask", "q99"), "„q99“ ist nicht erfasst."),
        (("ask", "q18", "--param", "tag"), "nötig ist die Form name=wert"),
        (("query", "nirgends.rq"), "nirgends.rq lässt sich nicht lesen"),
        (("query", "-e", "SELECT * { SERVICE <http://x/> {?s ?p ?o} }"), "SERVICE wird nicht angeboten"),
        (("query", "-e", "SELECT * FROM <file:///etc/passwd> {?s ?p ?o}"), "Dateien liest der Server nicht"),
        (("query", "-e", "LOAD <http://x/>"), "LOAD ändert oder lädt Daten"),
        (("query", "-e", "SELECT ?x {"), "kein gültiges SPARQL"),
        (("import", "nirgends"), "nirgends ist kein Ordner mit CSV-Tabellen"),
        (("import", "README.md"), "README.md wird so nicht gelesen"),
        (("export", "x.pdf"), "die Endung .pdf gibt es nicht"),
        (("picture", "x.bmp"), "Bilder mit der Endung „.bmp“ gibt es nicht"),
        (("picture", "x.html", "--focus", "p-nix"), "„p-nix“"),
    ],
)
def test_bad_input_is_refused_with_one_sentence(run: Run, words: tuple[str, ...], sentence: str) -> None:
    status, out, err = run(*words)
    assert (status, out) == (1, "")
    assert sentence in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "words",
    [("--lang", "en", "overlaps", "--plan", "p-seb1"), ("overlaps", "--plan", "p-seb1", "--lang", "en")],
    ids=["before", "after"],
)
def test_the_same_sentence_comes_in_english_before_or_after_the_command(
    run: Run, words: tuple[str, ...]
) -> None:
    status, _, err = run(*words)
    assert (status, err.startswith("“p-seb1” is not recorded.")) == (1, True)


@pytest.mark.parametrize(
    "words", [(), ("overlap",), ("overlaps", "--band", "grün"), ("overlaps", "--top", "0"), ("query",)]
)
def test_wrong_usage_exits_with_2(run: Run, words: tuple[str, ...]) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert "Aufruf: planwerk" in err


def test_a_query_of_death_is_stopped_and_the_next_one_answered(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANWERK_QUERY_SECONDS", "1")
    status, _, err = run("query", "-e", BOMB)
    assert status == 1
    assert "länger als 1 Sekunde" in err
    assert run("query", "-e", "ASK {?s ?p ?o}")[:2] == (0, "ja\n")


def test_a_cut_answer_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANWERK_QUERY_ROWS", "5")
    status, out, err = run("query", "-e", "SELECT ?s {?s ?p ?o}", "--format", "csv")
    assert (status, len(out.splitlines())) == (0, 6)
    assert "nach 5 Zeilen abgeschnitten" in err


@pytest.mark.parametrize(
    ("form", "start"),
    [("ttl", "@prefix"), ("nt", "<"), ("jsonld", "["), ("table", "@prefix")],
)
def test_constructed_triples_come_in_the_wanted_form(run: Run, form: str, start: str) -> None:
    status, out, _ = run("query", "-e", "CONSTRUCT WHERE {?s a ?c}", "--format", form)
    assert status == 0
    assert out.startswith(start)


def test_a_ready_made_question_is_asked_by_the_start_of_its_name(run: Run) -> None:
    _, out, _ = run("ask", "q18", "--param", "asOf=2017-12-07", "--format", "csv")
    assert len(list(csv.DictReader(StringIO(out)))) == 28


def test_the_questions_are_listed_with_their_parameters(run: Run) -> None:
    listed = {question["name"]: question for question in asked(run, "questions")}
    assert listed["q18-in-force-on-a-day"]["parameters"] == "asOf"
    assert len(listed) >= 15


def test_the_check_names_file_and_row(run: Run) -> None:
    found = asked(run, "check")
    assert not [entry for entry in found if entry["severity"] == "violation"]
    (warning,) = [entry for entry in found if entry["severity"] == "warning"]
    assert (warning["file"], warning["row"], warning["thing"]) == ("papers.csv", 16, "v015")


@pytest.mark.parametrize("suffix", ["html", "svg", "json", "graphml", "gexf"])
def test_a_picture_is_one_file_and_the_same_each_time(run: Run, tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    for out in (first, second):
        assert run("picture", str(out), "--as-of", "2026-01-01")[0] == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("suffix", ["trig", "nq", "ttl", "nt", "jsonld"])
def test_the_whole_graph_is_exported_by_suffix(run: Run, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"alles.{suffix}"
    assert run("export", str(out))[0] == 0
    assert "Spielplatzkonzept" in out.read_text("utf-8")


def test_the_exported_folder_imports_as_the_same_snapshot(
    run: Run, aachen: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "aachen"
    assert run("export", str(folder))[0] == 0
    status, out, _ = run("--store", str(tmp_path / "again"), "import", str(folder), "--format", "json")
    assert status == 0
    assert json.loads(out)["imports"][0]["id"] == aachen.snapshot()


def test_an_import_says_what_came_and_writes_its_report(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "bericht.json"
    status, out, _ = run("--store", str(tmp_path / "s"), "import", str(AACHEN), "--report", str(report))
    assert status == 0
    assert out.startswith("aachen: 1.277 Zeilen, 11.422 gefüllte Zellen, 0 verloren. 241 Quellen geändert")
    (entry,) = json.loads(report.read_text("utf-8"))["imports"]
    assert (entry["rows"], entry["dropped"], len(entry["sources"])) == (1277, 0, 241)


def test_a_refused_import_reports_every_problem_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    folder, store, report = tmp_path / "stadt", tmp_path / "s", tmp_path / "r.json"
    folder.mkdir()
    (folder / "topics.csv").write_text("id,title_de,broader\nt-1,Wohnen,t-9\nt-1,Bildung,\n", "utf-8")
    status, out, err = run("--store", str(store), "import", str(folder), "--report", str(report))
    assert (status, out) == (1, "")
    assert err.splitlines()[0] == "2 Probleme in 1 Datei; nichts wurde übernommen."
    assert "topics.csv, Zeile 2, Spalte broader" in err
    assert [p["row"] for p in json.loads(report.read_text("utf-8"))["problems"]] == [2, 3]
    assert not store.exists()


def test_a_dry_run_says_that_nothing_was_stored(run: Run, tmp_path: Path) -> None:
    _, out, _ = run("--store", str(tmp_path / "s"), "import", str(AACHEN), "--dry-run")
    assert "nichts gespeichert" in out
    assert not (tmp_path / "s").exists()


def test_shipped_data_are_found_by_name_from_anywhere(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("--store", "s", "import", "data/aachen", "--dry-run")[0] == 0


def test_an_empty_store_says_what_to_do_first(run: Run, tmp_path: Path) -> None:
    for words in (
        ("overlaps",),
        ("gaps",),
        ("check",),
        ("query", "-e", "ASK {}"),
        ("export", str(tmp_path / "x")),
    ):
        status, _, err = run("--store", str(tmp_path / "leer"), *words)
        assert (status, "planwerk import data/aachen" in err) == (1, True)


@pytest.mark.parametrize(("name", "value"), [("LANG", "fr"), ("BASE", "aachen"), ("QUERY_ROWS", "viele")])
def test_a_bad_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"PLANWERK_{name}", value)
    status, _, err = run("gaps")
    assert status == 1
    assert f"PLANWERK_{name}" in err


def test_control_characters_never_reach_the_terminal(run: Run) -> None:
    _, _, err = run("overlaps", "--plan", "\x1b[31mp")
    assert "\x1b" not in err


def test_help_starts_without_web_rdf_or_numbers() -> None:
    heavy = ("fastapi", "rdflib", "networkx", "numpy", "pyoxigraph", "rich", "jinja2")
    code = "import sys; from api.cli import parser; parser(); print([m for m in sys.argv[1:] if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_command_explains_itself(run: Run, lang: str) -> None:
    _, out, _ = run("--lang", lang, "--help")
    for command in (
        "serve",
        "import",
        "check",
        "overlaps",
        "gaps",
        "query",
        "ask",
        "questions",
        "picture",
        "export",
    ):
        assert f"    {command}" in out
        assert run("--lang", lang, command, "--help")[0] == 0


def test_a_reader_that_leaves_early_is_no_error(aachen: Workspace) -> None:
    command = f"{sys.executable} -m api.cli --store {aachen.settings.store} gaps --format csv | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.stderr, done.returncode) == ("", 0)
