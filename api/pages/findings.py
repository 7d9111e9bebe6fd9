"""Findings: the list by kind with what was and was not looked at, and the card of one finding with all it rests on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response

from api.pages.call import Asked, Call, described, parameter
from api.pages.facts import Cite, Entry, cite, thing_entry
from api.texts import TEXTS
from api.workspace import ALL_BANDS, USUAL_BANDS, wanted_bands
from graph.errors import BadRequest
from graph.findings.chain import KINDS as GAPS
from graph.findings.finding import finding_json
from graph.findings.overlap import BANDS
from graph.findings.overlap import KINDS as OVERLAPS
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.findings.finding import Evidence, Finding, Through
    from graph.network.build import Network

router = APIRouter(tags=["findings"])

GAP_BANDS = ("belegt", "hinweis")
#: Findings of a group that are in sight at once; the others unfold.
IN_SIGHT = 8

KindParam = Annotated[str | None, parameter("Art der Hinweise", "kind of finding")]
BandParam = Annotated[
    str | None,
    parameter(
        "Band: stark, mittel, schwach, alle; belegt, hinweis",
        "band: stark, mittel, schwach, alle; belegt, hinweis",
    ),
]
PlanParam = Annotated[str | None, parameter("Kennung eines Planwerks", "id of a plan")]
StateParam = Annotated[str | None, parameter("Stand der Bearbeitung", "state of the finding")]


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind under their heading."""

    kind: str
    title: Text
    hint: Text | None
    findings: tuple[Finding, ...]


@router.get("/findings", **described("Hinweise: Überschneidungen und Lücken", "findings: overlaps and gaps"))
def findings(
    call: Asked,
    kind: KindParam = None,
    band: BandParam = None,
    plan: PlanParam = None,
    state: StateParam = None,
) -> Response:
    """Answer with all findings of a day, by kind, with what was and was not looked at."""

    def make() -> dict[str, Any]:
        return _list_view(call, kind, band, plan, state)

    return call.answer("findings.html", make, _list_document)


def _list_view(
    call: Call, kind: str | None, band: str | None, plan: str | None, state: str | None
) -> dict[str, Any]:
    workspace = call.site.workspace
    chosen = _checked_kind(kind)
    if plan:
        workspace.node(plan)
    overlaps = workspace.overlaps(call.day, _overlap_bands(band))
    gaps = workspace.gaps(call.day)
    found = [*overlaps.findings, *_gaps_of_band(gaps.findings, band)]
    wanted = [
        finding
        for finding in found
        if (not plan or plan in finding.plans) and (not state or finding.state == state)
    ]
    shown = [finding for finding in wanted if not chosen or finding.kind == chosen]
    return {
        "groups": grouped(shown),
        "counts": {one: sum(finding.kind == one for finding in wanted) for one in (*OVERLAPS, *GAPS)},
        "titles": {one: kind_title(one) for one in (*OVERLAPS, *GAPS)},
        "coverage": {"overlaps": overlaps.coverage, "gaps": gaps.coverage},
        "bands": (*BANDS, ALL_BANDS, *GAP_BANDS),
        "plans": _plans(call.network),
        "asked": {"kind": kind or "", "band": band or "", "plan": plan or "", "state": state or ""},
        "as_of": call.day,
        "snapshot": overlaps.snapshot,
        "total": len(shown),
        "in_sight": IN_SIGHT,
    }


def _list_document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "as_of": view["as_of"],
        "snapshot": view["snapshot"],
        "coverage": view["coverage"],
        "findings": [finding_json(finding) for group in view["groups"] for finding in group.findings],
    }


def _plans(network: Network) -> list[tuple[str, str]]:
    """Return id and name of every plan, by name."""
    named = [(network.id(plan), network.label(plan)) for plan in network.of_type("Plan")]
    return sorted(named, key=lambda pair: pair[1].casefold())


def _checked_kind(kind: str | None) -> str | None:
    if kind and kind not in (*OVERLAPS, *GAPS):
        known = ", ".join((*OVERLAPS, *GAPS))
        raise BadRequest(
            f"Die Art „{kind}“ gibt es nicht; möglich sind: {known}.",
            f"There is no kind “{kind}”; possible are: {known}.",
        )
    return kind or None


def _overlap_bands(band: str | None) -> tuple[str, ...]:
    return () if band in GAP_BANDS else wanted_bands(band)


def _gaps_of_band(gaps: Iterable[Finding], band: str | None) -> Iterator[Finding]:
    if band in BANDS:
        return iter(())
    return (gap for gap in gaps if band not in GAP_BANDS or gap.band == band)


def kind_title(kind: str) -> Text:
    """Return the heading of a kind of finding."""
    return GAPS[kind].title if kind in GAPS else TEXTS[f"overlap.{kind}"]


def grouped(found: Iterable[Finding]) -> list[Group]:
    """Return findings by kind: overlaps that can be acted on first, gaps after."""
    by_kind: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_kind[finding.kind].append(finding)
    return [
        Group(kind, kind_title(kind), TEXTS.get(f"hint.{kind}"), tuple(by_kind[kind]))
        for kind in (*OVERLAPS, *GAPS)
        if by_kind[kind]
    ]


def findings_about(call: Call, node: str) -> list[Finding]:
    """Return the findings of the usual bands that speak of a thing."""
    workspace, local = call.site.workspace, call.network.id(node)
    found = (*workspace.overlaps(call.day, USUAL_BANDS).findings, *workspace.gaps(call.day).findings)
    return [finding for finding in found if local in finding.plans or local in finding.nodes]


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
    workspace, network = call.site.workspace, call.network
    finding = workspace.finding(finding_id, call.day)
    is_overlap = finding.kind in OVERLAPS
    coverage = workspace.overlaps(call.day).coverage if is_overlap else workspace.gaps(call.day).coverage
    return {
        "finding": finding,
        "title": kind_title(finding.kind),
        "hint": Text(**coverage["hint"]),
        "is_overlap": is_overlap,
        "sides": _sides(network, finding),
        "shared": [_shared(network, finding, number) for number in range(len(finding.shared))],
        "facts": [_way(network, entry) for entry in finding.coordinated_through],
        "wishes": [_way(network, entry) for entry in finding.wished_through],
        "grounds": [_ground(network, entry) for entry in finding.evidence],
        "bearers": TEXTS[f"bearers.{finding.details['bearers']}"] if is_overlap else None,
        "period": _period(finding),
        "coverage": coverage,
        "kind_coverage": None if is_overlap else coverage["kinds"][finding.kind],
        "as_of": call.day,
        "snapshot": workspace.snapshot(),
    }


def _card_document(view: Mapping[str, Any]) -> dict[str, Any]:
    about = {"as_of": view["as_of"], "snapshot": view["snapshot"], "coverage": view["coverage"]}
    return finding_json(view["finding"]) | about


def _period(finding: Finding) -> Text | None:
    period = finding.details.get("period")
    return Text(period["de"], period["en"]) if period else None


def _sides(network: Network, finding: Finding) -> list[Side]:
    only = (finding.details.get("only_in_a", ()), finding.details.get("only_in_b", ()))
    things = list(dict.fromkeys((*finding.plans, *finding.nodes)))
    return [
        _side(network, local, only[place] if place < len(only) else ())
        for place, local in enumerate(things)
        if network.iri(local)
    ]


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


def _shared(network: Network, finding: Finding, number: int) -> SharedLine:
    shared = finding.shared[number]
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
