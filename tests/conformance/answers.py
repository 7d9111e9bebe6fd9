"""Whether two answers say the same: rows as a bag, numbers by value, blank nodes by what is said with them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pyoxigraph as ox

_XSD = "http://www.w3.org/2001/XMLSchema#"
_EXACT = {f"{_XSD}integer", f"{_XSD}decimal"}
_ROUGH = {f"{_XSD}double", f"{_XSD}float"}
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_TRUTHS = {"1": "true", "0": "false"}
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_SOLUTION, _BINDING, _VARIABLE, _VALUE = (
    ox.NamedNode(_RS + name) for name in ("solution", "binding", "variable", "value")
)
_FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}

Row = dict[str, object]


def expected_rows(path: Path) -> bool | list[Row] | set[ox.Triple]:
    """Return what a file of the suite expects: a truth, rows, or triples."""
    if path.suffix == ".csv":
        return csv_rows(path.read_text("utf-8"))
    if path.suffix in _FORMATS:
        return read_results(path.read_bytes(), _FORMATS[path.suffix])
    said = triples(path.read_bytes(), ox.RdfFormat.from_extension(path.suffix[1:]), "http://example.org/")
    return _described_rows(said) if any(triple.predicate == _SOLUTION for triple in said) else said


def _described_rows(said: set[ox.Triple]) -> list[Row]:
    """Return the rows of a result that is described in RDF (the DAWG result set vocabulary)."""

    def values(subject: object, name: ox.NamedNode) -> list[ox.Triple]:
        return [triple.object for triple in said if (triple.subject, triple.predicate) == (subject, name)]

    return [
        {
            values(binding, _VARIABLE)[0].value: values(binding, _VALUE)[0]
            for binding in values(triple.object, _BINDING)
        }
        for triple in said
        if triple.predicate == _SOLUTION
    ]


def read_results(body: bytes, form: ox.QueryResultsFormat) -> bool | list[Row]:
    """Return a truth or the rows of an answer."""
    found = ox.parse_query_results(body, form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [name.value for name in found.variables]
    return [{name: value for name in names if (value := solution[name]) is not None} for solution in found]


def csv_rows(text: str) -> list[Row]:
    """Return the rows of a CSV answer; CSV tells neither kinds of terms nor blank from empty."""
    return [
        {name: _csv_value(value) for name, value in row.items()} for row in csv.DictReader(StringIO(text))
    ]


def _csv_value(text: str) -> str:
    """Return what a cell says: numbers by their value, blank nodes without their names."""
    if text.startswith("_:"):
        return "_:"
    return repr(float(text)) if _NUMBER.fullmatch(text) else text


def triples(body: bytes, form: ox.RdfFormat | None, base: str) -> set[ox.Triple]:
    """Return the triples of a document."""
    return {quad.triple for quad in ox.parse(body, format=form, base_iri=base)}


def same_rows(found: list[Row], wanted: list[Row]) -> bool:
    """Tell whether two tables hold the same rows, in whatever order."""
    if not any(isinstance(value, ox.BlankNode) for row in [*found, *wanted] for value in row.values()):
        return _bag(found) == _bag(wanted)
    return same_triples(_as_triples(found), _as_triples(wanted))


def same_triples(found: set[ox.Triple], wanted: set[ox.Triple]) -> bool:
    """Tell whether two graphs are the same but for the names of blank nodes."""
    return _canonical(found) == _canonical(wanted)


def _bag(rows: list[Row]) -> Counter[frozenset[tuple[str, object]]]:
    return Counter(frozenset((name, _plain(value)) for name, value in row.items()) for row in rows)


def _plain(value: object) -> object:
    """Return a term with numbers by their value: 2.0 and 2.00 are the same decimal."""
    if not isinstance(value, ox.Literal):
        return value
    kind, text = value.datatype.value, value.value
    if kind == f"{_XSD}boolean":
        return kind, _TRUTHS.get(text, text)
    try:
        if kind in _EXACT:
            return kind, str(Decimal(text).normalize() + 0)
        if kind in _ROUGH:
            return kind, repr(float(text))
    except (ArithmeticError, ValueError):
        return value
    return value.value, kind, (value.language or "").lower()


def _as_triples(rows: list[Row]) -> set[ox.Triple]:
    found = set()
    for number, row in enumerate(rows):
        subject = ox.BlankNode(f"row{number}")
        found.add(ox.Triple(subject, ox.NamedNode("urn:is"), ox.NamedNode("urn:row")))
        for name, value in row.items():
            term = value if isinstance(value, ox.BlankNode) else ox.Literal(repr(_plain(value)))
            found.add(ox.Triple(subject, ox.NamedNode(f"urn:column:{name}"), term))
    return found


def _canonical(found: set[ox.Triple]) -> set[ox.Quad]:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in found)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)
