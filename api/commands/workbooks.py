"""What an import says: the calm summary of a workbook on a terminal, and the report as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from api.tables.terminal import Table, printable, write_table
from api.taking_in.own import TakenBack
from api.taking_in.report import imported_json, refusal_json, taken_back_json, taken_json
from api.taking_in.summary import found_text
from api.taking_in.workbook import ERROR, SheetRefused, TakenIn, place_text
from graph.intake.problems import TablesRefused

if TYPE_CHECKING:
    from graph.errors import IntakeError

_MOST_LINES = 25


class Report:
    """Everything that one call brought, for people and for programs."""

    def __init__(self) -> None:
        self.parts: list[tuple[dict[str, Any], TakenIn | TakenBack | None]] = []
        self.problems: list[dict[str, Any]] = []
        self.refused: dict[str, Any] | None = None
        self.meetings: list[dict[str, Any]] = []

    def add_folder(self, imported: dict[str, Any]) -> None:
        """Note what a folder of tables brought."""
        self.parts.append((imported, None))

    def add_workbook(self, taken: TakenIn) -> None:
        """Note what a workbook brought."""
        self.parts.append(({}, taken))

    def add_taken_back(self, name: str, taken: TakenBack) -> None:
        """Note what a workbook of our own brought."""
        self.parts.append((taken_back_json(name, taken), taken))

    def refuse(self, error: IntakeError, name: str) -> None:
        """Note why a source was refused."""
        if isinstance(error, TablesRefused):
            self.problems = [_table_problem(problem) for problem in error.problems]
        else:
            review = error.review if isinstance(error, SheetRefused) else None
            self.refused = refusal_json(error, name, review)

    @property
    def has_errors(self) -> bool:
        """Whether a workbook holds what keeps it from being stored."""
        return any(isinstance(taken, TakenIn) and taken.errors for _, taken in self.parts)

    def document(self) -> dict[str, Any]:
        """Return the report of the one workbook, or the list of what several sources brought."""
        documents = [taken_json(taken) if isinstance(taken, TakenIn) else said for said, taken in self.parts]
        documents += self.meetings
        if self.refused:
            documents.append(self.refused)
        if len(documents) == 1 and "records" in documents[0]:
            return documents[0]
        return {"imports": documents, "problems": self.problems}

    def write(self, lang: str, *, dry_run: bool) -> None:
        """Write what was found and what changed."""
        for document, taken in self.parts:
            if taken is None:
                sys.stdout.write(_stored_line(document, lang, dry_run=dry_run))
            elif isinstance(taken, TakenBack):
                _write_taken_back(taken, document, lang, dry_run=dry_run)
            else:
                _write_taken(taken, lang, dry_run=dry_run)


def _table_problem(problem: Any) -> dict[str, Any]:
    return {
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "code": problem.code,
        "text": problem.text.document(),
    }


def _write_taken_back(taken: TakenBack, document: Mapping[str, Any], lang: str, *, dry_run: bool) -> None:
    notes = [(note.text[lang], note.where[lang]) for note in taken.notes]
    _write_part(notes, ("Hinweis", "Stelle"), ("Note", "Place"), lang)
    lines = [change.text[lang] for change in taken.changes]
    more = len(lines) - _MOST_LINES
    if more > 0:
        lines[_MOST_LINES:] = [
            {"de": f"… und {more} weitere (--report)", "en": f"… and {more} more (--report)"}[lang]
        ]
    sys.stdout.write("".join(printable(line) + "\n" for line in lines))
    sys.stdout.write(_stored_line(document, lang, dry_run=dry_run))


def _write_taken(taken: TakenIn, lang: str, *, dry_run: bool) -> None:
    sys.stdout.write(printable(f"{taken.file}: {found_text(taken.review)[lang]}") + "\n")
    questions = [
        (question.text[lang], question.guess, place_text(question.where)[lang], question.id)
        for question in taken.review.questions
    ]
    _write_part(
        questions, ("Frage", "Vermutung", "Stelle", "Kennung"), ("Question", "Guess", "Place", "Id"), lang
    )
    problems = [
        (problem.text[lang], place_text(problem.where)[lang])
        for problem in sorted(taken.review.problems, key=lambda problem: problem.severity != ERROR)
    ]
    _write_part(problems, ("Hinweis", "Stelle"), ("Note", "Place"), lang)
    if not taken.is_first:
        _write_changes(taken, lang)
    if taken.imported:
        sys.stdout.write(_stored_line(imported_json(taken.imported), lang, dry_run=dry_run))
    else:
        refused = {
            "de": "So kann die Tabelle nicht übernommen werden.",
            "en": "It cannot be taken in like this.",
        }
        sys.stdout.write(refused[lang] + "\n")


def _write_part(rows: Sequence[tuple[str, ...]], de: tuple[str, ...], en: tuple[str, ...], lang: str) -> None:
    if rows:
        more = len(rows) - _MOST_LINES
        note = {"de": f"… und {more} weitere (--report)", "en": f"… and {more} more (--report)"}[lang]
        headings = {"de": de, "en": en}[lang]
        write_table(Table(headings, rows[:_MOST_LINES], notes=[note] if more > 0 else []))


def _write_changes(taken: TakenIn, lang: str) -> None:
    if not taken.changes:
        same = {
            "de": "Seit der letzten Lieferung hat sich nichts geändert.",
            "en": "Nothing changed since the last delivery.",
        }
        sys.stdout.write(same[lang] + "\n")
        return
    head = {"de": "Seit der letzten Lieferung:", "en": "Since the last delivery:"}
    lines = [head[lang], *(f"  {line}" for line in _change_lines(taken, lang))]
    sys.stdout.write(printable("\n".join(lines)) + "\n")


def _change_lines(taken: TakenIn, lang: str) -> Iterator[str]:
    yield from (change.text[lang] for change in taken.changes[:_MOST_LINES])
    more = len(taken.changes) - _MOST_LINES
    if more > 0:
        yield {"de": f"… und {more} weitere (--report)", "en": f"… and {more} more (--report)"}[lang]


def _stored_line(entry: Mapping[str, Any], lang: str, *, dry_run: bool) -> str:
    numbers = {
        name: f"{entry[name]:,}".replace(",", "." if lang == "de" else ",")
        for name in ("rows", "cells", "dropped", "added", "removed")
    }
    changed = len(entry["sources"])
    dry = {"de": " (nur geprüft, nichts gespeichert)", "en": " (only checked, nothing stored)"}[lang]
    rows = {"de": "Zeile" if entry["rows"] == 1 else "Zeilen", "en": "row" if entry["rows"] == 1 else "rows"}[
        lang
    ]
    sources = {"de": "Quelle" if changed == 1 else "Quellen", "en": "source" if changed == 1 else "sources"}[
        lang
    ]
    text = {
        "de": f"{entry['source']}: {numbers['rows']} {rows}, {numbers['cells']} gefüllte Zellen, "
        f"{numbers['dropped']} verloren. {changed} {sources} geändert: {numbers['added']} Aussagen neu, "
        f"{numbers['removed']} entfallen.",
        "en": f"{entry['source']}: {numbers['rows']} {rows}, {numbers['cells']} filled cells, "
        f"{numbers['dropped']} lost. {changed} {sources} changed: {numbers['added']} statements new, "
        f"{numbers['removed']} gone.",
    }[lang]
    return text + (dry if dry_run else "") + "\n"
