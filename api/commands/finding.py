"""Find: overlaps, gaps, all findings, duties, and what was decided on them."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from api.commands.asked import DONE, known_day, need_data
from api.settings import Settings
from api.tables.finding_table import FOR_PEOPLE, HEADINGS, finding_row, findings_csv
from api.tables.terminal import Table, write_csv, write_json, write_table
from api.wanted import wanted_bands, wanted_day
from api.workspace import Workspace
from ontology.text import Text

if TYPE_CHECKING:
    from datetime import date

    from graph.findings.finding import Finding, FindingSet


_FACETS = {
    "topic": Text("Themen", "topics"),
    "targetGroup": Text("Zielgruppen", "target groups"),
    "area": Text("Räume", "areas"),
}


_SHOWN_PER_KIND = 12


def overlaps(workspace: Workspace, asked: Namespace) -> int:
    """Show the overlaps of a day."""
    need_data(workspace)
    found = workspace.overlaps(
        wanted_day(asked.as_of), wanted_bands(asked.band), plan=asked.plan, known_on=known_day(asked)
    )
    return _write_findings(_first(found, asked.top), asked, workspace.settings, _overlap_row, _overlap_record)


def _first(found: FindingSet, top: int | None) -> FindingSet:
    from dataclasses import replace

    return replace(found, findings=found.findings[:top]) if top else found


def _overlap_row(finding: Finding, lang: str) -> dict[str, str]:
    shared = {facet: [s.label for s in finding.shared if s.facet == facet] for facet in _FACETS}
    names = zip(finding.plans, finding.details["plan_labels"], strict=True)
    words = {
        "de": ("Art", "Band", "Wert", "Planwerke", "gemeinsam", "abgestimmt über"),
        "en": ("kind", "band", "score", "plans", "shared", "coordinated through"),
    }[lang]
    cells = (
        finding.details["title"][lang],
        finding.band,
        f"{finding.score or 0:.2f}",
        "\n".join(f"{label} [{plan}]" for plan, label in names),
        "\n".join(
            f"{_FACETS[facet][lang]}: {', '.join(labels)}" for facet, labels in shared.items() if labels
        ),
        "\n".join(entry.text[lang] for entry in finding.coordinated_through),
    )
    return dict(zip(words, cells, strict=True))


def _overlap_record(finding: Finding, lang: str) -> dict[str, str]:
    """Return an overlap as programs want it: one value a column, lists with semicolons."""
    shared = {facet: "; ".join(s.id for s in finding.shared if s.facet == facet) for facet in _FACETS}
    return {
        "id": finding.id,
        "kind": finding.kind,
        "band": finding.band,
        "score": f"{finding.score or 0:.4f}",
        **dict(zip(("plan_a", "plan_b"), finding.plans, strict=True)),
        **shared,
        "coordinated_through": "; ".join(entry.id for entry in finding.coordinated_through),
        "bearers": finding.details["bearers"],
        "sentence": finding.sentence[lang],
        "state": finding.state,
    }


def gaps(workspace: Workspace, asked: Namespace) -> int:
    """Show the chain gaps of a day, per kind."""
    need_data(workspace)
    found = workspace.gaps(wanted_day(asked.as_of), asked.kind, known_on=known_day(asked))
    if asked.top or asked.format == "table":
        found = _first_per_kind(found, asked.top or (len(found.findings) if asked.kind else _SHOWN_PER_KIND))
    return _write_findings(found, asked, workspace.settings, _gap_row, _gap_record)


def _first_per_kind(found: FindingSet, top: int) -> FindingSet:
    from dataclasses import replace

    seen: Counter[str] = Counter()
    kept = []
    for finding in found.findings:
        seen[finding.kind] += 1
        if seen[finding.kind] <= top:
            kept.append(finding)
    return replace(found, findings=tuple(kept))


def _gap_row(finding: Finding, lang: str) -> dict[str, str]:
    words = {"de": ("Lücke", "Band", "Satz", "Kennung"), "en": ("gap", "band", "sentence", "id")}[lang]
    cells = (finding.details["title"][lang], finding.band, finding.sentence[lang], ", ".join(finding.nodes))
    return dict(zip(words, cells, strict=True))


def _gap_record(finding: Finding, lang: str) -> dict[str, str]:
    return {
        "id": finding.id,
        "kind": finding.kind,
        "band": finding.band,
        "about": "; ".join(finding.nodes),
        "plan": "; ".join(finding.plans),
        "departments": "; ".join(finding.departments),
        "sentence": finding.sentence[lang],
        "state": finding.state,
    }


_Row = Callable[["Finding", str], dict[str, str]]


def _write_findings(found: FindingSet, asked: Namespace, settings: Settings, row: _Row, record: _Row) -> int:
    from graph.findings.finding import set_json

    lang = settings.lang
    if asked.format == "json":
        write_json(set_json(found))
        return DONE
    rows = [(record if asked.format == "csv" else row)(finding, lang) for finding in found.findings]
    headings = tuple(rows[0]) if rows else ("kind",)
    table = Table(headings, [tuple(entry.values()) for entry in rows])
    if asked.format == "csv":
        write_csv(table)
        return DONE
    notes = [*_hidden_notes(found, lang), found.coverage["text"][lang], found.coverage["hint"][lang]]
    title = {"de": "Stichtag", "en": "As of"}[lang] + f" {found.as_of.isoformat()}"
    write_table(Table(table.headings, table.rows, title=title, notes=notes))
    return DONE


def _hidden_notes(found: FindingSet, lang: str) -> list[str]:
    """Return a line per kind of gap of which not all are shown."""
    shown = Counter(finding.kind for finding in found.findings)
    notes = []
    for kind, coverage in found.coverage.get("kinds", {}).items():
        hidden = coverage["gaps"] - shown[kind]
        if shown[kind] and hidden > 0:
            text = {
                "de": f"… und {hidden} weitere: {coverage['title']['de']} (--kind {kind})",
                "en": f"… and {hidden} more: {coverage['title']['en']} (--kind {kind})",
            }
            notes.append(text[lang])
    return notes


def findings(workspace: Workspace, asked: Namespace) -> int:
    """Show the findings of all rules, or what has changed in them since an earlier state of the store."""
    from dataclasses import replace

    need_data(workspace)
    day = wanted_day(asked.as_of)
    if asked.since:
        return _write_changes(workspace, asked, day)
    found = workspace.findings(day, asked.rule, known_on=known_day(asked))
    if asked.state:
        found = replace(found, findings=tuple(f for f in found.findings if f.state == asked.state))
    return _write_all(found, asked, workspace.settings.lang)


def _write_all(found: FindingSet, asked: Namespace, lang: str) -> int:
    from graph.findings.finding import set_json

    if asked.format == "json":
        write_json(set_json(found))
        return DONE
    if asked.format == "csv":
        sys.stdout.write(findings_csv(found.findings, lang))
        return DONE
    rows = [finding_row(finding, lang)[:FOR_PEOPLE] for finding in found.findings]
    write_table(Table(HEADINGS[lang][:FOR_PEOPLE], rows))
    return DONE


def _write_changes(workspace: Workspace, asked: Namespace, day: date) -> int:
    from graph.findings.stored_bands import move_json

    compared = workspace.finding_changes(asked.since, day)
    changes, bands = compared.changes, compared.bands
    lang = workspace.settings.lang
    words = {"new": Text("neu", "new"), "gone": Text("fort", "gone"), "changed": Text("anders", "changed")}
    rows = [
        (words[c.change][lang], c.before or "", c.after or "", c.finding.sentence[lang], c.finding.id)
        for c in changes
    ]
    headings = {
        "de": ("Änderung", "vorher", "jetzt", "Satz", "Kennung"),
        "en": ("change", "before", "now", "sentence", "id"),
    }[lang]
    if asked.format == "json":
        write_json(
            {
                "since": asked.since,
                "as_of": day.isoformat(),
                "snapshot": workspace.snapshot(),
                "bands": move_json(bands),
                "changes": [
                    {
                        "change": c.change,
                        "before": c.before,
                        "after": c.after,
                        "id": c.finding.id,
                        "sentence": c.finding.sentence.document(),
                    }
                    for c in changes
                ],
            }
        )
    else:
        table = Table(headings, rows, notes=[bands.text[lang]])
        (write_csv if asked.format == "csv" else write_table)(table)
    return DONE


def decide(workspace: Workspace, asked: Namespace) -> int:
    """Record a decision on a finding and show it as it stands now."""
    from graph.findings.finding import finding_json

    need_data(workspace)
    role = asked.role or workspace.settings.who
    decided = workspace.decide(asked.finding, asked.state, asked.reason, role=role, paper=asked.paper)
    lang = workspace.settings.lang
    if asked.format == "json":
        write_json(finding_json(decided))
    else:
        sys.stdout.write(f"{decided.id}: {decided.state} — {decided.sentence[lang]}\n")
    return DONE


def duties(workspace: Workspace, asked: Namespace) -> int:
    """Show the planning duties of a day by deadline, each with its answer."""
    need_data(workspace)
    known = known_day(asked)
    ladder = workspace.duties(
        wanted_day(asked.as_of), asked.body, delegation=not asked.no_delegation, known_on=known
    )
    from api.tables.duty_table import duty_document, duty_record, duty_row
    from graph.findings.duty.document import ladder_json

    network, lang = workspace.network(known), workspace.settings.lang
    gaps = workspace.duty_gaps(ladder, known)
    document = duty_document(gaps, ladder_json(network, ladder))
    if asked.format == "json":
        write_json(document)
        return DONE
    rows = [(duty_record if asked.format == "csv" else duty_row)(step, lang) for step in document["duties"]]
    table = Table(tuple(rows[0]) if rows else ("id",), [tuple(row.values()) for row in rows])
    if asked.format == "csv":
        write_csv(table)
        return DONE
    title = {"de": "Stichtag", "en": "As of"}[lang] + f" {document['as_of']}"
    notes = [gaps.coverage["text"][lang], document["disclaimer"][lang]]
    write_table(Table(table.headings, table.rows, title=title, notes=notes))
    return DONE
