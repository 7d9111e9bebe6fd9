"""Where in a cell departments and persons are named: numbers, known names, names with typing errors, unknown names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from graph.intake.sheets.wording.departments.unit_names import (
    BARE_CODE,
    CODE,
    MARGIN,
    NEAR,
    Code,
    UnitNames,
    code_of,
    more_numbers,
    numbered,
)
from graph.intake.sheets.wording.folding import fold
from ontology.sheet_words import load_sheet_words

How = Literal["code", "name", "near", "maybe", "unknown"]

_NAME = r"[A-ZÄÖÜ][a-zäöüßéè]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
_TITLES = r"(?:Herrn?|Hrn?\.?|Frau|Fr\.|Fr|Dr\.|Prof\.|Kollege|Kollegin|Koll\.|Dipl\.-[A-Z]\w+\.?|Mr\.?|Mrs\.?|Ms\.?)"
PERSON = re.compile(
    rf"\b{_TITLES}\s+(?:(?:Dr|Prof|med|jur|von|van|de|der|zu)\.?\s+)*(?:[A-Z]\.\s*)?{_NAME}|\b[A-Z]\.\s?{_NAME}(?!\s*(?:amt|betrieb))"
    r"|\S+@\S+|\b(?:Tel|Telefon|App|Apparat|Durchwahl|DW|Fon|Raum|Zimmer)\b\.?:?\s*[\d\s/()+-]*\d|(?<![\w/])\+?\d{3,5}\s?[/-]\s?\d{2,}[\d-]*|\btel:\S+"
)
_WORD = re.compile(r"[^\s;|\n()\[\]:→⇒➔➜/]+")
_ENDS_A_UNIT = re.compile(
    r"(?:amt|betrieb|betriebe|referat|dezernat|abteilung|kaemmerei|buecherei|bibliothek|jobcenter|volkshochschule|vhs|feuerwehr|stelle|buero"
    r"|museum|theater|direktion|intendanz|agentur|akademie|verwaltung|gmbh|zentrale|kanzlei|stadtwerke|kasse|archiv|dienst|dienste|management|rat|beauftragter?|musikschule|stab|polizei|schule|institut|verband|region)$"
)
_SURELY_A_UNIT = re.compile(r"(?:amt|referat|dezernat|abteilung|eigenbetrieb|jobcenter|kaemmerei)$")
_BEGINS_A_UNIT = re.compile(
    r"^(?:amt|fachbereich|fachdienst|fb|fd|abteilung|abt|referat|stabsstelle|stabstelle|sachgebiet|sg|dezernat|dez|buero|team|eigenbetrieb|stadtbetrieb"
    r"|geschaeftsbereich|koordinierungsstelle|koordinationsstelle|fachstelle|leitstelle|servicestelle|zentrum|institut|beauftragter?|stadt|kreis|department|office)\b"
)
_PART = re.compile(r"(?:abt|abteilung|team|sachgebiet|sg|fachstelle|arbeitsgruppe)\b")
_JOINED = re.compile(r"[\s\-–—(:=]*")
_BRACKETED = re.compile(r"[\s\-–—]*[(\[]\s*")
_LONGEST_WINDOW = 14


@dataclass(frozen=True, slots=True)
class Mention:
    """One department named in a text: from where to where, as written, how it was recognised, which known ids it may be."""

    start: int
    end: int
    label: str
    how: How
    ids: tuple[str, ...] = ()
    directorate: bool = False
    part: bool = False

    @property
    def id(self) -> str | None:
        """The known department, where only one can be meant."""
        return self.ids[0] if len(self.ids) == 1 and self.how in {"code", "name", "near"} else None


def persons_in(text: str) -> list[tuple[int, int]]:
    """Return the places of names of persons, telephone numbers and addresses."""
    return [match.span() for match in PERSON.finditer(text)]


def mentions_in(text: str, names: UnitNames) -> list[Mention]:
    """Return the departments named in a text, in their order."""
    taken = persons_in(text)
    found = list(_codes(text, names, taken))
    taken = [*taken, *((one.start, one.end) for one in found)]
    for start, end in _stretches(text, taken):
        explains = any(_stands_by(text, start, end, one) for one in found if one.how == "code")
        found += _in_stretch(text, start, end, names, explains)
    return sorted(found, key=lambda one: one.start)


def _stands_by(text: str, start: int, end: int, code: Mention) -> bool:
    """Whether a number stands right before a name, or behind it in brackets: then they name one department."""
    if code.end <= start:
        return bool(_JOINED.fullmatch(text[code.end : start]))
    return code.start >= end and bool(_BRACKETED.fullmatch(text[end : code.start]))


def _free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return not any(first < end and start < last for first, last in taken)


def _in_stretch(text: str, start: int, end: int, names: UnitNames, explains: bool) -> list[Mention]:
    """Return the departments in words without a number: the whole if it is a name, then known names in it, then the rest."""
    piece = text[start:end]
    if ids := names.by_name(piece):
        return [_named(start, piece, ids)]
    near = _near(start, piece, names)
    if near and near.how == "near":
        return [near]
    found = list(_known_names(text, names, start, end))
    taken = [(0, start), (end, len(text)), *((one.start, one.end) for one in found)]
    for first, last in _stretches(text, taken):
        found += _unexplained(text, first, last, names, explains)
    return found


def _known_names(text: str, names: UnitNames, first: int, last: int) -> Iterator[Mention]:
    """Known names between two places, the longest where they overlap."""
    words = [(found.start() + first, found.end() + first) for found in _WORD.finditer(text[first:last])]
    at = 0
    while at < len(words):
        for stop in range(min(len(words), at + _LONGEST_WINDOW), at, -1):
            start, end = words[at][0], words[stop - 1][1]
            piece = text[start:end].strip(" ,-–—.")
            ids = names.by_name(piece, bare=False) if piece else frozenset()
            if ids:
                yield _named(text.index(piece, start), piece, ids)
                at = stop
                break
        else:
            at += 1


def _unexplained(text: str, start: int, end: int, names: UnitNames, explains: bool) -> Iterator[Mention]:
    """Near names, then words that look like a department; behind a number they are one name, never several."""
    piece = text[start:end]
    if near := _near(start, piece, names):
        yield near
        return
    for first, last in [(0, len(piece))] if explains else _pieces(piece, names):
        part = piece[first:last]
        if ids := names.by_name(part):
            yield _named(start + first, part, ids)
            continue
        found = _near(start + first, part, names) or _unknown(start + first, part, names)
        if found:
            yield found


def _named(start: int, piece: str, ids: frozenset[str]) -> Mention:
    return Mention(
        start, start + len(piece), piece, "name", tuple(sorted(ids)), fold(piece).startswith("dezernat")
    )


def _coded(start: int, end: int, code: Code, ids: frozenset[str]) -> Mention:
    return Mention(
        start,
        end,
        code.label,
        "code",
        tuple(sorted(ids)),
        code.prefix == "dez",
        code.prefix in {"abt", "sg", "t"},
    )


def _codes(text: str, names: UnitNames, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    for match in CODE.finditer(text):
        if _free(*match.span(), taken):
            yield from _several(text, match, names)
    bare = BARE_CODE.fullmatch(text.strip())
    if bare and _free(0, len(text), taken):
        start = text.index(bare[0])
        yield Mention(start, start + len(bare[0]), bare[0], "code", tuple(sorted(names.by_number(bare[0]))))


def _several(text: str, match: re.Match[str], names: UnitNames) -> Iterator[Mention]:
    """Yield a number with its prefix, and the numbers after it that share the prefix: "FB 45/56"."""
    code = code_of(match)
    pair = re.fullmatch(r"(\d{2,3})/(\d{2,3})", match["number"])
    if pair and not names.by_code(code) and len(pair[1]) == len(pair[2]) and not _is_merged(code, pair):
        middle = match.start("number") + len(pair[1])
        yield _one_code(match.start(), middle, numbered(code, pair[1]), names)
        yield _one_code(middle + 1, match.end(), numbered(code, pair[2]), names)
    else:
        yield _one_code(match.start(), match.end(), code, names)
    at = match.end()
    while (more := more_numbers(text, at)) and more["number"].isdigit() == match["number"][:1].isdigit():
        yield _one_code(more.start("number"), more.end(), numbered(code, more["number"]), names)
        at = more.end()


def _is_merged(code: Code, pair: re.Match[str]) -> bool:
    """Whether two numbers are one enterprise ("E 46/47")."""
    return code.prefix == "e" and int(pair[2]) == int(pair[1]) + 1


def _one_code(start: int, end: int, code: Code, names: UnitNames) -> Mention:
    made = _coded(start, end, code, names.by_code(code))
    whole = re.split(r"[./-]", code.number)[0]
    above = names.by_code(replace(code, number=whole)) if whole != code.number else frozenset[str]()
    other = () if made.ids else tuple(sorted(names.by_number(code.number) or above))
    return replace(made, ids=other, how="unknown") if other else made


def _stretches(text: str, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Text between brackets, line ends and what is taken, without the commas and words at its edges."""
    hard = [match.span() for match in re.finditer(r"[;|\n()\[\]:]|→|->|=>|⇒|➔|➜|\s/\s|/|\s[-–—]\s", text)]
    at = 0
    for start, end in sorted([*hard, *taken, (len(text), len(text))]):
        if start > at:
            yield from _trimmed(text, at, start)
        at = max(at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip(" ,.-–—"))
    start, piece = start + lead, piece.strip(" ,-–—")
    while piece and (word := next((w for w in _linking() if _starts(piece, w)), "")):
        start, piece = _advance(start, piece, len(word))
    while piece and (word := next((w for w in _linking() if _stops(piece, w)), "")):
        piece = piece[: -len(word)].rstrip(" ,-–—")
    if piece:
        yield start, start + len(piece)


def _starts(piece: str, word: str) -> bool:
    return piece[: len(word)].casefold() == word and not piece[len(word) : len(word) + 1].isalnum()


def _stops(piece: str, word: str) -> bool:
    return piece[-len(word) :].casefold() == word and (
        len(piece) == len(word) or not piece[-len(word) - 1].isalnum()
    )


def _advance(start: int, piece: str, count: int) -> tuple[int, str]:
    rest = piece[count:]
    kept = rest.lstrip(" ,.-–—")
    return start + count + len(rest) - len(kept), kept


@cache
def _linking() -> tuple[str, ...]:
    """Words that only link or qualify departments, the longest first."""
    lists = load_sheet_words().lists
    words = {
        w.casefold() for name in ("with_words", "lead_words", "old_words", "new_words") for w in lists[name]
    }
    plain = (
        {w.strip("().:-") for w in words}
        | words
        | {
            "u.",
            "und",
            "&",
            "+",
            "sowie",
            "bzw.",
            "bzw",
            "oder",
            "durch",
            "von",
            "bei",
            "seit",
            "ab",
            "bis",
            "and",
            "or",
        }
    )
    return tuple(sorted((w for w in plain if w.strip()), key=lambda w: (-len(w), w)))


def _near(start: int, piece: str, names: UnitNames) -> Mention | None:
    hits = names.near(piece)
    if not hits:
        return None
    clear = hits[0][1] >= NEAR and (len(hits) == 1 or hits[0][1] - hits[1][1] >= MARGIN)
    ids = (hits[0][0],) if clear else tuple(unit for unit, _ in hits)
    return Mention(start, start + len(piece), piece, "near" if clear else "maybe", ids)


def _pieces(piece: str, names: UnitNames) -> Iterator[tuple[int, int]]:
    """Yield a list of departments in its parts, if each part looks like one of its own; otherwise the whole."""
    cuts = [match.span() for match in re.finditer(r",\s*|\s+(?:u\.|und|&|\+|sowie)\s+", piece)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(piece)]
    parts = list(zip(starts, ends, strict=True))
    alone = _is_surely_unit if any("," not in piece[a:b] for a, b in cuts) else _is_whole_unit
    if len(parts) > 1 and all(
        alone(part) or names.by_name(part, bare=False) for part in (piece[a:b] for a, b in parts)
    ):
        yield from parts
    else:
        yield 0, len(piece)


def _is_whole_unit(part: str) -> bool:
    words = fold(part)
    return bool(words) and bool(_BEGINS_A_UNIT.search(words) or _ENDS_A_UNIT.search(words))


def _is_surely_unit(part: str) -> bool:
    """Whether a part of a name joined by "und" is a department of its own, as "Sozialamt" is and "Musikdirektion" is not."""
    words = fold(part)
    return bool(_BEGINS_A_UNIT.search(words) or _SURELY_A_UNIT.search(words))


def _unknown(start: int, part: str, names: UnitNames) -> Mention | None:
    """Return a name that nobody knows but that looks like a department's; it may be short for a known one."""
    if not looks_like_unit(part) and not names.explains(part):
        return None
    return Mention(
        start,
        start + len(part),
        part,
        "unknown",
        names.partly(part),
        _is_above(part),
        bool(_PART.match(fold(part))),
    )


def _is_above(name: str) -> bool:
    """Whether a name is a directorate's or the city's: it says where a department belongs."""
    return bool(re.match(r"(?:dezernat|dez|stadt|kreis)\b", fold(name)))


def looks_like_unit(text: str) -> bool:
    """Whether a name has a word that departments are named by ("Jugendamt", "Soziales", "Stabsstelle Klima").

    >>> looks_like_unit("Stabsstelle Klima"), looks_like_unit("Müller")
    (True, False)
    """
    words = fold(text).split()
    stems = _stems()
    return bool(words) and (
        _is_whole_unit(text) or any(word in stems or word.startswith(_long_stems()) for word in words)
    )


@cache
def _stems() -> frozenset[str]:
    return frozenset(fold(word) for word in load_sheet_words().lists["unit_stems"])


@cache
def _long_stems() -> tuple[str, ...]:
    return tuple(stem for stem in _stems() if len(stem) >= 5)  # noqa: PLR2004 - shorter ones begin surnames
