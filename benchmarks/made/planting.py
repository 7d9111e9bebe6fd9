"""Plant near-copies: plans of another lead that keep a share of what a plan, its goals and its measures are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING

from benchmarks.made.shape import Urn
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from benchmarks.made.generate import Inventory
    from benchmarks.made.making import Cells

FACETS = ("topics", "target_groups", "areas")
_FEWEST_CONCEPTS = 5
_NOT_COPIED = ("series", "participating", "note", "summary_de")

Concept = tuple[str, str]
"""The column (which is also the table) of a concept, and its id."""


def plant(inventory: Inventory, plans: Sequence[Cells]) -> list[tuple[str, Cells]]:
    """Return the near-copies with the id of the plan that each copies.

    Copied are open plans with a department as lead, a topic, and five concepts at least. Raises ValueError where there
    are too few of them.
    """
    dice = Random(f"{inventory.seed}/planted")
    about = _concepts(inventory, plans)
    fit = [plan for plan in plans if _can_be_copied(plan, about[plan["id"]])]
    if len(fit) < inventory.planted:
        raise ValueError(f"only {len(fit)} of {len(plans)} plans can be copied")
    chosen = dice.sample(fit, inventory.planted)
    return [
        (plan["id"], _twin(inventory, plan, about[plan["id"]], len(plans) + place, dice))
        for place, plan in enumerate(chosen)
    ]


def _concepts(inventory: Inventory, plans: Iterable[Cells]) -> dict[str, set[Concept]]:
    found: defaultdict[str, set[Concept]] = defaultdict(set)
    for plan in plans:
        found[plan["id"]].update(_named(plan, FACETS))
    for goal in inventory.rows("goals"):
        found[goal["plan"]].update(_named(goal.cells, FACETS))
    for measure in inventory.rows("measures"):
        found[measure["plan"]].update(("areas", area) for area in measure["area"].split(";") if area)
    return found


def _named(cells: Mapping[str, str], facets: Iterable[str]) -> set[Concept]:
    return {(facet, entry) for facet in facets for entry in cells[facet].split(";") if entry}


def _can_be_copied(plan: Cells, about: set[Concept]) -> bool:
    status = load_vocabulary().concept("plan-status", plan["status"]) if plan["status"] else None
    over = status is not None and status.standing == "past"
    led = plan["lead_department"].startswith("syn-dep-")
    return (
        not over and led and len(about) >= _FEWEST_CONCEPTS and any(facet == "topics" for facet, _ in about)
    )


def _twin(inventory: Inventory, plan: Cells, about: set[Concept], number: int, dice: Random) -> Cells:
    concepts = _near_copy(inventory, about, dice)
    lists = {facet: ";".join(sorted(entry for kind, entry in concepts if kind == facet)) for facet in FACETS}
    names = {"id": inventory.id("plans", number), "title_de": f"Planwerk {number + 1:05d}"}
    lead = {"lead_department": _other_lead(inventory, plan, dice)}
    return {**plan, **dict.fromkeys(_NOT_COPIED, ""), **lists, **names, **lead}


def _other_lead(inventory: Inventory, plan: Cells, dice: Random) -> str:
    leads = [inventory.id("departments", number) for number in range(inventory.sizes["departments"])]
    return dice.choice([lead for lead in leads if lead != plan["lead_department"]])


def _near_copy(inventory: Inventory, about: set[Concept], dice: Random) -> set[Concept]:
    """Return the share of the concepts that is kept, a topic among them, and others of the same facets for the rest."""
    ordered = sorted(about)
    dice.shuffle(ordered)
    ordered.sort(key=lambda concept: concept != _first_topic(about))
    kept = ordered[: round(inventory.share * len(ordered))]
    fresh = {_another(inventory, facet, about, dice) for facet, _ in ordered[len(kept) :]}
    return {*kept, *fresh}


def _first_topic(concepts: Iterable[Concept]) -> Concept:
    return min(concept for concept in concepts if concept[0] == "topics")


def _another(inventory: Inventory, facet: str, about: set[Concept], dice: Random) -> Concept:
    urn = Urn(inventory.shape.uses["plans", facet, facet], inventory.copies(facet))
    others = ((facet, inventory.id(facet, urn.draw(dice))) for _ in range(inventory.sizes[facet] * 10))
    return next((concept for concept in others if concept not in about), min(about))
