"""Every lens for everybody: enlarged, narrow, dark, in forced colours, with wide spacing, by keyboard, without motion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from api.app import create_app
from api.pages.frame.site import has_components
from api.workspace import Workspace
from tests.conftest import serving_app

Opened = Any
Open = Callable[..., Opened]
DAY = "as_of=2026-01-01"
LENSES = {
    "lanes": f"/graph?{DAY}",
    "ego": f"/graph?focus=p-sep3&{DAY}",
    "ways": f"/graph?lens=ways&focus=p-sep3&to=p-kjfp4&{DAY}",
    "net": f"/graph?lens=net&{DAY}",
    "compare": f"/graph?lens=compare&since=2017-12-07&{DAY}",
    "time": f"/graph?lens=time&{DAY}",
    "shared": f"/graph?lens=shared&{DAY}",
    "areas": f"/graph?lens=areas&{DAY}",
    "groups": f"/graph?aggregate=department&{DAY}",
}
STILL = ("time", "shared", "areas")
#: A window of 1366 × 768 at 200 %.
ENLARGED = {"width": 683, "height": 384, "device_scale_factor": 2}
#: How each look is seen: the components enlarged and in the dark, the plain pages on half a screen and in forced colours.
SEEN = {
    True: [{"width": 640, "height": 800}, {**ENLARGED, "forced_colors": "active"}],
    False: [ENLARGED, {"width": 640, "height": 800, "color_scheme": "dark"}],
}
#: What a reader may set (WCAG 1.4.12).
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
SPACED = "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }"
#: Elements with words that are cut off without a way to scroll to them.
CUT = """
() => [...document.querySelectorAll("main *")].filter(element => {
  if (element.closest(".vis-network, svg, script, style, select, input, .pw-hush, .pw-live, .hidden, legend") || !element.clientWidth) return false;
  const { overflowX, overflowY } = getComputedStyle(element), hides = overflow => overflow === "hidden" || overflow === "clip";
  return hides(overflowX) && element.scrollWidth > element.clientWidth + 1 || hides(overflowY) && element.scrollHeight > element.clientHeight + 1;
}).map(element => element.outerHTML.slice(0, 120))
"""
#: What is pressed and is smaller than a fingertip; links within a sentence apart.
SMALL = """
() => [...document.querySelectorAll("main :is(button, summary, input, a)")].filter(element => {
  if (element.closest("details:not([open]) > :not(summary), [hidden], .hidden, .pw-hush") || element.matches("p a, li a, td a")) return false;
  const { width, height } = (element.closest("label") ?? element).getBoundingClientRect();
  return width > 0 && (width < 23.9 || height < 23.9);
}).map(element => element.outerHTML.slice(0, 120))
"""
REACHED = "() => { const s = getComputedStyle(document.activeElement), a = getComputedStyle(document.activeElement, '::after'); return s.outlineStyle !== 'none' || a.borderTopStyle === 'solid'; }"


@pytest.fixture(scope="module", params=["with components", "plain"])
def looks(request: pytest.FixtureRequest, aachen: Workspace) -> Iterator[tuple[str, bool]]:
    """The address of Aachen's pages, and whether they are plain."""
    plain = request.param == "plain"
    if not plain and not has_components():
        pytest.skip("no npm here, or no registry: `make components` says so; the plain pages are tested")
    with serving_app(create_app(aachen.settings, aachen, plain=plain)) as address:
        yield address, plain


def scrolls_sideways(opened: Opened) -> bool:
    return bool(opened.page.evaluate("() => document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize("lens", LENSES)
def test_enlarged_dark_or_in_forced_colours_no_lens_keeps_anybody_out(
    blank: Open, looks: tuple[str, bool], lens: str
):
    address, plain = looks
    for seen in SEEN[plain]:
        opened = blank(offline=False, **seen)
        opened.page.goto(address + LENSES[lens])
        opened.ready()
        found = Axe().run(opened.page).response["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]][:2]) for rule in found] == []
        assert not scrolls_sideways(opened)
        assert (opened.refused(), opened.errors) == ([], [])


@pytest.mark.parametrize("lens", LENSES)
def test_at_320_pixels_and_with_wide_spacing_nothing_is_lost_and_only_the_picture_scrolls(
    blank: Open, looks: tuple[str, bool], lens: str
):
    opened = blank(320, 640, offline=False)
    opened.page.goto(looks[0] + LENSES[lens])
    opened.ready()
    assert not scrolls_sideways(opened)
    assert opened.page.evaluate(SMALL) == []
    opened.page.evaluate(SPACED, SPACING)
    opened.page.wait_for_function(
        "() => getComputedStyle(document.querySelector('h1')).letterSpacing !== 'normal'"
    )
    assert not scrolls_sideways(opened)
    assert opened.page.evaluate(CUT) == []


@pytest.mark.parametrize("lens", LENSES)
def test_every_lens_is_used_by_keyboard_alone_and_says_what_is_chosen(blank: Open, address: str, lens: str):
    opened = blank(1366, 768, offline=False, reduced_motion="reduce")
    page = opened.page
    page.goto(address + LENSES[lens])
    opened.ready()
    page.focus(".pw-search")
    stop = ".pw-canvas [data-node] button" if lens in STILL else ".pw-canvas"
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(REACHED)
        if page.evaluate("stop => document.activeElement.matches(stop)", stop):
            break
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.locator(".pw-live")).not_to_be_empty()
    expect(page.locator(".pw-panel h2")).not_to_have_text("Nichts ausgewählt")
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_the_picture_is_lettered_in_the_font_of_the_page(blank: Open, looks: tuple[str, bool]):
    opened = blank(1366, 768, offline=False)
    opened.page.add_init_script(
        "const write = CanvasRenderingContext2D.prototype.fillText;"
        "CanvasRenderingContext2D.prototype.fillText = function (...said) { window.lettered = this.font; write.apply(this, said); };"
    )
    opened.page.goto(looks[0] + LENSES["net"])
    opened.ready()
    family = opened.page.evaluate("() => getComputedStyle(document.body).fontFamily.split(',')[0]")
    assert family in opened.page.evaluate("() => window.lettered")
    assert opened.page.evaluate("() => document.fonts.status") == "loaded"
