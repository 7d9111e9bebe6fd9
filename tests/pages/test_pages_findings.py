"""The pages over many findings say of Aachen exactly what the rules found, in both languages and forms."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.pages.finding.advice import MOST_SHARED, OPTIONS
from api.settings import read_settings
from api.taking_in.texts import IMPORT_TEXTS
from api.web.shield import HEADERS
from api.wording import texts
from api.wording.texts import TEXTS
from api.workspace import Workspace
from graph.findings.rules.registry import BY_ID

DATA = Path(__file__).parents[2] / "data"
DAY = "as_of=2026-01-01"
PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PROGRAM = {"Accept": "application/json"}
PATHS = (
    f"/duties?{DAY}",
    f"/duties?{DAY}&delegation=off",
    f"/matrix?{DAY}",
    f"/matrix?{DAY}&topic=t-familie&group=tg-kinder",
    f"/matrix?{DAY}&rows=plans",
    f"/matrix?{DAY}&rows=plans&sort=band&band=alle",
    f"/groups?{DAY}",
    f"/seats?{DAY}",
    f"/seats/t-jugend?{DAY}",
    f"/seats/t-digital?{DAY}",
    "/whatif",
    f"/whatif?dissolve=dep-fb37&{DAY}",
    f"/findings/changes?{DAY}",
)
Served = Callable[[Workspace], AbstractContextManager[str]]
Json = Callable[[str], Any]
Tables = Callable[..., Path]


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory, served: Served) -> Iterator[httpx.Client]:
    """A client of the pages with Aachen's tables and the duties."""
    store = tmp_path_factory.mktemp("duties") / "store"
    with Workspace(read_settings({}, store=str(store))) as workspace:
        workspace.import_folder(DATA / "aachen")
        workspace.import_folder(DATA / "duties-nrw")
        with served(workspace) as address, httpx.Client(base_url=address, timeout=60) as client:
            yield client


@pytest.fixture(autouse=True)
def forgetful(asking: httpx.Client) -> Iterator[None]:
    """Forget the language that a test asked for."""
    yield
    asking.cookies.clear()


@pytest.fixture
def json(asking: httpx.Client) -> Json:
    """Return a function that gives the data behind a page."""

    def get(path: str) -> Any:
        answer = asking.get(path, headers=PROGRAM)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return get


@pytest.fixture
def words(asking: httpx.Client) -> Callable[[str], str]:
    """Return a function that gives the words of a page, without its markup."""

    def get(path: str) -> str:
        answer = asking.get(path, headers=PERSON)
        assert answer.status_code == 200, answer.text
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))

    return get


def ids(entries: Any) -> list[str]:
    return [entry["id"] for entry in entries]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers_people_in_both_languages_under_the_policy(
    asking: httpx.Client, path: str, lang: str
) -> None:
    answer = asking.get(path, headers={**PERSON, "Cookie": f"lang={lang}"})
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in answer.text
    assert answer.text.count("<h1") == 1
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers_programs_with_its_day_and_its_state_of_the_store(json: Json, path: str) -> None:
    document = json(path)
    assert document["as_of"] == "2026-01-01" or DAY not in path
    assert len(document["snapshot"]) == 64
    assert json(f"{path}{'&' if '?' in path else '?'}format=json") == document


def test_every_address_is_in_the_openapi_document(asking: httpx.Client) -> None:
    paths = asking.get("/openapi.json").json()["paths"]
    assert {
        "/duties",
        "/matrix",
        "/groups",
        "/seats",
        "/seats/{id}",
        "/whatif",
        "/findings/changes",
    } <= set(paths)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/duties?delegation=vielleicht", 400, "on, off"),
        ("/duties?answer=nie", 400, "unknown"),
        ("/duties?body=stadt-koeln", 404, "stadt-aachen"),
        ("/matrix?rows=goals", 400, "topics, plans"),
        ("/matrix?rows=plans&sort=size", 400, "lead, title, band"),
        ("/matrix?rows=plans&band=riesig", 400, "alle"),
        ("/matrix?topic=t-jugent&group=tg-kinder", 404, "t-jugend"),
        ("/seats/t-jugent", 404, "t-jugend"),
        ("/seats/p-kjfp4", 404, "nicht erfasst"),
        ("/whatif?dissolve=dep-fb377", 404, "dep-fb37"),
        ("/whatif?dissolve=p-bsb25", 404, "nicht erfasst"),
        ("/whatif?merge=p-bsb25&into=p-kjfp", 404, "p-kjfp4"),
        ("/whatif?merge=p-bsb25", 400, "zwei Planwerke"),
        ("/whatif?merge=p-bsb25&into=p-bsb25", 400, "sich selbst"),
        ("/whatif?dissolve=dep-fb37&merge=p-bsb25&into=p-kjfp4", 400, "nur eines"),
        ("/findings/changes?since=0000", 404, "0000"),
        ("/groups?as_of=gestern", 400, "2026-01-31"),
    ],
)
def test_what_cannot_be_answered_says_what_is_wrong(
    asking: httpx.Client, path: str, status: int, said: str
) -> None:
    answer = asking.get(path, headers=PROGRAM)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert said in answer.json()["detail"]


def test_the_ladder_counts_musts_with_and_without_what_was_handed_over(json: Json) -> None:
    assert json(f"/duties?{DAY}&delegation=on")["counts"]["must"] == 20
    assert json(f"/duties?{DAY}&delegation=off")["counts"]["must"] == 24


def test_the_ladder_is_ordered_by_deadline_with_unknown_ones_last(json: Json) -> None:
    known = [step["due"]["date"] if step["due"] else None for step in json(f"/duties?{DAY}")["duties"]]
    dated = [day for day in known if day]
    assert dated == sorted(dated)
    assert known[: len(dated)] == dated
    assert len(dated) > 3


def test_the_ladder_says_that_it_is_no_legal_advice(words: Callable[[str], str]) -> None:
    assert "Planungsinformation, keine Rechtsberatung" in words(f"/duties?{DAY}")
    assert "Planning information, not legal advice" in words(f"/duties?{DAY}&lang=en")


def test_a_duty_shows_norm_version_check_answer_claim_and_coordination(words: Callable[[str], str]) -> None:
    said = words(f"/duties?{DAY}")
    at = said.index("Kommunaler Kinder- und Jugendförderplan muss")
    duty = said[at : said.index("Kommunaler Wärmeplan muss")]
    assert "KJFöG NRW (3. AG-KJHG) § 15 Abs. 4" in duty
    assert "Fassung ab 2006" in duty
    assert "geprüft" in duty
    assert "nicht bekannt" in duty
    assert "Vierter Kinder- und Jugendförderplan 2023–2026" in duty
    assert "behauptet" in duty
    assert "baut auf: Jugendhilfeplanung" in duty


def test_a_duty_that_was_handed_over_names_with_whom(json: Json, words: Callable[[str], str]) -> None:
    handed = [step for step in json(f"/duties?{DAY}")["duties"] if step["delegation"]]
    assert len(handed) == 4
    said = words(f"/duties?{DAY}")
    for step in handed:
        assert f"Übertragen an: {step['delegation']['to']['label']}" in said


def test_duties_are_filtered_by_answer(json: Json) -> None:
    every = json(f"/duties?{DAY}")["duties"]
    ours = json(f"/duties?{DAY}&answer=not-ours")["duties"]
    assert ids(ours) == [step["id"] for step in every if step["answer"]["code"] == "not-ours"]
    assert 0 < len(ours) < len(every)


def test_a_store_without_duties_says_how_to_import_them(client: httpx.Client) -> None:
    page = client.get("/duties", headers=PERSON)
    assert page.status_code == 200
    assert "planwerk import data/duties-nrw" in page.text
    document = client.get("/duties", headers=PROGRAM).json()
    assert (document["duties"], document["body"]) == ([], None)
    client.cookies.clear()


def test_the_matrix_of_topics_counts_plans_and_expects_by_the_shares(json: Json) -> None:
    document = json(f"/matrix?{DAY}&topic=t-familie&group=tg-kinder")
    cells = {(cell["topic"], cell["group"]): cell for cell in document["cells"]}
    assert len(cells) == len(document["topics"]) * len(document["groups"])
    cell = cells["t-familie", "tg-kinder"]
    assert ids(document["chosen"]["plans"]) == ["p-kim", "p-kita25", "p-pia", "p-praev", "p-spk"]
    assert (cell["found"], cell["expected"]) == (5, 1.11)


def test_the_group_that_covers_everybody_is_marked_and_stands_last(json: Json, asking: httpx.Client) -> None:
    groups = json(f"/matrix?{DAY}")["groups"]
    assert [group["id"] for group in groups if group["catch_all"]] == [groups[-1]["id"]]
    assert groups[-1]["label"] == "Gesamte Bevölkerung"
    text = asking.get(f"/matrix?{DAY}", headers=PERSON).text
    assert text.count('class="up everybody"') == 1


def test_empty_cells_are_neutral_and_the_page_says_why(
    json: Json, words: Callable[[str], str], asking: httpx.Client
) -> None:
    empty = sum(cell["found"] == 0 for cell in json(f"/matrix?{DAY}")["cells"])
    text = asking.get(f"/matrix?{DAY}", headers=PERSON).text
    assert text.count('<span class="zero">0</span>') == empty > 100
    assert "Ein leeres Feld ist deshalb kein Alarm." in words(f"/matrix?{DAY}")


def test_the_two_equality_plans_are_a_strong_pair_of_different_bearers(json: Json) -> None:
    pairs = {tuple(pair["plans"]): pair for pair in json(f"/matrix?{DAY}&rows=plans")["pairs"]}
    pair = pairs["p-glp24", "p-glpsr"]
    assert (pair["band"], pair["kind"]) == ("stark", "other-bearer")


def test_the_matrix_of_plans_holds_each_pair_twice_and_links_it_to_its_card(
    json: Json, asking: httpx.Client
) -> None:
    document = json(f"/matrix?{DAY}&rows=plans")
    text = asking.get(f"/matrix?{DAY}&rows=plans", headers=PERSON).text
    for pair in document["pairs"]:
        assert text.count(f'href="/findings/{pair["finding"]}?{DAY}"') == 2
    held = {plan for pair in document["pairs"] for plan in pair["plans"]}
    assert set(ids(document["plans"])) == held
    assert text.count('scope="row">') == len(held)


def test_the_matrix_of_plans_is_ordered_by_lead_title_or_band(json: Json) -> None:
    orders = {
        sort: json(f"/matrix?{DAY}&rows=plans&sort={sort}")["plans"] for sort in ("lead", "title", "band")
    }
    titles = [plan["label"].casefold() for plan in orders["title"]]
    assert titles[0] < titles[-1]
    led = [bool(plan["leads"]) for plan in orders["lead"]]
    assert led == sorted(led, reverse=True)
    assert led.count(False) > 3
    strongest = max(
        json(f"/matrix?{DAY}&rows=plans")["pairs"], key=lambda pair: (pair["band"] == "stark", pair["score"])
    )
    assert set(ids(orders["band"][:2])) == set(strongest["plans"])
    assert len({frozenset(ids(plans)) for plans in orders.values()}) == 1


def test_ten_groups_share_exactly_their_concepts(json: Json, words: Callable[[str], str]) -> None:
    groups = json(f"/groups?{DAY}")["groups"]
    assert len(groups) == 10
    assert all(len(group["plans"]) > 2 and group["leads"] > 1 for group in groups)
    assert groups[0]["plans"] == ["p-int18", "p-intsr", "p-klp09"]
    assert words(f"/groups?{DAY}").count("teilen genau …") == 10


def test_who_misses_at_the_table_of_youth_work_is_named_with_reasons(json: Json) -> None:
    document = json(f"/seats/t-jugend?{DAY}")
    assert ids(document["bodies"]) == ["i-ag78"]
    assert ids(document["missing"]) == ["dep-fb36", "dep-e18", "dep-e49"]
    assert ids(document["seated"]) == ["dep-fb45", "par-agfw"]
    assert "führt „Gesamtstädtisches Spielplatzkonzept“" in [
        reason["de"] for reason in document["missing"][0]["reasons"]
    ]
    assert (document["congruence"]["met"], document["congruence"]["pairs"]) == (1, 3)


def test_a_topic_without_a_body_blames_nobody_for_having_no_seat(words: Callable[[str], str]) -> None:
    said = words(f"/seats/t-digital?{DAY}")
    assert "Kein Gremium ist erfasst" in said
    assert "Betroffen, ohne Sitz" not in said


def test_the_list_of_seats_gives_the_share_in_numbers_and_words(
    json: Json, words: Callable[[str], str]
) -> None:
    topics = {topic["id"]: topic for topic in json(f"/seats?{DAY}")["topics"]}
    assert topics["t-kultur"]["congruence"]["share"] == 0
    assert topics["t-freiraum"]["congruence"]["share"] == 1
    assert topics["t-jugend"]["congruence"]["words"]["de"] == "für die wenigsten erfasst"
    assert "33 % für die wenigsten erfasst (1 von 3 Paaren)" in words(f"/seats?{DAY}")


def test_dissolving_the_fire_department_leaves_its_plan_without_owner(
    json: Json, words: Callable[[str], str]
) -> None:
    document = json(f"/whatif?dissolve=dep-fb37&{DAY}")
    assert document["stored"] is False
    assert [loss["id"] for loss in document["losses"] if loss["kind"] == "plan"] == ["p-bsb25"]
    first = document["findings"][0]
    assert (first["change"], first["finding"]["kind"]) == ("new", "no-lead")
    assert "Nichts wird gespeichert." in words(f"/whatif?dissolve=dep-fb37&{DAY}")


def test_merging_two_plans_takes_their_overlap_away(asking: httpx.Client, json: Json) -> None:
    before = json("/health")["snapshot"]
    document = json(f"/whatif?merge=p-glp24&into=p-glpsr&{DAY}")
    gone = [one["finding"] for one in document["findings"] if one["change"] == "gone"]
    assert ["p-glp24", "p-glpsr"] in [finding["plans"] for finding in gone if finding["rule"] == "overlap"]
    assert json("/health")["snapshot"] == before


def test_findings_are_compared_with_the_state_before_the_last_import(json: Json) -> None:
    document = json(f"/findings/changes?{DAY}")
    assert [state["why"] for state in document["states"]] == ["Import duties-nrw", "Import aachen"]
    assert document["since"] == document["states"][1]["id"]
    assert {(one["change"], one["finding"]["rule"]) for one in document["findings"]} == {("new", "duty")}
    assert document["bands"]["moved"] is False


def test_the_words_of_no_room_take_the_place_of_others() -> None:
    own = {
        key.value
        for node in ast.walk(ast.parse(Path(texts.__file__).read_text("utf-8")))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }
    assert "change.new" in own
    assert own & IMPORT_TEXTS.keys() == set()


def test_nothing_has_changed_since_the_present_state(json: Json) -> None:
    now = json(f"/findings/changes?{DAY}")["states"][0]["id"]
    assert json(f"/findings/changes?{DAY}&since={now[:12]}")["findings"] == []


def test_the_card_says_what_can_be_done_and_how_to_keep_a_decision(
    asking: httpx.Client, words: Callable[[str], str]
) -> None:
    finding = card_of(asking, ["p-kjfp4", "p-kubi06"])
    said = words(f"/findings/{finding}?{DAY}")
    for option in ("Abstimmen", "Federführung klären", "Zusammenlegen", "Bewusst so lassen"):
        assert f" {option} " in said
    assert f"planwerk decide {finding} bestätigt --reason" in said
    assert "Auf dieser Seite selbst wird nichts geändert." in said


def test_plans_of_different_bearers_are_not_to_be_merged(
    asking: httpx.Client, words: Callable[[str], str]
) -> None:
    said = words(f"/findings/{card_of(asking, ['p-glp24', 'p-glpsr'])}?{DAY}")
    assert " Abstimmen " in said
    assert " Zusammenlegen " not in said


def test_the_card_of_an_overlap_draws_both_plans_and_what_they_share(asking: httpx.Client) -> None:
    finding = card_of(asking, ["p-kjfp4", "p-kubi06"])
    text = asking.get(f"/findings/{finding}?{DAY}", headers=PERSON).text
    picture = text[text.index('<svg viewBox="0 0 820') : text.index("</svg></div>")]
    shared = asking.get(f"/findings/{finding}?{DAY}", headers=PROGRAM).json()["shared"]
    assert picture.count('class="plan"') == 2
    assert picture.count('class="concept"') == min(len(shared), MOST_SHARED)
    assert ">FB 45</text>" in picture


def test_links_of_cards_into_the_graph_lead_somewhere(asking: httpx.Client) -> None:
    first = {
        finding["rule"]: finding["id"]
        for finding in asking.get(f"/findings?{DAY}", headers=PROGRAM).json()["findings"]
    }
    assert {"overlap", "chain", "congruence", "duty"} <= set(first)
    cards = [asking.get(f"/findings/{one}?{DAY}", headers=PERSON).text for one in first.values()]
    links = {link for card in cards for link in re.findall(r'href="(/graph\?[^"]+)"', card)}
    assert len(links) > 3
    for link in links:
        assert asking.get(unescape(link), headers=PERSON).status_code == 200, link


def test_what_is_no_node_of_the_graph_has_no_link_into_it(asking: httpx.Client) -> None:
    assert "/graph?focus=" not in asking.get("/things/D34", headers=PERSON).text
    assert "/graph?focus=p-kjfp4" in asking.get("/plans/p-kjfp4", headers=PERSON).text


def card_of(asking: httpx.Client, plans: list[str]) -> str:
    """Return the id of the overlap of two plans."""
    pairs = asking.get(f"/matrix?{DAY}&rows=plans&band=alle", headers=PROGRAM).json()["pairs"]
    (found,) = [pair["finding"] for pair in pairs if set(pair["plans"]) == set(plans)]
    return str(found)


def test_every_rule_has_something_that_can_be_done() -> None:
    assert set(OPTIONS) == set(BY_ID)
    for rule, names in OPTIONS.items():
        assert f"do.{rule}" in TEXTS
        assert {f"option.{name}" for name in names} | {f"option.{name}.how" for name in names} <= set(TEXTS)


def test_an_empty_store_has_all_pages(workspace: Workspace, served: Served) -> None:
    with served(workspace) as address, httpx.Client(base_url=address) as client:
        for path in (
            "/duties",
            "/matrix",
            "/matrix?rows=plans",
            "/groups",
            "/seats",
            "/whatif",
            "/findings/changes",
        ):
            assert client.get(path, headers=PERSON).status_code == 200, path
            assert client.get(path, headers=PROGRAM).status_code == 200, path
