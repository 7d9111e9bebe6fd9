"""One question asked with the parameters of an address: what they mean, the answer, and what no row means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from api.jobs.asking import address_of, bindings_of, given_of, query_of, sheet_of, too_wide
from api.pages.asking.picking import picked
from api.wording.question_texts import QUESTION_TEXTS
from api.wording.texts import capital
from graph.errors import BadRequest
from graph.findings.coverage import emptiness
from graph.network.build import local_name
from graph.store.query.answer import ResultFormat
from ontology.text import Text
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.jobs.naming import Picked
    from api.pages.frame.call import Call
    from api.tables.answer_files import Sheet
    from graph.network.build import Network
    from graph.store.query.answer import Answer, Term
    from ontology.questions import Question

_COMPLETE = "complete"


def kind_of_empty(network: Network, plan: str, facet: str) -> str:
    """Return why nothing is recorded under a facet of a plan: none, notAsked, unknown, complete, or unstated."""
    state = emptiness(network, plan, facet)
    if state is not None:
        return state
    declared = {local_name(value.iri or value.text) for value in network.values(plan, _COMPLETE)}
    return _COMPLETE if facet in declared else "unstated"


@dataclass(frozen=True)
class Inquiry:
    """A question, and what was typed for its parameters."""

    call: Call
    question: Question
    typed: Mapping[str, str]

    @cached_property
    def picks(self) -> Mapping[str, Picked]:
        """What the names that were typed mean, by parameter."""
        return {
            parameter.name: picked(self.call, parameter, self.typed[parameter.name].strip())
            for parameter in self.question.parameters
            if parameter.class_ and self.typed.get(parameter.name, "").strip()
        }

    @cached_property
    def open_picks(self) -> tuple[Picked, ...]:
        """The names that mean several things, or none."""
        return tuple(pick for pick in self.picks.values() if pick.one is None)

    @cached_property
    def given(self) -> Mapping[str, str]:
        """The values of all parameters that have one, things by id."""
        meant = {name: pick.one for name, pick in self.picks.items() if pick.one}
        return {**{name: value for name, value in self.typed.items() if name not in self.picks}, **meant}

    @cached_property
    def bindings(self) -> dict[str, Term]:
        """The terms that are put in; BadRequest where a value does not fit or a name is open."""
        for pick in self.open_picks:
            raise BadRequest(pick.problem.de, pick.problem.en)
        return bindings_of(self.question, self.given, self.call.site.workspace.settings.base)

    @cached_property
    def too_wide(self) -> Text | None:
        """What to name before there is an answer, in a large inventory; None where it can be given."""
        return too_wide(self.question, self.bindings, self.call.site.workspace.host())

    @cached_property
    def answer(self) -> Answer:
        """The answer of the store; BadRequest where nobody could read it."""
        if self.too_wide:
            raise BadRequest(self.too_wide.de, self.too_wide.en)
        host = self.call.site.workspace.host()
        return host.query(self.question.text, bindings=self.bindings, accept=ResultFormat.JSON)

    @cached_property
    def rows(self) -> list[dict[str, Term]]:
        """The rows of the answer."""
        return self.answer.bindings()

    @property
    def query(self) -> str:
        """The SPARQL with the parameters in it."""
        return query_of(self.question, self.bindings)

    @property
    def address(self) -> str:
        """The address of this answer."""
        return address_of(self.question, self.bindings, self.call.network.base)

    @property
    def named(self) -> tuple[tuple[Text, str], ...]:
        """The parameters that were put in, as people read them, in the language of the page."""
        return given_of(self.question, self.bindings, self.call.network, self.call.lang)

    def sheet(self) -> Sheet:
        """Return the answer as files hold it."""
        site = str(self.call.request.base_url).rstrip("/")
        return sheet_of(self.question, self.bindings, self.answer, self.call.network, self.call.lang, site)

    def emptiness(self) -> tuple[Text, ...]:
        """Return what it means that there is no row, as far as it can be known."""
        usual = self.question.empty or QUESTION_TEXTS["questions.empty_usual"]
        facet, plan = self.question.facet, self.bindings.get("plan")
        return (usual,) if not facet or not plan else (*self._facet(facet, plan.value), usual)

    def _facet(self, facet: str, plan: str) -> tuple[Text, ...]:
        """Return which of the kinds of empty a facet of a plan is."""
        network = self.call.network
        if plan not in network.multigraph:
            return ()
        state = kind_of_empty(network, plan, facet)
        terms = {term.name: term for term in load_vocabulary().properties.values()}
        what, said = capital(terms[facet].label), QUESTION_TEXTS[f"questions.empty_{state}"]
        return (Text(said.de.format(what=what.de), said.en.format(what=what.en)),)

    def rows_without(self) -> int | None:
        """Return how many rows there are where nobody gives a detail; None where none was given."""
        kept = bindings_of(self.question, {}, self.call.network.base)
        host = self.call.site.workspace.host()
        if kept == self.bindings or too_wide(self.question, kept, host):
            return None
        return host.query(self.question.text, bindings=kept, accept=ResultFormat.JSON).rows
