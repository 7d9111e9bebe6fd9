"""The words of many cities: the register, and asking several of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.usage.parser import add_command, add_format

if TYPE_CHECKING:
    from api.usage.parser import Commands, Parser, Words


def add_across(command: Parser, say: Words) -> None:
    """Add that all cities of the register, or those of a region, are asked together."""
    command.add_argument(
        "--across",
        action="store_true",
        help=say("alle Städte des Verzeichnisses zusammen", "all cities of the register together"),
    )
    command.add_argument(
        "--region",
        metavar="ID",
        help=say("mit --across: nur die Städte dieser Region", "with --across: only cities of this region"),
    )


def add_cities(commands: Commands, say: Words) -> None:
    """Add ``planwerk cities``."""
    command = add_command(
        commands,
        "cities",
        say(
            "die Städte des Verzeichnisses auflisten oder eine hinzufügen",
            "list the cities of the register, or add one",
        ),
    )
    command.add_argument(
        "action",
        nargs="?",
        choices=("list", "add"),
        default="list",
        help=say("list (üblich) oder add", "list (usual) or add"),
    )
    command.add_argument(
        "id", nargs="?", metavar="ID", help=say("Kennung der neuen Stadt", "id of the new city")
    )
    command.add_argument("--name", metavar="TEXT", help=say("Name der Stadt", "name of the city"))
    command.add_argument("--name-en", metavar="TEXT", help=say("englischer Name", "English name"))
    command.add_argument(
        "--region",
        metavar="ID",
        help=say("Region der neuen Stadt, oder nur diese auflisten", "its region; or list this one only"),
    )
    command.add_argument("--base", metavar="IRI", help=say("Basis-IRI der Stadt", "base IRI of the city"))
    command.add_argument(
        "--at",
        metavar="PATH-or-URL",
        help=say(
            "ihr Speicher (sonst stores/ID beim Verzeichnis)", "its store (else stores/ID by the register)"
        ),
    )
    command.add_argument(
        "--host-name",
        metavar="NAME",
        action="append",
        default=[],
        help=say("Name, unter dem sie antwortet (mehrfach möglich)", "name it answers to (may be repeated)"),
    )
    add_format(command, say)
