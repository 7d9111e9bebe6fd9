"""All statements of one source, or about one subject, as people read them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from api.pages.frame.facts import Entry, named_entry, value_entry
from api.pages.frame.kinds import OTHER, kind
from api.wording.texts import TEXTS
from graph.network.build import Value, local_name
from graph.store.reading import read_source
from ontology.terms import PW, RDF
from ontology.text import Text
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from graph.network.build import Network
    from graph.statement import Statement


@dataclass(frozen=True, slots=True)
class Line:
    """A property and its value."""

    label: Text
    entry: Entry


@dataclass(frozen=True, slots=True)
class Said:
    """What a source says of one subject."""

    subject: Entry
    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        """How many statements there are."""
        return len(self.lines)


def said_by(network: Network, source: str, path: Path) -> tuple[Said, ...]:
    """Return every statement of a source, by subject: what it says of itself first, then in the order of ids."""
    return said_of(network, read_source(source, path), first=source)


def said_of(network: Network, statements: Iterable[Statement], first: str = "") -> tuple[Said, ...]:
    """Return statements by subject."""
    by_subject: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_subject[statement.subject].append(statement)
    subjects = sorted(by_subject, key=lambda subject: (subject != first, subject))
    return tuple(
        Said(
            _subject(network, subject, by_subject[subject]),
            tuple(_line(network, entry) for entry in by_subject[subject]),
        )
        for subject in subjects
    )


def _subject(network: Network, subject: str, said: Iterable[Statement]) -> Entry:
    if subject in network.multigraph:
        return named_entry(network, subject)
    local = subject.removeprefix(network.base)
    return Entry(
        text=_relation(network, said) or Text(local, local), page=f"/{OTHER}/{quote(local, safe='/:@')}"
    )


def _relation(network: Network, said: Iterable[Statement]) -> Text | None:
    """Return the sentence that the statements of a recorded relation make up; None where they are not one."""
    ends = {statement.predicate: statement.value for statement in said}
    if not {PW.from_, PW.relationKind, PW.to} <= ends.keys():
        return None
    kind_name = network.words.code(ends[PW.relationKind])
    names = [
        network.label(end) if end in network.multigraph else end for end in (ends[PW.from_], ends[PW.to])
    ]
    word = kind_name.label if kind_name else Text(*[local_name(ends[PW.relationKind])] * 2)
    return Text(f"{names[0]} — {word.de} — {names[1]}", f"{names[0]} — {word.en} — {names[1]}")


def _line(network: Network, statement: Statement) -> Line:
    return Line(_label(network, statement.predicate), _entry(network, statement))


def _label(network: Network, predicate: str) -> Text:
    if predicate == RDF.type:
        return TEXTS["fact.kind"]
    return network.words.relation(local_name(predicate))


def _entry(network: Network, statement: Statement) -> Entry:
    if statement.is_iri and statement.value in network.multigraph:
        return named_entry(network, statement.value)
    if statement.predicate == RDF.type:
        return Entry(text=kind(local_name(statement.value)).one)
    if statement.is_iri and statement.value.startswith(PW.Plan[: -len("Plan")]):
        terms = load_vocabulary()
        known = statement.value in terms.classes or statement.value in terms.properties
        return Entry(text=terms.text(statement.value) if known else Text(statement.value, statement.value))
    value = Value(
        statement.value,
        statement.source,
        statement.value if statement.is_iri else None,
        statement.lang,
        statement.datatype,
    )
    shown = value_entry(network, local_name(statement.predicate), value)
    return Entry(text=shown.text, lang=shown.lang, address=shown.address)
