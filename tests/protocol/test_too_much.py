"""Requests that want or bring too much: each is refused, packed, shortened or let out piece by piece."""

from __future__ import annotations

import gzip
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from api.protocol import request, waiting
from graph.errors import QueryBusy

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
#: 10,000 rows, ten of something by ten by ten by ten, each a kilobyte long.
TEN = " ".join(f'"{number}"' for number in range(10))
LONG = (
    f'SELECT (CONCAT("{"x" * 1000}", ?a) AS ?x) {{ '
    + " ".join(f"VALUES ?{a} {{ {TEN} }}" for a in "abcd")
    + " }"
)


def test_a_form_of_countless_fields_is_refused_before_they_are_looked_at(client: httpx.Client) -> None:
    answer = client.post("/sparql", content="query=ASK+%7B%7D" + "&a=" * 1000, headers=FORM)
    assert answer.status_code == 400
    assert answer.json()["en"] == "The form has more than 1000 fields."
    assert client.post("/sparql", content="query=ASK+%7B%7D" + "&a=" * 999, headers=FORM).status_code == 200


def test_a_query_of_a_megabyte_is_refused_by_its_length(client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": "ASK {" + "a " * 400_000 + "}"})
    assert (answer.status_code, answer.json()["en"].partition(" with ")[0]) == (403, "The query is too long")


def test_a_request_that_does_not_come_to_its_end_is_given_up(client, monkeypatch) -> None:
    monkeypatch.setattr(request, "SECONDS_TO_SEND", 0.1)
    address = urlsplit(str(client.base_url))
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 100\r\n\r\nASK {"
        )
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"problem+json" in answer


@pytest.mark.parametrize("accept", ["text/csv", "application/sparql-results+json"])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_large_answer_comes_whole_packed_or_not(client: httpx.Client, accept: str, coding: str) -> None:
    headers = {"Accept": accept, "Accept-Encoding": coding}
    with client.stream("POST", "/sparql", data={"query": LONG}, headers=headers) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding", "identity") == coding
    assert int(answer.headers["content-length"]) == len(raw)
    body = gzip.decompress(raw) if coding == "gzip" else raw
    assert body.count(b"x" * 1000) == 10_000
    assert waiting._UNDER_WAY._taken == 0


def test_a_page_shows_the_first_thousand_rows_and_says_that_the_files_have_all(client: httpx.Client) -> None:
    query = LONG.replace("x" * 1000, "x")
    page = client.get("/sparql", params={"query": query, "lang": "en"}, headers={"Accept": "text/html"}).text
    assert page.count('<tr class="kern-table__row">') == 1001
    assert "These are the first 1,000 of 10,000 rows; the files have all." in page


def test_a_page_refuses_an_answer_that_only_a_program_would_read(client: httpx.Client) -> None:
    query = LONG.replace("x" * 1000, "x" * 2000)
    headers = {"Accept": "text/html"}
    page = client.post("/sparql?lang=en", data={"query": query}, headers=headers)
    assert (page.status_code, "The answer is larger than 16 MiB" in page.text) == (503, True)


def test_large_answers_under_way_have_only_so_much_room() -> None:
    room = waiting.Room(10)
    room.take(50)
    with pytest.raises(QueryBusy):
        room.take(1)
    room.give_back(50)
    room.take(4)
    room.take(6)
    with pytest.raises(QueryBusy):
        room.take(1)
