"""Every page answers, in both languages and forms, under one policy; what goes wrong is said calmly."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

import api
from api.pages.frame.kinds import SEGMENTS, page_address
from api.pages.inventory import things
from api.web.shield import HEADERS, POLICY
from api.wording.texts import TEXTS
from api.workspace import Workspace

AACHEN = Path(__file__).parents[2] / "data" / "aachen"
Tables = Callable[..., Path]
Served = Callable[[Workspace], AbstractContextManager[str]]
PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PROGRAM = {"Accept": "application/json"}
PAGES = (
    "/",
    "/search?q=altere",
    *(f"/{segment}" for segment in SEGMENTS.values()),
    "/findings",
    "/findings?band=alle",
    "/graph",
    "/graph?focus=p-sep3&depth=2",
    "/questions",
    "/sparql",
    "/ontology",
    "/docs",
)


@pytest.fixture(autouse=True)
def forgetful(client: httpx.Client) -> Iterator[None]:
    yield
    client.cookies.clear()


class Loads(HTMLParser):
    """What a page loads, links to and runs by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.inline: list[str] = []
        self.links: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag in {"script", "img", "iframe"} and "src" in found:
            self.loaded.append(found["src"])
        elif tag == "script" and found.get("type") != "application/json":
            self.inline.append(tag)
        if tag == "link":
            self.loaded.append(found["href"])
        if tag == "form":
            self.loaded.append(found.get("action", ""))
        if tag == "style" or "style" in found or any(name.startswith("on") for name in found):
            self.inline.append(tag)
        if tag == "a":
            self.links.append(found)


def loads(text: str) -> Loads:
    parser = Loads()
    parser.feed(text)
    return parser


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_page_answers_in_both_languages(client: httpx.Client, path: str, lang: str) -> None:
    answer = client.get(path, params={**httpx.URL(path).params, "lang": lang}, headers=PERSON)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{lang}">' in answer.text


@pytest.mark.parametrize(("lang", "every"), [("de", 1), ("en", 5)])
@pytest.mark.parametrize("name", SEGMENTS)
def test_every_thing_has_a_page(
    client: httpx.Client, aachen: Workspace, name: str, lang: str, every: int
) -> None:
    network = aachen.network()
    for node in network.of_type(name)[::every]:
        answer = client.get(page_address(network, node), headers={**PERSON, "Cookie": f"lang={lang}"})
        assert answer.status_code == 200, node
        assert f'<html lang="{lang}">' in answer.text
        assert answer.text.count("<h1") == 1


def test_every_node_of_the_network_has_an_address_of_its_own(aachen: Workspace) -> None:
    network = aachen.network()
    addresses = {page_address(network, node) for node in network.multigraph}
    assert len(addresses) == network.multigraph.number_of_nodes()
    assert {address.split("/")[1] for address in addresses} == set(SEGMENTS.values())


def test_every_finding_has_a_card(client: httpx.Client) -> None:
    document = client.get("/findings?band=alle&as_of=2026-01-01", headers=PROGRAM).json()
    for finding in document["findings"]:
        answer = client.get(f"/findings/{finding['id']}?as_of=2026-01-01", headers=PERSON)
        assert answer.status_code == 200, finding["id"]
        card = client.get(f"/findings/{finding['id']}?as_of=2026-01-01", headers=PROGRAM).json()
        assert card["sentence"] == finding["sentence"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_loads_from_elsewhere_or_runs_what_stands_in_it(client: httpx.Client, path: str) -> None:
    page = loads(client.get(path, headers=PERSON).text)
    assert all(re.match(r"/(?!/)", address) for address in page.loaded), page.loaded
    assert page.inline == []


def test_links_to_other_hosts_give_nothing_away(client: httpx.Client) -> None:
    links = [
        link
        for path in ("/plans/p-sep3", "/sources/rt-sep2", "/data-sources")
        for link in loads(client.get(path, headers=PERSON).text).links
        if "//" in link["href"]
    ]
    assert len(links) > 5
    assert {link["rel"] for link in links} == {"noopener noreferrer"}
    assert {link["href"].split(":")[0] for link in links} <= {"http", "https", "mailto"}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/nowhere",
        "/plans/none",
        "/static/planwerk.css",
        "/sparql?query=x",
        "/openapi.json",
        "/id/p-sep1",
    ],
)
def test_every_answer_carries_the_policy(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'none';")


def test_a_foreign_host_is_refused(client: httpx.Client) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["Content-Security-Policy"] == POLICY


def test_a_defect_is_logged_and_answered_without_details(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(things, "thing_view", broken)
    with caplog.at_level(logging.ERROR, "planwerk"):
        answer = client.get("/plans/p-sep1")
    assert answer.status_code == 500
    assert answer.json()["status"] == 500
    assert "secret" not in answer.text
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "ZeroDivisionError" in caplog.text


def test_an_unknown_id_gets_a_problem_in_both_languages_with_the_nearest_ids(client: httpx.Client) -> None:
    answer = client.get("/plans/p-sep9", headers=PROGRAM)
    problem = answer.json()
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == "https://w3id.org/planwerk/problem/not-found"
    assert problem["instance"] == "/plans/p-sep9"
    assert "p-sep3" in problem["de"]
    assert "is not recorded" in problem["en"]
    assert problem["detail"] == problem["de"]


def test_people_get_a_page_for_an_unknown_id(client: httpx.Client) -> None:
    answer = client.get("/plans/p-sep9", headers=PERSON)
    assert answer.status_code == 404
    assert "ist nicht erfasst" in answer.text
    assert 'role="search"' in answer.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/nowhere", 404, "nichts|gibt es hier nicht"),
        ("/plans?as_of=gestern", 400, "gestern"),
        ("/plans?sort=magic", 400, "magic"),
        ("/plans?page=0", 400, "page"),
        ("/plans?status=lost", 400, "lost"),
        ("/plans?topic=t-none", 404, "t-none"),
        ("/findings?kind=wrong", 400, "wrong"),
        ("/findings?band=wrong", 400, "wrong"),
        ("/findings/overlap-0", 404, "overlap-0"),
        ("/graph?focus=qqqqqqqq", 404, "qqqqqqqq"),
        ("/api/network?depth=9", 400, "depth"),
        ("/questions/q99", 404, "q99"),
        ("/questions/q18?unknown=1", 400, "unknown"),
        ("/?lang=fr", 400, "fr"),
        ("/?format=pdf", 400, "pdf"),
        ("/export/planwerk.exe", 404, "planwerk.exe"),
        ("/search?q=" + "x" * 201, 400, "200"),
        ("/id/nothing", 404, "nothing"),
        ("/things/nothing", 404, "nothing"),
    ],
)
def test_what_cannot_be_answered_says_what_is_wrong(
    client: httpx.Client, path: str, status: int, said: str
) -> None:
    answer = client.get(path, headers=PROGRAM)
    assert answer.status_code == status
    assert re.search(said, answer.json()["de"])
    assert answer.json()["en"]
    assert client.get(path, headers=PERSON).status_code == status


def test_a_wrong_method_is_named(client: httpx.Client) -> None:
    answer = client.post("/plans")
    assert answer.status_code == 405
    assert answer.json()["en"] == "This address does not take this method."


def test_an_unchanged_page_answers_304(client: httpx.Client) -> None:
    first = client.get("/plans/p-sep3", headers=PERSON)
    again = client.get("/plans/p-sep3", headers={**PERSON, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_the_fingerprint_knows_language_form_and_day(client: httpx.Client) -> None:
    tags = {
        client.get("/plans/p-sep3", headers=PERSON).headers["etag"],
        client.get("/plans/p-sep3", headers=PROGRAM).headers["etag"],
        client.get("/plans/p-sep3?as_of=2017-12-07", headers=PERSON).headers["etag"],
        client.get("/plans/p-sep3", headers={**PERSON, "Cookie": "lang=en"}).headers["etag"],
    }
    assert len(tags) == 4


def test_a_changed_store_has_other_fingerprints(tables: Tables, workspace: Workspace, served: Served) -> None:
    plans = (AACHEN / "plans.csv").read_text("utf-8").partition("\n")[0]
    first, *others = plans.split(",")
    assert [first, others[0], others[-2]] == ["id", "title_de", "source_id"]
    row = "p-a,{}" + "," * (len(others) - 2) + "s1,"
    workspace.import_folder(tables(plans=f"{plans}\n{row.format('Plan Alt')}"))
    with served(workspace) as address:
        before = httpx.get(f"{address}/plans", headers=PERSON)
        workspace.import_folder(tables(plans=f"{plans}\n{row.format('Plan Neu')}"))
        after = httpx.get(f"{address}/plans", headers={**PERSON, "If-None-Match": before.headers["etag"]})
    assert "Plan Alt" in before.text
    assert after.status_code == 200
    assert "Plan Neu" in after.text


def test_static_files_are_kept_for_good_under_their_fingerprint(client: httpx.Client) -> None:
    page = loads(client.get("/graph", headers=PERSON).text)
    pinned = [address for address in page.loaded if address.startswith("/static/")]
    assert len(pinned) >= 5
    for address in pinned:
        assert "immutable" in client.get(address).headers["cache-control"]
    assert "immutable" not in client.get("/static/planwerk.css").headers["cache-control"]


def test_the_language_is_switched_and_remembered(client: httpx.Client) -> None:
    german = client.get("/plans", headers=PERSON)
    assert '<html lang="de">' in german.text
    (switch,) = [link for link in loads(german.text).links if link.get("hreflang") == "en"]
    english = client.get(switch["href"], headers=PERSON)
    assert "SameSite=lax" in english.headers["set-cookie"]
    assert '<html lang="en">' in client.get("/findings", headers=PERSON).text


def test_names_of_things_stay_in_the_language_of_the_source(client: httpx.Client) -> None:
    page = client.get("/plans/p-sep3?lang=en", headers=PERSON).text
    assert re.search(r'<h1[^>]*><span lang="de">Dritter Sozialentwicklungsplan', page)


def test_programs_get_json_where_people_get_pages(client: httpx.Client) -> None:
    assert client.get("/plans/p-sep3", headers=PROGRAM).json()["thing"]["id"] == "p-sep3"
    assert client.get("/plans/p-sep3?format=json").json()["thing"]["kind"] == "Plan"
    assert client.get("/plans/p-sep3").headers["content-type"].startswith("text/html")


def test_answers_are_packed_for_those_who_can_unpack(client: httpx.Client) -> None:
    packed = client.get("/plans", headers={**PERSON, "Accept-Encoding": "gzip"})
    plain = client.get("/plans", headers={**PERSON, "Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text


def test_a_head_request_gets_the_head_only(client: httpx.Client) -> None:
    answer = client.head("/plans")
    assert (answer.status_code, answer.content) == (200, b"")


def test_the_openapi_document_lists_every_address_in_both_languages(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    expected = {f"/{segment}" for segment in SEGMENTS.values()} | {
        f"/{segment}/{{id}}" for segment in SEGMENTS.values()
    }
    assert expected <= set(document["paths"])
    assert {"/", "/sparql", "/api/network", "/findings/{id}", "/questions/{name}"} <= set(document["paths"])
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["x-summary-de"], path
            assert all(
                one["description"] for one in operation.get("parameters", ()) if one["in"] == "query"
            ), path


def test_the_description_page_lists_every_operation(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    page = client.get("/docs", headers=PERSON).text
    for path in document["paths"]:
        assert f"<code>{path}</code>" in page


def test_every_text_of_the_surface_is_in_both_languages_with_the_same_values() -> None:
    for key, text in TEXTS.items():
        assert text.de, key
        assert text.en, key
        assert set(re.findall(r"\{\w+\}", text.de)) == set(re.findall(r"\{\w+\}", text.en)), key


def test_every_text_of_the_surface_is_used() -> None:
    folder = Path(api.__file__).parent
    files = [
        path for path in folder.rglob("*") if path.suffix in {".py", ".html"} and path.name != "texts.py"
    ]
    said = "".join(path.read_text("utf-8") for path in files)
    put_together = tuple(re.findall(r"""["']([a-z.]+\.)(?:\{|["'] ~)""", said))
    unused = [key for key in TEXTS if not re.search(f"""["']{re.escape(key)}["']""", said)]
    assert [key for key in unused if not key.startswith(put_together)] == []
