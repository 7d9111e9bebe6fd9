"""The axis of a chart: it always holds zero, ends at round numbers, and writes them as people do."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

_STEPS = (1, 2, 5, 10)
_LEAST = 1e-300  # a span that is smaller cannot be parted any more
_MOST_STEPS = 5
_SWAPPED = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where, and the marks between; zero is one of them."""

    low: float
    high: float
    marks: tuple[float, ...]

    def part(self, value: float) -> float:
        """Return how far along the axis a value lies, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def axis_of(values: Iterable[float]) -> Axis:
    """Return the axis that holds all values and zero.

    >>> axis_of([3, 7]).marks
    (0.0, 2.0, 4.0, 6.0, 8.0)
    >>> axis_of([1960, 1980]).low
    0.0
    """
    held = [0.0, *values]
    low, high = min(held), max(held)
    whole = all(value == int(value) for value in held)
    step = _step(high - low or 1.0, whole=whole)
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    return Axis(first * step, last * step, tuple(place * step for place in range(first, last + 1)))


def _step(span: float, *, whole: bool) -> float:
    """Return the smallest round step that parts a span into at most five; whole numbers have whole steps."""
    size = 10.0 ** floor(log10(max(span, _LEAST) / _MOST_STEPS))
    step = next(size * factor for factor in _STEPS if span / (size * factor) <= _MOST_STEPS)
    return max(step, 1.0) if whole else step


def shown_amount(value: float) -> Text:
    """Return a number with groups of three digits and at most two places behind the point.

    >>> shown_amount(1476900.5)
    Text(de='1.476.900,5', en='1,476,900.5')
    """
    if value == int(value):
        english = f"{int(value):,}"
    else:
        english = f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.01 else f"{value:.2g}"  # noqa: PLR2004
    return Text(english.translate(_SWAPPED), english)
