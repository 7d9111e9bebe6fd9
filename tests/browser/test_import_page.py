"""The page of a spreadsheet in a browser: whole, open to everybody, and working without any script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from api.settings import read_settings
from api.workspace import Workspace

Open = Callable[..., Any]
Served = Callable[[Workspace], AbstractContextManager[str]]
TABLE = """Übersicht der Planwerke;;;;
Nr.;Titel;Federführung;Laufzeit;Beschlussdatum
1;Sportentwicklungsplan;FB 52;2019-2024;9.7.2019
2;Bäderplan;FB 52 oder FB 61;seit 2006;k.A.
3;Radverkehrskonzept;FB 61;2020-2030;12.02.2020
4;Integrationskonzept 2018;FB 56;;
5;Integrationskonzept 2006;FB 56;;
;Summe: 5;;;
"""
WIDE, NARROW = (1366, 768), (390, 844)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, served: Served) -> Iterator[str]:
    """The address of an empty store whose operator allows taking in."""
    folder = tmp_path_factory.mktemp("import-page")
    settings = read_settings({}, store=str(folder / "store"), editing=True)
    with Workspace(settings) as workspace, served(workspace) as address:
        yield address


def bring(page: Page, address: str, folder: Path, name: str = "Bestand.csv", text: str = TABLE) -> None:
    """Upload a table and wait for its review."""
    path = folder / name
    path.write_text(text, "utf-8")
    page.goto(f"{address}/import")
    page.get_by_label("Datei").set_input_files(path)
    page.get_by_role("button", name="Prüfen", exact=True).click()
    page.wait_for_url(re.compile(r"/import/.+"))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def keeps_out(page: Page) -> list[object]:
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found]


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_neither_page_keeps_anybody_out_or_is_cut_off(
    blank: Open, place: str, tmp_path: Path, scheme: str, size: tuple[int, int]
) -> None:
    opened = blank(*size, offline=False, color_scheme=scheme)
    opened.page.goto(f"{place}/import")
    assert keeps_out(opened.page) == []
    bring(opened.page, place, tmp_path)
    for folded in (True, False):
        if not folded:
            unfold(opened.page)
        assert keeps_out(opened.page) == []
        assert opened.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    assert opened.refused() == []
    assert opened.errors == []
    assert {request.split("/")[2] for request in opened.requests} == {place.split("/")[2]}


def test_a_spreadsheet_is_corrected_and_taken_in_without_any_script(
    blank: Open, place: str, tmp_path: Path
) -> None:
    page = blank(*WIDE, offline=False, java_script_enabled=False).page
    bring(page, place, tmp_path, "Sportamt.csv")
    page.locator("summary", has_text="Blatt „Sportamt“").click()
    page.get_by_label("Bedeutung: Beschlussdatum").select_option("note")
    page.get_by_role("button", name="Neu prüfen").click()
    expect(page.get_by_text("--mapping")).to_have_count(0)
    page.locator("summary", has_text="Blatt „Sportamt“").click()
    expect(page.get_by_label("Bedeutung: Beschlussdatum")).to_have_value("note")
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text("Übernommen.")).to_be_visible()
    expect(page.get_by_text("Die erste Fassung dieser Quelle nennt:")).to_be_visible()
    page.goto(f"{place}/plans")
    expect(page.get_by_role("link", name="Sportentwicklungsplan")).to_be_visible()


def test_the_form_can_be_filled_by_keyboard(blank: Open, place: str, tmp_path: Path) -> None:
    page = blank(*WIDE, offline=False).page
    bring(page, place, tmp_path, "Tasten.csv")
    page.get_by_role("button", name="Neu prüfen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Fragen")).to_be_visible()
