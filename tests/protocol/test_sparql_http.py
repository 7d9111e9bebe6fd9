"""The SPARQL 1.1 Protocol over HTTP, and the form that people see at the same address."""

from __future__ import annotations

import csv
import json
from io import StringIO

import httpx
import pyoxigraph as ox
import pytest

from api.settings import read_settings
from api.workspace import Workspace

PERSON = {"Accept": "text/html,*/*;q=0.8"}
PLANS = "SELECT (COUNT(DISTINCT ?plan) AS ?n) WHERE { ?plan a <https://w3id.org/planwerk/ontology#Plan> }"
SOME = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 3"
TRIPLES = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c . FILTER(?c = <https://w3id.org/planwerk/ontology#Plan>) }"
DEATH = "SELECT (COUNT(*) AS ?n) {?a ?b ?c. ?d ?e ?f. ?g ?h ?i}"
BASE = "https://w3id.org/planwerk/id/"


def number(answer: httpx.Response) -> int:
    (row,) = answer.json()["results"]["bindings"]
    return int(row["n"]["value"])


def test_a_query_is_answered_by_get(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": PLANS})
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert number(answer) == 99


def test_a_query_is_answered_by_post_as_a_form(client: httpx.Client) -> None:
    assert number(client.post("/sparql", data={"query": PLANS})) == 99


def test_a_query_is_answered_by_post_of_itself(client: httpx.Client) -> None:
    answer = client.post(
        "/sparql", content=PLANS, headers={"Content-Type": "application/sparql-query; charset=utf-8"}
    )
    assert number(answer) == 99


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
    ],
)
def test_a_table_comes_in_the_form_that_is_asked_for(client: httpx.Client, accept: str, media: str) -> None:
    answer = client.get("/sparql", params={"query": SOME}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("*/*", ox.RdfFormat.TURTLE),
    ],
)
def test_triples_come_in_the_form_that_is_asked_for(
    client: httpx.Client, accept: str, form: ox.RdfFormat
) -> None:
    answer = client.get("/sparql", params={"query": TRIPLES}, headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(form.media_type)
    assert len(list(ox.parse(answer.content, format=form))) == 99


def test_the_word_in_the_address_goes_before_accept(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": SOME, "format": "csv"}, headers=PERSON)
    assert len(list(csv.reader(StringIO(answer.text)))) == 4


def test_ask_answers_with_a_boolean(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


def test_a_form_that_does_not_fit_the_query_is_not_acceptable(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": SOME}, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert client.get("/sparql", params={"query": TRIPLES, "format": "csv"}).status_code == 400


def test_the_default_graph_unites_all_sources_and_can_be_narrowed(client: httpx.Client) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    whole = number(client.get("/sparql", params={"query": query}))
    part = number(client.get("/sparql", params={"query": query, "default-graph-uri": f"{BASE}source/seed"}))
    assert 0 < part < whole


def test_named_graphs_can_be_narrowed(client: httpx.Client) -> None:
    query = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    graphs = [("named-graph-uri", f"{BASE}source/seed"), ("named-graph-uri", f"{BASE}source/orlis")]
    assert number(client.get("/sparql", params=[("query", query), *graphs])) == 2


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        ("SELECT * WHERE {", 400, "query-invalid"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", 403, "query-refused"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 403, "query-refused"),
        ("LOAD <http://example.org/>", 403, "query-refused"),
        ("INSERT DATA { <a:a> <a:a> <a:a> }", 403, "query-refused"),
        ("# " + "x" * 70_000, 403, "query-refused"),
    ],
)
def test_what_is_not_served_is_refused_with_a_sentence(
    client: httpx.Client, query: str, status: int, kind: str
) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith(kind)
    assert answer.json()["de"] != answer.json()["en"]


def test_an_update_is_refused_in_every_way_of_sending_it(client: httpx.Client) -> None:
    update = "INSERT DATA { <a:a> <a:a> <a:a> }"
    direct = client.post("/sparql", content=update, headers={"Content-Type": "application/sparql-update"})
    assert [client.post("/sparql", data={"update": update}).status_code, direct.status_code] == [403, 403]


def test_requests_that_are_no_query_say_so(client: httpx.Client) -> None:
    assert client.post("/sparql", content="x", headers={"Content-Type": "text/plain"}).status_code == 415
    assert client.get("/sparql", params=[("query", SOME), ("query", SOME)]).status_code == 400
    assert client.post("/sparql", data={"other": "x"}).status_code == 400
    direct = {"Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content=b"\xff", headers=direct).status_code == 400
    assert client.post("/sparql", content=b"x" * (2 << 20), headers=direct).status_code == 400


@pytest.fixture(scope="module")
def hurried(aachen: Workspace, served):
    """The same store with one second and ten rows a query."""
    settings = read_settings({}, store=aachen.settings.store, query_seconds=1.0, query_rows=10)
    with (
        Workspace(settings) as workspace,
        served(workspace) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


def test_the_query_of_death_gets_a_clear_503_and_the_server_keeps_answering(hurried: httpx.Client) -> None:
    for _ in range(3):
        answer = hurried.get("/sparql", params={"query": DEATH})
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert answer.json()["type"].endswith("query-stopped")
    assert number(hurried.get("/sparql", params={"query": PLANS})) == 99
    assert hurried.get("/plans", headers=PERSON).status_code == 200


def test_people_read_why_a_query_was_stopped_with_the_query_still_there(hurried: httpx.Client) -> None:
    answer = hurried.get("/sparql", params={"query": DEATH}, headers=PERSON)
    assert answer.status_code == 503
    assert "angehalten" in answer.text
    assert "?g ?h ?i" in answer.text


def test_a_cut_answer_says_so_in_its_head_and_on_the_page(hurried: httpx.Client) -> None:
    query = "SELECT * WHERE { ?s ?p ?o }"
    answer = hurried.get("/sparql", params={"query": query})
    assert answer.headers["planwerk-truncated"] == "true; rows=10"
    assert len(answer.json()["results"]["bindings"]) == 10
    page = hurried.get("/sparql", params={"query": query}, headers=PERSON)
    assert page.headers["planwerk-truncated"] == "true; rows=10"
    assert "nach 10 Zeilen abgeschnitten" in page.text


def test_a_whole_answer_says_nothing_of_the_kind(client: httpx.Client) -> None:
    assert "planwerk-truncated" not in client.get("/sparql", params={"query": SOME}).headers


def test_programs_that_ask_nothing_get_the_service_description(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    said = list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))
    kinds = {triple.object.value for triple in said if triple.predicate.value.endswith("#type")}
    assert "http://www.w3.org/ns/sparql-service-description#Service" in kinds
    (endpoint,) = {triple.object.value for triple in said if triple.predicate.value.endswith("#endpoint")}
    assert endpoint == f"{client.base_url}/sparql".replace("//sparql", "/sparql")


def test_a_program_that_could_also_read_a_page_gets_what_it_likes_better(client: httpx.Client) -> None:
    accept = "application/sparql-results+json, text/html;q=0.5"
    answer = client.get("/sparql", params={"query": SOME}, headers={"Accept": accept})
    assert answer.headers["content-type"] == "application/sparql-results+json"


def test_people_see_the_form_with_the_answer_as_a_table_of_links(client: httpx.Client) -> None:
    query = "SELECT ?plan WHERE { ?plan a <https://w3id.org/planwerk/ontology#Plan> } ORDER BY ?plan LIMIT 1"
    page = client.get("/sparql", params={"query": query}, headers=PERSON).text
    assert "<textarea" in page
    assert 'href="/plans/p-' in page
    assert BASE not in page.partition("<table ")[2].partition("</table>")[0]


def test_people_see_boolean_and_triples_too(client: httpx.Client) -> None:
    assert ">Ja<" in client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}, headers=PERSON).text
    assert "pw:Plan" in client.get("/sparql", params={"query": TRIPLES}, headers=PERSON).text


def test_people_read_where_a_query_is_wrong(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT * WHERE { ?s ?p"}, headers=PERSON)
    assert answer.status_code == 400
    assert "Zeile 1" in answer.text
    assert 'role="alert"' in answer.text


def test_a_question_can_be_taken_over_into_the_form(client: httpx.Client) -> None:
    page = client.get("/sparql", params={"example": "q18"}, headers=PERSON).text
    assert "# Was galt an einem Tag?\n# What was in force on a day?\nPREFIX pw:" in page
    assert 'id="result"' not in page


def test_answers_in_json_are_the_same_for_all_ways_of_asking(client: httpx.Client) -> None:
    query = "SELECT ?plan WHERE { ?plan a <https://w3id.org/planwerk/ontology#Plan> } ORDER BY ?plan"
    by_get = client.get("/sparql", params={"query": query}).content
    by_form = client.post("/sparql", data={"query": query}).content
    by_text = client.post(
        "/sparql", content=query, headers={"Content-Type": "application/sparql-query"}
    ).content
    assert json.loads(by_get) == json.loads(by_form) == json.loads(by_text)
