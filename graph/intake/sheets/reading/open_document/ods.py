"""A LibreOffice workbook (.ods, ISO/IEC 26300) as a ``Book``, with merges, comments, links, and what is struck or hidden.

Own streaming reading instead of python-calamine's, which gives values only: a department that stands once, merged over its
plans, would be lost.
"""

from __future__ import annotations

from typing import Final

from graph.errors import IntakeError
from graph.intake.sheets.book import Book, Sheet
from graph.intake.sheets.reading.merges import clear_merges
from graph.intake.sheets.reading.open_document.cells import OpenTable, read_tables
from graph.intake.sheets.reading.open_document.styles import OpenStyles
from graph.intake.sheets.reading.opening.archive import Archive
from graph.intake.sheets.reading.opening.refusals import damaged, wrong_kind
from graph.intake.sheets.reading.opening.remarks import Remarks
from graph.intake.sheets.reading.opening.xml_events import LocalNames, parse, tree
from graph.intake.sheets.reading.strays import leave_out_strays

_KIND: Final = b"application/vnd.oasis.opendocument."
_MANIFEST: Final = "META-INF/manifest.xml"
_STYLES: Final = "styles.xml"
_CONTENT: Final = "content.xml"


def is_opendocument(archive: Archive) -> bool:
    """Whether an archive says that it is of the OpenDocument family."""
    return "mimetype" in archive and archive.read("mimetype").startswith(_KIND)


def read_ods(archive: Archive, name: str) -> Book:
    """Return the workbook; raise IntakeError where it is damaged, encrypted or no spreadsheet."""
    if not archive.read("mimetype").startswith(_KIND + b"spreadsheet"):
        raise wrong_kind("ein OpenDocument, aber keine Tabelle", "an OpenDocument file, but no spreadsheet")
    _refuse_encrypted(archive)
    remarks = Remarks()
    tables = read_tables(_CONTENT, archive.chunks(_CONTENT), _styles(archive), remarks)
    if not tables:
        raise damaged("sie enthält kein Tabellenblatt", "it holds no sheet")
    sheets = tuple(_sheet(table, remarks) for table in tables)
    return Book(name, "ods", sheets, {}, remarks.all())


def _refuse_encrypted(archive: Archive) -> None:
    if _MANIFEST not in archive:
        return
    if next(tree(_MANIFEST, archive.chunks(_MANIFEST)).iter("encryption-data"), None) is not None:
        raise IntakeError(
            "ist mit einem Kennwort geschützt. Bitte den Schutz entfernen und neu als .xlsx oder .ods speichern.",
            "is protected by a password. Please remove it and save the file again as .xlsx or .ods.",
        )


def _styles(archive: Archive) -> OpenStyles:
    """Return the styles that all tables share."""
    styles, names = OpenStyles(), LocalNames()
    if _STYLES in archive:
        parse(
            _STYLES,
            archive.chunks(_STYLES),
            lambda name, given: styles.start(
                names[name], {names[key]: value for key, value in given.items()}
            ),
            lambda name: styles.end(names[name]),
            lambda _: None,
        )
    return styles


def _sheet(table: OpenTable, remarks: Remarks) -> Sheet:
    content = table.content
    merges = clear_merges(table.name, content, remarks)
    leave_out_strays(table.name, content.cells, remarks)
    last_row = max((row for row, _ in content.cells), default=0)
    last_column = max((column for _, column in content.cells), default=0)
    return Sheet(
        table.name,
        content.cells,
        tuple(merges),
        table.hidden,
        frozenset(row for row in content.hidden_rows if row <= last_row),
        frozenset(column for column in content.hidden_columns if column <= last_column),
    )
