"""Three kinds of empty: "there is none" (asked and denied), "not asked", "unknown"; and what was declared complete.

Without a statement an empty cell means only that the seen source does not say it.
"""

from __future__ import annotations

from datetime import date

from graph.errors import Text
from graph.network.build import Network
from graph.network.time import rough

NONE, NOT_ASKED, UNKNOWN = "none", "notAsked", "unknown"


def emptiness(network: Network, plan: str, facet: str) -> str | None:
    """Return which kind of empty is stated for a facet of a plan: none, notAsked, unknown; None where nothing is.

    Where several sources were asked, the latest counts; a source without a date counts as the oldest.
    """
    state = latest_state(network, plan, facet)
    return _names(network, state, "emptyKind") if state else None


def latest_state(network: Network, plan: str, facet: str) -> str | None:
    """Return the latest statement why a facet of a plan is empty; None where nobody was asked."""
    states = [
        state for state in network.origins(plan, "aboutPlan") if _names(network, state, "facet") == facet
    ]
    return max(states, key=lambda state: (_stated(network, state), state), default=None)


def _stated(network: Network, state: str) -> date:
    source = network.source_of(state)
    said = rough(network, source, "date") if source and source in network.multigraph else None
    return said.first if said and said.first else date.min


def denied(network: Network, plan: str, facet: str) -> Text:
    """Return how a sentence goes on where a facet was asked for and denied; nothing otherwise."""
    if emptiness(network, plan, facet) != NONE:
        return Text("", "")
    day = _stated(network, latest_state(network, plan, facet) or "")
    de, en = ("", "") if day == date.min else (f" vom {day:%d.%m.%Y}", f" of {day.isoformat()}")
    return Text(f" Laut Auskunft{de} gibt es das nicht.", f" According to the answer{en} there is none.")


def _names(network: Network, node: str, name: str) -> str | None:
    values = network.values(node, name)
    return (values[0].iri or values[0].text).rpartition("#")[2] if values else None


def is_asked(network: Network, plan: str, facet: str) -> bool:
    """Whether an empty facet of a plan means "there is none": it was asked for and denied, or declared complete."""
    if emptiness(network, plan, facet) == NONE:
        return True
    declared = [value.iri or value.text for value in network.values(plan, "complete")]
    return any(entry.rpartition("#")[2] == facet for entry in declared)
