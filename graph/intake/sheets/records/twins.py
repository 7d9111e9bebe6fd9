"""The same plan said twice: exact twins are merged, near ones asked about, editions linked, equal abbreviations kept apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from rapidfuzz import fuzz

from graph.errors import Text
from graph.intake.sheets.records.log import Log
from graph.intake.sheets.review import LIST_FIELDS, Duplicate, Record, Where
from graph.intake.sheets.wording.folding import compact, fold
from graph.intake.sheets.wording.titles import NEAR, edition, nearness, same_title, titled

_DATES = ("valid_from", "valid_to", "decided_on")
_FIGURE = re.compile(r"\d+")
_WORTH_A_LOOK = 80.0
_ALL_COMPARED = 300  # so few plans are compared each with each
_WINDOW = 8  # neighbours that a title is compared with in each order
_GENERIC = frozenset(
    [
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "fuer",
        "von",
        "in",
        "im",
        "und",
        "zur",
        "zum",
        "stadt",
        "staedtischer",
        "staedtisches",
        "staedtische",
        "kommunaler",
        "kommunales",
        "kommunale",
        "integriertes",
        "integrierter",
        "integrierte",
        "gesamtstaedtischer",
        "gesamtstaedtisches",
        "gesamtstaedtische",
        "the",
        "of",
        "for",
        "city",
    ]
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A plan with its title taken apart once: comparable form, figures in it, words, stem and edition."""

    plan: Record
    key: str
    figures: tuple[str, ...]
    words: frozenset[str]
    stem: str
    edition: tuple[str, ...]
    place: int

    @classmethod
    def of(cls, plan: Record, place: int) -> _Named:
        parts = titled(plan.text("title"))
        folded = fold(parts.title)
        figures = tuple(sorted(_FIGURE.findall(folded)))
        return cls(
            plan,
            folded.replace(" ", ""),
            figures,
            frozenset(folded.split()),
            compact(parts.stem),
            parts.edition,
            place,
        )


class Twins:
    """Looks for plans that are said twice in one workbook; takes time in proportion to their number."""

    def __init__(self, plans: list[Record], log: Log) -> None:
        self.plans = plans
        self.named = [_Named.of(plan, place) for place, plan in enumerate(plans)]
        self.log = log
        self.found: list[Duplicate] = []
        self.merged: dict[int, Record] = {}
        self.paired: set[tuple[int, int]] = set()

    def resolve(self) -> list[Record]:
        """Return the plans with exact twins merged; ``found`` and the log tell about all others."""
        self._same_titles()
        kept = [named for named in self.named if id(named.plan) not in self.merged]
        self._editions(kept)
        self._near(kept)
        self._abbreviations([named.plan for named in kept])
        return [named.plan for named in kept if id(named.plan) not in self.merged]

    def merged_places(self) -> Iterator[tuple[Where, Record]]:
        """Yield the places of the plans that were merged, with the plan that they were merged into."""
        for plan in self.plans:
            if id(plan) in self.merged:
                yield plan.where, self._kept(plan)

    def _kept(self, plan: Record) -> Record:
        while id(plan) in self.merged:
            plan = self.merged[id(plan)]
        return plan

    def _same_titles(self) -> None:
        groups: defaultdict[str, list[Record]] = defaultdict(list)
        for named in self.named:
            groups[named.key].append(named.plan)
        for group in groups.values():
            heads: list[Record] = []
            for plan in group:
                self._among(heads, plan)

    def _among(self, heads: list[Record], plan: Record) -> None:
        """Merge a plan into the first it agrees with; ask about the first it does not agree with, or link them as editions."""
        same = [head for head in heads[:_WINDOW] if same_title(head.text("title"), plan.text("title"))]
        fitting = next((head for head in same if agree(head, plan)), None)
        if fitting:
            self._merge(fitting, plan)
            return
        for head in same:
            if _follow(head, plan):
                self._edition(head, plan)
            else:
                self._ask(head, plan)
        heads.append(plan)

    def _merge(self, into: Record, plan: Record) -> None:
        self.merged[id(plan)] = into
        into.also.append(plan.where)
        _fill(into, plan)
        text = Text(
            f"„{plan.text('title')}“ steht zweimal ({shown(into.where)} und {shown(plan.where)}) mit gleichen Angaben; "
            "die Zeilen wurden zusammengeführt.",
            f"“{plan.text('title')}” is there twice ({shown(into.where)} and {shown(plan.where)}) and says the same; "
            "the rows were merged.",
        )
        self.found.append(
            Duplicate("exact", (into.text("title"), plan.text("title")), text, (into.where, plan.where))
        )

    def _ask(self, one: Record, other: Record) -> None:
        pair = (id(one), id(other))
        if pair in self.paired:
            return
        self.paired.add(pair)
        first, second = one.text("title"), other.text("title")
        text = Text(
            f"Ist „{first}“ ({shown(one.where)}) dasselbe Planwerk wie „{second}“ ({shown(other.where)})?",
            f"Is “{first}” ({shown(one.where)}) the same plan as “{second}” ({shown(other.where)})?",
        )
        guess = "same" if one.where.sheet != other.where.sheet else "different"
        about = (
            (first, second)
            if fold(first) != fold(second)
            else (first, one.where.sheet, second, other.where.sheet)
        )
        answer = self.log.ask("same-plan", about, text, other.where, guess, ("same", "different"))
        if answer == "same":
            self._merge(one, other)
        elif answer is None:
            self.found.append(Duplicate("near", (first, second), text, (one.where, other.where)))

    def _editions(self, plans: list[_Named]) -> None:
        groups: defaultdict[str, list[_Named]] = defaultdict(list)
        for named in plans:
            groups[named.stem].append(named)
        for group in groups.values():
            if len(group) > 1:
                ordered = sorted(group, key=lambda named: (_year(named.plan), named.key))
                for one, other in pairwise(ordered):
                    self._maybe_edition(one, other)

    def _maybe_edition(self, named: _Named, following: _Named) -> None:
        one, other = named.plan, following.plan
        if not named.stem or named.key == following.key or (id(one), id(other)) in self.paired:
            return
        numbered = bool(named.edition) + bool(following.edition)
        if numbered == 1 and agree(one, other) and one.where.sheet != other.where.sheet:
            self._ask(one, other)
        elif edition(one.text("title"), other.text("title")):
            self._edition(one, other)

    def _edition(self, one: Record, other: Record) -> None:
        self.paired.add((id(one), id(other)))
        earlier, later = sorted((one, other), key=lambda plan: (_year(plan), plan.where.row or 0))
        first, second = earlier.text("title"), later.text("title")
        if _year(earlier) and _year(later) and _year(earlier) < _year(later):
            later.values["successor_of"] = first
        text = Text(
            f"„{first}“ ({shown(earlier.where)}) und „{second}“ ({shown(later.where)}) sind Ausgaben einer Reihe; "
            "sie bleiben getrennt und werden als Nachfolge verbunden.",
            f"“{first}” ({shown(earlier.where)}) and “{second}” ({shown(later.where)}) are editions of one series; "
            "they stay apart and are linked as successors.",
        )
        self.found.append(Duplicate("edition", (first, second), text, (earlier.where, later.where)))

    def _near(self, plans: list[_Named]) -> None:
        for one, other in _candidates(plans):
            first, second = sorted((one, other), key=lambda named: named.place)
            pair = (id(first.plan), id(second.plan))
            if (
                one.figures == other.figures
                and pair not in self.paired
                and pair[::-1] not in self.paired
                and _alike(first, second)
            ):
                self._ask(first.plan, second.plan)

    def _abbreviations(self, plans: list[Record]) -> None:
        groups: defaultdict[str, list[Record]] = defaultdict(list)
        for plan in plans:
            short = plan.text("abbreviation")
            if short:
                groups[short].append(plan)
        for short, group in groups.items():
            for one, other in pairwise(group):
                if (id(one), id(other)) not in self.paired:
                    self.found.append(_same_abbreviation(short, one, other))


def _same_abbreviation(short: str, one: Record, other: Record) -> Duplicate:
    first, second = one.text("title"), other.text("title")
    text = Text(
        f"„{short}“ kürzt zwei Planwerke ab: „{first}“ ({shown(one.where)}) und „{second}“ ({shown(other.where)}); "
        "sie bleiben getrennt.",
        f"“{short}” abbreviates two plans: “{first}” ({shown(one.where)}) and “{second}” ({shown(other.where)}); "
        "they stay apart.",
    )
    return Duplicate("abbreviation", (first, second), text, (one.where, other.where))


def shown(where: Where) -> str:
    """Return a place in words that hold in both languages.

    >>> shown(Where("Bestand", 7)), shown(Where("Steckbrief", 2, "C", "C2"))
    ('Bestand, 7', 'Steckbrief, C2')
    """
    return f"{where.sheet}, {where.cell or where.row}"


def agree(one: Record, other: Record) -> bool:
    """Whether two records say nothing against each other: lead and dates are equal, or one does not give them."""
    return _compatible(one, other, "lead_department") and all(
        _dates_meet(one.text(n), other.text(n)) for n in _DATES
    )


def _compatible(one: Record, other: Record, field: str) -> bool:
    first, second = one.text(field), other.text(field)
    same_id = one.text(f"{field}_id") == other.text(f"{field}_id") != ""
    return not first or not second or same_id or compact(first) == compact(second)


def _dates_meet(one: str, other: str) -> bool:
    """Whether two dates are equal, or one only gives the other more exactly."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def _follow(one: Record, other: Record) -> bool:
    """Whether two plans of the same title are editions: their periods begin in different years."""
    first, second = one.text("valid_from")[:4], other.text("valid_from")[:4]
    return bool(first and second and first != second) and _compatible(one, other, "lead_department")


def _fill(into: Record, plan: Record) -> None:
    """Let a merged twin add what the first does not say."""
    for field, value in plan.values.items():
        if field in LIST_FIELDS:
            into.values[field] = list(dict.fromkeys([*into.items(field), *plan.items(field)]))
        elif not into.text(field) or (field in _DATES and len(str(value)) > len(into.text(field))):
            into.values[field] = value
    for field, modality in plan.modalities.items():
        into.modalities.setdefault(field, modality)
    into.comments += [comment for comment in plan.comments if comment not in into.comments]
    into.links += [link for link in plan.links if link not in into.links]
    into.id = into.id or plan.id


def _year(plan: Record) -> str:
    years = [number for number in titled(plan.text("title")).edition if len(number) == 4]  # noqa: PLR2004 - a year
    return years[0] if years else (plan.text("valid_from") or plan.text("decided_on"))[:4]


def _candidates(plans: list[_Named]) -> Iterable[tuple[_Named, _Named]]:
    """Yield pairs worth comparing: near in order of the alphabet, from front or back, or alike in their chief words."""
    if len(plans) <= _ALL_COMPARED:
        yield from combinations(plans, 2)
        return
    orders: tuple[Callable[[_Named], str], ...] = (
        lambda named: named.key,
        lambda named: named.key[::-1],
        _chief,
    )
    for order in orders:
        ranked = sorted(plans, key=order)
        for place, one in enumerate(ranked):
            for other in ranked[place + 1 : place + 1 + _WINDOW]:
                yield one, other


def _chief(named: _Named) -> str:
    """Return the longest words of a title first."""
    return " ".join(sorted(named.words - _GENERIC, key=lambda word: (-len(word), word)))


def _alike(one: _Named, other: _Named) -> bool:
    """Whether two titles with the same figures are near, or on different sheets differ in words that any title may have."""
    first, second = one.plan, other.plan
    if (
        fuzz.ratio(one.key, other.key) >= _WORTH_A_LOOK
        and nearness(first.text("title"), second.text("title")) >= NEAR
    ):
        return True
    if first.where.sheet == second.where.sheet or one.edition != other.edition:
        return False
    shorts = {compact(first.text("abbreviation")), compact(second.text("abbreviation"))} - {""}
    apart = one.words ^ other.words
    return one.key in shorts or other.key in shorts or (bool(apart) and apart <= _GENERIC)
