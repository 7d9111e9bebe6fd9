"""A LibreOffice workbook (.ods) as a ``Book``, as far as python-calamine reads it: values, no merges, no comments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from graph.errors import Text
from graph.intake.sheets.book import Book, Cell, CellKind, Sheet
from graph.intake.sheets.reading.archive import Archive
from graph.intake.sheets.reading.refusals import damaged, wrong_kind
from graph.intake.sheets.reading.remarks import Remarks
from graph.intake.sheets.reading.shown import plain
from graph.intake.sheets.reading.strings import clean
from graph.intake.sheets.reading.xml_events import parse

_KIND: Final = b"application/vnd.oasis.opendocument."
_NOT_READ: Final = Text(
    "Aus .ods-Dateien werden nur Werte gelesen, nicht verbundene Zellen, Kommentare, Durchgestrichenes und Ausgeblendetes. "
    "Bitte als .xlsx speichern, wenn davon etwas Bedeutung hat.",
    "From .ods files only values are read, not merged cells, comments, strike-through and hidden rows. "
    "Please save as .xlsx if any of these matter.",
)


def is_opendocument(archive: Archive) -> bool:
    """Whether an archive says that it is of the OpenDocument family."""
    return "mimetype" in archive and archive.read("mimetype").startswith(_KIND)


def read_ods(archive: Archive, content: bytes, name: str) -> Book:
    """Return the workbook; raise IntakeError where it is damaged or no spreadsheet."""
    if not archive.read("mimetype").startswith(_KIND + b"spreadsheet"):
        raise wrong_kind("ein OpenDocument, aber keine Tabelle", "an OpenDocument file, but no spreadsheet")
    for part in ("content.xml", "styles.xml", "META-INF/manifest.xml"):
        if part in archive:
            _refuse_document_type(archive, part)
    remarks = Remarks()
    remarks.say("info", "ods-values-only", _NOT_READ)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = tuple(_sheet(workbook, found.name, found.visible) for found in workbook.sheets_metadata)
    except CalamineError as error:
        raise damaged(
            "die Tabelle darin ist nicht lesbar oder verschlüsselt",
            "the table in it cannot be read or is encrypted",
        ) from error
    if not sheets:
        raise damaged("sie enthält kein Tabellenblatt", "it holds no sheet")
    return Book(name, "ods", sheets, {}, remarks.all())


def _refuse_document_type(archive: Archive, part: str) -> None:
    def pass_over(*_: object) -> None:
        """Look at nothing: parsing itself refuses."""

    parse(part, archive.chunks(part), pass_over, pass_over, pass_over)


def _sheet(workbook: CalamineWorkbook, name: str, visible: SheetVisibleEnum) -> Sheet:
    found = workbook.get_sheet_by_name(name)
    return Sheet(name, dict(_cells(found)), hidden=visible != SheetVisibleEnum.Visible)


def _cells(sheet: CalamineSheet) -> Iterable[tuple[tuple[int, int], Cell]]:
    """Yield the filled cells with their places."""
    top, left = sheet.start or (0, 0)
    for row, values in enumerate(sheet.iter_rows(), start=top + 1):
        for column, value in enumerate(values, start=left + 1):
            text, kind = _shown(value)
            if text:
                yield (row, column), Cell(text, kind)


def _shown(value: Any) -> tuple[str, CellKind]:
    """Return text and kind of a value."""
    if isinstance(value, str):
        return clean(value), "text"
    if isinstance(value, bool):
        return ("WAHR" if value else "FALSCH"), "boolean"
    if isinstance(value, datetime):
        return value.date().isoformat(), "date"
    if isinstance(value, date):
        return value.isoformat(), "date"
    if isinstance(value, time | timedelta):
        return str(value), "text"
    return plain(value), "number"
