"""Questions and the builder in a browser: nobody kept out, nothing too wide, and usable without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import NARROW, WIDE, Open, is_whole, keeps_out

PAGES = (
    "/questions/q57-departments-by-topic",
    "/questions/q01-topics-by-departments",
    "/questions/q60-beginnings",
    "/questions/q02-shared-topic-group-area?view=picture",
    "/questions/q31-goals-of-a-plan?plan=schul",
    "/builder?class=Plan&r1=pursues&m1=is&v1=kinder&r2=validFrom&m2=from&v2=2020&r3=topic&col=topic",
)


@pytest.mark.parametrize("path", PAGES)
def test_no_answer_keeps_anybody_out(blank: Open, address: str, path: str) -> None:
    opened = blank(*WIDE, offline=False)
    opened.page.goto(address + path)
    assert keeps_out(opened) == []
    is_whole(opened, address)


@pytest.mark.parametrize("path", PAGES)
def test_answers_fit_a_phone_in_the_dark(blank: Open, address: str, path: str) -> None:
    opened = blank(*NARROW, offline=False, color_scheme="dark")
    opened.page.goto(address + path)
    assert keeps_out(opened) == []
    is_whole(opened, address)


@pytest.mark.parametrize("path", PAGES[:2])
def test_answers_keep_their_marks_in_forced_colours(blank: Open, address: str, path: str) -> None:
    opened = blank(640, 900, offline=False, forced_colors="active")
    opened.page.goto(address + path)
    assert keeps_out(opened) == []


def test_bars_are_seen_in_light_dark_and_forced_colours(blank: Open, address: str) -> None:
    seen = set()
    for settings in ({}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
        page = blank(*WIDE, offline=False, **settings).page
        page.goto(address + "/questions/q01?view=chart")
        colours = page.locator("svg.chart .bar").first.evaluate(
            "bar => [getComputedStyle(bar).fill, getComputedStyle(document.body).backgroundColor]"
        )
        assert colours[0] != colours[1]
        seen.add(colours[0])
    assert len(seen) == 3


def test_a_question_is_clicked_together_without_script(blank: Open, address: str) -> None:
    page = blank(*WIDE, offline=False, java_script_enabled=False).page
    page.goto(address + "/questions")
    page.get_by_role("link", name="Frage bauen").click()
    page.locator('a[href="/builder?class=Plan"]').click()
    page.get_by_label("Angabe").select_option("leadUnit")
    page.get_by_role("button", name="Anzeigen").click()
    page.get_by_label("Fachbereich Wohnen, Soziales und Integration").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Antwort 10 von 99")).to_be_visible()
    page.locator("#r2").select_option("pursues")
    page.get_by_role("button", name="Anzeigen").click()
    page.locator("#m2").select_option("none")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.get_by_role("heading", name="Antwort 2 von 99")).to_be_visible()
    expect(page.get_by_role("link", name="Wohnungsmarktbericht 2025")).to_be_visible()
    page.get_by_role("link", name="Entfernen").first.click()
    expect(page.get_by_role("heading", name="Antwort 20 von 99")).to_be_visible()


def test_two_steps_and_a_count_are_clicked_together_without_script(blank: Open, address: str) -> None:
    page = blank(*WIDE, offline=False, java_script_enabled=False).page
    page.goto(address + "/builder?class=Plan&r1=pursues")
    page.get_by_label("und davon").select_option("targetGroup")
    page.get_by_role("button", name="Anzeigen").click()
    for group in ("Kinder (9)", "Studierende (2)"):
        page.get_by_label(group, exact=True).check()
    page.get_by_label("Zählen nach").select_option("leadUnit")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Richtet sich an: Kinder oder Studierende")
    expect(page.locator("svg.chart .bar").first).to_be_visible()
    page.get_by_role("link", name="Tabelle", exact=True).click()
    expect(page.get_by_role("columnheader", name="Anzahl")).to_be_visible()


def test_with_script_each_choice_is_answered_in_place_and_kept_in_the_address(
    blank: Open, address: str
) -> None:
    opened = blank(*WIDE, offline=False)
    page = opened.page
    page.goto(address + "/builder?class=Plan")
    page.locator("#r1").focus()
    page.locator("#r1").select_option("leadUnit")
    box = page.get_by_role("checkbox", name="Fachbereich Wohnen, Soziales und Integration")
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Antwort 10 von 99")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    expect(page.locator("body > p.hidden[role=status]")).to_have_text("Antwort 10 von 99")
    assert page.url == address + "/builder?class=Plan&r1=leadUnit&m1=is&v1=dep-fb56"
    page.go_back()
    expect(page.get_by_role("heading", name="Antwort 99 von 99")).to_be_visible()
    assert keeps_out(opened) == []


def test_a_long_list_is_searched_without_script(blank: Open, address: str) -> None:
    page = blank(*WIDE, offline=False, java_script_enabled=False).page
    page.goto(address + "/questions/q31")
    page.get_by_label("Planwerk").fill("schulentwicklung primar")
    page.get_by_role("button", name="Fragen").click()
    expect(page.get_by_role("link", name="Schulentwicklungsplan Primarstufe 2019–2024").first).to_be_visible()


def test_the_query_can_be_changed_and_run(blank: Open, address: str) -> None:
    page = blank(*WIDE, offline=False, java_script_enabled=False).page
    page.goto(address + "/questions/q65")
    page.get_by_role("textbox", name="Abfrage").fill("SELECT (1 + 1 AS ?zwei) WHERE {}")
    page.get_by_role("button", name="In SPARQL ausführen").click()
    expect(page.get_by_role("columnheader", name="zwei")).to_be_visible()
