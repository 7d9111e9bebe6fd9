"""A view as the address, the command line and the walk name it, and the document that it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from graph.output.drawing.filters import NO_FILTERS, Filters, passing
from graph.output.drawing.network_json import USUAL_LIMIT, network_document
from graph.output.drawing.selection import open_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from graph.network.build import Network
    from graph.output.drawing.document import Document


@dataclass(frozen=True, slots=True)
class View:
    """What a picture is to show; the lens follows from the rest where it is not named.

    ``as_of`` is the day as asked, None where none was: then the picture is of today, and its address names no day.
    """

    lens: str = ""
    focus: str | None = None
    to: str | None = None
    depth: int = 1
    kinds: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    since: date | None = None
    as_of: date | None = None
    every: bool = False
    filters: Filters = NO_FILTERS
    limit: int = USUAL_LIMIT
    aggregate: str = ""

    @property
    def looks(self) -> str:
        """The lens: connection where two things are named, surroundings where one is, comparison where a day is."""
        if self.lens:
            return self.lens
        if self.focus:
            return "ways" if self.to else "ego"
        return "compare" if self.since else "lanes"


def view_document(
    network: Network,
    view: View,
    today: date,
    lang: str,
    in_states: Callable[[tuple[str, ...]], Iterable[str]],
    held: Mapping[str, tuple[float, float]] | None = None,
) -> Document:
    """Return the document of a view; ``in_states`` gives the plans of findings in some states.

    ``held`` are the places of the net that stay.

    Raises NotFound for an unknown thing and BadRequest for a lens, kind, depth, limit or day that will not do.
    """
    day, lens = view.as_of or today, view.looks
    since = compared_with(view, day) if lens == "compare" else None
    return network_document(
        network,
        network.words.vocabulary,
        lens=lens,
        focus=view.focus,
        to=view.to,
        depth=view.depth,
        kinds=view.kinds,
        plans=view.plans,
        as_of=day if lens in {"compare", "time"} else view.as_of,
        since=since,
        limit=view.limit,
        lang=lang,
        wanted=(lambda plan: True) if view.every else open_on(network, day),  # noqa: ARG005 - every plan
        formerly=open_on(network, since) if since else None,
        passes=passing(network, view.filters, in_states) if view.filters.any else None,
        narrowing=view.filters.pairs,
        held=held or {},
        aggregate=view.aggregate,
    )


def compared_with(view: View, day: date) -> date:
    """Return the earlier day of a comparison: the one named, else about a year before."""
    return view.since or day - timedelta(days=365)
