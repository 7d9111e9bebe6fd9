"""The page at /sparql: one rendering of answers for people, with and without script, and mistakes at their place."""

from __future__ import annotations

import httpx
import pytest


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT * WHERE {\n  ?s a pw:Plan\n}", 2, 8),
        ("SELECT * WHERE {\n  ?s ?p ?o\n", 3, 1),
        ("SELECT *\n{ SERVICE <http://example.org/> { ?s ?p ?o } }", 2, 3),
    ],
)
def test_a_problem_tells_programs_the_line_and_the_column(
    client: httpx.Client, query: str, line: int, column: int
) -> None:
    document = client.get("/sparql", params={"query": query}).json()
    assert (document["line"], document["column"]) == (line, column)
    assert document["de"].startswith(f"Zeile {line}, Spalte {column}: ")


def test_a_problem_without_a_place_names_none(client: httpx.Client) -> None:
    document = client.get("/sparql", params={"query": "SELEKT ?x"}).json()
    assert document["status"] == 400
    assert "line" not in document
