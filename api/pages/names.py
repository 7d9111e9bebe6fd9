"""How things, values and dates read on a page, in the language of the page or of the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ontology.terms import EDTF, XSD
from ontology.text import Text

if TYPE_CHECKING:
    from graph.network.build import Network, Value

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATES = frozenset({XSD.date, XSD.gYear, XSD.gYearMonth, EDTF.EDTF})
_NUMBERS = frozenset({XSD.integer, XSD.decimal})
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_YES_NO = {"true": Text("ja", "yes"), "false": Text("nein", "no")}
_OPEN_END, _OPEN_START = Text("ab ", "from "), Text("bis ", "until ")
GERMAN = "de"


def name(network: Network, node: str) -> Text:
    """Return what a thing is called: a deliberation by body and date, an untitled source by its publisher."""
    labels = {value.lang: value.text for value in network.values(node, "prefLabel")}
    if labels:
        first = next(iter(labels.values()))
        return Text(labels.get("de", first), labels.get("en", labels.get("de", first)))
    if network.type(node) == "DeliberationStep":
        return _step_name(network, node)
    publisher = network.value(node, "publisherName")
    bare = network.id(node)
    short = bare.removeprefix("source/")
    return Text(f"{publisher} ({short})", f"{publisher} ({short})") if publisher else Text(short, short)


def _step_name(network: Network, step: str) -> Text:
    bodies = [network.label(body) for body in network.targets(step, "body")]
    day = shown_date(network.value(step, "date") or "")
    who = ", ".join(bodies)
    return Text(f"{who}, {day.de}", f"{who}, {day.en}")


def short_name(network: Network, node: str) -> Text:
    """Return the everyday name: number and matter of a department, otherwise the name."""
    code = network.value(node, "identifier") if network.type(node) == "OrganizationalUnit" else None
    called = name(network, node)
    if code is None or called.de.startswith(code):
        return called
    return Text(
        f"{code} {called.de.removeprefix('Fachbereich ')}", f"{code} {called.en.removeprefix('Fachbereich ')}"
    )


def is_date(value: Value) -> bool:
    """Tell whether a value is a date, of whatever precision."""
    return value.datatype in _DATES


def shown_value(network: Network, value: Value) -> Text:
    """Return a value as people write it: the name of a code, a date, a number with its groups, yes or no."""
    code = network.words.code(value.iri)
    if code is not None:
        return code.label
    if value.iri is not None and value.text == value.iri:
        term = network.words.relation(value.iri.rpartition("#")[2])
        return term if "#" in value.iri else Text(value.text, value.text)
    if is_date(value):
        return shown_date(value.text)
    if value.datatype in _NUMBERS:
        return shown_number(value.text)
    if value.datatype == XSD.boolean:
        return _YES_NO.get(value.text, Text(value.text, value.text))
    return Text(value.text, value.text)


def shown_number(text: str) -> Text:
    """Return a number with groups of three digits.

    >>> shown_number("1476900.5")
    Text(de='1.476.900,5', en='1,476,900.5')
    """
    if not _PLAIN_NUMBER.fullmatch(text):
        return Text(text, text)
    whole, _, rest = text.partition(".")
    english = f"{int(whole):,}" + (f".{rest}" if rest else "")
    if whole.startswith("-0"):
        english = text
    return Text(english.translate(str.maketrans(",.", ".,")), english)


def shown_date(text: str) -> Text:
    """Return a date as precise as its source gives it.

    >>> shown_date("2017-11-21")
    Text(de='21.11.2017', en='21 Nov 2017')
    >>> shown_date("2024/2025").de
    '2024–2025'
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _shown_point(text)
    if end in {"..", ""}:
        return _joined(_OPEN_END, _shown_point(start))
    if start in {"..", ""}:
        return _joined(_OPEN_START, _shown_point(end))
    first, last = _shown_point(start), _shown_point(end)
    return Text(f"{first.de}–{last.de}", f"{first.en}–{last.en}")


def _joined(first: Text, second: Text) -> Text:
    return Text(first.de + second.de, first.en + second.en)


def _shown_point(text: str) -> Text:
    parts = text.rstrip("~?%").split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:  # noqa: PLR2004 - year, month, day
        return Text(text, text)
    rough = Text("um ", "about ") if text[-1:] in set("~?%") else Text("", "")
    year, month, day = [*parts, "", ""][:3]
    german = ".".join(part for part in (day, month, year) if part)
    if month and not day:
        german = f"{month}/{year}"
    named = _MONTHS[int(month) - 1] if month and 1 <= int(month) <= len(_MONTHS) else month
    english = " ".join(part for part in (day.lstrip("0"), named, year) if part)
    return Text(rough.de + german, rough.en + english)
