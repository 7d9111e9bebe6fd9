"""Walks and the minutes of meetings, as the command line and the pages use them: read, change, show, take in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from api.jobs.walk_history import earlier
from api.wanted import ALL_BANDS, wanted_bands, wanted_day
from graph.errors import Changed, NotFound, Text
from graph.findings.decisions import decisions
from graph.findings.minutes.entries import Minutes, check_entry, check_known, check_newer
from graph.findings.minutes.reading import read_minutes
from graph.findings.minutes.stored import minutes_text, stored_minutes
from graph.output.walks.address import read_view
from graph.output.walks.preparing import chosen, fitting_view, prepared
from graph.output.walks.slides import show_of
from graph.output.walks.stored import SOURCE, read_walks, walks_text
from graph.output.walks.versions import lines_about, version_of, walk_in
from graph.output.walks.walk import Step, Walk, checked_name, checked_title, free_name, walk_called

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from api.workspace import Workspace
    from graph.findings.finding import Finding
    from graph.findings.minutes.entries import Entry
    from graph.output.lenses.view import View
    from graph.output.walks.slides import Show
    from graph.store.files import Commit

#: Minutes that are written down at the served page belong to one meeting a day.
AT_THE_PAGE = "seite"
_CARD = re.compile(r"/findings/([a-z0-9-]+)(?:[?#].*)?$")


def walks(workspace: Workspace) -> Mapping[str, Walk]:
    """Return all walks of the store by name."""
    base = workspace.settings.base
    return read_walks(workspace.files.text(base + SOURCE) or "", base)


def the_walk(workspace: Workspace, name: str) -> Walk:
    """Return a walk by its name; NotFound where there is none."""
    return walk_called(walks(workspace), name)


def coming_by(workspace: Workspace, finding: str) -> list[tuple[Walk, int]]:
    """Return the walks that come by a finding, each with the number of the first step that shows it."""
    held = walks(workspace).values()
    return [
        (walk, next(number for number, step in enumerate(walk.steps, start=1) if step.finding == finding))
        for walk in held
        if finding in walk.findings
    ]


def revise(
    workspace: Workspace,
    name: str,
    change: Callable[[Mapping[str, Walk]], Walk | None],
    why: str,
    *,
    version: str | None = None,
    who: str = "",
) -> None:
    """Store what ``change`` makes of the walk of a name (None removes it); nobody writes in between.

    ``version`` is the one that was looked at. Raises Changed where the walk is another one by now, unless the very same
    change was made of that version already: what is sent twice is done once.
    """
    base = workspace.settings.base

    def changed(text: str) -> str:
        lines, held = lines_about(text, name, base), read_walks(text, base)
        kept = {key: other for key, other in held.items() if key != name}
        if version not in (None, version_of(lines)):
            _check_done(workspace, name, lines, lambda walk: change(kept | _named(walk)), version)
            return text
        return walks_text(kept | _named(change(held)), base)

    workspace.files.revise(base + SOURCE, changed, who=who or workspace.settings.who, why=why)


def _named(walk: Walk | None) -> dict[str, Walk]:
    return {walk.name: walk} if walk else {}


def _check_done(
    workspace: Workspace, name: str, lines: str, make: Callable[[Walk | None], Walk | None], version: str
) -> None:
    base = workspace.settings.base
    seen = earlier(workspace, name, version)
    if seen is None or lines != lines_about(walks_text(_named(make(walk_in(seen, base))), base), name, base):
        raise Changed(
            f"Den Rundgang „{name}“ hat inzwischen jemand anderes geändert. Nichts wurde überschrieben.",
            f"Somebody else has changed the walk “{name}” in the meantime. Nothing was overwritten.",
        )


def prepare(
    workspace: Workspace,
    name: str,
    *,
    rules: list[str] | None,
    band: str | None,
    top: int,
    day: date | None,
    title: str | None = None,
) -> Walk:
    """Make a walk from the open findings of a day and store it in place of one of the same name, whose notes are kept."""
    named = typed(title) if title else None
    walk = _from_findings(workspace, checked_name(name), named, rules=rules, band=band, top=top, day=day)
    revise(workspace, name, lambda held: walk.with_notes_of(held.get(name)), f"Rundgang {name}")
    return the_walk(workspace, name)


def _from_findings(
    workspace: Workspace,
    name: str,
    title: Text | None,
    *,
    rules: list[str] | None,
    band: str | None,
    top: int,
    day: date | None,
) -> Walk:
    looked = day or wanted_day(None)
    wanted = chosen(workspace.findings(looked, rules).findings, _taker(band), top)
    return prepared(name, title or _title_on(looked), workspace.network(), wanted, day)


def create(
    workspace: Workspace,
    title: Text,
    *,
    day: date | None = None,
    top: int = 0,
    steps: tuple[Step, ...] = (),
    who: str = "",
) -> Walk:
    """Store a new walk, empty or with the ``top`` open findings, under a name made of its title, and return it.

    Sent twice it is made once. Raises Changed where somebody else took the name at this moment.
    """
    held = walks(workspace)
    plain = free_name(title.de, ())
    name = plain if plain not in held else free_name(title.de, held)
    made = Walk(name, title, (), day)
    if top:
        made = _from_findings(workspace, name, title, rules=None, band=None, top=top, day=day)
    for step in steps:
        made = made.with_step(step)
    if plain in held and replace(made, name=plain) == held[plain]:
        return held[plain]
    revise(workspace, name, lambda _: made, f"Rundgang {name} angelegt", version="", who=who)
    return made


def _title_on(day: date) -> Text:
    return Text(f"Hinweise am {day:%d.%m.%Y}", f"Findings on {day.isoformat()}")


def _taker(band: str | None) -> Callable[[Finding], bool]:
    """Return the test whether a finding is open and has the band.

    Without one, weak overlaps are left out, and those that are coordinated already.
    """
    other = band if band in {"belegt", "hinweis"} else None
    bands = () if other else wanted_bands(band)

    def takes(finding: Finding) -> bool:
        if finding.state != "offen":
            return False
        if finding.rule.id == "overlap":
            return finding.band in bands and (band is not None or finding.kind != "coordinated")
        return band in (None, ALL_BANDS, finding.band)

    return takes


def new_step(workspace: Workspace, what: str, day: date | None) -> Step:
    """Return a step that shows a finding, by its id or the address of its card, or a view, by its address in the browser.

    Raises NotFound and BadRequest where there is no such finding or the view cannot be drawn.
    """
    card = _CARD.search(what)
    if card is None and ("=" in what or "/" in what):
        view = read_view(what)
        workspace.drawing(_dated(view, day))
        return Step(view)
    finding = workspace.finding(card[1] if card else what, day or wanted_day(None))
    return Step(fitting_view(workspace.network(), finding), finding.id)


def typed(title: str) -> Text:
    """Return a title as typed, the same in both languages; BadRequest where it is empty or too long."""
    said = checked_title(title)
    return Text(said, said)


def _dated(view: View, day: date | None) -> View:
    return replace(view, as_of=view.as_of or day)


def show(workspace: Workspace, walk: Walk, day: date | None = None, lang: str | None = None) -> Show:
    """Return a walk made ready to be shown, on its day unless another is named."""
    looked = day or walk.day
    found = workspace.findings(looked or wanted_day(None))
    shown = show_of(
        walk, workspace.network(), found, lambda view: workspace.drawing(_dated(view, looked), lang=lang)
    )
    return replace(shown, meetings=_meetings(workspace, walk.name))


def _meetings(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Return the ids of the meetings whose decisions at this walk are stored."""
    named = re.compile(rf"sitzung-{re.escape(name)}-\d{{4}}-\d\d-\d\d-(\w+)\.nt")
    found = (named.fullmatch(file) for file, *_ in workspace.files.stamp())
    return tuple(match[1] for match in found if match)


def take_minutes(
    workspace: Workspace, text: bytes, file: str, *, dry_run: bool = False
) -> tuple[Minutes, Commit]:
    """Take in a file of decisions, all or nothing, and return what it says and what changed.

    Raises BadRequest or NotFound, naming the entry, where something in it will not do.
    """
    minutes = read_minutes(text, file)
    known = {
        finding.id
        for day in {minutes.as_of, wanted_day(None)}
        for finding in workspace.findings(day).findings
    }
    check_known(minutes, known)
    base = workspace.settings.base
    source = base + minutes.source
    numbers = _numbers(workspace, minutes)
    held = workspace.files.text(source)
    if held:
        check_newer(minutes, stored_minutes(held, minutes, base))
    change = workspace.files.preview if dry_run else workspace.files.commit
    done = change(
        {source: minutes_text(minutes, numbers, base)}, who=_who(minutes), why=f"{minutes.walk}: {file}"
    )
    return minutes, done


def record(workspace: Workspace, walk: Walk, entry: Entry) -> None:
    """Store one entry at once, as part of what was written down at the page on this day.

    Raises BadRequest where it is neither a whole decision nor a note.
    """
    check_entry(entry, walk.title.de)
    now = datetime.now(UTC).replace(microsecond=0)
    today = wanted_day(None)
    meeting = Minutes(AT_THE_PAGE, walk.name, walk.title.de, today, walk.day or today, now, ())
    base = workspace.settings.base
    numbers = _numbers(workspace, meeting.with_entry(entry))

    def changed(text: str) -> str:
        held = stored_minutes(text, meeting, base).with_entry(entry)
        kept = {other.finding: numbers.get(other.finding, 1) for other in held.entries}
        return minutes_text(_saved(held, now), numbers | kept, base)

    workspace.files.revise(
        base + meeting.source, changed, who=entry.role or workspace.settings.who, why=walk.name
    )


def _saved(minutes: Minutes, now: datetime) -> Minutes:
    return replace(minutes, saved=now)


def _numbers(workspace: Workspace, minutes: Minutes) -> dict[str, int]:
    """Return which decision on its finding each entry is: the same again where this meeting has decided on it before."""
    taken = decisions(workspace.network())
    named = {entry.finding for entry in minutes.entries} | {
        finding
        for finding, held in taken.items()
        if any(d.meeting == minutes.meeting and d.day == minutes.day for d in held)
    }
    found = {}
    for finding in named:
        held = taken.get(finding, ())
        same = [d.number for d in held if d.meeting == minutes.meeting and d.day == minutes.day]
        found[finding] = same[0] if same else max((d.number for d in held), default=0) + 1
    return found


def _who(minutes: Minutes) -> str:
    roles = dict.fromkeys(entry.role for entry in minutes.entries if entry.role)
    return ", ".join(roles) or minutes.title


def finding_of(workspace: Workspace, walk: Walk, name: str) -> Finding:
    """Return the finding of this id that a walk comes by; NotFound where it does not."""
    if name not in walk.findings:
        raise NotFound(
            f"Der Rundgang „{walk.name}“ kommt am Hinweis „{name}“ nicht vorbei.",
            f"The walk “{walk.name}” does not come by the finding “{name}”.",
        )
    return workspace.finding(name, walk.day or wanted_day(None))
