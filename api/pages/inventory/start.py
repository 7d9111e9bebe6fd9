"""The start page: what this is, how fresh it is, what it holds, and the findings to look at first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.finding.findings import CHAIN, OVERLAP, Wanted, kind_title
from api.pages.frame.call import Asked, Call, described
from api.pages.frame.kinds import SEGMENTS, Kind, kind
from graph.dates import shown_date
from graph.findings.finding import OPEN, finding_json
from graph.findings.rules.chain import KINDS as GAPS
from graph.network.time import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.findings.finding import Finding
    from graph.network.build import Network
    from ontology.text import Text

router = APIRouter(tags=["start"])

TOP = 3
#: Gaps that a steering group looks at before it looks at single goals and indicators.
_WEIGHTY = ("ended-without-successor", "leading-goal-without-steering", "no-lead", *GAPS)


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of a kind there are."""

    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the data are: day of the delivery, date of the newest source, time of the last change to the store."""

    delivered: Text | None
    newest_source: Text | None
    changed_on: Text | None
    changed_by: str | None
    undated: int
    sources: int


@router.get("/", **described("Startseite", "start page"))
def start(call: Asked) -> Response:
    """Answer with search, counts, freshness and the first findings."""
    return call.answer("start.html", lambda: _view(call), _document)


def _view(call: Call) -> dict[str, Any]:
    workspace = call.site.workspace
    if workspace.is_empty:
        return {"is_empty": True, "counts": [], "as_of": call.day}
    network = call.network
    found = [finding for finding in call.findings.findings if Wanted().takes(finding)]
    overlaps = [finding for finding in found if finding.kind == "overlap" and finding.state == OPEN]
    gaps = [finding for finding in found if finding.rule.id == CHAIN and finding.state == OPEN]
    states = [found.state for found in call.standings.values()]
    return {
        "is_empty": False,
        "counts": [Count(kind(name), len(network.of_type(name))) for name in SEGMENTS],
        "states": {str(state): states.count(state) for state in State},
        "freshness": freshness(call),
        "overlaps": overlaps[:TOP],
        "gaps": weightiest(network, gaps),
        "total": len(found),
        "coverage": {rule: call.findings.coverage[rule] for rule in (OVERLAP, CHAIN)},
        "title_of": kind_title,
        "as_of": call.day,
        "snapshot": call.snapshot,
        "index": workspace.current_host().standing(),
    }


def _document(view: Mapping[str, Any]) -> dict[str, Any]:
    counts = {count.kind.name: count.count for count in view["counts"]}
    if view["is_empty"]:
        return {"as_of": view["as_of"], "counts": counts}
    return {
        "as_of": view["as_of"],
        "snapshot": view["snapshot"],
        "index": view["index"].size(),
        "counts": counts,
        "standings": view["states"],
        "freshness": view["freshness"],
        "coverage": view["coverage"],
        "findings": [finding_json(finding) for finding in (*view["overlaps"], *view["gaps"])],
    }


def weightiest(network: Network, gaps: Iterable[Finding]) -> list[Finding]:
    """Return one gap of each of the weightiest kinds: evidenced before hinted at, then the most connected thing."""
    found = list(gaps)
    best = []
    for name in dict.fromkeys(_WEIGHTY):
        ranked = sorted((gap for gap in found if gap.kind == name), key=lambda gap: _weight(network, gap))
        best += ranked[:1]
    return best[:TOP]


def _weight(network: Network, gap: Finding) -> tuple[bool, int, str]:
    node = network.ids[gap.nodes[0]]
    return gap.band != "belegt", -network.multigraph.degree(node), gap.id


def freshness(call: Call) -> Freshness:
    """Return how old the data are."""
    network = call.network
    sources = network.of_type("Source")
    deliveries = {delivery for source in sources for delivery in network.targets(source, "deliveredIn")}
    dated = [day for source in sources if source not in deliveries and (day := network.value(source, "date"))]
    delivered = [day for delivery in deliveries if (day := network.value(delivery, "date"))]
    last = next(reversed(call.site.workspace.files.log()), None)
    return Freshness(
        delivered=shown_date(max(delivered)) if delivered else None,
        newest_source=shown_date(max(dated)) if dated else None,
        changed_on=shown_date(last.at[:10]) if last else None,
        changed_by=last.who if last else None,
        undated=len(sources) - len(deliveries) - len(dated),
        sources=len(sources) - len(deliveries),
    )
