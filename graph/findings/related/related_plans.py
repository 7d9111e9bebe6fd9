"""Related plans of a city, for suggestions ("ähnliche Planwerke"): by the ranking of ``relatedness``, never a finding.

Whether two plans overlap is for the rules to say; this only helps to find what else to read.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.findings.related.relatedness import Description, Relatedness, relate
from graph.network.build import Network
from graph.network.incidence import read_incidence


def related_plans(network: Network, plans: Iterable[str]) -> Relatedness:
    """Return who of ``plans`` (IRIs) is related to whom; keys are IRIs."""
    incidence = read_incidence(network, plans)
    return relate(
        describe(network, plan, (incidence.concepts[concept] for concept in closed))
        for plan, closed in zip(incidence.plans, incidence.closed, strict=True)
    )


def describe(network: Network, plan: str, concepts: Iterable[str]) -> Description:
    """Return what the network says of a plan: name, summary, goals and lead; its measures help to learn words.

    A plan with several leads belongs to all of them together.
    """
    leads = sorted(network.targets(plan, "leadUnit"))
    measures = network.origins(plan, "measureOf")
    return Description(
        key=plan,
        text="\n".join((*matter_of(network, plan), *(network.label(lead) for lead in leads))),
        owner=" ".join(leads),
        concepts=frozenset(concepts),
        more="\n".join(network.label(measure) for measure in measures),
    )


def matter_of(network: Network, plan: str) -> tuple[str, ...]:
    """Return what a plan is about in its own words: name, summary and goals, without who leads it."""
    return (
        network.label(plan),
        *(value.text for value in network.values(plan, "description")),
        *(network.label(goal) for goal in network.targets(plan, "pursues")),
    )
