"""Run all benchmarks and print each figure with its bar beside it: ``python -m benchmarks [NAME ...] [--quick]``.

Exit status 1 where a bar is missed. Figures are ratios taken within one run, so that they hold on any machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter

from rich.console import Console
from rich.table import Table

from benchmarks.figure import Figure, load_warning

BENCHMARKS = ("startup", "overlaps", "worker_overhead", "page", "sparql")
QUICK: Mapping[str, Mapping[str, int | float]] = {
    "startup": {"rounds": 5},
    "overlaps": {"plans": 200, "more": 400, "rounds": 2},
    "sparql": {"plans": 99, "seconds": 5},
}
"""Smaller sizes, to see that everything runs; bars are meant for the full sizes."""

_SIGNS = {"at least": "≥", "at most": "≤", "for information": ""}
_MARKS = {True: "[green]kept[/]", False: "[red]MISSED[/]", None: ""}


def run(names: Iterable[str], quick: bool, tell: Callable[[str], None]) -> list[Figure]:
    """Return the figures of the named benchmarks, one after the other."""
    figures: list[Figure] = []
    for name in names:
        begin = perf_counter()
        tell(f"{name} …")
        figures += import_module(f"benchmarks.{name}").measure(**(QUICK.get(name, {}) if quick else {}))
        tell(f"{name}: {perf_counter() - begin:.0f} s")
    return figures


def table_of(figures: Iterable[Figure]) -> Table:
    """Return the figures as a table for a terminal."""
    table = Table(title="Benchmarks", title_justify="left")
    for heading in ("what", "figure", "bar", "", "behind it"):
        table.add_column(heading, justify="right" if heading in {"figure", "bar"} else "left", overflow="fold")
    for figure in figures:
        bar = "" if figure.bar is None else f"{_SIGNS[figure.direction]} {figure.bar:g}"
        table.add_row(figure.name, f"{figure.figure:,.4g} {figure.unit}", bar, _MARKS[figure.kept], figure.detail)
    return table


def main() -> int:
    """Run what the command line names, all where it names nothing."""
    there = [name for name in BENCHMARKS if find_spec(f"benchmarks.{name}")]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure, and compare with the bars.")
    parser.add_argument("names", nargs="*", choices=[*there, []], metavar="NAME", help=f"of {', '.join(there)}")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that everything runs")
    asked = parser.parse_args()
    errors = Console(stderr=True)
    figures = run(asked.names or there, asked.quick, errors.print)
    Console().print(table_of(figures))
    if warning := load_warning():
        errors.print(warning)
    return int(any(figure.kept is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
