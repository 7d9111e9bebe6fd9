"""Ready-made questions: find one by name, turn what people type for its parameters into terms, and the answer to a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from api.wanted import not_found
from graph.errors import BadRequest
from graph.store.query.answer import Term
from ontology.questions import Argument, Question, UnfitArgumentError, load_questions
from ontology.terms import PW
from ontology.text import Text

if TYPE_CHECKING:
    from api.tables.answer_files import Sheet
    from graph.network.build import Network
    from graph.store.hosting import Host
    from graph.store.query.answer import Answer

#: With more plans than this, a question about one thing is not answered about all of them.
LARGE = 2_000
_PLANS = f"SELECT (COUNT(DISTINCT ?plan) AS ?plans) WHERE {{ ?plan a <{PW.Plan}> }}"
_OR = {"de": " oder ", "en": " or "}


def question(name: str) -> Question:
    """Return the question with this name, or the only one whose name begins so (``q18``).

    Raises NotFound, with the nearest names.
    """
    return question_named(name, load_questions())


def question_named(name: str, known: Mapping[str, Question]) -> Question:
    """Return the one of these questions with this name, or the only one whose name begins so.

    Raises NotFound, with the nearest names.
    """
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


def too_wide(asked: Question, terms: Mapping[str, Term], host: Host) -> Text | None:
    """Return what to name first, where the inventory is so large that the whole answer helps nobody; else None."""
    if not asked.narrow or any(parameter.name in terms for parameter in asked.narrow):
        return None
    plans = int(host.query(_PLANS).bindings()[0]["plans"].value)
    if plans <= LARGE:
        return None
    names = {
        lang: joined.join(parameter.label[lang] for parameter in asked.narrow) for lang, joined in _OR.items()
    }
    return Text(
        f"Hier stehen {f'{plans:,}'.replace(',', '.')} Planwerke; die Antwort über alle wäre zu lang zum Lesen. "
        f"Bitte zuerst angeben: {names['de']}.",
        f"There are {plans:,} plans here; the answer about all of them would be too long to read. "
        f"Please name first: {names['en']}.",
    )


def query_of(asked: Question, terms: Mapping[str, Term]) -> str:
    """Return the SPARQL of a question with the terms of its parameters in it."""
    arguments = {
        name: Argument(term.kind, term.value, term.lang, term.datatype)
        for name, term in terms.items()
        if term.kind in {"iri", "literal"}
    }
    return asked.query_with(arguments)


def address_of(asked: Question, terms: Mapping[str, Term], base: str) -> str:
    """Return the path where a question is answered with these terms: it names also a day that nobody typed."""
    kept = {name: term.value.removeprefix(base) for name, term in terms.items()}
    path = f"/questions/{asked.name}"
    return f"{path}?{urlencode(kept)}" if kept else path


def given_of(
    asked: Question, terms: Mapping[str, Term], network: Network, lang: str
) -> tuple[tuple[Text, str], ...]:
    """Return what was put in, as people read it: things by name, days as they write them."""
    from api.pages.frame.names import short_name  # noqa: PLC0415 - needs NetworkX, which finding a question does not
    from graph.dates import shown_date  # noqa: PLC0415

    def shown(name: str, class_: str | None) -> str:
        value = terms[name].value
        if class_ is None:
            return shown_date(value)[lang] if terms[name].datatype else value
        return short_name(network, value)[lang] if value in network.multigraph else network.id(value)

    return tuple(
        (parameter.label, shown(parameter.name, parameter.class_))
        for parameter in asked.parameters
        if parameter.name in terms
    )


def sheet_of(
    asked: Question, terms: Mapping[str, Term], answer: Answer, network: Network, lang: str, site: str = ""
) -> Sheet:
    """Return the answer to a question as files hold it; ``answer`` is in JSON, ``site`` where it is served."""
    from api.tables.answer_files import Sheet  # noqa: PLC0415 - needs XlsxWriter

    return Sheet(
        name=asked.name,
        title=asked.title,
        description=asked.description,
        given=given_of(asked, terms, network, lang),
        columns=asked.shown,
        rows=answer.bindings(),
        truncated=answer.truncated,
        base=network.base,
        day=date.today().isoformat(),  # noqa: DTZ011 - the day in the room
        address=site + address_of(asked, terms, network.base),
        query=query_of(asked, terms),
    )
