"""The vocabulary and the things of the data for programs: RDF by Accept, JSON-LD with our context, examples of terms."""

from __future__ import annotations

import re

import httpx
import pyoxigraph as ox
import pytest

from api.protocol.jsonld import context
from ontology.questions import load_questions
from ontology.terms import PW
from ontology.vocabulary import load_vocabulary, ontology_files

BASE = "https://w3id.org/planwerk/id/"
PERSON = {"Accept": "text/html,*/*;q=0.8"}
CANONICAL = ox.CanonicalizationAlgorithm.RDFC_1_0


def dataset(body: bytes, form: ox.RdfFormat) -> ox.Dataset:
    triples = ox.Dataset(ox.Quad(*quad.triple) for quad in ox.parse(body, format=form))
    triples.canonicalize(CANONICAL)
    return triples


def shipped() -> ox.Dataset:
    triples = ox.Dataset(
        ox.Quad(*quad.triple)
        for path in ontology_files()
        for quad in ox.parse(path=path, rename_blank_nodes=True)
    )
    triples.canonicalize(CANONICAL)
    return triples


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"]
)
def test_the_address_of_the_vocabulary_gives_it_whole_in_every_form(client: httpx.Client, media: str) -> None:
    answer = client.get("/ontology", headers={"Accept": media})
    assert answer.headers["content-type"].startswith(media)
    form = ox.RdfFormat.from_media_type(media)
    assert dataset(answer.content, form) == shipped()


def test_every_term_has_an_anchor_its_definition_and_its_questions(client: httpx.Client) -> None:
    page = client.get("/ontology?lang=de", headers=PERSON).text
    for term in load_vocabulary().classes.values():
        assert term.definition.de.split("“")[0][:40].replace("&", "&amp;") in page
        for name in load_questions().keys() & set(term.answers):
            assert f'href="/questions/{name}"' in page
    assert 'id="leadUnit"' in page


def test_every_example_is_said_in_the_data(client: httpx.Client) -> None:
    view = client.get("/ontology?format=json").json()
    lead = view["examples"][PW.leadUnit]
    assert lead["thing"]["address"].startswith("/plans/")
    plan = client.get(lead["thing"]["address"], headers={"Accept": "application/n-triples"}).text
    unit = lead["value"]["address"].rpartition("/")[2]
    assert f"<{PW.leadUnit}> <{BASE}{unit}>" in plan
    used = {row["p"]["value"] for row in client.get(
        "/sparql", params={"query": "SELECT DISTINCT ?p WHERE { ?s ?p ?o }"}
    ).json()["results"]["bindings"]}  # fmt: skip
    properties = load_vocabulary().properties
    assert {term for term in view["examples"] if term in properties} == used & properties.keys() - {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    }


@pytest.mark.parametrize(
    "path", ["/plans/p-sep3", "/goals/g006", "/sources/seed", "/things/r001", "/departments/dep-fb56"]
)
def test_a_thing_in_json_ld_says_what_it_says_in_turtle(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "application/ld+json"})
    document = answer.json()
    home = document["@context"]
    assert home == f"{client.base_url}".rstrip("/") + "/context.jsonld"
    given = client.get(home)
    assert given.headers["content-type"] == "application/ld+json"
    inline = httpx.Response(200, json={**document, "@context": given.json()["@context"]}).content
    turtle = client.get(path, headers={"Accept": "text/turtle"}).content
    assert dataset(inline, ox.RdfFormat.JSON_LD) == dataset(turtle, ox.RdfFormat.TURTLE)


def test_the_keys_of_a_thing_are_words_of_the_vocabulary(client: httpx.Client) -> None:
    document = client.get("/plans/p-sep3?format=jsonld").json()
    assert document["@type"] == "Plan"
    assert document["leadUnit"] == f"{BASE}dep-fb56"
    assert not [key for key in document if ":" in key]


def test_no_two_terms_share_a_key_of_the_context() -> None:
    entries = context()["@context"]
    meant = [entry["@id"] if isinstance(entry, dict) else entry for entry in entries.values() if entry != 1.1]
    assert len(meant) == len(set(meant))
    assert entries["Plan"] == PW.Plan


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        ("text/html", "/plans/p-sep3"),
        ("text/turtle", "/plans/p-sep3?format=ttl"),
        ("application/ld+json", "/plans/p-sep3?format=jsonld"),
        ("application/rdf+xml;q=0.9, text/html;q=0.1", "/plans/p-sep3?format=rdf"),
        ("*/*", "/plans/p-sep3"),
    ],
)
def test_the_iri_of_a_thing_leads_to_the_form_that_is_asked_for(
    client: httpx.Client, accept: str, place: str
) -> None:
    answer = client.get("/id/p-sep3", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, place)
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize("path", ["/plans/p-sep3", "/things/r001", "/ontology"])
def test_a_page_names_the_other_forms_that_it_has(client: httpx.Client, path: str) -> None:
    page = client.get(path, headers=PERSON)
    forms = re.findall(r'<(\?format=\w+)>; rel="alternate"; type="([^"]+)"', page.headers["link"])
    assert {media for _, media in forms} >= {"text/turtle", "application/ld+json", "application/json"}
    for address, media in forms:
        assert client.get(path + address).headers["content-type"].startswith(media)
