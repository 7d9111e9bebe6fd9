"""The workbook that a planner gets: what stands in it, how it looks, and that the same store gives the same file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from api.cli import main
from api.workspace import Workspace
from graph.errors import BadRequest
from graph.intake.rows import read_folder
from ontology.tables import load_tables
from tests.workbooks import export

AACHEN = Path(__file__).parents[3] / "data" / "aachen"


@pytest.fixture(scope="module")
def path(aachen: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(aachen, tmp_path_factory.mktemp("export") / "aachen.xlsx")


@pytest.fixture(scope="module")
def book(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def test_the_same_store_gives_the_same_bytes(aachen: Workspace, path: Path, tmp_path: Path) -> None:
    assert export(aachen, tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_the_first_sheet_explains_and_every_table_has_a_sheet_of_its_own(book: openpyxl.Workbook) -> None:
    shown = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert shown[:3] == ["Anleitung", "Planwerke", "Ziele"]
    assert set(shown) == {"Anleitung", *(table.title["de"] for table in load_tables())}
    assert book["Anleitung"]["A1"].value == "So benutzen Sie diese Datei"


def test_headings_are_german_frozen_filtered_and_explained(book: openpyxl.Workbook) -> None:
    sheet = book["Planwerke"]
    assert [cell.value for cell in sheet[1]][:5] == ["Nr.", "Lieferung", "Kennung", "Titel", "Art"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("E2", f"A1:W{1 + 99}")
    assert all(cell.comment and cell.comment.text for cell in sheet[1])
    assert "Form: 2024, 2024-05 oder 2024-05-21." in sheet["J1"].comment.text


def test_english_headings_on_demand(aachen: Workspace, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(export(aachen, tmp_path / "en.xlsx", "en"))
    assert [cell.value for cell in book["Plans"][1]][:4] == ["No.", "Delivery", "Id", "Title"]


def test_references_stand_with_their_names_and_lists_one_below_the_other(book: openpyxl.Workbook) -> None:
    sheet = book["Planwerke"]
    headings = [cell.value for cell in sheet[1]]
    cells = dict(zip(headings, (cell.value for cell in sheet[2]), strict=True))
    assert cells["Federführung"] == "dep-fb50 · FB 50 Fachbereich Soziales und Integration"
    assert cells["Themen"].split("\n")[0] == "t-armut · Armut und Teilhabe"
    assert cells["Gilt von"] == "2009"


def test_closed_lists_are_strict_and_open_lists_only_suggest(book: openpyxl.Workbook) -> None:
    sheet = book["Planwerke"]
    by_column = {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}
    headings = {cell.value: cell.column_letter for cell in sheet[1]}
    strict = {
        name: bool(by_column[letter].showErrorMessage)
        for name, letter in headings.items()
        if letter in by_column
    }
    assert strict == {
        "Art": False,
        "Federführung": False,
        "Stand": True,
        "Reihe": False,
        "Beschlusslage": True,
        "Beschlossen von": False,
        "Quelle": False,
    }


def test_addresses_are_links_and_the_file_knows_itself(book: openpyxl.Workbook) -> None:
    sheet = book["Quellen"]
    assert sheet["H3"].hyperlink.target == sheet["H3"].value
    assert book["_planwerk"].sheet_state == "veryHidden"
    assert [prop.value for prop in book.custom_doc_props.props if prop.name == "Planwerk"] == ["1"]


@pytest.mark.parametrize("sign", ["=1+1", "+49 241", "-x", "@home", "\tTab", "\rZeile"])
def test_no_cell_becomes_a_formula(workspace: Workspace, tables, tmp_path: Path, sign: str) -> None:
    workspace.import_folder(tables(series=f'id,title_de\ns-1,"{sign}"'))
    assert [row["title_de"] for row in read_folder(tmp_path / "stadt").rows["series"]] == [sign]
    cell = openpyxl.load_workbook(export(workspace, tmp_path / "x.xlsx"))["Reihen"]["D2"]
    assert (cell.data_type, cell.value) == ("s", sign.strip())


def test_a_cell_longer_than_a_spreadsheet_holds_is_refused_with_its_place(
    workspace: Workspace,
    tables,
    tmp_path: Path,
) -> None:
    workspace.import_folder(tables(series=f"id,title_de\ns-1,{'a' * 32_768}"))
    with pytest.raises(BadRequest, match=r"Reihen, D2: ist länger als die 32767 Zeichen"):
        export(workspace, tmp_path / "x.xlsx")


def test_the_command_line_writes_it_whole_or_not_at_all(
    aachen: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ["--store", aachen.settings.store]
    assert main([*store, "export", str(tmp_path / "a.xlsx")]) == 0
    assert main([*store, "export", str(tmp_path / "nirgends" / "a.xlsx")]) == 1
    assert "lässt sich nicht schreiben" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
