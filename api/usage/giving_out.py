"""The words of giving out tables, sheets and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.usage.parser import add_command

if TYPE_CHECKING:
    from api.usage.parser import Commands, Words


def add_export(commands: Commands, say: Words) -> None:
    """Add ``planwerk export``."""
    command = add_command(
        commands,
        "export",
        say(
            "alles ausgeben: Arbeitsmappe, Ordner mit Tabellen oder RDF-Datei",
            "give everything back: workbook, folder of tables or RDF file",
        ),
    )
    command.add_argument("out", metavar="DIR|OUT.(xlsx|trig|ttl|nq|nt|jsonld)", help=say("Ziel", "where to"))


def add_sheet(commands: Commands, say: Words) -> None:
    """Add ``planwerk sheet``."""
    command = add_command(
        commands,
        "sheet",
        say(
            "Zehn-Minuten-Bogen für eine Dienststelle: was bekannt ist, was fehlt",
            "ten-minute sheet for one department: what is known, what is missing",
        ),
    )
    command.add_argument(
        "department",
        metavar="DEPARTMENT",
        help=say("Kennung, Kürzel („FB 56“) oder Name", "id, code (“FB 56”) or name"),
    )
    command.add_argument("out", metavar="OUT.(xlsx|html)", help=say("Zieldatei", "file to write"))
    command.add_argument("--as-of", metavar="D", help=say("Stichtag (sonst heute)", "the day (else today)"))


def add_template(commands: Commands, say: Words) -> None:
    """Add ``planwerk template``."""
    command = add_command(
        commands,
        "template",
        say(
            "leere Arbeitsmappe für eine Stadt, die neu beginnt",
            "empty workbook for a city that starts from nothing",
        ),
    )
    command.add_argument("out", metavar="OUT.xlsx", help=say("Zieldatei", "file to write"))
