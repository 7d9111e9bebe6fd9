"""Requests that no page of ours sends: each is answered with a sentence that says what is wrong, none is a defect."""

from __future__ import annotations

import logging
import re
import socket
import time
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


def test_whoever_leaves_while_sending_is_no_defect(
    editing: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "planwerk")
    place = editing.base_url
    with socket.create_connection((place.host, place.port)) as sending:
        sending.sendall(
            f"POST /walks HTTP/1.1\r\nHost: {place.host}\r\nContent-Length: 9\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\na=".encode()
        )
    editing.get("/health")
    until = time.monotonic() + 20
    while not caplog.records and time.monotonic() < until:
        time.sleep(0.01)
    assert [(record.levelname, record.message) for record in caplog.records] == [("INFO", "left at /walks")]


@pytest.mark.parametrize("path", ["/search?q=a%00b%1b", "/nothing%00here", "/sparql?query=%00"])
def test_a_page_holds_no_sign_that_markup_must_not_hold(editing: httpx.Client, path: str) -> None:
    page = editing.get(path, headers={"Accept": "text/html"})
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", page.text)
