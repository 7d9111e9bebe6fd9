"""Suggestions by keyboard, mouse and screen reader; and the same forms without any script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Opened = Any
Open = Callable[..., Opened]
WIDE, NARROW = (1366, 768), (390, 844)


@pytest.fixture
def at(blank: Open, address: str) -> Callable[..., Opened]:
    """Return a function that opens a page of Aachen's at a path."""

    def open_at(path: str, size: tuple[int, int] = WIDE, **settings: object) -> Opened:
        opened = blank(*size, offline=False, **settings)
        opened.page.goto(address + path)
        return opened

    return open_at


def options(page: Page) -> Any:
    return page.locator(".suggest [role=option]")


def test_the_arrow_keys_choose_and_enter_goes_to_the_page(at: Callable[..., Opened]) -> None:
    page = at("/plans").page
    field = page.get_by_role("combobox", name="Suche", exact=True)
    field.press_sequentially("spielpl")
    expect(options(page).first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    first = options(page).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "none")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/(goals|plans|measures)/"))


def test_escape_closes_the_list_and_enter_without_a_choice_searches(at: Callable[..., Opened]) -> None:
    page = at("/plans").page
    field = page.get_by_role("combobox", name="Suche", exact=True)
    field.press_sequentially("spielpl")
    expect(options(page).first).to_be_visible()
    field.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(field).to_have_value("spielpl")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=spielpl"))


def test_a_screen_reader_hears_how_many_suggestions_there_are(at: Callable[..., Opened]) -> None:
    opened = at("/")
    field = opened.page.get_by_role("combobox", name="Suche", exact=True)
    field.press_sequentially("caritas")
    expect(opened.page.locator(".suggest [role=status]")).to_have_text(re.compile(r"^Vorschläge: \d+\."))
    found = Axe().run(opened.page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]][:2]) for rule in found] == []
    field.fill("xyzzyq")
    expect(opened.page.locator(".suggest [role=status]")).to_have_text("Keine Vorschläge.")
    assert opened.refused() == []
    assert opened.errors == []


def test_how_two_things_hang_together_is_asked_by_names(at: Callable[..., Opened]) -> None:
    opened = at("/graph?as_of=2026-01-01")
    page = opened.page
    page.get_by_text("Verbindung suchen").click()
    page.get_by_role("combobox", name="Von").press_sequentially("dritter sozialentw")
    options(page).first.click()
    page.get_by_role("combobox", name="Verbunden mit").press_sequentially("vierter kinder")
    options(page).first.click()
    page.get_by_role("button", name="Verbindung zeigen").click()
    expect(page).to_have_url(re.compile(r"focus=p-sep3&to=p-kjfp4"))
    opened.ready()
    expect(page.locator("h1")).to_have_text(re.compile("^Wie hängen .* zusammen"))


def test_without_script_a_name_leads_to_the_question_which_one_is_meant(at: Callable[..., Opened]) -> None:
    page = at("/plans/p-spk", java_script_enabled=False).page
    page.get_by_text("Verbindung suchen").click()
    page.get_by_label("Verbunden mit").fill("Jugendförderplan")
    page.get_by_role("button", name="Verbindung zeigen").click()
    expect(page.locator("h1")).to_have_text("Was ist gemeint?")
    page.get_by_role("link", name="Vierter Kinder- und Jugendförderplan 2023–2026").click()
    expect(page).to_have_url(re.compile(r"focus=p-spk&to=p-kjfp4|to=p-kjfp4.*focus=p-spk"))


def test_suggestions_stay_within_a_telephone(at: Callable[..., Opened]) -> None:
    opened = at("/plans", NARROW)
    opened.page.get_by_role("combobox", name="Suche", exact=True).press_sequentially("kinder")
    expect(options(opened.page).first).to_be_visible()
    box = opened.page.get_by_role("listbox", name="Vorschläge").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
