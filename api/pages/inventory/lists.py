"""Lists of all things of a kind: searched, filtered, sorted by any column, and paged, all through plain addresses."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.frame.call import Asked, Call, described, parameter
from api.pages.frame.facts import Entry, columns_of, legend, link_entry, thing_entry, value_entry
from api.pages.frame.kinds import SEGMENTS, Kind, kind
from api.pages.frame.names import short_name
from api.pages.inventory.search import checked_query, fold
from api.wanted import not_found
from api.wording.texts import TEXTS, capital
from graph.dates import shown_date
from graph.errors import BadRequest
from graph.network.layout import natural
from graph.network.time import State
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graph.network.build import Network

router = APIRouter(tags=["lists"])

PER_PAGE = 50
#: The columns of each list beside the name; ``<`` reads a relation backwards.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Plan": ("planKind", "leadUnit", "standing", "period", "topic"),
    "Goal": ("goalKind", "<pursues", "targetGroup", "<supports", "measuredBy"),
    "OrganizationalUnit": ("unitKind", "<leadUnit", "<responsibleUnit"),
    "SteeringInstrument": ("instrumentType", "responsibleUnit", "instrumentStatus", "steers"),
    "Measure": ("measureOf", "measureStatus", "responsibleUnit", "supports"),
    "Indicator": ("value", "unit", "asOf", "indicatorOf", "dataSource"),
    "TargetGroup": ("broader", "<targetGroup"),
    "Topic": ("broader", "<topic"),
    "Area": ("areaKind", "inFrame", "partOfArea"),
    "SpatialFrame": ("unitCount", "usedByUnit", "usedInPlan"),
    "PlanSeries": ("<inSeries",),
    "CouncilPaper": ("identifier", "paperType", "date", "leadUnit", "concernsPlan"),
    "DeliberationStep": ("date", "paper", "competence", "result"),
    "Body": ("altLabel", "bodyKind", "level", "<body"),
    "Partner": ("partnerKind", "level", "<leadUnit"),
    "PublicEvent": ("eventKind", "date", "organiser", "concernsPlan"),
    "Dataset": ("datasetKind", "publisher", "cadence", "usesFrame"),
    "Source": ("publisherName", "sourceKind", "date"),
}
#: Relations that a list only counts, of one kind of thing.
_COUNTED: Mapping[str, str] = {
    "<leadUnit": "Plan",
    "<responsibleUnit": "SteeringInstrument",
    "<targetGroup": "Plan",
    "<topic": "Plan",
    "<inSeries": "Plan",
    "<body": "DeliberationStep",
}
FILTERS: Mapping[str, str] = {
    "department": "leadUnit",
    "topic": "topic",
    "target_group": "targetGroup",
    "area": "area",
}

SearchParam = Annotated[str, parameter("Wörter im Namen", "words in the name")]
SortParam = Annotated[str, parameter("Spalte, mit - davor absteigend", "column; descending with - before it")]
PageParam = Annotated[int, parameter("Seite, von 1 an", "page, from 1 on", ge=1, le=100_000)]


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column, and the order that its link asks for."""

    name: str
    label: Text
    sort: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Row:
    """A thing with its cells, in the order of the columns."""

    entry: Entry
    cells: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: its parameter, its name, what can be chosen with how many hits each, and what is chosen."""

    name: str
    label: Text
    options: tuple[tuple[str, Text, int], ...]
    chosen: str


def _listing(kind_name: str) -> Callable[..., Response]:
    def listing(call: Asked, q: SearchParam = "", sort: SortParam = "", page: PageParam = 1) -> Response:
        """Answer with the things of a kind."""
        return call.answer("list.html", lambda: list_view(call, kind_name, q, sort, page, {}), _document)

    return listing


@router.get("/plans", **described("Alle Planwerke, gefiltert und sortiert", "all plans, filtered and sorted"))
def plans(
    call: Asked,
    q: SearchParam = "",
    department: Annotated[str, parameter("federführende Dienststelle", "leading department")] = "",
    topic: Annotated[str, parameter("Thema", "topic")] = "",
    target_group: Annotated[str, parameter("Zielgruppe", "target group")] = "",
    area: Annotated[str, parameter("Raum", "area")] = "",
    status: Annotated[
        str, parameter("Stand am Tag, wie in force", "standing on the day, like in force")
    ] = "",
    sort: SortParam = "",
    page: PageParam = 1,
) -> Response:
    """Answer with the plans."""
    chosen = {
        "department": department,
        "topic": topic,
        "target_group": target_group,
        "area": area,
        "status": status,
    }
    return call.answer("list.html", lambda: list_view(call, "Plan", q, sort, page, chosen), _document)


for _name, _segment in SEGMENTS.items():
    if _name != "Plan":
        router.add_api_route(
            f"/{_segment}",
            _listing(_name),
            operation_id=f"list_{_segment.replace('-', '_')}",
            **described(f"Alle: {kind(_name).many.de}", f"all: {kind(_name).many.en}"),
        )


def list_view(
    call: Call, kind_name: str, q: str, sort: str, page: int, chosen: Mapping[str, str]
) -> dict[str, Any]:
    """Return what a list shows."""
    network = call.network
    words = fold(checked_query(q)).split()
    found = [node for node in network.of_type(kind_name) if _named_so(network, node, words)]
    filters = _choices(call, found, chosen) if kind_name == "Plan" else []
    kept = [node for node in found if _passes(call, node, chosen)]
    order = _ordered(call, kind_name, kept, sort)
    first = (page - 1) * PER_PAGE
    return {
        "kind": kind(kind_name),
        "columns": _columns(kind_name, sort),
        "rows": [_row(call, node, COLUMNS[kind_name]) for node in order[first : first + PER_PAGE]],
        "filters": filters,
        "q": q,
        "sort": sort,
        "page": page,
        "pages": max(1, -(-len(order) // PER_PAGE)),
        "total": len(order),
        "as_of": call.day,
        "dated": kind_name == "Plan",
    }


def _document(view: Mapping[str, Any]) -> dict[str, Any]:
    one: Kind = view["kind"]
    return {
        "kind": one.name,
        "as_of": view["as_of"] if view["dated"] else None,
        "page": view["page"],
        "pages": view["pages"],
        "total": view["total"],
        "items": [_item(row, view["columns"]) for row in view["rows"]],
    }


def _item(row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    item: dict[str, Any] = {"id": row.entry.id, "name": row.entry.text, "page": row.entry.page}
    for column, cell in zip(columns[1:], row.cells, strict=True):
        item[column.name] = [{"text": entry.text, **({"id": entry.id} if entry.id else {})} for entry in cell]
    return item


def _named_so(network: Network, node: str, words: Iterable[str]) -> bool:
    said = fold(f"{short_name(network, node).de} {network.value(node, 'identifier') or ''}")
    return all(word in said for word in words)


def _passes(call: Call, node: str, chosen: Mapping[str, str]) -> bool:
    return all(value in _values_of(call, node, name) for name, value in chosen.items() if value)


def _values_of(call: Call, node: str, filter_name: str) -> list[str]:
    """Return what a plan has under a filter: local ids, or its standing."""
    if filter_name == "status":
        return [str(call.standings[node].state)]
    return [call.network.id(other) for other in call.network.targets(node, FILTERS[filter_name])]


def _choices(call: Call, nodes: Sequence[str], chosen: Mapping[str, str]) -> list[Choice]:
    return [_choice(call, nodes, name, value) for name, value in chosen.items()]


def _choice(call: Call, nodes: Sequence[str], filter_name: str, value: str) -> Choice:
    counts = Counter(found for node in nodes for found in _values_of(call, node, filter_name))
    options = [(found, _option_name(call, filter_name, found), count) for found, count in counts.items()]
    if value and value not in counts:
        options.append((value, _option_name(call, filter_name, value), 0))
    options.sort(key=lambda option: natural(option[1].de))
    return Choice(filter_name, TEXTS[f"filter.{filter_name}"], tuple(options), value)


def _option_name(call: Call, filter_name: str, value: str) -> Text:
    """Return how an option reads; BadRequest or NotFound where there is no such thing."""
    if filter_name == "status":
        if value in set(State):
            return TEXTS[f"standing.{value}"]
        known = ", ".join(State)
        raise BadRequest(
            f"Den Stand „{value}“ gibt es nicht; möglich sind: {known}.",
            f"There is no standing “{value}”; possible are: {known}.",
        )
    node = call.network.iri(value)
    if node is None:
        raise not_found(value, call.network.ids)
    return short_name(call.network, node)


def _columns(kind_name: str, sort: str) -> tuple[Column, ...]:
    names = ("name", *COLUMNS[kind_name])
    return tuple(_column(kind_name, name, sort) for name in names)


def _column(kind_name: str, column_name: str, sort: str) -> Column:
    up, down = sort == column_name or (not sort and column_name == "name"), sort == f"-{column_name}"
    return Column(
        name=column_name.removeprefix("<"),
        label=_label(kind_name, column_name),
        sort=f"-{column_name}" if up else column_name,
        sorted="ascending" if up else "descending" if down else "none",
    )


def _label(kind_name: str, column_name: str) -> Text:
    if f"column.{column_name}" in TEXTS:
        return TEXTS[f"column.{column_name}"]
    if column_name.startswith("<"):
        counted = _COUNTED.get(column_name)
        return kind(counted).many if counted else capital(legend().wording(column_name[1:]).inverse)
    column = columns_of(kind_name).get(column_name)
    return column.title if column else capital(legend().wording(column_name).label)


def _row(call: Call, node: str, columns: Iterable[str]) -> Row:
    return Row(thing_entry(call.network, node), tuple(_cell(call, node, name) for name in columns))


def _ordered(call: Call, kind_name: str, nodes: Iterable[str], sort: str) -> list[str]:
    """Return the things in the wanted order; what is empty comes last in both directions."""
    columns = COLUMNS[kind_name]
    wanted = sort.removeprefix("-") or "name"
    if wanted not in ("name", *columns):
        known = ", ".join(("name", *columns))
        raise BadRequest(f"sort={sort}: möglich sind {known}.", f"sort={sort}: possible are {known}.")
    pairs = [(_sort_key(call, node, wanted), node) for node in nodes]
    full = sorted((pair for pair in pairs if pair[0]), reverse=sort.startswith("-"))
    return [node for _, node in full] + [node for key, node in sorted(pairs) if not key]


def _sort_key(call: Call, node: str, column_name: str) -> tuple[str | int, ...]:
    network = call.network
    if column_name == "name":
        return natural(short_name(network, node).de)
    if column_name == "period":
        start = network.value(node, "validFrom") or network.value(node, "validTo")
        return natural(start) if start else ()
    if column_name in _COUNTED:
        count = len(_counted(network, node, column_name))
        return ("", count) if count else ()
    values = network.values(node, column_name)
    text = (
        values[0].text if values else " ".join(entry.text.de for entry in _cell(call, node, column_name)[:1])
    )
    return natural(text) if text else ()


def _cell(call: Call, node: str, column_name: str) -> tuple[Entry, ...]:
    network = call.network
    if column_name == "standing":
        return (Entry(text=TEXTS[f"standing.{call.standings[node].state}"]),)
    if column_name == "period":
        return _period(network, node)
    if column_name in _COUNTED:
        count = len(_counted(network, node, column_name))
        return (Entry(text=Text(str(count), str(count))),) if count else ()
    if column_name.startswith("<"):
        return tuple(
            link_entry(network, link, link.origin) for link in network.links_to(node, column_name[1:])
        )
    values = tuple(value_entry(network, column_name, value) for value in network.values(node, column_name))
    return values + tuple(
        link_entry(network, link, link.target) for link in network.links_from(node, column_name)
    )


def _counted(network: Network, node: str, column_name: str) -> list[str]:
    wanted = _COUNTED[column_name]
    return [other for other in network.origins(node, column_name[1:]) if network.type(other) == wanted]


def _period(network: Network, node: str) -> tuple[Entry, ...]:
    start, end = network.value(node, "validFrom"), network.value(node, "validTo")
    if not start and not end:
        return ()
    first, last = shown_date(start or ""), shown_date(end or "")
    return (Entry(text=Text(f"{first.de}–{last.de}", f"{first.en}–{last.en}")),)
