"""What the editor of queries completes: terms, codes, prefixes, words, and things by their names."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.pages.asking.completion import prefixes, written
from api.pages.asking.query_words import FUNCTIONS, KEYWORDS
from ontology.vocabulary import load_vocabulary

BASE = "https://w3id.org/planwerk/id/"


@pytest.fixture(scope="module")
def told(client: httpx.Client) -> dict[str, Any]:
    """What the route tells in German."""
    found: dict[str, Any] = client.get("/api/completion", params={"lang": "de"}).json()
    return found


def term(told: dict[str, Any], short: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = [entry for entry in told["terms"] if entry["short"] == short]
    (entry,) = found
    return entry


def test_a_property_comes_with_its_names_and_what_it_means(told: dict[str, Any]) -> None:
    assert term(told, "pw:pursues") == {
        "kind": "property",
        "short": "pw:pursues",
        "local": "pursues",
        "iri": "https://w3id.org/planwerk/ontology#pursues",
        "label": {"de": "verfolgt", "en": "pursues"},
        "definition": "Das Planwerk will dieses Ziel erreichen.",
    }


def test_a_code_comes_by_its_list_and_with_what_tables_write(told: dict[str, Any]) -> None:
    fact = term(told, "modality:fact")
    assert (fact["kind"], fact["notation"], fact["iri"]) == (
        "code",
        load_vocabulary().concepts["https://w3id.org/planwerk/scheme/modality#fact"].notation,
        "https://w3id.org/planwerk/scheme/modality#fact",
    )


def test_every_term_of_the_vocabulary_is_offered_once_and_by_a_prefix_that_is_told(
    told: dict[str, Any],
) -> None:
    known = load_vocabulary()
    assert sorted(entry["iri"] for entry in told["terms"]) == sorted(
        [*known.classes, *known.properties, *known.concepts]
    )
    for entry in told["terms"]:
        prefix, _, local = entry["short"].partition(":")
        assert told["prefixes"][prefix] + local == entry["iri"]


def test_prefixes_lead_to_vocabularies_to_lists_and_to_the_things_of_the_store(told: dict[str, Any]) -> None:
    assert told["prefixes"]["pw"] == "https://w3id.org/planwerk/ontology#"
    assert told["prefixes"]["plan-status"] == "https://w3id.org/planwerk/scheme/plan-status#"
    assert told["prefixes"]["id"] == BASE
    assert prefixes("https://example.org/")["id"] == "https://example.org/"


def test_words_of_sparql_are_explained_in_the_language_of_the_page(client: httpx.Client) -> None:
    for lang in ("de", "en"):
        words = client.get("/api/completion", params={"lang": lang}).json()["keywords"]
        assert {one["word"]: one["info"] for one in words} == {
            word: text[lang] for word, text in {**KEYWORDS, **FUNCTIONS}.items()
        }


def test_the_vocabulary_is_sent_once(client: httpx.Client) -> None:
    first = client.get("/api/completion")
    again = client.get("/api/completion", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "typed", ["sozialentwicklungsplan aachen", "Sozialentwicklungsplän", "sozialentwiklungsplan"]
)
def test_things_are_found_by_their_names_however_umlauts_are_written(
    client: httpx.Client, typed: str
) -> None:
    found = client.get("/api/completion/things", params={"q": typed, "lang": "de"}).json()["things"]
    assert {"id:p-sep1", "id:p-sep2", "id:p-sep3"} & {one["short"] for one in found}
    assert all(one["name"] and one["kind"] for one in found)


def test_things_are_written_as_a_query_takes_them(client: httpx.Client) -> None:
    found = client.get("/api/completion/things", params={"q": "sport"}).json()["things"]
    names = " ".join(one["short"] for one in found)
    query = f"PREFIX id: <{BASE}> SELECT (COUNT(*) AS ?n) {{ VALUES ?thing {{ {names} }} FILTER EXISTS {{ ?thing ?p ?o }} }}"
    (row,) = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert int(row["n"]["value"]) == len(found) == 6


@pytest.mark.parametrize("local", ["source/seed", "a.", ".a", "a b", "a'b", "", "step/1"])
def test_an_id_that_a_prefix_cannot_carry_is_written_out(local: str) -> None:
    assert written(BASE + local, BASE) == f"<{BASE}{local}>"


def test_a_word_that_is_too_long_is_refused(client: httpx.Client) -> None:
    assert client.get("/api/completion/things", params={"q": "x" * 201}).status_code == 400
