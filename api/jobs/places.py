"""The places of the net, kept beside the sources: a group that meets again finds everything where it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.network.build import Network
    from graph.output.drawing.document import Document
    from graph.store.files import SourceFiles

NAME = "places/net-named.json"

Places = dict[str, tuple[float, float]]


def held_places(files: SourceFiles, network: Network) -> Places:
    """Return the places kept, by IRI; a damaged file holds none, and the next picture replaces it."""
    return {node: place for key, place in _read(files).items() if (node := network.iri(key))}


def keep_places(files: SourceFiles, document: Document) -> None:
    """Keep the places of a net beside those kept before; nothing is written where nothing is new."""
    nodes = document["nodes"]
    shown = dict(zip(nodes["id"], zip(nodes["x"], nodes["y"], strict=True), strict=True))
    before = _read(files)
    if shown.keys() - before.keys():
        text = json.dumps({**shown, **before}, ensure_ascii=False, indent=0, sort_keys=True)
        files.put_beside(NAME, text + "\n")


def _read(files: SourceFiles) -> Places:
    try:
        held = json.loads(files.beside(NAME) or "{}")
        return {str(key): (float(x), float(y)) for key, (x, y) in held.items()}
    except (AttributeError, TypeError, ValueError):  # not what keep_places wrote
        return {}
