"""The bands of an inventory, kept beside its sources: found once by chance, read back as long as nothing they rest on changes.

One file per inventory, ``bands/<digest>.json`` in the folder of the store. The digest covers which plan has which concepts,
what lies above them, the version of the vocabulary and the method; where it fits, the bands are the same. The files can be
made again at any time: a damaged one is found by what it should say, and replaced. Small inventories have fixed bands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from graph.errors import Text
from graph.findings.rules.overlap import Candidates, gather
from graph.findings.similarity import FALLBACK, SMALLEST_INVENTORY, Bands, calibrate
from graph.network.build import Network
from graph.network.incidence import Incidence
from graph.store.files import SourceFiles
from ontology.vocabulary import load_vocabulary

#: Raised whenever ``calibrate`` would find other bands for the same inventory.
METHOD = 1

_FIELDS = tuple(field.name for field in fields(Bands))

FindBands = Callable[[Incidence], Bands]


def gather_with(network: Network, day: date, find: FindBands) -> Candidates:
    """Return the plans open on ``day`` with the bands that ``find`` gives for them."""
    found = gather(network, day, FALLBACK)
    return replace(found, bands=find(found.incidence))


@dataclass(frozen=True, slots=True)
class StoredBands:
    """The bands kept in a store."""

    files: SourceFiles

    def look(self, incidence: Incidence) -> Bands:
        """Return the bands of an inventory, read or found; store nothing."""
        return self._read(inventory_digest(incidence)) or calibrate(incidence)

    def find(self, incidence: Incidence) -> Bands:
        """Return the bands of an inventory, and keep them where they had to be found."""
        if len(incidence.plans) < SMALLEST_INVENTORY:
            return calibrate(incidence)
        digest = inventory_digest(incidence)
        held = self._read(digest)
        if held is not None:
            return held
        bands = calibrate(incidence)
        about = {
            "digest": digest,
            "plans": len(incidence.plans),
            "vocabulary": load_vocabulary().version,
            "made": date.today().isoformat(),  # noqa: DTZ011 - the day in the meeting room, not in UTC
        }
        self.files.put_beside(_name(digest), json.dumps({**about, **asdict(bands)}, indent=2) + "\n")
        return bands

    def _read(self, digest: str) -> Bands | None:
        text = self.files.beside(_name(digest))
        return None if text is None else read_bands(text, digest)


def _name(digest: str) -> str:
    return f"bands/{digest}.json"


def inventory_digest(incidence: Incidence) -> str:
    """Return the digest of all that the bands of an inventory rest on."""
    said = (
        METHOD,
        load_vocabulary().version,
        incidence.plans,
        incidence.concepts,
        incidence.facet,
        incidence.ancestors,
        incidence.own,
    )
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def read_bands(text: str, digest: str) -> Bands | None:
    """Return the bands that a file of this digest keeps; nothing where it is damaged."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("digest") != digest or not _is_sound(said):
        return None
    return Bands(**{name: said[name] for name in _FIELDS})


def _is_sound(said: dict[str, Any]) -> bool:
    """Whether what was read can be bands: numbers between 0 and 1 in their order, and how they were found."""
    kinds = {name: type(said.get(name)) for name in _FIELDS}
    return (
        {kinds["mittel"], kinds["stark"]} <= {int, float}
        and 0 <= said["mittel"] <= said["stark"] <= 1
        and (kinds["method"], kinds["replicas"], kinds["seed"]) == (str, int, int)
    )


@dataclass(frozen=True, slots=True)
class BandMove:
    """The bands of two states of the store."""

    before: Bands
    after: Bands

    @property
    def is_moved(self) -> bool:
        """Whether a pair of the same score could be in another band now."""
        return (self.before.stark, self.before.mittel) != (self.after.stark, self.after.mittel)

    @property
    def text(self) -> Text:
        """Whether the bands moved, and from where to where."""
        old, new = self.before, self.after
        if not self.is_moved:
            return Text(
                f"Die Bänder sind gleich geblieben: stark ab {_de(new.stark)}, mittel ab {_de(new.mittel)}.",
                f"The bands stayed the same: strong from {new.stark:.3f}, medium from {new.mittel:.3f}.",
            )
        return Text(
            f"Die Bänder haben sich verschoben, weil sich der Bestand geändert hat: stark ab {_de(new.stark)} statt "
            f"{_de(old.stark)}, mittel ab {_de(new.mittel)} statt {_de(old.mittel)}. Ein Paar kann dadurch das Band wechseln, "
            "ohne dass sich die beiden Planwerke geändert haben.",
            f"The bands moved because the inventory changed: strong from {new.stark:.3f} instead of {old.stark:.3f}, medium "
            f"from {new.mittel:.3f} instead of {old.mittel:.3f}. A pair can be in another band now although neither plan "
            "has changed.",
        )


def _de(number: float) -> str:
    return f"{number:.3f}".replace(".", ",")


def move_json(move: BandMove) -> dict[str, Any]:
    """Return both bands, and whether they moved, as one document."""
    return {
        "moved": move.is_moved,
        "before": asdict(move.before),
        "after": asdict(move.after),
        "text": move.text.document(),
    }
