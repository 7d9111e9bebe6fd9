"""The shape of the columnar document: what page, file, table and tests agree on."""

from __future__ import annotations

import json
from typing import TypedDict


class Words(TypedDict):
    """One text in both languages."""

    de: str
    en: str


class KindColumn(TypedDict):
    """A kind of node, how it is drawn, how many are shown and how many there are in this view and at all."""

    name: str
    label: Words
    lane: int
    shape: str
    colour: str
    shown: int
    total: int
    known: int


class RelationColumn(TypedDict):
    """A relation, read forwards and backwards."""

    name: str
    label: Words
    inverse: Words


class Nodes(TypedDict):
    """Columns of the nodes.

    ``facts`` holds (index of the property, German, English), ``origin`` the source that describes the node,
    ``rank`` its row in the lane, and ``hidden`` counts its neighbours that are not shown.
    """

    id: list[str]
    type: list[int]
    label: list[str]
    short: list[str | None]
    x: list[float]
    y: list[float]
    rank: list[int]
    hidden: list[int]
    facts: list[list[tuple[int, str, str]]]
    origin: list[int]


class Edges(TypedDict):
    """Columns of the edges; all are indices into nodes, relations, modalities and sources."""

    source: list[int]
    target: list[int]
    relation: list[int]
    modality: list[int]
    origin: list[int]


class Limits(TypedDict):
    """How many nodes are shown, of how many, and what is not shown, in a sentence."""

    shown: int
    total: int
    reason: Words


class Shares(TypedDict):
    """Plans against concepts, both by their numbers among the nodes; each cell says how a plan has a concept.

    0: not at all, 1: says so itself, 2: by a goal or something narrower. ``counts`` are the plans with each concept,
    ``of`` all plans that were counted.
    """

    columns: list[int]
    rows: list[int]
    cells: list[list[int]]
    counts: list[int]
    of: int


class Areas(TypedDict):
    """Areas by spatial frame, all by their numbers among the nodes; ``frame`` is a number among ``frames``.

    ``depth`` says how deep an area lies in others of its frame; ``plans``, ``goals`` and ``measures`` count what speaks of
    it, ``named`` are those of the plans that are shown.
    """

    frames: list[Words]
    rows: list[int]
    frame: list[int]
    depth: list[int]
    plans: list[int]
    goals: list[int]
    measures: list[int]
    named: list[list[int]]


class Document(TypedDict):
    """The columnar document.

    On the line of time only: ``axis``, ``today``, ``groups`` (who leads each node) and ``spans`` (of each node: start, end
    and begin of its last year; None where open). In a comparison only: ``changes`` (of each node: -1 gone, 0 stayed,
    1 new). ``said`` are the sentences in which a lens tells what it shows.
    ``aggregate`` says by what nodes are groups (department, topic), nothing where each is a thing by itself.
    """

    lens: str
    focus: str | None
    depth: int
    as_of: str | None
    lang: str
    title: Words
    said: list[Words]
    base: str
    types: list[KindColumn]
    relations: list[RelationColumn]
    modalities: list[Words]
    properties: list[Words]
    sources: list[str]
    lanes: list[list[float]]
    frame: list[float]
    axis: list[tuple[float, str]]
    spans: list[list[float | None]]
    today: float | None
    groups: list[str]
    changes: list[int]
    shares: Shares | None
    areas: Areas | None
    aggregate: str
    nodes: Nodes
    edges: Edges
    limits: Limits
    permalink: str
    etag: str


def document_bytes(document: Document) -> bytes:
    """Return the document as compact UTF-8 JSON, the same bytes for the same document."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def said_in(words: Words, lang: str) -> str:
    """Return the text in ``lang``; everything but ``en`` is German."""
    return words["en"] if lang == "en" else words["de"]
