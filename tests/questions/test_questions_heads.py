"""What the head of a question says beside its titles: how the answer is shown, what no row means, its parameters in SPARQL."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.jobs.asking import bindings_of, query_of, question
from api.pages.asking.questions import RESERVED
from ontology.parameters import written
from ontology.questions import GROUPS, Show, load_questions, read_question
from ontology.vocabulary import load_vocabulary

BASE = "https://w3id.org/planwerk/id/"
QUESTIONS = load_questions()
HEAD = """# title@de: Was gibt es?
# title@en: What is there?
# description@de: Alles.
# description@en: All.
# group: inventory
# columns: plan, planLabel, plans
{more}SELECT ?plan ?planLabel ?plans WHERE {{ ?plan ?planLabel ?plans }}
"""
#: A value for each kind of parameter that Aachen's data answer to.
GIVEN = {
    "area": "a-innenstadt",
    "body": "b-rat",
    "department": "dep-fb56",
    "paper": "v043",
    "plan": "p-kjfp4",
    "series": "s-kjfp",
    "source": "source/rt-kjfp4",
    "target-group": "tg-kinder",
    "topic": "t-kultur",
    "date": "2017-12-07",
    "text": "plan",
}


def head(folder: Path, more: str) -> Path:
    path = folder / "q99-test.rq"
    path.write_text(HEAD.format(more=more), "utf-8")
    return path


def test_there_are_at_least_forty_questions_and_four_in_each_group():
    counts = {
        group: sum(q.group == group for q in QUESTIONS.values()) for group in GROUPS if group != "across"
    }
    assert len(QUESTIONS) >= 40
    assert {group: count for group, count in counts.items() if count < 4} == {}


def test_a_head_says_how_the_answer_is_shown(tmp_path):
    found = read_question(
        head(tmp_path, "# show: table\n# show: matrix row=plan column=planLabel value=plans\n")
    )
    assert found.shows == (
        Show("table", {}),
        Show("matrix", {"row": "plan", "column": "planLabel", "value": "plans"}),
    )


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("# show: pie by=plan of=plans\n", "no way of showing: pie"),
        ("# show: chart by=plan\n", "chart is shown by by, of"),
        ("# show: chart by=plan of=plans size=3\n", "chart is shown by by, of"),
        ("# show: chart by=plan of=nothing\n", "no column: nothing"),
        ("# show: matrix plan plans\n", "no way of showing"),
        ("# show:\n", "no way of showing|not an entry"),
        ("# empty@de: Nichts.\n", "together"),
        ("# facet: pursues\n# facet: topic\n", "at most one line"),
        ("# narrow: nothing\n", "no parameter: nothing"),
    ],
)
def test_a_head_that_shows_what_there_is_not_is_refused(tmp_path, line, complaint):
    with pytest.raises(ValueError, match=complaint):
        read_question(head(tmp_path, line))


def test_no_parameter_is_called_like_a_word_of_the_address():
    taken = {parameter.name for found in QUESTIONS.values() for parameter in found.parameters}
    assert taken & RESERVED == set()


def test_a_facet_is_a_property_that_the_vocabulary_knows():
    names = {term.name for term in load_vocabulary().properties.values()}
    facets = {found.facet for found in QUESTIONS.values() if found.facet}
    assert facets
    assert facets <= names
    assert all(any(p.name == "plan" for p in found.parameters) for found in QUESTIONS.values() if found.facet)


def with_parameters():
    for found in QUESTIONS.values():
        if found.parameters:
            yield pytest.param(found, {}, id=f"{found.name}-free")
            given = {parameter.name: GIVEN[parameter.type] for parameter in found.parameters}
            yield pytest.param(found, given, id=f"{found.name}-given")


@pytest.mark.parametrize(("found", "given"), list(with_parameters()))
def test_the_query_with_its_parameters_in_it_answers_the_same(aachen, found, given):
    terms = bindings_of(found, given, BASE)
    by_terms = aachen.host().query(found.text, bindings=terms)
    by_text = aachen.host().query(query_of(found, terms))
    shown = [{name: row.get(name) for name in found.shown} for row in by_terms.bindings()]
    assert [{name: row.get(name) for name in found.shown} for row in by_text.bindings()] == shown


def test_the_query_says_in_words_what_it_asks():
    found = question("q18")
    lines = query_of(found, bindings_of(found, {"asOf": "2017-12-07"}, BASE)).splitlines()
    assert lines[:2] == ["# Was galt an einem Tag?", "# What was in force on a day?"]
    assert '  VALUES ?asOf { "2017-12-07"^^<http://www.w3.org/2001/XMLSchema#date> }' in lines


def test_a_day_that_nobody_named_is_today():
    found = question("q18")
    assert date.today().isoformat() in query_of(found, bindings_of(found, {}, BASE))  # noqa: DTZ011


@given(st.text().filter(lambda text: not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text)))
def test_whatever_is_typed_stays_within_its_term(text):
    query = f"SELECT ?x WHERE {{ VALUES ?x {{ {written('literal', text)} }} }}"
    answer = ox.Store().query(query)
    assert isinstance(answer, ox.QuerySolutions)
    (row,) = answer
    value = row["x"]
    assert isinstance(value, ox.Literal)
    assert value.value == text


@pytest.mark.parametrize(
    "address", ["http://x/> } #", "http://x/ y", 'http://x/"', "http://x/\\u003e", "", "a\nb"]
)
def test_an_address_that_sparql_cannot_write_is_refused(address):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the address is all it says
        written("iri", address)
    assert refused.value.args == (address,)


def test_descriptions_name_columns_by_their_words_not_their_variables():
    for found in QUESTIONS.values():
        variables = {name for name in found.columns if not name.islower()}
        words = set(re.findall(r"\w+", found.description.de + " " + found.description.en))
        assert words & variables == set(), found.name


def test_a_question_that_another_points_to_exists():
    numbers = {name.partition("-")[0] for name in QUESTIONS}
    for found in QUESTIONS.values():
        said = [found.description, *([found.empty] if found.empty else [])]
        named = {number for text in said for number in re.findall(r"\bq\d\d\b", text.de + text.en)}
        assert named <= numbers, found.name
