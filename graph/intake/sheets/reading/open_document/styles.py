"""What the styles of an OpenDocument say that matters: bold, struck, filled, hidden, and how much of a date is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

_LENGTHS: Final = {"day": 10, "day-of-week": 10, "week-of-year": 10, "month": 7, "quarter": 7, "year": 4}
_STRIKES: Final = ("text-line-through-style", "text-line-through-type")
_DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class OpenLook:
    """How a cell or a part of a text looks; None where the style does not say so itself."""

    parent: str = ""
    bold: bool | None = None
    struck: bool | None = None
    filled: bool | None = None
    date_style: str = ""
    hidden: bool = False


class OpenStyles:
    """Collects styles from XML events; a name is looked up with what it inherits."""

    def __init__(self) -> None:
        self._looks: dict[str, OpenLook] = {}
        self._lengths: dict[str, int] = {}
        self._whole: dict[str, OpenLook] = {}
        self._name = ""
        self._date_style = ""

    def start(self, local: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element in."""
        if local == "style":
            self._whole.clear()
            self._name = attributes.get("name", "")
            parent, date_style = (
                attributes.get("parent-style-name", ""),
                attributes.get("data-style-name", ""),
            )
            self._looks[self._name] = OpenLook(parent, date_style=date_style)
        elif local == "date-style":
            self._date_style = attributes.get("name", "")
            self._lengths[self._date_style] = 0
        elif local in _LENGTHS and self._date_style:
            self._lengths[self._date_style] = max(self._lengths[self._date_style], _LENGTHS[local])
        elif local.endswith("-properties") and self._name:
            self._looks[self._name] = _with(self._looks[self._name], attributes)

    def end(self, local: str) -> None:
        """Take the end of an element in."""
        if local == "style":
            self._name = ""
        elif local == "date-style":
            self._date_style = ""

    def look(self, name: str) -> OpenLook:
        """Return how a style looks, with what it inherits."""
        if name not in self._whole:
            self._whole[name] = self._inherited(self._looks.get(name, OpenLook()))
        return self._whole[name]

    def _inherited(self, look: OpenLook) -> OpenLook:
        for _ in range(_DEEPEST):
            parent = self._looks.get(look.parent)
            if parent is None:
                break
            look = _inheriting(look, parent)
        return look

    def date_length(self, look: OpenLook) -> int:
        """Return how many signs of an ISO day a date style shows; a whole day where it is not known."""
        return self._lengths.get(look.date_style) or 10


def _with(look: OpenLook, attributes: Mapping[str, str]) -> OpenLook:
    lines = [attributes[name] for name in _STRIKES if name in attributes]
    weight = attributes.get("font-weight")
    colour = attributes.get("background-color")
    return replace(
        look,
        struck=any(line != "none" for line in lines) if lines else look.struck,
        bold=look.bold if weight is None else weight in {"bold", "600", "700", "800", "900"},
        filled=look.filled if colour is None else colour.casefold() not in {"transparent", "#ffffff"},
        hidden=look.hidden or attributes.get("display") == "false",
    )


def _inheriting(look: OpenLook, parent: OpenLook) -> OpenLook:
    return OpenLook(
        parent.parent,
        parent.bold if look.bold is None else look.bold,
        parent.struck if look.struck is None else look.struck,
        parent.filled if look.filled is None else look.filled,
        look.date_style or parent.date_style,
        look.hidden or parent.hidden,
    )
