"""Suggest: what else to look at. A suggestion is never a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.commands.asked import DONE, known_day, need_data
from api.tables.terminal import Table, write_csv, write_json, write_table
from api.wanted import wanted_day
from graph.errors import BadRequest

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from api.workspace import Workspace


def related(workspace: Workspace, asked: Namespace) -> int:
    """Show the plans that are similar to a plan, and what they share with it."""
    need_data(workspace)
    from graph.findings.related.related_suggestions import suggestions, suggestions_json

    day, known = wanted_day(asked.as_of), known_day(asked)
    network, plan = workspace.network(known), workspace.node(asked.plan, known)
    if plan not in network.of_type("Plan"):
        raise BadRequest(
            f"„{asked.plan}“ ist kein Planwerk; bitte die Kennung eines Planwerks nennen.",
            f"“{asked.plan}” is not a plan; please give the id of a plan.",
        )
    grounds = workspace.grounds(known)
    document = suggestions_json(grounds, suggestions(grounds, plan, day, asked.top))
    about = {"as_of": day.isoformat(), "snapshot": workspace.snapshot(), "plan": asked.plan}
    if asked.format == "json":
        write_json(about | document)
        return DONE
    _write(document, asked.format, workspace.settings.lang)
    return DONE


def _write(document: Mapping[str, Any], form: str, lang: str) -> None:
    headings = {
        "de": ("Planwerk", "gemeinsame Begriffe", "gemeinsame Wörter"),
        "en": ("plan", "shared concepts", "shared words"),
    }[lang]
    if form == "csv":
        rows = [
            (plan["id"], _joined(plan["shared"], "id"), _joined(plan["words"], "word"))
            for plan in document["plans"]
        ]
        write_csv(Table(("plan", "shared", "words"), rows))
        return
    rows = [
        (
            f"{plan['label']} [{plan['id']}]",
            "\n".join(_counted(entry, "label", lang) for entry in plan["shared"]),
            "\n".join(_counted(entry, "word", lang) for entry in plan["words"]),
        )
        for plan in document["plans"]
    ]
    notes = [document[name][lang] for name in ("nothing", "note", "left_out") if document[name]]
    write_table(Table(headings if rows else (), rows, notes=notes))


def _counted(entry: Mapping[str, Any], name: str, lang: str) -> str:
    of = {"de": "von", "en": "of"}[lang]
    return f"{entry[name]} ({entry['count']} {of} {entry['of']})"


def _joined(entries: list[Mapping[str, Any]], name: str) -> str:
    return "; ".join(str(entry[name]) for entry in entries)


def similar_goals(workspace: Workspace, asked: Namespace) -> int:
    """Show the recorded goals that resemble a text."""
    need_data(workspace)
    from graph.findings.related.similar_goals import checked_text, similar_goals_json
    from graph.findings.related.similar_goals import similar_goals as find

    text, lang = checked_text(asked.text), workspace.settings.lang
    document = similar_goals_json(workspace.network(), text, find(workspace.goal_words(), text, asked.top))
    if asked.format == "json":
        write_json(document)
    elif asked.format == "csv":
        columns = ("id", "similarity", "opposite", "plans", "words")
        write_csv(Table(columns, [_goal_record(goal) for goal in document["goals"]]))
    else:
        _write_goals(document, lang)
    return DONE


def _goal_record(goal: Mapping[str, Any]) -> tuple[str, ...]:
    plans = _joined(goal["plans"], "id")
    return (
        goal["id"],
        f"{goal['similarity']:.4f}",
        str(goal["opposite"]).lower(),
        plans,
        "; ".join(goal["words"]),
    )


def _write_goals(document: Mapping[str, Any], lang: str) -> None:
    from graph.findings.related.similar_goals import OPPOSITE

    headings = {
        "de": ("Ziel", "Planwerk", "gemeinsame Wörter", ""),
        "en": ("goal", "plan", "shared words", ""),
    }[lang]
    rows = [
        (
            f"{goal['label']} [{goal['id']}]",
            "\n".join(plan["label"] for plan in goal["plans"]),
            ", ".join(goal["words"]),
            OPPOSITE[lang] if goal["opposite"] else "",
        )
        for goal in document["goals"]
    ]
    notes = [document[name][lang] for name in ("nothing", "note") if document[name]]
    write_table(Table(headings if rows else (), rows, notes=notes))
