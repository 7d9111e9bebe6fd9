"""The questions that nobody has answered yet: on which records and values they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from graph.intake.sheets.review import Question, Record, SheetFound, question_id

#: Questions about a whole record, not about one of its cells: until they are answered the record is left out.
ABOUT_RECORDS = frozenset({"row", "same-plan"})
_COLUMN = "column"
_ENDS = frozenset({"valid_from", "valid_to"})


class OpenQuestions:
    """Open questions, found by what they are about or where they came up."""

    def __init__(self, questions: Iterable[Question], sheets: Iterable[SheetFound]) -> None:
        held = list(questions)
        self.by_id = {question.id: question for question in held}
        self.kinds = {question.kind for question in held}
        self.by_cell = {(q.where.sheet, q.where.row, q.where.column): q for q in held if q.where.column}
        self.by_row = {(q.where.sheet, q.where.row): q for q in held if q.kind in ABOUT_RECORDS}
        self.columns = {(q.where.sheet, q.where.column): q for q in held if q.kind == _COLUMN}
        self.headings: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for sheet in sheets:
            for column in sheet.columns:
                self.headings[sheet.name, column.field].append((column.heading, column.column))
        self._asked: dict[tuple[str, ...], Question | None] = {}
        self._worded: dict[tuple[str, ...], Question | None] = {}

    def on_record(self, record: Record) -> Question | None:
        """Return the question on a record as a whole, if any."""
        places = ((where.sheet, where.row) for where in (record.where, *record.also))
        return next(filter(None, map(self.by_row.get, places)), None)

    def on_value(self, record: Record, name: str, text: str) -> Question | None:
        """Return the question on a value of a record, if any: the same one may have come up in an earlier row."""
        if not self.by_id:
            return None
        return next(self._on_cell(record, name), None) or self._on_words(record, name, text)

    def _cells(self, record: Record, name: str) -> Iterator[tuple[str, str]]:
        """Yield (letters, text) of the cells that a field was read from."""
        for field in (name, "period") if name in _ENDS else (name,):
            for heading, letters in self.headings.get((record.where.sheet, field), ()):
                if heading in record.raw:
                    yield letters, record.raw[heading]

    def _on_cell(self, record: Record, name: str) -> Iterator[Question]:
        sheet, row = record.where.sheet, record.where.row
        for letters, _ in self._cells(record, name):
            for found in (self.columns.get((sheet, letters)), self.by_cell.get((sheet, row, letters))):
                if found:
                    yield found

    def _on_words(self, record: Record, name: str, text: str) -> Question | None:
        written = (text, *(raw for _, raw in self._cells(record, name)))
        key = (name, *written)
        if key not in self._worded:
            self._worded[key] = self._first(
                [(words,) for words in written]
                + [(field, words) for field in (name, "period") for words in written]
            )
        title = record.text("title")
        others = record.differing.get(name, ())
        return self._worded[key] or self._first([(name, title, text, other) for other in others])

    def _first(self, said: Iterable[tuple[str, ...]]) -> Question | None:
        return next(filter(None, map(self._question_on, said)), None)

    def _question_on(self, texts: tuple[str, ...]) -> Question | None:
        """Return the question that hangs on these words, of whatever kind."""
        if texts not in self._asked:
            ids = (question_id(kind, *texts) for kind in self.kinds)
            self._asked[texts] = next((self.by_id[one] for one in ids if one in self.by_id), None)
        return self._asked[texts]
