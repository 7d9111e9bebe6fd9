"""The pages of many cities over HTTP: who answers under which name, what stands side by side, and that nothing leaks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from api.cities.register import read_register
from api.cities.serving import Cities
from api.settings import read_settings
from tests.cities import AACHEN_BASE, MUSTER, SHARED_GOAL, make_cities, make_city, write_tables
from tests.conftest import serving_app

Get = Callable[..., httpx.Response]
DAY = "as_of=2026-01-01"
PERSON = {"Accept": "text/html"}
EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>{{7*7}}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where five cities are served, one of them empty and one broken."""
    register = read_register(make_cities(tmp_path_factory.mktemp("cities")))
    with serving_app(Cities(read_settings({}), register)) as served:
        yield served


@pytest.fixture(scope="module")
def get(address: str) -> Iterator[Get]:
    """Return a function that asks a city, or the pages about all of them, and gives the answer."""
    with httpx.Client(base_url=address, timeout=30) as client:

        def ask(path: str, host: str = "localhost", **headers: str) -> httpx.Response:
            answer = client.get(path, headers={"Host": host, **headers})
            client.cookies.clear()
            return answer

        yield ask


def people(answer: httpx.Response) -> str:
    assert answer.headers["content-type"].startswith("text/html")
    return answer.text


class TestList:
    def test_the_bare_host_lists_the_cities_with_counts_and_the_day_of_the_last_change(self, get):
        told = get("/?format=json").json()
        counts = {city["id"]: city["counts"] for city in told["cities"]}
        assert counts == {
            "beispielheim": {"plans": 2, "goals": 1, "sources": 1, "duties": 0},
            "kaputt": None,
            "leerdorf": {"plans": 0, "goals": 0, "sources": 0, "duties": 0},
            "aachen": {"plans": 99, "goals": 209, "sources": 241, "duties": 45},
            "musterstadt": {"plans": 3, "goals": 2, "sources": 2, "duties": 45},
        }
        changed = {city["id"]: city["changed_on"] is not None for city in told["cities"]}
        assert [local for local, known in changed.items() if not known] == ["kaputt", "leerdorf"]

    def test_a_city_that_cannot_be_read_says_why_and_the_others_stand(self, get):
        (kaputt,) = [city for city in get("/?format=json").json()["cities"] if city["trouble"]]
        assert kaputt["id"] == "kaputt"
        assert "cannot be opened" in kaputt["trouble"]["en"]
        page = people(get("/", **PERSON))
        assert "Kaputtstadt" in page
        assert "nicht lesbar" in page
        assert 'href="http://kaputt.localhost' not in page

    def test_a_region_shows_its_cities_only_and_an_unknown_one_is_named(self, get):
        told = get("/?format=json&region=west").json()
        assert [city["id"] for city in told["cities"]] == ["aachen", "musterstadt"]
        missing = get("/?region=nord")
        assert missing.status_code == 404
        assert "möglich sind: west, ost" in missing.json()["detail"]

    @pytest.mark.parametrize(
        ("host", "link"),
        [
            ("localhost", "http://aachen.localhost/"),
            ("127.0.0.1:8000", "http://aachen.localhost:8000/"),
            ("planwerk.example", "http://aachen.planwerk.example/"),
            ("planwerk.example:8080", "http://aachen.planwerk.example:8080/"),
        ],
    )
    def test_links_lead_to_the_name_of_a_city_nearest_to_the_one_asked(self, get, host, link):
        cities = {city["id"]: city["address"] for city in get("/?format=json", host).json()["cities"]}
        assert cities["aachen"] == link

    def test_english_goes_along_to_the_city(self, get):
        page = people(get(f"/?lang=en&{DAY}", **PERSON))
        assert "Plans of many cities" in page
        assert "http://musterstadt.localhost/?as_of=2026-01-01&amp;lang=en" in page
        assert ">Sampletown</a>" in page

    def test_health_says_which_city_cannot_be_read(self, get):
        told = get("/health").json()
        assert (told["status"], told["cities"], set(told["unreadable"])) == ("degraded", 5, {"kaputt"})


class TestHosts:
    @pytest.mark.parametrize(
        ("host", "plans"),
        [
            ("aachen.localhost", 99),
            ("aachen.planwerk.example:8000", 99),
            ("AACHEN.localhost", 99),
            ("musterstadt.example", 3),
            ("beispielheim.localhost:80", 2),
        ],
    )
    def test_a_name_leads_to_its_city(self, get, host, plans):
        assert get("/?format=json", host).json()["counts"]["Plan"] == plans

    def test_an_empty_city_has_its_start_page(self, get):
        assert "planwerk import" in people(get("/", "leerdorf.localhost", **PERSON))

    @pytest.mark.parametrize(
        "host", ["evil.example", "aachen.localhost.evil.example", "bonn.localhost", "x@localhost"]
    )
    def test_a_name_that_nobody_registered_is_refused(self, get, host):
        answer = get("/", host)
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (400, "foreign-host")

    def test_a_city_that_cannot_be_opened_says_so_under_its_name(self, get):
        answer = get("/plans", "kaputt.localhost")
        assert answer.status_code == 503
        assert "Kaputtstadt" in answer.json()["detail"]
        assert "/stores/" not in answer.text
        assert "Kaputtstadt" in people(get("/plans", "kaputt.localhost", **PERSON))

    def test_a_page_of_a_city_says_which_it_is_and_leads_back(self, get):
        page = people(get("/plans", "musterstadt.localhost", **PERSON))
        assert '<b lang="de">Musterstadt</b> <a href="http://localhost/">Alle Städte</a>' in page
        assert 'href="http://planwerk.example/"' in people(get("/plans", "aachen.planwerk.example", **PERSON))

    @pytest.mark.parametrize("host", ["localhost", "aachen.localhost", "kaputt.localhost"])
    def test_every_answer_has_one_policy(self, get, host):
        policy = get("/", host).headers["content-security-policy"]
        assert policy == get("/", "musterstadt.localhost").headers["content-security-policy"]
        assert "default-src 'none'; script-src 'self'" in policy


class TestApart:
    @pytest.mark.parametrize(
        "path",
        [
            "/", "/plans", "/findings", "/duties", "/search?q=Sozialentwicklungsplan", "/matrix", "/groups",
            "/api/network?lens=net&limit=200", "/export/planwerk.trig", "/export/planwerk.nq", "/health",
            "/questions/q30-plans", "/questions/q31-goals-of-a-plan?plan=p-sep1",
            f"/questions/q31-goals-of-a-plan?plan={AACHEN_BASE}p-sep1",
        ],
    )  # fmt: skip
    def test_nothing_of_another_city_is_in_what_a_city_gives_out(self, get, path):
        answer = get(path, "musterstadt.localhost", Accept="application/json")
        assert answer.status_code in {200, 400, 404}
        for word in ("p-sep3", f"{AACHEN_BASE}g001", "Dritter Sozialentwicklungsplan", "Beispielheim"):
            assert word not in answer.text

    @pytest.mark.parametrize(
        "path", ["/plans/p-sep3", "/id/p-sep3", "/goals/g001", "/things/inventory", "/id/g001"]
    )
    def test_an_id_of_another_city_is_not_found(self, get, path):
        assert get(path, "musterstadt.localhost").status_code == 404

    def ask(self, get: Get, query: str, **more: str) -> list[dict[str, dict[str, str]]]:
        found = get(
            str(httpx.URL("/sparql", params={"query": query, **more})),
            "musterstadt.localhost",
            Accept="application/sparql-results+json",
        )
        assert found.status_code == 200
        return found.json()["results"]["bindings"]

    def test_every_named_graph_that_a_city_answers_from_is_its_own(self, get):
        rows = self.ask(get, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        graphs = {row["g"]["value"] for row in rows}
        assert {graph for graph in graphs if not graph.startswith(MUSTER)} == {
            "https://w3id.org/planwerk/ontology"
        }

    @pytest.mark.parametrize(
        "query",
        [
            f"SELECT * {{ <{AACHEN_BASE}p-sep3> ?p ?o }}",
            f"SELECT * FROM <{AACHEN_BASE}source/ac-intro> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{AACHEN_BASE}source/ac-intro> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            f"SELECT * {{ GRAPH <{AACHEN_BASE}source/ac-intro> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{AACHEN_BASE}')) }}",
        ],
    )
    def test_a_query_finds_nothing_of_another_city(self, get, query):
        assert self.ask(get, query) == []

    def test_graphs_named_by_the_protocol_hold_nothing_of_another_city(self, get):
        graph = f"{AACHEN_BASE}source/ac-intro"
        assert self.ask(get, "SELECT * { ?s ?p ?o }", **{"default-graph-uri": graph}) == []
        assert self.ask(get, "SELECT * { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": graph}) == []


class TestSideBySide:
    def test_findings_are_counted_in_the_order_of_names_and_never_ranked(self, get):
        told = get(f"/findings?format=json&{DAY}").json()
        assert [city["id"] for city in told["cities"]] == ["aachen", "beispielheim", "musterstadt"]
        alone = get(f"/findings?format=json&{DAY}", "aachen.localhost").json()["findings"]
        counted = told["cities"][0]["findings"]
        assert counted["chain"] == sum(found["rule"] == "chain" for found in alone) > 0
        assert sum(counted.values()) == len(alone)
        assert {one["id"] for one in told["left_out"]} == {"kaputt", "leerdorf"}
        page = people(get(f"/findings?{DAY}", **PERSON))
        assert "Die Zahlen sind keine Rangfolge" in page
        assert "http://aachen.localhost/findings?as_of=2026-01-01&amp;rule=chain" in page
        assert "63 von 99" in page

    def test_duties_tell_fulfilled_unknown_and_not_recorded_apart(self, get):
        told = get(f"/duties?format=json&{DAY}").json()
        (duty,) = [duty for duty in told["duties"] if duty["id"] == "D04"]
        assert {city: said["answer"] for city, said in duty["cities"].items()} == {
            "aachen": "unknown",
            "musterstadt": "fulfilled",
        }
        assert {word["code"] for word in told["words"]} >= {
            "not-recorded",
            "not-checked",
            "no-plan",
            "unknown",
        }
        page = people(get(f"/duties?{DAY}", **PERSON))
        assert [one["id"] for one in told["left_out"]] == ["beispielheim", "kaputt", "leerdorf"]
        assert "Es sind keine Planungspflichten erfasst; daraus folgt nichts." in page

    def test_many_cities_are_shown_as_numbers(self, get, monkeypatch):
        monkeypatch.setattr("api.cities.pages.duties.MOST_COLUMNS", 1)
        page = people(get(f"/duties?{DAY}&lang=en", **PERSON))
        assert '<th class="kern-table__header number" scope="col">fulfilled (confirmed)</th>' in page
        assert "musterstadt.localhost" not in page

    def test_a_question_has_a_form_with_what_there_is_an_answer_with_links_and_the_query(self, get):
        page = people(get("/questions/q91-plans-of-a-kind?words=Lärmaktionsplan", **PERSON))
        assert '<option value="musterstadt">Musterstadt</option>' in page
        assert '<option value="Wohnen">Wohnen</option>' in page
        assert '<option value="Aktionsplan">Aktionsplan</option>' in page
        assert '<a href="http://musterstadt.localhost/id/p1" lang="de">' not in page
        assert '<a href="http://musterstadt.localhost/id/p1">Lärmaktionsplan 2024</a>' in page
        assert "PREFIX pw:" in page
        assert "# title@de" not in page
        assert "Diese Städte fehlen hier" in page

    def test_a_question_answers_programs_too_and_names_who_was_not_asked(self, get):
        told = get("/questions/q92?format=json&kind=Leitbild").json()
        said = {row["inventoryLabel"]: row["told"] for row in told["rows"]}
        assert said == {"Leerdorf": "empty", "Aachen": "has", "Musterstadt": "has", "Beispielheim": "none"}
        assert [one["id"] for one in told["left_out"]] == ["kaputt"]
        lines = get("/questions/q92?format=csv&kind=Leitbild").text.splitlines()
        assert lines[0].startswith("inventory,inventoryLabel,told,fitting")
        assert len(lines) == 6
        assert "https://w3id.org/planwerk/city/kaputt/id/" in lines[-1]

    def test_a_question_of_the_pages_of_a_city_can_be_put_to_a_region(self, get):
        page = people(get("/questions/q10?region=west", **PERSON))
        assert page.count('<a href="http://musterstadt.localhost/">Musterstadt</a>') == 1
        assert "beispielheim.localhost" not in page
        told = get("/questions/q10?region=west&format=json").json()
        assert told["columns"][:2] == ["inventory", "goals"]

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/questions/q99", 404),
            ("/questions/q91?stadt=aachen", 400),
            ("/questions/q91?city=bonn", 404),
            ("/questions/q91?region=nord", 404),
            ("/?page=0", 400),
            ("/?lang=fr", 400),
            ("/nirgends", 404),
        ],
    )
    def test_what_cannot_be_answered_says_so(self, get, path, status):
        answer = get(path)
        assert answer.status_code == status
        assert answer.json()["de"] != answer.json()["en"]
        assert "Planwerke" not in people(get(path, **PERSON)).partition("</nav>")[0]

    def test_words_are_found_in_every_city_and_lead_there(self, get):
        told = get("/search?q=sozialentwicklungsplan&format=json").json()
        assert [(city["id"], len(city["hits"])) for city in told["cities"]][1:] == [
            ("beispielheim", 1),
            ("musterstadt", 1),
        ]
        assert told["cities"][2]["hits"] == [
            {
                "id": "p2",
                "label": "Sozialentwicklungsplan Musterstadt",
                "kind": "Plan",
                "address": "http://musterstadt.localhost/id/p2",
            }
        ]
        both = get("/search?q=plan+laerm&format=json").json()
        assert both["total"] == 0
        assert get("/search?q=plan+lärm&format=json&region=west").json()["total"] == 1

    def test_the_address_of_a_hit_leads_to_its_page(self, get):
        answer = get("/id/p2", "musterstadt.localhost", **PERSON)
        assert (answer.status_code, answer.headers["location"]) == (303, "/plans/p2")

    def test_a_query_can_ask_all_cities_together(self, get):
        query = "SELECT (COUNT(*) AS ?n) { ?plan a <https://w3id.org/planwerk/ontology#Plan> }"
        answer = get(
            str(httpx.URL("/sparql", params={"query": query})), Accept="application/sparql-results+json"
        )
        assert answer.json()["results"]["bindings"][0]["n"]["value"] == str(99 + 3 + 2)

    def test_cities_with_a_goal_like_a_text_are_suggested_with_the_words_in_common(self, get):
        told = get(
            "/goals/similar?format=json&text=Solidarische+Stadt+als+Aufgabe+aller+Politikbereiche"
        ).json()
        found = {
            city["id"]: [(goal["id"], goal["same_wording"]) for goal in city["goals"]]
            for city in told["cities"]
        }
        assert (found["aachen"][0], found["musterstadt"]) == (("g001", False), [("g1", False)])
        first = told["cities"][0]["goals"][0]
        assert first["words"] == ["Aufgabe", "Politik", "Stadt"]
        assert (told["without"], told["no_goals"]) == (["beispielheim"], ["leerdorf"])
        assert [city["id"] for city in told["left_out"]] == ["kaputt"]
        assert "entscheidet ein Mensch" in told["note"]["de"]

    def test_the_page_of_goals_like_a_text_marks_the_same_wording_and_leads_to_the_cities(self, get):
        page = people(get(f"/goals/similar?{urlencode({'text': SHARED_GOAL.lower()})}", **PERSON))
        assert page.count("gleicher Wortlaut") == 2
        assert 'href="http://musterstadt.localhost/id/g1"' in page
        assert "Ohne ähnliches Ziel" in page
        one = people(get("/goals/similar?text=solidarisch&region=ost&lang=en", **PERSON))
        assert "No recorded goal shares a word with this text" in one
        assert "musterstadt.localhost" not in one
        assert get(f"/goals/similar?text={'x' * 501}").status_code == 400

    def test_a_goal_of_a_city_leads_to_those_of_other_cities_like_it(self, get):
        page = people(get("/goals/g2", "musterstadt.localhost", **PERSON))
        assert 'href="http://localhost/goals/similar?text=Nur%20hier"' in page

    def test_many_cities_are_paged_region_by_region_and_found_by_name(self, get, monkeypatch):
        monkeypatch.setattr("api.cities.pages.listing.PER_PAGE", 2)
        pages = [[city["id"] for city in get(f"/?format=json&page={n}").json()["cities"]] for n in (1, 2, 9)]
        assert pages == [["beispielheim", "kaputt"], ["leerdorf", "aachen"], ["musterstadt"]]
        assert [city["id"] for city in get("/?format=json&name=samplet").json()["cities"]] == ["musterstadt"]
        assert "Keine Stadt heißt so." in people(get("/?name=xyz", **PERSON))
        found = get(f"/findings?format=json&{DAY}&name=heim").json()
        assert ([one["id"] for one in found["cities"]], found["total"]) == (["beispielheim"], 1)

    def test_a_long_answer_is_paged_and_the_files_hold_all(self, get, monkeypatch):
        monkeypatch.setattr("api.cities.pages.questions.PER_PAGE", 2)
        first, last = (people(get(f"/questions/q90?page={n}", **PERSON)) for n in (1, 2))
        assert ["http://musterstadt.localhost" in page for page in (first, last)] == [False, True]
        assert "Seite 1 von 2" in first
        assert "Die Dateien enthalten alle Zeilen" in first
        assert len(get("/questions/q90?page=2&format=json").json()["rows"]) == 4

    def test_the_form_for_queries_offers_the_questions_across_and_completes(self, get):
        page = people(get("/sparql", **PERSON))
        examples = re.findall(r"/sparql\?example=(q\d+)", page)
        assert examples == [f"q9{number}" for number in range(8)]
        assert "pw:inInventory ?city" in page
        shown = people(get("/sparql?example=q93", **PERSON))
        assert "COUNT(DISTINCT ?where)" in shown
        things = get("/api/completion/things?q=sozialentwicklungsplan+muster").json()["things"]
        assert things == [
            {
                "short": f"<{MUSTER}p2>",
                "name": "Sozialentwicklungsplan Musterstadt (Musterstadt)",
                "kind": "Planwerk",
            }
        ]
        assert get("/api/completion").json()["prefixes"]["pw"].endswith("ontology#")

    @pytest.mark.parametrize(
        "path",
        [
            "/",
            "/findings",
            "/goals/similar?text=solidarisch",
            "/duties",
            "/questions",
            "/questions/q91?words=sozial",
            "/search?q=sozial",
            "/sparql",
            "/docs",
            "/no",
        ],
    )
    def test_every_link_on_a_page_leads_somewhere(self, get, path):
        page = people(get(path, **PERSON))
        links = {unescape(link) for link in re.findall(r'(?:href|src|action)="([^"#]+)', page)}
        for link in sorted(links - {f"{path}?lang=en"}):
            parts = httpx.URL(link)
            if parts.scheme in {"", "http"} and parts.host in {"", "musterstadt.localhost"}:
                answer = get(
                    str(parts.copy_with(scheme=None, host=None, port=None)),
                    parts.host or "localhost",
                    **PERSON,
                )
                assert answer.status_code < 400, link

    def test_the_same_answer_is_not_made_twice(self, get):
        tag = get("/").headers["etag"]
        assert get("/", **{"If-None-Match": tag}).status_code == 304

    def test_every_operation_is_described_in_both_languages(self, get):
        document = get("/openapi.json").json()
        page = people(get("/docs", **PERSON))
        assert {"/", "/findings", "/duties", "/questions/{name}", "/search", "/sparql"} <= set(
            document["paths"]
        )
        for path, methods in document["paths"].items():
            assert f"<code>{path}</code>" in page
            for operation in methods.values():
                assert operation["x-summary-de"], path


def test_what_cities_and_people_write_becomes_no_markup(tmp_path: Path) -> None:
    plans = {"plans": [{"id": "p1", "title_de": f"Plan {EVIL}", "source_id": "s1"}]}
    make_city(tmp_path, "evil", "https://evil.example/id/", write_tables(tmp_path / "in", plans))
    entry = {"id": "evil", "name": EVIL, "region": "r", "complete": {"by": EVIL, "on": "2026-01-01"}}
    entry["base"] = "https://evil.example/id/"
    register = {"regions": [{"id": "r", "name": EVIL}], "cities": [entry]}
    (tmp_path / "cities.json").write_text(json.dumps(register), "utf-8")
    paths = [
        "/",
        "/findings",
        "/duties",
        "/questions/q90",
        "/questions/q91",
        f"/search?q={EVIL}",
        "/search?q=plan",
    ]
    app = Cities(read_settings({}), read_register(tmp_path))
    with serving_app(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        for path in [*paths, f"/questions/q91?words={EVIL}", f"/?region={EVIL}"]:
            page = client.get(path, headers={"Host": "localhost", **PERSON}).text
            assert "<script>alert" not in page, path
            assert "<img src=x" not in page, path
            assert "7*7" in page or "49" not in page, path
        city = client.get("/", headers={"Host": "evil.localhost", **PERSON}).text
        assert "<script>alert" not in city


def test_a_register_that_changes_is_taken_over_and_a_broken_one_changes_nothing(tmp_path: Path) -> None:
    for local, base in (("a", MUSTER), ("b", "https://b.example/id/")):
        plans = {"plans": [{"id": "p1", "title_de": f"Plan {local}", "source_id": "s1"}]}
        make_city(tmp_path, local, base, write_tables(tmp_path / "in" / local, plans))
    file = tmp_path / "cities.json"

    def write(*cities: dict[str, str]) -> None:
        file.write_text(json.dumps({"cities": cities}), "utf-8")

    first, second = (
        {"id": "a", "name": "A", "base": MUSTER},
        {"id": "b", "name": "B", "base": "https://b.example/id/"},
    )
    write(first)
    app = Cities(read_settings({}), read_register(file), fresh=0)
    with serving_app(app) as address, httpx.Client(base_url=address, timeout=30) as client:

        def ask(path: str, host: str = "localhost") -> httpx.Response:
            return client.get(path, headers={"Host": host, "Accept": "application/json"})

        assert ask("/", "b.localhost").status_code == 400
        assert len(ask("/questions/q91").json()["rows"]) == 1
        write(first, second)
        assert ask("/plans/p1", "b.localhost").status_code == 200
        assert len(ask("/questions/q91").json()["rows"]) == 2
        file.write_text("{", "utf-8")
        told = ask("/health").json()
        assert (told["status"], told["cities"]) == ("degraded", 2)
        assert "no JSON" in told["register"]
        page = client.get("/", headers={"Host": "localhost", **PERSON}).text
        assert "was vorher darin stand, gilt weiter" in page
        write(second)
        assert ask("/health").json()["register"] == "ok"
        assert ask("/", "a.localhost").status_code == 400
