"""Similar plans as a suggestion: only what tells is shown, and nothing where nothing tells."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.cli import main
from api.workspace import Workspace
from graph.findings.related.related_suggestions import Suggestion, suggestions
from graph.findings.related.text import names, planning_words

DAY = date(2026, 1, 1)
Tables = Callable[..., Path]
PLANS = (
    "id,title_de,kind,lead_department,status,valid_from,valid_to,adopted_on,legal_basis,topics,areas,summary_de,"
    "source_url,source_date,series,participating,decision,adopted_by,target_groups,source_id,note"
)
TOPICS = "id,title_de\nt-a,Alter\nt-b,Bildung"
RELATIONS = "id,subject,predicate,object,modality,since,source_url,source_date,source_id,note"


def plan(name: str, title: str = "", summary: str = "", topics: str = "", status: str = "gültig") -> str:
    cells = {
        "id": name, "title_de": title or name, "status": status, "summary_de": summary, "topics": topics,
        "source_id": "s1", "source_date": "2025-03-01",
    }  # fmt: skip
    return ",".join(cells.get(column, "") for column in PLANS.split(","))


def others(count: int) -> list[str]:
    """Return plans about matters of their own."""
    words = (
        "Brücken",
        "Friedhöfe",
        "Märkte",
        "Wälder",
        "Bäder",
        "Museen",
        "Kanäle",
        "Tiere",
        "Archive",
        "Theater",
    )
    return [plan(f"x{n}", f"Plan {words[n]}", f"Die Stadt betrachtet {words[n]}.") for n in range(count)]


@pytest.fixture
def city(workspace: Workspace, tables: Tables) -> Callable[..., Workspace]:
    """Return a function that imports plans and relations, among ten plans about other matters."""

    def taken_in(*plans: str, relations: str = RELATIONS) -> Workspace:
        rows = "\n".join([PLANS, *plans, *others(10)])
        workspace.import_folder(tables(plans=rows, topics=TOPICS, relations=relations))
        return workspace

    return taken_in


def similar(workspace: Workspace, local: str, day: date = DAY) -> dict[str, Suggestion]:
    network = workspace.network()
    found = suggestions(workspace.grounds(), network.ids[local], day)
    return {network.id(entry.plan): entry for entry in found}


def test_a_similar_plan_names_the_shared_concept_with_how_many_plans_have_it(
    city: Callable[..., Workspace],
) -> None:
    found = similar(
        city(plan("a", summary="Hilfe zu Hause", topics="t-a"), plan("b", summary="Hilfe", topics="t-a")), "a"
    )
    (shared,) = found["b"].shared
    assert (shared.label, shared.count, shared.of) == ("Alter", 2, 12)


def test_the_words_that_both_plans_say_are_named_as_they_are_written(city: Callable[..., Workspace]) -> None:
    found = similar(
        city(
            plan("a", "Schulwege", "Sichere Schulwege und Radwege"),
            plan("b", "Radwege", "Schulwege für alle"),
        ),
        "a",
    )
    assert {(w.word, w.count, w.of) for w in found["b"].words} == {("Schulwege", 2, 12), ("Radwege", 2, 12)}


def test_words_of_planning_itself_tell_nothing(city: Callable[..., Workspace]) -> None:
    found = similar(
        city(
            plan("a", "Konzept", "Fortschreibung im Herbst"), plan("b", "Konzept", "Fortschreibung im Herbst")
        ),
        "a",
    )
    assert found == {}


def test_one_shared_word_is_too_little(city: Callable[..., Workspace]) -> None:
    assert similar(city(plan("a", "Schulwege"), plan("b", "Schulwege")), "a") == {}


def test_what_a_third_of_the_plans_have_tells_nothing(city: Callable[..., Workspace]) -> None:
    many = [plan(f"m{n}", summary=f"Schulwege {n}", topics="t-a") for n in range(8)]
    assert similar(city(*many), "m0") == {}


@pytest.mark.parametrize("predicate", ["ersetzt", "ist_Teil_von"])
def test_predecessors_and_parts_are_left_out(city: Callable[..., Workspace], predicate: str) -> None:
    relations = f"{RELATIONS}\nr1,a,{predicate},b,Tatsache,,,2025-03-01,s1,"
    plans = plan("a", summary="Hilfe", topics="t-a"), plan("b", summary="Hilfe", topics="t-a")
    assert similar(city(*plans, relations=relations), "a") == {}


def test_a_plan_that_has_ended_is_left_out(city: Callable[..., Workspace]) -> None:
    plans = (
        plan("a", summary="Hilfe", topics="t-a"),
        plan("b", summary="Hilfe", topics="t-a", status="ausgelaufen"),
    )
    assert similar(city(*plans), "a") == {}


def test_a_name_is_a_word_that_most_texts_write_with_a_capital() -> None:
    assert names(["Stärken der Quartiere", "die Quartiere stärken", "will stärken"], "de") == {
        "quarti": "Quartiere"
    }


def test_english_words_are_names_however_they_are_written() -> None:
    assert names(["safe routes", "safe routes", "Safe routes to the school"], "en") == {
        "safe": "safe", "route": "routes", "school": "school"
    }  # fmt: skip


def test_the_lists_of_planning_words_hold_stems_that_texts_can_say() -> None:
    assert {"konzept", "fortschreibung"} <= planning_words("de")
    assert {"plan", "objective"} <= planning_words("en")


def test_aachens_equality_plan_finds_that_of_the_region(aachen: Workspace) -> None:
    first = next(iter(similar(aachen, "p-glp24").items()))
    assert first[0] == "p-glpsr"
    rarest = first[1].shared[0]
    assert (rarest.label, rarest.count, rarest.of) == (
        "Beschäftigte der Stadtverwaltung",
        2,
        99,
    )


def test_most_of_aachens_plans_find_a_similar_one_and_some_find_none(aachen: Workspace) -> None:
    plans = map(aachen.network().id, aachen.network().of_type("Plan"))
    assert sum(not similar(aachen, local) for local in plans) == 10


@pytest.fixture
def json_of(client: httpx.Client) -> Callable[[str], Any]:
    return lambda path: client.get(path, headers={"Accept": "application/json"}).json()


def test_the_page_of_a_plan_shows_them_as_a_suggestion(
    client: httpx.Client, json_of: Callable[[str], Any]
) -> None:
    found = json_of("/plans/p-bev?as_of=2026-01-01")["similar"]
    assert [entry["id"] for entry in found["plans"]] == ["p-forst-isek", "p-haaren", "p-preus"]
    assert "kein Hinweis" in found["note"]["de"]
    page = client.get("/plans/p-bev?as_of=2026-01-01", headers={"Accept": "text/html"}).text
    assert "3 Planwerke ansehen" in page
    assert "Städtebauförderung" in page


def test_where_nothing_tells_the_page_says_so(client: httpx.Client, json_of: Callable[[str], Any]) -> None:
    found = json_of("/plans/p-bsb25?as_of=2026-01-01")["similar"]
    assert (found["plans"], found["nothing"]["en"][:24]) == ([], "None of the nearest plan")
    assert (
        found["nothing"]["de"]
        in client.get("/plans/p-bsb25?as_of=2026-01-01", headers={"Accept": "text/html"}).text
    )


def test_other_things_have_no_similar_plans(json_of: Callable[[str], Any]) -> None:
    assert json_of("/departments/dep-fb56")["similar"] is None


@pytest.fixture
def planwerk(
    aachen: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.setenv("PLANWERK_STORE", aachen.settings.store)

    def run(*words: str) -> tuple[int, str, str]:
        status = main([*words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_the_command_line_gives_the_same(planwerk: Any, json_of: Callable[[str], Any]) -> None:
    status, out, _ = planwerk("related", "p-bev", "--as-of", "2026-01-01", "--format", "json")
    found = json.loads(out)
    assert (status, found["plan"], found["as_of"]) == (0, "p-bev", "2026-01-01")
    assert found["plans"] == json_of("/plans/p-bev?as_of=2026-01-01")["similar"]["plans"]


def test_the_command_line_shows_as_many_as_asked_for(planwerk: Any) -> None:
    assert planwerk("related", "p-bev", "--as-of", "2026-01-01", "--top", "1", "--format", "csv")[
        1
    ].splitlines() == [
        "plan,shared,words",
        "p-forst-isek,t-quartier,Städtebauförderung; Stadtentwicklungskonzept",
    ]


def test_the_command_line_refuses_what_is_no_plan(planwerk: Any) -> None:
    assert planwerk("related", "dep-fb56")[0] == 1
    assert "ist kein Planwerk" in planwerk("related", "dep-fb56")[2]
    assert "ist nicht erfasst" in planwerk("related", "p-gibtsnicht")[2]
