"""Answers of questions against the same answers worked out from the tables in plain Python."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from api.settings import read_settings
from api.workspace import Workspace
from ontology.questions import load_questions
from ontology.vocabulary import load_vocabulary
from tests import question_answers
from tests.questions.test_questions import DUTY_TABLES, Ask, Row, asking, ids, table

TESTS = Path(__file__).parents[1]
CURRENT = {
    concept.notation
    for concept in load_vocabulary().schemes["plan-status"].concepts.values()
    if concept.standing == "current"
}
PAST = {
    concept.notation
    for concept in load_vocabulary().schemes["plan-status"].concepts.values()
    if concept.standing == "past"
}


@pytest.fixture(scope="module")
def ask(aachen: Workspace) -> Ask:
    return asking(aachen.host())


@pytest.fixture(scope="module")
def ask_duties(tmp_path_factory: pytest.TempPathFactory):
    store = tmp_path_factory.mktemp("duties") / "store"
    with Workspace(read_settings({}, store=str(store))) as workspace:
        workspace.import_folder(DUTY_TABLES)
        yield asking(workspace.host())


def many(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def plans(standing: set[str] | None = None, but: set[str] = frozenset()) -> list[Row]:
    return [
        p for p in table("plans") if (standing is None or p["status"] in standing) and p["status"] not in but
    ]


def wider(name: str, broader: str) -> dict[str, set[str]]:
    """Return each row of a table with itself and all that it lies in."""
    above = {row["id"]: row[broader] for row in table(name)}
    found: dict[str, set[str]] = {}
    for key in above:
        found[key], at = {key}, key
        while above.get(at):
            at = above[at]
            found[key].add(at)
    return found


def by_pair(rows: list[Row], one: str, other: str, count: str = "plans") -> dict[tuple[str, str], int]:
    return {(row[one], row[other]): int(row[count]) for row in rows}


class TestCounts:
    def test_current_plans_are_counted_by_lead_and_topic(self, ask):
        expected = Counter(
            (plan["lead_department"], topic)
            for plan in plans(CURRENT)
            if plan["lead_department"]
            for topic in many(plan["topics"])
        )
        assert by_pair(ask("q57"), "lead", "topic") == expected

    def test_plans_are_counted_by_kind(self, ask):
        rows = ask("q58")
        assert {row["kindLabel"]: (int(row["plans"]), int(row["currentPlans"])) for row in rows} == {
            kind: (count, Counter(p["kind"] for p in plans(CURRENT))[kind])
            for kind, count in Counter(p["kind"] for p in plans()).items()
            if kind
        }
        assert [int(row["plans"]) for row in rows] == sorted(
            (int(row["plans"]) for row in rows), reverse=True
        )

    def test_a_target_group_counts_the_plans_and_goals_for_it(self, ask):
        current = {plan["id"] for plan in plans(CURRENT)}
        of_plans, of_goals = defaultdict(set), defaultdict(set)
        for plan in plans(CURRENT):
            for group in many(plan["target_groups"]):
                of_plans[group].add(plan["id"])
        for goal in table("goals"):
            for group in many(goal["target_groups"]) if goal["plan"] in current else []:
                of_plans[group].add(goal["plan"])
                of_goals[group].add(goal["id"])
        assert {row["targetGroup"]: (int(row["plans"]), int(row["goals"])) for row in ask("q59")} == {
            group["id"]: (len(of_plans[group["id"]]), len(of_goals[group["id"]]))
            for group in table("target_groups")
        }

    def test_plans_are_counted_by_the_year_they_began(self, ask):
        years = Counter(plan["valid_from"][:4] for plan in plans() if plan["valid_from"])
        rows = ask("q60")
        assert {row["year"]: int(row["plans"]) for row in rows} == years
        assert ids(rows, "year") == sorted(years)
        assert sum(years.values()) == 79

    def test_plans_that_are_not_past_are_counted_by_area_and_topic(self, ask):
        expected = Counter(
            (area, topic)
            for plan in plans(but=PAST)
            for area in many(plan["areas"])
            for topic in many(plan["topics"])
        )
        assert by_pair(ask("q63"), "area", "topic") == expected

    def test_participants_are_counted_by_lead(self, ask):
        taking = {(r["subject"], r["object"]) for r in table("relations") if is_fact_of(r, "takesPartIn")}
        pairs = Counter(
            (plan["lead_department"], unit)
            for plan in plans(but=PAST)
            if plan["lead_department"]
            for unit in {*many(plan["participating"]), *(who for who, what in taking if what == plan["id"])}
            if unit != plan["lead_department"]
        )
        assert by_pair(ask("q70"), "lead", "participant") == pairs

    def test_the_council_and_every_other_body_deliberated_so_often(self, ask):
        steps = Counter(row["body"] for row in table("deliberations"))
        papers = defaultdict(set)
        days = defaultdict(list)
        concerned = {row["id"]: many(row["plans"]) for row in table("papers")}
        for row in table("deliberations"):
            papers[row["body"]].add(row["paper"])
            days[row["body"]].append(row["date"])
        rows = {row["body"]: row for row in ask("q68")}
        assert {body: int(row["steps"]) for body, row in rows.items()} == steps
        assert {body: int(row["papers"]) for body, row in rows.items()} == {
            b: len(p) for b, p in papers.items()
        }
        assert {body: int(row["plans"]) for body, row in rows.items()} == {
            body: len({plan for paper in held for plan in concerned[paper]}) for body, held in papers.items()
        }
        assert (rows["b-rat"]["first"], rows["b-rat"]["last"]) == (min(days["b-rat"]), max(days["b-rat"]))

    def test_sources_are_counted_by_year(self, ask):
        rows = {row["year"]: row for row in ask("q75")}
        years = Counter(row["date"][:4] for row in table("sources") if row["date"])
        delivered = Counter({"2026": 1})
        assert {year: int(row["sources"]) for year, row in rows.items()} == years + delivered
        assert all(int(row["statements"]) >= int(row["sources"]) for row in rows.values())


def is_fact_of(relation: Row, shortcut: str) -> bool:
    kinds = load_vocabulary().schemes["relation-kind"].concepts
    found = kinds[relation["predicate"]].shortcut
    return relation["modality"] == "Tatsache" and str(found or "").endswith(shortcut)


class TestTime:
    def test_plans_run_out_between_two_days_the_earliest_first(self, ask):
        assert ids(ask("q61", **{"from": "2026-01-01", "until": "2030-12-31"}), "plan") == [
            "p-kita25",
            "p-kjfp4",
            "p-glp24",
            "p-glpsr",
            "p-mp30",
            "p-ms30a",
            "p-ms30b",
        ]
        assert ask("q61", **{"from": "2029-01-01", "until": "2029-12-31"}) == []

    def test_every_current_plan_with_an_end_runs_out_some_day(self, ask):
        every = ids(ask("q61", **{"from": "1900-01-01"}), "plan")
        assert sorted(every) == sorted(plan["id"] for plan in plans(CURRENT) if plan["valid_to"])

    def test_deadlines_after_a_day_come_the_nearest_first(self, ask):
        rows = ask("q62", **{"from": "1900-01-01"})
        assert sorted(ids(rows, "goal")) == sorted(goal["id"] for goal in table("goals") if goal["deadline"])
        assert ids(rows, "deadlineDay") == sorted(ids(rows, "deadlineDay"))
        assert ids(ask("q62", **{"from": "2031-01-01"}), "goal") == ["g151", "g152"]


class TestSpace:
    def test_areas_without_a_current_plan_are_those_no_current_plan_names_in_them(self, ask):
        above = wider("areas", "part_of")
        named = {place for plan in plans(CURRENT) for area in many(plan["areas"]) for place in above[area]}
        without = {area["id"] for area in table("areas")} - named
        assert set(ids(ask("q64"), "area")) == without
        assert len(without) == 9

    def test_inhabitants_stand_beside_the_plans_within_an_area(self, ask):
        above = wider("areas", "part_of")
        rows = ask("q65")
        assert [(row["area"], row["population"], row["plans"]) for row in rows] == [
            (
                area["id"],
                area["population"],
                str(sum(any(area["id"] in above[a] for a in many(p["areas"])) for p in plans(but=PAST))),
            )
            for area in sorted(
                (area for area in table("areas") if area["population"]),
                key=lambda area: (-int(area["population"]), area["name_de"]),
            )
        ]


class TestGapsAndData:
    def test_an_unused_data_source_serves_no_plan_and_no_indicator(self, ask):
        kinds = load_vocabulary().schemes["relation-kind"].concepts
        base = {
            r["subject"]
            for r in table("relations")
            if str(kinds[r["predicate"]].shortcut).endswith("dataBasisFor") and r["modality"] == "Tatsache"
        }
        measured = {row["data_source"] for row in table("indicators")}
        expected = {
            row["id"]
            for row in table("data_sources")
            if not row["used_by_plans"] and row["id"] not in base | measured
        }
        assert set(ids(ask("q66"), "dataset")) == expected
        assert len(expected) == 4

    def test_indicators_say_what_they_lack(self, ask):
        expected = {
            row["id"]: tuple(str(not row[name]).lower() for name in ("data_source", "as_of", "goals"))
            for row in table("indicators")
            if not (row["data_source"] and row["as_of"] and row["goals"])
        }
        rows = ask("q67")
        assert {row["indicator"]: (row["noSource"], row["noDate"], row["noGoal"]) for row in rows} == expected

    def test_every_topic_and_all_but_six_target_groups_are_in_a_current_plan(self, ask):
        current = {plan["id"] for plan in plans(CURRENT)}
        above = wider("target_groups", "broader")
        named = [g for p in plans(CURRENT) for g in many(p["target_groups"])]
        named += [
            g for goal in table("goals") if goal["plan"] in current for g in many(goal["target_groups"])
        ]
        covered = {place for group in named for place in above[group]}
        assert set(ids(ask("q72"), "concept")) == {g["id"] for g in table("target_groups")} - covered
        rows = {row["concept"]: row["plans"] for row in ask("q72")}
        assert rows["tg-schwanger"] == "0"
        assert rows["tg-handel"] == str(sum("tg-handel" in many(p["target_groups"]) for p in plans()))

    def test_what_is_wanted_and_nowhere_a_fact_is_listed(self, ask):
        facts = {
            frozenset((r["subject"], r["object"])) for r in table("relations") if r["modality"] == "Tatsache"
        }
        expected = {
            r["id"]
            for r in table("relations")
            if r["modality"] != "Tatsache" and frozenset((r["subject"], r["object"])) not in facts
        }
        assert set(ids(ask("q73"), "relation")) == expected
        assert len(expected) == 12


class TestBodies:
    def test_a_body_shows_its_deliberations_the_latest_first(self, ask):
        rows = ask("q69", body="b-rat")
        expected = {
            (r["date"], r["paper"], r["result"]) for r in table("deliberations") if r["body"] == "b-rat"
        }
        assert {(row["heldOn"], row["paper"], row.get("result", "")) for row in rows} == expected
        assert ids(rows, "heldOn") == sorted(ids(rows, "heldOn"), reverse=True)
        assert len(ask("q69")) == len(table("deliberations"))

    def test_a_department_has_all_that_names_it(self, ask):
        mine = "dep-fb56"
        expected = {
            *(p["id"] for p in table("plans") if mine in {p["lead_department"], *many(p["participating"])}),
            *(i["id"] for i in table("instruments") if mine in many(i["department"])),
            *(m["id"] for m in table("measures") if mine in many(m["responsible"])),
            *(v["id"] for v in table("papers") if mine in {v["lead_department"], *many(v["participating"])}),
            *(d["id"] for d in table("data_sources") if mine in many(d["publisher"])),
            *(e["id"] for e in table("events") if mine in many(e["organiser"])),
            *(
                r["object"]
                for r in table("relations")
                if r["subject"] == mine and is_fact_of(r, "takesPartIn")
            ),
        }
        assert set(ids(ask("q71", department=mine), "thing")) == expected
        assert "p-sep3" in expected


class TestEvidence:
    def test_a_plan_rests_on_one_source_where_no_other_row_about_it_names_another(self, ask):
        told: dict[str, set[str]] = {row["id"]: {row["source_id"]} for row in table("plans")}
        for name in ("goals", "measures", "indicators"):
            for row in table(name):
                told.setdefault(row["plan"], set()).add(row["source_id"])
        for name in ("papers", "events"):
            for row in table(name):
                for plan in many(row["plans"]):
                    told[plan].add(row["source_id"])
        for row in table("relations"):
            for end in {row["subject"], row["object"]} & told.keys():
                told[end].add(row["source_id"])
        alone = {row["plan"]: row["source"].removeprefix("source/") for row in ask("q74")}
        assert alone == {p["id"]: p["source_id"] for p in table("plans") if len(told[p["id"]]) == 1}
        assert len(alone) == 41
        assert alone["p-vhslb"] == "vhs-lb"


class TestDuties:
    def test_every_duty_waits_for_a_plan_until_somebody_names_one(self, ask_duties):
        named = {row["duty"] for row in table("fulfilments", DUTY_TABLES) if row["plan"]}
        duties = {row["id"] for row in table("duties", DUTY_TABLES)}
        assert set(ids(ask_duties("q76"), "duty")) == duties - named
        assert named == {"D02", "D18"}

    def test_laws_count_their_duties(self, ask_duties):
        rows = {row["law"]: (int(row["duties"]), int(row["binding"])) for row in ask_duties("q77")}
        assert rows["BauGB"] == (6, 4)
        laws = Counter(row["law"] for row in table("duties", DUTY_TABLES))
        assert {law: count for law, (count, _) in rows.items() if law in laws} == {
            law: count for law, count in laws.items() if law in rows
        }

    def test_types_that_have_to_be_matched_meet_in_a_cell(self, ask_duties):
        rows = ask_duties("q78")
        named = {row["id"] for row in table("duties", DUTY_TABLES)}
        expected = {
            (row["from_instrument"], row["to_instrument"])
            for row in table("coordination_duties", DUTY_TABLES)
            if row["to_instrument"] in named
        }
        found = {(row["fromType"].rpartition("/")[2], row["toType"].rpartition("/")[2]) for row in rows}
        assert expected <= found
        assert {row.get("modality") for row in rows} <= {"muss", "soll", "kann", None}


def test_every_question_is_asked_by_a_test_with_its_exact_answer() -> None:
    text = "".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    asked = set(
        re.findall(r"""(?:ask\w*(?:\([^()]*\))?|question|json)\(f?["'](?:/questions/)?(q\d\d)\b""", text)
    )
    assert {name.partition("-")[0] for name in load_questions()} - asked == set()


def test_no_answer_changes_unnoticed(tmp_path: Path) -> None:
    """All cells of all answers; ``python -m tests.question_answers`` writes them anew after a change that is meant."""
    with question_answers.filled(tmp_path / "store") as workspace:
        assert question_answers.digests(workspace) == json.loads(question_answers.ANSWERS.read_text("utf-8"))
