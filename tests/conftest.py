"""What many tests share: Aachen's tables imported once per test process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from api.settings import read_settings
from api.workspace import Workspace

ROOT = Path(__file__).parent.parent
AACHEN = ROOT / "data" / "aachen"
REFERENCE_DAY = date(2026, 1, 1)

Tables = Callable[..., Path]


@pytest.fixture(scope="session")
def aachen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace with Aachen's tables, for reading only."""
    store = tmp_path_factory.mktemp("aachen") / "store"
    with Workspace(read_settings({}, store=str(store))) as workspace:
        workspace.import_folder(AACHEN)
        yield workspace


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    """Return a function that writes small tables (name="header\\nrow\\nrow") with one source ``s1`` into a folder."""

    def write(folder: str = "stadt", **texts: str) -> Path:
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        texts = {
            "sources": "id,publisher,what,date,kind,url\ns1,Stadt,Interview 2025,2025-03-01,Bericht,",
            **texts,
        }
        for name, text in texts.items():
            (path / f"{name}.csv").write_text(text.strip() + "\n", "utf-8")
        return path

    return write


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace."""
    with Workspace(read_settings({}, store=str(tmp_path / "store"))) as empty:
        yield empty
