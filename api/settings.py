"""What an operator can set: one frozen object, read once from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from graph.errors import BadRequest
from graph.intake.sheets.limits import ImportLimits

PREFIX = "PLANWERK_"
_IRI = re.compile(r"""https?://[^\s<>"{}|\\^`]+""")
_MAIL = re.compile(r"""[^\s@<>"{}|\\^`]+@[^\s@<>"{}|\\^`]+""")
_RANGES = {
    "query_seconds": (0.1, 86_400),
    "query_rows": (1, 10**9),
    "query_memory_mb": (64, 2**20),
    "query_workers": (1, 256),
    "index_memory_mb": (0, 2**20),
    "import_seconds": (1, 86_400),
    "import_memory_mb": (64, 2**20),
}
_SWITCH = {"0": False, "1": True}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; each is read from ``PLANWERK_<NAME>`` and documented in docs/reference.md."""

    store: str = field(
        default=".planwerk",
        metadata={"help": "folder of the store, or the address (http…) of a SPARQL 1.1 server that keeps it"},
    )
    store_update: str = field(
        default="",
        metadata={
            "help": "address for updates of that server; empty: …/update where the store is …/query, else the same"
        },
    )
    store_user: str = field(default="", metadata={"help": "user at that server (Basic or Digest)"})
    store_password: str = field(
        default="", repr=False, metadata={"help": "password at that server; only from the environment"}
    )
    store_token: str = field(
        default="",
        repr=False,
        metadata={"help": "token at that server (Bearer), instead of user and password"},
    )
    cache: str = field(
        default="",
        metadata={
            "help": "folder for the mirror of stores on servers; it can be deleted. Empty: planwerk in the user's cache"
        },
    )
    base: str = field(
        default="https://w3id.org/planwerk/id/", metadata={"help": "base IRI of all things; ends in / or #"}
    )
    lang: str = field(default="de", metadata={"help": "language of messages: de or en"})
    hosts: str = field(default="", metadata={"help": "further host names to answer to, separated by commas"})
    who: str = field(
        default="Kommandozeile", metadata={"help": "unit or role that the change log names, never a person"}
    )
    query_seconds: float = field(default=5.0, metadata={"help": "wall-clock seconds a SPARQL query may take"})
    query_rows: int = field(
        default=10_000, metadata={"help": "rows a SPARQL answer may have before it is cut, visibly"}
    )
    query_memory_mb: int = field(default=1024, metadata={"help": "MiB of memory a SPARQL query may take"})
    editing: bool = field(
        default=False,
        metadata={
            "help": "1 lets the pages take spreadsheets in and change walks; anybody who reaches the address can"
        },
    )
    cities: str = field(
        default="",
        metadata={"help": "register of cities (a JSON file, or its folder) where there are several"},
    )
    index_memory_mb: float = field(
        default=600.0,
        metadata={
            "help": "MiB of source files, of one store or of all cities together, up to which they are indexed in memory; "
            "more are indexed on disk, in the folder index of the store or .across beside the register"
        },
    )
    query_workers: int = field(default=2, metadata={"help": "SPARQL queries that run at the same time"})
    shared: bool = field(
        default=True,
        metadata={
            "help": "0 keeps pages of other sites from reading data through a browser (CORS): for closed networks"
        },
    )
    publisher: str = field(
        default="",
        metadata={"help": "who publishes the data, for its description at /catalog; empty: not said"},
    )
    licence: str = field(
        default="", metadata={"help": "IRI of the licence of the data, for /catalog; empty: not said"}
    )
    contact: str = field(
        default="",
        metadata={"help": "e-mail address for questions about the data, for /catalog; empty: not said"},
    )
    contributor: str = field(
        default="",
        metadata={"help": "IRI of the data provider (dcatde:contributorID), for /catalog; empty: not said"},
    )
    import_seconds: float = field(
        default=240.0,
        metadata={"help": "processor seconds that reading a large workbook may take; a small one gets 9"},
    )
    import_memory_mb: int = field(
        default=1024,
        metadata={"help": "MiB of memory that reading a large workbook may take; a small one gets 512"},
    )

    def __post_init__(self) -> None:
        """Refuse what cannot work."""
        if self.lang not in {"de", "en"}:
            raise BadRequest(
                f"PLANWERK_LANG ist {self.lang!r}; möglich sind de und en.",
                f"PLANWERK_LANG is {self.lang!r}; possible are de and en.",
            )
        if not _IRI.fullmatch(self.base) or self.base[-1] not in "/#":
            raise BadRequest(
                f"PLANWERK_BASE ist {self.base!r}; nötig ist eine http(s)-Adresse, die mit / oder # endet.",
                f"PLANWERK_BASE is {self.base!r}; it must be an http(s) address that ends in / or #.",
            )
        for name, (least, most) in _RANGES.items():
            _check_number(name, getattr(self, name), least, most)
        for name in ("licence", "contributor"):
            _check_iri(name, getattr(self, name))
        if self.contact and not _MAIL.fullmatch(self.contact):
            raise BadRequest(
                f"PLANWERK_CONTACT ist {self.contact!r}; nötig ist eine E-Mail-Adresse.",
                f"PLANWERK_CONTACT is {self.contact!r}; it must be an e-mail address.",
            )

    @property
    def named_hosts(self) -> tuple[str, ...]:
        """The host names that the operator added."""
        return tuple(filter(None, (host.strip() for host in self.hosts.split(","))))

    @property
    def import_limits(self) -> ImportLimits:
        """What reading one workbook may take."""
        return ImportLimits(self.import_seconds, self.import_memory_mb * 2**20)

    @property
    def is_remote(self) -> bool:
        """Whether a SPARQL server keeps the store."""
        return self.store.startswith(("http://", "https://"))

    @property
    def folder(self) -> Path:
        """The folder of the store, or that of all mirrors where a server keeps it."""
        if not self.is_remote:
            return Path(self.store)
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(self.cache) if self.cache else Path(home) / "planwerk"


def _check_number(name: str, value: float, least: float, most: float) -> None:
    """Refuse what no server can work with."""
    variable = PREFIX + name.upper()
    if not least <= value <= most:
        raise BadRequest(
            f"{variable} ist {value}; nötig ist eine Zahl von {least} bis {most}.",
            f"{variable} is {value}; a number from {least} to {most} is needed.",
        )


def _check_iri(name: str, value: str) -> None:
    """Refuse what is no address; nothing at all is fine."""
    variable = PREFIX + name.upper()
    if value and not _IRI.fullmatch(value):
        raise BadRequest(
            f"{variable} ist {value!r}; nötig ist eine http(s)-Adresse.",
            f"{variable} is {value!r}; it must be an http(s) address.",
        )


def read_settings(environment: Mapping[str, str] = os.environ, **given: Any) -> Settings:
    """Return the settings from the environment; what is ``given`` (not None) goes first.

    Raises BadRequest, naming the variable, where a value cannot be understood.
    """
    values: dict[str, Any] = {}
    for setting in fields(Settings):
        text = environment.get(PREFIX + setting.name.upper())
        if text:
            values[setting.name] = _parsed(setting.name, text, type(setting.default))
    return Settings(**(values | {name: value for name, value in given.items() if value is not None}))


def _parsed(name: str, text: str, kind: Any) -> Any:
    variable = PREFIX + name.upper()
    if kind is bool:
        if text not in _SWITCH:
            raise BadRequest(
                f"{variable} ist {text!r}; möglich sind 0 und 1.",
                f"{variable} is {text!r}; possible are 0 and 1.",
            )
        return _SWITCH[text]
    try:
        return kind(text)
    except ValueError:
        raise BadRequest(
            f"{variable} ist {text!r}; nötig ist eine Zahl.", f"{variable} is {text!r}; a number is needed."
        ) from None
