"""The empty workbook: a city that starts from nothing fills it, and the how-to says how."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from api.cli import main
from api.workspace import Workspace
from graph.output.workbook.examples import EXAMPLES
from graph.output.workbook.whole import write_template
from ontology.tables import load_tables
from tests.workbooks import Hand, edited, returned, taken

HOW_TO = Path(__file__).parents[3] / "docs" / "how-to-begin.md"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    write_template(tmp_path / "vorlage.xlsx", "de")
    return tmp_path / "vorlage.xlsx"


def test_it_has_every_sheet_with_one_example_and_the_same_bytes_each_time(
    template: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(template)
    assert {page["A2"].value for page in book if page.title in {t.title["de"] for t in load_tables()}} == {
        "Beispiel"
    }
    write_template(tmp_path / "again.xlsx", "de")
    assert (tmp_path / "again.xlsx").read_bytes() == template.read_bytes()


def test_empty_it_brings_only_the_source_it_comes_with(template: Path) -> None:
    said = returned(template)
    assert (said.problems, {note.code for note in said.notes}) == ((), {"example"})
    assert [row["id"] for row in said.deliveries[0].all_rows()] == ["eigene-angaben"]


def test_a_plan_and_its_department_are_enough(workspace: Workspace, template: Path) -> None:
    def fill(hand: Hand) -> None:
        hand.add("Dienststellen", Kennung="dep-soziales", Name="Fachbereich Soziales", Kürzel="FB 50")
        hand.add(
            "Planwerke", Kennung="p-1", Titel="Sozialplan", Federführung="FB 50", **{"Gilt von": "1.3.2024"}
        )

    brought = taken(workspace, edited(template, fill))
    assert [change.text.de for change in brought.changes] == [
        "Neu: „Sozialplan“ (Planwerke).",
        "Neu: „Fachbereich Soziales“ (Dienststellen).",
    ]
    network = workspace.network()
    plan = network.ids["p-1"]
    assert (network.value(plan, "validFrom"), network.id(network.targets(plan, "leadUnit")[0])) == (
        "2024-03-01",
        "dep-soziales",
    )
    assert network.id(network.source_of(plan) or "") == "source/eigene-angaben"


def test_the_examples_fit_together(workspace: Workspace, template: Path) -> None:
    def keep(hand: Hand) -> None:
        for table in load_tables():
            hand.book[table.title["de"]]["A2"].value = None
        hand.book["Quellen"]["C3"].value = "eigene-angaben"

    said = returned(edited(template, keep))
    assert [note.code for note in said.notes if note.code == "read-as"] == []
    assert set(said.deliveries[0].rows) == EXAMPLES.keys()
    assert taken(workspace, template.with_name("edited.xlsx")).rows == len(EXAMPLES) + 1


def test_another_id_for_the_delivery(workspace: Workspace, template: Path) -> None:
    assert taken(workspace, template, source_id="musterstadt").deliveries == ("musterstadt",)


def commands(part: str) -> list[list[str]]:
    german, _, english = HOW_TO.read_text("utf-8").partition("## English")
    text = {"de": german, "en": english}[part]
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_commands_of_the_how_to_run_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANWERK_STORE", str(tmp_path / "store"))
    fills: dict[str, Callable[[Hand], None]] = {
        "de": lambda hand: hand.add("Dienststellen", Kennung="dep-soziales", Name="Soziales"),
        "en": lambda hand: hand.add("Departments", Id="dep-soziales", Name="Social affairs"),
    }
    ids = {"de": "Kennung", "en": "Id"}
    assert len(commands(lang)) == 8
    for words in commands(lang):
        assert main(words) == 0, words
        if "template" in words:
            hand = Hand(Path(words[-1]))
            assert ids[lang] in [cell.value for cell in hand.book.worksheets[1][1]]
            fills[lang](hand)
            hand.save(hand.path)
