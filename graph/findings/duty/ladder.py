"""The ladder of legal planning duties on a day: what binds a body, by when, what is known of it, who else is tied in.

Which musts count for a body: the norm is in force on the day, it says *must*, it addresses a role that the body holds, its
condition is recorded as met or there is none, and, unless asked by legal status alone, nobody took the task over. A
duty whose strength is not recorded is shown as open and never as a must. Each duty has one of six answers, or is fulfilled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.errors import BadRequest, NotFound, Text
from graph.findings.duty.answers import (
    DENIED,
    Answer,
    Claim,
    Due,
    Suggestion,
    best_answer,
    claims_on,
    next_due,
    suggestions_on,
)
from graph.findings.duty.law import MUST, SHOULD, Law, NormState, Reach, bodies, law_on
from graph.network.build import Network

DISCLAIMER = Text("Planungsinformation, keine Rechtsberatung", "Planning information, not legal advice")
ANSWERS: dict[Answer, Text] = {
    Answer.FULFILLED: Text("erfüllt (bestätigt)", "fulfilled (confirmed)"),
    Answer.PARTLY: Text("passt teilweise", "partly fits"),
    Answer.UNKNOWN: Text("nicht bekannt", "unknown"),
    Answer.DRAFT: Text("nur Entwurf", "draft only"),
    Answer.EXPIRED: Text("abgelaufen", "expired"),
    Answer.NO_PLAN: Text("kein Planwerk", "no plan"),
    Answer.NOT_OURS: Text("nicht unsere Pflicht", "not our duty"),
}
REACHES: dict[Reach, Text] = {
    Reach.OURS: Text("gilt für uns", "binds us"),
    Reach.DELEGATED: Text("übertragen", "handed over"),
    Reach.UNCHECKED: Text("Bedingung nicht geprüft", "condition not checked"),
    Reach.NOT_MET: Text("Bedingung liegt nicht vor", "condition not met"),
    Reach.OTHERS: Text("richtet sich an andere", "addresses others"),
    Reach.OPEN: Text("Adressat nicht erfasst", "addressee not recorded"),
}
OPEN_MODALITY = Text("offen", "open")
_SHOWN = frozenset({NormState.IN_FORCE, NormState.NONE, NormState.PREDECESSOR})
_ELSEWHERE = frozenset({Reach.DELEGATED, Reach.OTHERS, Reach.NOT_MET})


@dataclass(frozen=True, slots=True)
class Step:
    """One duty on the ladder: what the law says, what is known of its fulfilment, when it is due, and whom it ties."""

    duty: str
    law: Law
    answer: Answer
    reason: Text
    due: Due | None
    claims: tuple[Claim, ...]
    suggestions: tuple[Suggestion, ...]
    coordination: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """Whether the duty binds the body as a must or should and is not confirmed as fulfilled."""
        binding = self.law.reach is Reach.OURS and self.law.norm.modality in {MUST, SHOULD}
        return binding and self.answer is not Answer.FULFILLED


@dataclass(frozen=True, slots=True)
class DutyLadder:
    """The duties of a body on a day by deadline, those not in force beside them, and how many are musts."""

    day: date
    body: str | None
    delegation: bool
    steps: tuple[Step, ...]
    not_in_force: tuple[Law, ...]
    must_by_status: int
    must_after_delegation: int

    @property
    def gaps(self) -> tuple[Step, ...]:
        """The steps that bind and are not confirmed as fulfilled."""
        return tuple(step for step in self.steps if step.is_gap)


def bearer(network: Network, local: str | None = None) -> str | None:
    """Return the public body with a local id; without one the only body whose roles are recorded, or nothing.

    Raises NotFound where no such body has roles, BadRequest where several have and none was named.
    """
    known = bodies(network)
    if local is not None:
        found = network.iri(local)
        if found not in known:
            names = ", ".join(network.id(body) for body in known)
            raise NotFound(
                f"Zu „{local}“ sind keine Rollen erfasst; möglich sind: {names}.",
                f"No roles are recorded for “{local}”; possible are: {names}.",
            )
        return found
    if len(known) > 1:
        names = ", ".join(network.id(body) for body in known)
        raise BadRequest(
            f"Mehrere Körperschaften sind erfasst; bitte eine nennen: {names}.",
            f"Several public bodies are recorded; please name one: {names}.",
        )
    return known[0] if known else None


def duty_ladder(
    network: Network, day: date, body: str | None = None, *, delegation: bool = True, suggest: bool = True
) -> DutyLadder:
    """Return the ladder of ``body`` (a node; without one the only body whose roles are recorded) on ``day``.

    ``delegation=False`` asks by legal status alone: duties that were handed over are the body's own. Without ``suggest``
    no plans are looked up that might fulfil.
    """
    body = body or bearer(network)
    duties = network.of_type("PlanningDuty")
    laws = [law_on(network, duty, body, day, delegation=delegation) for duty in duties]
    steps = [_step(network, law, body, day, suggest=suggest) for law in laws if law.norm.state in _SHOWN]
    musts = [
        sum(law_on(network, duty, body, day, delegation=handed).is_must for duty in duties)
        for handed in (False, True)
    ]
    return DutyLadder(
        day=day,
        body=body,
        delegation=delegation,
        steps=tuple(sorted(steps, key=_by_deadline)),
        not_in_force=tuple(law for law in laws if law.norm.state not in _SHOWN),
        must_by_status=musts[0],
        must_after_delegation=musts[1],
    )


def _by_deadline(step: Step) -> tuple[bool, date, int, int, str]:
    """Sort by deadline, unknown last; then what binds most."""
    order = (MUST, SHOULD, "Förderbedingung", "Selbstbindung", "kann", None)
    modality = step.law.norm.modality
    rank = order.index(modality) if modality in order else len(order)
    day = step.due.day if step.due else date.max
    return step.due is None, day, list(Reach).index(step.law.reach), rank, step.duty


def _step(network: Network, law: Law, body: str | None, day: date, *, suggest: bool) -> Step:
    claims = claims_on(network, law.duty, day)
    answer = _answer(law, claims)
    holder = law.delegation.to if law.delegation else body
    due = None
    if law.norm.state is not NormState.PREDECESSOR and law.reach is not Reach.OTHERS:
        due = next_due(network, law.duty, claims, law.condition.check if law.condition else None)
    return Step(
        duty=law.duty,
        law=law,
        answer=answer,
        reason=_reason(network, law, answer, claims),
        due=due,
        claims=claims,
        suggestions=suggestions_on(network, law.duty, holder, day)
        if suggest and law.reach is not Reach.OTHERS
        else (),
        coordination=coordination_of(network, law.duty),
    )


def _answer(law: Law, claims: tuple[Claim, ...]) -> Answer:
    if law.reach in _ELSEWHERE:
        return Answer.NOT_OURS
    if law.norm.state is NormState.PREDECESSOR:
        return Answer.UNKNOWN
    return best_answer(claims)


def _reason(network: Network, law: Law, answer: Answer, claims: tuple[Claim, ...]) -> Text:
    if law.reach in _ELSEWHERE:
        return _not_ours(network, law)
    if law.norm.state is NormState.PREDECESSOR:
        return Text(
            f"An diesem Tag galt nur die Vorgängernorm ({law.norm.predecessor}); was sie verlangte, ist nicht erfasst.",
            f"On this day only the predecessor was in force ({law.norm.predecessor}); what it required is not recorded.",
        )
    told = _claim_reason(network, answer, claims)
    if law.reach is Reach.UNCHECKED:
        unchecked = Text("Bedingung nicht geprüft.", "Condition not checked.")
        return Text(f"{unchecked.de} {told.de}", f"{unchecked.en} {told.en}")
    return told


def _not_ours(network: Network, law: Law) -> Text:
    if law.delegation:
        to = named(network, law.delegation.to)
        return Text(f"Übertragen an: {to}.", f"Handed over to: {to}.")
    if law.reach is Reach.NOT_MET and law.condition:
        return Text(
            f"Die Bedingung liegt nicht vor: {law.condition.text}.",
            f"The condition is not met: {law.condition.text}.",
        )
    by = network.value(law.duty, "bearerText") or network.value(law.duty, "addresseeText") or "?"
    return Text(f"Richtet sich an: {by}.", f"Addresses: {by}.")


def _claim_reason(network: Network, answer: Answer, claims: tuple[Claim, ...]) -> Text:
    told = [claim for claim in claims if claim.answer is answer]
    claim = next((claim for claim in told if claim.counts), told[0] if told else None)
    if claim is None or not (claim.counts or answer is Answer.NO_PLAN):
        return _nothing_recorded(network, claim)
    who = role_text(network, claim.node)
    if claim.plan is None:
        return Text(f"Laut {who.de} gibt es keines.", f"According to {who.en} there is none.")
    state = _claim_sentence(network, claim, who)
    if claim.is_checked:
        return state
    return Text(
        f"{state.de} Die Erfüllung ist nur behauptet, nicht bestätigt.",
        f"{state.en} Fulfilment is only claimed, not confirmed.",
    )


def _nothing_recorded(network: Network, claim: Claim | None) -> Text:
    nothing = Text(
        "Ob ein Planwerk sie erfüllt, ist nicht erfasst.", "Whether a plan fulfils it is not recorded."
    )
    if claim is None or claim.plan is None:
        return nothing
    label = network.label(claim.plan)
    why = (
        Text("erfüllt sie nach Prüfung nicht", "does not fulfil it, as checked")
        if claim.state == DENIED
        else Text("beginnt erst später", "begins only later")
    )
    return Text(f"{nothing.de} „{label}“ {why.de}.", f"{nothing.en} “{label}” {why.en}.")


def _claim_sentence(network: Network, claim: Claim, who: Text) -> Text:
    assert claim.plan is not None
    assert claim.standing is not None
    label, why = network.label(claim.plan), claim.standing.why
    de, en = f"„{label}“ ({why.de})", f"“{label}” ({why.en})"
    if claim.answer is Answer.EXPIRED and claim.standing.is_open and claim.due is not None:
        late = claim.due.text
        return Text(
            f"{de} war nach dem Turnus bis {late} zu erneuern.",
            f"By the cycle {en} had to be renewed by {late}.",
        )
    verb = _VERBS[claim.answer]
    by = Text(f" laut {who.de}", f" according to {who.en}") if claim.answer in _BY_WHOM else Text("", "")
    return Text(f"{de} {verb.de}{by.de}.", f"{en} {verb.en}{by.en}.")


_VERBS = {
    Answer.FULFILLED: Text("erfüllt sie", "fulfils it"),
    Answer.PARTLY: Text("erfüllt sie zum Teil", "fulfils it in part"),
    Answer.UNKNOWN: Text("ist als Erfüllung genannt", "is named as fulfilment"),
    Answer.DRAFT: Text("ist noch nicht in Kraft", "is not yet in force"),
    Answer.EXPIRED: Text("ist nicht mehr in Kraft", "is no longer in force"),
}
_BY_WHOM = frozenset({Answer.FULFILLED, Answer.PARTLY, Answer.UNKNOWN})


def role_text(network: Network, node: str) -> Text:
    """Return who claimed or decided something, as a role."""
    values = network.values(node, "decidedByRole")
    code = network.words.code(values[0].iri) if values else None
    said = values[0].text if values else "?"
    return code.label if code else Text(said, said)


def named(network: Network, node: str) -> str:
    """Return the name of a node, or its id where no delivery describes it yet."""
    return network.label(node) if node in network.multigraph else network.id(node)


def coordination_of(network: Network, duty: str) -> tuple[str, ...]:
    """Return the coordination duties that start from, then those that point to, the type of plan of ``duty``."""
    types = network.targets(duty, "requires")
    start = [node for kind in types for node in network.origins(kind, "fromType")]
    end = [node for kind in types for node in network.origins(kind, "toType") if node not in start]
    return (*start, *end)


def label_of(network: Network, duty: str) -> Text:
    """Return what a duty is called in both languages."""
    names = {value.lang: value.text for value in network.values(duty, "prefLabel")}
    german = names.get("de") or network.label(duty)
    return Text(german, names.get("en") or german)


def modality_text(network: Network, law: Law) -> Text:
    """Return how strongly a duty binds, *offen* where that is not recorded."""
    concept = (
        network.words.vocabulary.concept("duty-modality", law.norm.modality) if law.norm.modality else None
    )
    return concept.label if concept else OPEN_MODALITY


def checked_text(network: Network, law: Law) -> Text:
    """Return whether a duty was checked against a text, and when."""
    on = law.norm.checked_on
    if on:
        return Text(f"geprüft am {on}", f"checked on {on}")
    if network.value(law.duty, "verified") == "true":
        return Text("an einem Text geprüft, Prüftag nicht angegeben", "checked against a text, day not given")
    return Text("nicht an einem Text geprüft", "not checked against a text")
