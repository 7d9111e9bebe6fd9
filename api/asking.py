"""Ready-made questions: find one by name, turn what people type for its parameters into terms."""

from __future__ import annotations

from collections.abc import Mapping

from api.workspace import not_found
from graph.errors import BadRequest
from graph.store.answer import Term
from ontology.questions import Question, UnfitArgumentError, load_questions


def question(name: str) -> Question:
    """Return the question with this name, or the only one whose name begins so (``q18``).

    Raises NotFound, with the nearest names.
    """
    known = load_questions()
    begun = [entry for entry in known if entry.startswith(f"{name}-")]
    if name in known:
        return known[name]
    if len(begun) == 1:
        return known[begun[0]]
    raise not_found(name, known)


def bindings_of(asked: Question, given: Mapping[str, str], base: str) -> dict[str, Term]:
    """Return the terms of all parameters: what was given, else the default; one without either stays free.

    Raises BadRequest where a parameter does not exist, is missing or cannot be understood.
    """
    names = {parameter.name for parameter in asked.parameters}
    for name in given:
        if name not in names:
            choice = ", ".join(sorted(names)) or "–"
            raise BadRequest(
                f"Die Frage {asked.name} hat keinen Parameter „{name}“; möglich sind: {choice}.",
                f"The question {asked.name} has no parameter “{name}”; possible are: {choice}.",
            )
    try:
        terms = {
            parameter.name: parameter.term(given.get(parameter.name), base) for parameter in asked.parameters
        }
    except UnfitArgumentError as error:
        raise BadRequest(error.text.de, error.text.en) from None
    return {name: Term(*term) for name, term in terms.items() if term is not None}
