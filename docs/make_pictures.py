"""Make the pictures of the documents from the running product: ``make pictures``."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from playwright.sync_api import sync_playwright

from api.app import create_app
from api.settings import read_settings
from api.workspace import Workspace

ROOT = Path(__file__).parent.parent
PORT = 8765
PICTURES = {
    "lanes": "/graph?as_of=2026-01-01",
    "plan": "/plans/p-spk?as_of=2026-01-01",
    "findings": "/findings?as_of=2026-01-01",
}


def main() -> None:
    """Serve Aachen's data, take the pictures, stop."""
    with TemporaryDirectory() as folder, Workspace(read_settings({}, store=folder + "/s")) as workspace:
        workspace.import_folder(ROOT / "data" / "aachen")
        config = uvicorn.Config(create_app(workspace.settings, workspace), port=PORT, log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        try:
            _take(ROOT / "docs" / "pictures")
        finally:
            server.should_exit = True
            thread.join()


def _take(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        page = browser.new_page(viewport={"width": 1600, "height": 1000})
        for name, address in PICTURES.items():
            page.goto(f"http://127.0.0.1:{PORT}{address}")
            page.wait_for_timeout(1500)
            page.screenshot(path=folder / f"{name}.png")
            sys.stdout.write(f"{name}.png\n")
        browser.close()


if __name__ == "__main__":
    main()
