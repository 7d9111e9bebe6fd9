"""Rule 10, ohne Bestätigung: open plans whose latest statement or confirmation is old, or that nobody leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from graph.dates import parse_date
from graph.errors import Text
from graph.findings.finding import Evidence, Finding, Rule, evidence, finding_id
from graph.findings.rules.overlap import Candidates
from graph.network.build import Network
from graph.network.time import rough

RULE = Rule(
    "stale",
    1,
    Text(
        "Ein offenes Planwerk, dessen jüngste Quelle oder Bestätigung mehr als 24 Monate alt ist; undatierte Quellen zählen "
        "als „Alter unbekannt“.",
        "An open plan whose latest source or confirmation is more than 24 months old; undated sources count as “age "
        "unknown”.",
    ),
)
MONTHS = 24


def find_stale(candidates: Candidates, months: int = MONTHS) -> list[Finding]:
    """Return open plans without a recent confirmation, oldest first; those of unknown age last."""
    found = []
    for plan in candidates.incidence.plans:
        sources = _sources(candidates.network, plan)
        latest = _last_confirmed(candidates.network, plan, sources, candidates.day)
        age = None if latest is None else _months_between(latest, candidates.day)
        if age is None or age > months:
            found.append((-(age or 0), plan, latest, age, sources))
    return [
        _finding(candidates.network, plan, latest, age, sources)
        for _, plan, latest, age, sources in sorted(found, key=lambda f: f[:2])
    ]


def _last_confirmed(network: Network, plan: str, sources: Sequence[str], day: date) -> date | None:
    """Return the latest day, not after ``day``, on which a source or a confirmation spoke of a plan."""
    dates = [rough(network, source, "date") for source in sources]
    dates += [parse_date(value.text) for value in network.values(plan, "confirmedOn")]
    days = [found.first for found in dates if found is not None and found.first is not None]
    return max((d for d in days if d <= day), default=None)


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)


def _finding(
    network: Network, plan: str, latest: date | None, age: int | None, sources: Sequence[str]
) -> Finding:
    label = network.label(plan)
    leads = network.targets(plan, "leadUnit")
    return Finding(
        id=finding_id(RULE.id, (plan,)),
        rule=RULE,
        kind="stale" if age is not None else "age-unknown",
        band="hinweis",
        score=None if age is None else float(age),
        nodes=(network.id(plan),),
        plans=(network.id(plan),),
        departments=tuple(map(network.id, leads)),
        sentence=_sentence(label, latest, age, owned=bool(leads)),
        evidence=_evidence(network, plan, sources),
        details={
            "title": (
                Text("Länger nicht bestätigt", "Not confirmed for long")
                if age is not None
                else Text("Alter unbekannt", "Age unknown")
            ).document(),
            "last_confirmed": latest.isoformat() if latest else None,
            "months": age,
        },
    )


def _sentence(label: str, latest: date | None, age: int | None, *, owned: bool) -> Text:
    nobody = Text("", "") if owned else Text(" Eine Federführung ist nicht erfasst.", " No lead is recorded.")
    if latest is None:
        return Text(
            f"Keine Quelle zu „{label}“ trägt ein Datum.{nobody.de}",
            f"No source on “{label}” has a date.{nobody.en}",
        )
    return Text(
        f"Die jüngste Angabe zu „{label}“ ist {age} Monate alt ({latest:%d.%m.%Y}).{nobody.de}",
        f"The latest statement on “{label}” is {age} months old ({latest.isoformat()}).{nobody.en}",
    )


def _sources(network: Network, plan: str) -> list[str]:
    """Return every source that says something of a plan, or of something else that points to it.

    That somebody was asked about a plan is no statement on it yet: it may be all that they did not know.
    """
    every = (*network.links_from(plan), *network.links_to(plan))
    links = (link for link in every if link.relation != "aboutPlan")
    found = {source for link in links for source in link.sources} | {network.source_of(plan) or ""}
    return sorted(source for source in found if source in network.multigraph)


def _evidence(network: Network, plan: str, sources: Sequence[str]) -> tuple[Evidence, ...]:
    said = Text(f"Quelle zu „{network.label(plan)}“", f"Source on “{network.label(plan)}”")
    return tuple(evidence(network, said, source, "prefLabel") for source in sources)
