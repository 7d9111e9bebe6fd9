"""The other rules, each on a small city where the answer is in sight, and on Aachen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from api.workspace import Workspace
from graph.errors import BadRequest
from graph.findings.finding import Finding
from graph.findings.rules.conflict import find_conflicts
from graph.findings.rules.congruence import find_coordination_gaps
from graph.findings.rules.duplication import find_duplications
from graph.findings.rules.overlap import gather
from graph.findings.rules.registry import BY_ID, ENTRIES
from graph.findings.rules.stale import find_stale
from graph.findings.rules.subset import find_subsets
from graph.findings.rules.uncovered import cells, facets_complete, find_uncovered
from graph.network.build import build_network
from graph.statement import Statement
from ontology.terms import PW, RDF, SCHEME, SKOS, XSD

BASE = "https://w3id.org/planwerk/id/"
DAY = date(2026, 1, 1)
SOURCE = BASE + "source/s"

Said = list[Statement]


def thing(name: str, kind: str, **links: str | list[str]) -> Said:
    """Return what a source says of one thing: its class, and properties of our vocabulary by name."""
    said = [Statement(BASE + name, RDF.type, kind, SOURCE)]
    said.append(Statement(BASE + name, SKOS.prefLabel, name, SOURCE, RDF.langString, "de"))
    for prop, values in links.items():
        predicate = SKOS.broader if prop == "broader" else getattr(PW, prop)
        for value in [values] if isinstance(values, str) else values:
            if value.startswith("="):
                said.append(Statement(BASE + name, predicate, value[1:], SOURCE, XSD.string))
            else:
                iri = value if value.startswith("http") else BASE + value
                said.append(Statement(BASE + name, predicate, iri, SOURCE))
    return said


def plan(name: str, lead: str, **links: str | list[str]) -> Said:
    return thing(name, PW.Plan, leadUnit=lead, status=SCHEME + "plan-status#valid", **links)


UNITS = [s for n in (1, 2, 3) for s in thing(f"dep-{n}", "http://www.w3.org/ns/org#OrganizationalUnit")]
CONCEPTS = [s for n in range(9) for s in thing(f"t-{n}", PW.Topic)] + [
    *thing("tg-alle", PW.TargetGroup),
    *thing("tg-kinder", PW.TargetGroup, broader="tg-alle"),
    *thing("tg-alt", PW.TargetGroup, broader="tg-alle"),
]


def found(find: Callable[..., list[Finding]], *said: Said) -> list[Finding]:
    network = build_network([*UNITS, *CONCEPTS, *(s for part in said for s in part)], BASE)
    return find(gather(network, DAY))


FILLER = [s for n in range(12) for s in plan(f"p-f{n}", "dep-3", topic=f"t-{n % 3 + 6}")]


def test_a_plan_that_stands_whole_in_another_may_be_a_part() -> None:
    small = plan("p-klein", "dep-1", topic=["t-1", "t-2", "t-3"], targetGroup="tg-kinder")
    large = plan(
        "p-gross", "dep-2", topic=["t-1", "t-2", "t-3", "t-4", "t-5", "t-6"], targetGroup="tg-kinder"
    )
    (finding,) = found(find_subsets, small, large, FILLER)
    assert finding.plans == ("p-klein", "p-gross")
    assert "100 % dessen, was „p-klein“ nennt" in finding.sentence.de


def test_a_declared_part_is_no_finding() -> None:
    small = plan("p-klein", "dep-1", topic=["t-1", "t-2", "t-3"], targetGroup="tg-kinder")
    large = plan(
        "p-gross", "dep-2", topic=["t-1", "t-2", "t-3", "t-4", "t-5", "t-6"], targetGroup="tg-kinder"
    )
    part = [Statement(BASE + "p-klein", "http://purl.org/dc/terms/isPartOf", BASE + "p-gross", SOURCE)]
    assert found(find_subsets, small, large, FILLER, part) == []


GOAL = thing("g-1", PW.Goal)


@pytest.mark.parametrize(
    ("lead", "group", "count"), [("dep-2", "tg-kinder", 1), ("dep-1", "tg-kinder", 0), ("dep-2", "tg-alt", 0)]
)
def test_one_goal_of_two_leads_for_the_same_people_may_be_a_duplication(
    lead: str, group: str, count: int
) -> None:
    a = plan("p-a", "dep-1", pursues="g-1", targetGroup="tg-kinder")
    b = plan("p-b", lead, pursues="g-1", targetGroup=group)
    assert len(found(find_duplications, GOAL, a, b)) == count


def test_equal_words_are_no_duplication_but_a_confirmed_match_is() -> None:
    a = plan("p-a", "dep-1", pursues="g-1", targetGroup="tg-kinder")
    b = plan("p-b", "dep-2", pursues="g-2", targetGroup="tg-kinder")
    assert found(find_duplications, GOAL, thing("g-2", PW.Goal), a, b) == []
    match = [Statement(BASE + "g-2", "http://www.w3.org/2004/02/skos/core#exactMatch", BASE + "g-1", SOURCE)]
    assert len(found(find_duplications, GOAL, thing("g-2", PW.Goal), a, b, match)) == 1


def test_city_and_region_are_other_scope_not_duplication() -> None:
    a = plan("p-a", "dep-1", pursues="g-1", targetGroup="tg-kinder")
    b = plan("p-b", "par-region", pursues="g-1", targetGroup="tg-kinder")
    assert found(find_duplications, GOAL, a, b, thing("par-region", PW.Partner)) == []


BODY = thing(
    "i-runde", PW.SteeringInstrument, topic="t-1", instrumentType=SCHEME + "instrument-type#committee",
    responsibleUnit=["dep-1", "dep-2"],
)  # fmt: skip
THREE = [s for n in (1, 2, 3) for s in plan(f"p-{n}", f"dep-{n}", topic="t-1")]


def test_three_leads_without_a_body_are_fragmentation() -> None:
    find = BY_ID["fragmentation"].find
    (finding,) = found(lambda c: find(c, None), THREE)  # type: ignore[arg-type]
    assert (finding.nodes, len(finding.departments)) == (("t-1",), 3)
    assert found(lambda c: find(c, None), THREE, BODY) == []  # type: ignore[arg-type]


def test_a_common_body_meets_the_pairs_that_sit_in_it() -> None:
    (finding,) = found(find_coordination_gaps, THREE, BODY)
    assert finding.details["congruence"] == round(1 / 3, 3)
    assert finding.details["unmet"] == [["dep-1", "dep-3"], ["dep-2", "dep-3"]]


def relation(kind: str, modality: str) -> Said:
    node = BASE + "r-1"
    pairs = (
        (RDF.type, PW.PlanRelation), (PW.from_, BASE + "p-1"), (PW.to, BASE + "p-2"),
        (PW.relationKind, SCHEME + f"relation-kind#{kind}"), (PW.modality, SCHEME + f"modality#{modality}"),
    )  # fmt: skip
    return [Statement(node, predicate, value, SOURCE) for predicate, value in pairs]


def test_a_demand_stays_open_until_a_fact_fulfils_it(aachen: Workspace) -> None:
    concept = aachen.network().words.vocabulary.concept("relation-kind", "soll_verzahnt_werden_mit")
    assert concept is not None
    demand = relation(concept.slug, "demand")
    kinds = Counter(f.kind for f in found(find_coordination_gaps, THREE, demand))
    assert kinds["demand"] == 1
    fact = [Statement(BASE + "p-2", PW.coordinatesWith, BASE + "p-1", SOURCE)]
    assert Counter(f.kind for f in found(find_coordination_gaps, THREE, demand, fact))["demand"] == 0


def test_the_four_demands_and_three_intentions_of_aachen_are_shown(aachen: Workspace) -> None:
    kinds = Counter(f.kind for f in aachen.findings(DAY, ["congruence"]).findings)
    assert (kinds["demand"], kinds["intention"]) == (4, 3)


def test_empty_cells_of_raw_tables_are_no_gaps(aachen: Workspace) -> None:
    candidates = aachen.candidates(DAY)
    assert not facets_complete(candidates)
    assert sum(cell.found == 0 for cell in cells(candidates)) > 100
    assert find_uncovered(candidates) == []


def test_where_facets_are_complete_an_unlikely_empty_cell_is_a_gap() -> None:
    complete = {"complete": [PW.topic, PW.targetGroup]}
    kids = [
        s
        for n in range(6)
        for s in plan(f"p-k{n}", "dep-1", topic="t-1", targetGroup="tg-kinder", **complete)
    ]
    old = [
        s for n in range(6) for s in plan(f"p-o{n}", "dep-1", topic="t-2", targetGroup="tg-alt", **complete)
    ]
    flat = [*thing("tg-kinder", PW.TargetGroup), *thing("tg-alt", PW.TargetGroup)]
    network = build_network(
        [*UNITS, *thing("t-1", PW.Topic), *thing("t-2", PW.Topic), *flat, *kids, *old], BASE
    )
    gaps = find_uncovered(gather(network, DAY))
    assert [gap.nodes for gap in gaps] == [("t-1", "tg-alt"), ("t-2", "tg-kinder")]
    assert gaps[0].sentence.de.endswith("Erwartbar wären etwa 3 Planwerke, erfasst ist keines.")


@pytest.mark.parametrize(
    ("one", "other", "count"), [("raise", "lower", 1), ("raise", "raise", 0), ("raise", "keep", 0)]
)
def test_opposite_directions_on_one_indicator_are_a_conflict(one: str, other: str, count: int) -> None:
    indicator = thing("n-1", PW.Indicator)
    goals = [
        *thing("g-1", PW.Goal, measuredBy="n-1", direction=SCHEME + f"direction#{one}"),
        *thing("g-2", PW.Goal, measuredBy="n-1", direction=SCHEME + f"direction#{other}"),
    ]
    plans = [*plan("p-1", "dep-1", pursues="g-1"), *plan("p-2", "dep-2", pursues="g-2")]
    assert len(found(find_conflicts, indicator, goals, plans)) == count


@pytest.mark.parametrize(
    ("value", "by", "count"), [("=20", "=2030", 1), ("=10", "=2030", 0), ("=20", "=2035", 0)]
)
def test_other_values_by_the_same_deadline_are_a_conflict(value: str, by: str, count: int) -> None:
    goals = [
        *thing("g-1", PW.Goal, measuredBy="n-1", targetValue="=10", deadline="=2030"),
        *thing("g-2", PW.Goal, measuredBy="n-1", targetValue=value, deadline=by),
    ]
    plans = [*plan("p-1", "dep-1", pursues="g-1"), *plan("p-2", "dep-2", pursues="g-2")]
    assert len(found(find_conflicts, thing("n-1", PW.Indicator), goals, plans)) == count


def dated(day: str) -> Said:
    source = [Statement(SOURCE, RDF.type, PW.Source, SOURCE)]
    return [*source, Statement(SOURCE, "http://purl.org/dc/terms/date", day, SOURCE, XSD.date)]


@pytest.mark.parametrize(
    ("day", "kind"), [("2025-06-01", None), ("2023-06-01", "stale"), (None, "age-unknown")]
)
def test_a_plan_is_stale_by_its_latest_source(day: str | None, kind: str | None) -> None:
    gaps = found(find_stale, plan("p-1", "dep-1"), dated(day) if day else [])
    assert [gap.kind for gap in gaps] == ([kind] if kind else [])


def test_units_that_steer_without_plans_are_no_gap(aachen: Workspace) -> None:
    assert not [f for f in aachen.findings(DAY).findings if f.nodes == ("dep-fb32",)]


def test_the_two_equality_plans_are_no_alarm(aachen: Workspace) -> None:
    kinds = {
        (f.rule.id, f.kind) for f in aachen.findings(DAY).findings if set(f.plans) == {"p-glp24", "p-glpsr"}
    }
    assert ("overlap", "other-bearer") in kinds
    assert ("duplication", "duplication") not in kinds


def test_every_finding_of_every_rule_explains_itself(aachen: Workspace) -> None:
    document = aachen.findings(DAY)
    assert {entry.rule.id for entry in ENTRIES} == document.coverage.keys()
    ids = [finding.id for finding in document.findings]
    assert len(ids) == len(set(ids))
    for finding in document.findings:
        assert finding.sentence.de != finding.sentence.en
        assert finding.details["title"]["de"]
        assert finding.evidence, finding.id
        assert all(entry.source for entry in finding.evidence)


def test_an_unknown_rule_is_refused(aachen: Workspace) -> None:
    with pytest.raises(BadRequest, match="Die Regel „x“ gibt es nicht"):
        aachen.findings(DAY, ["x"])


def test_findings_speak_of_things_that_exist(aachen: Workspace, tmp_path: Path) -> None:
    network = aachen.network()
    for finding in aachen.findings(DAY).findings:
        assert all(network.iri(local) for local in (*finding.nodes, *finding.plans, *finding.departments))
