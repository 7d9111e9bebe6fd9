"""The sheet for a department as a workbook: filled in, it comes back as an interview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from graph.intake.sheets.own.interview import COLUMNS, HEAD, KEY, NEW, RECORDED_KEY, key_of
from graph.intake.sheets.own.marks import HIDDEN_SHEET, PROPERTY, VERSION, Marks, as_chunks
from graph.network.build import Network
from graph.output.department.questions import DepartmentSheet, PlanPart, Question, name_of
from graph.output.department.words import (
    ANSWER,
    AS_OF,
    CORRECT,
    DAY,
    FACET,
    FILE_HINT,
    HOW,
    KNOWN,
    LEFT_OUT,
    MISSING,
    NEW_PERIOD,
    NEW_TITLE,
    NO_PLANS,
    NONE,
    NOT_ASKED,
    PLAN,
    PURPOSE,
    RECORDED,
    ROLE,
    ROLE_HINT,
    TITLE,
    UNKNOWN,
)
from graph.output.workbook.writing import FIXED, Lists
from ontology.text import Text
from ontology.vocabulary import load_vocabulary

_FONT: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter", "text_wrap": True}
_LINE = {"border": 1, "border_color": "#8C959F"}
_INPUT = {"bg_color": "#FFF8DC", "num_format": "@", **_LINE}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "Calibri", "font_size": 15, "bold": True, "font_color": "#1F4E79"},
    "plain": {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True},
    "label": {**_FONT, "bold": True, "text_wrap": False},
    "hint": {
        "font_name": "Calibri",
        "font_size": 9,
        "italic": True,
        "font_color": "#57606A",
        "valign": "vcenter",
    },
    "head": {**_FONT, **_LINE, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79"},
    "plan": {**_FONT, **_LINE, "bold": True, "bg_color": "#DDEBF7", "valign": "top"},
    "known": {**_FONT, **_LINE, "bg_color": "#EEF4FA", "valign": "top", "font_size": 9},
    "cell": {**_FONT, **_LINE},
    "off": {**_FONT, **_LINE, "bg_color": "#EDEDED"},
    "input": {**_FONT, **_INPUT},
    "tick": {**_FONT, **_INPUT, "align": "center", "bold": True},
    "strong": {**_FONT, "bold": True, "text_wrap": False},
}
_WIDTHS = (25, 13, 52, 8, 38, 8, 8, 8)
_NEW_ROWS = 3
_LINE_HEIGHT = 12.5


def write_sheet(
    sheet: DepartmentSheet, network: Network, out: Path, *, base: str, snapshot: str, lang: str
) -> None:
    """Write the sheet; the same store and day always give the same bytes."""
    _SheetWriter(sheet, network, out, lang).write(base, snapshot)


class _SheetWriter:
    def __init__(self, asked: DepartmentSheet, network: Network, out: Path, lang: str) -> None:
        self.asked, self.network, self.lang = asked, network, lang
        self.out, self.content = out, BytesIO()
        self.book = xlsxwriter.Workbook(
            self.content, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        )
        self.formats = {name: self.book.add_format(wanted) for name, wanted in _FORMATS.items()}
        self.sheet: Any = self.book.add_worksheet(TITLE[lang])
        self.lists = Lists("_listen")
        self.row = 0

    def write(self, base: str, snapshot: str) -> None:
        self._columns()
        self._head()
        for plan in self.asked.plans:
            self._plan(plan)
        self._missing()
        self._foot()
        self.lists.write(self.book)
        hidden = self.book.add_worksheet(HIDDEN_SHEET)
        for row, piece in enumerate(as_chunks(self._marks(base, snapshot))):
            hidden.write_string(row, 0, piece)
        hidden.very_hidden()
        self.book.set_properties({"title": TITLE[self.lang], "author": "Planwerk", "created": FIXED})
        self.book.set_custom_property(PROPERTY, str(VERSION), "text")
        self.book.close()
        self.out.write_bytes(self.content.getvalue())

    def _columns(self) -> None:
        for column, wide in enumerate(_WIDTHS):
            self.sheet.set_column(column, column, wide)
        self.sheet.set_column(KEY, KEY, 3, None, {"hidden": True})
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.print_area(0, 0, 400, KEY - 1)
        self.sheet.set_margins(left=0.35, right=0.35, top=0.4, bottom=0.5)
        self.sheet.fit_to_pages(1, 2)
        self.sheet.hide_gridlines(2)
        self.sheet.set_footer(f"&L&8{self.asked.name.replace('&', '&&')}&R&8&P / &N")

    def _text(self, column: int, text: str, look: str) -> None:
        self.sheet.write_string(self.row, column, text, self.formats[look])

    def _head(self) -> None:
        lang = self.lang
        self._text(0, f"{TITLE[lang]}: {self.asked.name}", "title")
        self.sheet.set_row(self.row, 24)
        self.row += 1
        for text in (PURPOSE, HOW):
            self.sheet.merge_range(self.row, 0, self.row, KEY - 1, text[lang], self.formats["plain"])
            self.row += 1
        for name, key, hint in ((DAY, "date", ""), (ROLE, "role", ROLE_HINT[lang])):
            self._text(0, name[lang], "label")
            self.sheet.merge_range(self.row, 1, self.row, 2, "", self.formats["input"])
            self._text(3, hint, "hint")
            self._key(HEAD, key)
            self.sheet.set_row(self.row, 18)
            self.row += 1
        self._text(0, f"{AS_OF[lang]}: {self.asked.day.isoformat()}", "hint")
        self.row += 2
        headings = (PLAN, FACET, KNOWN, CORRECT, ANSWER, NONE, NOT_ASKED, UNKNOWN)
        for column, text in enumerate(headings):
            self._text(column, text[lang], "head")
        self.sheet.set_row(self.row, 28)
        self.sheet.freeze_panes(self.row + 1, 1)
        self.sheet.repeat_rows(self.row)
        self.row += 1
        if not self.asked.plans:
            self._text(0, NO_PLANS[lang], "strong")
            self.row += 1

    def _key(self, *parts: str) -> None:
        self.sheet.write_string(self.row, KEY, key_of(*parts))

    def _plan(self, plan: PlanPart) -> None:
        text = plan.known[self.lang]
        self._text(0, plan.title, "plan")
        self._text(1, RECORDED[self.lang], "known")
        self._text(2, text, "known")
        self._input(COLUMNS["correct"], "tick", ["x"])
        self._input(COLUMNS["answer"], "input")
        for name in ("none", "not_asked", "unknown"):
            self.sheet.write_blank(self.row, COLUMNS[name], None, self.formats["off"])
        self._key(plan.id, RECORDED_KEY)
        self.sheet.set_row(self.row, _LINE_HEIGHT * max(1 + len(text) // 66, 1 + len(plan.title) // 24) + 4)
        self.row += 1
        for question in plan.questions:
            self._question(plan, question)

    def _question(self, plan: PlanPart, question: Question) -> None:
        self._text(0, "", "cell")
        self._text(1, question.name[self.lang], "cell")
        self._text(2, question.text[self.lang], "cell")
        self.sheet.write_blank(self.row, COLUMNS["correct"], None, self.formats["off"])
        self._input(COLUMNS["answer"], "input", self._choices(question))
        for name in ("none", "not_asked", "unknown"):
            self._input(COLUMNS[name], "tick", ["x"])
        self._key(plan.id, *question.facets)
        self.sheet.set_row(self.row, 18)
        self.row += 1

    def _input(self, column: int, look: str, choices: Sequence[str] = ()) -> None:
        self.sheet.write_blank(self.row, column, None, self.formats[look])
        if choices:
            rule = {"validate": "list", "source": self.lists.range(choices), "show_error": False}
            self.sheet.data_validation(self.row, column, self.row, column, rule)

    def _choices(self, question: Question) -> list[str]:
        if question.facets == ("Federführung",):
            return [f"{local} · {names[0]}" for local, names in self._named("OrganizationalUnit").items()]
        return (
            list(load_vocabulary().schemes["plan-status"].concepts) if question.facets == ("Stand",) else []
        )

    def _missing(self) -> None:
        self.row += 1
        self._text(0, MISSING[self.lang], "strong")
        self.row += 1
        for column, text in ((0, NEW_TITLE), (2, NEW_PERIOD)):
            self._text(column, text[self.lang], "head")
        for column in (1, 3, 4):
            self.sheet.write_blank(self.row, column, None, self.formats["head"])
        self.row += 1
        for number in range(1, _NEW_ROWS + 1):
            self.sheet.merge_range(self.row, 0, self.row, 1, "", self.formats["input"])
            self.sheet.merge_range(self.row, 2, self.row, 4, "", self.formats["input"])
            self._key(NEW, str(number))
            self.sheet.set_row(self.row, 20)
            self.row += 1

    def _foot(self) -> None:
        lines: list[tuple[Text, Iterable[str]]] = [(FILE_HINT, ())]
        if self.asked.left_out:
            lines.append((LEFT_OUT, self.asked.left_out))
        for text, names in lines:
            listed = f"{text[self.lang]}: {'; '.join(names)}" if names else text[self.lang]
            self.sheet.merge_range(self.row, 0, self.row, KEY - 1, listed, self.formats["plain"])
            self.sheet.set_row(self.row, _LINE_HEIGHT * (1 + len(listed) // 160) + 3)
            self.row += 1
        self.sheet.print_area(0, 0, self.row - 1, KEY - 1)

    def _named(self, *kinds: str) -> dict[str, list[str]]:
        network = self.network
        return dict(_names(network, (node for kind in kinds for node in network.of_type(kind))))

    def _marks(self, base: str, snapshot: str) -> Marks:
        more: Mapping[str, Any] = {
            "sheet": TITLE[self.lang],
            "department": self.asked.id,
            "name": self.asked.name,
            "plans": {plan.id: plan.title for plan in self.asked.plans},
            "names": {
                "lead_department": self._named("OrganizationalUnit", "Partner"),
                "adopted_by": self._named("Body"),
                "target_groups": self._named("TargetGroup"),
            },
        }
        return Marks("sheet", self.lang, base, snapshot, more=more)


def _names(network: Network, nodes: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield id and names of things: the full name first, then code, label and short names."""
    for node in nodes:
        others = [
            v.text for name in ("identifier", "prefLabel", "altLabel") for v in network.values(node, name)
        ]
        yield network.id(node), list(dict.fromkeys([name_of(network, node), *others]))
