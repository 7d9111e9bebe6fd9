"""Rule 6, Kettenlücke: where the chain plan → goal → measure, indicator, instrument is not closed, or time ran out.

A gap is *belegt* where somebody was asked and said that there is none, or where the facet was declared complete;
otherwise it is a *hinweis*: perhaps it is only not recorded. Each kind comes with the share that is not recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from graph.dates import shown_date
from graph.errors import Text
from graph.findings.coverage import denied, is_asked
from graph.findings.finding import (
    Evidence,
    Finding,
    Rule,
    finding_id,
    link_evidence,
    presence_evidence,
    value_evidence,
)
from graph.network.build import Network
from graph.network.time import Standing, State, rough, standing, successor_by

RULE = Rule(
    "chain",
    1,
    Text(
        "Planwerk, Ziel, Maßnahme, Kennzahl und Instrument bilden eine Kette; gemeldet wird, wo ein Glied fehlt oder "
        "ein Planwerk ohne Nachfolge abgelaufen ist. „Gilt weiter bis“, Reihen und Teile sind berücksichtigt.",
        "Plan, goal, measure, indicator and instrument form a chain; reported is where a link is missing or a plan "
        "has ended without a successor. “Valid until”, series and parts are taken into account.",
    ),
)
LEADING = "Leitziel"
HINT = Text(
    "Eine Lücke in den Daten ist noch keine Lücke in der Stadt; jede Fundstelle ist ein Hinweis, bis jemand sie prüft.",
    "A gap in the data is not yet a gap in the city; each finding is a hint until somebody has checked it.",
)


@dataclass(frozen=True)
class Scope:
    """The network on a day, with how each plan stands."""

    network: Network
    day: date
    standings: dict[str, Standing]

    def plans(self, *states: State) -> Iterator[str]:
        """Yield the plans in one of these states, sorted by IRI."""
        return (plan for plan, found in sorted(self.standings.items()) if found.state in states)

    @cached_property
    def gaps(self) -> tuple[Finding, ...]:
        """All gaps, in the order of ``KINDS``: looked for once, for the list and for what was looked at."""
        return tuple(_finding(self, kind, gap) for kind in KINDS.values() for gap in kind.find(self))


@dataclass(frozen=True)
class Gap:
    """One missing link: what it is about, the plan it belongs to, the sentence, the evidence."""

    node: str
    plan: str | None
    sentence: Text
    evidence: tuple[Evidence, ...]
    asked: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of chain gap: its name, its heading, and how its gaps and its whole are found."""

    id: str
    title: Text
    find: Callable[[Scope], Iterable[Gap]]
    looked_at: Callable[[Scope], int]

    @cached_property
    def heading(self) -> dict[str, str]:
        """The heading in both languages, as findings carry it."""
        return self.title.document()


def scope_on(network: Network, day: date) -> Scope:
    """Return the network on ``day`` with the standing of every plan."""
    return Scope(network, day, {plan: standing(network, plan, day) for plan in network.of_type("Plan")})


def find_gaps(scope: Scope, kinds: Iterable[str] | None = None) -> list[Finding]:
    """Return the chain gaps of the wanted kinds (all where None), in the order of ``KINDS``."""
    wanted = set(KINDS if kinds is None else kinds)
    return [gap for gap in scope.gaps if gap.kind in wanted]


def _finding(scope: Scope, kind: Kind, gap: Gap) -> Finding:
    network = scope.network
    units = (
        network.targets(gap.plan, "leadUnit") if gap.plan else network.targets(gap.node, "responsibleUnit")
    )
    return Finding(
        id=finding_id(f"{RULE.id}-{kind.id}", (gap.node,)),
        rule=RULE,
        kind=kind.id,
        band="belegt" if gap.asked else "hinweis",
        score=None,
        nodes=(network.id(gap.node),),
        plans=(network.id(gap.plan),) if gap.plan else (),
        departments=tuple(network.id(unit) for unit in units),
        sentence=gap.sentence,
        evidence=gap.evidence,
        details={"title": kind.heading},
    )


def gap_coverage(scope: Scope, findings: Iterable[Finding]) -> dict[str, Any]:
    """Return, per kind, how many were looked at, how many lack the link, and how many of these nobody asked for."""
    found, count = list(findings), steering_completeness(scope)
    kinds = {kind.id: _kind_coverage(scope, kind, found) for kind in KINDS.values()}
    return {
        "plans": len(scope.standings),
        "hint": HINT.document(),
        "kinds": kinds,
        "steering": count,
        "text": _coverage_text(scope, count).document(),
    }


def _kind_coverage(scope: Scope, kind: Kind, found: list[Finding]) -> dict[str, Any]:
    mine = [finding for finding in found if finding.kind == kind.id]
    unasked = sum(finding.band == "hinweis" for finding in mine)
    looked_at = kind.looked_at(scope)
    return {
        "title": kind.title.document(),
        "looked_at": looked_at,
        "gaps": len(mine),
        "not_recorded": unasked,
        "share_not_recorded": round(unasked / looked_at, 3) if looked_at else None,
    }


def steering_completeness(scope: Scope) -> dict[str, int]:
    """Return how many goals of current plans lack an instrument, an indicator, or any steering at all (Q10)."""
    network, goals = scope.network, list(current_goals(scope))
    return {
        "goals": len(goals),
        "without_instrument": sum(not _instruments(network, goal) for goal in goals),
        "without_indicator": sum(not network.targets(goal, "measuredBy") for goal in goals),
        "without_any": sum(not is_steered(network, goal) for goal in goals),
    }


def _coverage_text(scope: Scope, count: dict[str, int]) -> Text:
    unknown = sum(found.state is State.UNKNOWN for found in scope.standings.values())
    return Text(
        f"{count['goals']} Ziele laufender Planwerke; ohne erfasstes Instrument {count['without_instrument']}, ohne "
        f"Kennzahl {count['without_indicator']}, ohne beides und ohne Maßnahme {count['without_any']}. Vieles "
        f"davon ist nicht erhoben, nicht fehlende Steuerung. Bei {unknown} von {len(scope.standings)} Planwerken ist der Stand "
        "nicht erhoben.",
        f"{count['goals']} goals of current plans; no recorded instrument {count['without_instrument']}, no indicator "
        f"{count['without_indicator']}, neither and no measure {count['without_any']}. Much of this is not collected "
        f"rather than not steered. For {unknown} of {len(scope.standings)} plans the status is not recorded.",
    )


def current_plans(scope: Scope) -> Iterator[str]:
    """Yield the plans in force or in preparation: those whose goals count today."""
    return scope.plans(State.IN_FORCE, State.PREPARATION)


def current_goals(scope: Scope) -> Iterator[str]:
    """Yield the goals of current plans, sorted, each once."""
    goals = {goal for plan in current_plans(scope) for goal in scope.network.targets(plan, "pursues")}
    return iter(sorted(goals))


def _instruments(network: Network, goal: str) -> list[str]:
    return [node for node in network.origins(goal, "supports") if network.type(node) == "SteeringInstrument"]


def is_steered(network: Network, goal: str) -> bool:
    """Whether a goal has an instrument, a measure or an indicator."""
    return bool(network.origins(goal, "supports") or network.targets(goal, "measuredBy"))


def _plan_of(network: Network, goal: str) -> str | None:
    return next(iter(network.origins(goal, "pursues")), None)


def _ended(scope: Scope) -> Iterator[Gap]:
    for plan in scope.plans(State.ENDED, State.UNKNOWN, State.IN_FORCE):
        found = scope.standings[plan]
        over = found.state is State.ENDED or (found.state is State.UNKNOWN and found.past_period)
        if over and successor_by(scope.network, plan, scope.day) is None:
            yield Gap(
                plan,
                plan,
                _ended_sentence(scope.network, plan, found),
                _period_evidence(scope.network, plan),
                is_asked(scope.network, plan, "replaces"),
            )


def _ended_sentence(network: Network, plan: str, found: Standing) -> Text:
    label = network.label(plan)
    end = rough(network, plan, "validTo")
    day = shown_date(end.text) if end else None
    de, en = (f" seit {day.de}", f" since {day.en}") if day else ("", "")
    state = (
        Text(" (Stand nicht erhoben)", " (status not recorded)")
        if found.state is State.UNKNOWN
        else Text("", "")
    )
    said = denied(network, plan, "replaces")
    return Text(
        f"„{label}“ ist{de} abgelaufen; eine Nachfolge ist nicht erfasst{state.de}.{said.de}",
        f"“{label}” has ended{en}; no successor is recorded{state.en}.{said.en}",
    )


def _period_evidence(network: Network, plan: str) -> tuple[Evidence, ...]:
    said = tuple(
        value_evidence(network, plan, name, value)
        for name in ("validFrom", "validTo", "status", "decidedOn")
        for value in network.values(plan, name)
    )
    links = [link for series in ("inSeries", "gilt_weiter_bis") for link in network.links_from(plan, series)]
    return said + tuple(entry for link in links for entry in link_evidence(network, link))


def _past_but_current(scope: Scope) -> Iterator[Gap]:
    for plan in scope.plans(State.IN_FORCE):
        found = scope.standings[plan]
        if found.past_period and found.until is not None:
            label = scope.network.label(plan)
            sentence = Text(
                f"„{label}“ gilt laut Stand weiter, die eigene Laufzeit endete am {found.until:%d.%m.%Y}.",
                f"“{label}” counts as current, but its own period ended on {found.until.isoformat()}.",
            )
            yield Gap(plan, plan, sentence, _period_evidence(scope.network, plan))


def _without_decision(scope: Scope) -> Iterator[Gap]:
    network = scope.network
    for plan in scope.plans(State.IN_FORCE):
        if network.value(plan, "decidedOn") is None and network.value(plan, "decisionKind") is None:
            said = denied(network, plan, "decidedOn")
            sentence = Text(
                f"Zu „{network.label(plan)}“ ist kein Beschluss erfasst.{said.de}",
                f"No decision is recorded for “{network.label(plan)}”.{said.en}",
            )
            asked = is_asked(network, plan, "decidedOn")
            yield Gap(plan, plan, sentence, presence_evidence(network, plan), asked)


def _without_lead(scope: Scope) -> Iterator[Gap]:
    network = scope.network
    for plan in current_plans(scope):
        if not network.targets(plan, "leadUnit"):
            said = denied(network, plan, "leadUnit")
            sentence = Text(
                f"Zu „{network.label(plan)}“ ist keine Federführung erfasst.{said.de}",
                f"No lead is recorded for “{network.label(plan)}”.{said.en}",
            )
            yield Gap(
                plan, plan, sentence, presence_evidence(network, plan), is_asked(network, plan, "leadUnit")
            )


def _leading_goals(scope: Scope) -> Iterator[str]:
    return (goal for goal in current_goals(scope) if scope.network.value(goal, "goalKind") == LEADING)


def _other_goals(scope: Scope) -> Iterator[str]:
    return (goal for goal in current_goals(scope) if scope.network.value(goal, "goalKind") != LEADING)


def _unsteered(goals: Callable[[Scope], Iterable[str]], word: Text) -> Callable[[Scope], Iterator[Gap]]:
    def find(scope: Scope) -> Iterator[Gap]:
        network = scope.network
        for goal in goals(scope):
            if not is_steered(network, goal):
                plan = _plan_of(network, goal)
                sentence = _goal_sentence(
                    network,
                    goal,
                    plan,
                    word,
                    Text(
                        "ohne erfasstes Instrument, Kennzahl oder Maßnahme",
                        "has no recorded instrument, indicator or measure",
                    ),
                )
                asked = plan is not None and is_asked(network, plan, "supports")
                yield Gap(goal, plan, sentence, _goal_evidence(network, goal), asked)

    return find


def _goal_sentence(network: Network, goal: str, plan: str | None, word: Text, lacks: Text) -> Text:
    label = network.label(goal)
    of = network.label(plan) if plan else "?"
    return Text(
        f"{word.de} „{label}“ ({of}) ist {lacks.de}.",
        f"{word.en} “{label}” ({of}) {lacks.en}.",
    )


def _goal_evidence(network: Network, goal: str) -> tuple[Evidence, ...]:
    links = [*network.links_to(goal, "pursues")]
    return tuple(entry for link in links for entry in link_evidence(network, link))


def _target_without_indicator(scope: Scope) -> Iterator[Gap]:
    network = scope.network
    for goal in current_goals(scope):
        values = network.values(goal, "targetValue")
        if values and not network.targets(goal, "measuredBy"):
            unit = network.value(goal, "unit") or ""
            lacks = Text(
                f"mit Zielwert {values[0].text} {unit} ohne erfasste Kennzahl",
                f"has the target {values[0].text} {unit} but no recorded indicator",
            )
            plan = _plan_of(network, goal)
            sentence = _goal_sentence(network, goal, plan, Text("Das Ziel", "The goal"), lacks)
            asked = plan is not None and is_asked(network, plan, "measuredBy")
            yield Gap(goal, plan, sentence, (value_evidence(network, goal, "targetValue", values[0]),), asked)


def _indicator_without_source(scope: Scope) -> Iterator[Gap]:
    network = scope.network
    for indicator in network.of_type("Indicator"):
        if not network.targets(indicator, "dataSource"):
            label = network.label(indicator)
            sentence = Text(
                f"Zur Kennzahl „{label}“ ist keine Datenquelle erfasst.",
                f"No data source is recorded for the indicator “{label}”.",
            )
            plan = next(iter(network.targets(indicator, "indicatorOf")), None)
            yield Gap(indicator, plan, sentence, presence_evidence(network, indicator))


def _need_without_provider(scope: Scope) -> Iterator[Gap]:
    network = scope.network
    for need in network.of_type("DataNeed"):
        if not network.targets(need, "providedBy"):
            label = network.label(need)
            sentence = Text(
                f"Den Datenbedarf „{label}“ deckt keine erfasste Stelle.",
                f"Nobody is recorded as meeting the data need “{label}”.",
            )
            yield Gap(
                need,
                next(iter(network.targets(need, "neededByPlan")), None),
                sentence,
                presence_evidence(network, need),
            )


def _active_instruments(scope: Scope) -> list[str]:
    network = scope.network
    return [
        i for i in network.of_type("SteeringInstrument") if network.value(i, "instrumentStatus") == "aktiv"
    ]


def _instrument_without_goal(scope: Scope) -> Iterator[Gap]:
    network = scope.network
    for instrument in _active_instruments(scope):
        if not network.targets(instrument, "supports") and not network.targets(instrument, "steers"):
            label = network.label(instrument)
            sentence = Text(
                f"Zum Instrument „{label}“ ist weder ein Ziel noch ein Planwerk erfasst.",
                f"Neither a goal nor a plan is recorded for the instrument “{label}”.",
            )
            yield Gap(instrument, None, sentence, presence_evidence(network, instrument))


def _count(find: Callable[[Scope], Iterable[Any]]) -> Callable[[Scope], int]:
    return lambda scope: sum(1 for _ in find(scope))


def _of_type(kind: str) -> Callable[[Scope], int]:
    return lambda scope: len(scope.network.of_type(kind))


KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind(
            "ended-without-successor",
            Text("Abgelaufen ohne Nachfolge", "Ended without successor"),
            _ended,
            _of_type("Plan"),
        ),
        Kind(
            "past-but-current",
            Text("Laufzeit beendet, gilt laut Stand weiter", "Period over, still counted current"),
            _past_but_current,
            lambda scope: sum(1 for _ in scope.plans(State.IN_FORCE)),
        ),
        Kind(
            "no-decision",
            Text("Ohne erfassten Beschluss", "No decision recorded"),
            _without_decision,
            lambda scope: sum(1 for _ in scope.plans(State.IN_FORCE)),
        ),
        Kind(
            "no-lead",
            Text("Ohne erfasste Federführung", "No lead recorded"),
            _without_lead,
            _count(current_plans),
        ),
        Kind(
            "leading-goal-without-steering",
            Text("Leitziel ohne Instrument, Kennzahl oder Maßnahme", "Leading goal without any steering"),
            _unsteered(_leading_goals, Text("Das Leitziel", "The leading goal")),
            _count(_leading_goals),
        ),
        Kind(
            "target-without-indicator",
            Text("Zielwert ohne Kennzahl", "Target without indicator"),
            _target_without_indicator,
            lambda scope: sum(
                scope.network.value(goal, "targetValue") is not None for goal in current_goals(scope)
            ),
        ),
        Kind(
            "indicator-without-source",
            Text("Kennzahl ohne Datenquelle", "Indicator without data source"),
            _indicator_without_source,
            _of_type("Indicator"),
        ),
        Kind(
            "data-need-without-provider",
            Text("Datenbedarf ohne Lieferant", "Data need without provider"),
            _need_without_provider,
            _of_type("DataNeed"),
        ),
        Kind(
            "instrument-without-goal",
            Text("Instrument ohne Ziel und Planwerk", "Instrument without goal or plan"),
            _instrument_without_goal,
            _count(_active_instruments),
        ),
        Kind(
            "goal-without-steering",
            Text("Ziel ohne Instrument, Kennzahl oder Maßnahme", "Goal without any steering"),
            _unsteered(_other_goals, Text("Das Ziel", "The goal")),
            _count(_other_goals),
        ),
    )
}
