"""What the graph knows already when a workbook arrives, and what people settled about earlier deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.errors import IntakeError

_KINDS = ("units", "plans", "target_groups", "topics", "areas")
_EVERY_SHEET = "*"


@dataclass(frozen=True, slots=True)
class KnownThing:
    """A thing of the graph: its id, every name it goes by (title or label first), and what else helps to tell it."""

    id: str
    names: tuple[str, ...]
    extra: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {"id": self.id, "names": list(self.names), "extra": dict(self.extra)}


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a person settled: kinds of sheets, meanings of columns, aliases, kinds of rows, answers to questions.

    The same shape is a mapping file. A sheet called ``*`` stands for every sheet. ``settled_on`` is the day it was settled,
    told in the reasons.
    """

    sheets: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    settled_on: str = ""

    def columns_of(self, sheet: str) -> dict[str, str | None]:
        """Return the settled headings of a sheet; those of every sheet first, so that its own win.

        >>> Corrections(columns={"*": {"Amt": "lead_department"}}).columns_of("Tabelle1")
        {'Amt': 'lead_department'}
        """
        return {**self.columns.get(_EVERY_SHEET, {}), **self.columns.get(sheet, {})}

    def rows_of(self, sheet: str) -> dict[str, str]:
        """Return the settled kinds of rows of a sheet, by the text of their title cell."""
        return {**self.rows.get(_EVERY_SHEET, {}), **self.rows.get(sheet, {})}

    def sheet_kind(self, sheet: str) -> str | None:
        """Return the settled kind of a sheet, if any."""
        return self.sheets.get(sheet) or self.sheets.get(_EVERY_SHEET)

    def to_json(self) -> dict[str, Any]:
        """Return the corrections as JSON holds them."""
        return {
            "sheets": dict(self.sheets),
            "columns": {sheet: dict(columns) for sheet, columns in self.columns.items()},
            "aliases": {kind: dict(names) for kind, names in self.aliases.items()},
            "rows": {sheet: dict(rows) for sheet, rows in self.rows.items()},
            "answers": dict(self.answers),
            "settled_on": self.settled_on,
        }

    @classmethod
    def from_json(cls, given: Any) -> Corrections:
        """Return the corrections that a mapping file or the memory holds.

        Raises IntakeError where a part has another shape than a mapping of names.
        """
        parts = _mapping(given, "")
        for part in ("columns", "aliases", "rows"):
            for name, inner in _mapping(parts.get(part, {}), part).items():
                _mapping(inner, f"{part}.{name}")
        return cls(
            _mapping(parts.get("sheets", {}), "sheets"),
            parts.get("columns", {}),
            parts.get("aliases", {}),
            parts.get("rows", {}),
            _mapping(parts.get("answers", {}), "answers"),
            str(parts.get("settled_on", "")),
        )


def _mapping(given: Any, part: str) -> Mapping[str, Any]:
    if isinstance(given, Mapping):
        return given
    de, en = (f"„{part}“", f"“{part}”") if part else ("die Datei", "the file")
    raise IntakeError(
        f"Die Zuordnung ist unlesbar: {de} muss ein JSON-Objekt mit Namen sein. Bitte die Datei berichtigen.",
        f"The mapping cannot be read: {en} must be a JSON object of names. Please correct the file.",
    )


@dataclass(frozen=True, slots=True)
class Known:
    """Units, plans and code lists of the graph, and the corrections; all empty for a city that starts."""

    units: tuple[KnownThing, ...] = ()
    plans: tuple[KnownThing, ...] = ()
    target_groups: tuple[KnownThing, ...] = ()
    topics: tuple[KnownThing, ...] = ()
    areas: tuple[KnownThing, ...] = ()
    corrections: Corrections = field(default_factory=Corrections)

    def to_json(self) -> dict[str, Any]:
        """Return what is known as JSON holds it, for the way into the child process."""
        things = {kind: [thing.to_json() for thing in getattr(self, kind)] for kind in _KINDS}
        return {**things, "corrections": self.corrections.to_json()}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Known:
        """Return what is known, out of its JSON."""
        things = {
            kind: tuple(
                KnownThing(thing["id"], tuple(thing["names"]), thing.get("extra", {}))
                for thing in given.get(kind, ())
            )
            for kind in _KINDS
        }
        return cls(**things, corrections=Corrections.from_json(given.get("corrections", {})))
