"""A city whose store a SPARQL server keeps, beside one in a folder: pages, questions across, findings; and the server gone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from api.cities.register import read_register
from api.cities.serving import Cities
from api.settings import read_settings
from api.workspace import Workspace
from tests.cities import BEISPIELHEIM, HEIM, MUSTER, MUSTERSTADT, Rows, make_city, write_tables
from tests.conftest import serving_app
from tests.stores.servers import oxigraph_server

OF_MUSTER = {"Host": "musterstadt.localhost"}
DAY = "as_of=2026-01-01"
NEW = {"id": "p9", "title_de": "Neu", "source_id": "s1"}


@contextmanager
def deployed(home: Path, server: str) -> Iterator[httpx.Client]:
    """Serve Musterstadt from a SPARQL server and Beispielheim from a folder."""
    cities = [
        {"id": "musterstadt", "name": "Musterstadt", "base": MUSTER, "store": server},
        {"id": "beispielheim", "name": "Beispielheim", "base": HEIM},
    ]
    (home / "cities.json").write_text(json.dumps({"cities": cities}), "utf-8")
    app = Cities(read_settings({}, cache=str(home / "cache")), read_register(home))
    with serving_app(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        client.headers.update({"Host": "localhost", "Accept": "application/json"})
        yield client


def take_in(home: Path, server: str, tables: Mapping[str, Rows]) -> None:
    """Take tables of Musterstadt into the server."""
    settings = read_settings({}, store=server, base=MUSTER, cache=str(home / "other"))
    with Workspace(settings) as workspace:
        workspace.import_folder(write_tables(home / "in" / "muster", tables), source_id="muster")


def plans_by_city(client: httpx.Client) -> dict[str, str]:
    rows = client.get("/questions/q90?format=json").json()["rows"]
    return {row["cityLabel"]: row["plans"] for row in rows}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with Beispielheim's store."""
    make_city(tmp_path, "beispielheim", HEIM, write_tables(tmp_path / "in" / "heim", BEISPIELHEIM))
    return tmp_path


def test_a_city_on_a_server_is_asked_like_one_in_a_folder_and_missed_by_name_when_the_server_is_gone(
    home: Path,
) -> None:
    with ExitStack() as serving, ExitStack() as running:
        server = running.enter_context(oxigraph_server())
        take_in(home, server, MUSTERSTADT)
        client = serving.enter_context(deployed(home, server))
        ask_with_its_pages(client)
        ask_across(client)
        take_in(home, server, {**MUSTERSTADT, "plans": [*MUSTERSTADT["plans"], NEW]})
        while plans_by_city(client)["Musterstadt"] != "4":
            """A change on the server is seen within a second."""
        running.close()
        while "Musterstadt" in plans_by_city(client):
            """So is that the server is gone."""
        told = client.get("/questions/q90?format=json").json()
        (missing,) = told["left_out"]
        assert missing["id"] == "musterstadt"
        assert "nicht erreichbar" in missing["why"]["de"]
        assert server not in json.dumps(told)
        sides = client.get(f"/findings?{DAY}").json()
        assert [one["id"] for one in sides["cities"]] == ["beispielheim"]
        assert client.get("/health").json()["unreadable"].keys() == {"musterstadt"}
        assert "Musterstadt" in client.get("/", headers={"Accept": "text/html"}).text
        gone = client.get("/plans", headers=OF_MUSTER)
        assert (gone.status_code, gone.headers["retry-after"]) == (503, "5")


def ask_with_its_pages(client: httpx.Client) -> None:
    """The pages of the city itself."""
    assert client.get("/plans/p1", headers=OF_MUSTER).json()["thing"]["id"] == "p1"
    assert len(client.get("/questions/q30-plans?format=json", headers=OF_MUSTER).json()["rows"]) == 3
    assert "Lärmaktionsplan" in client.get("/plans", headers={**OF_MUSTER, "Accept": "text/html"}).text


def ask_across(client: httpx.Client) -> None:
    """Both cities together, one after the other, and side by side."""
    assert plans_by_city(client) == {"Beispielheim": "2", "Musterstadt": "3"}
    found = client.get("/questions/q91?words=sozialentwicklungsplan&format=json").json()
    assert [row["plan"] for row in found["rows"]] == [f"{HEIM}p1", f"{MUSTER}p2"]
    turn = client.get("/questions/q10?format=json").json()["rows"]
    assert {(row["inventory"], row["goals"]) for row in turn} == {
        (f"{HEIM}inventory", "1"),
        (f"{MUSTER}inventory", "2"),
    }
    sides = client.get(f"/findings?{DAY}").json()["cities"]
    assert [(one["id"], one["plans"]) for one in sides] == [("beispielheim", 2), ("musterstadt", 3)]
    alone = client.get(f"/findings?{DAY}", headers=OF_MUSTER).json()["findings"]
    assert sum(sides[1]["findings"].values()) == len(alone) > 0
