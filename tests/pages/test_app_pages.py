"""What the pages say of Aachen: facts with their evidence, what is empty and why, how plans hang together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS, XSD

from api.pages.frame.names import shown_date, shown_number
from api.pages.frame.site import safe_link
from api.pages.inventory.search import find, fold, index
from api.wording.columns import is_named
from api.workspace import Workspace
from graph.intake.triples import canonical_text
from ontology.questions import load_questions
from ontology.terms import PW

DAY = "as_of=2026-01-01"
Json = Callable[[str], Any]
Page = Callable[[str], str]


@pytest.fixture
def json(client: httpx.Client) -> Iterator[Json]:
    """Return a function that gives the data behind a page."""

    def get(path: str) -> Any:
        answer = client.get(path, headers={"Accept": "application/json"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    yield get
    client.cookies.clear()


@pytest.fixture
def page(client: httpx.Client) -> Iterator[Page]:
    """Return a function that gives the words of a page, without its markup."""

    def get(path: str) -> str:
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200, answer.text
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))

    yield get
    client.cookies.clear()


def facts(document: Any) -> dict[str, Any]:
    return {fact["name"]: fact for fact in document["facts"]}


def test_each_line_of_a_plan_names_its_source_with_date_and_address(json: Json) -> None:
    document = json("/plans/p-kjfp4")
    for fact in document["facts"]:
        for entry in fact["entries"]:
            (cite,) = entry["cites"]
            assert cite["title"]["de"]
            assert cite["page"].startswith("/sources/")
    (lead,) = facts(document)["leadUnit"]["entries"]
    assert lead["text"]["de"].startswith("FB 45 ")
    assert lead["cites"][0]["id"] == "rt-kjfp4"
    assert lead["cites"][0]["address"].startswith("https://ratsinfo.aachen.de/")


def test_what_the_compiler_assigned_is_marked_and_what_sources_say_is_not(json: Json, page: Page) -> None:
    found = facts(json("/plans/p-kjfp4"))
    assert all(entry["cites"][0]["assigned"] for entry in found["topic"]["entries"])
    assert not any(entry["cites"][0]["assigned"] for entry in found["decidedOn"]["entries"])
    assert "zugeordnet" in page("/plans/p-kjfp4")


def test_an_important_facet_without_a_value_is_shown_as_not_collected(json: Json, page: Page) -> None:
    found = facts(json("/plans/p-sep3"))
    assert found["validTo"]["entries"] == []
    assert found["validTo"]["empty"]["de"] == "nicht erhoben"
    assert "Gilt bis nicht erhoben" in page("/plans/p-sep3")
    assert "not collected" in page("/plans/p-sep3?lang=en")


def test_a_plan_shows_how_it_stood_on_the_day_that_is_asked_about(json: Json, page: Page) -> None:
    assert json("/plans/p-kjfp3?as_of=2022-06-01")["standing"]["state"] == "in force"
    assert json("/plans/p-kjfp3?as_of=2024-01-01")["standing"]["state"] == "replaced"
    assert "abgelöst durch „Vierter Kinder- und Jugendförderplan" in page("/plans/p-kjfp3?as_of=2024-01-01")


def test_the_day_goes_along_with_the_links_of_a_page(client: httpx.Client) -> None:
    text = client.get("/plans/p-kjfp3?as_of=2022-06-01", headers={"Accept": "text/html"}).text
    assert 'href="/departments/dep-fb45?as_of=2022-06-01"' in text


def test_intentions_and_demands_stand_after_facts_with_their_mark(json: Json) -> None:
    marked = {
        entry["entry"]["binding"]["de"]
        for plan in json("/plans?format=json")["items"]
        for entry in json(plan["page"])["relations"]
        if entry["entry"]["modality"] != "fact"
    }
    assert marked == {"Absicht", "Forderung"}


def test_a_relation_carries_its_beginning_and_its_note(json: Json) -> None:
    (relation,) = [
        entry for entry in json("/plans/p-sep2")["relations"] if entry["label"]["de"] == "Schreibt fort"
    ]
    assert relation["entry"]["id"] == "p-sep1"
    assert relation["entry"]["since"]["de"] == "2015"
    assert "60 statt 52" in relation["entry"]["note"]


def test_relations_read_backwards_from_the_other_end(json: Json) -> None:
    labels = {entry["label"]["de"]: entry["entry"]["id"] for entry in json("/plans/p-sep1")["relations"]}
    assert labels["Wird fortgeschrieben durch"] == "p-sep2"


def test_papers_and_deliberations_stand_in_the_order_of_their_days(json: Json, page: Page) -> None:
    moments = json("/plans/p-sep2")["moments"]
    steps = [moment for moment in moments if moment["what"] == "step"]
    assert len(steps) >= 2
    days = [tuple(reversed(moment["day"]["de"].split("."))) for moment in steps if moment["day"]]
    assert days == sorted(days)
    assert "Weg durch die Gremien" in page("/plans/p-sep2")


def test_a_goal_shows_by_what_it_is_steered(json: Json) -> None:
    goals = {goal["entry"]["id"]: goal for goal in json("/plans/p-hkw22")["goals"]}
    steered = goals["g040"]
    assert steered["instruments"]
    assert steered["indicators"]


def test_a_department_shows_what_it_leads_and_whom_it_succeeds(json: Json) -> None:
    document = json("/departments/dep-fb56")
    led = next(
        group for group in document["groups"] if (group["name"], group["kind"]) == ("leadUnit", "Plan")
    )
    assert led["label"]["de"] == "Leitet"
    assert "p-sep3" in {entry["id"] for entry in led["entries"]}
    assert facts(document)["successorOf"]["entries"][0]["id"] == "dep-fb50"


def test_a_source_shows_every_statement_it_makes(json: Json, aachen: Workspace) -> None:
    network = aachen.network()
    source = network.ids["source/rt-sep2"]
    document = json("/sources/rt-sep2")
    lines = aachen.files.text(source)
    assert lines is not None
    assert sum(len(said["lines"]) for said in document["said"]) == len(lines.splitlines())


def commit(workspace: Workspace, **sources: list[tuple[str, str, URIRef | Literal]]) -> None:
    """Put statements into a store, by source; every source says that plan ``p-a`` exists."""
    base = workspace.settings.base
    texts = {}
    for source, statements in sources.items():
        said = Graph()
        for about, kind, label in ((f"source/{source}", PW.Source, source), ("p-a", PW.Plan, "Plan A")):
            said.add((URIRef(base + about), RDF.type, URIRef(kind)))
            said.add((URIRef(base + about), SKOS.prefLabel, Literal(label, lang="de")))
        for about, predicate, value in statements:
            said.add((URIRef(base + about), URIRef(predicate), value))
        texts[f"{base}source/{source}"] = canonical_text(said)
    workspace.files.commit(texts, who="Test", why="Test")


def test_sources_that_disagree_stand_side_by_side(workspace: Workspace, served: Any) -> None:
    def begins(year: str) -> list[tuple[str, str, URIRef | Literal]]:
        return [("p-a", PW.validFrom, Literal(year, datatype=XSD.gYear))]

    commit(workspace, eins=begins("2019"), zwei=begins("2021"))
    with served(workspace) as address:
        fact = facts(httpx.get(f"{address}/plans/p-a?format=json").json())["validFrom"]
        text = httpx.get(f"{address}/plans/p-a", headers={"Accept": "text/html"}).text
    assert fact["disagreeing"]
    said = {(entry["text"]["de"], entry["cites"][0]["id"]) for entry in fact["entries"]}
    assert said == {("2019", "eins"), ("2021", "zwei")}
    assert "Quellen widersprechen sich" in text


def test_sources_that_agree_do_not_disagree(workspace: Workspace, served: Any) -> None:
    begin: list[tuple[str, str, URIRef | Literal]] = [
        ("p-a", PW.validFrom, Literal("2019", datatype=XSD.gYear))
    ]
    commit(workspace, eins=begin, zwei=begin)
    with served(workspace) as address:
        fact = facts(httpx.get(f"{address}/plans/p-a?format=json").json())["validFrom"]
    assert not fact["disagreeing"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (PW.none, "gibt es nicht (erfragt)"),
        (PW.notAsked, "nicht erfragt"),
        (PW.unknown, "unbekannt (erfragt)"),
        (None, "nicht erhoben"),
    ],
)
def test_the_kinds_of_empty_are_told_apart(
    workspace: Workspace, served: Any, kind: str | None, said: str
) -> None:
    state: list[tuple[str, str, URIRef | Literal]] = [
        ("state-1", str(RDF.type), URIRef(PW.FacetState)),
        ("state-1", PW.aboutPlan, URIRef(workspace.settings.base + "p-a")),
        ("state-1", PW.facet, URIRef(PW.leadUnit)),
        ("state-1", PW.emptyKind, URIRef(kind or PW.none)),
    ]
    commit(workspace, eins=state if kind else [])
    with served(workspace) as address:
        document = httpx.get(f"{address}/plans/p-a?format=json").json()
        page = httpx.get(f"{address}/things/state-1", headers={"Accept": "text/html"})
    assert facts(document)["leadUnit"]["empty"]["de"] == said
    assert page.status_code == (200 if kind else 404)


@pytest.mark.parametrize(
    "query", ["Ältere", "altere", "aeltere", "ÄLTERE", "altere menschen", "menschen Ält"]
)
def test_search_forgives_umlauts_and_case(aachen: Workspace, query: str) -> None:
    network = aachen.network()
    assert network.label(find(index(network), query)[0]) == "Ältere Menschen"


@pytest.mark.parametrize(
    ("written", "same"),
    [("Straße", "strasse"), ("Übergang", "uebergang"), ("Förderplan", "forderplan"), ("Café", "cafe")],
)
def test_ways_of_writing_fold_into_one(written: str, same: str) -> None:
    assert fold(written) == fold(same)


def test_search_finds_a_department_by_its_number_and_a_paper_by_its_own(json: Json) -> None:
    assert json("/search?q=FB 56")["hits"][0]["id"] == "dep-fb56"
    assert "v001" in {hit["id"] for hit in json("/search?q=FB 56/0118/WP17")["hits"]}


def test_search_says_when_nothing_is_found(page: Page) -> None:
    assert "Nichts gefunden" in page("/search?q=zzzzz")
    assert "Bitte ein Suchwort eingeben" in page("/search")


def test_plans_are_filtered_by_every_facet_and_by_standing(json: Json, aachen: Workspace) -> None:
    network = aachen.network()
    chosen = {"topic": "t-wohnen", "target_group": "tg-alle", "area": "a-stadt", "department": "dep-fb56"}
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    found = {item["id"] for item in json(f"/plans?{query}&{DAY}")["items"]}
    expected = {
        network.id(plan)
        for plan in network.of_type("Plan")
        if {network.ids[value] for value in chosen.values()}
        <= {
            *network.targets(plan, "topic"),
            *network.targets(plan, "targetGroup"),
            *network.targets(plan, "area"),
            *network.targets(plan, "leadUnit"),
        }
    }
    assert found == expected
    assert found


def test_standings_on_the_list_add_up_to_all_plans(json: Json) -> None:
    states = ("in force", "in preparation", "not yet", "replaced", "ended", "unknown")
    totals = [json(f"/plans?status={state}&{DAY}")["total"] for state in states]
    assert sum(totals) == json("/plans")["total"] == 99


def test_lists_are_paged_and_every_thing_is_on_one_page(json: Json) -> None:
    pages = [json(f"/goals?page={number}") for number in range(1, 6)]
    assert [len(page["items"]) for page in pages] == [50, 50, 50, 50, 9]
    assert len({item["id"] for page in pages for item in page["items"]}) == 209


def test_lists_are_sorted_by_any_column_in_both_directions(json: Json) -> None:
    up = [item["name"]["de"] for item in json("/departments?sort=name")["items"]]
    down = [item["name"]["de"] for item in json("/departments?sort=-name")["items"]]
    assert up == down[::-1]
    assert up.index("FB 32 Sicherheit und Ordnung") < up.index("FB 45 Kinder, Jugend und Schule")


def test_the_order_of_a_column_is_announced(client: httpx.Client) -> None:
    text = client.get("/plans?sort=-period", headers={"Accept": "text/html"}).text
    assert text.count('aria-sort="descending"') == 1


def test_findings_come_with_what_was_and_was_not_looked_at(json: Json, page: Page) -> None:
    document = json(f"/findings?{DAY}")
    assert document["as_of"] == "2026-01-01"
    coverage = document["coverage"]["overlap"]["text"]["de"]
    assert "von 99 Planwerken betrachtet" in coverage
    assert coverage in page(f"/findings?{DAY}")


def test_findings_are_filtered_by_kind_band_and_plan(json: Json) -> None:
    kinds = {f["kind"] for f in json(f"/findings?kind=ended-without-successor&{DAY}")["findings"]}
    assert kinds == {"ended-without-successor"}
    assert {f["band"] for f in json(f"/findings?band=stark&{DAY}")["findings"]} == {"stark"}
    assert all("p-spk" in f["plans"] for f in json(f"/findings?band=alle&plan=p-spk&{DAY}")["findings"])


def test_the_card_of_an_overlap_shows_all_that_a_steering_group_asks(json: Json, page: Page) -> None:
    (pair,) = [
        f
        for f in json(f"/findings?band=alle&{DAY}")["findings"]
        if sorted(f["plans"]) == ["p-kjfp4", "p-spk"]
    ]
    assert pair["coordinated_through"]
    text = page(f"/findings/{pair['id']}?{DAY}")
    for words in ("Was beide teilen", "Nur hier", "Gemeinsamer Zeitraum", "Federführung", "Trägerschaft",
                  "Belegt abgestimmt durch", "Worauf der Hinweis beruht", "Fassung 1", "Maßstab",
                  "Überschneidung kann gewollt sein"):  # fmt: skip
        assert words in text
    assert re.search(r"\d+ von \d+ Planwerken", text)


def test_the_card_of_a_gap_shows_the_share_that_is_not_collected(json: Json, page: Page) -> None:
    finding = json(f"/findings?kind=no-lead&{DAY}")["findings"][0]
    text = page(f"/findings/{finding['id']}?{DAY}")
    assert "Anteil nicht erhoben" in text
    assert "Vielleicht ist es nur nicht erhoben" in text


def test_a_plan_page_shows_the_findings_about_it(json: Json) -> None:
    assert "p-sep1z" in str(json(f"/findings?kind=ended-without-successor&{DAY}"))
    kinds = {finding["kind"] for finding in json(f"/plans/p-sep1z?{DAY}")["findings"]}
    assert "ended-without-successor" in kinds


def test_the_start_page_shows_counts_freshness_and_the_first_findings(json: Json, page: Page) -> None:
    document = json(f"/?{DAY}")
    assert document["counts"]["Plan"] == 99
    assert document["freshness"]["delivered"]["de"] == "01.01.2026"
    assert document["freshness"]["sources"] == 240
    kinds = [finding["kind"] for finding in document["findings"]]
    assert kinds[:3] == ["overlap"] * 3
    assert "ended-without-successor" in kinds
    assert "99 Planwerke" in page("/")


def test_an_empty_store_says_how_data_get_in(workspace: Workspace, served: Any) -> None:
    with served(workspace) as address:
        answer = httpx.get(address, headers={"Accept": "text/html"})
        others = [
            httpx.get(address + path).status_code for path in ("/plans", "/findings", "/graph", "/health")
        ]
    assert "planwerk import" in answer.text
    assert others == [200] * 4


def test_the_graph_page_and_its_document_show_the_same_nodes(json: Json, client: httpx.Client) -> None:
    document = json("/api/network?focus=p-sep3")
    text = client.get("/graph?focus=p-sep3", headers={"Accept": "text/html"}).text
    table = text.partition('<tbody class="pw-rows">')[2].partition("</tbody>")[0]
    assert table.count("<tr>") == len(document["nodes"]["id"])
    assert document["nodes"] == json("/graph?focus=p-sep3")["nodes"]


def test_the_network_document_answers_304_when_it_is_known(client: httpx.Client) -> None:
    tag = client.get("/api/network").headers["etag"]
    assert client.get("/api/network", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("name", load_questions())
def test_every_question_answers_on_its_page(client: httpx.Client, name: str) -> None:
    answer = client.get(f"/questions/{name}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "Die Abfrage dahinter" in answer.text


def test_a_question_takes_its_parameter_from_the_address(json: Json) -> None:
    rows = json("/questions/q18?asOf=2017-12-07")["rows"]
    assert len(rows) == 28
    assert "https://w3id.org/planwerk/id/p-kjfp3" in {row["plan"] for row in rows}


def test_every_column_of_a_question_has_a_name_in_both_languages() -> None:
    """A new column is named in api/wording/columns.py, unless a property of the vocabulary has its name."""
    columns = {name for question in load_questions().values() for name in question.shown}
    assert {name for name in columns if not name.endswith("Label") and not is_named(name)} == set()


def test_an_iri_leads_people_to_the_page_and_programs_to_data(client: httpx.Client) -> None:
    for accept, target in (
        ("text/html", "/plans/p-sep1"),
        ("text/turtle", "/plans/p-sep1?format=ttl"),
        ("application/ld+json", "/plans/p-sep1?format=jsonld"),
    ):
        answer = client.get("/id/p-sep1", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["location"]) == (303, target)


def test_a_thing_as_rdf_holds_all_that_is_said_of_it(client: httpx.Client, aachen: Workspace) -> None:
    iri = f"{aachen.settings.base}p-sep3"
    expected = {
        line
        for source in aachen.files.paths()
        for line in (aachen.files.text(source) or "").splitlines()
        if line.startswith(f"<{iri}> ")
    }
    answer = client.get("/plans/p-sep3", headers={"Accept": "text/turtle"})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    read = list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))
    derived = {t for t in read if t.predicate.value.endswith("Day")}
    assert len(read) - len(derived) == len(expected)


def test_a_recorded_relation_has_a_page_of_its_own(client: httpx.Client) -> None:
    answer = client.get("/id/r001", headers={"Accept": "text/html"}, follow_redirects=True)
    assert answer.status_code == 200
    assert "Zweiter Sozialentwicklungsplan" in answer.text


def test_the_vocabulary_is_shown_and_served_whole(client: httpx.Client, page: Page) -> None:
    triples = list(ox.parse(client.get("/ontology.ttl").content, format=ox.RdfFormat.TURTLE))
    assert len(triples) > 3000
    text = page("/ontology")
    assert "pw:leadUnit" in text
    assert "federführend" in text
    assert "led by" in text


def test_the_whole_store_is_served_with_its_sources_apart(client: httpx.Client, aachen: Workspace) -> None:
    quads = list(ox.parse(client.get("/export/planwerk.trig").content, format=ox.RdfFormat.TRIG))
    assert {quad.graph_name.value for quad in quads} == set(aachen.files.paths())
    tag = client.get("/export/planwerk.nq").headers["etag"]
    assert client.get("/export/planwerk.nq", headers={"If-None-Match": tag}).status_code == 304


def test_health_names_the_state_and_counts(json: Json, aachen: Workspace) -> None:
    document = json("/health")
    assert document["status"] == "ok"
    assert document["snapshot"] == aachen.snapshot()
    assert document["counts"]["Plan"] == 99


@pytest.mark.parametrize(
    ("text", "de", "en"),
    [
        ("2017-11-21", "21.11.2017", "21 Nov 2017"),
        ("2016-08", "08/2016", "Aug 2016"),
        ("2009", "2009", "2009"),
        ("2024/2025", "2024–2025", "2024–2025"),
        ("2030/..", "ab 2030", "from 2030"),
        ("2010~", "um 2010", "about 2010"),
        ("bald", "bald", "bald"),
    ],
)
def test_dates_are_shown_as_precisely_as_given(text: str, de: str, en: str) -> None:
    assert (shown_date(text).de, shown_date(text).en) == (de, en)


@pytest.mark.parametrize(
    ("text", "de", "en"),
    [
        ("261178", "261.178", "261,178"),
        ("2.50", "2,50", "2.50"),
        ("-0.5", "-0,5", "-0.5"),
        ("007", "7", "7"),
        ("1e9", "1e9", "1e9"),
    ],
)
def test_numbers_are_shown_in_the_way_of_the_language(text: str, de: str, en: str) -> None:
    assert (shown_number(text).de, shown_number(text).en) == (de, en)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        " java\nscript:x",
        "//evil.example",
        "https://a b",
        'https://a"b',
        "",
        "seed",
        None,
    ],
)
def test_only_web_and_mail_addresses_become_links(address: str | None) -> None:
    assert safe_link(address) is None


def test_web_and_mail_addresses_become_links() -> None:
    assert safe_link("https://example.org/?a=b&c=d") == "https://example.org/?a=b&c=d"
    assert safe_link("mailto:stelle@example.org") == "mailto:stelle@example.org"
