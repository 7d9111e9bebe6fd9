r"""A look at the words of a query before any engine reads it.

Refused, with line and column: SERVICE, LOAD and every other update word, ``FROM`` with anything but an
http(s) or urn address, more than 64 nested brackets or signs, too many bytes, and escapes such as
``\u0053`` that spell ASCII. Strings, comments, addresses, variables and prefixed names may hold these
words: ``?load``, ``ex:service``.

The engine's grammar has no word boundaries (``SERVICEex:a {}`` calls ex:a), ends names early
(``ex:a.b.SERVICE``) and reads ``<`` as an address or as "less than" as it fits. What can be read in two
ways is therefore refused. Behind the guard the workers have no network at all.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NoReturn

from graph.errors import QueryRefused
from graph.store.query.tokens import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

Form = Literal["select", "ask", "construct", "describe"]

MOST_NESTED: Final = 64

_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_PLAIN: Final = re.compile(r"[A-Z0-9_\x80-\U0010ffff][A-Z0-9_\-\x80-\U0010ffff]*+|")
_FORMS: Final[dict[str, Form]] = {
    "SELECT": "select",
    "ASK": "ask",
    "CONSTRUCT": "construct",
    "DESCRIBE": "describe",
}
_UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH", "USING"}
)
_LAST_ASCII: Final = 0x7F
_SURROGATES: Final = range(0xD800, 0xE000)

_DATASET_WORDS: Final = frozenset({"FROM", "NAMED", "FROMNAMED"})
_OPERANDS: Final = frozenset({"string", "iri", "variable", "language", "number", "name", "close"})
_READ_TWO_WAYS: Final = frozenset("()[]#'")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_SCHEMES_OF_GRAPHS: Final = frozenset({"http", "https", "urn"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of an accepted query tell: its form, if clear, and whether it names its own dataset."""

    form: Form | None
    dataset: bool


def check_query(text: str, most_bytes: int) -> Reading:
    """Return what the words of ``text`` tell, or raise QueryRefused with line and column."""
    _check_size(text, most_bytes)
    _check_escapes(text)
    scan = _Scan(text)
    for token in TOKEN.finditer(text):
        if token.lastgroup != "blank":
            scan.take(token)
    return Reading(scan.form, scan.dataset)


def _check_size(text: str, most_bytes: int) -> None:
    """Refuse what is too long or holds half a character."""
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        _refuse(text, error.start, "Hier steht ein halbes Zeichen (Surrogat)", "Half a character (surrogate)")
    if size > most_bytes:
        raise QueryRefused(
            f"Die Abfrage ist mit {size} Bytes zu lang; erlaubt sind {most_bytes}. Bitte kürzen oder teilen.",
            f"The query is too long with {size} bytes; {most_bytes} are allowed. Please shorten or split it.",
        )


def _check_escapes(text: str) -> None:
    r"""Refuse escapes of ASCII, since SPARQL 1.1 (19.2) decodes them before all else: ``S\u0045RVICE``."""
    for escape in _ESCAPE.finditer(text):
        code = int(escape[1] or escape[2], 16)
        if code <= _LAST_ASCII or code in _SURROGATES or code > sys.maxunicode:
            _refuse(
                text,
                escape.start(),
                f"Die Schreibweise {escape[0]} wird nicht angenommen; bitte das Zeichen selbst schreiben",
                f"The escape {escape[0]} is not accepted; please write the character itself",
            )


def _refuse(text: str, place: int, de: str, en: str) -> NoReturn:
    """Raise QueryRefused with line and column of ``place``."""
    line = text.count("\n", 0, place) + 1
    column = place - text.rfind("\n", 0, place)
    raise QueryRefused(
        f"Zeile {line}, Spalte {column}: {de}.", f"Line {line}, column {column}: {en}.", (line, column)
    )


class _Scan:
    """One walk over the tokens of a query; knows the open brackets and the token before."""

    def __init__(self, text: str) -> None:
        self.form: Form | None = None
        self.dataset = False
        self._text = text
        self._prefixes: dict[str, str] = {}
        self._base = ""
        self._brackets: list[str] = []
        self._before = ("", "")
        self._signs = 0
        self._data_follows = False
        self._call: re.Match[str] | None = None
        self._takers: dict[str, Callable[[re.Match[str]], None]] = {
            "word": self._take_word,
            "name": self._take_name,
            "iri": self._take_iri,
            "open": self._take_open,
            "close": self._take_close,
            "sign": self._take_sign,
            "stray": self._take_stray,
        }

    def take(self, token: re.Match[str]) -> None:
        """Look at one token; raise QueryRefused if it must not stand here."""
        kind = token.lastgroup or ""
        if self._call is not None and token[0] == "{":
            self._refuse_service(self._call)
        self._call = None
        if kind != "sign":
            self._signs = 0
        if kind in self._takers:
            self._takers[kind](token)
        self._before = (kind, token[0])

    def _take_word(self, token: re.Match[str]) -> None:
        """Judge a bare word, which is a keyword or a function; dots and hyphens part it."""
        for word in re.split(r"[.\-]+", token[0].upper()):
            if "SERVICE" in word:
                self._refuse_service(token)
            if word in _UPDATES:
                self._refuse_update(token, word)
            self.form = self.form or _FORMS.get(word)
            self.dataset = self.dataset or word.startswith("FROM")
            self._data_follows = self._data_follows or word == "VALUES"

    def _take_name(self, token: re.Match[str]) -> None:
        """Judge a prefixed name: ``SERVICEex:a {`` is a call all the same, ``GRAPH service:a {`` is none."""
        prefix, _, local = token[0].partition(":")
        word = self._word_before()
        start, called, _ = local.upper().partition("SERVICE")
        if called and not _PLAIN.fullmatch(start):
            self._refuse_service(token)
        if "SERVICE" in prefix.upper() and word != "GRAPH" and word not in _DATASET_WORDS:
            self._call = token
        if word in _DATASET_WORDS:
            self._check_graph_name(token, self._prefixes.get(prefix, "") + local)

    def _take_iri(self, token: re.Match[str]) -> None:
        """Judge an address; after an operand within brackets ``<`` may be "less than" as well."""
        kind, text = self._before
        if self._word_before() in _DATASET_WORDS:
            self._check_graph_name(token, token[0][1:-1])
        if kind == "name" and text.endswith(":"):
            self._prefixes[text[:-1]] = token[0][1:-1]
        if self._word_before() == "BASE":
            self._base = token[0][1:-1]
        if self._may_compare() and not _READ_TWO_WAYS.isdisjoint(token[0]):
            _refuse(
                self._text,
                token.start(),
                "Dies lässt sich als Adresse und als Vergleich lesen; bitte nach < ein Leerzeichen setzen",
                "This reads as an address and as a comparison; please put a space after <",
            )

    def _take_open(self, token: re.Match[str]) -> None:
        """Go one level down; the rows of VALUES hold no comparisons."""
        bracket = token[0]
        if bracket == "{" and self._data_follows:
            bracket, self._data_follows = "data", False
        elif bracket == "(" and self._brackets[-1:] == ["data"]:
            bracket = "row"
        self._brackets.append(bracket)
        if len(self._brackets) > MOST_NESTED:
            self._refuse_depth(token)

    def _take_close(self, _token: re.Match[str]) -> None:
        """Go one level up; whether the bracket fits is for the engine to say."""
        if self._brackets:
            self._brackets.pop()

    def _take_sign(self, token: re.Match[str]) -> None:
        """Count signs that nest without brackets: ``!!!!?x``."""
        self._signs += 1
        if self._signs > MOST_NESTED:
            self._refuse_depth(token)

    def _take_stray(self, token: re.Match[str]) -> None:
        """Refuse a quote that opens no string, or a backslash outside strings and names."""
        if token[0] == "\\":
            de, en = "Ein Rückstrich steht nur in Zeichenketten", "A backslash belongs into strings only"
        else:
            de, en = "Diese Zeichenkette wird nicht richtig geschlossen", "This string is not closed properly"
        _refuse(self._text, token.start(), de, en)

    def _word_before(self) -> str:
        """Return the last keyword of the word before, in capitals, or nothing."""
        kind, text = self._before
        return re.split(r"[.\-]+", text.upper())[-1] if kind == "word" else ""

    def _may_compare(self) -> bool:
        """Tell whether ``<`` could be an operator here: within round brackets, after an operand."""
        kind, text = self._before
        operand = kind in _OPERANDS or (kind == "word" and text.lower().endswith(("true", "false")))
        return operand and self._brackets[-1:] == ["("]

    def _check_graph_name(self, token: re.Match[str], name: str) -> None:
        """Refuse FROM with the address of a file or the like; a relative one goes by BASE."""
        scheme = _SCHEME.match(name) or _SCHEME.match(self._base)
        if scheme and scheme[1].lower() not in _SCHEMES_OF_GRAPHS:
            _refuse(
                self._text,
                token.start(),
                "FROM nennt nur Graphen dieses Bestands (http, https, urn); Dateien liest der Server nicht",
                "FROM only names graphs of this store (http, https, urn); the server reads no files",
            )

    def _refuse_service(self, token: re.Match[str]) -> NoReturn:
        """Refuse a call to another server."""
        _refuse(
            self._text,
            token.start(),
            "SERVICE wird nicht angeboten, denn Abfragen verlassen diesen Server nicht",
            "SERVICE is not offered, for queries do not leave this server",
        )

    def _refuse_update(self, token: re.Match[str], word: str) -> NoReturn:
        """Refuse a word that only updates have."""
        _refuse(
            self._text,
            token.start(),
            f"{word} ändert oder lädt Daten; hier wird nur gelesen (SELECT, ASK, CONSTRUCT, DESCRIBE)",
            f"{word} changes or loads data; this is for reading only (SELECT, ASK, CONSTRUCT, DESCRIBE)",
        )

    def _refuse_depth(self, token: re.Match[str]) -> NoReturn:
        """Refuse what is nested too deeply."""
        _refuse(
            self._text,
            token.start(),
            f"Hier ist die Abfrage tiefer als {MOST_NESTED} Ebenen geschachtelt; bitte flacher schreiben",
            f"Here the query is nested more than {MOST_NESTED} levels deep; please write it flatter",
        )
