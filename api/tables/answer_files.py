"""The answer to a question as a file: CSV for programs, a workbook for people, JSON; the same on a page and by command.

An answer that was cut says so in each: below the last row of the CSV, on both sheets of the workbook, in the JSON.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from api.tables.csv_text import csv_text
from api.wording.columns import column_name
from api.wording.question_texts import QUESTION_TEXTS
from graph.output.charts.fields import LABEL, folded, number_of
from graph.output.takeaway.exchange import UNPRINTABLE
from graph.output.takeaway.twin import FIXED, LONGEST_CELL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.store.query.answer import Term
    from ontology.text import Text

SUFFIXES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
_WIDE, _NARROW = 44, 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answer with all that a file of it says: what was asked with what, on which day, and whether rows are missing.

    Rows hold terms by variable; ``base`` is taken off the addresses of things.
    """

    name: str
    title: Text
    description: Text
    given: tuple[tuple[Text, str], ...]
    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, Term]]
    truncated: bool
    base: str
    day: str
    address: str
    query: str
    heads: Mapping[str, Text] | None = None

    def cut(self, lang: str) -> str:
        """Return the sentence that says that rows are missing; nothing where none are."""
        return QUESTION_TEXTS["questions.cut"][lang].format(n=len(self.rows)) if self.truncated else ""

    def head(self, column: str) -> Text:
        """Return what people call a column."""
        return (self.heads or {}).get(column) or column_name(column)

    def text(self, term: Term | None) -> str:
        """Return what stands in a cell: ids without the base, values as they are written."""
        return _clean(term.value.removeprefix(self.base)) if term else ""


def as_file(sheet: Sheet, suffix: str, lang: str) -> bytes:
    """Return the answer in one of the formats of ``SUFFIXES``."""
    writers = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}
    return writers[suffix](sheet, lang)


def as_csv(sheet: Sheet, lang: str) -> bytes:
    """Return the answer as CSV, headed by its variables; no cell can be taken for a formula."""
    rows = ([sheet.text(row.get(name)) for name in sheet.columns] for row in sheet.rows)
    return csv_text(sheet.columns, rows, (sheet.cut(lang),) if sheet.truncated else ()).encode()


def as_json(sheet: Sheet, lang: str) -> bytes:
    """Return the answer as JSON, values as text by variable."""
    return (json.dumps(document_of(sheet, lang), ensure_ascii=False, indent=2) + "\n").encode()


def document_of(sheet: Sheet, lang: str) -> dict[str, Any]:
    """Return the answer as JSON knows it."""
    return {
        "name": sheet.name,
        "title": sheet.title.document(),
        "parameters": {label[lang]: value for label, value in sheet.given},
        "day": sheet.day,
        "columns": list(sheet.columns),
        "rows": [{name: term.value for name, term in row.items()} for row in sheet.rows],
        "truncated": sheet.truncated,
        "note": sheet.cut(lang),
        "query": sheet.query,
    }


def as_xlsx(sheet: Sheet, lang: str) -> bytes:
    """Return the answer as a workbook: the rows, and on a second sheet what was asked, when, and with which query."""
    content = BytesIO()
    book = xlsxwriter.Workbook(
        content, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    )
    book.set_properties({"title": sheet.title[lang], "author": "Planwerk", "created": FIXED})
    strong = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    columns = list(_columns(sheet))
    page = book.add_worksheet(_say("file_sheet", lang))
    for place, (name, is_id) in enumerate(columns):
        page.set_column(place, place, _width(sheet, name, is_id=is_id))
        head = sheet.head(name)[lang]
        page.write_string(0, place, _say("id_of", lang).format(name=head) if is_id else head, strong)
    for number, row in enumerate(sheet.rows, 1):
        for place, (name, is_id) in enumerate(columns):
            _write(page, (number, place), sheet, _shown(row, name, is_id=is_id), plain)
    if sheet.truncated:
        page.write_string(len(sheet.rows) + 1, 0, sheet.cut(lang), strong)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(sheet.rows), len(columns) - 1)
    _about(book.add_worksheet(_say("file_about", lang)), sheet, lang, (strong, plain))
    book.close()
    return content.getvalue()


def _columns(sheet: Sheet) -> Iterator[tuple[str, bool]]:
    """Yield the columns of the workbook: names first, then the id of what is named, each with whether it is an id."""
    for name in folded(sheet.columns):
        yield name, False
        if name + LABEL in sheet.columns:
            yield name, True


def _shown(row: Mapping[str, Term], name: str, *, is_id: bool) -> Term | None:
    return row.get(name) if is_id else row.get(name + LABEL) or row.get(name)


def _width(sheet: Sheet, name: str, *, is_id: bool) -> int:
    longest = max((len(sheet.text(_shown(row, name, is_id=is_id))) for row in sheet.rows[:200]), default=0)
    return min(max(longest + 2, _NARROW), _WIDE)


def _write(page: Any, place: tuple[int, int], sheet: Sheet, term: Term | None, how: object) -> None:
    number = number_of(term)
    if number is not None:
        page.write_number(*place, number, how)
    elif term is not None:
        page.write_string(*place, sheet.text(term)[:LONGEST_CELL], how)


def _about(page: Any, sheet: Sheet, lang: str, formats: tuple[object, object]) -> None:
    """Write what was asked on the second sheet."""
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 110)
    lines = [
        ("file_question", sheet.title[lang]),
        ("", sheet.description[lang]),
        *(("file_given", f"{label[lang]}: {value}") for label, value in sheet.given),
        ("file_day", sheet.day),
        ("file_rows", ". ".join(filter(None, (str(len(sheet.rows)), sheet.cut(lang))))),
        ("file_address", sheet.address),
        ("file_query", sheet.query),
    ]
    for number, (key, text) in enumerate(line for line in lines if line[1]):
        page.write_string(number, 0, _say(key, lang) if key else "", formats[0])
        page.write_string(number, 1, _clean(text)[:LONGEST_CELL], formats[1])


def _say(key: str, lang: str) -> str:
    return QUESTION_TEXTS[f"questions.{key}"][lang]


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("\ufffd", text)
