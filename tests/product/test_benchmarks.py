"""The benchmarks run and tell the truth; how fast anything is stays out of the tests."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from io import StringIO
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from rich.console import Console

from api.workspace import Workspace
from benchmarks import nearest, overlaps, rules, sparql, startup
from benchmarks.__main__ import BENCHMARKS, QUICK, run, table_of
from benchmarks.made import generate
from benchmarks.made.direct import BASE, statements, write_quads
from benchmarks.made.generate import Inventory
from benchmarks.made.shape import AACHEN, measure
from benchmarks.measuring import adapted
from benchmarks.measuring.figure import Figure
from graph.findings.rules.registry import BY_ID
from graph.findings.similarity import similar_pairs
from graph.intake.rows import read_folder
from graph.intake.triples import as_statements, delivery_to_triples
from ontology.checking import check
from ontology.rdf import merged

ROOT = Path(__file__).parents[2]
SHAPE = measure(AACHEN)
INVENTORY = Inventory(99)


def column(rows, name):
    return [row[name] for row in rows]


# the generator


def test_an_inventory_has_as_many_plans_as_asked_for():
    assert [len(list(Inventory(plans).rows("plans"))) for plans in (10, 100, 337)] == [10, 100, 337]


def test_the_same_seed_makes_the_same_rows_and_another_seed_others():
    assert list(Inventory(20, seed=1).all_rows()) == list(Inventory(20, seed=1).all_rows())
    assert list(Inventory(20, seed=1).all_rows()) != list(Inventory(20, seed=2).all_rows())


def test_too_few_plans_are_refused():
    with pytest.raises(ValueError, match="needs 10 plans"):
        Inventory(30, planted=21)


def test_made_tables_are_imported_without_a_problem_and_without_loss(workspace, tmp_path):
    inventory = Inventory(30, planted=5)
    inventory.write_tables(tmp_path / "synthetic")

    imported = workspace.import_folder(tmp_path / "synthetic")

    assert imported.rows == len(list(inventory.all_rows()))
    assert imported.lost == 0


@pytest.mark.parametrize(
    "inventory",
    [INVENTORY, Inventory(60, planted=9, seed=4), Inventory(12)],
    ids=["as large as the model", "with near-copies", "smaller"],
)
def test_direct_statements_are_those_of_an_import(inventory, tmp_path):
    inventory.write_tables(tmp_path / "synthetic")
    imported = delivery_to_triples(read_folder(tmp_path / "synthetic"), BASE)

    assert set(statements(inventory)) == set(as_statements(imported))


def test_quads_written_directly_can_be_read(tmp_path):
    written = write_quads(Inventory(12), tmp_path / "made.nq")

    assert len(list(ox.parse(path=tmp_path / "made.nq"))) == written


def test_made_tables_break_no_rule():
    texts = ("".join(stated) for stated in delivery_to_triples(INVENTORY.delivery(), BASE).values())
    together = merged(triple for text in texts for triple in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))

    assert check(together).counts["violation"] == 0


def test_no_id_and_no_words_of_the_model_are_in_made_tables():
    worded = {
        column.name
        for columns in SHAPE.columns.values()
        for column in columns
        if column.kind in {"key", "text"}
    }
    real = {
        cell
        for rows in SHAPE.rows.values()
        for row in rows
        for name, cell in row.cells.items()
        if name in worded
    }
    made = {cell for row in INVENTORY.all_rows() for name, cell in row.cells.items() if name in worded}

    assert made & real == {""}


def test_every_name_shows_that_it_is_made_up():
    titles = column(INVENTORY.rows("plans"), "title_de")

    assert all(re.fullmatch(r"Planwerk \d{5}", title) for title in titles)


@pytest.mark.parametrize("table", sorted(SHAPE.tables))
def test_cells_are_as_often_empty_as_in_the_model(table):
    made = list(INVENTORY.rows(table))
    for name in (
        c.name for c in SHAPE.columns[table] if c.kind in {"text", "literal", "number", "date", "code"}
    ):
        assert column(made, name).count("") == column(SHAPE.rows[table], name).count(""), name


def test_as_many_plans_lack_a_lead_as_in_the_model():
    share = [column(rows, "lead_department").count("") / len(rows) for rows in (
        SHAPE.rows["plans"], list(Inventory(990).rows("plans")))]  # fmt: skip

    assert share[0] == share[1]


def test_dates_are_as_rough_as_in_the_model():
    made, real = list(INVENTORY.rows("plans")), SHAPE.rows["plans"]
    for name in ("valid_from", "valid_to", "adopted_on"):
        assert Counter(map(len, column(made, name))) == Counter(map(len, column(real, name)))


def test_lists_are_as_long_as_in_the_model():
    made, real = list(INVENTORY.rows("plans")), SHAPE.rows["plans"]
    for name in ("topics", "target_groups", "areas", "participating"):
        assert [cell.count(";") for cell in column(made, name)] == [
            cell.count(";") for cell in column(real, name)
        ]


def test_goals_of_a_row_belong_to_its_plans():
    plan_of = {row["id"]: row["plan"] for row in INVENTORY.rows("goals")}
    for row in INVENTORY.rows("instruments"):
        if row["plans"]:
            assert {plan_of[goal] for goal in row["goals"].split(";") if goal} <= set(row["plans"].split(";"))


@pytest.mark.parametrize(
    ("table", "name"), [("target_groups", "broader"), ("areas", "part_of"), ("departments", "dezernat")]
)
def test_hierarchies_do_not_run_in_circles(table, name):
    rows = Inventory(500).rows(table)

    assert nx.is_directed_acyclic_graph(nx.DiGraph((row["id"], row[name]) for row in rows if row[name]))


def test_a_real_row_has_a_made_twin_of_the_same_kind():
    twin = INVENTORY.twin_of("p-sep3")
    kinds = {
        row["id"]: row["kind"] for rows in (SHAPE.rows["plans"], INVENTORY.rows("plans")) for row in rows
    }

    assert kinds[twin] == kinds["p-sep3"]


def test_planted_pairs_share_what_was_asked_under_another_lead():
    inventory = Inventory(120, planted=20, share=0.8)
    plans = {row["id"]: row for row in inventory.rows("plans")}
    concepts = overlaps.read_incidence(
        overlaps.build_network(statements(inventory), BASE), (BASE + p for p in plans)
    )
    own = {plan.removeprefix(BASE): set(row) for plan, row in zip(concepts.plans, concepts.own, strict=True)}

    assert len(inventory.pairs) == 20
    for original, twin in inventory.pairs:
        assert plans[original]["lead_department"] != plans[twin]["lead_department"]
        assert len(own[original] & own[twin]) == round(0.8 * len(own[original]))


def test_the_generator_writes_tables_from_the_command_line(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(sys, "argv", ["generate", "40", str(tmp_path), "--planted", "3"])
    generate.main()

    with (tmp_path / "plans.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 40
    assert len(capsys.readouterr().out.splitlines()) == 3


# the figures


@pytest.mark.parametrize(
    ("figure", "bar", "direction", "kept"),
    [(21, 20, "at least", True), (19, 20, "at least", False), (4, 4, "at most", True), (5, 4, "at most", False),
     (5, None, "for information", None)],
)  # fmt: skip
def test_a_figure_knows_whether_it_keeps_its_bar(figure, bar, direction, kept):
    assert Figure("x", figure, "×", bar, direction).kept is kept


def test_the_table_shows_the_bar_beside_the_figure():
    console = Console(width=120, file=StringIO())
    console.print(table_of([Figure("SPARQL", 12.5, "× faster", 20, "at least", "all equal")]))

    assert re.search(r"SPARQL .* 12\.5 × faster .* ≥ 20 .* MISSED .* all equal", console.file.getvalue())


def test_small_sizes_are_not_held_against_the_bars(monkeypatch):
    monkeypatch.setitem(QUICK, "startup", {"rounds": 1})

    assert [figure.kept for figure in run(["startup"], quick=True, tell=lambda _: None)] == [None, None]


def test_the_readme_names_every_benchmark():
    table = re.findall(
        r"^\| `(\w+)` \|", (ROOT / "benchmarks" / "README.md").read_text("utf-8"), re.MULTILINE
    )

    assert table == list(BENCHMARKS)
    assert set(QUICK) <= set(BENCHMARKS)


def test_startup_says_how_long_help_takes_and_what_it_imports():
    ratio, modules = startup.measure(rounds=1)

    assert (ratio.bar, ratio.direction) == (4, "at most")
    assert ratio.figure > 0
    assert "api.cli" in modules.detail


def test_overlaps_are_compared_in_time_and_memory():
    names = [figure.name.strip() for figure in overlaps.measure(plans=40, more=60, rounds=1)]

    assert names == [
        "Overlaps against networkx", "asked again", "pairs alone", "memory of both", "40 to 60 plans, pairs alone",
        "peak memory of that", "bands found by chance",
    ]  # fmt: skip


def test_networkx_is_given_the_same_task():
    incidence = overlaps.candidates_of(50).incidence
    projected = overlaps.networkx_projection(incidence)()
    theirs = {frozenset(ends): score for *ends, score in projected.edges(data="weight") if score >= 0.2}
    ours = {
        frozenset((incidence.plans[p.a], incidence.plans[p.b])): p.score
        for p in similar_pairs(incidence, 0.2)
    }

    assert theirs
    assert ours == pytest.approx(theirs)


def test_the_way_through_a_worker_is_measured():
    usual, rows = adapted.measure_workers(plans=50, rounds=2)

    assert usual.bar == 0.5
    assert "10,000 rows" in rows.detail
    assert "rows" not in usual.detail


def test_without_a_browser_the_page_is_said_not_to_be_measured(monkeypatch):
    monkeypatch.setattr(adapted.shutil, "which", lambda _: None)
    (figure,) = adapted.measure_page()

    assert (figure.text, figure.kept) == ("–", None)
    assert "no Chromium" in figure.detail


def test_questions_are_asked_on_both_sides_and_answers_compared():
    names = ["q01-topics-by-departments", "q16-past-but-current", "q51-statements"]
    figures = sparql.measure(plans=20, seconds=120, names=names)

    assert [figure.name.strip() for figure in figures] == [
        "SPARQL against rdflib's engine", "the least of them", *names, "Loading against rdflib",
    ]  # fmt: skip
    assert all(figure.detail.endswith("answers equal") for figure in figures[1:-1])
    assert "answers equal on 3 of 3 compared" in figures[0].detail


def test_a_question_that_rdflib_does_not_finish_counts_with_its_time_out():
    summary, _, question, _ = sparql.measure(plans=20, seconds=0.002, names=["q01-topics-by-departments"])

    assert "rdflib 2 ms" in question.detail
    assert question.detail.endswith("rdflib stopped")
    assert "rdflib stopped on 1" in summary.detail


def test_answers_to_a_question_that_rdflib_does_not_finish_are_compared_on_few_plans(monkeypatch):
    """Here 12 plans count as few; both sizes are asked without a limit that could be met by chance."""
    asked = iter([{"stopped": 5.0}])
    monkeypatch.setattr(sparql, "SMALL", 12)
    given = sparql.Rdflib.ask
    monkeypatch.setattr(sparql.Rdflib, "ask", lambda *args: next(asked, None) or given(*args))

    summary, _, question, _ = sparql.measure(plans=20, seconds=120, names=["q01-topics-by-departments"])

    assert question.detail.endswith("rdflib stopped; small: answers equal")
    assert "answers equal on 1 of 1 compared" in summary.detail


def test_answers_that_differ_are_noticed():
    asked = sparql.Asked("q", ours=[0.1])
    sparql.take({"seconds": 1.0, "parse": 0.1, "rows": [[["x", "1", ""]]]}, asked, [[["x", "2", ""]]])

    assert asked.equal is False
    assert asked.ratio == 10


def test_an_imported_workspace_can_be_asked(tmp_path, workspace: Workspace):
    Inventory(20).write_tables(tmp_path / "synthetic")
    workspace.import_folder(tmp_path / "synthetic")
    answer = workspace.host().query(
        "SELECT (COUNT(*) AS ?n) { ?p a <https://w3id.org/planwerk/ontology#Plan> }"
    )

    assert answer.bindings()[0]["n"].value == "20"


# the nearest plans and the rules


def test_the_nearest_plans_of_the_benchmark_are_those_of_networkx():
    """Per plan the ten heaviest edges of the projection: the same scores, and the same plans where none ties."""
    incidence = overlaps.candidates_of(60).incidence
    projection = overlaps.networkx_projection(incidence)()

    for part in nearest.nearest(incidence):
        for plan in set(part.pairs.a.tolist()):
            ours = part.pairs.score[part.pairs.a == plan].tolist()
            theirs = sorted(
                (data["weight"] for data in projection[incidence.plans[plan]].values()), reverse=True
            )
            assert ours == pytest.approx([weight for weight in theirs if weight > 0][:10], abs=1e-9)


def test_the_nearest_plans_are_compared_and_their_growth_is_told():
    first, time, memory = nearest.measure(plans=40, more=80, rounds=1)

    assert (first.bar, time.bar, memory.bar) == (1 / 150, 130, 8)
    assert "explained pairs" in first.detail
    assert time.name.startswith("  40 to 80 plans")


def test_a_large_inventory_is_measured_with_what_it_holds():
    taken, memory = nearest.measure_large(50)

    assert taken.figure > 0
    assert memory.kept
    assert "50 plans" in taken.name


def test_the_rules_are_compared_with_a_response_and_with_the_overlap_step():
    response, steps, shown, reading = rules.measure(few=20, plans=40, rounds=1)

    assert (response.bar, steps.bar, shown.bar, reading.bar) == (100, 3, None, 0.3)
    assert "bands were found before" in response.detail


def test_a_response_of_the_benchmark_holds_the_findings_and_what_was_looked_at():
    told = json.loads(rules.answer(overlaps.candidates_of(20)))

    assert set(told["coverage"]) == set(BY_ID)
    assert {finding["rule"] for finding in told["findings"]} <= set(BY_ID)
    assert told["findings"]
