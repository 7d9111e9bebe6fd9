"""What if a unit were dissolved, or two plans merged: what loses its owner, and which findings come and go."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.finding.findings import kind_title
from api.pages.frame.call import Asked, Call, described, parameter
from api.pages.frame.facts import Entry, thing_entry
from api.wanted import not_found
from api.wording.texts import TEXTS
from graph.errors import BadRequest
from graph.findings.finding import finding_json
from graph.findings.stored_bands import StoredBands
from graph.findings.whatif import Present, dissolve, merge
from graph.network.layout import natural
from graph.store.reading import read_statements
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.findings.comparison import FindingChange
    from graph.findings.whatif import Loss, Outcome
    from graph.network.build import Network

router = APIRouter(tags=["findings"])

UNITS = ("OrganizationalUnit", "Partner")
#: What can lose its owner, in the order of the page.
LOSSES = ("plan", "goal", "target group", "topic", "instrument", "measure")
CHANGES = ("new", "changed", "gone")
#: Findings of a kind of change that are in sight at once; the others unfold.
IN_SIGHT = 8

DissolveParam = Annotated[
    str,
    parameter(
        "Dienststelle, die es nicht mehr gäbe, wie dep-fb37",
        "unit to dissolve, like dep-fb37",
        alias="dissolve",
    ),
]
MergeParam = Annotated[
    str,
    parameter("Planwerk, das in einem anderen aufginge", "plan to become part of another", alias="merge"),
]
IntoParam = Annotated[str, parameter("Planwerk, das bliebe", "plan that would stay")]


@router.get(
    "/whatif",
    **described(
        "Was wäre, wenn: Dienststelle auflösen, Planwerke zusammenlegen",
        "what if: dissolve a unit, merge plans",
    ),
)
def whatif(
    call: Asked, dissolved: DissolveParam = "", merged: MergeParam = "", into: IntoParam = ""
) -> Response:
    """Answer with the form, and with what a change would bring; nothing is stored."""
    return call.answer("whatif.html", lambda: _view(call, dissolved, merged, into), _document)


def _view(call: Call, dissolved: str, merged: str, into: str) -> dict[str, Any]:
    network = call.network
    asked = {"dissolve": dissolved, "merge": merged, "into": into}
    outcome = _outcome(call, dissolved, merged, into)
    return {
        "asked": asked,
        "units": _choices(network, [node for kind in UNITS for node in network.of_type(kind)]),
        "plans": _choices(network, network.of_type("Plan")),
        "what": _what(network, dissolved, merged, into) if outcome else None,
        "losses": _losses(network, outcome) if outcome else [],
        "changes": _changes(outcome) if outcome else [],
        "is_asked": outcome is not None,
        "title_of": kind_title,
        "in_sight": IN_SIGHT,
        "as_of": call.day,
        "snapshot": call.snapshot,
    }


def _outcome(call: Call, dissolved: str, merged: str, into: str) -> Outcome | None:
    """Return what the asked change would bring; None where none is asked for.

    Raises NotFound for a unit or plan that is not recorded, BadRequest where the change is not clear.
    """
    if not (dissolved or merged or into):
        return None
    _check(dissolved, merged, into)
    files, base = call.site.workspace.files, call.site.workspace.settings.base

    def now() -> Present:
        return Present(call.network, call.findings.findings, StoredBands(files).look)

    if dissolved:
        unit = _known(call.network, dissolved, UNITS)
        return call.keep(
            "dissolve",
            lambda: dissolve(read_statements(files.paths()), base, unit, call.day, now()),
            unit,
            call.day,
        )
    ends = (_known(call.network, merged, ("Plan",)), _known(call.network, into, ("Plan",)))
    return call.keep(
        "merge", lambda: merge(read_statements(files.paths()), base, *ends, call.day, now()), ends, call.day
    )


def _check(dissolved: str, merged: str, into: str) -> None:
    if dissolved and (merged or into):
        raise BadRequest(
            "Bitte nur eines fragen: auflösen oder zusammenlegen.",
            "Please ask for one thing only: dissolve or merge.",
        )
    if not dissolved and not (merged and into):
        raise BadRequest(
            "Zum Zusammenlegen sind zwei Planwerke nötig: merge und into.",
            "Merging needs two plans: merge and into.",
        )
    if merged and merged == into:
        raise BadRequest(
            "Ein Planwerk kann nicht in sich selbst aufgehen.", "A plan cannot become part of itself."
        )


def _known(network: Network, local: str, kinds: Iterable[str]) -> str:
    """Return the node with a local id, which must be of one of the kinds."""
    nodes = [node for kind in kinds for node in network.of_type(kind)]
    found = network.iri(local)
    if found not in nodes:
        raise not_found(local, map(network.id, nodes))
    return str(found)


def _choices(network: Network, nodes: Iterable[str]) -> list[Entry]:
    entries = [thing_entry(network, node) for node in nodes]
    return sorted(entries, key=lambda entry: natural(entry.text.de))


def _what(network: Network, dissolved: str, merged: str, into: str) -> Text:
    """Return the change in words."""
    if dissolved:
        name = thing_entry(network, network.ids[dissolved]).text
        return Text(
            TEXTS["whatif.dissolved"].de.format(name=name.de),
            TEXTS["whatif.dissolved"].en.format(name=name.en),
        )
    one, other = (thing_entry(network, network.ids[local]).text for local in (merged, into))
    said = TEXTS["whatif.merged"]
    return Text(said.de.format(one=one.de, other=other.de), said.en.format(one=one.en, other=other.en))


def _losses(network: Network, outcome: Outcome) -> list[tuple[str, list[Entry]]]:
    """Return what would have nobody any more, by kind."""
    by_kind: defaultdict[str, list[Loss]] = defaultdict(list)
    for loss in outcome.losses:
        by_kind[loss.kind].append(loss)
    return [
        (kind, [thing_entry(network, loss.node) for loss in by_kind[kind]])
        for kind in LOSSES
        if kind in by_kind
    ]


def _changes(outcome: Outcome) -> list[tuple[str, list[FindingChange]]]:
    """Return the findings that come, change and go."""
    parts = [(name, [one for one in outcome.changes if one.change == name]) for name in CHANGES]
    return [part for part in parts if part[1]]


def _document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "as_of": view["as_of"],
        "snapshot": view["snapshot"],
        "stored": False,
        "asked": {name: value for name, value in view["asked"].items() if value},
        "what": view["what"].document() if view["what"] else None,
        "losses": [
            {"kind": kind, "id": entry.id, "label": entry.text.de}
            for kind, entries in view["losses"]
            for entry in entries
        ],
        "findings": [change_json(one) for _, changes in view["changes"] for one in changes],
    }


def change_json(one: FindingChange) -> dict[str, Any]:
    """Return a finding that differs, with its kind and band before and after."""
    return {
        "change": one.change,
        "before": one.before,
        "after": one.after,
        "finding": finding_json(one.finding),
    }
