"""The ready-made questions: SPARQL files with a head that says what they ask, of what, and what comes back.

One file per question, ``questions/<name>.rq``, also in folders below. Its first lines are comments, one entry each::

    # title@de: …            # title@en: …
    # description@de: …      # description@en: …
    # group: time
    # param: asOf | date | today | Stichtag | As of
    # columns: plan, planLabel, asOf
    # show: chart by=lead of=plans        (optional, several; the first is what the page shows)
    # show: matrix row=lead column=topic value=plans
    # empty@de: …            # empty@en: …            (optional: what no row means)
    # facet: pursues                                  (optional: the property of the plan that the answer lists)
    # narrow: topic, targetGroup                      (optional: a large inventory is asked with one of these parameters)

A parameter is a variable of the query, put in as a term and never as text; without a value and a default it stays
free, and then the question is asked of everything. Oxigraph puts a term in only for variables that SELECT names, so each
parameter is a column; one that only repeats what was put in stands last. ``planLabel`` is what people read for ``plan``.

>>> load_questions()["q18-in-force-on-a-day"].title.en
'What was in force on a day?'
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeGuard

from ontology.parameters import (
    THINGS,
    VALUES,
    Argument,
    Parameter,
    UnfitArgumentError,
    read_parameter,
    written,
)
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "FOLDER",
    "GROUPS",
    "THINGS",
    "VALUES",
    "Argument",
    "Parameter",
    "Question",
    "Show",
    "UnfitArgumentError",
    "load_questions",
    "read_question",
]

FOLDER = Path(__file__).with_name("questions")

GROUPS: Mapping[str, Text] = MappingProxyType(
    {
        "inventory": Text("Bestand", "Inventory"),
        "overlap": Text("Überschneidungen", "Overlaps"),
        "gap": Text("Lücken", "Gaps"),
        "time": Text("Geltung und Zeit", "Validity and time"),
        "evidence": Text("Belege", "Evidence"),
        "space": Text("Räume", "Space"),
        "data": Text("Daten", "Data"),
        "duties": Text("Pflichten", "Duties"),
        "bodies": Text("Gremien", "Bodies"),
        "across": Text("Über Städte hinweg", "Across cities"),
    }
)
"""What questions are sorted by."""

ShowKind = Literal["table", "matrix", "chart"]
#: What each way of showing an answer has to say and may say.
_SHOWS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = MappingProxyType(
    {
        "table": (frozenset(), frozenset()),
        "matrix": (frozenset({"row", "column"}), frozenset({"value"})),
        "chart": (frozenset({"by", "of"}), frozenset()),
    }
)

_ENTRY = re.compile(r"#\s*([a-z]+(?:@de|@en)?):\s*(.*)")
_ONCE = ("title@de", "title@en", "description@de", "description@en", "group", "columns")
_AT_MOST_ONCE = ("empty@de", "empty@en", "facet", "narrow")
_OFTEN = ("param", "show")
_WHERE = re.compile(r"\bWHERE\s*\{")


@dataclass(frozen=True, slots=True)
class Show:
    """A way of showing the answer, and which column goes where in it."""

    kind: ShowKind
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A question: what it asks, of what, the columns of its answer, how it is shown, and the SPARQL.

    ``empty`` says what an answer without rows means, ``facet`` which property of a plan the answer lists, ``narrow`` the
    parameters without which the answer of a large inventory is too long for anybody to read.
    """

    name: str
    title: Text
    description: Text
    group: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    text: str
    shows: tuple[Show, ...] = ()
    empty: Text | None = None
    facet: str | None = None
    narrow: tuple[Parameter, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns up to the parameters at their end, which only repeat what was put in."""
        given = {parameter.name for parameter in self.parameters}
        last = max(place for place, column in enumerate(self.columns) if column not in given)
        return self.columns[: last + 1]

    @property
    def query(self) -> str:
        """The SPARQL without the head."""
        lines = self.text.splitlines(keepends=True)
        first = next(place for place, line in enumerate(lines) if not line.startswith("#"))
        return "".join(lines[first:])

    def query_with(self, arguments: Mapping[str, Argument]) -> str:
        """Return the SPARQL with its title above and the terms of its parameters in it, as VALUES: anybody can run it."""
        body = self.query
        values = "".join(f"\n  VALUES ?{name} {{ {written(*term)} }}" for name, term in arguments.items())
        where = _WHERE.search(body)
        assert where is not None
        return f"# {self.title.de}\n# {self.title.en}\n{body[: where.end()]}{values}{body[where.end() :]}"


@cache
def load_questions() -> Mapping[str, Question]:
    """Return the shipped questions by name, in the order of their names."""
    paths = sorted(FOLDER.rglob("*.rq"), key=lambda path: path.stem)
    return MappingProxyType({path.stem: read_question(path) for path in paths})


def read_question(path: Path) -> Question:
    """Return the question in a file.

    Raises ValueError, naming the file, where the head lacks an entry or says what nobody can read.
    """
    text = path.read_text("utf-8")
    try:
        head = _read_head(text)
        columns = tuple(column.strip() for column in head["columns"][0].split(","))
        parameters = tuple(map(read_parameter, head["param"]))
        return Question(
            name=path.stem,
            title=Text(*head["title@de"], *head["title@en"]),
            description=Text(*head["description@de"], *head["description@en"]),
            group=_read_group(head["group"][0]),
            parameters=parameters,
            columns=columns,
            text=text,
            shows=tuple(_read_show(entry, columns) for entry in head["show"]),
            empty=_read_empty(head),
            facet=next(iter(head["facet"]), None),
            narrow=_read_narrow(head, parameters),
        )
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error


def _read_head(text: str) -> Mapping[str, list[str]]:
    """Return the entries of the comment lines at the top."""
    head: defaultdict[str, list[str]] = defaultdict(list)
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        entry = _ENTRY.fullmatch(line)
        if not entry or entry[1] not in (*_ONCE, *_AT_MOST_ONCE, *_OFTEN):
            raise ValueError(f"not an entry: {line}")
        head[entry[1]].append(entry[2])
    for name in _ONCE:
        if len(head[name]) != 1 or not head[name][0]:
            raise ValueError(f"needs one line “# {name}: …”")
    for name in _AT_MOST_ONCE:
        if len(head[name]) > 1:
            raise ValueError(f"needs at most one line “# {name}: …”")
    return head


def _read_group(name: str) -> str:
    """Return a group that exists."""
    if name not in GROUPS:
        raise ValueError(f"no group: {name}")
    return name


def _read_show(entry: str, columns: tuple[str, ...]) -> Show:
    """Return the way of showing that a line of the head describes."""
    kind, *pairs = entry.split() or [""]
    places = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    if not _is_kind(kind) or len(places) != len(pairs):
        raise ValueError(f"no way of showing: {entry}")
    needed, allowed = _SHOWS[kind]
    if not needed <= places.keys() <= needed | allowed:
        raise ValueError(f"{kind} is shown by {', '.join(sorted(needed | allowed))}: {entry}")
    for column in places.values():
        if column not in columns:
            raise ValueError(f"no column: {column}")
    return Show(kind, MappingProxyType(places))


def _is_kind(word: str) -> TypeGuard[ShowKind]:
    return word in _SHOWS


def _read_narrow(head: Mapping[str, list[str]], parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    """Return the parameters one of which a large inventory needs."""
    known = {parameter.name: parameter for parameter in parameters}
    names = [name.strip() for entry in head["narrow"] for name in entry.split(",")]
    for name in names:
        if name not in known:
            raise ValueError(f"no parameter: {name}")
    return tuple(known[name] for name in names)


def _read_empty(head: Mapping[str, list[str]]) -> Text | None:
    """Return what no row means, in both languages or in none."""
    said = [*head["empty@de"], *head["empty@en"]]
    if len(said) == 1:
        raise ValueError("needs “# empty@de: …” and “# empty@en: …” together")
    return Text(*said) if said else None
