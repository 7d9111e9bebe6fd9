"""The words of pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.usage.parser import add_command, add_days, positive

if TYPE_CHECKING:
    from api.usage.parser import Commands, Parser, Words


def add_picture(commands: Commands, say: Words) -> None:
    """Add ``planwerk picture``."""
    command = add_command(
        commands,
        "picture",
        say("Bild für die Sitzung: eine Datei ohne Netz", "picture for the meeting: one file, no network"),
    )
    command.add_argument(
        "out",
        metavar="OUT.(html|svg|png|pdf|json|graphml|gexf|csv|xlsx)",
        help=say("Zieldatei", "file to write"),
    )
    command.add_argument(
        "--walk",
        metavar="NAME",
        help=say("dieser Rundgang, ganz (nur .html)", "this walk, whole (.html only)"),
    )
    command.add_argument(
        "--focus", metavar="ID", help=say("Umgebung dieses Dings", "surroundings of this thing")
    )
    command.add_argument(
        "--to",
        metavar="ID",
        help=say("wie --focus mit diesem Ding zusammenhängt", "how --focus hangs together with this"),
    )
    add_lens(command, say)
    command.add_argument(
        "--depth", type=int, choices=(1, 2, 3), default=1, help=say("Schritte vom Fokus", "steps")
    )
    command.add_argument(
        "--kind",
        action="append",
        metavar="K",
        help=say("nur diese Arten, zum Beispiel Plan", "only these kinds, for instance Plan"),
    )
    command.add_argument(
        "--limit",
        type=positive,
        metavar="N",
        default=200,
        help=say("höchstens N Knoten (200)", "at most N nodes (200)"),
    )
    add_days(command, say)


def add_lens(command: Parser, say: Words) -> None:
    """Let the lens be named, and what only some lenses take."""
    command.add_argument(
        "--lens",
        choices=("lanes", "ego", "ways", "shared", "net", "compare", "time", "areas"),
        help=say(
            "Ansicht (sonst Bahnen, mit --focus Umgebung)", "lens (else lanes, with --focus surroundings)"
        ),
    )
    command.add_argument(
        "--aggregate",
        choices=("department", "topic"),
        help=say("Bahnen zusammenfassen nach", "group lanes by"),
    )
    command.add_argument(
        "--since",
        metavar="D",
        help=say("mit diesem früheren Tag vergleichen", "compare with this earlier day"),
    )
