"""A measured figure beside the bar it must keep, and how two ways of doing a thing are timed against each other."""

from __future__ import annotations

import gc
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import isnan
from statistics import median
from typing import Literal

Direction = Literal["at least", "at most", "for information"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured, the figure, the bar, the unit, and what lies behind it."""

    name: str
    figure: float
    unit: str
    bar: float | None = None
    direction: Direction = "for information"
    detail: str = ""

    @property
    def text(self) -> str:
        """The figure with its unit."""
        return "–" if isnan(self.figure) else f"{self.figure:,.3g} {self.unit}"

    @property
    def kept(self) -> bool | None:
        """Whether the bar is kept; None where there is none."""
        if self.bar is None or self.direction == "for information":
            return None
        return self.figure >= self.bar if self.direction == "at least" else self.figure <= self.bar


@contextmanager
def quiet_memory() -> Iterator[None]:
    """Keep the garbage collector out of what is measured inside."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def processor_seconds() -> float:
    """Return the processor time of this process and of its children that have ended: other work hardly touches it."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in used)


def alternately(
    rounds: int, *works: Callable[[], object], clock: Callable[[], float] = processor_seconds
) -> tuple[float, ...]:
    """Return the median seconds of each of ``works``, measured in turn so that a busy machine touches all alike."""
    taken: list[list[float]] = [[] for _ in works]
    with quiet_memory():
        for _ in range(rounds):
            for times, work in zip(taken, works, strict=True):
                begin = clock()
                work()
                times.append(clock() - begin)
    return tuple(median(times) for times in taken)


def load_warning() -> str:
    """Return a sentence where other work keeps the processors busy, else nothing."""
    busy, processors = os.getloadavg()[0], os.cpu_count() or 1
    if busy <= processors:
        return ""
    return f"load average {busy:.1f} on {processors} processors: trust the ratios, not the absolute values"
