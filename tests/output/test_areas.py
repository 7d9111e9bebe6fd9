"""Who plans where: areas by spatial frame, never mixed, and nothing said of what nobody was asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from graph.network.build import build_network
from graph.output.drawing.area_table import areas_of
from graph.output.drawing.filters import Filters
from graph.output.drawing.network_json import network_document, table_rows
from graph.output.lenses.view import View
from graph.output.takeaway.picture import graph_fragment
from graph.statement import Statement
from ontology.terms import PW, RDF, SKOS
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from api.workspace import Workspace
    from graph.output.drawing.document import Document

BASE = "https://example.org/id/"
DAY = date(2026, 1, 1)
FACET = "https://example.org/facet#area"


def city(*more: Statement) -> Document:
    """Return the areas of a city with two districts, one of them with a quarter, and a neighbourhood of another frame.

    One plan is for the quarter, its goal for the neighbourhood; nothing speaks of the second district.
    """
    said = [*named("fr-b", PW.SpatialFrame, "Bezirke"), *named("fr-l", PW.SpatialFrame, "Lebensräume")]
    for area, frame in (("Nord", "fr-b"), ("Nord-West", "fr-b"), ("Süd", "fr-b"), ("Heide", "fr-l")):
        said += [*named(area, PW.Area, area), link(area, PW.inFrame, frame)]
    said += [
        *named("p-a", PW.Plan, "Radplan"),
        *named("g-a", PW.Goal, "Mehr Wege"),
        link("p-a", PW.pursues, "g-a"),
    ]
    said += [link("Nord-West", PW.partOfArea, "Nord"), link("Heide", PW.partOfArea, "Nord")]
    said += [link("p-a", PW.area, "Nord-West"), link("g-a", PW.area, "Heide"), link("g-a", PW.area, "Nord")]
    network = build_network([*said, *more], BASE)
    return network_document(network, load_vocabulary(), lens="areas")


def named(name: str, kind: str, label: str) -> list[Statement]:
    return [
        Statement(BASE + name, RDF.type, kind, "s"),
        Statement(BASE + name, SKOS.prefLabel, label, "s", "string", "de"),
    ]


def link(one: str, relation: str, other: str) -> Statement:
    return Statement(BASE + one, relation, BASE + other, "s")


def table(document: Document) -> list[tuple[str, list[tuple[str, int, tuple[int, int, int]]]]]:
    """Return each frame with its rows: area, depth, and the counts of plans, goals and measures."""
    frames = areas_of(document, "de")
    assert frames is not None
    return [(frame.label, [(row.label, row.depth, row.counts) for row in frame.rows]) for frame in frames]


def test_areas_stand_in_their_frame_and_under_what_encloses_them_there():
    assert table(city()) == [
        ("Bezirke", [("Nord", 0, (1, 1, 0)), ("Nord-West", 1, (1, 0, 0))]),
        ("Lebensräume", [("Heide", 0, (1, 1, 0))]),
    ]


def test_an_area_that_nobody_plans_for_is_not_shown_as_long_as_nobody_was_asked():
    said = city()["said"][1]["de"]
    assert "Nur für 0 von 1 Planwerken sind die Räume vollständig erfragt" in said


def test_where_the_areas_of_all_plans_were_asked_for_an_empty_row_says_that_nobody_plans_there():
    shown = city(Statement(BASE + "p-a", PW.complete, FACET, "s"))
    assert ("Süd", 0, (0, 0, 0)) in dict(table(shown))["Bezirke"]
    assert shown["said"][1]["de"] == (
        "Für alle 1 Planwerke ist erfragt, für welche Räume sie gelten; für 1 Räume plant niemand."
    )


def test_areas_that_enclose_each_other_do_no_harm():
    rows = table(city(link("Nord", PW.partOfArea, "Nord-West")))
    assert sorted(area for area, *_ in rows[0][1]) == ["Nord", "Nord-West"]


def test_an_area_without_a_frame_stands_last():
    shown = city(*named("Moor", PW.Area, "Moor"), link("p-a", PW.area, "Moor"))
    assert table(shown)[-1] == ("Ohne Raumgliederung", [("Moor", 0, (1, 0, 0))])


def test_every_area_and_plan_of_the_table_is_a_row_of_the_twin(aachen: Workspace):
    shown = aachen.drawing(View(as_of=DAY, lens="areas"))
    assert [row.id for row in table_rows(shown)] == shown["nodes"]["id"]
    held = shown["areas"]
    assert held is not None
    assert {*held["rows"], *(plan for row in held["named"] for plan in row)} == set(
        range(len(shown["nodes"]["id"]))
    )
    assert (len(held["rows"]), len(held["frames"])) == (29, 6)


def test_filters_narrow_the_plans_that_areas_count(aachen: Workspace):
    shown = aachen.drawing(View(as_of=DAY, lens="areas", filters=Filters(departments=("dep-fb52",))))
    held = shown["areas"]
    assert held is not None
    assert max(held["plans"]) < 10
    assert "passen nicht zu den Filtern" in shown["limits"]["reason"]["de"]


def test_many_plans_are_folded_after_three(aachen: Workspace):
    part = graph_fragment(aachen.drawing(View(as_of=DAY, lens="areas")))
    assert "<summary>+ 43</summary>" in part
    assert part.count("<td>46</td>") == 1
