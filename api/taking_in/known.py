"""What the store knows, as the reading of a workbook needs it: names with their ids."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.intake.sheets.delivering.ids import Held, scoped
from graph.intake.sheets.known import Corrections, Known, KnownThing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.network.build import Network

#: Class of the network -> table of the delivery.
_TABLES: Mapping[str, str] = {
    "Plan": "plans",
    "Goal": "goals",
    "Measure": "measures",
    "Indicator": "indicators",
    "SteeringInstrument": "instruments",
    "OrganizationalUnit": "departments",
    "Partner": "departments",
    "TargetGroup": "target_groups",
    "Topic": "topics",
    "Area": "areas",
    "Body": "bodies",
    "PlanSeries": "series",
    "CouncilPaper": "papers",
    "Dataset": "data_sources",
}
#: The relation between a thing and the plan within which its name counts; True where it starts at the plan.
_SCOPES: Mapping[str, tuple[str, bool]] = {
    "Goal": ("pursues", True),
    "Measure": ("measureOf", False),
    "Indicator": ("indicatorOf", False),
}
_TELLING = ("planKind", "validFrom", "validTo", "decidedOn", "status")


def known_things(network: Network | None, corrections: Corrections) -> Known:
    """Return units, plans and code lists of a network with all their names; nothing of an empty store."""
    if network is None:
        return Known(corrections=corrections)
    return Known(
        units=tuple(_things(network, "OrganizationalUnit", "Partner")),
        plans=tuple(_things(network, "Plan")),
        target_groups=tuple(_things(network, "TargetGroup")),
        topics=tuple(_things(network, "Topic")),
        areas=tuple(_things(network, "Area")),
        corrections=corrections,
    )


def _things(network: Network, *kinds: str) -> Iterator[KnownThing]:
    for kind in kinds:
        for node in network.of_type(kind):
            extra = {name: value for name in _TELLING if (value := network.value(node, name))}
            lead = network.targets(node, "leadUnit")
            if lead:
                extra["lead_department"] = network.id(lead[0])
            yield KnownThing(network.id(node), tuple(names_of(network, node)), extra)


def names_of(network: Network, node: str) -> Iterator[str]:
    """Yield the names of a thing: its label first, then its code and abbreviations."""
    seen = {""}
    for name in ("prefLabel", "identifier", "altLabel"):
        for value in network.values(node, name):
            if value.text not in seen:
                seen.add(value.text)
                yield value.text


def held_things(network: Network | None) -> Held:
    """Return the ids of a network by table and name; a name that two things share finds neither."""
    if network is None:
        return Held()
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for kind, table in _TABLES.items():
        for node in network.of_type(kind):
            for name in names_of(network, node):
                for scope in _scopes(network, kind, node):
                    found[table][scoped(name, scope)].add(network.id(node))
    names = {
        table: {key: next(iter(ids)) for key, ids in by_name.items() if len(ids) == 1}
        for table, by_name in found.items()
    }
    return Held(names, frozenset(network.ids))


def _scopes(network: Network, kind: str, node: str) -> list[str]:
    if kind not in _SCOPES:
        return [""]
    relation, starts_at_plan = _SCOPES[kind]
    plans = network.origins(node, relation) if starts_at_plan else network.targets(node, relation)
    return [network.id(plan) for plan in plans] or [""]
