"""The pyvis network that writes our own page: its nodes, edges and options are used, its templates never."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyvis.network

from graph.output.takeaway.picture import OPTIONS, page

if TYPE_CHECKING:
    from graph.output.drawing.document import Document


class PlanwerkNetwork(pyvis.network.Network):  # type: ignore[misc]
    """A pyvis network made from a document; what its lists hold is what the page shows.

    ``nodes`` and ``edges`` are filled directly: adding edge by edge drops the second relation of a pair and
    takes quadratic time. Headings, menus and pyvis' own ways of writing files are not used, for they bring
    outside hosts and unescaped text.
    """

    def __init__(self, document: Document, lang: str = "de") -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.document = document
        self.lang = lang
        ids = document["nodes"]["id"]
        self.nodes = _rows(document["nodes"])
        self.edges = [
            {"from": ids[edge.pop("source")], "to": ids[edge.pop("target")], **edge}
            for edge in _rows(document["edges"])
        ]
        self.options = dict(OPTIONS)

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002
        """Return the offline page; the parameters are those of pyvis and change nothing."""
        place = {node["id"]: number for number, node in enumerate(self.nodes)}
        edges = [
            {**edge, "source": place[edge.pop("from")], "target": place[edge.pop("to")]}
            for edge in map(dict, self.edges)
        ]
        shown: Document = {**self.document}
        shown["nodes"] = _columns(self.nodes, self.document["nodes"])
        shown["edges"] = _columns(edges, self.document["edges"])
        return page(shown, self.lang)


def _rows(columns: Any) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _columns(rows: list[dict[str, Any]], like: Any) -> Any:
    return {name: [row[name] for row in rows] for name in like}
