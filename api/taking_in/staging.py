"""Files that somebody brought to the page and nobody has taken in yet: few, small, under random names, for a day.

Each lies in a folder of its own under the store: the file, what is settled about it, and the review made of it.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
import unicodedata
from dataclasses import dataclass, replace
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any

from api.taking_in.own import take_back
from api.taking_in.report import own_json, refusal_json, taken_json
from api.taking_in.workbook import (
    SUFFIXES,
    SheetRefused,
    review_workbook,
    settled_for,
    source_of,
    take_review,
)
from graph.errors import Busy, IntakeError, NotFound
from graph.intake.sheets.child import OwnWorkbook
from graph.intake.sheets.corrections import Settled, merged, settled_from_json, without_answers
from graph.intake.sheets.delivering.ids import slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.workspace import Workspace

FOLDER = "staged"
MOST_BYTES = 20 * 2**20
MOST_FILES = 40
SECONDS_KEPT = 24 * 3600
_READ_AT_ONCE = 2
_PATIENCE = 20.0
_ID = re.compile(r"[A-Za-z0-9_-]{20,40}")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Staged:
    """One staged file: its id, what was asked for it, and the report of its review (or of its taking in)."""

    id: str
    file: str
    source: str
    day: str | None
    settled: Settled
    report: dict[str, Any]
    asked: dict[str, Any]
    is_named: bool = False
    is_taken: bool = False

    def document(self) -> dict[str, Any]:
        """Return it as JSON: the report, where it stands, and under which id."""
        return {"stage": self.id, "state": "taken" if self.is_taken else "staged", **self.report}


class Staging:
    """The folder of staged files of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.folder = workspace.files.folder / FOLDER
        self._reading = BoundedSemaphore(_READ_AT_ONCE)
        self._lock = Lock()

    def stage(self, name: str, content: bytes, source: str = "", day: str | None = None) -> Staged:
        """Keep a file, review it, and return what was found.

        Raises IntakeError where it cannot be read, Busy where too many files wait already.
        """
        file = file_name(name)
        with self._lock:
            self._sweep()
            if len(self._ids()) >= MOST_FILES:
                raise Busy(
                    "Gerade warten zu viele Tabellen auf Prüfung. Bitte später noch einmal versuchen.",
                    "Too many spreadsheets wait to be reviewed. Please try again later.",
                )
            made = secrets.token_urlsafe(18)
            (self.folder / made / "file").mkdir(parents=True)
        (self.folder / made / "file" / file).write_bytes(content)
        waiting = Staged(
            made,
            file,
            slug(source) if source else source_of(file),
            day,
            Settled(),
            {},
            {},
            is_named=bool(source),
        )
        try:
            return self._review(waiting, Settled())
        except BaseException:
            shutil.rmtree(self.folder / made)
            raise

    def show(self, stage: str) -> Staged:
        """Return a staged file; raises NotFound where there is none (any more)."""
        if not _ID.fullmatch(stage) or stage not in self._ids():
            raise NotFound(
                "Diese Tabelle wartet hier nicht (mehr). Bitte noch einmal hochladen.",
                "This spreadsheet does not wait here (any more). Please upload it again.",
            )
        held = json.loads((self.folder / stage / "staged.json").read_text("utf-8"))
        held["settled"] = settled_from_json(held["settled"], "staged.json")
        return Staged(**held)

    def correct(self, stage: str, given: Settled, taken_back: Iterable[str] = ()) -> Staged:
        """Review a staged file again with further corrections; answers to ``taken_back`` questions are dropped."""
        staged = self._waiting(stage)
        return self._review(staged, without_answers(merged(staged.settled, given), taken_back))

    def start_over(self, stage: str) -> Staged:
        """Review a staged file again without the corrections made on the page."""
        return self._review(self._waiting(stage), Settled())

    def take(self, stage: str) -> Staged:
        """Take a staged file into the store, in one commit, and forget the file.

        Raises SheetRefused where it cannot be stored; it stays staged then.
        """
        staged = self._waiting(stage)
        report = self._reported(staged, dry_run=False)
        shutil.rmtree(self.folder / stage / "file")
        return self._keep(replace(staged, report=report, is_taken=True))

    def _waiting(self, stage: str) -> Staged:
        staged = self.show(stage)
        if staged.is_taken:
            raise IntakeError(
                "Diese Tabelle ist schon übernommen. Für eine neue Lieferung bitte noch einmal hochladen.",
                "This spreadsheet has been taken in already. For a new delivery please upload it again.",
            )
        return staged

    def _review(self, staged: Staged, settled: Settled) -> Staged:
        """Look at a file with these corrections and keep what was found."""
        staged = replace(staged, settled=settled)
        try:
            report = self._reported(staged, dry_run=True)
        except SheetRefused as error:
            report = refusal_json(error, staged.file, error.review)
        asked = staged.asked | {question["id"]: question["text"] for question in report["questions"]}
        return self._keep(replace(staged, report=report, asked=asked))

    def _reported(self, staged: Staged, *, dry_run: bool) -> dict[str, Any]:
        """Return the report of a file, taken in unless it is a ``dry_run``."""
        if not self._reading.acquire(timeout=_PATIENCE):
            raise Busy(
                "Gerade werden andere Tabellen gelesen. Bitte gleich noch einmal versuchen.",
                "Other spreadsheets are being read. Please try again shortly.",
            )
        path, source = self.folder / staged.id / "file" / staged.file, staged.source
        held = settled_for(self.workspace, source, staged.settled)
        try:
            review = review_workbook(self.workspace, path, source, held)
        except OwnWorkbook as own:
            return self._taken_back(staged, own, dry_run=dry_run)
        finally:
            self._reading.release()
        return taken_json(take_review(self.workspace, review, source, held, day=staged.day, dry_run=dry_run))

    def _taken_back(self, staged: Staged, own: OwnWorkbook, *, dry_run: bool) -> dict[str, Any]:
        """Return the report of a workbook that Planwerk wrote itself."""
        source = staged.source if staged.is_named else None
        taken = take_back(self.workspace, own.returned, source_id=source, day=staged.day, dry_run=dry_run)
        return own_json(staged.file, own.returned.kind, taken)

    def _keep(self, staged: Staged) -> Staged:
        held = {
            **{
                name: getattr(staged, name)
                for name in ("id", "file", "source", "day", "report", "asked", "is_named", "is_taken")
            },
            "settled": staged.settled.to_json(),
        }
        path = self.folder / staged.id / "staged.json"
        new = path.with_suffix(".new")
        new.write_text(json.dumps(held, ensure_ascii=False), "utf-8", "surrogatepass")
        new.replace(path)
        return staged

    def _ids(self) -> list[str]:
        return [path.name for path in self.folder.iterdir()] if self.folder.exists() else []

    def _sweep(self) -> None:
        """Throw away what has waited too long."""
        old = time.time() - SECONDS_KEPT
        for stage in self._ids():
            if (self.folder / stage).stat().st_mtime < old:
                shutil.rmtree(self.folder / stage)


def file_name(given: str) -> str:
    r"""Return the name of an uploaded file: never a path, nothing that steers a terminal or a file system.

    >>> file_name("C:\\Amt\\Bestand 2025.xlsx"), file_name("../../.csv")
    ('Bestand 2025.xlsx', 'Tabelle.csv')

    Raises IntakeError where it is no kind of file that is read.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", given))[-1]
    plain = "".join(char for char in last if char.isprintable()).strip()
    stem, dot, suffix = plain.rpartition(".")
    if f"{dot}{suffix.lower()}" not in SUFFIXES:
        raise IntakeError(
            f"„{plain or given[:_LONGEST]}“ wird hier nicht gelesen; möglich sind {', '.join(SUFFIXES)}.",
            f"“{plain or given[:_LONGEST]}” is not read here; possible are {', '.join(SUFFIXES)}.",
        )
    stem = stem.strip(". ")[: _LONGEST // 2]
    return f"{stem or 'Tabelle'}.{suffix.lower()}"
