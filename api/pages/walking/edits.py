"""One walk changed on the page: named, filled, put in order, noted on, copied, deleted, and every change taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import Response

from api.jobs import walking
from api.jobs.walk_history import changes, former, gone
from api.pages.frame.call import Asked, Call, described
from api.pages.walking.forms import Form, back_to, check_editing, page, title_of, who
from api.pages.walking.view import NOTHING, Kept, edit_view, kept_of, stored_version, typed_notes
from api.wanted import wanted_day
from api.web.negotiation import HTML
from graph.errors import BadRequest, Changed, NotFound, PlanwerkError, Text
from graph.output.walks.walk import LONGEST_TITLE, checked_name, free_name, walk_called

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from starlette.datastructures import FormData

    from graph.output.walks.walk import Step, Walk

router = APIRouter(tags=["walks"])


def _edit_page(
    call: Call, name: str, problem: PlanwerkError | None = None, kept: Kept = NOTHING, what: str = ""
) -> Response:
    view = edit_view(call, name, kept)
    done, at = call.request.query_params.get("done", ""), call.request.query_params.get("at", "")
    place = int(at) if at.isascii() and at.isdigit() and len(at) < len("10000") else 0
    told = {
        "problem": problem,
        "what": what,
        "done": done if f"walks.done.{done}" in DONE else "",
        "at": place,
    }
    return page(call, "walk_edit.html", {**view, **told}, problem)


#: What the page says when something is done.
DONE = (
    "walks.done.made", "walks.done.saved", "walks.done.up", "walks.done.down", "walks.done.remove", "walks.done.add",
    "walks.done.there", "walks.done.copied", "walks.done.undone",
)  # fmt: skip


@router.get("/walks/{name}/edit", **described("Rundgang bearbeiten", "edit a walk", HTML))
def edit_page(call: Asked, name: str) -> Response:
    """Answer with the form to change a walk."""
    check_editing(call)
    return _edit_page(call, name)


@router.post("/walks/{name}/edit", **described("Rundgang ändern", "change a walk", HTML))
def edit(call: Asked, name: str, form: Form) -> Response:
    """Store all that was typed and do what the button says; where somebody else was faster, show both."""
    check_editing(call)
    before = _existing(call, name)
    version, what = str(form.get("version", "")), str(form.get("what", "")).strip()
    do, _, number = str(form.get("do", "save")).partition("-")
    at = int(number) if number.isascii() and number.isdigit() and len(number) < len("10000") else 0
    try:
        step = walking.new_step(call.site.workspace, what, _day(form)) if do == "add" else None
        _store(
            call,
            name,
            lambda walks: _done(_typed(walks[name], form), do, at, step),
            _why(name, do, at),
            version,
        )
    except Changed as problem:
        return _edit_page(
            call, name, _explained(call, name, problem, do), kept_of(call, name, version, form), what
        )
    except (BadRequest, NotFound) as problem:
        return _edit_page(call, name, problem, Kept(_fields(form), typed_notes(form)), what)
    if step:
        return _added(call, name, step, before.place_of(step))
    place = {"up": at - 1, "down": at + 1}.get(do, at)
    return back_to(call, f"/walks/{name}/edit", do if do != "save" else "saved", place)


def _existing(call: Call, name: str) -> Walk:
    """Return the walk; NotFound where there is none, with the way back where it was deleted of late."""
    workspace = call.site.workspace
    if any(one.name == name for one in gone(workspace)):
        raise NotFound(
            f"Den Rundgang „{name}“ hat inzwischen jemand gelöscht. Unter „Rundgänge“ lässt er sich zurückholen. Gehen Sie "
            "danach im Browser zurück und speichern noch einmal, dann ist nichts verloren.",
            f"Somebody has deleted the walk “{name}” in the meantime. Under “Walks” it can be had back; then go back in the "
            "browser and save once more, and nothing is lost.",
        )
    return walking.the_walk(workspace, name)


def _day(form: FormData) -> date | None:
    return wanted_day(str(form["day"])) if form.get("day") else None


def _fields(form: FormData) -> dict[str, str]:
    return {key: str(form.get(key, "")) for key in ("title_de", "title_en", "day")}


def _typed(walk: Walk, form: FormData) -> Walk:
    """Return the walk with title, day and notes as they were typed."""
    said = _fields(form)
    typed = replace(walk, title=title_of(said["title_de"], said["title_en"]), day=_day(form))
    for place, text in typed_notes(form).items():
        typed = typed.noted(place, text)
    return typed


def _done(walk: Walk, do: str, at: int, step: Step | None) -> Walk:
    """Return the walk after what a button does."""
    if do == "remove":
        return walk.without(at)
    if do in {"up", "down"}:
        return walk.moved(at, at - 1 if do == "up" else at + 1)
    if step and walk.place_of(step) is None:
        return walk.with_step(step)
    return walk


_WHY = {
    "up": "Schritt {at} eine Stelle nach vorn",
    "down": "Schritt {at} eine Stelle nach hinten",
    "remove": "Schritt {at} entfernt",
    "add": "Schritt hinzugefügt",
}


def _why(name: str, do: str, at: int = 0) -> str:
    return f"Rundgang {name}: {_WHY.get(do, 'Angaben und Notizen').format(at=at)}"


def _explained(call: Call, name: str, problem: Changed, do: str) -> Changed:
    """Return the refusal with what the other did, and with what became of what was asked for."""
    last = next(iter(changes(call.site.workspace, name)), None)
    done = f" ({last.why}; {last.who}, {last.at[11:16]} UTC)" if last else ""
    kept = Text(
        " Was Sie getippt haben, steht unten in den Feldern; bitte ansehen und noch einmal speichern.",
        " What you typed stands in the fields below; please look and save again.",
    )
    if do in {"up", "down", "remove", "add"}:
        kept = Text(
            f"{kept.de} Der Schritt selbst ist noch nicht geändert.",
            f"{kept.en} The step itself is not changed yet.",
        )
    return Changed(f"{problem.text.de}{done}{kept.de}", f"{problem.text.en}{done}{kept.en}")


@router.post("/walks/{name}/steps", **described("Schritt hinzufügen", "add a step", HTML))
def add(call: Asked, name: str, form: Form) -> Response:
    """Add a finding or a view that was chosen on its own page; one that is there already stays alone."""
    check_editing(call)
    workspace = call.site.workspace
    walk = walking.the_walk(workspace, name)
    step = walking.new_step(workspace, str(form.get("what", "")), walk.day)
    place = walk.place_of(step)
    if place is None:
        _store(call, name, lambda walks: _done(walk_called(walks, name), "add", 0, step), _why(name, "add"))
    return _added(call, name, step, place)


def _added(call: Call, name: str, step: Step, place: int | None) -> Response:
    """Lead to the step, and say whether it was there before."""
    at = place or walking.the_walk(call.site.workspace, name).place_of(step)
    return back_to(call, f"/walks/{name}/edit", "there" if place else "add", at)


def _store(
    call: Call,
    name: str,
    make: Callable[[Mapping[str, Walk]], Walk | None],
    why: str,
    version: str | None = None,
) -> None:
    workspace = call.site.workspace
    walking.revise(workspace, name, make, why, version=version, who=who(workspace.settings))


@router.post("/walks/{name}/copy", **described("Rundgang verdoppeln", "copy a walk", HTML))
def copy(call: Asked, name: str, form: Form) -> Response:
    """Store the walk once more under the name that the form was made with, and lead to the copy."""
    check_editing(call)
    workspace = call.site.workspace
    walk, held = walking.the_walk(workspace, name), walking.walks(workspace)
    title = Text(_short(f"{walk.title.de} (Kopie)"), _short(f"{walk.title.en} (copy)"))
    to = str(form.get("to", "")) or free_name(title.de, held)
    made = replace(walk, name=checked_name(to), title=title)
    if held.get(to) != made:
        _store(call, to, lambda _: made, f"Rundgang {to}: Kopie von {name}", "")
    return back_to(call, f"/walks/{to}/edit", "copied")


def _short(title: str) -> str:
    return (
        title
        if len(title) <= LONGEST_TITLE
        else f"{title[: LONGEST_TITLE - 9]} … {title[-7:].strip()}"[:LONGEST_TITLE]
    )


@router.get("/walks/{name}/delete", **described("Löschen bestätigen", "confirm a deletion", HTML))
def delete_page(call: Asked, name: str) -> Response:
    """Answer with the question whether a walk is to be deleted."""
    check_editing(call)
    walk = walking.the_walk(call.site.workspace, name)
    return page(call, "walk_delete.html", {"walk": walk, "version": stored_version(call, name)})


@router.post("/walks/{name}/delete", **described("Rundgang löschen", "delete a walk", HTML))
def delete(call: Asked, name: str, form: Form) -> Response:
    """Delete a walk in the version that was looked at, and lead to the list, where it can be had back."""
    check_editing(call)
    workspace = call.site.workspace
    version, why = str(form.get("version", "")), f"Rundgang {name} gelöscht"
    if not stored_version(call, name) and not any(one.name == name for one in gone(workspace)):
        walking.the_walk(workspace, name)
    _store(call, name, lambda _: None, why, version)
    return back_to(call, "/walks", "deleted")


@router.post("/walks/{name}/undo", **described("Änderung zurücknehmen", "take a change back", HTML))
def undo(call: Asked, name: str, form: Form) -> Response:
    """Store a walk as it was before a change, as a change of its own, and lead to its editing page."""
    check_editing(call)
    workspace = call.site.workspace
    walk = former(workspace, name, str(form.get("state", "")))
    why = f"Rundgang {name}: Änderung zurückgenommen"
    _store(call, name, lambda _: walk, why, str(form.get("version", "")))
    return back_to(call, f"/walks/{name}/edit", "undone")
