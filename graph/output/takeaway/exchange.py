"""The selection for other graph programs: GraphML (yEd) and GEXF (Gephi), with names, kinds and positions."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import networkx as nx

from graph.output.drawing.document import said_in

if TYPE_CHECKING:
    from graph.output.drawing.document import Document

#: What XML 1.0 cannot hold.
UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_graphml(document: Document, lang: str) -> bytes:
    """Return the selection as GraphML."""
    out = BytesIO()
    nx.write_graphml_xml(_network(document, lang), out, named_key_ids=True)
    return out.getvalue()


def as_gexf(document: Document, lang: str) -> bytes:
    """Return the selection as GEXF, with the colours and positions of the picture."""
    network = _network(document, lang)
    nodes = document["nodes"]
    for key, kind, x, y in zip(nodes["id"], nodes["type"], nodes["x"], nodes["y"], strict=True):
        red, green, blue = bytes.fromhex(document["types"][kind]["colour"].removeprefix("#"))
        network.nodes[key]["viz"] = {
            "position": {"x": x, "y": -y, "z": 0.0},
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
        }
    text = "\n".join(nx.generate_gexf(network))
    return re.sub(' lastmodifieddate="[^"]*"', "", text).encode()  # the same file for the same document


def _network(document: Document, lang: str) -> nx.MultiDiGraph[str]:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    nodes, edges = document["nodes"], document["edges"]
    for key, kind, label, x, y in zip(
        *(nodes[name] for name in ("id", "type", "label", "x", "y")), strict=True
    ):
        facts = {
            "label": _clean(label),
            "kind": said_in(document["types"][kind]["label"], lang),
            "x": x,
            "y": y,
            "colour": document["types"][kind]["colour"],
        }
        network.add_node(key, iri=document["base"] + key, **facts)
    for number, source in enumerate(edges["source"]):
        relation = said_in(document["relations"][edges["relation"][number]]["label"], lang)
        modality = said_in(document["modalities"][edges["modality"][number]], lang)
        target = nodes["id"][edges["target"][number]]
        network.add_edge(nodes["id"][source], target, key=f"e{number}", label=relation, modality=modality)
    return network


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("\ufffd", text)
