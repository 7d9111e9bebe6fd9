"""The walk on the wall: offline, by keyboard alone, with decisions that find their way back into the store."""

from __future__ import annotations

import json
import shutil
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from api.cli import main
from api.jobs import walking
from api.settings import read_settings
from api.workspace import Workspace
from graph.errors import Text
from graph.output.lenses.view import View
from graph.output.walks.walk import CLOSING, Step, Walk
from graph.output.walks.wall import walk_html
from tests.injections import INJECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def city(aachen: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A copy of Aachen's store with a walk: lanes, an overlap with a note, a gap, the line of time, the net, the list."""
    store = tmp_path_factory.mktemp("walk") / "store"
    shutil.copytree(aachen.settings.folder, store)
    with Workspace(read_settings({}, store=str(store))) as workspace:
        walk = walking.prepare(workspace, "sitzung", rules=["overlap"], band=None, top=1, day=DAY)
        gap = next(
            f.id for f in workspace.findings(DAY, ["chain"]).findings if f.kind == "goal-without-steering"
        )
        more = walk.noted(2, "Zuerst FB 45 hören").with_step(walking.new_step(workspace, gap, DAY))
        more = more.with_step(Step(View(lens="time", limit=12)))
        more = more.with_step(Step(View(lens="net", limit=30)))
        walking.revise(workspace, "sitzung", lambda _: more, "test")
        yield workspace


@pytest.fixture
def walk_file(city: Workspace, tmp_path: Path) -> Path:
    """The walk as the command writes it."""
    path = tmp_path / "walk.html"
    path.write_text(walk_html(walking.show(city, walking.the_walk(city, "sitzung"))), "utf-8")
    return path


@pytest.fixture
def present(blank: Callable[..., Any], walk_file: Path) -> Callable[..., Any]:
    """Return a function that opens the walk from its file, without network."""

    def open_file(after: str = "", **settings: object) -> Any:
        opened = blank(**settings)
        opened.page.goto(walk_file.as_uri() + after)
        opened.page.wait_for_selector(".pw-walk[data-ready]")
        return opened

    return open_file


def place(page: Page) -> str:
    return page.inner_text(".pw-place")


def step(page: Page, number: int, of: int = 6) -> None:
    """Wait until a step is shown."""
    expect(page.locator(".pw-place")).to_have_text(f"Schritt {number} von {of}")
    expect(page.locator(".pw-slide.pw-now")).to_have_id(f"step-{number}")


def drawn(page: Page) -> None:
    """Wait until the picture of the step stands, where it has one."""
    page.wait_for_function(
        "() => [...document.querySelectorAll('.pw-now .pw-graph')].every(graph => graph.dataset.ready)"
    )


def test_the_walk_is_gone_through_by_keyboard_alone(present: Callable[..., Any]):
    page = present().page
    for key, number in [
        ("ArrowRight", 2), ("PageDown", 3), (" ", 4), ("PageUp", 3), ("ArrowLeft", 2), ("End", 6), ("ArrowRight", 6), ("Home", 1),
    ]:  # fmt: skip
        page.keyboard.press(key)
        step(page, number)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#title-2")).to_be_focused()


def test_every_step_draws_its_picture_when_it_is_first_shown(present: Callable[..., Any]):
    opened = present()
    drawn(opened.page)
    assert opened.page.locator(".pw-graph[data-ready]").count() == 1
    for number in range(2, 7):
        opened.page.click(".pw-next")
        step(opened.page, number)
        drawn(opened.page)
    assert opened.page.locator(".pw-graph[data-ready]").count() == 5
    assert opened.page.locator(".pw-graph canvas").count() == 3
    assert (opened.refused(), opened.errors) == ([], [])
    assert [url for url in opened.requests if not url.startswith(("file:", "blob:"))] == []


def test_a_finger_turns_the_page(present: Callable[..., Any]):
    page = present(width=390, height=844, has_touch=True, is_mobile=True).page
    swipe = """([from, to]) => {
      const touch = x => new Touch({ identifier: 1, target: document.querySelector('.pw-now h2'), clientX: x, clientY: 100 });
      const send = (name, x) => document.querySelector('.pw-now h2').dispatchEvent(new TouchEvent(name, {
        bubbles: true, touches: name === 'touchstart' ? [touch(x)] : [], changedTouches: [touch(x)] }));
      send('touchstart', from);
      send('touchend', to);
    }"""
    page.evaluate(swipe, [300, 100])
    step(page, 2)
    page.evaluate(swipe, [100, 300])
    step(page, 1)


def test_a_step_has_an_address(present: Callable[..., Any]):
    page = present("#step-3").page
    step(page, 3)
    page.evaluate("location.hash = '#step-5'")
    step(page, 5)


def test_keys_inside_the_picture_belong_to_the_picture(present: Callable[..., Any]):
    page = present().page
    drawn(page)
    page.focus(".pw-now .pw-canvas")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".pw-now .pw-live")).not_to_be_empty()
    step(page, 1)
    page.keyboard.press("PageDown")
    step(page, 2)


def test_the_finding_is_told_beside_its_picture(present: Callable[..., Any]):
    page = present("#step-2").page
    slide = page.locator(".pw-now")
    expect(slide.locator(".pw-eyebrow")).to_have_text("Überschneidung, nicht abgestimmt erfasst")
    expect(slide.locator(".pw-note")).to_have_text("Zuerst FB 45 hören")
    expect(slide.locator(".pw-shares")).to_contain_text("4 von 63 Planwerken")
    expect(slide).to_contain_text("FB 45 Kinder, Jugend und Schule")
    expect(slide.locator(".pw-base")).to_contain_text("63 von 99 Planwerken betrachtet")
    expect(slide.locator(".pw-base")).to_contain_text("Vorlage FB 45/0299/WP18")
    page.click("[data-lang-to=en]")
    expect(slide.locator(".pw-eyebrow")).to_have_text("Overlap, no coordination recorded")
    expect(slide.locator(".pw-shares")).to_contain_text("4 of 63 plans")
    expect(page.locator(".pw-place")).to_have_text("Step 2 of 6")


def test_each_step_has_its_table(present: Callable[..., Any], city: Workspace):
    page = present().page
    shown = walking.show(city, walking.the_walk(city, "sitzung"))
    for slide in shown.slides:
        if slide.document:
            drawn(page)
            page.click(".pw-now .pw-table summary")
            expect(page.locator(".pw-now .pw-rows tr")).to_have_count(len(slide.document["nodes"]["id"]))
        page.keyboard.press("PageDown")


def type_decision(page: Page, number: int) -> None:
    page.click(f"#step-{number} .pw-decide summary")
    page.select_option(f"#d{number}-state", "gewollt")
    page.fill(f"#d{number}-reason", "Beide Pläne sollen das tragen")
    page.fill(f"#d{number}-role", "Steuerungsgruppe")
    page.fill(f"#d{number}-paper", "FB 56/0118/WP17")
    page.fill(f"#d{number}-note", "Wiedervorlage im Mai")
    page.click(f"#step-{number} .pw-done")


def test_decisions_are_typed_saved_taken_in_and_stand_on_the_card(
    present: Callable[..., Any], blank: Callable[..., Any], city: Workspace, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, served: Callable[[Workspace], AbstractContextManager[str]],
):  # fmt: skip
    opened = present("#step-2")
    page = opened.page
    type_decision(page, 2)
    page.keyboard.press("End")
    step(page, 6)
    expect(page.locator(".pw-kept")).to_have_text("1 Einträge, noch nicht gespeichert.")
    expect(page.locator(".pw-decisions tbody td").first).to_have_text(
        "gewollt Beide Pläne sollen das tragen – Wiedervorlage im Mai"
    )
    with page.expect_download() as loading:
        page.click(".pw-saves")
    name = loading.value.suggested_filename
    assert name.startswith("beschluesse-sitzung-20")
    path = tmp_path / name
    loading.value.save_as(path)
    expect(page.locator(".pw-kept")).to_have_text(f"{name} gespeichert: 1 Einträge.")
    assert (opened.refused(), opened.errors) == ([], [])
    monkeypatch.setenv("PLANWERK_STORE", city.settings.store)
    assert main(["import", str(path)]) == 0
    finding = walking.the_walk(city, "sitzung").findings[0]
    with served(city) as address:
        card = blank(offline=False).page
        card.goto(f"{address}/findings/{finding}?as_of=2026-01-01")
        expect(card.locator("section[aria-labelledby=decisions]")).to_contain_text(
            "Beide Pläne sollen das tragen"
        )
        expect(card.locator("section[aria-labelledby=decisions]")).to_contain_text("FB 56/0118/WP17")
        expect(card.locator("section[aria-labelledby=notes]")).to_contain_text("Wiedervorlage im Mai")


def test_a_decision_without_reason_or_role_is_not_saved(present: Callable[..., Any]):
    page = present("#step-2").page
    page.click("#step-2 .pw-decide summary")
    page.select_option("#d2-state", "verworfen")
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    page.click(".pw-saves")
    expect(page.locator(".pw-kept")).to_have_text(
        "Zu einer Entscheidung fehlt der Grund. Bitte bei Schritt 2 ergänzen."
    )


def test_leaving_with_something_unsaved_is_asked_about_and_without_is_not(present: Callable[..., Any]):
    opened = present("#step-2")
    opened.page.reload()
    assert opened.dialogs == []
    opened.page.wait_for_selector(".pw-walk[data-ready]")
    type_decision(opened.page, 2)
    opened.page.close(run_before_unload=True)
    opened.page.wait_for_timeout(0)
    expect(opened.page.locator(".pw-place")).to_be_visible()
    assert len(opened.dialogs) == 1


@pytest.mark.parametrize("settings", [
    {"color_scheme": "light", "width": 1366, "height": 768},
    {"color_scheme": "dark", "width": 1366, "height": 768},
    {"forced_colors": "active", "width": 1366, "height": 768},
    {"color_scheme": "light", "width": 390, "height": 844},
    {"color_scheme": "dark", "width": 390, "height": 844, "reduced_motion": "reduce"},
])  # fmt: skip
def test_axe_finds_nothing_at_any_step_and_nothing_is_cut_off(
    present: Callable[..., Any], settings: dict[str, Any]
):
    page = present(**settings).page
    for number in range(1, 7):
        step(page, number)
        drawn(page)
        if number == 2:
            page.click("#step-2 .pw-decide summary")
        result = Axe().run(page)
        assert result.violations_count == 0, f"step {number}: {result.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= settings["width"]
        page.keyboard.press("Escape")
        page.click(".pw-next", force=True)


def test_the_same_step_looks_the_same_each_time(present: Callable[..., Any]):
    shots = []
    for _ in range(2):
        page = present("#step-3").page
        drawn(page)
        shots.append(page.screenshot())
    assert shots[0] == shots[1]


def test_type_on_the_wall_is_large(present: Callable[..., Any]):
    page = present("#step-2").page
    size = "name => parseFloat(getComputedStyle(document.querySelector('.pw-now ' + name)).fontSize)"
    assert page.evaluate(size, "h2") >= 30
    assert page.evaluate(size, "dd") >= 27
    assert page.evaluate(size, ".pw-shares th[scope=row]") >= 24


def test_no_title_note_or_decision_ever_runs(city: Workspace, blank: Callable[..., Any], tmp_path: Path):
    first = walking.the_walk(city, "sitzung").steps[1]
    steps = [
        Step(View(lens="ego", focus="p-sep3"), first.finding, Text(evil, evil), evil)
        for evil in INJECTIONS[:10]
    ]
    steps += [Step(View(lens=CLOSING), "", Text(evil, evil), evil) for evil in INJECTIONS[10:]]
    assert len(steps) == 60
    for title in INJECTIONS[:3]:
        path = tmp_path / "evil.html"
        path.write_text(
            walk_html(walking.show(city, Walk("evil", Text(title, title), tuple(steps), DAY))), "utf-8"
        )
        opened = blank()
        opened.page.goto(path.as_uri() + "#step-1")
        opened.page.wait_for_selector(".pw-walk[data-ready]")
        for number in range(2, len(steps) + 1):
            opened.page.keyboard.press("PageDown")
            step(opened.page, number, 60)
        opened.page.click("[data-lang-to=en]")
        assert opened.page.evaluate("window.hacked") is None
        assert (opened.dialogs, opened.refused(), opened.errors) == ([], [], [])


def test_what_is_typed_as_a_decision_never_runs(present: Callable[..., Any]):
    opened = present("#step-2")
    page = opened.page
    page.click("#step-2 .pw-decide summary")
    page.select_option("#d2-state", "gewollt")
    for evil in INJECTIONS:
        page.evaluate(
            "evil => { const field = document.querySelector('#d2-reason'); field.value = evil; field.dispatchEvent(new Event('input', { bubbles: true })); }",
            evil,
        )
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    expect(page.locator(".pw-decisions tbody td").first).to_contain_text("gewollt <meta http-equiv")
    assert (page.evaluate("window.hacked"), opened.dialogs, opened.refused(), opened.errors) == (
        None,
        [],
        [],
        [],
    )


def test_without_script_every_step_can_be_read(blank: Callable[..., Any], walk_file: Path):
    page = blank(java_script_enabled=False).page
    page.goto(walk_file.as_uri())
    for number in range(1, 7):
        expect(page.locator(f"#title-{number}")).to_be_visible()
    expect(page.locator(".pw-decide").first).not_to_be_visible()


class TestServed:
    """The same walk on the served page."""

    @pytest.fixture
    def at(
        self, city: Workspace, served: Callable[[Workspace], AbstractContextManager[str]]
    ) -> Iterator[str]:
        with served(city) as address:
            yield f"{address}/walks/sitzung"

    def test_keys_follow_the_links(self, at: str, blank: Callable[..., Any]):
        opened = blank(offline=False)
        opened.page.goto(f"{at}?step=1")
        opened.page.wait_for_selector(".pw-walk[data-ready]")
        opened.page.keyboard.press("PageDown")
        expect(opened.page).to_have_url(f"{at}?step=2")
        expect(opened.page.locator(".pw-place")).to_have_text("Schritt 2 von 6")
        opened.page.wait_for_selector(".pw-graph[data-ready]")
        assert (opened.refused(), opened.errors) == ([], [])

    def test_without_script_links_and_tables_do(self, at: str, blank: Callable[..., Any]):
        page = blank(offline=False, java_script_enabled=False).page
        page.goto(f"{at}?step=1")
        page.click(".pw-next")
        expect(page).to_have_url(f"{at}?step=2")
        page.click(".pw-table summary")
        expect(page.locator(".pw-rows tr").first).to_be_visible()

    def test_where_editing_is_off_decisions_stay_in_the_tab_until_they_are_saved(
        self, at: str, blank: Callable[..., Any]
    ):
        opened = blank(offline=False)
        page = opened.page
        page.goto(f"{at}?step=2")
        page.wait_for_selector(".pw-walk[data-ready]")
        type_decision(page, 2)
        page.click(".pw-left a")
        expect(page).to_have_url(f"{at}?step=6")
        page.wait_for_selector(".pw-walk[data-ready]")
        with page.expect_download() as loading:
            page.click(".pw-saves")
        held = json.loads(Path(loading.value.path()).read_text("utf-8"))
        assert [entry["state"] for entry in held["entries"]] == ["gewollt"]
        assert (held["walk"], held["as_of"]) == ("sitzung", "2026-01-01")
        assert (opened.refused(), opened.errors) == ([], [])

    def test_where_editing_is_on_a_decision_is_stored_from_the_form(
        self,
        city: Workspace,
        served: Callable[[Workspace], AbstractContextManager[str]],
        blank: Callable[..., Any],
        tmp_path: Path,
    ):
        shutil.copytree(city.settings.folder, tmp_path / "edit")
        with (
            Workspace(replace(city.settings, store=str(tmp_path / "edit"), editing=True)) as editable,
            served(editable) as address,
        ):
            page = blank(offline=False, java_script_enabled=False).page
            page.goto(f"{address}/walks/sitzung?step=3")
            page.click(".pw-decide summary")
            page.select_option("#d3-state", "bestätigt")
            page.fill("#d3-reason", "stimmt so")
            page.fill("#d3-role", "Steuerungsgruppe")
            page.click(".pw-decide form button")
            expect(page.locator(".pw-words dl")).to_contain_text("bestätigt: stimmt so")

    @pytest.mark.parametrize("path", ["", "?step=1", "?step=2", "?step=6"])
    @pytest.mark.parametrize("width", [1366, 390])
    def test_axe_finds_nothing_on_the_pages(self, at: str, blank: Callable[..., Any], path: str, width: int):
        page = blank(width, 844, offline=False).page
        page.goto(at + path)
        assert Axe().run(page).violations_count == 0, Axe().run(page).generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
