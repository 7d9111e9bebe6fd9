"""Rule 1, Überschneidung: plans of different leads that share more than chance would bring, and why.

A pair is looked at where both plans are open on the day (in force, in preparation, standing unknown), have different
leads or an unrecorded one, are not editions or parts of one another, and their periods and areas can meet. It needs
two shared concepts that weigh something, one of them a topic. The band *schwach* holds pairs below *mittel* that share
a topic, a specific target group and an area, because shared small things can matter locally.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from graph.errors import Text
from graph.findings.coordination import coordinated_through, wished_through
from graph.findings.coverage import is_asked
from graph.findings.finding import Evidence, Finding, Rule, Shared, Through, finding_id
from graph.findings.rules.candidates import Candidates, gather, unit_code
from graph.findings.similarity import Pair, similar_pairs, these_pairs
from graph.network.build import Network
from graph.network.incidence import FACETS, ancestors
from graph.network.time import Standing, State, successors

__all__ = ["Candidates", "gather"]

RULE = Rule(
    "overlap",
    1,
    Text(
        "Gewichteter Anteil gemeinsamer Themen, Zielgruppen und Räume (IDF-Jaccard über Oberbegriffe, simGIC); "
        "mindestens zwei gemeinsame Begriffe mit Gewicht, darunter ein Thema; Zeiträume und Räume treffen sich.",
        "Weighted share of common topics, target groups and areas (IDF-Jaccard over broader concepts, simGIC); "
        "at least two shared concepts with weight, one of them a topic; periods and areas meet.",
    ),
)
BANDS = ("stark", "mittel", "schwach")
KINDS = {
    "overlap": Text("nicht abgestimmt erfasst", "no coordination recorded"),
    "coordinated": Text("bereits abgestimmt", "already coordinated"),
    "other-bearer": Text("andere Trägerschaft", "different bearers"),
    "lead-unknown": Text("Federführung nicht erfasst", "lead not recorded"),
}
HINT = Text(
    "Überschneidung kann gewollt sein; jede Fundstelle ist ein Hinweis, bis jemand sie prüft.",
    "Overlap can be intended; each finding is a hint until somebody has checked it.",
)
TOP_PER_PLAN = 10
_PLACE = {kind: place for place, kind in enumerate((*KINDS, *BANDS))}


def find_overlaps(
    candidates: Candidates, bands: Iterable[str] = ("stark", "mittel"), plan: str | None = None
) -> list[Finding]:
    """Return the overlaps in the wanted bands, at most ten per plan: by kind, then by band, strongest first.

    With ``plan`` only the overlaps of that plan.
    """
    wanted = set(bands)
    seen: Counter[int] = Counter()
    findings = []
    for pair in sorted(_pairs(candidates, wanted), key=lambda pair: _rank(candidates, pair)):
        if plan is not None and plan not in _plans(candidates, pair):
            continue
        if plan is None and min(seen[pair.a], seen[pair.b]) >= TOP_PER_PLAN:
            continue
        if _counts(candidates, pair):
            seen.update((pair.a, pair.b))
            findings.append(_finding(candidates, pair, candidates.bands.of(pair.score) or "schwach"))
    return sorted(findings, key=_shown_order)


def _pairs(candidates: Candidates, wanted: set[str]) -> Iterator[Pair]:
    """Yield the pairs in the wanted bands: scored ones from the blocks, local ones from the plans' own rows."""
    bands = candidates.bands
    if wanted & {"stark", "mittel"}:
        yield from (
            p for p in similar_pairs(candidates.incidence, bands.mittel) if bands.of(p.score) in wanted
        )
    if "schwach" in wanted:
        yield from (p for p in _local_pairs(candidates) if bands.of(p.score) is None)


def _local_pairs(candidates: Candidates) -> Iterator[Pair]:
    """Yield pairs whose own rows name a common topic, a common specific target group and a common area."""
    network, plans = candidates.network, candidates.incidence.plans
    named = [{name: frozenset(network.targets(plan, name)) for name in FACETS} for plan in plans]
    together: defaultdict[str, list[int]] = defaultdict(list)
    for number, said in enumerate(named):
        for group in said["targetGroup"]:
            if network.targets(group, "broader"):
                together[group].append(number)
    found = {pair for held in together.values() for pair in combinations(held, 2)}
    near = [
        (a, b)
        for a, b in sorted(found)
        if not named[a]["topic"].isdisjoint(named[b]["topic"])
        and not named[a]["area"].isdisjoint(named[b]["area"])
    ]
    return these_pairs(candidates.incidence, near)


def _shown_order(finding: Finding) -> tuple[int, int, float, tuple[str, ...]]:
    """Sort what a steering group can act on before what is settled or cannot be compared; then by band and score."""
    score = finding.score or 0.0
    return _PLACE[finding.kind], _PLACE[finding.band], -round(score, 6), finding.nodes


def _rank(candidates: Candidates, pair: Pair) -> tuple[float, str, str]:
    return (-round(pair.score, 6), *_plans(candidates, pair))


def _plans(candidates: Candidates, pair: Pair) -> tuple[str, str]:
    return candidates.incidence.plans[pair.a], candidates.incidence.plans[pair.b]


def _counts(candidates: Candidates, pair: Pair) -> bool:
    a, b = _plans(candidates, pair)
    return (
        _different_leads(candidates.network, a, b)
        and not same_work(candidates.network, a, b)
        and _enough_shared(candidates, pair)
        and periods_meet(candidates.standings[a], candidates.standings[b])
        and areas_meet(candidates.network, a, b)
    )


def _different_leads(network: Network, a: str, b: str) -> bool:
    ours, theirs = set(network.targets(a, "leadUnit")), set(network.targets(b, "leadUnit"))
    return not ours or not theirs or not ours & theirs


def same_work(network: Network, a: str, b: str) -> bool:
    """Whether two plans are editions of one series, successor and predecessor, or whole and part."""
    if set(network.targets(a, "inSeries")) & set(network.targets(b, "inSeries")):
        return True
    linked = {link.relation for link in (*network.links_between(a, b), *network.links_between(b, a))}
    if not linked:
        return False
    parts = network.words.relations_of_family("part")
    return bool(linked & parts) or a in successors(network, b) or b in successors(network, a)


def _enough_shared(candidates: Candidates, pair: Pair) -> bool:
    shared = candidates.held[pair.a] & candidates.held[pair.b]
    return len(shared) > 1 and any(candidates.incidence.facet[c] == "topic" for c in shared)


def periods_meet(a: Standing, b: Standing) -> bool:
    """Whether two periods can overlap; an unknown end or start never rules a pair out."""
    return not _ends_before(a, b) and not _ends_before(b, a)


def _ends_before(first: Standing, second: Standing) -> bool:
    if first.until is None or second.since is None or first.past_period:
        return False
    return first.until < second.since


def areas_meet(network: Network, a: str, b: str) -> bool:
    """Whether an area of one plan is, lies in, encloses or is aligned with an area of the other; unknown areas meet."""
    ours, theirs = network.targets(a, "area"), network.targets(b, "area")
    if not ours or not theirs:
        return True
    return any(_area_meets(network, x, y) for x in ours for y in theirs)


def _area_meets(network: Network, x: str, y: str) -> bool:
    return (
        x == y
        or x in ancestors(network, y, "area")
        or y in ancestors(network, x, "area")
        or y in network.targets(x, "abgestimmt_auf")
        or x in network.targets(y, "abgestimmt_auf")
    )


def _finding(candidates: Candidates, pair: Pair, band: str) -> Finding:
    network = candidates.network
    a, b = _plans(candidates, pair)
    shared = candidates.shared(pair.a, pair.b)
    tied = candidates.ties(pair.a).meet(candidates.ties(pair.b))
    facts = coordinated_through(network, a, b) if tied else ()
    leads = [network.targets(plan, "leadUnit") for plan in (a, b)]
    bearers = bearers_relation(network, leads[0], leads[1])
    return Finding(
        id=finding_id(RULE.id, (a, b)),
        rule=RULE,
        kind=_kind(bearers, facts),
        band=band,
        score=pair.score,
        nodes=(network.id(a), network.id(b)),
        plans=(network.id(a), network.id(b)),
        departments=tuple(network.id(unit) for units in leads for unit in units),
        sentence=_sentence(candidates, pair, shared, facts, bearers),
        evidence=pair_evidence(candidates, pair.a, pair.b),
        shared=shared,
        coordinated_through=facts,
        wished_through=wished_through(network, a, b),
        details=_details(candidates, pair, bearers, _kind(bearers, facts)),
    )


def pair_evidence(candidates: Candidates, a: int, b: int) -> tuple[Evidence, ...]:
    """Return what says that two plans have what they share, and who leads them."""
    both = candidates.held[a] & candidates.held[b]
    return (*candidates.evidence(a, both), *candidates.evidence(b, both))


def _kind(bearers: str, facts: tuple[Through, ...]) -> str:
    if bearers == "different":
        return "other-bearer"
    if facts:
        return "coordinated"
    return "lead-unknown" if bearers == "unknown" else "overlap"


def bearers_relation(network: Network, ours: Iterable[str], theirs: Iterable[str]) -> str:
    """Return how the bearers of two plans relate: ``same`` body, ``nested`` units, ``different`` body, or ``unknown``.

    All departments belong to the city; a partner (region, district government, job centre) is a body of its own.
    """
    first, second = set(ours), set(theirs)
    if not first or not second:
        return "unknown"
    kinds = {network.type(unit) for unit in first | second}
    if kinds != {"OrganizationalUnit"}:
        return "different"
    nested = any(
        y in network.targets(x, "unitOf") or x in network.targets(y, "unitOf") for x in first for y in second
    )
    return "nested" if nested else "same"


_FACET_WORDS = {
    "topic": Text("Thema", "topic"),
    "targetGroup": Text("Zielgruppe", "target group"),
    "area": Text("Raum", "area"),
}


def _sentence(
    candidates: Candidates, pair: Pair, shared: tuple[Shared, ...], facts: tuple[Through, ...], bearers: str
) -> Text:
    network, listed = candidates.network, _listed(shared)
    a, b = _plans(candidates, pair)
    ours, theirs = candidates.named(pair.a), candidates.named(pair.b)
    de = f"{ours.de} und {theirs.de} teilen {listed.de}."
    en = f"{ours.en} and {theirs.en} share {listed.en}."
    if bearers == "different":
        de += " Andere Trägerschaft: zwei verschiedene Körperschaften."
        en += " Different bearers: two different public bodies."
    for unit, successor in _lead_successions(network, a, b):
        de += f" {unit_code(network, successor)} ist Nachfolgerin von {unit_code(network, unit)}."
        en += f" {unit_code(network, successor)} is the successor of {unit_code(network, unit)}."
    if facts:
        de += f" Bereits abgestimmt: {facts[0].text.de}."
        en += f" Already coordinated: {facts[0].text.en}."
    return Text(de, en)


def _lead_successions(network: Network, a: str, b: str) -> Iterator[tuple[str, str]]:
    """Yield (unit, successor) where the lead of one plan has followed the lead of the other."""
    ours, theirs = network.targets(a, "leadUnit"), network.targets(b, "leadUnit")
    for one, other in [(x, y) for x in ours for y in theirs] + [(y, x) for x in ours for y in theirs]:
        if one in network.targets(other, "successorOf"):
            yield one, other


def _listed(shared: tuple[Shared, ...]) -> Text:
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for concept in shared:
        grouped[concept.facet].append(concept.label)
    said = [(_FACET_WORDS[facet], ", ".join(labels)) for facet, labels in grouped.items()]
    return Text(
        "; ".join(f"{word.de}: {labels}" for word, labels in said),
        "; ".join(f"{word.en}: {labels}" for word, labels in said),
    )


def _details(candidates: Candidates, pair: Pair, bearers: str, kind: str) -> dict[str, Any]:
    network = candidates.network
    a, b = _plans(candidates, pair)
    return {
        "title": KINDS[kind].document(),
        "plan_labels": [network.label(plan) for plan in (a, b)],
        "bearers": bearers,
        "only_in_a": candidates.only(pair.a, pair.b),
        "only_in_b": candidates.only(pair.b, pair.a),
        "period": _common_period(candidates.standings[a], candidates.standings[b]).document(),
        "standing": [str(candidates.standings[plan].state) for plan in (a, b)],
    }


def _common_period(a: Standing, b: Standing) -> Text:
    begins = [standing.since for standing in (a, b) if standing.since]
    ends = [standing.until for standing in (a, b) if standing.until and not standing.past_period]
    if not begins and not ends:
        return Text("Zeitraum unbekannt", "period unknown")
    start, end = max(begins, default=None), min(ends, default=None)
    de = f"ab {start.year}" if start else "Beginn unbekannt"
    de += f" bis {end.year}" if end else " (Ende offen)"
    en = f"from {start.year}" if start else "start unknown"
    en += f" to {end.year}" if end else " (end open)"
    return Text(de, en)


def overlap_coverage(candidates: Candidates) -> dict[str, Any]:
    """Return what the search looked at and what nobody recorded: the line under every list."""
    network, plans = candidates.network, candidates.incidence.plans
    total = len(network.of_type("Plan"))
    unknown = sum(candidates.standings[plan].state is State.UNKNOWN for plan in plans)
    missing = {
        "without_lead": _unrecorded(network, plans, "leadUnit"),
        "without_target_groups": _unrecorded(network, plans, "targetGroup"),
        "without_period": sum(candidates.standings[plan].since is None for plan in plans),
        "without_goals": _unrecorded(network, plans, "pursues"),
    }
    bands = candidates.bands
    return {
        "plans": len(plans),
        "of": total,
        "status_unknown": unknown,
        **missing,
        "hint": HINT.document(),
        "bands": {"stark": bands.stark, "mittel": bands.mittel, "method": bands.method, "seed": bands.seed},
        "text": _coverage_text(len(plans), total, unknown, missing).document(),
    }


def _unrecorded(network: Network, plans: Iterable[str], facet: str) -> int:
    """Return for how many plans a facet is empty and nobody said that there is none."""
    return sum(not network.targets(plan, facet) and not is_asked(network, plan, facet) for plan in plans)


def _coverage_text(plans: int, total: int, unknown: int, missing: dict[str, int]) -> Text:
    return Text(
        f"{plans} von {total} Planwerken betrachtet (bei {unknown} ist der Stand nicht erhoben); nicht erhoben: "
        f"Federführung bei {missing['without_lead']}, Zielgruppen bei {missing['without_target_groups']}, "
        f"Beginn bei {missing['without_period']}, Ziele bei {missing['without_goals']}.",
        f"{plans} of {total} plans looked at (status not recorded for {unknown}); not recorded: "
        f"lead for {missing['without_lead']}, target groups for {missing['without_target_groups']}, "
        f"start for {missing['without_period']}, goals for {missing['without_goals']}.",
    )
