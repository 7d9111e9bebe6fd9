"""The benchmarks that print tables of their own, as figures: the way through a worker, and the page in a browser."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring.figure import Figure
from graph.output.takeaway.formats import write_picture
from graph.store.workers.host import QueryHost

OVERHEAD_BAR = 0.5
PAGE_BAR = 1 / 35
_SHARE = 1.1
_MANY_ROWS = ("1,000 rows", "construct", "10,000 rows")
_PAGE = "Page to a stable picture against pyvis"


def measure_workers(plans: int = 4000, rounds: int = 200) -> list[Figure]:
    """Return the milliseconds that the way through a worker costs, beyond a tenth of the engine's own time."""
    from benchmarks import worker_overhead as overhead  # noqa: PLC0415 - only where it is asked for

    with TemporaryDirectory() as folder:
        files = overhead.write_sources(Path(folder), plans)
        store = overhead.load(files)
        with QueryHost(files) as host:
            taken = {
                name: overhead.milliseconds(
                    partial(overhead.ask_directly, store, text), partial(host.query, text), rounds
                )
                for name, text in overhead.QUERIES.items()
            }
    beyond = {name: hosted - _SHARE * direct for name, (direct, hosted) in taken.items()}
    listed = {name: f"{name} {direct:.2f} → {hosted:.2f} ms" for name, (direct, hosted) in taken.items()}
    rows = {name: beyond.pop(name) for name in _MANY_ROWS}
    detail = f"engine alone → through the worker: {'; '.join(listed.pop(name) for name in _MANY_ROWS)}"
    return [
        Figure("Worker overhead beyond 10 %", max(beyond.values()), "ms", OVERHEAD_BAR, "at most",
               f"worst of {len(beyond)} queries; engine alone → through the worker: {'; '.join(listed.values())}"),
        Figure("  the same a thousand rows more", max(rows["1,000 rows"], rows["construct"], rows["10,000 rows"] / 10),
               "ms", detail=detail),
    ]  # fmt: skip


def measure_page() -> list[Figure]:
    """Return the processor time of our page in a browser as a share of that of a page with pyvis' defaults."""
    if shutil.which("chromium") is None:
        return [Figure(_PAGE, float("nan"), "", detail="not measured: there is no Chromium here")]
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    from benchmarks import page  # noqa: PLC0415 - needs playwright

    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless=new", "--no-sandbox", "--disable-gpu"]
        )
        ours, theirs = Path(folder) / "ours.html", Path(folder) / "theirs.html"
        document = page.aachen()
        write_picture(document, ours)
        page.write_default(document, theirs)
        runs = [page.measure(browser, ours, page.ours_stands) for _ in range(page.RUNS)]
        mine, other = (
            min(runs, key=lambda cost: cost.stable),
            page.measure(browser, theirs, page.theirs_stands),
        )
        browser.close()
    detail = (
        f"Aachen, {len(document['nodes']['id'])} nodes: {mine.stable:.0f} ms against {other.stable:,.0f} ms "
        f"(1/{other.stable / mine.stable:.0f}); file {mine.kilobytes:.0f} KB, frame {mine.frame:.1f} ms"
    )
    return [Figure(_PAGE, mine.stable / other.stable, "of its time", PAGE_BAR, "at most", detail)]
