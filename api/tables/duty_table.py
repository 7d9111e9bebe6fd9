"""The ladder of duties as the command line writes it: one document, one row for people, one record for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.findings.finding import set_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.findings.finding import FindingSet

_HEADINGS = {
    "de": ("Frist", "Pflicht", "Norm", "Bindung", "Antwort"),
    "en": ("due", "duty", "norm", "binding", "answer"),
}
_UNKNOWN = {"de": "nicht bekannt", "en": "not known"}
_LATE = {"de": "verstrichen", "en": "passed"}


def duty_document(gaps: FindingSet, ladder: Mapping[str, Any]) -> dict[str, Any]:
    """Return the gaps as findings and the whole ladder in one document."""
    return {**set_json(gaps), **ladder}


def duty_row(step: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Return a duty as people read it in a terminal."""
    cells = (
        _due(step, lang),
        f"{step['instrument'][lang]} [{step['id']}]",
        f"{step['norm']['text']}\n{step['checked'][lang]}".strip(),
        "\n".join(_binding(step, lang)),
        f"{step['answer'][lang]}\n{step['answer']['reason'][lang]}",
    )
    return dict(zip(_HEADINGS[lang], cells, strict=True))


def _due(step: Mapping[str, Any], lang: str) -> str:
    due = step["due"]
    if due is None:
        return _UNKNOWN[lang]
    return f"{due['date']} ({_LATE[lang]})" if due["overdue"] else str(due["date"])


def _binding(step: Mapping[str, Any], lang: str) -> list[str]:
    """Return how strongly a duty binds, whom, and under which condition."""
    said = [f"{step['modality'][lang]}, {step['reach'][lang]}"]
    if step["condition"]:
        said.append(f"{step['condition'][lang]}: {step['condition']['text']}")
    return said


def duty_record(step: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Return a duty as programs want it: one value a column, lists with semicolons."""
    due, delegation = step["due"] or {}, step["delegation"] or {"to": {"id": ""}}
    return {
        "id": step["id"],
        "instrument": step["instrument"][lang],
        "modality": step["modality"]["code"] or "",
        "reach": step["reach"]["code"],
        "is_must": str(step["is_must"]).lower(),
        "norm": step["norm"]["text"],
        "checked_on": step["checked"]["on"] or "",
        "due": due.get("date", ""),
        "answer": step["answer"]["code"],
        "reason": step["answer"]["reason"][lang],
        "delegated_to": delegation["to"]["id"],
        "fulfilments": "; ".join(c["plan"]["id"] for c in step["fulfilments"] if c["plan"]),
        "suggestions": "; ".join(entry["plan"]["id"] for entry in step["suggestions"]),
        "finding": step["finding"] or "",
    }
