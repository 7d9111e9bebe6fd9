"""Minutes as a source of the store, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef

import ontology.rdf  # noqa: F401 - literals stay as they were written
from graph.findings.decisions import Decision, decision_triples
from graph.findings.minutes.entries import Entry, Minutes
from graph.intake.triples import canonical_text
from ontology.terms import DCT, PW, RDF, SKOS, XSD
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping


def minutes_text(minutes: Minutes, numbers: Mapping[str, int], base: str) -> str:
    """Return the text of the source of a meeting; ``numbers`` say which decision on its finding each is."""
    triples = _about(minutes, base)
    for entry in minutes.entries:
        if entry.state:
            taken = Decision(
                entry.finding, entry.state, entry.reason, entry.role, minutes.day, entry.paper, entry.evidence,
                numbers[entry.finding], minutes.meeting,
            )  # fmt: skip
            triples += decision_triples(taken, base)
        if entry.note:
            triples += _note(minutes, entry, base)
    return canonical_text(triples)


def _about(minutes: Minutes, base: str) -> Graph:
    node, triples = URIRef(base + minutes.source), Graph()
    for predicate, value in (
        (RDF.type, URIRef(PW.Source)),
        (SKOS.prefLabel, Literal(f"Beschlüsse der Sitzung „{minutes.title}“", lang="de")),
        (SKOS.prefLabel, Literal(f"Decisions of the meeting “{minutes.title}”", lang="en")),
        (DCT.date, Literal(minutes.day.isoformat(), datatype=URIRef(XSD.date))),
        (PW.partOfWalk, URIRef(f"{base}walk/{minutes.walk}")),
        (PW.savedAt, Literal(minutes.saved.isoformat(), datatype=URIRef(XSD.dateTime))),
    ):
        triples.add((node, URIRef(predicate), value))
    if minutes.file:
        triples.add((node, URIRef(PW.fileName), Literal(minutes.file)))
    return triples


def _note(minutes: Minutes, entry: Entry, base: str) -> Graph:
    node, triples = URIRef(f"{base}note/{entry.finding}/{minutes.meeting}"), Graph()
    for predicate, value in (
        (RDF.type, URIRef(PW.MeetingNote)),
        (PW.aboutFinding, URIRef(f"{base}finding/{entry.finding}")),
        (SKOS.note, Literal(entry.note, lang="de")),
        (DCT.date, Literal(minutes.day.isoformat(), datatype=URIRef(XSD.date))),
        (PW.evidenceDigest, Literal(entry.evidence)),
    ):
        triples.add((node, URIRef(predicate), value))
    if entry.role:
        triples.add((node, URIRef(PW.decidedByRole), Literal(entry.role)))
    return triples


def stored_minutes(text: str, minutes: Minutes, base: str) -> Minutes:
    """Return the minutes of the same meeting as the text of their source holds them; without entries where it is empty."""
    said: dict[str, dict[str, str]] = {}
    for subject, predicate, value in Graph().parse(data=text, format="nt"):
        said.setdefault(str(subject), {})[str(predicate)] = str(value)
    held = replace(minutes, entries=(), file="")
    for facts in said.values():
        if PW.aboutFinding in facts:
            held = held.with_entry(_merged(held, facts, base))
        elif PW.savedAt in facts:
            held = replace(
                held, saved=datetime.fromisoformat(facts[PW.savedAt]), file=facts.get(PW.fileName, "")
            )
    return held


def _merged(held: Minutes, facts: Mapping[str, str], base: str) -> Entry:
    """Return the entry that a decision or note belongs to, with it."""
    finding = facts[PW.aboutFinding].removeprefix(f"{base}finding/")
    before = next((entry for entry in held.entries if entry.finding == finding), Entry(finding, *[""] * 6))
    role, evidence = facts.get(PW.decidedByRole, ""), facts[PW.evidenceDigest]
    if facts[RDF.type] == PW.MeetingNote:
        return replace(
            before, note=facts[SKOS.note], role=before.role or role, evidence=before.evidence or evidence
        )
    return replace(
        before, state=_state(facts[PW.decisionState]), reason=facts[PW.reason], role=role,
        paper=facts.get(PW.decisionPaper, ""), evidence=evidence,
    )  # fmt: skip


def _state(concept: str) -> str:
    return load_vocabulary().concepts[concept].notation
