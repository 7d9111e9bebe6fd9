from __future__ import annotations

import pyshacl
import pytest
import rdflib
from rdflib.compare import isomorphic

from ontology import rdf
from ontology.checking import SHAPES, Report, check, load_shapes
from ontology.terms import PREFIXES, PW
from ontology.terms import SHAPES as SHAPE
from ontology.text import Text

CODE = "https://w3id.org/planwerk/scheme/"
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + (
    "@prefix : <https://example.org/id/> .\n"
    f"@prefix status: <{CODE}plan-status#> .\n"
    f"@prefix kind: <{CODE}relation-kind#> .\n"
    f"@prefix modality: <{CODE}modality#> .\n"
    f"@prefix paper: <{CODE}paper-type#> .\n"
    f"@prefix competence: <{CODE}competence#> .\n"
)
RELATION = (
    ":r a pw:PlanRelation ; pw:from :a ; pw:to :b ; pw:relationKind kind:replaces ; pw:modality modality:fact"
)


def graph_of(turtle: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=HEAD + turtle, format="turtle")


def found(turtle: str) -> set[str]:
    """Return the rules that a piece of Turtle breaks, blanks aside."""
    report = check(graph_of(turtle))
    return {result.rule for result in report.results if result.severity != "info"}


def test_a_sound_plan_breaks_no_rule():
    assert (
        found(
            ':p a pw:Plan ; skos:prefLabel "Plan"@de ; pw:validFrom "2015"^^xsd:gYear ; pw:status status:valid .'
        )
        == set()
    )


@pytest.mark.parametrize(
    ("turtle", "rule"),
    [
        (":p a pw:Plan .", "PlanHasTitle"),
        (':p a pw:Plan ; skos:prefLabel "P"@de ; pw:status status:gone .', "PlanStatusIsInList"),
        (':p a pw:Plan ; skos:prefLabel "P"@de ; pw:status "gültig" .', "PlanStatusIsInList"),
        (':p a pw:Plan ; skos:prefLabel "P"@de ; pw:planKind "Konzept" .', "PlanKindIsAConcept"),
        (':p a pw:Plan ; skos:prefLabel "P"@de ; pw:leadUnit :nobody .', "PlanLeadIsKnown"),
        (':p a pw:Plan ; skos:prefLabel "P"@de ; pw:pursues :p .', "PlanGoalIsGoal"),
        (':p a pw:Plan ; skos:prefLabel "P"@de ; pw:validFrom "bald" .', "PlanStartIsADate"),
        (':p a pw:Plan ; skos:prefLabel "P"@de ; pw:validFrom "2024-02-30"^^xsd:date .', "PlanStartIsADate"),
        (':g a pw:Goal ; skos:prefLabel "Z"@de .', "GoalBelongsToAPlan"),
        (':g a pw:Goal ; skos:prefLabel "Z"@de ; pw:targetValue "viel" .', "GoalTargetIsANumber"),
        (
            ":r a pw:PlanRelation ; pw:from :a ; pw:to :b ; pw:relationKind kind:replaces .",
            "RelationHasOneModality",
        ),
        (RELATION + ", modality:demand .", "RelationHasOneModality"),
        (":r a pw:PlanRelation ; pw:from :a ; pw:to :a .", "RelationLinksTwoThings"),
        (':a a pw:Area ; skos:prefLabel "R"@de ; pw:population -1 .', "AreaPopulationIsNotNegative"),
        (":s a pw:DeliberationStep ; pw:paper :v1, :v2 .", "StepHasOnePaper"),
        (":x pw:confidence 1.5 .", "ConfidenceIsAShare"),
        (":q a pw:Source ; prov:wasAttributedTo :who . :who a foaf:Person .", "SourceIsCreditedToNoPerson"),
        (":f a pw:FacetState ; pw:emptyKind :perhaps .", "FacetStateHasKind"),
        (
            ':t a pw:Topic ; skos:prefLabel "T"@de ; skos:broader :u . :u skos:broader :t .',
            "TopicIsNotBelowItself",
        ),
        (":a pw:partOfArea :b . :b pw:partOfArea :a .", "AreaIsNotInsideItself"),
    ],
)
def test_broken_structure_is_a_violation(turtle, rule):
    violations = {result.rule for result in check(graph_of(turtle)).of("violation")}
    assert rule in violations


@pytest.mark.parametrize(
    ("turtle", "rule"),
    [
        ('pw:startDay "2020-01-01"^^xsd:date ; pw:endDay "2019-12-31"^^xsd:date', "PlanRunsForward"),
        (
            'pw:decidedDay "2021-01-01"^^xsd:date ; pw:endDay "2020-12-31"^^xsd:date',
            "PlanIsDecidedBeforeItEnds",
        ),
        ('pw:validTo "2020"^^xsd:gYear, "2021"^^xsd:gYear', "PlanHasOneEnd"),
        ('pw:decidedOn "2009-03-01"^^xsd:date', "PlanIsDecidedOnAWorkday"),
        ('pw:decidedOn "2024-12-29"^^xsd:date', "PlanIsDecidedOnAWorkday"),
    ],
)
def test_a_contradiction_is_a_warning(turtle, rule):
    report = check(graph_of(f':p a pw:Plan ; skos:prefLabel "P"@de ; {turtle} .'))
    assert [result.rule for result in report.of("warning")] == [rule]
    assert report.sound


@pytest.mark.parametrize(
    "day", ["2009-02-28", "2009-03-02", "2024-02-29", "2024-12-28", "2024-12-30", "2000-01-03"]
)
def test_a_decision_on_another_day_than_sunday_is_fine(day):
    assert found(f':p a pw:Plan ; skos:prefLabel "P"@de ; pw:decidedOn "{day}"^^xsd:date .') == set()


def test_a_decision_of_which_only_the_year_is_known_falls_on_no_sunday():
    assert found(':p a pw:Plan ; skos:prefLabel "P"@de ; pw:decidedOn "2009"^^xsd:gYear .') == set()


def test_a_paper_for_information_on_which_a_body_decided_is_a_warning():
    paper = ':v a pw:CouncilPaper ; skos:prefLabel "V"@de ; pw:paperType paper:for-information .'
    step = ':b a pw:Body ; skos:prefLabel "B"@de . :s a pw:DeliberationStep ; pw:paper :v ; pw:body :b ; dct:date "2024-01-01"^^xsd:date'
    assert found(f"{paper} {step} ; pw:competence competence:information .") == set()
    assert found(f"{paper} {step} ; pw:competence competence:decision .") == {
        "PaperForInformationIsNotDecided"
    }


def test_what_nobody_said_is_no_error_but_not_collected():
    report = check(graph_of(':p a pw:Plan ; skos:prefLabel "P"@de .'))
    assert report.sound
    assert {result.rule for result in report.of("info")} == {
        "PlanHasArea",
        "PlanHasDecisionDate",
        "PlanHasDecisionKind",
        "PlanHasLead",
        "PlanHasStart",
        "PlanHasStatus",
        "PlanHasTargetGroup",
        "PlanHasTopic",
    }


def test_a_replaced_plan_without_a_recorded_successor_is_not_collected():
    plan = ':p a pw:Plan ; skos:prefLabel "P"@de ; pw:status status:replaced .'
    assert "PlanReplacedNamesItsSuccessor" in check(graph_of(plan)).by_rule()
    assert "PlanReplacedNamesItsSuccessor" not in check(graph_of(plan + " :q pw:continues :p .")).by_rule()


def test_a_code_of_a_foreign_list_needs_no_type():
    assert found(':p a pw:Plan ; skos:prefLabel "P"@de ; pw:planKind <https://example.com/list/7> .') == set()


def test_dates_of_any_precision_are_dates():
    dates = '"2024"^^xsd:gYear, "2024-05"^^xsd:gYearMonth, "2024-05-06"^^xsd:date, "2024/2025"^^edtf:EDTF'
    assert found(f':i a pw:Indicator ; skos:prefLabel "K"@de ; pw:asOf {dates} .') == set()


def test_a_result_says_where_what_and_why_in_two_languages():
    (result,) = check(
        graph_of(':g a pw:Goal ; skos:prefLabel "Z"@de ; pw:direction "auf" . :p pw:pursues :g .')
    ).of("violation")
    assert result.focus == "https://example.org/id/g"
    assert result.shape == SHAPE + "GoalDirectionIsInList"
    assert result.path == PW.direction
    assert result.value == "auf"
    assert result.message == Text(
        "Zielrichtung: Dieser Wert steht nicht in der Begriffsliste.",
        "Direction: this value is not in the code list.",
    )


def test_the_gravest_comes_first():
    report = check(graph_of(':p a pw:Plan ; pw:validTo "2020"^^xsd:gYear, "2021"^^xsd:gYear .'))
    severities = [result.severity for result in report.results]
    assert severities == sorted(severities, key=["violation", "warning", "info"].index)
    assert report.counts["violation"] == 1
    assert report.counts["warning"] == 1
    assert not report.sound


def test_an_empty_graph_is_sound():
    assert check(rdflib.Graph()) == Report(())


def test_checking_changes_nothing():
    triples = graph_of(':p a pw:Plan ; skos:prefLabel "P"@de .')
    before = rdflib.Graph() + triples
    check(triples)
    assert isomorphic(before, triples)


def test_statements_of_several_sources_are_checked_together():
    dataset = rdflib.Dataset()
    dataset.graph("https://example.org/source/a").parse(data=HEAD + ":g a pw:Goal .", format="turtle")
    dataset.graph("https://example.org/source/b").parse(
        data=HEAD + ':g skos:prefLabel "Z"@de . :p pw:pursues :g .', format="turtle"
    )
    assert check(dataset).sound


def test_asking_a_rule_once_for_all_things_answers_as_asking_it_for_each():
    triples = graph_of("""
        :p a pw:Plan ; pw:decidedOn "2009-03-01"^^xsd:date . :q a pw:Plan ; pw:decidedOn "2009-03-02"^^xsd:date .
        :a pw:partOfArea :b . :b pw:partOfArea :a . :c pw:partOfArea :a .
        :d pw:firstYear "2023"^^xsd:gYear ; pw:lastYear "2011"^^xsd:gYear .
    """)
    whole = rdf.read_turtle(SHAPES)
    _conforms, report, _text = pyshacl.validate(triples, shacl_graph=whole, inference="none")
    queried = {query.shape for query in load_shapes().queries}
    assert len(queried) == 7
    ours = {(r.shape, r.focus) for r in check(triples).results if r.shape in queried}
    theirs = {
        (str(report.value(node, rdflib.SH.sourceShape)), str(report.value(node, rdflib.SH.focusNode)))
        for node in report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)
    }
    assert len(ours) == 4
    assert ours == {(shape, focus) for shape, focus in theirs if shape in queried}


def test_literals_keep_the_form_in_which_they_were_written():
    triples = graph_of(':x pw:value "2.50"^^xsd:decimal, "007"^^xsd:integer .')
    assert {str(value) for value in triples.objects()} == {"2.50", "007"}


def test_a_check_leaves_the_keeping_of_literals_switched_on():
    check(graph_of(":p a pw:Plan ."))
    assert {str(value) for value in graph_of(':x pw:value "007"^^xsd:integer .').objects()} == {"007"}


def test_statements_come_back_unchanged_from_the_store():
    triples = graph_of(':x skos:note "ja"@de, "7"^^xsd:integer, "plain" ; pw:to :y, [] .')
    assert isomorphic(rdf.merged(rdf.indexed(triples)), triples)


def test_a_statement_about_a_statement_is_refused():
    with pytest.raises(TypeError, match="cannot be read"):
        rdf.merged(
            rdf.ox.parse("<urn:a> <urn:b> <<( <urn:c> <urn:d> <urn:e> )>> .", rdf.ox.RdfFormat.N_TRIPLES)
        )
