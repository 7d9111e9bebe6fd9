"""Dry runs, groups of plans that share exactly the same, and who is missing at the table."""

from __future__ import annotations

from collections import Counter
from datetime import date

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.workspace import Workspace
from graph.findings.groups import closed_groups, formal_concepts, group_sentence
from graph.findings.seats import reason_text, round_of
from graph.findings.whatif import Loss, dissolve, merge
from graph.statement import Statement
from graph.store.reading import read_statements

BASE = "https://w3id.org/planwerk/id/"
DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def statements(aachen: Workspace) -> list[Statement]:
    return list(read_statements(aachen.files.paths()))


def test_the_southern_women_have_65_formal_concepts() -> None:
    club = nx.davis_southern_women_graph()
    events = sorted(club.graph["bottom"])
    rows = [sum(1 << events.index(event) for event in club[woman]) for woman in sorted(club.graph["top"])]
    assert sum(1 for _ in formal_concepts(rows, len(events))) == 65


@given(st.lists(st.integers(0, 63), min_size=1, max_size=8), st.integers(0, 3))
def test_formal_concepts_are_all_closed_sets_and_each_comes_once(rows: list[int], least: int) -> None:
    found = list(formal_concepts(rows, 6, least))
    assert len(found) == len(set(found))
    plain = set()
    for subset in range(64):
        extent = sum(1 << i for i, row in enumerate(rows) if row & subset == subset)
        intent = sum(
            1 << j for j in range(6) if all(rows[i] >> j & 1 for i in range(len(rows)) if extent >> i & 1)
        )
        if extent.bit_count() >= least:
            plain.add((extent, intent))
    assert set(found) == plain


def test_ten_groups_of_plans_share_exactly_what_they_say(aachen: Workspace) -> None:
    candidates = aachen.candidates(DAY)
    groups = closed_groups(candidates)
    assert len(groups) == 10
    closed = dict(zip(candidates.incidence.plans, candidates.incidence.closed, strict=True))
    number = candidates.incidence.number
    for group in groups:
        wanted = {number[concept] for concept in group.concepts}
        having = {plan for plan, row in closed.items() if wanted <= set(row)}
        assert having == set(group.plans)
        assert group.leads > 1
        assert group_sentence(candidates.network, group).de.startswith("Diese ")


def test_dissolving_the_only_lead_orphans_its_plans_goals_and_groups(statements: list[Statement]) -> None:
    outcome = dissolve(statements, BASE, BASE + "dep-fb37", DAY)
    assert Loss("plan", BASE + "p-bsb25") in outcome.losses
    assert Loss("goal", BASE + "g184") in outcome.losses
    assert Loss("topic", BASE + "t-schutz") in outcome.losses
    new = {change.finding.id for change in outcome.changes if change.change == "new"}
    assert any(finding.startswith("chain-no-lead-") for finding in new)


def test_dissolving_a_unit_that_owns_nothing_changes_nothing(statements: list[Statement]) -> None:
    outcome = dissolve(statements, BASE, BASE + "dep-fb13", DAY)
    assert outcome.losses == ()


def test_merging_two_plans_keeps_every_goal_owned(statements: list[Statement]) -> None:
    outcome = merge(statements, BASE, BASE + "p-pia", BASE + "p-praev", DAY)
    assert not [loss for loss in outcome.losses if loss.kind in {"goal", "target group", "topic"}]
    gone = {plan for change in outcome.changes if change.change == "gone" for plan in change.finding.plans}
    assert "p-pia" in gone


def test_a_dry_run_stores_nothing(aachen: Workspace, statements: list[Statement]) -> None:
    before = aachen.snapshot()
    dissolve(statements, BASE, BASE + "dep-fb45", DAY)
    assert aachen.snapshot() == before


def test_who_has_a_stake_and_no_seat_is_missing_at_the_table(aachen: Workspace) -> None:
    found = round_of(aachen.candidates(DAY), BASE + "t-jugend")
    assert [aachen.network().id(body) for body in found.bodies] == ["i-ag78"]
    seated = {aachen.network().id(holder.unit) for holder in found.stakeholders if holder.seated}
    missing = {aachen.network().id(holder.unit) for holder in found.missing}
    assert {"dep-fb45", "par-agfw"} <= seated
    assert {"dep-fb36", "dep-e49"} <= missing


def test_every_stake_is_explained(aachen: Workspace) -> None:
    network = aachen.network()
    for holder in round_of(aachen.candidates(DAY), BASE + "t-gesundheit").stakeholders:
        assert holder.reasons
        assert all(reason_text(network, reason).de for reason in holder.reasons)
        assert Counter(holder.reasons).most_common(1)[0][1] == 1
