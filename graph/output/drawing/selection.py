"""What a picture shows: decided here, the same for page, file and table, with nothing left unsaid."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from graph.errors import BadRequest, NotFound, Text
from graph.network.time import standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from graph.network.build import Network
    from graph.output.drawing.legend import Legend


Near: TypeAlias = "Mapping[str, set[str]]"

MOST_NODES = 1000
DEEPEST = 3
#: A node with more links than this is shown in a neighbourhood, but not passed through.
HUB = 30
#: Kinds that say where a statement comes from; they are the evidence beside the picture, not part of it.
EVIDENCE = frozenset({"Source"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a lens, the thing it looks at and the thing it leads ``to``, its kinds, days and limit.

    ``wanted`` says of each plan whether it belongs into the picture, ``formerly`` whether it did on the day ``since``
    that is compared with, ``passes`` whether it passes the filters, which the address names as ``narrowing``;
    surroundings and ways show all plans. ``plans`` are those whose shared concepts are shown, ``held`` the places of a
    net that stay. ``aggregate`` asks for groups by department or topic, whose names are in ``lang``.
    """

    lens: str = "lanes"
    focus: str | None = None
    depth: int = 1
    kinds: tuple[str, ...] = ()
    as_of: date | None = None
    limit: int = 200
    wanted: Callable[[str], bool] = lambda plan: True  # noqa: ARG005 - every plan unless told otherwise
    passes: Callable[[str], bool] | None = None
    narrowing: tuple[tuple[str, str], ...] = ()
    to: str | None = None
    since: date | None = None
    formerly: Callable[[str], bool] | None = None
    plans: tuple[str, ...] = ()
    aggregate: str = ""
    lang: str = "de"
    held: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Selection:
    """The nodes shown, how many there are of each kind, and what was left out for which reason."""

    keys: tuple[str, ...]
    kinds: tuple[str, ...]
    totals: Mapping[str, int]
    cut: Mapping[str, int]
    past: int = 0
    hubs: tuple[str, ...] = ()
    narrowed: int = 0


def open_on(network: Network, day: date) -> Callable[[str], bool]:
    """Return the test whether a plan is in force, in preparation or of unknown standing on a day."""
    return lambda plan: standing(network, plan, day).is_open


def resolve(network: Network, name: str | None) -> str:
    """Return the node with an id or an IRI; raises NotFound."""
    key = network.iri(name or "") or name
    if key is None or key not in network.multigraph:
        raise NotFound(f"Unter „{name}“ ist nichts bekannt.", f"Nothing is known under “{name}”.")
    return key


def checked_limit(limit: int) -> int:
    """Return the limit, or raise BadRequest where it is not from 1 to 1,000."""
    if not 1 <= limit <= MOST_NODES:
        raise BadRequest(
            f"limit={limit}: möglich sind 1 bis {MOST_NODES} Knoten.",
            f"limit={limit}: between 1 and {MOST_NODES} nodes can be shown.",
        )
    return limit


def checked_depth(depth: int) -> int:
    """Return the depth, or raise BadRequest where it is not from 1 to 3."""
    if not 1 <= depth <= DEEPEST:
        raise BadRequest(
            f"depth={depth}: möglich sind 1 bis {DEEPEST} Schritte.",
            f"depth={depth}: between 1 and {DEEPEST} steps are possible.",
        )
    return depth


def known_kinds(legend: Legend, kinds: Iterable[str]) -> list[str]:
    """Return the kinds asked for in the order of the lanes; raises BadRequest for one that is not drawn."""
    asked = list(dict.fromkeys(kinds))
    unknown = ", ".join(kind for kind in asked if kind not in legend.kinds)
    if unknown:
        known = ", ".join(legend.kinds)
        raise BadRequest(
            f"Unbekannte Art: {unknown}. Bekannt: {known}.", f"Unknown kind: {unknown}. Known: {known}."
        )
    return [kind for kind in legend.kinds if kind in asked]


def around(near: Near, centre: str, wanted: set[str], depth: int) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the distance of each node around ``centre`` and the hubs where the walk ended early."""
    distances, rim, hubs = {centre: 0}, [centre], set()
    for step in range(1, depth + 1):
        reached: set[str] = set()
        for key in rim:
            beside = near.get(key, set()) & wanted
            if key != centre and len(beside) > HUB:
                hubs.add(key)
            else:
                reached |= beside - distances.keys()
        rim = sorted(reached)
        distances |= dict.fromkeys(rim, step)
    return distances, tuple(sorted(hubs))


def most_connected(
    near: Near, candidates: Mapping[str, str], distances: Mapping[str, int], limit: int
) -> set[str]:
    """Return the nearest, then plans and what is linked, then an equal share of each kind by links.

    Plans, which the picture is about, have twice the share of the others.
    """
    if len(candidates) <= checked_limit(limit):
        return set(candidates)
    degrees = {key: len(near.get(key, set()) & candidates.keys()) for key in candidates}
    by_kind: dict[str, list[str]] = defaultdict(list)
    for key in sorted(candidates, key=lambda key: (-degrees[key], key)):
        by_kind[candidates[key]].append(key)
    ranks = {
        key: (
            distances[key],
            kind != "Plan" and not degrees[key],
            place / len(keys) / (1 + (kind == "Plan")),
            key,
        )
        for kind, keys in by_kind.items()
        for place, key in enumerate(keys)
    }
    return set(sorted(candidates, key=ranks.__getitem__)[:limit])


def selection_of(
    candidates: Mapping[str, str],
    shown: set[str],
    kinds: Sequence[str],
    *,
    past: int = 0,
    hubs: tuple[str, ...] = (),
    narrowed: int = 0,
) -> Selection:
    """Return what is shown of the candidates, with the counts of what is not."""
    cut = Counter(kind for key, kind in candidates.items() if key not in shown)
    return Selection(
        tuple(sorted(shown)), tuple(kinds), Counter(candidates.values()), cut, past, hubs, narrowed
    )


def reason(selection: Selection, legend: Legend, labels: Callable[[str], str], day: date | None) -> Text:
    """Return in sentences what is shown and what is not."""
    parts = [
        _shown(selection, legend),
        *_past(selection, day),
        *_narrowed(selection),
        *_stopped(selection, labels),
    ]
    return Text(" ".join(part.de for part in parts), " ".join(part.en for part in parts))


def _shown(selection: Selection, legend: Legend) -> Text:
    shown, total = len(selection.keys), sum(selection.totals.values())
    if shown == total:
        return Text(
            f"Gezeigt sind alle {total} Knoten der Auswahl.", f"All {total} nodes selected are shown."
        )
    cut = [(legend.kinds[kind].label, count) for kind, count in sorted(selection.cut.items())]
    de = ", ".join(f"{label.de} {count}" for label, count in cut)
    en = ", ".join(f"{label.en} {count}" for label, count in cut)
    return Text(
        f"Gezeigt sind {shown} von {total} Knoten; ausgelassen sind die am wenigsten verbundenen: {de}.",
        f"{shown} of {total} nodes are shown; those with the fewest links are left out: {en}.",
    )


def _past(selection: Selection, day: date | None) -> list[Text]:
    if not selection.past:
        return []
    german, english = (f" am {day:%d.%m.%Y}", f" on {day.isoformat()}") if day else ("", "")
    return [
        Text(
            f"Nicht gezeigt: {selection.past} Planwerke, die{german} beendet, abgelöst "
            "oder noch nicht in Kraft sind, und was nur zu ihnen gehört.",
            f"Not shown: {selection.past} plans that are ended, replaced or not yet in force{english}, "
            "and what belongs to them alone.",
        )
    ]


def _narrowed(selection: Selection) -> list[Text]:
    if not selection.narrowed:
        return []
    return [
        Text(
            f"Eingegrenzt: {selection.narrowed} weitere Planwerke passen nicht zu den Filtern.",
            f"Narrowed: {selection.narrowed} more plans do not pass the filters.",
        )
    ]


def _stopped(selection: Selection, labels: Callable[[str], str]) -> list[Text]:
    if not selection.hubs:
        return []
    named = ", ".join(f"„{labels(hub)}“" for hub in selection.hubs[:3])
    more = " …" if len(selection.hubs) > 3 else ""  # noqa: PLR2004 - three names are enough in a sentence
    return [
        Text(
            f"Nicht weiter verfolgt, weil mit mehr als {HUB} Knoten verbunden: {named}{more}.",
            f"Not followed further, being linked with more than {HUB} nodes: {named}{more}.",
        )
    ]
