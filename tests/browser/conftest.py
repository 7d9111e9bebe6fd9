"""One browser for all tests, and a page that remembers what it asked for and what it was refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.workspace import Workspace
from graph.output.drawing.network_json import Document, network_document
from graph.output.drawing.selection import open_on
from graph.output.lenses.view import View
from graph.output.takeaway.picture import picture_html
from ontology.vocabulary import load_vocabulary

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--force-device-scale-factor=1"]
#: Debian's Chromium without the frame of a window opens a page in a quarter of the time; where it is missing, the whole one.
SHELL, WHOLE = "chromium-headless-shell", ("chromium", "chromium-browser", "google-chrome")
#: Milliseconds to wait for what will come: a busy machine is no defect.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", event => window.refused.push(event.violatedDirective + " " + event.blockedURI));
"""


@dataclass
class Opened:
    """A page, the requests it made, the errors it threw and the dialogs it opened."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def refused(self) -> list[str]:
        """Return what the content security policy refused."""
        found: list[str] = self.page.evaluate("window.refused")
        return found

    def ready(self) -> Opened:
        """Wait until the picture stands."""
        self.page.wait_for_selector(".pw-graph[data-ready=yes]")
        return self


Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    shell, whole = shutil.which(SHELL), next(filter(None, map(shutil.which, WHOLE)), None)
    if shell is None and whole is None:
        pytest.fail("No Chromium found; `make test` installs it where apt is at hand.")
    arguments = ARGUMENTS if shell else [*ARGUMENTS, "--headless=new"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shell or whole, args=arguments)
        yield started
        started.close()


@pytest.fixture
def blank(browser: Browser) -> Iterator[Open]:
    """Return a function that opens an empty page of a size, offline unless told otherwise."""
    contexts = []

    def open_page(
        width: int = 1920, height: int = 1080, *, offline: bool = True, **settings: object
    ) -> Opened:
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=offline, **settings
        )  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.on("dialog", lambda dialog: (opened.dialogs.append(dialog.message), dialog.dismiss()))
        return opened

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def show(blank: Open, tmp_path: Path) -> Open:
    """Return a function that writes a document as an offline file and opens it by its file address."""

    def show_file(document: Document, after: str = "", *, lang: str = "de", **settings: object) -> Opened:
        path = tmp_path / "sitzung.html"
        path.write_text(picture_html(document, lang), "utf-8")
        opened = blank(**settings)
        opened.page.goto(path.as_uri() + after)
        return opened.ready()

    return show_file


@pytest.fixture(scope="session")
def lanes(aachen: Workspace) -> Document:
    """Aachen's open plans on the reference day, in lanes."""
    network, day = aachen.network(), date(2026, 1, 1)
    return network_document(network, load_vocabulary(), as_of=day, wanted=open_on(network, day))


@pytest.fixture(scope="session")
def hundred(aachen: Workspace) -> Document:
    """The same lanes with half as many nodes."""
    network, day = aachen.network(), date(2026, 1, 1)
    return network_document(network, load_vocabulary(), as_of=day, wanted=open_on(network, day), limit=100)


@pytest.fixture(scope="session")
def ego(aachen: Workspace) -> Document:
    """What is around the third Sozialentwicklungsplan."""
    return network_document(aachen.network(), load_vocabulary(), lens="ego", focus="p-sep3")


@pytest.fixture(scope="session")
def lens(aachen: Workspace) -> Callable[[str], Document]:
    """Return a function that gives the document of any lens on the reference day."""
    views = {
        "lanes": View(),
        "ego": View(focus="p-sep3"),
        "ways": View(focus="p-sep3", to="p-kjfp4"),
        "net": View(lens="net"),
        "compare": View(since=date(2017, 12, 7)),
        "time": View(lens="time"),
        "shared": View(lens="shared"),
        "areas": View(lens="areas"),
    }
    return lambda name: aachen.drawing(replace(views[name], as_of=date(2026, 1, 1)))
