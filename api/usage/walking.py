"""The words of walks through a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.usage.parser import add_command, add_format, positive

if TYPE_CHECKING:
    from api.usage.parser import Commands, Parser, Words


def add_walk(commands: Commands, say: Words) -> None:
    """Add ``planwerk walk``."""
    command = add_command(
        commands,
        "walk",
        say(
            "Rundgang für eine Sitzung vorbereiten, ändern und zeigen",
            "prepare, change and show the walk of a meeting",
        ),
    )
    command.add_argument(
        "name",
        metavar="NAME",
        help=say("Name, zum Beispiel steuerung-2026", "name, for instance steuerung-2026"),
    )
    command.add_argument(
        "--from-findings",
        action="store_true",
        help=say(
            "aus offenen Hinweisen machen; Anmerkungen bleiben", "make it from open findings; notes are kept"
        ),
    )
    command.add_argument(
        "--rule",
        metavar="R",
        action="append",
        help=say(
            "nur Hinweise dieser Regel (mehrfach möglich)", "only findings of this rule (may be repeated)"
        ),
    )
    command.add_argument(
        "--band", metavar="B", help=say("nur Hinweise dieses Bandes", "only findings of this band")
    )
    command.add_argument(
        "--top",
        type=positive,
        metavar="N",
        default=8,
        help=say("höchstens N Hinweise (8)", "at most N findings (8)"),
    )
    _add_walk_changes(command, say)
    command.add_argument(
        "--as-of",
        metavar="D",
        help=say(
            "der Tag, den der Rundgang betrachtet (sonst immer heute)",
            "the day it looks at (else always today)",
        ),
    )
    add_format(command, say)


def _add_walk_changes(command: Parser, say: Words) -> None:
    command.add_argument("--title", metavar="TEXT", help=say("Titel", "title"))
    command.add_argument(
        "--add",
        metavar="WHAT",
        action="append",
        default=[],
        help=say(
            "Schritt anfügen: Kennung eines Hinweises oder Adresse einer Ansicht (/graph?…)",
            "add a step: id of a finding, or address of a view (/graph?…)",
        ),
    )
    command.add_argument(
        "--remove", type=positive, metavar="N", help=say("Schritt N streichen", "remove step N")
    )
    command.add_argument(
        "--move",
        type=positive,
        nargs=2,
        metavar=("N", "M"),
        help=say("Schritt N an Stelle M setzen", "put step N at place M"),
    )
    command.add_argument(
        "--note",
        nargs=2,
        metavar=("N", "TEXT"),
        help=say("Anmerkung zu Schritt N (leer: löschen)", "note on step N (empty: remove it)"),
    )
    command.add_argument("--delete", action="store_true", help=say("den Rundgang löschen", "delete the walk"))


def add_walks(commands: Commands, say: Words) -> None:
    """Add ``planwerk walks``."""
    command = add_command(
        commands, "walks", say("vorbereitete Rundgänge auflisten", "list the walks that are prepared")
    )
    add_format(command, say)
