"""All cities of a register as one workspace for asking: what each holds, which cannot be read and why, one query host for all.

What was read of a city is kept until its sources change, and the query host is made again then. A city that cannot be read
is left out and named; the others go on.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, replace
from hashlib import sha256
from math import inf
from threading import RLock
from time import monotonic
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from api.cities.described import register_quads
from api.cities.opened import trouble_of
from api.cities.register import HOME
from api.workspace import Workspace
from graph.errors import BadRequest, PlanwerkError
from graph.store.index import derived_days, ontology_quads
from graph.store.inventory import read_inventory
from graph.store.workers.host import Limits, QueryHost
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    from api.cities.opened import OpenCities
    from api.cities.register import City
    from api.settings import Settings
    from graph.errors import Text
    from graph.store.inventory import Inventory

_HOSTS_KEPT = 2
#: Seconds for which a look at the files of a city is believed: a page looks several times, at very many files.
FRESH = 1.0
#: So many times as long where a store cannot be read: a server that does not answer would hold every page up.
_LONGER = 15
#: What tells that a city's store cannot be read; anything else is a defect of the program.
UNREADABLE = (PlanwerkError, OSError, ValueError, SyntaxError)


@dataclass(frozen=True, slots=True)
class Part:
    """What one city brings: inventory, rough dates as days, the last change; or why it cannot be read, believed for a while."""

    city: City
    stamp: str
    inventory: Inventory | None = None
    days: str = ""
    changed_on: str | None = None
    trouble: Text | None = None
    until: float = inf

    @property
    def statements(self) -> int:
        """Return how many statements take part."""
        return self.inventory.statements if self.inventory else 0


class Federation(Workspace):
    """The cities of a register together; as a workspace it holds nothing of its own, and only answers queries."""

    def __init__(self, settings: Settings, cities: OpenCities, fresh: float = FRESH) -> None:
        home = cities.register.path.parent / ".across"
        super().__init__(replace(settings, store=str(home), base=f"{HOME}city/"))
        self.cities = cities
        self.register = cities.register
        self._fresh = fresh
        self._seen: dict[str, tuple[float, str]] = {}
        self._parts: dict[str, Part] = {}
        self._hosts: OrderedDict[str | None, tuple[str, QueryHost]] = OrderedDict()
        self._asking = RLock()

    @property
    def is_empty(self) -> bool:
        """Whether no city is listed."""
        return not self.register.cities

    def close(self) -> None:
        """Stop the query hosts."""
        super().close()
        with self._asking:
            for _, host in self._hosts.values():
                host.close()
            self._hosts.clear()

    def snapshot(self) -> str:
        """Return the id of the present state of all cities."""
        return self.snapshot_of(None)

    def snapshot_of(self, region: str | None) -> str:
        """Return the id of the present state of the cities of a region."""
        stamps = [(city.id, self._state_of(city)) for city in self.register.of_region(region)]
        return sha256(json.dumps([region, stamps]).encode()).hexdigest()

    def parts(self, region: str | None = None) -> list[Part]:
        """Return what each city of a region brings, in the order of their names; those that cannot be read say why."""
        return [self.part(city) for city in self.register.of_region(region)]

    def part(self, city: City) -> Part:
        """Return what a city brings, read again where its sources have changed."""
        stamp = self._state_of(city)
        kept = self._parts.get(city.id)
        if kept is None or kept.stamp != stamp or monotonic() >= kept.until:
            kept = self._parts[city.id] = self._read(city, stamp)
        return kept

    def _state_of(self, city: City) -> str:
        """Return the state of a city's files, looked up again where the last look is too old."""
        now = monotonic()
        until, seen = self._seen.get(city.id, (-inf, ""))
        if now >= until:
            seen, fresh = self._look_at(city)
            self._seen[city.id] = (monotonic() + fresh, seen)
        return seen

    def _look_at(self, city: City) -> tuple[str, float]:
        """Return the state of a city's files, and for how many seconds to believe it: trouble is not sought at once again."""
        try:
            with self.cities.using(city) as workspace:
                stamp, fresh = repr(workspace.files.stamp()), self._fresh
        except UNREADABLE as error:
            stamp, fresh = trouble_of(error, city).de, self._fresh * _LONGER
        return sha256(stamp.encode()).hexdigest(), fresh

    def _read(self, city: City, stamp: str) -> Part:
        try:
            with self.cities.using(city) as workspace:
                inventory = read_inventory(workspace.files.paths(), city.base)
                last = next(reversed(workspace.files.log()), None)
            days = derived_days(inventory.paths, city.base)
            _check_quads(inventory.quads)
        except UNREADABLE as error:
            until = monotonic() + self._fresh * _LONGER
            return Part(city, stamp, trouble=trouble_of(error, city), until=until)
        return Part(city, stamp, inventory, days, last.at[:10] if last else None)

    def to_load(self) -> tuple[dict[str, Any], str]:
        """Return the files and the N-Quads of all cities that can be read, as an index of them takes them."""
        return _load(self.parts())

    def host(self) -> QueryHost:
        """Return the query host over all cities."""
        return self.host_of(None)

    def host_of(self, region: str | None) -> QueryHost:
        """Return the query host over all cities, or over those of a region where all are too many to ask together.

        Raises BadRequest where even that is too much.
        """
        with self._asking:
            parts = self.parts()
            if sum(part.statements for part in parts) <= self.settings.across_statements:
                return self._brought_up_to_date(None, parts)
            parts = self.parts(region)
            statements = sum(part.statements for part in parts)
            if region is None or statements > self.settings.across_statements:
                raise _too_much(statements, self.settings.across_statements)
            return self._brought_up_to_date(region, parts)

    def _brought_up_to_date(self, region: str | None, parts: list[Part]) -> QueryHost:
        state = sha256(json.dumps([(part.city.id, part.stamp) for part in parts]).encode()).hexdigest()
        held, host = self._hosts.get(region, ("", None))
        if host is None:
            self._make_room()
            host = self._start(parts)
        elif held != state:
            host.reload(*_load(parts))
        self._hosts[region] = (state, host)
        self._hosts.move_to_end(region)
        return host

    def _make_room(self) -> None:
        while len(self._hosts) >= _HOSTS_KEPT:
            _, (_, host) = self._hosts.popitem(last=False)
            host.close()

    def _start(self, parts: list[Part]) -> QueryHost:
        limits = Limits(
            seconds=self.settings.query_seconds,
            rows=self.settings.query_rows,
            memory=self.settings.query_memory_mb * 1024 * 1024,
        )
        paths, derived = _load(parts)
        return QueryHost(
            paths, derived=derived, prefixes=PREFIXES, workers=self.settings.query_workers, limits=limits
        )


def _load(parts: list[Part]) -> tuple[dict[str, Any], str]:
    """Return the files and the N-Quads that a query host loads for these cities."""
    read = [part for part in parts if part.inventory]
    paths = {source: path for part in read if part.inventory for source, path in part.inventory.paths.items()}
    quads = "".join(part.days + part.inventory.quads for part in read if part.inventory)
    return paths, quads + register_quads([part.city for part in read]) + ontology_quads()


def _check_quads(text: str) -> None:
    """Raise SyntaxError where N-Quads cannot be loaded."""
    for _ in ox.parse(text, ox.RdfFormat.N_QUADS):
        pass


def _too_much(statements: int, most: int) -> BadRequest:
    return BadRequest(
        f"Zusammen sind das {statements:,} Aussagen; gemeinsam gefragt werden höchstens {most:,} "
        "(PLANWERK_ACROSS_STATEMENTS). Bitte eine kleinere Region wählen.".replace(",", "."),
        f"Together these are {statements:,} statements; at most {most:,} are asked together "
        "(PLANWERK_ACROSS_STATEMENTS). Please choose a smaller region.",
    )
