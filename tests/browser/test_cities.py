"""The pages of many cities in a browser: open to everybody, whole at every size, and one click from city to city."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from api.cities.register import read_register
from api.cities.serving import Cities
from api.settings import read_settings
from tests.cities import make_cities
from tests.conftest import serving_app

DAY = "as_of=2026-01-01"
WIDE, NARROW = (1366, 768), (640, 900)
PATHS = (
    "/",
    f"/findings?{DAY}",
    f"/duties?{DAY}",
    "/questions",
    "/questions/q92?kind=Leitbild",
    "/search?q=sozial",
    "/goals/similar?text=Solidarische+Stadt+als+Aufgabe",
)

Opened = Any
Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where five cities are served, under a name that a browser looks for on this machine."""
    register = read_register(make_cities(tmp_path_factory.mktemp("cities")))
    with serving_app(Cities(read_settings({}), register)) as address:
        yield address.replace("127.0.0.1", "localhost")


def wrong(opened: Opened) -> list[tuple[str, list[str]]]:
    """Return what axe finds wrong, with the first places."""
    violations = Axe().run(opened.page).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in violations]


def is_whole(opened: Opened) -> bool:
    """Whether nothing is wider than the window, nothing was refused and nothing thrown."""
    fits = opened.page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return bool(fits) and opened.refused() == [] and opened.errors == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_keeps_nobody_out_and_nothing_is_cut_off(blank: Open, cities: str, path: str) -> None:
    opened = blank(*WIDE, offline=False)
    opened.page.goto(cities + path)
    assert wrong(opened) == []
    assert is_whole(opened)
    opened.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    assert is_whole(opened)
    opened.page.set_viewport_size({"width": 390, "height": 844})
    assert is_whole(opened)


@pytest.mark.parametrize(
    ("path", "scheme"),
    [("/", {"forced_colors": "active"}), (f"/duties?{DAY}&lang=en", {"color_scheme": "dark"})],
)
def test_a_page_keeps_nobody_out_in_the_dark_and_with_forced_colours(
    blank: Open, cities: str, path: str, scheme: dict[str, str]
) -> None:
    opened = blank(*NARROW, offline=False, **scheme)
    opened.page.goto(cities + path)
    assert wrong(opened) == []


def test_from_the_list_to_a_city_and_back(blank: Open, cities: str) -> None:
    opened = blank(*WIDE, offline=False)
    opened.page.goto(cities + "/")
    opened.page.get_by_role("link", name="Musterstadt").click()
    expect(opened.page.locator(".where b")).to_have_text("Musterstadt")
    assert "//musterstadt.localhost:" in opened.page.url
    assert wrong(opened) == []
    opened.page.get_by_role("link", name="Alle Städte").click()
    expect(opened.page.get_by_role("heading", level=1)).to_have_text("Planwerke vieler Städte")


def test_the_why_of_a_duty_unfolds_by_keyboard(blank: Open, cities: str) -> None:
    opened = blank(*WIDE, offline=False)
    opened.page.goto(f"{cities}/duties?{DAY}&region=west")
    why = opened.page.get_by_role("row", name="Schulentwicklungsplanung D04").locator("details")
    why.locator("summary").press("Enter")
    expect(why.locator(".quiet")).to_contain_text("Sozialentwicklungsplan Musterstadt")
