from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest

from api.jobs.asking import bindings_of, question
from graph.errors import BadRequest
from graph.network.time import is_in_force_by_dates
from graph.store.index import derived_days, ontology_quads
from graph.store.workers.host import QueryHost
from ontology.across import load_across_questions
from ontology.questions import GROUPS, THINGS, VALUES, UnfitArgumentError, load_questions, read_question
from ontology.terms import PREFIXES, PW
from ontology.vocabulary import load_vocabulary, ontology_files

BASE = "https://w3id.org/planwerk/id/"
AACHEN = Path(__file__).parents[2] / "data" / "aachen"
DUTY_TABLES = AACHEN.parent / "duties-nrw"
QUESTIONS = load_questions()
EVERY = {**QUESTIONS, **load_across_questions()}
REFERENCE_DAY = "2026-01-01"

Row = dict[str, str]
Ask = Callable[..., list[Row]]


def asking(host: QueryHost) -> Ask:
    """Return a function that asks a question and gives rows of text, ids without the base, unbound left out."""

    def ask(name: str, **given: str) -> list[Row]:
        asked = question(name)
        answer = host.query(asked.text, bindings=bindings_of(asked, given, BASE))
        assert tuple(answer.columns()) == asked.columns
        assert not answer.truncated
        return [
            {column: cell.value.removeprefix(BASE) for column, cell in row.items() if cell.value}
            for row in answer.bindings()
        ]

    return ask


@pytest.fixture(scope="module")
def ask(aachen) -> Ask:
    return asking(aachen.host())


def nquads(turtle: str, source: str) -> str:
    """Return Turtle as N-Quads in the graph of a source, with the prefixes of the project and ``:`` for the base."""
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    schemes = (
        "decision-state",
        "cycle-kind",
        "duty-modality",
        "coordination-kind",
        "fulfilment-state",
        "role",
    )
    head += "".join(f"@prefix {name}: <https://w3id.org/planwerk/scheme/{name}#> .\n" for name in schemes)
    triples = ox.parse(f"{head}@prefix : <{BASE}> .\n{turtle}", ox.RdfFormat.TURTLE)
    where = ox.NamedNode(f"{BASE}source/{source}")
    quads = [ox.Quad(triple.subject, triple.predicate, triple.object, where) for triple in triples]
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS).decode()


@pytest.fixture
def ask_of() -> Iterator[Callable[..., Ask]]:
    """Return a function that asks a store that holds only some Turtle, by source."""
    hosts: list[QueryHost] = []

    def start(**sources: str) -> Ask:
        quads = "".join(nquads(text, name) for name, text in sources.items())
        hosts.append(QueryHost({}, derived=quads + ontology_quads(), workers=1))
        return asking(hosts[-1])

    yield start
    for host in hosts:
        host.close()


def ids(rows: list[Row], column: str) -> list[str]:
    return [row[column] for row in rows if column in row]


def table(name: str, folder: Path = AACHEN) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(cell: str) -> set[str]:
    return set(cell.split(", "))


class TestOverlaps:
    def test_health_and_education_lie_in_plans_of_six_departments(self, ask):
        found = [(row["topic"], row["departments"], row["departmentNames"]) for row in ask("q01")]
        assert found[:4] == [
            ("t-bildung", "6", "Dez. I, E 42, E 49, FB 45, FB 56, FB 61"),
            ("t-gesundheit", "6", "FB 36, FB 45, FB 50, FB 52, FB 56, FB 61"),
            ("t-kultur", "4", "Dez. I, E 49, FB 56, FB 61"),
            ("t-quartier", "4", "FB 50, FB 52, FB 56, FB 61"),
        ]
        assert {departments for _, departments, _ in found[4:]} == {"1", "2", "3"}

    def test_eleven_pairs_of_different_leads_share_topic_target_group_and_area(self, ask):
        rows = ask("q02")
        assert sorted(f"{row['plan']} {row['other']}" for row in rows) == [
            "p-alt p-hkw22",
            "p-forst-isek p-qm",
            "p-forst-persp p-qm",
            "p-gk p-praev",
            "p-kjfp4 p-kubi06",
            "p-kjfp4 p-spk",
            "p-klp09 p-praev",
            "p-kubi06 p-mep17",
            "p-kubi06 p-praev",
            "p-kubi06 p-spk",
            "p-praev p-spk",
        ]
        praev_spk = next(row for row in rows if (row["plan"], row["other"]) == ("p-praev", "p-spk"))
        assert words(praev_spk["topics"]) == {"Familie", "Kinder- und Jugendförderung"}

    def test_three_of_the_pairs_are_coordinated_and_eight_are_open(self, ask):
        rows = ask("q03")
        through = {
            f"{row['plan']} {row['other']}": row.get("participation", "") + row.get("instruments", "")
            for row in rows
            if row["coordinated"] == "true"
        }
        assert through == {
            "p-forst-isek p-qm": "Quartiersmanagement",
            "p-kjfp4 p-spk": "Fachbereich Kinder, Jugend und Schule",
            "p-praev p-spk": "Fachbereich Kinder, Jugend und Schule",
        }
        still_open = [row for row in rows if row["coordinated"] == "false"]
        assert len(still_open) == 8
        assert sum("p-kubi06" in (row["plan"], row["other"]) for row in still_open) == 4
        assert ids(rows, "relations") == []

    def test_the_pairs_of_both_questions_are_the_same(self, ask):
        pairs = [sorted((row["plan"], row["other"]) for row in ask(name)) for name in ("q02", "q03")]
        assert pairs[0] == pairs[1]

    def test_three_plans_pursue_cultural_education_of_children_without_a_relation(self, ask):
        rows = ask("q06", topic="t-kultur", targetGroup="tg-kinder")
        assert [(row["goal"], row["plan"], row["lead"]) for row in rows] == [
            ("g204", "p-klp09", "dep-e49"),
            ("g235", "p-kubi06", "dep-e49"),
            ("g236", "p-spiel12", "dep-e4647"),
        ]
        instruments = {row["id"]: row["title_de"] for row in table("instruments")}
        expected = sorted(instruments[i] for i in ("i-barock", "i-theapaed", "i-kubis"))
        assert {row["instruments"] for row in rows} == {rows[0]["instruments"]}
        assert all(name in rows[0]["instruments"] for name in expected)
        assert len(rows[0]["instruments"]) == len(", ".join(expected))
        assert relations_among(ask, {"p-klp09", "p-kubi06", "p-spiel12"}) == []

    def test_city_and_region_have_the_same_equality_plan_side_by_side(self, ask):
        (row,) = ask("q07")
        assert (row["plan"], row["lead"], row["other"], row["bearer"], row["level"]) == (
            "p-glp24",
            "dep-fb01",
            "p-glpsr",
            "par-sr",
            "Region",
        )
        assert (row["begin"], row["end"]) == ("2024-01-01", "2028-12-31")


def relations_among(ask: Ask, plans: set[str]) -> list[Row]:
    return [row for plan in plans for row in ask("q44", plan=plan) if {row["from"], row["to"]} <= plans]


class TestGaps:
    def test_four_of_seven_leading_goals_have_no_steering(self, ask):
        rows = ask("q09")
        assert ids(rows, "goal") == ["g112", "g133", "g151", "g169"]
        assert {row["leadingGoals"] for row in rows} == {"7"}

    def test_most_goals_of_current_plans_have_no_recorded_steering(self, ask):
        (row,) = ask("q10")
        counted = ("goals", "withoutInstrument", "withoutIndicator", "withoutAny", "notAsked", "withBoth")
        assert [row[name] for name in counted] == ["116", "78", "109", "68", "68", "3"]
        goals = {goal["id"]: goal["title_de"] for goal in table("goals")}
        assert set(row["goalsWithBoth"].split("; ")) == {goals["g040"], goals["g063"], goals["g158"]}

    def test_there_is_no_catalogue_of_social_goals_since_2014(self, ask):
        rows = ask("q12", asOf=REFERENCE_DAY)
        assert {(row["catalogue"], row["ended"], row["decision"]) for row in rows} == {
            ("p-sep1z", "2014-12-31", "empfohlen")
        }
        assert [(row["later"], row["laterBegan"], row["laterDecision"]) for row in rows] == [
            ("p-sep2", "2015", "zur Kenntnis genommen"),
            ("p-sep3", "2020", "zur Kenntnis genommen"),
        ]

    def test_the_catalogue_is_no_gap_on_its_last_day(self, ask):
        assert ask("q12", asOf="2014-12-31") == []
        assert len(ask("q12", asOf="2015-01-01")) == 2

    def test_three_departments_of_the_starting_paper_lead_no_current_plan(self, ask):
        rows = {row["department"]: row for row in ask("q14")}
        assert {name: row.get("formerPlans") for name, row in rows.items()} == {
            "dep-fb32": None,
            "dep-fb02": "Stadtteilerneuerung Aachen-Ost (Soziale Stadt)",
            "dep-e4647": "Spiel- und Konzertplan Theater Aachen 2012/13",
        }
        assert words(rows["dep-fb32"]["instruments"]) == {
            "Gremium für Sicherheit und Prävention",
            "Gemeinsame Anlaufstelle Peterstraße",
            "Aachener Straßenverordnung",
        }
        assert "(IKAS)" in rows["dep-fb32"]["takesPartIn"]

    def test_three_plans_are_preconditions_for_money(self, ask):
        rows = {row["plan"]: row for row in ask("q21")}
        assert {plan: row["target"] for plan, row in rows.items()} == {
            "p-forst-isek": "i-sozzus",
            "p-an09": "i-soziale-stadt",
            "p-int18": "i-ki",
        }
        integration = rows["p-int18"]
        assert "drei Jahre" in integration["note"]
        assert (integration["since"], integration["earlier"], integration["earlierBegin"]) == (
            "2013",
            "p-int06",
            "2006",
        )


# fmt: off
IN_FORCE_2017 = [
    "p-alt", "p-an14", "p-asw15", "p-eea17", "p-fnp80", "p-haaren", "p-hdw", "p-ik22", "p-inksr", "p-int06",
    "p-kim", "p-kjfp3", "p-kla14", "p-klp09", "p-kubi06", "p-lp88", "p-lrp15", "p-mep17", "p-mp30",
    "p-pf11", "p-preus", "p-sep1l", "p-sep2", "p-sport09", "p-vep", "p-vm50", "p-wmb", "p-zent08",
]
# fmt: on
LEADS_2017 = {
    "dep-fb61": 5,
    "": 5,
    "dep-fb50": 3,
    "dep-fb45": 3,
    "dep-fb56": 2,
    "dep-e49": 2,
    "par-sr": 2,
    **dict.fromkeys(("dep-fb23", "dep-fb52", "dep-dez3", "dep-s69", "dep-e495", "par-brk"), 1),
}
DAYS = [date(2005, 1, 1) + timedelta(days=97 * step) for step in range(80)]


class TestTime:
    def test_one_plan_counts_as_current_past_its_period(self, ask):
        (row,) = ask("q16", asOf=REFERENCE_DAY)
        assert (row["plan"], row["validTo"], row["status"]) == ("p-kla19", "2021", "gültig")
        assert ask("q16", asOf="2021-12-31") == []

    def test_the_third_youth_plan_stayed_in_force_until_the_fourth_was_decided(self, ask):
        (row,) = ask("q17")
        assert (row["plan"], row["validTo"], row["next"], row["until"]) == (
            "p-kjfp3",
            "2020",
            "p-kjfp4",
            "2023-02-15",
        )

    def test_twenty_eight_plans_were_in_force_on_the_day_of_the_paper(self, ask):
        rows = ask("q18", asOf="2017-12-07")
        assert sorted(ids(rows, "plan")) == IN_FORCE_2017
        assert Counter(row.get("lead", "") for row in rows) == LEADS_2017

    def test_a_plan_that_stays_until_the_next_leaves_no_gap(self, ask):
        youth = [
            sorted(plan for plan in ids(ask("q18", asOf=day), "plan") if plan.startswith("p-kjfp"))
            for day in ("2020-12-31", "2022-06-30", "2023-02-14", "2023-02-15")
        ]
        assert youth == [["p-kjfp3"], ["p-kjfp3"], ["p-kjfp3", "p-kjfp4"], ["p-kjfp4"]]

    @pytest.mark.parametrize("day", DAYS, ids=str)
    def test_question_and_network_agree_on_what_was_in_force(self, ask, aachen, day):
        network = aachen.network()
        by_rule = [network.id(p) for p in network.of_type("Plan") if is_in_force_by_dates(network, p, day)]
        assert sorted(ids(ask("q18", asOf=day.isoformat()), "plan")) == sorted(by_rule)

    def test_editions_of_a_series_come_in_order_with_what_they_take_over(self, ask):
        rows = ask("q40", series="s-kjfp")
        assert [(row["plan"], row.get("earlier")) for row in rows] == [
            ("p-kjfp1", None),
            ("p-kjfp3", None),
            ("p-kjfp4", "p-kjfp3"),
        ]
        assert len(ask("q40")) == sum(bool(plan["series"]) for plan in table("plans"))

    def test_events_without_a_day_stay_in_every_span(self, ask):
        rows = ask("q36", since="2017-01-01", until="2017-12-31")
        assert ids(rows, "event") == ["e014", "e003", "e002", "e012", "e004", "e005", "e006"]
        assert "date" not in rows[0]


class TestSpace:
    @pytest.mark.parametrize("place", ["a-kaiser", "a-bushof"])
    def test_two_plans_are_about_kaiserplatz_and_bushof(self, ask, place):
        rows = ask("q05", area=place)
        assert [(row["plan"], row.get("lead"), row["participants"]) for row in rows] == [
            ("p-charta", None, "0"),
            ("p-ikas", "dep-fb56", "15"),
        ]

    def test_four_plans_are_about_the_inner_city_without_a_relation_among_them(self, ask):
        leads = {row["plan"]: row.get("lead") for row in ask("q05", area="a-innenstadt")}
        assert leads == {"p-ikas": "dep-fb56", "p-charta": None, "p-ik22": "dep-fb61", "p-innmob": None}
        assert relations_among(ask, set(leads)) == []

    def test_only_the_sport_quarters_are_aligned_with_another_frame(self, ask):
        rows = {row["frame"]: row for row in ask("q24")}
        assert len(rows) == 12
        used = {
            frame: (row["units"], row.get("departments")) for frame, row in rows.items() if "units" in row
        }
        assert {name: used[name] for name in ("fr-sr14", "fr-lr60", "fr-lr52", "fr-qsb", "fr-bezirk")} == {
            "fr-sr14": ("14", "FB 45"),
            "fr-lr60": ("60", "FB 56"),
            "fr-lr52": ("52", "FB 50"),
            "fr-qsb": ("15", "FB 52"),
            "fr-bezirk": ("7", None),
        }
        assert {frame: row["alignedWith"] for frame, row in rows.items() if "alignedWith" in row} == {
            "fr-qsb": "Lebensräume",
            "fr-lr60": "Quartiere Sport + Bewegung",
        }

    def test_areas_come_with_frame_and_larger_area(self, ask):
        rows = {row["area"]: row for row in ask("q38")}
        forst = rows["a-forst"]
        assert (forst["frame"], forst["partOf"], forst["population"]) == ("fr-plan", "a-mitte", "23000")
        assert rows["a-bushof"]["plans"] == "2"


WHOLE_TABLES = [
    ("q30", "plan", "plans"),
    ("q31", "goal", "goals"),
    ("q32", "plan", "plans"),
    ("q33", "paper", "papers"),
    ("q34", "indicator", "indicators"),
    ("q35", "measure", "measures"),
    ("q36", "event", "events"),
    ("q37", "dataset", "data_sources"),
    ("q38", "area", "areas"),
    ("q39", "partner", "partners"),
    ("q42", "instrument", "instruments"),
    ("q43", "department", "departments"),
    ("q44", "relation", "relations"),
]


class TestInventory:
    @pytest.mark.parametrize(("name", "column", "source"), WHOLE_TABLES)
    def test_a_question_without_parameters_is_asked_of_everything(self, ask, name, column, source):
        assert set(ids(ask(name), column)) == {row["id"] for row in table(source)}

    @pytest.mark.parametrize("name", ["q30", "q31", "q35", "q36", "q37", "q38", "q39", "q42", "q43", "q44"])
    def test_each_thing_stands_in_one_row(self, ask, name):
        rows = ask(name)
        assert len(rows) == len({next(iter(row.values())) + row.get("goal", "") for row in rows})

    def test_plans_can_be_looked_for_by_word_and_lead(self, ask):
        assert ids(ask("q30", word="sozialentwicklungsplan"), "plan") == [
            "p-sep3",
            "p-sep1l",
            "p-sep1",
            "p-sep2",
        ]
        assert sorted(ids(ask("q30", department="dep-fb52"), "plan")) == ["p-sport09", "p-sport24"]
        assert ids(ask("q30", department="dep-fb52", word="2024"), "plan") == ["p-sport24"]

    def test_a_plan_comes_with_what_the_table_says(self, ask):
        (row,) = ask("q30", word="(IKAS)")
        assert (row["kind"], row["status"], row["decision"]) == ("Konzept", "gültig", "beschlossen")
        assert (row["validFrom"], row["decidedOn"], row["decidedBy"]) == (
            "2024",
            "2024-10-09",
            "Rat der Stadt Aachen",
        )

    def test_goals_of_a_plan_come_with_their_deadline_as_a_day(self, ask):
        rows = {row["goal"]: row for row in ask("q31", plan="p-iksk24")}
        assert set(rows) == {goal["id"] for goal in table("goals") if goal["plan"] == "p-iksk24"}
        assert (rows["g169"]["kind"], rows["g169"]["deadline"], rows["g169"]["deadlineDay"]) == (
            "Leitziel",
            "2030",
            "2030-12-31",
        )

    def test_measures_name_their_cost_where_a_source_does(self, ask):
        costs = {row["measure"]: float(row["costEur"]) for row in ask("q35") if "costEur" in row}
        assert costs == {row["id"]: float(row["cost_eur"]) for row in table("measures") if row["cost_eur"]}

    def test_instruments_of_a_day_leave_out_what_began_later_or_was_over(self, ask):
        missing = set(ids(ask("q42"), "instrument")) - set(ids(ask("q42", asOf="2017-12-07"), "instrument"))
        later = {row["id"] for row in table("instruments") if row["since"][:4] > "2017"}
        over = {row["id"] for row in table("instruments") if row["until"] and row["until"][:4] < "2017"}
        assert missing == later | over

    def test_an_instrument_names_its_wider_type(self, ask):
        steering = {row["instrument"]: row for row in ask("q42")}["i-lenk-forst"]
        assert (steering["type"], steering["widerType"]) == ("Steuerungsgruppe", "koordinierende Gremien")

    def test_facts_stand_also_as_direct_links_and_demands_do_not(self, ask):
        rows = ask("q44")
        assert Counter(row["modality"] for row in rows) == Counter(
            row["modality"] for row in table("relations")
        )
        direct = {row["relation"] for row in rows if row.get("stands") == "true"}
        kinds = load_vocabulary().schemes["relation-kind"].concepts
        facts = [row for row in table("relations") if row["modality"] == "Tatsache"]
        assert direct == {row["id"] for row in facts if kinds[row["predicate"]].shortcut}

    def test_relations_of_a_plan_start_from_it_or_point_to_it(self, ask):
        assert sorted(ids(ask("q44", plan="p-kjfp4"), "relation")) == ["r039", "r040"]


class TestBodiesAndData:
    def test_every_deliberation_step_is_in_the_way_of_its_paper(self, ask):
        steps = [(row["paper"], row["body"], row["heldOn"]) for row in ask("q33") if "body" in row]
        assert sorted(steps) == sorted((r["paper"], r["body"], r["date"]) for r in table("deliberations"))

    def test_the_way_of_a_paper_comes_in_the_order_of_days(self, ask):
        rows = ask("q33", paper="v043")
        assert ids(rows, "heldOn") == sorted(ids(rows, "heldOn"))
        assert rows[-1]["bodyLabel"] == "Rat der Stadt Aachen"

    def test_departments_name_directorate_and_predecessor(self, ask):
        rows = {row["department"]: row for row in ask("q43")}
        assert (rows["dep-fb56"]["former"], rows["dep-fb61"]["unitOf"]) == ("dep-fb50", "dep-dez3")
        assert (rows["dep-fb56"]["plans"], rows["dep-fb56"]["currentPlans"]) == ("10", "8")

    def test_partners_lead_and_carry(self, ask):
        region = {row["partner"]: row for row in ask("q39")}["par-sr"]
        led = [row["title_de"] for row in table("plans") if row["lead_department"] == "par-sr"]
        assert all(title in region["leads"] for title in led)
        assert region["level"] == "Region"

    def test_contradicting_values_stand_side_by_side(self, ask):
        rows = {row["indicator"]: row for row in ask("q34")}
        assert (rows["n001"]["value"], rows["n002"]["value"]) == ("261178", "255967")
        assert rows["n002"]["dataset"] == "ds-statistik"

    def test_data_sources_name_what_rests_on_them(self, ask):
        rows = {row["dataset"]: row for row in ask("q37")}
        assert rows["ds-gesund"]["usedBy"] == "Zweiter Sozialentwicklungsplan (2015)"
        assert (rows["ds-prog22"]["firstYear"], rows["ds-prog22"]["lastYear"]) == ("2022", "2039")


class TestEvidence:
    def test_every_statement_about_a_plan_names_its_source(self, ask):
        rows = ask("q32", plan="p-kjfp4")
        assert {row["source"] for row in rows if row["property"] == PW.validFrom} == {"source/rt-kjfp4"}
        papers = [row["value"] for row in rows if row["property"] == PW.concernsPlan]
        concerned = [row["id"] for row in table("papers") if "p-kjfp4" in row["plans"].split(";")]
        assert set(concerned) <= set(papers)
        assert all("sourceLabel" in row for row in rows)

    def test_what_the_compilation_assigned_is_marked(self, ask):
        rows = ask("q32", plan="p-kjfp4")
        assigned = {row["property"] for row in rows if row.get("assigned") == "true"}
        assert assigned == {PW.topic, PW.targetGroup, PW.status}

    def test_coverage_counts_what_is_not_stated(self, ask):
        rows = {row["property"]: row for row in ask("q41")}
        missing = {name: 99 - int(row["stated"]) for name, row in rows.items()}
        assert (missing[PW.leadUnit], missing[PW.decidedOn], missing[PW.status]) == (27, 56, 20)
        assert {name for name, row in rows.items() if row.get("assigned") == "true"} == {
            PW.topic,
            PW.targetGroup,
            PW.status,
        }
        assert {row["notAsked"] for row in rows.values()} == {"0"}

    def test_the_delivery_holds_every_table_with_its_rows(self, ask):
        rows = ask("q46")
        counted = {row["table"]: int(row["rows"]) for row in rows}
        assert counted == {path.stem: len(table(path.stem)) for path in AACHEN.glob("*.csv")}
        assert {row["sources"] for row in rows} == {"240"}

    def test_every_source_says_something(self, ask):
        rows = ask("q51")
        assert {row["source"] for row in rows} == {
            "source/aachen",
            *(f"source/{row['id']}" for row in table("sources")),
        }
        assert all(int(row["statements"]) >= int(row["things"]) > 0 for row in rows)
        assert ids(ask("q51", source="source/rt-kjfp4"), "date") == ["2023-02-15"]

    def test_the_vocabulary_explains_terms_and_codes(self, ask):
        rows = {row["term"]: row for row in ask("q45", word="ersetzt")}
        replaces = rows["https://w3id.org/planwerk/scheme/relation-kind#replaces"]
        assert (replaces["listLabel"], replaces["meaning"]) == (
            "Beziehungsarten",
            "Nachfolge replaces löst ab",
        )
        terms = {row["term"]: row for row in ask("q45")}
        assert terms[PW.Plan]["drawing"] == "node 2 dot #E69F00"
        assert terms[PW.validTo]["day"] == "endDay last"
        assert terms[PW.Source]["standard"] == "http://www.w3.org/ns/prov#Entity"


DUTIES = """
:d1 a pw:PlanningDuty ; skos:prefLabel "Jugendhilfeplanung aufstellen"@de ; pw:requires :type1 ; pw:norm :n1 ;
  pw:addresseeRole :agency ; pw:dutyModality duty-modality:must ; pw:trigger "eigenes Jugendamt" ;
  pw:cycleKind cycle-kind:years ; pw:cycleYears 5.0 ; pw:notChecked "Wortlaut von § 79"@de .
:type1 a pw:InstrumentType ; skos:prefLabel "Jugendhilfeplanung"@de .
:type2 a pw:InstrumentType ; skos:prefLabel "Schulentwicklungsplanung"@de .
:n1 a pw:NormVersion ; skos:prefLabel "SGB VIII § 80, Fassung 2021"@de ; dct:isVersionOf :law ;
  pw:lawName "SGB VIII" ; pw:section "§ 80" ;
  pw:validFrom "2021-06-10"^^xsd:date ; pw:checkedOn "2026-01-01"^^xsd:date .
:law a eli:LegalResource ; skos:prefLabel "SGB VIII § 80"@de .
:hold a pw:RoleHolding ; pw:heldBy :city ; pw:heldRole :agency ; pw:since "2009"^^xsd:gYear ; pw:basis "Satzung"@de .
:check a pw:ConditionCheck ; pw:duty :d1 ; pw:forBody :city ; pw:basis "Zensus"@de ;
  pw:conditionState <https://w3id.org/planwerk/scheme/condition-state#met> .
:agency a skos:Concept ; skos:prefLabel "Jugendamt"@de , "youth welfare agency"@en .
:city a cv:PublicOrganisation ; pw:hasRole :agency ; skos:prefLabel "Stadt Aachen"@de .
:hand a pw:Delegation ; pw:duty :d1 ; pw:delegatedFrom :district ; pw:delegatedTo :city .
:district skos:prefLabel "Kreis"@de .
:f1 a pw:Fulfilment ; pw:duty :d1 ; pw:fulfillingPlan :p1 ; pw:fulfilmentState fulfilment-state:claimed ;
  pw:decidedByRole :steering ; pw:statedOn "2026-01-02"^^xsd:date .
:p1 a pw:Plan ; skos:prefLabel "Jugendhilfeplan"@de .
:steering skos:prefLabel "Steuerungsgruppe"@de .
:c1 a pw:CoordinationDuty ; pw:fromType :type2 ; pw:toType :type1 ; pw:norm :n1 ;
  pw:dutyModality duty-modality:must ; pw:coordinationKind coordination-kind:agree .
:c2 a pw:CoordinationDuty ; pw:fromType :type1 ; pw:dutyModality duty-modality:should ;
  pw:toText "alle anderen Planungen"@de .
"""
STEERING = """
:need a pw:DataNeed ; skos:prefLabel "Wartezeiten"@de ; pw:neededByPlan :p1 ; pw:providedBy :ds .
:need2 a pw:DataNeed ; skos:prefLabel "Leerstand"@de ; pw:neededByPlan :p1 .
:ds a dcat:Dataset ; skos:prefLabel "Register"@de ; dct:publisher :office .
:office skos:prefLabel "Amt"@de .
:p1 a pw:Plan ; skos:prefLabel "Plan eins"@de .
:p2 a pw:Plan ; skos:prefLabel "Plan zwei"@de .
:f1 a pw:Finding ; pw:rule "overlap 1" ; pw:involves :p1 , :p2 .
:f2 a pw:Finding ; pw:rule "chain 1" ; pw:involves :p1 .
:e1 a pw:Decision ; pw:aboutFinding :f1 ; pw:decisionState decision-state:open ; pw:statedOn "2026-01"^^xsd:gYearMonth .
:e2 a pw:Decision ; pw:aboutFinding :f1 ; pw:decisionState decision-state:intended ; pw:reason "Doppelung ist gewollt" ;
  pw:decidedByRole "Steuerungsgruppe" ; pw:decisionPaper "FB 56/0118/WP17" ; dct:date "2026-02-01"^^xsd:date .
:e3 a pw:Decision ; pw:aboutFinding :f3 ; pw:decisionState decision-state:rejected ; pw:decidedByRole :group ;
  pw:paper :v1 .
:group skos:prefLabel "Rat"@de .
:v1 a pw:CouncilPaper ; skos:prefLabel "Sachstand"@de .
:part a cv:Participation ; cv:role role:data-supplier .
:p1 cv:hasParticipation :part .
:office cv:participates :part .
:platform a org:OrganizationalCollaboration ; skos:prefLabel "Plattform"@de ; org:hasMember :office .
"""


class TestWhatAachenDoesNotHold:
    def test_a_duty_names_norm_bearer_cycle_and_the_plan_said_to_fulfil_it(self, ask_of):
        (row,) = ask_of(duties=DUTIES)("q47")
        assert (row["type"], row["provision"], row["normLabel"], row["checkedOn"]) == (
            "type1",
            "SGB VIII § 80",
            "SGB VIII § 80, Fassung 2021",
            "2026-01-01",
        )
        assert (row["modality"], row["roles"], row["bearers"], row["cycle"]) == (
            "muss",
            "Jugendamt",
            "Stadt Aachen",
            "nach Jahren",
        )
        assert (row["delegatedFrom"], row["delegatedTo"]) == ("Kreis", "Stadt Aachen")
        assert (row["plan"], row["state"], row["statedBy"]) == ("p1", "behauptet", "Steuerungsgruppe")

    def test_every_shipped_duty_is_answered(self, workspace):
        workspace.import_folder(DUTY_TABLES)
        ask = asking(workspace.host())
        assert set(ids(ask("q47"), "duty")) == {row["id"] for row in table("duties", DUTY_TABLES)}
        assert len(set(ids(ask("q48"), "duty"))) == len(table("coordination_duties", DUTY_TABLES))
        (rent_now, rent_before) = sorted(
            (row["modality"], row.get("validTo")) for row in ask("q47") if row["duty"] == "D31"
        )
        assert (rent_now, rent_before) == (("muss", None), ("soll", "2022-06-30"))

    def test_duties_stand_as_the_compilation_worded_them(self, ask_of):
        ask = ask_of(duties=DUTIES)
        rows = {row["duty"]: row for row in ask("q53")}
        assert (rows["d1"]["law"], rows["d1"]["section"], rows["d1"]["notChecked"]) == (
            "SGB VIII",
            "§ 80",
            "Wortlaut von § 79",
        )
        assert rows["c2"]["counterpart"] == "alle anderen Planungen"
        assert ids(ask("q53", word="schul"), "duty") == ["c1"]

    def test_roles_and_checked_conditions_of_a_body_name_their_basis(self, ask_of):
        rows = ask_of(duties=DUTIES)("q54")
        assert [(row.get("role"), row.get("dutyLabel"), row.get("state"), row["basis"]) for row in rows] == [
            (None, "Jugendhilfeplanung", "erfüllt", "Zensus"),
            ("Jugendamt", None, None, "Satzung"),
        ]

    def test_a_coordination_duty_without_a_counterpart_holds_towards_all(self, ask_of):
        rows = ask_of(duties=DUTIES)("q48")
        assert [
            (row["duty"], row.get("toType"), row["modality"], row.get("coordination")) for row in rows
        ] == [
            ("c2", None, "soll", None),
            ("c1", "type1", "muss", "einigen"),
        ]

    def test_a_data_need_without_a_source_stays_empty(self, ask_of):
        rows = ask_of(steering=STEERING)("q49")
        assert [(row["need"], row.get("dataset"), row.get("publisher")) for row in rows] == [
            ("need2", None, None),
            ("need", "ds", "office"),
        ]

    def test_decisions_on_a_finding_come_in_their_order(self, ask_of):
        rows = ask_of(steering=STEERING)("q50")
        assert [(row["finding"], row.get("decision"), row.get("state")) for row in rows] == [
            ("f1", "e1", "offen"),
            ("f1", "e2", "gewollt"),
            ("f2", None, None),
            ("f3", "e3", "verworfen"),
        ]
        assert (rows[1]["reason"], rows[1]["decidedOn"]) == ("Doppelung ist gewollt", "2026-02-01")
        assert [(row.get("decidedBy"), row.get("paper")) for row in rows[1:]] == [
            ("Steuerungsgruppe", "FB 56/0118/WP17"),
            (None, None),
            ("Rat", "Sachstand"),
        ]
        assert words(rows[1]["involved"]) == {"Plan eins", "Plan zwei"}

    def test_participations_name_the_role_and_collaborations_their_members(self, ask_of):
        rows = ask_of(steering=STEERING)("q52")
        assert [
            (row["organisation"], row.get("role"), row["matter"], row.get("collaboration")) for row in rows
        ] == [
            ("office", "datenliefernd", "p1", None),
            ("office", None, "platform", "true"),
        ]

    def test_a_source_tells_from_which_conversation_it_came(self, ask_of):
        ask = ask_of(
            talk="""<https://w3id.org/planwerk/id/source/talk> a pw:Source ; skos:prefLabel "Gespräch"@de ;
            prov:wasGeneratedBy :interview ; prov:wasAttributedTo :fb56 ; pw:statedInRole "Sachgebietsleitung" ;
            pw:reviewState <https://w3id.org/planwerk/scheme/review-state#unreviewed> .
            <https://w3id.org/planwerk/scheme/review-state#unreviewed> skos:notation "ungeprüft" .
            :answer a pw:Answer ; pw:aboutPlan :p .
            :interview a prov:Activity ; skos:prefLabel "Einzelinterview"@de .
            :fb56 skos:prefLabel "FB 56"@de .
            :claim pw:statedOn "2025-03-01"^^xsd:date ; pw:confirmedOn "2026-01-01"^^xsd:date ; pw:confidence 0.8 ."""
        )
        (row,) = ask("q51")
        assert (row["activity"], row["attributedToLabel"]) == ("interview", "FB 56")
        assert (row["role"], row["review"], row["answers"]) == ("Sachgebietsleitung", "ungeprüft", "1")
        assert (row["statedOn"], row["confirmedOn"], row["confidence"]) == ("2025-03-01", "2026-01-01", "0.8")

    def test_coverage_tells_denied_from_not_asked_and_unknown(self, ask_of):
        ask = ask_of(
            s1=""":p1 a pw:Plan ; pw:leadUnit :fb56 ; pw:complete pw:topic . :p2 a pw:Plan . :p3 a pw:Plan .
            :x a pw:FacetState ; pw:aboutPlan :p2 ; pw:facet pw:leadUnit ; pw:emptyKind pw:none .
            :y a pw:FacetState ; pw:aboutPlan :p3 ; pw:facet pw:leadUnit ; pw:emptyKind pw:unknown .
            :z a pw:FacetState ; pw:aboutPlan :p1 ; pw:facet pw:topic ; pw:emptyKind pw:notAsked ."""
        )
        rows = {row["property"]: row for row in ask("q41")}
        counted = ("plans", "stated", "none", "notAsked", "unknown", "complete")
        assert [rows[PW.leadUnit][name] for name in counted] == ["3", "1", "1", "0", "1", "0"]
        assert [rows[PW.topic][name] for name in counted] == ["3", "0", "0", "1", "0", "1"]

    def test_goals_point_to_the_goal_above_and_their_direction(self, ask_of):
        ask = ask_of(
            s1=""":p a pw:Plan ; skos:prefLabel "Plan"@de ; pw:pursues :g .
            :g a pw:Goal ; skos:prefLabel "Quote heben"@de ; pw:contributesTo :top ; pw:targetValue 90.0 ;
              pw:direction <https://w3id.org/planwerk/scheme/direction#rise> .
            <https://w3id.org/planwerk/scheme/direction#rise> skos:notation "steigen" .
            :top a pw:Goal ; skos:prefLabel "Teilhabe"@de ."""
        )
        (row,) = ask("q31", plan="p")
        assert (row["contributesToLabel"], row["direction"]) == ("Teilhabe", "steigen")

    def test_reorganisations_and_geometries_are_shown(self, ask_of):
        ask = ask_of(
            s1=""":new a org:OrganizationalUnit ; skos:prefLabel "FB 56"@de . :old skos:prefLabel "FB 50"@de .
            :merge a org:ChangeEvent ; org:originalOrganization :old ; org:resultingOrganization :new .
            :a a pw:Area , geo:Feature ; skos:prefLabel "Forst"@de ; geo:hasGeometry :shape .
            :m a pw:Measure , cpsv:PublicService ; skos:prefLabel "Beratung"@de ."""
        )
        assert [row["former"] for row in ask("q43")] == ["old"]
        assert [row["geometry"] for row in ask("q38")] == ["shape"]
        assert [row["service"] for row in ask("q35")] == ["true"]


class TestSources:
    def test_a_statement_made_by_two_sources_counts_once(self, aachen, ask):
        paths = aachen.files.paths()
        again = f"{BASE}source/rt-kjfp4"
        derived = derived_days(paths, BASE) + ontology_quads()
        with QueryHost({**paths, f"{again}-again": paths[again]}, derived=derived, workers=1) as host:
            twice = asking(host)
            for name in sorted(set(QUESTIONS) - ABOUT_SOURCES):
                assert sorted_rows(twice(name)) == sorted_rows(ask(name)), name


ABOUT_SOURCES = {
    "q32-evidence-of-a-plan",
    "q44-relations",
    "q46-deliveries",
    "q51-statements",
    "q74-single-source",
    "q75-age-of-sources",
}


def sorted_rows(rows: list[Row]) -> list[list[tuple[str, list[str]]]]:
    """Return rows with lists within cells in one order."""
    return sorted(
        sorted((name, sorted(re.split("[,;] ", cell))) for name, cell in row.items()) for row in rows
    )


def body(text: str) -> str:
    """Return a query without comments."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


def answered_terms() -> Mapping[str, set[str]]:
    """Return every term as it is written in queries, with the names of the questions it serves."""
    answers: dict[str, set[str]] = {}
    for path in ontology_files():
        for quad in ox.parse(path=str(path)):
            if quad.predicate.value == PW.answers:
                iri = quad.subject.value
                prefix, home = max(
                    ((p, i) for p, i in PREFIXES.items() if iri.startswith(i)),
                    key=lambda found: len(found[1]),
                )
                answers.setdefault(f"{prefix}:{iri.removeprefix(home)}", set()).add(quad.object.value)
    return answers


ANSWERED = answered_terms()


class TestFiles:
    @pytest.mark.parametrize("found", QUESTIONS.values(), ids=QUESTIONS)
    def test_the_columns_are_the_variables_of_select(self, found):
        answer = ox.Store().query(found.text)
        assert isinstance(answer, ox.QuerySolutions)
        assert tuple(variable.value for variable in answer.variables) == found.columns

    @pytest.mark.parametrize("found", QUESTIONS.values(), ids=QUESTIONS)
    def test_every_head_is_whole_in_both_languages(self, found):
        texts = [found.title, found.description, *(parameter.label for parameter in found.parameters)]
        assert all(text.de and text.en and text.de != text.en for text in texts)
        assert found.title.de.endswith("?")
        assert found.title.en.endswith("?")
        assert found.group in GROUPS

    @pytest.mark.parametrize("found", QUESTIONS.values(), ids=QUESTIONS)
    def test_every_parameter_is_a_column_and_used(self, found):
        where = body(found.text).partition("WHERE")[2]
        for parameter in found.parameters:
            assert parameter.name in found.columns
            assert re.search(rf"\?{parameter.name}\b", where)
            assert parameter.type in {*VALUES, *THINGS}

    @pytest.mark.parametrize("found", QUESTIONS.values(), ids=QUESTIONS)
    def test_no_question_joins_in_a_way_that_grows(self, found):
        text = body(found.text)
        assert "NOT EXISTS" not in text
        assert not re.search(r"UNION\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*\n\s*\?", text), (
            "a pattern joined to a UNION"
        )

    @pytest.mark.parametrize("term", sorted(ANSWERED))
    def test_a_term_is_in_a_question_that_it_serves(self, term):
        assert ANSWERED[term] <= set(EVERY)
        mention = re.compile(rf"(?<![\w:-]){re.escape(term)}(?![\w-])")
        assert any(mention.search(body(EVERY[name].text)) for name in ANSWERED[term])

    def test_titles_tell_questions_apart(self):
        for lang in ("de", "en"):
            titles = [found.title[lang] for found in QUESTIONS.values()]
            assert len(set(titles)) == len(titles)

    def test_a_head_with_a_missing_line_names_the_file(self, tmp_path):
        path = tmp_path / "q99-nothing.rq"
        path.write_text("# title@de: Was?\nSELECT * {}", "utf-8")
        with pytest.raises(ValueError, match=r"q99-nothing\.rq: needs one line “# title@en: …”"):
            read_question(path)

    @pytest.mark.parametrize(
        ("line", "complaint"),
        [
            ("# author: x", "not an entry"),
            ("# group: fun", "no group: fun"),
            ("# param: a|b|c|d|e", "no type"),
        ],
    )
    def test_a_head_that_nobody_can_read_is_refused(self, tmp_path, line, complaint):
        path = tmp_path / "q99.rq"
        head = QUESTIONS["q01-topics-by-departments"].text
        path.write_text(
            re.sub(r"# group: \w+", line, head) if "group" in line else f"{line}\n{head}", "utf-8"
        )
        with pytest.raises(ValueError, match=complaint):
            read_question(path)


class TestParameters:
    def test_a_day_is_today_where_nobody_says_otherwise(self):
        (parameter,) = question("q18").parameters
        before = date.today()  # noqa: DTZ011 - the day in the room, as in the product
        term = parameter.term(None, BASE)
        assert term is not None
        assert before <= date.fromisoformat(term.value) <= before + timedelta(days=1)
        assert term.datatype == "http://www.w3.org/2001/XMLSchema#date"

    def test_an_id_becomes_the_iri_of_the_thing(self):
        (parameter,) = question("q31").parameters
        assert parameter.term("p-sep3", BASE) == ("iri", f"{BASE}p-sep3", None, None)
        assert parameter.term("https://example.org/p", BASE) == ("iri", "https://example.org/p", None, None)
        assert parameter.term("", BASE) is None

    @pytest.mark.parametrize(
        ("name", "given"),
        [("q18", {"asOf": "gestern"}), ("q18", {"asOf": "2025-02-30"}), ("q31", {"plan": "p> } #"})],
    )
    def test_what_does_not_fit_is_refused_in_both_languages(self, name, given):
        with pytest.raises(BadRequest) as refused:
            bindings_of(question(name), given, BASE)
        (value,) = given.values()
        assert value in refused.value.text.de
        assert value in refused.value.text.en

    def test_a_parameter_that_does_not_exist_is_refused(self):
        with pytest.raises(BadRequest, match="asOf"):
            bindings_of(question("q18"), {"day": "2025-01-01"}, BASE)

    def test_words_are_data_and_never_query(self, ask):
        assert ask("q30", word='") } SELECT * { ?s ?p "') == []
        assert ask("q30", word="\\") == []

    def test_a_parameter_that_only_repeats_is_not_shown(self):
        assert question("q18").shown == question("q18").columns[:-1]
        assert question("q31").shown == question("q31").columns

    def test_whole_numbers_are_read_as_such(self, tmp_path):
        path = tmp_path / "q99.rq"
        head = QUESTIONS["q01-topics-by-departments"].text
        path.write_text("# param: n | integer | 3 | Zahl | Number\n" + head, "utf-8")
        (parameter,) = read_question(path).parameters
        assert parameter.term(None, BASE) == (
            "literal",
            "3",
            None,
            "http://www.w3.org/2001/XMLSchema#integer",
        )
        with pytest.raises(UnfitArgumentError, match="ganze Zahl"):
            parameter.term("drei", BASE)
