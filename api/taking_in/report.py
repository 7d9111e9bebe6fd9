"""The report of a workbook as JSON: what was found, what would be stored, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.taking_in.changes import Change
from api.workspace import Imported
from graph.intake.sheets.review import Problem, Review, Where

if TYPE_CHECKING:
    from api.taking_in.own import TakenBack
    from api.taking_in.workbook import TakenIn
    from graph.errors import PlanwerkError


def taken_json(taken: TakenIn) -> dict[str, Any]:
    """Return the review with what became of it: the id of the source, the commit, the changes, the corrections used."""
    return {
        **taken.review.to_json(),
        "id": taken.source,
        "is_first": taken.is_first,
        "taken": imported_json(taken.imported) if taken.imported else None,
        "changes": [change_json(change) for change in taken.changes],
        "corrections": taken.settled.to_json(),
    }


def refusal_json(error: PlanwerkError, name: str, review: Review | None) -> dict[str, Any]:
    """Return the report of a file that was refused: what was found, if it could be read, and why it was refused."""
    document = (review or Review(name)).to_json()
    if review is None:
        text = error.text.document()
        document["problems"] = [
            {"severity": "error", "code": "refused", "text": text, "where": {"sheet": ""}}
        ]
    return {**document, "is_first": False, "taken": None, "changes": []}


def own_json(name: str, kind: str, taken: TakenBack) -> dict[str, Any]:
    """Return the report of a workbook that Planwerk wrote: nothing to be understood, but deliveries that come back."""
    review = Review(name)
    review.problems = [
        Problem("info", note.code, note.text, Where(note.file, note.row, note.column or ""))
        for note in taken.notes
    ]
    back = taken_back_json(name, taken)
    return {
        **review.to_json(),
        "own": kind,
        "id": back["source"],
        "is_first": False,
        "taken": back,
        "changes": back["changes"],
        "corrections": {},
    }


def change_json(change: Change) -> dict[str, Any]:
    """Return a change as JSON."""
    return {
        "table": change.table,
        "id": change.id,
        "kind": change.kind,
        "column": change.column,
        "before": change.before,
        "after": change.after,
        "text": change.text.document(),
    }


def taken_back_json(name: str, taken: TakenBack) -> dict[str, Any]:
    """Return what a workbook of our own brought: numbers, changes, and what was read otherwise than typed."""
    imported = Imported(", ".join(taken.deliveries), taken.commit, taken.rows, taken.cells, 0)
    return {
        **imported_json(imported),
        "file": name,
        "changes": [change_json(change) for change in taken.changes],
        "notes": [
            {
                "sheet": note.file,
                "row": note.row,
                "column": note.column,
                "code": note.code,
                "text": note.text.document(),
            }
            for note in taken.notes
        ],
    }


def imported_json(imported: Imported) -> dict[str, Any]:
    """Return what an import stored, in numbers."""
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
