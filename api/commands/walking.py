"""Walk: prepare the walk of a meeting step by step, show it, list all."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from api.commands.asked import DONE, need_data
from api.jobs import walking
from api.tables.terminal import Table, write_csv, write_json, write_table
from api.wanted import wanted_day
from api.workspace import Workspace
from graph.errors import BadRequest, Text
from graph.output.walks.address import view_address
from graph.output.walks.walk import Walk, checked_name, walk_called

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.output.walks.slides import Show


def walk(workspace: Workspace, asked: Namespace) -> int:
    """Prepare or change a walk as asked, all or nothing, and show it."""
    need_data(workspace)
    if asked.delete:
        walking.the_walk(workspace, asked.name)
        walking.revise(workspace, asked.name, lambda _: None, f"Rundgang {asked.name} gelöscht")
        return DONE
    if asked.from_findings:
        day = wanted_day(asked.as_of) if asked.as_of else None
        walking.prepare(
            workspace,
            asked.name,
            rules=asked.rule,
            band=asked.band,
            top=asked.top,
            day=day,
            title=asked.title,
        )
    elif asked.rule or asked.band:
        raise BadRequest(
            "--rule und --band gehören zu --from-findings.", "--rule and --band go with --from-findings."
        )
    _change(workspace, asked)
    return _show(workspace, asked)


def _change(workspace: Workspace, asked: Namespace) -> None:
    """Apply what is asked for besides, in the order add, remove, move, note; nothing is stored where one is refused."""
    new = not asked.from_findings
    day = wanted_day(asked.as_of) if asked.as_of and new else None
    title = walking.typed(asked.title) if asked.title and new else None
    if not (asked.add or asked.remove or asked.move or asked.note or title or day):
        return
    held = walking.walks(workspace).get(asked.name)
    looked = day or (held.day if held else None)
    steps = [walking.new_step(workspace, what, looked) for what in asked.add]

    def changed(walks: Mapping[str, Walk]) -> Walk:
        present = walks.get(asked.name)
        if present is None:
            present = _fresh(asked, walks)
        for step in steps:
            present = present.with_step(step)
        if asked.remove:
            present = present.without(asked.remove)
        if asked.move:
            present = present.moved(*asked.move)
        if asked.note:
            present = present.noted(_number(asked.note[0]), asked.note[1])
        return Walk(present.name, title or present.title, present.steps, day or present.day)

    walking.revise(workspace, asked.name, changed, f"Rundgang {asked.name}")


def _fresh(asked: Namespace, walks: Mapping[str, Walk]) -> Walk:
    """Return a new walk where a step is added to one that there is not; else NotFound."""
    if not asked.add:
        return walk_called(walks, asked.name)
    return Walk(checked_name(asked.name), Text(asked.name, asked.name))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise BadRequest(
            f"--note: „{text}“ ist keine Nummer eines Schritts.", f"--note: “{text}” is no number of a step."
        )
    return int(text)


def _show(workspace: Workspace, asked: Namespace) -> int:
    lang = workspace.settings.lang
    shown = walking.show(workspace, walking.the_walk(workspace, asked.name), None)
    if asked.format == "json":
        write_json(walk_json(shown))
        return DONE
    headings = {
        "de": ("Schritt", "Hinweis", "Ansicht", "Anmerkung"),
        "en": ("step", "finding", "view", "note"),
    }[lang]
    rows = [
        (
            f"{slide.number}",
            (slide.told.sentence if slide.told else slide.title)[lang],
            "/graph?" + view_address(slide.step.view) if slide.document else "",
            " ".join([slide.step.note, *(text[lang] for text in slide.lost)]).strip(),
        )
        for slide in shown.slides
    ]
    title = f"{shown.walk.title[lang]} ({shown.walk.name})"
    (write_csv if asked.format == "csv" else write_table)(Table(headings, rows, title=title))
    return DONE


def walk_json(shown: Show) -> dict[str, Any]:
    """Return a walk as one document: its steps with their view, finding and note, and what is lost."""
    return {
        "name": shown.walk.name,
        "title": shown.walk.title.document(),
        "as_of": shown.day.isoformat(),
        "steps": [
            {
                "number": slide.number,
                "title": slide.title.document(),
                "view": view_address(slide.step.view),
                "finding": slide.step.finding or None,
                "sentence": slide.told.sentence.document() if slide.told else None,
                "state": slide.told.state if slide.told else None,
                "note": slide.step.note,
                "lost": [text.document() for text in slide.lost],
            }
            for slide in shown.slides
        ],
    }


def walks(workspace: Workspace, asked: Namespace) -> int:
    """List the walks that are prepared."""
    lang = workspace.settings.lang
    held = walking.walks(workspace).values()
    rows = [(w.name, w.title[lang], str(len(w.steps)), w.day.isoformat() if w.day else "") for w in held]
    headings = {"de": ("Name", "Titel", "Schritte", "Stand"), "en": ("name", "title", "steps", "as of")}[lang]
    if asked.format == "json":
        names = ("name", "title", "steps", "as_of")
        write_json([dict(zip(names, row, strict=True)) for row in rows])
    elif asked.format == "csv":
        write_csv(Table(headings, rows))
    else:
        write_table(Table(headings, rows))
    return DONE


def take_minutes(workspace: Workspace, asked: Namespace, text: bytes, file: str) -> dict[str, Any]:
    """Take in the decisions of a meeting, say what changed, and return it as a part of the report."""
    minutes, commit = walking.take_minutes(workspace, text, file, dry_run=asked.dry_run)
    decided = sum(bool(entry.state) for entry in minutes.entries)
    noted = sum(bool(entry.note) for entry in minutes.entries)
    if asked.format != "json":
        sys.stdout.write(
            {
                "de": f"{file}: Sitzung „{minutes.title}“ vom {minutes.day:%d.%m.%Y}, {decided} Entscheidungen, "
                f"{noted} Notizen. {commit.added} Aussagen neu, {commit.removed} entfallen.\n",
                "en": f"{file}: meeting “{minutes.title}” of {minutes.day.isoformat()}, {decided} decisions, {noted} notes. "
                f"{commit.added} statements new, {commit.removed} gone.\n",
            }[workspace.settings.lang]
        )
    return {
        "file": file,
        "walk": minutes.walk,
        "date": minutes.day.isoformat(),
        "source": minutes.source,
        "decisions": decided,
        "notes": noted,
        "added": commit.added,
        "removed": commit.removed,
    }
