"""How many findings each city has by rule, as its own pages count them, and what was looked at; never an order of cities."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.cities.federation import UNREADABLE
from api.cities.opened import trouble_of
from api.pages.finding.findings import Wanted
from graph.errors import Text
from graph.findings.finding import OPEN
from graph.findings.rules.registry import ENTRIES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from api.cities.federation import Federation
    from api.cities.register import City
    from graph.findings.finding import FindingSet


@dataclass(frozen=True, slots=True)
class CityNumbers:
    """The findings of one city by rule id, how many are decided, and what was looked at; or why there is no number."""

    city: City
    by_rule: Mapping[str, int]
    decided: int = 0
    looked_at: int = 0
    plans: int = 0
    coverage: Text | None = None
    trouble: Text | None = None


RULES: Mapping[str, Text] = {entry.rule.id: entry.name for entry in ENTRIES}


class Numbers:
    """Counts findings city by city and keeps the counts as long as a city stays the same."""

    def __init__(self, federation: Federation) -> None:
        self.federation = federation

    def of(self, city: City, day: date) -> CityNumbers:
        """Return the numbers of a city on a day."""
        return self.federation.keep_of(city, ("findings", day), lambda: self._count(city, day))

    def _count(self, city: City, day: date) -> CityNumbers:
        part = self.federation.part(city)
        if part.trouble:
            return CityNumbers(city, {}, trouble=part.trouble)
        if not part.statements:
            return CityNumbers(city, {}, trouble=Text("noch nichts erfasst", "nothing recorded yet"))
        try:
            with self.federation.cities.using(city) as workspace:
                return _numbers(city, workspace.findings(day))
        except UNREADABLE as error:
            return CityNumbers(city, {}, trouble=trouble_of(error, city))


def _numbers(city: City, found: FindingSet) -> CityNumbers:
    shown = [finding for finding in found.findings if Wanted().takes(finding)]
    counted = Counter(finding.rule.id for finding in shown)
    looked: Mapping[str, Any] = found.coverage["overlap"]
    text = looked["text"]
    return CityNumbers(
        city,
        {rule: counted[rule] for rule in RULES},
        decided=sum(finding.state != OPEN for finding in shown),
        looked_at=looked["plans"],
        plans=looked["of"],
        coverage=Text(text["de"], text["en"]),
    )
