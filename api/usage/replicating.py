"""The words of indexes on disk and of the replicas that answer from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.usage.cities import add_across
from api.usage.parser import add_address, add_command, add_format

if TYPE_CHECKING:
    from api.usage.parser import Commands, Words


def add_index(commands: Commands, say: Words) -> None:
    """Add ``planwerk index``."""
    command = add_command(
        commands,
        "index",
        say(
            "Index auf der Platte für lesende Zwillinge bauen und einwechseln",
            "build an index on disk for replicas and switch it in",
        ),
    )
    command.add_argument("folder", metavar="FOLDER", help=say("Ordner der Indexe", "folder of the indexes"))
    add_across(command, say)
    add_format(command, say)


def add_replica(commands: Commands, say: Words) -> None:
    """Add ``planwerk replica``."""
    command = add_command(
        commands,
        "replica",
        say(
            "SPARQL aus einem fertigen Index beantworten, sonst nichts: lesender Zwilling",
            "answer SPARQL from a finished index and nothing else: a read replica",
        ),
    )
    command.add_argument(
        "folder",
        metavar="FOLDER",
        help=say("Ordner aus „planwerk index“", "folder that “planwerk index” wrote"),
    )
    add_address(command, say, port=8001)
