"""What the command line writes: tables for people, JSON and CSV for programs, progress on stderr of a terminal."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from api.tables.csv_text import csv_text
from ontology.text import Text

Item = TypeVar("Item")

FORMATS = ("table", "json", "csv")
_WIDE = 120
_PATIENCE = 1.0


@dataclass(frozen=True)
class Table:
    """Rows under headings, with a title above and notes below."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""
    notes: Sequence[str] = ()


def write_table(table: Table) -> None:
    """Write a table as wide as the terminal; without a terminal as wide as its text, without colour."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text as Plain

    console = Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False)
    grid = Grid(
        box=SIMPLE_HEAD, title=table.title or None, title_justify="left", title_style="bold", pad_edge=False
    )
    for heading in table.headings:
        grid.add_column(heading, overflow="fold")
    for row in table.rows:
        grid.add_row(*(Plain(printable(cell)) for cell in row))
        if any("\n" in cell for cell in row):
            grid.add_section()
    with console.capture() as written:
        console.print(grid)
        for note in table.notes:
            console.print(Plain(printable(note)))
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in written.get().splitlines()))


def printable(text: str) -> str:
    """Return text without control characters, which could steer a terminal."""
    return "".join(
        char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text
    )


def write_json(document: Any) -> None:
    """Write a document as JSON."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def write_csv(table: Table) -> None:
    """Write headings and rows as CSV."""
    sys.stdout.write(csv_text(table.headings, table.rows))


def say(text: str, *, quiet: bool = False) -> None:
    """Write a sentence for people, on stderr: stdout is for answers."""
    if not quiet:
        sys.stderr.write(printable(text) + "\n")


def watched(items: Iterable[Item], label: Text, lang: str, *, quiet: bool) -> Iterator[Item]:
    """Yield ``items`` behind a progress bar, where a person watches."""
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(list(items), description=label[lang], console=Console(stderr=True), transient=True)


@contextmanager
def meter(label: Text, lang: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told (done, of all); what takes over a second gets a bar where a person watches."""
    with ExitStack() as shown:
        begun = time.monotonic()
        bar: list[Callable[[int, int], None]] = []

        def tell(done: int, of_all: int) -> None:
            if not bar and time.monotonic() - begun > _PATIENCE:
                bar.append(shown.enter_context(_bar(label[lang])))
            if bar:
                bar[0](done, of_all)

        yield (lambda _done, _all: None) if quiet or not sys.stderr.isatty() else tell


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label)
        yield lambda done, of_all: progress.update(task, completed=done, total=of_all)
