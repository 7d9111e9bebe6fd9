"""Any spreadsheet file as a ``Book``: what kind it is shows its content, not its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Final

from graph.errors import IntakeError
from graph.intake.sheets.book import Book
from graph.intake.sheets.reading.excel.xlsx import read_xlsx
from graph.intake.sheets.reading.open_document.ods import is_opendocument, read_ods
from graph.intake.sheets.reading.opening.archive import Archive
from graph.intake.sheets.reading.opening.refusals import wrong_kind
from graph.intake.sheets.reading.separated import read_separated

_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OTHERS: Final = (
    (re.compile(rb"%PDF-"), "eine PDF-Datei", "a PDF file"),
    (re.compile(rb"\{\\rtf"), "ein Textdokument (RTF)", "a text document (RTF)"),
    (re.compile(rb"\x1f\x8b|PK\x05\x06|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ"), "ein Archiv", "an archive"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*"), "ein Bild", "a picture"),
    (re.compile(rb"[\x09]\x08[\x08\x10]\x00"), "eine alte Excel-Datei (.xls)", "an old Excel file (.xls)"),
    (
        re.compile(rb"\s*<\?xml[^>]*>\s*(<\?mso[^>]*>\s*)?<[^>]*Workbook", re.IGNORECASE),
        "eine XML-Kalkulationstabelle 2003",
        "an XML spreadsheet 2003",
    ),
    (
        re.compile(rb"\s*<(!doctype html|html|head|table|meta)\b", re.IGNORECASE),
        "eine Internetseite (HTML)",
        "a web page (HTML)",
    ),
    (re.compile(rb"\s*<\?xml"), "eine XML-Datei", "an XML file"),
    (re.compile(rb"\s*<(office|svg|ods)", re.IGNORECASE), "eine XML-Datei", "an XML file"),
)
_TEXT_SUFFIXES: Final = {".csv", ".tsv", ".tab", ".txt", ""}


def read_book(source: Path | bytes, name: str) -> Book:
    """Return the workbook that a file holds; ``name`` is how people call it.

    Raises IntakeError, naming the file, where it cannot be read whole.
    """
    content = source if isinstance(source, bytes) else source.read_bytes()
    with _naming(name):
        return _read(content, name)


def unpacked_size(content: bytes, name: str) -> int:
    """Return how many bytes there are to read, without reading them; raise IntakeError as ``read_book`` does."""
    with _naming(name):
        return Archive(content).size if content.startswith(_ZIP) else len(content)


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Put the name of the file in front of a refusal."""
    try:
        yield
    except IntakeError as error:
        raise IntakeError(f"„{name}“ {error.text.de}", f"“{name}” {error.text.en}") from error


def _read(content: bytes, name: str) -> Book:
    if not content.strip(b"\0"):
        raise IntakeError(
            "ist leer. Bitte prüfen, ob die Datei vollständig übertragen wurde.",
            "is empty. Please check that the file was transferred completely.",
        )
    if content.startswith(_ZIP):
        archive = Archive(content)
        return read_ods(archive, name) if is_opendocument(archive) else read_xlsx(archive, name)
    _refuse_others(content)
    suffix = PurePath(name).suffix.casefold()
    if suffix not in _TEXT_SUFFIXES:
        raise IntakeError(
            f"heißt {suffix}, ist aber eine Textdatei. Bitte in .csv umbenennen oder in Excel als .xlsx speichern.",
            f"is called {suffix} but is a text file. Please rename it to .csv or save it in Excel as .xlsx.",
        )
    return read_separated(content, name)


def _refuse_others(content: bytes) -> None:
    if content.startswith(_OLD_OFFICE):
        if _ENCRYPTED in content:
            raise IntakeError(
                "ist mit einem Kennwort geschützt. Bitte den Schutz in Excel entfernen und neu als .xlsx speichern.",
                "is protected by a password. Please remove it in Excel and save the file again as .xlsx.",
            )
        raise wrong_kind("eine alte Excel-Datei (.xls)", "an old Excel file (.xls)")
    for pattern, de, en in _OTHERS:
        if pattern.match(content[:2048].removeprefix(b"\xef\xbb\xbf")):
            raise wrong_kind(de, en)
