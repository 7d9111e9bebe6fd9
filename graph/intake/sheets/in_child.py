"""The child process that reads one workbook: ``python -m graph.intake.sheets.in_child``.

Standard input holds a line of JSON (name, what is known, limits) and then the bytes of the file; standard output gets
lines of JSON: the size, progress, and at last the review in parts or why there is none. Before it looks into the file it
gives up network, files and privileges; so everything it needs from disk is loaded before, by a rehearsal on a small table.
"""

from __future__ import annotations

import codecs
import gc
import json
import os
import sys
import time
import traceback
from typing import Any, BinaryIO, Final

from graph import sandbox
from graph.errors import IntakeError
from graph.intake.sheets import own
from graph.intake.sheets.known import Known
from graph.intake.sheets.limits import EXIT_MEMORY, ImportLimits
from graph.intake.sheets.parts import parts_of
from graph.intake.sheets.reading.file import read_book, unpacked_size
from graph.intake.sheets.review import Review
from graph.intake.sheets.understanding import understand

_ZIP: Final = b"PK\x03\x04"
_PAUSE: Final = 0.1
_ENCODINGS: Final = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850", "cp437", "idna")
_REHEARSAL: Final = """Übersicht der Planwerke;;;;;;;;
Nr.;Titel;Federführung;Zielgruppe(n);Laufzeit;Beschlussdatum;Ziele;Rechtsgrundlage;Status
1;Sozialplan 2019 (SP);FB 56 / Frau M.;Kinder, Jugendliche;seit 2006 (Presse: 2005);9.7.19;1) A 2) B;§ 1 SGB XII;in Kraft
2;Sozialplan 2024;Soziales;Ältere;ca. 2034 (15 J.);21. März 2024 (geplant);- A;BauGB;k.A.
;Summe: 2;;;;;;;
"""


def main() -> None:
    """Read the order, give up what is not needed, and answer."""
    gc.disable()  # one short life with few cycles: looking for them would take a third of the time
    order, content = _read_order(sys.stdin.buffer)
    _rehearse(content)
    answers = os.fdopen(sandbox.confine_child(order["parent"], sys.stdout.fileno()), "wb")
    try:
        _answer(order, content, answers)
    except MemoryError:
        os._exit(EXIT_MEMORY)


def _read_order(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    order: dict[str, Any] = json.loads(stream.readline())
    return order, stream.read()


def _rehearse(content: bytes) -> None:
    """Load what reading and understanding load on first use."""
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)
    understand(read_book(_REHEARSAL.encode(), "Probe.csv"), Known())
    if content.startswith(_ZIP):
        own.rehearse()


def _answer(order: dict[str, Any], content: bytes, answers: BinaryIO) -> None:
    """Write the review, the refusal, or the trace of a defect of ours."""
    try:
        found = _read(order, content, answers)
        for part in parts_of(found) if isinstance(found, Review) else ():
            _tell(answers, {"part": part.to_json()})
        _tell(answers, {"done": True} if isinstance(found, Review) else {"own": found})
    except IntakeError as refusal:
        _tell(answers, {"refused": refusal.text.document()})
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the outermost one: told to the parent, whatever the file made happen
        _tell(answers, {"defect": traceback.format_exc(limit=-5)})


def _read(order: dict[str, Any], content: bytes, answers: BinaryIO) -> Review | dict[str, Any]:
    """Return the review, or the deliveries in a workbook of our own."""
    limits = ImportLimits(order["seconds"], order["memory"])
    sandbox.limit_child(*limits.for_size(0))
    size = unpacked_size(content, order["name"])
    _tell(answers, {"size": size})
    sandbox.limit_child(*limits.for_size(size))
    book = read_book(content, order["name"])
    if own.is_own(book):
        return own.read_own(book).to_json()
    return understand(book, Known.from_json(order["known"]), _Progress(answers))


class _Progress:
    """Tells how many rows are done, ten times a second at most."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Tell, unless it was told just now."""
        now = time.monotonic()
        if now - self._last > _PAUSE or done == total:
            self._last = now
            _tell(self._answers, {"progress": [done, total]})


def _tell(answers: BinaryIO, message: dict[str, Any]) -> None:
    """Write one line to the parent."""
    answers.write(json.dumps(message, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
