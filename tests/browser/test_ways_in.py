"""The ways into the graph: an address is the whole state, whoever opens it and however slowly."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


def picture(page: Page, address: str) -> bytes:
    page.goto(address)
    page.wait_for_selector(".pw-graph[data-ready=yes]")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.locator(".pw-canvas").screenshot()


def late(route: Route) -> None:
    time.sleep(0.6)
    route.continue_()


def test_a_copied_address_shows_the_same_picture_in_a_fresh_browser_even_where_fonts_come_late(
    blank: Callable[..., Any], address: str
):
    copied = f"{address}/graph?node=i-dach&off=Plan&as_of=2026-01-01"
    quick, slow = blank(1366, 768, offline=False).page, blank(1366, 768, offline=False).page
    slow.route("**/*.woff2*", late)
    assert picture(quick, copied) == picture(slow, copied)
    assert not quick.locator(".pw-legend input").nth(1).is_checked()
    add = quick.locator("a[data-walk]")
    expect(add).to_have_attribute("href", re.compile("off%3DPlan"))
    quick.locator(".pw-legend input").nth(1).check()
    expect(add).not_to_have_attribute("href", re.compile("off"))


def test_a_picture_is_narrowed_by_its_form_and_the_way_back_widens_it_again(
    blank: Callable[..., Any], address: str
):
    page = blank(1366, 768, offline=False).page
    page.goto(f"{address}/graph?as_of=2026-01-01")
    page.wait_for_selector(".pw-graph[data-ready=yes]")
    whole = page.locator(".pw-rows tr").count()
    page.locator("summary", has_text="Ansicht wählen").click()
    page.select_option("#f-source", "source/ak-hap")
    page.locator("form.filters .buttons button").last.click()
    page.wait_for_url("**source=source*")
    page.wait_for_selector(".pw-graph[data-ready=yes]")
    assert 0 < page.locator(".pw-rows tr").count() < whole
    page.go_back()
    page.wait_for_selector(".pw-graph[data-ready=yes]")
    assert page.locator(".pw-rows tr").count() == whole
