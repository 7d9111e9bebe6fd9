"""Kinds of things: what they are called, and at which address each thing has its page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from api.wording.plurals import PLURALS
from api.wording.texts import capital
from graph.network.build import local_name
from graph.output.drawing.texts import SHAPES
from ontology.tables import load_tables
from ontology.text import Text
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.network.build import Network

#: The folder of the address in which the things of a class have their pages.
SEGMENTS: Mapping[str, str] = {
    "Plan": "plans",
    "Goal": "goals",
    "OrganizationalUnit": "departments",
    "SteeringInstrument": "instruments",
    "Measure": "measures",
    "Indicator": "indicators",
    "TargetGroup": "target-groups",
    "Topic": "topics",
    "Area": "areas",
    "SpatialFrame": "frames",
    "PlanSeries": "series",
    "CouncilPaper": "papers",
    "DeliberationStep": "steps",
    "Body": "bodies",
    "Partner": "partners",
    "PublicEvent": "events",
    "Dataset": "data-sources",
    "Source": "sources",
}
#: Classes without a folder of their own share this one.
OTHER = "things"
#: What the local ids of some classes begin with; the address leaves it out.
_PREFIXES: Mapping[str, str] = {"Source": "source/", "DeliberationStep": "step/"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of things: names for one and for many, folder of their pages, and the mark that stands for them."""

    name: str
    segment: str
    one: Text
    many: Text
    shape: str | None
    colour: str | None


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by the local name of its class; those with a folder of their own first."""
    tables = {local_name(table.class_): table.title for table in load_tables()}
    terms = {
        term.name: term
        for term in load_vocabulary().classes.values()
        if not term.iri.startswith("http://www.w3.org/ns/prov#")
    }
    order = [*SEGMENTS, *sorted(terms.keys() - SEGMENTS.keys())]
    found = {}
    for name in order:
        term = terms[name]
        one = capital(term.label)
        outline = SHAPES.get(term.shape or "")
        found[name] = Kind(
            name,
            SEGMENTS.get(name, OTHER),
            one,
            tables.get(name) or PLURALS.get(name, one),
            outline,
            term.colour,
        )
    return found


def kind(name: str) -> Kind:
    """Return the kind with this class name; one named as it is where the vocabulary lacks it.

    >>> kind("Plan").many.en
    'Plans'
    """
    return kinds().get(name) or Kind(name, OTHER, Text(name, name), Text(name, name), None, None)


def kind_of_segment(segment: str) -> Kind | None:
    """Return the kind whose pages lie in this folder; None for the folder of all others."""
    return next((kind for kind in kinds().values() if kind.segment == segment and segment != OTHER), None)


def page_address(network: Network, node: str) -> str:
    """Return the path of the page of a node."""
    name = network.type(node)
    local = network.id(node).removeprefix(_PREFIXES.get(name, ""))
    return f"/{kind(name).segment}/{quote(local, safe='/:@')}"


def node_at(network: Network, segment: str, local: str) -> str | None:
    """Return the node whose page has this path; None where there is none."""
    wanted = kind_of_segment(segment)
    prefix = _PREFIXES.get(wanted.name, "") if wanted else ""
    node = network.iri(prefix + local)
    if node is None or kind(network.type(node)).segment != segment:
        return None
    return node


def ids_at(network: Network, segment: str) -> list[str]:
    """Return the ids, as addresses write them, of all things whose pages lie in a folder."""
    wanted = kind_of_segment(segment)
    if wanted is None:
        return [
            network.id(node) for node in network.multigraph if kind(network.type(node)).segment == segment
        ]
    prefix = _PREFIXES.get(wanted.name, "")
    return [network.id(node).removeprefix(prefix) for node in network.of_type(wanted.name)]
