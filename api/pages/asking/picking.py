"""Pick lists from the store: what a parameter can name, and which thing is meant by a name that somebody typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.pages.frame.names import short_name
from api.pages.inventory.search import fold
from graph.network.build import local_name

if TYPE_CHECKING:
    from collections.abc import Iterable

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


@dataclass(frozen=True, slots=True)
class Picked:
    """What a typed name means: the id of one thing, or several to choose from; neither where nothing is called so."""

    label: Text
    name: str
    typed: str
    one: str | None = None
    several: tuple[Choice, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is called so."""
        return self.one is None and not self.several


def choices(call: Call, kind: str) -> tuple[Choice, ...]:
    """Return id and name of every thing of a kind, by name."""
    network = call.network

    def make() -> tuple[Choice, ...]:
        found = [(network.id(node), short_name(network, node)) for node in network.of_type(kind)]
        return tuple(sorted(found, key=lambda pair: (pair[1].de.casefold(), pair[0])))

    return call.keep("choices", make, kind)


def picked(call: Call, parameter: Parameter, typed: str) -> Picked:
    """Return which thing is meant by an id, an address or a name, of the kind that the parameter takes."""
    assert parameter.class_ is not None
    known = choices(call, local_name(parameter.class_))
    label, name = parameter.label, parameter.name
    if typed.startswith(("http://", "https://")) or any(typed == local for local, _ in known):
        return Picked(label, name, typed, one=typed)
    alike = tuple(pair for pair in known if fold(typed).strip() in {fold(text) for text in _both(pair)})
    found = alike or tuple(pair for pair in known if _has_words(pair, fold(typed).split()))
    if len(found) == 1:
        return Picked(label, name, typed, one=found[0][0])
    return Picked(label, name, typed, several=found)


def _both(pair: Choice) -> Iterable[str]:
    return pair[1].de, pair[1].en


def _has_words(pair: Choice, words: list[str]) -> bool:
    return bool(words) and any(all(word in fold(text) for word in words) for text in _both(pair))


def field_of(call: Call, parameter: Parameter, value: str) -> Field:
    """Return a parameter as a form shows it, with what is filled in."""
    if parameter.class_ is None:
        filled = value or _default(call, parameter)
        return Field(parameter.name, parameter.label, parameter.type, filled, filled, ())
    options = choices(call, local_name(parameter.class_))
    shown = next((text[call.lang] for local, text in options if local == value), value)
    return Field(parameter.name, parameter.label, parameter.type, value, shown, options)


def _default(call: Call, parameter: Parameter) -> str:
    return call.day.isoformat() if parameter.default == "today" else parameter.default or ""
