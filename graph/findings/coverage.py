"""Three kinds of empty: "there is none" (asked and denied), "not asked", "unknown"; and what was declared complete.

Without a statement an empty cell means only that the seen source does not say it.
"""

from __future__ import annotations

from graph.network.build import Network

NONE, NOT_ASKED, UNKNOWN = "none", "notAsked", "unknown"


def emptiness(network: Network, plan: str, facet: str) -> str | None:
    """Return which kind of empty is stated for a facet of a plan: none, notAsked, unknown; None where nothing is."""
    for state in network.origins(plan, "aboutPlan"):
        if _names(network, state, "facet") == facet:
            return _names(network, state, "emptyKind")
    return None


def _names(network: Network, node: str, name: str) -> str | None:
    values = network.values(node, name)
    return (values[0].iri or values[0].text).rpartition("#")[2] if values else None


def is_asked(network: Network, plan: str, facet: str) -> bool:
    """Whether an empty facet of a plan means "there is none": it was asked for and denied, or declared complete."""
    if emptiness(network, plan, facet) == NONE:
        return True
    declared = [value.iri or value.text for value in network.values(plan, "complete")]
    return any(entry.rpartition("#")[2] == facet for entry in declared)
