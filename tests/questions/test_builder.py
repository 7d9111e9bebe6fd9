"""The builder: what it offers, the question it words, the SPARQL it writes, and that no address breaks it."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from io import BytesIO, StringIO

import httpx
import openpyxl
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.pages.building.ends import key_of, term_of
from api.pages.building.facets import count_text, picture_text, steps_text, values_text
from api.pages.building.query import MODES, Column, Condition, Group, Step, Tree, query_text
from api.settings import read_settings
from api.workspace import Workspace
from graph.store.query.answer import Term, iri, literal
from graph.store.query.guard import check_query
from ontology.terms import PW, XSD
from tests.injections import INJECTIONS
from tests.questions.test_questions import table
from tests.questions.test_questions_oracle import CURRENT, many
from tests.questions.test_questions_pages import HTML, Shown

BASE = "https://w3id.org/planwerk/id/"
NINE = ["topic", "area", "status", "pursues", "leadUnit", "validFrom", "validTo", "planKind", "inSeries"]


@pytest.fixture
def asked(client: httpx.Client):
    """Return a function that gives the ids of the things that an address finds."""

    def find(**given: object) -> list[str]:
        answer = client.get("/builder", params={"class": "Plan", **given, "format": "json"})
        assert answer.status_code == 200, answer.text
        return [row["thing"].removeprefix(BASE) for row in answer.json()["rows"]]

    return find


def plans(**wanted: str) -> set[str]:
    return {
        plan["id"] for plan in table("plans") if all(plan[name] == value for name, value in wanted.items())
    }


class TestAnswers:
    def test_without_a_condition_all_things_of_the_class_are_found(self, asked):
        assert set(asked()) == plans()

    def test_a_relation_has_a_value(self, asked):
        assert set(asked(r1="leadUnit", m1="is", v1="dep-fb56")) == plans(lead_department="dep-fb56")

    def test_a_value_is_excluded(self, asked):
        assert set(asked(r1="leadUnit", m1="not", v1="dep-fb56")) == plans() - plans(
            lead_department="dep-fb56"
        )

    def test_anything_and_nothing_recorded_part_the_class(self, asked):
        with_any, with_none = asked(r1="leadUnit", m1="any"), asked(r1="leadUnit", m1="none")
        assert set(with_none) == plans(lead_department="")
        assert Counter(with_any + with_none) == Counter(plans())

    def test_all_conditions_hold_or_one_of_them(self, asked):
        topic = {plan["id"] for plan in table("plans") if "t-wohnen" in many(plan["topics"])}
        lead = plans(lead_department="dep-fb56")
        two = {"r1": "leadUnit", "v1": "dep-fb56", "r2": "topic", "v2": "t-wohnen"}
        assert set(asked(**two)) == lead & topic
        assert set(asked(**two, join="or")) == lead | topic
        assert set(asked(**two, join="or", m2="not")) == lead | (plans() - topic)

    def test_a_relation_is_followed_against_its_direction(self, client):
        answer = client.get(
            "/builder", params={"class": "Goal", "r1": "~supports", "m1": "none", "format": "json"}
        )
        steered = {
            goal for name in ("instruments", "measures") for row in table(name) for goal in many(row["goals"])
        }
        found = {row["thing"].removeprefix(BASE) for row in answer.json()["rows"]}
        assert found == {goal["id"] for goal in table("goals")} - steered

    def test_dates_are_compared_with_the_precision_they_have(self, asked):
        began = {plan["id"]: plan["valid_from"] for plan in table("plans") if plan["valid_from"]}
        assert set(asked(r1="validFrom", m1="from", v1="2024")) == {
            p for p, day in began.items() if day[:4] >= "2024"
        }
        assert set(asked(r1="validFrom", m1="until", v1="2006")) == {
            p for p, day in began.items() if day[:4] <= "2006"
        }

    def test_numbers_are_compared(self, client):
        given = {"class": "Measure", "r1": "costEur", "m1": "from", "v1": "1000000", "format": "json"}
        rows = client.get("/builder", params=given).json()["rows"]
        expected = {m["id"] for m in table("measures") if m["cost_eur"] and float(m["cost_eur"]) >= 1_000_000}
        assert {row["thing"].removeprefix(BASE) for row in rows} == expected
        assert expected

    def test_one_of_several_values_is_enough_and_none_of_them_excludes_all(self, asked):
        two = ["dep-fb56", "dep-fb61"]
        led = plans(lead_department="dep-fb56") | plans(lead_department="dep-fb61")
        assert set(asked(r1="leadUnit", v1=two)) == led
        assert set(asked(r1="leadUnit", m1="not", v1=two)) == plans() - led

    def test_a_condition_reaches_the_goals_of_a_plan(self, asked):
        goals = {goal["id"] for goal in table("goals") if "tg-kinder" in many(goal["target_groups"])}
        wanted = {goal["plan"] for goal in table("goals") if goal["id"] in goals}
        assert set(asked(r1=["pursues", "targetGroup"], v1="tg-kinder")) == wanted
        assert set(asked(r1="pursues/targetGroup", v1="Kinder")) == wanted
        assert set(asked(r1="pursues/targetGroup", m1="not", v1="tg-kinder")) == plans() - wanted
        assert len(wanted) == 9

    def test_a_condition_reaches_the_cost_of_a_measure_against_the_direction(self, asked):
        dear = {m["plan"] for m in table("measures") if m["cost_eur"] and float(m["cost_eur"]) > 1_476_900}
        told = {"r1": "~measureOf/costEur", "v1": "1.476.900"}
        assert set(asked(**told, m1="after")) == dear
        assert set(asked(**told, m1="from")) >= dear
        with_cost = {m["plan"] for m in table("measures") if m["cost_eur"]}
        assert set(asked(r1="~measureOf/costEur", m1="any")) == with_cost

    def test_texts_and_names_are_looked_into_whatever_the_case(self, asked):
        told = {plan["id"]: f"{plan['title_de']}\n{plan['summary_de']}".lower() for plan in table("plans")}
        named = {plan["id"] for plan in table("plans") if "wohn" in plan["title_de"].lower()}
        assert set(asked(r1="prefLabel", v1="WOHN")) == named
        assert set(asked(r1="description", v1="Wohn", r2="prefLabel", v2="wohn", join="or")) == {
            plan for plan, text in told.items() if "wohn" in text
        }
        goals = {g["plan"] for g in table("goals") if "spielplatz" in g["title_de"].lower()}
        assert set(asked(r1="pursues", m1="contains", v1="spielplatz")) == goals
        assert goals

    def test_before_and_after_leave_out_the_year_itself(self, asked):
        began = {plan["id"]: plan["valid_from"][:4] for plan in table("plans") if plan["valid_from"]}
        assert set(asked(r1="validFrom", m1="before", v1="2006")) == {
            p for p, y in began.items() if y < "2006"
        }
        assert set(asked(r1="validFrom", m1="after", v1="2023")) == {
            p for p, y in began.items() if y > "2023"
        }

    def test_columns_stand_beside_the_things(self, client):
        given = {
            "class": "Plan",
            "r1": "leadUnit",
            "v1": "dep-fb52",
            "col": ["topic", "validFrom", "~measureOf"],
        }
        rows = client.get("/builder", params={**given, "format": "json"}).json()["rows"]
        topics = {row["id"]: row["title_de"] for row in table("topics")}
        for row in rows:
            (plan,) = [p for p in table("plans") if p["id"] == row["thing"].removeprefix(BASE)]
            assert set(row["topic"].split("; ")) == {topics[topic] for topic in many(plan["topics"])}
            assert row["validFrom"] == plan["valid_from"]

    def test_a_thing_stands_in_one_row_however_many_values_it_has(self, asked):
        found = asked(r1="topic", m1="any", r2="pursues", m2="any", col=["topic", "pursues"])
        assert len(found) == len(set(found)) == len({goal["plan"] for goal in table("goals")})


class TestCounting:
    @pytest.fixture
    def counted(self, client):
        def count(**given: object) -> dict[tuple[str, ...], int]:
            answer = client.get("/builder", params={"class": "Plan", **given, "format": "json"}).json()
            names = [name for name in answer["columns"] if not name.endswith("Label") and name != "things"]
            return {
                tuple(row.get(name, "").removeprefix(BASE) for name in names): int(row["things"])
                for row in answer["rows"]
            }

        return count

    def test_plans_are_counted_by_lead_with_those_that_have_none(self, counted):
        wanted = Counter((plan["lead_department"],) for plan in table("plans"))
        assert counted(g="leadUnit") == wanted

    def test_two_groups_are_counted_crosswise_under_conditions(self, counted):
        wanted = Counter(
            (plan["lead_department"], topic)
            for plan in table("plans")
            if plan["valid_from"] >= "2015"
            for topic in many(plan["topics"]) or [""]
        )
        assert counted(g=["leadUnit", "topic"], r1="validFrom", m1="from", v1="2015") == wanted

    def test_dates_are_counted_by_year(self, counted):
        wanted = Counter((plan["valid_from"][:4],) for plan in table("plans"))
        assert counted(g="validFrom") == wanted

    def test_what_stands_two_steps_away_is_counted(self, counted):
        groups = {(g["plan"], one) for g in table("goals") for one in many(g["target_groups"])}
        found = counted(g="pursues/targetGroup", r1="pursues/targetGroup", m1="any")
        assert found == Counter((one,) for _, one in groups)

    @pytest.mark.parametrize(
        ("given", "views", "drawn"),
        [
            ("g=leadUnit", ["Diagramm", "Tabelle"], "svg"),
            ("g=leadUnit&g=topic", ["Matrix", "Tabelle"], "caption"),
            ("r1=pursues&m1=any", ["Tabelle", "Bild"], "table"),
            ("r1=pursues/targetGroup&v1=tg-kinder&view=picture", ["Tabelle", "Bild"], "svg"),
        ],
    )
    def test_an_answer_is_shown_in_the_views_that_say_something(self, client, given, views, drawn):
        shown = Shown(client.get(f"/builder?class=Plan&{given}", headers=HTML).text)
        assert all(view in shown.words for view in views)
        assert shown.all(drawn)

    def test_the_picture_holds_what_the_conditions_lead_over(self, client):
        path = "/builder?class=Plan&r1=pursues/targetGroup&v1=tg-kinder&view=picture"
        words = Shown(client.get(path, headers=HTML).text).words
        assert "Gezeichnet sind alle 22 Dinge der Antwort." in words

    def test_what_has_nothing_recorded_is_said_and_not_drawn(self, client):
        words = Shown(client.get("/builder?class=Plan&g=leadUnit", headers=HTML).text).words
        without = len(plans(lead_department=""))
        assert f"Bei {without} davon ist unter „Federführend“ nichts erfasst" in words
        crossed = Shown(client.get("/builder?class=Plan&g=leadUnit&g=topic", headers=HTML).text).words
        assert "nichts erfasst ist, steht nur in der Tabelle." in crossed


class TestChoosing:
    def test_classes_come_with_the_number_of_their_things(self, client):
        document = client.get("/builder?format=json").json()
        counts = {one["name"]: one["count"] for one in document["classes"]}
        assert (counts["Plan"], counts["Goal"], counts["Measure"]) == (99, 209, len(table("measures")))
        assert not {"Concept", "ConceptScheme"} & counts.keys()

    def test_only_relations_that_the_things_have_are_offered_with_counts(self, client):
        shown = Shown(client.get("/builder?class=Plan", headers=HTML).text)
        offered = {option.get("value") for option in shown.all("option")}
        assert {"leadUnit", "pursues", "~measureOf", "~steers"} <= offered
        assert not {"deadline", "~heldRole", "~prefLabel", "type", "startDay", "~cellOf"} & offered
        led = sum(bool(plan["lead_department"]) for plan in table("plans"))
        assert f"Federführend ({led})" in shown.words

    def test_only_what_gives_an_answer_with_the_other_conditions_is_offered(self, client):
        shown = Shown(
            client.get("/builder?class=Plan&r1=leadUnit&v1=dep-fb52&r2=topic&m2=is", headers=HTML).text
        )
        offered = {box["value"] for box in shown.all("input") if box.get("name") == "v2"}
        led = [plan for plan in table("plans") if plan["lead_department"] == "dep-fb52"]
        counts = Counter(topic for plan in led for topic in many(plan["topics"]))
        assert offered == set(counts)
        names = {topic["id"]: topic["title_de"] for topic in table("topics")}
        assert all(f"{names[topic]} ({count})" in shown.words for topic, count in counts.items())

    def test_a_further_step_is_offered_where_there_is_one(self, client):
        shown = Shown(client.get("/builder?class=Plan&r1=pursues", headers=HTML).text)
        steps = [one for one in shown.all("select") if one.get("name") == "r1"]
        assert len(steps) == 2
        assert {"targetGroup", "~supports"} <= {option.get("value") for option in shown.all("option")}
        ended = Shown(client.get("/builder?class=Plan&r1=validFrom", headers=HTML).text)
        assert len([one for one in ended.all("select") if one.get("name") == "r1"]) == 1

    def test_what_another_class_does_not_have_is_dropped_and_said(self, client):
        shown = Shown(client.get("/builder?class=Goal&r1=leadUnit&v1=dep-fb56&g=leadUnit", headers=HTML).text)
        assert "Die Angabe „leadUnit“ gibt es bei „Ziele“ nicht; sie zählt hier nicht." in shown.words
        assert "209 von 209" in shown.words

    def test_another_detail_forgets_the_value_of_the_one_before(self, client):
        shown = Shown(
            client.get("/builder?class=Plan&r1=topic&t1=leadUnit&m1=not&v1=dep-fb56", headers=HTML).text
        )
        assert "kommt hier nicht vor" not in shown.words
        assert "Hier fehlt noch ein Wert" in shown.words

    def test_the_address_of_the_answer_keeps_all_and_nothing_empty(self, client):
        path = "/builder?class=Plan&join=and&r1=topic&t1=topic&m1=&v1=t-wohnen&v1=&r2=&g=leadUnit&g=&lang=de"
        links = [str(one.get("href")) for one in Shown(client.get(path, headers=HTML).text).all("a")]
        assert "/builder?class=Plan&r1=topic&m1=is&v1=t-wohnen&g=leadUnit" in links

    def test_every_example_can_be_asked(self, client):
        shown = Shown(client.get("/builder", headers=HTML).text)
        examples = [str(a["href"]) for a in shown.all("a") if "/builder?class=Plan&" in str(a.get("href"))]
        assert len(examples) == 5
        for path in examples:
            assert client.get(path + "&format=json").json()["rows"], path

    def test_values_come_with_the_number_of_things_that_have_them(self, client):
        shown = Shown(client.get("/builder?class=Plan&r1=status&m1=is", headers=HTML).text)
        counts = Counter(plan["status"] for plan in table("plans") if plan["status"])
        assert all(f"{status} ({count})".lower() in shown.words.lower() for status, count in counts.items())

    def test_a_long_list_is_typed_into_and_asks_back(self, client):
        path = "/builder?class=Plan&r1=pursues&m1=is&v1=kinder"
        shown = Shown(client.get(path, headers=HTML).text)
        assert any(field.get("list") == "o1" for field in shown.all("input"))
        links = [str(link.get("href")) for link in shown.all("a") if "v1=g" in str(link.get("href"))]
        assert len(links) > 1
        assert "Was ist mit „kinder“ gemeint?" in shown.words
        chosen = Shown(client.get(links[0], headers=HTML).text)
        assert "1 von 99" in chosen.words

    def test_a_name_that_only_one_thing_has_is_taken(self, asked):
        assert asked(r1="leadUnit", v1="Fachbereich Sport") == asked(r1="leadUnit", v1="dep-fb52")

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ("r1=leadUnit&m1=is", "Hier fehlt noch ein Wert"),
            ("r1=leadUnit&v1=xyzzy", "„xyzzy“ kommt hier nicht vor"),
            ("r1=validFrom&m1=from&v1=morgen", "ist kein Jahr, Monat oder Tag"),
        ],
    )
    def test_a_line_that_is_no_condition_yet_says_why_and_counts_for_nothing(self, client, given, sentence):
        shown = Shown(client.get(f"/builder?class=Plan&{given}", headers=HTML).text)
        assert sentence in shown.words
        assert "99 von 99" in shown.words

    @pytest.mark.parametrize(
        ("given", "named"),
        [
            ("class=Nothing", "Nothing"),
            ("class=Plan&r1=xyzzy", "xyzzy"),
            ("class=Plan&r1=pursues/xyzzy", "pursues/xyzzy"),
            ("class=Plan&g=xyzzy", "xyzzy"),
            ("class=Plan&g=topic&g=area&g=status", "3"),
            ("class=Plan&r1=leadUnit&" + "&".join(f"v1={n}" for n in range(41)), "40"),
            ("class=Plan&r1=leadUnit&m1=like", "like"),
            ("class=Plan&join=xor", "xor"),
            ("class=Plan&col=nothing", "nothing"),
            ("class=Plan&format=pdf", "pdf"),
            ("class=Plan&" + "&".join(f"col={name}" for name in NINE), "9"),
        ],
    )
    def test_what_there_is_not_is_refused_by_name(self, client, given, named):
        answer = client.get(f"/builder?{given}")
        assert answer.status_code == 400
        assert named in answer.text


class TestSaying:
    PATH = "/builder?class=Plan&r1=leadUnit&v1=dep-fb56&r2=pursues&m2=none"

    def test_the_question_stands_there_in_both_languages(self, client):
        german = Shown(client.get(self.PATH, headers=HTML).text).words
        english = Shown(client.get(self.PATH + "&lang=en", headers=HTML).text).words
        client.cookies.clear()
        lead = "Fachbereich Wohnen, Soziales und Integration"
        assert (
            f"Welche Planwerke gibt es mit der Angabe „Federführend: {lead}“ und ohne jede Angabe zu „Verfolgt“?"
            in german
        )
        assert f"Which plans are there with “Led by: {lead}” and without anything under “Pursues”?" in english

    def test_nothing_recorded_says_why_as_far_as_that_is_known(self, client):
        said = "Warum zu „Verfolgt“ nichts erfasst ist: 2-mal sagt es keine Quelle."
        assert said in Shown(client.get(self.PATH, headers=HTML).text).words

    def test_the_kinds_of_empty_are_counted_apart(self, tmp_path, served):
        pw, label = PW.Plan.removesuffix("Plan"), "http://www.w3.org/2004/02/skos/core#prefLabel"
        kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
        said = [f"<{BASE}p{n}> <{kind}> <{pw}Plan>" for n in range(5)]
        said += [f'<{BASE}p{n}> <{label}> "Plan {n}"@de' for n in range(5)]
        said += [f"<{BASE}p4> <{pw}pursues> <{BASE}g>", f"<{BASE}g> <{kind}> <{pw}Goal>"]
        said.append(f"<{BASE}p3> <{pw}complete> <{pw}pursues>")
        for n, empty in enumerate(("none", "notAsked")):
            said += [
                f"<{BASE}s{n}> <{kind}> <{pw}FacetState>",
                f"<{BASE}s{n}> <{pw}aboutPlan> <{BASE}p{n}>",
                f"<{BASE}s{n}> <{pw}facet> <{pw}pursues>",
                f"<{BASE}s{n}> <{pw}emptyKind> <{pw}{empty}>",
            ]
        text = "".join(f"{line} .\n" for line in sorted(said))
        with Workspace(read_settings({}, store=str(tmp_path / "store"))) as workspace:
            workspace.files.commit({f"{BASE}source/s": text}, who="test", why="test")
            with served(workspace) as address:
                path = f"{address}/builder?class=Plan&r1=pursues&m1=none"
                words = Shown(httpx.get(path, headers=HTML, timeout=60).text).words
        assert (
            "Warum zu „Verfolgt“ nichts erfasst ist: 1-mal gefragt und verneint; 1-mal für vollständig erklärt; "
            "1-mal ausdrücklich nicht gefragt; 1-mal sagt es keine Quelle." in words
        )

    def test_the_same_query_answers_the_same_on_the_page_of_sparql(self, client):
        document = client.get(self.PATH + "&format=json").json()
        assert "MINUS { ?thing pw:pursues ?other2 . }" in document["query"]
        answer = client.get("/sparql", params={"query": document["query"], "format": "json"}).json()
        assert [row["thing"]["value"] for row in answer["results"]["bindings"]] == [
            row["thing"] for row in document["rows"]
        ]

    def test_the_answer_can_be_taken_along(self, client):
        path = self.PATH + "&col=validFrom"
        rows = list(csv.DictReader(StringIO(client.get(path + "&format=csv").text)))
        book = openpyxl.load_workbook(BytesIO(client.get(path + "&format=xlsx").content))
        sheet = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
        assert sheet[0] == ["Planwerke", "Planwerke (Kennung)", "Gilt von"]
        assert [row[:2] for row in sheet[1:]] == [[row["thingLabel"], row["thing"]] for row in rows]
        assert CURRENT


CLASS, OTHER = "https://example.org/C", "https://example.org/D"
PROPERTIES = [f"https://example.org/p{n}" for n in range(3)]
NODES = [f"https://example.org/n{n}" for n in range(4)]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
literals = st.one_of(
    st.builds(literal, texts),
    st.builds(lambda text: literal(text, lang="de"), texts),
    st.builds(lambda text: literal(text, datatype="https://example.org/type"), texts),
)
terms = st.sampled_from(NODES).map(iri) | literals
steps = st.builds(Step, st.sampled_from(PROPERTIES), st.booleans())
onward = st.builds(Step, st.sampled_from(PROPERTIES))
things = st.sampled_from(NODES).map(iri)
paths = st.lists(steps, min_size=1, max_size=3).map(tuple)
conditions = st.one_of(
    st.builds(
        Condition,
        paths,
        st.sampled_from(["is", "not"]),
        st.lists(things, min_size=1, max_size=3, unique=True).map(tuple),
    ),
    st.builds(Condition, st.tuples(onward), st.sampled_from(["is", "not"]), st.tuples(literals)),
    st.builds(Condition, paths, st.sampled_from(["any", "none"])),
)
facts = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), terms), max_size=12)


def ends(path: tuple[Step, ...], start: Term, said: list[tuple[str, str, Term]]) -> list[Term]:
    here = [start]
    for step in path:
        here = [
            there
            for term in here
            for subject, name, value in said
            for one, there in [(iri(subject), value) if step.forward else (value, iri(subject))]
            if (one, name) == (term, step.property)
        ]
    return here


def holds(condition: Condition, node: str, said: list[tuple[str, str, Term]]) -> bool:
    found = ends(condition.path, iri(node), said)
    return {
        "is": bool({*condition.terms} & {*found}),
        "not": not {*condition.terms} & {*found},
        "any": bool(found),
        "none": not found,
    }[condition.mode]


def ox_term(term: Term) -> ox.NamedNode | ox.Literal:
    if term.kind == "iri":
        return ox.NamedNode(term.value)
    return ox.Literal(
        term.value, language=term.lang, datatype=ox.NamedNode(term.datatype) if term.datatype else None
    )


def filled(said: list[tuple[str, str, Term]], of_class: set[str]) -> ox.Store:
    store = ox.Store()
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for node in NODES:
        home = CLASS if node in of_class else OTHER
        store.add(ox.Quad(ox.NamedNode(node), rdf_type, ox.NamedNode(home)))
    for subject, name, value in said:
        store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(name), ox_term(value)))
    return store


class TestQuery:
    @given(facts, st.sets(st.sampled_from(NODES)), st.lists(conditions, max_size=3), st.booleans())
    def test_the_query_finds_what_the_tree_means(self, said, of_class, conditions, any_of):
        store, tree = filled(said, of_class), Tree(CLASS, tuple(conditions), any_of)
        found = {row["thing"].value for row in store.query(query_text(tree))}
        joined = any if any_of and conditions else all
        wanted = {node for node in of_class if joined(holds(one, node, said) for one in conditions)}
        assert found == wanted
        (counted,) = store.query(count_text(tree))
        assert int(counted["things"].value) == len(wanted)
        pictured = {row["thing"].value for row in store.query(picture_text(tree))}
        assert pictured == wanted

    @given(facts, st.sets(st.sampled_from(NODES)), st.lists(conditions, max_size=2), paths)
    def test_counts_and_choices_are_those_of_the_things_found(self, said, of_class, conditions, path):
        store, tree = filled(said, of_class), Tree(CLASS, tuple(conditions))
        wanted = {node for node in of_class if all(holds(one, node, said) for one in conditions)}
        met = Counter(end for node in wanted for end in {*ends(path, iri(node), said)})
        counted = {
            row["end"]: int(row["things"].value)
            for row in store.query(query_text(replace(tree, groups=(Group("end", path),))))
            if row["end"]
        }
        chosen = {row["value"]: int(row["things"].value) for row in store.query(values_text(tree, path))}
        assert counted == chosen == {ox_term(end): number for end, number in met.items()}

    @given(facts, st.sets(st.sampled_from(NODES)), st.lists(conditions, max_size=1), paths, st.booleans())
    def test_steps_further_are_counted_by_the_things_that_come_to_them(
        self, said, of_class, conditions, path, forward
    ):
        store, tree = filled(said, of_class), Tree(CLASS, tuple(conditions))
        wanted = {node for node in of_class if all(holds(one, node, said) for one in conditions)}
        counts = {
            name: len({node for node in wanted if ends((*path, Step(name, forward)), iri(node), said)})
            for name in PROPERTIES
        }
        found = {
            row["property"].value: int(row["things"].value)
            for row in store.query(steps_text(tree, path, forward=forward))
        }
        assert {name: found.get(name, 0) for name in PROPERTIES} == counts

    @given(st.lists(conditions, max_size=3), st.booleans())
    def test_whatever_the_values_the_guard_sees_a_plain_query(self, conditions, any_of):
        columns = (
            Column("leadUnit", (Step(PW.leadUnit),)),
            Column("leadUnitOf", (Step(PW.leadUnit, forward=False),)),
        )
        tree = Tree(PW.Plan, tuple(conditions), any_of, columns)
        for text in (
            query_text(tree),
            query_text(replace(tree, groups=(Group("day", columns[0].path, True),))),
        ):
            assert check_query(text, 1 << 20).form == "select"

    @given(literals | st.sampled_from([*NODES, BASE + "p-sep3"]).map(iri))
    def test_the_address_names_a_term_and_gives_it_back(self, term):
        plain = literal(term.value) if term.datatype == XSD.string else term
        key = key_of(term, "https://nowhere/")
        assert term_of(key) == plain


NAMES = [
    *(
        "class",
        "r1",
        "m1",
        "v1",
        "t1",
        "r2",
        "m2",
        "v2",
        "join",
        "col",
        "g",
        "view",
        "format",
        "as_of",
        "lang",
    )
]
WORDS = [
    *("Plan", "Goal", "Measure", "leadUnit", "~pursues", "validFrom", "costEur", "is", "not", "any", "none"),
    *(
        "contains",
        "before",
        "pursues/targetGroup",
        "~measureOf/costEur",
        "prefLabel",
        "matrix",
        "picture",
        "/",
    ),
    *(
        "from",
        "until",
        "and",
        "or",
        "dep-fb56",
        '"2024"',
        '"x"@de',
        "http://x/> . ?s ?p ?o",
        "http://[",
        '"a"@abcdefghijkl',
        '"a"^^x',
        '"a\\" } #"',
        "2024-13",
    ),
    *(
        "NaN",
        "Infinity",
        "1e400",
        "9" * 400,
        "0001",
        "",
        " ",
        "\x00",
        "?thing",
        "de",
        "csv",
        "json",
        "2026-01-01",
    ),
]


class TestHostile:
    @settings(max_examples=120, deadline=None)
    @given(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(WORDS) | texts, max_size=8))
    def test_any_address_is_answered_or_refused(self, client, given):
        client.cookies.clear()
        assert client.get("/builder", params=given, headers=HTML).status_code in {200, 400}

    @settings(max_examples=60, deadline=None)
    @given(
        st.sampled_from(
            [
                "leadUnit",
                "validFrom",
                "pursues",
                "~measureOf",
                "description",
                "pursues/targetGroup",
                "prefLabel",
            ]
        ),
        st.sampled_from([*MODES]),
        st.sampled_from(WORDS) | texts,
    )
    def test_any_value_is_answered(self, client, relation, mode, value):
        answer = client.get("/builder", params={"class": "Plan", "r1": relation, "m1": mode, "v1": value})
        assert answer.status_code == 200, answer.text

    @pytest.mark.parametrize("field", ["v1", "r1", "class", "col", "g", "view"])
    def test_what_is_typed_is_never_markup(self, client, field):
        for text in INJECTIONS:
            given = {"class": "Plan", "r1": "leadUnit", "m1": "is", field: text}
            answer = client.get("/builder", params=given, headers=HTML)
            assert answer.status_code in {200, 400}
            assert not [a for _, a in Shown(answer.text).tags if any(k.startswith("on") for k in a)]
