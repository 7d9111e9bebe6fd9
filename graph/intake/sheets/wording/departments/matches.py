"""The lead that a cell names, with what is said beside it, and the question where the cell leaves it open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from graph.errors import Text
from graph.intake.sheets.wording.departments.mentions import Mention
from graph.intake.sheets.wording.departments.relations import Relation

Marker = Literal["", "ditto", "everyone", "external", "person", "empty"]
_CERTAINTIES = {"code": 1.0, "name": 1.0, "near": 0.8, "maybe": 0.3, "unknown": 0.7}
DOUBTFUL = 0.3


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A department as a cell names it.

    ``label`` is the name as written, cleaned ("FB 56"); ``id`` is the known unit, if one is meant for certain. ``marker`` says
    that the cell names no department of its own: "ditto" means the value of the cell above. ``others`` are named beside the
    lead; ``former`` are named as what was before; ``left_out`` is what was not taken (names of persons). A ``certainty``
    under 0.5 is no value, only a guess that ``question`` asks about; ``candidates`` are ids that may be meant. Where several
    are named and none as the lead, the label is empty and all are ``others``.
    """

    label: str
    id: str | None = None
    certainty: float = 0.0
    candidates: tuple[str, ...] = ()
    marker: Marker = ""
    others: tuple[UnitMatch, ...] = ()
    former: tuple[UnitMatch, ...] = ()
    left_out: str = ""
    question: Text | None = None


def lead_of(seen: str, related: list[tuple[Mention, Relation]]) -> UnitMatch:
    """Return the lead of a cell: the one that is flagged, else the only one; where several are named, a question."""
    former = tuple(match_of(one) for one, relation in related if relation == "former")
    beside = tuple(match_of(one) for one, relation in related if relation == "with")
    flagged = [one for one, relation in related if relation == "flagged"]
    plain = [one for one, relation in related if relation == "lead"]
    leads = flagged or plain
    if flagged:
        beside = (*(match_of(one) for one in plain), *beside)
    if len(leads) == 1:
        return replace(_named_twice(related, leads[0]), others=beside, former=former)
    return _undecided(seen, [match_of(one) for one in leads], beside, former)


def _named_twice(related: list[tuple[Mention, Relation]], lead: Mention) -> UnitMatch:
    """Return the lead, by its number where the cell gives number and name."""
    at = next(place for place, (one, _) in enumerate(related) if one is lead)
    twins = []
    for one, relation in related[at + 1 :]:
        if relation != "same":
            break
        twins.append(one)
    best = next(
        (one for one in (lead, *twins) if one.how == "code"),
        next((one for one in (lead, *twins) if one.id), lead),
    )
    named = [one for one in twins if one.how == "unknown" and one.start > best.end]
    if best.directorate and not best.id and named:  # of a directorate the number alone says little
        best = replace(best, label=f"{best.label} {named[0].label}")
    return match_of(best)


def match_of(one: Mention) -> UnitMatch:
    """Return a department that is named, with how certain it is and the question where it is not."""
    certainty = _CERTAINTIES[one.how]
    if one.how == "code" and not one.id:
        certainty = 0.9 if not one.ids else DOUBTFUL
    if one.how == "code" and one.id and one.label[:1].isdigit():
        certainty = 0.8
    asked = None if one.id or (one.how in {"code", "unknown"} and not one.ids) else _which(one)
    return UnitMatch(" ".join(one.label.split()), one.id, certainty, one.ids, question=asked)


def _which(one: Mention) -> Text:
    guess = ", ".join(one.ids)
    de, en = (f" Vermutlich: {guess}.", f" Probably: {guess}.") if guess else ("", "")
    return Text(
        f"Welche Dienststelle ist mit „{one.label}“ gemeint?{de}",
        f"Which department does “{one.label}” mean?{en}",
    )


def _undecided(
    seen: str, leads: list[UnitMatch], beside: tuple[UnitMatch, ...], former: tuple[UnitMatch, ...]
) -> UnitMatch:
    candidates = tuple(dict.fromkeys(unit for match in (*leads, *former) for unit in match.candidates))
    if leads:
        named = ", ".join(match.label for match in leads)
        asked = Text(
            f"„{seen}“ nennt mehrere Dienststellen ({named}). Welche ist federführend?",
            f"“{seen}” names several departments ({named}). Which one leads?",
        )
    else:
        asked = Text(
            f"„{seen}“ nennt keine heutige Federführung. Welche Dienststelle ist heute federführend?",
            f"“{seen}” names no lead of today. Which department leads today?",
        )
    return UnitMatch("", None, DOUBTFUL, candidates, others=(*leads, *beside), former=former, question=asked)
