"""Tables in: every cell becomes statements or one clear message; nothing in between."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.settings import read_settings
from api.workspace import Workspace
from graph.errors import IntakeError
from graph.intake.problems import Problem, TablesRefused
from graph.intake.rows import guarded, read_folder, unguarded
from graph.output.tables import table_files
from graph.store.reading import read_statements
from ontology.terms import PW

AACHEN = Path(__file__).parents[2] / "data" / "aachen"
BASE = "https://w3id.org/planwerk/id/"
TOPICS = "id,title_de\nt-bildung,Bildung"
PLANS = (
    "id,title_de,kind,lead_department,status,valid_from,valid_to,adopted_on,legal_basis,topics,areas,summary_de,"
    "source_url,source_date,series,participating,decision,adopted_by,target_groups,source_id,note"
)


def plan(identity: str = "p-1", title: str = "Plan", **cells: str) -> str:
    """Return a row of plans.csv with these cells, the others empty."""
    given_cells = {"id": identity, "title_de": title, "source_id": "s1", "source_date": "2025-03-01", **cells}
    return ",".join(given_cells.get(name, "") for name in PLANS.split(","))


def problems_of(folder: Path, workspace: Workspace) -> list[Problem]:
    with pytest.raises(TablesRefused) as refused:
        workspace.import_folder(folder)
    assert workspace.is_empty, "nothing may be stored"
    return list(refused.value.problems)


def places(problems: list[Problem]) -> list[tuple[str, int | None, str | None, str]]:
    return [(p.file, p.row, p.column, p.code) for p in problems]


def test_all_rows_of_aachen_come_in_and_no_cell_is_lost(aachen: Workspace, tmp_path: Path) -> None:
    with Workspace(read_settings({}, store=str(tmp_path / "second"))) as workspace:
        imported = workspace.import_folder(AACHEN)
    assert (imported.rows, imported.lost) == (1277, 0)


def test_every_cell_of_the_19_tables_comes_back(aachen: Workspace) -> None:
    files = table_files(read_statements(aachen.files.paths()), aachen.settings.base)
    tables = sorted(AACHEN.glob("*.csv"))
    assert len(tables) == 19
    for table in tables:
        with table.open(encoding="utf-8", newline="") as file:
            given_rows = list(csv.reader(file))
        assert list(csv.reader(files[table.name].splitlines())) == given_rows, table.name


def test_each_source_is_a_named_graph_with_its_date_and_address(aachen: Workspace) -> None:
    network = aachen.network()
    delivered = network.origins(BASE + "source/aachen", "deliveredIn")
    assert len(delivered) == 240
    assert set(aachen.files.paths()) == {*delivered, BASE + "source/aachen"}
    assert network.value(BASE + "source/rt-kjfp4", "date") == "2023-02-15"
    assert all(network.value(source, "address") for source in delivered)


def test_a_date_keeps_the_precision_of_its_source(aachen: Workspace) -> None:
    said = {(s.subject, s.predicate): s for s in read_statements(aachen.files.paths())}
    day, month, year = (said[BASE + plan_id, PW.decidedOn] for plan_id in ("p-sep2", "p-int06", "p-vm50"))
    assert [(s.value, (s.datatype or "").rpartition("#")[2]) for s in (day, month, year)] == [
        ("2015-12-10", "date"),
        ("2006-10", "gYearMonth"),
        ("2014", "gYear"),
    ]


def test_an_empty_cell_states_nothing(aachen: Workspace) -> None:
    said = {s.predicate for s in read_statements(aachen.files.paths()) if s.subject == BASE + "p-pia"}
    assert not said & {PW.leadUnit, PW.validFrom, PW.validTo, PW.decidedOn, PW.status}


def test_a_demand_is_recorded_but_becomes_no_direct_statement(aachen: Workspace) -> None:
    said = [s for s in read_statements(aachen.files.paths()) if s.subject == BASE + "p-sport24"]
    assert not [s for s in said if s.value == BASE + "p-forst-isek"]
    assert ("soll_verzahnt_werden_mit", "demand") in {
        (link.relation, link.modality) for link in aachen.network().links_from(BASE + "p-sport24")
    }


def test_one_report_names_every_problem_with_file_row_and_column(
    workspace: Workspace, tables: Callable[..., Path]
) -> None:
    folder = tables(
        topics=TOPICS,
        plans="\n".join(
            [
                PLANS.replace("note", "notiz"),
                plan(topics="t-bildnug"),
                plan("p-2", valid_from="31.12.2024"),
                plan("p-2", status="gueltig"),
                plan("p-3", source_id="s9"),
                plan("p-4", title=""),
            ]
        ),
    )
    assert places(problems_of(folder, workspace)) == [
        ("plans.csv", 1, "notiz", "unknown-column"),
        ("plans.csv", 1, "note", "missing-column"),
        ("plans.csv", 2, "topics", "broken-reference"),
        ("plans.csv", 3, "valid_from", "bad-date"),
        ("plans.csv", 4, "status", "unknown-code"),
        ("plans.csv", 5, "source_id", "broken-reference"),
        ("plans.csv", 6, "title_de", "empty-cell"),
        ("plans.csv", 4, "id", "duplicate-id"),
    ]


def test_a_message_says_what_is_wrong_and_what_may_be_meant(
    workspace: Workspace, tables: Callable[..., Path]
) -> None:
    folder = tables(topics=TOPICS, plans=f"{PLANS}\n{plan(topics='t-bildnug')}")
    (problem,) = problems_of(folder, workspace)
    assert problem.message.de == (
        "plans.csv, Zeile 2, Spalte topics: „t-bildnug“ gibt es nicht in topics.csv. Ist „t-bildung“ gemeint?"
    )
    assert problem.message.en.startswith("plans.csv, row 2, column topics: “t-bildnug” does not exist")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("plans.csv", "id,title_de\n\xe4".encode("latin-1"), "encoding"),
        ("plans.csv", b'id,title_de\n"p-1,offen', "bad-csv"),
        ("plan.csv", b"id\n", "unknown-table"),
        ("topics.csv", b"id,title_de\nt-1,Wohnen,Bildung\n", "ragged-row"),
        ("topics.csv", b"id,id,title_de\nt-1,t-1,Wohnen\n", "duplicate-column"),
        ("topics.csv", b"id,title_de\nt 1,Wohnen\n", "bad-id"),
        ("delivery.json", b"{", "bad-json"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_problem(
    workspace: Workspace, tables: Callable[..., Path], name: str, content: bytes, code: str
) -> None:
    folder = tables()
    (folder / name).write_bytes(content)
    assert code in {problem.code for problem in problems_of(folder, workspace)}


def test_a_folder_without_tables_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="kein Ordner mit CSV-Tabellen"):
        workspace.import_folder(tmp_path / "nirgends")


def test_the_same_id_in_two_tables_is_a_problem(workspace: Workspace, tables: Callable[..., Path]) -> None:
    folder = tables(topics="id,title_de\nx,Bildung", series="id,title_de\nx,Reihe")
    assert {p.code for p in problems_of(folder, workspace)} == {"duplicate-id"}


def test_a_new_word_of_an_open_list_comes_in_and_goes_back(
    workspace: Workspace, tables: Callable[..., Path]
) -> None:
    folder = tables(plans=f"{PLANS}\n{plan(kind='Rahmenplan')}")
    workspace.import_folder(folder)
    node = workspace.node("p-1")
    assert workspace.network().value(node, "planKind") == "Rahmenplan"
    files = table_files(read_statements(workspace.files.paths()), workspace.settings.base)
    assert "Rahmenplan" in files["plans.csv"]


def test_importing_again_changes_nothing(workspace: Workspace, tables: Callable[..., Path]) -> None:
    folder = tables(topics=TOPICS)
    first = workspace.import_folder(folder).commit
    second = workspace.import_folder(folder).commit
    assert second.sources == {}
    assert (second.id, len(workspace.files.log())) == (first.id, 1)


def test_a_re_import_replaces_what_a_source_said(workspace: Workspace, tables: Callable[..., Path]) -> None:
    workspace.import_folder(tables(plans=f"{PLANS}\n{plan(title='Alt')}"))
    commit = workspace.import_folder(tables(plans=f"{PLANS}\n{plan(title='Neu')}")).commit
    assert (commit.added, commit.removed) == (1, 1)
    assert workspace.network().label(workspace.node("p-1")) == "Neu"


def test_a_source_that_a_new_delivery_leaves_out_is_removed(
    workspace: Workspace, tables: Callable[..., Path]
) -> None:
    two = "id,publisher,what,date,kind,url\ns1,Stadt,Eins,2025,Bericht,\ns2,Stadt,Zwei,2025,Bericht,"
    workspace.import_folder(tables(sources=two))
    workspace.import_folder(tables())
    assert sorted(workspace.network().ids) == ["source/s1", "source/stadt"]


def test_a_dry_run_stores_nothing(workspace: Workspace, tables: Callable[..., Path]) -> None:
    assert workspace.import_folder(tables(topics=TOPICS), dry_run=True).commit.added > 0
    assert workspace.is_empty


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=40))
def test_a_guarded_cell_comes_back_unchanged(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell or cell.startswith("'")


@given(st.sampled_from("=+-@"), st.text(max_size=10))
def test_no_written_cell_begins_like_a_formula_unless_it_is_a_number_or_a_dash(sign: str, rest: str) -> None:
    written = guarded(sign + rest)
    number = written.lstrip("+-").replace(",", "").replace(".", "").isdigit()
    assert written[0] == "'" or number or written == "-"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30),
    note=st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30
    ),
    year=st.integers(1900, 2100),
)
def test_any_text_goes_through_the_graph_and_back(
    tmp_path_factory: pytest.TempPathFactory, title: str, note: str, year: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    cells = dict.fromkeys(PLANS.split(","), "") | {
        "id": "p-1",
        "title_de": title,
        "note": note,
        "valid_from": str(year),
        "source_id": "s1",
    }
    with (folder / "plans.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(cells), lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerow({name: guarded(cell) for name, cell in cells.items()})
    (folder / "sources.csv").write_text("id,publisher,what,date,kind,url\ns1,,,,,\n", "utf-8")
    with Workspace(read_settings({}, store=str(folder / "store"))) as workspace:
        workspace.import_folder(folder)
        files = table_files(read_statements(workspace.files.paths()), workspace.settings.base)
    (row,) = csv.DictReader(StringIO(files["plans.csv"], newline=""))
    assert {name: unguarded(cell) for name, cell in row.items()} == cells
    shutil.rmtree(folder)


def test_reading_keeps_cells_exactly_as_typed(tables: Callable[..., Path]) -> None:
    folder = tables(topics='id,title_de\nt-1," Wohnen ; und\nmehr "')
    assert read_folder(folder).rows["topics"][0]["title_de"] == " Wohnen ; und\nmehr "
