"""The list of walks: those there are, those that were deleted of late, and the forms to make one."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.jobs import walking
from api.jobs.walk_history import gone
from api.pages.frame.call import Asked, Call, described, parameter
from api.pages.walking.forms import Form, back_to, check_editing, page, title_of, top_of, who
from api.pages.walking.view import view_title
from api.wanted import wanted_day
from api.web.negotiation import HTML, JSON
from graph.errors import BadRequest, NotFound, PlanwerkError, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.output.walks.walk import Walk

router = APIRouter(tags=["walks"])

_EMPTY = {"title": "", "title_en": "", "day": "", "fill": "", "top": "8"}
FindingParam = Annotated[str, parameter("Hinweis, der dazukommen soll", "finding to add")]
ViewParam = Annotated[
    str, parameter("Ansicht, die dazukommen soll, wie lens=time", "view to add, like lens=time")
]


@router.get("/walks", **described("Rundgänge für Sitzungen", "walks for meetings"))
def walks_page(call: Asked, finding: FindingParam = "", view: ViewParam = "") -> Response:
    """Answer with the walks that are prepared; with what is to be added to one of them, where it is named."""
    held = walking.walks(call.site.workspace).values()
    if call.media() == JSON:
        return call.answer("walks.html", lambda: {"walks": held}, _list_document)
    return list_page(call, finding or view)


def _list_document(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": walk.name,
            "title": walk.title.document(),
            "steps": len(walk.steps),
            "as_of": walk.day.isoformat() if walk.day else None,
        }
        for walk in view["walks"]
    ]


def list_page(call: Call, what: str = "", problem: PlanwerkError | None = None, **fields: str) -> Response:
    """Return the list of walks with the forms to make one, and to add what was chosen on another page."""
    workspace = call.site.workspace
    view = {
        "walks": walking.walks(workspace).values(),
        "gone": gone(workspace),
        "what": what,
        "added": _told(call, what) if what else None,
        "add_command": shlex.join(
            ["planwerk", "walk", "steuerung", "--add", what if "=" not in what else f"/graph?{what}"]
        ),
        "fields": {**_EMPTY, **fields},
    }
    return page(call, "walks.html", view, problem)


def _told(call: Call, what: str) -> Text:
    """Return what would be added, in words; raises NotFound and BadRequest where it cannot be."""
    step = walking.new_step(call.site.workspace, what, call.day if call.as_of else None)
    if step.finding:
        return call.site.workspace.finding(step.finding, call.day).sentence
    return view_title(call.network, step.view)


@router.post("/walks", **described("Rundgang anlegen", "make a walk", HTML))
def create(call: Asked, form: Form) -> Response:
    """Make a walk, empty or from the open findings, and lead to its editing page."""
    check_editing(call)
    fields = {name: str(form.get(name, "")) for name in ("title", "title_en", "day", "fill", "top")}
    what = str(form.get("what", ""))
    try:
        made = _made(call, fields, what)
    except (BadRequest, NotFound) as problem:
        return list_page(call, what, problem, **fields)
    return back_to(call, f"/walks/{made.name}/edit", "made")


def _made(call: Call, fields: Mapping[str, str], what: str) -> Walk:
    workspace = call.site.workspace
    day = wanted_day(fields["day"]) if fields["day"] else None
    steps = (walking.new_step(workspace, what, day),) if what else ()
    top = top_of(fields["top"]) if fields["fill"] == "findings" else 0
    title = title_of(fields["title"], fields["title_en"])
    return walking.create(workspace, title, day=day, top=top, steps=steps, who=who(workspace.settings))
