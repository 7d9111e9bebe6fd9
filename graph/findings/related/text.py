"""The words of a text in German or English, brought to a common form so that they can be compared.

German: umlauts folded, endings taken off until four letters are left, compounds also as the known words they are made
of. English: the plural taken off (Harman 1991, "How effective is suffixing?"). Words that only bind a sentence together
are left out; the lists lie beside this module in ``words/``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import resources

LANGUAGES = ("de", "en")
_WORD = re.compile(r"[^\W\d_]{2,}")
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
_ENDINGS = ("ern", "em", "en", "er", "es", "e", "n", "s")
_SHORTEST_STEM = 4
_KNOWN_TWICE = 2


@cache
def binding_words(language: str) -> frozenset[str]:
    """Return the words of a language that say nothing about the matter of a text."""
    return _listed(f"{language}.txt")


@cache
def planning_words(language: str) -> frozenset[str]:
    """Return the stems of words that any plan may say, whatever it is about: *Konzept*, *Fortschreibung*, *Ziel*."""
    stem = _german if language == "de" else _english
    return frozenset(map(stem, _listed(f"{language}-planning.txt")))


@cache
def _listed(name: str) -> frozenset[str]:
    lines = resources.files("graph.findings").joinpath("words", name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.casefold().split())


def language_of(texts: Iterable[str]) -> str:
    """Return the language that most binding words of ``texts`` belong to; German where both have as many.

    >>> language_of(["Plan for the city"]), language_of(["Plan für die Stadt"])
    ('en', 'de')
    """
    count = Counter(word for text in texts for word in _words(text))
    said = {language: sum(count[word] for word in binding_words(language)) for language in LANGUAGES}
    return "en" if said["en"] > said["de"] else "de"


def direction(text: str, language: str) -> int:
    """Return 1 where a text wants more of something, -1 where less, 0 where neither or both.

    >>> direction("Parkplätze verringern", "de"), direction("Mehr Parkplätze", "de"), direction("Parkplätze", "de")
    (-1, 1, 0)
    """
    said = _words(text)
    up, down = (any(_says(word, f"{language}-{way}.txt") for word in said) for way in ("up", "down"))
    return int(up) - int(down)


@cache
def _says(word: str, name: str) -> bool:
    """Whether a word stands in a list, or begins like one that ends in ``*`` there."""
    listed = _listed(name)
    return word in listed or any(word.startswith(entry[:-1]) for entry in listed if entry.endswith("*"))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def stems(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield each word that says something, as its stem and as it is written (in lower case).

    >>> list(stems("Die Wohnungen der Stadt", "de"))
    [('wohnung', 'wohnungen'), ('stadt', 'stadt')]
    """
    binding = binding_words(language)
    stem = _german if language == "de" else _english
    for word in _words(text):
        if word not in binding:
            yield stem(word), word


@cache
def _german(word: str) -> str:
    stem = word.translate(_UMLAUTS)
    while ending := next(
        (e for e in _ENDINGS if stem.endswith(e) and len(stem) - len(e) >= _SHORTEST_STEM), ""
    ):
        stem = stem.removesuffix(ending)
    return stem


@cache
def _english(word: str) -> str:
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y" if len(word) > _SHORTEST_STEM else word
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word[:-1] if word.endswith("s") and not word.endswith(("us", "ss")) else word


def forms(texts: Iterable[str], language: str) -> dict[str, str]:
    """Return how each stem is most often written; of equals the first by alphabet."""
    count = Counter(pair for text in texts for pair in stems(text, language))
    found: dict[str, str] = {}
    for stem, word in sorted(count, key=lambda pair: (-count[pair], pair)):
        found.setdefault(stem, word)
    return found


def names(texts: Iterable[str], language: str) -> dict[str, str]:
    """Return the stems that name something, as most often written: German writes names with a capital.

    >>> names(["Das Wohnen stärken", "gutes Wohnen"], "de")
    {'wohn': 'Wohnen'}
    """
    binding = binding_words(language)
    stem = _german if language == "de" else _english
    count: Counter[tuple[str, str]] = Counter()
    for word in (word for text in texts for word in _WORD.findall(unicodedata.normalize("NFC", text))):
        if word.casefold() not in binding:
            count[stem(word.casefold()), word] += 1
    found: dict[str, str] = {}
    capital: Counter[str] = Counter()
    for (key, word), times in sorted(count.items(), key=lambda item: (-item[1], item[0])):
        is_name = word[0].isupper()
        capital[key] += times if is_name else -times
        if is_name or language != "de":
            found.setdefault(key, word)
    return {key: word for key, word in found.items() if capital[key] > 0 or language != "de"}


def read(texts: Sequence[str], language: str) -> list[list[str]]:
    """Return the stems of each text in order; in German each compound is followed by the words it is made of."""
    said = [[stem for stem, _ in stems(text, language)] for text in texts]
    if language != "de":
        return said
    count = Counter(stem for row in said for stem in set(row))
    known = frozenset(s for s, n in count.items() if n >= _KNOWN_TWICE and len(s) >= _SHORTEST_STEM)
    return [[part for stem in row for part in (stem, *parts(stem, known))] for row in said]


def parts(stem: str, known: AbstractSet[str]) -> tuple[str, ...]:
    """Return the two known stems that a compound is made of, the shortest last; nothing where it is none.

    >>> parts("klimaschutzkonzept", {"klimaschutz", "konzept", "klima"})
    ('klimaschutz', 'konzept')
    >>> parts("wohnungsbau", {"wohnung"})
    ()
    """
    for cut in range(len(stem) - _SHORTEST_STEM, _SHORTEST_STEM - 1, -1):
        first, last = stem[:cut], _german(stem[cut:])
        for head in (first, first.removesuffix("s"), _german(first)):
            if head in known and last in known:
                return head, last
    return ()
