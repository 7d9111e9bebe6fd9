"""All cities of a register as one workspace for asking: what each holds, which cannot be read and why, one query host for all.

What was read of a city is kept until its sources change, and the common index is made again then: in memory up to the size
that holds for one store too, beyond it on disk, built beside. A city that cannot be read is left out and named; the others
go on.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from math import inf
from pathlib import Path
from threading import Lock, RLock
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from api.cities.described import register_quads
from api.cities.opened import open_files, trouble_of
from api.cities.parts import PartFiles
from api.cities.register import HOME
from api.workspace import Workspace
from graph.errors import PlanwerkError
from graph.store.current import CurrentHost
from graph.store.index import ontology_quads
from graph.store.stock import Load
from graph.store.workers.host import Limits, QueryHost
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from api.cities.opened import OpenCities
    from api.cities.parts import Held
    from api.cities.register import City
    from api.settings import Settings
    from graph.errors import Text
    from graph.store.files import SourceFiles

Made = TypeVar("Made")
_MOST_MADE = 50_000
#: Regions that have an index of their own beside that of all, at most.
_REGIONS_KEPT = 2
#: Seconds for which a look at the files of a city is believed: a page looks several times, at very many files.
FRESH = 1.0
#: So many times as long where a store cannot be read: a server that does not answer would hold every page up.
_LONGER = 15
#: So many times as long as looking at all cities takes: of very many, looking must not become all there is to do.
_SELDOM = 20
_ALL = "all"
#: What tells that a city's store cannot be read; anything else is a defect of the program.
UNREADABLE = (PlanwerkError, OSError, ValueError, SyntaxError)


@dataclass(frozen=True, slots=True)
class Part:
    """What one city brings in one state of its files; or why it cannot be read, believed for a while."""

    city: City
    stamp: str
    held: Held | None = None
    trouble: Text | None = None
    until: float = inf

    @property
    def statements(self) -> int:
        """Return how many statements take part."""
        return self.held.statements if self.held else 0


@dataclass(frozen=True, slots=True)
class _Look:
    """The state of a city's files, how many bytes they have, and until when to believe it."""

    stamp: str
    size: int
    until: float


class Federation(Workspace):
    """The cities of a register together; as a workspace it holds nothing of its own, and only answers queries.

    A ``patient`` one lets whoever asks wait while an index on disk is built for the first time.
    """

    def __init__(
        self, settings: Settings, cities: OpenCities, fresh: float = FRESH, *, patient: bool = True
    ) -> None:
        home = home_of(settings, cities.register.path)
        super().__init__(replace(settings, store=str(home), base=f"{HOME}city/"))
        self.cities = cities
        self.register = cities.register
        self.register_trouble: Text | None = None
        self._fresh = fresh
        self._patient = patient
        self._about = register_quads(self.register.cities)
        self._part_files = PartFiles(home / "parts")
        self._sources: dict[str, SourceFiles] = {}
        self._looks: dict[str, _Look] = {}
        self._parts: dict[str, Part] = {}
        self._reading: dict[str, Lock] = {}
        self._made: dict[Hashable, tuple[str, Any]] = {}
        self._every = self._current_of(None)
        self._regions: OrderedDict[str, CurrentHost] = OrderedDict()
        self._choosing = RLock()

    @property
    def is_empty(self) -> bool:
        """Whether no city is listed."""
        return not self.register.cities

    def close(self) -> None:
        """Stop the query hosts."""
        super().close()
        with self._choosing:
            for current in (self._every, *self._regions.values()):
                current.close()
            self._regions.clear()
            for files in self._sources.values():
                files.close()

    def snapshot(self) -> str:
        """Return the id of the present state of all cities."""
        return self.snapshot_of(None)

    def snapshot_of(self, region: str | None) -> str:
        """Return the id of the present state of the cities of a region, and of what the register says."""
        stamps = [(city.id, self._look(city).stamp) for city in self.register.of_region(region)]
        return sha256(json.dumps([region, self._about, stamps]).encode()).hexdigest()

    def size_of(self, region: str | None) -> int:
        """Return the bytes of all source files of a region."""
        return sum(self._look(city).size for city in self.register.of_region(region))

    def parts(self, region: str | None = None) -> list[Part]:
        """Return what each city of a region brings, in the order of their names; those that cannot be read say why."""
        return [self.part(city) for city in self.register.of_region(region)]

    def part(self, city: City) -> Part:
        """Return what a city brings, read again where its sources have changed."""
        with self._reading.setdefault(city.id, Lock()):
            stamp = self._look(city).stamp
            kept = self._parts.get(city.id)
            if kept is None or kept.stamp != stamp or monotonic() >= kept.until:
                kept = self._parts[city.id] = self._read(city, stamp)
            return kept

    def keep_of(self, city: City, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made of a city under this key in its present state, making it if need be."""
        stamp, place = self.part(city).stamp, (city.id, key)
        held = self._made.get(place)
        if held is None or held[0] != stamp:
            held = (stamp, make())
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            self._made[place] = held
        made: Made = held[1]
        return made

    def _look(self, city: City) -> _Look:
        """Return the state of a city's files, looked up again where the last look is too old."""
        seen = self._looks.get(city.id)
        if seen is None or monotonic() >= seen.until:
            seen = self._looks[city.id] = self._look_again(city)
        return seen

    def _look_again(self, city: City) -> _Look:
        begin = monotonic()
        try:
            stamp = self._files_of(city).stamp()
            said, size, fresh = repr(stamp), sum(entry[1] for entry in stamp), self._fresh
        except UNREADABLE as error:
            said, size, fresh = trouble_of(error, city).de, 0, self._fresh * _LONGER
        now = monotonic()
        if self._fresh:
            fresh = max(fresh, (now - begin) * len(self.register.cities) * _SELDOM)
        return _Look(sha256(said.encode()).hexdigest(), size, now + fresh)

    def _files_of(self, city: City) -> SourceFiles:
        """Return the sources of a city, without opening all else of it; those on a server are opened once."""
        if not city.is_remote:
            return open_files(self.settings, city)
        held = self._sources.get(city.id)
        return held or self._sources.setdefault(city.id, open_files(self.settings, city))

    def _read(self, city: City, stamp: str) -> Part:
        try:
            return Part(city, stamp, self._part_files.read(city, self._files_of(city), stamp))
        except UNREADABLE as error:
            until = monotonic() + self._fresh * _LONGER
            return Part(city, stamp, trouble=trouble_of(error, city), until=until)

    def load(self, region: str | None) -> Load:
        """Return what an index of the cities of a region holds, of those that can be read."""
        for local, part in list(self._parts.items()):
            if part.held and not part.held.stands:
                self._parts.pop(local)
        read = [(part.city, part.held) for part in self.parts(region) if part.held]
        about = register_quads([city for city, _ in read]) + ontology_quads()
        return Load({}, [held.quads for _, held in read], about, [held.about for _, held in read])

    def host(self) -> QueryHost:
        """Return the query host over all cities."""
        return self.host_of(None)

    def host_of(self, region: str | None) -> QueryHost:
        """Return the query host over all cities, or over those of a region where they fit into memory and all do not.

        Raises Busy where the first index on disk is being built and nobody waits for it.
        """
        current, chosen = self._chosen(region)
        return current.at(lambda: self.snapshot_of(chosen))

    def current_host(self) -> CurrentHost:
        """Return what keeps the query host over all cities up to date; nothing is started."""
        return self._every

    def together(self, region: str | None = None) -> Together:
        """Return the cities of a region as what one index is made of."""
        return Together(self, region)

    def _chosen(self, region: str | None) -> tuple[CurrentHost, str | None]:
        """Return what answers for a region: one index of all, or of the region alone where that is small enough."""
        with self._choosing:
            if region is None or self._every.kind == "memory":
                return self._every, None
            kept = self._regions.pop(region, None) or self._current_of(region)
            if kept.kind == "disk":
                kept.close()
                return self._every, None
            while len(self._regions) >= _REGIONS_KEPT:
                self._regions.popitem(last=False)[1].close()
            self._regions[region] = kept
            return kept, region

    def _current_of(self, region: str | None) -> CurrentHost:
        settings = self.settings
        limits = Limits(settings.query_seconds, settings.query_rows, memory=settings.query_memory_mb * 2**20)
        start = partial(QueryHost, prefixes=PREFIXES, workers=settings.query_workers, limits=limits)
        most = int(settings.index_memory_mb * 2**20)
        return CurrentHost(self.together(region), most, start, patient=self._patient)


@dataclass(frozen=True, slots=True)
class Together:
    """The cities of a region, or all, as what one index is made of."""

    federation: Federation
    region: str | None

    @property
    def folder(self) -> Path:
        """Where their index on disk lies below."""
        return Path(self.federation.settings.store) / (f"region-{self.region}" if self.region else _ALL)

    @property
    def base(self) -> str:
        """The base IRI of the pages about all cities."""
        return self.federation.settings.base

    @property
    def size(self) -> int:
        """The bytes of all their source files."""
        return self.federation.size_of(self.region)

    def snapshot(self) -> str:
        """Return the id of their present state."""
        return self.federation.snapshot_of(self.region)

    def load(self) -> Load:
        """Return what their index holds."""
        return self.federation.load(self.region)


def home_of(settings: Settings, register: Path) -> Path:
    """Return the folder that holds what is made of all cities: beside the register, or in PLANWERK_CACHE."""
    if not settings.cache:
        return register.parent / ".across"
    return Path(settings.cache) / f"across-{sha256(str(register.resolve()).encode()).hexdigest()[:24]}"
