"""One common form of what people type: for comparing, never for keeping."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f]")
_BREAK = re.compile(r"(?<=[^\W\d_])[-‐‑]\s*[\n\r]+\s*(?!(?:und|oder|bzw)\b)(?=[a-zäöüß])")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣-", "-"))
_GENDER = re.compile(r"(?<=[a-z])\s?[(*:/_·-]+(?P<ending>innen|inn|in|r|n|en|e|s)\)?(?![a-z0-9])")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae"})
_NO_WORD = re.compile(r"[^a-z0-9§#]+")


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    r"""Return a cell as a person reads it: composed letters, no invisible signs, words joined over line ends.

    Line breaks stay where they part something.

    >>> clean("Feder-\nführung\u00a0 (Amt)")
    'Federführung (Amt)'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = _BREAK.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    lines = (" ".join(line.split()) for line in seen.splitlines())
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return words and numbers only, in lower case, umlauts spelled out, endings in brackets joined.

    >>> fold("Zielgruppe(n)*:"), fold("Rechtsgrundl. "), fold("Beschluß–Datum")
    ('zielgruppen', 'rechtsgrundl', 'beschluss datum')
    """
    lowered = unicodedata.normalize("NFKC", clean(text)).translate(_DASHES).casefold()
    plain = unicodedata.normalize("NFC", lowered).translate(_UMLAUTS)
    if not plain.isascii():
        plain = "".join(
            sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign)
        )
    plain = _GENDER.sub(r"\g<ending>", plain)
    return _NO_WORD.sub(" ", plain).strip()


def compact(text: str) -> str:
    """Return the folded text without spaces: "Beschluss-Datum" is "Beschlussdatum".

    >>> compact("Beschluss-Datum") == compact("Beschluss datum") == compact("BESCHLUSSDATUM:")
    True
    """
    return fold(text).replace(" ", "")
