"""Rule 5, Abstimmungslücke: units that plan on the same topic and have no recorded way of coordinating.

Need is every pair of leads on a topic; a unit and its successor, or a unit and what it is part of, are no pair. A pair is
met by a body in which both sit, by participation in a plan of the other on that topic, or by a relation that is a fact.
Congruence is met over all (Cataldo et al. 2006, doi:10.1145/1180875.1180929).
What a committee demands or a plan intends, and nobody recorded as done, is a finding of its own; so is a duty by law to
coordinate two plans in force that nobody recorded as coordinated (``legal_coordination``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph.errors import Text
from graph.findings.coordination import Ties, kin, united
from graph.findings.finding import Evidence, Finding, Rule, finding_id, link_evidence
from graph.findings.rules.legal_coordination import find_legal_gaps, legal_coverage
from graph.findings.rules.overlap import Candidates, overlap_coverage
from graph.findings.rules.stakes import Stake, seats, stakes
from graph.network.build import FACT, Link, Network
from graph.network.time import State

RULE = Rule(
    "congruence",
    2,
    Text(
        "Je Thema: Paare von Federführungen gleicher Trägerschaft; erfüllt durch gemeinsames Gremium, Mitwirkung oder eine "
        "erfasste Beziehung (Tatsache). Dazu Forderungen und Absichten ohne erfasste Umsetzung, und Abstimmungspflichten "
        "zwischen zwei geltenden Planwerken, deren Zuordnung bestätigt ist, ohne erfasste Abstimmung.",
        "Per topic: pairs of leads of the same public body; met by a common body, participation or a recorded relation "
        "(fact). Also demands and intentions whose fulfilment nobody recorded, and duties to coordinate two plans in "
        "force, confirmed as of the types named, for which no coordination is recorded.",
    ),
)
LEAST_LEADS = 2
_COORDINATING = ("coordination", "participation", "use", "basis", "funding", "part", "succession")


@dataclass(frozen=True, slots=True)
class Congruence:
    """A topic with the pairs of leads that are, and are not, recorded as coordinated."""

    stake: Stake
    met: tuple[tuple[str, str], ...]
    unmet: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """Met pairs over all pairs."""
        return len(self.met) / (len(self.met) + len(self.unmet))


def congruences(candidates: Candidates) -> list[Congruence]:
    """Return the congruence of every topic with at least two leads, least coordinated first."""
    found = [_congruence(candidates, stake) for stake in stakes(candidates)]
    kept = [c for c in found if c is not None]
    return sorted(kept, key=lambda c: (c.share, -len(c.unmet), c.stake.topic))


def _congruence(candidates: Candidates, stake: Stake) -> Congruence | None:
    network = candidates.network
    units = [lead for lead in stake.by_lead if network.type(lead) == "OrganizationalUnit"]
    if len(units) < LEAST_LEADS:
        return None
    related = {unit: kin(network, unit) for unit in units}
    partners = _partners(network, stake, units)
    ties = {unit: _ties(candidates, stake.by_lead[unit]) for unit in units}
    met: list[tuple[str, str]] = []
    unmet: list[tuple[str, str]] = []
    for one, other in combinations(units, 2):
        if other not in related[one] and one not in related[other]:
            coordinated = other in partners[one] or ties[one].meet(ties[other])
            (met if coordinated else unmet).append((one, other))
    return Congruence(stake, tuple(met), tuple(unmet)) if met or unmet else None


def _ties(candidates: Candidates, plans: Iterable[str]) -> Ties:
    return united(candidates.ties(candidates.number[plan]) for plan in plans)


def _partners(network: Network, stake: Stake, units: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return for each unit those it sits with in a body on the topic, and those it coordinates with as recorded."""
    tables = [seats(network, body) for body in stake.bodies]
    kinds = network.words.relations_of_family("coordination")
    none: frozenset[str] = frozenset()
    return {
        unit: none.union(
            *(table for table in tables if unit in table),
            *(network.targets(unit, kind) for kind in kinds),
            *(network.origins(unit, kind) for kind in kinds),
        )
        for unit in units
    }


def find_coordination_gaps(candidates: Candidates) -> list[Finding]:
    """Return topics whose leads are not all coordinated, unfulfilled demands and intentions, and duties to coordinate."""
    network = candidates.network
    gaps = [_topic_finding(network, found) for found in congruences(candidates) if found.unmet]
    gaps += [_demand_finding(candidates, link) for link in open_demands(candidates)]
    return gaps + find_legal_gaps(network, candidates.day, RULE)


def coordination_coverage(candidates: Candidates) -> dict[str, Any]:
    """Return what was looked at: plans and their leads, and the duties by law to coordinate."""
    plans, legal = overlap_coverage(candidates), legal_coverage(candidates.network, candidates.day)
    texts = {lang: f"{plans['text'][lang]} {legal['text'][lang]}" for lang in ("de", "en")}
    return {**plans, "text": texts, "coordination_duties": legal}


def _topic_finding(network: Network, found: Congruence) -> Finding:
    topic = found.stake.topic
    pairs = len(found.met) + len(found.unmet)
    label, missing = network.label(topic), _pair_names(network, found.unmet)
    body = ", ".join(network.label(node) for node in found.stake.bodies)
    ids = {unit: network.id(unit) for unit in found.stake.by_lead}
    return Finding(
        id=finding_id(f"{RULE.id}-topic", (topic,)),
        rule=RULE,
        kind="topic",
        band="hinweis",
        score=found.share,
        nodes=(network.id(topic),),
        plans=tuple(sorted({network.id(p) for held in found.stake.by_lead.values() for p in held})),
        departments=tuple(ids.values()),
        sentence=Text(
            f"Beim Thema „{label}“ ist für {len(found.unmet)} von {pairs} Paaren von Federführungen keine Abstimmung "
            f"erfasst: {missing}.",
            f"On the topic “{label}” no coordination is recorded for {len(found.unmet)} of {pairs} pairs of leads: "
            f"{missing}.",
        ),
        evidence=tuple(_topic_evidence(network, found.stake)),
        details={
            "title": Text("Thema mit lückenhafter Abstimmung", "Topic with gaps in coordination").document(),
            "congruence": round(found.share, 3),
            "unmet": [[ids[one], ids[other]] for one, other in found.unmet],
            "bodies": [{"id": network.id(node), "label": network.label(node)} for node in found.stake.bodies],
            "bodies_text": body,
        },
    )


def _pair_names(network: Network, pairs: tuple[tuple[str, str], ...], most: int = 6) -> str:
    names = [
        " – ".join(network.value(unit, "identifier") or network.label(unit) for unit in pair)
        for pair in pairs[:most]
    ]
    return ", ".join(names) + (" …" if len(pairs) > most else "")


def _topic_evidence(network: Network, stake: Stake) -> Iterator[Evidence]:
    for plans in stake.by_lead.values():
        for plan in plans:
            for link in network.links_from(plan, "topic"):
                if link.target == stake.topic:
                    yield from link_evidence(network, link)
            for link in network.links_from(plan, "leadUnit"):
                yield from link_evidence(network, link)


def open_demands(candidates: Candidates) -> list[Link]:
    """Return the demands and intentions between open plans (or their bodies) that no fact fulfils, sorted."""
    network, plans = candidates.network, set(candidates.incidence.plans)
    found = {
        link
        for plan in plans
        for link in (*network.links_from(plan), *network.links_to(plan))
        if link.modality != FACT and not _fulfilled(network, link)
    }
    return sorted(found)


def _fulfilled(network: Network, wish: Link) -> bool:
    """Whether a fact of a coordinating kind joins the same two things, in either direction."""
    kinds = {name for family in _COORDINATING for name in network.words.relations_of_family(family)}
    links = (*network.links_from(wish.origin), *network.links_from(wish.target))
    ends = {wish.origin, wish.target}
    return any({x.origin, x.target} == ends and x.modality == FACT and x.relation in kinds for x in links)


def _still_coming(candidates: Candidates, link: Link) -> Text:
    """Return the remark that what is wished for cannot be done yet, because its plan is only being prepared."""
    found = candidates.standings.get(link.origin)
    if found is None or found.state not in {State.PREPARATION, State.COMING}:
        return Text("", "")
    label = candidates.network.label(link.origin)
    return Text(f" „{label}“ ist noch in Vorbereitung.", f" “{label}” is still being prepared.")


def _demand_finding(candidates: Candidates, link: Link) -> Finding:
    network = candidates.network
    words = {"demand": Text("gefordert", "demanded"), "intention": Text("beabsichtigt", "intended")}
    word, name = words[link.modality], network.words.relation(link.relation)
    ends = (network.label(link.origin), network.label(link.target))
    coming = _still_coming(candidates, link)
    plans = tuple(network.id(node) for node in (link.origin, link.target) if network.type(node) == "Plan")
    leads = {unit for node in (link.origin, link.target) for unit in network.targets(node, "leadUnit")}
    return Finding(
        id=finding_id(f"{RULE.id}-{link.modality}", (link.key,)),
        rule=RULE,
        kind=link.modality,
        band="belegt",
        score=None,
        nodes=tuple(network.id(node) for node in (link.origin, link.target)),
        plans=plans,
        departments=tuple(sorted(map(network.id, leads))),
        sentence=Text(
            f"{word.de.capitalize()}: „{ends[0]}“ {name.de} „{ends[1]}“. Dass es geschehen ist, ist nicht erfasst."
            f"{coming.de}",
            f"{word.en.capitalize()}: “{ends[0]}” {name.en} “{ends[1]}”. That it has happened is not recorded."
            f"{coming.en}",
        ),
        evidence=link_evidence(network, link),
        details={
            "title": (
                Text("Forderung ohne erfasste Umsetzung", "Demand without recorded fulfilment")
                if link.modality == "demand"
                else Text("Absicht ohne erfasste Umsetzung", "Intention without recorded fulfilment")
            ).document()
        },
    )
