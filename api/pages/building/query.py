"""A clicked-together question as a tree, and the SPARQL that it stands for.

The tree holds IRIs and terms, never text of a query: what somebody types becomes a term before it gets here, and every
term is written by ``written``. "None recorded" and "not this" are MINUS, each alternative is a sub-select of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from ontology.parameters import written
from ontology.terms import PREFIXES, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.store.query.answer import Term

Mode = Literal["is", "not", "any", "none", "contains", "from", "until", "after", "before"]
MODES: tuple[Mode, ...] = ("is", "not", "any", "none", "contains", "from", "until", "after", "before")
COMPARES = {"from": ">=", "until": "<=", "after": ">", "before": "<"}
NEEDS_VALUE = frozenset({"is", "not", "contains", *COMPARES})
COUNT = "things"
"""The column that counts, in an answer by groups."""
_PLAIN = re.compile(r"[A-Za-z_]\w*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Step:
    """From a thing along a property, or against it."""

    property: str
    forward: bool = True

    def written(self) -> str:
        """Return the step as a path of SPARQL."""
        return name_of(self.property) if self.forward else f"^{name_of(self.property)}"


Path: TypeAlias = tuple[Step, ...]


def pattern(path: Path, thing: str, other: str) -> str:
    """Return the triple pattern from one variable or term to another along a path.

    >>> pattern((Step("https://w3id.org/planwerk/ontology#pursues"),), "?plan", "?goal")
    '?plan pw:pursues ?goal .'
    """
    (first, *more) = path
    if not more and not first.forward:
        return f"{other} {name_of(first.property)} {thing} ."
    return f"{thing} {'/'.join(step.written() for step in path)} {other} ."


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold at the end of a path; ``terms`` are the values of which one is meant, for the modes that need some."""

    path: Path
    mode: Mode
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer: the names or values at the end of a path, joined in one cell."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Group:
    """What is counted by: the things or values at the end of a path, days by their year."""

    name: str
    path: Path
    by_year: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """Which things of a class are asked for: all conditions hold, or one of them (``any_of``); with groups, how many."""

    class_: str
    conditions: tuple[Condition, ...] = ()
    any_of: bool = False
    columns: tuple[Column, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def bare(self) -> Tree:
        """The same things, without columns and groups."""
        return replace(self, columns=(), groups=())


def name_of(iri: str) -> str:
    """Return a term of the vocabulary as SPARQL writes it: short where its prefix is known.

    >>> name_of("https://w3id.org/planwerk/ontology#leadUnit")
    'pw:leadUnit'
    """
    for prefix, home in PREFIXES.items():
        if iri.startswith(home) and _PLAIN.fullmatch(iri.removeprefix(home)):
            return f"{prefix}:{iri.removeprefix(home)}"
    return written("iri", iri)


def with_prefixes(text: str) -> str:
    """Return a query below the declarations of the prefixes that it uses."""
    used = [prefix for prefix in PREFIXES if re.search(rf"(?<![\w:<]){prefix}:[A-Za-z_]", text)]
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + text


def query_text(tree: Tree) -> str:
    """Return the SPARQL of a tree."""
    return with_prefixes("\n".join(_counted(tree) if tree.groups else _listed(tree)))


def _listed(tree: Tree) -> Iterator[str]:
    yield " ".join(["SELECT DISTINCT ?thing ?thingLabel", *(f"?{column.name}" for column in tree.columns)])
    yield "WHERE {"
    yield from _indented(things(tree))
    yield f"  OPTIONAL {{ {german('?thing', '?thingLabel')} }}"
    for column in tree.columns:
        yield from _indented(_column(tree, column))
    yield "}"
    yield "ORDER BY ?thingLabel ?thing"


def _counted(tree: Tree) -> Iterator[str]:
    names = [f"?{group.name}" for group in tree.groups]
    labels = {f"?{one.name}": f"?{one.name}Label" for one in tree.groups if not one.by_year}
    shown = [f"{name} (MIN({name}Name) AS {labels[name]})" if name in labels else name for name in names]
    yield " ".join(["SELECT", *shown, f"(COUNT(DISTINCT ?thing) AS ?{COUNT})"])
    yield "WHERE {"
    yield from _indented(things(tree))
    for place, group in enumerate(tree.groups, 1):
        yield f"  OPTIONAL {{ {_grouped(group, place)} }}"
    yield "}"
    yield f"GROUP BY {' '.join(names)}"
    order = [*([names[0]] if tree.groups[0].by_year else []), f"DESC(?{COUNT})", *labels.values(), *names]
    yield f"ORDER BY {' '.join(dict.fromkeys(order))}"


def _grouped(group: Group, place: int) -> str:
    if group.by_year:
        day = f"?day{place}"
        year = f"STRDT(SUBSTR(STR({day}), 1, 4), xsd:gYear)"
        return f"{pattern(group.path, '?thing', day)} BIND({year} AS ?{group.name})"
    name = f"?{group.name}"
    return f"{pattern(group.path, '?thing', name)} OPTIONAL {{ {german(name, f'{name}Name')} }}"


def german(thing: str, label: str) -> str:
    """Return the pattern for the German name of a thing."""
    return f'{thing} {name_of(SKOS.prefLabel)} {label} FILTER(LANG({label}) = "de")'


def things(tree: Tree) -> Iterator[str]:
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
    other, mode = f"?other{place}", condition.mode
    if mode in {"is", "not"} and len(condition.terms) == 1:
        found = pattern(condition.path, "?thing", _written(condition.terms[0]))
    else:
        found = (
            f"{chosen(condition, other)}{pattern(condition.path, '?thing', other)}{_filter(condition, other)}"
        )
    if mode in {"not", "none"}:
        yield f"MINUS {{ {found} }}"
    elif mode == "is" and len(condition.terms) == 1 and len(condition.path) == 1:
        yield found
    else:
        yield f"{{ SELECT DISTINCT ?thing WHERE {{ {found} }} }}"


def chosen(condition: Condition, other: str) -> str:
    """Return the values of which one is meant, put in for a variable; nothing where any will do."""
    if condition.mode not in {"is", "not"}:
        return ""
    return f"VALUES {other} {{ {' '.join(map(_written, condition.terms))} }} "


def _filter(condition: Condition, other: str) -> str:
    if condition.mode in COMPARES:
        return f" FILTER({other} {COMPARES[condition.mode]} {_written(condition.terms[0])})"
    if condition.mode != "contains":
        return ""
    parts = (f"CONTAINS(LCASE(STR({other})), LCASE({_written(term)}))" for term in condition.terms)
    return f" FILTER({' || '.join(parts)})"


def _written(term: Term) -> str:
    return written(term.kind, term.value, term.lang, term.datatype)


def _column(tree: Tree, column: Column) -> Iterator[str]:
    yield "OPTIONAL {"
    yield f'  {{ SELECT ?thing (GROUP_CONCAT(DISTINCT ?name; SEPARATOR="; ") AS ?{column.name}) WHERE {{'
    yield f"      {_typed(tree)} {pattern(column.path, '?thing', '?end')}"
    yield f"      OPTIONAL {{ {german('?end', '?label')} }}"
    yield "      BIND(COALESCE(?label, STR(?end)) AS ?name)"
    yield "    } GROUP BY ?thing }"
    yield "}"


def _indented(lines: Iterable[str], by: str = "  ") -> Iterator[str]:
    return (f"{by}{line}" for line in lines if line)
