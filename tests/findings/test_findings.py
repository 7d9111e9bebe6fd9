"""Overlaps and chain gaps on Aachen's data, and on small cities where the answer is in sight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.workspace import Workspace
from graph.findings.coordination import coordinated_through, ties_of, wished_through
from graph.findings.finding import Finding, finding_id, finding_json
from graph.findings.rules.chain import KINDS, find_gaps, scope_on, steering_completeness
from graph.findings.rules.overlap import BANDS, areas_meet, bearers_relation, find_overlaps, gather
from graph.findings.similarity import all_pairs
from graph.network.build import build_network
from graph.statement import Statement
from graph.store.reading import read_statements
from ontology.terms import PW, RDF, SCHEME

BASE = "https://w3id.org/planwerk/id/"
DAY = date(2026, 1, 1)
HEADER = (
    "id,title_de,kind,lead_department,status,valid_from,valid_to,adopted_on,legal_basis,topics,areas,summary_de,"
    "source_url,source_date,series,participating,decision,adopted_by,target_groups,source_id,note"
)


def pair(*ids: str) -> frozenset[str]:
    return frozenset(f"p-{name}" for name in ids)


@pytest.fixture(scope="module")
def overlaps(aachen: Workspace) -> dict[frozenset[str], Finding]:
    found = aachen.overlaps(DAY, BANDS).findings
    return {frozenset(finding.plans): finding for finding in found}


@pytest.fixture(scope="module")
def gaps(aachen: Workspace) -> list[Finding]:
    return list(aachen.gaps(DAY).findings)


@pytest.mark.parametrize(
    ("plans", "through"),
    [
        (pair("forst-isek", "qm"), ("instrument", "i-qm")),
        (pair("praev", "spk"), ("participation", "dep-fb45")),
        (pair("kjfp4", "spk"), ("participation", "dep-fb45")),
    ],
)
def test_the_three_coordinated_pairs_are_no_alarms(
    overlaps: dict[frozenset[str], Finding], plans: frozenset[str], through: tuple[str, str]
) -> None:
    finding = overlaps[plans]
    assert (finding.band, finding.kind) == ("schwach", "coordinated")
    assert through in {(entry.kind, entry.id) for entry in finding.coordinated_through}
    assert "Bereits abgestimmt" in finding.sentence.de


def test_of_the_11_local_pairs_exactly_3_are_coordinated(overlaps: dict[frozenset[str], Finding]) -> None:
    eleven = [
        pair("praev", "spk"),
        pair("kubi06", "praev"),
        pair("kubi06", "spk"),
        pair("kjfp4", "spk"),
        pair("kjfp4", "kubi06"),
        pair("kubi06", "mep17"),
        pair("klp09", "praev"),
        pair("gk", "praev"),
        pair("forst-persp", "qm"),
        pair("forst-isek", "qm"),
        pair("alt", "hkw22"),
    ]
    coordinated = {plans for plans in eleven if overlaps[plans].coordinated_through}
    assert coordinated == {pair("forst-isek", "qm"), pair("praev", "spk"), pair("kjfp4", "spk")}


def test_city_and_region_are_different_bearers(overlaps: dict[frozenset[str], Finding]) -> None:
    finding = overlaps[pair("glp24", "glpsr")]
    assert (finding.band, finding.kind, finding.details["bearers"]) == ("stark", "other-bearer", "different")
    assert "Andere Trägerschaft" in finding.sentence.de


def test_a_demand_is_shown_and_does_not_count(overlaps: dict[frozenset[str], Finding]) -> None:
    finding = overlaps[pair("bsb25", "innmob")]
    assert [entry.modality for entry in finding.wished_through] == ["demand"]
    assert finding.coordinated_through == ()


def test_editions_and_parts_of_one_work_do_not_overlap(
    overlaps: dict[frozenset[str], Finding], aachen: Workspace
) -> None:
    network = aachen.network()
    for plans in overlaps:
        a, b = (BASE + plan for plan in plans)
        assert not set(network.targets(a, "inSeries")) & set(network.targets(b, "inSeries"))


def test_every_overlap_explains_itself(overlaps: dict[frozenset[str], Finding]) -> None:
    for finding in overlaps.values():
        document = finding_json(finding)
        assert len(document["shared"]) >= 2
        assert any(shared["facet"] == "topic" for shared in document["shared"])
        assert all(0 < shared["count"] <= shared["of"] for shared in document["shared"])
        assert document["evidence"]
        assert all(entry["source"] for entry in document["evidence"])
        assert document["sentence"]["de"]
        assert document["sentence"]["en"]


def test_assignments_of_the_compiler_are_marked(overlaps: dict[frozenset[str], Finding]) -> None:
    evidence = overlaps[pair("praev", "spk")].evidence
    assert {entry.assigned for entry in evidence if "Thema" in entry.statement.de} == {True}
    assert {entry.assigned for entry in evidence if "federführend" in entry.statement.de.lower()} <= {False}


def test_the_score_shown_is_the_plain_score(
    overlaps: dict[frozenset[str], Finding], aachen: Workspace
) -> None:
    candidates = gather(aachen.network(), DAY)
    plans = candidates.incidence.plans
    plain = {
        frozenset((plans[p.a].removeprefix(BASE), plans[p.b].removeprefix(BASE))): p.score
        for p in all_pairs(candidates.incidence)
    }
    for ids, finding in overlaps.items():
        assert finding.score is not None
        assert abs(finding.score - plain[ids]) <= 1e-6
        band = candidates.bands.of(plain[ids])
        assert finding.band == (band or "schwach")


def test_the_coverage_line_says_what_nobody_recorded(aachen: Workspace) -> None:
    coverage = aachen.overlaps(DAY).coverage
    assert (coverage["plans"], coverage["of"], coverage["without_lead"]) == (63, 99, 17)
    assert coverage["text"]["de"].startswith("63 von 99 Planwerken")


def test_the_id_of_a_finding_does_not_depend_on_order_or_score() -> None:
    assert finding_id("overlap", ["b", "a"]) == finding_id("overlap", ["a", "b"])
    assert finding_id("overlap", ["a", "c"]) != finding_id("overlap", ["a", "b"])


def test_the_catalogue_of_social_goals_has_ended_without_successor(gaps: list[Finding]) -> None:
    ended = {finding.plans[0] for finding in gaps if finding.kind == "ended-without-successor"}
    assert "p-sep1z" in ended
    assert not ended & {"p-sep1", "p-kjfp1", "p-kjfp3", "p-sepp06", "p-jc13", "p-pf11"}


@pytest.mark.parametrize("day", [date(2021, 6, 1), date(2023, 2, 14), date(2023, 2, 15), DAY])
def test_the_youth_plan_is_never_a_gap(aachen: Workspace, day: date) -> None:
    found = aachen.gaps(day, ["ended-without-successor", "past-but-current"]).findings
    assert "p-kjfp3" not in {finding.plans[0] for finding in found}


def test_four_of_seven_leading_goals_are_not_steered(gaps: list[Finding]) -> None:
    found = {finding.nodes[0] for finding in gaps if finding.kind == "leading-goal-without-steering"}
    assert found == {"g112", "g133", "g151", "g169"}


def test_steering_is_as_complete_as_the_rows_say(aachen: Workspace) -> None:
    assert steering_completeness(scope_on(aachen.network(), DAY)) == {
        "goals": 116,
        "without_instrument": 78,
        "without_indicator": 109,
        "without_any": 68,
    }


def test_a_gap_that_nobody_asked_about_is_only_a_hint_with_its_share(aachen: Workspace) -> None:
    found = aachen.gaps(DAY)
    assert {finding.band for finding in found.findings} == {"hinweis"}
    kind = found.coverage["kinds"]["leading-goal-without-steering"]
    assert (kind["looked_at"], kind["gaps"], kind["not_recorded"]) == (7, 4, 4)


def test_every_kind_of_gap_names_its_title_in_both_languages() -> None:
    assert all(kind.title.de and kind.title.en for kind in KINDS.values())


def city(*plans: str, **more: str) -> dict[str, str]:
    """Return small tables: two departments, topics, groups, areas, and plans given as ``id;lead;topics;groups;areas``."""
    rows = []
    for row in plans:
        cells = dict(
            zip(
                ("id", "lead_department", "topics", "target_groups", "areas", "valid_from", "valid_to"),
                row.split("/"),
                strict=False,
            )
        )
        cells |= {"title_de": cells["id"], "source_id": "s1", "source_date": "2025-03-01", "status": "gültig"}
        rows.append(",".join(cells.get(name, "") for name in HEADER.split(",")))
    dep = "id,code,name_de,name_as_of,kind,dezernat,successor_of,named_in_seed,source_url,source_date,source_id,note\n"
    dep += "\n".join(f"dep-{n},FB {n},Fachbereich {n},,,,,,,2025-03-01,s1," for n in (1, 2, 3))
    groups = "id,title_de,broader,source_url,source_date,source_id,note\n" + "\n".join(
        f"tg-{name},{name},{broader},,2025-03-01,s1,"
        for name, broader in (("alle", ""), ("kinder", "tg-alle"), ("aeltere", "tg-alle"))
    )
    areas = (
        "id,name_de,kind,frame,part_of,population,population_as_of,source_url,source_date,source_id,note\n"
        + "\n".join(
            f"a-{name},{name},,,{above},,,,2025-03-01,s1,"
            for name, above in (("stadt", ""), ("nord", "a-stadt"), ("sued", "a-stadt"))
        )
    )
    topics = "id,title_de\n" + "\n".join(f"t-{n},Thema {n}" for n in range(8))
    return {
        "plans": "\n".join([HEADER, *rows]),
        "departments": dep,
        "target_groups": groups,
        "areas": areas,
        "topics": topics,
        **more,
    }


FILLER = [f"p-f{n}/dep-3/t-{n}/tg-alle/a-stadt" for n in range(2, 8)]
A = "p-a/dep-1/t-0;t-1/tg-kinder/a-nord"
Tables = Callable[..., Path]


def overlaps_in(workspace: Workspace, tables: Tables, *plans: str, **more: str) -> set[frozenset[str]]:
    workspace.import_folder(tables(**city(*plans, *FILLER, **more)))
    found = workspace.overlaps(DAY, BANDS).findings
    return {frozenset(f.plans) for f in found if not any(p.startswith("p-f") for p in f.plans)}


def test_the_same_topic_group_and_area_under_two_leads_overlap(workspace: Workspace, tables: Tables) -> None:
    assert overlaps_in(workspace, tables, A, "p-b/dep-2/t-0;t-1/tg-kinder/a-nord") == {pair("a", "b")}


def test_the_same_lead_is_no_overlap(workspace: Workspace, tables: Tables) -> None:
    assert overlaps_in(workspace, tables, A, "p-b/dep-1/t-0;t-1/tg-kinder/a-nord") == set()


def test_plans_for_places_that_do_not_meet_do_not_overlap(workspace: Workspace, tables: Tables) -> None:
    assert overlaps_in(workspace, tables, A, "p-b/dep-2/t-0;t-1/tg-kinder/a-sued") == set()


def test_a_place_meets_what_encloses_it(workspace: Workspace, tables: Tables) -> None:
    assert overlaps_in(workspace, tables, A, "p-b/dep-2/t-0;t-1/tg-kinder/a-stadt") == {pair("a", "b")}


def test_an_unknown_area_is_kept(workspace: Workspace, tables: Tables) -> None:
    workspace.import_folder(tables(**city(A, "p-b/dep-2/t-0;t-1/tg-kinder/")))
    network = workspace.network()
    assert areas_meet(network, BASE + "p-a", BASE + "p-b")


def test_periods_that_do_not_meet_are_no_overlap_and_unknown_ones_are_kept(
    workspace: Workspace, tables: Tables
) -> None:
    later = "p-b/dep-2/t-0;t-1/tg-kinder/a-nord/2030/2034"
    assert overlaps_in(workspace, tables, A + "/2020/2027", later) == set()
    assert overlaps_in(workspace, tables, A, later) == {pair("a", "b")}


def test_other_people_and_other_topics_are_no_overlap(workspace: Workspace, tables: Tables) -> None:
    assert overlaps_in(workspace, tables, A, "p-b/dep-2/t-5;t-6/tg-aeltere/a-nord") == set()


def test_a_plan_replaced_after_its_status_was_stated_is_not_looked_at(
    workspace: Workspace, tables: Tables
) -> None:
    relations = (
        "id,subject,predicate,object,modality,since,source_url,source_date,source_id,note\n"
        "r1,p-c,ersetzt,p-a,Tatsache,,,2025-03-01,s1,"
    )
    found = overlaps_in(
        workspace,
        tables,
        A + "/2010",
        "p-b/dep-2/t-0;t-1/tg-kinder/a-nord",
        "p-c/dep-1/t-7/tg-alle/a-stadt/2025-06",
        relations=relations,
    )
    assert found == set()


RELATIONS = "id,subject,predicate,object,modality,since,source_url,source_date,source_id,note\n"


@pytest.mark.parametrize(
    ("relation", "coordinated"),
    [
        ("p-a,stimmt_ab_mit,p-b,Tatsache", True),
        ("p-a,stimmt_ab_mit,p-b,Absicht", False),
        ("p-b,soll_verzahnt_werden_mit,p-a,Forderung", False),
        ("dep-1,wirkt_mit_an,p-b,Tatsache", True),
        ("dep-1,wirkt_mit_an,p-b,Absicht", False),
        ("dep-3,wirkt_mit_an,p-b,Tatsache", False),
        ("dep-2,wirkt_mit_an,p-a,Tatsache", True),
    ],
)
def test_only_facts_of_the_two_leads_coordinate(
    workspace: Workspace, tables: Tables, relation: str, coordinated: bool
) -> None:
    b = "p-b/dep-2/t-0;t-1/tg-kinder/a-nord"
    workspace.import_folder(tables(**city(A, b, relations=f"{RELATIONS}r1,{relation},,,2025-03-01,s1,")))
    network = workspace.network()
    assert bool(coordinated_through(network, BASE + "p-a", BASE + "p-b")) == coordinated
    if relation.startswith("p-"):
        assert bool(wished_through(network, BASE + "p-a", BASE + "p-b")) != coordinated


@pytest.mark.parametrize(
    ("ours", "theirs", "relation"),
    [((), ("dep-1",), "unknown"), (("dep-1",), ("dep-2",), "same"), (("dep-1",), ("par-sr",), "different")],
)
def test_bearers_are_compared(
    aachen: Workspace, ours: tuple[str, ...], theirs: tuple[str, ...], relation: str
) -> None:
    names = {"dep-1": "dep-fb45", "dep-2": "dep-fb61", "par-sr": "par-sr"}
    iris = [[BASE + names[unit] for unit in units] for units in (ours, theirs)]
    assert bearers_relation(aachen.network(), *iris) == relation


def test_a_denied_facet_makes_a_gap_certain() -> None:
    source = BASE + "source/s"
    plan, said, state = BASE + "p-1", [], BASE + "state/1"
    said += [Statement(plan, RDF.type, PW.Plan, source), Statement(state, RDF.type, PW.FacetState, source)]
    said += [Statement(plan, PW.status, SCHEME + "plan-status#valid", source)]
    said += [Statement(state, PW.aboutPlan, plan, source), Statement(state, PW.facet, PW.leadUnit, source)]
    for kind, band in ((PW.none, "belegt"), (PW.notAsked, "hinweis"), (PW.unknown, "hinweis")):
        network = build_network([*said, Statement(state, PW.emptyKind, kind, source)], BASE)
        (gap,) = find_gaps(scope_on(network, DAY), ["no-lead"])
        assert gap.band == band


@pytest.fixture(scope="module")
def statements(aachen: Workspace) -> list[Statement]:
    return list(read_statements(aachen.files.paths()))


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_removing_what_closes_a_link_opens_exactly_that_gap(
    statements: list[Statement], data: st.DataObject
) -> None:
    network = build_network(statements, BASE)
    before = {gap.id for gap in find_gaps(scope_on(network, DAY), ["no-lead"])}
    leads = [s for s in statements if s.predicate == PW.leadUnit and "/p-" in s.subject]
    dropped = data.draw(st.sampled_from(leads))
    after = build_network([s for s in statements if s != dropped], BASE)
    fresh = {gap.plans[0]: gap.id for gap in find_gaps(scope_on(after, DAY), ["no-lead"])}
    opened = set(fresh.values()) - before
    current = {
        plan.removeprefix(BASE)
        for plan in scope_on(network, DAY).standings
        if scope_on(network, DAY).standings[plan].state.value in {"in force", "in preparation"}
    }
    plan = dropped.subject.removeprefix(BASE)
    assert before <= set(fresh.values())
    assert opened == ({fresh[plan]} if plan in current else set())


def test_at_most_ten_overlaps_are_shown_per_plan(aachen: Workspace) -> None:
    found = find_overlaps(gather(aachen.network(), DAY), BANDS)
    count = {plan: sum(plan in f.plans for f in found) for plan in {p for f in found for p in f.plans}}
    assert all(min(count[plan] for plan in f.plans) <= 10 for f in found)


def test_ties_meet_exactly_where_something_coordinates(aachen: Workspace) -> None:
    network = aachen.network()
    ties = {plan: ties_of(network, plan) for plan in network.of_type("Plan")}
    for a, b in combinations(ties, 2):
        assert ties[a].meet(ties[b]) == bool(coordinated_through(network, a, b)), (a, b)
