"""Walks through a meeting: prepared from findings, changed step by step, stored as text, shown as slides."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cli import main
from api.jobs import walking
from api.jobs.asking import question
from api.jobs.checking import check_store
from api.settings import read_settings
from api.workspace import Workspace
from graph.errors import BadRequest, NotFound, Text
from graph.output.drawing.filters import Filters
from graph.output.lenses.view import View
from graph.output.takeaway.packed import pack
from graph.output.takeaway.picture import library
from graph.output.walks.address import read_view, view_address
from graph.output.walks.stored import SOURCE, read_walks, walks_text
from graph.output.walks.walk import CLOSING, Step, Walk
from graph.output.walks.wall import walk_html
from tests.stores.chosen import copied

DAY = date(2026, 1, 1)
BASE = "https://example.org/id/"


@pytest.fixture
def city(aachen: Workspace, tmp_path: Path):
    """A copy of Aachen's store, to write into."""
    copied(aachen, tmp_path / "city")
    with Workspace(read_settings({}, store=str(tmp_path / "city"))) as workspace:
        yield workspace


@pytest.fixture
def run(city: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Return a function that runs a command on the copy and gives status, output and errors."""
    monkeypatch.setenv("PLANWERK_STORE", city.settings.store)

    def command(*words: str) -> tuple[int, str, str]:
        status = main(list(words))
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def prepared(workspace: Workspace, name: str = "steuerung", **wanted: object) -> Walk:
    asked = {"rules": None, "band": None, "top": 4, "day": DAY, **wanted}
    return walking.prepare(workspace, name, **asked)  # type: ignore[arg-type]


class TestPreparing:
    def test_a_walk_begins_with_all_plans_and_ends_with_what_is_to_be_decided(self, city):
        walk = prepared(city)
        assert [step.view.lens for step in walk.steps] == ["lanes", "shared", "shared", "ego", "ego", CLOSING]
        assert walk.steps[0].title == Text("Alle Planwerke im Zusammenhang", "How all plans hang together")
        assert walk.steps[-1].title == Text("Was zu entscheiden ist", "What is to be decided")

    def test_an_overlap_is_shown_by_what_its_two_plans_share(self, city):
        step = prepared(city, rules=["overlap"], top=1).steps[1]
        assert step.view == View(lens="shared", plans=("p-kjfp4", "p-kubi06"))
        assert step.finding == "overlap-266eb466dfbc"

    def test_a_chain_gap_is_shown_by_the_surroundings_of_its_plan(self, city):
        step = prepared(city, rules=["chain"], top=1).steps[1]
        assert (step.view.lens, step.view.focus) == ("ego", "p-an14")

    def test_a_goal_without_steering_is_shown_beside_its_plan(self, city):
        goal = next(f.id for f in city.findings(DAY, ["chain"]).findings if f.nodes == ("g006",))
        step = next(s for s in prepared(city, rules=["chain"], top=200).steps if s.finding == goal)
        assert (step.view.lens, step.view.focus) == ("ego", "p-sep3")

    def test_an_intention_is_shown_by_how_both_plans_hang_together(self, city):
        found = {f.id: f.kind for f in city.findings(DAY).findings}
        steps = [
            s
            for s in prepared(city, rules=["congruence"], top=30).steps
            if found.get(s.finding) == "intention"
        ]
        assert (steps[0].view.lens, steps[0].view.focus, steps[0].view.to) == ("ways", "p-fnp30", "p-kla19")

    def test_a_duty_without_plan_is_shown_on_the_line_of_time(self, city):
        city.import_folder(Path(__file__).parents[2] / "data" / "duties-nrw")
        assert prepared(city, rules=["duty"], top=1).steps[1].view.lens == "time"

    def test_of_several_rules_each_comes_in_turn(self, city):
        rules = {f.id: f.rule.id for f in city.findings(DAY).findings}
        shown = [rules[name] for name in prepared(city, top=6).findings]
        assert shown == ["overlap", "subset", "fragmentation", "congruence", "chain", "stale"]

    def test_what_is_coordinated_or_decided_already_is_left_out(self, city):
        first = prepared(city, rules=["overlap"], top=50)
        every = {f.id: f.kind for f in city.findings(DAY).findings}
        assert "coordinated" not in {every[name] for name in first.findings}
        city.decide(first.findings[0], "gewollt", "so gewollt", role="Steuerungsgruppe")
        assert first.findings[0] not in prepared(city, rules=["overlap"], top=50).findings

    def test_preparing_again_keeps_the_notes(self, city, run):
        prepared(city)
        run("walk", "steuerung", "--note", "2", "Zuerst FB 45 hören")
        assert prepared(city, top=3).steps[1].note == "Zuerst FB 45 hören"

    def test_a_choice_without_findings_is_refused_and_nothing_is_stored(self, city):
        with pytest.raises(NotFound, match="der Rundgang wäre leer"):
            prepared(city, rules=["conflict"])
        assert walking.walks(city) == {}


class TestChanging:
    steps = tuple(Step(View(focus=name)) for name in "abc")
    walk = Walk("w", Text("W", "W"), (*steps, Step(View(lens=CLOSING))))

    def foci(self, walk: Walk) -> str:
        return "".join(step.view.focus or "." for step in walk.steps)

    def test_a_new_step_comes_before_the_list_of_decisions(self):
        assert self.foci(self.walk.with_step(Step(View(focus="d")))) == "abcd."

    @pytest.mark.parametrize(
        ("number", "to", "after"), [(1, 3, "bca."), (3, 1, "cab."), (2, 2, "abc."), (4, 1, ".abc")]
    )
    def test_a_step_moves_to_its_new_place(self, number, to, after):
        assert self.foci(self.walk.moved(number, to)) == after

    def test_a_step_is_taken_out(self):
        assert self.foci(self.walk.without(2)) == "ac."

    @pytest.mark.parametrize("number", [0, 5, -1])
    def test_a_step_that_there_is_not_is_refused(self, number):
        for change in (
            self.walk.without,
            self.walk.step,
            lambda n: self.walk.moved(n, 1),
            lambda n: self.walk.noted(n, "x"),
        ):
            with pytest.raises(NotFound, match="er hat 4"):
                change(number)

    def test_a_note_of_book_length_is_refused(self):
        with pytest.raises(BadRequest, match="2001 Zeichen"):
            self.walk.noted(1, "x" * 2001)


names = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
texts = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40)
views = st.builds(
    View,
    lens=st.sampled_from(["", "lanes", "shared", "net", "time", CLOSING]),
    focus=st.none() | names,
    to=st.none() | names,
    depth=st.integers(1, 3),
    kinds=st.lists(names, max_size=2).map(tuple),
    plans=st.lists(names, max_size=3).map(tuple),
    since=st.none() | st.dates(),
    as_of=st.none() | st.dates(),
    every=st.booleans(),
    aggregate=st.sampled_from(["", "department", "topic"]),
    limit=st.integers(1, 1000),
    filters=st.builds(
        Filters, departments=st.lists(names, max_size=2).map(tuple), start=st.none() | st.dates()
    ),
)


class TestStoring:
    @given(views)
    def test_a_view_comes_back_from_its_address(self, view):
        assert read_view(view_address(view)) == view
        assert read_view(f"/graph?{view_address(view)}&node=x&lang=en") == view

    def test_kinds_switched_off_in_the_legend_do_not_come_along_into_a_step(self):
        assert read_view("/graph?lens=net&off=Plan.TargetGroup").kinds == (
            "OrganizationalUnit",
            "SteeringInstrument",
        )
        assert (
            "Goal" in read_view("/graph?focus=p-sep3").kinds + read_view("/graph?focus=p-sep3&off=Plan").kinds
        )
        assert "Goal" not in read_view("/graph?focus=p-sep3&off=Goal").kinds
        assert read_view("kind=Plan&off=Plan").kinds == ("Plan",)

    @settings(deadline=None)
    @given(
        st.dictionaries(
            names, st.tuples(texts, st.lists(st.tuples(views, names, texts), max_size=4)), max_size=3
        )
    )
    def test_walks_come_back_from_their_text(self, said):
        walks = {
            name: Walk(name, Text(title, title), tuple(Step(v, f, None, note) for v, f, note in steps), DAY)
            for name, (title, steps) in said.items()
        }
        text = walks_text(walks, BASE)
        assert read_walks(text, BASE) == walks
        assert walks_text(read_walks(text, BASE), BASE) == text

    @pytest.mark.parametrize(
        "written", ["lense=net", "/findings?x=1", "focus", "as_of=gestern", "limit=viele"]
    )
    def test_what_is_no_view_is_refused(self, written):
        with pytest.raises(BadRequest):
            read_view(written)

    def test_walks_have_a_source_of_their_own_and_survive_an_import(self, city):
        walk = prepared(city)
        before = city.files.text(city.settings.base + SOURCE)
        city.import_folder(Path(__file__).parents[2] / "data" / "aachen")
        assert city.files.text(city.settings.base + SOURCE) == before
        assert walking.the_walk(city, "steuerung") == walk

    def test_the_shapes_find_nothing_wrong_with_a_walk(self, city):
        prepared(city)
        assert [found for found in check_store(city) if "walk/" in found.thing] == []

    def test_a_ready_made_question_lists_the_steps(self, city):
        prepared(city, rules=["overlap"], top=1)
        rows = list(city.host().query(question("q55").text).bindings())
        assert [row["number"].value for row in rows] == ["1", "2", "3"]
        assert rows[1]["finding"].value.endswith("finding/overlap-266eb466dfbc")


class TestCommands:
    def test_a_walk_is_prepared_changed_listed_and_deleted(self, run):
        assert (
            run(
                "walk",
                "sitzung",
                "--from-findings",
                "--top",
                "2",
                "--as-of",
                "2026-01-01",
                "--title",
                "Januar",
            )[0]
            == 0
        )
        status, out, _ = run(
            "walk", "sitzung", "--add", "/graph?lens=time&limit=20", "--move", "4", "1", "--format", "json"
        )
        shown = json.loads(out)
        assert (status, shown["title"]["de"], shown["as_of"]) == (0, "Januar", "2026-01-01")
        assert [step["view"].partition("&")[0] for step in shown["steps"]] == [
            "lens=time", "lens=lanes", "lens=shared", "lens=shared", "lens=list",
        ]  # fmt: skip
        assert run("walks", "--format", "csv")[1].splitlines()[1] == "sitzung,Januar,5,2026-01-01"
        assert run("walk", "sitzung", "--delete")[0] == 0
        assert run("walks", "--format", "json")[1] == "[]\n"

    def test_a_step_added_to_a_new_name_begins_a_walk(self, run):
        status, out, _ = run(
            "walk", "neu", "--add", "focus=p-sep3", "--as-of", "2026-01-01", "--format", "json"
        )
        assert (status, [step["view"] for step in json.loads(out)["steps"]]) == (0, ["focus=p-sep3"])

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["nirgends"], "Einen Rundgang „nirgends“ gibt es nicht. Vorhanden: da."),
            (["da", "--add", "overlap-000"], "„overlap-000“ ist nicht erfasst."),
            (["da", "--add", "lens=spirale"], "Die Ansicht „spirale“ gibt es nicht;"),
            (["da", "--add", "focus=p-nie"], "Unter „p-nie“ ist nichts bekannt."),
            (["da", "--remove", "9"], "Einen Schritt 9 hat der Rundgang „da“ nicht; er hat 3."),
            (["da", "--move", "1", "9"], "Einen Schritt 9 hat der Rundgang „da“ nicht; er hat 3."),
            (["da", "--note", "x", "y"], "--note: „x“ ist keine Nummer eines Schritts."),
            (["da", "--note", "9", "y", "--add", "focus=p-sep3"], "Einen Schritt 9 hat der Rundgang"),
            (["da", "--rule", "chain"], "--rule und --band gehören zu --from-findings."),
            (["da", "--from-findings", "--rule", "foo"], "Die Regel „foo“ gibt es nicht;"),
            (["da", "--from-findings", "--band", "foo"], "Das Band „foo“ gibt es nicht;"),
            (["Groß Name", "--from-findings"], "„Groß Name“ taugt nicht als Name eines Rundgangs"),
        ],
    )
    def test_a_change_that_cannot_be_is_refused_in_one_sentence_and_nothing_is_stored(
        self, city, run, words, said
    ):
        prepared(city, "da", top=1)
        before = city.files.text(city.settings.base + SOURCE)
        status, out, err = run("walk", *words)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert err.startswith(said)
        assert city.files.text(city.settings.base + SOURCE) == before

    def test_a_walk_is_written_as_one_file_the_same_each_time(self, run, tmp_path):
        run("walk", "sitzung", "--from-findings", "--as-of", "2026-01-01")
        for name in ("a.html", "b.html"):
            assert run("--quiet", "picture", str(tmp_path / name), "--walk", "sitzung")[0] == 0
        assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()

    def test_a_walk_is_no_drawing(self, city, run, tmp_path):
        prepared(city, "da")
        assert run("picture", str(tmp_path / "a.svg"), "--walk", "da") == (
            1, "", "a.svg: einen Rundgang gibt es nur als .html.\n",
        )  # fmt: skip

    def test_the_tutorial_shows_commands_that_work_one_after_the_other(self, run, tmp_path, monkeypatch):
        text = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text("utf-8")
        section = text.partition("### Sitzung vorbereiten und führen")[2]
        lines = section.partition("```sh\n")[2].partition("```")[0].splitlines()
        monkeypatch.chdir(tmp_path)
        for line in lines[:-1]:
            assert run(*shlex.split(line, comments=True)[1:])[0] == 0, line
        assert (tmp_path / "sitzung.html").stat().st_size <= 700 * 1024
        assert (
            run("walk", "steuerung", "--format", "csv")[1]
            .splitlines()[2]
            .startswith("2,Umgebung: Dritter Sozial")
        )


class TestSlides:
    def test_a_finding_is_told_with_leads_coordination_coverage_and_sources(self, city):
        walk = prepared(city, rules=["overlap"], top=1)
        told = walking.show(city, walk).slides[1].told
        assert told is not None
        assert told.kind == Text(
            "Überschneidung, nicht abgestimmt erfasst", "Overlap, no coordination recorded"
        )
        assert [(line.label, line.count.de) for line in told.shared] == [
            ("Kinder- und Jugendförderung", "4 von 63 Planwerken"),
            ("Jugendliche und junge Menschen", "6 von 63 Planwerken"),
            ("Kinder", "10 von 63 Planwerken"),
            ("Gesamtstadt Aachen", "57 von 63 Planwerken"),
        ]
        assert told.leads == ("FB 45 Kinder, Jugend und Schule", "E 49 Kulturbetrieb")
        assert told.ways == ()
        assert told.coverage.de.startswith("63 von 99 Planwerken betrachtet")
        assert told.sources == ("Vorlage FB 45/0299/WP18, 2023-02-15", "Vorlage E 49/0023/WP15 Barockfabrik")

    def test_a_finding_that_no_longer_stands_is_said(self, city):
        gone = Walk("w", Text("W", "W"), (Step(View(), "overlap-000000000000"),), DAY)
        slide = walking.show(city, gone).slides[0]
        assert (slide.told, slide.lost) == (None, (Text("Dieser Hinweis besteht an diesem Tag nicht mehr.", "This finding no longer stands on this day."),))  # fmt: skip

    def test_a_view_that_can_no_longer_be_drawn_is_said(self, city):
        slide = walking.show(city, Walk("w", Text("W", "W"), (Step(View(focus="p-nie")),), DAY)).slides[0]
        assert (slide.document, [text.de for text in slide.lost]) == (
            None, ["Diese Ansicht lässt sich nicht mehr zeichnen: Unter „p-nie“ ist nichts bekannt."],
        )  # fmt: skip

    def test_ten_steps_are_little_more_than_one_picture(self, city):
        walk = prepared(city, top=8)
        assert len(walk.steps) == 10
        assert len(walk_html(walking.show(city, walk)).encode()) <= 660 * 1024
        assert walk_html(walking.show(city, walk)).count(pack(library())) == 1

    def test_hostile_titles_and_notes_stay_text(self, city):
        evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
        walk = replace(prepared(city, top=1), title=Text(evil, evil)).noted(1, evil)
        page = walk_html(walking.show(city, walk))
        assert "<script>alert" not in page
        assert "<img" not in re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)


class TestPages:
    def test_the_list_names_each_walk(self, city, served):
        prepared(city)
        with served(city) as address, httpx.Client(base_url=address, timeout=60) as client:
            assert "Hinweise am 01.01.2026" in client.get("/walks").text
            assert client.get("/walks?format=json").json() == [
                {
                    "name": "steuerung", "steps": 6, "as_of": "2026-01-01",
                    "title": {"de": "Hinweise am 01.01.2026", "en": "Findings on 2026-01-01"},
                }
            ]  # fmt: skip

    def test_a_step_links_to_its_neighbours_without_script(self, city, served):
        prepared(city)
        with served(city) as address, httpx.Client(base_url=address, timeout=60) as client:
            first, middle, last = (client.get(f"/walks/steuerung?step={n}").text for n in (1, 3, 6))
        assert 'rel="prev"' not in first
        assert 'href="/walks/steuerung?step=2" rel="prev"' in middle
        assert 'href="/walks/steuerung?step=4" rel="next"' in middle
        assert 'rel="next"' not in last
        assert "<main class" in middle
        assert "main-nav" not in middle

    @pytest.mark.parametrize("path", ["/walks/nirgends", "/walks/steuerung?step=7"])
    def test_what_there_is_not_is_not_found(self, city, served, path):
        prepared(city)
        with served(city) as address:
            assert httpx.get(address + path).status_code == 404
