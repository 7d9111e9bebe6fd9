"""What each department is in the cell that names it: the lead, beside it, what was before, or only another name."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Literal

from graph.intake.sheets.wording.departments.mentions import Mention
from graph.intake.sheets.wording.departments.unit_names import CODE
from graph.intake.sheets.wording.folding import fold
from ontology.sheet_words import load_sheet_words

Relation = Literal["lead", "flagged", "with", "former", "superior", "same"]
_MORE = "\0"  # stands behind a gap that another department follows
_AND = re.compile(r"\b(?:und|u\.|sowie|and)(?=\W)|[&+]")
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
_JOINS_A_NAME = re.compile(r"[\s\-–—(:,=]*$|\s*[-–—(:=]+\s*")


def related_mentions(seen: str, found: list[Mention]) -> list[tuple[Mention, Relation]]:
    """Return each department with what it is in this cell."""
    related: list[tuple[Mention, Relation]] = []
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


def _relation(before: str, after: str, related: list[tuple[Mention, Relation]], one: Mention) -> Relation:
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
    return any(
        told.endswith(f" {word}") if end else told.startswith(f"{word} ") for word in folded_words(words)
    )


@cache
def folded_words(name: str) -> frozenset[str]:
    """Return the words of a list, folded."""
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
        which.how == "code" or (which.how == "unknown" and is_number(which.label)) for which in (last, one)
    ]
    if one.part and not last.part:
        return linked or bool(re.fullmatch(r"\s*[/,]\s*", before))
    return linked and numbers[0] != numbers[1]


def _same_directorate(last: Mention, one: Mention) -> bool:
    """Whether two directorates have the same number: "Dezernat I (Dez. I)"."""
    return last.directorate and one.directorate and last.label.split()[-1] == one.label.split()[-1]


def _without_superiors(seen: str, related: list[tuple[Mention, Relation]]) -> list[tuple[Mention, Relation]]:
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


def is_number(label: str) -> bool:
    """Whether a department is named by its number."""
    return bool(CODE.fullmatch(label) or label[:1].isdigit())
