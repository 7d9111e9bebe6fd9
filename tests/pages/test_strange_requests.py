"""Requests that no page of ours sends: each is answered with a sentence that says what is wrong, none is a defect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest

from api.settings import read_settings
from api.workspace import Workspace

Served = Callable[[Workspace], AbstractContextManager[str]]
WRITING = ["/import", "/api/import", "/walks", "/walks/steuerung/edit", "/walks/steuerung/decisions"]


@pytest.fixture(scope="module")
def editing(tmp_path_factory: pytest.TempPathFactory, served: Served) -> Iterator[httpx.Client]:
    store = str(tmp_path_factory.mktemp("strange") / "store")
    with (
        Workspace(read_settings({}, store=store, editing=True)) as workspace,
        served(workspace) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


@pytest.mark.parametrize("path", WRITING)
@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "", "http://evil.example"])
def test_an_origin_that_is_no_address_is_another_site(editing: httpx.Client, path: str, origin: str) -> None:
    answer = editing.post(path, data={"token": "x"}, headers={"Origin": origin})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (403, "not-allowed")


@pytest.mark.parametrize("path", ["/api/import/steuerung", "/api/import/steuerung/confirm"])
def test_json_without_end_is_no_json(editing: httpx.Client, path: str) -> None:
    answer = editing.post(path, content="[" * 100_000, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (400, "bad-request")
    assert "JSON" in answer.json()["detail"]
