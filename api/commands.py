"""What each command does: ask the workspace, answer on stdout in the wanted form."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.settings import Settings, read_settings
from api.terminal import Table, say, watched, write_csv, write_json, write_table
from api.workspace import Workspace, wanted_bands, wanted_day
from graph.errors import BadRequest, IntakeError, NotFound
from ontology.text import Text

if TYPE_CHECKING:
    from datetime import date

    from api.workspace import Imported
    from graph.findings.finding import Finding, FindingSet
    from graph.store.answer import Answer, Term

DONE, REFUSED = 0, 1
_FACETS = {
    "topic": Text("Themen", "topics"),
    "targetGroup": Text("Zielgruppen", "target groups"),
    "area": Text("Räume", "areas"),
}
_SHOWN_PER_KIND = 12
_RESULT_FORMATS = {
    "json": "JSON",
    "csv": "CSV",
    "xml": "XML",
    "tsv": "TSV",
    "ttl": "TURTLE",
    "nt": "NTRIPLES",
    "jsonld": "JSONLD",
}


def run(asked: Namespace) -> int:
    """Run the command that was asked for and return its exit status."""
    settings = read_settings(store=asked.store, lang=asked.lang)
    with Workspace(settings) as workspace:
        return COMMANDS[asked.command](workspace, asked)


def _need_data(workspace: Workspace) -> None:
    if workspace.is_empty:
        store = workspace.settings.store
        raise NotFound(
            f"Der Speicher {store} ist leer. Bitte zuerst: planwerk import data/aachen",
            f"The store {store} is empty. Please first: planwerk import data/aachen",
        )


def _known(asked: Namespace) -> date | None:
    return wanted_day(asked.known) if asked.known else None


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

    _need_data(workspace)
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


def overlaps(workspace: Workspace, asked: Namespace) -> int:
    """Show the overlaps of a day."""
    _need_data(workspace)
    found = workspace.overlaps(
        wanted_day(asked.as_of), wanted_bands(asked.band), plan=asked.plan, known_on=_known(asked)
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
    }


def gaps(workspace: Workspace, asked: Namespace) -> int:
    """Show the chain gaps of a day, per kind."""
    _need_data(workspace)
    found = workspace.gaps(wanted_day(asked.as_of), asked.kind, known_on=_known(asked))
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

    _need_data(workspace)
    day = wanted_day(asked.as_of)
    if asked.since:
        return _write_changes(workspace, asked, day)
    found = workspace.findings(day, asked.rule, known_on=_known(asked))
    if asked.state:
        found = replace(found, findings=tuple(f for f in found.findings if f.state == asked.state))
    return _write_all(found, asked, workspace.settings.lang)


def _write_all(found: FindingSet, asked: Namespace, lang: str) -> int:
    from graph.findings.finding import set_json

    if asked.format == "json":
        write_json(set_json(found))
        return DONE
    headings = {
        "de": ("Regel", "Art", "Band", "Stand", "Satz", "Kennung"),
        "en": ("rule", "kind", "band", "state", "sentence", "id"),
    }[lang]
    rows = [
        (f.rule.id, f.details["title"][lang], f.band, f.state, f.sentence[lang], f.id) for f in found.findings
    ]
    (write_csv if asked.format == "csv" else write_table)(Table(headings, rows))
    return DONE


def _write_changes(workspace: Workspace, asked: Namespace, day: date) -> int:
    changes = workspace.finding_changes(asked.since, day)
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
            [
                {
                    "change": c.change,
                    "before": c.before,
                    "after": c.after,
                    "id": c.finding.id,
                    "sentence": {"de": c.finding.sentence.de, "en": c.finding.sentence.en},
                }
                for c in changes
            ]
        )
    else:
        (write_csv if asked.format == "csv" else write_table)(Table(headings, rows))
    return DONE


def decide(workspace: Workspace, asked: Namespace) -> int:
    """Record a decision on a finding and show it as it stands now."""
    from graph.findings.finding import finding_json

    _need_data(workspace)
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
    _need_data(workspace)
    known = _known(asked)
    ladder = workspace.duties(
        wanted_day(asked.as_of), asked.body, delegation=not asked.no_delegation, known_on=known
    )
    from api.duty_table import duty_document, duty_record, duty_row
    from graph.findings.duty_json import ladder_json

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


def query(workspace: Workspace, asked: Namespace) -> int:
    """Answer a SPARQL query from a file, from stdin (-) or from the command line."""
    _need_data(workspace)
    return _answer(workspace, asked, _query_text(asked))


def _query_text(asked: Namespace) -> str:
    if asked.text is not None:
        return str(asked.text)
    if asked.file == "-":
        return sys.stdin.read()
    path = Path(asked.file)
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise NotFound(
            f"{path} lässt sich nicht lesen ({error.strerror}).", f"{path} cannot be read ({error.strerror})."
        ) from None
    except UnicodeDecodeError:
        raise BadRequest(
            f"{path} ist nicht in UTF-8 gespeichert.", f"{path} is not saved in UTF-8."
        ) from None


def _answer(
    workspace: Workspace,
    asked: Namespace,
    text: str,
    bindings: Mapping[str, Term] | None = None,
    shown: Sequence[str] | None = None,
) -> int:
    from graph.store.answer import ResultFormat

    wanted = None if asked.format == "table" else ResultFormat[_RESULT_FORMATS[asked.format]]
    answer = workspace.host().query(text, bindings=bindings, accept=wanted)
    lang = workspace.settings.lang
    if answer.truncated:
        say(
            {
                "de": f"Die Antwort ist nach {answer.rows} Zeilen abgeschnitten (PLANWERK_QUERY_ROWS).",
                "en": f"The answer is cut after {answer.rows} rows (PLANWERK_QUERY_ROWS).",
            }[lang]
        )
    if asked.format != "table" or answer.kind == "construct":
        sys.stdout.write(answer.body.decode("utf-8").rstrip("\n") + "\n")
    elif answer.kind == "ask":
        sys.stdout.write(
            {"de": "ja\n", "en": "yes\n"}[lang] if answer.holds() else {"de": "nein\n", "en": "no\n"}[lang]
        )
    else:
        write_table(_solutions(answer, workspace.settings.base, shown))
    return DONE


def _solutions(answer: Answer, base: str, wanted: Sequence[str] | None = None) -> Table:
    """Return the rows of an answer; a thing and its label (``plan``, ``planLabel``) share a column."""
    columns = [name for name in answer.columns() if wanted is None or name in wanted]
    labelled = {name for name in columns if f"{name}Label" in columns}
    shown = [name for name in columns if name.removesuffix("Label") not in labelled or name in labelled]
    rows = []
    for row in answer.bindings():
        cells = {name: cell.value.removeprefix(base) for name, cell in row.items()}
        for name in labelled & cells.keys():
            cells[name] = f"{cells.get(f'{name}Label', '')} [{cells[name]}]"
        rows.append([cells.get(name, "") for name in shown])
    return Table(shown, rows)


def ask(workspace: Workspace, asked: Namespace) -> int:
    """Answer a ready-made question."""
    from api.asking import bindings_of, question

    _need_data(workspace)
    found = question(asked.name)
    given = dict(_pair(entry) for entry in asked.param)
    if asked.format == "table":
        say(found.title[workspace.settings.lang], quiet=asked.quiet)
    terms = bindings_of(found, given, workspace.settings.base)
    return _answer(workspace, asked, found.text, terms, found.shown)


def _pair(entry: str) -> tuple[str, str]:
    name, equals, value = entry.partition("=")
    if not equals or not name:
        raise BadRequest(
            f"--param {entry!r}: nötig ist die Form name=wert.", f"--param {entry!r}: write it as name=value."
        )
    return name, value


def questions(workspace: Workspace, asked: Namespace) -> int:
    """List the ready-made questions with their parameters."""
    from ontology.questions import load_questions

    lang = workspace.settings.lang
    rows = [
        (q.name, q.group, q.title[lang], ", ".join(parameter.name for parameter in q.parameters))
        for q in load_questions().values()
    ]
    headings = ("name", "group", "title", "parameters")
    if asked.format == "json":
        write_json([dict(zip(headings, row, strict=True)) for row in rows])
    elif asked.format == "csv":
        write_csv(Table(headings, rows))
    else:
        write_table(Table(headings, rows))
    return DONE


def picture(workspace: Workspace, asked: Namespace) -> int:
    """Write the picture of the meeting as one file."""
    from graph.output.picture import write_picture

    _need_data(workspace)
    out = Path(asked.out)
    drawn = workspace.drawing(
        wanted_day(asked.as_of),
        focus=asked.focus,
        depth=asked.depth,
        kinds=asked.kind or (),
        limit=asked.limit,
        known_on=_known(asked),
    )
    write_picture(drawn, out, workspace.settings.lang)
    _say_written(workspace, asked, out)
    return DONE


def _say_written(workspace: Workspace, asked: Namespace, out: Path) -> None:
    size = (
        sum(f.stat().st_size for f in out.rglob("*") if f.is_file()) if out.is_dir() else out.stat().st_size
    )
    lang = workspace.settings.lang
    say(
        {"de": f"{out} geschrieben ({size // 1024} KB).", "en": f"{out} written ({size // 1024} KB)."}[lang],
        quiet=asked.quiet,
    )


def export(workspace: Workspace, asked: Namespace) -> int:
    """Write the whole store as a folder of tables or as one RDF file, by the suffix of the name."""
    from graph.output.rdf import FORMATS, write_rdf
    from graph.output.tables import table_files
    from graph.store.reading import read_statements

    _need_data(workspace)
    out = Path(asked.out)
    if out.suffix in FORMATS:
        write_rdf(workspace.files.paths(), out)
    elif out.suffix:
        raise BadRequest(
            f"{out.name}: die Endung {out.suffix} gibt es nicht; möglich sind {', '.join(FORMATS)} oder ein Ordner.",
            f"{out.name}: there is no suffix {out.suffix}; possible are {', '.join(FORMATS)} or a folder.",
        )
    else:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in table_files(
            read_statements(workspace.files.paths()), workspace.settings.base
        ).items():
            (out / name).write_text(text, "utf-8", newline="\n")
    _say_written(workspace, asked, out)
    return DONE


COMMANDS: Mapping[str, Callable[[Workspace, Namespace], int]] = {
    "serve": serve,
    "import": import_,
    "check": check,
    "overlaps": overlaps,
    "gaps": gaps,
    "duties": duties,
    "findings": findings,
    "decide": decide,
    "query": query,
    "ask": ask,
    "questions": questions,
    "picture": picture,
    "export": export,
}
