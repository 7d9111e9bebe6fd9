"""The reference of commands, settings and addresses, written from the program itself.

``python -m api.reference`` prints docs/reference.md; a test keeps the file equal to it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from api.app import create_app
from api.cities.app import create_region_app
from api.cities.federation import Federation
from api.cities.opened import OpenCities
from api.cities.register import Register
from api.cli import parser
from api.settings import PREFIX, Settings, read_settings
from api.workspace import Workspace

HEAD = """# Reference

Written by `python -m api.reference`; do not edit by hand.

Exit status of every command: 0 done, 1 refused with a clear message and nothing changed, 2 wrong usage.
"""


def reference() -> str:
    """Return the whole reference as Markdown."""
    return "\n".join([HEAD, *_commands(), *_settings(), *_addresses()]) + "\n"


def _commands() -> Iterator[str]:
    yield "## Commands\n"
    top = parser("en")
    yield f"Global options, before or after the command: {_options(top)}\n"
    for name, command in _subcommands(top).items():
        yield f"### `planwerk {name}`\n\n{command.description}.\n"
        yield "| argument | meaning |\n|---|---|"
        for action in command._actions:  # noqa: SLF001 - argparse has no public list of its actions
            if action.dest != "help" and action.help != argparse.SUPPRESS:
                yield f"| {_argument(action)} | {action.help} |"
        yield ""


def _subcommands(command: argparse.ArgumentParser, prefix: str = "") -> dict[str, argparse.ArgumentParser]:
    found: dict[str, argparse.ArgumentParser] = {}
    for action in command._actions:  # noqa: SLF001 - as above
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            for name, below in action.choices.items():
                deeper = _subcommands(below, f"{prefix}{name} ")
                found |= deeper or {f"{prefix}{name}": below}
    return found


def _options(command: argparse.ArgumentParser) -> str:
    actions = (action for action in command._actions if action.option_strings and action.dest != "help")  # noqa: SLF001
    return ", ".join(f"{_argument(action)} ({action.help})" for action in actions)


def _argument(action: argparse.Action) -> str:
    value = action.metavar or (
        "{" + ",".join(map(str, action.choices)) + "}" if action.choices else action.dest
    )
    value = " ".join(value) if isinstance(value, tuple) else value
    name = ", ".join(action.option_strings)
    shown = f"{name} {value}" if name and action.nargs != 0 else name or str(value)
    return f"`{shown}`".replace("|", "\\|")


def _settings() -> Iterator[str]:
    yield "## Settings\n\nRead once from the environment.\n\n| variable | default | meaning |\n|---|---|---|"
    for setting in fields(Settings):
        yield f"| `{PREFIX}{setting.name.upper()}` | `{setting.default}` | {setting.metadata['help']} |"
    yield ""


def _addresses() -> Iterator[str]:
    yield "## Addresses\n\nPages for people, JSON (or RDF) for programs at the same address by `Accept`.\n"
    with (
        TemporaryDirectory() as folder,
        Workspace(read_settings({}, store=str(Path(folder) / "s"))) as workspace,
    ):
        yield from _table(create_app(workspace.settings, workspace).openapi())
    yield "\n## Addresses about many cities\n\nUnder the bare name, where there is a register (docs/cities.md).\n"
    settings, nobody = read_settings({}), Register(Path("cities.json"), (), (), ())
    yield from _table(create_region_app(Federation(settings, OpenCities(settings, nobody))).openapi())


def _table(document: dict[str, Any]) -> Iterator[str]:
    yield "| address | answers with |\n|---|---|"
    for path, operations in document["paths"].items():
        methods = ", ".join(sorted(method.upper() for method in operations))
        summary = next(iter(operations.values())).get("summary", "")
        yield f"| `{methods} {path}` | {summary} |"


if __name__ == "__main__":
    sys.stdout.write(reference())
