"""Walks on the screen: one walk to read and print, one step full-screen, and what a meeting decides at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, Response

from api.commands.walking import walk_json
from api.jobs import walking
from api.pages.frame.call import Asked, Call, described, parameter, remember_language
from api.pages.walking.forms import Form, check_editing
from api.web.negotiation import HTML, JSON
from api.web.origin import form_token, keep_cookie
from graph.errors import Changed, Text
from graph.findings.decisions import evidence_digest
from graph.findings.minutes.entries import Entry
from graph.findings.minutes.reading import LONGEST_TEXT, storable
from graph.output.walks.address import view_address
from graph.output.walks.slides import known_of, recorded
from graph.output.walks.wall import Mode, common, slide_html, speech, state_labels, walk_html
from graph.output.walks.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.datastructures import FormData

    from graph.findings.finding import Finding
    from graph.output.walks.slides import Show

router = APIRouter(tags=["walks"])

_SEE = 303
_NO_STORE = {"Cache-Control": "no-store", "Vary": "Accept, Cookie"}
StepParam = Annotated[
    int | None, parameter("Schritt, der das Fenster füllt, wie 3", "step that fills the window, like 3", ge=1)
]


@router.get(
    "/walks/{name}",
    **described(
        "Ein Rundgang zum Lesen, mit step=N zum Vorführen", "a walk to read, or to present with step=N"
    ),
)
def walk_page(call: Asked, name: str, step: StepParam = None) -> Response:
    """Answer with a walk as a list of its steps, or with one step that fills the window."""
    walk = walking.the_walk(call.site.workspace, name)
    if step is not None:
        walk.step(step)

    def make() -> dict[str, Any]:
        shown = walking.show(call.site.workspace, walk, call.day if call.as_of else None, call.lang)
        return {
            "show": shown,
            "number": step,
            "words": WORDS,
            "states": state_labels(),
            "view_address": view_address,
        }

    if step is None or call.media() == JSON:
        return call.answer("walk.html", make, lambda view: walk_json(view["show"]))
    return _wall(call, make()["show"], step)


@router.get(
    "/walks/{name}/file",
    **described("Der Rundgang als eine Datei ohne Netz", "the walk as one offline file", HTML),
)
def walk_file(call: Asked, name: str) -> Response:
    """Answer with the whole walk as one file, the same that the command line writes."""
    walk = walking.the_walk(call.site.workspace, name)
    text = walk_html(
        walking.show(call.site.workspace, walk, call.day if call.as_of else None, call.lang), call.lang
    )
    headers = {"Content-Disposition": f'attachment; filename="{walk.name}.html"', **_NO_STORE}
    return Response(text, media_type=f"{HTML}; charset=utf-8", headers=headers)


def _wall(call: Call, show: Show, number: int) -> Response:
    """Return the page of one step; decisions go into the store where the operator allows it, else into a file."""
    cookie, token = form_token(call.request)
    mode: Mode = "store" if call.site.workspace.settings.editing else "file"
    slide = show.slides[number - 1]
    link = _links(call, show)
    view = {
        "show": show,
        "slide": slide,
        "mode": mode,
        "done": "done" in call.request.query_params,
        "html": slide_html(show, slide, call.lang, mode=mode, link=link, token=token, rows=True),
        "words": WORDS,
        "common": common(show),
        "speech": speech(show),
        "previous": link(number - 1) if number > 1 else None,
        "next": link(number + 1) if number < len(show.slides) else None,
        "place": _filled(WORDS["step"], number, len(show.slides))[call.lang],
    }
    page = Response(call.render("walk_wall.html", view), 200, _NO_STORE, f"{HTML}; charset=utf-8")
    return remember_language(call.request, keep_cookie(page, cookie, "/walks"))


def _links(call: Call, show: Show) -> Callable[[int], str]:
    return lambda number: call.link(f"/walks/{show.walk.name}", step=number)


def _filled(text: Text, *values: int) -> Text:
    de, en = text.de, text.en
    for place, value in enumerate(values):
        de, en = de.replace(f"{{{place}}}", str(value)), en.replace(f"{{{place}}}", str(value))
    return Text(de, en)


@router.post(
    "/walks/{name}/decisions",
    **described(
        "Beschluss oder Notiz zu einem Schritt festhalten", "record a decision or note at a step", HTML
    ),
)
def record(call: Asked, name: str, form: Form) -> Response:
    """Store what the meeting decided on the finding of a step, where that is allowed, and lead back to the step."""
    check_editing(call)
    workspace = call.site.workspace
    walk = walking.the_walk(workspace, name)
    found = walking.finding_of(workspace, walk, str(form.get("finding", "")))
    said = {name: _said(form, name) for name in ("state", "reason", "role", "paper", "note")}
    entry = Entry(finding=found.id, evidence=evidence_digest(found), **said)
    if form.get("known", known_of(found)) != known_of(found) and not _is_recorded(found, said):
        raise _recorded_meanwhile(found)
    walking.record(workspace, walk, entry)
    number = str(form.get("step", ""))
    step = number if number.isascii() and number.isdigit() else None
    if call.media() == JSON:
        return JSONResponse({"finding": found.id, **said}, headers=_NO_STORE)
    return RedirectResponse(call.link(f"/walks/{name}", step=step, done="recorded"), _SEE)


def _said(form: FormData, name: str) -> str:
    return storable(str(form.get(name, "")))[:LONGEST_TEXT].strip()


def _is_recorded(found: Finding, said: Mapping[str, str]) -> bool:
    """Whether the same stands already: a button that was pressed twice."""
    last = recorded(found)
    return any(
        one.get("state") == said["state"] and one.get("reason") == said["reason"] for one in last
    ) or any(one.get("note") == said["note"] and not said["state"] for one in last)


def _recorded_meanwhile(found: Finding) -> Changed:
    last = recorded(found)[-1]
    text = f"{last.get('state', '')} {last.get('reason', last.get('note', ''))}".strip()
    who = last.get("role", "")
    return Changed(
        f"Zu diesem Hinweis hat inzwischen jemand etwas festgehalten: „{text}“ ({who}). Nichts wurde überschrieben. Gehen Sie "
        "im Browser zurück und laden Sie neu: Dort stehen die Entscheidung und Ihr Entwurf.",
        f"Somebody has recorded something on this finding in the meantime: “{text}” ({who}). Nothing was overwritten. Go back "
        "in the browser and load the page again: there are the decision and your draft.",
    )
