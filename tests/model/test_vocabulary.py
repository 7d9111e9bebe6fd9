from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ontology.tables import load_tables
from ontology.terms import CV, DCT, ORG, PW, SCHEME
from ontology.text import Text
from ontology.vocabulary import load_vocabulary, read_vocabulary

AACHEN = Path(__file__).parents[2] / "data" / "aachen"

vocabulary = load_vocabulary()


def codes_of_aachen(scheme: str) -> set[str]:
    """Return every word that Aachen's tables use from one code list."""
    used: set[str] = set()
    for table in load_tables():
        columns = [column for column in table.columns if column.scheme == scheme]
        with (AACHEN / table.file).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column in columns:
                    used |= set(
                        row.get(column.name, "").split(column.separator)
                        if column.separator
                        else [row.get(column.name, "")]
                    )
    return used - {""}


@pytest.mark.parametrize("scheme", sorted({c.scheme for t in load_tables() for c in t.columns if c.scheme}))
def test_every_code_of_aachen_is_in_its_list_as_typed(scheme):
    assert codes_of_aachen(scheme) <= vocabulary.schemes[scheme].concepts.keys()


def test_every_value_of_a_closed_list_says_what_it_means():
    closed = {column.scheme for table in load_tables() for column in table.columns if column.closed}
    unexplained = [
        c.iri for name in closed for c in vocabulary.schemes[name].concepts.values() if not c.definition
    ]
    assert unexplained == []


def test_a_term_has_names_in_two_languages():
    assert vocabulary.text(PW.pursues) == Text("verfolgt", "pursues")
    assert vocabulary.label(ORG.OrganizationalUnit, "de") == "Dienststelle"
    assert vocabulary.label(SCHEME + "plan-status", "en") == "Status of a plan"
    assert vocabulary.label(SCHEME + "plan-status#valid", "de") == "gültig"


def test_an_unknown_term_has_no_name():
    with pytest.raises(KeyError):
        vocabulary.label("https://example.org/thing", "de")


def test_a_relation_reads_in_both_directions():
    lead = vocabulary.properties[PW.leadUnit]
    assert (lead.label.de, lead.inverse_label) == ("federführend", Text("leitet", "leads"))


def test_a_department_is_drawn_left_of_its_plan_and_the_goal_right_of_it():
    lanes = [
        vocabulary.classes[iri].lane for iri in (ORG.OrganizationalUnit, PW.Plan, PW.Goal, PW.TargetGroup)
    ]
    assert lanes == sorted(lanes)
    assert vocabulary.classes[PW.TargetGroup].lane < vocabulary.classes[PW.SteeringInstrument].lane
    assert vocabulary.classes[PW.Plan].drawn_as == "node"


def test_a_relation_statement_is_drawn_as_an_edge_between_its_two_ends():
    drawn = vocabulary.classes[PW.PlanRelation]
    assert (drawn.drawn_as, drawn.edge_from, drawn.edge_to) == ("edge", PW.from_, PW.to)


def test_every_class_with_a_table_says_how_it_is_drawn():
    undrawn = [t.name for t in load_tables() if vocabulary.classes[t.class_].drawn_as is None]
    assert undrawn == []


def test_colours_are_those_of_okabe_and_ito():
    palette = {"#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"}
    assert {c.colour for c in vocabulary.classes.values() if c.colour} <= palette


@pytest.mark.parametrize(
    ("kind", "shortcut", "family"),
    [
        ("ersetzt", DCT.replaces, "succession"),
        ("schreibt_fort", PW.continues, "succession"),
        ("folgt_auf", PW.follows, "succession"),
        ("aktualisiert", PW.updates, "succession"),
        ("mündet_in", PW.flowsInto, "basis"),
        ("ist_Teil_von", DCT.isPartOf, "part"),
        ("gilt_weiter_bis", PW.inForceUntil, "succession"),
        ("wirkt_mit_an", PW.takesPartIn, "participation"),
        ("liefert_zu", PW.suppliesTo, "data"),
        ("nutzt", PW.uses, "use"),
        ("gefördert_durch", PW.fundedBy, "funding"),
        ("stimmt_ab_mit", PW.coordinatesWith, "coordination"),
        ("ist_Voraussetzung_für", PW.preconditionFor, "basis"),
        ("ist_Datengrundlage_für", PW.dataBasisFor, "data"),
        ("ist_Grundlage_für", PW.basisFor, "basis"),
        ("baut_auf", PW.buildsOn, "basis"),
        ("konkretisiert", PW.concretises, "content"),
        ("setzt_um", PW.implements, "content"),
        ("abgestimmt_auf", PW.alignedWith, "coordination"),
        ("berücksichtigt", PW.takesIntoAccount, "coordination"),
        ("teilt_Zuständigkeit", None, "authority"),
    ],
)
def test_a_kind_of_relation_knows_its_family_and_what_a_fact_of_it_becomes(kind, shortcut, family):
    concept = vocabulary.concept("relation-kind", kind)
    assert (concept.shortcut, concept.family) == (shortcut, family)


def test_no_shortcut_is_a_property_that_a_column_uses():
    columns = {column.property for table in load_tables() for column in table.columns}
    assert (
        columns & {concept.shortcut for concept in vocabulary.concepts.values() if concept.shortcut} == set()
    )


def test_only_four_kinds_of_relation_end_the_plan_they_point_to():
    ending = {c.notation for c in vocabulary.schemes["relation-kind"].concepts.values() if c.supersedes}
    assert ending == {"ersetzt", "schreibt_fort", "folgt_auf", "aktualisiert"}


def test_a_plan_counts_as_current_by_its_status():
    standing = {c.notation: c.standing for c in vocabulary.schemes["plan-status"].concepts.values()}
    assert standing == {
        "gültig": "current",
        "fortlaufend": "current",
        "in Erarbeitung": "current",
        "abgelöst": "past",
        "ausgelaufen": "past",
    }


def test_modalities_are_told_apart_by_slug_and_by_line():
    lines = {c.notation: (c.slug, c.line_style) for c in vocabulary.schemes["modality"].concepts.values()}
    assert lines == {
        "Tatsache": ("fact", "solid"),
        "Absicht": ("intention", "dashed"),
        "Forderung": ("demand", "dotted"),
    }


def test_bodies_that_coordinate_share_a_broader_kind():
    above = SCHEME + "instrument-type#coordinating-body"
    kinds = vocabulary.schemes["instrument-type"].concepts.values()
    assert {c.notation for c in kinds if above in vocabulary.ancestors(c.iri)} == {
        "Gremium",
        "Steuerungsgruppe",
        "Konferenz",
        "Netzwerk",
        "Kooperation",
    }


def test_the_three_kinds_of_empty_are_terms_with_a_notation():
    assert {c.iri for c in vocabulary.schemes["empty-kind"].concepts.values()} == {
        PW.none,
        PW.notAsked,
        PW.unknown,
    }


def test_dates_that_begin_take_the_first_day_and_dates_that_end_the_last():
    bounds = {p.name: (p.day_property, p.day_bound) for p in vocabulary.properties.values() if p.day_property}
    assert bounds == {
        "validFrom": (PW.startDay, "first"),
        "validTo": (PW.endDay, "last"),
        "decidedOn": (PW.decidedDay, "first"),
        "since": (PW.sinceDay, "first"),
        "until": (PW.untilDay, "last"),
        "deadline": (PW.deadlineDay, "last"),
        "firstDue": (PW.deadlineDay, "last"),
        "date": (PW.day, "first"),
    }


def test_local_names_tell_the_terms_apart_that_the_network_uses():
    names = [p.name for p in vocabulary.properties.values() if "rdf-syntax" not in p.iri]
    assert len(names) == len(set(names))
    assert len({c.name for c in vocabulary.classes.values() if c.drawn_as}) == 19
    assert vocabulary.classes[CV.PublicEvent].name == "PublicEvent"


def test_a_term_without_german_name_is_refused(tmp_path):
    file = tmp_path / "half.ttl"
    file.write_text(
        "<https://example.org/T> a <http://www.w3.org/2002/07/owl#Class> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "thing"@en .'
    )
    with pytest.raises(ValueError, match="lacks German or English"):
        read_vocabulary([file])


def test_a_term_without_any_name_is_refused(tmp_path):
    file = tmp_path / "nameless.ttl"
    file.write_text("<https://example.org/T> a <http://www.w3.org/2002/07/owl#Class> .")
    with pytest.raises(KeyError, match="label is missing"):
        read_vocabulary([file])


def test_a_name_falls_back_to_german_for_an_unknown_language():
    assert Text("Ziel", "goal")["fr"] == "Ziel"
