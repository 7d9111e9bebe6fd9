"""Virtuoso's answers beside those of the embedded store, cell by cell and in order; where it departs is named.

PLANWERK_TEST_STORE=virtuoso python -m pytest tests/stores/beside_virtuoso.py      (part of make test-stores)
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.jobs.asking import bindings_of
from api.workspace import Workspace
from graph.store.index import derived_days, ontology_quads
from graph.store.query.answer import Answer
from graph.store.workers.host import QueryHost
from ontology.questions import Question, load_questions

#: Questions whose ORDER BY leaves ties, which each engine breaks its own way.
TIES = {"q71-department-at-a-glance"}

Cells = list[dict[str, tuple[str, ...]]]


@pytest.fixture(scope="module")
def embedded(aachen: Workspace) -> Iterator[QueryHost]:
    """The embedded store over the texts that the server keeps."""
    paths = aachen.files.paths()
    derived = derived_days(paths, aachen.settings.base) + ontology_quads()
    with QueryHost(paths, derived=derived) as host:
        yield host


def cells(answer: Answer) -> Cells:
    """Return the rows in their order; Virtuoso departs in the language of GROUP_CONCAT, and in the order within it."""
    return [
        {
            name: (
                cell.kind,
                "|".join(sorted(cell.value.replace("; ", ", ").split(", "))),
                cell.datatype or "",
            )
            for name, cell in row.items()
        }
        for row in answer.bindings()
    ]


def values_for(host: QueryHost, question: Question) -> Iterator[dict[str, str]]:
    """No value, and for each parameter one that Aachen has; words also with signs beyond ASCII."""
    yield {}
    for parameter in question.parameters:
        if parameter.class_:
            text = f"SELECT ?x {{ ?x a <{parameter.class_}> }} ORDER BY ?x LIMIT 1"
            yield from ({parameter.name: row["x"].value} for row in host.query(text).bindings())
        elif parameter.type == "date":
            yield {parameter.name: "2024-06-30"}
        else:
            yield from ({parameter.name: word} for word in ("jugend", "für"))


@pytest.mark.parametrize("question", load_questions().values(), ids=lambda question: question.name)
def test_every_question_is_answered_as_by_the_embedded_store(
    aachen: Workspace, embedded: QueryHost, question: Question
) -> None:
    for given in values_for(embedded, question):
        bindings = bindings_of(question, given, aachen.settings.base)
        here, there = (host.query(question.text, bindings=bindings) for host in (embedded, aachen.host()))
        assert there.columns() == here.columns()
        one, other = cells(there), cells(here)
        if question.name in TIES:
            one, other = (sorted(found, key=str) for found in (one, other))
        assert one == other


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?l { ?p a pw:Plan ; skos:prefLabel ?l FILTER(CONTAINS(?l, "für") && ?l != "→"@de) } ORDER BY DESC(?l)',
        'SELECT (CONCAT("→ ", ?l) AS ?x) { ?p a pw:Plan ; skos:prefLabel ?l } ORDER BY ?l',
        "SELECT ?p (COUNT(?g) > 3 AS ?many) { ?p a pw:Plan OPTIONAL { ?p pw:pursues ?g } } GROUP BY ?p ORDER BY DESC(?p)",
        "SELECT ?p (EXISTS { ?p pw:topic ?t } AS ?has) { ?p a pw:Plan } ORDER BY ?p LIMIT 20 OFFSET 9990",
        "SELECT ?p (EXISTS { ?p pw:topic ?t } AS ?has) { ?p a pw:Plan } ORDER BY ?p LIMIT 20 OFFSET 50",
        "SELECT ?p ?l { ?p a pw:Plan ; skos:prefLabel ?l } ORDER BY STRLEN(?l) ?l LIMIT 9",
        "SELECT ?g (GROUP_CONCAT(STR(?p)) AS ?all) { ?p pw:leadUnit ?g } GROUP BY ?g ORDER BY ?g",
        "SELECT ?v { ?x pw:targetValue ?v } ORDER BY ?v",
    ],
)  # fmt: skip
def test_own_queries_are_answered_as_by_the_embedded_store(
    aachen: Workspace, embedded: QueryHost, text: str
) -> None:
    asked = (
        "PREFIX pw: <https://w3id.org/planwerk/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        + text
    )
    here, there = (host.query(asked) for host in (embedded, aachen.host()))
    assert "GROUP_CONCAT" in text or cells(there) == cells(here)
    assert [list(row) for row in there.bindings()] == [list(row) for row in here.bindings()]
