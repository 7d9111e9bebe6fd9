"""How the findings of a day differ from those of an earlier state of the store: new, changed, gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.finding.findings import kind_title
from api.pages.finding.whatif import CHANGES, IN_SIGHT, change_json
from api.pages.frame.call import Asked, Call, described, parameter
from graph.findings.stored_bands import move_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.store.files import Commit

router = APIRouter(tags=["findings"])

MOST_STATES = 50

SinceParam = Annotated[
    str,
    parameter(
        "früherer Stand: Kennung oder ihr Anfang; sonst der vorletzte",
        "earlier state: its id or the start of it; otherwise the last but one",
    ),
]


@router.get(
    "/findings/changes",
    **described("Hinweise im Vergleich zweier Stände", "findings of two states compared"),
)
def finding_changes(call: Asked, since: SinceParam = "") -> Response:
    """Answer with the findings that are new, changed or gone since an earlier state."""
    return call.answer("finding_changes.html", lambda: _view(call, since), _document)


def _view(call: Call, since: str) -> dict[str, Any]:
    log = call.site.workspace.files.log()
    earlier = log[-2].id if len(log) > 1 else ""
    state = since or earlier
    compared = call.site.workspace.finding_changes(state, call.day) if state else None
    found = compared.changes if compared else ()
    parts = [(name, [one for one in found if one.change == name]) for name in CHANGES]
    return {
        "since": state,
        "states": [_state(entry) for entry in reversed(log[-MOST_STATES:])],
        "changes": [part for part in parts if part[1]],
        "total": len(found),
        "bands": compared.bands if compared else None,
        "title_of": kind_title,
        "in_sight": IN_SIGHT,
        "as_of": call.day,
        "snapshot": call.snapshot,
    }


def _state(entry: Commit) -> dict[str, str]:
    return {"id": entry.id, "at": entry.at, "who": entry.who, "why": entry.why}


def _document(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "as_of": view["as_of"],
        "snapshot": view["snapshot"],
        "since": view["since"] or None,
        "states": view["states"],
        "bands": move_json(view["bands"]) if view["bands"] else None,
        "findings": [change_json(one) for _, changes in view["changes"] for one in changes],
    }
