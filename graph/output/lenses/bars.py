"""The line of time: each plan's period as a bar, the last year before its end marked as time to revise."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from graph.errors import Text
from graph.network.layout import Layout, anchor, reading_order
from graph.network.time import end_day, start_day
from graph.output.drawing.legend import short_name
from graph.output.drawing.selection import most_connected, selection_of
from graph.output.lenses.lanes import narrowed_out
from graph.output.lenses.scene import Scene, Shown, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

YEAR = 90.0
PITCH = 30.0
MARGIN = 60.0
NAMES = 520.0
"""Room for the names at the left of the bars."""

Period = tuple[date | None, date | None]


def bars(scene: Scene) -> Shown:
    """Return the plans wanted, by lead and name, each with its bar; without any date there is a name but no bar."""
    network, asked = scene.network, scene.asked
    every = network.of_type("Plan")
    narrowed = narrowed_out(scene)
    past = [plan for plan in every if not asked.wanted(plan)]
    candidates = dict.fromkeys(set(every) - set(past) - narrowed, "Plan")
    chosen = most_connected(scene.near, candidates, dict.fromkeys(candidates, 0), asked.limit)
    selection = selection_of(candidates, chosen, ["Plan"], past=len(past), narrowed=len(narrowed))
    order = reading_order(network.multigraph, selection.keys)
    periods = {plan: (start_day(network, plan), end_day(network, plan)) for plan in order}
    first, last = _years(periods, asked.as_of)
    spans = {plan: _span(period, first) for plan, period in periods.items()}
    axis = tuple(((year - first) * YEAR, str(year)) for year in range(first, last + 1))
    groups = {plan: _lead(scene, plan) for plan in order}
    today = _x(asked.as_of, first) if asked.as_of else None
    title = Text("Laufzeiten der Planwerke", "Periods of the plans")
    places = _places(order, last - first)
    said = _said(periods)
    return Shown(selection, places, title, said=said, spans=spans, axis=axis, today=today, groups=groups)


def _lead(scene: Scene, plan: str) -> str:
    """Return who leads a plan by its short name, nothing where no source says so."""
    lead = anchor(scene.network.multigraph, plan)
    return "" if lead is None else short_name(scene.network, lead) or scene.network.label(lead)


def _years(periods: Mapping[str, Period], day: date | None) -> tuple[int, int]:
    """Return the first year shown and the year after the last."""
    known = [found.year for period in periods.values() for found in period if found]
    if day:
        known.append(day.year)
    return (min(known), max(known) + 1) if known else (2000, 2001)


def _x(day: date, first: int) -> float:
    """Return where a day stands: a year is as long in a leap year."""
    start, after = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return round((day.year - first + (day - start).days / (after - start).days) * YEAR, 1)


def _span(period: Period, first: int) -> Span:
    start, end = period
    last = _x(end, first) if end else None
    return Span(_x(start, first) if start else None, last, None if last is None else round(last - YEAR, 1))


def _places(order: Sequence[str], years: int) -> Layout:
    points = {plan: (-NAMES, rank * PITCH) for rank, plan in enumerate(order)}
    ranks = {plan: rank for rank, plan in enumerate(order)}
    frame = (-NAMES - MARGIN, -MARGIN, years * YEAR + MARGIN, max(len(order), 1) * PITCH + MARGIN)
    return Layout(points, ranks, [], frame)


def _said(periods: Mapping[str, Period]) -> tuple[Text, ...]:
    """Return what cannot be seen in the bars: open ends, plans without any date, years in which several end."""
    blank = sum(period == (None, None) for period in periods.values())
    unending = sum(start is not None and end is None for start, end in periods.values())
    ending = Counter(end.year for _, end in periods.values() if end)
    together = [f"{year} ({count})" for year, count in sorted(ending.items()) if count > 1]
    said = [
        Text(
            f"Von {len(periods)} Planwerken ist bei {unending} kein Ende und bei {blank} gar kein Zeitraum erfasst.",
            f"Of {len(periods)} plans, {unending} have no recorded end and {blank} no recorded period at all.",
        )
    ]
    if together:
        years = ", ".join(together)
        said.append(
            Text(
                f"Mehrere enden im selben Jahr und werden wohl zusammen fortgeschrieben: {years}.",
                f"Several end in the same year and will probably be revised together: {years}.",
            )
        )
    return tuple(said)
