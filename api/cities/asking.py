"""Questions asked of several cities: one by its name, what was typed for its parameters put in, asked of a region or of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.asking import bindings_of
from api.workspace import not_found
from ontology.across import load_across_questions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.cities.federation import Federation
    from graph.store.answer import Answer, ResultFormat
    from ontology.questions import Question


def across_question(name: str) -> Question:
    """Return the question with this name, or the only one whose name begins so (``q91``).

    Raises NotFound, with the nearest names.
    """
    known = load_across_questions()
    begun = [entry for entry in known if entry.startswith(f"{name}-")]
    if name not in known and len(begun) != 1:
        raise not_found(name, known)
    return known.get(name) or known[begun[0]]


def ask_across(
    federation: Federation, asked: Question, given: Mapping[str, str], accept: ResultFormat | None = None
) -> Answer:
    """Return the answer of the cities to a question.

    Raises BadRequest for a parameter that does not exist and NotFound for a city or region that is not registered.
    """
    bindings = bindings_of(asked, given, federation.settings.base)
    if given.get("city"):
        federation.register.city(given["city"])
    region = given.get("region") or None
    federation.register.of_region(region)
    return federation.host_of(region).query(asked.text, bindings=bindings, accept=accept)
