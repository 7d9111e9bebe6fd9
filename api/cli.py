"""The command ``planwerk``: parse the words, do the work, answer with an exit status.

0 done · 1 refused with a clear message and nothing changed · 2 wrong usage. Each command lives in ``api.commands`` and
is imported only when it runs: ``planwerk --help`` starts about as fast as Python itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from api.usage import (
    asking,
    cities,
    drawing,
    finding,
    giving_out,
    measuring,
    replicating,
    serving,
    taking_in,
    walking,
)
from api.usage.parser import GermanParser, Parser, Words, add_globals

if TYPE_CHECKING:
    from graph.errors import PlanwerkError

DONE, REFUSED = 0, 1


def parser(lang: str = "de") -> Parser:
    """Return the parser of all commands, with help in ``lang``."""
    say = Words(lang)
    top = (Parser if lang == "en" else GermanParser)(
        prog="planwerk",
        description=say(
            "Wissensgraph der Planungsinstrumente einer Stadt: Überschneidungen, Lücken, Fragen.",
            "Knowledge graph of a city's planning instruments: overlaps, gaps, questions.",
        ),
    )
    add_globals(top, say)
    commands = top.add_subparsers(dest="command", metavar=say("BEFEHL", "COMMAND"), required=True)
    for add in (
        serving.add_serve,
        taking_in.add_import,
        taking_in.add_corrections,
        taking_in.add_check,
        finding.add_overlaps,
        finding.add_gaps,
        finding.add_duties,
        finding.add_findings,
        finding.add_decide,
        finding.add_related,
        finding.add_similar_goals,
        asking.add_query,
        asking.add_ask,
        asking.add_questions,
        drawing.add_picture,
        walking.add_walk,
        walking.add_walks,
        giving_out.add_export,
        giving_out.add_sheet,
        giving_out.add_template,
        measuring.add_bench,
        cities.add_cities,
        replicating.add_index,
        replicating.add_replica,
    ):
        add(commands, say)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that ``words`` name and return its exit status."""
    _hold_open()
    try:
        return _run(sys.argv[1:] if words is None else list(words))
    except KeyboardInterrupt:
        return REFUSED


def _run(given: Sequence[str]) -> int:
    asked = parser(_language(given)).parse_args(given)
    from api.commands import run
    from graph.errors import PlanwerkError, StoreError, reason

    try:
        return run(asked)
    except PlanwerkError as error:
        return _refuse(error, _language(given))
    except BrokenPipeError:  # the reader of our output has left, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        place, why = error.filename, reason(error)
        told = StoreError(
            f"{place or 'Ausgabe'}: {why.de}. Bitte Namen, Rechte und freien Platz prüfen.",
            f"{place or 'Output'}: {why.en}. Please check name, permissions and free space.",
        )
        return _refuse(told, _language(given))


def _hold_open() -> None:
    """Put nothing in the place of a closed input or output, so that no file of the store is opened in that place."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, closefd=False))  # noqa: SIM115 - open until the end


def _language(words: Sequence[str]) -> str:
    """Return the language the words ask for, before they are parsed: help itself comes in it."""
    asked = os.environ.get("PLANWERK_LANG") or "de"
    for word, after in zip(words, [*words[1:], ""], strict=False):
        if word == "--lang":
            asked = after
        elif word.startswith("--lang="):
            asked = word.partition("=")[2]
    return "en" if asked == "en" else "de"


def _refuse(error: PlanwerkError, lang: str) -> int:
    from api.tables.terminal import printable

    sys.stderr.write(printable(error.text[lang]) + "\n")
    for problem in getattr(error, "problems", ()):
        sys.stderr.write(printable(f"  {problem.message[lang]}") + "\n")
    return REFUSED


if __name__ == "__main__":
    raise SystemExit(main())
