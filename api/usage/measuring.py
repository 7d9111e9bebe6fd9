"""The words of measuring the product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.usage.parser import add_command

if TYPE_CHECKING:
    from api.usage.parser import Commands, Words


def add_bench(commands: Commands, say: Words) -> None:
    """Add ``planwerk bench``."""
    bench = add_command(
        commands,
        "bench",
        say("Verfahren an fremden Angaben messen", "measure the methods on labels that others gave"),
    )
    kinds = bench.add_subparsers(dest="kind", metavar=say("WAS", "WHAT"), required=True)
    command = add_command(
        kinds,
        "outcomes",
        say(
            "verwandte Planwerke: Rangfolge gegen bekannte Wirkungsziele halten (JSON)",
            "related plans: hold the ranking against known outcomes (JSON)",
        ),
    )
    command.add_argument(
        "programs",
        metavar="PROGRAMS.jsonl.gz",
        help=say("Verzeichnis, ein Programm je Zeile", "inventory, one programme per line"),
    )
    command.add_argument(
        "labels",
        metavar="LABELS.csv",
        help=say("Spalten program_id und outcome", "columns program_id, outcome"),
    )
