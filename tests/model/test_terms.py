from __future__ import annotations

import subprocess
import sys

import pyoxigraph as ox
import pytest

from ontology.terms import (
    CPSV,
    CV,
    DCAT,
    DCT,
    ELI,
    FOAF,
    GEO,
    ONTOLOGY,
    ORG,
    PREFIXES,
    PROV,
    PW,
    SKOS,
    terms_of,
)
from ontology.vocabulary import ontology_files


def declared_in_the_file() -> set[str]:
    return {
        quad.subject.value
        for quad in ox.parse(path=str(ontology_files()[0]))
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value != ONTOLOGY
    }


def test_the_closed_namespace_and_the_ontology_file_hold_the_same_terms():
    own = {iri for iri in declared_in_the_file() if iri.startswith(PREFIXES["pw"])}
    assert set(terms_of(PW).values()) == own


@pytest.mark.parametrize("foreign", [CPSV, CV, DCAT, DCT, ELI, FOAF, GEO, ORG, PROV, SKOS])
def test_each_foreign_term_in_use_has_local_names_in_the_ontology_file(foreign):
    prefix = PREFIXES[foreign.__name__.lower()]
    assert set(terms_of(foreign).values()) == {i for i in declared_in_the_file() if i.startswith(prefix)}


def test_a_misspelt_term_is_an_error():
    with pytest.raises(AttributeError, match="Plann"):
        PW.Plann  # noqa: B018


def test_a_type_checker_sees_a_misspelt_term(tmp_path):
    module = tmp_path / "misspelt.py"
    module.write_text("from ontology.terms import PW\nPW.Plan\nPW.Plann\n")
    found = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-incremental", str(module)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'misspelt.py:3: error: "type[PW]" has no attribute "Plann"' in found.stdout
    assert "misspelt.py:2" not in found.stdout


def test_a_term_named_like_a_python_keyword_keeps_its_iri():
    assert PW.from_ == "https://w3id.org/planwerk/ontology#from"
    assert terms_of(PW)["from"] == PW.from_


def test_reading_terms_and_tables_loads_no_rdf_library():
    code = (
        "import sys, ontology.terms, ontology.tables; ontology.tables.load_tables();"
        "assert not {'rdflib', 'pyoxigraph', 'pyshacl'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
