"""What the editor understands of a half-written query, asked of its own scripts in node: places, hints, suggestions."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import api
from api.pages.asking.completion import _body
from api.pages.inventory.search import fold
from api.wording.sparql_texts import SPOKEN

FOLDER = Path(api.__file__).parent / "editor"
BASE = "https://w3id.org/planwerk/id/"
PLACES = {
    "": "prologue",
    "PREFIX pw: <urn:a> ": "prologue",
    "SELECT ?x ": "head",
    "SELECT (COUNT(": "expression",
    "SELECT * { ": "subject",
    "SELECT * { ?x ": "predicate",
    "SELECT * { ?x a ": "object",
    "SELECT * { ?x a ?y ; ": "predicate",
    "SELECT * { ?x a ?y , ": "object",
    "SELECT * { ?x a ?y . ": "subject",
    "SELECT * { ?x a/": "predicate",
    "SELECT * { ?x pw:a [ ": "predicate",
    "SELECT * { ?x pw:a [ pw:b ?c ] ; ": "predicate",
    "SELECT * { ?x a ?y . FILTER(": "expression",
    "SELECT * { ?x a ?y . FILTER(?x = ?y) ": "subject",
    "SELECT * { ?x a ?y FILTER NOT EXISTS { ?x ": "predicate",
    "SELECT * { OPTIONAL { ?x ?p ?o } ?z ": "predicate",
    'SELECT * { ?x rdfs:label "a } b"@de . # } \n ?y ': "predicate",
    "SELECT * { GRAPH ?g { ?x ?p ": "object",
    "SELECT * { ?x ?p ?o } ORDER BY ": "head",
    "SELECT * { { SELECT ?x { ?x a ?y } GROUP BY ?x } ?x ": "predicate",
    "} ) ] ": "prologue",
}
HINTS = {
    "SELECT * { ?x skos:a ?y }": ["undeclared"],
    "PREFIX skos: <urn:a> SELECT * { ?x skos:a ?y }": [],
    "SELECT * { ?x xy:a ?y ; xy:b ?z }": ["unknown_prefix"],
    "SELECT * { _:b ?p ?o . ?o ?q <urn:x:y> }": [],
    "SELECT * { ?x ?p (1 2 }": ["closes_nothing"],
    "SELECT * { ?x ?p ?o": ["not_closed"],
    "SELECT * { ?x ?p '}' }": [],
    "SELECT * { ?x ?p ?o FILTER NOT EXISTS { ?x ?q ?z } }": ["not_exists"],
    "SELECT * { ?x ?p ?o MINUS { ?x ?q ?z } }": [],
    "SELECT * { ?x ?p ?o . ?y ?q ?z }": ["product"],
    "SELECT * { ?x ?p ?o . ?y ?q ?z } LIMIT 5": [],
    "SELECT * { ?x ?p ?o . ?y ?q ?z . ?z ?r ?x }": [],
    "SELECT * { ?x ?p ?o . ?y ": ["not_closed"],
    "SELECT * { ?x ?p ?o . { SELECT ?y { ?y ?q ?z } } }": [],
}
SUGGESTED = {
    ("SELECT * { ?x ", "verfolgt"): "pw:pursues",
    ("SELECT * { ?x ", "pw:verf"): "pw:pursues",
    ("SELECT * { ?x ", "zielgr"): "pw:targetGroup",
    ("SELECT * { ?x ", "themen"): "pw:topic",
    ("SELECT * { ?x a ", "planw"): "pw:Plan",
    ("SELECT * { ?x a ", "massnahm"): "pw:Measure",
    ("SELECT * { ?x a ", "zzz"): None,
    ("SELECT * { ?x pw:modality ", "modality:fa"): "modality:fact",
    ("SELECT * { ?ort ?p ?o . ", "?or"): "?ort",
    ("SELECT * { ?ort ?p ?o . FILTER(", "contai"): "CONTAINS",
    ("", "sele"): "SELECT",
}
ASKED = """
import {readFileSync} from "node:fs";
const [words, hints, completion] = await Promise.all(["words", "hints", "completion"].map(name => import(`${process.argv[1]}/${name}.js`)));
const {places, queries, texts, told, typed, folded} = JSON.parse(readFileSync(0, "utf-8"));
const known = completion.prepared(told);
console.log(JSON.stringify({
  places: places.map(text => words.position(words.tokens(text)).place),
  hints: queries.map(text => hints.hints(text, texts, known.prefixes).map(hint => hint.sentence)),
  suggested: typed.map(([before, word]) => completion.candidates(known, words.tokens(before), word)[0]?.short ?? null),
  folded: folded.map(words.fold),
}));
"""
FOLDED = ["Straße", "ÄLTERE Menschen", "Crème", "Bäder und Öffnung", "Aachen", "ﬁn"]


@pytest.fixture(scope="module")
def understood() -> dict[str, Any]:
    """What the scripts make of all cases, asked once."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here: it comes with npm, without which no editor is made")
    asked = {
        "places": list(PLACES),
        "queries": list(HINTS),
        "texts": {key: key for key in SPOKEN},
        "told": json.loads(_body("de", BASE)),
        "typed": list(SUGGESTED),
        "folded": FOLDED,
    }
    command = [node, "--no-warnings", "--input-type=module", "--eval", ASKED, str(FOLDER)]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_editor_knows_what_may_stand_at_a_place(understood: dict[str, Any]) -> None:
    assert dict(zip(PLACES, understood["places"], strict=True)) == PLACES


def test_hints_say_what_is_missing_and_what_is_slow_and_nothing_else(understood: dict[str, Any]) -> None:
    assert dict(zip(HINTS, understood["hints"], strict=True)) == HINTS


def test_the_best_suggestion_fits_the_place_and_the_german_name(understood: dict[str, Any]) -> None:
    assert dict(zip(SUGGESTED, understood["suggested"], strict=True)) == SUGGESTED


def test_the_editor_folds_names_as_the_search_does(understood: dict[str, Any]) -> None:
    assert understood["folded"] == [fold(text) for text in FOLDED]
