"""What reading notices, collected: many of a kind in one sheet are counted, not all listed."""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal

from graph.errors import Text
from graph.intake.sheets.book import Remark

_MOST: Final = 50


class Remarks:
    """Collects remarks; of one code in one sheet the first 50 with their places, then how many more."""

    def __init__(self) -> None:
        self._listed: list[Remark] = []
        self._counts: Counter[tuple[str, str]] = Counter()

    def say(
        self,
        severity: Literal["error", "warning", "info"],
        code: str,
        text: Text,
        sheet: str = "",
        row: int | None = None,
        column: int | None = None,
    ) -> None:
        """Take one remark in."""
        self._counts[code, sheet] += 1
        if self._counts[code, sheet] <= _MOST:
            self._listed.append(Remark(severity, code, text, sheet, row, column))

    def all(self) -> tuple[Remark, ...]:
        """Return the remarks, with one sentence for each kind that was counted further."""
        return (*self._listed, *(self._more(code, sheet) for code, sheet in self._long_ones()))

    def _long_ones(self) -> list[tuple[str, str]]:
        return [key for key, count in self._counts.items() if count > _MOST]

    def _more(self, code: str, sheet: str) -> Remark:
        more = self._counts[code, sheet] - _MOST
        first = next(remark for remark in self._listed if (remark.code, remark.sheet) == (code, sheet))
        text = Text(
            f"Noch {more:,} Stellen dieser Art auf diesem Blatt.".replace(",", "."),
            f"{more:,} more places of this kind on this sheet.",
        )
        return Remark(first.severity, code, text, sheet)
