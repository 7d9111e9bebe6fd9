"""What the page of a staged spreadsheet shows, and the corrections that its form sends back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.taking_in.fields import CLASSES, FIELDS, KINDS
from api.taking_in.summary import found_text
from api.taking_in.workbook import place_text
from api.wanted import wanted_day
from graph.intake.sheets.corrections import Settled
from graph.intake.sheets.known import Corrections
from graph.intake.sheets.review import Review, Where
from ontology.tables import every_table
from ontology.text import Text

if TYPE_CHECKING:
    from api.taking_in.staging import Staged

IN_SIGHT = 100
MOST_QUESTIONS = 200
NOTHING = "-"
_GRAVE = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows are looked at: sheet and class (empty: all), and which hundred of them."""

    sheet: str = ""
    kind: str = ""
    page: int = 1

    @property
    def is_asked(self) -> bool:
        """Whether somebody chose."""
        return bool(self.sheet or self.kind or self.page > 1)


def review_view(staged: Staged, chosen: Chosen) -> dict[str, Any]:
    """Return everything that the page of a staged file shows."""
    review = Review.from_json(staged.report)
    problems = sorted(review.problems, key=lambda problem: _GRAVE[problem.severity])
    return {
        "staged": staged,
        "review": review,
        "own": staged.report.get("own", ""),
        "is_first": staged.report["is_first"],
        "new": _new(staged.report["changes"]),
        "found": found_text(review),
        "errors": [problem for problem in problems if problem.severity == "error"],
        "problems": problems,
        "questions": review.questions[:MOST_QUESTIONS],
        "more_questions": max(0, len(review.questions) - MOST_QUESTIONS),
        "answered": list(_answered(staged)),
        "plans": [_plan(record.values, record.where) for record in review.plans[:IN_SIGHT]],
        "changes": staged.report["changes"],
        "taken": staged.report["taken"],
        "rows": rows_view(review, chosen),
        "place": place_text,
        "tables": {table.name: table.title for table in every_table()},
        "kinds": KINDS,
        "fields": FIELDS,
        "classes": CLASSES,
        "in_sight": IN_SIGHT,
    }


def _new(changes: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many things are new, by table."""
    return dict(Counter(change["table"] for change in changes if change["kind"] == "new"))


def _plan(values: Mapping[str, Any], where: Where) -> dict[str, Any]:
    return {
        **{name: values.get(name, "") for name in ("title", "lead_department", "status")},
        **_dates(values),
        "where": where,
    }


def _dates(values: Mapping[str, Any]) -> dict[str, str]:
    period = [values.get("valid_from", ""), values.get("valid_to", "")]
    return {"period": "–".join(period) if any(period) else "", "decided": str(values.get("decided_on", ""))}


def _answered(staged: Staged) -> Iterator[dict[str, Any]]:
    for question, answer in staged.report.get("corrections", {}).get("answers", {}).items():
        text = staged.asked.get(question)
        yield {"id": question, "text": Text(**text) if text else Text(question, question), "answer": answer}


def rows_view(review: Review, chosen: Chosen) -> dict[str, Any]:
    """Return a hundred of the rows that were chosen, how many of each class there are, and which pages there are."""
    wanted = [row for row in review.rows if chosen.sheet in ("", row.sheet) and chosen.kind in ("", row.kind)]
    counts: dict[str, int] = {}
    for row in review.rows:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    pages = max(1, -(-len(wanted) // IN_SIGHT))
    page = min(max(1, chosen.page), pages)
    return {
        "shown": wanted[(page - 1) * IN_SIGHT : page * IN_SIGHT],
        "total": len(wanted),
        "counts": counts,
        "sheets": list(dict.fromkeys(row.sheet for row in review.rows)),
        "chosen": chosen,
        "page": page,
        "pages": pages,
    }


def corrections_of(form: Mapping[str, Any], review: Review) -> tuple[Settled, list[str]]:
    """Return what a form settles, and the questions whose answers it takes back.

    Only what differs from what was recognised counts as a correction of a sheet or column.
    """
    answers, sheets = {}, {}
    columns: dict[str, dict[str, str | None]] = {}
    for question in review.questions:
        answer = str(form.get(f"answer:{question.id}", "")).strip()
        if answer:
            answers[question.id] = answer
    for number, sheet in enumerate(review.sheets):
        kind = str(form.get(f"sheet:{number}", sheet.kind))
        if kind != sheet.kind and kind in KINDS:
            sheets[sheet.name] = kind
        for place, column in enumerate(sheet.columns):
            wanted = str(form.get(f"column:{number}:{place}", column.field or NOTHING))
            if wanted != (column.field or NOTHING) and (wanted == NOTHING or wanted in FIELDS):
                columns.setdefault(sheet.name, {})[column.heading] = None if wanted == NOTHING else wanted
    back = [name.removeprefix("back:") for name in form if name.startswith("back:")]
    if not (answers or sheets or columns):
        return Settled(), back
    return Settled(Corrections(sheets, columns, {}, {}, answers, wanted_day(None).isoformat())), back
