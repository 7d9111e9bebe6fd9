"""Take in: import folders, check what is there, serve it."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.commands.asked import DONE, REFUSED, need_data
from api.terminal import Table, say, watched, write_csv, write_json, write_table
from api.workspace import Workspace
from graph.errors import IntakeError
from ontology.text import Text

if TYPE_CHECKING:
    from api.workspace import Imported


def serve(workspace: Workspace, asked: Namespace) -> int:
    """Serve the pages until interrupted; load folders first that the store does not hold yet."""
    from api.app import run_server

    for folder in map(Path, asked.load):
        if not workspace.holds(shipped(folder).resolve().name):
            _import_one(workspace, asked, folder, why="make run")
    lang = workspace.settings.lang
    say(
        {
            "de": f"Planwerk läuft auf http://{asked.host}:{asked.port}  (Strg+C beendet)",
            "en": f"Planwerk runs at http://{asked.host}:{asked.port}  (Ctrl+C stops)",
        }[lang],
        quiet=asked.quiet,
    )
    run_server(workspace, host=asked.host, port=asked.port)
    return DONE


def import_(workspace: Workspace, asked: Namespace) -> int:
    """Take in each folder, all or nothing, and say what changed."""
    from graph.intake.problems import TablesRefused

    report: dict[str, Any] = {"imports": [], "problems": []}
    try:
        for source in asked.source:
            report["imports"].append(_imported_json(_import_one(workspace, asked, Path(source))))
    except TablesRefused as error:
        report["problems"] = [
            {
                "file": p.file,
                "row": p.row,
                "column": p.column,
                "code": p.code,
                "text": {"de": p.text.de, "en": p.text.en},
            }
            for p in error.problems
        ]
        raise
    finally:
        if asked.report:
            Path(asked.report).write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")
    if asked.format == "json":
        write_json(report)
    else:
        _write_imports(report["imports"], asked, workspace.settings.lang)
    return DONE


def _import_one(workspace: Workspace, asked: Namespace, folder: Path, why: str | None = None) -> Imported:
    folder = shipped(folder)
    if folder.is_file():
        raise IntakeError(
            f"{folder} ist eine Datei; bisher wird ein Ordner mit CSV-Tabellen gelesen (siehe docs/tutorial.md).",
            f"{folder} is a file; so far a folder of CSV tables is read (see docs/tutorial.md).",
        )
    label = Text("Zeilen lesen", "Reading rows")
    lang = workspace.settings.lang
    return workspace.import_folder(
        folder,
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


def _imported_json(imported: Imported) -> dict[str, Any]:
    commit = imported.commit
    return {
        "source": imported.delivery,
        "rows": imported.rows,
        "cells": imported.cells,
        "dropped": imported.lost,
        "id": commit.id,
        "previous": commit.previous,
        "added": commit.added,
        "removed": commit.removed,
        "sources": {
            source: {"added": change.added, "removed": change.removed}
            for source, change in commit.sources.items()
        },
    }


def _write_imports(imports: Iterable[Mapping[str, Any]], asked: Namespace, lang: str) -> None:
    for entry in imports:
        numbers = {
            name: f"{entry[name]:,}".replace(",", "." if lang == "de" else ",")
            for name in ("rows", "cells", "dropped", "added", "removed")
        }
        changed = len(entry["sources"])
        dry = {"de": " (nur geprüft, nichts gespeichert)", "en": " (only checked, nothing stored)"}[lang]
        text = {
            "de": f"{entry['source']}: {numbers['rows']} Zeilen, {numbers['cells']} gefüllte Zellen, "
            f"{numbers['dropped']} verloren. {changed} Quellen geändert: {numbers['added']} Aussagen neu, "
            f"{numbers['removed']} entfallen.",
            "en": f"{entry['source']}: {numbers['rows']} rows, {numbers['cells']} filled cells, "
            f"{numbers['dropped']} lost. {changed} sources changed: {numbers['added']} statements new, "
            f"{numbers['removed']} gone.",
        }[lang]
        sys.stdout.write(text + (dry if asked.dry_run else "") + "\n")


def check(workspace: Workspace, asked: Namespace) -> int:
    """Check the data by the shapes; violations make the status 1."""
    from api.checking import Checked, check_store

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
                        (e.severity, e.file, e.row, e.thing, {"de": e.message.de, "en": e.message.en}),
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
        write_table(Table(headings, rows, notes=notes))
    return REFUSED if count["violation"] else DONE
