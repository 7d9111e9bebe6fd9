"""Names of persons stay out of what is stored: units and roles answer for what is said, never a person."""

from __future__ import annotations

import re
from functools import lru_cache

LEFT_OUT = "[Person]"
_TITLED = re.compile(
    r"\b(?:Frau|Herrn?|Fr\.|Hr\.|Hrn\.|Mrs?\.?|Ms\.?)\s+(?:(?:Dr|Prof)\.\s*)*"
    r"[A-ZÄÖÜ][\w'’-]+(?:\s+[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)*(?=[\s,;)/]|$))?"
    r"|\b(?:Dr|Prof)\.\s+(?:Dr\.\s*)?[A-ZÄÖÜ][\w'’-]+"
)
_ADDRESS = re.compile(
    r"[^\s@]{1,100}@[^\s@]{1,200}\.\w+"
)  # bounded: a cell may hold 40,000 letters without a space
_TELEPHONE = re.compile(r"\b(?:Tel|Telefon|Durchwahl|DW|Fon|App)\b[.:]?\s*[\d\s/()+-]{3,}\d", re.IGNORECASE)


@lru_cache(maxsize=1024)
def without_persons(text: str) -> str:
    """Return a text with names after a form of address, e-mail addresses and telephone numbers left out.

    >>> without_persons("FB 45, Frau Müller (Tel. 0241 432-1234)")
    'FB 45, [Person] ([Person])'
    >>> without_persons("Frauen und Männer")
    'Frauen und Männer'
    """
    if "@" in text:
        text = _ADDRESS.sub(LEFT_OUT, text)
    return _TITLED.sub(LEFT_OUT, _TELEPHONE.sub(LEFT_OUT, text))


def names_a_person(text: str) -> bool:
    """Whether a text holds what ``without_persons`` leaves out."""
    return without_persons(text) != text
