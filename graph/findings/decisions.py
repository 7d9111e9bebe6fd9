"""What people decided on findings: a state, a reason, by which role, when, in which paper.

A decision hangs on the stable id of a finding, in a source of its own, so that no new delivery touches it. It keeps a
digest of the evidence it was taken on: where the evidence has changed since, the finding says so.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rdflib import Graph, Literal, URIRef

import ontology.rdf  # noqa: F401 - literals stay as they were written
from graph.errors import BadRequest
from graph.findings.finding import OPEN, Finding
from graph.intake.triples import canonical_text
from graph.network.build import Network
from ontology.terms import DCT, PW, RDF, SKOS, XSD
from ontology.vocabulary import load_vocabulary

SOURCE = "source/entscheidungen"
_SCHEME = "decision-state"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on a finding; ``evidence`` is the digest of what the finding rested on."""

    finding: str
    state: str
    reason: str
    role: str
    day: date
    paper: str
    evidence: str
    number: int = 0


def states() -> tuple[str, ...]:
    """Return the states a finding can have: offen, bestätigt, gewollt, verworfen, erledigt."""
    return tuple(load_vocabulary().schemes[_SCHEME].concepts)


def check_decision(state: str, reason: str) -> None:
    """Refuse an unknown state, or a decision without a reason."""
    if state not in states():
        choice = ", ".join(states())
        raise BadRequest(
            f"Den Stand „{state}“ gibt es nicht; möglich sind: {choice}.",
            f"There is no state “{state}”; possible are: {choice}.",
        )
    if not reason.strip():
        raise BadRequest(
            "Eine Entscheidung braucht einen Grund. Bitte mit --reason angeben.",
            "A decision needs a reason. Please give it with --reason.",
        )


def evidence_digest(finding: Finding) -> str:
    """Return a digest of the statements a finding rests on; the order does not matter."""
    said = sorted(f"{entry.statement.de}\t{entry.source}" for entry in finding.evidence)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def decision_triples(decision: Decision, base: str) -> Graph:
    """Return a decision as triples; its IRI ends in the finding and the number of the decision on it."""
    node = URIRef(f"{base}decision/{decision.finding}/{decision.number}")
    triples = Graph()
    concept = load_vocabulary().schemes[_SCHEME].concepts[decision.state]
    for predicate, value in (
        (RDF.type, URIRef(PW.Decision)),
        (PW.aboutFinding, URIRef(f"{base}finding/{decision.finding}")),
        (PW.decisionState, URIRef(concept.iri)),
        (PW.reason, Literal(decision.reason, lang="de")),
        (PW.decidedByRole, Literal(decision.role)),
        (DCT.date, Literal(decision.day.isoformat(), datatype=URIRef(XSD.date))),
        (PW.evidenceDigest, Literal(decision.evidence)),
    ):
        triples.add((node, URIRef(predicate), value))
    if decision.paper:
        triples.add((node, URIRef(PW.decisionPaper), Literal(decision.paper)))
    return triples


def with_decision(text: str, taken: Decision, base: str) -> str:
    """Return the text of the source of decisions with one more, numbered after the last one on the same finding."""
    node = re.compile(rf"^<{re.escape(base)}decision/{re.escape(taken.finding)}/(\d+)> ", re.MULTILINE)
    number = max(map(int, node.findall(text)), default=0) + 1
    said = decision_triples(replace(taken, number=number), base) + source_triples(base)
    lines = {*text.split("\n"), *canonical_text(said).split("\n")} - {""}
    return "".join(f"{line}\n" for line in sorted(lines))


def source_triples(base: str) -> Graph:
    """Return what the source of decisions says about itself."""
    node = URIRef(base + SOURCE)
    triples = Graph()
    triples.add((node, URIRef(RDF.type), URIRef(PW.Source)))
    triples.add((node, URIRef(SKOS.prefLabel), Literal("Entscheidungen der Steuerungsgruppe", lang="de")))
    triples.add((node, URIRef(SKOS.prefLabel), Literal("Decisions of the steering group", lang="en")))
    return triples


def decisions(network: Network) -> Mapping[str, tuple[Decision, ...]]:
    """Return all decisions by finding id, oldest first."""
    found: defaultdict[str, list[Decision]] = defaultdict(list)
    for node in network.of_type("Decision"):
        decision = _decision(network, node)
        found[decision.finding].append(decision)
    return {finding: tuple(sorted(taken, key=lambda d: d.number)) for finding, taken in found.items()}


def _decision(network: Network, node: str) -> Decision:
    def said(name: str) -> str:
        return network.value(node, name) or ""

    about = network.values(node, "aboutFinding")[0]
    return Decision(
        finding=(about.iri or about.text).removeprefix(f"{network.base}finding/"),
        state=said("decisionState"),
        reason=said("reason"),
        role=said("decidedByRole"),
        day=date.fromisoformat(said("date")),
        paper=said("decisionPaper"),
        evidence=said("evidenceDigest"),
        number=int(node.rpartition("/")[2]),
    )


def with_decisions(findings: Iterable[Finding], taken: Mapping[str, tuple[Decision, ...]]) -> list[Finding]:
    """Return findings with their state, their decisions, and whether the evidence has changed since the last."""
    return [_decided(finding, taken.get(finding.id, ())) for finding in findings]


def _decided(finding: Finding, taken: tuple[Decision, ...]) -> Finding:
    if not taken:
        return finding
    last = taken[-1]
    changed = last.state != OPEN and last.evidence != evidence_digest(finding)
    history = [
        {"state": d.state, "reason": d.reason, "role": d.role, "date": d.day.isoformat(), "paper": d.paper}
        for d in taken
    ]
    details = {**finding.details, "decisions": history, "evidence_changed": changed}
    return replace(finding, state=last.state, details=details)
