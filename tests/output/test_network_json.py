from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadRequest, NotFound, Text
from graph.network.build import build_network
from graph.output.drawing.network_json import document_bytes, network_document, shortened, table_rows
from graph.output.drawing.selection import open_on
from graph.statement import Statement
from ontology.terms import DCT, ORG, PW, RDF, SKOS
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.workspace import Workspace
    from graph.network.build import Network
    from graph.output.drawing.network_json import Document

BASE = "https://example.org/id/"
CLASSES = {
    "dep": ORG.OrganizationalUnit,
    "p": PW.Plan,
    "g": PW.Goal,
    "tg": PW.TargetGroup,
    "i": PW.SteeringInstrument,
}
KINDS = ["OrganizationalUnit", "Plan", "Goal", "TargetGroup", "SteeringInstrument"]
VOCABULARY = load_vocabulary()


def said(subject: str, predicate: str, value: str) -> Statement:
    """Return a statement about ``subject``; values without a blank are ids."""
    if " " in value:
        return Statement(BASE + subject, predicate, value.strip(), BASE + "source/s1", "string", "de")
    return Statement(BASE + subject, predicate, BASE + value, BASE + "source/s1")


def city(*facts: Statement, named: Iterable[str] = ()) -> Network:
    """Return the network of the facts; every id in them is a thing whose prefix tells its class."""
    ids = sorted({name for fact in facts for name in ends(fact)} | set(named))
    types = [
        Statement(BASE + name, RDF.type, CLASSES[name.split("-")[0]], BASE + "source/s1") for name in ids
    ]
    return build_network([*types, *facts], BASE)


def ends(fact: Statement) -> list[str]:
    values = [fact.subject, fact.value] if fact.is_iri else [fact.subject]
    return [value.removeprefix(BASE) for value in values]


def document(network: Network, **asked: object) -> Document:
    return network_document(network, VOCABULARY, **asked)  # type: ignore[arg-type]


SMALL = city(
    said("p-sep", SKOS.prefLabel, "Dritter Sozialentwicklungsplan"),
    said("p-sep", PW.leadUnit, "dep-fb56"),
    said("dep-fb56", SKOS.prefLabel, "Fachbereich Wohnen, Soziales und Integration"),
    said("dep-fb56", DCT.identifier, "FB 56"),
    said("p-sep", PW.pursues, "g-teilhabe"),
    said("g-teilhabe", PW.targetGroup, "tg-alle"),
    said("i-plattform", PW.steers, "p-sep"),
)


def test_all_columns_are_equally_long():
    shown = document(SMALL, kinds=KINDS)
    assert {len(column) for column in shown["nodes"].values()} == {5}
    assert {len(column) for column in shown["edges"].values()} == {4}


def test_kinds_relations_and_sources_are_named_once_and_meant_by_number():
    shown = document(SMALL, kinds=KINDS)
    kinds = [shown["types"][number]["name"] for number in shown["nodes"]["type"]]
    assert dict(zip(shown["nodes"]["id"], kinds, strict=True))["g-teilhabe"] == "Goal"
    assert [shown["relations"][number]["name"] for number in shown["edges"]["relation"]] == [
        "leadUnit", "pursues", "targetGroup", "steers",
    ]  # fmt: skip
    assert shown["sources"] == ["source/s1"]


def test_nodes_are_listed_as_they_are_read_lane_by_lane():
    assert document(SMALL, kinds=KINDS)["nodes"]["id"] == [
        "dep-fb56",
        "p-sep",
        "g-teilhabe",
        "tg-alle",
        "i-plattform",
    ]


def test_the_usual_lanes_leave_goals_out_and_say_how_many_links_are_hidden():
    shown = document(SMALL)
    assert shown["nodes"]["id"] == ["dep-fb56", "p-sep", "tg-alle", "i-plattform"]
    assert shown["nodes"]["hidden"] == [0, 1, 1, 0]


def test_a_department_goes_by_its_number_and_keeps_its_full_name():
    nodes = document(SMALL)["nodes"]
    assert (nodes["short"][0], nodes["label"][0]) == (
        "FB 56 Wohnen, Soziales und Integration", "Fachbereich Wohnen, Soziales und Integration",
    )  # fmt: skip
    assert nodes["short"][1] is None


def test_the_table_says_every_link_from_both_sides():
    rows = {row.id: row for row in table_rows(document(SMALL))}
    assert rows["p-sep"].kind == Text("Planwerk", "plan")
    assert rows["p-sep"].sentences == (
        Text("federführend Fachbereich Wohnen, Soziales und Integration", "led by Fachbereich Wohnen, Soziales und Integration"),
        Text("wird gesteuert durch i-plattform", "is steered by i-plattform"),
    )  # fmt: skip
    assert rows["dep-fb56"].sentences == (
        Text("leitet Dritter Sozialentwicklungsplan", "leads Dritter Sozialentwicklungsplan"),
    )


def test_the_table_has_a_row_for_each_node():
    shown = document(SMALL, kinds=KINDS)
    assert [row.id for row in table_rows(shown)] == shown["nodes"]["id"]


def test_a_demand_is_marked_as_one_in_the_line_and_in_the_sentence(aachen: Workspace):
    shown = document(aachen.network(), lens="ego", focus="p-sport24")
    place = shown["nodes"]["id"].index("p-sport24")
    demands = [
        target
        for source, target, modality in zip(
            *(shown["edges"][c] for c in ("source", "target", "modality")), strict=True
        )
        if (source, modality) == (place, 2)
    ]
    assert demands
    sentences = [text.de for text in table_rows(shown)[place].sentences if "(Forderung)" in text.de]
    assert len(sentences) == len(demands)


def test_above_the_limit_the_least_connected_go_and_are_counted():
    network = city(*(said(f"p-{n:02}", PW.targetGroup, f"tg-{n % 4}") for n in range(12)), named=["tg-leer"])
    shown = document(network, limit=14)
    assert (shown["limits"]["shown"], shown["limits"]["total"]) == (14, 17)
    assert "tg-leer" not in shown["nodes"]["id"]
    assert shown["limits"]["reason"]["de"] == (
        "Gezeigt sind 14 von 17 Knoten; ausgelassen sind die am wenigsten verbundenen: Planwerk 1, Zielgruppe 2."
    )


def test_plans_not_wanted_are_left_out_with_their_goals_and_counted():
    network = city(said("p-alt", PW.pursues, "g-alt"), said("p-neu", PW.pursues, "g-neu"))
    shown = document(
        network, kinds=["Plan", "Goal"], wanted=lambda plan: plan.endswith("neu"), as_of=date(2026, 1, 1)
    )
    assert shown["nodes"]["id"] == ["p-neu", "g-neu"]
    assert shown["limits"]["reason"]["en"] == (
        "All 2 nodes selected are shown. Not shown: 1 plans that are ended, replaced or not yet in force on 2026-01-01, "
        "and what belongs to them alone."
    )


def test_a_neighbourhood_grows_with_its_depth():
    near, far = (
        document(SMALL, lens="ego", focus="dep-fb56", depth=depth)["nodes"]["id"] for depth in (1, 2)
    )
    assert near == ["dep-fb56", "p-sep"]
    assert far == ["dep-fb56", "p-sep", "g-teilhabe", "i-plattform"]


def test_a_hub_is_shown_but_not_passed_through():
    network = city(*(said(f"p-{n:02}", PW.targetGroup, "tg-alle") for n in range(40)))
    shown = document(network, lens="ego", focus="p-00", depth=3)
    assert shown["nodes"]["id"] == ["p-00", "tg-alle"]
    assert "„tg-alle“" in shown["limits"]["reason"]["de"]


def test_a_deliberation_is_a_line_from_paper_to_body(aachen: Workspace):
    shown = document(aachen.network(), lens="ego", focus="v002", kinds=["CouncilPaper", "Body"])
    names = {shown["relations"][number]["name"] for number in shown["edges"]["relation"]}
    assert names == {"DeliberationStep"}
    assert shown["nodes"]["id"][-1] == "v002"


@pytest.mark.parametrize(
    "asked",
    [
        {"lens": "torte"},
        {"limit": 0},
        {"limit": 5000},
        {"kinds": ["Kuchen"]},
        {"lens": "ego", "focus": "p-sep", "depth": 4},
    ],
)
def test_what_there_is_not_is_refused_in_both_languages(asked: dict[str, object]):
    with pytest.raises(BadRequest) as refused:
        document(SMALL, **asked)
    assert refused.value.text.de != refused.value.text.en


@pytest.mark.parametrize("focus", ["p-nirgends", None, ""])
def test_an_unknown_focus_is_not_found(focus: str | None):
    with pytest.raises(NotFound):
        document(SMALL, lens="ego", focus=focus)


def test_the_focus_may_be_an_id_or_an_iri():
    assert document(SMALL, lens="ego", focus=BASE + "p-sep") == document(SMALL, lens="ego", focus="p-sep")


def test_the_address_brings_the_view_back():
    shown = document(
        SMALL, lens="ego", focus="p-sep", depth=2, kinds=["Plan", "Goal"], as_of=date(2026, 1, 1)
    )
    assert shown["permalink"] == "/graph?focus=p-sep&depth=2&kind=Plan&kind=Goal&as_of=2026-01-01"


def test_an_empty_network_is_a_document_without_nodes():
    shown = document(city())
    assert shown["nodes"]["id"] == []
    assert shown["limits"]["reason"]["de"] == "Gezeigt sind alle 0 Knoten der Auswahl."


@given(st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_statements_changes_no_byte(chance: object):
    facts = [said(f"p-{n}", PW.leadUnit, f"dep-{n % 3}") for n in range(9)] + [
        said(f"i-{n}", PW.steers, f"p-{n}") for n in range(5)
    ]
    mixed = chance.sample(facts, len(facts))  # type: ignore[attr-defined]
    assert document_bytes(document(city(*facts))) == document_bytes(document(city(*mixed)))


def test_the_etag_changes_with_the_facts():
    other = city(said("p-sep", PW.leadUnit, "dep-fb45"))
    assert document(SMALL)["etag"] != document(other)["etag"]


def test_aachen_fits_into_two_hundred_nodes_and_hides_no_plan_that_is_open(aachen: Workspace):
    network, day = aachen.network(), date(2026, 1, 1)
    shown = document(network, wanted=open_on(network, day), as_of=day)
    plans = {network.id(plan) for plan in network.of_type("Plan") if open_on(network, day)(plan)}
    assert shown["limits"]["shown"] == 200
    assert plans <= set(shown["nodes"]["id"])


def test_a_plan_more_in_aachen_moves_nothing_by_a_twentieth_of_the_diagonal(aachen: Workspace):
    network = aachen.network()
    more = network.multigraph.copy()
    more.add_node(BASE + "p-neu", id="p-neu", type="Plan", label="Hitzeplan", values={}, source=None)
    for _, other, key, facts in network.multigraph.out_edges(network.iri("p-sep3"), keys=True, data=True):
        more.add_edge(BASE + "p-neu", other, key=key, **facts)
    after = replace(network, multigraph=more, ids={**network.ids, "p-neu": BASE + "p-neu"})
    left, top, right, bottom = document(network)["frame"]
    far = 0.05 * math.dist((left, top), (right, bottom))
    before, now = places(document(network)), places(document(after))
    stayed = before.keys() & now.keys()
    assert [key for key in stayed if math.dist(before[key], now[key]) > far] == []
    assert len(stayed) >= 198


def places(shown: Document) -> dict[str, tuple[float, float]]:
    nodes = shown["nodes"]
    return dict(zip(nodes["id"], zip(nodes["x"], nodes["y"], strict=True), strict=True))


def test_the_columns_take_less_than_half_of_the_same_in_objects(aachen: Workspace):
    shown = document(aachen.network(), limit=1000, kinds=KINDS)
    rows = [dict(zip(shown["edges"], row, strict=True)) for row in zip(*shown["edges"].values(), strict=True)]
    assert len(json.dumps(shown["edges"])) < len(json.dumps(rows)) / 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Wohnen", "Wohnen"), ("Handlungskonzept Wohnen", "Handlungskonzept …"), ("x" * 30, "x" * 17 + "…")],
)
def test_a_long_text_is_cut_at_a_word(text: str, expected: str):
    assert shortened(text, 18) == expected
