"""A sample of the W3C's suites; ``make conformance`` runs them whole."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.conformance import corpora
from tests.conformance.__main__ import BARS, differences, pinned
from tests.conformance.served import suite_server
from tests.conformance.suite_protocol import (
    graph_store_tests,
    protocol_tests,
    run_description,
    run_graph_store,
    run_protocol,
)
from tests.conformance.suite_query import load_data, query_manifests, run_query, syntax_manifests
from tests.conformance.suite_shacl import run_shacl, shacl_tests
from tests.conformance.suite_syntax import SUITES, run_syntax

pytestmark = [
    pytest.mark.skipif(not corpora.are_there(), reason=corpora.MISSING),
    pytest.mark.xdist_group("conformance"),
]


@pytest.fixture(scope="module")
def suites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("w3c")
    return corpora.unpacked("rdf-tests", folder), corpora.unpacked("shacl-test-suite", folder)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    with suite_server(tmp_path_factory.mktemp("served")) as served:
        yield served


def as_pinned(outcomes: Iterator[tuple[str, bool]] | list[tuple[str, bool]]) -> int:
    """Hold every outcome against the list; gives their number."""
    found, known = list(outcomes), pinned()
    assert [test for test, ok in found if ok == (test in known)] == []
    return len(found)


def test_queries_are_answered_as_the_suite_wants(suites, server) -> None:
    workspace, client = server
    lists = query_manifests(suites[0])
    load_data(workspace, lists)
    chosen = [(tests, test) for tests in [*lists, *syntax_manifests(suites[0])] for test in tests.tests()][
        ::12
    ]
    assert as_pinned([(str(test), run_query(client, tests, test)) for tests, test in chosen]) == 29


def test_the_protocol_is_spoken_as_the_suite_wants(suites, server) -> None:
    workspace, client = server
    assert as_pinned(islice(run_protocol(client, workspace, protocol_tests(suites[0])), 8)) == 8
    assert as_pinned(run_description(client)) == 3


def test_graphs_are_read_as_the_suite_wants(suites, server) -> None:
    workspace, client = server
    indirect, _direct = graph_store_tests(suites[0])
    assert as_pinned(islice(run_graph_store(client, workspace, indirect), 3)) == 3


@pytest.mark.parametrize("name", SUITES)
def test_rdf_is_read_as_the_suite_wants(suites, name: str) -> None:
    assert as_pinned(islice(run_syntax(suites[0], name), 0, None, 8)) > 5


def test_shapes_are_held_as_the_suite_wants(suites) -> None:
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the suite brings broken literals on purpose
        assert as_pinned(run_shacl(shacl_tests(suites[1])[::9])) == 11


def test_a_result_that_is_not_as_pinned_is_told() -> None:
    suite, (_bar, size) = next(iter(BARS.items()))
    outcomes = [(suite, f"urn:test:{number}", number != 1) for number in range(size)]
    told = differences(outcomes, {"urn:test:2": "known", "urn:test:none": "gone"})
    assert told[:3] == [
        "passes now, and is pinned as failing: urn:test:2",
        "fails, and is not pinned: urn:test:1",
        "is pinned, and was not run: urn:test:none",
    ]
