"""The sheet as PDF and PNG: typeset by Typst, with the type that comes along, so that every machine gives the same bytes.

A PDF has real text, a title, a language and tags (PDF/UA-1); pictures are scaled to one page, tables go on over as many as
they need, their head on each.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import as_file, files
from threading import Lock
from typing import TYPE_CHECKING, Any

from graph.errors import BadRequest
from graph.output.drawing.area_table import areas_of
from graph.output.drawing.bars import bars_of
from graph.output.drawing.document import said_in
from graph.output.drawing.shares import shares_of
from graph.output.drawing.texts import TEXTS
from graph.output.paper.rows import HEADS
from graph.output.paper.sheet import SAID, as_svg, bare_svg, day_line, drawing, left_out
from graph.output.takeaway.exchange import UNPRINTABLE

if TYPE_CHECKING:
    from graph.output.drawing.document import Document

PAPERS = (
    ("a4", True, 269.0, 150.0),
    ("a4", False, 182.0, 237.0),
    ("a3", True, 392.0, 237.0),
    ("a3", False, 269.0, 360.0),
)
"""Pages, landscape and upright, with the room for the drawing in millimetres."""
SMALLEST = 2.3
"""Below this height of type, in millimetres (6.5 points), a picture takes another page."""
TYPE = 15.0
USUAL_PPI, LEAST_PPI, MOST_PIXELS = 108.0, 40.0, 30_000_000
_ALONE = """
#set page(width: auto, height: auto, margin: 0pt)
#image("picture.svg", width: float(sys.inputs.width) * 1pt)
"""
_LOCK = Lock()


def as_pdf(document: Document, lang: str) -> bytes:
    """Return the sheet as PDF in A4 or, where names would be too small, A3; upright where that makes them larger."""
    template = files("graph.output.paper").joinpath("paper.typ").read_bytes()
    words = json.dumps(_words(document, lang), ensure_ascii=False, sort_keys=True)
    sources = {"main.typ": template, "picture.svg": bare_svg(document, lang)}
    return _compiled(sources, {"data": words}, format="pdf", pdf_standards=["ua-1"])


def as_png(document: Document, lang: str) -> bytes:
    """Return the sheet as PNG: three points to two units, fewer where the picture would be larger than 30 megapixels."""
    body = drawing(document, lang)
    size = body.width * (body.height + 250) / 72**2
    ppi = max(LEAST_PPI, min(USUAL_PPI, (MOST_PIXELS / size) ** 0.5))
    sources = {"main.typ": _ALONE.encode(), "picture.svg": as_svg(document, lang)}
    return _compiled(sources, {"width": f"{body.width:.1f}"}, format="png", ppi=ppi)


def _compiled(sources: dict[str, bytes], inputs: dict[str, str], **how: Any) -> bytes:
    try:
        import typst  # noqa: PLC0415 - an extra: pictures of other formats need none of it
    except ModuleNotFoundError:
        raise BadRequest(
            'Für PDF und PNG fehlt Typst: pip install "planwerk[print]". SVG geht ohne.',
            'PDF and PNG need Typst: pip install "planwerk[print]". SVG works without.',
        ) from None
    with (
        _LOCK,
        as_file(files("graph.output.paper")) as folder,
    ):  # one at a time: each takes a core for a moment
        made = typst.compile(
            sources,
            root=folder,
            font_paths=[folder / "fonts"],
            sys_inputs=inputs,
            timestamp=0,
            **how,
        )
    assert isinstance(made, bytes)
    return made


def _words(document: Document, lang: str) -> dict[str, Any]:
    title, reason = said_in(document["title"], lang), left_out(document, lang)
    table = _table(document, lang)
    said = [day_line(document, lang), *(said_in(words, lang) for words in document["said"][:SAID])]
    paper, flipped = _paper(document, lang) if not table else PAPERS[0][:2]
    found = {
        "title": title,
        "lang": "en" if lang == "en" else "de",
        "paper": paper,
        "flipped": flipped,
        "said": [sentence for sentence in said if sentence],
        "reason": reason,
        "alt": f"{title}. {reason}",
        "foot": " · ".join(filter(None, ("Planwerk", title, day_line(document, lang)))),
        "table": table,
    }
    return json.loads(UNPRINTABLE.sub("\ufffd", json.dumps(found, ensure_ascii=False)))  # type: ignore[no-any-return]


def _paper(document: Document, lang: str) -> tuple[str, bool]:
    """Return the first page on which names are large enough, else the one on which they are largest, and if it is landscape."""
    body = drawing(document, lang)
    sizes = {
        (paper, flipped): TYPE * min(wide / body.width, high / body.height)
        for paper, flipped, wide, high in PAPERS
    }
    enough = (page for page, size in sizes.items() if size >= SMALLEST)
    return next(enough, None) or max(sizes, key=sizes.__getitem__)


def _table(document: Document, lang: str) -> dict[str, Any] | None:
    """Return what a lens shows as a table, nothing for one that is drawn."""
    if document["shares"] is not None:
        return _shares(document, lang)
    if document["areas"] is not None:
        return _areas(document, lang)
    return _bars(document, lang) if document["axis"] else None


def _bars(document: Document, lang: str) -> dict[str, Any]:
    bars = bars_of(document)
    assert bars is not None
    groups = [
        {
            "label": group.label or TEXTS["no_lead"][lang],
            "bars": [asdict(bar) | {"words": bar.words[lang]} for bar in group.bars],
        }
        for group in bars.groups
    ]
    axis = [asdict(mark) for mark in bars.axis]
    heads = {name: TEXTS[name][lang] for name in ("plan", "period")}
    return {"kind": "bars", "axis": axis, "today": bars.today, "groups": groups, **heads}


def _areas(document: Document, lang: str) -> dict[str, Any]:
    frames = [
        {
            "label": frame.label,
            "rows": [
                {
                    "label": row.label,
                    "depth": row.depth,
                    "counts": [str(count) for count in row.counts],
                    "plans": "; ".join(plan.label for plan in row.plans),
                }
                for row in frame.rows
            ],
        }
        for frame in areas_of(document, lang) or ()
    ]
    return {"kind": "areas", "heads": [TEXTS[head][lang] for head in HEADS], "frames": frames}


def _shares(document: Document, lang: str) -> dict[str, Any]:
    table = shares_of(document)
    assert table is not None
    return {
        "kind": "shares",
        "concept": TEXTS["concept"][lang],
        "own": TEXTS["says_own"][lang],
        "below": TEXTS["says_below"][lang],
        "columns": [column.label for column in table.columns],
        "rows": [
            {"label": row.label, "count": row.count[lang], "cells": list(row.cells)} for row in table.rows
        ],
    }
