"""How far a plan, measure or instrument is, as a code of the vocabulary; an unknown word stays a word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.errors import Text
from graph.intake.sheets.wording.folding import clean, compact
from ontology.sheet_words import load_sheet_words
from ontology.vocabulary import load_vocabulary

_SURE, _LIKELY, _TRIMMED = 1.0, 0.6, 0.9
_TAIL = re.compile(
    r"(?:[\s,;:]*\(.*\)|[\s,;:–-]+(?:seit|ab|bis|am|vom|durch|since|until|\d).*|\s*[,;–-]\s.*)$", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Status:
    """A status: the text as written, the code and its notation ("gültig") where the word is known, a question otherwise.

    ``certainty`` under 0.7 means: a best guess to be asked, not a value.
    """

    label: str
    code: str | None
    notation: str
    certainty: float
    question: Text | None


@lru_cache(maxsize=4096)
def status_of(text: str, scheme: str = "plan-status") -> Status:
    """Return the status that a cell gives.

    >>> status_of("i.K.").notation, status_of("in Kraft seit 2015").code, status_of("gelb").code
    ('gültig', 'valid', None)
    """
    seen = clean(text)
    code, certainty = _found(seen, scheme)
    if code is None and (head := _TAIL.sub("", seen)) and head != seen:
        code, certainty = _found(head, scheme)
        certainty = round(certainty * _TRIMMED, 2)
    asked = None if certainty > _LIKELY else _question(seen, code, scheme)
    return Status(seen, code, _notation(scheme, code), certainty, asked)


def _found(seen: str, scheme: str) -> tuple[str | None, float]:
    return _index(scheme).get(compact(seen), (None, 0.0))


@cache
def _index(scheme: str) -> dict[str, tuple[str | None, float]]:
    found: dict[str, tuple[str | None, float]] = {}
    for code, words in load_sheet_words().statuses[scheme].items():
        for how, certainty in (("sure", _SURE), ("likely", _LIKELY)):
            found |= {compact(word): (code, certainty) for word in words.get(how, ())}
    return found


def _notation(scheme: str, code: str | None) -> str:
    return _notations(scheme).get(code, "") if code else ""


@cache
def _notations(scheme: str) -> dict[str, str]:
    concepts = load_vocabulary().schemes[scheme].concepts
    return {concept.iri.rpartition("#")[2]: notation for notation, concept in concepts.items()}


def _question(seen: str, code: str | None, scheme: str) -> Text | None:
    if not seen:
        return None
    guess = _notation(scheme, code)
    de, en = (f" Vermutlich „{guess}“.", f" Probably “{guess}”.") if guess else ("", "")
    return Text(f"Welcher Stand ist mit „{seen}“ gemeint?{de}", f"Which status does “{seen}” mean?{en}")
