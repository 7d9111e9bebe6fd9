"""The pages with the components of the design system and without them: both keep nobody out, and look as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from api.app import create_app
from api.pages.frame.site import has_components
from api.workspace import Workspace
from tests.conftest import serving_app

Opened = Any
Open = Callable[..., Opened]
PAGES = ("/", "/plans", "/plans/p-sep2", "/findings", "/sparql", "/graph?focus=p-sep3", "/docs")
LOADED = "[...document.querySelectorAll('link[rel=stylesheet]')].map(link => link.href.split('/').pop().split('?')[0])"
#: What a button, a field and a heading look like: their colours, type and borders.
LOOK = """
() => ["button.primary", ".field input, .big-find input", "h1"].map(name => {
  const element = document.querySelector(name);
  if (!element) return null;
  const style = getComputedStyle(element);
  return [style.backgroundColor, style.color, style.fontFamily, style.borderBottom, style.borderRadius].join(" ");
})
"""


@pytest.fixture(scope="module", params=["with components", "plain"])
def shown(request: pytest.FixtureRequest, aachen: Workspace) -> Iterator[tuple[str, bool]]:
    """The address of Aachen's pages, and whether they are plain."""
    plain = request.param == "plain"
    if not plain and not has_components():
        pytest.skip("no npm here, or no registry: `make components` says so; the plain pages are tested")
    with serving_app(create_app(aachen.settings, aachen, plain=plain)) as address:
        yield address, plain


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_both_looks_keep_nobody_out(blank: Open, shown: tuple[str, bool], path: str, scheme: str) -> None:
    address, plain = shown
    opened = blank(1366, 768, offline=False, color_scheme=scheme)
    opened.page.goto(address + path)
    found = Axe().run(opened.page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]][:2]) for rule in found] == []
    assert ("kern.css" in opened.page.evaluate(LOADED)) is not plain
    assert opened.refused() == []
    assert {request.split("/")[2] for request in opened.requests} == {address.split("/")[2]}


@pytest.mark.parametrize("path", PAGES)
def test_both_looks_fit_a_telephone(blank: Open, shown: tuple[str, bool], path: str) -> None:
    page = blank(390, 844, offline=False).page
    page.goto(shown[0] + path)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_buttons_fields_and_headings_look_the_same_on_every_page(
    blank: Open, shown: tuple[str, bool]
) -> None:
    page = blank(1366, 768, offline=False).page
    looks: list[set[str]] = [set(), set(), set()]
    for path in ("/", "/plans", "/findings", "/duties", "/questions/q18-in-force-on-a-day"):
        page.goto(shown[0] + path)
        for kind, look in zip(looks, page.evaluate(LOOK), strict=True):
            kind |= {look} if look else set()  # noqa: PLW2901 - the set itself grows
    assert [len(kind) for kind in (looks[0], looks[2])] == [1, 1]


def test_fonts_come_from_here_and_are_three_at_most(blank: Open, shown: tuple[str, bool]) -> None:
    opened = blank(1366, 768, offline=False)
    opened.page.goto(shown[0] + "/plans/p-sep2", wait_until="networkidle")
    fonts = [request for request in opened.requests if ".woff2" in request]
    assert len(fonts) <= (0 if shown[1] else 3)
    assert all(request.startswith(shown[0]) for request in fonts)
