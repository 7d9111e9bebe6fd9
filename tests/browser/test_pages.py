"""The pages in a browser: nothing is refused, nothing cut off, nothing that keeps anybody out."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PAGES = (
    "/",
    "/search?q=altere",
    "/plans",
    "/goals?page=2",
    "/plans/p-sep2",
    "/departments/dep-fb56",
    "/goals/g040",
    "/areas/a-stadt",
    "/papers/v002",
    "/sources/rt-sep2",
    "/steps/v002/b-wla/2015-12-08",
    "/findings",
    "/findings?rule=chain&kind=no-lead",
    "/findings/changes",
    "/duties",
    "/matrix",
    "/groups",
    "/seats",
    "/seats/t-jugend",
    "/whatif",
    "/goals/similar?text=Radverkehrsanteil+senken",
    "/graph?focus=p-sep3",
    "/questions",
    "/questions/q18-in-force-on-a-day",
    "/sparql?query=SELECT+*+WHERE+{+?s+?p+?o+}+LIMIT+5",
    "/sparql?query=SELECT",
    "/ontology",
    "/docs",
    "/nowhere",
)
WIDE, NARROW = (1366, 768), (390, 844)
#: Elements whose words reach beyond the window, those apart that scroll by themselves.
OVERFLOWING = """
() => [...document.querySelectorAll("main *, header *, footer *")].filter(element => {
  const apart = ".scroll, .pw-graph, details:not([open]), .hidden, .skip, pre, textarea, select, .examples, .tabs";
  if (element.closest(apart) || element.querySelector(apart)) return false;
  const range = document.createRange();
  range.selectNodeContents(element);
  return range.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
}).map(element => element.outerHTML.slice(0, 120))
"""

Opened = Any
Open = Callable[..., Opened]


def keeps_out(opened: Opened) -> list[object]:
    """Return what axe finds wrong, with the first places."""
    found = Axe().run(opened.page).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found]


def is_whole(opened: Opened, address: str) -> None:
    """Nothing wider than the window, nothing refused by the policy, nothing thrown, nothing asked of other hosts."""
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate(OVERFLOWING) == []
    assert opened.refused() == []
    assert opened.errors == []
    assert {request.split("/")[2] for request in opened.requests} == {address.split("/")[2]}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_keeps_anybody_out(blank: Open, address: str, path: str) -> None:
    opened = blank(*WIDE, offline=False)
    opened.page.goto(address + path)
    assert keeps_out(opened) == []
    is_whole(opened, address)


@pytest.mark.parametrize(
    "path", ["/", "/plans", "/plans/p-sep2", "/findings", "/sparql", "/docs", "/nowhere"]
)
def test_no_page_keeps_anybody_out_in_the_dark(blank: Open, address: str, path: str) -> None:
    opened = blank(*WIDE, offline=False, color_scheme="dark")
    opened.page.goto(address + path)
    assert keeps_out(opened) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_cut_off_on_a_telephone(blank: Open, address: str, path: str) -> None:
    opened = blank(*NARROW, offline=False)
    opened.page.goto(address + path)
    is_whole(opened, address)


@pytest.mark.parametrize("path", ["/", "/plans", "/findings"])
def test_the_first_key_leads_to_the_content(blank: Open, address: str, path: str) -> None:
    page = blank(*WIDE, offline=False).page
    page.goto(address + path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'content'")


def test_headings_come_in_order_on_every_page(blank: Open, address: str) -> None:
    page = blank(*WIDE, offline=False).page
    for path in PAGES:
        page.goto(address + path)
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
        body = [level for level in levels if level]
        assert body[0] == 1, path
        assert body.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(body)), (path, body)


def test_search_leads_from_the_start_page_to_a_plan(blank: Open, address: str) -> None:
    page = blank(*WIDE, offline=False).page
    page.goto(address)
    page.get_by_label("Suche").fill("jugendförderplan")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Vierter Kinder- und Jugendförderplan 2023–2026").first.click()
    expect(page.locator("h1")).to_have_text("Vierter Kinder- und Jugendförderplan 2023–2026")


def test_a_list_is_filtered_and_sorted_without_any_script(blank: Open, address: str) -> None:
    page = blank(*WIDE, offline=False, java_script_enabled=False).page
    page.goto(f"{address}/plans")
    page.get_by_label("Federführung").select_option("dep-fb56")
    page.get_by_role("button", name="Anwenden").click()
    expect(page).to_have_url(re.compile("department=dep-fb56"))
    page.get_by_role("link", name="Zeitraum").click()
    expect(page).to_have_url(re.compile("department=dep-fb56.*sort=period|sort=period.*department=dep-fb56"))
    expect(page.locator("tbody tr")).to_have_count(10)


def test_the_language_stays_switched(blank: Open, address: str) -> None:
    page = blank(*WIDE, offline=False).page
    page.goto(f"{address}/plans")
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="Findings").first.click()
    expect(page.locator("h1")).to_have_text("Findings")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_query_runs_by_keyboard_and_can_be_taken_as_csv(blank: Open, address: str) -> None:
    page = blank(*WIDE, offline=False).page
    page.goto(f"{address}/sparql")
    page.get_by_role("textbox", name="Abfrage", exact=True).focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".scroll tbody tr")).to_have_count(20)
    with page.expect_response(lambda answer: "format=csv" in answer.url) as caught:
        page.get_by_role("button", name="CSV").click()
    assert caught.value.headers["content-type"] == "text/csv; charset=utf-8"


def test_the_page_of_a_thing_leads_into_its_surroundings_in_the_graph(blank: Open, address: str) -> None:
    opened = blank(*WIDE, offline=False)
    opened.page.goto(f"{address}/plans/p-sep3")
    opened.page.get_by_role("link", name="Im Graphen ansehen").click()
    opened.ready()
    expect(opened.page.locator("h1")).to_have_text(re.compile("^Umgebung: Dritter Sozialentwicklungsplan"))
    assert opened.refused() == []


def test_a_printed_plan_has_no_tools_but_all_facts(blank: Open, address: str) -> None:
    page = blank(*WIDE, offline=False).page
    page.goto(f"{address}/plans/p-sep2")
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert not page.locator("form.day").is_visible()
    assert page.locator("dl.facts").first.is_visible()
