"""Findings: the list by rule and kind with what was looked at, and the card of one finding with all it rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response

from api.jobs import walking
from api.pages.finding.advice import advice, pair_of
from api.pages.frame.call import Asked, Call, described, parameter
from api.pages.frame.facts import Cite, Entry, cite, legend, thing_entry
from api.tables.finding_table import findings_csv
from api.wanted import ALL_BANDS, wanted_bands
from api.wording.texts import TEXTS
from graph.errors import BadRequest
from graph.findings.decisions import states
from graph.findings.finding import finding_json
from graph.findings.rules import chain, overlap
from graph.findings.rules.registry import BY_ID, ENTRIES
from graph.output.walks.address import view_address
from graph.output.walks.preparing import fitting_view
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.findings.finding import Evidence, Finding, Shared, Through
    from graph.network.build import Network

router = APIRouter(tags=["findings"])

OVERLAP, CHAIN = overlap.RULE.id, chain.RULE.id
GAP_BANDS = ("belegt", "hinweis")
#: Findings of a group that are in sight at once among all kinds, and of a chosen kind; the others unfold.
IN_SIGHT, IN_SIGHT_OF_ONE = 4, 50

RuleParam = Annotated[str, parameter("Regel, wie overlap oder chain", "rule, like overlap or chain")]
KindParam = Annotated[
    str, parameter("Art, wie ended-without-successor", "kind, like ended-without-successor")
]
BandParam = Annotated[
    str,
    parameter(
        "Band: stark, mittel, schwach, alle; belegt, hinweis",
        "band: stark, mittel, schwach, alle; belegt, hinweis",
    ),
]
PlanParam = Annotated[str, parameter("Kennung eines Planwerks", "id of a plan")]
StateParam = Annotated[str, parameter("Stand der Bearbeitung, wie offen", "state of the finding, like offen")]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are asked for; empty words ask for all."""

    rule: str = ""
    kind: str = ""
    band: str = ""
    plan: str = ""
    state: str = ""

    def takes(self, finding: Finding) -> bool:
        """Tell whether a finding is asked for, leaving its kind aside."""
        return (
            self.takes_band(finding)
            and self.rule in ("", finding.rule.id)
            and self.state in ("", finding.state)
            and (not self.plan or self.plan in finding.plans)
        )

    def takes_band(self, finding: Finding) -> bool:
        """Tell whether a finding has a wanted band; without a word, weak overlaps are left out."""
        if finding.rule.id == OVERLAP:
            return self.band not in GAP_BANDS and finding.band in wanted_bands(self.band)
        return self.band in ("", ALL_BANDS, finding.band)


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind of one rule under their heading; ``share`` says how many were looked at."""

    name: str
    kind: str
    title: Text
    hint: Text | None
    share: Mapping[str, Any] | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What the rules with these names looked at, in one line."""

    rules: tuple[Text, ...]
    text: Text


@router.get(
    "/findings",
    **described(
        "Hinweise: Überschneidungen und Lücken",
        "findings: overlaps and gaps",
        "text/html",
        "application/json",
        "text/csv",
    ),
)
def findings(
    call: Asked,
    rule: RuleParam = "",
    kind: KindParam = "",
    band: BandParam = "",
    plan: PlanParam = "",
    state: StateParam = "",
) -> Response:
    """Answer with all findings of a day, by rule and kind, with what was and was not looked at."""
    wanted = Wanted(rule, kind, band, plan, state)
    return call.answer(
        "findings.html",
        lambda: _list_view(call, wanted),
        _list_document,
        lambda view: findings_csv((f for group in view["groups"] for f in group.findings), call.lang),
    )


def _list_view(call: Call, wanted: Wanted) -> dict[str, Any]:
    every = call.findings
    _check(call, wanted, every.findings)
    matching = [finding for finding in every.findings if wanted.takes(finding)]
    shown = [finding for finding in matching if wanted.kind in ("", finding.kind)]
    return {
        "groups": grouped(shown, every.coverage),
        "kinds": _kinds(every.findings, matching),
        "rules": [(entry.rule.id, entry.name) for entry in ENTRIES],
        "states": states(),
        "coverage": {name: every.coverage[name] for name in BY_ID if wanted.rule in ("", name)},
        "looked": _looked(every.coverage, wanted),
        "bands": (*overlap.BANDS, ALL_BANDS, *GAP_BANDS),
        "plans": _plans(call.network),
        "asked": wanted,
        "as_of": call.day,
        "snapshot": every.snapshot,
        "total": len(shown),
        "in_sight": IN_SIGHT_OF_ONE if wanted.kind or wanted.plan else IN_SIGHT,
    }


def _list_document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "as_of": view["as_of"],
        "snapshot": view["snapshot"],
        "coverage": view["coverage"],
        "findings": [finding_json(finding) for group in view["groups"] for finding in group.findings],
    }


def _check(call: Call, wanted: Wanted, found: Iterable[Finding]) -> None:
    """Refuse words that mean nothing; NotFound for a plan that is not recorded."""
    kinds = dict.fromkeys((*overlap.KINDS, *chain.KINDS, *(finding.kind for finding in found)))
    _check_word("rule", wanted.rule, BY_ID)
    _check_word("kind", wanted.kind, kinds)
    _check_word("band", wanted.band, (*overlap.BANDS, ALL_BANDS, *GAP_BANDS))
    _check_word("state", wanted.state, states())
    if wanted.plan:
        call.site.workspace.node(wanted.plan)


def _check_word(name: str, word: str, known: Iterable[str]) -> None:
    choice = tuple(known)
    if word and word not in choice:
        possible = ", ".join(choice)
        raise BadRequest(
            f"{name}={word} gibt es nicht; möglich sind: {possible}.",
            f"There is no {name}={word}; possible are: {possible}.",
        )


def _plans(network: Network) -> list[tuple[str, str]]:
    """Return id and name of every plan, by name."""
    named = [(network.id(plan), network.label(plan)) for plan in network.of_type("Plan")]
    return sorted(named, key=lambda pair: pair[1].casefold())


def _kinds(every: Iterable[Finding], matching: Iterable[Finding]) -> list[tuple[str, Text, int]]:
    """Return every kind that there is with its title and how many findings of it match."""
    counts = Counter(finding.kind for finding in matching)
    titles = {finding.kind: kind_title(finding) for finding in every}
    return [(kind, title, counts[kind]) for kind, title in titles.items()]


def _looked(coverage: Mapping[str, Any], wanted: Wanted) -> list[Looked]:
    """Return what was looked at, rules that looked at the same in one line."""
    by_text: defaultdict[tuple[str, str], list[Text]] = defaultdict(list)
    for entry in ENTRIES:
        if wanted.rule in ("", entry.rule.id):
            text = coverage[entry.rule.id]["text"]
            by_text[text["de"], text["en"]].append(entry.name)
    return [Looked(tuple(rules), Text(*text)) for text, rules in by_text.items()]


def kind_title(finding: Finding) -> Text:
    """Return the heading of a kind of finding: the rule, and the kind where the rule has several."""
    name, title = BY_ID[finding.rule.id].name, Text(**finding.details["title"])
    if finding.rule.id == OVERLAP:
        return Text(f"{name.de}, {title.de}", f"{name.en}, {title.en}")
    return title


def grouped(found: Iterable[Finding], coverage: Mapping[str, Any]) -> list[Group]:
    """Return findings by rule and kind, in the order of the rules."""
    by_kind: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in found:
        by_kind[finding.rule.id, finding.kind].append(finding)
    return [
        Group(
            name=f"{rule}-{kind}",
            kind=kind,
            title=kind_title(group[0]),
            hint=TEXTS.get(f"hint.{kind}") if rule == OVERLAP else None,
            share=coverage[rule].get("kinds", {}).get(kind),
            findings=tuple(group),
        )
        for (rule, kind), group in by_kind.items()
    ]


def findings_about(call: Call, node: str) -> list[Finding]:
    """Return the findings of the usual bands that speak of a thing: those about it before those that touch it."""
    local, usual = call.network.id(node), Wanted()
    found = [finding for finding in call.findings.findings if usual.takes(finding)]
    about = [finding for finding in found if local in finding.nodes]
    return about + [finding for finding in found if local in finding.plans and local not in finding.nodes]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that a finding speaks of: its name, who leads it, and what only it has, by facet."""

    entry: Entry
    leads: tuple[Entry, ...]
    only: tuple[tuple[Text, tuple[Entry, ...]], ...]


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A concept that both plans have, and how common it is."""

    facet: Text
    entry: Entry
    count: int
    of: int
    weight: float


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which two plans are, or are wanted to be, coordinated."""

    kind: Text
    text: Text
    binding: Text | None
    cite: Cite


@dataclass(frozen=True, slots=True)
class Ground:
    """One statement that a finding rests on."""

    statement: Text
    cite: Cite


@router.get(
    "/findings/{id}", **described("Ein Hinweis mit allem, worauf er beruht", "a finding and all it rests on")
)
def finding_card(call: Asked, finding_id: Annotated[str, Path(alias="id")]) -> Response:
    """Answer with the card of one finding."""
    return call.answer("finding.html", lambda: _card_view(call, finding_id), _card_document)


def _card_view(call: Call, finding_id: str) -> dict[str, Any]:
    network = call.network
    finding = call.site.workspace.finding(finding_id, call.day)
    coverage = call.findings.coverage[finding.rule.id]
    return {
        "finding": finding,
        "rule": BY_ID[finding.rule.id],
        "title": kind_title(finding),
        "hint": _text(finding.details.get("disclaimer", coverage.get("hint"))),
        "is_overlap": finding.rule.id == OVERLAP,
        "sides": _sides(network, finding),
        "plans": _other_plans(network, finding),
        "shared": [shared_line(network, shared) for shared in finding.shared],
        "facts": [_way(network, entry) for entry in finding.coordinated_through],
        "wishes": [_way(network, entry) for entry in finding.wished_through],
        "grounds": [_ground(network, entry) for entry in finding.evidence],
        "bearers": TEXTS[f"bearers.{finding.details['bearers']}"] if "bearers" in finding.details else None,
        "period": _text(finding.details.get("period")),
        "picture": pair_of(network, finding),
        "drawable": legend().kinds,
        "drawn": view_address(fitting_view(network, finding)),
        "in_walks": walking.coming_by(call.site.workspace, finding.id),
        "advice": advice(finding),
        "decisions": finding.details.get("decisions", ()),
        "evidence_changed": finding.details.get("evidence_changed", False),
        "coverage": coverage,
        "share": coverage.get("kinds", {}).get(finding.kind),
        "as_of": call.day,
        "snapshot": call.snapshot,
    }


def _card_document(view: Mapping[str, Any]) -> dict[str, Any]:
    about = {"as_of": view["as_of"], "snapshot": view["snapshot"], "coverage": view["coverage"]}
    return finding_json(view["finding"]) | about


def _text(said: Mapping[str, str] | None) -> Text | None:
    return Text(said["de"], said["en"]) if said else None


def _sides(network: Network, finding: Finding) -> list[Side]:
    only: Sequence[Iterable[Mapping[str, str]]] = (
        finding.details.get("only_in_a", ()),
        finding.details.get("only_in_b", ()),
    )
    return [
        _side(network, local, only[place] if place < len(only) else ())
        for place, local in enumerate(finding.nodes)
        if network.iri(local)
    ]


def _other_plans(network: Network, finding: Finding) -> list[Entry]:
    """Return the plans that a finding touches beside the things that it is about."""
    others = [plan for plan in finding.plans if plan not in finding.nodes]
    return [thing_entry(network, network.ids[plan]) for plan in others if network.iri(plan)]


def _side(network: Network, local: str, only: Iterable[Mapping[str, str]]) -> Side:
    node = network.ids[local]
    by_facet: defaultdict[str, list[Entry]] = defaultdict(list)
    for concept in only:
        by_facet[concept["facet"]].append(thing_entry(network, network.ids[concept["id"]]))
    leads = (*network.targets(node, "leadUnit"), *network.targets(node, "responsibleUnit"))
    return Side(
        entry=thing_entry(network, node),
        leads=tuple(thing_entry(network, unit) for unit in leads),
        only=tuple((TEXTS[f"facets.{facet}"], tuple(entries)) for facet, entries in by_facet.items()),
    )


def shared_line(network: Network, shared: Shared) -> SharedLine:
    """Return the line of a shared concept."""
    entry = thing_entry(network, network.ids[shared.id])
    return SharedLine(TEXTS[f"facet.{shared.facet}"], entry, shared.count, shared.of, shared.weight)


def _way(network: Network, entry: Through) -> Way:
    binding = None if entry.modality == "fact" else TEXTS[f"modality.{entry.modality}"]
    return Way(TEXTS[f"way.{entry.kind}"], entry.text, binding, _cited(network, entry.source, assigned=False))


def _ground(network: Network, entry: Evidence) -> Ground:
    return Ground(entry.statement, _cited(network, entry.source, assigned=entry.assigned))


def _cited(network: Network, source: str, *, assigned: bool) -> Cite:
    found = cite(network, f"{network.base}source/{source}", "")
    return Cite(found.id, found.title, found.date, found.page, found.address, assigned)
