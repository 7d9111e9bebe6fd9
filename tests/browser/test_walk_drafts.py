"""What is typed at a walk is never lost: it survives loading again, is asked about, goes into the store, and can be discarded."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from api.jobs import walking
from api.settings import read_settings
from api.workspace import Workspace
from graph.output.walks.wall import walk_html

if TYPE_CHECKING:
    from playwright.sync_api import Page

DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def city(aachen: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A copy of Aachen's store with a walk of two findings, that may be written into."""
    store = tmp_path_factory.mktemp("drafts") / "store"
    shutil.copytree(aachen.settings.folder, store)
    with Workspace(replace(read_settings({}, store=str(store)), editing=True)) as workspace:
        walking.prepare(workspace, "sitzung", rules=["overlap"], band=None, top=2, day=DAY)
        yield workspace


@pytest.fixture
def file(city: Workspace, tmp_path: Path) -> str:
    path = tmp_path / "walk.html"
    path.write_text(walk_html(walking.show(city, walking.the_walk(city, "sitzung"))), "utf-8")
    return path.as_uri()


@pytest.fixture
def at(city: Workspace, served: Callable[[Workspace], AbstractContextManager[str]]) -> Iterator[str]:
    with served(city) as address:
        yield f"{address}/walks/sitzung"


def ready(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector(".pw-walk[data-ready]")
    return page


def typed(page: Page, number: int, reason: str) -> None:
    page.click(f"#step-{number} .pw-decide summary")
    page.select_option(f"#d{number}-state", "gewollt")
    page.fill(f"#d{number}-reason", reason)
    page.fill(f"#d{number}-role", "Steuerungsgruppe")


def test_a_draft_in_the_file_survives_loading_again_and_is_told_of(blank: Callable[..., Any], file: str):
    opened = blank()
    page = ready(opened.page, f"{file}#step-2")
    typed(page, 2, "so gewollt")
    page.close(run_before_unload=True)
    expect(page.locator(".pw-left")).to_contain_text("Noch nicht gespeichert")
    assert len(opened.dialogs) == 1
    again = ready(page.context.new_page(), f"{file}#step-2")
    expect(again.locator("#d2-reason")).to_have_value("so gewollt")
    expect(again.locator("#step-2 .pw-draft")).to_contain_text("übersteht das Neuladen")
    again.click(".pw-left a")
    expect(again.locator(".pw-slide.pw-now")).to_have_id("step-4")
    expect(again.locator(".pw-decisions tbody td").first).to_have_text("gewollt so gewollt")
    assert (opened.refused(), opened.errors) == ([], [])


def test_two_windows_of_the_file_know_of_each_other(blank: Callable[..., Any], file: str):
    first = ready(blank().page, f"{file}#step-2")
    second = ready(first.context.new_page(), f"{file}#step-3")
    typed(first, 2, "hier")
    expect(second.locator("#d2-reason")).to_have_value("hier")
    typed(second, 3, "dort")
    expect(first.locator(".pw-kept")).to_have_text("2 Einträge, noch nicht gespeichert.")


def test_files_of_two_cities_with_walks_of_one_name_keep_their_drafts_apart(
    blank: Callable[..., Any], file: str, tmp_path: Path
):
    text = (tmp_path / "walk.html").read_text("utf-8")
    other = tmp_path / "other.html"
    other.write_text(re.sub('data-place="[0-9a-f]{8}"', 'data-place="0000beef"', text), "utf-8")
    page = ready(blank().page, f"{file}#step-2")
    typed(page, 2, "nur hier")
    elsewhere = ready(page.context.new_page(), f"{other.as_uri()}#step-2")
    expect(elsewhere.locator("#d2-reason")).to_have_value("")
    expect(elsewhere.locator(".pw-kept")).to_have_text("Noch nichts festgehalten.")


def test_a_file_made_anew_takes_along_what_was_typed_into_its_forerunner(
    blank: Callable[..., Any], file: str, tmp_path: Path
):
    text = (tmp_path / "walk.html").read_text("utf-8")
    anew = tmp_path / "anew.html"
    anew.write_text(re.sub('data-snapshot="[^"]+"', 'data-snapshot="later"', text), "utf-8")
    assert anew.read_text("utf-8") != text
    page = ready(blank().page, f"{file}#step-2")
    typed(page, 2, "schon besprochen")
    later = ready(page.context.new_page(), f"{anew.as_uri()}#step-2")
    expect(later.locator("#d2-reason")).to_have_value("schon besprochen")


def test_drafts_are_discarded_after_a_second_question(blank: Callable[..., Any], file: str):
    page = ready(blank().page, f"{file}#step-2")
    typed(page, 2, "versehentlich")
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    page.click(".pw-clear")
    expect(page.locator(".pw-clear")).to_have_text("Wirklich alle 1 verwerfen")
    page.click(".pw-clear")
    expect(page.locator(".pw-kept")).to_have_text("Die Entwürfe sind verworfen.")
    ready(page, f"{file}#step-2")
    expect(page.locator("#d2-reason")).to_have_value("")
    expect(page.locator("#d2-role")).to_have_value("Steuerungsgruppe")


def test_what_was_saved_belongs_to_its_day_and_what_was_not_is_still_there(
    blank: Callable[..., Any], file: str
):
    page = ready(blank().page, f"{file}#step-2")
    typed(page, 2, "von gestern")
    turned = "() => { const key = Object.keys(localStorage)[0], held = JSON.parse(localStorage.getItem(key)); localStorage.setItem(key, JSON.stringify({ ...held, day: '2026-01-02', kept: %s })); }"
    page.evaluate(turned % "false")
    other = ready(page.context.new_page(), f"{file}#step-2")
    expect(other.locator(".pw-left")).to_have_text("Noch nicht gespeichert, vom 02.01.2026: 1")
    page.evaluate(turned % "true")
    third = ready(page.context.new_page(), f"{file}#step-2")
    expect(third.locator("#d2-reason")).to_have_value("")


def test_a_broken_memory_of_the_browser_stops_nothing(blank: Callable[..., Any], file: str):
    opened = blank()
    page = ready(opened.page, f"{file}#step-2")
    typed(page, 2, "gleich kaputt")
    page.evaluate("() => localStorage.setItem(Object.keys(localStorage)[0], '{\"drafts\": 3')")
    page = ready(page.context.new_page(), f"{file}#step-2")
    expect(page.locator(".pw-place")).to_have_text("Schritt 2 von 4")
    page.keyboard.press("End")
    expect(page.locator(".pw-hint")).to_contain_text("Dieser Browser merkt sich nichts")


def test_on_the_served_page_a_draft_goes_along_until_it_is_recorded(blank: Callable[..., Any], at: str):
    opened = blank(offline=False)
    page = ready(opened.page, f"{at}?step=2")
    typed(page, 2, "im Store")
    page.keyboard.press("Escape")
    page.click(".pw-next")
    expect(page.locator(".pw-left a")).to_contain_text("Noch nicht gespeichert")
    assert opened.dialogs == []
    page.click(".pw-left a")
    expect(page.locator("#d2-reason")).to_have_value("im Store")
    page.click("#step-2 .pw-decide summary")
    page.dblclick("#step-2 .pw-decide form button")
    expect(page.locator(".pw-left")).to_have_text("Festgehalten.")
    expect(page.locator(".pw-words dl")).to_contain_text("gewollt: im Store")
    expect(page.locator("#d2-reason")).to_have_value("")
    assert (opened.dialogs, opened.refused(), opened.errors) == ([], [], [])


def test_whoever_records_second_overwrites_nothing_and_keeps_the_draft(blank: Callable[..., Any], at: str):
    first, second = (ready(blank(offline=False).page, f"{at}?step=3") for _ in range(2))
    typed(first, 3, "zuerst")
    typed(second, 3, "danach")
    first.click("#step-3 .pw-decide form button")
    expect(first.locator(".pw-left")).to_have_text("Festgehalten.")
    second.click("#step-3 .pw-decide form button")
    expect(second.locator("main")).to_contain_text(
        "„gewollt zuerst“ (Steuerungsgruppe). Nichts wurde überschrieben."
    )
    ready(second, f"{at}?step=3")
    expect(second.locator(".pw-words dl")).to_contain_text("gewollt: zuerst")
    expect(second.locator("#d3-reason")).to_have_value("danach")


def test_what_was_taken_in_stands_as_recorded_and_is_no_draft_any_more(
    blank: Callable[..., Any], city: Workspace, file: str, tmp_path: Path
):
    page = ready(blank().page, f"{file}#step-2")
    typed(page, 2, "aus der Datei")
    page.fill("#d2-note", "nächstes Mal wieder")
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    with page.expect_download() as loading:
        page.click(".pw-saves")
    text = Path(loading.value.path()).read_bytes()
    assert [entry["reason"] for entry in json.loads(text)["entries"]] == ["aus der Datei"]
    walking.take_minutes(city, text, "beschluesse.json")
    Path(file.removeprefix("file://")).write_text(
        walk_html(walking.show(city, walking.the_walk(city, "sitzung"))), "utf-8"
    )
    again = ready(page.context.new_page(), f"{file}#step-2")
    expect(again.locator("#step-2 dl")).to_contain_text("gewollt: aus der Datei")
    expect(again.locator("#step-2 dl")).to_contain_text("nächstes Mal wieder")
    expect(again.locator("#d2-reason")).to_have_value("")


@pytest.mark.parametrize("path", ["", "/sitzung/edit?done=up&at=2", "/sitzung/delete"])
@pytest.mark.parametrize(
    "settings",
    [{"width": 1366}, {"width": 390}, {"width": 640, "color_scheme": "dark", "forced_colors": "active"}],
)
def test_axe_finds_nothing_on_the_pages_that_change_walks(
    blank: Callable[..., Any], at: str, path: str, settings: dict[str, Any]
):
    page = blank(height=844, offline=False, **settings).page
    page.goto(at.removesuffix("/sitzung") + path)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= settings["width"]


def test_a_walk_is_put_in_order_by_keyboard_without_script(
    blank: Callable[..., Any], at: str, city: Workspace
):
    page = blank(offline=False, java_script_enabled=False).page
    before = walking.the_walk(city, "sitzung")
    page.goto(f"{at}/edit")
    page.focus("button[value=down-2]")
    page.keyboard.press("Enter")
    expect(page.locator("button[value=down-3]")).to_be_focused()
    page.focus("button[value=up-3]")
    page.keyboard.press("Enter")
    expect(page.locator("button[value=up-2]")).to_be_focused()
    assert walking.the_walk(city, "sitzung") == before


def test_on_paper_each_step_is_a_sheet_with_its_picture(blank: Callable[..., Any], file: str):
    page = ready(blank().page, file)
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") == 4
    page.emulate_media(media="print")
    for number in (1, 2, 3):
        expect(page.locator(f"#step-{number} .pw-paper svg")).to_be_visible()
        expect(page.locator(f"#step-{number} h2")).to_be_visible()
    expect(page.locator(".pw-nav")).not_to_be_visible()
    expect(page.locator(".pw-decide").first).not_to_be_visible()
