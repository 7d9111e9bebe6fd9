"""Planning duties: tables in and out, what the law says on a day, six answers, and what is never claimed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cli import main
from api.jobs.checking import check_store
from api.settings import read_settings
from api.wanted import wanted_day
from api.workspace import Workspace
from graph.dates import parse_date
from graph.errors import BadRequest, NotFound
from graph.findings.duty.answers import Answer, best_answer, law_match, years_after
from graph.findings.duty.document import coordination_text, ladder_json
from graph.findings.duty.ladder import Step, bearer, duty_ladder
from graph.findings.duty.law import NormState, Reach
from graph.findings.finding import Finding, finding_json
from graph.findings.rules.duty_gaps import coverage_on, duty_coverage, find_duty_gaps
from graph.intake.duties import Cycle, read_cycle, read_first_due, read_roles
from graph.intake.problems import Problem, TablesRefused
from graph.network.build import Network, build_network
from graph.output.tables import table_files
from graph.statement import Statement
from graph.store.reading import read_statements
from ontology.tables import DUTY_TABLES, every_table, load_tables
from ontology.terms import CV, PW, RDF, SCHEME
from ontology.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[2]
AACHEN, DUTIES = ROOT / "data" / "aachen", ROOT / "data" / "duties-nrw"
BASE = "https://w3id.org/planwerk/id/"
THE_PAPER, THE_MEETING, TODAY = date(2017, 11, 21), date(2017, 12, 7), date(2025, 6, 30)
HANDED_OVER = {"D05", "D19", "D20", "D24"}


def rows(table: str) -> list[dict[str, str]]:
    with (DUTIES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def statements(both: Workspace) -> list[Statement]:
    return list(read_statements(both.files.paths()))


@pytest.fixture(scope="module")
def network(both: Workspace) -> Network:
    return both.network()


def step(network: Network, duty: str, day: date, *, delegation: bool = True) -> Step:
    ladder = duty_ladder(network, day, delegation=delegation)
    (found,) = (step for step in ladder.steps if network.id(step.duty) == duty)
    return found


def musts(network: Network, day: date, *, delegation: bool = True) -> set[str]:
    ladder = duty_ladder(network, day, delegation=delegation, suggest=False)
    return {network.id(step.duty) for step in ladder.steps if step.law.is_must}


def claim(duty: str, plan: str | None, state: str, number: int = 1) -> list[Statement]:
    """Return the statements of a claim of fulfilment, made in a source of its own."""
    node, source = f"{BASE}fulfilment/test-{number}", f"{BASE}source/test"
    said = [
        Statement(node, RDF.type, PW.Fulfilment, source),
        Statement(node, PW.duty, BASE + duty, source),
        Statement(node, PW.fulfilmentState, f"{SCHEME}fulfilment-state#{state}", source),
        Statement(node, PW.decidedByRole, f"{SCHEME}deciding-role#steering-group", source),
    ]
    return said + ([Statement(node, PW.fulfillingPlan, BASE + plan, source)] if plan else [])


def with_claims(statements: Iterable[Statement], *claims: list[Statement]) -> Network:
    return build_network([*statements, *(said for one in claims for said in one)], BASE)


class TestTables:
    """In and out without loss."""

    def test_the_tables_of_both_deliveries_come_back(self, statements):
        files = table_files(statements, BASE)
        for path in AACHEN.glob("*.csv"):
            assert files[path.name].encode() == path.read_bytes(), path.name
        for path in DUTIES.glob("*.csv"):
            assert files[path.name].replace("\n", "\r\n").encode() == path.read_bytes().replace(
                b"\r\n", b"\n"
            ).replace(b"\n", b"\r\n"), path.name

    def test_an_inventory_without_duties_comes_back_without_duty_tables(self, aachen):
        files = table_files(read_statements(aachen.files.paths()), BASE)
        assert {name for name in files if name.endswith(".csv")} == {p.name for p in AACHEN.glob("*.csv")}

    def test_an_exported_folder_can_be_imported_again(self, statements, tmp_path, workspace):
        for name, text in table_files(statements, BASE).items():
            (tmp_path / name).write_text(text, "utf-8")
        workspace.import_folder(tmp_path, source_id="beides")
        again = duty_ladder(workspace.network(), TODAY)
        assert (again.must_by_status, again.must_after_delegation) == (24, 20)

    def test_every_shipped_table_is_described_with_its_columns(self):
        described = {table.name: table for table in load_tables(DUTY_TABLES)}
        assert described.keys() == {path.stem for path in DUTIES.glob("*.csv")}
        for name, table in described.items():
            with (DUTIES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                header = next(csv.reader(file))
            assert header == [c.name for c in table.columns if c.name in header or not c.optional], name

    def test_every_class_property_and_list_of_the_tables_is_in_the_vocabulary(self):
        vocabulary = load_vocabulary()
        for table in load_tables(DUTY_TABLES):
            assert {table.class_, *(part.class_ for part in table.parts)} <= vocabulary.classes.keys()
            for column in table.columns:
                assert column.property is None or column.property in vocabulary.properties
                assert column.scheme is None or column.scheme in vocabulary.schemes
                assert {notation for _, notation in column.words} - {""} <= (
                    vocabulary.schemes[column.scheme].concepts.keys() if column.scheme else set()
                )

    def test_table_names_are_unique_over_all_descriptions(self):
        names = [table.name for table in every_table()]
        assert len(names) == len(set(names))

    def test_the_duties_come_in_alone_and_wait_for_the_bodies_and_plans_they_name(self, workspace):
        imported = workspace.import_folder(DUTIES)
        assert imported.lost == 0
        found = step(workspace.network(), "D05", TODAY)
        assert found.reason.de == "Übertragen an: par-sr."

    def test_a_second_import_changes_nothing(self, both):
        assert both.import_folder(DUTIES, dry_run=True).commit.sources == {}

    def test_the_data_keep_every_rule_that_makes_a_violation(self, both):
        severe = [entry for entry in check_store(both) if entry.severity == "violation"]
        assert severe == []


FULFILMENTS = "id,duty,plan,state,by,on,basis,source_url"


def problems_of(workspace: Workspace, folder: Path) -> list[Problem]:
    with pytest.raises(TablesRefused) as refused:
        workspace.import_folder(folder)
    return list(refused.value.problems)


class TestBadInput:
    """One clear message per problem, nothing stored."""

    @pytest.fixture
    def known(self, tmp_path: Path) -> Iterator[Workspace]:
        with Workspace(read_settings({}, store=str(tmp_path / "store"))) as workspace:
            workspace.import_folder(DUTIES)
            yield workspace

    def test_a_confirmation_in_a_folder_of_its_own_refers_to_the_other_deliveries(self, known, tables):
        known.import_folder(AACHEN)
        folder = tables(
            "pruefung", fulfilments=f"{FULFILMENTS}\nx1,D22,p-bsb25,bestätigt,Rechtsamt,2025-07,,"
        )
        known.import_folder(folder)
        found = step(known.network(), "D22", date(2026, 1, 1))
        assert (found.answer, found.reason.de) == (
            Answer.FULFILLED,
            "„Brandschutzbedarfsplan 2025“ (Stand: gültig) erfüllt sie laut Rechtsamt.",
        )

    @pytest.mark.parametrize(
        ("row", "column", "code", "sentence"),
        [
            (
                "x1,D99,,verneint,Rechtsamt,,,",
                "duty",
                "broken-reference",
                "„D99“ gibt es nicht in duties.csv.",
            ),
            ("x1,D22,,fertig,Rechtsamt,,,", "state", "unknown-code", "möglich sind: behauptet, bestätigt"),
            ("x1,D22,,bestätigt,Rechtsamt,,,", "plan", "empty-cell", "„bestätigt“ braucht ein Planwerk"),
            ("x1,D22,,verneint,Rechtsamt,gestern,,", "on", "bad-date", "„gestern“ ist kein Datum"),
            ("x1,D22,,verneint,,,,", "by", "empty-cell", "ist leer, muss aber gefüllt sein"),
        ],
    )
    def test_a_bad_claim_is_refused_with_its_place(self, known, tables, row, column, code, sentence):
        before = known.files.snapshot()
        problems = problems_of(known, tables("pruefung", fulfilments=f"{FULFILMENTS}\n{row}"))
        found = {(p.file, p.row, p.column, p.code): p for p in problems}
        assert sentence in found["fulfilments.csv", 2, column, code].text.de
        assert known.files.snapshot() == before

    def test_a_plan_that_no_delivery_holds_is_refused_where_plans_are_known(self, known, tables):
        known.import_folder(AACHEN)
        folder = tables("pruefung", fulfilments=f"{FULFILMENTS}\nx1,D22,p-bsb52,bestätigt,Rechtsamt,,,")
        (problem,) = problems_of(known, folder)
        assert "„p-bsb52“ gibt es nicht in plans.csv. Ist „p-bsb25“ gemeint?" in problem.text.de

    def test_details_of_a_duty_that_does_not_exist_are_refused(self, workspace, tables):
        header = (DUTIES / "duties_ext.csv").read_text("utf-8").splitlines()[0]
        folder = tables("pflichten", duties_ext=f"{header}\nD77{',' * header.count(',')}")
        (problem,) = problems_of(workspace, folder)
        assert (problem.column, problem.code) == ("id", "broken-reference")

    @pytest.mark.parametrize(("column", "bad"), [("duty", "ought"), ("verified", "ja")])
    def test_a_word_that_is_no_choice_names_the_words_of_this_table(self, workspace, tables, column, bad):
        row = dict.fromkeys(rows("duties")[0], "") | {"id": "D1", "instrument_de": "Plan", column: bad}
        folder = tables("pflichten", duties=",".join(row) + "\n" + ",".join(row.values()))
        (problem,) = problems_of(workspace, folder)
        choices = {"duty": "must, should, may", "verified": "yes und no"}[column]
        assert choices in problem.text.de


CYCLES = {
    "D02": Cycle("je Wahlperiode", None), "D03": Cycle("nach Jahren", 1), "D05": Cycle("nach Jahren", 2),
    "D13": Cycle("Überprüfung", 10), "D14": Cycle("Überprüfung", None), "D15": Cycle("Überprüfung", 5),
    "D18": Cycle("nach Jahren", 5), "D19": Cycle("laufend", None), "D21": Cycle("Überprüfung", 5),
    "D22": Cycle("nach Jahren", 5), "D23": Cycle("nach Jahren", 5), "D24": Cycle("nach Jahren", 5),
    "D25": Cycle("nach Jahren", 1), "D31": Cycle("Überprüfung", 2), "D33": Cycle("nach Jahren", 6),
    "D34": Cycle("nach Jahren", 6),
}  # fmt: skip


class TestReadings:
    """What is read out of the texts, and what stays text."""

    def test_cycles_are_read_only_where_they_are_certain(self):
        read = {row["id"]: read_cycle(row["cycle"]) for row in rows("duties")}
        assert {duty: cycle for duty, cycle in read.items() if cycle} == CYCLES

    def test_a_first_deadline_is_read_only_where_there_is_one(self):
        read = {row["id"]: read_first_due(row["cycle"]) for row in rows("duties")}
        assert {d: due for d, due in read.items() if due} == {"D34": "2018-01-01", "D36": "2027"}

    def test_every_addressee_is_read_as_roles_but_the_one_left_open(self):
        known = frozenset(load_vocabulary().schemes["public-role"].concepts)
        read = {row["id"]: read_roles(row["norm_addressee_level"], known) for row in rows("duties_ext")}
        assert [duty for duty, roles in read.items() if not roles] == ["D37"]
        assert read["D01"] == ("Jugendamt",)
        assert read["D14"] == ("Kreis", "kreisfreie Stadt", "Zweckverband")
        assert read["D25"] == ("Gemeinde",)

    def test_the_graph_holds_norm_law_and_type_of_a_duty_as_things_of_their_own(self, statements):
        said = {(s.subject.removeprefix(BASE), s.predicate): s.value for s in statements}
        assert said["D18", PW.requires] == BASE + "instrument-type/D18"
        assert said["D18", PW.norm] == BASE + "norm/D18"
        assert said["norm/D18", PW.lawName] == "LGG NRW"
        assert said["D18", PW.cycleYears] == "5"

    def test_no_norm_is_made_up_where_no_law_was_found(self, network):
        without = {network.id(d) for d in network.of_type("PlanningDuty") if not network.targets(d, "norm")}
        assert without == {"D38", "D41", "D42", "D43"}

    def test_a_coordination_duty_leads_to_the_types_it_names_and_keeps_other_words(self, network):
        start = {network.id(node): node for node in network.of_type("CoordinationDuty")}
        noise = next(node for local, node in start.items() if local.startswith("coordination/D15/"))
        assert [network.id(kind) for kind in network.targets(noise, "toType")] == [
            "instrument-type/D07", "instrument-type/D16", "instrument-type/D40",
        ]  # fmt: skip
        assert network.value(noise, "dutyModality") is None
        assert coordination_text(network, noise).de == (
            "Lärmaktionsplan wirkt sich aus auf: Flächennutzungsplan, Regionalplan, transport plans, Luftreinhalteplan"
        )

    def test_only_certain_wordings_become_a_kind_of_coordination(self, network):
        kinds = {
            network.value(node, "coordinationRelation"): network.value(node, "coordinationKind")
            for node in network.of_type("CoordinationDuty")
        }
        assert kinds["must be adapted to"] == "anpassen"
        assert kinds["draft must be sent to"] == "unterrichten"
        assert kinds["must be matched with"] is None


class TestChecksOfTheReadme:
    """The checks listed in data/duties-nrw/README.md."""

    def test_the_numbers_of_the_readme_hold(self):
        duties, more = rows("duties"), {row["id"]: row for row in rows("duties_ext")}
        strength = [row["duty"] for row in duties]
        assert (len(duties), strength.count("must"), strength.count("may"), strength.count("")) == (
            45,
            29,
            14,
            2,
        )
        assert [row["verified"] for row in duties].count("no") == 7
        hanging = [
            row["id"] for row in duties if row["duty"] == "must" and more[row["id"]]["trigger_or_condition"]
        ]
        assert len(hanging) == 11
        assert len(rows("coordination_duties")) == 19

    def test_24_musts_apply_by_legal_status_and_20_after_delegation(self, network):
        by_status, after = musts(network, TODAY, delegation=False), musts(network, TODAY)
        assert (len(by_status), len(after)) == (24, 20)
        assert by_status - after == HANDED_OVER
        ladder = duty_ladder(network, TODAY)
        assert (ladder.must_by_status, ladder.must_after_delegation) == (24, 20)

    def test_the_musts_left_out_bind_others_or_hang_on_an_unchecked_condition(self, network):
        left_out = {row["id"] for row in rows("duties") if row["duty"] == "must"} - musts(
            network, TODAY, delegation=False
        )
        reaches = {duty: step(network, duty, TODAY).law.reach for duty in left_out}
        assert reaches == {
            "D11": Reach.UNCHECKED,
            "D12": Reach.UNCHECKED,
            "D26": Reach.UNCHECKED,
            "D16": Reach.OTHERS,
            "D40": Reach.OTHERS,
        }

    def test_aachen_differs_between_the_meeting_of_2017_and_2025(self, network):
        then, now = musts(network, THE_MEETING), musts(network, TODAY)
        assert (len(then), len(now)) == (15, 20)
        assert now - then == {"D03", "D17", "D21", "D31", "D36"}
        assert then - now == set()

    def test_in_2017_the_staff_plan_rests_on_section_5_and_the_heat_law_does_not_exist(self, network):
        assert step(network, "D18", THE_PAPER).law.norm.text == "LGG NRW § 5"
        ladder = duty_ladder(network, THE_PAPER)
        states = {network.id(law.duty): law.norm.state for law in ladder.not_in_force}
        assert states["D21"] is NormState.NOT_YET

    @pytest.mark.parametrize(
        ("plan", "state", "day", "answer"),
        [
            ("p-bsb25", "confirmed", date(2026, 1, 1), Answer.FULFILLED),
            ("p-bsb18", "confirmed", date(2019, 1, 1), Answer.FULFILLED),
            ("p-bsb18", "confirmed", date(2024, 6, 1), Answer.EXPIRED),
            ("p-bsb18", "confirmed", date(2026, 1, 1), Answer.EXPIRED),
            ("p-nvp", "confirmed", date(2026, 1, 1), Answer.DRAFT),
            ("p-lp30", "confirmed", date(2026, 1, 1), Answer.DRAFT),
            ("p-bsb25", "partial", date(2026, 1, 1), Answer.PARTLY),
            ("p-bsb25", "claimed", date(2026, 1, 1), Answer.UNKNOWN),
            ("p-bsb25", "denied", date(2026, 1, 1), Answer.UNKNOWN),
            ("p-bsb25", "confirmed", date(2017, 12, 7), Answer.UNKNOWN),
            (None, "denied", date(2026, 1, 1), Answer.NO_PLAN),
        ],
    )
    def test_only_a_confirmed_plan_in_force_fulfils(self, statements, plan, state, day, answer):
        network = with_claims(statements, claim("D22", plan, state))
        found = step(network, "D22", day)
        assert found.answer is answer
        assert found.is_gap == (answer is not Answer.FULFILLED)

    def test_a_repealed_duty_is_no_gap(self, network):
        ladder = duty_ladder(network, TODAY)
        assert {network.id(law.duty): law.norm.state for law in ladder.not_in_force} == {
            "D35": NormState.REPEALED
        }
        assert "D35" not in {node for finding in find_duty_gaps(network, TODAY) for node in finding.nodes}

    def test_the_road_concept_was_a_must_while_its_norm_said_so(self, network):
        before, during = date(2019, 12, 31), date(2022, 1, 1)
        assert ("D35" in musts(network, before), "D35" in musts(network, during)) == (False, True)
        assert "D35" not in musts(network, date(2024, 4, 1))

    def test_the_rent_index_was_a_should_before_it_became_a_must(self, network):
        last, first = date(2022, 6, 30), date(2022, 7, 1)
        strengths = [step(network, "D31", day).law.norm.modality for day in (last, first)]
        assert strengths == ["soll", "muss"]

    @settings(deadline=None, max_examples=40)
    @given(day=st.dates(date(1990, 1, 1), date(2040, 12, 31)), delegation=st.booleans())
    def test_a_duty_of_unknown_strength_is_never_a_must(self, both, day, delegation):
        ladder = duty_ladder(both.network(), day, delegation=delegation, suggest=False)
        document = ladder_json(both.network(), ladder)
        open_ones = {entry["id"]: entry for entry in document["duties"] if entry["id"] in {"D44", "D45"}}
        assert all(entry["modality"]["de"] == "offen" for entry in open_ones.values())
        assert not any(entry["is_must"] or entry["finding"] for entry in open_ones.values())

    @settings(deadline=None, max_examples=40)
    @given(day=st.dates(date(1990, 1, 1), date(2040, 12, 31)))
    def test_delegation_only_ever_takes_away_the_four_tasks(self, both, day):
        by_status, after = musts(both.network(), day, delegation=False), musts(both.network(), day)
        assert after <= by_status
        assert by_status - after <= HANDED_OVER


class TestAnswers:
    """From claims to answers; nothing from a name."""

    def test_nothing_is_fulfilled_in_the_shipped_data(self, network):
        assert Answer.FULFILLED not in {found.answer for found in duty_ladder(network, TODAY).steps}

    def test_a_claim_of_the_compilation_stays_unknown_and_says_so(self, network):
        found = step(network, "D18", TODAY)
        assert found.answer is Answer.UNKNOWN
        assert found.reason.de.endswith("Die Erfüllung ist nur behauptet, nicht bestätigt.")

    def test_a_shipped_claim_rests_on_the_plan_naming_the_law(self, network):
        for row in rows("fulfilments"):
            basis = network.value(BASE + row["plan"], "legalBasis")
            assert row["state"] == "behauptet"
            assert basis is not None
            assert law_match(network, BASE + row["duty"], basis) in {"section", "law"}

    def test_a_plan_that_names_the_law_is_only_suggested(self, network):
        found = step(network, "D22", TODAY)
        assert found.answer is Answer.UNKNOWN
        assert [(network.id(s.plan), s.match) for s in found.suggestions] == [
            ("p-bsb25", "law"),
            ("p-bsb18", "law"),
        ]

    @pytest.mark.parametrize(
        ("duty", "basis", "match"),
        [
            ("D18", "LGG NRW § 5", "section"),
            ("D18", "LGG NRW", "law"),
            ("D01", "SGB VIII §§ 11–14", None),
            ("D01", "SGB VIII §§ 79–81", "section"),
            ("D02", "KJFöG NRW (3. AG-KJHG)", "law"),
            ("D13", "Landschaftsgesetz NRW", "predecessor"),
            ("D16", "EU-Luftqualitätsrecht", None),
            ("D36", "EU-Luftqualitätsrecht", None),
            ("D07", "informell", None),
            ("D29", "LGG NRW § 5", None),
        ],
    )
    def test_a_legal_basis_matches_only_by_law_and_section(self, network, duty, basis, match):
        assert law_match(network, BASE + duty, basis) == match

    def test_plans_of_another_body_are_not_suggested(self, statements):
        network = build_network(
            [s for s in statements if s.subject != BASE + "fulfilment/ac-d18-glp24"], BASE
        )
        suggested = {network.id(s.plan) for s in step(network, "D18", TODAY).suggestions}
        assert suggested == {"p-glp24"}

    def test_the_best_claim_decides(self, statements):
        network = with_claims(
            statements, claim("D22", "p-bsb18", "confirmed", 1), claim("D22", "p-bsb25", "partial", 2)
        )
        assert step(network, "D22", date(2026, 1, 1)).answer is Answer.PARTLY

    def test_without_claims_the_answer_is_unknown_and_not_no_plan(self):
        assert best_answer(()) is Answer.UNKNOWN

    def test_a_task_handed_over_names_who_has_it(self, network):
        found = step(network, "D24", TODAY)
        assert (found.answer, found.reason.de) == (Answer.NOT_OURS, "Übertragen an: StädteRegion Aachen.")

    def test_an_unchecked_condition_is_said_and_makes_no_gap(self, network):
        found = step(network, "D12", TODAY)
        assert (found.answer, found.is_gap) == (Answer.UNKNOWN, False)
        assert found.reason.de.startswith("Bedingung nicht geprüft.")

    def test_before_the_recorded_version_only_the_predecessor_is_named(self, network):
        found = step(network, "D18", date(2016, 12, 14))
        assert found.law.norm.state is NormState.PREDECESSOR
        assert (found.law.norm.modality, found.is_gap) == (None, False)
        assert "§ 5a LGG 1999" in found.reason.de


class TestLadder:
    """Sorted by deadline, with everything a person needs beside each step."""

    def test_steps_stand_by_deadline_and_the_unknown_last(self, network):
        due = [found.due.day if found.due else date.max for found in duty_ladder(network, TODAY).steps]
        assert due == sorted(due)
        assert due[:5] == [
            date(2018, 1, 1),
            date(2026, 1, 1),
            date(2026, 6, 30),
            date(2027, 1, 1),
            date(2028, 12, 1),
        ]

    def test_the_cycle_and_the_period_of_the_plan_give_the_next_deadline(self, statements):
        network = with_claims(statements, claim("D22", "p-bsb25", "confirmed"))
        due = step(network, "D22", date(2026, 1, 1)).due
        assert due is not None
        assert (due.at.text, due.why.de) == ("2030", "Turnus ab „Brandschutzbedarfsplan 2025“")
        staff = step(network, "D18", TODAY).due
        assert staff is not None
        assert (staff.at.text, staff.why.de) == ("2028-12", "Ende von „Gleichstellungsplan 2024–2028“")

    @given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(1, 10))
    def test_years_later_is_never_earlier_and_never_more_precise(self, day, years):
        for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
            later = years_after(parse_date(text), years)
            assert len(later.text) == len(text)
            assert later.first is not None
            assert later.first >= day.replace(month=1, day=1) + timedelta(days=365 * years - 1)

    def test_a_step_shows_law_check_addressee_participation_and_coordination(self, network):
        document = ladder_json(network, duty_ladder(network, TODAY))
        school = next(entry for entry in document["duties"] if entry["id"] == "D04")
        assert school["norm"]["text"] == "SchulG NRW § 80"
        assert school["checked"]["de"] == "an einem Text geprüft, Prüftag nicht angegeben"
        assert school["addressee"]["roles"] == ["Schulträger"]
        assert school["participation"].startswith("coordination with neighbouring school authorities")
        assert {"out"} == {entry["direction"] for entry in school["coordination"]}
        assert "Schulentwicklungsplanung ist abzugleichen mit: Jugendhilfeplanung" in {
            entry["sentence"]["de"] for entry in school["coordination"]
        }
        assert document["disclaimer"]["de"] == "Planungsinformation, keine Rechtsberatung"

    def test_everybody_who_has_to_match_with_a_plan_is_shown_with_it(self, network):
        document = ladder_json(network, duty_ladder(network, TODAY))
        youth = next(entry for entry in document["duties"] if entry["id"] == "D01")
        tied = {(entry["direction"], entry["sentence"]["en"]) for entry in youth["coordination"]}
        assert ("in", "School development planning is to be matched with: Youth welfare planning") in tied
        assert len(tied) == 4

    def test_without_roles_nobody_is_told_that_a_duty_binds_them(self, workspace, tables):
        names = ("duties", "duties_ext", "coordination_duties")
        folder = tables("nrw", **{name: (DUTIES / f"{name}.csv").read_text("utf-8") for name in names})
        workspace.import_folder(folder)
        network = workspace.network()
        ladder = duty_ladder(network, TODAY)
        assert (ladder.body, ladder.must_by_status, len(ladder.steps)) == (None, 0, 44)
        assert {found.law.reach for found in ladder.steps} == {Reach.OPEN}
        assert find_duty_gaps(network, TODAY) == []
        assert "roles.csv" in duty_coverage(network, ladder)["text"]["de"]

    def test_an_unknown_body_is_refused_with_the_known_ones(self, network):
        with pytest.raises(NotFound) as refused:
            bearer(network, "par-sr")
        assert refused.value.text.de.endswith("möglich sind: stadt-aachen.")

    def test_of_several_bodies_one_must_be_named(self, workspace, tables):
        folder = tables(
            public_bodies="id,name_de,name_en,note\nb1,Stadt A,,\nb2,Stadt B,,",
            roles="id,body,role,since,until,basis,source_url\nr1,b1,Gemeinde,,,,\nr2,b2,Gemeinde,,,,",
        )
        workspace.import_folder(folder)
        with pytest.raises(BadRequest, match="bitte eine nennen: b1, b2"):
            bearer(workspace.network())

    def test_a_body_that_took_a_task_over_bears_it(self, statements):
        source = f"{BASE}source/test"
        region, holding = f"{BASE}par-sr", f"{BASE}role-holding/sr"
        roles = [
            Statement(holding, RDF.type, PW.RoleHolding, source),
            Statement(holding, PW.heldBy, region, source),
            Statement(holding, PW.heldRole, f"{SCHEME}public-role#county", source),
        ]
        network = build_network([*statements, *roles], BASE)
        ladder = duty_ladder(network, TODAY, region)
        assert {network.id(s.duty) for s in ladder.steps if s.law.is_must} >= HANDED_OVER


class TestFindings:
    """Rule 9."""

    def test_each_binding_duty_without_confirmed_plan_is_one_finding(self, network):
        found = find_duty_gaps(network, TODAY)
        assert {finding.nodes[0] for finding in found} == musts(network, TODAY)
        assert {finding.rule.id for finding in found} == {"duty"}
        assert {finding.band for finding in found} == {"hinweis"}

    def test_what_nobody_looked_at_is_a_hint_and_what_somebody_denied_is_evidenced(self, statements):
        network = with_claims(
            statements, claim("D25", None, "denied"), claim("D22", "p-bsb18", "confirmed", 2)
        )
        bands = {f.nodes[0]: (f.kind, f.band) for f in find_duty_gaps(network, date(2026, 1, 1))}
        assert bands["D25"] == ("duty-no-plan", "belegt")
        assert bands["D22"] == ("duty-expired", "belegt")
        assert bands["D04"] == ("duty-unknown", "hinweis")

    def test_the_id_stays_when_the_answer_changes(self, statements, network):
        denied = with_claims(statements, claim("D25", None, "denied"))
        assert finding_of(denied, "D25").id == finding_of(network, "D25").id
        assert finding_of(denied, "D25").kind != finding_of(network, "D25").kind

    def test_a_finding_shows_norm_check_and_that_it_is_no_legal_advice(self, network):
        document = finding_json(finding_of(network, "D22"))
        assert document["sentence"]["de"] == (
            "Pflicht „Brandschutzbedarfsplan“ (BHKG NRW § 3 Abs. 3, muss): nicht bekannt. "
            "Ob ein Planwerk sie erfüllt, ist nicht erfasst."
        )
        assert document["disclaimer"]["en"] == "Planning information, not legal advice"
        assert document["checked"]["en"] == "checked against a text, day not given"
        assert {entry["url"] for entry in document["evidence"]} >= {rows("duties")[21]["source_url"]}

    @pytest.mark.parametrize(
        ("subject", "predicate", "gone"),
        [
            ("D22", PW.dutyModality, {"D22"}),
            ("role-holding/ac-schultraeger", PW.heldRole, {"D04"}),
            ("condition-check/ac-d18", PW.conditionState, {"D18"}),
            ("role-holding/ac-kreisfrei", PW.heldBy, {"D13", "D14", "D17", "D23"}),
        ],
    )
    def test_removing_a_statement_removes_exactly_the_findings_that_rest_on_it(
        self, statements, network, subject, predicate, gone
    ):
        kept = [s for s in statements if (s.subject, s.predicate) != (BASE + subject, predicate)]
        before = {f.nodes[0]: f for f in find_duty_gaps(network, TODAY)}
        after = {f.nodes[0]: f for f in find_duty_gaps(build_network(kept, BASE), TODAY)}
        assert before.keys() - after.keys() == gone
        assert all(after[duty] == before[duty] for duty in after)

    def test_a_gap_is_found_among_all_findings_and_can_be_decided_on(self, tmp_path):
        with Workspace(read_settings({}, store=str(tmp_path / "store"))) as workspace:
            workspace.import_folder(AACHEN)
            workspace.import_folder(DUTIES)
            today = wanted_day(None)
            gap = next(f for f in workspace.findings(today, ["duty"]).findings if f.nodes == ("D25",))
            workspace.decide(gap.id, "bestätigt", "Haushalt fehlt in der Sammlung", role="Kämmerei")
            gaps = workspace.duty_gaps(workspace.duties(today)).findings
            assert [f.nodes for f in gaps if f.state == "bestätigt"] == [("D25",)]

    def test_without_duties_the_coverage_says_so(self, aachen):
        assert (
            coverage_on(aachen.network(), TODAY)["text"]["de"] == "Es sind keine Planungspflichten erfasst."
        )
        assert find_duty_gaps(aachen.network(), TODAY) == []

    def test_of_two_cities_each_has_its_gaps_and_its_coverage(self, statements):
        source, holding = f"{BASE}source/test", f"{BASE}role-holding/b"
        more = [
            Statement(f"{BASE}stadt-b", RDF.type, CV.PublicOrganisation, source),
            Statement(holding, RDF.type, PW.RoleHolding, source),
            Statement(holding, PW.heldBy, f"{BASE}stadt-b", source),
            Statement(holding, PW.heldRole, f"{SCHEME}public-role#school-authority", source),
        ]
        network = build_network([*statements, *more], BASE)
        assert len(find_duty_gaps(network, TODAY)) == 21
        assert len({f.id for f in find_duty_gaps(network, TODAY)}) == 21
        assert coverage_on(network, TODAY)["bodies"]["stadt-b"]["must_by_status"] == 1

    def test_the_coverage_says_how_much_is_unknown(self, network):
        coverage = duty_coverage(network, duty_ladder(network, TODAY))
        assert (coverage["binding"], coverage["unknown"], coverage["share_unknown"]) == (20, 20, 1.0)
        kind = coverage["kinds"]["duty-unknown"]
        assert (kind["looked_at"], kind["gaps"], kind["not_recorded"]) == (20, 20, 20)
        assert coverage["text"]["de"].startswith(
            "Stadt Aachen: 24 Muss-Pflichten nach Rechtsstatus, 20 nach Übertragung."
        )


def finding_of(network: Network, duty: str) -> Finding:
    (found,) = (f for f in find_duty_gaps(network, TODAY) if f.nodes == (duty,))
    return found


@pytest.fixture
def run(both: Workspace, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs a command on the store of both deliveries: (exit status, stdout, stderr)."""

    def words(*given: str) -> tuple[int, str, str]:
        status = main(["--store", both.settings.store, *given])
        written = capsys.readouterr()
        return status, written.out, written.err

    return words


class TestCommand:
    """``planwerk duties``."""

    @pytest.mark.parametrize(("more", "musts"), [((), 20), (("--no-delegation",), 24)])
    def test_json_holds_findings_and_ladder(self, run, more, musts):
        status, out, _ = run("duties", "--as-of", "2025-06-30", "--format", "json", *more)
        document = json.loads(out)
        assert status == 0
        assert {"as_of", "snapshot", "coverage", "findings", "duties", "counts"} <= document.keys()
        assert sum(entry["is_must"] for entry in document["duties"]) == document["counts"]["must"] == musts
        assert len(document["findings"]) == musts

    def test_the_table_says_when_checked_and_that_it_is_no_legal_advice(self, run):
        status, out, _ = run("duties", "--as-of", "2025-06-30")
        assert status == 0
        assert "Planungsinformation, keine Rechtsberatung" in out
        assert "24 Muss-Pflichten nach Rechtsstatus, 20 nach Übertragung" in out

    def test_csv_gives_one_duty_a_line(self, run):
        status, out, _ = run("--lang", "en", "duties", "--as-of", "2025-06-30", "--format", "csv")
        lines = list(csv.DictReader(out.splitlines()))
        assert (status, len(lines)) == (0, 44)
        assert {line["modality"] for line in lines if line["id"] in {"D44", "D45"}} == {""}

    def test_a_store_without_duties_says_how_to_get_them(self, aachen, capsys):
        status = main(["--store", aachen.settings.store, "duties"])
        assert status == 1
        assert "planwerk import data/duties-nrw" in capsys.readouterr().err

    def test_a_bad_day_or_body_is_refused(self, run):
        assert run("duties", "--as-of", "gestern")[0] == 1
        assert run("duties", "--body", "nirgends")[0] == 1

    def test_serving_loads_what_the_store_lacks_and_nothing_twice(self, tmp_path, monkeypatch):
        monkeypatch.setattr("api.app.run_server", lambda *_, **__: None)
        words = ["--store", str(tmp_path / "store"), "--quiet", "serve"]
        main([*words, "--load", "data/aachen"])
        main([*words, "--load", "data/aachen", "--load", "data/duties-nrw"])
        with Workspace(read_settings({}, store=str(tmp_path / "store"))) as workspace:
            assert [entry.why for entry in workspace.files.log()] == ["make run", "make run"]
            assert workspace.holds("duties-nrw")
