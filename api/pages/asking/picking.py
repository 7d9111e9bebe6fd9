"""Pick lists from the store: what a parameter can name, and how a form shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.jobs.naming import named_things, pick
from graph.network.build import local_name

if TYPE_CHECKING:
    from api.jobs.naming import Named, Picked
    from api.pages.frame.call import Call
    from ontology.parameters import Parameter
    from ontology.text import Text

SHORT_LIST = 40
"""A list of more things is a field to type into, with all names to pick from."""
MOST_TO_CHOOSE = 20

Choice = tuple[str, "Text"]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a form shows it: what can be chosen, and what is filled in, as id and as people read it."""

    name: str
    label: Text
    type: str
    value: str
    shown: str
    options: tuple[Choice, ...]

    @property
    def is_long(self) -> bool:
        """Whether there are more names than a list should have."""
        return len(self.options) > SHORT_LIST


def choices(call: Call, kind: str) -> tuple[Named, ...]:
    """Return every thing of a kind with its names, by name."""
    return call.keep("choices", lambda: named_things(call.network, kind), kind)


def picked(call: Call, parameter: Parameter, typed: str) -> Picked:
    """Return which thing is meant by an id, an address or a name, of the kind that the parameter takes."""
    assert parameter.class_ is not None
    return pick(parameter, typed, choices(call, local_name(parameter.class_)))


def field_of(call: Call, parameter: Parameter, value: str) -> Field:
    """Return a parameter as a form shows it, with what is filled in."""
    if parameter.class_ is None:
        filled = value or _default(call, parameter)
        return Field(parameter.name, parameter.label, parameter.type, filled, filled, ())
    options = tuple((one.id, one.text) for one in choices(call, local_name(parameter.class_)))
    shown = next((text[call.lang] for local, text in options if local == value), value)
    return Field(parameter.name, parameter.label, parameter.type, value, shown, options)


def _default(call: Call, parameter: Parameter) -> str:
    return call.day.isoformat() if parameter.default == "today" else parameter.default or ""
