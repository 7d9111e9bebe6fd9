"""What a finding is: a sentence, the rule behind it, the statements it rests on, and an id that stays.

The id is a hash of the rule and the sorted IRIs it speaks of, never of the score: a decision taken on a finding
survives a new import and new weights.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.errors import Text
from graph.network.build import Link, Network, Value

OPEN = "offen"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement that a finding rests on, with the source that makes it.

    ``assigned`` marks statements that whoever compiled the data added; the source does not say them literally.
    """

    statement: Text
    source: str
    date: str | None
    url: str | None
    assigned: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """A concept that two plans share: how many of the plans have it, and what it weighs."""

    id: str
    label: str
    facet: str
    count: int
    of: int
    weight: float


@dataclass(frozen=True, slots=True)
class Through:
    """How two plans are, or are wanted to be, coordinated: by which participation, body, instrument or relation."""

    kind: str
    id: str
    text: Text
    modality: str
    source: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its id and version, and what it looks for."""

    id: str
    version: int
    criterion: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of one rule on one day."""

    id: str
    rule: Rule
    kind: str
    band: str
    score: float | None
    nodes: tuple[str, ...]
    plans: tuple[str, ...]
    departments: tuple[str, ...]
    sentence: Text
    evidence: tuple[Evidence, ...]
    shared: tuple[Shared, ...] = ()
    coordinated_through: tuple[Through, ...] = ()
    wished_through: tuple[Through, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    state: str = OPEN


@dataclass(frozen=True, slots=True)
class FindingSet:
    """All findings of one question on one day and one snapshot, with what was and was not looked at."""

    as_of: date
    snapshot: str
    coverage: dict[str, Any]
    findings: tuple[Finding, ...]


def finding_id(rule: str, ids: Iterable[str]) -> str:
    """Return the id that a finding of this rule about these things always has."""
    said = "\n".join([rule, *sorted(ids)])
    return f"{rule}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def link_evidence(network: Network, link: Link) -> tuple[Evidence, ...]:
    """Return the evidence for an edge: one entry per source that states it."""
    worded: tuple[Evidence, ...] | None = network.worded.get(link)
    if worded is None:
        origin, target = network.label(link.origin), network.label(link.target)
        name = network.words.relation(link.relation)
        statement = Text(f"{origin} — {name['de']} — {target}", f"{origin} — {name['en']} — {target}")
        worded = tuple(evidence(network, statement, source, link.relation) for source in link.sources)
        network.worded[link] = worded
    return worded


def value_evidence(network: Network, node: str, name: str, value: Value) -> Evidence:
    """Return the evidence for a value of a thing."""
    label, relation = network.label(node), network.words.relation(name)
    statement = Text(f"{label} — {relation['de']}: {value.text}", f"{label} — {relation['en']}: {value.text}")
    return evidence(network, statement, value.source, name)


def presence_evidence(network: Network, node: str) -> tuple[Evidence, ...]:
    """Return the evidence that a thing exists: the source that describes it."""
    source = network.source_of(node)
    if source is None:
        return ()
    label = network.label(node)
    return (evidence(network, Text(f"Erfasst: {label}", f"Recorded: {label}"), source, "prefLabel"),)


def evidence(network: Network, statement: Text, source: str, name: str) -> Evidence:
    """Return a statement with the id, date and address of its source."""
    named, dated, address = _cited(network, source)
    return Evidence(statement, named, dated, address, assigned=name in assigned_by_compiler(network, source))


def _cited(network: Network, source: str) -> tuple[str, str | None, str | None]:
    """Return the id, the date and the address of a source."""
    found: tuple[str, str | None, str | None] | None = network.cited.get(source)
    if found is None:
        known = source in network.multigraph
        found = network.cited[source] = (
            network.id(source).removeprefix("source/"),
            network.value(source, "date") if known else None,
            network.value(source, "address") if known else None,
        )
    return found


def assigned_by_compiler(network: Network, source: str) -> frozenset[str]:
    """Return the properties that the delivery of a source marks as assigned, not stated by the source."""
    return network.assigned.get(source, frozenset())


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as the documents and the command line show it."""
    return {
        "id": finding.id,
        "rule": finding.rule.id,
        "rule_version": finding.rule.version,
        "criterion": finding.rule.criterion.document(),
        "kind": finding.kind,
        "band": finding.band,
        "score": None if finding.score is None else round(finding.score, 6),
        "plans": list(finding.plans),
        "departments": list(finding.departments),
        "about": list(finding.nodes),
        "sentence": finding.sentence.document(),
        "evidence": [_evidence_json(entry) for entry in finding.evidence],
        "shared": [
            {
                "id": s.id,
                "label": s.label,
                "facet": s.facet,
                "count": s.count,
                "of": s.of,
                "weight": round(s.weight, 4),
            }
            for s in finding.shared
        ],
        "coordinated_through": [_through_json(entry) for entry in finding.coordinated_through],
        "wished_through": [_through_json(entry) for entry in finding.wished_through],
        **finding.details,
        "state": finding.state,
    }


def _evidence_json(entry: Evidence) -> dict[str, Any]:
    return {
        "statement": entry.statement.de,
        "statement_en": entry.statement.en,
        "source": entry.source,
        "date": entry.date,
        "url": entry.url,
        "assigned": entry.assigned,
    }


def _through_json(entry: Through) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "text": entry.text.document(),
        "modality": entry.modality,
        "source": entry.source,
        "date": entry.date,
    }


def set_json(found: FindingSet) -> dict[str, Any]:
    """Return a whole set of findings as one document."""
    return {
        "as_of": found.as_of.isoformat(),
        "snapshot": found.snapshot,
        "coverage": found.coverage,
        "findings": [finding_json(finding) for finding in found.findings],
    }
