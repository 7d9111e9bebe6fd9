"""What a planner settled about the workbook of a source: read, checked, merged, and remembered beside the store.

The file of a person (``--mapping``) and the memory have the same shape: a JSON object with ``sheets``, ``columns``,
``aliases``, ``rows`` and ``answers``; the memory adds ``ids`` (which id a thing of a name was given).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import quote

from graph.errors import IntakeError
from graph.intake.sheets.known import Corrections

FOLDER = "corrections"
PARTS = ("sheets", "columns", "aliases", "rows", "answers", "ids", "settled_on")
_MOST = 4 * 1024 * 1024

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Settled:
    """The corrections of a source, and the ids that its things were given, by table and name."""

    corrections: Corrections = field(default_factory=Corrections)
    ids: Names = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON holds it, without the parts that are empty."""
        held = {
            **self.corrections.to_json(),
            "ids": {table: dict(names) for table, names in self.ids.items()},
        }
        return {part: held[part] for part in PARTS if held[part]}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was settled."""
        return not self.to_json()


def settled_from_json(given: Any, file: str) -> Settled:
    """Return corrections out of their JSON; ``file`` names them in a refusal.

    Raises IntakeError where a part is unknown or has another shape than names.
    """
    if isinstance(given, Mapping):
        _check_parts(given, file)
    corrections = Corrections.from_json(given)
    ids = given.get("ids", {})
    Corrections.from_json({"aliases": ids})
    return Settled(corrections, {table: dict(names) for table, names in ids.items()})


def _check_parts(given: Mapping[str, Any], file: str) -> None:
    for part in given:
        if part not in PARTS:
            near = get_close_matches(str(part), PARTS, n=1)
            de, en = (f" Ist „{near[0]}“ gemeint?", f" Is “{near[0]}” meant?") if near else ("", "")
            raise IntakeError(
                f"{file}: „{part}“ gibt es in einer Zuordnung nicht; möglich sind {', '.join(PARTS)}.{de}",
                f"{file}: a mapping has no “{part}”; possible are {', '.join(PARTS)}.{en}",
            )


def read_settled(path: Path) -> Settled:
    """Return the corrections that a file holds.

    Raises IntakeError where the file is missing, no JSON, or no mapping.
    """
    try:
        text = path.read_bytes()[: _MOST + 1]
        given = json.loads(text.decode("utf-8-sig"))
    except OSError:
        raise IntakeError(
            f"Die Zuordnung {path.name} ist nicht zu lesen. Bitte den Namen der Datei prüfen.",
            f"The mapping {path.name} cannot be read. Please check the name of the file.",
        ) from None
    except (ValueError, RecursionError) as error:
        raise IntakeError(
            f"Die Zuordnung {path.name} ist kein JSON in UTF-8 ({error}).",
            f"The mapping {path.name} is not JSON in UTF-8 ({error}).",
        ) from None
    return settled_from_json(given, path.name)


def merged(earlier: Settled, later: Settled) -> Settled:
    """Return both together; where they differ the later counts."""
    one, other = earlier.corrections, later.corrections
    return Settled(
        Corrections(
            sheets={**one.sheets, **other.sheets},
            columns=_both(one.columns, other.columns),
            aliases=_both(one.aliases, other.aliases),
            rows=_both(one.rows, other.rows),
            answers={**one.answers, **other.answers},
            settled_on=other.settled_on or one.settled_on,
        ),
        _both(earlier.ids, later.ids),
    )


def _both(
    one: Mapping[str, Mapping[str, Any]], other: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    return {
        name: {**one.get(name, {}), **other.get(name, {})}
        for name in [*one, *(n for n in other if n not in one)]
    }


def without_answers(settled: Settled, unanswered: Iterable[str]) -> Settled:
    """Return the corrections without the answers to these questions: an empty answer takes an earlier one back."""
    gone = set(unanswered)
    answers = {name: value for name, value in settled.corrections.answers.items() if name not in gone}
    return replace(settled, corrections=replace(settled.corrections, answers=answers))


def memory_name(source: str) -> str:
    """Return under which name the corrections of a source lie beside the store."""
    return f"{FOLDER}/{quote(source, safe='')}.json"


def memory_path(store: Path, source: str) -> Path:
    """Return the file beside the store that remembers the corrections of a source."""
    return store / memory_name(source)


def recall(store: Path, source: str) -> Settled:
    """Return what is remembered for a source; nothing where nothing is."""
    path = memory_path(store, source)
    return read_settled(path) if path.exists() else Settled()


def remember(store: Path, source: str, settled: Settled) -> None:
    """Keep the corrections of a source: whoever reads, even after a crash, sees the earlier ones or these, whole."""
    path = memory_path(store, source)
    if settled.is_empty and not path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(settled.to_json(), ensure_ascii=False, indent=2, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
