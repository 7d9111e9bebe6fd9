"""Many cities in one deployment: each for itself, side by side, and asked together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from threading import Event, Thread

import pytest

from api.cities.answers.asking import across_question, ask_across
from api.cities.answers.duty_comparison import compare_duties
from api.cities.answers.numbers import Numbers
from api.cities.federation import Federation
from api.cities.opened import OpenCities, open_city
from api.cities.register import add_city, read_register
from api.settings import read_settings
from api.workspace import Workspace
from graph.errors import BadRequest, NotFound, StoreError, Text
from graph.store.inventory import write_inventory
from ontology.across import load_across_questions
from tests.cities import (
    AACHEN_BASE,
    HEIM,
    MUSTER,
    MUSTERSTADT,
    REGISTER,
    make_cities,
    make_city,
    write_duties,
    write_tables,
)
from tests.conftest import REFERENCE_DAY

Row = dict[str, str]
Ask = Callable[..., list[Row]]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of five cities: Aachen, two made up, one empty, one broken."""
    return make_cities(tmp_path_factory.mktemp("cities"))


def joined(file: Path, **settings: object) -> Federation:
    given = read_settings({}, **settings)
    return Federation(given, OpenCities(given, read_register(file)), fresh=0)


@pytest.fixture(scope="module")
def federation(register: Path) -> Iterator[Federation]:
    found = joined(register)
    yield found
    found.close()
    found.cities.close()


def asking(federation: Federation) -> Ask:
    """Return a function that asks a question and gives rows of text, ids with their city, unbound left out."""
    homes = {AACHEN_BASE: "aachen:", MUSTER: "muster:", HEIM: "heim:"}

    def short(value: str) -> str:
        home = next((base for base in homes if value.startswith(base)), None)
        return homes[home] + value.removeprefix(home) if home else value

    def ask(name: str, **given: str) -> list[Row]:
        asked = across_question(name)
        told = ask_across(federation, asked, given)
        assert told.columns[-len(asked.columns) :] == asked.columns
        return [
            {column: short(cell.value) for column, cell in row.items() if column not in given}
            for row in told.rows
        ]

    return ask


@pytest.fixture
def ask(federation: Federation) -> Ask:
    return asking(federation)


class TestQuestions:
    def test_each_city_is_listed_with_what_is_recorded_of_it(self, ask):
        told = {
            row["cityLabel"]: (row["plans"], row["current"], row["past"], row["statusOpen"], row["sources"])
            for row in ask("q90")
        }
        assert told == {
            "Aachen": ("99", "44", "35", "20", "241"),
            "Beispielheim": ("2", "1", "0", "1", "1"),
            "Leerdorf": ("0", "0", "0", "0", "0"),
            "Musterstadt": ("3", "2", "1", "0", "2"),
        }

    def test_only_a_city_whose_plans_were_declared_complete_says_by_whom_and_when(self, ask):
        told = {row["cityLabel"]: (row.get("completeBy"), row.get("completeOn")) for row in ask("q90")}
        assert told.pop("Beispielheim") == ("Sozialplanung", "2026-01-31")
        assert set(told.values()) == {(None, None)}

    def test_a_region_leaves_the_others_out(self, ask):
        assert [row["cityLabel"] for row in ask("q90", region="ost")] == ["Beispielheim", "Leerdorf"]

    def test_plans_of_a_kind_are_found_by_words_kind_and_topic(self, ask):
        words = [(row["inventoryLabel"], row["plan"]) for row in ask("q91", words="sozialentwicklungsplan")]
        assert words == [
            ("Aachen", "aachen:p-sep3"),
            ("Aachen", "aachen:p-sep1l"),
            ("Aachen", "aachen:p-sep1"),
            ("Aachen", "aachen:p-sep2"),
            ("Beispielheim", "heim:p1"),
            ("Musterstadt", "muster:p2"),
        ]
        kinds = [row["plan"] for row in ask("q91", kind="Aktionsplan", region="west")]
        assert kinds == ["aachen:p-hap", "aachen:p-inksr", "muster:p1"]
        assert [row["plan"] for row in ask("q91", topic="Lärm")] == ["muster:p1"]
        assert [row["plan"] for row in ask("q91", topic="Wohnen", city="musterstadt")] == ["muster:p2"]

    def test_having_none_and_not_having_recorded_one_are_told_apart(self, ask):
        told = {row["inventoryLabel"]: row["told"] for row in ask("q92", words="Lärmaktionsplan")}
        assert told == {
            "Aachen": "notRecorded",
            "Beispielheim": "none",
            "Leerdorf": "empty",
            "Musterstadt": "has",
        }

    def test_a_goal_recurs_whatever_its_capitals_and_dashes(self, ask):
        rows = ask("q93")
        assert [(row["goal"], row["plan"], row["cities"]) for row in rows] == [
            ("aachen:g001", "aachen:p-sep1", "2"),
            ("muster:g1", "muster:p2", "2"),
        ]
        assert {frozenset(row["cityNames"].split(", ")) for row in rows} == {
            frozenset({"Aachen", "Musterstadt"})
        }
        assert ask("q93", region="ost") == []

    def test_a_topic_and_group_of_the_same_name_join_goals_of_several_cities(self, ask):
        (row,) = ask("q94")
        assert (row["topicName"], row["groupName"], row["cities"], row["goals"]) == (
            "Wohnen", "Gesamte Bevölkerung", "2", "8",
        )  # fmt: skip

    def test_a_city_names_its_own_plan_as_fulfilment_and_no_other(self, ask):
        told = [
            (row["inventoryLabel"], row.get("plan"), row.get("state"))
            for row in ask("q95", type="Schulentwicklungsplanung")
        ]
        assert told == [("Aachen", None, None), ("Musterstadt", "muster:p2", "bestätigt")]

    def test_what_is_stated_is_counted_city_by_city(self, ask):
        told = {
            (row["inventoryLabel"], row["property"].rpartition("#")[2]): (row["stated"], row["plans"])
            for row in ask("q96")
        }
        assert told["Aachen", "leadUnit"] == ("72", "99")
        assert told["Musterstadt", "leadUnit"] == ("2", "3")
        assert told["Beispielheim", "status"] == ("1", "2")
        assert len(told) == 3 * 7

    def test_no_city_of_these_names_a_thing_of_another(self, ask):
        assert ask("q97") == []

    @pytest.mark.parametrize("found", load_across_questions().values(), ids=load_across_questions())
    def test_every_head_is_whole_in_both_languages(self, found):
        texts = [found.title, found.description, *(parameter.label for parameter in found.parameters)]
        assert all(text.de and text.en for text in texts)
        assert found.title.de.endswith("?")
        assert found.title.en.endswith("?")
        assert found.group == "across"
        assert {parameter.name for parameter in found.parameters} <= set(found.columns)
        assert "NOT EXISTS" not in found.text

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"city": "bonn"}, "Die Stadt „bonn“ steht nicht im Verzeichnis"),
            ({"region": "nord"}, "Die Region „nord“ steht nicht im Verzeichnis; möglich sind: west, ost."),
        ],
    )
    def test_a_city_or_region_that_is_not_registered_is_named(self, ask, given, sentence):
        with pytest.raises(NotFound, match=sentence):
            ask("q91", **given)

    def test_a_question_about_one_city_is_put_to_each_in_turn(self, federation, ask):
        rows = [(row["inventory"], row["goals"], row["withoutInstrument"]) for row in ask("q10")]
        assert rows == [
            ("aachen:inventory", "116", "78"),
            ("heim:inventory", "1", "1"),
            ("https://w3id.org/planwerk/city/leerdorf/id/inventory", "0", "0"),
            ("muster:inventory", "2", "2"),
        ]
        told = ask_across(federation, across_question("q10"), {"region": "ost"})
        assert [(city.id, "anders.example" in why.de) for city, why in told.left_out] == [("kaputt", True)]

    def test_in_turn_each_city_answers_by_its_own_things(self, ask):
        rows = ask("q30", region="west")
        assert {row["plan"].partition(":")[0] for row in rows if row["inventory"] == "muster:inventory"} == {
            "muster"
        }
        assert len({row["plan"] for row in rows}) == 99 + 3

    def test_what_is_put_to_each_city_names_no_thing_of_one(self, federation):
        asked = across_question("q31")
        assert asked.parameters == ()
        with pytest.raises(BadRequest, match="hat keinen Parameter „plan“"):
            ask_across(federation, asked, {"plan": "p-sep3"})

    def test_too_many_cities_in_turn_are_refused(self, federation, monkeypatch):
        monkeypatch.setattr("api.cities.answers.asking.MOST_IN_TURN", 2)
        with pytest.raises(BadRequest, match="an höchstens 2; das sind 5"):
            ask_across(federation, across_question("q10"), {})


class TestSides:
    def test_a_broken_store_is_named_and_the_others_go_on(self, federation):
        parts = {part.city.id: part for part in federation.parts()}
        assert {local for local, part in parts.items() if part.trouble} == {"kaputt"}
        assert "gehört zu Basis https://anders.example/" in parts["kaputt"].trouble.de
        assert str(federation.register.path.parent) not in parts["kaputt"].trouble.de
        assert parts["leerdorf"].statements == 0

    def test_numbers_are_those_of_the_pages_of_the_city(self, federation):
        counted = Numbers(federation).of(federation.register.city("aachen"), REFERENCE_DAY)
        with federation.cities.using(federation.register.city("aachen")) as workspace:
            found = workspace.findings(REFERENCE_DAY).findings
        strong = [f for f in found if f.rule.id == "overlap" and f.band != "schwach"]
        assert counted.by_rule["overlap"] == len(strong) > 0
        assert counted.by_rule["chain"] == sum(f.rule.id == "chain" for f in found)
        assert (counted.looked_at, counted.plans) == (63, 99)
        assert Numbers(federation).of(federation.register.city("kaputt"), REFERENCE_DAY).trouble
        assert Numbers(federation).of(federation.register.city("leerdorf"), REFERENCE_DAY).by_rule == {}

    def test_a_duty_is_fulfilled_here_unknown_there_and_elsewhere_not_recorded(self, federation):
        compared = compare_duties(federation, federation.register.cities, REFERENCE_DAY)
        by_id = {duty.id: duty for duty in compared.duties}
        assert {city: told.code for city, told in by_id["D04"].told.items()} == {
            "aachen": "unknown",
            "musterstadt": "fulfilled",
        }
        assert by_id["D04"].counts == {"fulfilled": 1, "unknown": 1}
        assert by_id["D39"].told["aachen"].code == "not-checked"
        assert by_id["D35"].told["aachen"].code == "not-in-force"
        assert [city.id for city, _ in compared.left_out] == ["beispielheim", "kaputt", "leerdorf"]
        assert len(compared.duties) == 45

    def test_a_duty_that_only_one_city_has_recorded_is_not_recorded_in_the_other(self, tmp_path):
        for local, base, left_out in (("a", MUSTER, ""), ("b", HEIM, "D04")):
            folder = write_duties(tmp_path / "in" / local, "Stadt", [])
            lines = (folder / "duties.csv").read_text("utf-8").splitlines(keepends=True)
            kept = [line for line in lines if not line.startswith(f"{left_out},")]
            for table in ("duties_ext", "coordination_duties"):
                text = (folder / f"{table}.csv").read_text("utf-8").splitlines(keepends=True)
                (folder / f"{table}.csv").write_text(
                    "".join(line for line in text if not left_out or left_out not in line), "utf-8"
                )
            (folder / "duties.csv").write_text("".join(kept), "utf-8")
            make_city(tmp_path, local, base, folder)
        cities = [{"id": "a", "name": "A", "base": MUSTER}, {"id": "b", "name": "B", "base": HEIM}]
        (tmp_path / "cities.json").write_text(json.dumps({"cities": cities}), "utf-8")
        federation = joined(tmp_path)
        compared = compare_duties(federation, federation.register.cities, REFERENCE_DAY)
        (duty,) = [duty for duty in compared.duties if duty.id == "D04"]
        assert [duty.told[city].code for city in "ab"] == ["unknown", "not-recorded"]
        federation.close()
        federation.cities.close()

    def test_a_changed_city_is_read_again_and_the_others_are_kept(self, tmp_path):
        file = make_small(tmp_path)
        changing = joined(file)
        ask = asking(changing)
        before = {part.city.id: part for part in changing.parts()}
        assert [row["plans"] for row in ask("q90")] == ["2", "3"]
        more = {"plans": [*MUSTERSTADT["plans"], {"id": "p9", "title_de": "Neu", "source_id": "s1"}]}
        make_city(tmp_path, "musterstadt", MUSTER, write_tables(tmp_path / "in" / "muster", more))
        assert [row["plans"] for row in ask("q90")] == ["2", "4"]
        after = {part.city.id: part for part in changing.parts()}
        assert after["beispielheim"] is before["beispielheim"]
        assert after["musterstadt"] is not before["musterstadt"]
        changing.close()
        changing.cities.close()


def make_small(home: Path) -> Path:
    """Make Musterstadt and Beispielheim without a region, and return the file of their register."""
    make_city(home, "musterstadt", MUSTER, write_tables(home / "in" / "muster", MUSTERSTADT))
    plans = {"plans": [{"id": f"p{n}", "title_de": f"Plan {n}", "source_id": "s1"} for n in (1, 2)]}
    make_city(home, "beispielheim", HEIM, write_tables(home / "in" / "heim", plans))
    cities = [
        {"id": "musterstadt", "name": "Musterstadt", "base": MUSTER},
        {"id": "beispielheim", "name": "Beispielheim", "base": HEIM},
    ]
    file = home / "cities.json"
    file.write_text(json.dumps({"cities": cities}), "utf-8")
    return file


LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"


def put(home: Path, local: str, base: str, name: str, *lines: str, source: str | None = None) -> Path:
    """Write a source file by hand into the store of a city."""
    path = home / "stores" / local / "sources" / f"{name}.nt"
    path.write_text("\n".join([f"# <{source or f'{base}source/{name}'}>", *lines, ""]), "utf-8")
    return path


class TestApart:
    """What a city writes into its own store never changes what is read of another."""

    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        make_small(tmp_path)
        return tmp_path

    def labels(self, home: Path) -> set[tuple[str, str]]:
        federation = joined(home / "cities.json")
        query = (
            f"SELECT ?thing ?label {{ ?thing {LABEL} ?label FILTER(STRSTARTS(STR(?thing), '{MUSTER}p')) }}"
        )
        rows = federation.host().query(query).bindings()
        federation.close()
        federation.cities.close()
        return {(row["thing"].value.removeprefix(MUSTER), row["label"].value) for row in rows}

    @pytest.mark.parametrize(
        "line",
        [
            f'<{MUSTER}p1> {LABEL} "GEFÄLSCHT" .',
            f'  <{MUSTER}p1> {LABEL} "GEFÄLSCHT" .',
            f'<{HEIM}p1> {LABEL} "x" . <{MUSTER}p1> {LABEL} "GEFÄLSCHT" .',
            f'<{MUSTER.replace("muster", chr(92) + "u006Duster")}p1> {LABEL} "GEFÄLSCHT" .',
            f'<{HEIM}p1> {LABEL} "x" .\r<{MUSTER}p1> {LABEL} "GEFÄLSCHT" .',
        ],
        ids=["plain", "indented", "two on a line", "escaped", "behind a return"],
    )
    def test_statements_about_things_of_another_city_are_left_out(self, home, line):
        before = self.labels(home)
        put(home, "beispielheim", HEIM, "boese", line, f'<{HEIM}p7> {LABEL} "Eigenes" .')
        assert self.labels(home) == before
        paths = Workspace(read_settings({}, store=str(home / "stores/beispielheim"), base=HEIM)).files.paths()
        written = StringIO()
        assert write_inventory(paths, HEIM, written).left_out == 1
        assert "Eigenes" in written.getvalue()

    def test_a_source_named_like_that_of_another_city_is_left_out(self, home):
        before = self.labels(home)
        line = f'<{HEIM}p7> {LABEL} "Eigenes" .'
        put(home, "beispielheim", HEIM, "boese", line, source=f"{MUSTER}source/s1")
        assert self.labels(home) == before

    def test_a_city_does_not_describe_its_own_inventory(self, home):
        region = f'<{HEIM}inventory> <https://w3id.org/planwerk/ontology#plansCompleteBy> "ich" .'
        put(home, "beispielheim", HEIM, "boese", region)
        federation = joined(home / "cities.json")
        assert [row.get("completeBy") for row in asking(federation)("q90")] == [None, None]
        federation.close()
        federation.cities.close()

    def test_a_file_that_cannot_be_read_takes_only_its_city_out(self, home):
        put(
            home,
            "beispielheim",
            HEIM,
            "boese",
            f'<{HEIM}p7> {LABEL} "x"^^<http://a b> .',
            f"<{HEIM}p7> kaputt",
        )
        federation = joined(home / "cities.json")
        assert [row["cityLabel"] for row in asking(federation)("q90")] == ["Beispielheim", "Musterstadt"]
        put(home, "beispielheim", HEIM, "boese", "nur eine Zeile").write_text("ohne Kopf", "utf-8")
        assert [row["cityLabel"] for row in asking(federation)("q90")] == ["Musterstadt"]
        (trouble,) = [part.trouble for part in federation.parts() if part.trouble]
        assert "nennt in der ersten Zeile nicht ihre Quelle" in trouble.de
        federation.close()
        federation.cities.close()

    def test_a_city_that_names_a_thing_of_another_is_heard_for_itself_only(self, home):
        tie = f"<{HEIM}p1> <http://purl.org/dc/terms/replaces> <{MUSTER}p1> ."
        put(home, "beispielheim", HEIM, "bund", tie)
        federation = joined(home / "cities.json")
        (row,) = asking(federation)("q97")
        assert (row["thing"], row["other"]) == ("heim:p1", "muster:p1")
        assert (row["inventoryLabel"], row["otherInventoryLabel"]) == ("Beispielheim", "Musterstadt")
        federation.close()
        federation.cities.close()


class TestRegister:
    def write(self, tmp_path: Path, **changes: object) -> Path:
        file = tmp_path / "cities.json"
        file.write_text(json.dumps({**REGISTER, **changes}), "utf-8")
        return file

    def test_a_city_answers_to_its_name_on_this_machine_its_own_names_and_the_host_of_its_base(
        self, tmp_path
    ):
        held = read_register(self.write(tmp_path))
        assert held.city("aachen").hosts == ("aachen.localhost", "aachen.planwerk.example")
        assert held.city("musterstadt").hosts == ("musterstadt.localhost", "musterstadt.example")
        assert [city.id for city in held.cities] == [
            "aachen",
            "beispielheim",
            "kaputt",
            "leerdorf",
            "musterstadt",
        ]
        assert held.city("leerdorf").base == "https://w3id.org/planwerk/city/leerdorf/id/"
        assert held.city("leerdorf").store == str(tmp_path / "stores" / "leerdorf")

    @pytest.mark.parametrize(
        ("cities", "complaint"),
        [
            ([{"id": "Aachen", "name": "A"}], "„id“ besteht aus kleinen Buchstaben"),
            ([{"id": "a"}], "es fehlt „name“"),
            ([{"id": "a", "name": "A"}, {"id": "a", "name": "B"}], "a kommt zweimal vor"),
            ([{"id": "a", "name": "A", "region": "nord"}], "die Region „nord“ steht nicht unter „regions“"),
            ([{"id": "a", "name": "A", "base": "ftp://x/"}], "nötig ist eine http"),
            ([{"id": "a", "name": "A", "base": "https://[x/id/"}], "nötig ist eine http"),
            ([{"id": "a", "name": "A", "base": "https:///id/"}], "nötig ist eine http"),
            ([{"id": "a", "name": "A", "base": "https://w3id.org/planwerk/"}], "die keiner Stadt gehören"),
            ([{"id": "a", "name": "A", "base": "https://w3id.org/planwerk/ontology#"}], "die keiner Stadt gehören"),
            ([{"id": "a", "name": "A", "base": "http://www.w3.org/2004/02/skos/"}], "die keiner Stadt gehören"),
            ([{"id": "a", "name": "A", "store": "http://[x/query"}], "nötig ist ein Ordner"),
            (
                [
                    {"id": "a", "name": "A", "base": "https://x.example/id/"},
                    {"id": "b", "name": "B", "base": "https://x.example/id/"},
                ],
                "jede Stadt braucht eine Basis für sich",
            ),
            (
                [
                    {"id": "a", "name": "A", "base": "https://x.example/id/"},
                    {"id": "b", "name": "B", "base": "https://x.example/id/b/"},
                ],
                "jede Stadt braucht eine Basis für sich",
            ),
            (
                [{"id": "a", "name": "A", "store": "s"}, {"id": "b", "name": "B", "store": "./s"}],
                "kommt zweimal vor",
            ),
            (
                [{"id": "a", "name": "A", "hosts": ["x.example"]}, {"id": "b", "name": "B", "hosts": ["X.example"]}],
                "x.example kommt zweimal vor",
            ),
            ([{"id": "a", "name": "A", "hosts": ["http://x.example"]}], "kein Name eines Rechners"),
            ([{"id": "a", "name": "A", "hosts": ["planwerk.example"]}], "planwerk.example kommt zweimal vor"),
            ([{"id": "a", "name": "A", "store": "https://me:secret@x.example/sparql"}], "darf kein Kennwort"),
            ([{"id": "a", "name": "A", "complete": {"by": "", "on": "2026-01-01"}}], "wer die Planwerke"),
            ([{"id": "a", "name": "A", "complete": {"by": "Amt", "on": "2026"}}], "wer die Planwerke"),
            (["a"], "nötig ist eine Liste von Objekten"),
        ],
    )  # fmt: skip
    def test_what_does_not_fit_is_refused_and_named(self, tmp_path, cities, complaint):
        with pytest.raises(BadRequest, match=complaint):
            read_register(self.write(tmp_path, cities=cities))

    def test_the_host_of_a_base_never_takes_the_pages_about_all_cities_away(self, tmp_path):
        cities = [
            {"id": "a", "name": "A", "base": "http://localhost/id/"},
            {"id": "b", "name": "B", "base": "http://127.0.0.1:8000/id/"},
        ]
        register = read_register(self.write(tmp_path, cities=cities))
        assert list(register.by_host()) == ["a.localhost", "b.localhost"]

    def test_a_register_with_a_mark_of_its_encoding_and_a_blank_english_name_is_read(self, tmp_path):
        file = self.write(tmp_path, cities=[{"id": "a", "name": {"de": " Astadt", "en": " "}}])
        file.write_text(file.read_text("utf-8"), "utf-8-sig")
        assert read_register(file).city("a").name == Text("Astadt", "Astadt")

    def test_a_password_in_a_store_address_is_not_repeated(self, tmp_path):
        cities = [{"id": "a", "name": "A", "store": "https://me:secret@x.example/sparql"}]
        with pytest.raises(BadRequest) as refused:
            read_register(self.write(tmp_path, cities=cities))
        assert "secret" not in refused.value.text.de + refused.value.text.en

    @pytest.mark.parametrize("text", ["{", "[]", '{"cities": 3}'])
    def test_a_file_that_is_no_register_is_refused(self, tmp_path, text):
        (tmp_path / "cities.json").write_text(text, "utf-8")
        with pytest.raises(BadRequest, match="Verzeichnis der Städte"):
            read_register(tmp_path)

    def test_a_register_that_is_not_there_is_named(self, tmp_path):
        with pytest.raises(NotFound, match="fehlt\\.json lässt sich nicht lesen"):
            read_register(tmp_path / "fehlt.json")

    def test_a_city_is_added_with_a_new_region(self, tmp_path):
        file = tmp_path / "cities.json"
        first = add_city(file, {"id": "a", "name": {"de": "Astadt", "en": "A-town"}, "region": "west"})
        assert (first.city("a").name.en, first.city("a").region.id) == ("A-town", "west")
        second = add_city(
            file, {"id": "b", "name": {"de": "Bstadt", "en": "B"}, "region": "west", "hosts": []}
        )
        assert [city.id for city in second.of_region("west")] == ["a", "b"]

    def test_a_city_that_does_not_fit_changes_nothing(self, tmp_path):
        file = self.write(tmp_path)
        before = file.read_text("utf-8")
        with pytest.raises(BadRequest, match="aachen kommt zweimal vor"):
            add_city(file, {"id": "aachen", "name": "Aachen"})
        assert file.read_text("utf-8") == before


class TestOpen:
    def test_of_many_the_one_not_used_for_longest_is_closed(self, register):
        closed: list[str] = []
        held = read_register(register)
        cities = OpenCities(read_settings({}), held, most=2)
        cities.when_closed(closed.append)
        for local in ("aachen", "musterstadt", "aachen", "leerdorf"):
            with cities.using(held.city(local)):
                pass
        assert (closed, cities.open_ids) == (["musterstadt"], ("aachen", "leerdorf"))
        cities.close()
        assert closed == ["musterstadt", "aachen", "leerdorf"]

    def test_a_city_in_use_stays_open_beyond_the_limit(self, register):
        held = read_register(register)
        cities = OpenCities(read_settings({}), held, most=1)
        with cities.using(held.city("aachen")) as first:
            with cities.using(held.city("musterstadt")):
                assert cities.open_ids == ("aachen", "musterstadt")
            with cities.using(held.city("aachen")) as again:
                assert again is first
        assert len(cities.open_ids) == 1
        cities.close()

    def test_a_store_that_cannot_be_opened_is_told_with_its_city(self, register):
        held = read_register(register)
        cities = OpenCities(read_settings({}), held)
        with pytest.raises(StoreError, match="Kaputtstadt"), cities.using(held.city("kaputt")):
            pass
        assert cities.open_ids == ()

    def test_a_store_that_opens_slowly_holds_no_other_city_up(self, register, monkeypatch):
        held = read_register(register)
        cities = OpenCities(read_settings({}), held)
        begun, go_on = Event(), Event()

        def slow(settings, city):
            if city.id == "leerdorf":
                begun.set()
                assert go_on.wait(30)
            return open_city(settings, city)

        monkeypatch.setattr("api.cities.opened.open_city", slow)
        waiting = Thread(target=lambda: cities.using(held.city("leerdorf")).__enter__())
        waiting.start()
        assert begun.wait(30)
        with cities.using(held.city("musterstadt")) as workspace:
            assert workspace.settings.base == MUSTER
        assert cities.open_ids == ("musterstadt",)
        go_on.set()
        waiting.join()
        assert set(cities.open_ids) == {"musterstadt", "leerdorf"}
        cities.close()


def test_a_store_that_could_not_be_read_for_a_while_is_read_again(tmp_path, monkeypatch):
    federation = joined(make_small(tmp_path))
    city = federation.register.city("musterstadt")

    def fails(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr("api.cities.parts.write_inventory", fails)
        assert federation.part(city).trouble.de == "Nicht lesbar: Input/output error"
    assert federation.part(city).trouble is None
    federation.cities.close()


def test_a_server_that_is_down_takes_only_its_city_out_and_its_address_is_not_told(tmp_path):
    file = make_small(tmp_path)
    held = json.loads(file.read_text("utf-8"))
    gone = {"id": "fern", "name": "Fernstadt", "store": "http://127.0.0.1:1/query"}
    file.write_text(json.dumps({"cities": [*held["cities"], gone]}), "utf-8")
    federation = joined(file, cache=str(tmp_path / "cache"))
    assert [row["cityLabel"] for row in asking(federation)("q90")] == ["Beispielheim", "Musterstadt"]
    (trouble,) = [part.trouble for part in federation.parts() if part.trouble]
    assert "nicht erreichbar" in trouble.de
    assert "127.0.0.1" not in trouble.de + trouble.en
    federation.close()
    federation.cities.close()
