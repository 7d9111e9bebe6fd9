"""The words of a query are judged before any engine reads them."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import product

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import QueryRefused
from graph.store.query.guard import MOST_NESTED, Reading, check_query

_MOST = 64 * 1024
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH", "USING"}

_ORDINARY = """
PREFIX pw: <https://w3id.org/planwerk/ontology#>
PREFIX service: <https://example.org/service#>
# SERVICE <http://example.org/> and LOAD stand in a comment
SELECT ?service ?load (COUNT(?x) AS ?add) WHERE {
  GRAPH service:a { ?service pw:load "SERVICE <http://example.org/>" , 'INSERT'@de , \"\"\"DROP "ALL" \"\"\" }
  ?load <https://example.org/SERVICE#load(1)> [ pw:bürgerservice 5e3 , .5 , -1 ] ; a service:Service .
  FILTER(?x < 5 && ?x>3 || REGEX(STR(?load), "\\\\.load$") || ?x = <https://example.org/#x>)
  VALUES (?a ?b) { (<https://example.org/#a> <https://example.org/#b>) (UNDEF pw:a\\#b) }
  OPTIONAL { ?x pw:use/pw:create* ?copy . } FILTER NOT EXISTS { ?x !(pw:a|^pw:drop) ?y }
}
"""


def _place(text: str) -> str:
    with pytest.raises(QueryRefused) as refused:
        check_query(text, _MOST)
    return refused.value.text.en.partition(":")[0]


def test_words_in_strings_comments_names_and_variables_are_no_calls():
    assert check_query(_ORDINARY, _MOST) == Reading("select", dataset=False)


@pytest.mark.parametrize("form", ["select", "ask", "construct", "describe"])
def test_the_form_of_a_query_is_read_from_its_words(form):
    assert check_query(f"PREFIX ask: <urn:select> # DESCRIBE\n{form.upper()} {{}}", _MOST).form == form


def test_a_query_that_names_its_graphs_is_told_from_one_that_does_not():
    assert check_query("SELECT * FROM <https://example.org/g> FROM NAMED <urn:h> {}", _MOST).dataset
    assert not check_query("SELECT ?from { ?from a <urn:from> }", _MOST).dataset


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {\n  SERVICE <urn:x> {} }",
        "SELECT * {\n  sErViCe SILENT ?x {} }",
        "SELECT * {\n  SERVICE:x {} }",
        "SELECT * {\n  SERVICEex:x {} }",
        "SELECT * {\n  SERVICESILENT<urn:x>{} }",
        "SELECT * {\n  ſERVICE<urn:x>{} }",
        "SELECT * {#\r\n  SERVICE <urn:x> {} }",
    ],
)
def test_a_call_to_another_server_is_refused_with_line_and_column(text):
    assert _place(text) == "Line 2, column 3"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?a ?b trueSERVICE<urn:x>{} }",
        "SELECT * { ?a ?b 5.SERVICE<urn:x>{} }",
        "SELECT * { ?a ?b ex:a.b.SERVICE<urn:x>{} }",
        "SELECT * { _:bex:-5SERVICE<urn:x>{} }",
        "SELECT * { FILTER(?a<1)SERVICE#>\n<urn:x>{} }",
        'SELECT * { FILTER(?a<1)#> """\nSERVICE<urn:x>{} # """\n}',
        "SELECT * { FILTER(?z<abs(?b>1) && ?a<1)#> '''\nSERVICE<urn:x>{} # '''\n}",
        "SELECT * { FILTER(?a<<urn:x#y>)SERVICE<urn:x>{} }",
        'SELECT * { VALUES ?x { """a" } SERVICE<urn:x>{} }',
        'SELECT * { VALUES ?x { """a" } SERVICE<urn:x>{} } #\\q"""',
        "SELECT * { ?a ?b ex:·\\' . SERVICE<urn:x>{} # '\n}",
    ],
)
def test_a_call_that_hides_behind_other_words_is_refused(text):
    with pytest.raises(QueryRefused):
        check_query(text, _MOST)


@pytest.mark.parametrize("word", sorted(_UPDATES))
def test_words_that_change_the_store_are_refused_by_name(word):
    with pytest.raises(QueryRefused, match=f"^Zeile 1, Spalte 1: {word} ändert oder lädt Daten"):
        check_query(f"{word} <urn:g> {{}}", _MOST)


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <file:///x>",
        "FROM NAMED <FILE:x>",
        "from named\n# why\n<ftp://x/>",
        "FROMNAMED<data:,>",
    ],
)
def test_from_names_graphs_and_never_files(clause):
    with pytest.raises(QueryRefused, match="FROM nennt nur Graphen"):
        check_query(f"SELECT * {clause} {{}}", _MOST)


def test_a_relative_from_goes_by_its_base():
    assert check_query("SELECT * FROM <x> {}", _MOST).dataset
    assert check_query("BASE <https://example.org/> SELECT * FROM <x> {}", _MOST).dataset
    assert _place("BASE <file:///etc/> SELECT * FROM <x> {}") == "Line 1, column 35"


def test_a_prefix_does_not_hide_a_file_from_from():
    assert _place("PREFIX f: <file:///etc/>\nSELECT * FROM f:passwd {}") == "Line 2, column 15"


def test_an_escape_that_spells_ascii_is_refused_even_in_a_string():
    assert _place('SELECT * { ?a ?b "\\u0022" }') == "Line 1, column 19"
    assert _place("SELECT * { S\\U00000045RVICE <urn:x> {} }") == "Line 1, column 13"


def test_an_escaped_umlaut_in_a_string_is_welcome():
    assert check_query('ASK { ?a ?b "M\\u00E4rz" }', _MOST).form == "ask"


@pytest.mark.parametrize(("before", "after"), [("{", "}"), ("(", ")"), ("[ ", "]"), ("!", ""), ("- ", "")])
def test_nesting_ends_at_the_limit(before, after):
    check_query(before * MOST_NESTED + after * MOST_NESTED, _MOST)
    with pytest.raises(QueryRefused, match="geschachtelt"):
        check_query(before * (MOST_NESTED + 1), _MOST)


def test_the_limit_of_length_counts_bytes():
    check_query("# ää", 6)
    with pytest.raises(QueryRefused, match="6 Bytes"):
        check_query("# ää", 5)


def test_half_a_character_is_refused():
    assert _place("ASK {} \ud83d") == "Line 1, column 8"


@pytest.mark.parametrize("text", ['"a', "'a\n'", '"""a"" "', "'''a''", "ASK { \\ }", '"\\q"'])
def test_a_string_that_does_not_end_properly_is_refused(text):
    with pytest.raises(QueryRefused):
        check_query(text, _MOST)


@settings(deadline=None)
@given(st.text(st.characters()) | st.text("{}()[]<>\"'\\#@:.?$ !^-/|SERVICEuservice0\n\r", max_size=80))
def test_no_text_makes_the_guard_fail(text):
    with suppress(QueryRefused):
        check_query(text, _MOST)


_WORDS = r"""
    FILTER(?a<1) FILTER(?a<1)#>⏎ FILTER(?a<?b#>⏎) FILTER(?a<ex:b)#> BIND(?a<?b␣AS␣?q) FILTER(?z<abs(?b>1)&&?a<1)
    FILTER(?a<1)#>'''⏎ FILTER(?a>1) ?a?b?c. ?a␣?b␣ ?a␣?b␣ex:a ?a␣?b␣ex:a.b ?a␣?b␣ex:a:b. ?a␣?b␣ex:a.b.
    ?a␣?b␣_:b.c _:bex:-5 ?a␣?b␣ex:a\# ?a␣?b␣ex:a·\# ?a␣?b␣true ?a␣?b␣5e3 ?a␣?b␣5. ?a␣?b␣'x'@de. ?a␣ex:p? . ␣
    ⏎ # #⏎ #'''⏎ " ' ''' '' \" \q VALUES␣?x{ VALUES␣?x{'''a'} OPTIONAL{} {}UNION{} GRAPH␣ex:a GRAPH␣ MINUS{}
    FILTER␣EXISTS{ é · (?c␣<x#>).⏎ (?c<x)#>⏎ <urn:x#> <x> < > ( ) { } [ ] / ? - false
"""
_PIECES = [piece.replace("␣", " ").replace("⏎", "\n") for piece in _WORDS.split()]
_CALLS = [
    "SERVICE<urn:x>{}",
    "serviceex:a{}",
    "SERVICE ?x{}",
    "SERVICE#>\n<urn:x>{}",
    "SERVICESILENT<x>{}",
]
_ENDS = ["}", "}}", "#'''\n}"]
_STORE = pyoxigraph.Store()


def test_whatever_stands_before_a_call_the_engine_never_sees_it():
    prologue = "PREFIX ex: <urn:e> PREFIX : <urn:e> PREFIX serviceex: <urn:e> BASE <urn:b> SELECT*{"
    befores = [*product(_PIECES), *product(_PIECES, _PIECES)]
    for before, call, end in product(befores, _CALLS, _ENDS):
        text = prologue + "".join(before) + call + end
        if _passes(text) and _is_sparql(text):
            assert _is_sparql(re.sub("(?i)service", "SERVICX", text)), text


def _passes(text: str) -> bool:
    try:
        check_query(text, _MOST)
    except QueryRefused:
        return False
    return True


def _is_sparql(text: str) -> bool:
    try:
        _STORE.query(text)
    except SyntaxError:
        return False
    return True
