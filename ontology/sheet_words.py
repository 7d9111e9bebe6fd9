"""The words people write in spreadsheets: sheet-words.json, synonyms of headings and idioms of cells, German and English."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SHEET_WORDS = Path(__file__).with_name("sheet-words.json")


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What a field is called in headings.

    ``sure`` names it alone, ``likely`` may also name something else, ``inside`` tells it within a longer heading.
    """

    sure: tuple[str, ...]
    likely: tuple[str, ...]
    inside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The whole list: headings by table and field, status words by scheme and code, and single lists of words by name."""

    headings: Mapping[str, Mapping[str, FieldWords]]
    statuses: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]
    lists: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]


@cache
def load_sheet_words() -> SheetWords:
    """Return the words of sheet-words.json."""
    read = json.loads(SHEET_WORDS.read_text("utf-8"))
    headings = {
        table: {name: _field(words) for name, words in fields.items()}
        for table, fields in read["headings"].items()
    }
    statuses = {
        scheme: {code: {how: tuple(words) for how, words in known.items()} for code, known in codes.items()}
        for scheme, codes in read["statuses"].items()
    }
    lists = {name: tuple(words) for name, words in read["lists"].items()}
    return SheetWords(headings, statuses, lists, read["months"])


def _field(words: Mapping[str, Any]) -> FieldWords:
    return FieldWords(*(tuple(words.get(how, ())) for how in ("sure", "likely", "inside")))
