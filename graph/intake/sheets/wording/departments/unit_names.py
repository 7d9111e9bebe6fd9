"""Names and numbers of departments as people write them, and the known department that each may be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from graph.intake.sheets.known import KnownThing
from graph.intake.sheets.wording.folding import clean, fold

NEAR, MAYBE, MARGIN = (
    90.0,
    80.0,
    4.0,
)  # measured with typing errors in all names of data/aachen (tests/intake/wording/test_wording_units.py)
_SHORTEST_NEAR, _SHORTEST_PART = 8, 5

_LONG = (
    r"Fachbereich|Fachdienst|Fachgebiet|Dezernat|Eigenbetrieb|Abteilung|Referat|Stabsstelle|Sachgebiet"
    r"|Geschäftsbereich|Amt|Ressort"
)
_SHORT = r"FB|FD|FG|Dez|EB|Abt|Ref|Stst|SG|GB|OE|Stab"
_NUMBER = r"\d{1,3}(?:\.\d{1,3}|-\d{1,2}|/\d{1,3})?[a-z]?"
CODE = re.compile(
    rf"(?<!\w)(?:(?P<prefix>(?i:{_LONG}|{_SHORT})|[AEDST])\.?[\s\-–]{{0,2}})"
    rf"(?P<number>{_NUMBER}|(?:VIII|VII|VI|IV|IX|V|III|II|I|X)(?:/\d{{1,2}})?)(?![\w])"
)
BARE_CODE = re.compile(r"\d{1,3}(?:[./-]\d{1,3}){0,2}|(?:VIII|VII|VI|IV|IX|V|III|II|I|X)(?:[/-]\d{1,2})")
_ROMANS = r"(?:VIII|VII|VI|IV|IX|V|III|II|I|X)"
_MORE = re.compile(rf"\s*(?:,|/|;|\+|&|\bund\b|\bu\.|→|->|=>)\s*(?P<number>\d{{2,3}}|{_ROMANS})(?![\w.]|/\d)")
_CANON = {
    "fachbereich": "fb", "fachdienst": "fd", "fachgebiet": "fg", "dezernat": "dez", "d": "dez", "eigenbetrieb": "e", "eb": "e",
    "abteilung": "abt", "referat": "ref", "stabsstelle": "s", "stst": "s", "stab": "s", "sachgebiet": "sg",
    "geschaeftsbereich": "gb", "a": "amt",
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_SHOWN = {
    "fb": "FB",
    "fachbereich": "FB",
    "fd": "FD",
    "fg": "FG",
    "dez": "Dez.",
    "abt": "Abt.",
    "eb": "EB",
    "ref": "Ref.",
    "sg": "SG",
    "gb": "GB",
    "oe": "OE",
}
_AND = re.compile(r"(?<![\w])u\.(?![\w])|&|\+|(?<=\s)u(?=\s)|\bund\b", re.IGNORECASE)
_GENERIC = re.compile(
    r"^(?:der |die |das |dem )?(?:stadt \w+ )?(?:fachbereich|fachdienst|fachgebiet|fb|fd|amt fuer|amt|abteilung|abt"
    r"|referat|stabsstelle|dezernat|eigenbetrieb"
    r"|staedtisches?|staedtischer|stadt)\s+(?:fuer\s+)?(?:die\s+|den\s+|das\s+)?"
)
_CITY = re.compile(r"\s+(?:der stadt|stadt) \w+$")


@dataclass(frozen=True, slots=True)
class Code:
    """A department's number: prefix and number in common form, whether it is a directorate or a part of a department."""

    prefix: str
    number: str
    label: str

    @property
    def key(self) -> str:
        """The form in which two spellings of one number are equal."""
        return f"{self.prefix}{self.number}"


def code_of(match: re.Match[str]) -> Code:
    """Return the code that a match of CODE gives.

    >>> code_of(CODE.search("Fb.56")).label, code_of(CODE.search("Dezernat III")).key
    ('FB 56', 'dez3')
    """
    folded, number = fold(match["prefix"]), fold(match["number"]).replace(" ", ".")
    prefix = _CANON.get(folded, folded)
    number = str(_ROMAN.get(number, number.lstrip("0") or number))
    shown = _SHOWN.get(folded, match["prefix"] if len(folded) > 1 else match["prefix"].upper())
    return Code(prefix, number, f"{shown} {match['number']}")


def numbered(code: Code, number: str) -> Code:
    """Return the code of another number with the same prefix."""
    shown = code.label[: code.label.rindex(" ") + 1]
    return Code(code.prefix, str(_ROMAN.get(number.casefold(), number.lstrip("0") or number)), shown + number)


def more_numbers(text: str, at: int) -> re.Match[str] | None:
    """Return a further number that shares the prefix before it: "FB 45/56", "FB 45, 56 und 61"."""
    return _MORE.match(text, at)


def name_key(text: str) -> str:
    """Return a name as it compares: "u.", "&" and "und" are the same.

    >>> name_key("Wohnen, Soziales u. Integration") == name_key("Wohnen,Soziales & Integration")
    True
    """
    return fold(_AND.sub(" und ", clean(text))).replace(" ", "")


def _bare_key(text: str) -> str:
    bare = _CITY.sub("", _GENERIC.sub("", fold(_AND.sub(" und ", clean(text)))))
    return bare.replace(" ", "")


class UnitNames:
    """Every name and number of the known departments."""

    def __init__(self, known: Iterable[KnownThing], aliases: Mapping[str, str]) -> None:
        self.labels: dict[str, str] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._whole: dict[str, set[str]] = defaultdict(set)
        self._codes: dict[str, set[str]] = defaultdict(set)
        self._numbers: dict[str, set[str]] = defaultdict(set)
        self._aliases: dict[str, str] = {}
        self._explained: set[str] = set()
        self._words: dict[str, frozenset[str]] = {}
        for thing in known:
            self._learn(thing)
        for alias, meant in aliases.items():
            self._alias(alias, meant)
        self._long = [name for name in self._names if len(name) >= _SHORTEST_NEAR]

    def _learn(self, thing: KnownThing) -> None:
        self._names[name_key(thing.id)].add(thing.id)
        self._words[thing.id] = frozenset(word for name in thing.names for word in fold(name).split())
        for name in thing.names:
            self._name(name, thing.id)

    @property
    def any_known(self) -> bool:
        """Whether any department is known at all."""
        return bool(self._words)

    def _name(self, name: str, unit: str) -> None:
        code = CODE.fullmatch(clean(name).strip())
        if code:
            made = code_of(code)
            self._codes[made.key].add(unit)
            self._numbers[made.number].add(unit)
            self.labels.setdefault(unit, " ".join(clean(name).split()))
            return
        self._whole[unit].add(name_key(name))
        for key in {name_key(name), _bare_key(name)} - {""}:
            self._names[key].add(unit)

    def _alias(self, alias: str, meant: str) -> None:
        """Learn an abbreviation; what it stands for may be a department that is not known yet."""
        code = CODE.fullmatch(clean(meant))
        units = self._codes.get(code_of(code).key, set()) if code else self._names.get(name_key(meant), set())
        keys = {name_key(alias)}
        if short := CODE.fullmatch(clean(alias)):
            keys.add(code_of(short).key)
        self._explained |= keys
        if len(units) == 1:
            self._aliases |= dict.fromkeys(keys, next(iter(units)))

    def explains(self, text: str) -> bool:
        """Whether a legend or a person told what a name stands for, known or not."""
        return name_key(text) in self._explained

    def by_alias(self, text: str) -> str | None:
        """Return what a person or a legend settled that a name stands for."""
        return self._aliases.get(name_key(text))

    def by_name(self, text: str, *, bare: bool = True) -> frozenset[str]:
        """Return the departments of exactly this name, spelling aside; ``bare`` also without "Fachbereich", "Amt für"."""
        key = name_key(text)
        alias = self._aliases.get(key)
        if alias:
            return frozenset({alias})
        if bare:
            return frozenset(self._names.get(key, ()) or self._names.get(_bare_key(text), ()))
        return frozenset(unit for unit in self._names.get(key, ()) if key in self._whole[unit])

    def by_code(self, code: Code) -> frozenset[str]:
        """Return the departments of exactly this number; numbers are never guessed."""
        alias = self._aliases.get(code.key)
        return frozenset({alias} if alias else self._codes.get(code.key, ()))

    def by_number(self, number: str) -> frozenset[str]:
        """Return the departments of a number without or with another prefix ("56", "Amt 56")."""
        return frozenset(self._numbers.get(re.sub("[/-]", ".", number).lstrip("0"), ()))

    def partly(self, text: str) -> tuple[str, ...]:
        """Return the departments whose names hold all words of a text: "Feuerwehr" of "Feuerwehr und Rettungsdienst"."""
        wanted = {word for word in fold(text).split() if len(word) >= _SHORTEST_PART}
        held = [unit for unit, words in self._words.items() if wanted and wanted <= words]
        return tuple(sorted(held))

    def near(self, text: str) -> tuple[tuple[str, float], ...]:
        """Return departments whose names are nearly this, the nearest first, with 0 to 100; numbers must be the same."""
        key = name_key(text)
        bare = _bare_key(text)
        best: dict[str, float] = {}
        for wanted in {key, bare}:
            if len(wanted) >= _SHORTEST_NEAR:
                for unit, score in self._nearly(wanted):
                    best[unit] = max(score, best.get(unit, 0.0))
        return tuple(sorted(best.items(), key=lambda pair: (-pair[1], pair[0])))

    def _nearly(self, wanted: str) -> Iterable[tuple[str, float]]:
        digits = re.sub(r"\D", "", wanted)
        for name, score, _ in process.extract(
            wanted, self._long, scorer=fuzz.ratio, score_cutoff=MAYBE, limit=8
        ):
            if re.sub(r"\D", "", name) == digits:
                yield from ((unit, score) for unit in self._names[name])
