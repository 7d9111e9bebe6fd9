"""Which department a cell names as the lead; persons are left out and said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from graph.errors import Text
from graph.intake.sheets.known import KnownThing
from graph.intake.sheets.wording.departments.matches import DOUBTFUL, Marker, UnitMatch, lead_of, match_of
from graph.intake.sheets.wording.departments.mentions import Mention, mentions_in, persons_in
from graph.intake.sheets.wording.departments.relations import folded_words, is_number, related_mentions
from graph.intake.sheets.wording.departments.unit_names import UnitNames
from graph.intake.sheets.wording.empties import empty_kind
from graph.intake.sheets.wording.folding import clean, compact, fold
from ontology.sheet_words import load_sheet_words

_LONGEST, _LONGEST_LIST, _QUOTED = 400, 2000, 60  # a longer cell is a text, not the name of a department
_QUOTES = re.compile(r"""^[-–—_.\s]*["„“”«»'’‘´`〃″,]{1,4}[-–—_.\s"„“”«»'’‘´`,]*$""")
_DOUBT = re.compile(
    r"\?|\b(?:evtl|eventuell|vermutlich|verm|ggf|wohl|wahrscheinlich|möglicherweise|vielleicht|unklar|ungeklärt|strittig|offen|tbd|probably|maybe|possibly)\b",
    re.IGNORECASE,
)


class Units:
    """The departments that are known, and what else they are called.

    ``aliases`` (a legend, corrections) lead from a text to an id or to a name.
    """

    def __init__(self, known: Iterable[KnownThing] = (), aliases: Mapping[str, str] | None = None) -> None:
        self._names = UnitNames(known, aliases or {})
        self._found: dict[str, UnitMatch] = {}

    def find(self, text: str) -> UnitMatch:
        """Return the department that a cell names as the lead.

        >>> found = Units().find("FB 61 (i. V. m. FB 36)")
        >>> found.label, [other.label for other in found.others]
        ('FB 61', ['FB 36'])
        >>> Units().find("dito").marker
        'ditto'
        """
        if text not in self._found:
            self._found[text] = self._find(_in_one_line(clean(text)))
        return self._found[text]

    def _find(self, seen: str) -> UnitMatch:
        if marker := _marker(seen):
            return UnitMatch("", marker=marker, question=_marker_question(seen, marker))
        whole = self._settled(seen)
        if whole or len(seen) > _LONGEST:
            return whole or _too_long(seen)
        main, outside = _without_external(seen)
        if not main:
            return UnitMatch(
                "", marker="external", left_out=outside, question=_marker_question(seen, "external")
            )
        found = mentions_in(main, self._names)
        if not found:
            return _nobody(seen)
        lead = self._shown(lead_of(seen, related_mentions(main, found)))
        left = ", ".join(filter(None, (_left_out(main, found), outside)))
        return replace(_doubted(seen, lead), left_out=left)

    def _shown(self, match: UnitMatch) -> UnitMatch:
        """Write a number as the known department writes it; ask about a name that is new among known ones."""
        if match.id and is_number(match.label):
            return replace(match, label=self._names.labels.get(match.id, match.label))
        if match.label and not match.id and not match.question and self._names.any_known:
            return replace(match, question=_new(match.label))
        return match

    def _settled(self, seen: str) -> UnitMatch | None:
        unit = self._names.by_alias(seen)
        return UnitMatch(" ".join(seen.split()), unit, 1.0) if unit else None

    def find_all(self, text: str) -> tuple[UnitMatch, ...]:
        """Return the departments that a cell lists, without those named as former ones.

        >>> [one.label for one in Units().find_all("FB 45, FB 56 und Jobcenter (früher ARGE)")]
        ['FB 45', 'FB 56', 'Jobcenter']
        """
        seen = _in_one_line(clean(text))
        if _marker(seen):
            return ()
        if settled := self._settled(seen):
            return (settled,)
        seen = seen[:_LONGEST_LIST]
        related = related_mentions(seen, mentions_in(seen, self._names))
        return tuple(match_of(one) for one, relation in related if relation not in {"former", "same"})


_WRAPPED = re.compile(
    r"\n(?=(?:und|u\.|sowie|für|&|\+)\s)|(?<=\bund)\n|(?<=\bu\.)\n|(?<=\bfür)\n|(?<=[&,])\n"
)


def _in_one_line(seen: str) -> str:
    r"""Return a cell with names in one line that were wrapped at "und".

    >>> _in_one_line("Fachbereich Stadtentwicklung\nund Verkehr")
    'Fachbereich Stadtentwicklung und Verkehr'
    """
    return _WRAPPED.sub(" ", seen)


def _marker(seen: str) -> Marker:
    if (
        not seen
        or (_QUOTES.match(seen) and any(sign in seen for sign in "\"„“”«»'’‘´`〃″,"))
        or compact(seen) in _keys("ditto")
    ):
        return "ditto" if seen else "empty"
    if empty_kind(seen):
        return "empty"
    return "everyone" if compact(seen) in _keys("everyone") else ""


@cache
def _keys(name: str) -> frozenset[str]:
    return frozenset(compact(word) for word in load_sheet_words().lists[name]) - {""}


def _marker_question(seen: str, marker: Marker) -> Text | None:
    if marker not in {"everyone", "external"}:
        return None
    return Text(
        f"Welche Dienststelle ist bei „{seen}“ federführend?",
        f"Which department leads where it says “{seen}”?",
    )


_EXTERNAL = re.compile(
    r"(?:\b(?:extern\w*|ext\.|Planungsbüro|Ingenieurbüro|Architekturbüro|Gutachter\w*|Fa\.|Firma|Auftragnehmer|consultant\w*)(?![\w]))",
    re.IGNORECASE,
)


def _without_external(seen: str) -> tuple[str, str]:
    """Return the part of a cell before an office from outside is named, and that part."""
    hit = _EXTERNAL.search(seen)
    if not hit:
        return seen, ""
    main = re.sub(r"[\s(,;/:+&-]*(?:\b(?:mit|durch|und|u\.|sowie|an)\s*)?$", "", seen[: hit.start()])
    return main, seen[hit.start() :].strip(" ()")


def _too_long(seen: str) -> UnitMatch:
    quoted = " ".join(seen[:_QUOTED].split())
    return UnitMatch(
        "",
        question=Text(
            f"„{quoted} …“ ist zu lang für den Namen einer Dienststelle. Welche ist federführend?",
            f"“{quoted} …” is too long for the name of a department. Which one leads?",
        ),
    )


def _nobody(seen: str) -> UnitMatch:
    """Judge a cell in which no department was recognised: a person, or a word that nobody knows."""
    asked = Text(f"Welche Dienststelle ist mit „{seen}“ gemeint?", f"Which department does “{seen}” mean?")
    persons = persons_in(seen)
    if persons and not fold(_without(seen, persons)):
        return UnitMatch("", marker="person", left_out=seen, question=asked)
    return UnitMatch(" ".join(seen.split()), certainty=DOUBTFUL, question=asked)


def _without(seen: str, spans: list[tuple[int, int]]) -> str:
    kept = list(seen)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def _left_out(seen: str, found: list[Mention]) -> str:
    persons = persons_in(seen)
    bare = _without(seen, [*persons, *((one.start, one.end) for one in found)])
    words = [word for word in re.findall(r"[A-ZÄÖÜ][\w-]{2,}", bare) if fold(word) not in _linking_words()]
    return ", ".join([*(seen[start:end].strip() for start, end in persons), *words])


@cache
def _linking_words() -> frozenset[str]:
    names = ("with_words", "lead_words", "old_words", "new_words", "unit_stems", "titles_of_people")
    return frozenset(word for name in names for phrase in folded_words(name) for word in phrase.split())


def _doubted(seen: str, lead: UnitMatch) -> UnitMatch:
    """Make a lead that the cell itself doubts a guess."""
    if not lead.label or not _DOUBT.search(seen):
        return lead
    return replace(
        lead, certainty=min(lead.certainty, DOUBTFUL), question=lead.question or _sure(seen, lead.label)
    )


def _sure(seen: str, label: str) -> Text:
    return Text(f"„{seen}“: Ist {label} federführend?", f"“{seen}”: Does {label} lead?")


def _new(label: str) -> Text:
    return Text(
        f"„{label}“ ist noch keine bekannte Dienststelle. Ist es eine neue, oder ein anderer Name einer bekannten?",
        f"“{label}” is not yet a known department. Is it a new one, or another name of a known one?",
    )
