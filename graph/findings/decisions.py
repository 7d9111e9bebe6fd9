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
    """One decision on a finding; ``evidence`` is the digest of what the finding rested on.

    ``number`` counts the decisions on a finding; ``meeting`` is the meeting whose minutes hold it, ``source`` their title.
    """

    finding: str
    state: str
    reason: str
    role: str
    day: date
    paper: str
    evidence: str
    number: int = 0
    meeting: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What was written down on a finding in a meeting: the text, by which role, when, and in which meeting."""

    text: str
    role: str
    day: str
    source: str


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
    """Return a decision as triples; its IRI ends in the finding, its meeting if it has one, and its number."""
    place = f"{decision.finding}/{decision.meeting}" if decision.meeting else decision.finding
    node = URIRef(f"{base}decision/{place}/{decision.number}")
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
    return {
        finding: tuple(sorted(taken, key=lambda d: (d.day, d.number, d.meeting)))
        for finding, taken in found.items()
    }


def notes(network: Network) -> Mapping[str, tuple[Note, ...]]:
    """Return what was written down in meetings by finding id, oldest first."""
    found: defaultdict[str, list[Note]] = defaultdict(list)
    for node in network.of_type("MeetingNote"):
        said = {name: network.value(node, name) or "" for name in ("note", "decidedByRole", "date")}
        note = Note(said["note"], said["decidedByRole"], said["date"], _meeting_of(network, node))
        found[_about(network, node)].append(note)
    return {finding: tuple(sorted(held, key=lambda note: note.day)) for finding, held in found.items()}


def _about(network: Network, node: str) -> str:
    about = network.values(node, "aboutFinding")[0]
    return (about.iri or about.text).removeprefix(f"{network.base}finding/")


def _meeting_of(network: Network, node: str) -> str:
    """Return the title of the meeting that a decision or note comes from; nothing where it was recorded outside of one."""
    source = network.source_of(node)
    held = source is not None and source != network.base + SOURCE and source in network.multigraph
    return network.label(source) if source and held else ""


def _decision(network: Network, node: str) -> Decision:
    def said(name: str) -> str:
        return network.value(node, name) or ""

    below, _, number = node.rpartition("/")
    finding = _about(network, node)
    return Decision(
        finding=finding,
        state=said("decisionState"),
        reason=said("reason"),
        role=said("decidedByRole"),
        day=date.fromisoformat(said("date")),
        paper=said("decisionPaper"),
        evidence=said("evidenceDigest"),
        number=int(number),
        meeting=below.removeprefix(f"{network.base}decision/{finding}").removeprefix("/"),
        source=_meeting_of(network, node),
    )


def with_decisions(findings: Iterable[Finding], network: Network) -> list[Finding]:
    """Return findings with their state, decisions and notes, and whether the evidence has changed since the last decision."""
    taken, noted = decisions(network), notes(network)
    return [
        _noted(_decided(finding, taken.get(finding.id, ())), noted.get(finding.id, ()))
        for finding in findings
    ]


def _noted(finding: Finding, held: tuple[Note, ...]) -> Finding:
    if not held:
        return finding
    said = [{"note": n.text, "role": n.role, "date": n.day, "meeting": n.source} for n in held]
    return replace(finding, details={**finding.details, "notes": said})


def _decided(finding: Finding, taken: tuple[Decision, ...]) -> Finding:
    if not taken:
        return finding
    last = taken[-1]
    changed = last.state != OPEN and last.evidence != evidence_digest(finding)
    history = [
        {
            "state": d.state,
            "reason": d.reason,
            "role": d.role,
            "date": d.day.isoformat(),
            "paper": d.paper,
            **({"meeting": d.source} if d.source else {}),
        }
        for d in taken
    ]
    details = {**finding.details, "decisions": history, "evidence_changed": changed}
    return replace(finding, state=last.state, details=details)
