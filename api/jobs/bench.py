"""Hold the ranking of related plans against labels that others gave: the work behind ``planwerk bench outcomes``.

Two programmes truly overlap where people gave both the same outcome. The ranking sees what the programmes say of
themselves and never the labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from graph.findings.related.relatedness import Description, Parameters, Ranked, Relatedness, relate
from graph.intake.programs import Programme, read_outcomes, read_programs

PAIRS = 50
NEIGHBOURS = 3
_DIGITS = 4
_DEFINITIONS = {
    "overlap": "both programmes have a common outcome",
    "pairs_at_50.all": "share of overlaps among the 50 pairs of labelled programmes that rank highest",
    "pairs_at_50.cross_agency": "the same among the 50 highest pairs of different agencies (top_agency_name)",
    "hit_at_3": "share of labelled programmes with an overlap that have one among their 3 best labelled neighbours",
}
_USED = {
    "text": ["name", "sub_agency_name", "objective"],
    "meaning of words": ["name", "sub_agency_name", "objective", "results.description"],
    "concepts": ["beneficiary_types", "assistance_types", "applicant_types"],
    "owner": ["top_agency_name"],
}


@dataclass(frozen=True, slots=True)
class Truth:
    """The labelled programmes with their outcomes and agencies."""

    outcomes: Mapping[str, frozenset[str]]
    agencies: Mapping[str, str]

    def overlap(self, pair: Ranked) -> bool:
        """Return whether both programmes have a common outcome."""
        return not self.outcomes[pair.a].isdisjoint(self.outcomes[pair.b])

    def crosses(self, pair: Ranked) -> bool:
        """Return whether the programmes belong to different agencies."""
        return self.agencies[pair.a] != self.agencies[pair.b]


def outcomes(programs: Path, labels: Path) -> dict[str, Any]:
    """Return the three figures of the ranking on these labels, and what they rest on."""
    programmes = read_programs(programs)
    truth = Truth(
        outcomes=read_outcomes(labels, {programme.id for programme in programmes}),
        agencies={programme.id: programme.agency for programme in programmes},
    )
    related = relate(map(description, programmes), Parameters())
    ranking = related.ranking(truth.outcomes)
    return {**figures(ranking, truth), "parameters": _parameters(related, truth, ranking)}


def description(programme: Programme) -> Description:
    """Return what a programme says of itself, in the form in which the product compares plans."""
    return Description(
        key=programme.id,
        text=f"{programme.name}\n{programme.office}\n{programme.objective}",
        owner=programme.agency,
        concepts=frozenset(
            f"{facet}: {name}"
            for facet, names in (
                ("beneficiary", programme.beneficiaries),
                ("assistance", programme.assistance),
                ("applicant", programme.applicants),
            )
            for name in names
        ),
        more="\n".join(programme.results),
    )


def figures(ranking: Sequence[Ranked], truth: Truth) -> dict[str, Any]:
    """Return ``pairs_at_50`` and ``hit_at_3`` of a ranking, best pair first; null where there is nothing to count.

    ``all`` is the share of overlaps among the 50 best pairs, ``cross_agency`` among the 50 best pairs of different
    agencies (among all, where there are fewer). ``hit_at_3`` is the share of programmes with an overlap that have one
    among their three best neighbours.
    """
    return {
        "pairs_at_50": {
            "all": _share(map(truth.overlap, islice(ranking, PAIRS))),
            "cross_agency": _share(map(truth.overlap, islice(filter(truth.crosses, ranking), PAIRS))),
        },
        "hit_at_3": _share(_hits(ranking, truth)),
    }


def _share(hits: Iterable[bool]) -> float | None:
    counted = list(hits)
    return round(sum(counted) / len(counted), _DIGITS) if counted else None


def _hits(ranking: Iterable[Ranked], truth: Truth) -> list[bool]:
    """Return, for each programme with an overlap, whether one is among its best neighbours."""
    met: dict[str, list[bool]] = {programme: [] for programme in truth.outcomes}
    for pair in ranking:
        overlaps = truth.overlap(pair)
        met[pair.a].append(overlaps)
        met[pair.b].append(overlaps)
    return [any(overlaps[:NEIGHBOURS]) for overlaps in met.values() if any(overlaps)]


def _parameters(related: Relatedness, truth: Truth, ranking: Sequence[Ranked]) -> dict[str, Any]:
    crossing = [pair for pair in ranking if truth.crosses(pair)]
    return {
        "definitions": _DEFINITIONS,
        "fields": _USED,
        "method": asdict(related.parameters),
        "programmes": len(related.plans),
        "passages": related.passages,
        "labelled": len(truth.outcomes),
        "base_rate": {
            "all": _share(map(truth.overlap, ranking)),
            "cross_agency": _share(map(truth.overlap, crossing)),
        },
    }
