"""The picture as SVG, made on the server: for print, for slides, and where no script runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from graph.output.document import said_in
from graph.output.exchange import UNPRINTABLE
from graph.output.network_json import shortened
from graph.output.texts import SHAPES

if TYPE_CHECKING:
    from graph.output.document import Document

STRETCH = 1.5
BOX = 0.74
SIZE = 15.0
DASHES = ("", "7 5", "2 5")
HEAD = 60.0

_FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_SHEET = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}"'
    ' width="{width}" height="{height}" font-family="{font}" role="img" lang="{lang}">'
    "<title>{title}</title><desc>{reason}</desc>"
    '<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="#fff"/>\n{body}\n</svg>\n'
)
_LANE = Markup('<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="#fff"/>')
_EDGE = Markup('<path d="{path}" fill="none" stroke="#8796a3" stroke-opacity=".55"{dash}/>')
_DASH = Markup(' stroke-dasharray="{}"')
_NODE = Markup(
    '<g><title>{label}</title><rect x="{left}" y="{top}" width="{width}" height="20" fill="#fff"/>'
    '<path transform="translate({x} {y}) scale(7)" d="{shape}" fill="{colour}"'
    ' stroke="#17212b" stroke-width=".17"/>'
    '<text x="{text_x}" y="{text_y}" font-size="{size}" fill="#17212b">{short}</text></g>'
)
_HEADING = Markup(
    '<text x="{x}" y="{y}" font-size="18" font-weight="600" fill="#17212b">{text}</text>'
    '<path d="M{x} {line}h{width}" stroke="#0b5563" stroke-width="2"/>'
)


def as_svg(document: Document, lang: str) -> bytes:
    """Return the picture as an SVG file: headings, edges, then nodes with their labels."""
    left, top, right, bottom = document["frame"]
    parts = [*_edges(document), *_lanes(document), *_nodes(document), *_headings(document, lang)]
    return _SHEET.format(
        left=_n(left * STRETCH),
        top=_n(top - HEAD),
        width=_n((right - left) * STRETCH),
        height=_n(bottom - top + HEAD + 20),
        font=_FONT,
        lang="en" if lang == "en" else "de",
        title=_clean(said_in(document["title"], lang)),
        reason=_clean(said_in(document["limits"]["reason"], lang)),
        body=Markup("\n").join(parts),
    ).encode()


def _clean(text: str) -> Markup:
    return escape(UNPRINTABLE.sub("\ufffd", text))


def _n(number: float) -> str:
    """Return a number as short as SVG takes it."""
    return f"{number:.1f}".removesuffix(".0")


def _gap(document: Document) -> float:
    lanes = document["lanes"]
    return (lanes[1][1] - lanes[0][1] if len(lanes) > 1 else document["frame"][2] * 2) * STRETCH


def _edges(document: Document) -> list[Markup]:
    columns = zip(*(document["edges"][name] for name in ("source", "target", "modality")), strict=True)
    return [
        _EDGE.format(path=_curve(document, source, target), dash=_DASH.format(DASHES[said]) if said else "")
        for source, target, said in columns
    ]


def _curve(document: Document, source: int, target: int) -> str:
    """Return the line from box to box; relations within a lane bend through the gap at its right."""
    nodes, gap = document["nodes"], _gap(document)
    (x1, y1), (x2, y2) = sorted((nodes["x"][end] * STRETCH, nodes["y"][end]) for end in (source, target))
    start, half = x1 + gap * BOX / 2, gap * BOX / 2
    if x1 == x2:
        bend = start + min(gap * 0.2, 12 + abs(y2 - y1) * 0.1)
        return f"M{_n(start)} {_n(y1)}C{_n(bend)} {_n(y1)} {_n(bend)} {_n(y2)} {_n(start)} {_n(y2)}"
    end = x2 - half
    middle = (start + end) / 2
    return f"M{_n(start)} {_n(y1)}C{_n(middle)} {_n(y1)} {_n(middle)} {_n(y2)} {_n(end)} {_n(y2)}"


def _lanes(document: Document) -> list[Markup]:
    """Return what covers the lines that pass a full lane; the few of a neighbourhood stay in sight."""
    width, (_, top, _, bottom) = _gap(document) * BOX, document["frame"]
    lanes = document["lanes"] if document["lens"] == "lanes" else []
    return [
        _LANE.format(left=_n(x * STRETCH - width / 2), top=_n(top), width=_n(width), height=_n(bottom - top))
        for _, x in lanes
    ]


def _nodes(document: Document) -> list[Markup]:
    nodes, width = document["nodes"], _gap(document) * BOX
    most = int((width - 30) / (SIZE * 0.57))
    return [
        _NODE.format(
            label=_clean(label),
            left=_n(x * STRETCH - width / 2),
            top=_n(y - 10),
            width=_n(width),
            x=_n(x * STRETCH - width / 2 + 10),
            y=_n(y),
            shape=SHAPES[document["types"][kind]["shape"]],
            colour=document["types"][kind]["colour"],
            text_x=_n(x * STRETCH - width / 2 + 24),
            text_y=_n(y + SIZE * 0.35),
            size=_n(SIZE),
            short=_clean(shortened(short or label, most)),
        )
        for kind, label, short, x, y in zip(
            *(nodes[name] for name in ("type", "label", "short", "x", "y")), strict=True
        )
    ]


def _headings(document: Document, lang: str) -> list[Markup]:
    width, top = _gap(document) * BOX, document["frame"][1] - HEAD
    return [
        _HEADING.format(
            x=_n(x * STRETCH - width / 2),
            y=_n(top + 30),
            line=_n(top + 40),
            width=_n(width),
            text=_heading(document, lane, lang),
        )
        for lane, x in document["lanes"]
    ]


def _heading(document: Document, lane: float, lang: str) -> Markup:
    here = [kind for kind in document["types"] if kind["lane"] == lane and kind["shown"]]
    return _clean(" · ".join(f"{said_in(kind['label'], lang)} {kind['shown']}" for kind in here))
