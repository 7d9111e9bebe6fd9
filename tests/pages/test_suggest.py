"""Suggestions while a name is typed, and what a typed name means in the graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.inventory.search import Indexed, find_near, forgiven

PERSON = {"Accept": "text/html"}
DATA = {"Accept": "application/json"}


def suggested(client: httpx.Client, typed: str, **more: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/suggest", params={"q": typed, **more})
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["suggestions"]
    return found


def indexed(name: str) -> Indexed:
    return Indexed(node=name, kind="Plan", name=name, words=tuple(name.split()), more=())


@pytest.fixture
def graph_page(client: httpx.Client) -> Callable[..., httpx.Response]:
    def ask(**asked: str) -> httpx.Response:
        return client.get("/graph", params=asked, headers=PERSON)

    return ask


@pytest.mark.parametrize("typed", ["Spielplatzkonz", "SPIELPLATZKONZEPT", "gesamtstaedtisches spielplatz"])
def test_a_suggestion_names_kind_and_lead_and_where_its_page_is(client: httpx.Client, typed: str) -> None:
    assert suggested(client, typed)[0] == {
        "id": "p-spk",
        "name": "Gesamtstädtisches Spielplatzkonzept",
        "kind": "Planwerk",
        "lead": "FB 36 Umwelt",
        "page": "/plans/p-spk",
    }


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Dritter Sozialentwicklungsplan", "plan"),
        ("Spielplatz in fußläufiger", "goal"),
        ("Ältere Menschen", "target group"),
        ("FB 56", "department"),
        ("Wohnungstausch", "measure"),
        ("Caritas", "partner"),
    ],
)
def test_plans_goals_groups_departments_measures_and_partners_are_suggested(
    client: httpx.Client, typed: str, kind: str
) -> None:
    assert suggested(client, typed, lang="en")[0]["kind"].lower() == kind


def test_a_goal_is_suggested_with_the_plan_that_pursues_it(client: httpx.Client) -> None:
    (goal,) = suggested(client, "Spielplatz in fußläufiger")
    assert goal["lead"] == "Gesamtstädtisches Spielplatzkonzept"


@pytest.mark.parametrize(
    "typed", ["Spielplatzkonzpt", "Spielpaltzkonzept", "Spielplatzkonnzept", "Spielplatskonsept"]
)
def test_typing_errors_are_forgiven_where_nothing_is_spelt_so(client: httpx.Client, typed: str) -> None:
    assert [one["id"] for one in suggested(client, typed)] == ["p-spk"]


def test_no_more_are_suggested_than_asked_for(client: httpx.Client) -> None:
    assert len(suggested(client, "k", limit=3)) == 3
    assert suggested(client, "") == []
    assert suggested(client, "xyzzyq") == []


@pytest.mark.parametrize("asked", ["q=a&limit=0", "q=a&limit=21", "q=" + "a" * 201])
def test_a_limit_or_query_out_of_bounds_is_refused(client: httpx.Client, asked: str) -> None:
    answer = client.get(f"/api/suggest?{asked}")
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"].startswith("application/problem+json")


@given(st.text(alphabet="bcdfgh", min_size=8, max_size=14), st.integers(min_value=0), st.sampled_from("xyz"))
def test_one_wrong_letter_in_a_long_word_is_always_forgiven(word: str, place: int, letter: str) -> None:
    at = place % len(word)
    typed = word[:at] + letter + word[at + 1 :]
    assert find_near([indexed(word)], typed) == [word]


@given(st.text(alphabet="abc", min_size=1, max_size=3), st.text(alphabet="xyz", min_size=1, max_size=3))
def test_short_words_forgive_nothing(word: str, typed: str) -> None:
    assert forgiven(typed) == 0
    assert find_near([indexed(word)], typed) == []


def test_the_search_says_when_only_similar_spellings_were_found(client: httpx.Client) -> None:
    page = client.get("/search?q=Spielplatzkonzpt", headers=PERSON).text
    assert "So geschrieben kommt „Spielplatzkonzpt“ in keinem Namen vor" in page
    assert "So geschrieben" not in client.get("/search?q=Spielplatzkonzept", headers=PERSON).text
    assert client.get("/search?q=Spielplatzkonzpt&format=json").json()["only_similar"]


def test_two_names_lead_to_the_address_with_their_ids(graph_page: Callable[..., httpx.Response]) -> None:
    answer = graph_page(
        focus="gesamtstaedtisches spielplatzkonzept", to="vierter kinder und jugendförderplan"
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/graph?focus=p-spk&to=p-kjfp4"


def test_a_name_that_fits_several_things_is_asked_and_the_other_end_kept(
    graph_page: Callable[..., httpx.Response],
) -> None:
    answer = graph_page(focus="Jugendförderplan", to="p-spk", as_of="2026-01-01")
    assert answer.status_code == 300
    assert "Was ist gemeint?" in answer.text
    for plan in ("p-kjfp3", "p-kjfp4"):
        assert f"/graph?to=p-spk&amp;as_of=2026-01-01&amp;focus={plan}" in answer.text or (
            f"focus={plan}" in answer.text and "to=p-spk" in answer.text
        )


def test_a_name_with_a_typing_error_is_asked_and_never_guessed(
    client: httpx.Client, graph_page: Callable[..., httpx.Response]
) -> None:
    assert graph_page(focus="Spielplatzkonzpt").status_code == 300
    document = client.get("/graph?focus=Spielplatzkonzpt", headers=DATA).json()
    assert [choice["id"] for choice in document["choices"]] == ["p-spk"]


def test_an_id_is_taken_as_it_is_and_an_unknown_name_is_not_found(
    graph_page: Callable[..., httpx.Response],
) -> None:
    assert graph_page(focus="p-spk").status_code == 200
    assert graph_page(focus="xyzzyq").status_code == 404


def test_the_page_of_a_thing_asks_for_the_other_end(client: httpx.Client) -> None:
    page = client.get("/plans/p-spk", headers=PERSON).text
    form = page.partition('action="/graph"')[2].partition("</form>")[0]
    assert 'name="focus" value="p-spk"' in form
    assert 'name="to"' in form
