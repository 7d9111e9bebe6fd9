"""Have a workbook read by a limited child process: the program itself never looks into a file that somebody brought."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from graph.errors import IntakeError, reason
from graph.intake.sheets.known import Known
from graph.intake.sheets.limits import EXIT_MEMORY, ImportLimits
from graph.intake.sheets.own.returned import Returned
from graph.intake.sheets.parts import add_part
from graph.intake.sheets.review import Review

Watch = Callable[[int, int], None]

_NONSENSE: Final = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
_GRACE: Final = 1.0
_MOST_WORDS: Final = 20_000
_PATIENCE: Final = 3
"""Seconds on the clock for one of the processor: a busy machine is no reason to refuse a file."""
_CHUNK: Final = 1 << 20
_PACKAGES: Final = str(Path(__file__).parents[3])
_MEMORY_ENDED: Final = {EXIT_MEMORY, -signal.SIGABRT}


class ChildDefect(Exception):
    """A defect of ours that a file brought to light in the child; carries its trace."""


class OwnWorkbook(IntakeError):
    """The file is a workbook that Planwerk wrote: it is no overview to be understood, but deliveries come back."""

    def __init__(self, name: str, returned: Returned) -> None:
        self.returned = returned
        super().__init__(
            f"„{name}“ hat Planwerk selbst geschrieben. Bitte auf der Kommandozeile übernehmen: planwerk import {name}",
            f"“{name}” was written by Planwerk itself. Please take it in on the command line: planwerk import {name}",
        )


def review_file(path: Path, known: Known, *, limits: ImportLimits, watch: Watch | None = None) -> Review:
    """Return what a workbook says, read and understood in a child process of its own.

    ``watch`` is told rows done and rows in all. Raises OwnWorkbook where Planwerk wrote the file; IntakeError, naming the
    file, where it cannot be read, is too large, takes too long or ends the child.
    """
    content = _bytes_of(path, limits)
    order = {
        "name": path.name,
        "known": known.to_json(),
        "seconds": limits.seconds,
        "memory": limits.memory,
        "parent": os.getpid(),
    }
    with _started(json.dumps(order).encode() + b"\n" + content) as child:
        conversation = _Conversation(child, path.name, limits, watch)
        answer = conversation.answer()
    if conversation.review is not None and "done" in answer:
        return conversation.review
    if "own" in answer:
        raise OwnWorkbook(path.name, answer["own"])
    if "refused" in answer:
        raise IntakeError(**answer["refused"])
    raise _broken_off(path.name) from ChildDefect(answer.get("defect"))


def _bytes_of(path: Path, limits: ImportLimits) -> bytes:
    """Return the bytes of a file; raise IntakeError where there is none or it is too large."""
    if not path.is_file():
        raise IntakeError(
            f"„{path.name}“ ist keine Datei. Bitte den Pfad prüfen.",
            f"“{path.name}” is no file. Please check the path.",
        )
    if path.stat().st_size > limits.file_bytes:
        most = limits.file_bytes // 2**20
        raise IntakeError(
            f"„{path.name}“ ist größer als {most} MB. Bitte Bilder entfernen oder die Datei teilen.",
            f"“{path.name}” is larger than {most} MB. Please remove pictures or split the file.",
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise IntakeError(
            f"„{path.name}“ lässt sich nicht öffnen ({reason(error).de}). Bitte die Rechte prüfen.",
            f"“{path.name}” cannot be opened ({reason(error).en}). Please check its permissions.",
        ) from error


@contextmanager
def _started(message: bytes) -> Iterator[_Child]:
    """Run the child on a message, without our environment, files or sockets; it is gone afterwards."""
    with _in_memory(message) as order, _in_memory(b"") as errors:
        process = _spawn(order, errors)
        try:
            yield _Child(process, errors)
        finally:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


def _in_memory(content: bytes) -> BinaryIO:
    """Return a file without a name, set to its beginning."""
    file = os.fdopen(os.memfd_create("workbook", os.MFD_CLOEXEC), "r+b")
    file.write(content)
    file.seek(0)
    return file


def _spawn(order: BinaryIO, errors: BinaryIO) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(filter(None, [_PACKAGES, os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "graph.intake.sheets.in_child"],
        stdin=order,
        stdout=subprocess.PIPE,
        stderr=errors,
        cwd="/",
        env={"PYTHONPATH": path, "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
        start_new_session=True,
    )


class _Child(NamedTuple):
    """The process and what it writes to standard error, which is something only where a defect of ours ends it."""

    process: subprocess.Popen[bytes]
    errors: BinaryIO

    @property
    def last_words(self) -> str:
        """The end of what it wrote to standard error."""
        self.errors.seek(0)
        return self.errors.read(_MOST_WORDS).decode("utf-8", "replace")


class _Message(NamedTuple):
    """One line of the child, understood: size, progress or part of the review, else its last word."""

    word: dict[str, Any]
    size: int | None = None
    progress: tuple[int, int] | None = None
    part: Review | None = None

    @classmethod
    def read(cls, line: bytes) -> _Message:
        """Return what a line says; raise one of ``_NONSENSE`` where it says nothing of that kind."""
        word = dict(json.loads(line))
        if "size" in word:
            return cls(word, size=int(word["size"]))
        if "progress" in word:
            done, total = word["progress"]
            return cls(word, progress=(int(done), int(total)))
        if "part" in word:
            return cls(word, part=Review.from_json(word["part"]))
        if "own" in word:
            word["own"] = Returned.from_json(word["own"])
        if "refused" in word:
            word["refused"] = {lang: str(word["refused"][lang]) for lang in ("de", "en")}
        return cls(word)


class _Conversation:
    """Listens to the child until it has answered, ended, said too much, or run out of time."""

    def __init__(self, child: _Child, name: str, limits: ImportLimits, watch: Watch | None) -> None:
        self._child = child
        self._name = name
        self._limits = limits
        self._watch = watch
        self.review: Review | None = None
        self._begin = time.monotonic()
        self._seconds, self._memory = limits.for_size(0)

    def answer(self) -> dict[str, Any]:
        """Return the last word of the child, the review gathered; raise IntakeError where there is none."""
        for line in self._lines():
            try:
                message = _Message.read(line)
            except _NONSENSE as error:
                raise _broken_off(self._name) from error
            if message.size is not None:
                self._seconds, self._memory = self._limits.for_size(message.size)
            elif message.part is not None:
                self._gather(message.part)
            elif message.progress is None:
                return message.word
            elif self._watch:
                self._watch(*message.progress)
        raise self._ended()

    def _gather(self, part: Review) -> None:
        if self.review is None:
            self.review = part
        else:
            add_part(self.review, part)

    def _lines(self) -> Iterator[bytes]:
        """Yield the lines that the child writes."""
        rest: list[bytes] = []
        said = 0
        while chunk := self._chunk():
            said += len(chunk)
            if said > self._limits.answer_bytes:
                raise _too_much(self._name)
            *lines, last = chunk.split(b"\n")
            for line in lines:
                yield b"".join((*rest, line))
                rest = []
            rest.append(last)

    def _chunk(self) -> bytes:
        """Return what comes next; nothing at the end; raise IntakeError when time is over."""
        assert self._child.process.stdout is not None
        left = self._begin + self._seconds * _PATIENCE - time.monotonic()
        if left <= 0 or not select.select([self._child.process.stdout], [], [], left)[0]:
            raise _too_slow(self._name, self._seconds)
        return os.read(self._child.process.stdout.fileno(), _CHUNK)

    def _ended(self) -> IntakeError:
        """Return why the child ended without an answer."""
        try:
            status = self._child.process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            return _broken_off(self._name)
        if status == -signal.SIGXCPU:
            return _too_slow(self._name, self._seconds)
        if status in _MEMORY_ENDED:
            return _too_fat(self._name, self._memory)
        broken = _broken_off(self._name)
        broken.__cause__ = ChildDefect(f"exit status {status}: {self._child.last_words}")
        return broken


def _too_slow(name: str, seconds: float) -> IntakeError:
    return IntakeError(
        f"„{name}“ zu lesen dauert länger als {seconds:.0f} Sekunden. Bitte leere formatierte Zeilen und nicht gebrauchte "
        "Blätter löschen oder die Datei teilen.",
        f"Reading “{name}” takes longer than {seconds:.0f} seconds. Please delete empty formatted rows and unused sheets, "
        "or split the file.",
    )


def _too_fat(name: str, memory: int) -> IntakeError:
    return IntakeError(
        f"„{name}“ zu lesen braucht mehr als {memory // 2**20} MB Arbeitsspeicher. Bitte leere formatierte Zeilen und nicht "
        "gebrauchte Blätter löschen oder die Datei teilen.",
        f"Reading “{name}” needs more than {memory // 2**20} MB of memory. Please delete empty formatted rows and unused "
        "sheets, or split the file.",
    )


def _too_much(name: str) -> IntakeError:
    return IntakeError(
        f"„{name}“ enthält mehr, als auf einmal geprüft werden kann. Bitte die Datei teilen.",
        f"“{name}” holds more than can be reviewed at once. Please split the file.",
    )


def _broken_off(name: str) -> IntakeError:
    return IntakeError(
        f"„{name}“ konnte nicht gelesen werden: Das Lesen brach ab. Bitte in Excel oder LibreOffice öffnen, neu als .xlsx "
        "speichern und noch einmal versuchen.",
        f"“{name}” could not be read: reading broke off. Please open it in Excel or LibreOffice, save it again as .xlsx and "
        "try once more.",
    )
