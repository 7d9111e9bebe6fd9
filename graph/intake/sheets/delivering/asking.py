"""The questions that nobody has answered yet: on which records and values they are."""

from __future__ import annotations

from collections.abc import Iterable

from graph.intake.sheets.review import Question, Record, question_id

#: Questions about a whole record, not about one of its cells: until they are answered the record is left out.
ABOUT_RECORDS = frozenset({"plan", "near", "duplicate", "same-plan", "row"})


class OpenQuestions:
    """Open questions, found by their text or their place."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.by_id = {question.id: question for question in questions}
        self.kinds = {question.kind for question in questions}
        self.by_cell = {(q.where.sheet, q.where.row, q.where.column): q for q in questions if q.where.column}
        self.by_row = {(q.where.sheet, q.where.row): q for q in questions if q.kind in ABOUT_RECORDS}

    def on_record(self, record: Record) -> Question | None:
        """Return the question on a record as a whole, if any."""
        for where in (record.where, *record.also):
            if found := self.by_row.get((where.sheet, where.row)):
                return found
        return None

    def on_value(self, record: Record, name: str, text: str, letters: str) -> Question | None:
        """Return the question on a value of a record, if any: the same question may have come up in an earlier row."""
        for kind in self.kinds:
            for texts in ((text,), (name, text)):
                if found := self.by_id.get(question_id(kind, *texts)):
                    return found
        return self.by_cell.get((record.where.sheet, record.where.row, letters)) if letters else None
