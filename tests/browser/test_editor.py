"""The editor of queries in a browser: by keyboard, for screen readers, in every colour scheme, and without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from api.assets.bundling import EDITOR
from api.pages.frame.site import assets
from api.settings import read_settings
from api.workspace import Workspace

Opened = Any
Open = Callable[..., Opened]
Served = Callable[[Workspace], AbstractContextManager[str]]
FIRST = "PREFIX pw: <https://w3id.org/planwerk/ontology#>\n"
COUNTED = (
    "PREFIX pw: <https://w3id.org/planwerk/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
    "SELECT ?leadLabel (COUNT(?plan) AS ?plans) { ?plan a pw:Plan ; pw:leadUnit/skos:prefLabel ?leadLabel } "
    "GROUP BY ?leadLabel"
)
pytestmark = pytest.mark.skipif(
    EDITOR not in assets(),
    reason="no npm here, or no registry: `make components` says so; the plain field is tested",
)


@pytest.fixture
def at(blank: Open, address: str) -> Callable[..., Opened]:
    """Return a function that opens the page with a query, when its scripts are ready."""

    def open_at(query: str = "", size: tuple[int, int] = (1366, 768), **settings: object) -> Opened:
        return opened_at(blank, address, query, size, **settings)

    return open_at


def opened_at(
    blank: Open, address: str, query: str = "", size: tuple[int, int] = (1366, 768), **settings: object
) -> Opened:
    """Open the page of a server with a query, when its scripts are ready."""
    opened = blank(*size, offline=False, **settings)
    opened.page.goto(address + "/sparql?lang=de")
    opened.page.wait_for_selector("form[data-ready=yes][data-asks=yes]")
    if query:
        write(opened.page, query)
    return opened


def editor(page: Page) -> Any:
    return page.get_by_role("textbox", name="Abfrage", exact=True)


def write(page: Page, text: str) -> None:
    """Put a text in the place of the query."""
    editor(page).focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def sent(page: Page) -> Any:
    """The field that the form sends, which the editor keeps."""
    return page.locator("textarea#query")


def status(page: Page) -> Any:
    return page.locator("form.query .said")


def options(page: Page) -> Any:
    return page.get_by_role("listbox", name="Vorschläge").get_by_role("option")


def run(page: Page) -> None:
    editor(page).press("Control+Enter")
    page.wait_for_function(
        "() => document.querySelector('#answer').dataset.what || document.querySelector('#answer').dataset.problem"
    )


def test_a_german_name_completes_a_term_and_brings_its_prefix(at: Callable[..., Opened]) -> None:
    opened = at("SELECT * { ?plan ")
    page = opened.page
    editor(page).press_sequentially("verfolg")
    expect(options(page).first).to_have_text(re.compile(r"pw:pursues.*verfolgt · Eigenschaft"))
    expect(page.get_by_text("Das Planwerk will dieses Ziel erreichen.")).to_be_visible()
    expect(editor(page)).to_have_attribute("aria-activedescendant", re.compile(".+"))
    page.wait_for_timeout(100)  # the editor takes no choice within 75 ms, so that nobody chooses by mistake
    page.keyboard.press("Enter")
    expect(sent(page)).to_have_value(FIRST + "SELECT * { ?plan pw:pursues")
    assert opened.refused() == []
    assert opened.errors == []


def test_classes_come_first_behind_a_and_variables_behind_a_question_mark(at: Callable[..., Opened]) -> None:
    page = at("SELECT * { ?einPlan a ").page
    editor(page).press_sequentially("pla")
    expect(options(page).first).to_have_text(re.compile(r"^pw:PlanPlanwerk · Klasse$"))
    page.keyboard.press("Escape")
    editor(page).press_sequentially("n . ?ei")
    expect(options(page)).to_have_text([re.compile(r"^\?einPlan")])


def test_a_thing_of_the_store_is_found_by_its_name_without_umlauts(at: Callable[..., Opened]) -> None:
    page = at("SELECT * { ?plan ?wie ").page
    editor(page).press_sequentially("kinderschutz")
    write(page, "SELECT * { ?plan ?wie ")
    editor(page).press_sequentially("sozialentwicklungspl")
    found = options(page).filter(has_text=re.compile(r"Planwerk · id:p-sep\d")).first
    expect(found).to_be_visible()
    found.click()
    expect(sent(page)).to_have_value(
        re.compile(r"^PREFIX id: <https://w3id\.org/planwerk/id/>\nSELECT \* \{ \?plan \?wie id:p-sep\d$")
    )


def test_a_mistake_is_marked_at_its_place_and_said(at: Callable[..., Opened]) -> None:
    opened = at("SELECT * {\n  ?s ?p ?o .\n  FILTR(?o > 1)\n}")
    page = opened.page
    run(page)
    expect(page.get_by_role("alert")).to_contain_text("Zeile 3, Spalte ")
    expect(page.locator(".cm-lintRange-error")).to_have_count(1)
    expect(page.locator(".cm-line").nth(2).locator(".cm-lintRange-error")).to_have_count(1)
    expect(editor(page)).to_be_focused()
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]][:2]) for rule in found] == []
    write(page, "ASK { ?s ?p ?o }")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)
    assert opened.refused() == []


def test_what_makes_a_query_slow_or_incomplete_is_said_while_typing(at: Callable[..., Opened]) -> None:
    page = at(
        "SELECT * { ?a skos:prefLabel ?b . ?c skos:notation ?d . FILTER NOT EXISTS { ?a skos:note ?n } }"
    ).page
    hints = page.locator(".hints li")
    expect(hints).to_have_text(
        [
            re.compile("Zeile 1: Das Präfix „skos:“ ist noch nicht erklärt"),
            re.compile("MINUS ist meist viel schneller"),
            re.compile("teilt mit den anderen keine Variable"),
        ]
    )
    hints.get_by_role("button", name="PREFIX ergänzen").click()
    expect(hints).to_have_count(2)
    expect(sent(page)).to_have_value(re.compile("^PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"))
    write(page, "SELECT * { ?a ?p ?b . ?b ?q ?d }")
    expect(hints).to_have_count(0)


def test_the_answer_comes_into_the_page_is_said_and_its_columns_sort(at: Callable[..., Opened]) -> None:
    page = at(COUNTED).page
    run(page)
    expect(status(page)).to_have_text(re.compile(r"^\d+ Zeilen in \d+,\d+ Sekunden\.$"))
    expect(editor(page)).to_be_focused()
    head = page.get_by_role("columnheader", name="plans")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(status(page)).to_have_text("Absteigend sortiert nach plans.")
    numbers = [int(text) for text in page.locator("#answer td:nth-child(2)").all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) > 2


def test_an_answer_is_a_table_a_chart_and_a_picture(at: Callable[..., Opened]) -> None:
    opened = at(COUNTED)
    page = opened.page
    run(page)
    page.get_by_role("button", name="Diagramm").click()
    expect(page.locator("#answer svg.chart")).to_be_visible()
    expect(page.get_by_role("button", name="Diagramm")).to_be_focused()
    expect(page).to_have_url(re.compile(r"view=chart"))
    write(page, FIRST + "SELECT ?plan ?lead { ?plan a pw:Plan ; pw:leadUnit ?lead } LIMIT 5")
    run(page)
    page.get_by_role("button", name="Graph", exact=True).click()
    expect(page.locator("#answer .paper svg")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]][:2]) for rule in found] == []
    assert opened.refused() == []


def test_a_query_can_be_cancelled(blank: Open, aachen: Workspace, served: Served) -> None:
    settings = read_settings({}, store=aachen.settings.store, query_seconds=60, query_workers=1)
    with Workspace(settings) as workspace, served(workspace) as address:
        page = opened_at(blank, address, "SELECT (COUNT(*) AS ?n) {?a ?b ?c. ?d ?e ?f. ?g ?h ?i}").page
        cancel(page)
        write(page, "ASK {}")
        run(page)
        expect(status(page)).to_have_text(re.compile("^Ja|^Antwort|Sekunden.$"))


def cancel(page: Page) -> None:
    """Run the query and cancel it."""
    editor(page).press("Control+Enter")
    expect(status(page)).to_have_text("Die Abfrage läuft …")
    page.get_by_role("button", name="Abbrechen").click()
    expect(status(page)).to_have_text("Abgebrochen. Die Abfrage wurde auch auf dem Server angehalten.")
    expect(page.locator("form.query .stop")).to_be_hidden()
    expect(page.get_by_role("button", name="Ausführen")).to_be_focused()


def test_queries_are_remembered_in_this_browser_until_they_are_cleared(at: Callable[..., Opened]) -> None:
    page = at("SELECT ?alt { ?alt ?p ?o } LIMIT 2").page
    run(page)
    expect(status(page)).to_have_text(re.compile("^2 Zeilen"))
    page.reload()
    page.wait_for_selector("form[data-ready=yes][data-asks=yes]")
    write(page, "ASK {}")
    page.get_by_text("Verlauf", exact=True).click()
    expect(page.get_by_text("Sie stehen nur in diesem Browser")).to_be_visible()
    expect(page.locator(".past li small")).to_have_text(re.compile(r" · 2 Zeilen · \d+,\d+ s$"))
    page.get_by_role("button", name="SELECT ?alt").click()
    expect(sent(page)).to_have_value("SELECT ?alt { ?alt ?p ?o } LIMIT 2")
    expect(editor(page)).to_be_focused()
    page.get_by_role("button", name="Verlauf löschen").click()
    expect(page.locator(".past li")).to_have_text(["Noch keine Abfrage."])
    assert page.evaluate("localStorage.getItem('planwerk.queries')") == "[]"


def test_a_link_carries_the_query_and_says_when_it_is_too_long(
    at: Callable[..., Opened], address: str
) -> None:
    page = at("ASK { <urn:ä> ?p ?o }").page
    page.locator(".share summary").click()
    link = page.get_by_role("textbox", name="Link zu dieser Abfrage")
    expect(link).to_have_value(re.compile("query=ASK"))
    page.goto(link.input_value())
    expect(sent(page)).to_have_value("ASK { <urn:ä> ?p ?o }")
    expect(page.locator("#answer .lead")).to_have_text("Nein")
    page.wait_for_selector("form[data-ready=yes][data-asks=yes]")
    page.locator(".share summary").click()
    write(page, "# " + "x" * 3000)
    expect(page.locator(".share .long")).to_contain_text("Zeichen. Manche Programme kürzen")
    write(page, "# " + "x" * 9000)
    expect(page.locator(".share .long")).to_contain_text("zu lang")
    expect(link).to_have_value("")
    assert page.url.startswith(address)


def test_tab_leads_out_of_the_editor(at: Callable[..., Opened]) -> None:
    page = at("ASK {}").page
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ausführen")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(editor(page)).to_be_focused()
    expect(editor(page)).to_have_attribute("aria-describedby", "keys")
    expect(page.locator("#keys")).to_contain_text("Tab verlässt das Feld.")


@pytest.mark.parametrize(
    "how",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"size": (640, 900)},
    ],
    ids=["light", "dark", "forced colours", "640 px"],
)
def test_nobody_is_kept_out_while_suggestions_are_open(
    at: Callable[..., Opened], how: dict[str, Any]
) -> None:
    opened = at(COUNTED, **how)
    page = opened.page
    run(page)
    write(page, '# Kommentar\nSELECT (COUNT(?x) AS ?n) { ?x <urn:a> "Wort"@de ; pw:status 3 . ?x ')
    editor(page).press_sequentially("ver")
    expect(options(page).first).to_be_visible()
    expect(page.locator(".hints li").first).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]][:2]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert opened.refused() == []
    assert opened.errors == []
    assert {request.split("/")[2] for request in opened.requests} == {page.url.split("/")[2]}


def test_without_script_the_plain_form_asks_shows_and_gives_out(blank: Open, address: str) -> None:
    page = blank(1366, 768, offline=False, java_script_enabled=False).page
    page.goto(address + "/sparql?lang=de")
    field = page.get_by_role("textbox", name="Abfrage", exact=True)
    field.fill(COUNTED)
    page.get_by_role("button", name="Ausführen").click()
    expect(page.locator("#result")).to_contain_text("Zeilen")
    page.get_by_role("button", name="Diagramm").click()
    expect(page.locator("#answer svg.chart")).to_be_visible()
    expect(page.get_by_text("Verlauf", exact=True)).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
    assert download.value.suggested_filename == "sparql.xlsx"
    field.fill("SELECT * {\n ?s ?p }")
    page.get_by_role("button", name="Ausführen").click()
    expect(page.get_by_role("alert")).to_contain_text("Zeile 2, Spalte ")


def test_other_pages_do_without_the_editor(blank: Open, address: str) -> None:
    opened = blank(1366, 768, offline=False)
    opened.page.goto(address + "/questions", wait_until="networkidle")
    assert [request for request in opened.requests if EDITOR in request] == []
