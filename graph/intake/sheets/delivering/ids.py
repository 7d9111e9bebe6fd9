"""Which id a thing of a workbook has: the one it has in the graph, the one it got last time, else one made of its name."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

_SCOPE = "\x1f"
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "a"})
_LONGEST = 48
#: What the ids of a table begin with.
PREFIXES: Mapping[str, str] = {
    "plans": "p",
    "goals": "g",
    "measures": "m",
    "instruments": "i",
    "indicators": "n",
    "departments": "dep",
    "target_groups": "tg",
    "topics": "t",
    "areas": "a",
    "bodies": "b",
    "series": "s",
    "papers": "v",
    "data_sources": "ds",
    "relations": "r",
}


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return a name as it is compared: without case, soft hyphens and differences of spacing and composition.

    >>> folded(" Plan  JÜLICH ")
    'plan jülich'
    """
    plain = unicodedata.normalize("NFKC", name).replace("\u00ad", "")
    return " ".join(plain.casefold().split())


def slug(name: str) -> str:
    """Return a name as part of an id: small letters, digits and hyphens; a digest where nothing of the name is left.

    >>> slug("Plan für Ältere (2. Auflage)")
    'plan-fuer-aeltere-2-auflage'
    """
    spelt = unicodedata.normalize("NFC", folded(name)).translate(_SPELT)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) > _LONGEST:
        words = words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]
    return words or blake2b(folded(name).encode(), digest_size=5).hexdigest()


def scoped(name: str, scope: str = "") -> str:
    """Return the key of a name; within a ``scope`` (the plan of a goal) where the name alone does not tell things apart."""
    return folded(name) + (_SCOPE + scope if scope else "")


@dataclass(frozen=True)
class Held:
    """What the store holds: ids by table and key of the name (``scoped``), and every id there is.

    ``elsewhere`` are the ids that other deliveries hold; ``earlier`` the rows, by table and id, of the last delivery of
    this source: it is about to be replaced, so whatever is still needed of it has to be said again.
    """

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ids: Collection[str] = frozenset()
    elsewhere: Collection[str] = frozenset()
    earlier: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)


@dataclass
class Ids:
    """Gives every thing its id; ``given`` are those of things that are new, by table and key, to be remembered."""

    held: Held
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    given: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _used: dict[str, str] = field(default_factory=dict)

    def known(self, table: str, name: str, scope: str = "") -> str:
        """Return the id that a thing of this name has already, in the graph or in this workbook; empty where it has none."""
        key = scoped(name, scope)
        return self.given[table].get(key) or self.held.names.get(table, {}).get(key, "")

    def of(self, table: str, name: str, scope: str = "") -> str:
        """Return the id of a thing, giving it one where it has none yet."""
        return self.known(table, name, scope) or self._give(table, name, scope)

    def _give(self, table: str, name: str, scope: str) -> str:
        key = scoped(name, scope)
        remembered = self.remembered.get(table, {}).get(key)
        made = f"{PREFIXES[table]}-{_inside(scope)}{slug(name)}"
        given = remembered or self._free(made, f"{table}{_SCOPE}{key}")
        self.given[table][key] = given
        self._used[given] = f"{table}{_SCOPE}{key}"
        return given

    def _free(self, made: str, owner: str) -> str:
        number, candidate = 1, made
        while candidate in self.held.ids or self._used.get(candidate, owner) != owner:
            number += 1
            candidate = f"{made}-{number}"
        self._used[candidate] = owner
        return candidate


def _inside(scope: str) -> str:
    return f"{scope.partition('-')[2] or scope}-" if scope else ""
