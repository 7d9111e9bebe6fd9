"""Duties by law to coordinate: a finding only between two plans that a person confirmed, in force, and not recorded as joined."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import httpx
import pytest

from api.settings import read_settings
from api.workspace import Workspace
from graph.findings.finding import Finding
from graph.findings.rules.congruence import RULE, find_coordination_gaps
from graph.findings.rules.legal_coordination import find_legal_gaps, legal_coverage
from graph.findings.rules.overlap import gather
from graph.network.build import Network, build_network
from graph.statement import Statement
from graph.store.reading import read_statements
from ontology.terms import PW, RDF, SCHEME

ROOT = Path(__file__).parents[2]
AACHEN, DUTIES = ROOT / "data" / "aachen", ROOT / "data" / "duties-nrw"
BASE = "https://w3id.org/planwerk/id/"
TEST = BASE + "source/test"
DAY = date(2026, 1, 1)
LAND_USE, HOUSING, DAY_CARE, YOUTH = "p-fnp30", "p-hkw22", "p-kita25", "p-kjfp4"


@pytest.fixture(scope="module")
def statements(both: Workspace) -> list[Statement]:
    return list(read_statements(both.files.paths()))


def said(subject: str, *pairs: tuple[str, str]) -> list[Statement]:
    return [Statement(BASE + subject, predicate, value, TEST) for predicate, value in pairs]


def claim(duty: str, plan: str, state: str = "confirmed") -> list[Statement]:
    """Return a claim, made up for the test, that a plan fulfils a duty and so is of its type."""
    return said(
        f"fulfilment/test-{duty}-{plan}",
        (RDF.type, PW.Fulfilment),
        (PW.duty, BASE + duty),
        (PW.fulfilmentState, f"{SCHEME}fulfilment-state#{state}"),
        (PW.decidedByRole, f"{SCHEME}deciding-role#steering-group"),
        (PW.fulfillingPlan, BASE + plan),
    )


def network_of(statements: Iterable[Statement], *more: list[Statement]) -> Network:
    return build_network([*statements, *(one for part in more for one in part)], BASE)


def gaps(statements: Iterable[Statement], *more: list[Statement], day: date = DAY) -> list[Finding]:
    return find_legal_gaps(network_of(statements, *more), day, RULE)


WEIGHED = (claim("D07", LAND_USE), claim("D09", HOUSING))


def test_the_shipped_claims_are_unconfirmed_and_give_no_finding(
    both: Workspace, statements: list[Statement]
) -> None:
    assert gaps(statements) == []
    coverage = legal_coverage(both.network(), DAY)
    assert {name: count for name, count in coverage.items() if name != "text"} == {
        "recorded": 19, "binding": 18, "between_types": 11, "pairs": 0, "unmet": 0, "lead_unknown": 0,
        "without_plans": 11, "only_claimed": 0,
    }  # fmt: skip


def test_two_confirmed_plans_without_recorded_coordination_are_a_finding_with_its_norm(
    statements: list[Statement],
) -> None:
    (finding,) = gaps(statements, *WEIGHED)
    assert finding.id == "congruence-duty-58eaa72b52ba"
    assert finding.nodes == (LAND_USE, HOUSING)
    assert finding.departments == ("dep-fb61", "dep-fb56")
    assert (finding.kind, finding.band, finding.details["norm"]) == (
        "coordination-duty", "hinweis", "BauGB § 1 Abs. 6 Nr. 11"
    )  # fmt: skip
    assert finding.details["checked"]["de"] == "an einem Text geprüft, Prüftag nicht angegeben"
    assert finding.details["version"]["de"] == "Beginn der Fassung nicht erhoben"
    assert finding.details["disclaimer"]["de"] == "Planungsinformation, keine Rechtsberatung"
    assert (
        "Zwischen „Flächennutzungsplan AACHEN*2030“ und „Handlungskonzept Wohnen (2022)“"
        in finding.sentence.de
    )


def test_it_rests_on_the_duty_both_claims_and_both_leads(statements: list[Statement]) -> None:
    (finding,) = gaps(statements, *WEIGHED)
    sources = [entry.source for entry in finding.evidence]
    assert sources.count("duties-nrw") == 1
    assert sources.count("test") == 2
    assert sum("federführend" in entry.statement.de for entry in finding.evidence) == 2


@pytest.mark.parametrize("state", ["claimed", "denied"])
def test_what_is_only_claimed_or_was_denied_assigns_no_plan(statements: list[Statement], state: str) -> None:
    assert gaps(statements, claim("D07", LAND_USE), claim("D09", HOUSING, state)) == []


def test_what_is_only_claimed_is_counted(statements: list[Statement]) -> None:
    found = legal_coverage(
        network_of(statements, claim("D07", LAND_USE), claim("D09", HOUSING, "claimed")), DAY
    )
    assert (found["only_claimed"], found["without_plans"], found["pairs"]) == (1, 11, 0)


def test_a_plan_that_fits_partly_is_of_its_type_too(statements: list[Statement]) -> None:
    assert len(gaps(statements, claim("D07", LAND_USE), claim("D09", HOUSING, "partial"))) == 1


@pytest.mark.parametrize(
    "fact",
    [
        said(LAND_USE, (PW.participatingUnit, BASE + "dep-fb56")),
        said(LAND_USE, (PW.coordinatesWith, BASE + HOUSING)),
        said("i-tisch", (RDF.type, PW.SteeringInstrument), (PW.steers, BASE + LAND_USE), (PW.steers, BASE + HOUSING)),
    ],
    ids=["participation", "relation", "shared instrument"],
)  # fmt: skip
def test_any_recorded_fact_between_them_is_coordination(
    statements: list[Statement], fact: list[Statement]
) -> None:
    assert gaps(statements, *WEIGHED, fact) == []


def test_a_demand_between_them_is_no_coordination(statements: list[Statement]) -> None:
    demand = said(
        "r-test", (RDF.type, PW.PlanRelation), (PW.from_, BASE + LAND_USE), (PW.to, BASE + HOUSING),
        (PW.relationKind, f"{SCHEME}relation-kind#coordinates-with"), (PW.modality, f"{SCHEME}modality#demand"),
    )  # fmt: skip
    assert len(gaps(statements, *WEIGHED, demand)) == 1


def empty(plan: str, kind: str) -> list[Statement]:
    """Return what a department answered to the question who takes part in a plan."""
    return said(
        f"state-{plan}",
        (RDF.type, PW.FacetState),
        (PW.aboutPlan, BASE + plan),
        (PW.facet, PW.participatingUnit),
        (PW.emptyKind, f"{PW.participatingUnit.rpartition('#')[0]}#{kind}"),
    )


@pytest.mark.parametrize(
    ("one", "other", "band"),
    [
        ("none", "none", "belegt"),
        ("none", "unknown", "hinweis"),
        ("none", "notAsked", "hinweis"),
        ("unknown", "unknown", "hinweis"),
    ],
)
def test_three_kinds_of_empty_are_told_apart(
    statements: list[Statement], one: str, other: str, band: str
) -> None:
    (finding,) = gaps(statements, *WEIGHED, empty(LAND_USE, one), empty(HOUSING, other))
    assert finding.band == band


def test_one_unit_needs_no_coordination_with_itself(statements: list[Statement]) -> None:
    found = legal_coverage(network_of(statements, claim("D02", YOUTH), claim("D01", DAY_CARE)), DAY)
    assert (found["pairs"], found["unmet"]) == (1, 0)


def test_where_a_lead_is_not_recorded_nothing_can_be_said(statements: list[Statement]) -> None:
    left = [s for s in statements if not (s.subject == BASE + HOUSING and s.predicate == PW.leadUnit)]
    assert gaps(left, *WEIGHED) == []
    assert legal_coverage(network_of(left, *WEIGHED), DAY)["lead_unknown"] == 1


@pytest.mark.parametrize(
    ("subject", "predicate"),
    [
        ("coordination/D07/must%20weigh/D09", PW.dutyModality),
        ("coordination/D07/must%20weigh/D09", PW.toType),
        ("fulfilment/test-D07-p-fnp30", PW.fulfilmentState),
        ("fulfilment/test-D09-p-hkw22", PW.fulfillingPlan),
        (LAND_USE, PW.leadUnit),
        (HOUSING, PW.status),
    ],
)
def test_it_goes_with_any_statement_it_rests_on(
    statements: list[Statement], subject: str, predicate: str
) -> None:
    everything = [*statements, *(one for part in WEIGHED for one in part)]
    left = [s for s in everything if (s.subject, s.predicate) != (BASE + subject, predicate)]
    assert len(left) < len(everything)
    assert len(gaps(everything)) == 1
    assert gaps(left) == []


def test_before_a_plan_is_in_force_it_need_not_be_coordinated(statements: list[Statement]) -> None:
    assert gaps(statements, *WEIGHED, day=date(2021, 12, 31)) == []


def test_without_its_norm_in_force_a_duty_asks_for_nothing(statements: list[Statement]) -> None:
    repealed = [Statement(BASE + "norm/D07", PW.validTo, "2025-01-01", TEST)]
    assert gaps(statements, *WEIGHED, repealed) == []


def test_the_finding_comes_with_rule_five_and_its_coverage_line(statements: list[Statement]) -> None:
    network = network_of(statements, *WEIGHED)
    found = find_coordination_gaps(gather(network, DAY))
    assert [f.id for f in found if f.kind == "coordination-duty"] == ["congruence-duty-58eaa72b52ba"]
    text = legal_coverage(network, DAY)["text"]["de"]
    assert text.endswith("Geprüfte Paare von Planwerken: 1, davon ohne erfasste Abstimmung: 1.")


def test_public_order_steers_without_plans_and_is_no_gap(both: Workspace) -> None:
    found = both.findings(DAY, ["congruence"]).findings
    assert all("dep-fb32" not in finding.departments for finding in found)


def test_a_unit_and_its_successor_are_no_pair_to_coordinate(both: Workspace) -> None:
    unmet = [pair for f in both.findings(DAY, ["congruence"]).findings for pair in f.details.get("unmet", ())]
    assert ["dep-fb45", "dep-fb56"] in unmet
    assert ["dep-fb50", "dep-fb56"] not in unmet


def test_without_duties_the_coverage_line_says_so(aachen: Workspace) -> None:
    coverage = aachen.findings(DAY, ["congruence"]).coverage["congruence"]
    assert coverage["text"]["de"].endswith("Abstimmungspflichten sind nicht erfasst.")


def test_an_intention_of_a_plan_in_preparation_says_that_it_is(aachen: Workspace) -> None:
    said_of = [f.sentence.de for f in aachen.findings(DAY, ["congruence"]).findings if f.kind == "intention"]
    assert (
        sum(text.endswith("„Neuer Landschaftsplan AACHEN“ ist noch in Vorbereitung.") for text in said_of)
        == 2
    )
    assert len(said_of) == 3


def test_the_page_of_duties_leads_from_a_coordination_duty_to_its_finding(
    both: Workspace, tmp_path: Path, served: Callable[[Workspace], AbstractContextManager[str]]
) -> None:
    shutil.copytree(both.settings.folder, tmp_path / "store")
    lines = sorted(f"<{one.subject}> <{one.predicate}> <{one.value}> .\n" for part in WEIGHED for one in part)
    with Workspace(read_settings({}, store=str(tmp_path / "store"))) as workspace:
        workspace.files.commit({TEST: "".join(lines)}, who="FB 56", why="test")
        with served(workspace) as address:
            page = httpx.get(
                f"{address}/duties?as_of={DAY}", headers={"Accept": "text/html"}, timeout=60
            ).text
            assert f'href="/findings/congruence-duty-58eaa72b52ba?as_of={DAY}"' in page
            card = httpx.get(f"{address}/findings/congruence-duty-58eaa72b52ba?as_of={DAY}", timeout=60)
    assert card.status_code == 200
