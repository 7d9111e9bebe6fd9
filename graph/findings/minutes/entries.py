"""The minutes of a meeting: what was decided or noted on each finding, and what an entry must have."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from graph.errors import BadRequest, NotFound, Text
from graph.findings.decisions import states

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGEST = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What was decided on a finding, or only noted (``state`` is empty then); ``evidence`` is the digest at that time."""

    finding: str
    state: str
    reason: str
    role: str
    paper: str
    note: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """All entries of one meeting, with where they come from; ``as_of`` is the day that the walk looked at."""

    meeting: str
    walk: str
    title: str
    day: date
    as_of: date
    saved: datetime
    entries: tuple[Entry, ...]
    file: str = ""

    @property
    def source(self) -> str:
        """The local id of the source that these minutes become."""
        return f"source/sitzung-{self.walk}-{self.day.isoformat()}-{self.meeting}"

    def with_entry(self, entry: Entry) -> Minutes:
        """Return the minutes with an entry in place of the one on the same finding."""
        others = tuple(held for held in self.entries if held.finding != entry.finding)
        return replace(self, entries=(*others, entry))


def check_entry(entry: Entry, place: str) -> None:
    """Refuse an entry that is neither a whole decision nor a note; ``place`` is named in the refusal."""
    choice = ", ".join(states())
    if entry.state and entry.state not in states():
        raise refusal(
            place,
            Text(
                f"den Stand „{entry.state}“ gibt es nicht; möglich sind {choice}",
                f"there is no state “{entry.state}”; possible are {choice}",
            ),
        )
    if entry.state and not entry.reason:
        raise refusal(place, Text("der Entscheidung fehlt der Grund", "the decision has no reason"))
    if entry.state and not entry.role:
        raise refusal(
            place,
            Text(
                "es fehlt, welche Stelle oder Rolle entschieden hat",
                "it does not say which office or role decided",
            ),
        )
    if not entry.state and not entry.note:
        raise refusal(place, Text("weder Entscheidung noch Notiz", "neither decision nor note"))
    if not _DIGEST.fullmatch(entry.evidence):
        raise refusal(place, Text("die Prüfsumme der Belege fehlt", "the digest of the evidence is missing"))


def check_known(minutes: Minutes, known: Iterable[str]) -> None:
    """Refuse minutes on a finding that there is not; NotFound names the entry."""
    findings = set(known)
    for number, entry in enumerate(minutes.entries, start=1):
        if entry.finding not in findings:
            raise NotFound(
                f"{minutes.file}, Eintrag {number}: Den Hinweis „{entry.finding}“ gibt es nicht. Nichts wurde übernommen.",
                f"{minutes.file}, entry {number}: There is no finding “{entry.finding}”. Nothing was taken in.",
            )


def check_newer(minutes: Minutes, held: Minutes) -> None:
    """Refuse minutes that were saved before those that are stored of the same meeting."""
    if held.entries and minutes.saved < held.saved:
        raise BadRequest(
            f"{minutes.file}: Von dieser Sitzung ist schon eine neuere Fassung übernommen ({held.saved:%d.%m.%Y %H:%M}).",
            f"{minutes.file}: A newer version of this meeting was taken in already ({held.saved:%Y-%m-%d %H:%M}).",
        )


def refusal(place: str, what: Text) -> BadRequest:
    """Return the refusal of a file, or of an entry of it: ``place`` is the file, or the file, a comma and the entry."""
    file, comma, entry = place.partition(", ")
    de, en = (f", Eintrag {entry}:", f", entry {entry}:") if comma else ("", "")
    return BadRequest(
        f"{file}{de} {what.de}. Nichts wurde übernommen.", f"{file}{en} {what.en}. Nothing was taken in."
    )
