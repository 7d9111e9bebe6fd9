"""The words of serving the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.usage.parser import add_address, add_command

if TYPE_CHECKING:
    from api.usage.parser import Commands, Words


def add_serve(commands: Commands, say: Words) -> None:
    """Add ``planwerk serve``."""
    command = add_command(
        commands, "serve", say("Seiten, SPARQL und Graph im Browser", "pages, SPARQL and graph")
    )
    add_address(command, say, port=8000)
    command.add_argument(
        "--read-only",
        action="store_true",
        help=say("nichts annehmen (so ist es ohne --editing)", "accept nothing (the case without --editing)"),
    )
    command.add_argument(
        "--editing",
        action="store_true",
        default=None,
        help=say(
            "Tabellen übernehmen und Rundgänge ändern erlauben, auf den Seiten (wie PLANWERK_EDITING=1)",
            "allow taking in tables and changing walks, on the pages (like PLANWERK_EDITING=1)",
        ),
    )
    command.add_argument(
        "--load",
        metavar="DIR",
        action="append",
        default=[],
        help=say(
            "diesen Ordner laden, wenn der Speicher ihn noch nicht enthält (mehrfach möglich)",
            "load this folder where the store does not hold it yet (may be repeated)",
        ),
    )
