"""An Excel workbook (.xlsx, .xlsm, both editions of ISO/IEC 29500) as a ``Book``.

Own streaming reading instead of openpyxl's: measured on 50,000 rows it takes less than half of the time and two thirds of
the memory of ``load_workbook``, keeps struck parts and formulas beside their values in one pass, and refuses a missing
sheet, where openpyxl goes on without it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from graph.errors import Text
from graph.intake.sheets.book import Area, Book, Cell, Sheet
from graph.intake.sheets.reading.excel.cells import SheetContent, read_area, read_cells
from graph.intake.sheets.reading.excel.strings import Written, read_strings
from graph.intake.sheets.reading.excel.styles import Look, read_looks
from graph.intake.sheets.reading.merges import anchor, clear_merges, filled_places
from graph.intake.sheets.reading.notes import comments_of, joined
from graph.intake.sheets.reading.opening.archive import Archive
from graph.intake.sheets.reading.opening.refusals import damaged, wrong_kind
from graph.intake.sheets.reading.opening.remarks import Remarks
from graph.intake.sheets.reading.opening.xml_events import tree
from graph.intake.sheets.reading.strays import leave_out_strays

_ROOT: Final = "_rels/.rels"
_PROPERTIES: Final = "docProps/custom.xml"
_COMMENTS: Final = {"comments", "threadedComment"}
_ON: Final = {"1", "true"}
_PROGRAMS: Final = (
    ("word/", "ein Word-Dokument", "a Word document"),
    ("ppt/", "eine PowerPoint-Datei", "a PowerPoint file"),
    ("xl/workbook.bin", "eine binäre Excel-Arbeitsmappe (.xlsb)", "a binary Excel workbook (.xlsb)"),
)


class Relation(NamedTuple):
    """What one part of the file says about another: kind (last word of its address), and where it is."""

    kind: str
    target: str


class _Shared(NamedTuple):
    """What the sheets of a workbook share."""

    archive: Archive
    strings: list[Written]
    looks: list[Look]
    epoch_1904: bool
    remarks: Remarks

    def tree(self, part: str) -> Element:
        """Return a part as a tree."""
        return tree(part, self.archive.chunks(part))


def read_xlsx(archive: Archive, name: str) -> Book:
    """Return the workbook; raise IntakeError where it is damaged or none."""
    main = _main_part(archive)
    workbook = tree(main, archive.chunks(main))
    relations = _relations(archive, main)
    shared = _shared(archive, workbook, relations)
    sheets = [
        _sheet(found, relations, shared)
        for found in workbook.findall("sheets/sheet")
        if _has_cells(found, relations, shared.remarks)
    ]
    if not sheets:
        raise damaged("sie enthält kein Tabellenblatt", "it holds no sheet")
    return Book(name, "xlsx", tuple(sheets), _properties(archive), shared.remarks.all())


def _main_part(archive: Archive) -> str:
    for start, de, en in _PROGRAMS:
        if any(name.startswith(start) for name in archive.names()):
            raise wrong_kind(de, en)
    if _ROOT in archive:
        for relation in _relations(archive, "").values():
            if relation.kind == "officeDocument" and relation.target in archive:
                return relation.target
    raise damaged("die Arbeitsmappe darin fehlt", "the workbook in it is missing")


def _relations(archive: Archive, part: str) -> Mapping[str, Relation]:
    """Return what a part says about others, by id; targets inside the file are whole names."""
    folder, base = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    if name not in archive:
        return {}
    return {
        found.get("Id", ""): Relation(found.get("Type", "").rpartition("/")[2], _target(found, folder))
        for found in tree(name, archive.chunks(name)).findall("Relationship")
    }


def _target(relation: Element, folder: str) -> str:
    target = relation.get("Target", "")
    if relation.get("TargetMode") == "External" or target.startswith("#"):
        return target
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def _shared(archive: Archive, workbook: Element, relations: Mapping[str, Relation]) -> _Shared:
    strings: list[Written] = []
    looks: list[Look] = []
    for kind, target in relations.values():
        if kind == "sharedStrings":
            strings = read_strings(target, archive.chunks(target))
        elif kind == "styles":
            looks = read_looks(tree(target, archive.chunks(target)))
    properties = workbook.find("workbookPr")
    epoch_1904 = properties is not None and properties.get("date1904", "").casefold() in _ON
    return _Shared(archive, strings, looks, epoch_1904, Remarks())


def _has_cells(sheet: Element, relations: Mapping[str, Relation], remarks: Remarks) -> bool:
    """Whether a sheet is a table; raise IntakeError where the file does not say where it is."""
    name, relation = sheet.get("name", ""), relations.get(sheet.get("id", ""))
    if relation is None:
        raise damaged(f"das Blatt „{name}“ ist nicht zu finden", f"the sheet “{name}” cannot be found")
    if relation.kind == "worksheet":
        return True
    text = Text(
        f"Das Blatt „{name}“ ist keine Tabelle (Diagramm, Makro oder Dialog) und wurde nicht gelesen.",
        f"The sheet “{name}” is no table (chart, macro or dialog) and was not read.",
    )
    remarks.say("info", "no-table", text, name)
    return False


def _sheet(found: Element, relations: Mapping[str, Relation], shared: _Shared) -> Sheet:
    name, part = found.get("name", ""), relations[found.get("id", "")].target
    chunks = shared.archive.chunks(part)
    content = read_cells(name, part, chunks, shared.strings, shared.looks, shared.epoch_1904, shared.remarks)
    merges = clear_merges(name, content, shared.remarks)
    around = _relations(shared.archive, part)
    _put_links(content, around)
    _put_comments(content, merges, around, shared)
    _say_text_boxes(name, around, shared)
    leave_out_strays(name, content.cells, shared.remarks)
    last_row = max((row for row, _ in content.cells), default=0)
    last_column = max((column for _, column in content.cells), default=0)
    return Sheet(
        name,
        content.cells,
        tuple(merges),
        found.get("state", "visible") != "visible",
        frozenset(row for row in content.hidden_rows if row <= last_row),
        frozenset(column for column in content.hidden_columns if column <= last_column),
    )


def _put_links(content: SheetContent, around: Mapping[str, Relation]) -> None:
    """Hang each link on the filled cells that it lies on."""
    for link in content.links:
        aim = around[link.relation].target if link.relation in around else ""
        aim += f"#{link.location}" if link.location else ""
        for at in filled_places(content.cells, link.area):
            content.cells[at] = replace(content.cells[at], link=aim)


def _put_comments(
    content: SheetContent, merges: list[Area], around: Mapping[str, Relation], shared: _Shared
) -> None:
    """Hang each comment on its cell, or on the merge that the cell is part of."""
    parts = {kind: target for kind, target in around.values() if kind in _COMMENTS}
    found = {kind: list(comments_of(shared.tree(target))) for kind, target in parts.items()}
    threads = {reference for reference, _ in found.get("threadedComment", [])}
    old = [said for said in found.get("comments", []) if said[0] not in threads]
    for reference, comment in (*old, *found.get("threadedComment", [])):
        area = read_area(reference)
        at = anchor(area.top, area.left, merges)
        cell = content.cells.get(at, Cell(""))
        content.cells[at] = replace(cell, comment=joined(cell.comment, comment))


def _say_text_boxes(name: str, around: Mapping[str, Relation], shared: _Shared) -> None:
    """Say which text stands in boxes above the cells, for nothing reads it."""
    for kind, target in around.values():
        if kind == "drawing" and target in shared.archive:
            written = " ".join(piece.text or "" for piece in shared.tree(target).iter("t")).strip()
            if written:
                text = Text(
                    f"Ein Textfeld über den Zellen wurde nicht gelesen: „{written[:200]}“.",
                    f"A text box above the cells was not read: “{written[:200]}”.",
                )
                shared.remarks.say("info", "text-box", text, name)


def _properties(archive: Archive) -> Mapping[str, str]:
    if _PROPERTIES not in archive:
        return {}
    found = tree(_PROPERTIES, archive.chunks(_PROPERTIES)).findall("property")
    return {entry.get("name", ""): "".join(entry.itertext()) for entry in found}
