"""``make conformance``: all suites of the W3C, a table of what passes, and a failure where it is not what is pinned."""

from __future__ import annotations

import csv
import logging
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.conformance import corpora
from tests.conformance.served import SuiteWorkspace, suite_server
from tests.conformance.suite_protocol import (
    graph_store_tests,
    protocol_tests,
    run_description,
    run_graph_store,
    run_protocol,
)
from tests.conformance.suite_query import load_data, query_manifests, run_queries, syntax_manifests
from tests.conformance.suite_shacl import run_shacl, shacl_tests
from tests.conformance.suite_syntax import SUITES, run_syntax

PINNED = Path(__file__).with_name("pinned.csv")
#: How many tests of each suite must pass.
BARS = {
    "SPARQL 1.1 query": (233, 244),
    "SPARQL 1.1 query syntax": (94, 94),
    "SPARQL 1.1 protocol, queries": (19, 20),
    "Graph Store Protocol, reading": (11, 13),
    "SPARQL 1.1 service description": (3, 3),
    "RDF 1.1 syntaxes": (985, 992),
    "SHACL core": (97, 98),
}

Outcome = tuple[str, str, bool]


def run_all(folder: Path) -> Iterator[Outcome]:
    """Yield suite, test and whether it passes."""
    rdf, shacl = corpora.unpacked("rdf-tests", folder), corpora.unpacked("shacl-test-suite", folder)
    with suite_server(folder) as (workspace, client):
        yield from _over_http(client, workspace, rdf)
    for name in SUITES:
        yield from (("RDF 1.1 syntaxes", *found) for found in run_syntax(rdf, name))
    yield from (("SHACL core", *found) for found in run_shacl(shacl_tests(shacl)))


def _over_http(client: httpx.Client, workspace: SuiteWorkspace, rdf: Path) -> Iterator[Outcome]:
    lists = query_manifests(rdf)
    load_data(workspace, lists)
    yield from (("SPARQL 1.1 query", *found) for found in run_queries(client, lists))
    yield from (("SPARQL 1.1 query syntax", *found) for found in run_queries(client, syntax_manifests(rdf)))
    reading = run_protocol(client, workspace, protocol_tests(rdf))
    yield from (("SPARQL 1.1 protocol, queries", *found) for found in reading)
    for tests in graph_store_tests(rdf):
        found_in = run_graph_store(client, workspace, tests)
        yield from (("Graph Store Protocol, reading", *found) for found in found_in)
    yield from (("SPARQL 1.1 service description", *found) for found in run_description(client))


def pinned() -> dict[str, str]:
    """Return the tests that are known not to pass, each with the reason."""
    with PINNED.open(encoding="utf-8", newline="") as lines:
        return {row["test"]: row["reason"] for row in csv.DictReader(lines)}


def differences(outcomes: list[Outcome], known: dict[str, str]) -> list[str]:
    """Return what is not as pinned, a sentence each."""
    found = [
        f"passes now, and is pinned as failing: {test}" for _, test, ok in outcomes if ok and test in known
    ]
    found += [f"fails, and is not pinned: {test}" for _, test, ok in outcomes if not ok and test not in known]
    found += [
        f"is pinned, and was not run: {test}" for test in known.keys() - {test for _, test, _ in outcomes}
    ]
    for suite, (bar, size) in BARS.items():
        passed = [ok for name, _, ok in outcomes if name == suite]
        if len(passed) != size or sum(passed) < bar:
            found.append(f"{suite}: {sum(passed)} of {len(passed)} pass; {bar} of {size} must")
    return found


def table(outcomes: list[Outcome]) -> Iterator[str]:
    """Yield the lines that say how much of each suite passes, and why some tests do not."""
    yield f"{'suite':34} {'pass':>5} {'of':>5}"
    for suite in BARS:
        passed = [ok for name, _, ok in outcomes if name == suite]
        yield f"{suite:34} {sum(passed):>5} {len(passed):>5}"
    known = pinned()
    for _, test, ok in outcomes:
        if not ok:
            yield f"  fails: {test}\n         {known.get(test, 'not pinned')}"


def main() -> int:
    """Run all, print the table, and return 1 where something is not as pinned."""
    if not corpora.are_there():
        sys.stdout.write(f"skipped: {corpora.MISSING}\n")
        return 0
    logging.disable()  # the suites bring broken literals and shapes on purpose
    warnings.simplefilter("ignore")
    with TemporaryDirectory() as folder:
        outcomes = list(run_all(Path(folder)))
    wrong = differences(outcomes, pinned())
    sys.stdout.writelines(f"{line}\n" for line in (*table(outcomes), *wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
