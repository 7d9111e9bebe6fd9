"""Our meeting file against a page of pyvis' defaults: the same nodes and edges, the same browser, the same run.

CPU is the main thread's own clock, from opening the file to a picture that no longer moves. Run it with
``python -m benchmarks.page [NODES ...]``; without numbers it takes Aachen's open plans, with numbers made-up cities. Then
come 20,000 things in groups against 1,000 one by one, and how many nodes move when one plan is added.
"""

from __future__ import annotations

import math
import random
import shutil
import sys
from contextlib import chdir
from datetime import date
from os import getloadavg
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import ViewportSize, sync_playwright

from api.settings import read_settings
from api.workspace import Workspace
from benchmarks.made.generate import Inventory
from graph.intake.triples import as_statements, delivery_to_triples
from graph.network.build import build_network
from graph.output.drawing.network_json import Document, network_document
from graph.output.drawing.selection import MOST_NODES, open_on
from graph.output.takeaway.formats import write_picture
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
RUNS = 5
"""Ours is opened so often, and the least counts: what others do on the machine only ever adds."""
LARGE: ViewportSize = {"width": 1920, "height": 1080}
SMALL: ViewportSize = {"width": 1366, "height": 768}
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
NARROWED = "() => document.querySelector('.pw-canvas').clientWidth < 1100"
OURS_STANDS = "() => document.querySelector('.pw-graph')?.dataset.ready === 'yes'"
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


LABELS = """() => {
  const net = document.querySelector('.pw-canvas'), all = net.labels ?? [];
  const touch = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  return [all.length, all.filter((a, i) => all.slice(i + 1).some(b => touch(a, b))).length];
}"""
LENSES = ("lanes", "net")
TWENTY_THOUSAND = 2000
"""Plans of a made-up inventory with some 20,000 things."""


class Cost(NamedTuple):
    """Size in kilobytes, CPU to a stable picture and per frame of panning in milliseconds; names shown, and touching.

    ``small`` counts the names in the smaller window.
    """

    kilobytes: float
    stable: float
    frame: float
    names: int = 0
    touching: int = 0
    small: int = 0


def main(sizes: list[int]) -> None:
    print(
        f"{'graph':>24} {'page':>14} {'KB':>6} {'CPU ms':>8} {'ratio':>7} {'ms/frame':>9} {'names':>6}"
        f" {'small':>6} {'touch':>6}"
    )
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless=new", "--no-sandbox", "--disable-gpu"]
        )
        for name, documents in graphs(sizes):
            compare(browser, Path(folder), name, documents)
        grouped(browser, Path(folder))
        browser.close()
    for size in sizes or [200]:
        steady(min(size, MOST_NODES - 1))  # with more the picture is one of groups
    print(f"load of the machine: {', '.join(f'{part:.1f}' for part in getloadavg())}")


def graphs(sizes: list[int]) -> Iterator[tuple[str, list[Document]]]:
    """Yield each graph in the lenses that draw all of it: Aachen's open plans, and made-up cities."""
    if not sizes:
        yield "Aachen", [aachen(lens) for lens in LENSES]
    for size in sizes:
        network = build_network(made_up(size), BASE)
        yield (
            "made-up city",
            [network_document(network, load_vocabulary(), lens=lens, limit=size) for lens in LENSES],
        )


def aachen(lens: str = "lanes") -> Document:
    with TemporaryDirectory() as store, Workspace(read_settings({}, store=store)) as workspace:
        workspace.import_folder(AACHEN)
        network = workspace.network()
        return network_document(
            network, load_vocabulary(), lens=lens, as_of=DAY, wanted=open_on(network, DAY)
        )


def made_up(size: int) -> list[Statement]:
    """Return what is said of ``size`` things with Aachen's shape: a third plans, two to three lines to a thing."""
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
        said += described(thing, kind)
        if kind == PW.SteeringInstrument:
            said += [Statement(thing, PW.steers, plan, "s") for plan in chance.sample(plans, 2)]
        elif kind != PW.Plan:
            relation = PW.targetGroup if kind == PW.TargetGroup else PW.leadUnit
            said += [Statement(plan, relation, thing, "s") for plan in chance.sample(plans, 5)]
    return said


def described(thing: str, kind: str) -> list[Statement]:
    label = f"Konzept für den Stadtteil {thing[-3:]}"
    return [
        Statement(thing, RDF.type, kind, "s"),
        Statement(thing, SKOS.prefLabel, label, "s", "string", "de"),
    ]


def compare(browser: Browser, folder: Path, name: str, documents: list[Document]) -> None:
    """Print what each lens costs, against pyvis' own page of the same nodes and edges."""
    theirs = folder / "theirs.html"
    write_default(documents[0], theirs)
    other = measure(browser, theirs, theirs_stands)
    shown = len(documents[0]["nodes"]["id"])
    line(f"{name}, {shown}", "pyvis default", other, other, shown)
    for document in documents:
        line(f"{name}, {shown}", document["lens"], ours(browser, folder, document), other, shown)


def ours(browser: Browser, folder: Path, document: Document) -> Cost:
    path = folder / "ours.html"
    write_picture(document, path)
    costs = [measure(browser, path, ours_stands) for _ in range(RUNS)]
    best = min(costs, key=lambda cost: cost.stable)
    return best._replace(frame=min(cost.frame for cost in costs))


def line(graph: str, page: str, cost: Cost, other: Cost, shown: int) -> None:
    ratio = f"1/{other.stable / cost.stable:.0f}"
    print(
        f"{graph:>24} {page:>14} {cost.kilobytes:6.0f} {cost.stable:8.0f} {ratio:>7} {cost.frame:9.1f}"
        f" {100 * cost.names / shown:5.0f}% {100 * cost.small / shown:5.0f}% {cost.touching:6}", flush=True,
    )  # fmt: skip


def grouped(browser: Browser, folder: Path) -> None:
    """Print what it costs to open 20,000 things in groups against 1,000 one by one: the server's CPU, then the browser's."""
    large = build_network(
        as_statements(delivery_to_triples(Inventory(TWENTY_THOUSAND).delivery(), BASE)), BASE
    )
    small = build_network(made_up(1000), BASE)
    for network, limit in ((large, 200), (small, 1000)):
        for round_ in ("first", "again"):
            before = process_time()
            document = network_document(network, load_vocabulary(), limit=limit)
            spent = 1000 * (process_time() - before)
            print(f"{len(network.multigraph):>24} {'server, ' + round_:>14} {'':6} {spent:8.0f}", flush=True)
        cost = ours(browser, folder, document)
        line(str(len(network.multigraph)), "browser", cost, cost, len(document["nodes"]["id"]))


def steady(size: int) -> None:
    """Print which part of the nodes moves by more than a twentieth of the diagonal when one plan is added."""
    said = made_up(size)
    more = [
        *said,
        *described(f"{BASE}x-new", PW.Plan),
        Statement(f"{BASE}x-new", PW.leadUnit, unit_of(said), "s"),
    ]
    before, after = build_network(said, BASE), build_network(more, BASE)
    for lens in LENSES:
        first = network_document(before, load_vocabulary(), lens=lens, limit=size)
        held = {BASE + key: place for key, place in places(first).items()} if lens == "net" else {}
        for name, kept in (("", {}), (", places held", held)):
            second = network_document(after, load_vocabulary(), lens=lens, limit=size, held=kept)
            print(f"{size} things, one plan more, {lens}{name}: {100 * moved(first, second):.1f} % move")
            if not held:
                break


def unit_of(said: list[Statement]) -> str:
    return next(one.subject for one in said if one.value == ORG.OrganizationalUnit)


def places(document: Document) -> dict[str, tuple[float, float]]:
    nodes = document["nodes"]
    return dict(zip(nodes["id"], zip(nodes["x"], nodes["y"], strict=True), strict=True))


def moved(first: Document, second: Document) -> float:
    """Return the part of the nodes of both that stand further apart than a twentieth of the first's diagonal."""
    left, top, right, bottom = first["frame"]
    far = math.dist((left, top), (right, bottom)) / 20
    one, other = places(first), places(second)
    both = one.keys() & other.keys()
    return sum(math.dist(one[key], other[key]) > far for key in both) / len(both)


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
    context = browser.new_context(viewport=LARGE, offline=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = clock(session)
    page.goto(path.as_uri(), timeout=LONGEST * 1000)
    stands(page)  # type: ignore[operator]
    stable = clock(session)
    names, touching = page.evaluate(LABELS) if page.query_selector(".pw-canvas") else (0, 0)
    stable_again = clock(session)
    page.evaluate(PAN)
    frames = clock(session) - stable_again
    small, also = narrowed(page) if page.query_selector(".pw-canvas") else (0, 0)
    context.close()
    return Cost(path.stat().st_size / 1000, stable - before, frames / 60, names, touching + also, small)


def narrowed(page: Page) -> tuple[int, int]:
    """Return how many names the smaller window shows, and how many of them touch."""
    page.set_viewport_size(SMALL)
    page.wait_for_function(NARROWED)
    page.evaluate(FRAMES)
    shown, touching = page.evaluate(LABELS)
    return shown, touching


def clock(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(1000 * float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration")


def ours_stands(page: Page) -> None:
    page.wait_for_function(OURS_STANDS)
    page.evaluate(FRAMES)


def theirs_stands(page: Page) -> None:
    """Wait until vis-network says that its physics have come to rest, at most four minutes."""
    for _ in range(2 * LONGEST):
        page.wait_for_timeout(500)
        if page.evaluate("!network.physics.physicsEnabled || network.physics.stabilized"):
            return
    print(f"pyvis did not come to rest within {LONGEST} s; its figure is a lower bound", file=sys.stderr)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
