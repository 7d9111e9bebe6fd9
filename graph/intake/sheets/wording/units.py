"""Which department a cell names as the lead, which beside it, which as what was before; persons are left out and said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from graph.errors import Text
from graph.intake.sheets.known import KnownThing
from graph.intake.sheets.wording.empties import empty_kind
from graph.intake.sheets.wording.folding import clean, compact, fold
from graph.intake.sheets.wording.mentions import Mention, mentions_in, persons_in
from graph.intake.sheets.wording.unit_names import CODE, UnitNames
from ontology.sheet_words import load_sheet_words

Marker = Literal["", "ditto", "everyone", "external", "person", "empty"]
_Relation = Literal["lead", "flagged", "with", "former", "superior", "same"]
_MORE = "\0"  # stands behind a gap that another department follows

_CERTAINTIES = {"code": 1.0, "name": 1.0, "near": 0.8, "maybe": 0.3, "unknown": 0.7}
_DOUBTFUL = 0.3
_LONGEST, _LONGEST_LIST, _QUOTED = 400, 2000, 60  # a longer cell is a text, not the name of a department
_AND = re.compile(r"\b(?:und|u\.|sowie|and)(?=\W)|[&+]")
_QUOTES = re.compile(r"""^[-–—_.\s]*["„“”«»'’‘´`〃″,]{1,4}[-–—_.\s"„“”«»'’‘´`,]*$""")
_ARROW = re.compile(r"→|->|-->|=>|⇒|➔|➜|(?<=\s)>(?=\s)|>>")
_UNTIL = re.compile(r"\(?\s*(?:bis|until)\s+(?:\w+\s+)?(?:\d{1,2}[./]){0,2}(?:19|20)\d\d", re.IGNORECASE)
_SINCE = re.compile(
    r"(?:seit|ab|since|from)\s+(?:dem\s+)?(?:\w+\s+)?(?:\d{1,2}[./]){0,2}(?:19|20)\d\d\W*$", re.IGNORECASE
)
_STOP = r"\.?\s*(?:[)\],;/\n→+&|]|$|und\b|u\.|mit\b)"
_UNTIL_INSIDE = re.compile(
    r"[\[(]\s*(?:bis|until|vor|before)\s+(?:\w+\s+)?(?:\d{1,2}[./]){0,2}(?:19|20)\d\d\s*[:,]?\s*$",
    re.IGNORECASE,
)  # "FB 36 (bis 2018 FB 61)": the year belongs to what follows it in the bracket
_OLD_AFTER = re.compile(r"\s*[\[(]?\s*(?:alt|alte|old|ehem\w*|früher|vormals|bisher)" + _STOP, re.IGNORECASE)
_LEAD_AFTER = re.compile(
    r"\s*[\[(]?\s*(?:ff|federf\w*|lead|leitung|ltg|hauptverantw\w*)" + _STOP, re.IGNORECASE
)
_BESIDE_AFTER = re.compile(
    r"\s*[\[(]?\s*(?:beteiligt|bet|mitw\w*|beratend|unterstützend)" + _STOP, re.IGNORECASE
)
_NOT = re.compile(r"\b(?:nicht|keine?|ohne|statt|anstatt|anstelle von|not|instead of)\W*$", re.IGNORECASE)
_COMING = re.compile(
    r"(?:künftig|zukünftig|geplant|voraussichtlich|vorauss\.|demnächst|perspektivisch|future|planned)\W*$",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\?|\b(?:evtl|eventuell|vermutlich|verm|ggf|wohl|wahrscheinlich|möglicherweise|vielleicht|unklar|ungeklärt|strittig|offen|tbd|probably|maybe|possibly)\b",
    re.IGNORECASE,
)
_JOINS_A_NAME = re.compile(r"[\s\-–—(:,=]*$|\s*[-–—(:=]+\s*")


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A department as a cell names it.

    ``label`` is the name as written, cleaned ("FB 56"); ``id`` is the known unit, if one is meant for certain. ``marker`` says
    that the cell names no department of its own: "ditto" means the value of the cell above. ``others`` are named beside the
    lead; ``former`` are named as what was before; ``left_out`` is what was not taken (names of persons). A ``certainty``
    under 0.5 is no value, only a guess that ``question`` asks about; ``candidates`` are ids that may be meant. Where several
    are named and none as the lead, the label is empty and all are ``others``.
    """

    label: str
    id: str | None = None
    certainty: float = 0.0
    candidates: tuple[str, ...] = ()
    marker: Marker = ""
    others: tuple[UnitMatch, ...] = ()
    former: tuple[UnitMatch, ...] = ()
    left_out: str = ""
    question: Text | None = None


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
        lead = self._shown(_lead(seen, _related(main, found)))
        left = ", ".join(filter(None, (_left_out(main, found), outside)))
        return replace(_doubted(seen, lead), left_out=left)

    def _shown(self, match: UnitMatch) -> UnitMatch:
        """Write a number as the known department writes it; ask about a name that is new among known ones."""
        if match.id and _is_number(match.label):
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
        related = _related(seen, mentions_in(seen, self._names))
        return tuple(_match(one) for one, relation in related if relation not in {"former", "same"})


_WRAPPED = re.compile(
    r"\n(?=(?:und|u\.|sowie|für|&|\+)\s)|(?<=\bund)\n|(?<=\bu\.)\n|(?<=\bfür)\n|(?<=[&,])\n"
)


def _in_one_line(seen: str) -> str:
    r"""Return a cell with names in one line that were wrapped at "und".

    >>> _in_one_line("Fachbereich Stadtentwicklung\nund Verkehr")
    'Fachbereich Stadtentwicklung und Verkehr'
    """
    return _WRAPPED.sub(" ", seen)


def _is_number(label: str) -> bool:
    return bool(CODE.fullmatch(label) or label[:1].isdigit())


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
    return UnitMatch(" ".join(seen.split()), certainty=_DOUBTFUL, question=asked)


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
    return frozenset(word for name in names for phrase in _folded(name) for word in phrase.split())


def _doubted(seen: str, lead: UnitMatch) -> UnitMatch:
    """Make a lead that the cell itself doubts a guess."""
    if not lead.label or not _DOUBT.search(seen):
        return lead
    return replace(
        lead, certainty=min(lead.certainty, _DOUBTFUL), question=lead.question or _sure(seen, lead.label)
    )


def _sure(seen: str, label: str) -> Text:
    return Text(f"„{seen}“: Ist {label} federführend?", f"“{seen}”: Does {label} lead?")


def _new(label: str) -> Text:
    return Text(
        f"„{label}“ ist noch keine bekannte Dienststelle. Ist es eine neue, oder ein anderer Name einer bekannten?",
        f"“{label}” is not yet a known department. Is it a new one, or another name of a known one?",
    )


def _related(seen: str, found: list[Mention]) -> list[tuple[Mention, _Relation]]:
    """Return each department with what it is in this cell."""
    related: list[tuple[Mention, _Relation]] = []
    sticky = False
    for number, one in enumerate(found):
        before = seen[found[number - 1].end if number else 0 : one.start]
        last = number + 1 == len(found)
        after = seen[one.end :] if last else seen[one.end : found[number + 1].start] + _MORE
        relation = _relation(before, after, related, one)
        sticky = (sticky or relation == "with") and relation != "flagged"
        if sticky and relation == "lead":
            relation = "with"
        if _replaces(before) and related:
            related = [(earlier, "former") for earlier, _ in related]
            relation = "lead"
        related.append((one, relation))
    return _without_superiors(seen, related)


def _relation(before: str, after: str, related: list[tuple[Mention, _Relation]], one: Mention) -> _Relation:
    if (
        _UNTIL_INSIDE.search(before)
        or _says(before, "old_words", end=True)
        or _says_old(after)
        or _NOT.search(before)
    ):
        return "former"
    if _COMING.search(before):
        return "with"
    if related and _explains(related[-1][0], before, one):
        return "same"
    if _says(before, "with_words", end=True) or _beside(after):
        return "with"
    if _says(before, "lead_words", end=True) or _flagged(after):
        return "flagged"
    return "lead"


def _replaces(before: str) -> bool:
    return bool(_ARROW.search(before)) or _says(before, "new_words", end=True) or bool(_SINCE.search(before))


def _says(gap: str, words: str, *, end: bool) -> bool:
    """Whether a gap ends with (or begins with) one of the words of a list."""
    bare = re.sub(r"^[\s,;/(:–-]+|[\s(:–-]+$", "", re.split(r"[,;/)\]\n]", gap)[-1] if end else gap)
    told = f" {fold(bare)}" if end else f"{fold(bare)} "
    return any(told.endswith(f" {word}") if end else told.startswith(f"{word} ") for word in _folded(words))


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in load_sheet_words().lists[name]) - {""}


def _says_old(after: str) -> bool:
    if _UNTIL_INSIDE.search(after.removesuffix(_MORE)) and after.endswith(_MORE):
        return False
    return bool(_OLD_AFTER.match(after)) or bool(_UNTIL.match(after.strip()))


def _flagged(after: str) -> bool:
    return bool(_LEAD_AFTER.match(after))


def _beside(after: str) -> bool:
    return bool(_BESIDE_AFTER.match(after))


def _explains(last: Mention, before: str, one: Mention) -> bool:
    """Whether a department is only another name of the one before it: number and name, or a part of it."""
    if (last.id and last.id == one.id) or _same_directorate(last, one):
        return True
    if last.id and one.id:
        return False
    linked = _JOINS_A_NAME.fullmatch(before) is not None and "," not in before
    numbers = [
        which.how == "code" or (which.how == "unknown" and _is_number(which.label)) for which in (last, one)
    ]
    if one.part and not last.part:
        return linked or bool(re.fullmatch(r"\s*[/,]\s*", before))
    return linked and numbers[0] != numbers[1]


def _same_directorate(last: Mention, one: Mention) -> bool:
    """Whether two directorates have the same number: "Dezernat I (Dez. I)"."""
    return last.directorate and one.directorate and last.label.split()[-1] == one.label.split()[-1]


def _without_superiors(
    seen: str, related: list[tuple[Mention, _Relation]]
) -> list[tuple[Mention, _Relation]]:
    """Set directorates aside: beside a department they say where it belongs, unless "und" joins them."""
    active = [one for one, relation in related if relation in {"lead", "flagged"}]
    if all(one.directorate or one.part for one in active):
        return related
    joined = {one for one, other in pairwise(active) if _AND.search(seen[one.end : other.start])}
    joined |= {other for one, other in pairwise(active) if _AND.search(seen[one.end : other.start])}
    return [
        (
            one,
            "superior"
            if (one.directorate or one.part) and relation == "lead" and one not in joined
            else relation,
        )
        for one, relation in related
    ]


def _lead(seen: str, related: list[tuple[Mention, _Relation]]) -> UnitMatch:
    former = tuple(_match(one) for one, relation in related if relation == "former")
    beside = tuple(_match(one) for one, relation in related if relation == "with")
    flagged = [one for one, relation in related if relation == "flagged"]
    plain = [one for one, relation in related if relation == "lead"]
    leads = flagged or plain
    if flagged:
        beside = (*(_match(one) for one in plain), *beside)
    if len(leads) == 1:
        return replace(_named_twice(related, leads[0]), others=beside, former=former)
    return _undecided(seen, [_match(one) for one in leads], beside, former)


def _named_twice(related: list[tuple[Mention, _Relation]], lead: Mention) -> UnitMatch:
    """Return the lead, by its number where the cell gives number and name."""
    at = next(place for place, (one, _) in enumerate(related) if one is lead)
    twins = []
    for one, relation in related[at + 1 :]:
        if relation != "same":
            break
        twins.append(one)
    best = next(
        (one for one in (lead, *twins) if one.how == "code"),
        next((one for one in (lead, *twins) if one.id), lead),
    )
    named = [one for one in twins if one.how == "unknown" and one.start > best.end]
    if best.directorate and not best.id and named:  # of a directorate the number alone says little
        best = replace(best, label=f"{best.label} {named[0].label}")
    return _match(best)


def _match(one: Mention) -> UnitMatch:
    certainty = _CERTAINTIES[one.how]
    if one.how == "code" and not one.id:
        certainty = 0.9 if not one.ids else _DOUBTFUL
    if one.how == "code" and one.id and one.label[:1].isdigit():
        certainty = 0.8
    asked = None if one.id or (one.how in {"code", "unknown"} and not one.ids) else _which(one)
    return UnitMatch(" ".join(one.label.split()), one.id, certainty, one.ids, question=asked)


def _which(one: Mention) -> Text:
    guess = ", ".join(one.ids)
    de, en = (f" Vermutlich: {guess}.", f" Probably: {guess}.") if guess else ("", "")
    return Text(
        f"Welche Dienststelle ist mit „{one.label}“ gemeint?{de}",
        f"Which department does “{one.label}” mean?{en}",
    )


def _undecided(
    seen: str, leads: list[UnitMatch], beside: tuple[UnitMatch, ...], former: tuple[UnitMatch, ...]
) -> UnitMatch:
    candidates = tuple(dict.fromkeys(unit for match in (*leads, *former) for unit in match.candidates))
    if leads:
        named = ", ".join(match.label for match in leads)
        asked = Text(
            f"„{seen}“ nennt mehrere Dienststellen ({named}). Welche ist federführend?",
            f"“{seen}” names several departments ({named}). Which one leads?",
        )
    else:
        asked = Text(
            f"„{seen}“ nennt keine heutige Federführung. Welche Dienststelle ist heute federführend?",
            f"“{seen}” names no lead of today. Which department leads today?",
        )
    return UnitMatch("", None, _DOUBTFUL, candidates, others=(*leads, *beside), former=former, question=asked)
