"""The one columnar document behind page, file, table and tests: what is shown, where it stands, how it reads.

Nodes and edges are columns of equal length; kinds, relations and sources are named once and referred to by
index. The renderer behind it can change; the document does not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack
from urllib.parse import urlencode

from graph.errors import Text
from graph.output.drawing.document import (
    Areas,
    Document,
    Edges,
    KindColumn,
    Limits,
    Nodes,
    RelationColumn,
    Shares,
    Words,
    document_bytes,
    said_in,
)
from graph.output.drawing.legend import MODALITIES, legend_of, short_name
from graph.output.drawing.links import drawn_of
from graph.output.drawing.selection import EVIDENCE, Asked, reason
from graph.output.lenses.areas import NO_FRAME
from graph.output.lenses.every import lens_called
from graph.output.lenses.scene import CHANGES, SAME, Scene, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from graph.network.build import Network
    from graph.output.drawing.legend import Legend, Relation
    from ontology.vocabulary import Vocabulary

__all__ = [
    "USUAL_LIMIT",
    "Document",
    "Row",
    "Words",
    "document_bytes",
    "network_document",
    "said_in",
    "shortened",
    "table_rows",
]

USUAL_LIMIT = 200
LONGEST_FACT = 280
#: What the panel tells of a node, in this order.
FACTS = (
    "identifier",
    "planKind",
    "goalKind",
    "instrumentType",
    "partnerKind",
    "bodyKind",
    "eventKind",
    "paperType",
    "level",
    "status",
    "instrumentStatus",
    "measureStatus",
    "decisionKind",
    "validFrom",
    "validTo",
    "decidedOn",
    "since",
    "until",
    "date",
    "deadline",
    "value",
    "targetValue",
    "unit",
    "asOf",
    "costEur",
    "legalBasis",
    "description",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One node in words: its kind, its full name, its links as sentences, and how many it has."""

    id: str
    kind: Text
    label: str
    sentences: tuple[Text, ...]
    links: int


@dataclass(frozen=True, slots=True)
class _View:
    """All that the columns are made from: the scene as drawn, what the lens shows of it, and the nodes in reading order.

    ``whole`` is the network behind: the same, except where groups are drawn instead.
    """

    scene: Scene
    whole: Network
    shown: Shown
    keys: tuple[str, ...]

    @property
    def network(self) -> Network:
        """The whole network."""
        return self.scene.network

    @property
    def legend(self) -> Legend:
        """How kinds and relations are drawn and worded."""
        return self.scene.legend


class Wishes(TypedDict, total=False):
    """What may be asked of a picture, as in ``Asked``; what is left out is usual."""

    lens: str
    focus: str | None
    depth: int
    as_of: date | None
    limit: int
    wanted: Callable[[str], bool]
    to: str | None
    since: date | None
    formerly: Callable[[str], bool] | None
    passes: Callable[[str], bool] | None
    narrowing: tuple[tuple[str, str], ...]
    plans: tuple[str, ...]
    held: Mapping[str, tuple[float, float]]
    aggregate: str


class _Index:
    """Names in the order they are first met, and their numbers."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def __call__(self, name: str) -> int:
        return self.places.setdefault(name, len(self.places))


def network_document(
    network: Network,
    vocabulary: Vocabulary,
    *,
    kinds: Sequence[str] | None = None,
    lang: str = "de",
    **asked: Unpack[Wishes],
) -> Document:
    """Return the document of a lens, ``lanes`` unless told otherwise.

    Raises NotFound for an unknown thing and BadRequest for a lens, kind, depth or limit that there is not.
    """
    question = Asked(kinds=tuple(kinds or ()), lang="en" if lang == "en" else "de", **asked)
    document = _document(_view(network, legend_of(vocabulary), question), lang)
    document["etag"] = sha256(document_bytes(document)).hexdigest()[:16]
    return document


def _document(view: _View, lang: str) -> Document:
    network, asked, shown = view.network, view.scene.asked, view.shown
    relations, sources, properties = _Index(), _Index(), _Index()
    edges = _edges(view, relations, sources)
    nodes = _nodes(view, properties, sources)
    return Document(
        lens=asked.lens,
        focus=network.id(shown.focus) if shown.focus else None,
        depth=asked.depth,
        as_of=asked.as_of.isoformat() if asked.as_of else None,
        lang=lang,
        title=_words(shown.title),
        said=[_words(text) for text in shown.said],
        base=network.base,
        types=_types(view),
        relations=[_relation(name, view.legend.wording(name)) for name in relations.places],
        modalities=[_words(text) for text in MODALITIES.values()],
        properties=[_words(view.legend.wording(name).label) for name in properties.places],
        sources=[_source(view.whole, name) for name in sources.places],
        lanes=[[lane, x] for lane, x in shown.layout.lanes],
        frame=list(shown.layout.frame),
        axis=list(shown.axis),
        spans=[list(shown.spans[key]) for key in view.keys] if shown.spans else [],
        today=shown.today,
        groups=[shown.groups[key] for key in view.keys] if shown.groups else [],
        shares=_shares(view),
        areas=_areas(view),
        aggregate=shown.aggregate,
        changes=[shown.change.get(key, SAME) for key in view.keys] if shown.change else [],
        nodes=nodes,
        edges=edges,
        limits=_limits(view),
        permalink=_permalink(view),
        etag="",
    )


def table_rows(document: Document, *, once: bool = False) -> list[Row]:
    """Return the table twin: one row for each node of the document, its links in sentences.

    Each link stands in the rows of both its ends, unless it is to be said ``once``: then where it starts.
    """
    sentences: list[list[Text]] = [[] for _ in document["nodes"]["id"]]
    links: Counter[int] = Counter()
    for source, target, relation, modality in _quadruples(document["edges"]):
        sentences[source].append(_sentence(document, "label", relation, target, modality))
        if source != target and not once:
            sentences[target].append(_sentence(document, "inverse", relation, source, modality))
        links.update({source, target})
    nodes = document["nodes"]
    return [
        Row(key, _kind(document, number), label, tuple(said), links[number])
        for number, (key, label, said) in enumerate(zip(nodes["id"], nodes["label"], sentences, strict=True))
    ]


def _kind(document: Document, number: int) -> Text:
    """Return the kind of a node, with what became of it between the two days of a comparison."""
    kind = Text(**document["types"][document["nodes"]["type"][number]]["label"])
    change = CHANGES.get(document["changes"][number]) if document["changes"] else None
    return Text(f"{kind.de}, {change.de}", f"{kind.en}, {change.en}") if change else kind


def _quadruples(edges: Edges) -> zip[tuple[int, int, int, int]]:
    return zip(edges["source"], edges["target"], edges["relation"], edges["modality"], strict=True)


def _sentence(
    document: Document, way: Literal["label", "inverse"], relation: int, other: int, modality: int
) -> Text:
    wording = document["relations"][relation][way]
    said = document["modalities"][modality]
    name = document["nodes"]["label"][other]
    de, en = (f" ({said['de']})", f" ({said['en']})") if modality else ("", "")
    return Text(f"{wording['de']} {name}{de}", f"{wording['en']} {name}{en}")


def _view(network: Network, legend: Legend, asked: Asked) -> _View:
    scene = Scene(network, legend, *drawn_of(network, legend), asked)
    shown = lens_called(asked.lens).look(scene)
    drawn = shown.drawn or scene
    keys = sorted(shown.selection.keys, key=lambda key: (shown.layout.points[key], key))
    return _View(drawn, network, shown, tuple(keys))


def _shares(view: _View) -> Shares | None:
    matrix = view.shown.matrix
    if matrix is None:
        return None
    place = {key: number for number, key in enumerate(view.keys)}
    return Shares(
        columns=[place[key] for key in matrix.columns],
        rows=[place[key] for key in matrix.rows],
        cells=[list(row) for row in matrix.cells],
        counts=list(matrix.counts),
        of=matrix.of,
    )


def _areas(view: _View) -> Areas | None:
    rows = view.shown.areas
    if rows is None:
        return None
    place = {key: number for number, key in enumerate(view.keys)}
    frames = _Index()
    return Areas(
        rows=[place[row.area] for row in rows],
        frame=[frames(row.frame) for row in rows],
        frames=[_frame(view, name) for name in frames.places],
        depth=[row.depth for row in rows],
        plans=[len(row.plans) for row in rows],
        goals=[row.goals for row in rows],
        measures=[row.measures for row in rows],
        named=[[place[plan] for plan in row.plans if plan in place] for row in rows],
    )


def _frame(view: _View, name: str) -> Words:
    label = view.network.label(name) if name else ""
    return Words(de=label, en=label) if name else _words(NO_FRAME)


def _types(view: _View) -> list[KindColumn]:
    shown = Counter(view.network.type(key) for key in view.keys)
    return [
        KindColumn(
            name=kind.name,
            label=_words(kind.label),
            lane=kind.lane,
            shape=kind.shape,
            colour=kind.colour,
            shown=shown[kind.name],
            total=view.shown.selection.totals.get(kind.name, 0),
            known=len(view.whole.of_type(kind.name)),
        )
        for kind in view.legend.kinds.values()
    ]


def _nodes(view: _View, properties: _Index, sources: _Index) -> Nodes:
    network, keys = view.network, view.keys
    kinds = {name: place for place, name in enumerate(view.legend.kinds)}
    points = [view.shown.layout.points[key] for key in keys]
    return Nodes(
        id=[network.id(key) for key in keys],
        type=[kinds[network.type(key)] for key in keys],
        label=[network.label(key) for key in keys],
        short=[short_name(network, key) for key in keys],
        x=[x for x, _ in points],
        y=[y for _, y in points],
        rank=[view.shown.layout.ranks[key] for key in keys],
        hidden=_hidden(view),
        facts=[_facts(view, key, properties) for key in keys],
        origin=[sources(network.source_of(key) or "") for key in keys],
    )


def _hidden(view: _View) -> list[int]:
    shown = set(view.keys)
    drawn = {key for kind in view.legend.kinds if kind not in EVIDENCE for key in view.network.of_type(kind)}
    return [len((view.scene.near.get(key, set()) & drawn) - shown) for key in view.keys]


def _facts(view: _View, key: str, properties: _Index) -> list[tuple[int, str, str]]:
    facts = []
    for name in FACTS:
        for value in view.network.values(key, name):
            code = view.legend.codes.get(value.iri or "")
            text = code or Text(*[shortened(value.text, LONGEST_FACT)] * 2)
            facts.append((properties(name), text.de, text.en))
    return facts


def shortened(text: str, most: int) -> str:
    """Return the text cut at a word where it is longer than ``most`` characters.

    >>> shortened("Handlungskonzept Wohnen", 18)
    'Handlungskonzept …'
    """
    if len(text) <= most:
        return text
    return (
        text[: most - 2].rpartition(" ")[0].rstrip(" ,;:.") + " …"
        if " " in text[: most - 2]
        else text[: most - 1] + "…"
    )


def _edges(view: _View, relations: _Index, sources: _Index) -> Edges:
    place = {key: number for number, key in enumerate(view.keys)}
    modalities = list(MODALITIES)
    lines = [line for line in view.scene.lines if line.start in place and line.end in place]
    lines.sort(key=lambda line: (place[line.start], place[line.end], line))
    return Edges(
        source=[place[line.start] for line in lines],
        target=[place[line.end] for line in lines],
        relation=[relations(line.relation) for line in lines],
        modality=[modalities.index(line.modality) for line in lines],
        origin=[sources(line.source) for line in lines],
    )


def _source(network: Network, key: str) -> str:
    """Return a source as people cite it: its title and its date."""
    if key not in network.multigraph:
        return network.id(key)
    stated = network.value(key, "date")
    return f"{network.label(key)}, {stated}" if stated else network.label(key)


def _limits(view: _View) -> Limits:
    shown = view.shown
    said = shown.reason or reason(shown.selection, view.legend, view.network.label, view.scene.asked.as_of)
    total = sum(shown.selection.totals.values()) if shown.total is None else shown.total
    return Limits(shown=len(view.keys), total=total, reason=_words(said))


def _relation(name: str, wording: Relation) -> RelationColumn:
    return RelationColumn(name=name, label=_words(wording.label), inverse=_words(wording.inverse))


def _words(text: Text) -> Words:
    return Words(de=text.de, en=text.en)


def _permalink(view: _View) -> str:
    """Return the address that brings this view back; what is usual is left out."""
    asked, focus = view.scene.asked, view.shown.focus
    state = {
        "lens": asked.lens if asked.lens not in {"lanes", "ego"} else None,
        "focus": view.network.id(focus) if focus else None,
        "to": asked.to if asked.lens == "ways" else None,
        "since": asked.since.isoformat() if asked.since and asked.lens == "compare" else None,
        "depth": asked.depth if asked.lens == "ego" else None,
        "aggregate": asked.aggregate if asked.lens == "lanes" else None,
        "plan": asked.plans if asked.lens == "shared" else (),
        "kind": asked.kinds,
        "as_of": asked.as_of.isoformat() if asked.as_of else None,
        "limit": asked.limit if asked.limit != USUAL_LIMIT else None,
    }
    named = [(name, value) for name, value in state.items() if value]
    query = urlencode([*named, *asked.narrowing], doseq=True)
    return f"/graph?{query}" if query else "/graph"
