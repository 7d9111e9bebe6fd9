"""What of a document a picture on the wall needs: without facts, sources and counts, which only the details show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.output.drawing.document import Document

_NODES = ("id", "type", "label", "short", "x", "y")
_EDGES = ("source", "target", "relation", "modality")
_TYPES = ("name", "lane", "shape", "colour", "shown")
_WHOLE = ("lens", "focus", "relations", "lanes", "frame", "changes")


def slim(document: Document) -> dict[str, Any]:
    """Return the columns that drawing and table need; the script takes the rest for empty."""
    said: Mapping[str, Any] = document
    return {
        **{name: said[name] for name in _WHOLE},
        "nodes": {name: said["nodes"][name] for name in _NODES},
        "edges": {name: said["edges"][name] for name in _EDGES},
        "types": [{name: kind[name] for name in _TYPES} for kind in said["types"]],
    }
