"""From statements to the network: what is a node, an edge, a value, and how plans stand on a day."""

from __future__ import annotations

from collections import Counter
from datetime import date

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.workspace import Workspace
from graph.dates import parse_date
from graph.network.build import Network, build_network
from graph.network.incidence import Incidence, read_incidence
from graph.network.time import State, end_day, is_in_force_by_dates, standing, successors
from graph.statement import Statement
from ontology.terms import PW, RDF, SKOS

BASE = "https://w3id.org/planwerk/id/"
DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def network(aachen: Workspace) -> Network:
    return aachen.network()


def state(network: Network, plan: str, day: date) -> State:
    return standing(network, BASE + plan, day).state


def test_every_row_but_relations_is_a_node_and_every_relation_an_edge(network: Network) -> None:
    count = Counter(kind for _, kind in network.multigraph.nodes(data="type"))
    assert (count["Plan"], count["Goal"], count["SteeringInstrument"], count["DeliberationStep"]) == (
        99,
        209,
        75,
        117,
    )
    assert "PlanRelation" not in count
    keys = {key for _, _, key in network.multigraph.edges(keys=True)}
    assert sum(key.startswith(BASE + "r") for key in keys) == 104


def test_it_is_one_typed_networkx_multigraph(network: Network) -> None:
    assert isinstance(network.multigraph, nx.MultiDiGraph)
    assert all(
        {"id", "type", "label", "values"} <= data.keys() for _, data in network.multigraph.nodes(data=True)
    )


def test_an_edge_knows_its_sources_and_modality(network: Network) -> None:
    (link,) = [x for x in network.links_from(BASE + "dep-fb45", "wirkt_mit_an") if x.target == BASE + "p-spk"]
    assert (link.modality, link.sources) == ("fact", (BASE + "source/rt-spk21",))


def test_a_demanded_relation_is_no_target(network: Network) -> None:
    assert network.links_from(BASE + "p-sport24", "soll_verzahnt_werden_mit")
    assert network.targets(BASE + "p-sport24", "soll_verzahnt_werden_mit") == ()


def test_a_direct_statement_counts_where_no_relation_says_it() -> None:
    said = [Statement(BASE + name, RDF.type, PW.Plan, BASE + "source/s") for name in ("a", "b")]
    direct = Statement(BASE + "a", "http://purl.org/dc/terms/replaces", BASE + "b", BASE + "source/s")
    built = build_network([*said, direct], BASE)
    assert built.targets(BASE + "a", "ersetzt") == (BASE + "b",)


def test_a_statement_about_an_undescribed_thing_is_not_drawn() -> None:
    stray = Statement(BASE + "a", SKOS.prefLabel, "x", BASE + "source/s", "string", "de")
    assert len(build_network([stray], BASE).multigraph) == 0


def test_28_plans_were_in_force_on_the_day_of_the_paper(network: Network) -> None:
    day = date(2017, 12, 7)
    assert sum(is_in_force_by_dates(network, plan, day) for plan in network.of_type("Plan")) == 28


def test_the_youth_plan_goes_on_until_its_successor_is_decided(network: Network) -> None:
    assert end_day(network, BASE + "p-kjfp3") == date(2023, 2, 14)
    assert state(network, "p-kjfp3", date(2023, 2, 14)) is State.IN_FORCE
    assert state(network, "p-kjfp3", date(2023, 2, 15)) is State.REPLACED


def test_a_status_beats_the_nominal_end_and_says_so(network: Network) -> None:
    found = standing(network, BASE + "p-kla19", DAY)
    assert (found.state, found.past_period, found.until) == (State.IN_FORCE, True, date(2021, 12, 31))
    assert "obwohl" in found.why.de


def test_a_plan_in_preparation_does_not_replace_anything_yet(network: Network) -> None:
    assert successors(network, BASE + "p-klp09") == (BASE + "p-klp25",)
    assert state(network, "p-klp09", DAY) is State.IN_FORCE


def test_a_part_can_end_while_its_series_goes_on(network: Network) -> None:
    assert state(network, "p-sep1z", DAY) is State.ENDED
    assert state(network, "p-sep1", DAY) is State.REPLACED


def test_before_the_delivery_only_dates_count(network: Network) -> None:
    assert state(network, "p-sep1z", date(2012, 1, 1)) is State.IN_FORCE
    assert state(network, "p-hkw22", date(2012, 1, 1)) is State.NOT_YET


def test_known_on_a_day_means_sources_of_that_day(aachen: Workspace) -> None:
    then = aachen.network(known_on=date(2017, 12, 7))
    assert BASE + "p-hkw22" not in then.multigraph
    assert BASE + "p-sep2" in then.multigraph


def test_concepts_come_from_the_plan_its_goals_and_its_measures(network: Network) -> None:
    incidence = read_incidence(network, [BASE + "p-hf"])
    names = {incidence.concepts[c].removeprefix(BASE) for c in incidence.own[0]}
    assert "t-gleichstellung" in names, "from goal g064"
    assert "t-wohnen" in names, "from the plan itself"


def test_closure_adds_everything_above(network: Network) -> None:
    incidence = read_incidence(network, [BASE + "p-hf"])
    names = {incidence.concepts[c].removeprefix(BASE) for c in incidence.closed[0]}
    assert {"tg-frauenwl", "tg-wohnungslos", "tg-niedrig", "tg-alle", "a-stadt", "a-region"} <= names


@given(st.data())
def test_closure_is_idempotent_and_an_explicit_ancestor_changes_nothing(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    above = tuple(
        tuple(sorted(set(range(c + 1, size)) & data.draw(st.sets(st.integers(0, size))))) for c in range(size)
    )
    full = tuple(tuple(sorted(_reached(c, above))) for c in range(size))
    row = data.draw(st.sets(st.integers(0, size - 1)))
    names = tuple(map(str, range(size)))
    incidence = Incidence(("p",), names, ("topic",) * size, full, (tuple(sorted(row)),))
    closed = incidence.closed[0]
    assert incidence.close(closed) == closed
    explicit = row | {a for c in row for a in full[c]}
    assert incidence.close(explicit) == closed


def _reached(start: int, above: tuple[tuple[int, ...], ...]) -> set[int]:
    found = set(above[start])
    for concept in above[start]:
        found |= _reached(concept, above)
    return found


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from([4, 7, 10]))
def test_a_date_means_every_day_that_it_can_mean_and_keeps_its_text(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    found = parse_date(text)
    assert found.text == text
    assert found.first is not None
    assert found.last is not None
    assert found.first <= day <= found.last


@pytest.mark.parametrize(
    "text", ["", "31.12.2024", "2024-13", "2024-02-30", "24", "2025/2024", "../..", "2024-1", "ca. 2024"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_date(text)
