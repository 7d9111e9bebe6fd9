"""An answer as a picture: the things in it that are drawn, and how they hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import Text
from graph.network.build import Network
from graph.output.drawing.legend import legend_of
from graph.output.drawing.network_json import network_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.output.charts.fields import Rows
    from graph.output.drawing.document import Document

MOST_THINGS = 60
"""So many things of an answer are drawn; more can be told apart by nobody."""
_MARGIN = 40.0


def things_in(network: Network, columns: Sequence[str], rows: Rows) -> tuple[str, ...]:
    """Return the things of the network that an answer names and a picture draws, in the order first met."""
    drawn = legend_of(network.words.vocabulary).kinds
    met = (row[name] for row in rows for name in columns if name in row)
    found = dict.fromkeys(term.value for term in met if term.kind == "iri")
    return tuple(key for key in found if key in network.multigraph and network.type(key) in drawn)


def things_document(network: Network, things: Sequence[str], title: Text, lang: str) -> Document:
    """Return the picture of some things and of the links among them, in lanes; the first sixty are drawn."""
    chosen = list(things)[:MOST_THINGS]
    part = Network(network.base, network.multigraph.subgraph(chosen), network.words, _ids(network, chosen))
    kinds = sorted({network.type(thing) for thing in chosen})
    document = network_document(
        part, network.words.vocabulary, lens="lanes", kinds=kinds, lang=lang, limit=MOST_THINGS
    )
    left, _, right, _ = document["frame"]
    heights = document["nodes"]["y"]
    document["frame"] = [left, min(heights) - _MARGIN, right, max(heights) + _MARGIN]
    said = _reason(len(chosen), len(things))
    document["title"] = {"de": title.de, "en": title.en}
    document["limits"] = {
        **document["limits"],
        "total": len(things),
        "reason": {"de": said.de, "en": said.en},
    }
    return document


def _reason(shown: int, total: int) -> Text:
    """Return in a sentence what is drawn of the answer."""
    if shown == total:
        return Text(
            f"Gezeichnet sind alle {total} Dinge der Antwort.", f"All {total} things of the answer are drawn."
        )
    return Text(
        f"Gezeichnet sind die ersten {shown} von {total} Dingen der Antwort.",
        f"The first {shown} of {total} things of the answer are drawn.",
    )


def _ids(network: Network, things: Iterable[str]) -> dict[str, str]:
    return {network.id(thing): thing for thing in things}
