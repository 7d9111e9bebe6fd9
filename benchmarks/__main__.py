"""Run all benchmarks and print each figure with its bar beside it: ``python -m benchmarks [NAME ...] [--quick]``.

Exit status 1 where a bar is missed. Figures are ratios taken within one run, so that they hold on any machine.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from importlib import import_module
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.measuring.figure import Figure, load_warning

BENCHMARKS: Mapping[str, tuple[str, str]] = {
    "startup": ("benchmarks.startup", "measure"),
    "overlaps": ("benchmarks.overlaps", "measure"),
    "nearest": ("benchmarks.nearest", "measure"),
    "rules": ("benchmarks.rules", "measure"),
    "workers": ("benchmarks.measuring.adapted", "measure_workers"),
    "page": ("benchmarks.measuring.adapted", "measure_page"),
    "sparql": ("benchmarks.sparql", "measure"),
    "hostile": ("benchmarks.hostile", "measure"),
    "workbook": ("benchmarks.workbook", "measure"),
    "scale": ("benchmarks.scale", "measure"),
    "servers": ("benchmarks.servers.questions", "measure"),
}
QUICK: Mapping[str, Mapping[str, Any]] = {
    "startup": {"rounds": 5},
    "overlaps": {"plans": 200, "more": 400, "rounds": 2},
    "nearest": {"plans": 200, "more": 400, "rounds": 2},
    "rules": {"few": 60, "plans": 120, "rounds": 2},
    "workers": {"plans": 1000, "rounds": 20},
    "sparql": {"plans": 99, "seconds": 5},
    "hostile": {"limit": 0.5, "idle": 20, "most": 6},
    "workbook": {"rows": 400, "fewer": 40, "rounds": 1},
    "scale": {"plans": 99, "sizes": (1000, 10_000), "others": (1000, 10_000), "rounds": 1},
    "servers": {"rounds": 1, "most": 5},
}
"""Smaller sizes, to see that everything runs; bars are meant for the full sizes and left out here."""

_WIDTH = 170
_SIGNS = {"at least": "≥", "at most": "≤", "for information": ""}
_MARKS = {True: "[green]kept[/]", False: "[red]MISSED[/]", None: ""}


def run(names: Iterable[str], quick: bool, tell: Callable[[str], None]) -> list[Figure]:
    """Return the figures of the named benchmarks, one after the other.

    Matrix products get one thread, so that NetworkX, which has one, is not compared with two.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    figures: list[Figure] = []
    for name in names:
        begin = perf_counter()
        tell(f"{name} …")
        module, function = BENCHMARKS[name]
        measure: Callable[..., list[Figure]] = getattr(import_module(module), function)
        figures += map(_without_bar, measure(**QUICK.get(name, {}))) if quick else measure()
        tell(f"{name}: {perf_counter() - begin:.0f} s")
    return figures


def _without_bar(figure: Figure) -> Figure:
    return replace(figure, bar=None)


def table_of(figures: Iterable[Figure]) -> Table:
    """Return the figures as a table for a terminal."""
    table = Table(title="Benchmarks", title_justify="left")
    for heading in ("what", "figure", "bar", "", "behind it"):
        table.add_column(
            heading, justify="right" if heading in {"figure", "bar"} else "left", overflow="fold"
        )
    for figure in figures:
        table.add_row(figure.name, figure.text, _bar(figure), _MARKS[figure.kept], figure.detail)
    return table


def _bar(figure: Figure) -> str:
    return "" if figure.bar is None else f"{_SIGNS[figure.direction]} {figure.bar:.3g}"


def main() -> int:
    """Run what the command line names, all where it names nothing."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure, and compare with the bars."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that everything runs")
    asked = parser.parse_args()
    if unknown := set(asked.names) - BENCHMARKS.keys():
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    errors = Console(stderr=True)
    figures = run(asked.names or BENCHMARKS, asked.quick, errors.print)
    Console(width=None if sys.stdout.isatty() else _WIDTH).print(table_of(figures))
    if warning := load_warning():
        errors.print(warning)
    return int(any(figure.kept is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
