"""Sixty strings that would run a script, in every free field of every kind: opened in a browser, none runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from api.pages.frame.kinds import page_address
from api.settings import read_settings
from api.workspace import Workspace
from ontology.tables import load_tables
from tests.injections import INJECTIONS
from tests.pages.test_app_hostile import AACHEN, agree_with_sources, poison

DAY = "as_of=2026-01-01"
VIEWS = (
    "/",
    f"/findings?band=alle&{DAY}",
    f"/matrix?{DAY}",
    f"/groups?{DAY}",
    f"/graph?focus=p-sep3&{DAY}",
    f"/graph?lens=ways&focus=p-sep3&to=p-kjfp4&{DAY}",
    f"/graph?lens=compare&since=2017-12-07&{DAY}",
    f"/graph?aggregate=topic&{DAY}",
    "/questions/q30-plans",
    "/sparql?query=SELECT+*+WHERE+{+?s+a+?k+.+?s+?p+?o+}+LIMIT+300",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Aachen's tables with the next of sixty attacks in each row."""
    folder = tmp_path_factory.mktemp("sixty")
    poison(load_tables(), AACHEN, folder, INJECTIONS)
    agree_with_sources(folder)
    with Workspace(read_settings({}, store=str(folder / "store"))) as workspace:
        workspace.import_folder(folder, source_id="hostile")
        yield workspace


@pytest.fixture(scope="module")
def at(hostile: Workspace, served: Callable[[Workspace], AbstractContextManager[str]]) -> Iterator[str]:
    with served(hostile) as address:
        yield address


def nothing_ran(opened: Any) -> None:
    assert opened.page.evaluate("window.hacked") is None
    assert (opened.dialogs, opened.refused(), opened.errors) == ([], [], [])


def test_all_sixty_are_in_the_store_and_in_every_kind(hostile: Workspace):
    network = hostile.network()
    told = [
        " ".join(str(value) for value in data.values()) for _, data in network.multigraph.nodes(data=True)
    ]
    assert [evil for evil in INJECTIONS if not any(evil in text for text in told)] == []


def test_no_page_of_any_kind_runs_what_its_fields_hold(
    hostile: Workspace, at: str, blank: Callable[..., Any]
):
    network = hostile.network()
    kinds = sorted({network.type(node) for node in network.multigraph})
    opened = blank(1366, 768, offline=False)
    seen = [page_address(network, node) for kind in kinds for node in network.of_type(kind)[:3]]
    for path in seen:
        opened.page.goto(at + path)
        nothing_ran(opened)
    assert len(seen) > 40
    assert {request.split("/")[2] for request in opened.requests} == {at.split("/")[2]}


@pytest.mark.parametrize("path", VIEWS)
def test_no_view_runs_what_it_shows(at: str, blank: Callable[..., Any], path: str):
    opened = blank(1366, 768, offline=False)
    opened.page.goto(at + path)
    if "/graph" in path:
        opened.ready()
        opened.page.focus(".pw-canvas")
        opened.page.keyboard.press("Enter")
        opened.page.click(".pw-table summary")
    expect(opened.page.locator("h1")).not_to_be_empty()
    nothing_ran(opened)


def test_no_card_of_a_finding_runs_what_it_quotes(hostile: Workspace, at: str, blank: Callable[..., Any]):
    opened = blank(1366, 768, offline=False)
    findings = {(one.rule.id, one.kind): one for one in hostile.findings(date(2026, 1, 1)).findings}
    for finding in findings.values():
        opened.page.goto(f"{at}/findings/{finding.id}?{DAY}")
        nothing_ran(opened)
    assert len(findings) > 5


def test_no_suggestion_runs_what_it_offers(at: str, blank: Callable[..., Any]):
    opened = blank(1366, 768, offline=False)
    opened.page.goto(f"{at}/plans")
    opened.page.locator(".finder input").press_sequentially("hacked")
    expect(opened.page.locator(".suggest li").first).to_be_visible()
    opened.page.keyboard.press("ArrowDown")
    nothing_ran(opened)
