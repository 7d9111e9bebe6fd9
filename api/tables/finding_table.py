"""Findings as a table: one row each, with the last decision; the same on the command line and at the address of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.tables.csv_text import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.findings.finding import Finding

HEADINGS = {
    "de": (
        *("Regel", "Art", "Band", "Stand", "Satz", "Kennung"),
        *(
            "entschieden am",
            "Rolle",
            "Grund",
            "Vorlage",
            "Belege seither geändert",
            "Planwerke",
            "Dienststellen",
        ),
    ),
    "en": (
        *("rule", "kind", "band", "state", "sentence", "id"),
        *("decided on", "role", "reason", "paper", "evidence changed since", "plans", "departments"),
    ),
}
#: So many columns are enough for people in a terminal.
FOR_PEOPLE = 6
_YES = {"de": "ja", "en": "yes"}


def finding_row(finding: Finding, lang: str) -> tuple[str, ...]:
    """Return the cells of a finding; the decision is the last one taken on it."""
    taken = finding.details.get("decisions", ())
    last = taken[-1] if taken else {}
    return (
        finding.rule.id,
        finding.details["title"][lang],
        finding.band,
        finding.state,
        finding.sentence[lang],
        finding.id,
        *(last.get(name, "") for name in ("date", "role", "reason", "paper")),
        _YES[lang] if finding.details.get("evidence_changed") else "",
        "; ".join(finding.plans),
        "; ".join(finding.departments),
    )


def findings_csv(findings: Iterable[Finding], lang: str) -> str:
    """Return findings as CSV, headings first."""
    return csv_text(HEADINGS[lang], (finding_row(finding, lang) for finding in findings))
