"""What a cell says that gives no value: there is none, nobody asked, or nobody knows."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from graph.intake.sheets.wording.folding import clean, compact
from ontology.sheet_words import load_sheet_words

EmptyKind = Literal["none", "notAsked", "unknown"]

_LISTS: tuple[tuple[str, EmptyKind], ...] = (
    ("empty_unknown", "unknown"),
    ("empty_not_asked", "notAsked"),
    ("empty_none", "none"),
)
_WRAPPED = re.compile(r"^[(\[<]+(.*?)[)\]>]+$", re.DOTALL)
_SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—―−_", "-"))


@lru_cache(maxsize=8192)
def empty_kind(text: str) -> EmptyKind | None:
    """Return which kind of empty a cell says, None where it says something else or nothing at all.

    >>> empty_kind("entfällt"), empty_kind("k. A."), empty_kind("wird noch abgefragt"), empty_kind("")
    ('none', 'unknown', 'notAsked', None)
    """
    seen = clean(text)
    if wrapped := _WRAPPED.match(seen):
        seen = wrapped[1].strip()
    return _words().get(compact(seen)) if compact(seen) else _signs(seen)


@cache
def _words() -> dict[str, EmptyKind]:
    lists = load_sheet_words().lists
    return {compact(word): kind for name, kind in _LISTS for word in lists[name] if compact(word)}


def _signs(seen: str) -> EmptyKind | None:
    """Return what signs without any letter say: a question mark that nobody knows, a dash or a slash that there is none."""
    bare = seen.translate(_SIGNS).replace(" ", "")
    if not bare:
        return None
    if "?" in bare and not bare.strip("?.!-/"):
        return "unknown"
    return None if bare.strip("-/.…") else "none"
