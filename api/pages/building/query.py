"""A clicked-together question as a tree, and the SPARQL that it stands for.

The tree holds IRIs and terms, never text of a query: what somebody types becomes a term before it gets here, and every
term is written by ``written``. "None recorded" and "not this" are MINUS, each alternative is a sub-select of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ontology.parameters import written
from ontology.terms import PREFIXES, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.query.answer import Term

Mode = Literal["is", "not", "any", "none", "from", "until"]
MODES: tuple[Mode, ...] = ("is", "not", "any", "none", "from", "until")
NEEDS_VALUE = frozenset({"is", "not", "from", "until"})
COMPARES = {"from": ">=", "until": "<="}
LONGEST_LIST = 2000
_PLAIN = re.compile(r"[A-Za-z_]\w*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Step:
    """From a thing along a property, or against it."""

    property: str
    forward: bool = True

    def pattern(self, thing: str, other: str) -> str:
        """Return the triple pattern from one variable or term to another."""
        ends = (thing, other) if self.forward else (other, thing)
        return f"{ends[0]} {name_of(self.property)} {ends[1]} ."


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold along a step; ``term`` is set for the modes that need a value."""

    step: Step
    mode: Mode
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer: the names or values at the end of a step, joined in one cell."""

    name: str
    step: Step


@dataclass(frozen=True, slots=True)
class Tree:
    """Which things of a class are asked for: all conditions hold, or one of them (``any_of``)."""

    class_: str
    conditions: tuple[Condition, ...] = ()
    any_of: bool = False
    columns: tuple[Column, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the answer."""
        return ("thing", "thingLabel", *(column.name for column in self.columns))


def name_of(iri: str) -> str:
    """Return a term of the vocabulary as SPARQL writes it: short where its prefix is known.

    >>> name_of("https://w3id.org/planwerk/ontology#leadUnit")
    'pw:leadUnit'
    """
    for prefix, home in PREFIXES.items():
        if iri.startswith(home) and _PLAIN.fullmatch(iri.removeprefix(home)):
            return f"{prefix}:{iri.removeprefix(home)}"
    return written("iri", iri)


def _with_prefixes(text: str) -> str:
    """Return a query below the declarations of the prefixes that it uses."""
    used = [prefix for prefix in PREFIXES if re.search(rf"(?<![\w:<]){prefix}:[A-Za-z_]", text)]
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + text


def query_text(tree: Tree) -> str:
    """Return the SPARQL of a tree."""
    projected = " ".join(f"?{name}" for name in tree.variables)
    return _with_prefixes(_select(tree, projected))


def _select(tree: Tree, projected: str) -> str:
    return "\n".join(
        [
            f"SELECT DISTINCT {projected}",
            "WHERE {",
            *_indented(_things(tree)),
            f'  OPTIONAL {{ ?thing {name_of(SKOS.prefLabel)} ?thingLabel FILTER(LANG(?thingLabel) = "de") }}',
            *(line for column in tree.columns for line in _indented(_column(tree, column))),
            "}",
            "ORDER BY ?thingLabel ?thing",
        ]
    )


def _things(tree: Tree) -> Iterator[str]:
    """Yield the patterns that say which things are asked for."""
    if not tree.any_of or len(tree.conditions) < 2:  # noqa: PLR2004 - one alternative is none
        yield _typed(tree)
        yield from (line for place, one in enumerate(tree.conditions, 1) for line in _condition(one, place))
        return
    yield "{ SELECT DISTINCT ?thing WHERE {"
    for place, one in enumerate(tree.conditions, 1):
        yield "    UNION" if place > 1 else ""
        yield "    {"
        yield f"      {_typed(tree)}"
        yield from _indented(_condition(one, place), "      ")
        yield "    }"
    yield "} }"


def _typed(tree: Tree) -> str:
    return f"?thing a {name_of(tree.class_)} ."


def _condition(condition: Condition, place: int) -> Iterator[str]:
    step, other = condition.step, f"?other{place}"
    if condition.mode in COMPARES:
        sign = COMPARES[condition.mode]
        bound = f"FILTER({other} {sign} {_term(condition)})"
        yield f"{{ SELECT DISTINCT ?thing WHERE {{ {step.pattern('?thing', other)} {bound} }} }}"
    elif condition.mode == "is":
        yield step.pattern("?thing", _term(condition))
    elif condition.mode == "not":
        yield f"MINUS {{ {step.pattern('?thing', _term(condition))} }}"
    elif condition.mode == "any":
        yield f"{{ SELECT DISTINCT ?thing WHERE {{ {step.pattern('?thing', other)} }} }}"
    else:
        yield f"MINUS {{ {step.pattern('?thing', other)} }}"


def _term(condition: Condition) -> str:
    term = condition.term
    assert term is not None
    return written(term.kind, term.value, term.lang, term.datatype)


def _column(tree: Tree, column: Column) -> Iterator[str]:
    yield "OPTIONAL {"
    yield f'  {{ SELECT ?thing (GROUP_CONCAT(DISTINCT ?name; SEPARATOR="; ") AS ?{column.name}) WHERE {{'
    yield f"      {_typed(tree)} {column.step.pattern('?thing', '?end')}"
    yield f'      OPTIONAL {{ ?end {name_of(SKOS.prefLabel)} ?label FILTER(LANG(?label) = "de") }}'
    yield "      BIND(COALESCE(?label, STR(?end)) AS ?name)"
    yield "    } GROUP BY ?thing }"
    yield "}"


def _indented(lines: Iterator[str], by: str = "  ") -> Iterator[str]:
    return (f"{by}{line}" for line in lines if line)


def classes_text() -> str:
    """Return the query for how many things there are of each class."""
    return "SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) WHERE { ?thing a ?class } GROUP BY ?class"


def steps_text(class_: str, *, forward: bool) -> str:
    """Return the query for the properties that things of a class have, or are the values of, with counts."""
    ends = ("?thing", "?other") if forward else ("?other", "?thing")
    return _with_prefixes(
        "SELECT ?property (COUNT(DISTINCT ?thing) AS ?things) (COUNT(DISTINCT ?other) AS ?others) WHERE { "
        f"?thing a {name_of(class_)} . {ends[0]} ?property {ends[1]} }} GROUP BY ?property"
    )


def values_text(class_: str, step: Step) -> str:
    """Return the query for what stands at the end of a step from things of a class, most frequent first."""
    return _with_prefixes(
        "SELECT ?value (COUNT(DISTINCT ?thing) AS ?things) (MIN(?label) AS ?valueLabel) WHERE { "
        f"?thing a {name_of(class_)} . {step.pattern('?thing', '?value')} "
        f'OPTIONAL {{ ?value {name_of(SKOS.prefLabel)} ?label FILTER(LANG(?label) = "de") }} '
        f"}} GROUP BY ?value ORDER BY DESC(?things) ?valueLabel ?value LIMIT {LONGEST_LIST}"
    )
