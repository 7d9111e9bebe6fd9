"""The page of queries where there was no npm: the plain field, and the scripts do all but colours and suggestions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from api.app import create_app
from api.workspace import Workspace
from tests.conftest import serving_app

Open = Callable[..., Any]


def test_the_plain_field_asks_in_the_page_shows_mistakes_and_remembers(
    blank: Open, aachen: Workspace
) -> None:
    with serving_app(create_app(aachen.settings, aachen, plain=True)) as address:
        opened = blank(1366, 768, offline=False)
        page = opened.page
        page.goto(address + "/sparql?lang=de")
        page.wait_for_selector("form[data-asks=yes]")
        field = page.get_by_role("textbox", name="Abfrage", exact=True)
        field.fill("SELECT * {\n  ?s ?p }")
        field.press("Control+Enter")
        expect(page.get_by_role("alert")).to_contain_text("Zeile 2, Spalte ")
        expect(field).to_be_focused()
        assert page.evaluate("() => document.querySelector('#query').selectionStart") >= 13
        field.fill("SELECT ?s { ?s ?p ?o } LIMIT 3")
        field.press("Control+Enter")
        expect(page.locator("form.query .said")).to_have_text(re.compile(r"^3 Zeilen in "))
        expect(page.get_by_role("alert")).to_have_count(0)
        field.fill("ASK {}")
        page.locator(".past summary").click()
        page.get_by_role("button", name="SELECT ?s").click()
        expect(field).to_have_value("SELECT ?s { ?s ?p ?o } LIMIT 3")
        expect(page.locator(".only-editor")).to_be_hidden()
        assert (opened.refused(), opened.errors) == ([], [])
