"""How the findings of two snapshots differ: new, gone, or in another band.

One new plan shifts the weights of all, so findings are always recomputed as a whole and then compared by their ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.findings.finding import Finding
from graph.findings.stored_bands import BandMove


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that is ``new``, ``gone`` or ``changed``, with its kind and band before and after."""

    change: str
    finding: Finding
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the findings of two states of the store differ, and whether the bands of overlaps moved."""

    changes: tuple[FindingChange, ...]
    bands: BandMove


def compare(before: Iterable[Finding], after: Iterable[Finding]) -> list[FindingChange]:
    """Return what differs between two sets of findings: new ones, then changed ones, then those that are gone."""
    old, new = ({finding.id: finding for finding in found} for found in (before, after))
    fresh = [FindingChange("new", new[key], None, _shown(new[key])) for key in new if key not in old]
    changed = [
        FindingChange("changed", new[key], _shown(old[key]), _shown(new[key]))
        for key in new
        if key in old and _shown(old[key]) != _shown(new[key])
    ]
    gone = [FindingChange("gone", old[key], _shown(old[key]), None) for key in old if key not in new]
    return [*fresh, *changed, *gone]


def _shown(finding: Finding) -> str:
    return f"{finding.kind}, {finding.band}"
