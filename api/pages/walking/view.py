"""What the page for editing a walk shows: each step in one line, what was typed and not stored, and what happened before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.jobs import walking
from api.jobs.walk_history import changes, earlier
from api.wanted import wanted_day
from graph.errors import Text
from graph.findings.minutes.reading import storable
from graph.output.drawing.legend import short_name
from graph.output.lenses.every import LENSES
from graph.output.walks.address import view_address
from graph.output.walks.slides import kind_of
from graph.output.walks.stored import SOURCE
from graph.output.walks.versions import lines_about, version_of, walk_in
from graph.output.walks.walk import free_name, is_closing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from starlette.datastructures import FormData

    from api.pages.frame.call import Call
    from graph.findings.finding import Finding
    from graph.network.build import Network
    from graph.output.lenses.view import View
    from graph.output.walks.walk import Step, Walk


@dataclass(frozen=True, slots=True)
class Line:
    """One step as the editing page tells it; ``typed`` is a note that somebody typed and that is not stored."""

    number: int
    title: Text
    sentence: Text | None
    finding: str
    state: str
    gone: bool
    address: str
    note: str
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed on a page that was refused: the fields of the walk, notes by step, and texts whose step is gone."""

    fields: Mapping[str, str]
    notes: Mapping[int, str]
    lost: tuple[str, ...] = ()


NOTHING = Kept({}, {})


def stored_version(call: Call, name: str) -> str:
    """Return the version in which a walk is stored; empty where there is none."""
    base = call.site.workspace.settings.base
    return version_of(lines_about(call.site.workspace.files.text(base + SOURCE) or "", name, base))


def edit_view(call: Call, name: str, kept: Kept = NOTHING) -> dict[str, Any]:
    """Return what the editing page shows; NotFound where there is no such walk."""
    workspace = call.site.workspace
    version = stored_version(call, name)
    walk = walking.the_walk(workspace, name)
    return {
        "walk": walk,
        "version": version,
        "lines": _lines(call, walk, kept),
        "fields": {**edit_fields(walk), **kept.fields},
        "lost": kept.lost,
        "changes": changes(workspace, name),
        "copy_name": free_name(walk.title.de, walking.walks(workspace)),
    }


def _lines(call: Call, walk: Walk, kept: Kept) -> list[Line]:
    network, found = _steady(call, walk.day or wanted_day(None))
    return [
        _line(network, number, step, found.get(step.finding), kept.notes.get(number))
        for number, step in enumerate(walk.steps, start=1)
    ]


def _steady(call: Call, day: date) -> tuple[Network, Mapping[str, Finding]]:
    """Return network and findings of a day; as no walk touches them, they are kept while only walks are changed."""
    workspace, state = call.site.workspace, call.request.app.state
    stamp = [entry for entry in workspace.files.stamp() if not entry[0].startswith(SOURCE.rpartition("/")[2])]
    held: tuple[object, Network, Mapping[str, Finding]] | None = getattr(state, "steady", None)
    if held is None or held[0] != (stamp, day):
        found = {finding.id: finding for finding in workspace.findings(day).findings}
        held = state.steady = ((stamp, day), call.network, found)
    return held[1], held[2]


def _line(network: Network, number: int, step: Step, finding: Finding | None, typed: str | None) -> Line:
    title = step.title or (kind_of(finding) if finding else view_title(network, step.view))
    return Line(
        number=number,
        title=title,
        sentence=finding.sentence if finding else None,
        finding=step.finding,
        state=finding.state if finding else "",
        gone=bool(step.finding) and finding is None,
        address="" if is_closing(step) else view_address(step.view),
        note=step.note,
        typed=typed if typed != step.note else None,
    )


def view_title(network: Network, view: View) -> Text:
    """Return what a view is called without drawing it: its lens, and the things that it is about."""
    lens = LENSES[view.looks].label if view.looks in LENSES else Text(view.looks, view.looks)
    named = (view.focus, view.to, *view.plans)
    nodes = [(name, network.iri(name)) for name in named if name]
    words = ", ".join(
        short_name(network, node) or network.label(node) if node else name for name, node in nodes
    )
    return Text(f"{lens.de}: {words}", f"{lens.en}: {words}") if words else lens


def typed_notes(form: FormData) -> dict[int, str]:
    """Return the notes of a form by the number of their step."""
    notes = {}
    for name, value in form.items():
        number = name.removeprefix("note-")
        if name != number and number.isascii() and number.isdigit():
            notes[int(number)] = tidy(str(value))
    return notes


def tidy(text: str) -> str:
    """Return a text of a form with the line ends that are stored."""
    return storable(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def kept_of(call: Call, name: str, version: str, form: FormData) -> Kept:
    """Return what somebody typed who looked at an earlier version of a walk: their own changes alone, at the steps of today."""
    workspace = call.site.workspace
    base, walk = workspace.settings.base, walking.the_walk(workspace, name)
    seen = walk_in(earlier(workspace, name, version) or "", base)
    fields = {key: str(form[key]).strip() for key in ("title_de", "title_en", "day") if key in form}
    if seen is None:
        return Kept(fields, {}, tuple(text for text in typed_notes(form).values() if text))
    told = edit_fields(seen)
    notes: dict[int, str] = {}
    lost = []
    for number, text in typed_notes(form).items():
        if not 1 <= number <= len(seen.steps) or text == seen.steps[number - 1].note:
            continue
        place = walk.place_of(seen.steps[number - 1])
        if place:
            notes[place] = text
        elif text:
            lost.append(text)
    return Kept({key: text for key, text in fields.items() if text != told[key]}, notes, tuple(lost))


def edit_fields(walk: Walk) -> dict[str, str]:
    """Return the fields of a walk as the form shows them."""
    return {
        "title_de": walk.title.de,
        "title_en": walk.title.en if walk.title.en != walk.title.de else "",
        "day": walk.day.isoformat() if walk.day else "",
    }
