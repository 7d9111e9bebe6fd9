"""The pages over many findings in a browser: whole at both sizes, open to everybody, usable by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from api.settings import read_settings
from api.workspace import Workspace

DATA = Path(__file__).parent.parent.parent / "data"
DAY = "as_of=2026-01-01"
#: The pages as they open without a choice stand in test_pages.
PAGES = (f"/matrix?{DAY}&rows=plans&band=alle", f"/whatif?dissolve=dep-fb37&{DAY}")
WIDE, NARROW = (1366, 768), (390, 844)

Opened = Any
Open = Callable[..., Opened]


def is_whole(opened: Opened) -> bool:
    """Whether nothing is wider than the window, nothing was refused and nothing thrown."""
    fits = opened.page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return bool(fits) and opened.refused() == [] and opened.errors == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_nobody_out_and_nothing_is_cut_off(blank: Open, address: str, path: str) -> None:
    opened = blank(*WIDE, offline=False)
    opened.page.goto(address + path)
    violations = Axe().run(opened.page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in violations] == []
    assert is_whole(opened)
    opened.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    assert is_whole(opened)


def test_the_ladder_of_duties_keeps_nobody_out(
    tmp_path_factory: pytest.TempPathFactory, served: Any, blank: Open
) -> None:
    store = tmp_path_factory.mktemp("duties") / "store"
    with Workspace(read_settings({}, store=str(store))) as workspace:
        workspace.import_folder(DATA / "duties-nrw")
        with served(workspace) as address:
            opened = blank(*WIDE, offline=False)
            opened.page.goto(f"{address}/duties?{DAY}")
            opened.page.locator("details").first.locator("summary").press("Enter")
            expect(opened.page.locator("details[open] dl")).to_be_visible()
            assert Axe().run(opened.page).response["violations"] == []
            opened.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
            assert is_whole(opened)


def test_the_card_of_an_overlap_keeps_nobody_out(blank: Open, address: str) -> None:
    opened = blank(*NARROW, offline=False)
    opened.page.goto(f"{address}/matrix?rows=plans&sort=band&{DAY}")
    opened.page.locator("td a").first.click()
    opened.page.wait_for_selector(".pair svg")
    assert Axe().run(opened.page).response["violations"] == []
    assert is_whole(opened)


def test_similar_plans_unfold_by_keyboard_and_keep_nobody_out(blank: Open, address: str) -> None:
    opened = blank(*WIDE, offline=False)
    opened.page.goto(f"{address}/plans/p-bev?{DAY}")
    found = opened.page.locator("section.similar")
    found.locator("summary").press("Enter")
    expect(
        found.get_by_role("link", name="Integriertes Stadtentwicklungskonzept (ISEK) Forst")
    ).to_be_visible()
    assert Axe().run(opened.page).response["violations"] == []
    opened.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    assert is_whole(opened)


@pytest.mark.parametrize("rows", ["topics", "plans"])
def test_the_heads_of_a_matrix_stay_in_sight_on_a_telephone(blank: Open, address: str, rows: str) -> None:
    page = blank(*NARROW, offline=False).page
    page.goto(f"{address}/matrix?rows={rows}&{DAY}")
    matrix = page.locator(".matrix")
    matrix.evaluate("box => box.scrollTo(400, 500)")
    frame = matrix.bounding_box()
    corner = matrix.locator("thead th").first.bounding_box()
    row = matrix.locator("tbody th").last.bounding_box()
    assert matrix.evaluate("box => box.scrollLeft") > 300
    assert abs(corner["y"] - frame["y"]) < 3
    assert abs(corner["x"] - frame["x"]) < 3
    assert abs(row["x"] - frame["x"]) < 3
    assert row["width"] < NARROW[0] / 2


def test_a_cell_of_the_matrix_is_reached_by_keyboard_and_leads_to_the_card(blank: Open, address: str) -> None:
    page = blank(*WIDE, offline=False).page
    page.goto(f"{address}/matrix?rows=plans&sort=band&{DAY}")
    page.locator(".matrix").focus()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('td a')"):
            break
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert name.startswith("stark, ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings/overlap-*")
    first, _, second = name.partition(": ")[2].partition(" × ")
    expect(page.locator("h1")).to_contain_text(first)
    expect(page.locator("h1")).to_contain_text(second)


def test_a_unit_is_dissolved_in_thought_without_any_script(blank: Open, address: str) -> None:
    page = blank(*WIDE, offline=False, java_script_enabled=False).page
    page.goto(f"{address}/whatif?{DAY}")
    page.get_by_label("Dienststelle").select_option("dep-fb37")
    page.get_by_role("button", name="Durchspielen").first.click()
    expect(page.locator("#result")).to_have_text(
        "Wenn es „FB 37 Feuerwehr und Rettungsdienst“ nicht mehr gäbe"
    )
    expect(page.locator(".losses").get_by_role("link", name="Brandschutzbedarfsplan 2025")).to_be_visible()
