"""Goals like a text: a suggestion with the words in common, and a warning where one may want the opposite."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.cli import main
from api.workspace import Workspace
from graph.errors import BadRequest
from graph.findings.related.similar_goals import SimilarGoal, checked_text, read_goals, similar_goals
from graph.findings.related.text import direction
from graph.findings.rules import chain
from graph.network.build import build_network
from graph.statement import Statement
from ontology.terms import PW, RDF, SKOS

BASE = "https://w3id.org/planwerk/id/"
SOURCE = BASE + "source/s1"
OTHERS = (
    "Die Brücken erneuern",
    "Märkte für das Viertel",
    "Wälder und Wiesen für alle",
    "Die Bäder modernisieren",
)


def like(text: str, *goals: str) -> list[tuple[str, tuple[str, ...], bool]]:
    """Return what is found among the goals and four on other matters: label, words in common, opposite or not."""
    said = []
    for number, label in enumerate((*goals, *OTHERS)):
        node = f"{BASE}g-{number}"
        said.append(Statement(node, RDF.type, PW.Goal, SOURCE))
        said.append(Statement(node, SKOS.prefLabel, label, SOURCE, lang="de"))
    network = build_network(said, BASE)
    return [(network.label(f.goal), f.words, f.is_opposite) for f in similar_goals(read_goals(network), text)]


def test_the_same_words_are_found_in_other_forms() -> None:
    assert like("Parkplätze am Bahnhof", "Der Parkplatz bleibt") == [
        ("Der Parkplatz bleibt", ("Parkplatz",), False)
    ]


@pytest.mark.parametrize(
    ("entered", "recorded", "opposite"),
    [
        ("Parkplätze erhöhen", "Parkplätze verringern", True),
        ("Ausbau der Parkplätze", "Abbau der Parkplätze", True),
        ("weniger Parkplätze", "Mehr Parkplätze", True),
        ("Parkplätze reduzieren", "Parkplätze verringern", False),
        ("Parkplätze", "Parkplätze verringern", False),
    ],
)
def test_the_opposite_direction_is_flagged_and_left_to_a_person(
    entered: str, recorded: str, opposite: bool
) -> None:
    assert like(entered, recorded) == [(recorded, ("Parkplätze",), opposite)]


def test_words_that_want_both_directions_want_none() -> None:
    assert direction("Radverkehr ausbauen und Autoverkehr verringern", "de") == 0
    assert direction("increase cycling", "en") == 1
    assert direction("reduce traffic", "en") == -1


def test_a_compound_finds_the_words_it_is_made_of() -> None:
    found = like("Kinderarmut bekämpfen", "Armut vorbeugen", "Armut sehen", "Kinder stärken", "Kinder hören")
    assert {words for _, words, _ in found} == {("Kinder",), ("Armut",)}


def test_at_most_three_are_suggested_the_nearest_first() -> None:
    others = [f"Vorhaben {letter * 4}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ"]
    found = like(
        "Parkplätze",
        "Parkplätze und Bäume",
        "Parkplätze",
        "Parkplätze, Bäume, Bänke",
        "Parkplätze hier",
        *others,
    )
    assert [label for label, _, _ in found] == ["Parkplätze", "Parkplätze hier", "Parkplätze und Bäume"]


def test_a_verb_or_a_word_of_planning_alone_is_no_ground() -> None:
    assert like("Ziele verringern", "Ziele formulieren", "Lärm verringern") == []


def test_nothing_is_found_for_nothing_and_among_nothing() -> None:
    assert like("", "Parkplätze") == []
    assert like("xyz", "Parkplätze") == []
    assert similar_goals(read_goals(build_network([], BASE)), "Parkplätze") == ()


def test_a_text_that_is_no_goal_is_refused() -> None:
    assert checked_text("  Wohnen ") == "Wohnen"
    with pytest.raises(BadRequest, match="501 Zeichen"):
        checked_text("x" * 501)


def found_in(aachen: Workspace, text: str) -> tuple[SimilarGoal, ...]:
    return similar_goals(aachen.goal_words(), text)


def test_aachen_has_goals_on_affordable_homes_and_on_cycling(aachen: Workspace) -> None:
    network = aachen.network()
    homes = found_in(aachen, "bezahlbaren Wohnraum schaffen")
    assert [network.id(plan) for goal in homes for plan in goal.plans] == ["p-hkw22", "p-int18", "p-hkw22"]
    (cycling,) = found_in(aachen, "Radverkehrsanteil senken")
    assert (network.label(cycling.goal), cycling.is_opposite) == (
        "Fuß- und Radverkehr konsequent ausbauen",
        True,
    )


@pytest.fixture
def json_of(client: httpx.Client) -> Callable[[str], Any]:
    return lambda path: client.get(path, headers={"Accept": "application/json"}).json()


def test_the_page_shows_the_form_and_what_was_found(
    client: httpx.Client, json_of: Callable[[str], Any]
) -> None:
    assert 'name="text"' in client.get("/goals/similar", headers={"Accept": "text/html"}).text
    path = "/goals/similar?text=Radverkehrsanteil+senken"
    document = json_of(path)
    assert [(g["label"], g["opposite"], g["words"]) for g in document["goals"]] == [
        ("Fuß- und Radverkehr konsequent ausbauen", True, ["Radverkehr"])
    ]
    assert "kein Hinweis beruht darauf" in document["note"]["de"]
    assert "Richtung möglicherweise entgegengesetzt" in client.get(path, headers={"Accept": "text/html"}).text


def test_a_goal_still_has_its_own_page(json_of: Callable[[str], Any], aachen: Workspace) -> None:
    goal = aachen.network().id(aachen.network().of_type("Goal")[0])
    assert json_of(f"/goals/{goal}")["thing"]["id"] == goal


def test_a_text_that_is_too_long_is_refused_by_the_page(client: httpx.Client) -> None:
    answer = client.get("/goals/similar", params={"text": "x" * 501}, headers={"Accept": "application/json"})
    assert (answer.status_code, "501" in answer.text) == (400, True)


def test_the_command_line_suggests_them_too(
    aachen: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANWERK_STORE", aachen.settings.store)
    assert main(["similar-goals", "Radverkehrsanteil senken", "--format", "json"]) == 0
    assert [goal["opposite"] for goal in json.loads(capsys.readouterr().out)["goals"]] == [True]
    assert main(["similar-goals", "Radverkehrsanteil senken"]) == 0
    assert "Richtung möglicherweise" in capsys.readouterr().out
    assert main(["similar-goals", "bezahlbarer Wohnraum", "--top", "1", "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_no_rule_reads_similar_goals() -> None:
    rules = sorted(Path(chain.__file__).parent.glob("*.py"))
    assert len(rules) > 10
    assert all("similar_goals" not in path.read_text("utf-8") for path in rules)
