"""What the duty tables say between the lines, read only where it can be read with certainty.

Cells stay as they were typed. Beside them the graph gets: the cycle of a duty as kind and years, its first deadline, the
roles it is addressed to, the laws behind a norm, the types of plan that a coordination duty names, and the roles a body
holds. A text outside these few patterns ("looks three years ahead from the decision") stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from graph.errors import Text
from graph.intake.cells import Names
from graph.intake.problems import Problem
from graph.intake.rows import Delivery, Row
from graph.intake.stated import Term, Triple, words
from ontology.terms import DCT, ELI, PW, RDF, SKOS, XSD

_YEARS, _TERM, _CONTINUOUS, _REVIEW = "nach Jahren", "je Wahlperiode", "laufend", "Überprüfung"
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_N = rf"({'|'.join(_NUMBERS)})"
_CYCLES: tuple[tuple[str, str], ...] = (
    (rf"(?:at the latest )?every {_N} years", _YEARS),
    (rf"(?:submit again|first by [\d.]+, then) every {_N} years", _YEARS),
    (rf"{_N} to {_N} years, then updated", _YEARS),
    (r"(?:updated every|every financial) year\b.*", _YEARS),
    (r"one electoral term of the council", _TERM),
    (r"regularly \(no number of years\)", _CONTINUOUS),
    (r"check at regular intervals.*", _REVIEW),
    (rf"(?:check|.*\breview) (?:at least )?every {_N} years\b.*", _REVIEW),
    (rf"should be adapted every {_N} years", _REVIEW),
)
_FIRST_DUE = (
    (re.compile(r"first by (\d{1,2})\.(\d{1,2})\.(\d{4}), then\b.*"), (3, 2, 1)),
    (re.compile(r"to exist by the end of (\d{4})\b.*"), (1,)),
)
_ROLES = {"every Dienststelle": "Dienststelle", "named cities": "benannte Stadt"}
_KINDS = {
    "must be agreed with": "einigen",
    "results must be sent to and agreed with": "einigen",
    "must be adapted to": "anpassen",
    "must consider": "abwägen",
    "must weigh": "abwägen",
    "must weigh (plans of water, waste and air law)": "abwägen",
    "must weigh needs of": "abwägen",
    "draft must be sent to": "unterrichten",
}
_DENIED = "verneint"


@dataclass(frozen=True, slots=True)
class Cycle:
    """How a duty returns: kind as in the code list, and years where the text gives a number."""

    kind: str
    years: int | None


def read_cycle(text: str) -> Cycle | None:
    """Return the cycle that a text gives with certainty, else nothing.

    >>> read_cycle("at the latest every five years")
    Cycle(kind='nach Jahren', years=5)
    >>> read_cycle("looks three years ahead from the decision") is None
    True
    """
    for pattern, kind in _CYCLES:
        if match := re.fullmatch(pattern, text):
            numbers = [_NUMBERS[word] for word in match.groups()]
            once_a_year = 1 if kind == _YEARS else None
            return Cycle(kind, max(numbers) if numbers else once_a_year)
    return None


def read_first_due(text: str) -> str | None:
    """Return the one first deadline that a cycle text names, as a date of its own precision.

    >>> read_first_due("first by 1.1.2018, then every six years")
    '2018-01-01'
    """
    for pattern, groups in _FIRST_DUE:
        if match := pattern.fullmatch(text):
            return "-".join(match[group].zfill(2) for group in groups)
    return None


def read_roles(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the roles that an addressee text names, of those known; a remark in brackets is left out.

    >>> read_roles("Kreis|kreisfreie Stadt|Städteregion", frozenset({"Kreis", "kreisfreie Stadt"}))
    ('Kreis', 'kreisfreie Stadt')
    """
    named = re.sub(r"\([^)]*\)", "", text).split("|")
    words = [_ROLES.get(word.strip(), word.strip()) for word in named]
    return tuple(word for word in words if word in known)


def duty_readings(delivery: Delivery, names: Names) -> Iterator[Triple]:
    """Yield what can be read out of the duty tables of a delivery, each as a triple."""
    readers: tuple[tuple[str, Callable[[Row, Names], Iterator[Triple]]], ...] = (
        ("duties", _about_duty),
        ("duties_ext", _about_addressees),
        ("norm_versions", _about_version),
        ("coordination_duties", _about_coordination),
        ("roles", _about_role),
    )
    for table, read in readers:
        for row in delivery.rows.get(table, ()):
            yield from read(row, names)


def duty_problems(delivery: Delivery) -> Iterator[Problem]:
    """Yield the claims of fulfilment that name no plan, although only a denial can do without."""
    for row in delivery.rows.get("fulfilments", ()):
        if not row["plan"] and row["state"] not in {"", _DENIED}:
            text = Text(
                f"ist leer; „{row['state']}“ braucht ein Planwerk. Ohne Planwerk heißt nur „{_DENIED}“: "
                "es gibt keines.",
                f"is empty; “{row['state']}” needs a plan. Only “{_DENIED}” without a plan means: there is none.",
            )
            yield Problem("fulfilments.csv", row.number, "plan", "empty-cell", text)


def _about_duty(row: Row, names: Names) -> Iterator[Triple]:
    duty = names.iri(row["id"])
    yield duty, SKOS.prefLabel, words(row["instrument_de"], "de")
    if row["instrument_en"]:
        yield duty, SKOS.prefLabel, words(row["instrument_en"], "en")
    if cycle := read_cycle(row["cycle"]):
        yield duty, PW.cycleKind, Term(names.code("cycle-kind", cycle.kind))
        if cycle.years is not None:
            yield duty, PW.cycleYears, Term(str(cycle.years), XSD.decimal)
    if due := read_first_due(row["cycle"]):
        datatype = XSD.gYear if due.isdigit() else XSD.date
        yield duty, PW.firstDue, Term(due, datatype)
    yield from _about_norm(row, names.iri(f"norm/{row['id']}"), names)


def _about_norm(row: Row, norm: str, names: Names) -> Iterator[Triple]:
    named = " ".join(filter(None, (row["law"], row["section"])))
    if named:
        yield norm, SKOS.prefLabel, words(named, "de")
    for law in filter(None, (part.strip() for part in row["law"].split(";"))):
        node = names.iri(f"law/{law}")
        yield norm, DCT.isVersionOf, Term(node)
        yield node, RDF.type, Term(ELI.LegalResource)
        yield node, SKOS.prefLabel, words(law, "de")


def _about_version(row: Row, names: Names) -> Iterator[Triple]:
    return _about_norm(row, names.iri(f"norm-version/{row['id']}"), names)


def _about_addressees(row: Row, names: Names) -> Iterator[Triple]:
    known = frozenset(names.vocabulary.schemes["public-role"].concepts)
    for role in read_roles(row["norm_addressee_level"], known):
        yield names.iri(row["id"]), PW.addresseeRole, Term(names.code("public-role", role))


def _about_coordination(row: Row, names: Names) -> Iterator[Triple]:
    node = names.iri(
        "coordination/" + "/".join(row[name] for name in ("from_instrument", "relation", "to_instrument"))
    )
    if kind := _KINDS.get(row["relation"]):
        yield node, PW.coordinationKind, Term(names.code("coordination-kind", kind))
    duties = set(chain(names.ids.get("duties", ()), names.held.get("duties", ())))
    for named in (part.strip() for part in row["to_instrument"].split(";")):
        if named in duties:
            yield node, PW.toType, Term(names.iri(f"instrument-type/{named}"))


def _about_role(row: Row, names: Names) -> Iterator[Triple]:
    yield names.iri(row["body"]), PW.hasRole, Term(names.code("public-role", row["role"]))
