"""A query for a server: values put in, graphs confined to this base, rows bounded. Words are looked at, never glued.

A value takes the place of a variable as it does in the embedded store: wherever the variable is the one that the query
answers with. Each group of patterns that speaks of it gets ``VALUES ?v { … }``, so that MINUS and OPTIONAL still see that
both sides share it; and in patterns an address stands for it directly, which every server finds by its index. A sub-select
that does not hand the variable out has one of its own, which stays free.

FROM is taken out and sent beside the query, since some servers add to it what is sent; GRAPH with an address that is not of
this base is led to an empty graph, and so other cities on the same server stay out of sight.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import pyoxigraph as ox

from graph.errors import BadRequest
from graph.store.query.tokens import TOKEN
from graph.store.remote import wording

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Mapping

    from graph.store.query.answer import Term

#: Addresses of functions that a server calls beyond SPARQL: SQL, its own files and network, Java classes.
_OWN_FUNCTIONS: Final = ("bif:", "sql:", "java:", "http://www.openlinksw.com/schemas/")


@dataclass(slots=True)
class Rewritten:
    """A query for a server, with what it names: its own FROM, and whether it speaks of graphs at all."""

    text: str
    default: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    has_dataset: bool = False
    speaks_of_graphs: bool = False
    is_sorted: bool = False


@dataclass(slots=True, eq=False)
class _Group:
    """What stands between braces: patterns, a sub-select, rows or a template; and which variables its patterns name."""

    kind: str
    parent: _Group | None = None
    start: int = -1
    free: frozenset[str] | None = None
    names: set[str] = field(default_factory=set)
    handed_out: set[str] = field(default_factory=set)
    phase: str = ""

    def sees(self, name: str) -> bool:
        """Tell whether a variable here is that of the whole query."""
        group: _Group | None = self
        while group is not None:
            if group.free is not None and name not in group.free and "*" not in group.free:
                return False
            group = group.parent
        return True


def rewritten(
    text: str, bindings: Mapping[str, Term], graphs: Collection[str], nothing: str, rows: int
) -> Rewritten:
    """Return a query that the guard let through and the embedded engine reads, made ready for a server.

    ``graphs`` are those of this base, ``nothing`` is a graph that is empty; at most ``rows`` rows are asked for. Raises
    QueryRefused for functions of the server itself and QueryInvalid where a value and the query are at odds.
    """
    walk = _Walk(text, {name: _written(term) for name, term in bindings.items()}, graphs, nothing)
    for token in TOKEN.finditer(text):
        walk.take(token)
    walk.put_values()
    if rows:
        walk.bound(rows)
    walk.done.text = "".join(walk.pieces)
    return walk.done


def _written(term: Term) -> str:
    """Return a term as SPARQL writes it; raises BadRequest where it is none."""
    try:
        if term.kind == "iri":
            return str(ox.NamedNode(term.value))
        datatype = ox.NamedNode(term.datatype) if term.datatype else None
        return str(ox.Literal(term.value, language=term.lang, datatype=datatype))
    except ValueError as error:
        raise BadRequest(
            f"Ein Wert für diese Abfrage ist keine gültige Adresse und kein Literal: {error}",
            f"A value for this query is no valid address or literal: {error}",
        ) from None


class _Walk:
    """One walk over the words of a query, which leaves its pieces behind."""

    def __init__(self, text: str, terms: Mapping[str, str], graphs: Collection[str], nothing: str) -> None:
        self.pieces: list[str] = []
        self.done = Rewritten(text)
        self._terms = terms
        self._graphs = graphs
        self._nothing = nothing
        self._prefixes: dict[str, str] = {}
        self._base = ""
        self._root = _Group("query", phase="head")
        self._group = self._root
        self._groups: list[_Group] = []
        self._brackets: list[str] = []
        self._before = ("", "", "")
        self._limit = -1
        self._values_after = -1

    def take(self, token: re.Match[str]) -> None:
        """Look at one token and leave it, or what stands for it."""
        kind, text = token.lastgroup or "", token[0]
        self.pieces.append(text)
        if kind == "blank":
            return
        if kind == "word":
            self._take_word(text.upper())
        elif kind == "variable":
            self._take_variable(text[1:])
        elif kind in {"iri", "name"}:
            self._take_name(kind, text)
        elif text in {"{", "}"}:
            self._take_brace(text)
        elif text in {"(", "[", ")", "]"}:
            self._take_bracket(text)
        elif text == "*" and self._group.phase == "select" and not self._brackets_here("("):
            self._group.handed_out.add("*")
        elif kind == "number" and self._before[1].upper() == "LIMIT" and self._group is self._root:
            self._limit = len(self.pieces) - 1
        self._before = (self._before[1].upper(), text, kind)

    def _take_word(self, word: str) -> None:
        """Note where in a query this is."""
        group = self._group
        if word == "SELECT":
            group.kind = "select" if group.parent is not None else group.kind
            group.phase = "select"
        elif word in {"WHERE", "ASK", "DESCRIBE"} and group.phase in {"head", "select"}:
            group.phase = "where"
        elif word == "FROM":
            group.phase = "where"
            self.done.has_dataset = True
            self.pieces[-1] = ""
        elif word == "NAMED" and self._before[1].upper() == "FROM":
            self.pieces[-1] = ""
        elif word == "GRAPH":
            self.done.speaks_of_graphs = True
        elif word == "ORDER" and group is self._root:
            self.done.is_sorted = True
        elif word == "VALUES" and group is self._root and group.phase == "tail":
            self._values_after = len(self.pieces) - 1

    def _take_variable(self, name: str) -> None:
        """Note a variable that has a value; put an address straight into a pattern."""
        group = self._group
        if name in self._terms and self._before[1].upper() == "AS" and group.sees(name):
            raise wording.not_placed(name)
        if group.phase == "select" and not self._brackets_here("("):
            group.handed_out.add(name)
        if group.kind not in {"patterns", "exists"} or name not in self._terms or not group.sees(name):
            return
        _speaks(group).names.add(name)
        term = self._terms[name]
        if term.startswith("<") and not self._brackets_here("(") and not self._names_of_rows():
            self.pieces[-1] = term
            if self._before[1].upper() == "GRAPH":
                self._confine(term[1:-1])

    def _take_name(self, kind: str, text: str) -> None:
        """Note prefixes, take FROM out, keep GRAPH within this base."""
        name = self._resolved(kind, text)
        if name.lower().startswith(_OWN_FUNCTIONS):
            raise wording.own_functions(name)
        word, last_kind = self._before[1].upper(), self._before[2]
        if kind == "iri" and last_kind == "name" and self._before[0] == "PREFIX":
            self._prefixes[self._before[1][:-1]] = name
        elif kind == "iri" and word == "BASE":
            self._base = name
        elif word == "FROM" or (word == "NAMED" and self._before[0] == "FROM"):
            (self.done.named if word == "NAMED" else self.done.default).append(name)
            self.pieces[-1] = ""
        elif word == "GRAPH":
            self._confine(name)

    def _confine(self, name: str) -> None:
        """Lead a graph that is not of this base to the empty one."""
        if name not in self._graphs:
            self.pieces[-1] = f"<{self._nothing}>"

    def _resolved(self, kind: str, text: str) -> str:
        """Return the address that a token stands for."""
        if kind == "iri":
            return urljoin(self._base, text[1:-1]) if self._base else text[1:-1]
        prefix, _, local = text.partition(":")
        return self._prefixes.get(prefix, f"{prefix}:") + local.replace("\\", "")

    def _take_brace(self, brace: str) -> None:
        if brace == "}":
            self._close()
            return
        word, group = self._before[1].upper(), self._group
        opened = _Group(self._kind_of(word), group, len(self.pieces) - 1)
        if group.kind == "select" and group.phase != "tail" and group.free is None:
            group.free = frozenset(group.handed_out)
        if group.kind == "query" and opened.kind == "patterns":
            opened.names.update(self._terms)
        if group.kind == "select" and opened.kind == "patterns":
            opened.names.update(name for name in self._terms if name in group.handed_out and group.sees(name))
        self._brackets.append("{")
        self._groups.append(opened)
        self._group = opened

    def _kind_of(self, word: str) -> str:
        if self._names_of_rows():
            return "rows"
        if word == "CONSTRUCT":
            return "template"
        return "exists" if word == "EXISTS" or self._group.kind == "exists" else "patterns"

    def _close(self) -> None:
        while self._brackets and self._brackets.pop() != "{":
            pass
        closed = self._group
        self._group = closed.parent or self._root
        if self._group.kind in {"query", "select"} and closed.kind != "template":
            self._group.phase = "tail"

    def _take_bracket(self, bracket: str) -> None:
        if bracket in "([":
            self._brackets.append(bracket)
        elif self._brackets and self._brackets[-1] != "{":
            self._brackets.pop()

    def _brackets_here(self, bracket: str) -> bool:
        """Tell whether such a bracket is open within the present group."""
        for held in reversed(self._brackets):
            if held == "{":
                return False
            if held == bracket:
                return True
        return False

    def _names_of_rows(self) -> bool:
        """Tell whether this stands between VALUES and its rows."""
        for piece in reversed(self.pieces[:-1]):
            if piece.upper() == "VALUES":
                return True
            if piece.strip() and piece[:1] not in {"?", "$", "(", ")", "#"}:
                return False
        return False

    def put_values(self) -> None:
        """Give each group of patterns the rows with the values that it speaks of."""
        for group in self._groups:
            if group.kind == "patterns":
                rows = [f" VALUES ?{name} {{ {self._terms[name]} }}" for name in sorted(group.names)]
                self.pieces[group.start] += "".join(rows)

    def bound(self, rows: int) -> None:
        """Ask for no more rows than these."""
        if self._limit >= 0:
            if int(self.pieces[self._limit]) > rows:
                self.pieces[self._limit] = str(rows)
        elif self._values_after >= 0:
            self.pieces[self._values_after] = f"LIMIT {rows} VALUES"
        else:
            self.pieces.append(f"\nLIMIT {rows}")


def _speaks(group: _Group) -> _Group:
    """Return the group whose solutions a pattern here is asked with: EXISTS is asked with those around it."""
    while group.kind == "exists" and group.parent is not None:
        group = group.parent
    return group
