"""Take in: import folders, check what is there, serve it."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from api.commands.asked import DONE, REFUSED, need_data
from api.tables.terminal import Table, meter, say, watched, write_csv, write_json, write_table
from api.workspace import Workspace
from graph.errors import IntakeError, NotFound
from ontology.text import Text

if TYPE_CHECKING:
    from api.commands.workbooks import Report
    from api.taking_in.workbook import TakenIn
    from api.workspace import Imported
    from graph.intake.sheets.corrections import Settled


#: What the page of a meeting saves.
MINUTES = ".json"


def serve(workspace: Workspace, asked: Namespace) -> int:
    """Serve the pages until interrupted; load folders first that the store does not hold yet."""
    from api.app import run_server
    from api.web.serving import address_of, listening_at

    for folder in map(Path, asked.load):
        if not workspace.holds(shipped(folder).resolve().name):
            _import_one(workspace, asked, folder, why="make run")
    lang = workspace.settings.lang
    with listening_at(asked.host, asked.port) as listening:
        address = address_of(listening, asked.host)
        said = {
            "de": f"Planwerk läuft auf {address}  (Strg+C beendet)",
            "en": f"Planwerk runs at {address}  (Ctrl+C stops)",
        }
        say(said[lang], quiet=asked.quiet)
        say(workspace.current_host().standing().sentence[lang], quiet=asked.quiet)
        run_server(workspace, asked.host, listening)
    return DONE


def import_(workspace: Workspace, asked: Namespace) -> int:
    """Take in each source, each all or nothing, and say what was found and what changed."""
    from api.commands.walking import take_minutes
    from api.commands.workbooks import Report
    from api.taking_in.report import imported_json
    from api.taking_in.workbook import is_workbook

    report = Report()
    given = _mapping(asked)
    try:
        for source in map(Path, asked.source):
            path = shipped(source)
            if path.suffix.lower() == MINUTES and path.is_file():
                report.meetings.append(take_minutes(workspace, asked, path.read_bytes(), path.name))
                continue
            if path.is_file() or (is_workbook(path) and not path.is_dir()):
                _add_workbook(report, workspace, asked, path, given)
            else:
                report.add_folder(imported_json(_import_one(workspace, asked, path)))
    except IntakeError as error:
        report.refuse(error, source.name)
        raise
    finally:
        if asked.report:
            text = json.dumps(report.document(), ensure_ascii=False, indent=2)
            Path(asked.report).write_text(text + "\n", "utf-8")
    if asked.format == "json":
        write_json(report.document())
    else:
        report.write(workspace.settings.lang, dry_run=asked.dry_run)
    return REFUSED if report.has_errors else DONE


def _add_workbook(
    report: Report, workspace: Workspace, asked: Namespace, path: Path, given: Settled | None
) -> None:
    """Take in a workbook: one that grew, or one that Planwerk wrote and somebody edited."""
    from api.taking_in.own import take_back
    from graph.intake.sheets.child import OwnWorkbook

    try:
        report.add_workbook(_import_workbook(workspace, asked, path, given))
    except OwnWorkbook as own:
        taken = take_back(
            workspace, own.returned, source_id=asked.source_id, dry_run=asked.dry_run, day=asked.date
        )
        report.add_taken_back(path.name, taken)


def _mapping(asked: Namespace) -> Settled | None:
    from graph.intake.sheets.corrections import read_settled

    return read_settled(Path(asked.mapping)) if asked.mapping else None


def _import_workbook(workspace: Workspace, asked: Namespace, path: Path, given: Settled | None) -> TakenIn:
    from api.taking_in.workbook import SUFFIXES, is_workbook

    if not is_workbook(path):
        raise IntakeError(
            f"{path.name} wird so nicht gelesen; möglich sind {', '.join(SUFFIXES)} und Ordner mit CSV-Tabellen. "
            "Bitte in der Tabellenkalkulation als .xlsx speichern.",
            f"{path.name} is not read like this; possible are {', '.join(SUFFIXES)} and folders of CSV tables. "
            "Please save it as .xlsx in the spreadsheet program.",
        )
    lang = workspace.settings.lang
    with meter(Text(f"{path.name} lesen", f"Reading {path.name}"), lang, quiet=asked.quiet) as progress:
        return workspace.import_workbook(
            path,
            source_id=asked.source_id,
            settled=given,
            dry_run=asked.dry_run,
            day=asked.date,
            progress=progress,
        )


def corrections(workspace: Workspace, asked: Namespace) -> int:
    """Print what is remembered for a source, in the shape that ``--mapping`` takes."""
    from graph.intake.sheets.corrections import memory_name, memory_path, recall

    workspace.files.fetch_beside(memory_name(asked.source))
    if not memory_path(workspace.files.folder, asked.source).exists():
        raise NotFound(
            f"Für „{asked.source}“ ist nichts gemerkt.", f"Nothing is remembered for “{asked.source}”."
        )
    write_json(recall(workspace.files.folder, asked.source).to_json())
    return DONE


def _import_one(workspace: Workspace, asked: Namespace, folder: Path, why: str | None = None) -> Imported:
    label = Text("Zeilen lesen", "Reading rows")
    lang = workspace.settings.lang
    return workspace.import_folder(
        shipped(folder),
        source_id=getattr(asked, "source_id", None),
        dry_run=getattr(asked, "dry_run", False),
        day=getattr(asked, "date", None),
        why=why,
        watch=lambda rows: watched(rows, label, lang, quiet=asked.quiet),
    )


def shipped(folder: Path) -> Path:
    """Return the folder itself, or the data of this name that ship with the product (``data/aachen``)."""
    if folder.exists():
        return folder
    inside = Path(str(resources.files("data"))) / folder.name
    return inside if inside.is_dir() and folder.parts in {("data", folder.name), (folder.name,)} else folder


def check(workspace: Workspace, asked: Namespace) -> int:
    """Check the data by the shapes; violations make the status 1."""
    from api.jobs.checking import Checked, check_store

    need_data(workspace)
    lang = workspace.settings.lang
    checked: list[Checked] = check_store(workspace)
    count = Counter(entry.severity for entry in checked)
    headings = ("severity", "file", "row", "thing", "message")
    shown = [entry for entry in checked if asked.all or asked.format != "table" or entry.severity != "info"]
    rows = [(e.severity, e.file or "", str(e.row or ""), e.thing, e.message[lang]) for e in shown]
    if asked.format == "json":
        write_json(
            [
                dict(
                    zip(
                        headings,
                        (e.severity, e.file, e.row, e.thing, e.message.document()),
                        strict=True,
                    )
                )
                for e in checked
            ]
        )
    elif asked.format == "csv":
        write_csv(Table(headings, rows))
    else:
        notes = [", ".join(f"{name}: {count[name]}" for name in ("violation", "warning", "info"))]
        notes.append(workspace.current_host().standing().sentence[lang])
        write_table(Table(headings, rows, notes=notes))
    return REFUSED if count["violation"] else DONE
