"""Similar plans on the page of a plan: a suggestion with what is shared, never a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.pages.finding.findings import SharedLine, shared_line
from api.pages.frame.facts import Entry, thing_entry
from graph.findings.finding import Finding, finding_id
from graph.findings.related.related_suggestions import (
    LEFT_OUT,
    NOTE,
    NOTHING,
    SharedWord,
    Suggestion,
    suggestions,
    suggestions_json,
)
from graph.findings.rules import overlap

if TYPE_CHECKING:
    from api.pages.frame.call import Call
    from ontology.text import Text


@dataclass(frozen=True, slots=True)
class Similar:
    """One similar plan: who leads it, what it shares, and the overlap that the rules found, where there is one."""

    entry: Entry
    leads: tuple[Entry, ...]
    shared: tuple[SharedLine, ...]
    words: tuple[SharedWord, ...]
    overlap: Finding | None


@dataclass(frozen=True, slots=True)
class SimilarPlans:
    """What the section says: what it is, what was left out, the plans, and the same as one document."""

    note: Text
    left_out: Text
    nothing: Text
    plans: tuple[Similar, ...]
    document: dict[str, Any]


def similar_plans(call: Call, node: str) -> SimilarPlans:
    """Return the plans that are similar to a plan on the day of the request."""
    grounds = call.site.workspace.grounds()
    found = suggestions(grounds, node, call.day)
    overlaps = (
        {one.id: one for one in call.findings.findings if one.rule.id == overlap.RULE.id} if found else {}
    )
    return SimilarPlans(
        note=NOTE,
        left_out=LEFT_OUT,
        nothing=NOTHING,
        plans=tuple(_similar(call, node, entry, overlaps) for entry in found),
        document=suggestions_json(grounds, found),
    )


def _similar(call: Call, node: str, entry: Suggestion, overlaps: dict[str, Finding]) -> Similar:
    network = call.network
    return Similar(
        entry=thing_entry(network, entry.plan),
        leads=tuple(thing_entry(network, unit) for unit in network.targets(entry.plan, "leadUnit")),
        shared=tuple(shared_line(network, shared) for shared in entry.shared),
        words=entry.words,
        overlap=overlaps.get(finding_id(overlap.RULE.id, (node, entry.plan))),
    )
