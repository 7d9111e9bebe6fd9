from __future__ import annotations

import re
from datetime import date
from itertools import combinations, cycle
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from graph.network.build import build_network
from graph.output.drawing.network_json import network_document, table_rows
from graph.output.drawing.selection import open_on
from graph.output.takeaway.picture import graph_assets, graph_fragment, picture_html
from graph.statement import Statement
from ontology.terms import DCT, ORG, PW, RDF, SKOS
from ontology.vocabulary import load_vocabulary
from tests.injections import INJECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page, Route

    from api.workspace import Workspace
    from graph.output.drawing.network_json import Document

BASE = "https://example.org/id/"
KINDS = {
    "Plan": PW.Plan,
    "OrganizationalUnit": ORG.OrganizationalUnit,
    "TargetGroup": PW.TargetGroup,
    "Goal": PW.Goal,
}
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
LENSES = ["lanes", "ego", "ways", "net", "compare", "time", "shared", "areas"]


def city(labels: list[str]) -> Document:
    """Return a document in which each label names a thing, describes it, numbers it and is the title of its source."""
    said = []
    for number, (label, kind) in enumerate(zip(labels, cycle(KINDS), strict=False)):
        thing, source = f"{BASE}x{number}", f"{BASE}source/{number}"
        said += [
            Statement(thing, RDF.type, KINDS[kind], source),
            Statement(source, RDF.type, PW.Source, source),
            Statement(source, SKOS.prefLabel, label, source, "string", "de"),
            *(
                Statement(thing, name, label, source, "string", "de")
                for name in (SKOS.prefLabel, DCT.description, DCT.identifier)
            ),
            Statement(f"{BASE}x0", PW.pursues, thing, source),
        ]
    return network_document(build_network(said, BASE), load_vocabulary(), kinds=list(KINDS))


def address(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def heading(page: Page) -> str:
    return page.inner_text(".pw-panel h2")


def labels(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("document.querySelector('.pw-canvas').labels")
    return found


def overlap(one: dict[str, Any], two: dict[str, Any]) -> bool:
    return bool(
        abs(one["x"] - two["x"]) < (one["width"] if one["x"] < two["x"] else two["width"])
        and one["y"] < two["y"] + two["height"] and two["y"] < one["y"] + one["height"]
    )  # fmt: skip


def open_table(page: Page) -> None:
    page.click(".pw-table summary")
    page.wait_for_selector(".pw-rows tr")


def test_the_file_asks_for_nothing_outside_and_breaks_no_policy(show: Callable[..., Any], lanes: Document):
    opened = show(lanes, "#node=p-sep3")
    open_table(opened.page)
    assert [url for url in opened.requests if not url.startswith("file://")] == []
    assert len(opened.requests) == 1
    assert (opened.refused(), opened.errors) == ([], [])


def test_no_text_from_the_data_ever_runs(show: Callable[..., Any]):
    document = city(INJECTIONS)
    assert len(INJECTIONS) == len(document["nodes"]["id"]) == 60
    opened = show(document)
    for node in document["nodes"]["id"]:
        opened.page.evaluate("node => { location.hash = 'node=' + node }", node)
        opened.page.wait_for_function(
            "node => document.querySelector('.pw-panel h2').textContent === node",
            arg=document["nodes"]["label"][document["nodes"]["id"].index(node)],
        )
    opened.page.fill(".pw-search", "hacked")
    open_table(opened.page)
    opened.page.click("[data-lang-to=en]")
    assert opened.page.evaluate("window.hacked") is None
    assert (opened.dialogs, opened.refused(), opened.errors) == ([], [], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", LENSES)
def test_axe_finds_nothing(show: Callable[..., Any], lens: Callable[[str], Document], name: str, scheme: str):
    opened = show(lens(name), "#node=p-sep3", color_scheme=scheme)
    if name == "ego":
        open_table(opened.page)
    opened.page.fill(".pw-search", "plan")
    result = Axe().run(opened.page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("name", LENSES)
def test_axe_finds_nothing_on_a_small_screen_in_english_with_forced_colours(
    show: Callable[..., Any], lens: Callable[[str], Document], name: str
):
    opened = show(lens(name), "#lang=en", width=390, height=844, forced_colors="active")
    result = Axe().run(opened.page)
    assert result.violations_count == 0, result.generate_report()


def test_arrows_walk_the_lanes_and_follow_lines(show: Callable[..., Any], lanes: Document):
    page = show(lanes, "#node=dep-fb45").page
    page.focus(".pw-canvas")
    page.keyboard.press("ArrowRight")
    plan = heading(page)
    assert page.inner_text(".pw-panel .pw-kind") == "Planwerk"
    page.keyboard.press("ArrowDown")
    assert heading(page) != plan
    page.keyboard.press("ArrowUp")
    assert heading(page) == plan
    page.keyboard.press("ArrowLeft")
    assert page.inner_text(".pw-panel .pw-kind") == "Dienststelle"


def test_keys_open_details_search_and_clear_the_selection(show: Callable[..., Any], lanes: Document):
    page = show(lanes).page
    page.focus(".pw-canvas")
    page.keyboard.press("Enter")
    assert heading(page) == lanes["nodes"]["label"][0]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "pw-panel"
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "pw-search"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert heading(page) == "Nichts ausgewählt"


def test_tab_reaches_the_picture_and_leaves_it_again(show: Callable[..., Any], ego: Document):
    page = show(ego).page
    page.focus(".pw-zoom button:last-child")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("pw-canvas")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.pw-panel') !== null")


def test_zoom_by_key_changes_the_scale_and_nought_shows_all_again(show: Callable[..., Any], lanes: Document):
    page = show(lanes).page
    scale = "document.querySelector('.pw-canvas').net.getScale()"
    before = page.evaluate(scale)
    page.focus(".pw-canvas")
    page.keyboard.press("+")
    assert page.evaluate(scale) == pytest.approx(before * 1.25)
    page.keyboard.press("0")
    assert page.evaluate(scale) == pytest.approx(before)


def test_a_click_on_a_node_selects_it_and_a_click_beside_clears(show: Callable[..., Any], lanes: Document):
    page = show(lanes).page
    stage, label = page.locator(".pw-canvas").bounding_box(), labels(page)[30]
    assert stage is not None
    page.mouse.click(stage["x"] + label["x"] + 5, stage["y"] + label["y"] + label["height"] / 2)
    page.wait_for_function("id => location.hash === '#node=' + id", arg=label["id"])
    page.mouse.click(stage["x"] + 4, stage["y"] + 200)
    page.wait_for_function("() => location.hash === ''")


def test_a_selection_is_announced(show: Callable[..., Any], lanes: Document):
    page = show(lanes).page
    page.focus(".pw-canvas")
    page.keyboard.press("Enter")
    assert re.fullmatch(r"Dienststelle: .+, \d+ Verbindungen", page.inner_text(".pw-live"))


@pytest.mark.parametrize("written", ["älter", "aelter", "alter", "ÄLTERE mensch"])
def test_search_finds_umlauts_however_they_are_typed(show: Callable[..., Any], lanes: Document, written: str):
    page = show(lanes).page
    page.fill(".pw-search", written)
    assert "Ältere Menschen" in page.inner_text(".pw-hits")


def test_search_chooses_by_keyboard_alone(show: Callable[..., Any], lanes: Document):
    page = show(lanes).page
    page.type(".pw-search", "quartiersm")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute(".pw-search", "aria-activedescendant") == "pw-hit0"
    page.keyboard.press("Enter")
    assert "uartiersmanagement" in heading(page)
    assert page.evaluate("document.activeElement.className").startswith("pw-canvas")


def test_the_table_has_a_row_for_each_node_and_a_sentence_for_each_link(
    show: Callable[..., Any], lanes: Document
):
    page = show(lanes).page
    open_table(page)
    rows = table_rows(lanes)
    assert page.eval_on_selector_all(".pw-rows th", "cells => cells.map(cell => cell.textContent)") == [
        row.label for row in rows
    ]
    said = page.eval_on_selector_all(".pw-rows li", "items => items.map(item => item.textContent)")
    assert said == [sentence.de for row in rows for sentence in row.sentences]


def test_the_heads_of_the_table_sort_it_both_ways(show: Callable[..., Any], lanes: Document):
    page = show(lanes).page
    open_table(page)
    counts = "rows => rows.map(row => +row.children[2].textContent)"
    page.click("th[data-column='2'] button")
    up = page.eval_on_selector_all(".pw-rows tr", counts)
    page.click("th[data-column='2'] button")
    down = page.eval_on_selector_all(".pw-rows tr", counts)
    assert (up, down) == (sorted(up), sorted(up, reverse=True))
    assert page.get_attribute("th[data-column='2']", "aria-sort") == "descending"


def test_the_address_restores_selection_filter_and_language(show: Callable[..., Any], lanes: Document):
    page = show(lanes).page
    page.click("[data-lang-to=en]")
    page.click(".pw-legend label:last-child")
    page.fill(".pw-search", "dritter sozial")
    page.keyboard.press("Enter")
    again = show(lanes, address(page)).page
    assert address(page) == "#lang=en&node=p-sep3&off=SteeringInstrument"
    assert (
        heading(again)
        == heading(page)
        == "Dritter Sozialentwicklungsplan – integrierte Analyse der 60 Lebensräume (2020)"
    )
    assert again.is_checked(".pw-legend label:last-child input") is False
    assert again.inner_text(".pw-panel .pw-kind") == "Plan"


def test_going_back_brings_the_former_selection(show: Callable[..., Any], lanes: Document):
    page = show(lanes, "#node=dep-fb45").page
    first = heading(page)
    page.click(".pw-panel li button >> nth=0")
    assert heading(page) != first
    page.go_back()
    page.wait_for_function("was => document.querySelector('.pw-panel h2').textContent === was", arg=first)


def test_the_legend_takes_a_kind_out_of_picture_and_table(show: Callable[..., Any], lanes: Document):
    page = show(lanes).page
    open_table(page)
    shown = {kind["name"]: kind["shown"] for kind in lanes["types"]}
    page.click(".pw-legend label >> nth=0")
    expect(page.locator(".pw-rows tr")).to_have_count(200 - shown["OrganizationalUnit"])
    assert not any(label["id"].startswith("dep-") for label in labels(page))


def test_only_what_is_linked_remains_where_asked_for(show: Callable[..., Any], lanes: Document):
    page = show(lanes, "#node=p-sep3").page
    page.click("text=Nur Verbundenes zeigen")
    linked = set(page.eval_on_selector_all(".pw-panel li button", "all => all.map(one => one.textContent)"))
    assert len(labels(page)) == len(linked) + 1
    page.click("text=Wieder alles zeigen")
    assert len(labels(page)) > 100


@pytest.mark.parametrize(("name", "share"), [("lanes", 0.8), ("hundred", 1.0), ("ego", 1.0)])
def test_labels_are_readable_and_never_overlap(
    show: Callable[..., Any], request: pytest.FixtureRequest, name: str, share: float
):
    document = request.getfixturevalue(name)
    drawn = labels(show(document).page)
    assert len(drawn) >= share * len(document["nodes"]["id"])
    assert min(label["size"] for label in drawn) >= 11
    assert [pair for pair in combinations(drawn, 2) if overlap(*pair)] == []


def test_zoomed_out_the_labels_that_remain_still_do_not_overlap(show: Callable[..., Any], lanes: Document):
    page = show(lanes).page
    page.focus(".pw-canvas")
    page.keyboard.press("-")
    page.keyboard.press("-")
    page.wait_for_function("() => document.querySelector('.pw-canvas').labels.length < 200")
    drawn = labels(page)
    assert len(drawn) > 50
    assert [pair for pair in combinations(drawn, 2) if overlap(*pair)] == []


def test_the_same_file_opened_twice_looks_the_same_to_the_last_pixel(
    show: Callable[..., Any], lanes: Document
):
    assert show(lanes).page.screenshot() == show(lanes).page.screenshot()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (640, 512), (1366, 768)])
@pytest.mark.parametrize("name", LENSES)
def test_no_page_is_wider_than_its_window(
    show: Callable[..., Any], lens: Callable[[str], Document], name: str, width: int, height: int
):
    opened = show(lens(name), "#node=p-sep3", width=width, height=height)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.errors == []


def test_the_line_of_time_is_a_table_whose_names_lead_to_the_details(
    show: Callable[..., Any], lens: Callable[[str], Document]
):
    page = show(lens("time")).page
    expect(page.locator(".pw-bars [data-node]")).to_have_count(63)
    page.get_by_role("button", name="Vierter Kinder- und Jugendförderplan 2023–2026").first.press("Enter")
    expect(page.locator(".pw-panel h2")).to_have_text("Vierter Kinder- und Jugendförderplan 2023–2026")
    expect(page.locator(".pw-chosen .pw-when")).to_have_text("2023–2026")
    page.click("[data-lang-to=en]")
    expect(page.locator(".pw-bars [data-node] .pw-when").first).to_have_text("period not recorded")


def test_what_came_and_went_is_said_by_sign_and_word_not_by_colour_alone(
    show: Callable[..., Any], lens: Callable[[str], Document]
):
    document = lens("compare")
    page = show(document, "#node=p-sep3").page
    expect(page.locator(".pw-panel .pw-kind")).to_have_text("Planwerk, neu")
    open_table(page)
    said = page.eval_on_selector_all(
        ".pw-rows tr td:first-child", "cells => cells.map(cell => cell.textContent)"
    )
    assert said.count("Planwerk, neu") == document["changes"].count(1)
    assert said.count("Planwerk, gilt nicht mehr") == document["changes"].count(-1)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize(("limit", "share"), [(100, 1.0), (200, 0.8)])
def test_names_of_the_net_are_readable_in_the_window_and_touch_neither_each_other_nor_its_edge(
    show: Callable[..., Any], aachen: Workspace, limit: int, share: float, width: int, height: int
):
    network, day = aachen.network(), date(2026, 1, 1)
    document = network_document(
        network, load_vocabulary(), lens="net", as_of=day, wanted=open_on(network, day), limit=limit
    )
    page = show(document, width=width, height=height).page
    drawn, stage = labels(page), page.locator(".pw-canvas").bounding_box()
    assert stage is not None
    assert len(drawn) >= share * len(document["nodes"]["id"]) == share * limit
    assert min(label["size"] for label in drawn) >= 11
    assert all(label["x"] >= 0 and label["x"] + label["width"] <= stage["width"] for label in drawn)
    assert all(label["y"] >= 0 and label["y"] + label["height"] <= stage["height"] for label in drawn)
    assert not [
        (one["id"], two["id"])
        for one, two in combinations(drawn, 2)
        if one["x"] < two["x"] + two["width"] and two["x"] < one["x"] + one["width"]
        and one["y"] < two["y"] + two["height"] and two["y"] < one["y"] + one["height"]
    ]  # fmt: skip


def test_arrows_in_the_net_go_to_what_lies_in_their_direction(
    show: Callable[..., Any], lens: Callable[[str], Document]
):
    document = lens("net")
    place = dict(
        zip(document["nodes"]["id"], zip(*(document["nodes"][a] for a in "xy"), strict=True), strict=True)
    )
    page = show(document, "#node=p-sep3").page
    page.focus(".pw-canvas")
    here = "p-sep3"
    for key, axis, way in (
        ("ArrowUp", 1, -1),
        ("ArrowRight", 0, 1),
        ("ArrowDown", 1, 1),
        ("ArrowLeft", 0, -1),
    ):
        page.keyboard.press(key)
        there = address(page).removeprefix("#node=")
        assert (place[there][axis] - place[here][axis]) * way > 0
        here = there


@pytest.mark.parametrize("name", LENSES)
def test_every_lens_has_a_row_of_the_table_for_each_node(
    show: Callable[..., Any], lens: Callable[[str], Document], name: str
):
    document = lens(name)
    page = show(document).page
    open_table(page)
    rows = table_rows(document)
    assert page.eval_on_selector_all(".pw-rows th", "cells => cells.map(cell => cell.textContent)") == [
        row.label for row in rows
    ]
    assert page.eval_on_selector_all(
        ".pw-rows td:first-child", "cells => cells.map(cell => cell.textContent)"
    ) == [row.kind.de[:1].upper() + row.kind.de[1:] for row in rows]


def test_on_paper_the_picture_is_light_and_the_table_complete(show: Callable[..., Any], lanes: Document):
    page = show(lanes, color_scheme="dark").page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.is_visible(".pw-canvas canvas")
    assert not page.is_visible(".pw-panel")
    expect(page.locator(".pw-rows tr")).to_have_count(200)


@pytest.mark.parametrize("names", [[], ["Allein"], ["x" * 500, "خطة التنمية الاجتماعية", "a\u202eb"]])
def test_odd_networks_give_a_sensible_page(show: Callable[..., Any], names: list[str]):
    opened = show(city(names))
    opened.page.click(".pw-table summary")
    expect(opened.page.locator(".pw-rows tr")).to_have_count(len(names))
    assert len(labels(opened.page)) == len(names)
    assert opened.errors == []
    assert f"alle {len(names)} Knoten" in opened.page.inner_text(".pw-foot")


def test_the_served_page_keeps_the_strict_policy_and_its_state_in_the_query(
    blank: Callable[..., Any], lanes: Document
):
    opened = blank(offline=False)
    assets = graph_assets()
    page = (
        '<!doctype html><html lang="de"><title>Bild</title><link rel="stylesheet" href="/static/graph.css">'
        f"<main><h1>Bild</h1>{graph_fragment(lanes, rows=table_rows(lanes))}</main>"
        '<script src="/static/vis-network.js"></script><script src="/static/graph.js"></script></html>'
    )

    def serve(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name in assets:
            kind = "text/css" if name.endswith("css") else "text/javascript"
            route.fulfill(body=assets[name], content_type=f"{kind}; charset=utf-8")
        else:
            route.fulfill(
                body=page,
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": STRICT},
            )

    opened.page.route("http://planwerk.test/**", serve)
    opened.page.goto("http://planwerk.test/graph?as_of=2026-01-01&node=p-sep3")
    opened.ready()
    assert heading(opened.page).startswith("Dritter Sozialentwicklungsplan")
    assert opened.page.get_attribute(".pw-tools a >> nth=0", "href") == "/graph?focus=p-sep3"
    opened.page.focus(".pw-canvas")
    opened.page.keyboard.press("Escape")
    expect(opened.page).to_have_url("http://planwerk.test/graph?as_of=2026-01-01")
    assert (opened.refused(), opened.errors) == ([], [])


def test_in_print_all_of_the_lanes_stand_on_the_paper_and_the_window_is_as_before(
    show: Callable[..., Any], lanes: Document
):
    page = show(lanes, width=1366, height=768).page
    before, shown = (
        page.evaluate("() => document.querySelector('.pw-canvas').net.getScale()"),
        len(labels(page)),
    )
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert len(labels(page)) == len(lanes["nodes"]["id"]) > shown
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.wait_for_function("shown => document.querySelector('.pw-canvas').labels.length === shown", arg=shown)
    assert page.evaluate("() => document.querySelector('.pw-canvas').net.getScale()") == pytest.approx(before)


def test_without_script_the_file_shows_its_table(blank: Callable[..., Any], lanes: Document, tmp_path: Path):
    path = tmp_path / "sitzung.html"
    path.write_text(picture_html(lanes), "utf-8")
    page = blank(java_script_enabled=False).page
    page.goto(path.as_uri())
    page.click(".pw-table summary")
    expect(page.locator(".pw-rows tr")).to_have_count(200)
    expect(page.locator(".pw-rows tr").first).to_be_visible()


def test_a_browser_too_old_to_unpack_says_so_and_opens_the_table(
    blank: Callable[..., Any], lanes: Document, tmp_path: Path
):
    path = tmp_path / "sitzung.html"
    path.write_text(picture_html(lanes), "utf-8")
    opened = blank()
    opened.page.add_init_script("delete window.DecompressionStream")
    opened.page.goto(path.as_uri())
    expect(opened.page.locator(".pw-old")).to_contain_text("Für das Bild ist dieser Browser zu alt")
    expect(opened.page.locator(".pw-rows tr").first).to_be_visible()
    assert (opened.refused(), opened.errors) == ([], [])


@pytest.mark.parametrize("name", ["lanes", "net", "time", "areas", "shared"])
def test_no_text_runs_in_any_lens(show: Callable[..., Any], name: str):
    opened = show(hostile_city(name))
    open_table(opened.page)
    for marked in opened.page.locator(".pw-canvas [data-node] button:visible").all()[:3]:
        marked.click()
    opened.page.focus(".pw-canvas")
    for key in ("Enter", "ArrowDown", "ArrowRight"):
        opened.page.keyboard.press(key)
    opened.page.click("[data-lang-to=en]")
    assert opened.page.evaluate("window.hacked") is None
    assert (opened.dialogs, opened.refused(), opened.errors) == ([], [], [])


def hostile_city(lens: str) -> Document:
    """Return sixty plans with hostile names, all about one hostile topic in one hostile area, as a lens shows them."""
    said = []
    for name, kind in (("topic", PW.Topic), ("area", PW.Area), ("frame", PW.SpatialFrame)):
        said += [
            Statement(f"{BASE}{name}", RDF.type, kind, "s"),
            Statement(f"{BASE}{name}", SKOS.prefLabel, INJECTIONS[0], "s", "string", "de"),
        ]
    for number, evil in enumerate(INJECTIONS):
        plan = f"{BASE}x{number}"
        said += [
            Statement(plan, RDF.type, PW.Plan, "s"),
            Statement(plan, SKOS.prefLabel, evil, "s", "string", "de"),
            Statement(plan, PW.topic, f"{BASE}topic", "s"),
            Statement(plan, PW.area, f"{BASE}area", "s"),
        ]
    plans = tuple(f"x{number}" for number in range(10)) if lens == "shared" else ()
    return network_document(build_network(said, BASE), load_vocabulary(), lens=lens, plans=plans)


@pytest.mark.parametrize("name", ["net", "time", "areas", "shared"])
@pytest.mark.parametrize("names", [[], ["x" * 500, "خطة التنمية الاجتماعية", "a\u202eb"]])
def test_odd_networks_give_a_sensible_page_in_every_lens(
    show: Callable[..., Any], name: str, names: list[str]
):
    said = [
        one
        for number, label in enumerate(names)
        for one in (
            Statement(f"{BASE}x{number}", RDF.type, PW.Plan, "s"),
            Statement(f"{BASE}x{number}", SKOS.prefLabel, label, "s", "string", "de"),
        )
    ]
    opened = show(
        network_document(build_network(said, BASE), load_vocabulary(), lens=name), width=1366, height=768
    )
    open_rows = opened.page.locator(".pw-rows tr")
    opened.page.click(".pw-table summary")
    expect(open_rows).to_have_count(0 if name == "areas" else len(names))
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 1366
    assert opened.errors == []
    assert opened.page.inner_text(".pw-foot").strip() != ""
