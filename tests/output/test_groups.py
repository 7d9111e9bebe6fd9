"""Too many things for one picture are shown in groups, with counts, and with a word on what is hidden."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from graph.errors import BadRequest
from graph.network.build import Network, build_network
from graph.output.drawing.filters import Filters
from graph.output.drawing.network_json import network_document, table_rows
from graph.output.lenses.view import View
from graph.output.takeaway.formats import WRITERS
from graph.output.takeaway.picture import graph_fragment
from graph.statement import Statement
from ontology.terms import DCT, ORG, PW, RDF, SKOS
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    import httpx

    from api.workspace import Workspace
    from graph.output.drawing.document import Document

BASE = "https://example.org/id/"
DAY = date(2026, 1, 1)
NO_LEAD = "group/none"


def city(plans: int) -> Network:
    """Return a city in which FB 61 leads all plans but one, FB 56 a goal's plan, and nobody the last."""
    said = [
        *thing("dep-61", ORG.OrganizationalUnit, "Stadtentwicklung"),
        *thing("dep-56", ORG.OrganizationalUnit, "Wohnen"),
    ]
    said.append(Statement(BASE + "dep-61", DCT.identifier, "FB 61", "s", "string"))
    for number in range(plans):
        said += thing(f"p-{number}", PW.Plan, f"Plan {number}")
        said += [link(f"p-{number}", PW.leadUnit, "dep-61")] if number < plans - 2 else []
    said += [link(f"p-{plans - 2}", PW.leadUnit, "dep-56"), *thing("g-a", PW.Goal, "Mehr Wohnungen")]
    said += [link(f"p-{plans - 2}", PW.pursues, "g-a"), link("p-0", PW.participatingUnit, "dep-56")]
    said += [link("p-1", PW.alignedWith, f"p-{plans - 2}")]
    return build_network(said, BASE)


def thing(name: str, kind: str, label: str) -> list[Statement]:
    return [
        Statement(BASE + name, RDF.type, kind, "s"),
        Statement(BASE + name, SKOS.prefLabel, label, "s", "string", "de"),
    ]


def link(one: str, relation: str, other: str) -> Statement:
    return Statement(BASE + one, relation, BASE + other, "s")


def look(network: Network, **asked: object) -> Document:
    return network_document(network, load_vocabulary(), **asked)  # type: ignore[arg-type]


def test_more_than_a_thousand_nodes_are_grouped_by_who_leads():
    shown = look(city(1100))
    assert dict(zip(shown["nodes"]["id"], shown["nodes"]["label"], strict=True)) == {
        "dep-61": "Stadtentwicklung: 1098 Planwerke",
        "dep-56": "Wohnen: 1 Planwerk, 1 Ziel",
        NO_LEAD: "Federführung nicht erfasst: 1 Planwerk",
    }
    assert "FB 61 Stadtentwicklung: 1098 Planwerke" in shown["nodes"]["short"]
    assert (shown["aggregate"], shown["limits"]["shown"], shown["limits"]["total"]) == ("department", 3, 1101)


def test_up_to_a_thousand_nodes_each_is_shown_as_far_as_there_is_room():
    shown = look(city(900))
    assert (shown["aggregate"], len(shown["nodes"]["id"])) == ("", 200)


def test_groups_say_how_many_are_hidden_and_how_one_is_opened():
    assert look(city(1100))["limits"]["reason"] == {
        "de": "Zusammengefasst: 1101 Einträge in 3 Gruppen nach Federführung; einzeln sind sie nicht gezeigt. "
        "Eine Gruppe öffnet der Filter, zum Beispiel /graph?department=dep-61.",
        "en": "Grouped: 1101 entries in 3 groups by lead; none is shown by itself. "
        "The filter opens a group, for instance /graph?department=dep-61.",
    }


def test_a_line_between_two_groups_counts_the_links_between_what_is_in_them():
    rows = {
        row.id: [said.de for said in row.sentences]
        for row in table_rows(look(city(10), aggregate="department"))
    }
    assert rows["dep-61"] == ["2 Verbindungen mit Wohnen: 1 Planwerk, 1 Ziel"]
    assert rows["dep-56"] == ["2 Verbindungen mit Stadtentwicklung: 8 Planwerke"]
    assert rows[NO_LEAD] == []


def test_groups_speak_the_language_of_the_page():
    labels = look(city(10), aggregate="department", lang="en")["nodes"]["label"]
    assert sorted(labels) == [
        "Lead not recorded: 1 plan",
        "Stadtentwicklung: 8 plans",
        "Wohnen: 1 plan, 1 goal",
    ]


def test_above_the_limit_the_largest_groups_are_shown_and_that_is_said():
    shown = look(city(10), aggregate="department", limit=2)
    assert set(shown["nodes"]["id"]) == {"dep-61", "dep-56"}
    assert "Gezeigt sind die 2 größten Gruppen." in shown["limits"]["reason"]["de"]


def test_only_the_kinds_asked_for_are_counted():
    labels = look(city(10), aggregate="department", kinds=["Goal"])["nodes"]["label"]
    assert labels == ["Wohnen: 1 Ziel"]


def test_a_grouping_that_there_is_not_is_refused():
    with pytest.raises(BadRequest, match="aggregate=mond: möglich sind department, topic"):
        look(city(10), aggregate="mond")


@pytest.mark.parametrize("by", ["department", "topic"])
def test_every_plan_of_the_picture_is_in_a_group(aachen: Workspace, by: str):
    shown = aachen.drawing(View(as_of=DAY, aggregate=by, kinds=("Plan",)))
    assert shown["limits"]["total"] == 63
    counted = sum(int(label.rpartition(": ")[2].split()[0]) for label in shown["nodes"]["label"])
    assert counted == 63 if by == "department" else counted > 63


def test_a_group_opens_to_the_plans_that_it_counts(aachen: Workspace):
    groups = aachen.drawing(View(as_of=DAY, aggregate="topic", kinds=("Plan",)))
    label = dict(zip(groups["nodes"]["id"], groups["nodes"]["label"], strict=True))
    for topic in ("t-wohnen", "t-klima"):
        opened = aachen.drawing(View(as_of=DAY, kinds=("Plan",), filters=Filters(topics=(topic,))))
        assert label[topic].endswith(f": {len(opened['nodes']['id'])} Planwerke")


def test_what_no_source_gives_a_lead_opens_like_any_group(aachen: Workspace):
    opened = aachen.drawing(View(as_of=DAY, kinds=("Plan",), filters=Filters(departments=(NO_LEAD,))))
    network = aachen.network()
    nodes = [str(network.iri(key)) for key in opened["nodes"]["id"]]
    assert nodes
    assert not any(network.targets(node, "leadUnit") for node in nodes)


def test_adding_a_plan_moves_no_group():
    before, after = (look(city(plans), aggregate="department")["nodes"] for plans in (10, 11))
    assert [before[name] for name in ("id", "x", "y")] == [after[name] for name in ("id", "x", "y")]


@pytest.mark.parametrize("suffix", [".html", ".svg", ".pdf", ".csv", ".xlsx", ".graphml", ".gexf"])
def test_groups_are_taken_along_in_every_format(suffix: str):
    shown = look(city(10), aggregate="department")
    assert WRITERS[suffix](shown, "de") == WRITERS[suffix](shown, "de") != b""


def test_on_the_page_a_group_is_opened_instead_of_its_surroundings():
    part = graph_fragment(look(city(10), aggregate="department"), focus_link="/graph?department={id}")
    assert "Gruppe öffnen" in part
    assert '"around":{"de":"Gruppe öffnen"' in part


def test_the_page_groups_where_its_address_asks_for_it(client: httpx.Client):
    page = client.get("/graph?aggregate=topic&as_of=2026-01-01").text
    assert 'data-focus-link="/graph?as_of=2026-01-01&amp;topic={id}"' in page
    assert 'href="/graph?as_of=2026-01-01&amp;aggregate=department"' in page
    assert client.get("/api/network?aggregate=topic").json()["aggregate"] == "topic"
