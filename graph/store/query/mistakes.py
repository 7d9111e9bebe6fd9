"""What is wrong with a text that is no SPARQL: common mistakes by name, else the engine's place."""

from __future__ import annotations

import re
from typing import Final

from graph.errors import QueryInvalid
from graph.store.query.tokens import TOKEN

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_REASON: Final = re.compile(r"[A-Z]\w* .*[a-z]{2}.*")
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_EXCERPT: Final = 24


def explain_invalid(message: str, text: str) -> QueryInvalid:
    """Return the error for ``text``, which the engine would not parse and said ``message``."""
    return _without_form(text) or _undeclared_prefix(text) or _at_place(message, text)


def _without_form(text: str) -> QueryInvalid | None:
    """Say so when no word asks for anything: ``SELEKT ?x``."""
    words = (token[0].upper() for token in TOKEN.finditer(text) if token.lastgroup == "word")
    if any(word.startswith(tuple(_FORMS)) for word in words):
        return None
    return QueryInvalid(
        "Dies ist keine Abfrage: Es fehlt SELECT, ASK, CONSTRUCT oder DESCRIBE.",
        "This is no query: SELECT, ASK, CONSTRUCT or DESCRIBE is missing.",
    )


def _undeclared_prefix(text: str) -> QueryInvalid | None:
    """Name the first prefix that is used and not declared."""
    declared, before = {"_"}, ""
    for token in TOKEN.finditer(text):
        prefix = token[0].partition(":")[0]
        if token.lastgroup == "name" and before == "PREFIX":
            declared.add(prefix)
        elif token.lastgroup == "name" and prefix not in declared:
            return _missing(prefix, *_count(text, token.start()))
        if token.lastgroup != "blank":
            before = token[0].upper()
    return None


def _missing(prefix: str, line: int, column: int) -> QueryInvalid:
    """Say what to write for an undeclared prefix."""
    return QueryInvalid(
        f"Zeile {line}, Spalte {column}: Das Präfix „{prefix}:“ ist nicht erklärt; "
        f"oben fehlt PREFIX {prefix}: <…>.",
        f"Line {line}, column {column}: the prefix “{prefix}:” is not declared; "
        f"add PREFIX {prefix}: <…> above.",
        (line, column),
    )


def _count(text: str, place: int) -> tuple[int, int]:
    """Return line and column of ``place``, from 1."""
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)


def _at_place(message: str, text: str) -> QueryInvalid:
    """Name line and column, what stands there, and the engine's reason if it is a sentence."""
    place = _PLACE.fullmatch(message)
    if place is None:
        de, en = "Dies ist keine gültige SPARQL-Abfrage", "This is no valid SPARQL query"
        return QueryInvalid(f"{de}: {message}", f"{en}: {message}")
    line, column = int(place[1]), int(place[2])
    there = text.split("\n")[line - 1][column - 1 :].strip()[:_EXCERPT]
    expected = re.sub(r"^expected (one of )?", "", place[3]).split(", ")
    reason = "".join(f" ({part})" for part in expected if _REASON.fullmatch(part))
    de, en = (f"ab „{there}“", f"from “{there}” on") if there else ("am Ende", "at the end")
    return QueryInvalid(
        f"Zeile {line}, Spalte {column}: Die Abfrage ist {de} kein gültiges SPARQL{reason}.",
        f"Line {line}, column {column}: {en} the query is no valid SPARQL{reason}.",
        (line, column),
    )
