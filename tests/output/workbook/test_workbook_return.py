"""An exported workbook comes back: unedited it changes nothing, edited exactly what was edited, spoilt it is refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from api.cli import main
from api.settings import read_settings
from api.taking_in.own import TakenBack
from api.workspace import Workspace
from graph.errors import IntakeError
from graph.intake.problems import TablesRefused
from graph.intake.rows import Delivery, Row, read_folder
from graph.intake.sheets.child import OwnWorkbook
from graph.intake.sheets.own import Returned
from graph.store.reading import read_statements
from tests.workbooks import Hand, edited, export, returned, taken

DATA = Path(__file__).parents[3] / "data"
BASE = "https://w3id.org/planwerk/id/"
P = "https://w3id.org/planwerk/ontology#"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A store with two deliveries; tests only look at what an import would change."""
    store = tmp_path_factory.mktemp("city") / "store"
    with Workspace(read_settings({}, store=str(store))) as workspace:
        workspace.import_folder(DATA / "aachen")
        workspace.import_folder(DATA / "duties-nrw")
        yield workspace


@pytest.fixture(scope="module")
def written(city: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(city, tmp_path_factory.mktemp("written") / "aachen.xlsx")


@pytest.fixture
def path(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(written, tmp_path / "aachen.xlsx"))


SMALL = {
    "sources": "id,publisher,what,date,kind,url\ns1,Stadt,Interview 2025,2025-03-01,Bericht,",
    "plans": "id,title_de,kind,lead_department,status,valid_from,valid_to,adopted_on,legal_basis,topics,areas,summary_de,"
    "source_url,source_date,series,participating,decision,adopted_by,target_groups,source_id,note\n"
    "p1,Plan eins,,d1,gültig,2020,,,,t1,,,,2025-03-01,r1,,,,,s1,\np2,Plan zwei,,,,,,,,t1;t2,,,,2025-03-01,,,,,,s1,",
    "topics": "id,title_de\nt1,Wohnen\nt2,Bildung",
    "series": "id,title_de\nr1,Reihe eins\nr2,Reihe zwei",
    "departments": "id,code,name_de,name_as_of,kind,dezernat,successor_of,named_in_seed,source_url,source_date,source_id,note\n"
    "d1,FB 56,Soziales,,,,,ja,,2025-03-01,s1,\nd2,FB 45,Jugend,,,,,ja,,2025-03-01,s1,",
    "measures": "id,title_de,plan,goals,area,responsible,status,cost_eur,cost_note,source_url,source_date,source_id,note\n"
    "m1,Lotsen,p1,,,,,1200,,,2025-03-01,s1,",
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A small store; tests only look at what an import would change."""
    folder = tmp_path_factory.mktemp("town") / "stadt"
    folder.mkdir()
    for name, text in SMALL.items():
        (folder / f"{name}.csv").write_text(text + "\n", "utf-8")
    with Workspace(read_settings({}, store=str(folder / "store"))) as workspace:
        workspace.import_folder(folder)
        yield workspace


@pytest.fixture(scope="module")
def small_written(town: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(town, tmp_path_factory.mktemp("small") / "stadt.xlsx")


@pytest.fixture
def small(small_written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(small_written, tmp_path / "stadt.xlsx"))


def numbers(brought: TakenBack) -> tuple[int, int]:
    return brought.commit.added, brought.commit.removed


def codes(said: Returned) -> list[tuple[str, int | None, str | None, str]]:
    return [(problem.file, problem.row, problem.column, problem.code) for problem in said.problems]


def test_unedited_it_is_every_row_of_every_delivery_to_the_letter(written: Path) -> None:
    said = returned(written)
    assert (said.problems, said.notes) == ((), ())
    for delivery in said.deliveries:
        for name, rows in read_folder(DATA / delivery.id).rows.items():
            assert [_filled(row) for row in delivery.rows[name]] == [_filled(row) for row in rows]


def _filled(row: Any) -> dict[str, str]:
    return {name: cell for name, cell in row.cells.items() if cell}


def test_unedited_it_changes_nothing(city: Workspace, written: Path) -> None:
    brought = taken(city, written, dry_run=True)
    assert (numbers(brought), brought.changes, brought.notes) == ((0, 0), (), ())
    assert brought.deliveries == ("aachen", "duties-nrw")


def test_what_was_read_goes_through_json(written: Path) -> None:
    said = returned(written)
    assert Returned.from_json(json.loads(json.dumps(said.to_json()))) == said


def test_sorted_filtered_and_with_columns_moved_it_changes_nothing(city: Workspace, path: Path) -> None:
    def sort(hand: Hand) -> None:
        page = hand.book["Planwerke"]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
        rows.sort(key=lambda row: str(row[3]))
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate([*row[:5], row[6], row[5], *row[7:]], start=1):
                hand.set(page.cell(number, column), value)
        page["F1"].value, page["G1"].value = page["G1"].value, page["F1"].value

    assert numbers(taken(city, edited(path, sort), dry_run=True)) == (0, 0)


def test_saved_by_libreoffice_it_changes_nothing(city: Workspace, path: Path, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    out = tmp_path / "saved"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    brought = taken(city, out / path.name, dry_run=True)
    assert (numbers(brought), brought.notes) == ((0, 0), ())


def test_an_edited_cell_changes_its_statement_and_no_other(town: Workspace, small: Path) -> None:
    brought = taken(
        town, edited(small, lambda hand: hand.type("Planwerke", "p1", "Stand", "ausgelaufen")), dry_run=True
    )
    assert numbers(brought) == (1, 1)
    assert [change.text.de for change in brought.changes] == ["„Plan eins“, Stand: gültig → ausgelaufen."]


def test_an_edited_date_of_a_source_changes_the_source_and_no_row(city: Workspace, path: Path) -> None:
    brought = taken(
        city, edited(path, lambda hand: hand.type("Quellen", "seed", "Datum", "2017-11-22")), dry_run=True
    )
    assert numbers(brought) == (1, 1)


def test_a_new_row_adds_and_a_deleted_row_removes_and_both_are_said(town: Workspace, small: Path) -> None:
    def edit(hand: Hand) -> None:
        hand.delete("Reihen", "r1")
        hand.add("Reihen", Kennung="r3", Titel="=Neue Reihe")
        hand.type("Planwerke", "p1", "Reihe", "r2")
        hand.type("Planwerke", "p2", "Reihe", "=Neue Reihe")

    brought = taken(town, edited(small, edit), dry_run=True)
    assert [(note.file, note.text.de) for note in brought.notes if note.code != "read-as"] == [
        ("Reihen", "Zeilen fehlen und werden entfernt (1): r1."),
        ("Reihen", "Neue Zeilen (1): r3."),
    ]
    assert [change.text.de for change in brought.changes] == [
        "„Plan eins“, Reihe: Reihe eins → Reihe zwei.",
        "„Plan zwei“, Reihe: neu =Neue Reihe.",
        "Neu: „=Neue Reihe“ (Reihen).",
        "Entfallen: „Reihe eins“ (Reihen).",
    ]


@pytest.mark.parametrize(
    ("sheet", "key", "heading", "typed", "column", "read"),
    [
        ("Planwerke", "p1", "Gilt bis", datetime(2019, 7, 9), "valid_to", "2019-07-09"),  # noqa: DTZ001
        ("Planwerke", "p1", "Gilt bis", "9.7.2019", "valid_to", "2019-07-09"),
        ("Planwerke", "p1", "Gilt bis", 2024, "valid_to", "2024"),
        ("Planwerke", "p1", "Gilt bis", "07/2019", "valid_to", "2019-07"),
        ("Planwerke", "p1", "Titel", "  Neuer Titel ", "title_de", "Neuer Titel"),
        ("Planwerke", "p1", "Stand", "GÜLTIG", "status", "gültig"),
        ("Planwerke", "p1", "Themen", "Bildung; t1", "topics", "t2;t1"),
        ("Planwerke", "p1", "Federführung", "FB 45", "lead_department", "d2"),
        ("Maßnahmen", "m1", "Kosten in Euro", "1.476.900,50", "cost_eur", "1476900.50"),
        ("Maßnahmen", "m1", "Kosten in Euro", 1500, "cost_eur", "1500"),
        ("Dienststellen", "d1", "Im Ausgangspapier genannt", False, "named_in_seed", "nein"),
        ("Planwerke", "p1", "Titel", "=1+1", "title_de", "=1+1"),
    ],
)
def test_what_a_planner_types_is_put_in_order(
    small: Path, sheet: str, key: str, heading: str, typed: Any, column: str, read: str
) -> None:
    said = returned(edited(small, lambda hand: hand.type(sheet, key, heading, typed)))
    table = {"Planwerke": "plans", "Maßnahmen": "measures", "Dienststellen": "departments"}[sheet]
    (row,) = [row for row in said.deliveries[0].rows[table] if row["id"] == key]
    assert (said.problems, row[column]) == ((), read)


def test_what_is_read_otherwise_than_typed_is_said(small: Path) -> None:
    said = returned(edited(small, lambda hand: hand.type("Planwerke", "p1", "Gilt bis", "9.7.2019")))
    assert [note.message.de for note in said.notes] == [
        "Planwerke, Zeile 2, Spalte Gilt bis: „9.7.2019“ ist als „2019-07-09“ gelesen."
    ]


def _heading(hand: Hand) -> None:
    hand.book["Maßnahmen"].cell(1, hand.column("Maßnahmen", "Titel")).value = "Ziel"


def _no_sheet(hand: Hand) -> None:
    del hand.book["Reihen"]


def _struck(hand: Hand) -> None:
    hand.place("Planwerke", "p1", "Titel").font = Font(strike=True)


def _formula(hand: Hand) -> None:
    hand.place("Planwerke", "p1", "Titel").value = "=A1"


def _read_only(hand: Hand) -> None:
    hand.type("Planwerke", "p1", "Stand der Quelle", "2031")


def _no_delivery(hand: Hand) -> None:
    hand.add("Quellen", Kennung="neu", Titel="Neu", Lieferung="unbekannt")


def _outside(hand: Hand) -> None:
    hand.book["Reihen"]["H5"].value = "Notiz"


@pytest.mark.parametrize(
    ("edit", "problems"),
    [
        (
            _heading,
            [("Maßnahmen", 1, "Ziel", "unknown-column"), ("Maßnahmen", 1, "Titel", "missing-column")],
        ),
        (_no_sheet, [("Reihen", None, None, "missing-sheet")]),
        (_struck, [("Planwerke", 2, "Titel", "bad-cell")]),
        (_formula, [("Planwerke", 2, "Titel", "bad-cell")]),
        (_read_only, [("Planwerke", 2, "Stand der Quelle", "read-only")]),
        (_no_delivery, [("Quellen", 3, None, "no-delivery")]),
        (_outside, [("Reihen", 5, None, "cell-outside")]),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(
    town: Workspace,
    small: Path,
    edit: Callable[[Hand], None],
    problems: list[tuple[str, int | None, str | None, str]],
) -> None:
    spoilt = edited(small, edit)
    assert codes(returned(spoilt)) == problems
    with pytest.raises(TablesRefused):
        taken(town, spoilt)
    assert numbers(taken(town, small, dry_run=True)) == (0, 0)


def test_what_the_tables_refuse_is_told_by_sheet_row_and_heading(town: Workspace, small: Path) -> None:
    def edit(hand: Hand) -> None:
        hand.type("Planwerke", "p1", "Gilt von", "irgendwann")
        hand.type("Planwerke", "p1", "Federführung", "FB 999")

    with pytest.raises(TablesRefused) as refused:
        taken(town, edited(small, edit))
    assert [problem.message.de for problem in refused.value.problems] == [
        "Planwerke, Zeile 2, Spalte Federführung: „FB 999“ gibt es nicht in „Dienststellen“, „Partner“.",
        (
            "Planwerke, Zeile 2, Spalte Gilt von: „irgendwann“ ist kein Datum. Möglich sind 2017, 2017-11, 2017-11-21 "
            "und Spannen wie 2024/2025."
        ),
    ]


def test_a_sheet_of_ones_own_is_left_out_and_said(small: Path) -> None:
    said = returned(edited(small, lambda hand: hand.book.create_sheet("Notizen").append(["x"])))
    assert [(note.file, note.code) for note in said.notes] == [("Notizen", "other-sheet")]


def statements(workspace: Workspace) -> set[tuple[str, str, str]]:
    found = read_statements(workspace.files.paths())
    return {
        (s.subject.removeprefix(BASE), s.predicate.removeprefix(P), s.value.removeprefix(BASE)) for s in found
    }


def test_an_import_stores_exactly_the_edit(
    workspace: Workspace, tables: Callable[..., Path], tmp_path: Path
) -> None:
    workspace.import_folder(tables(**SMALL))
    before = statements(workspace)
    path = export(workspace, tmp_path / "x.xlsx")
    taken(workspace, edited(path, lambda hand: hand.type("Planwerke", "p1", "Themen", "t2")))
    after = statements(workspace)
    assert (before - after, after - before) == ({("p1", "topic", "t1")}, {("p1", "topic", "t2")})
    assert [entry.why for entry in workspace.files.log()] == ["Import stadt", "Import stadt"]


def test_a_workbook_does_not_undo_what_came_after_it(
    workspace: Workspace, tables: Callable[..., Path], tmp_path: Path
) -> None:
    workspace.import_folder(tables(**SMALL))
    path = export(workspace, tmp_path / "x.xlsx")
    first = edited(path, lambda hand: hand.type("Planwerke", "p1", "Titel", "Plan 1"))
    assert numbers(taken(workspace, first)) == (1, 1)
    assert numbers(taken(workspace, first)) == (0, 0)
    more = edited(first, lambda hand: hand.type("Planwerke", "p2", "Titel", "Plan 2"))
    assert numbers(taken(workspace, more)) == (1, 1)
    with pytest.raises(IntakeError, match="hat sich die Quelle „s1“ im Speicher geändert"):
        taken(workspace, path)


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30)
TITLES = st.one_of(WORDS, st.sampled_from(["=1+1", "+49", "-", "@x", "a\nb", "1.5", "TRUE", "2019-07-09"]))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    titles=st.dictionaries(
        st.sampled_from(["p1", "p2"]),
        TITLES.filter(lambda text: text.strip() and "_x" not in text),
        min_size=1,
    )
)
def test_whatever_is_typed_into_a_title_comes_in_and_nothing_else_changes(
    tmp_path_factory: pytest.TempPathFactory, titles: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name, text in SMALL.items():
        (folder / f"{name}.csv").write_text(text + "\n", "utf-8")
    with Workspace(read_settings({}, store=str(folder / "store"))) as workspace:
        workspace.import_folder(folder, source_id="stadt")
        path = export(workspace, folder / "x.xlsx")

        def edit(hand: Hand) -> None:
            for plan, title in titles.items():
                hand.type("Planwerke", plan, "Titel", title)

        rows = returned(edited(path, edit)).deliveries[0].rows["plans"]
        was = {"p1": "Plan eins", "p2": "Plan zwei"}
        read = {row["id"]: row["title_de"] for row in rows}
        assert {plan for plan in was if read[plan] != was[plan]} <= titles.keys()
        assert {plan: " ".join(read[plan].split()) for plan in titles} == {
            plan: " ".join(title.split()) for plan, title in titles.items()
        }
        again = taken(workspace, path.with_name("edited.xlsx"))
        assert numbers(again)[0] == numbers(again)[1] == sum(read[plan] != was[plan] for plan in titles)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40))
def test_any_text_of_the_store_survives_the_workbook(
    tmp_path_factory: pytest.TempPathFactory, title: str
) -> None:
    folder = tmp_path_factory.mktemp("text")
    with Workspace(read_settings({}, store=str(folder / "store"))) as workspace:
        row = Row("series", 2, {"id": "s-1", "title_de": title})
        workspace.take(Delivery("stadt", {}, {"series": (row,)}))
        path = export(workspace, folder / "x.xlsx")
        assert returned(path).deliveries[0].rows["series"][0]["title_de"] == title
        assert numbers(taken(workspace, path)) == (0, 0)


def test_the_command_line_takes_it_back_and_says_what_changed(
    tmp_path: Path, tables: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    store = ["--store", str(tmp_path / "store"), "--quiet"]
    assert main([*store, "import", str(tables(**SMALL))]) == 0
    assert main([*store, "export", str(tmp_path / "stadt.xlsx")]) == 0
    path = edited(
        tmp_path / "stadt.xlsx", lambda hand: hand.type("Planwerke", "p1", "Beschlossen am", "3.4.2020")
    )
    capsys.readouterr()
    assert main([*store, "import", str(path), "--report", str(tmp_path / "r.json")]) == 0
    out = capsys.readouterr().out
    assert "„Plan eins“, Beschlossen am: neu 2020-04-03." in out
    assert "1 Quelle geändert: 1 Aussagen neu, 0 entfallen." in out
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert [note["code"] for note in report["imports"][0]["notes"]] == ["read-as"]


def test_a_damaged_file_is_refused_whole(small: Path) -> None:
    book = openpyxl.load_workbook(small)
    book["_planwerk"]["A1"].value = "|{|"
    book.save(small)
    assert [problem.code for problem in returned(small).problems] == ["damaged"]


def test_what_came_from_a_grown_spreadsheet_comes_back_too(workspace: Workspace, tmp_path: Path) -> None:
    grown = tmp_path / "uebersicht.csv"
    grown.write_text(
        "Titel;Federführung;Laufzeit;Beschlussdatum\nSozialplan;Amt 50;2019-2024;9.7.2019\n", "utf-8"
    )
    workspace.import_workbook(grown)
    path = export(workspace, tmp_path / "x.xlsx")
    assert numbers(taken(workspace, path)) == (0, 0)
    renamed = edited(path, lambda hand: hand.type("Quellen", "uebersicht", "Titel", "Übersicht"))
    assert numbers(taken(workspace, renamed, dry_run=True)) == (1, 1)
    with pytest.raises(OwnWorkbook, match="hat Planwerk selbst geschrieben"):
        workspace.import_workbook(path)
