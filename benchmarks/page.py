"""Our meeting file against a page of pyvis' defaults: the same nodes and edges, the same browser, the same run.

CPU is the main thread's own clock, from opening the file to a picture that no longer moves. Run it with
``python benchmarks/page.py [NODES ...]``; without numbers it takes Aachen's open plans, with numbers made-up cities.
"""

from __future__ import annotations

import random
import shutil
import sys
from contextlib import chdir
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright

from api.settings import read_settings
from api.workspace import Workspace
from graph.network.build import build_network
from graph.output.formats import write_picture
from graph.output.network_json import Document, network_document
from graph.output.selection import open_on
from graph.statement import Statement
from ontology.terms import ORG, PW, RDF, SKOS
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession, Page

AACHEN = Path(__file__).parent.parent / "data" / "aachen"
BASE = "https://example.org/id/"
DAY = date(2026, 1, 1)
LONGEST = 240
RUNS = 3
OURS_STANDS = "document.querySelector('.pw-graph').dataset.ready === 'yes'"
PAN = """() => new Promise(done => {
  const net = document.querySelector('.pw-canvas')?.net ?? window.network, centre = net.getViewPosition();
  let frame = 0;
  const step = () => {
    if (frame++ === 60) return done();
    net.moveTo({position: {x: centre.x + 3 * frame, y: centre.y}, animation: false});
    requestAnimationFrame(step);
  };
  step();
})"""


class Cost(NamedTuple):
    """Size in kilobytes, CPU to a stable picture and per frame of panning in milliseconds."""

    kilobytes: float
    stable: float
    frame: float


def main(sizes: list[int]) -> None:
    print(f"{'graph':>16} {'page':>16} {'KB':>7} {'CPU ms to stable':>17} {'CPU ms per frame':>17}")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless=new", "--no-sandbox", "--disable-gpu"]
        )
        for name, document in documents(sizes):
            compare(browser, Path(folder), name, document)
        browser.close()


def documents(sizes: list[int]) -> Iterator[tuple[str, Document]]:
    if not sizes:
        yield "Aachen", aachen()
    for size in sizes:
        yield "made-up city", made_up(size)


def aachen() -> Document:
    with TemporaryDirectory() as store, Workspace(read_settings({}, store=store)) as workspace:
        workspace.import_folder(AACHEN)
        network = workspace.network()
        return network_document(network, load_vocabulary(), as_of=DAY, wanted=open_on(network, DAY))


def made_up(size: int) -> Document:
    """Return lanes of ``size`` nodes with Aachen's shape: a third plans, two to three lines to a node."""
    chance = random.Random(size)
    kinds = [
        *[PW.Plan] * 32,
        *[ORG.OrganizationalUnit] * 15,
        *[PW.TargetGroup] * 17,
        *[PW.SteeringInstrument] * 36,
    ]
    things = {f"{BASE}x{n}": chance.choice(kinds) for n in range(size)}
    plans = [thing for thing, kind in things.items() if kind == PW.Plan]
    said = []
    for thing, kind in things.items():
        said.append(Statement(thing, RDF.type, kind, "s"))
        said.append(
            Statement(thing, SKOS.prefLabel, f"Konzept für den Stadtteil {thing[-3:]}", "s", "string", "de")
        )
        if kind == PW.SteeringInstrument:
            said += [Statement(thing, PW.steers, plan, "s") for plan in chance.sample(plans, 2)]
        elif kind != PW.Plan:
            relation = PW.targetGroup if kind == PW.TargetGroup else PW.leadUnit
            said += [Statement(plan, relation, thing, "s") for plan in chance.sample(plans, 5)]
    return network_document(build_network(said, BASE), load_vocabulary(), limit=size)


def compare(browser: Browser, folder: Path, name: str, document: Document) -> None:
    ours, theirs = folder / "ours.html", folder / "theirs.html"
    write_picture(document, ours)
    write_default(document, theirs)
    mine = min((measure(browser, ours, ours_stands) for _ in range(RUNS)), key=lambda cost: cost.stable)
    other = measure(browser, theirs, theirs_stands)
    title = f"{name}, {len(document['nodes']['id'])}"
    for page, cost in (("Planwerk", mine), ("pyvis default", other)):
        print(f"{title:>16} {page:>16} {cost.kilobytes:7.0f} {cost.stable:17.0f} {cost.frame:17.1f}")
    print(f"{'':>16} {'ratio':>16} {'':7} {'1/' + format(other.stable / mine.stable, '.0f'):>17}"
          f" {'1/' + format(other.frame / mine.frame, '.0f'):>17}")  # fmt: skip


def write_default(document: Document, out: Path) -> None:
    """Write the same graph as pyvis does by itself; it drops files into the current folder."""
    from pyvis.network import Network  # noqa: PLC0415 - it imports a notebook

    nodes, edges = document["nodes"], document["edges"]
    network = Network(directed=True, cdn_resources="in_line", height="900px")
    for key, label in zip(nodes["id"], nodes["label"], strict=True):
        network.add_node(key, label=label)
    network.edges = [
        {"from": nodes["id"][start], "to": nodes["id"][end], "arrows": "to"}
        for start, end in zip(edges["source"], edges["target"], strict=True)
    ]
    with chdir(out.parent):
        out.write_text(network.generate_html(), "utf-8")


def measure(browser: Browser, path: Path, stands: object) -> Cost:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, offline=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = clock(session)
    page.goto(path.as_uri(), timeout=LONGEST * 1000)
    stands(page)  # type: ignore[operator]
    stable = clock(session)
    page.evaluate(PAN)
    frames = clock(session) - stable
    context.close()
    return Cost(path.stat().st_size / 1000, stable - before, frames / 60)


def clock(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(1000 * float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration")


def ours_stands(page: Page) -> None:
    page.wait_for_function(OURS_STANDS)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def theirs_stands(page: Page) -> None:
    """Wait until vis-network says that its physics have come to rest, at most four minutes."""
    for _ in range(2 * LONGEST):
        page.wait_for_timeout(500)
        if page.evaluate("!network.physics.physicsEnabled || network.physics.stabilized"):
            return
    print(f"pyvis did not come to rest within {LONGEST} s; its figure is a lower bound", file=sys.stderr)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
