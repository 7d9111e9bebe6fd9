"""What a page says of a thing: lines of facts, each with the sources that state it.

Every entry carries its evidence. Statements that whoever compiled the data added are marked. Where two sources give a
property that has one value two different ones, both stand side by side and the line says so. An important property
without a value is shown as not collected, or as which kind of empty it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from api.pages.frame.kinds import kind, page_address
from api.pages.frame.names import GERMAN, name, short_name, shown_value
from api.wording.texts import TEXTS, capital
from graph.dates import shown_date
from graph.findings.coverage import emptiness
from graph.findings.finding import assigned_by_compiler
from graph.network.build import FACT, local_name
from graph.output.drawing.legend import MODALITIES, Legend, legend_of
from ontology.tables import Column, load_tables
from ontology.text import Text
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.network.build import Link, Network, Value

#: What a planner misses when it is empty; all else is simply left out.
IMPORTANT: Mapping[str, tuple[str, ...]] = {
    "Plan": (
        "leadUnit",
        "status",
        "validFrom",
        "validTo",
        "decidedOn",
        "legalBasis",
        "topic",
        "targetGroup",
        "area",
    ),
    "Goal": ("topic", "targetGroup", "targetValue", "deadline", "measuredBy"),
    "SteeringInstrument": ("responsibleUnit", "steers", "supports", "since"),
    "Measure": ("measureOf", "responsibleUnit", "measureStatus", "costEur"),
    "Indicator": ("value", "indicatorOf", "dataSource"),
    "Dataset": ("publisher", "cadence"),
    "DeliberationStep": ("competence", "result"),
    "CouncilPaper": ("date", "concernsPlan"),
    "Source": ("date",),
}
#: Said at the head of a page or in a section of its own.
_ELSEWHERE = frozenset({"prefLabel", "description", "deliveredTable", "inScheme", "place"})


@dataclass(frozen=True, slots=True)
class Cite:
    """A source as a line shows it; ``assigned`` says that the source does not state it literally.

    ``place`` is the sheet and row where a spreadsheet speaks of the thing.
    """

    id: str
    title: Text
    date: Text | None
    page: str | None
    address: str | None
    assigned: bool
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a fact: what it reads, where it leads, how binding it is, who says so.

    ``lang`` is set where the words are those of the source.
    """

    text: Text
    lang: str | None = None
    page: str | None = None
    address: str | None = None
    id: str | None = None
    kind: str | None = None
    modality: str = FACT
    binding: Text | None = None
    since: Text | None = None
    note: str | None = None
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with its values; ``empty`` says why there is none, ``disagreeing`` that sources differ."""

    name: str
    label: Text
    entries: tuple[Entry, ...]
    empty: Text | None = None
    disagreeing: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What points to a thing in one way: the wording read from the thing, and the kind of what points to it."""

    name: str
    label: Text
    kind: str
    many: Text
    entries: tuple[Entry, ...] = field(default=())


@cache
def legend() -> Legend:
    """Return the wording of relations, in both directions."""
    return legend_of(load_vocabulary())


@cache
def relation_kinds() -> frozenset[str]:
    """Return the notations of all recorded kinds of relation."""
    return frozenset(load_vocabulary().schemes["relation-kind"].concepts)


@cache
def columns_of(kind_name: str) -> Mapping[str, Column]:
    """Return the columns that describe things of a class, by property, in the order of the table."""
    table = next((table for table in load_tables() if local_name(table.class_) == kind_name), None)
    return {
        local_name(column.property): column
        for column in (table.columns if table else ())
        if column.property and column.kind not in {"graph", "from_source"} and not column.inverse
    }


def cite(network: Network, source: str, property_name: str) -> Cite:
    """Return how a line cites a source for a property."""
    local = network.id(source).removeprefix("source/")
    if source not in network.multigraph:
        return Cite(local, Text(local, local), None, None, None, assigned=False)
    day = network.value(source, "date")
    return Cite(
        id=local,
        title=name(network, source),
        date=shown_date(day) if day else None,
        page=page_address(network, source),
        address=network.value(source, "address"),
        assigned=property_name in assigned_by_compiler(network, source),
    )


def value_entry(network: Network, property_name: str, value: Value) -> Entry:
    """Return the line of a value."""
    text = shown_value(network, value)
    own_words = text.de == text.en and value.lang is not None
    return Entry(
        text=text,
        lang=value.lang if own_words else None,
        address=value.text if property_name == "address" else None,
        cites=(cite(network, value.source, property_name),),
    )


def link_entry(network: Network, link: Link, end: str) -> Entry:
    """Return the line of a link, naming the thing at ``end``."""
    details = network.multigraph.edges[link.origin, link.target, link.key].get("details", {})
    since, note = details.get("since"), details.get("note")
    return Entry(
        text=short_name(network, end),
        lang=GERMAN,
        page=page_address(network, end),
        id=network.id(end),
        kind=network.type(end),
        modality=link.modality,
        binding=None if link.modality == FACT else MODALITIES.get(link.modality),
        since=shown_date(since.text) if since else None,
        note=note.text if note else None,
        cites=tuple(cite(network, source, link.relation) for source in link.sources),
    )


def thing_entry(network: Network, node: str) -> Entry:
    """Return the line that names a thing, with the source that describes it."""
    source = network.source_of(node)
    cites = (cite(network, source, "prefLabel"),) if source else ()
    return replace(named_entry(network, node), cites=cites)


def named_entry(network: Network, node: str) -> Entry:
    """Return the line that only names a thing."""
    return Entry(
        text=short_name(network, node),
        lang=GERMAN,
        page=page_address(network, node),
        id=network.id(node),
        kind=network.type(node),
    )


def facts_of(network: Network, node: str, without: Iterable[str] = ()) -> tuple[Fact, ...]:
    """Return the facts of a thing: the columns of its table in their order, then whatever else is stated."""
    left_out = {*without, *_ELSEWHERE}
    kind_name = network.type(node)
    columns = columns_of(kind_name)
    stated = set(network.multigraph.nodes[node]["values"])
    stated |= {link.relation for link in network.links_from(node)} - relation_kinds()
    important = IMPORTANT.get(kind_name, ())
    order = [*columns, *sorted((stated | set(important)) - columns.keys())]
    wanted = [one for one in order if one not in left_out and (one in stated or one in important)]
    facts = tuple(_fact(network, node, one, columns.get(one)) for one in wanted)
    return tuple(map(_of_itself, facts)) if kind_name == "Source" else facts


def _fact(network: Network, node: str, property_name: str, column: Column | None) -> Fact:
    entries = tuple(_placed(network, node, _entries(network, node, property_name)))
    return Fact(
        name=property_name,
        label=column.title if column else capital(legend().wording(property_name).label),
        entries=entries,
        empty=None if entries else why_empty(network, node, property_name),
        disagreeing=_disagree(entries, column),
    )


def _placed(network: Network, node: str, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield lines with sheet and row where their source is a spreadsheet."""
    places = {
        network.id(value.source).removeprefix("source/"): value.text
        for value in network.values(node, "place")
    }
    for entry in entries:
        cites = (
            tuple(replace(found, place=places.get(found.id)) for found in entry.cites)
            if places
            else entry.cites
        )
        yield replace(entry, cites=cites)


def _of_itself(fact: Fact) -> Fact:
    """Return what a source says of itself: that needs no other source."""
    return replace(fact, entries=tuple(replace(entry, cites=()) for entry in fact.entries))


def _entries(network: Network, node: str, property_name: str) -> Iterator[Entry]:
    for value in network.values(node, property_name):
        yield value_entry(network, property_name, value)
    for link in network.links_from(node, property_name):
        yield link_entry(network, link, link.target)


def _disagree(entries: tuple[Entry, ...], column: Column | None) -> bool:
    """Whether a property that has one value per source has different ones in different sources."""
    if column is None or column.separator or column.name == "note":
        return False
    said = {(entry.text.de, entry.id) for entry in entries}
    return len(said) > 1 and len({entry.cites for entry in entries}) > 1


def why_empty(network: Network, node: str, property_name: str) -> Text:
    """Return which of the kinds of empty a property without a value is."""
    state = emptiness(network, node, property_name)
    return TEXTS[f"empty.{state}"] if state else TEXTS["empty.unstated"]


def description_of(network: Network, node: str) -> tuple[Entry, ...]:
    """Return the short descriptions of a thing."""
    return tuple(_entries(network, node, "description"))


def groups_of(network: Network, node: str, without: Iterable[str] = ()) -> tuple[Group, ...]:
    """Return what points to a thing, by relation and kind, worded from the thing; recorded relations left out."""
    left_out = {*without, *relation_kinds()}
    found: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for link in network.links_to(node):
        if link.relation not in left_out:
            found[link.relation, network.type(link.origin)].append(link_entry(network, link, link.origin))
    order = {one: place for place, one in enumerate(_kind_order())}
    keys = sorted(found, key=lambda key: (order.get(key[1], len(order)), key[0]))
    return tuple(
        Group(
            name=relation,
            label=capital(legend().wording(relation).inverse),
            kind=kind_name,
            many=kind(kind_name).many,
            entries=tuple(sorted(found[relation, kind_name], key=lambda entry: entry.text.de.casefold())),
        )
        for relation, kind_name in keys
    )


def _kind_order() -> tuple[str, ...]:
    return ("Plan", "Goal", "SteeringInstrument", "Measure", "Indicator", "CouncilPaper", "PublicEvent")


@dataclass(frozen=True, slots=True)
class Relation:
    """A recorded relation, worded from the thing whose page it is on."""

    label: Text
    entry: Entry


def relations_of(network: Network, node: str) -> tuple[Relation, ...]:
    """Return the recorded relations of a thing in both directions: facts first, then intentions, then demands."""
    found = [
        Relation(capital(legend().wording(link.relation).label), link_entry(network, link, link.target))
        for link in network.links_from(node)
        if link.relation in relation_kinds()
    ]
    found += [
        Relation(capital(_inverse(link.relation)), link_entry(network, link, link.origin))
        for link in network.links_to(node)
        if link.relation in relation_kinds()
    ]
    binding = list(MODALITIES)
    return tuple(
        sorted(found, key=lambda one: (binding.index(one.entry.modality), one.label.de, one.entry.text.de))
    )


def _inverse(relation: str) -> Text:
    """Return a relation read backwards; where the vocabulary has no word, the sentence is turned round."""
    back = legend().wording(relation)
    if not back.inverse.de.startswith("←"):
        return back.inverse
    return Text(f"hierauf bezogen: {back.label.de}", f"related to this: {back.label.en}")
