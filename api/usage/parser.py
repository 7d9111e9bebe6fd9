"""What all commands share: the parser, the language of its help, options that several commands take."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import Any, NoReturn, TypeAlias

from api.usage.mistakes import explained

WRONG_USAGE = 2

_GLOBALS: dict[str, dict[str, Any]] = {
    "--store": {"metavar": "PATH"},
    "--cities": {"metavar": "FILE"},
    "--city": {"metavar": "ID"},
    "--lang": {"choices": ("de", "en")},
    "--quiet": {"action": "store_true"},
}
_FRAME = {
    "\npositional arguments:\n": "\nAngaben:\n",
    "\noptions:\n": "\nSchalter:\n",
    "show this help message and exit": "diese Hilfe zeigen",
}


class Words:
    """Picks the German or the English of each pair."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, de: str, en: str) -> str:
        """Return the sentence in the language of this run."""
        return en if self.lang == "en" else de


class _German(argparse.HelpFormatter):
    """Help whose frame is German too."""

    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        """Begin with how the command is called."""
        super().add_usage(usage, actions, groups, "Aufruf: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that says in the language of this run what is wrong, and where help is."""

    lang = "en"

    def error(self, message: str) -> NoReturn:
        """Write what is wrong and leave with status 2."""
        self.print_usage(sys.stderr)
        sys.stderr.write(f"{self.prog}: {explained(message)[self.lang]}  (--help)\n")
        raise SystemExit(WRONG_USAGE)


class GermanParser(Parser):
    """The same in German; the parsers of its commands are German too."""

    lang = "de"

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"formatter_class": _German, **more})

    def format_help(self) -> str:
        """Return the help, its headings in German."""
        text = super().format_help()
        for english, german in _FRAME.items():
            text = text.replace(english, german)
        return text


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - argparse gives it no public name


def add_globals(top: Parser, say: Words) -> None:
    """Add what every command takes, before or after its name."""
    helps = {
        "--store": say(
            "Ordner des Speichers (sonst PLANWERK_STORE oder .planwerk/)",
            "folder of the store (else PLANWERK_STORE or .planwerk/)",
        ),
        "--cities": say(
            "Verzeichnis der Städte (sonst PLANWERK_CITIES)", "register of cities (else PLANWERK_CITIES)"
        ),
        "--city": say("Stadt, um die es geht, aus dem Verzeichnis", "city of the register that is meant"),
        "--lang": say("Sprache der Ausgabe", "language of the output"),
        "--quiet": say("nur Ergebnisse ausgeben", "write results only"),
    }
    for option, kinds in _GLOBALS.items():
        top.add_argument(option, help=helps[option], **kinds)


def add_command(commands: Commands, name: str, text: str) -> Parser:
    """Add a command; what every command takes may stand after its name as well."""
    command: Parser = commands.add_parser(name, help=text, description=text)
    for option, kinds in _GLOBALS.items():
        command.add_argument(option, help=argparse.SUPPRESS, **kinds | {"default": argparse.SUPPRESS})
    return command


def add_format(command: Parser, say: Words, *more: str) -> None:
    """Add in which form the answer comes."""
    command.add_argument(
        "--format",
        choices=("table", "json", "csv", *more),
        default="table",
        help=say(
            "Tabelle für Menschen, JSON oder CSV für Programme", "table for people, JSON or CSV for programs"
        ),
    )


def add_days(command: Parser, say: Words) -> None:
    """Add the day that is asked for and the day on which it was known."""
    command.add_argument(
        "--as-of",
        metavar="D",
        help=say(
            "Stichtag, zum Beispiel 2026-01-01 (sonst heute)", "the day, for instance 2026-01-01 (else today)"
        ),
    )
    command.add_argument(
        "--known",
        metavar="D",
        help=say("nur Quellen, die es an diesem Tag gab", "only sources that existed on this day"),
    )


def add_address(command: Parser, say: Words, port: int) -> None:
    """Add where a server listens; ``port`` is the usual one."""
    command.add_argument(
        "--host", default="127.0.0.1", help=say("Adresse (127.0.0.1)", "address (127.0.0.1)")
    )
    command.add_argument(
        "--port",
        type=port_number,
        default=port,
        help=say(f"Anschluss ({port}; 0 nimmt einen freien)", f"port ({port}; 0: any free)"),
    )


def port_number(text: str) -> int:
    """Return the number of a port, or refuse the text."""
    number = int(text)
    if not 0 <= number < 2**16:
        raise argparse.ArgumentTypeError(f"{text}: 0–65535")
    return number


def positive(text: str) -> int:
    """Return a number above zero, or refuse the text."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} < 1")
    return number
