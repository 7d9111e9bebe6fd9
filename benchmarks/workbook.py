"""Taking in a large workbook against openpyxl's plain read of the same file: time, growth with the rows, memory.

Run ``python -m benchmarks.workbook make ROWS FILE`` for such a workbook; ``plain``, ``read``, ``review`` or ``take`` with FILE
for the figures of one way alone, each in a process of its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import islice, product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from openpyxl import load_workbook

from api.settings import Settings
from api.workspace import Workspace
from benchmarks.made.direct import BASE
from benchmarks.measuring.figure import Figure, processor_seconds
from graph.intake.sheets.child import review_file
from graph.intake.sheets.known import Known
from graph.intake.sheets.limits import ImportLimits
from graph.intake.sheets.reading.file import read_book

TIME_BAR = 3.0
GROWTH_BAR = 1.5
MEMORY_BAR = 1024
_PATIENT = ImportLimits(seconds=1800, memory=4 * 2**30)

HEADER = [
    "Lfd. Nr.",
    "Bezeichnung",
    "Federführung",
    "Zielgruppe(n)",
    "von",
    "bis",
    "Beschluss vom",
    "Ziele",
    "Maßnahmen",
    "Rechtsgrundlage",
    "Status",
    "Kosten in T€",
]
_KINDS = """
Bericht Handlungsprogramm Konzept Leitbild Masterplan Rahmenplan Satzung Strategie Bedarfsplan
Entwicklungsplan Aktionsplan Förderplan Fachplan Leitfaden Monitoring Programm Gutachten Maßnahmenplan
Netzplan Zielkatalog
"""
_ABOUT = """
Abwasser Altenhilfe Artenschutz Barrierefreiheit Beteiligung Bildung Bibliotheken Brandschutz Denkmäler
Digitalisierung Einzelhandel Energie Familien Feuerwehr Friedhöfe Gesundheit Gewerbe Gleichstellung
Grünflächen Hochwasser Inklusion Integration Jugend Kinder Klima Kultur Lärm Luft Mobilität Museen
Obdachlose Parken Pflege Radverkehr Schulen Senioren Spielplätze Sport Tourismus Wohnen
"""
_PLACES = [
    f"{side} {number}" for side in ("Nord", "Süd", "Ost", "West", "Mitte", "Rand") for number in range(1, 12)
]
_GROUPS = ("Kinder; Jugendliche", "Ältere", "Familien; Alleinerziehende", "alle", "Menschen mit Behinderung")


def write_workbook(path: Path, rows: int) -> None:
    """Write a workbook of so many plans, each with a title of its own."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Planwerke")
        day = workbook.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, HEADER)
        for number, cells in enumerate(islice(_plans(), rows), start=1):
            sheet.write_row(number, 0, [number, *cells])
            sheet.write_number(number, 6, 38_000 + number % 6_000, day)


def _plans() -> Iterator[list[Any]]:
    """Yield rows without their first cell."""
    for number, (place, about, kind) in enumerate(product(_PLACES, _ABOUT.split(), _KINDS.split())):
        begin = 2005 + number % 20
        yield [
            f"{kind} {about} {place}",
            f"FB {10 + number % 60}",
            _GROUPS[number % len(_GROUPS)],
            begin,
            begin + 5,
            None,
            f"{about} verbessern\n{about} in {place} stärken",
            f"{kind} fortschreiben",
            f"§ {1 + number % 90} BauGB",
            "in Kraft",
            1.5 * (number % 400),
        ]


def plain(path: Path) -> int:
    """Return the rows that openpyxl reads in its usual way, values only."""
    workbook = load_workbook(path)
    return sum(1 for sheet in workbook for row in sheet.iter_rows(values_only=True) if any(row))


def read(path: Path) -> int:
    """Return the rows that our reading finds, in this process."""
    return len({row for sheet in read_book(path, path.name).sheets for row, _ in sheet.cells})


def review(path: Path) -> int:
    """Return the rows that the review explains: reading and understanding in the child, the review here."""
    return len(review_file(path, Known(), limits=_PATIENT).rows)


def take(path: Path) -> int:
    """Return the rows that the whole import explains: review, tables, every cell compared, one commit to a new store."""
    with TemporaryDirectory() as folder:
        settings = Settings(store=folder, base=BASE, import_seconds=_PATIENT.seconds, import_memory_mb=4096)
        with Workspace(settings) as workspace:
            return len(workspace.import_workbook(path, source_id="workbook").review.rows)


_WAYS: dict[str, Callable[[Path], int]] = {"plain": plain, "read": read, "review": review, "take": take}


def _alone(way: str, path: Path) -> dict[str, Any]:
    """Return the figures of one way, measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.workbook", way, str(path)]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def _tell(way: str, path: Path) -> None:
    begin = processor_seconds()
    rows = _WAYS[way](path)
    peaks = [
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    print(
        json.dumps(
            {"rows": rows, "seconds": processor_seconds() - begin, "here": peaks[0], "child": peaks[1]}
        )
    )


def measure(rows: int = 50_000, fewer: int = 5_000, rounds: int = 3) -> list[Figure]:
    """Return the ratios to openpyxl's plain read, the growth with the rows, and the memory."""
    with TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.xlsx", Path(folder) / "small.xlsx"
        write_workbook(large, rows)
        write_workbook(small, fewer)
        runs = [{way: _alone(way, large) for way in _WAYS} for _ in range(rounds)]
        little = [{way: _alone(way, small) for way in ("review", "take")} for _ in range(rounds)]
    assert {told["rows"] for run in runs for told in run.values()} == {rows + 1}
    growth = [
        figure
        for way in ("review", "take")
        for figure in _growth_figures([run[way] for run in runs], [run[way] for run in little], rows / fewer)
    ]
    reading, reviewing, taking = _ratios(runs, rows)
    return [reading, reviewing, *growth[:2], taking, *growth[2:]]


def _seconds(told: list[dict[str, Any]]) -> float:
    return float(median(one["seconds"] for one in told))


def _ratios(runs: list[dict[str, dict[str, Any]]], rows: int) -> list[Figure]:
    taken = {way: _seconds([run[way] for run in runs]) for way in _WAYS}
    theirs = f"openpyxl reads {rows:,} rows of {len(HEADER)} columns in {taken['plain']:.1f} s"
    return [
        Figure(
            name, taken[way] / taken["plain"], "×", TIME_BAR, "at most", f"{theirs}, ours {taken[way]:.1f} s"
        )
        for name, way in (
            ("Reading a workbook", "read"),
            ("Reviewing a workbook, child included", "review"),
            ("Taking a workbook in, from file to store", "take"),
        )
    ]


def _growth_figures(large: list[dict[str, Any]], small: list[dict[str, Any]], times: float) -> list[Figure]:
    growth = _seconds(large) / _seconds(small) / times
    here, child = (max(one[who] for one in large) for who in ("here", "child"))
    detail = f"{_seconds(small):.1f} s → {_seconds(large):.1f} s for {times:.0f} times the rows"
    return [
        Figure("  growth beyond the rows", growth, "×", GROWTH_BAR, "at most", detail),
        Figure(
            "  memory of the larger process",
            max(here, child),
            "MB",
            MEMORY_BAR,
            "at most",
            f"child {child:.0f} MB, program {here:.0f} MB",
        ),
    ]


if __name__ == "__main__":
    if sys.argv[1] == "make":
        write_workbook(Path(sys.argv[3]), int(sys.argv[2]))
    else:
        _tell(sys.argv[1], Path(sys.argv[2]))
