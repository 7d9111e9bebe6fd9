"""Values of records as the tables hold them: codes, amounts, places, lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from graph.intake.sheets.delivering.ids import folded
from graph.intake.sheets.review import Record, Where
from ontology.vocabulary import load_vocabulary

_NUMBER = re.compile(r"([+-]?\d{1,3}(?:[. ]\d{3})*|[+-]?\d+)(?:,(\d+))?\s*(?:€|EUR|Euro)?")


@cache
def notations(scheme: str) -> Mapping[str, str]:
    """Return the words of a list by what it calls them: notation and labels, the first one that has a name."""
    found: dict[str, str] = {}
    for notation, concept in load_vocabulary().schemes[scheme].concepts.items():
        for name in (notation, concept.label.de, concept.label.en):
            found.setdefault(folded(name), notation)
    return found


def place_text(where: Where) -> str:
    """Return a place as a spreadsheet names it.

    >>> place_text(Where("Bestand", 7)), place_text(Where("Steckbrief", 7, "C", "C7"))
    ('Bestand, Zeile 7', 'Steckbrief, C7')
    """
    return f"{where.sheet}, {where.cell or f'Zeile {where.row}'}" if where.row or where.cell else where.sheet


def joined(held: str, *more: str) -> str:
    """Return a list of ids as a cell holds it, with more of them, each once."""
    return ";".join(dict.fromkeys(filter(None, [*held.split(";"), *more])))


def amounts(kind: str, record: Record, held: Mapping[str, str]) -> dict[str, str]:
    """Return the amounts of a goal or measure: numbers where they are plain, else the wording."""
    name, number, words = ("target_value", "target_value", "note") if kind == "goals" else (
        "cost", "cost_eur", "cost_note",
    )  # fmt: skip
    text = record.text(name)
    if not text:
        return {}
    if amount := _amount(text):
        return {number: amount}
    return {words: "; ".join(filter(None, [held.get(words, ""), text]))}


def _amount(text: str) -> str:
    """Return a plain amount as a decimal number; empty where there is more to it.

    >>> _amount("1.250.000 €"), _amount("12,5"), _amount("ca. 3 Mio.")
    ('1250000', '12.5', '')
    """
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        return ""
    whole = re.sub(r"[. ]", "", match[1])
    return f"{whole}.{match[2]}" if match[2] else whole
