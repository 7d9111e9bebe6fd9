"""The stores of the cities, opened when they are first asked for; of many, the one not used for longest is closed."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from api.opening import open_sources
from api.workspace import Workspace
from graph.errors import PlanwerkError, StoreError, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.cities.register import City, Register
    from api.settings import Settings
    from graph.store.files import SourceFiles

MOST_OPEN = 32


def city_settings(settings: Settings, city: City) -> Settings:
    """Return the settings of one city: those of the deployment, with its store and its base."""
    return replace(settings, store=city.store, base=city.base)


def open_city(settings: Settings, city: City) -> Workspace:
    """Return the workspace of a city.

    Raises StoreError, naming the city, where its store cannot be opened.
    """
    with _naming(city):
        return Workspace(city_settings(settings, city))


def open_files(settings: Settings, city: City) -> SourceFiles:
    """Return the sources of a city without all else of it: a look at them is cheap.

    Raises StoreError, naming the city, where its store cannot be opened.
    """
    with _naming(city):
        return open_sources(city_settings(settings, city))


@contextmanager
def _naming(city: City) -> Iterator[None]:
    """Let what goes wrong while the store of a city is opened name the city."""
    try:
        yield
    except (PlanwerkError, OSError, ValueError) as error:
        why = trouble_of(error, city)
        raise StoreError(
            f"Der Speicher der Stadt {city.name.de} ({city.id}) lässt sich nicht öffnen. {why.de}",
            f"The store of the city {city.name.en} ({city.id}) cannot be opened. {why.en}",
        ) from None


def trouble_of(error: Exception, city: City) -> Text:
    """Return what a person reads of a store that cannot be read; where on this machine it lies is left out."""
    if isinstance(error, PlanwerkError):
        told = error.text
    else:
        strerror = error.strerror if isinstance(error, OSError) else None
        said = strerror or str(error).partition("\n")[0]
        told = Text(f"Nicht lesbar: {said}", f"Not readable: {said}")
    return Text(told.de.replace(city.store, city.id), told.en.replace(city.store, city.id))


@dataclass
class _Held:
    """An open workspace, how many use it now, and whether it is to be closed after them."""

    workspace: Workspace
    uses: int = 0


class OpenCities:
    """The workspaces of a register, at most ``most`` of them open, beside those in use; safe to use from many threads."""

    def __init__(self, settings: Settings, register: Register, most: int = MOST_OPEN) -> None:
        self.settings = settings
        self.register = register
        self.most = most
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._opening: dict[str, Lock] = {}
        self._lock = Lock()
        self._closed: list[Callable[[str], None]] = []

    @contextmanager
    def using(self, city: City) -> Iterator[Workspace]:
        """Give the workspace of a city, open at least until the end of the block.

        Raises StoreError where its store cannot be opened.
        """
        held = self._take(city)
        try:
            yield held.workspace
        finally:
            with self._lock:
                held.uses -= 1
                surplus = self._surplus()
            self._close(surplus)

    def when_closed(self, tell: Callable[[str], None]) -> None:
        """Let somebody know the id of every city that is closed."""
        self._closed.append(tell)

    @property
    def open_ids(self) -> tuple[str, ...]:
        """The ids of the cities that are open, the one used last at the end."""
        with self._lock:
            return tuple(self._held)

    def close(self) -> None:
        """Close all."""
        with self._lock:
            every = list(self._held.items())
            self._held.clear()
        self._close(every)

    def _take(self, city: City) -> _Held:
        """Return a city's workspace, marked as in use; while one opens, however slowly, others are served."""
        with self._lock:
            opening = self._opening.setdefault(city.id, Lock())
        with opening:
            with self._lock:
                held = self._held.get(city.id)
                if held is not None:
                    return self._used(city, held)
            opened = _Held(open_city(self.settings, city))
            with self._lock:
                return self._used(city, opened)

    def _used(self, city: City, held: _Held) -> _Held:
        self._held[city.id] = held
        self._held.move_to_end(city.id)
        held.uses += 1
        return held

    def _surplus(self) -> list[tuple[str, _Held]]:
        """Take out what is open beyond the limit and used by nobody, the one not used for longest first."""
        idle = [local for local, held in self._held.items() if not held.uses]
        return [(local, self._held.pop(local)) for local in idle[: max(0, len(self._held) - self.most)]]

    def _close(self, every: list[tuple[str, _Held]]) -> None:
        for local, held in every:
            for tell in self._closed:
                tell(local)
            held.workspace.close()
