"""Why a file cannot be read: one sentence each, saying what to do; ``read_book`` puts the file's name in front."""

from __future__ import annotations

from graph.errors import IntakeError

SAVE_AGAIN_DE = "Bitte in Excel oder LibreOffice öffnen und neu als .xlsx speichern."
SAVE_AGAIN_EN = "Please open it in Excel or LibreOffice and save it again as .xlsx."


def wrong_kind(de: str, en: str) -> IntakeError:
    """Return the refusal of a file that is something else than a spreadsheet we read."""
    return IntakeError(
        f"ist {de}. Bitte in Excel als .xlsx speichern („Speichern unter“, Dateityp „Excel-Arbeitsmappe“).",
        f"is {en}. Please save it in Excel as .xlsx (“Save as”, type “Excel workbook”).",
    )


def damaged(de: str, en: str) -> IntakeError:
    """Return the refusal of a file that is broken inside."""
    return IntakeError(f"ist beschädigt: {de}. {SAVE_AGAIN_DE}", f"is damaged: {en}. {SAVE_AGAIN_EN}")


def suspicious(de: str, en: str) -> IntakeError:
    """Return the refusal of a file as no spreadsheet program writes it."""
    return IntakeError(
        f"wird aus Vorsicht nicht gelesen: {de}. {SAVE_AGAIN_DE}",
        f"is not read, out of caution: {en}. {SAVE_AGAIN_EN}",
    )


def too_large(de: str, en: str) -> IntakeError:
    """Return the refusal of a file that holds more than can be read."""
    return IntakeError(
        f"ist zu groß: {de}. Bitte leere formatierte Zeilen und nicht gebrauchte Blätter löschen oder die Datei teilen.",
        f"is too large: {en}. Please delete empty formatted rows and unused sheets, or split the file.",
    )
