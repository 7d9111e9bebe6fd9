"""How things, values and dates read on a page, in the language of the page or of the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.dates import shown_date
from ontology.terms import EDTF, XSD
from ontology.text import Text

if TYPE_CHECKING:
    from graph.network.build import Network, Value

_DATES = frozenset({XSD.date, XSD.gYear, XSD.gYearMonth, EDTF.EDTF})
_NUMBERS = frozenset({XSD.integer, XSD.decimal})
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_YES_NO = {"true": Text("ja", "yes"), "false": Text("nein", "no")}
GERMAN = "de"


def name(network: Network, node: str) -> Text:
    """Return what a thing is called: a deliberation by body and date, an untitled source by its publisher."""
    labels = {value.lang: value.text for value in network.values(node, "prefLabel")}
    if labels:
        first = next(iter(labels.values()))
        return Text(labels.get("de", first), labels.get("en", labels.get("de", first)))
    if network.type(node) == "DeliberationStep":
        return _step_name(network, node)
    if network.type(node) == "CoordinationDuty":
        return _duty_name(network, node)
    publisher = network.value(node, "publisherName")
    bare = network.id(node)
    short = bare.removeprefix("source/")
    return Text(f"{publisher} ({short})", f"{publisher} ({short})") if publisher else Text(short, short)


def _step_name(network: Network, step: str) -> Text:
    bodies = [network.label(body) for body in network.targets(step, "body")]
    day = shown_date(network.value(step, "date") or "")
    who = ", ".join(bodies)
    return Text(f"{who}, {day.de}", f"{who}, {day.en}")


def _duty_name(network: Network, duty: str) -> Text:
    """Return a duty to coordinate by the types of plan at its ends; where the law names none, by its words."""
    ends = [[network.label(one) for one in network.targets(duty, way)] for way in ("fromType", "toType")]
    said = [value.text for value in network.values(duty, "toText")]
    words = (
        f"{', '.join(ends[0])} → {', '.join(ends[1] or said)}"
        if all([ends[0], ends[1] or said])
        else network.id(duty)
    )
    return Text(words, words)


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
