"""The words of taking tables and workbooks in and of checking what is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.usage.parser import add_command, add_format

if TYPE_CHECKING:
    from api.usage.parser import Commands, Words


def add_import(commands: Commands, say: Words) -> None:
    """Add ``planwerk import``."""
    command = add_command(
        commands,
        "import",
        say(
            "Tabellen übernehmen, ganz oder gar nicht: Ordner mit CSV-Tabellen, .xlsx, .ods, .csv, .tsv",
            "take in tables, all or nothing: folders of CSV tables, .xlsx, .ods, .csv, .tsv",
        ),
    )
    command.add_argument(
        "source",
        nargs="+",
        metavar="SOURCE",
        help=say("Ordner mit Tabellen oder eigene Tabelle", "folder of tables, or a spreadsheet as it grew"),
    )
    command.add_argument("--dry-run", action="store_true", help=say("nur prüfen", "only check"))
    command.add_argument("--report", metavar="FILE.json", help=say("Bericht als JSON", "report as JSON"))
    command.add_argument(
        "--mapping",
        metavar="FILE.json",
        help=say(
            "Korrekturen für eine eigene Tabelle: Spalten, andere Namen, Antworten (wird gemerkt)",
            "corrections for a spreadsheet: columns, other names, answers (will be remembered)",
        ),
    )
    command.add_argument(
        "--source-id",
        metavar="ID",
        help=say(
            "Kennung der Lieferung (sonst aus dem Namen von Ordner oder Datei)",
            "id of the delivery (else from the name of the folder or file)",
        ),
    )
    command.add_argument(
        "--date",
        metavar="D",
        help=say(
            "Stand der Lieferung (sonst aus delivery.json; bei eigenen Tabellen heute)",
            "date of the delivery (else from delivery.json; for spreadsheets today)",
        ),
    )
    add_format(command, say)


def add_corrections(commands: Commands, say: Words) -> None:
    """Add ``planwerk corrections``."""
    command = add_command(
        commands,
        "corrections",
        say(
            "gemerkte Korrekturen einer eigenen Tabelle ausgeben (JSON)",
            "print the remembered corrections of a spreadsheet (JSON)",
        ),
    )
    command.add_argument("source", metavar="SOURCE", help=say("Kennung der Lieferung", "id of the delivery"))


def add_check(commands: Commands, say: Words) -> None:
    """Add ``planwerk check``."""
    command = add_command(
        commands, "check", say("Daten gegen die Regeln prüfen (SHACL)", "check data by the rules (SHACL)")
    )
    command.add_argument(
        "--all", action="store_true", help=say("auch Hinweise einzeln zeigen", "show hints one by one")
    )
    add_format(command, say)
