"""A view as it is written behind the question mark of /graph, and back: what people copy from the browser is taken as it is."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from graph.dates import named_day
from graph.errors import BadRequest
from graph.output.drawing.filters import NAMES, Filters
from graph.output.drawing.legend import USUAL_KINDS, legend_of
from graph.output.drawing.network_json import USUAL_LIMIT
from graph.output.drawing.selection import EVIDENCE
from graph.output.lenses.view import View
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: What the browser keeps in the address beside the view itself; kinds switched ``off`` in the legend leave the view.
OF_THE_PAGE = frozenset({"node", "off", "only", "lang", "format"})
_VIEW = frozenset(
    {"lens", "focus", "to", "depth", "kind", "plan", "since", "as_of", "every", "limit", "aggregate", *NAMES}
)


def view_address(view: View) -> str:
    """Return the parameters of a view; what is usual is left out.

    >>> view_address(View(lens="shared", plans=("p-a", "p-b")))
    'lens=shared&plan=p-a&plan=p-b'
    """
    state: Mapping[str, object] = {
        "lens": view.lens,
        "focus": view.focus,
        "to": view.to,
        "depth": view.depth if view.depth != 1 else None,
        "kind": view.kinds,
        "plan": view.plans,
        "since": view.since,
        "as_of": view.as_of,
        "every": "true" if view.every else None,
        "aggregate": view.aggregate,
        "limit": view.limit if view.limit != USUAL_LIMIT else None,
    }
    return urlencode([*((name, value) for name, value in state.items() if value), *view.filters.pairs], True)


def read_view(written: str) -> View:
    """Return the view that an address or its parameters name.

    >>> read_view("/graph?focus=p-sep3&depth=2&node=g1").focus
    'p-sep3'

    Raises BadRequest for a parameter that there is not, a day that is none and a number that is none.
    """
    query = urlsplit(written).query if "?" in written else written
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(query):
        given.setdefault(name, []).append(value)
    _check_names(given, written)
    one = {name: values[-1] for name, values in given.items()}
    view = View(
        lens=one.get("lens", ""),
        focus=one.get("focus"),
        to=one.get("to"),
        depth=_number(one.get("depth", "1")),
        kinds=tuple(given.get("kind", ())),
        plans=tuple(given.get("plan", ())),
        since=_day(one.get("since")),
        as_of=_day(one.get("as_of")),
        every=one.get("every") == "true",
        aggregate=one.get("aggregate", ""),
        filters=_filters(given),
        limit=_number(one.get("limit", str(USUAL_LIMIT))),
    )
    return replace(view, kinds=_kinds_left(view, one["off"].split("."))) if "off" in one else view


def _kinds_left(view: View, off: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of a view without those switched off in its legend; all of them where nothing would be left.

    >>> _kinds_left(View(), ["Plan", "TargetGroup"])
    ('OrganizationalUnit', 'SteeringInstrument')
    """
    every = tuple(kind for kind in legend_of(load_vocabulary()).kinds if kind not in EVIDENCE)
    kinds = view.kinds or (every if view.looks == "ego" else USUAL_KINDS)
    return tuple(kind for kind in kinds if kind not in off) or view.kinds


def _check_names(given: Mapping[str, object], written: str) -> None:
    unknown = ", ".join(sorted(given.keys() - _VIEW - OF_THE_PAGE))
    if unknown or (written and not given):
        known = ", ".join(sorted(_VIEW))
        raise BadRequest(
            f"„{written}“ ist keine Ansicht (unbekannt: {unknown or written}); möglich sind {known}.",
            f"“{written}” is no view (unknown: {unknown or written}); possible are {known}.",
        )


def _filters(given: Mapping[str, Sequence[str]]) -> Filters:
    """Return the filters by the names of their fields, each a list or, where its field is one, a day."""
    named: dict[str, Any] = {}
    for name, field in zip(NAMES, fields(Filters), strict=True):
        values = given.get(name, ())
        named[field.name] = tuple(values) if field.default == () else _day(values[-1] if values else None)
    return Filters(**named)


def _day(text: str | None) -> date | None:
    return named_day(text) if text else None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise BadRequest(f"„{text}“ ist keine Zahl.", f"“{text}” is not a number.")
    return int(text)
