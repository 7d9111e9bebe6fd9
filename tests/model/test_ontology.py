from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.checking import SHAPES
from ontology.tables import load_tables
from ontology.terms import ONTOLOGY, OWL, PREFIXES, RDF, RDFS, SCHEME, SKOS
from ontology.terms import SHAPES as SHAPE
from ontology.vocabulary import load_vocabulary, ontology_files

FOLDER = Path(SHAPES).parent
HYGIENE = sorted((FOLDER / "hygiene").glob("*.rq"))
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + (
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    "@prefix kind: <https://w3id.org/planwerk/scheme/relation-kind#> .\n"
    "@prefix level: <https://w3id.org/planwerk/scheme/level#> .\n"
)
CLASS = f"a owl:Class ; rdfs:isDefinedBy <{ONTOLOGY}> ; pw:answers 'q30-plans'"
LEVEL = f"a skos:Concept ; skos:inScheme <{SCHEME}level> ; skos:prefLabel 'Dorf'@de, 'village'@en"

PLANTED = {
    "broader-outside-scheme": ("level:x", "level:x skos:inScheme <level> ; skos:broader level:nowhere ."),
    "concept-outside-scheme": ("level:x", "level:x a skos:Concept ."),
    "concept-without-label": ("level:x", "level:x a skos:Concept ; skos:prefLabel 'Dorf'@de ."),
    "concept-without-notation": ("level:x", f"level:x {LEVEL} ."),
    "day-incomplete": ("pw:x", "pw:x pw:dayProperty pw:day ; pw:dayBound 'middle' ."),
    "definition-in-one-language": ("level:x", f"level:x {LEVEL} ; skos:definition 'Ein kleiner Ort.'@de ."),
    "definition-repeats-label": ("pw:x", "pw:x rdfs:label 'plan'@en ; skos:definition 'A plan.'@en ."),
    "drawing-incomplete": (
        "pw:x",
        "pw:x pw:drawnAs 'node' ; pw:lane 1 ; pw:shape 'heart' ; pw:colour '#000000' .",
    ),
    "drawing-shared": ("pw:Plan", "pw:x pw:shape 'dot' ; pw:colour '#E69F00' ."),
    "label-shared": ("pw:Plan", "pw:x rdfs:label 'planwerk'@de ."),
    "label-shared-in-scheme": ("level:city", f"level:x {LEVEL} ; skos:notation 'stadt' ."),
    "property-without-domain": ("pw:x", f"pw:x a owl:ObjectProperty ; rdfs:isDefinedBy <{ONTOLOGY}> ."),
    "property-without-range": ("pw:x", f"pw:x a owl:DatatypeProperty ; rdfs:isDefinedBy <{ONTOLOGY}> ."),
    "range-of-wrong-kind": ("pw:x", "pw:x a owl:ObjectProperty ; rdfs:range xsd:date ."),
    "relation-kind-without-family": ("kind:x", f"kind:x skos:inScheme <{SCHEME}relation-kind> ."),
    "rule-without-message": ("pw:x", "pw:x a sh:PropertyShape ; sh:message 'fehlt'@de ."),
    "rule-without-severity": ("pw:x", "pw:x a sh:PropertyShape ."),
    "scheme-without-definition": ("pw:x", "pw:x a skos:ConceptScheme ; skos:definition 'a list'@en ."),
    "term-undeclared": ("pw:planns", "<urn:a> pw:planns <urn:b> ."),
    "term-without-definition": ("pw:x", f"pw:x {CLASS} ; skos:definition 'Ein Ding.'@de ."),
    "term-without-label": ("pw:x", f"pw:x {CLASS} ; rdfs:label 'thing'@en ."),
    "term-without-origin": ("pw:x", "pw:x a owl:Class ."),
    "term-without-question": ("pw:x", "pw:x a owl:Class ."),
}


def stored(*texts: str) -> ox.Store:
    store = ox.Store()
    for text in texts:
        parsed = ox.parse(text, ox.RdfFormat.TURTLE, base_iri="urn:", rename_blank_nodes=True)
        store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in parsed)
    return store


@pytest.fixture(scope="module")
def files() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in (*ontology_files(), SHAPES)]


@pytest.fixture(scope="module")
def ontology(files) -> ox.Store:
    return stored(*files)


def offenders(store: ox.Store, query: Path) -> list[str]:
    solutions = store.query(query.read_text(encoding="utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    return [solution["term"].value for solution in solutions]


@pytest.mark.parametrize("query", HYGIENE, ids=lambda query: query.stem)
def test_the_ontology_files_hold_no_offender(ontology, query):
    assert offenders(ontology, query) == []


@pytest.mark.parametrize("query", HYGIENE, ids=lambda query: query.stem)
def test_a_hygiene_query_finds_a_planted_offender(files, query):
    term, planted = PLANTED[query.stem]
    prefix, _, name = term.partition(":")
    iri = re.search(rf"@prefix {prefix}: <(.*)>", HEAD)[1] + name
    assert iri in offenders(stored(*files, HEAD + planted), query)


@pytest.mark.parametrize("query", HYGIENE, ids=lambda query: query.stem)
def test_a_hygiene_query_says_in_two_languages_what_it_finds(query):
    first, second, *_ = query.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"# de: .+\.", first)
    assert re.fullmatch(r"# en: .+\.", second)


def test_the_ontology_names_its_version_licence_and_prefix():
    said = {
        quad.predicate.value: quad.object.value
        for quad in ox.parse(path=str(ontology_files()[0]))
        if quad.subject == ox.NamedNode(ONTOLOGY)
    }
    assert said[RDF.type] == OWL.Ontology
    version = said[OWL.versionInfo]
    assert said["http://www.w3.org/2002/07/owl#versionIRI"] == f"{ONTOLOGY}/{version}"
    assert said["http://purl.org/dc/terms/license"].endswith("/EUPL_1_2")
    assert said["http://purl.org/vocab/vann/preferredNamespaceUri"] == PREFIXES["pw"]


def test_terms_stand_on_standards_where_one_fits():
    pw = PREFIXES["pw"]
    parents = {
        name: load_vocabulary().classes[pw + name].parents for name in ("Plan", "Source", "Body", "Topic")
    }
    assert parents == {
        "Plan": (PREFIXES["prov"] + "Plan",),
        "Source": (PREFIXES["prov"] + "Entity",),
        "Body": (PREFIXES["org"] + "Organization",),
        "Topic": (SKOS.Concept,),
    }


def test_each_scheme_file_is_named_after_its_scheme_and_holds_only_its_concepts():
    for path in ontology_files()[1:]:
        scheme = ox.NamedNode(SCHEME + path.stem)
        homes = {quad.object for quad in ox.parse(path=str(path)) if quad.predicate.value == SKOS.inScheme}
        assert homes == {scheme}, path.name


def test_every_scheme_that_a_column_uses_is_shipped():
    used = {column.scheme for table in load_tables() for column in table.columns if column.scheme}
    assert used <= load_vocabulary().schemes.keys()


def test_every_question_a_term_names_is_numbered_and_in_plain_words():
    vocabulary = load_vocabulary()
    named = {
        q for term in (*vocabulary.classes.values(), *vocabulary.properties.values()) for q in term.answers
    }
    assert [name for name in named if not re.fullmatch(r"q\d\d-[a-z]+(-[a-z]+)*", name)] == []


def listed(shape: str) -> set[str]:
    """Return the values that a shape allows (sh:in)."""
    store = stored(SHAPES.read_text(encoding="utf-8"))
    query = f"""PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdf: <{PREFIXES["rdf"]}>
        SELECT ?value {{ <{SHAPE}{shape}> sh:in/rdf:rest*/rdf:first ?value }}"""
    return {solution["value"].value for solution in store.query(query)}


@pytest.mark.parametrize(
    ("shape", "scheme"),
    [
        ("PlanStatusIsInList", "plan-status"),
        ("PlanDecisionKindIsInList", "decision-kind"),
        ("GoalDirectionIsInList", "direction"),
        ("InstrumentStatusIsInList", "instrument-status"),
        ("MeasureStatusIsInList", "measure-status"),
        ("StepCompetenceIsInList", "competence"),
        ("EventDatePrecisionIsInList", "date-precision"),
        ("RelationKindIsInList", "relation-kind"),
        ("RelationModalityIsInList", "modality"),
        ("FacetStateHasKind", "empty-kind"),
        ("DutyModalityIsInList", "duty-modality"),
        ("DutyCycleIsInList", "cycle-kind"),
        ("FulfilmentHasState", "fulfilment-state"),
        ("ConditionStateIsInList", "condition-state"),
        ("CoordinationDutyKindIsInList", "coordination-kind"),
        ("DecisionHasState", "decision-state"),
        ("SourceReviewStateIsInList", "review-state"),
    ],
)
def test_a_shape_allows_exactly_the_values_of_the_closed_list(shape, scheme):
    assert listed(shape) == {concept.iri for concept in load_vocabulary().schemes[scheme].concepts.values()}


def test_every_closed_list_of_the_tables_is_held_by_a_shape():
    closed = {column.scheme for table in load_tables() for column in table.columns if column.closed}
    text = SHAPES.read_text(encoding="utf-8")
    assert [scheme for scheme in closed if f"<{SCHEME}{scheme}#" not in text] == []


def test_every_class_that_a_table_or_later_work_uses_has_a_shape(ontology):
    checked = {
        quad.object.value
        for quad in ontology.quads_for_pattern(
            None, ox.NamedNode("http://www.w3.org/ns/shacl#targetClass"), None, None
        )
    }
    own = {iri for iri in load_vocabulary().classes if iri.startswith(PREFIXES["pw"])}
    assert own - checked == {PREFIXES["pw"] + "Delivery", PREFIXES["pw"] + "EmptyKind"}
    assert {table.class_ for table in load_tables()} <= checked


def test_every_label_names_its_language(ontology):
    labels = ontology.quads_for_pattern(None, ox.NamedNode(RDFS.label), None, None)
    assert {quad.object.language for quad in labels} == {"de", "en"}


@pytest.mark.parametrize("module", ["terms", "tables", "vocabulary", "text"])
def test_the_examples_in_the_docstrings_run(module):
    ran = doctest.testmod(importlib.import_module(f"ontology.{module}"))
    assert ran.attempted > 0
    assert ran.failed == 0
