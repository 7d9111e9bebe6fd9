"""What is said otherwise to Virtuoso 7, and what is not. Its answers are compared in ``tests/stores/beside_virtuoso.py``."""

from __future__ import annotations

from graph.store.remote.virtuoso.queries import asked_of_virtuoso


def test_only_what_virtuoso_computes_otherwise_is_said_otherwise() -> None:
    plain = """PREFIX pw: <urn:pw#>
      SELECT ?x WHERE { ?x pw:says "für" ; (pw:a|pw:b) ?y ; pw:list ("ä" "ö") . VALUES (?z ?w) { ("ü" "ß"@de) }
        FILTER(BOUND(?y) || ?y = "ä"@de || ?y = "x") # "→"
        BIND(STR("a") AS ?c) } ORDER BY STRLEN(?y) LIMIT 10"""
    assert asked_of_virtuoso(plain) == plain


def test_a_list_in_words_keeps_the_sign_between_them() -> None:
    text = 'SELECT (GROUP_CONCAT(?x; SEPARATOR=" → ") AS ?y) { ?x ?p ?o }'
    assert asked_of_virtuoso(text) == text
    assert asked_of_virtuoso('SELECT (GROUP_CONCAT(CONCAT(?x, "ä")) AS ?y) { ?x ?p ?o }') == (
        'SELECT (GROUP_CONCAT(CONCAT(?x, "ä"^^<http://www.w3.org/2001/XMLSchema#string>); SEPARATOR=" ") AS ?y)'
        " { ?x ?p ?o }"
    )


def test_a_sub_select_that_is_sorted_or_counted_stays_as_it_is() -> None:
    text = "SELECT * { { SELECT ?x { ?x ?p ?y } ORDER BY ?y LIMIT 20000 } } LIMIT 10001"
    assert asked_of_virtuoso(text) == text
