"""Each lens on Aachen's records: what it shows, where it stands, what it says."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from api.network import filter_choices
from graph.errors import BadRequest, NotFound
from graph.network.build import build_network
from graph.output.drawing.filters import Filters, plan_sources
from graph.output.drawing.network_json import network_document, table_rows
from graph.output.drawing.selection import open_on
from graph.output.lenses.bars import YEAR
from graph.output.lenses.every import LENSES
from graph.output.lenses.view import View
from graph.statement import Statement
from ontology.terms import PW, RDF, SKOS
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from api.workspace import Workspace
    from graph.output.drawing.document import Document

DAY, SEED = date(2026, 1, 1), date(2017, 12, 7)
ASKED = {
    "ego": {"focus": "p-sep3"},
    "ways": {"focus": "p-sep3", "to": "p-kjfp4"},
    "compare": {"since": SEED},
}


def look(workspace: Workspace, lens: str, **asked: object) -> Document:
    """Return the document of a lens on the day of reference."""
    network = workspace.network()
    wished = {**ASKED.get(lens, {}), **asked}
    if "since" in wished:
        wished["formerly"] = open_on(network, SEED)
    return network_document(
        network, load_vocabulary(), lens=lens, as_of=DAY, wanted=open_on(network, DAY), **wished
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("lens", sorted(LENSES))
def test_a_lens_gives_every_node_a_place_inside_the_frame_and_a_row_of_the_table(
    aachen: Workspace, lens: str
):
    shown = look(aachen, lens)
    left, top, right, bottom = shown["frame"]
    nodes = shown["nodes"]
    assert all(left <= x <= right and top <= y <= bottom for x, y in zip(nodes["x"], nodes["y"], strict=True))
    assert [row.id for row in table_rows(shown)] == nodes["id"]
    assert len(nodes["id"]) == shown["limits"]["shown"] > 0


@pytest.mark.parametrize("lens", sorted(LENSES))
def test_a_lens_shows_the_same_twice_and_names_its_address(aachen: Workspace, lens: str):
    shown = look(aachen, lens)
    assert shown["etag"] == look(aachen, lens)["etag"]
    assert shown["permalink"].startswith("/graph?")


def test_an_unknown_lens_is_refused_with_those_there_are(aachen: Workspace):
    with pytest.raises(BadRequest, match="möglich sind lanes, ego, ways, shared, net, compare, time, areas"):
        look(aachen, "hairball")


def test_two_plans_hang_together_by_a_topic_and_a_goal(aachen: Workspace):
    said = [words["de"] for words in look(aachen, "ways")["said"]]
    assert said[0] == (
        "„Dritter Sozialentwicklungsplan – integrierte Analyse der 60 Lebensräume (2020)“ – behandelt das Thema "
        "„Armut und Teilhabe“ – wird behandelt in „Jugendsozialarbeit“ – wird verfolgt von "
        "„Vierter Kinder- und Jugendförderplan 2023–2026“."
    )
    assert len(said) == 3


def test_the_ends_of_a_connection_stand_left_and_right_and_the_ways_between(aachen: Workspace):
    nodes = look(aachen, "ways")["nodes"]
    place = dict(zip(nodes["id"], zip(nodes["x"], nodes["y"], strict=True), strict=True))
    assert place["p-sep3"] == (min(nodes["x"]), 0.0)
    assert place["p-kjfp4"] == (max(nodes["x"]), 0.0)
    assert len({y for _, y in place.values()}) == 3


def test_a_connection_needs_two_different_known_things(aachen: Workspace):
    with pytest.raises(BadRequest, match="zwei verschiedene Dinge"):
        look(aachen, "ways", to="p-sep3")
    with pytest.raises(NotFound, match="nirgends"):
        look(aachen, "ways", to="nirgends")


def test_things_without_a_way_are_shown_with_a_sentence():
    base, source = "https://example.org/id/", "https://example.org/id/source/s"
    said = [
        Statement(base + name, predicate, value, source, *kind)
        for name, label in (("p-a", "Radplan"), ("p-b", "Bäderplan"))
        for predicate, value, kind in (
            (RDF.type, PW.Plan, ()),
            (SKOS.prefLabel, label, ("string", "de")),
        )
    ]
    shown = network_document(build_network(said, base), load_vocabulary(), lens="ways", focus="p-a", to="p-b")
    sentence = "Zwischen „Radplan“ und „Bäderplan“ ist kein Weg von höchstens sechs Schritten erfasst."
    assert [words["de"] for words in shown["said"]] == [sentence]
    assert shown["nodes"]["id"] == ["p-a", "p-b"]


def test_between_two_days_thirty_plans_came_and_ten_went(aachen: Workspace):
    shown = look(aachen, "compare", limit=1000)
    plan = next(number for number, kind in enumerate(shown["types"]) if kind["name"] == "Plan")
    change = Counter(
        change for change, kind in zip(shown["changes"], shown["nodes"]["type"], strict=True) if kind == plan
    )
    assert change == {1: 30, -1: 10, 0: 33}
    assert shown["said"][0]["de"] == (
        "30 Planwerke kamen zwischen dem 07.12.2017 und dem 01.01.2026 hinzu (+), 10 gelten nicht mehr (−), "
        "33 blieben."
    )


def test_a_comparison_needs_the_earlier_day(aachen: Workspace):
    with pytest.raises(BadRequest, match="since=2017-12-07"):
        network_document(aachen.network(), load_vocabulary(), lens="compare", as_of=DAY)


def test_a_period_is_a_bar_from_its_first_to_its_last_day(aachen: Workspace):
    shown = look(aachen, "time")
    span = dict(zip(shown["nodes"]["id"], shown["spans"], strict=True))["p-kjfp4"]
    years = {year: x for x, year in shown["axis"]}
    assert span[0] == pytest.approx(years["2023"], abs=1)
    assert span[1] == pytest.approx(years["2026"] + YEAR, abs=1)
    assert span[2] == pytest.approx(years["2026"], abs=1)


def test_a_plan_without_any_date_has_a_name_and_no_bar(aachen: Workspace):
    shown = look(aachen, "time")
    assert sum(span == [None, None, None] for span in shown["spans"]) == 15
    assert "bei 15 gar kein Zeitraum" in shown["said"][0]["de"]


def test_held_places_of_the_net_stay_when_a_plan_goes(aachen: Workspace):
    network = aachen.network()
    before = look(aachen, "net", limit=150)
    places = zip(before["nodes"]["x"], before["nodes"]["y"], strict=True)
    held = {aachen.node(key): (x, y) for key, (x, y) in zip(before["nodes"]["id"], places, strict=True)}
    after = look(aachen, "net", limit=140, held=held)
    for key, x, y in zip(*(after["nodes"][name] for name in ("id", "x", "y")), strict=True):
        assert (x, y) == held[str(network.iri(key))]


def test_what_overlapping_plans_share_comes_rare_first_with_its_count(aachen: Workspace):
    shown = aachen.drawing(View(lens="shared", as_of=DAY, plans=("p-praev", "p-spk")))
    shares, label = shown["shares"], shown["nodes"]["label"]
    assert shares is not None
    assert [label[number] for number in shares["columns"]] == [
        aachen.network().label(aachen.node(plan)) for plan in ("p-praev", "p-spk")
    ]
    kinds = [shown["types"][shown["nodes"]["type"][number]]["name"] for number in shares["rows"]]
    assert kinds == sorted(kinds, key=["Topic", "TargetGroup", "Area"].index)
    assert shares["of"] == 63
    assert all(1 < count < 63 for count in shares["counts"])
    assert all(all(row) for row in shares["cells"])


def test_without_plans_named_those_of_the_foremost_overlaps_are_shown(aachen: Workspace):
    shown = aachen.drawing(View(lens="shared", as_of=DAY))
    foremost = aachen.overlaps(DAY).findings[0].plans
    shares = shown["shares"]
    assert shares is not None
    plans = [shown["nodes"]["id"][number] for number in shares["columns"]]
    assert len(plans) == 10
    assert set(foremost) <= set(plans)


@pytest.mark.parametrize("lens", ["lanes", "net", "time", "compare"])
def test_filters_narrow_the_plans_and_say_so(aachen: Workspace, lens: str):
    network = aachen.network()
    view = View(lens=lens, as_of=DAY, since=SEED, filters=Filters(departments=("dep-fb52",)))
    shown = aachen.drawing(view)
    plans = [key for key in shown["nodes"]["id"] if network.type(str(network.iri(key))) == "Plan"]
    units = [
        {
            *network.targets(aachen.node(plan), "leadUnit"),
            *network.targets(aachen.node(plan), "participatingUnit"),
        }
        for plan in plans
    ]
    assert plans
    assert all(aachen.node("dep-fb52") in held for held in units)
    assert "passen nicht zu den Filtern" in shown["limits"]["reason"]["de"]
    assert "department=dep-fb52" in shown["permalink"]


def test_with_filters_other_things_are_shown_only_beside_a_plan_that_passes(aachen: Workspace):
    shown = aachen.drawing(View(as_of=DAY, filters=Filters(groups=("tg-aeltere",), topics=("t-wohnen",))))
    every = aachen.drawing(View(as_of=DAY))
    assert 0 < len(shown["nodes"]["id"]) < len(every["nodes"]["id"]) / 2
    linked = {*shown["edges"]["source"], *shown["edges"]["target"]}
    assert linked == set(range(len(shown["nodes"]["id"])))


def test_a_broader_area_takes_in_what_lies_inside(aachen: Workspace):
    city = aachen.drawing(View(as_of=DAY, kinds=("Plan",), filters=Filters(areas=("a-stadt",))))
    assert "p-forst-isek" in city["nodes"]["id"]


def test_a_period_keeps_plans_without_a_recorded_one(aachen: Workspace):
    shown = aachen.drawing(
        View(lens="time", as_of=DAY, filters=Filters(start=date(2031, 1, 1), end=date(2032, 1, 1)))
    )
    spans = [span for span in shown["spans"] if span[1] is not None]
    assert shown["nodes"]["id"]
    assert all(span[1] > next(x for x, year in shown["axis"] if year == "2031") for span in spans)


def test_the_state_of_a_finding_narrows_to_its_plans(aachen: Workspace):
    decided = aachen.drawing(View(as_of=DAY, kinds=("Plan",), filters=Filters(states=("bestätigt",))))
    undecided = aachen.drawing(View(as_of=DAY, kinds=("Plan",), filters=Filters(states=("offen",))))
    assert decided["nodes"]["id"] == []
    assert undecided["nodes"]["id"]


def test_an_unknown_filter_is_refused(aachen: Workspace):
    with pytest.raises(NotFound, match="dep-mond"):
        aachen.drawing(View(filters=Filters(departments=("dep-mond",))))


def test_a_source_narrows_by_its_short_id_too_and_only_sources_that_speak_of_plans_are_offered(aachen):
    network = aachen.network()
    shown = [
        aachen.drawing(View(every=True, filters=Filters(sources=(name,))))["nodes"]["id"]
        for name in ("rt-sep2", "source/rt-sep2")
    ]
    assert shown[0] == shown[1] != []
    offered = next(choice for choice in filter_choices(network, Filters()) if choice.name == "source").things
    keys = {network.id(node) for node in plan_sources(network)}
    assert {key for key, _ in offered} <= keys
    assert ("source/rt-sep2" in {key for key, _ in offered}, "source/la-alt" in keys) == (True, False)
