"""What is wrong with the tables somebody brought: where, what, and what to do, all in one report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.errors import IntakeError, Text

ROW_OF_HEADER = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: file, row as a spreadsheet counts (header = 1), column, a code, a sentence."""

    file: str
    row: int | None
    column: str | None
    code: str
    text: Text

    @property
    def where(self) -> Text:
        """Return the place in words."""
        de = [
            self.file,
            f"Zeile {self.row}" if self.row else "",
            f"Spalte {self.column}" if self.column else "",
        ]
        en = [
            self.file,
            f"row {self.row}" if self.row else "",
            f"column {self.column}" if self.column else "",
        ]
        return Text(", ".join(filter(None, de)), ", ".join(filter(None, en)))

    @property
    def message(self) -> Text:
        """Return place and sentence together."""
        return Text(f"{self.where.de}: {self.text.de}", f"{self.where.en}: {self.text.en}")


class TablesRefused(IntakeError):
    """The tables hold problems; nothing was imported."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        files = len({problem.file for problem in self.problems})
        count = len(self.problems)
        super().__init__(
            f"{count} {'Problem' if count == 1 else 'Probleme'} in {files} "
            f"{'Datei' if files == 1 else 'Dateien'}; nichts wurde übernommen.",
            f"{count} {'problem' if count == 1 else 'problems'} in {files} "
            f"{'file' if files == 1 else 'files'}; nothing was imported.",
        )
