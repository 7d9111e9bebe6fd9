"""Walks on the page: made, filled, put in order, noted on, copied, deleted, taken back; nothing of anybody's is ever lost."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from api.jobs import walking
from api.settings import read_settings
from api.workspace import Workspace
from graph.errors import Text
from graph.output.lenses.view import View
from graph.output.walks.walk import MOST_STEPS, Step, Walk
from tests.injections import INJECTIONS
from tests.stores.chosen import copied

PERSON = {"Accept": "text/html"}
DAY = date(2026, 1, 1)
OVERLAP = "overlap-266eb466dfbc"
STEPS = tuple(Step(View(focus=name)) for name in ("p-sep3", "p-kjfp4", "p-kubi06"))


@pytest.fixture(scope="module")
def shared_store(aachen: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of Aachen's store, so that no test touches what all read."""
    store = tmp_path_factory.mktemp("walks") / "store"
    copied(aachen, store)
    return store


@pytest.fixture(scope="module")
def city(shared_store: Path) -> Iterator[Workspace]:
    """One workspace that may be written into; each test begins with the same walk."""
    with Workspace(replace(read_settings({}, store=str(shared_store)), editing=True)) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def at(city: Workspace, served: Callable[[Workspace], AbstractContextManager[str]]) -> Iterator[str]:
    with served(city) as address:
        yield address


@pytest.fixture
def client(city: Workspace, at: str) -> Iterator[httpx.Client]:
    for name in walking.walks(city):
        walking.revise(city, name, lambda _: None, "fresh")
    walk = Walk("runde", Text("Die Runde", "The round"), STEPS, DAY)
    walking.revise(city, "runde", lambda _: walk, "fresh")
    with httpx.Client(base_url=at, timeout=60, headers=PERSON) as asking:
        yield asking


def hidden(page: httpx.Response, name: str) -> str:
    found = re.search(f"""name="{name}"[^>]*? value="([^"]*)" """.strip(), page.text)
    assert found, f"no {name} in {page.url}"
    return html.unescape(found[1])


def fields(page: httpx.Response) -> dict[str, str]:
    """Return the form of an editing page as a browser would send it."""
    notes = re.findall(r'<textarea[^>]* name="(note-\d+)"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL)
    named = {name: hidden(page, name) for name in ("token", "version", "title_de", "title_en", "day")}
    return named | {name: html.unescape(text) for name, text in notes}


def opened(client: httpx.Client, name: str = "runde") -> httpx.Response:
    return client.get(f"/walks/{name}/edit")


def sent(client: httpx.Client, page: httpx.Response, do: str = "save", **more: str) -> httpx.Response:
    """Send the form of an editing page, with one of its buttons."""
    return client.post("/walks/runde/edit", data=fields(page) | {"do": do} | more, follow_redirects=True)


def foci(city: Workspace, name: str = "runde") -> str:
    return " ".join(step.view.focus or step.view.lens for step in walking.the_walk(city, name).steps)


def post(client: httpx.Client, path: str, page: httpx.Response, **data: str) -> httpx.Response:
    return client.post(path, data={"token": hidden(page, "token"), **data}, follow_redirects=True)


class TestOrder:
    @pytest.mark.parametrize(
        ("do", "after", "said"),
        [
            ("up-2", "p-kjfp4 p-sep3 p-kubi06", "er ist jetzt Schritt 1"),
            ("down-2", "p-sep3 p-kubi06 p-kjfp4", "er ist jetzt Schritt 3"),
            ("remove-2", "p-sep3 p-kubi06", "Schritt 2 ist entfernt"),
        ],
    )
    def test_a_button_moves_or_removes_its_step_and_the_page_says_so(self, client, city, do, after, said):
        page = sent(client, opened(client), do)
        assert foci(city) == after
        assert said in page.text

    def test_the_moved_step_keeps_the_focus_of_the_keyboard(self, client):
        page = sent(client, opened(client), "up-3")
        assert re.search(r'value="up-2"[^>]* autofocus', page.text)
        page = sent(client, page, "up-2")
        assert re.search(r'value="down-1"[^>]* autofocus', page.text)

    def test_any_button_stores_all_that_was_typed(self, client, city):
        sent(
            client,
            opened(client),
            "up-2",
            **{"note-1": "zuerst", "note-3": "zuletzt", "title_de": "Neue Runde"},
        )
        walk = walking.the_walk(city, "runde")
        assert [step.note for step in walk.steps] == ["", "zuerst", "zuletzt"]
        assert walk.title == Text("Neue Runde", "The round")

    def test_a_note_of_several_lines_comes_back_as_it_was_typed(self, client, city):
        sent(client, opened(client), **{"note-1": " \r\n erstens\r\n\r\nzweitens\x00 "})
        assert walking.the_walk(city, "runde").steps[0].note == "erstens\n\nzweitens"
        assert fields(opened(client))["note-1"] == "erstens\n\nzweitens"

    def test_the_day_can_be_set_and_taken_away(self, client, city):
        sent(client, opened(client), day="2025-06-30")
        assert walking.the_walk(city, "runde").day == date(2025, 6, 30)
        sent(client, opened(client), day="")
        assert walking.the_walk(city, "runde").day is None

    @pytest.mark.parametrize("do", ["up-1", "down-3", "remove-9", "up-0", "down-99999999999", "remove-x"])
    def test_a_step_that_there_is_not_is_refused_and_what_was_typed_stays(self, client, city, do):
        page = sent(client, opened(client), do, **{"note-2": "getippt"})
        assert (page.status_code, foci(city)) == (404, "p-sep3 p-kjfp4 p-kubi06")
        assert fields(page)["note-2"] == "getippt"


class TestAdding:
    def test_a_finding_is_added_from_its_card(self, client, city):
        card = client.get(f"/findings/{OVERLAP}?as_of=2026-01-01").text
        link = re.search(r'href="(/walks\?[^"]*finding=[^"]*)"', card)
        assert link
        page = client.get(html.unescape(link[1]))
        assert "Kinder- und Jugendförderplan" in page.text
        done = post(client, "/walks/runde/steps", page, what=hidden(page, "what"))
        assert "Hinzugefügt als Schritt 4" in done.text
        assert walking.the_walk(city, "runde").findings == (OVERLAP,)
        assert ", 4</a>" in client.get(f"/findings/{OVERLAP}?as_of=2026-01-01").text

    def test_a_picture_is_added_from_its_page(self, client, city):
        picture = client.get("/graph?lens=time&department=dep-fb45&as_of=2026-01-01").text
        link = re.search(r'href="(/walks\?view=[^"]*)"', picture)
        assert link
        page = client.get(html.unescape(link[1]))
        assert "Hier hinzufügen" in page.text
        post(client, "/walks/runde/steps", page, what=hidden(page, "what"))
        added = walking.the_walk(city, "runde").steps[-1].view
        assert (added.lens, added.filters.departments) == ("time", ("dep-fb45",))

    @pytest.mark.parametrize(
        "what",
        [
            OVERLAP,
            f"http://127.0.0.1:8000/findings/{OVERLAP}?as_of=2026-01-01",
            "/graph?focus=p-an14&node=g1&off=Goal",
        ],
    )
    def test_an_address_out_of_the_browser_will_do(self, client, city, what):
        page = sent(client, opened(client), "add", what=what)
        assert "Hinzugefügt als Schritt 4" in page.text
        assert len(walking.the_walk(city, "runde").steps) == 4

    @pytest.mark.parametrize(
        "what", ["", "nichts", "/graph?focus=nichts", "/graph?unsinn=1", "javascript:alert(1)"]
    )
    def test_what_is_no_finding_and_no_picture_is_refused_with_everything_kept(self, client, city, what):
        page = sent(client, opened(client), "add", what=what, **{"note-1": "getippt"})
        assert page.status_code in {400, 404}
        assert fields(page)["note-1"] == "getippt"
        assert len(walking.the_walk(city, "runde").steps) == 3

    def test_what_is_there_already_is_not_added_again(self, client, city):
        page = client.get(f"/walks?finding={OVERLAP}")
        for said in ("Hinzugefügt als Schritt 4", "Das steht schon im Rundgang, als Schritt 4"):
            assert said in post(client, "/walks/runde/steps", page, what=OVERLAP).text
        assert len(walking.the_walk(city, "runde").steps) == 4

    def test_a_walk_holds_no_more_than_any_meeting_could_come_by(self, client, city):
        walking.revise(
            city, "runde", lambda w: replace(w["runde"], steps=tuple(Step(View(focus=f"p-{n}")) for n in range(MOST_STEPS))), "full"
        )  # fmt: skip
        page = client.get(f"/walks?finding={OVERLAP}")
        assert "mehr fasst er nicht" in post(client, "/walks/runde/steps", page, what=OVERLAP).text


class TestMaking:
    def test_a_walk_is_made_from_open_findings_like_by_the_command(self, client, city):
        page = client.get("/walks")
        made = post(
            client, "/walks", page, title="Große Runde am 7. Mai", fill="findings", top="4", day="2026-01-01"
        )
        assert made.url.path == "/walks/grosse-runde-am-7-mai/edit"
        by_command = walking.prepare(
            city, "befehl", rules=None, band=None, top=4, day=DAY, title="Große Runde am 7. Mai"
        )
        assert replace(walking.the_walk(city, "grosse-runde-am-7-mai"), name="befehl") == by_command

    def test_a_new_walk_may_begin_with_what_was_chosen(self, client, city):
        page = client.get(f"/walks?finding={OVERLAP}")
        post(client, "/walks", page, title="Neu", fill="empty", what=OVERLAP)
        assert walking.the_walk(city, "neu").findings == (OVERLAP,)

    def test_a_double_click_makes_one_walk(self, client, city):
        page = client.get("/walks")
        for _ in range(2):
            assert (
                post(client, "/walks", page, title="Doppelt", fill="findings", top="2").url.path
                == "/walks/doppelt/edit"
            )
        assert sorted(walking.walks(city)) == ["doppelt", "runde"]

    def test_another_walk_of_the_same_title_gets_a_name_of_its_own(self, client, city):
        page = client.get("/walks")
        post(client, "/walks", page, title="Runde", fill="empty")
        post(client, "/walks", page, title="Runde", fill="findings", top="1")
        assert sorted(walking.walks(city)) == ["runde", "runde-2", "runde-3"]

    @pytest.mark.parametrize(
        ("said", "what"),
        [
            ({"title": "  "}, "braucht einen Titel"),
            ({"title": "x" * 500}, "höchstens 200"),
            ({"title": "Gut", "day": "gestern"}, "gestern"),
            ({"title": "Gut", "fill": "findings", "top": "0"}, "Möglich sind 1 bis 30"),
            ({"title": "Gut", "fill": "findings", "top": "9999999999999"}, "Möglich sind 1 bis 30"),
        ],
    )
    def test_what_cannot_be_is_refused_in_a_sentence_with_the_form_as_it_was(self, client, city, said, what):
        page = post(client, "/walks", client.get("/walks"), **{"fill": "empty", **said})
        assert page.status_code == 400
        assert what in page.text
        assert hidden(page, "title") == said["title"]
        assert list(walking.walks(city)) == ["runde"]

    @pytest.mark.parametrize(
        ("title", "name"),
        [("مجموعة التوجيه", "rundgang"), ("„Jugend“ & Älteste", "jugend-aelteste"), ("…/../x", "x")],
    )
    def test_any_title_gives_a_name_that_an_address_can_carry(self, client, city, title, name):
        page = post(client, "/walks", client.get("/walks"), title=title, fill="empty")
        assert page.url.path == f"/walks/{name}/edit"
        assert hidden(page, "title_de") == title
        assert walking.the_walk(city, name).title.de == title


class TestTwoAtOnce:
    def test_whoever_looked_at_an_earlier_version_changes_nothing_and_keeps_what_was_typed(
        self, client, city
    ):
        mine, theirs = opened(client), opened(client)
        sent(client, theirs, "remove-1", **{"note-3": "von ihr"})
        page = sent(
            client, mine, "up-3", **{"note-1": "zum entfernten", "note-2": "meine", "title_de": "Mein Titel"}
        )
        assert page.status_code == 412
        assert "hat inzwischen jemand anderes geändert" in page.text
        assert "Schritt 1 entfernt" in page.text
        assert foci(city) == "p-kjfp4 p-kubi06"
        assert fields(page)["note-1"] == "meine"
        assert fields(page)["note-2"] == "von ihr"
        assert fields(page)["title_de"] == "Mein Titel"
        assert re.search(r"<blockquote[^>]*>zum entfernten</blockquote>", page.text)

    def test_saving_once_more_then_stores_both(self, client, city):
        mine = opened(client)
        sent(client, opened(client), **{"note-1": "ihre"})
        page = sent(client, mine, **{"note-2": "meine"})
        assert sent(client, page).status_code == 200
        assert [step.note for step in walking.the_walk(city, "runde").steps] == ["ihre", "meine", ""]

    @pytest.mark.parametrize("do", ["up-2", "down-1", "remove-2", "save"])
    def test_a_double_click_is_done_once_and_is_no_conflict(self, client, city, do):
        page = opened(client)
        first = sent(client, page, do, **{"note-1": "x"})
        after = foci(city)
        assert (first.status_code, sent(client, page, do, **{"note-1": "x"}).status_code) == (200, 200)
        assert foci(city) == after

    def test_who_edits_what_was_deleted_is_told_how_to_have_it_back(self, client):
        page = opened(client)
        gone = client.get("/walks/runde/delete")
        post(client, "/walks/runde/delete", gone, version=hidden(gone, "version"))
        answer = sent(client, page, **{"note-1": "x"})
        assert answer.status_code == 404
        assert "inzwischen jemand gelöscht" in answer.text

    def test_two_who_add_at_once_both_find_theirs(self, client, city):
        page = client.get(f"/walks?finding={OVERLAP}")
        post(client, "/walks/runde/steps", page, what=OVERLAP)
        post(client, "/walks/runde/steps", page, what="focus=p-an14")
        assert foci(city) == "p-sep3 p-kjfp4 p-kubi06 shared p-an14"


class TestTakingBack:
    def state(self, page: httpx.Response) -> str:
        return hidden(page, "state")

    def test_a_change_is_taken_back_by_a_change_of_its_own(self, client, city):
        before = walking.the_walk(city, "runde")
        page = sent(client, opened(client), "remove-2")
        back = post(
            client, "/walks/runde/undo", page, state=self.state(page), version=hidden(page, "version")
        )
        assert "Zurückgenommen." in back.text
        assert walking.the_walk(city, "runde") == before
        whys = [entry.why for entry in city.files.log()[-2:]]
        assert whys == ["Rundgang runde: Schritt 2 entfernt", "Rundgang runde: Änderung zurückgenommen"]
        assert {entry.who for entry in city.files.log()[-2:]} == {"Seite"}

    def test_taking_back_is_taken_back_too(self, client, city):
        page = sent(client, opened(client), "remove-2")
        page = post(
            client, "/walks/runde/undo", page, state=self.state(page), version=hidden(page, "version")
        )
        post(client, "/walks/runde/undo", page, state=self.state(page), version=hidden(page, "version"))
        assert foci(city) == "p-sep3 p-kubi06"

    def test_nothing_is_taken_back_over_what_somebody_else_did_meanwhile(self, client, city):
        page = sent(client, opened(client), "remove-2")
        sent(client, opened(client), **{"note-1": "wichtig"})
        back = post(
            client, "/walks/runde/undo", page, state=self.state(page), version=hidden(page, "version")
        )
        assert back.status_code == 412
        assert walking.the_walk(city, "runde").steps[0].note == "wichtig"

    def test_a_deletion_is_asked_about_done_once_and_taken_back(self, client, city):
        before = walking.the_walk(city, "runde")
        ask = client.get("/walks/runde/delete")
        assert "Rundgang löschen?" in ask.text
        for _ in range(2):
            page = post(client, "/walks/runde/delete", ask, version=hidden(ask, "version"))
            assert "Der Rundgang ist gelöscht" in page.text
        assert walking.walks(city) == {}
        post(client, "/walks/runde/undo", page, state=self.state(page), version="")
        assert walking.the_walk(city, "runde") == before

    def test_what_changed_after_the_question_is_not_deleted(self, client, city):
        ask = client.get("/walks/runde/delete")
        sent(client, opened(client), **{"note-1": "wichtig"})
        assert post(client, "/walks/runde/delete", ask, version=hidden(ask, "version")).status_code == 412
        assert walking.the_walk(city, "runde").steps[0].note == "wichtig"

    def test_a_copy_is_made_once_and_leaves_the_original_alone(self, client, city):
        page, before = opened(client), walking.the_walk(city, "runde")
        for _ in range(2):
            copy = post(client, "/walks/runde/copy", page, to=hidden(page, "to"))
            assert copy.url.path == "/walks/die-runde/edit"
        held = walking.walks(city)
        assert held == {
            "runde": before,
            "die-runde": replace(
                before, name="die-runde", title=Text("Die Runde (Kopie)", "The round (copy)")
            ),
        }


class TestTrust:
    @pytest.mark.parametrize(
        "path",
        [
            "/walks",
            "/walks/runde/edit",
            "/walks/runde/steps",
            "/walks/runde/copy",
            "/walks/runde/delete",
            "/walks/runde/undo",
        ],
    )
    @pytest.mark.parametrize(
        "headers", [{"Origin": "https://example.org"}, {"Sec-Fetch-Site": "cross-site"}, {}]
    )
    def test_nothing_is_changed_by_another_site_or_without_our_form(self, client, city, path, headers):
        before = city.files.snapshot()
        answer = client.post(path, data={"title": "x", "what": OVERLAP, "do": "remove-1"}, headers=headers)
        assert answer.status_code == 403
        assert city.files.snapshot() == before

    @pytest.mark.usefixtures("client")
    def test_without_editing_all_is_read_and_the_page_says_how_to_change(
        self, shared_store, served: Callable[[Workspace], AbstractContextManager[str]]
    ):
        with (
            Workspace(read_settings({}, store=str(shared_store))) as reading,
            served(reading) as address,
            httpx.Client(base_url=address, timeout=60, headers=PERSON) as reader,
        ):
            page = reader.get(f"/walks?finding={OVERLAP}")
            assert "<code>planwerk serve --editing</code>" in page.text
            assert f"planwerk walk steuerung --add {OVERLAP}" in page.text
            assert 'method="post"' not in page.text
            assert reader.get("/walks/runde/edit").status_code == 403
            reader.cookies.clear()
            page = reader.get("/import")
            reader.cookies.set("form", reader.cookies["form"], path="/walks")
            token = hidden(page, "token")
            for path in (
                "/walks",
                "/walks/runde/edit",
                "/walks/runde/delete",
                "/walks/runde/undo",
                "/walks/runde/copy",
            ):
                refused = reader.post(path, data={"token": token, "title": "x"})
                assert refused.status_code == 403
                assert "nur gelesen" in refused.text

    @pytest.mark.parametrize("some", [INJECTIONS[place::4] for place in range(4)], ids=range(4))
    def test_evil_titles_and_notes_stay_text(self, client, some):
        said = " ".join(" ".join(some).split())
        page = sent(client, opened(client), **{"title_de": said[:200], "note-1": said})
        assert fields(page)["note-1"] == "".join(sign for sign in said if sign >= " ")
        assert "<script>alert" not in page.text
        assert "<img" not in page.text

    def test_a_walk_without_steps_cannot_be_presented_and_the_page_says_why(self, client, city):
        walking.revise(city, "runde", lambda w: replace(w["runde"], steps=()), "empty")
        for path in ("/walks/runde?step=1", "/walks/runde/file"):
            answer = client.get(path)
            assert answer.status_code == 404
            assert "Einen Schritt 1 hat der Rundgang" in answer.text
        assert "noch keine Schritte" in opened(client).text

    def test_three_hundred_steps_are_edited_like_three(self, client, city):
        steps = tuple(Step(View(focus=f"p-{n}"), note="Notiz " * 20) for n in range(300))
        walking.revise(city, "runde", lambda w: replace(w["runde"], steps=steps), "many")
        page = opened(client)
        assert len(fields(page)) == 5 + 300
        assert sent(client, page, "up-300").status_code == 200
        assert walking.the_walk(city, "runde").steps[298].view.focus == "p-299"
