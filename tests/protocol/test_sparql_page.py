"""The page at /sparql: one rendering of answers for people, with and without script, and mistakes at their place."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import httpx
import openpyxl
import pytest

import api
from api.wording.sparql_texts import SPOKEN


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


PERSON = {"Accept": "text/html,*/*;q=0.8"}
PREFIXED = (
    "PREFIX pw: <https://w3id.org/planwerk/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
COUNTED = (
    PREFIXED
    + "SELECT ?leadLabel (COUNT(?plan) AS ?plans) { ?plan a pw:Plan ; pw:leadUnit/skos:prefLabel ?leadLabel } GROUP BY ?leadLabel"
)
LED = PREFIXED + "SELECT ?plan ?lead { ?plan a pw:Plan ; pw:leadUnit ?lead } ORDER BY ?plan LIMIT 5"
TRIPLES = (
    PREFIXED
    + "CONSTRUCT { ?plan pw:leadUnit ?lead } WHERE { ?plan a pw:Plan ; pw:leadUnit ?lead } ORDER BY ?plan LIMIT 3"
)


def page(client: httpx.Client, **asked: str) -> str:
    answer = client.get("/sparql", params={**asked, "lang": "de"}, headers=PERSON)
    assert answer.status_code == 200
    return answer.text


def views(text: str) -> list[tuple[str, str]]:
    return re.findall(r'name="view" value="(\w+)" aria-pressed="(\w+)"', text)


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        (COUNTED, ["table", "chart"]),
        (LED, ["table", "picture"]),
        (TRIPLES, ["text", "table", "picture"]),
        ("SELECT ?p { ?s ?p ?o } LIMIT 1", []),
        ("ASK { ?s ?p ?o }", []),
    ],
)
def test_an_answer_offers_the_views_that_it_has(client: httpx.Client, query: str, offered: list[str]) -> None:
    assert [name for name, _ in views(page(client, query=query))] == offered


def test_the_view_that_the_address_names_is_shown(client: httpx.Client) -> None:
    chart = page(client, query=COUNTED, view="chart")
    assert views(chart) == [("table", "false"), ("chart", "true")]
    assert 'class="chart bars"' in chart
    assert "Gezeichnet sind alle" in page(client, query=LED, view="picture")
    assert page(client, query=TRIPLES, view="table").count('<td class="kern-table__cell">') == 9


def test_a_view_that_an_answer_has_not_gives_way_to_the_usual_one(client: httpx.Client) -> None:
    assert views(page(client, query=LED, view="chart")) == [("table", "true"), ("picture", "false")]


def test_what_the_picture_leaves_out_is_counted(client: httpx.Client) -> None:
    shown = page(
        client, query=PREFIXED + "SELECT ?plan ?kind { ?plan a pw:Plan ; a ?kind } LIMIT 4", view="picture"
    )
    assert "gezeichnet wird: 1 von den Adressen der Antwort." in shown


def test_the_rows_come_as_a_workbook_headed_by_the_variables(client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": LED, "format": "xlsx"}, headers=PERSON)
    assert answer.headers["content-disposition"] == 'attachment; filename="sparql.xlsx"'
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(max_row=1)] == [
        ["plan", "lead"]
    ]
    assert book.worksheets[0].max_row == 6


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", TRIPLES, ""])
def test_only_a_table_becomes_a_workbook(client: httpx.Client, query: str) -> None:
    answer = client.post("/sparql", data={"query": query, "format": "xlsx"})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (400, "bad-request")


def test_a_problem_stands_in_the_page_with_its_place(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT * {\n  ?s a pw:Plan }"}, headers=PERSON)
    assert answer.status_code == 400
    assert 'data-line="2" data-column="8"' in answer.text


def test_the_graphs_that_were_asked_stay_with_every_form_of_the_page(client: httpx.Client) -> None:
    source = "https://w3id.org/planwerk/id/source/seed"
    shown = page(client, query=LED, **{"default-graph-uri": source})
    assert shown.count(f'name="default-graph-uri" value="{source}"') == shown.count('action="/sparql"')


def test_everything_that_scripts_say_is_in_both_languages_with_the_same_values() -> None:
    for key, text in SPOKEN.items():
        assert set(re.findall(r"\{\w+\}", text.de)) == set(re.findall(r"\{\w+\}", text.en)), key


def test_scripts_say_only_what_there_are_words_for() -> None:
    folder = Path(api.__file__).parent
    scripts = [folder / "static" / "query.js", *sorted((folder / "editor").glob("*.js"))]
    said = {
        word for path in scripts for word in re.findall(r"\b(?:spoken|texts)\.(\w+)", path.read_text("utf-8"))
    }
    assert said == {*SPOKEN, "phrases"}
