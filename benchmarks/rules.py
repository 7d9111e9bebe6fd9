"""All ten rules against a response of 100 ms and against the overlap step, and reading the incidence against building.

The overlap step is rule 1 as it runs among the ten: all three bands. How the ten compare with rule 1 in the two bands
that pages show without being asked stands beside it. Looks that plans, sources and days were given before are forgotten
before each round, except those that belong to the network.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from benchmarks.made.direct import BASE, statements
from benchmarks.made.generate import Inventory
from benchmarks.measuring.figure import Figure, alternately, processor_seconds, quiet_memory
from benchmarks.overlaps import candidates_of
from graph.findings.finding import Finding, FindingSet, set_json
from graph.findings.rules.candidates import Candidates
from graph.findings.rules.chain import scope_on
from graph.findings.rules.overlap import BANDS, find_overlaps
from graph.findings.rules.registry import coverage_of, find_all
from graph.network.build import build_network
from graph.network.incidence import read_incidence

FEW, PLANS = 100, 1000
ROUNDS = 7
RESPONSE, STEPS, READING = 100.0, 3.0, 0.3


def measure(few: int = FEW, plans: int = PLANS, rounds: int = ROUNDS) -> list[Figure]:
    """Return the response for few plans, the ratio to the overlap step for many, and that of reading to building."""
    return [
        _response(candidates_of(few), rounds),
        *_steps(candidates_of(plans), rounds),
        _reading(plans, rounds),
    ]


def _response(candidates: Candidates, rounds: int) -> Figure:
    (used,) = alternately(rounds, lambda: answer(replace(candidates)))
    (taken,) = alternately(rounds, lambda: answer(replace(candidates)), clock=perf_counter)
    detail = (
        f"{len(candidates.incidence.plans)} open plans, findings and coverage of ten rules as JSON; on the clock "
        f"{taken * 1000:.1f} ms; the bands were found before"
    )
    name = "All ten rules, a response"
    return Figure(name, used * 1000, "ms", RESPONSE, "at most", detail)


def answer(candidates: Candidates) -> str:
    """Return all findings and what was looked at, as a response carries them."""
    scope = scope_on(candidates.network, candidates.day)
    found = tuple(find_all(candidates, scope))
    return json.dumps(set_json(FindingSet(candidates.day, "", coverage_of(candidates, scope), found)))


def _all_ten(candidates: Candidates) -> Callable[[], list[Finding]]:
    return lambda: find_all(replace(candidates), scope_on(candidates.network, candidates.day))


def _steps(candidates: Candidates, rounds: int) -> list[Figure]:
    ten, three_bands, two_bands = alternately(
        rounds,
        _all_ten(candidates),
        lambda: find_overlaps(replace(candidates), BANDS),
        lambda: find_overlaps(replace(candidates)),
    )
    found = len(_all_ten(candidates)())
    detail = (
        f"{len(candidates.incidence.plans)} open plans: {found:,} findings in {ten * 1000:.0f} ms, rule 1 with all three "
        f"bands {three_bands * 1000:.0f} ms"
    )
    shown = f"rule 1 in the bands shown without being asked {two_bands * 1000:.0f} ms"
    return [
        Figure("All ten rules, the overlap step", ten / three_bands, "× as long", STEPS, "at most", detail),
        Figure("  its two shown bands", ten / two_bands, "× as long", detail=shown),
    ]


def _reading(plans: int, rounds: int) -> Figure:
    said = list(statements(Inventory(plans)))
    built, read = [], []
    with quiet_memory():
        for _ in range(rounds):
            begin = processor_seconds()
            network = build_network(said, BASE)
            middle = processor_seconds()
            read_incidence(network, network.of_type("Plan"))
            built.append(middle - begin)
            read.append(processor_seconds() - middle)
    building, reading = sorted(built)[rounds // 2], sorted(read)[rounds // 2]
    detail = (
        f"{plans:,} plans: built in {building * 1000:.0f} ms, read out for the first time in "
        f"{reading * 1000:.0f} ms"
    )
    name = "Incidence read out, building the network"
    return Figure(name, reading / building, "of its time", READING, "at most", detail)
