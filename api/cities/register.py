"""The register of cities: a JSON file that says what each city is called, where its store is and which hosts lead to it.

    {"hosts": ["planwerk.example"],
     "regions": [{"id": "west", "name": {"de": "Westen", "en": "West"}}],
     "cities": [{"id": "aachen", "name": {"de": "Aachen", "en": "Aachen"}, "region": "west",
                 "base": "https://aachen.planwerk.example/id/", "store": "stores/aachen",
                 "hosts": ["aachen.planwerk.example"]}]}

``base``, ``store`` and ``hosts`` of a city may be left out; a folder is looked up beside the register. Two cities never share
a base, a store or a host name, and no base begins with that of another: then no id of one city can be read as another's.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from graph.errors import BadRequest, NotFound, StoreError, Text, reason
from ontology.terms import ONTOLOGY, PREFIXES, SCHEME, SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What cities without a base of their own get theirs under, and what regions are named under.
HOME: Final = "https://w3id.org/planwerk/"
LOCAL: Final = "localhost"
#: Names of this machine, which lead to the pages about all cities, and no name at all.
_THIS_MACHINE: Final = frozenset({LOCAL, "127.0.0.1", "::1", ""})
#: Names that are nobody's: those of the vocabularies, and of what the register says.
_RESERVED: Final = (*PREFIXES.values(), ONTOLOGY, SCHEME, SHAPES, f"{HOME}region/", f"{HOME}register")
_ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_HOST: Final = re.compile(r"[a-z0-9.-]+")
_BASE: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")


@dataclass(frozen=True, slots=True)
class Region:
    """Cities that are looked at together."""

    id: str
    name: Text

    @property
    def iri(self) -> str:
        """Return what the region is named in answers."""
        return f"{HOME}region/{self.id}"


@dataclass(frozen=True, slots=True)
class Complete:
    """Somebody's word that every plan of a city is recorded: a unit or role, never a person, and the day."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class City:
    """One city: its names, its region, its base IRI, its store, the host names that lead to it.

    ``body`` is the public body whose duties count, where its store holds several.
    """

    id: str
    name: Text
    base: str
    store: str
    hosts: tuple[str, ...]
    region: Region | None = None
    body: str | None = None
    complete: Complete | None = None

    @property
    def is_remote(self) -> bool:
        """Whether a SPARQL server keeps its store."""
        return self.store.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Register:
    """All cities of a deployment by name, its regions, and the host names of the pages about all of them."""

    path: Path
    hosts: tuple[str, ...]
    regions: tuple[Region, ...]
    cities: tuple[City, ...]

    def city(self, local: str) -> City:
        """Return the city with this id.

        Raises NotFound, naming those there are.
        """
        for city in self.cities:
            if city.id == local:
                return city
        raise _unknown(Text("Die Stadt", "city"), local, (city.id for city in self.cities))

    def of_region(self, local: str | None) -> tuple[City, ...]:
        """Return the cities of the region with this id, all cities without one.

        Raises NotFound, naming the regions there are.
        """
        if not local:
            return self.cities
        if local not in {region.id for region in self.regions}:
            raise _unknown(Text("Die Region", "region"), local, (region.id for region in self.regions))
        return tuple(city for city in self.cities if city.region and city.region.id == local)

    def by_host(self) -> dict[str, City]:
        """Return which city each host name leads to."""
        return {host: city for city in self.cities for host in city.hosts}


def _unknown(what: Text, local: str, known: Iterable[str]) -> NotFound:
    choice = ", ".join(known) or "–"
    return NotFound(
        f"{what.de} „{local}“ steht nicht im Verzeichnis; möglich sind: {choice}.",
        f"There is no {what.en} “{local}” in the register; possible are: {choice}.",
    )


def read_register(path: Path) -> Register:
    """Return the register in a file, or in the file ``cities.json`` of a folder.

    Raises NotFound where there is none and BadRequest, naming the city and the entry, where it cannot be understood.
    """
    file = register_file(path)
    return _register(file, _document(file))


def register_file(path: Path) -> Path:
    """Return the file of a register that is named by itself or by its folder."""
    return path / "cities.json" if path.is_dir() else path


def _document(file: Path) -> Mapping[str, Any]:
    try:
        held = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise NotFound(
            f"Das Verzeichnis der Städte {file} lässt sich nicht lesen ({reason(error).de}).",
            f"The register of cities {file} cannot be read ({reason(error).en}).",
        ) from None
    except (ValueError, RecursionError) as error:
        raise _bad(file, Text(f"kein JSON ({error})", f"no JSON ({error})")) from None
    if not isinstance(held, dict) or not isinstance(held.get("cities"), list):
        raise _bad(file, Text("es fehlt die Liste „cities“", "the list “cities” is missing"))
    return held


def _bad(file: Path, why: Text) -> BadRequest:
    return BadRequest(
        f"Das Verzeichnis der Städte {file}: {why.de}. Muster stehen in docs/cities.md.",
        f"The register of cities {file}: {why.en}. Examples are in docs/cities.md.",
    )


def _register(file: Path, held: Mapping[str, Any]) -> Register:
    reading = _Reading(file)
    regions = tuple(map(reading.region, reading.records(held.get("regions", []), "regions")))
    by_id = {region.id: region for region in regions}
    cities = [reading.city(entry, by_id) for entry in reading.records(held["cities"], "cities")]
    hosts = reading.hosts(held.get("hosts", []), "hosts")
    reading.check_apart(regions, cities, hosts)
    named = sorted(_with_hosts(cities, hosts), key=lambda city: (city.name.de.casefold(), city.id))
    return Register(file, hosts, regions, tuple(named))


def _with_hosts(cities: list[City], taken: tuple[str, ...]) -> list[City]:
    """Let the host of a base lead to its city where no other city and no page about all cities has it."""
    of_base = {city.id: urlsplit(city.base).hostname or "" for city in cities}
    uses = Counter(of_base.values())
    said = {host for city in cities for host in city.hosts} | {*taken, *_THIS_MACHINE}
    return [
        replace(city, hosts=(*city.hosts, of_base[city.id]))
        if uses[of_base[city.id]] == 1 and of_base[city.id] not in said
        else city
        for city in cities
    ]


class _Reading:
    """Reads entries and says which one cannot be understood."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def refuse(self, where: str, de: str, en: str) -> BadRequest:
        return _bad(self.file, Text(f"{where}: {de}", f"{where}: {en}"))

    def records(self, held: Any, where: str) -> list[Mapping[str, Any]]:
        if not isinstance(held, list) or not all(isinstance(entry, dict) for entry in held):
            raise self.refuse(where, "nötig ist eine Liste von Objekten", "a list of objects is needed")
        return held

    def id(self, entry: Mapping[str, Any], where: str) -> str:
        local = entry.get("id")
        if not isinstance(local, str) or not _ID.fullmatch(local):
            raise self.refuse(
                f"{where} {local!r}",
                "„id“ besteht aus kleinen Buchstaben a–z, Ziffern und Bindestrichen",
                "“id” consists of small letters a–z, digits and hyphens",
            )
        return local

    def name(self, entry: Mapping[str, Any], where: str) -> Text:
        name = entry.get("name")
        names = {"de": name, "en": name} if isinstance(name, str) else name
        if not isinstance(names, dict) or not isinstance(names.get("de"), str) or not names["de"].strip():
            raise self.refuse(where, "es fehlt „name“ (auf Deutsch)", "“name” (in German) is missing")
        german, english = names["de"].strip(), names.get("en")
        return Text(german, (english.strip() if isinstance(english, str) else "") or german)

    def region(self, entry: Mapping[str, Any]) -> Region:
        local = self.id(entry, "regions")
        return Region(local, self.name(entry, local))

    def city(self, entry: Mapping[str, Any], regions: Mapping[str, Region]) -> City:
        local = self.id(entry, "cities")
        region = entry.get("region")
        if region is not None and region not in regions:
            raise self.refuse(
                local, f"die Region „{region}“ steht nicht unter „regions“", f"no region “{region}”"
            )
        return City(
            id=local,
            name=self.name(entry, local),
            base=self._base(entry.get("base") or f"{HOME}city/{local}/id/", local),
            store=self._store(entry.get("store") or f"stores/{local}", local),
            hosts=(f"{local}.{LOCAL}", *self.hosts(entry.get("hosts", []), local)),
            region=regions[region] if region is not None else None,
            body=self._text(entry.get("body"), local, "body"),
            complete=self._complete(entry.get("complete"), local),
        )

    def _text(self, held: Any, where: str, name: str) -> str | None:
        if held is not None and (not isinstance(held, str) or not held.strip()):
            raise self.refuse(where, f"„{name}“ muss ein Text sein", f"“{name}” must be a text")
        return held

    def _base(self, base: Any, where: str) -> str:
        if not isinstance(base, str) or not _BASE.fullmatch(base) or not _host_of(base):
            raise self.refuse(
                where,
                f"„base“ ist {base!r}; nötig ist eine http(s)-Adresse, die mit / oder # endet",
                f"“base” is {base!r}; it must be an http(s) address that ends in / or #",
            )
        if any(base.startswith(name) or name.startswith(base) for name in _RESERVED):
            raise self.refuse(
                where,
                f"„base“ ist {base}; darunter liegen Begriffe, die keiner Stadt gehören",
                f"“base” is {base}; terms that belong to no city lie below it",
            )
        return base

    def _store(self, store: Any, where: str) -> str:
        text = self._text(store, where, "store") or ""
        if not text.startswith(("http://", "https://")):
            return str(self.file.parent / text)
        if not _host_of(text):
            raise self.refuse(
                where,
                f"„store“ ist {text!r}; nötig ist ein Ordner oder die Adresse eines Servers",
                f"“store” is {text!r}; it must be a folder or the address of a server",
            )
        if urlsplit(text).username or urlsplit(text).password:
            raise self.refuse(
                where,
                "„store“ darf kein Kennwort enthalten; Zugangsdaten stehen in der Umgebung",
                "“store” must not hold a password; credentials belong to the environment",
            )
        return text

    def hosts(self, held: Any, where: str) -> tuple[str, ...]:
        if not isinstance(held, list) or not all(isinstance(host, str) for host in held):
            raise self.refuse(
                where, "„hosts“ muss eine Liste von Namen sein", "“hosts” must be a list of names"
            )
        for host in held:
            if not _HOST.fullmatch(host.lower()):
                raise self.refuse(
                    where,
                    f"„{host}“ ist kein Name eines Rechners (ohne http:// und ohne Anschluss)",
                    f"“{host}” is no host name (without http:// and without a port)",
                )
        return tuple(dict.fromkeys(host.lower() for host in held))

    def _complete(self, held: Any, where: str) -> Complete | None:
        if held is None:
            return None
        try:
            return Complete(by=_filled(held["by"]), on=date.fromisoformat(held["on"]))
        except (KeyError, TypeError, ValueError):
            raise self.refuse(
                where,
                "„complete“ sagt, wer die Planwerke für vollständig erklärt hat, und wann: "
                '{"by": "Sozialplanung", "on": "2026-01-31"}',
                "“complete” says who declared the plans complete, and when: "
                '{"by": "Sozialplanung", "on": "2026-01-31"}',
            ) from None

    def check_apart(self, regions: Iterable[Region], cities: list[City], hosts: tuple[str, ...]) -> None:
        """Refuse what two cities or regions share."""
        self._once("id", [region.id for region in regions])
        self._once("id", [city.id for city in cities])
        self._once("store", [os.path.normpath(city.store) for city in cities])
        self._once("hosts", [*hosts, LOCAL, *(host for city in cities for host in city.hosts)])
        bases = sorted(city.base for city in cities)
        for shorter, longer in pairwise(bases):
            if longer.startswith(shorter):
                raise self.refuse(
                    "base",
                    f"{longer} beginnt mit {shorter}; jede Stadt braucht eine Basis für sich",
                    f"{longer} begins with {shorter}; each city needs a base of its own",
                )

    def _once(self, name: str, held: list[str]) -> None:
        twice = [entry for entry, number in Counter(held).items() if number > 1]
        if twice:
            raise self.refuse(name, f"{twice[0]} kommt zweimal vor", f"{twice[0]} stands there twice")


def _host_of(address: str) -> str | None:
    """Return the host of an address, None where it has none that can be understood."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError(text)
    return text.strip()


def add_city(path: Path, entry: Mapping[str, Any]) -> Register:
    """Write one more city into the register, whole or not at all, and return the register as it is then.

    A register that does not exist yet begins with this city. A region that is not listed yet is added under its id.
    Raises BadRequest where the city does not fit, and StoreError where the file cannot be written.
    """
    file = register_file(path)
    held = dict(_document(file)) if file.exists() else {"hosts": [], "regions": [], "cities": []}
    known = {region.get("id") for region in held.get("regions", [])}
    region = entry.get("region")
    if region and region not in known:
        held["regions"] = [*held.get("regions", []), {"id": region, "name": region}]
    held["cities"] = [*held["cities"], {name: value for name, value in entry.items() if value}]
    register = _register(file, held)
    new = file.with_name(file.name + ".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(held, ensure_ascii=False, indent=2) + "\n", "utf-8")
        new.replace(file)
    except OSError as error:
        raise StoreError(
            f"Das Verzeichnis {file} lässt sich nicht schreiben ({reason(error).de}).",
            f"The register {file} cannot be written ({reason(error).en}).",
        ) from None
    return register
