"""All rules in the order in which people read them: what each is called and how its findings are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import Text
from graph.findings.finding import Finding, Rule
from graph.findings.rules import (
    chain,
    conflict,
    congruence,
    duplication,
    duty_gaps,
    fragmentation,
    overlap,
    stale,
    subset,
    uncovered,
)
from graph.findings.rules.chain import Scope
from graph.findings.rules.overlap import BANDS, Candidates


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule as people meet it: its number in the design, its name, its search and its coverage line."""

    number: int
    rule: Rule
    name: Text
    find: Callable[[Candidates, Scope], list[Finding]]
    coverage: Callable[[Candidates, Scope], Mapping[str, Any]]


def _plans_line(candidates: Candidates, _scope: Scope) -> Mapping[str, Any]:
    return overlap.overlap_coverage(candidates)


def _gaps_line(_candidates: Candidates, scope: Scope) -> Mapping[str, Any]:
    return chain.gap_coverage(scope, chain.find_gaps(scope))


def _on_candidates(
    find: Callable[[Candidates], list[Finding]],
) -> Callable[[Candidates, Scope], list[Finding]]:
    return lambda candidates, _scope: find(candidates)


ENTRIES: tuple[Entry, ...] = (
    Entry(
        1,
        overlap.RULE,
        Text("Überschneidung", "Overlap"),
        lambda candidates, _scope: overlap.find_overlaps(candidates, BANDS),
        _plans_line,
    ),
    Entry(2, subset.RULE, Text("Teilmenge", "Subset"), _on_candidates(subset.find_subsets), _plans_line),
    Entry(
        3,
        duplication.RULE,
        Text("Mögliche Doppelung", "Possible duplication"),
        _on_candidates(duplication.find_duplications),
        _plans_line,
    ),
    Entry(
        4,
        fragmentation.RULE,
        Text("Fragmentierung", "Fragmentation"),
        _on_candidates(fragmentation.find_fragmentations),
        _plans_line,
    ),
    Entry(
        5,
        congruence.RULE,
        Text("Abstimmungslücke", "Coordination gap"),
        _on_candidates(congruence.find_coordination_gaps),
        lambda candidates, _scope: congruence.coordination_coverage(candidates),
    ),
    Entry(
        6,
        chain.RULE,
        Text("Kettenlücke", "Chain gap"),
        lambda _candidates, scope: chain.find_gaps(scope),
        _gaps_line,
    ),
    Entry(
        7,
        uncovered.RULE,
        Text("Abdeckungslücke", "Not covered"),
        _on_candidates(uncovered.find_uncovered),
        lambda candidates, _scope: uncovered.uncovered_coverage(candidates),
    ),
    Entry(
        8,
        conflict.RULE,
        Text("Zielkonflikt", "Goal conflict"),
        _on_candidates(conflict.find_conflicts),
        _plans_line,
    ),
    Entry(
        9,
        duty_gaps.RULE,
        Text("Pflichtlücke", "Duty gap"),
        lambda _candidates, scope: duty_gaps.find_duty_gaps(scope.network, scope.day),
        lambda _candidates, scope: duty_gaps.coverage_on(scope.network, scope.day),
    ),
    Entry(
        10,
        stale.RULE,
        Text("Ohne Bestätigung", "Not confirmed"),
        _on_candidates(stale.find_stale),
        _plans_line,
    ),
)
BY_ID: Mapping[str, Entry] = {entry.rule.id: entry for entry in ENTRIES}


def find_all(candidates: Candidates, scope: Scope, rules: Iterable[str] | None = None) -> list[Finding]:
    """Return the findings of the wanted rules (all where None), rule by rule."""
    wanted = set(BY_ID if rules is None else rules)
    return [f for entry in ENTRIES if entry.rule.id in wanted for f in entry.find(candidates, scope)]


def coverage_of(candidates: Candidates, scope: Scope, rules: Iterable[str] | None = None) -> dict[str, Any]:
    """Return the coverage of each wanted rule, by rule id."""
    wanted = set(BY_ID if rules is None else rules)
    return {
        entry.rule.id: dict(entry.coverage(candidates, scope)) for entry in ENTRIES if entry.rule.id in wanted
    }
