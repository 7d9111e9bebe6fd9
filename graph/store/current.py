"""The query host of one store as its files stand: in memory up to a size, beyond it on an index on disk.

A small store is loaded anew when its files change; that takes a moment. A large one is indexed beside, which takes minutes:
meanwhile the old index answers, and says which state it is of.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Final, Literal

from graph.errors import Busy, StoreError, Text
from graph.store.disk.place import DiskIndex, IndexPlace
from graph.store.index import derived_days, index_key, ontology_quads
from graph.store.workers.host import QueryHost

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.store.stock import Stock

#: Where sources are indexed: decided by their bytes alone, so that it is known before anything is read.
Kind = Literal["memory", "disk", "server"]
FOLDER: Final = "index"
_MIB: Final = 2**20
_WHERE: Final = {
    "memory": (
        "Abfragen lesen {size} MiB Quellen im Arbeitsspeicher; ab {limit} MiB steht der Index auf der Platte.",
        "Queries read {size} MiB of sources in memory; above {limit} MiB the index is on disk.",
    ),
    "disk": (
        "Abfragen lesen {size} MiB Quellen aus einem Index auf der Platte, denn es sind mehr als {limit} MiB.",
        "Queries read {size} MiB of sources from an index on disk, for they are more than {limit} MiB.",
    ),
    "server": ("Abfragen beantwortet ein SPARQL-Server.", "A SPARQL server answers the queries."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the sources are indexed and why, the state that queries see, and whether a newer one is being built."""

    kind: Kind
    source_bytes: int
    memory_up_to: int
    snapshot: str
    building: bool = False
    trouble: Text | None = None

    def document(self) -> dict[str, Any]:
        """Return it as JSON, with its sentence."""
        trouble = self.trouble.document() if self.trouble else None
        sentence = self.sentence.document()
        return {
            **self.size(),
            "snapshot": self.snapshot,
            "building": self.building,
            "trouble": trouble,
            "sentence": sentence,
        }

    def size(self) -> dict[str, Any]:
        """Return as JSON what stays the same for one state of the sources."""
        return {"kind": self.kind, "source_bytes": self.source_bytes, "memory_up_to": self.memory_up_to}

    @property
    def place(self) -> Text:
        """Say where queries read from.

        >>> Standing("memory", 10_485_760, 629_145_600, "").place.en
        'Queries read 10 MiB of sources in memory; above 600 MiB the index is on disk.'
        """
        sizes = {"size": f"{self.source_bytes / _MIB:,.0f}", "limit": f"{self.memory_up_to / _MIB:,.0f}"}
        de, en = (text.format_map(sizes) for text in _WHERE[self.kind])
        return Text(de, en)

    @property
    def sentence(self) -> Text:
        """Say where queries read from, and whether a newer state is on its way."""
        de, en = self.place.de, self.place.en
        if self.building or self.trouble:
            state = self.snapshot[:8]
            de += f" Der Index eines neueren Stands wird gebaut; bis er steht, antworten Abfragen aus dem Stand {state}."
            en += f" The index of a newer state is being built; until it stands, queries answer from state {state}."
        if self.trouble:
            de, en = f"{de} {self.trouble.de}", f"{en} {self.trouble.en}"
        return Text(de, en)


class CurrentHost:
    """Gives the query host of the present state; ``start`` makes one from what is to be loaded.

    Where no index stands on disk yet, a ``patient`` one waits until the first is built; else whoever asks is told meanwhile.
    """

    def __init__(
        self, stock: Stock, memory_up_to: int, start: Callable[..., QueryHost], *, patient: bool = True
    ) -> None:
        self._stock = stock
        self._memory_up_to = memory_up_to
        self._start = start
        self._patient = patient
        self._place = IndexPlace(stock.folder / FOLDER)
        self._turn = Lock()
        self._host: QueryHost | None = None
        self._snapshot = ""
        self._building = ""
        self._failed: tuple[str, StoreError] | None = None

    def at(self, read_snapshot: Callable[[], str]) -> QueryHost:
        """Return the host of the state that is read; while its index is still being built, the host of the state before.

        Raises StoreError where a source cannot be read, Busy where the first index is being built and nobody waits for it.
        """
        with self._turn:
            snapshot = read_snapshot()
            if self._host is not None and self._snapshot == snapshot:
                return self._host
            return self._at_on_disk(snapshot) if self.kind == "disk" else self._in_memory(snapshot)

    @property
    def kind(self) -> Kind:
        """Where the sources as they are now get indexed."""
        return "disk" if self.source_bytes > self._memory_up_to else "memory"

    @property
    def source_bytes(self) -> int:
        """The size of all source files."""
        return self._stock.size

    def standing(self) -> Standing:
        """Return where the sources are indexed, without starting anything."""
        trouble = self._failed[1].text if self._failed else None
        return Standing(
            self.kind, self.source_bytes, self._memory_up_to, self._snapshot, bool(self._building), trouble
        )

    def prepare(self, snapshot: str) -> DiskIndex:
        """Return the index on disk of this state, building it if need be; the sources must not change meanwhile.

        Raises StoreError where they do, or where one cannot be read.
        """
        built = self._place.prepare(index_key(snapshot), snapshot, self._stock.base, self._stock.load())
        if self._stock.snapshot() != snapshot:
            self._place.remove_others("")
            raise StoreError(
                "Der Bestand hat sich geändert, während der Index gebaut wurde. Er wird neu gebaut.",
                "The store changed while the index was built. It is built again.",
            )
        return built

    def close(self) -> None:
        """Stop the host, if it runs; what is being built beside ends with the program."""
        with self._turn:
            if self._host is not None:
                self._host.close()
                self._host = None

    def _in_memory(self, snapshot: str) -> QueryHost:
        load = self._stock.load()
        sources, beside = load.every_source(), load.derived
        if beside is None:
            beside = derived_days(sources, self._stock.base) + ontology_quads()
        host = self._bring(snapshot, sources, derived=beside, quads=load.quads)
        if self._place.folder.exists():
            self._place.remove_others("")
        return host

    def _at_on_disk(self, snapshot: str) -> QueryHost:
        standing = self._place.ready(index_key(snapshot))
        if standing is None and not (self._patient and self._host is None):
            self._build_beside(snapshot)
            return self._before()
        index = standing or self.prepare(snapshot)
        host = self._bring(snapshot, {}, index=index.rocksdb)
        self._place.remove_others(index_key(snapshot))
        return host

    def _before(self) -> QueryHost:
        """Return the host of the state before; raise StoreError or Busy where there is none."""
        if self._host is not None:
            return self._host
        if self._failed:
            raise self._failed[1]
        raise Busy(
            "Der Index wird gerade zum ersten Mal gebaut; das dauert einige Minuten. Bitte dann noch einmal fragen.",
            "The index is being built for the first time, which takes some minutes. Please ask again then.",
        )

    def _build_beside(self, snapshot: str) -> None:
        """Build the index of a state in a thread of its own, once; nobody waits for it."""
        if self._building or (self._failed and self._failed[0] == snapshot):
            return
        self._building = snapshot
        Thread(target=self._build, args=(snapshot,), daemon=True, name="index").start()

    def _build(self, snapshot: str) -> None:
        try:
            self.prepare(snapshot)
            self._failed = None
        except StoreError as error:
            self._failed = (snapshot, error)
        finally:
            self._building = ""

    def _bring(self, snapshot: str, sources: Mapping[str, Any], **given: Any) -> QueryHost:
        """Start the host, or let it answer from another snapshot from now on."""
        if self._host is None:
            self._host = self._start(sources, **given)
        else:
            self._host.reload(sources, **given)
        self._snapshot = snapshot
        return self._host
