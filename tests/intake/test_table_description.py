from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ontology.tables import Column, Table, expand, load_tables
from ontology.terms import DCT, ORG, PW, SKOS, XSD
from ontology.text import Text
from ontology.vocabulary import load_vocabulary

AACHEN = Path(__file__).parents[2] / "data" / "aachen"


def table(name: str) -> Table:
    return next(table for table in load_tables() if table.name == name)


def column(name: str, of: str) -> Column:
    found = table(of).column(name)
    assert found is not None
    return found


def test_every_table_of_aachen_is_described_and_no_other():
    assert {table.file for table in load_tables()} == {path.name for path in AACHEN.glob("*.csv")}


@pytest.mark.parametrize("described", load_tables(), ids=lambda described: described.name)
def test_the_columns_are_those_of_the_file_in_its_order(described):
    with (AACHEN / described.file).open(encoding="utf-8", newline="") as file:
        there = next(csv.reader(file))
    assert there == [c.name for c in described.columns if c.name in there or not c.optional]


def test_a_folder_may_leave_out_broader_topics_planned_decisions_and_what_spreadsheets_said():
    said = ("departments", "goals", "indicators", "instruments", "measures", "plans")
    assert {(t.name, c.name) for t in load_tables() for c in t.columns if c.optional} == {
        ("topics", "broader"),
        ("plans", "planned_on"),
        *(("sources", column) for column in ("attributed_to", "role", "review")),
        *((name, column) for name in said for column in ("place", "as_typed")),
    }


def test_every_class_and_property_of_the_tables_is_a_term_of_the_ontology():
    vocabulary = load_vocabulary()
    columns = [column for table in load_tables() for column in table.columns]
    assert {table.class_ for table in load_tables()} - vocabulary.classes.keys() == set()
    assert {c.property for c in columns if c.property} - vocabulary.properties.keys() == set()


def test_every_column_states_something_or_names_the_row_or_its_source():
    silent = [c.kind for table in load_tables() for c in table.columns if c.property is None]
    assert set(silent) == {"key", "graph"}


def test_references_name_tables_that_exist():
    names = {table.name for table in load_tables()} | {"*"}
    for described in load_tables():
        for named in described.columns:
            assert set(named.refers_to) <= names, (described.name, named.name)
            assert (named.kind == "reference") == bool(named.refers_to)


def test_a_list_of_references_is_split_at_the_semicolon():
    assert column("topics", "plans") == Column(
        name="topics",
        title=Text("Themen", "Topics"),
        kind="reference",
        property=PW.topic,
        separator=";",
        refers_to=("topics",),
    )


def test_a_closed_code_list_is_told_from_an_open_one():
    assert (column("status", "plans").scheme, column("status", "plans").closed) == ("plan-status", True)
    assert (column("kind", "plans").scheme, column("kind", "plans").closed) == ("plan-kind", False)


def test_words_of_a_boolean_are_german():
    named = column("named_in_seed", "departments")
    assert (named.kind, named.datatype, named.true, named.false) == ("boolean", XSD.boolean, "ja", "nein")


def test_an_inverse_column_states_the_property_of_what_it_names():
    assert column("plan", "goals").inverse
    assert column("plan", "goals").property == PW.pursues
    assert not column("plan", "measures").inverse


def test_what_a_row_repeats_from_its_source_is_known():
    assert column("source_url", "plans").kind == "from_source"
    assert column("source_url", "plans").property == PW.address
    assert column("source_date", "plans").property == DCT.date


def test_a_deliberation_is_named_by_paper_body_and_date():
    assert table("deliberations").key == ("paper", "body", "date")
    assert table("deliberations").about == "step/{paper}/{body}/{date}"


def test_prefixed_names_become_full_iris():
    assert expand("skos:prefLabel") == SKOS.prefLabel
    assert expand("org:unitOf") == ORG.unitOf


def test_an_unknown_prefix_is_refused():
    with pytest.raises(KeyError, match="nope"):
        expand("nope:thing")


def test_a_column_that_is_not_there_is_nothing():
    assert table("plans").column("colour") is None
